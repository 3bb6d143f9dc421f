"""The made-up log: the same every time, read without a question, and judged as its answers say."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.auditor.audit import audit
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.example import FEWEST_ROWS, Example, make_example
from policylang.casebook.example_plan import AS_AT
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.quality import quality_findings
from policylang.casebook.reader import ReadResult, read_cases
from policylang.commands import main
from policylang.model.data import policies_dir
from policylang.model.library import load_code, load_policy

SHIPPED = Path(__file__).parents[2] / "examples" / "complaints-log.xlsx"


def answers(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def saved(made: Example, folder: Path) -> Path:
    path = folder / "log.xlsx"
    path.write_bytes(made.workbook)
    path.with_name("log.answers.csv").write_bytes(made.answers)
    path.with_name("log.mapping.yaml").write_bytes(made.mapping)
    return path


def read(path: Path) -> ReadResult:
    mapping, found = load_mapping(path.with_name(f"{path.stem}.mapping.yaml"))
    assert found == []
    return read_cases(path, mapping)


def judged(result: ReadResult) -> dict[tuple[str, str | None], list[Outcome]]:
    """The outcomes under the Code of 2024, by case and provision."""
    policy, code = (
        load_policy(policies_dir() / "connect-housing.policy").document,
        load_code("housing-ombudsman-2024").document,
    )
    assert policy is not None
    assert code is not None
    found: dict[tuple[str, str | None], list[Outcome]] = defaultdict(list)
    for outcome in audit(policy, [code], result.casebook, as_at=AS_AT).outcomes:
        if outcome.source == "code":
            found[outcome.case, outcome.provision].append(outcome)
    return found


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    one, again, other = make_example(3, 60), make_example(3, 60), make_example(4, 60)
    assert one == again
    assert one.workbook != other.workbook


@pytest.mark.parametrize(("seed", "rows"), [(1, FEWEST_ROWS), (2, 61), (5, 240)])
def test_it_is_read_without_a_question_and_reconciles(tmp_path: Path, seed: int, rows: int) -> None:
    path = saved(make_example(seed, rows), tmp_path)
    result = read_cases(path)
    assert not result.stopped
    assert result.proposal is not None
    assert result.proposal.certain
    assert result.casebook.reconciles
    # The rows asked for, and a repeat of the headings, a total and a note.
    assert result.casebook.rows_read == rows + 3
    assert result.casebook.hidden_rows == 3


@pytest.mark.parametrize("seed", [1, 2])
def test_the_audit_finds_what_was_planted_and_nothing_else(tmp_path: Path, seed: int) -> None:
    made = make_example(seed, 240)
    found = judged(read(saved(made, tmp_path)))
    planned = set()
    kinds = set()
    for answer in answers(made.answers):
        results = {outcome.result for outcome in found[answer["case"], answer["provision"]]}
        kinds.add(answer["kind"])
        match answer["kind"]:
            case "breach":
                planned.add((answer["case"], answer["provision"]))
                assert Result.BREACHED in results, answer
            case "near-miss":
                assert Result.MET in results, answer
                assert Result.BREACHED not in results, answer
            case "cannot-tell" | "pending":
                assert Result(answer["expected"]) in results, answer
                assert Result.BREACHED not in results, answer
            case "edition":
                assert results == {Result.NOT_APPLICABLE}, answer
    assert kinds == {"breach", "near-miss", "cannot-tell", "pending", "edition", "data-quality", "set-aside"}
    breached = {where for where, outcomes in found.items() if any(o.result is Result.BREACHED for o in outcomes)}
    assert breached == planned


def test_the_data_quality_findings_are_those_of_the_answers(tmp_path: Path) -> None:
    made = make_example(1, 240)
    result = read(saved(made, tmp_path))
    expected = {a["expected"] for a in answers(made.answers) if a["kind"] in {"data-quality", "set-aside"}}
    named = {f.rule for f in [*result.findings, *quality_findings(result.casebook, AS_AT)]}
    assert expected == {
        "response-before-complaint", "date-in-future", "reference-gap", "duplicate-reference", "reference-missing",
        "row-repeated",
    }  # fmt: skip
    assert expected <= named
    asides = {aside.row for aside in result.casebook.set_aside if aside.why not in _NOT_CASES}
    assert asides == {int(a["row"]) for a in answers(made.answers) if a["kind"] == "set-aside"}


_NOT_CASES = {"a repeat of the headings", "a row of totals", "a note or sub-heading, not a case"}


def test_the_shipped_example_is_the_one_that_is_made() -> None:
    made = make_example(1, 240)
    assert SHIPPED.with_name("complaints-log.answers.csv").read_bytes() == made.answers
    assert SHIPPED.with_name("complaints-log.mapping.yaml").read_bytes() == made.mapping
    import openpyxl

    # Cell by cell: another release of openpyxl may write the same workbook in other bytes.
    old = openpyxl.load_workbook(SHIPPED)
    new = openpyxl.load_workbook(io.BytesIO(made.workbook))
    assert old.sheetnames == new.sheetnames
    for name in old.sheetnames:
        assert list(old[name].values) == list(new[name].values)


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="20 to 100000 rows, not 5"):
        make_example(1, 5)


def test_the_command_writes_three_files_and_never_over_others(tmp_path: Path) -> None:
    log = tmp_path / "log.xlsx"
    done = CliRunner().invoke(main, ["example", "cases", "--rows", "30", "--out", str(log)])
    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.answers.csv", "log.mapping.yaml", "log.xlsx"]
    log.write_bytes(b"mine")
    again = CliRunner().invoke(main, ["example", "cases", "--rows", "30", "--out", str(log)])
    assert again.exit_code == 2
    assert "There is already a file" in again.stderr
    assert log.read_bytes() == b"mine"
    third = CliRunner().invoke(main, ["example", "cases", "--rows", "30", "--out", str(log), "--overwrite"])
    assert third.exit_code == 0
    assert log.read_bytes() != b"mine"


def test_the_command_wants_a_workbooks_name(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["example", "cases", "--out", str(tmp_path / "log.csv")])
    assert done.exit_code == 2
    assert "does not end in .xlsx" in done.stderr
    assert list(tmp_path.iterdir()) == []
