"""The Finding: a fault (or a recorded pass) in eight parts, whatever found it.

The parts, in order: name and short code; one sentence stating the fault; where; what it rests on; expected and found;
how far out; the smallest change that would put it right; the page that explains the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters. ``ERROR`` and ``WARNING`` make a command exit 1; ``NOTE`` and ``PASS`` do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    PASS = "pass"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding sits: lines and columns (counted from 1) of a text, or sheet, row and cell of a workbook.

    Columns count characters; ``end_column`` is the column after the last character that is meant.

    ``heading`` is the section heading (text) or column heading (workbook); ``excerpt`` the source lines from ``line``
    to ``end_line``, so that a renderer can underline the cause without reading the file again.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    heading: str | None = None
    excerpt: str | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth saying, in the eight parts of the house style. ``None`` means the part does not apply."""

    rule: str
    code: str
    severity: Severity
    message: str
    place: Place | None = None
    rests_on: str | None = None
    expected: str | None = None
    found: str | None = None
    out_by: str | None = None
    help: str | None = None
    page: str | None = None
    clauses: tuple[str, ...] = ()
    related: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """A short id that depends on what is said and where, and so never changes between runs."""
        import hashlib  # only here: it costs more to import than most commands need

        where = self.place
        spot = "" if where is None else f"{where.file}|{where.heading}|{where.sheet}|{where.cell}|{where.excerpt}"
        text = "|".join((self.code, self.message, spot, ",".join(self.clauses)))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def explain(self) -> str:
        """What to type to read the page behind this finding."""
        return f"policylang explain {self.page or self.rule}"
