"""``assess --sensitivity``: each assumption turned the other way, and what would come out otherwise."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from policylang.auditor.audit import audit
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook
from policylang.casebook.example import make_example
from policylang.casebook.load import load_cases
from policylang.casebook.record import facts
from policylang.commands import main
from policylang.evidence.gather import gather
from policylang.evidence.sensitivity import Assumption
from policylang.model.library import editions, load_policy

ROOT = Path(__file__).resolve().parents[2]

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-01-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must acknowledge within 5 working days of receipt [1].
  must respond within 10 working days of receipt [2].
"""

# A-1 is answered on the last day; A-2 was closed and no answer is on record; A-3 has no acknowledgement on record.
LOG = """Ref,Received,Acknowledged,Responded,Closed
A-1,2025-03-03,2025-03-05,2025-03-17,2025-03-17
A-2,2025-03-03,2025-03-05,,2025-03-14
A-3,2025-03-03,,2025-03-12,
"""


def turned(tmp_path: Path, policy: str = POLICY, log: str = LOG) -> dict[str, Assumption]:
    (tmp_path / "maple.policy").write_text(policy, encoding="utf-8")
    (tmp_path / "log.csv").write_text(log, encoding="utf-8")
    run = gather(tmp_path / "maple.policy", tmp_path / "log.csv", as_at=date(2025, 6, 30), turn=True)
    return {assumption.name: assumption for assumption in run.assumptions}


def test_counting_the_day_of_the_event_makes_the_last_day_one_day_late(tmp_path: Path) -> None:
    """A-1 was answered on the tenth working day after receipt. From day 1 that is the eleventh: late under the policy.
    Under the Code its ten days run from the acknowledgement of 5 March, and it keeps them either way."""
    found = turned(tmp_path)["Day of the event"]
    assert found.flips == (("met", "breached", 1),)
    assert found.cases == 1
    assert found.answers == ()
    assert found.shares == ()


def test_a_closing_date_taken_for_an_answer_decides_what_could_not_be_told(tmp_path: Path) -> None:
    found = turned(tmp_path)["Closed, no response on record"]
    assert found.cases == 1
    assert ("cannot-tell", "met", 2) in found.flips  # the policy's answer and the Code's
    assert found.shares == ()  # every answer that could be told was in time before, too


@pytest.mark.parametrize("answered", ["March 2025", "TBC by the team"])
def test_an_answer_that_is_on_record_is_not_put_aside_for_the_closing_date(tmp_path: Path, answered: str) -> None:
    """A-2 was answered some day in March, or something is written there that nobody can read: it is no case without a
    response on record, and its closing date says nothing more."""
    log = LOG.replace("2025-03-05,,2025-03-14", f"2025-03-05,{answered},2025-03-14")
    found = turned(tmp_path, log=log)["Closed, no response on record"]
    assert found.idle == "No case has a closing date and no response."


def test_what_flips_is_what_two_audits_differ_in(tmp_path: Path) -> None:
    """A made-up log of forty cases, judged once as ever and once under each assumption, outcome by outcome."""
    made = make_example(12, 40)
    log, mapping = tmp_path / "log.xlsx", tmp_path / "map.yaml"
    log.write_bytes(made.workbook)
    mapping.write_bytes(made.mapping)
    path, as_at = ROOT / "policies" / "connect-housing.policy", date(2026, 9, 30)
    found = {one.name: one for one in gather(path, log, mapping=mapping, as_at=as_at, turn=True).assumptions}
    policy, codes = load_policy(path).document, editions()
    assert policy is not None
    cases = load_cases(log, mapping)[0].casebook.cases

    def judged(case: Case, settings: Settings) -> list[tuple[str, ...]]:
        book = CaseBook(cases=[case], rows_read=1)
        return [
            (o.document, o.provision or "", o.duty, o.reason if o.reason.startswith("aim-") else o.result.value)
            for o in audit(policy, codes, book, as_at, settings).outcomes
        ]

    for name, settings in (
        ("Day of the event", Settings(day_one=True)),
        ("Empty cells", Settings(not_done=frozenset(facts()))),
    ):
        flips: Counter[tuple[str, str]] = Counter()
        concerned = 0
        for case in cases:
            before, after = judged(case, Settings()), judged(case, settings)
            assert [told[:3] for told in before] == [told[:3] for told in after]
            turns = [(a[3], b[3]) for a, b in zip(before, after, strict=True) if a != b]
            flips.update(turns)
            concerned += bool(turns)
        assert {(a, b): n for a, b, n in found[name].flips} == flips
        assert found[name].cases == concerned > 0


def test_empty_cells_read_as_not_done_make_breaches(tmp_path: Path) -> None:
    found = turned(tmp_path)["Empty cells"]
    flips = {(a, b): n for a, b, n in found.flips}
    assert flips["cannot-tell", "breached"] >= 3  # A-2's answer, A-3's acknowledgement, under policy and Code
    shares = {(moved.provision, moved.duty): (moved.before, moved.after) for moved in found.shares}
    assert shares["6.2", "acknowledge at stage 1"] == (Fraction(1), Fraction(2, 3))


def test_where_there_is_nothing_to_turn_that_is_said(tmp_path: Path) -> None:
    found = turned(tmp_path)
    assert found["Bare days in the policy"].idle.startswith("The policy has no deadline in bare days")
    assert found["Closure days of the organisation"].idle == "The policy names no closure days."
    assert found["Bare days in the policy"].flips == ()


def test_bare_days_are_tried_both_ways(tmp_path: Path) -> None:
    """Ten working days end on 17 March, ten calendar days on the 13th: A-1, of the 17th, is late only under those."""
    found = turned(tmp_path, POLICY.replace("10 working days", "10 days"))["Bare days in the policy"]
    assert found.flips == (("met", "breached", 1),)


@pytest.mark.parametrize("asked", [True, False])
def test_the_sheet_is_there_only_where_it_was_asked_for_and_verify_repeats_it(tmp_path: Path, asked: bool) -> None:
    turned(tmp_path)
    out = tmp_path / "out"
    line = ["assess", str(tmp_path / "maple.policy"), str(tmp_path / "log.csv"), "--as-at", "2025-06-30"]
    done = CliRunner().invoke(main, [*line, "--out", str(out), *(["--sensitivity"] if asked else [])])
    assert ("If things were counted otherwise" in done.stdout) is asked
    assert ("If things were counted otherwise" in (out / "report.html").read_text(encoding="utf-8")) is asked
    book = load_workbook(out / "self-assessment.xlsx")
    assert ("Assumptions" in book.sheetnames) is asked
    if asked:
        names = [row[0].value for row in book["Assumptions"].iter_rows(min_row=2)]
        assert names[0] == "Day of the event"
        assert len(names) == 5
    again = CliRunner().invoke(main, ["verify", str(out), "--inputs", str(tmp_path)])
    assert again.exit_code == 0, again.stdout
