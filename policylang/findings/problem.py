"""An expected problem that stops the work: a missing file, a folder that cannot be written, a wrong option."""

from __future__ import annotations

from collections.abc import Iterable

from policylang.findings.finding import Finding, Place, Severity


class Problem(Exception):
    """Raised where work cannot go on; carries the findings that say what is wrong and what to do.

    Commands print the findings on stderr and exit 2. Loading a document does not raise this: it returns what was
    understood together with its findings.
    """

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("; ".join(f.message for f in self.findings))


def problem(
    rule: str, code: str, message: str, help: str | None = None, *, file: str | None = None, line: int | None = None
) -> Problem:
    """A :class:`Problem` of one error, for ``raise problem("no-such-file", "PL-F01", …)``."""
    place = None if file is None else Place(file=file, line=line)
    return Problem(Finding(rule=rule, code=code, severity=Severity.ERROR, message=message, place=place, help=help))
