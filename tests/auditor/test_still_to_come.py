"""A complaint that came in after the as-at date has come to no stage by it, whatever columns the log lacks."""

from __future__ import annotations

from datetime import date

import pytest

from policylang.auditor.audit import audit, by_reference
from policylang.auditor.columns.audit import by_columns
from policylang.auditor.outcome import Result
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.model.library import editions

AS_AT = date(2026, 3, 31)
CODES = editions("housing-ombudsman")


@pytest.mark.parametrize("columns", [False, True], ids=["reference", "columns"])
@pytest.mark.parametrize("received", [Entry(EntryState.KNOWN, date(2026, 4, 2)),
                                      Entry(EntryState.VAGUE, earliest=date(2026, 4, 1), latest=date(2026, 4, 30))],
                         ids=["a day", "a month"])  # fmt: skip
def test_nothing_of_it_is_open(columns: bool, received: Entry) -> None:
    cases = [Case("A", {"received": received}, "Log", 2)]
    result = audit(
        None, CODES, CaseBook(cases=cases, rows_read=1), AS_AT, engine=by_columns if columns else by_reference
    )
    assert {(o.result, o.reason) for o in result.outcomes} == {(Result.NOT_APPLICABLE, "stage-not-reached")}
