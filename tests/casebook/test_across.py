"""Cases that stand in more than one log of a run (``policylang.casebook.across``)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policylang.casebook.across import (
    JUDGED_THERE,
    NOT_THE_SAME,
    SEVERAL_THERE,
    Ruling,
    rulings,
    set_aside,
    standings,
)
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.grid import Book
from policylang.casebook.setting_aside import duplicates

Row = tuple[str, int | None, int | None]
"""A case as these tests write it: reference, day of receipt and day of response in March 2024."""


def known(day: int | None) -> Entry:
    return Entry(EntryState.BLANK) if day is None else Entry(EntryState.KNOWN, date(2024, 3, day))


def book(*rows: Row) -> CaseBook:
    """The case book of these rows; of several with one reference as reading leaves it."""
    cases = [
        Case(reference, {"reference": Entry(EntryState.KNOWN, reference), "received": known(a), "responded": known(b)},
             "Log", number)
        for number, (reference, a, b) in enumerate(rows, 2)
    ]  # fmt: skip
    made = CaseBook(cases=cases, rows_read=len(cases))
    duplicates(Book("log.csv", [], ""), made)
    assert made.reconciles
    return made


def ruled(**logs: CaseBook) -> dict[str, Ruling]:
    return rulings({name: standings(one) for name, one in logs.items()}, {name: f"{name}.csv" for name in logs})


def told(**logs: CaseBook) -> dict[str, list[str]]:
    return {name: [f"{f.rule}: {f.message}" for f in one.findings] for name, one in ruled(**logs).items()}


def test_a_case_that_both_logs_tell_alike_is_judged_in_the_first() -> None:
    logs = {"april": book(("C-1", 4, 9)), "may": book(("C-7", 4, 9), ("c-1", 4, 9))}
    found = ruled(**logs)
    assert (found["april"].aside, found["may"].aside) == ({}, {"c-1": JUDGED_THERE})
    assert told(**logs) == {
        "april": [],
        "may": [
            "case-repeated-in-logs: 1 case of this log is in “april.csv” too, the same in all that was read, and "
            "judged there only: c-1 (row 3; there row 2)."
        ],
    }
    (note,) = found["may"].findings
    assert note.place is not None
    assert (note.place.file, note.place.row) == ("may.csv", 3)
    assert [(place.file, place.row) for place in note.related] == [("april.csv", 2)]


def test_a_case_that_the_logs_tell_differently_is_judged_in_neither() -> None:
    # Open in last year's log, answered in this year's: judged there it would be late.
    logs = {"old": book(("C-1", 4, None)), "new": book(("C-1", 4, 9))}
    assert [one.aside for one in ruled(**logs).values()] == [{"c-1": NOT_THE_SAME}, {"c-1": NOT_THE_SAME}]
    assert [found[0].split(":")[0] for found in told(**logs).values()] == ["case-in-several-logs"] * 2


def test_one_reference_with_two_days_of_receipt_is_two_complaints() -> None:
    logs = {"north": book(("1", 4, 9)), "south": book(("1", 5, 9))}
    assert [one.aside for one in ruled(**logs).values()] == [{}, {}]
    assert [found[0].split(":")[0] for found in told(**logs).values()] == ["reference-in-several-logs"] * 2


def test_a_day_of_receipt_that_nobody_knows_may_be_any_day() -> None:
    logs = {"north": book(("1", 4, 9)), "south": book(("1", None, 9))}
    assert [one.aside for one in ruled(**logs).values()] == [{"1": NOT_THE_SAME}, {"1": NOT_THE_SAME}]


def test_rows_that_one_log_set_aside_are_looked_for_in_the_others() -> None:
    # Two rows of one reference in April's log, nobody knows which is right; May's log has it once. It may have copied
    # the wrong one, so it is no more certain for standing there alone.
    logs = {"april": book(("C-1", 4, 9), ("C-1", 4, None), ("C-2", 4, 9)), "may": book(("C-7", 4, 9), ("c-1", 4, 9))}
    found = ruled(**logs)
    assert (found["april"].aside, found["may"].aside) == ({}, {"c-1": SEVERAL_THERE})
    assert told(**logs) == {
        "april": [
            "case-in-several-logs: 1 case that this log has on several rows, which do not agree, is in “may.csv” too, "
            "and is judged in neither: C-1 (rows 2 and 3; there row 3)."
        ],
        "may": [
            "case-in-several-logs: 1 case of this log is in “april.csv” too, there on several rows that do not agree, "
            "so it is judged in neither: c-1 (row 3; there rows 2 and 3)."
        ],
    }
    (one,) = found["may"].findings
    assert [(place.file, place.row) for place in one.related] == [("april.csv", 2), ("april.csv", 3)]
    for name, casebook in logs.items():
        set_aside(casebook, found[name])
        assert casebook.reconciles
    assert [[case.reference for case in casebook.cases] for casebook in logs.values()] == [["C-2"], ["C-7"]]


def test_rows_set_aside_in_two_logs_are_said_in_both() -> None:
    twice = (("C-1", 4, 9), ("C-1", 4, None))
    logs = {"april": book(*twice), "may": book(*twice)}
    assert [one.aside for one in ruled(**logs).values()] == [{}, {}]
    assert told(**logs)["may"] == [
        "case-in-several-logs: 1 case that this log has on several rows, which do not agree, is in “april.csv” too, "
        "and is judged in neither: C-1 (rows 2 and 3; there rows 2 and 3)."
    ]


def test_rows_set_aside_with_other_days_of_receipt_are_another_complaint() -> None:
    logs = {"north": book(("1", 4, 9), ("1", 6, 9)), "south": book(("1", 5, 9))}
    assert [one.aside for one in ruled(**logs).values()] == [{}, {}]
    assert told(**logs) == {
        "north": [],
        "south": [
            "reference-in-several-logs: 1 reference of this log stands in “north.csv” too, with another day of "
            "receipt, and so for another complaint; each is judged whose rows agree: 1 (row 2; there rows 2 and 3)."
        ],
    }


def test_a_row_written_down_twice_is_one_case_in_every_log() -> None:
    logs = {"april": book(("C-1", 4, 9), ("C-1", 4, 9)), "may": book(("C-1", 4, 9))}
    assert [one.aside for one in ruled(**logs).values()] == [{}, {"c-1": JUDGED_THERE}]


def test_many_are_counted_and_few_of_them_named() -> None:
    rows: list[Row] = [(f"C-{n}", 4, 9) for n in range(40)]
    (said,) = told(one=book(*rows), two=book(*rows))["two"]
    assert "40 cases of this log are in “one.csv” too" in said
    assert said.endswith("C-11 (row 13; there row 13) and 28 more.")


row = st.tuples(st.sampled_from(["a", "B", "b", "c"]), st.sampled_from([None, 4, 5]), st.sampled_from([None, 9]))
one_log = st.lists(row, max_size=5).map(lambda rows: book(*rows))


@given(st.lists(one_log, min_size=2, max_size=4))
def test_no_complaint_is_judged_twice_and_none_is_lost(logs: list[CaseBook]) -> None:
    before = [
        [
            (c.reference.casefold(), c.entry("received").date, c.entry("responded").date, c in b.cases)
            for c in (*b.cases, *b.disagreeing)
        ]
        for b in logs
    ]
    found = ruled(**{f"log{n}": one for n, one in enumerate(logs)})
    for n, one in enumerate(logs):
        set_aside(one, found[f"log{n}"])
        assert one.reconciles
    after = [{(c.reference.casefold(), c.entry("received").date) for c in one.cases} for one in logs]
    for n, mine in enumerate(before):
        for reference, received, answered, was_judged in mine:
            others = [
                (at, when, done, good)
                for at, there in enumerate(before)
                for other, when, done, good in there
                if at != n and other == reference and (when == received or None in (when, received))
            ]
            alike = all((when, done, good) == (received, answered, True) for _, when, done, good in others)
            judged = (reference, received) in after[n]
            first = alike and n < min((at for at, *_ in others), default=n + 1)
            assert judged == (was_judged and first)


def test_a_log_alone_is_judged_whole() -> None:
    assert ruled(one=book(("C-1", 4, 9)))["one"] == Ruling()
