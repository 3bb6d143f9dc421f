"""``policylang audit --engine columns`` prints what ``--engine reference`` prints, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from policylang.auditor.audit import audit
from policylang.auditor.columns.audit import ColumnReplay, ReplaysDisagree
from policylang.auditor.columns.compile import CompiledAudit
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.commands import main
from policylang.model.document import Document
from policylang.model.library import load_code
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


@pytest.mark.parametrize("shown", [tuple(Result), (Result.BREACHED,), ()], ids=["all", "breaches", "none"])
def test_outcomes_that_are_not_shown_lack_their_words_and_nothing_else(
    shown: tuple[Result, ...], book: CaseBook, documents: tuple[Document, list[Document]]
) -> None:
    policy, codes = documents
    settings = Settings(any_date=True)
    plain = audit(policy, codes, book, AS_AT, settings)
    replay = ColumnReplay(policy, codes, book.cases, AS_AT, settings, shown)
    found = audit(policy, codes, book, AS_AT, settings, replay=replay)
    assert found.population == plain.population
    assert found.measures == plain.measures
    assert len(found.outcomes) == len(plain.outcomes)
    for one, other in zip(found.outcomes, plain.outcomes, strict=True):
        if other.result in shown:
            assert one == other
        else:
            assert told(one) == told(other)


def told(outcome: Outcome) -> tuple[object, ...]:
    by = (outcome.late.by, outcome.late.unit) if outcome.late else None
    return outcome.case, outcome.document, outcome.duty, outcome.result, outcome.reason, outcome.due, by


def test_a_disagreement_is_never_passed_over(
    book: CaseBook, documents: tuple[Document, list[Document]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    policy, codes = documents
    judged = CompiledAudit.__call__

    def wrong(self: CompiledAudit, cases: pl.DataFrame) -> pl.DataFrame:
        return judged(self, cases).with_columns(pl.lit(0, pl.UInt8).alias("0.reason"))

    monkeypatch.setattr(CompiledAudit, "__call__", wrong)
    replay = ColumnReplay(policy, codes, book.cases, AS_AT, Settings())
    with pytest.raises(ReplaysDisagree):
        audit(policy, codes, book, AS_AT, replay=replay)


def test_polars_is_not_loaded_by_a_command_that_does_not_need_it() -> None:
    code = "import sys; import policylang.commands.audit, policylang.auditor.audit; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
