"""What a command's exit code says, so that a script or a pipeline can act on it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from policylang.findings.finding import Finding, Severity


class Exit(IntEnum):
    """The exit codes of every command (design: quality, “Findings and errors”)."""

    CLEAN = 0
    """Nothing at or above the threshold."""
    FINDINGS = 1
    """Something at or above the threshold was found."""
    MISUSE = 2
    """A wrong word on the line, or input that cannot be read."""
    UNDECIDED = 3
    """Something could not be decided, and ``--strict-unknown`` was given."""
    INTERNAL = 4
    """A fault in the tool itself."""
    STOPPED = 130
    """Stopped by Ctrl-C."""
    CLOSED_PIPE = 141
    """Whatever was reading the output stopped reading, as ``head`` does."""


_RANK = {Severity.PASS: 0, Severity.NOTE: 1, Severity.WARNING: 2, Severity.ERROR: 3}


def at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether ``severity`` is at or above ``threshold``; a pass never is."""
    return severity is not Severity.PASS and _RANK[severity] >= _RANK[threshold]


def exit_for(findings: Iterable[Finding], *, threshold: Severity = Severity.WARNING, undecided: bool = False) -> Exit:
    """The exit code for these findings. ``undecided`` is for what could not be decided under ``--strict-unknown``.

    Findings come first: what is known to be wrong matters more than what is not known.
    """
    if any(at_least(finding.severity, threshold) for finding in findings):
        return Exit.FINDINGS
    return Exit.UNDECIDED if undecided else Exit.CLEAN
