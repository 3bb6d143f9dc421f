"""``policylang rehearse``: what a draft would change on the cases of the past, for the record and for residents."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from policylang.auditor.audit import audit
from policylang.auditor.outcome import Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook
from policylang.casebook.example import make_example
from policylang.casebook.load import load_cases
from policylang.commands import main
from policylang.evidence.by_case import case_keys
from policylang.evidence.rehearse import key, rehearse
from policylang.model.document import Document
from policylang.model.library import load_policy

ROOT = Path(__file__).resolve().parents[2]

# Received, acknowledged and answered; A-3 is open. 3 March 2025 is a Monday.
LOG = """Ref,Received,Acknowledged,Responded
A-1,2025-03-03,2025-03-07,2025-03-17
A-2,2025-03-03,2025-03-04,2025-03-19
A-3,2025-03-03,2025-03-05,
"""

HEAD = """policy "Complaints Policy".
organisation "Maple Homes".
in force from {start}.
calendar england-and-wales.

stage 1 "Stage 1":
"""

Judge = Callable[..., Run]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Rehearse two policies, each given as the sentences of its stage 1, on the log above."""
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")

    def run(before: str, after: str, *more: str) -> Run:
        for name, text, start in (("before", before, "2024-01-01"), ("after", after, "2030-01-01")):
            (tmp_path / f"{name}.policy").write_text(HEAD.format(start=start) + text, encoding="utf-8")
        files = [str(tmp_path / name) for name in ("before.policy", "after.policy", "log.csv")]
        return CliRunner().invoke(main, ["rehearse", *files, "--as-at", "2025-03-31", *more])

    return run


NOW = (
    "  must acknowledge within 5 working days of receipt [1].\n  must respond within 10 working days of receipt [2].\n"
)
DRAFT = NOW.replace("10 working days of receipt", "10 working days of acknowledgement")


def duty(result: Run, name: str) -> dict[str, object]:
    found: dict[str, object] = next(d for d in json.loads(result.stdout)["duties"] if d["duty"] == name)
    return found


def test_a_document_against_itself_changes_nothing(judge: Judge) -> None:
    done = judge(NOW, NOW)
    assert done.exit_code == 0
    assert "0 cases of 3 come out otherwise" in done.stdout
    assert "No case comes out otherwise on: acknowledge at stage 1, respond at stage 1." in done.stdout


def test_a_later_start_excuses_the_landlord_and_lets_residents_wait(judge: Judge) -> None:
    """From receipt ten working days end on 17 March: A-2 is late. From its acknowledgement of 4 March they end on
    18 March, and it is late all the same. A-3 has no answer on record: neither met nor breached under either. A
    draft that is not in force yet judges the cases like any other."""
    done = judge(NOW, DRAFT, "--format", "json")
    assert done.exit_code == 0
    respond = duty(done, "respond at stage 1")
    assert {c["case"]: c["deadline_moves_by_days"] for c in respond["changes"]} == {"A-1": 4, "A-2": 1}  # type: ignore[attr-defined]
    assert (respond["newly_breached"], respond["no_longer_breached"]) == (0, 0)
    assert duty(done, "acknowledge at stage 1")["changes"] == []
    told = judge(NOW, DRAFT).stdout
    assert "0 earlier, 2 later (a later one lets a resident wait longer)" in told
    assert "from 1 calendar day later to 4 calendar days later, typically 2.5 calendar days later" in told


def test_a_stricter_draft_names_the_cases_that_would_have_broken_it(judge: Judge) -> None:
    done = judge(NOW, NOW.replace("within 5 working", "within 3 working"))
    assert done.exit_code == 1
    told = " ".join(done.stdout.split())
    assert "newly in breach: 1 case" in told
    assert "1: met -> breached" in told
    assert "A-1: Received Monday 3 March 2025. Three working days after that day" in told


def test_an_aim_that_becomes_a_promise_is_shown_as_such(judge: Judge) -> None:
    aims = NOW.replace("must respond", "aims to respond")
    told = judge(aims, NOW).stdout
    assert "before: aims to respond within 10 working days of receipt [2]. (an aim)" in told
    assert "1: an aim, missed -> breached" in told
    assert "1: an aim, cannot tell -> cannot tell" in told
    assert "1: an aim, kept -> met" in told


def test_a_duty_that_only_one_of_them_has_is_no_silent_loss(judge: Judge) -> None:
    told = judge(NOW, NOW.partition("\n")[0] + "\n").stdout
    assert "after: no such duty" in told
    assert "on a duty of both:    0 cases; only on one that either lacks: 3 cases" in told
    assert "-> no such duty" in told


def test_two_editions_of_the_code_are_compared_by_their_ids(judge: Judge, tmp_path: Path) -> None:
    judge(NOW, NOW)
    line = ["rehearse", "housing-ombudsman-2022", "housing-ombudsman-2024", str(tmp_path / "log.csv")]
    done = CliRunner().invoke(main, [*line, "--as-at", "2025-03-31"])
    assert "before: 5.1: stage 1 must respond within 10 working days of logging." in done.stdout
    assert "after: 6.3: stage 1 must respond within 10 working days of acknowledgement." in done.stdout
    assert "never arises" not in done.stdout  # neither edition is ruled out by its dates


