"""What holds of every log: nothing raises, rows reconcile, and what does not matter makes no difference."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from policylang.casebook.cases import Case, EntryState
from policylang.casebook.dates import Order, read_date, weigh
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.mapping_text import mapping_text
from policylang.casebook.quality import quality_findings
from policylang.casebook.reader import ReadResult, propose_mapping, read_cases
from policylang.model.days import MONTHS, say_date, say_day
from tests.casebook.told import told
from tests.casebook.workbooks import log, row, text, zipped

days = st.dates(date(1980, 1, 1), date(2099, 12, 31))
HEADINGS = ["Reference", "Date received", "Acknowledged", "Response sent", "Extension agreed", "Case handler"]
written = st.one_of(
    days.map(date.isoformat),
    days.map(say_date),
    days.map(lambda day: f"{MONTHS[day.month - 1]} {day.year}"),
    st.sampled_from(
        ["", "-", "TBC", "N/A", "Ongoing", "1*", "#REF!", "Yes", "No", "45352", "31/12/2024", "13/13/2024"]
    ),
    st.text(max_size=12),
)
rows = st.lists(st.lists(written, min_size=6, max_size=6), max_size=8)


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue().encode("utf-8", "surrogatepass")


def read(content: bytes, name: str = "log.csv", mapping: str | None = None) -> ReadResult:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        used = None
        if mapping is not None:
            Path(folder, "mapping.yaml").write_text(mapping, encoding="utf-8")
            used, found = load_mapping(Path(folder, "mapping.yaml"))
            assert used is not None, found
        return read_cases(path, used)


def check(result: ReadResult) -> None:
    """What every result owes its reader."""
    assert result.casebook.reconciles
    assert not (result.stopped and result.casebook.cases)
    for found in [*result.findings, *quality_findings(result.casebook, date(2024, 6, 30))]:
        assert found.message.endswith(".")
        assert found.code.startswith("DQ")
    seen = [(case.sheet, case.row) for case in result.casebook.cases]
    seen += [(aside.sheet, aside.row) for aside in result.casebook.set_aside]
    assert len(seen) == len(set(seen))


def facts(case: Case) -> dict[str, tuple[EntryState, object]]:
    return {name: (entry.state, entry.value) for name, entry in case.entries.items()}


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"Reference,Date received\r\r\nC-1,2024-01-01\x1a")
@example(b'"')
@example(b'Reference;"Date\nreceived"\nC-1;2024-01-01')
def test_no_bytes_stop_the_reader_with_anything_but_findings(content: bytes) -> None:
    for name in ("log.csv", "log.xlsx"):
        result = read(content, name)
        check(result)
        assert result.findings or result.casebook.cases


@given(rows)
def test_no_cell_of_a_log_stops_the_reader(table: list[list[str]]) -> None:
    check(read(as_csv([HEADINGS, *table])))


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=8))
def test_no_heading_stops_the_reader(headings: list[str]) -> None:
    check(read(as_csv([headings, ["C-1", "2024-03-01"] * 4])))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<&"), max_size=9), min_size=3, max_size=3))
def test_no_text_in_a_workbook_stops_the_reader(texts: list[str]) -> None:
    cells = [text(f"{letter}2", value) for letter, value in zip("ABC", texts, strict=True)]
    with TemporaryDirectory() as folder:
        check(read_cases(zipped(Path(folder, "log.xlsx"), log(row(2, *cells)))))


signs = ["mapping: 1\n", "columns:\n", "  received: A\n", "  reference: B\n", " - ", "{", "}", "[", "]", "&a ", "*a"]
signs += ["!!str ", "? ", ": ", "\t", "'", '"', "|", ">", "#", "\n", "no", "~", "1e3", "<<: ", "---\n", "...", "\u0085"]


@given(st.text(max_size=80) | st.lists(st.sampled_from(signs)).map("".join))
def test_no_text_stops_the_reading_of_a_mapping(content: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "mapping.yaml")
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        mapping, found = load_mapping(path)
    assert (mapping is None) == bool(found)
    for one in found:
        assert one.message.endswith(".")
        assert one.place is not None
        assert one.place.line is not None


@given(days)
def test_every_whole_way_of_writing_a_day_is_read_as_that_day(day: date) -> None:
    name = MONTHS[day.month - 1]
    ways = [day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y/%m/%d} 10:15", say_date(day), say_day(day)]
    ways += [
        f"{day.day:02}-{name[:3]}-{day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.day}th of {name} {day.year}",
    ]
    for way in ways:
        assert read_date(way, None) == (day, day), way
    if day.year >= 2000:
        assert read_date(f"{day.day} {name[:3]} {day:%y}", None) == (day, day)
    for separator in "/-.":
        figures = separator.join([str(day.day), f"{day.month:02}", str(day.year)])
        assert read_date(figures, Order.DAY_FIRST) == (day, day)
        assert read_date(figures, None) is None
        swapped = separator.join([str(day.month), str(day.day), str(day.year)])
        assert read_date(swapped, Order.MONTH_FIRST) == (day, day)


@given(st.dates(date(1980, 1, 1), date(2099, 12, 1)))
def test_a_month_is_all_its_days(day: date) -> None:
    for way in (f"{MONTHS[day.month - 1]} {day.year}", f"{day.month}/{day.year}", f"{day.year}-{day.month:02}"):
        span = read_date(way, None)
        assert span is not None
        assert span.first <= day <= span.last
        assert (span.first.day, (span.last + timedelta(days=1)).day) == (1, 1)


@given(st.lists(days, min_size=1, max_size=12))
def test_an_order_is_only_proved_by_a_day_beyond_the_twelfth(column: list[date]) -> None:
    evidence = weigh(f"{day.day}/{day.month}/{day.year}" for day in column)
    assert evidence.month_first == 0
    assert evidence.day_first == sum(day.day > 12 for day in column)
    if any(day.day > 12 for day in column):
        assert evidence.order is Order.DAY_FIRST
    elif any(day.day != day.month for day in column):
        assert evidence.order is None


@given(rows, st.permutations(range(6)))
def test_the_order_of_columns_does_not_matter(table: list[list[str]], order: list[int]) -> None:
    straight = read(as_csv([HEADINGS, *table]))
    mixed = read(as_csv([[line[n] for n in order] for line in [HEADINGS, *table]]))
    assert straight.stopped == mixed.stopped
    assert {c.reference: facts(c) for c in mixed.casebook.cases} == {
        c.reference: facts(c) for c in straight.casebook.cases
    }


cases = st.lists(st.lists(written, min_size=5, max_size=5), min_size=1, max_size=8).map(
    lambda table: [[f"C-{n}", *line] for n, line in enumerate(table)]
)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: list[list[str]], mixer: object) -> None:
    mixed = list(table)
    mixer.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = read(as_csv([HEADINGS, *table])), read(as_csv([HEADINGS, *mixed]))
    assert one.stopped == other.stopped
    assert {c.reference: facts(c) for c in one.casebook.cases} == {c.reference: facts(c) for c in other.casebook.cases}


@given(cases)
def test_blank_rows_and_columns_of_no_interest_change_nothing(table: list[list[str]]) -> None:
    plain = read(as_csv([HEADINGS, *table]))
    padded = [[*HEADINGS, "Resident's story"], *([*line, "long ago"] for line in table)]
    more = read(as_csv([["Our log"], [], *(line for pair in padded for line in (pair, [" ", ""]))]))
    assert plain.stopped == more.stopped
    assert [facts(c) for c in plain.casebook.cases] == [facts(c) for c in more.casebook.cases]


@settings(max_examples=50)
@given(cases)
def test_the_written_proposal_reads_the_log_as_the_proposal_does(table: list[list[str]]) -> None:
    content = as_csv([HEADINGS, *table])
    with TemporaryDirectory() as folder:
        path = Path(folder, "log.csv")
        path.write_bytes(content)
        proposal, _ = propose_mapping(path)
    assume(proposal is not None)
    assert proposal is not None
    assume(not proposal.missing)
    straight, written_down = read(content), read(content, mapping=mapping_text(proposal))
    if proposal.certain:
        assert straight.stopped == written_down.stopped
        assert [facts(c) for c in straight.casebook.cases] == [facts(c) for c in written_down.casebook.cases]
        assert told(straight).split("\n")[0] == told(written_down).split("\n")[0]


@given(st.sampled_from(["w/c ", "1/", "1 ", "mar ", "2024-", "''", "\u00a0"]), st.integers(1, 300_000))
@settings(max_examples=30)
def test_a_long_text_is_no_date_and_takes_no_time(piece: str, times: int) -> None:
    assert read_date(piece * times + "x", Order.DAY_FIRST) is None
    assert weigh([piece * times]).order is Order.DAY_FIRST
