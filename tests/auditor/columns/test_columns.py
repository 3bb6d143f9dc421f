"""What the columnar replay does beside agreeing: the calendar's edges, its layout, what it refuses to judge."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from policylang.auditor.columns import rules
from policylang.auditor.columns.codes import NAMES, NUMBERS, RESULTS, result_of
from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.conditions import NotCompiled
from policylang.auditor.columns.layout import KNOWN, NOT_DONE, UNREADABLE, VAGUE, columns_of
from policylang.auditor.columns.people import same_people
from policylang.auditor.columns.rules import check
from policylang.auditor.columns.tables import deadlines, index, number
from policylang.auditor.duties import duties
from policylang.auditor.people import same_person
from policylang.casebook.cases import Case, Entry, EntryState
from policylang.model.calendar import OutsideCalendar, load_calendar
from policylang.model.duration import Duration, Unit, due
from tests.auditor.columns.comparing import by_columns, by_reference, disagreements
from tests.auditor.told import told_document

CALENDAR = load_calendar("england-and-wales")
POLICY = """
stage 1 "Stage 1":
  must acknowledge within 5 working days of receipt [1].
  must respond within 10 working days of acknowledgement [2].
  may extend response by up to 10 working days [3].
  response must state decision [4].
"""
AS_AT = date(2028, 12, 31)


def compiled(policy: str = POLICY, as_at: date = AS_AT) -> CompiledAudit:
    return compile_audit(told_document(policy, "policy"), [], as_at)


def known(**days: date) -> dict[str, Entry]:
    return {name: Entry(EntryState.KNOWN, day) for name, day in days.items()}


@pytest.mark.parametrize("n", [0, 1, 5, 20, 400, 10_000])
def test_a_table_holds_the_deadline_of_every_day_and_nothing_beyond_the_edges(n: int) -> None:
    within = Duration(n, Unit.WORKING_DAYS)
    table = deadlines(CALENDAR, within, False, None, None)
    around = [CALENDAR.first - timedelta(days=400), CALENDAR.first - timedelta(days=1), CALENDAR.first]
    around += [CALENDAR.first + timedelta(days=1), date(2025, 6, 2), CALENDAR.last - timedelta(days=30)]
    around += [CALENDAR.last, CALENDAR.last + timedelta(days=1), date.max, date.min]
    days = pl.DataFrame({"day": [*map(number, around), None]}, schema={"day": pl.Int32})
    found = days.select(pl.lit(table).gather(index(pl.col("day"), CALENDAR)).alias("due"))["due"].to_list()
    for day, last in zip(around, found, strict=False):
        try:
            expected: int | None = number(due(day, within, CALENDAR))
        except OutsideCalendar:
            expected = None
        assert last == expected, day
    assert found[-1] is None


@pytest.mark.parametrize("edge", [CALENDAR.first, CALENDAR.last], ids=["first", "last"])
def test_cases_at_an_edge_of_the_calendar_are_judged_or_cannot_be_told_as_by_the_reference(edge: date) -> None:
    cases: list[Case] = []
    for n in range(-40, 41):
        received = edge + timedelta(days=n)
        for m in (0, 3, 12, 30):
            days = known(
                received=received,
                acknowledged=received + timedelta(days=m),
                responded=received + timedelta(days=2 * m),
                extension_notified=received + timedelta(days=m),
            )
            cases.append(Case(f"C-{len(cases)}", days))
            # The receipt unknown, and the start of the clock vague over the edge.
            until = received + timedelta(days=20)
            vague = Entry(EntryState.VAGUE, earliest=received, latest=until)
            cases.append(Case(f"C-{len(cases)}", {**days, "received": Entry(EntryState.BLANK), "acknowledged": vague}))
    policy = told_document(POLICY, "policy")
    for as_at in (edge, edge + timedelta(days=60)):
        audit = compile_audit(policy, [], as_at)
        columns = by_columns(audit, cases, sorted(cases[0].entries))
        assert not disagreements(by_reference(policy, [], cases, as_at, audit.settings), columns, set())
        assert {told[1] for told in columns.values()} >= {"outside-calendar"}


def test_a_compiled_audit_can_be_sent_to_another_process() -> None:
    audit = compiled()
    frame = columns_of([Case("C-1", known(received=date(2025, 6, 2), responded=date(2025, 6, 10)))])
    before = audit(frame)
    assert pickle.loads(pickle.dumps(audit))(frame).equals(before)


def test_what_columns_cannot_count_is_listed_and_gets_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    # The language takes no number that is too long to count, so the bound is lowered here.
    monkeypatch.setattr(rules, "LONGEST", 400)
    policy = 'stage 1 "Stage 1":\n  must acknowledge within 401 calendar days of receipt [1].\n'
    policy += "  must respond within 10 working days of receipt [2].\n"
    audit = compiled(policy)
    assert [(duty.name, why) for duty, why in audit.not_compiled] == [
        ("acknowledge at stage 1", "a time as long as 401 calendar days")
    ]
    assert [column.duty.name for column in audit.columns] == ["respond at stage 1"]


def test_hours_that_no_day_has_are_left_to_the_reference() -> None:
    duty = next(duty for duty in duties(told_document(POLICY, "policy")) if duty.clock)
    assert duty.clock is not None
    with pytest.raises(NotCompiled):
        check(replace(duty, clock=replace(duty.clock, hours_per_day=30.0)))


def test_every_reason_has_a_number_of_its_outcome() -> None:
    assert len(set(NUMBERS.values())) == len(NUMBERS) == len(NAMES)
    assert {result_of(number) for number in NAMES} == set(RESULTS)
    assert all(0 <= number < 160 for number in NAMES)


def test_without_a_state_column_a_null_is_not_recorded_and_a_latest_day_is_vague() -> None:
    frame = pl.DataFrame(
        {
            "reference": ["blank", "late", "vague"],
            "received": [date(2025, 6, 2)] * 3,
            "acknowledged": [None, date(2025, 7, 1), date(2025, 6, 3)],
            "acknowledged__latest": [None, None, date(2025, 6, 30)],
        }
    )
    assert reasons(frame, "acknowledge at stage 1") == ["deed-unknown", "late", "deed-unknown"]


def test_a_state_that_its_value_does_not_bear_out_is_unreadable_and_never_a_pass() -> None:
    frame = pl.DataFrame(
        {
            "received": [date(2025, 6, 2)] * 5,
            "acknowledged": [None, date(2025, 6, 3), date(2025, 6, 3), None, date(2025, 6, 3)],
            "acknowledged__state": pl.Series([KNOWN, VAGUE, UNREADABLE, NOT_DONE, KNOWN], dtype=pl.UInt8),
        }
    )
    assert reasons(frame, "acknowledge at stage 1") == [
        "deed-unknown",
        "deed-unknown",
        "deed-unknown",
        "not-done-and-due",
        "in-time",
    ]


def reasons(frame: pl.DataFrame, name: str) -> list[str]:
    audit = compiled()
    judged = audit(frame)
    column = next(column for column in audit.columns if column.duty.name == name)
    return [NAMES[code] for code in judged[column.name("reason")]]


def test_a_batch_may_be_empty() -> None:
    audit = compiled()
    frame = columns_of([Case("C-1", known(received=date(2025, 6, 2)))])
    assert audit(frame.clear()).is_empty()
    assert audit(frame.clear()).schema == audit(frame).schema


NAMES_OF_PEOPLE = (
    None, "", "Officer 1", "Officer 2", "officer 1", "Complaints Team", "Ann Reader", "A Reader", "AR", "Reader, Ann",
    "Dr Ann Reader", "Head of Housing", "B Reader", "Ann",
)  # fmt: skip


def test_names_are_compared_as_the_reference_compares_them() -> None:
    pairs = [(a, b) for a in NAMES_OF_PEOPLE for b in NAMES_OF_PEOPLE]
    frame = pl.DataFrame(pairs, schema={"a": pl.String, "b": pl.String}, orient="row")
    found = frame.select(same_people(pl.col("a"), pl.col("b")).alias("same"))["same"].to_list()
    assert found == [same_person(a, b) for a, b in pairs]
    assert {True, False, None} == set(found)
    asked = [n % 3 == 0 for n in range(len(pairs))]
    some = frame.select(same_people(pl.col("a"), pl.col("b"), pl.lit(pl.Series(asked))).alias("same"))["same"].to_list()
    assert some == [same if wanted else None for same, wanted in zip(found, asked, strict=True)]