def test_what_is_neither_a_file_nor_a_code_is_named(judge: Judge, tmp_path: Path) -> None:
    judge(NOW, NOW)
    done = CliRunner().invoke(main, ["rehearse", "nowt", "nowt", str(tmp_path / "log.csv"), "--as-at", "2025-03-31"])
    assert done.exit_code == 2
    assert "“nowt” is neither a policy file nor the id of a Code." in " ".join(done.stderr.split())


def test_a_policy_with_faults_stops_the_work(judge: Judge) -> None:
    done = judge(NOW, "  must frobnicate within 3 working days of receipt.\n")
    assert done.exit_code == 2
    assert "frobnicate" in done.stderr


TWO_READINGS = "  must acknowledge within 5 working days of receipt [1].\n  must respond within 10 working days [2].\n"


def test_a_breach_on_one_reading_is_not_called_a_breach(judge: Judge) -> None:
    """The draft names no start for the ten working days. A-1, answered on 17 March, keeps to it from receipt and from
    its acknowledgement. A-2, answered on 19 March, is late from receipt (17 March) and from its acknowledgement (18
    March). Answered on 18 March it would be late on one reading only."""
    relaxed = NOW.replace("within 10 working days of receipt", "within 30 working days of receipt")
    done = judge(relaxed, TWO_READINGS, "--format", "json")
    respond = duty(done, "respond at stage 1")
    assert (respond["newly_breached"], respond["newly_breached_on_one_reading"]) == (1, 0)
    assert done.exit_code == 1


def test_a_case_late_on_one_reading_only_is_told_apart(judge: Judge, tmp_path: Path) -> None:
    relaxed = NOW.replace("within 10 working days of receipt", "within 30 working days of receipt")
    judge(relaxed, TWO_READINGS)  # writes the files
    log = tmp_path / "log.csv"
    log.write_text(LOG.replace("2025-03-19", "2025-03-18"), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("before.policy", "after.policy", "log.csv")]
    line = ["rehearse", *files, "--as-at", "2025-03-31"]
    done = CliRunner().invoke(main, [*line, "--format", "json"])
    respond = duty(done, "respond at stage 1")
    assert (respond["newly_breached"], respond["newly_breached_on_one_reading"]) == (0, 1)
    assert done.exit_code == 0
    told = CliRunner().invoke(main, line).stdout
    assert "newly in breach:      0 cases" in told
    assert "on one reading only:  1 more case newly in breach, and not on every reading" in told
    assert "1: met -> breached on one reading" in told
    back = CliRunner().invoke(main, ["rehearse", files[1], files[0], files[2], "--as-at", "2025-03-31"])
    assert "no longer in breach:  0 cases" in back.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [("connect-housing", "greatwell-homes"), ("greatwell-homes", "harrogate"), ("one-housing", "housing-plus-group")],
)
def test_the_counts_tie_to_every_case_judged_by_itself(tmp_path: Path, before: str, after: str) -> None:
    """Each case of a made-up log, one reference there twice, judged alone under each document: a case is newly in
    breach of a duty where every reading of some sentence on it is broken under the one and not under the other."""
    documents = [load_policy(ROOT / "policies" / f"{name}.policy").document for name in (before, after)]
    old, new = (document for document in documents if document is not None)
    made = make_example(12, 40)
    (tmp_path / "log.xlsx").write_bytes(made.workbook)
    (tmp_path / "map.yaml").write_bytes(made.mapping)
    cases = load_cases(tmp_path / "log.xlsx", tmp_path / "map.yaml")[0].casebook.cases
    cases = [*cases, replace(cases[7], reference=cases[3].reference)]
    as_at = date(2026, 9, 30)
    result = rehearse(old, new, CaseBook(cases=cases, rows_read=len(cases)), as_at)
    found = [[change.key for change in duty.newly_breached] for duty in result.duties if duty.newly_breached]
    expected: dict[object, list[object]] = {}
    for place, case in zip(case_keys(cases), cases, strict=True):
        for duty in broken(new, case, as_at) - broken(old, case, as_at):
            expected.setdefault(duty, []).append(place)
    assert sorted(map(str, found)) == sorted(map(str, expected.values()))
    assert found
    assert result.cases == len(cases)


def broken(document: Document, case: Case, as_at: date) -> set[object]:
    """The duties of which some sentence is broken on every reading, or on every reading of the document."""
    judged = audit(document, [], CaseBook(cases=[case], rows_read=1), as_at, Settings(any_date=True))
    sentences: dict[object, dict[str, bool]] = {}
    for outcome in judged.outcomes:
        duty = judged.duties[outcome.document, outcome.provision, outcome.duty]
        sentence = (key(duty), "" if duty.of_reading else duty.text, duty.provision if not duty.of_reading else "")
        readings = sentences.setdefault(sentence, {})
        reading = duty.of_reading or duty.reading
        readings[reading] = readings.get(reading, False) or (
            outcome.result is Result.BREACHED and not outcome.reason.startswith("aim-")
        )
    return {name for (name, *_), readings in sentences.items() if all(readings.values())}  # type: ignore[misc,has-type]
