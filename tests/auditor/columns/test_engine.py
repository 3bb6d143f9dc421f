"""``policylang audit --engine columns`` prints what ``--engine reference`` prints, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.auditor.audit import audit
from policylang.auditor.columns.audit import by_columns
from policylang.auditor.columns.compile import CompiledAudit
from policylang.auditor.columns.ledger import Ledger, ReplaysDisagree
from policylang.auditor.on_the_dates import on_the_dates, worded
from policylang.auditor.outcome import Owed, Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.commands import main
from policylang.model.document import Document
from policylang.model.library import editions, load_code
from tests.architecture.source import ROOT
from tests.auditor.columns import generated

AS_AT = date(2025, 12, 31)


@pytest.fixture(scope="module")
def book() -> CaseBook:
    cases = generated.cases(Random(3), 40, AS_AT)
    return CaseBook(cases=cases, rows_read=len(cases))


@pytest.fixture(scope="module")
def documents() -> tuple[Document, list[Document]]:
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    return generated.policy(Random(7), 7), [code]


@pytest.mark.parametrize("form", ["text", "csv", "json", "sarif"])
def test_the_command_prints_the_same(form: str, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    lines = ["Ref,Date received,Acknowledged,Date responded,Extension notified,Stage 2 requested,Stage 2 response"]
    for n in range(12):
        answered = f"2025-06-{n + 8:02}" if n % 4 else ""
        lines.append(f"C-{n},2025-06-02,2025-06-{n + 3:02},{answered},{'2025-06-09' if n % 3 == 0 else ''},,")
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    policy = str(ROOT / "policies" / "connect-housing.policy")
    printed = {}
    for engine in ("reference", "columns"):
        call = ["audit", policy, str(log), "--as-at", "2025-12-31", "--format", form, "--engine", engine]
        call += ["--not-done", "responded"]
        found = CliRunner().invoke(main, call)
        assert found.exit_code == 1, found.output
        printed[engine] = found.stdout
    assert printed["columns"] == printed["reference"]
    assert "C-9" in printed["columns"]


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
def test_a_ledger_is_the_list_that_the_reference_makes(
    at_once: int, book: CaseBook, documents: tuple[Document, list[Document]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policylang.auditor.columns.audit.AT_ONCE", at_once)
    policy, codes = documents
    conventions = Settings(any_date=True)
    plain = audit(policy, codes, book, AS_AT, conventions)
    found = audit(policy, codes, book, AS_AT, conventions, engine=by_columns)
    assert isinstance(found.outcomes, Ledger)
    assert found.population == plain.population
    assert found.measures == plain.measures
    assert found.data_quality == plain.data_quality
    assert len(found.outcomes) == len(plain.outcomes)
    assert list(found.outcomes) == list(plain.outcomes)
    assert found.outcomes.counted() == plain.outcomes.counted()
    assert [entered[1:] for entered in found.outcomes.entered()] == [
        entered[1:] for entered in plain.outcomes.entered()
    ]
    for result in Result:
        assert found.of(result) == plain.of(result)
        mine, theirs = (each.outcomes.entered(_of_stage_2, [result]) for each in (found, plain))
        assert [found.outcomes.at(each.key) for each in mine] == [plain.outcomes.at(each.key) for each in theirs]
    aims = list(found.outcomes.among((), ["aim-missed", "late"]))
    assert aims == list(plain.outcomes.among((), ["aim-missed", "late"]))
    steps = worded(on_the_dates(found), found, book)
    assert [(step.outcome, step.record()) for step in steps] == [(s.outcome, s.record()) for s in on_the_dates(plain)]


def _of_stage_2(owed: Owed) -> bool:
    return owed.stage == 2


@given(seed=st.integers(0, 10_000), number=st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_what_is_noted_on_the_way_is_the_same(seed: int, number: int) -> None:
    """What would have decided, by its state in the log, and the steps that the dates show, in every kind of log."""
    cases = generated.cases(Random(seed), number, AS_AT)
    book = CaseBook(cases=cases, rows_read=len(cases))
    policy, conventions = generated.policy(Random(seed), seed), Settings(any_date=seed % 2 == 0, day_one=seed % 3 == 0)
    plain = audit(policy, editions(), book, AS_AT, conventions)
    found = audit(policy, editions(), book, AS_AT, conventions, engine=by_columns)
    assert found.measures == plain.measures
    assert found.population == plain.population
    assert [(event, step.record() | {"why": ""}) for event, step in found.steps] == [
        (event, step.record() | {"why": ""}) for event, step in plain.steps
    ]


def test_a_disagreement_is_never_passed_over(
    book: CaseBook, documents: tuple[Document, list[Document]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    policy, codes = documents
    judged = CompiledAudit.__call__

    def wrong(self: CompiledAudit, cases: pl.DataFrame) -> pl.DataFrame:
        return judged(self, cases).with_columns(pl.lit(0, pl.UInt8).alias("0.reason"))

    monkeypatch.setattr(CompiledAudit, "__call__", wrong)
    found = audit(policy, codes, book, AS_AT, engine=by_columns)
    with pytest.raises(ReplaysDisagree):
        list(found.outcomes)
    with pytest.raises(ReplaysDisagree):
        found.of(Result.MET)


def test_polars_is_not_loaded_by_a_command_that_does_not_need_it() -> None:
    code = "import sys; import policylang.commands.audit, policylang.auditor.audit; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
