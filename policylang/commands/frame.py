"""What a command is built from, in one place.

A command parses its options, calls one function of the library, and ends by returning an :class:`Exit`::

    @click.command()
    @click.argument("policy", type=INPUT_FILE)
    @format_option()
    @threshold_option()
    def lint(policy: Path, format: str, threshold: Severity) -> Exit:
        \"\"\"Find the faults in a policy by itself.\"\"\"
        from policylang.checker import lint          # slow imports inside

        return report(lint(policy), format, threshold=threshold)

Raise :class:`Problem` (or :func:`problem` for one sentence) for what stops the work; the frame prints it and exits 2.
Tests call ``CliRunner().invoke(policylang.commands.main, ["lint", …])``, which goes through the same frame.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from policylang.commands.boundary import say
from policylang.commands.exits import Exit, at_least, exit_for
from policylang.commands.options import (
    DAY,
    FINDING_FORMATS,
    INPUT_FILE,
    INPUT_FILE_OR_FOLDER,
    format_option,
    overwrite_option,
    pseudonyms_option,
    strict_unknown_option,
    threshold_option,
)
from policylang.commands.output import emit, emit_json, spare, whole_file, whole_folder, write_whole
from policylang.commands.progress import Progress
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem, problem

__all__ = [
    "DAY",
    "FINDING_FORMATS",
    "INPUT_FILE",
    "INPUT_FILE_OR_FOLDER",
    "Exit",
    "Finding",
    "Place",
    "Problem",
    "Progress",
    "Severity",
    "at_least",
    "emit",
    "emit_json",
    "exit_for",
    "format_option",
    "overwrite_option",
    "problem",
    "pseudonyms_option",
    "report",
    "say",
    "spare",
    "strict_unknown_option",
    "threshold_option",
    "whole_file",
    "whole_folder",
    "write_whole",
]


def report(
    findings: Iterable[Finding],
    format: str = "text",
    *,
    threshold: Severity = Severity.WARNING,
    undecided: bool = False,
) -> Exit:
    """Print findings on stdout in the wanted form and return the exit code they come to.

    ``undecided`` says that ``--strict-unknown`` was given and something could not be decided.
    """
    from policylang.findings.render import render
    from policylang.findings.terminal import wants_colour

    explain: Callable[[str], str | None] | None = None
    if format == "sarif":  # the only form that carries the rules' pages
        from policylang.commands.explainers import rule_page

        explain = rule_page
    found = list(findings)
    colour = format == "text" and wants_colour(sys.stdout)
    emit(render(found, format, colour=colour, explain=explain), colour=colour)
    return exit_for(found, threshold=threshold, undecided=undecided)
