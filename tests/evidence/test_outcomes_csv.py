"""outcomes.csv is put together from pieces; it must be what the standard library writes row by row."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.audit import audit
from policylang.auditor.outcome import Late, Outcome, Place, Result, Said, owed
from policylang.auditor.settings import Settings
from policylang.casebook.load import load_cases
from policylang.evidence.outcomes_csv import OUTCOME_COLUMNS, blocks, outcomes_csv
from policylang.evidence.safe_text import for_csv
from policylang.model.library import editions

ROOT = Path(__file__).resolve().parents[2]

texts = st.text(st.sampled_from('ab ,;"\n\r=+-@\ud800é'), max_size=12)
days = st.dates(date(2020, 1, 1), date(2027, 1, 1))
some_owed = st.builds(
    owed, texts, st.sampled_from(["code", "policy"]), texts, st.none() | texts, st.tuples(texts),
    st.sampled_from([1, 2]), st.booleans(), texts,
)  # fmt: skip
said = st.builds(
    Said, st.sampled_from(list(Result)), texts, st.none() | days, st.none() | days,
    st.none() | st.builds(Late, st.integers(0, 99), texts), texts, st.none() | texts, st.tuples(texts, texts),
    st.lists(st.tuples(days, texts), max_size=2).map(tuple), st.none() | days,
)  # fmt: skip


def plainly(outcomes: list[Outcome]) -> bytes:
    """The file as the csv module writes it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(OUTCOME_COLUMNS)
    for o in outcomes:
        late = (o.late.by, o.late.unit) if o.late else ("", "")
        dated = [day.isoformat() if day else "" for day in (o.start, o.due, o.actual)]
        skipped = "; ".join(f"{day.isoformat()} {why}" for day, why in o.skipped)
        row = (o.case, o.duty, o.source, o.document, o.provision or "", "; ".join(o.clauses), o.stage or "", o.action)
        row = (*row, o.result.value, o.reason, *dated, *late, o.why, o.repair or "", "; ".join(o.cells), skipped)
        writer.writerow([for_csv(v) if isinstance(v, str) else v for v in (*row, "yes" if o.verified else "no")])
    return out.getvalue().encode("utf-8-sig")


@given(st.lists(some_owed, min_size=1, max_size=3), st.lists(said, min_size=1, max_size=4), st.lists(texts, max_size=4))
def test_every_row_is_as_the_standard_library_writes_it(owes: list, says: list, cases: list[str]) -> None:  # type: ignore[type-arg]
    outcomes = [Outcome.of(place, what, told) for place in map(Place, cases) for what in owes for told in says]
    assert outcomes_csv(outcomes) == plainly(outcomes)


def test_a_long_table_comes_in_blocks_that_make_the_whole() -> None:
    what = owed("respond at stage 1", "code", "c", "6.3", (), 1, True, "respond")
    told = Said(Result.MET, "in-time", why="Answered in time.", names=("Log!C2",))
    outcomes = [Outcome.of(Place(f"C-{n}"), what, told) for n in range(9_000)]
    parts = list(blocks(outcomes))
    assert len(parts) > 2
    assert b"".join(parts) == plainly(outcomes)


def test_rows_of_a_log_name_its_cells() -> None:
    """Cases whose facts stand in one row share the pattern of their addresses; joined and other cases do without."""
    log = ROOT / "examples" / "complaints-log.xlsx"
    book = load_cases(log)[0].casebook
    book.cases[1] = replace(book.cases[1], entries=dict(book.cases[1].entries))
    codes = editions("housing-ombudsman")
    for settings in (Settings(), Settings(not_done=frozenset({"extension_notified", "stage2_extension_notified"}))):
        outcomes = list(audit(None, codes, book, date(2026, 3, 31), settings).outcomes)
        assert len({outcome.place.layout is None for outcome in outcomes}) == 2
        assert outcomes_csv(outcomes) == plainly(outcomes)
