"""One log judged, in the form in which ``policylang audit`` shows or writes it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylang.auditor.audit import AuditResult
    from policylang.auditor.outcome import Outcome
    from policylang.casebook.cases import CaseBook
    from policylang.casebook.mapping import Mapping
    from policylang.casebook.reader import ReadResult


@dataclass(frozen=True, slots=True)
class Judged:
    """One log judged, and what of it is to be shown."""

    result: AuditResult
    read: ReadResult
    format: str
    by: tuple[str, ...]
    opened: bool
    only: frozenset[str]
    findings_only: bool

    def outcomes(self) -> list[Outcome]:
        """Those that are shown, with their words."""
        from policylang.auditor.on_the_dates import on_the_dates, worded
        from policylang.auditor.outcome import Result

        found = list(self.result.outcomes.among([r for r in Result if not self.only or r.value in self.only]))
        if self.findings_only:
            steps = [step for step in on_the_dates(self.result) if step.flagged]
            found += [step.outcome for step in worded(steps, self.result, self.read.casebook)]
        return found


def printed(found: Judged) -> str:
    """The text of any form but Parquet."""
    result, read, format = found.result, found.read, found.format
    if format == "csv":
        return _table(found).decode("utf-8-sig").replace("\r\n", "\n")
    if format in ("text", "json"):
        from policylang.auditor.by_column import divided
        from policylang.auditor.open_cases import open_cases

        by = divided(result, read.casebook, found.by)
        listed = open_cases(result, read.casebook) if found.opened or format == "json" else None
    if format == "json":
        import json

        from policylang.auditor.as_json import audit_record
        from policylang.auditor.on_the_dates import on_the_dates, worded

        steps = list(worded(on_the_dates(result), result, read.casebook))
        record = audit_record(result, found.outcomes(), by=by, opened=listed, steps=steps)
        return json.dumps(record, ensure_ascii=False, indent=2)
    if format != "text":
        from policylang.auditor.as_findings import outcome_findings
        from policylang.findings.render import render

        return render(list(outcome_findings(result, read.casebook, found.outcomes())), format)
    from policylang.auditor.as_text import audit_text

    across = max(80, min(120, shutil.get_terminal_size((100, 24)).columns))
    mapped = _columns(read.casebook, read.mapping)
    return audit_text(result, read.casebook, mapped, across=across, by=by, opened=listed)


def written(found: Judged) -> bytes:
    """The bytes of a file of any form."""
    if found.format == "parquet":
        from policylang.evidence.audit_tables import outcomes_parquet

        return outcomes_parquet(found.outcomes(), found.result)
    return _table(found) if found.format == "csv" else (printed(found).rstrip("\n") + "\n").encode("utf-8", "replace")


def _table(found: Judged) -> bytes:
    """The outcomes as CSV; with ``--by`` the shares by column instead, with ``--open`` the open cases."""
    if found.by or found.opened:
        from policylang.auditor.by_column import divided
        from policylang.auditor.open_cases import open_cases
        from policylang.evidence.audit_tables import division_csv, open_csv

        casebook = found.read.casebook
        if found.by:
            return division_csv(divided(found.result, casebook, found.by))
        return open_csv(open_cases(found.result, casebook))
    from policylang.evidence.outcomes_csv import outcomes_csv

    return outcomes_csv(found.outcomes())


def _columns(casebook: CaseBook, mapping: Mapping | None) -> list[tuple[str, str, str]]:
    """Which column each fact was read from, and what its empty cells mean, where somebody has said."""
    remarks: dict[str, str] = {}
    for sheet in (mapping, *mapping.also) if mapping else ():
        where = f" on “{sheet.sheet}”" if sheet is not mapping else ""
        absent = "empty, or no row there," if where else "empty"
        given = [(name, column.empty, absent) for name, column in sheet.columns.items()]
        given += [(name, words.empty, "no such row") for name, words in sheet.events.items()]
        for name, empty, what in given:
            remarks.setdefault(name, where + (f"; {what} means not done" if empty.value == "not-done" else ""))
    return [(name, heading, remarks.get(name, "")) for name, heading in casebook.columns.items()]
