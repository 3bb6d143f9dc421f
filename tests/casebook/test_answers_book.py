"""The answers of a filled-in sample: which questions count as columns that were used."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from policylang.casebook.answers_book import with_answers
from policylang.casebook.reader import read_cases
from policylang.casebook.record import facts
from policylang.commands import main
from tests.casebook.workbooks import workbook

REASONS, REMEDY = facts()["response_reasons"].label, facts()["response_remedy"].label
STAGE = facts()["response_stage"].label
POLICY = 'policy "P".\ncalendar england-and-wales.\nin force from 2023-01-01.\n'
LOG = "Reference,Date received,Date responded\nC-1,2024-04-09,2024-04-16\nC-2,2024-04-10,2024-04-17\n"


def sample(tmp_path: Path) -> Path:
    """A sample of which one question is answered, one was left blank, and one was answered “Not known”."""
    return workbook(
        tmp_path / "sample.xlsx",
        [
            ["Case", "Received", REASONS, REMEDY, STAGE],
            ["C-1", "2024-04-09", "Yes", None, "Not known"],
            ["C-2", "2024-04-10", None, None, None],
        ],
        sheet="Sample",
    )


def test_only_questions_that_somebody_answered_are_columns_that_were_used(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    answered = with_answers(read_cases(tmp_path / "log.csv").casebook, sample(tmp_path))
    assert answered.answers == 1
    assert answered.casebook.columns == {
        "response_reasons": REASONS,
        "reference": "Reference",
        "received": "Date received",
        "responded": "Date responded",
    }


def test_the_audit_lists_no_blank_question_among_the_columns_used(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    words = ["audit", tmp_path / "my.policy", tmp_path / "log.csv", "--answers", sample(tmp_path)]
    text = CliRunner().invoke(main, [*map(str, words), "--as-at", "2024-12-31"]).stdout
    used = text[text.index("Columns used") : text.index("\n\n", text.index("Columns used"))]
    assert REASONS in used
    assert REMEDY not in used
    assert STAGE not in used
