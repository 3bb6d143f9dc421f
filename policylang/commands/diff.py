"""``policylang diff``: what changed between two Codes, for residents and for landlords."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from policylang.commands.frame import Exit, Problem, Severity, emit, emit_json, format_option, problem

if TYPE_CHECKING:
    from policylang.model.document import Document


@click.command(short_help="Say what changed between two Codes.")
@click.argument("old", metavar="CODE")
@click.argument("new", metavar="CODE")
@format_option("text", "json", "markdown")
def diff(old: str, new: str, format: str) -> Exit:
    """Say what changed from the first CODE to the second, for residents and for landlords. A CODE is an id that
    “policylang codes” lists, or a .code file.

    Nothing is listed by hand: every demand of one code is put beside the one of the other that answers to it. What
    differs is a change: how strongly it is asked (should, must), a time, the event that starts a clock, how far an
    answer may be extended, an item of a letter, a condition. What has no counterpart is new, or no longer asked. To
    say whether a change asks more or less of a landlord, each code is read as a policy and held against the other.

    \b
      asks more             whoever kept the first code to the letter falls short of the second
      asks less             the second asks less than the first did
      asks something else   each asks what the other does not
      comes to the same     neither falls short of the other
      arguable              the texts leave it open which asks more

    Provisions that put no demand on a policy's text (reports, Board papers) are only matched by their titles and
    left to a reader.

    \b
    policylang diff housing-ombudsman-2022 housing-ombudsman-2024
    policylang diff housing-ombudsman-2024 lgsco-2024
    policylang diff housing-ombudsman-2022 housing-ombudsman-2024 --format markdown > changes.md

    Exit codes: 1 if anything changed; 0 if nothing did; 2 if a code is unknown or cannot be read.
    """
    from policylang.checker.compare_codes import compare
    from policylang.checker.comparison_as_text import as_json, as_markdown, as_text

    found = compare(_code(old), _code(new))
    if format == "json":
        emit_json(as_json(found))
    elif format == "markdown":
        emit(as_markdown(found))
    else:
        emit(as_text(found, across=max(80, min(120, shutil.get_terminal_size((100, 24)).columns))))
    return Exit.FINDINGS if found.changes else Exit.CLEAN


def _code(name: str) -> Document:
    from policylang.model.library import load_code

    loaded = load_code(name)
    if loaded.document is None or not loaded.usable:
        raise Problem(f for f in loaded.findings if f.severity is Severity.ERROR)
    if loaded.document.kind != "code":
        raise problem(
            "unfit-value",
            "PL-U04",
            f"“{name}” is a policy, and two codes are compared here.",
            "Hold a policy against a code with: policylang check POLICY --code CODE.",
        )
    return loaded.document
