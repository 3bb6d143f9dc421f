"""The example case book against its answer sheet: every planted breach is found, and nothing else is called one.

The sheet was written by whoever planted the breaches, not by the auditor; the same holds for books of other seeds.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.example import make_example
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.reader import ReadResult, read_cases
from policylang.model.library import load_code, load_policy
from tests.architecture.source import ROOT

SHIPPED = ROOT / "examples"
SEEDS = (3, 11, 2024)
ROWS = 160


def answers(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@cache
def audited(folder: Path) -> tuple[ReadResult, AuditResult, list[dict[str, str]]]:
    """The book in a folder, read with its mapping and judged under the 2024 Code and a policy of its own."""
    mapping, faults = load_mapping(folder / "complaints-log.mapping.yaml")
    assert mapping is not None, faults
    read = read_cases(folder / "complaints-log.xlsx", mapping)
    assert not read.stopped, [finding.message for finding in read.findings]
    sheet = answers(folder / "complaints-log.answers.csv")
    code = load_code("housing-ombudsman-2024").document
    policy = load_policy(ROOT / "policies" / "connect-housing.policy").document
    assert code is not None
    return read, audit(policy, [code], read.casebook, date.fromisoformat(sheet[0]["as at"])), sheet


@pytest.fixture(params=["shipped", *SEEDS], scope="module")
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example, and books that nobody has looked at."""
    if request.param == "shipped":
        return SHIPPED
    folder: Path = tmp_path_factory.mktemp(f"seed{request.param}")
    made = make_example(request.param, ROWS)
    (folder / "complaints-log.xlsx").write_bytes(made.workbook)
    (folder / "complaints-log.answers.csv").write_bytes(made.answers)
    (folder / "complaints-log.mapping.yaml").write_bytes(made.mapping)
    return folder


def by_provision(result: AuditResult) -> dict[tuple[str, str], list[Outcome]]:
    found: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in result.outcomes:
        if outcome.source == "code" and outcome.provision:
            found[outcome.case, outcome.provision].append(outcome)
    return found


def test_every_answer_is_reached(book: Path) -> None:
    _, result, sheet = audited(book)
    outcomes = by_provision(result)
    asked = [answer for answer in sheet if answer["provision"]]
    assert len(asked) > 15
    wrong = []
    for answer in asked:
        found = outcomes[answer["case"], answer["provision"]]
        if not agrees(answer, found):
            wrong.append((answer, [(o.duty, o.result.value, o.reason, o.why) for o in found]))
    assert not wrong


def agrees(answer: dict[str, str], found: list[Outcome]) -> bool:
    results = {outcome.result for outcome in found}
    match answer["kind"]:
        case "edition":
            return bool(found) and {outcome.reason for outcome in found} == {"no-edition-in-force"}
        case "breach":
            return Result.BREACHED in results
    # A near miss, something open or unknown: that very outcome, and no breach beside it.
    return Result(answer["expected"]) in results and Result.BREACHED not in results


def test_nothing_else_is_called_a_breach(book: Path) -> None:
    _, result, sheet = audited(book)
    planted = {(answer["case"], answer["provision"]) for answer in sheet if answer["kind"] == "breach"}
    found = {
        (outcome.case, outcome.provision)
        for outcome in result.of(Result.BREACHED)
        if outcome.source == "code" and outcome.provision
    }
    assert found == planted


def test_how_late_is_what_the_sheet_says(book: Path) -> None:
    _, result, sheet = audited(book)
    outcomes = by_provision(result)
    checked = 0
    for answer in sheet:
        if answer["kind"] == "breach" and answer["why"].endswith("late") and "due " in answer["why"]:
            late = [
                o.late for o in outcomes[answer["case"], answer["provision"]] if o.result is Result.BREACHED and o.late
            ]
            days = int(answer["why"].rsplit(": ", 1)[1].split()[0])
            assert [found.by for found in late] == [days], answer
            checked += 1
    assert checked >= 3


def test_rows_reconcile_and_faults_in_the_data_are_named(book: Path) -> None:
    read, result, sheet = audited(book)
    population = result.population
    assert population["reconciles"]
    assert population["rows_read"] == population["judged"] + population["set_aside"]
    assert sum(population["outcomes"].values()) == len(result.outcomes)
    said = {finding.rule for finding in (*read.findings, *result.data_quality)}
    wanted = {answer["expected"] for answer in sheet if answer["kind"] in ("data-quality", "set-aside")}
    assert wanted <= said
