"""``policylang check``: a policy held against a code, provision by provision."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.frame import (
    DAY,
    FINDING_FORMATS,
    INPUT_FILE,
    Exit,
    Problem,
    Severity,
    emit,
    emit_json,
    format_option,
    problem,
    say,
    strict_unknown_option,
)

if TYPE_CHECKING:
    from policylang.checker.verdict import Verdict
    from policylang.model.document import Document

KINDS = ("complies", "partly", "breaches", "silent", "not-judged", "arguable", "unverified")


@click.command(short_help="Hold a policy against a Code, provision by provision.")
@click.argument("policies", metavar="POLICY…", type=INPUT_FILE, nargs=-1, required=True)
@click.option(
    "--code",
    default="today",
    metavar="CODE",
    help="A code by its id or file; “today” (the default) for the edition in force; “at-adoption” for the one in force "
    "at the policy's own date.",
)
@click.option("--on", type=DAY, help="The day of the check, for “today”.  [default: this day]")
@click.option("--only", help=f"Only verdicts of these kinds, with commas between: {', '.join(KINDS)}.")
@click.option("--provision", "provisions", multiple=True, metavar="NUMBER", help="Only this provision, such as 6.3.")
@strict_unknown_option()
@format_option(*FINDING_FORMATS)
def check(
    policies: tuple[Path, ...],
    code: str,
    on: date | None,
    only: str | None,
    provisions: tuple[str, ...],
    strict_unknown: bool,
    format: str,
) -> Exit:
    """Hold each POLICY against a Code and give a verdict on every provision: complies, partly, breaches, silent, or
    not judged here (only case files or board papers can show it), with the reasons, the clauses and a repair.

    Deadlines are proved, or refuted with a dated case; the rest is matched by its words. Where the text can be read in
    more than one way, the verdict is arguable and every reading is shown.

    \b
    policylang check policies/connect-housing.policy
    policylang check draft.policy --only breaches,partly
    policylang check draft.policy --provision 6.3 --code housing-ombudsman-2024
    policylang check policies/*.policy --format json

    Exit codes: 1 if anything breaches or meets a provision only partly (arguably so included); 0 if not; with
    --strict-unknown, 3 if anything is silent, not judged or arguable; 2 if a policy or code cannot be read.
    """
    from policylang.checker.as_text import only as pick
    from policylang.checker.check import check as judge
    from policylang.checker.editions import edition_for
    from policylang.checker.findings import verdict_findings

    kinds = _kinds(only)
    checked: list[tuple[Document, Document, list[Verdict]]] = []
    for path in policies:
        policy = _read(path)
        against = edition_for(policy, code, on or date.today())
        wanted = _provisions(provisions, against)
        found = [v for v in judge(policy, against) if not wanted or v.provision in wanted]
        checked.append((policy, against, pick(found, kinds)))
    if format == "json":
        from policylang.checker.as_json import as_json

        pages = [as_json(*one) for one in checked]
        emit_json(pages[0] if len(pages) == 1 else pages)
    elif format == "text":
        _text(checked)
    else:
        from policylang.findings.render import render

        emit(render([f for _, against, found in checked for f in verdict_findings(found, against)], format))
    return _exit([v for _, _, found in checked for v in found], strict_unknown)


def _read(path: Path) -> Document:
    """The policy, if all of it could be read: a sentence that was not understood might be the one that complies."""
    from policylang.checker.check import as_policy
    from policylang.model.library import load_policy

    loaded = load_policy(path)
    errors = [f for f in loaded.findings if f.severity is Severity.ERROR]
    if loaded.document is None or errors:
        raise Problem(loaded.findings)
    if loaded.findings:
        say(loaded.findings)
    return as_policy(loaded.document)


def _text(checked: list[tuple[Document, Document, list[Verdict]]]) -> None:
    from policylang.checker.as_text import as_text
    from policylang.findings.terminal import wants_colour

    colour = wants_colour(sys.stdout)
    across = min(max(shutil.get_terminal_size((100, 24)).columns, 40), 120)
    emit("\n\n".join(as_text(*one, colour=colour, across=across) for one in checked), colour=colour)


def _kinds(only: str | None) -> list[str]:
    from policylang.findings.nearest import did_you_mean

    kinds = [kind.strip().lower() for kind in (only or "").split(",") if kind.strip()]
    for kind in kinds:
        if kind not in KINDS:
            help = did_you_mean(kind, KINDS, what="kinds of verdict")
            raise problem("unknown-option-value", "PL-C05", f"There is no kind of verdict called “{kind}”.", help)
    return kinds


def _provisions(given: tuple[str, ...], code: Document) -> set[str]:
    from policylang.findings.nearest import did_you_mean

    known = {p.number.casefold(): p.number for p in code.provisions}
    wanted = set()
    for name in given:
        number = known.get(name.strip().rpartition("-")[2].casefold())
        if number is None:
            help = did_you_mean(name, known.values(), what="provisions")
            raise problem("unknown-provision", "PL-C06", f"{code.id} has no provision “{name}”.", help)
        wanted.add(number)
    return wanted


def _exit(verdicts: list[Verdict], strict_unknown: bool) -> Exit:
    if any(v.judgement.value in ("breaches", "partly") for v in verdicts):
        return Exit.FINDINGS
    open_ = any(v.arguable or v.judgement.value in ("silent", "not-judged") for v in verdicts)
    return Exit.UNDECIDED if strict_unknown and open_ else Exit.CLEAN
