"""``policylang check``: a policy held against a code, provision by provision."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.frame import (
    DAY,
    FINDING_FORMATS,
    INPUT_FILE,
    Exit,
    Finding,
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
    from policylang.checker.deviations import Accepted
    from policylang.checker.verdict import Verdict
    from policylang.model.document import Document

KINDS = (
    "complies",
    "partly",
    "breaches",
    "silent",
    "not-judged",
    "arguable",
    "unverified",
    "accepted",
    "must",
    "should",
    "may",
)


@dataclass(frozen=True, slots=True)
class _Checked:
    """One policy held against one code: the verdicts asked for, and what is to be said of its deviations."""

    path: Path
    policy: Document
    code: Document
    verdicts: list[Verdict]
    deviations: list[Accepted]
    findings: list[Finding]


@click.command(short_help="Hold a policy against a Code, provision by provision.")
@click.argument("policies", metavar="POLICY…", type=INPUT_FILE, nargs=-1, required=True)
@click.option(
    "--code",
    default="today",
    metavar="CODE",
    help="A code by its id or file (“policylang codes” lists them); “today” (the default) for the edition in force; "
    "“at-adoption” for the one in force at the policy's own date.",
)
@click.option(
    "--on", type=DAY, help="The day of the check: for “today”, and for accepted deviations.  [default: this day]"
)
@click.option("--only", help=f"Only verdicts of these kinds, with commas between: {', '.join(KINDS)}.")
@click.option("--provision", "provisions", multiple=True, metavar="NUMBER", help="Only this provision, such as 6.3.")
@click.option("--strict", is_flag=True, help="Count recommendations and accepted deviations as findings too.")
@strict_unknown_option()
@click.option("--fix", is_flag=True, help="Propose the repairs as edits of the policy; needs --diff or --write.")
@click.option("--diff", is_flag=True, help="With --fix: show the edits as a unified diff. Nothing is written.")
@click.option("--write", is_flag=True, help="With --fix: make the edits in the policy file itself.")
@format_option(*FINDING_FORMATS)
def check(
    policies: tuple[Path, ...],
    code: str,
    on: date | None,
    only: str | None,
    provisions: tuple[str, ...],
    strict: bool,
    strict_unknown: bool,
    fix: bool,
    diff: bool,
    write: bool,
    format: str,
) -> Exit:
    """Hold each POLICY against a Code and give a verdict on every provision: complies, partly, breaches, silent, or
    not judged here (only case files or board papers can show it), with the very words that fall short, what the Code
    says instead, and a sentence to paste.

    Deadlines are proved, or refuted with a dated case; the rest is matched by its words. Where the text can be read in
    more than one way, the verdict is arguable and every reading is shown. What a Code only recommends is counted apart.

    \b
    policylang check policies/connect-housing.policy
    policylang check draft.policy --only breaches,partly
    policylang check draft.policy --provision 6.3 --code housing-ombudsman-2024
    policylang check draft.policy --fix --diff
    policylang check policies/*.policy --format html > check.html

    An accepted deviation (“deviation from HO24-6.14 because …”) changes no verdict; while it is in force, what it
    covers is shown apart and does not make the exit code 1, unless --strict.

    Exit codes: 1 if an obligation is breached or met only partly (arguably so included), or a deviation has expired
    or names no provision; 0 if not; with --strict-unknown, 3 if anything is silent, not judged or arguable; 2 if a
    policy or code cannot be read. With --fix --diff, 1 if there is an edit to propose or anything is left.
    """
    from policylang.checker.as_text import only as pick
    from policylang.checker.check import check as judge
    from policylang.checker.deviations import deviation_findings, with_deviations
    from policylang.checker.editions import editions_for
    from policylang.commands.fixing import asked_rightly, fixed

    kinds = _kinds(only)
    asked_rightly(fix, diff, write, format)
    day = on or date.today()
    checked: list[_Checked] = []
    for path in policies:
        policy = _read(path)
        found = editions_for(policy, code, day)
        if found.unsure is not None:
            say([found.unsure])
        wanted = _provisions(provisions, found.documents)
        for against in found.documents:
            verdicts, deviations = with_deviations(policy, against, judge(policy, against), day)
            shown = pick([v for v in verdicts if not wanted or v.provision in wanted], kinds)
            if wanted or kinds:
                numbers = {v.provision for v in shown}
                deviations = [d for d in deviations if d.deviation.provision in numbers]
            amiss = list(deviation_findings(policy, against, deviations, day))
            checked.append(_Checked(path, policy, against, shown, deviations, amiss))
    if fix:
        narrowed = bool(kinds or provisions)
        jobs = [(c.path, c.policy, c.code, [v.provision for v in c.verdicts]) for c in checked]
        return fixed(jobs, narrowed=narrowed, write=write)
    _print(checked, format, strict)
    return _exit(checked, strict, strict_unknown)


def _print(checked: list[_Checked], format: str, strict: bool) -> None:
    pages = [(c.policy, c.code, c.verdicts, c.findings) for c in checked]
    match format:
        case "json":
            from policylang.checker.as_json import as_json

            data = [as_json(c.policy, c.code, c.verdicts, c.deviations) for c in checked]
            emit_json(data[0] if len(data) == 1 else data)
        case "text":
            from policylang.checker.as_text import as_text
            from policylang.findings.terminal import wants_colour

            colour = wants_colour(sys.stdout)
            across = min(max(shutil.get_terminal_size((100, 24)).columns, 40), 120)
            emit("\n\n".join(as_text(*one, colour=colour, across=across) for one in pages), colour=colour)
        case "markdown":
            from policylang.checker.as_markdown import as_markdown

            emit("\n\n".join(as_markdown(*one) for one in pages))
        case "html":
            from policylang.checker.as_html import as_html

            emit(as_html(pages))
        case _:
            _print_findings(checked, format, strict)


def _print_findings(checked: list[_Checked], format: str, strict: bool) -> None:
    from policylang.checker.findings import verdict_findings
    from policylang.checker.report import report
    from policylang.commands.explainers import explanation
    from policylang.findings.render import render

    found = [f for c in checked for f in (*verdict_findings(c.verdicts, c.code, strict=strict), *c.findings)]
    if format == "narrated":
        for c in checked:
            told = report(c.policy, c.code, c.verdicts)
            emit(f"{told.policy}, held against {told.against}. {' '.join(told.counts)}\n")
        # The listener hears first what matters most.
        found.sort(key=lambda f: list(Severity).index(f.severity))
    emit(render(found, format, summary=False, explain=explanation))


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


def _kinds(only: str | None) -> list[str]:
    from policylang.findings.nearest import did_you_mean

    kinds = [kind.strip().lower() for kind in (only or "").split(",") if kind.strip()]
    for kind in kinds:
        if kind not in KINDS:
            help = did_you_mean(kind, KINDS, what="kinds of verdict")
            raise problem("unknown-option-value", "PL-C05", f"There is no kind of verdict called “{kind}”.", help)
    return kinds


def _provisions(given: tuple[str, ...], codes: tuple[Document, ...]) -> set[str]:
    from policylang.findings.nearest import did_you_mean

    known = {p.number.casefold(): p.number for code in codes for p in code.provisions}
    wanted = set()
    for name in given:
        number = known.get(name.strip().rpartition("-")[2].casefold())
        if number is None:
            help = did_you_mean(name, known.values(), what="provisions")
            raise problem("unknown-provision", "PL-C06", f"{codes[-1].id} has no provision “{name}”.", help)
        wanted.add(number)
    return wanted


def _exit(checked: list[_Checked], strict: bool, strict_unknown: bool) -> Exit:
    from policylang.checker.findings import severity_of

    failing = (Severity.ERROR, Severity.WARNING)
    for c in checked:
        if any(v.falls_short and severity_of(v, strict=strict) in failing for v in c.verdicts):
            return Exit.FINDINGS
        if any(f.severity in failing or (strict and f.severity is Severity.NOTE) for f in c.findings):
            return Exit.FINDINGS
    verdicts = [v for c in checked for v in c.verdicts]
    open_ = any(v.arguable or v.judgement.value in ("silent", "not-judged") for v in verdicts)
    return Exit.UNDECIDED if strict_unknown and open_ else Exit.CLEAN
