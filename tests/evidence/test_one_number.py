"""The same number wherever it is printed: the year's figures, the pictures and the audit, on a log made up for none."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.population import is_aim
from policylang.casebook.cases import CaseBook
from policylang.casebook.example import make_example
from policylang.casebook.load import load_cases
from policylang.commands.documents import codes_named, policy_at
from policylang.evidence.annual.cases_of_year import Year
from policylang.evidence.annual.performance import PERHAPS_OPEN, Performance, performance
from policylang.evidence.annual.tsm import measures
from policylang.evidence.annual.words import annual_text
from policylang.evidence.gather import working_day_counter
from policylang.evidence.join import CODE, NOT_GOVERNED
from policylang.evidence.over_time import open_by_age, stages
from policylang.evidence.over_time_state import Refusal, Stood, as_they_stood
from policylang.evidence.tally import Tally
from tests.evidence.folders_of_evidence import ROOT

DAYS = (date(2025, 6, 30), date(2026, 3, 31), date(2026, 9, 30))
"""While most of the log was still to come, in the middle of it, and after all of it."""
WORKING_DAYS = working_day_counter("england-and-wales")


@cache
def book(undated: bool = False) -> CaseBook:
    """The example log; ``undated``: the day of every refusal that has a ground is lost."""
    made = make_example(11, 300)
    mapping = made.mapping.decode("utf-8")
    if undated:
        mapping = re.sub(r"\n  refused: .*", "", mapping).replace("ignore:", "ignore:\n  - Refusal Letter Sent")
    with TemporaryDirectory() as folder:
        log, map_ = Path(folder) / "log.xlsx", Path(folder) / "mapping.yaml"
        log.write_bytes(made.workbook)
        map_.write_text(mapping, encoding="utf-8")
        return load_cases(log, map_)[0].casebook


@cache
def judged(as_at: date, undated: bool = False) -> AuditResult:
    policy = policy_at(ROOT / "policies" / "harrogate.policy")
    return audit(policy, codes_named(()), book(undated), as_at)


def whole(as_at: date, undated: bool = False) -> Performance:
    """The figures of one long year that holds the whole log."""
    return performance(judged(as_at, undated), book(undated), Year(date(2000, 1, 1), date(2100, 1, 1)), WORKING_DAYS)


def duty(as_at: date, stage: int, action: str, undated: bool = False) -> list[Outcome]:
    """The outcomes of the dated duty of the Code of that name, under whichever edition, counted the plainest way."""
    with_day = {c.reference for c in book(undated).cases if c.day("received" if stage == 1 else "escalation_requested")}
    theirs = [
        o
        for o in judged(as_at, undated).outcomes
        if (o.source, o.stage, o.action) == (CODE, stage, action)
        and o.reason not in NOT_GOVERNED
        and not is_aim(o)
        and o.case in with_day
    ]
    timed = {(o.document, o.provision, o.duty) for o in theirs if o.due is not None}
    return [o for o in theirs if (o.document, o.provision, o.duty) in timed]


def decided(tally: Tally) -> dict[Result, int]:
    return {r: tally.number(r) for r in Result if r is not Result.NOT_APPLICABLE}


@pytest.mark.parametrize("undated", [False, True], ids=["dated", "refusals without a day"])
@pytest.mark.parametrize("as_at", DAYS, ids=str)
def test_the_years_figures_are_those_of_the_outcomes(as_at: date, undated: bool) -> None:
    year = whole(as_at, undated)
    for stage in year.stages:
        for action, tally in (("respond", stage.responded), ("acknowledge", stage.acknowledged)):
            found = Counter(o.result for o in duty(as_at, stage.stage, action, undated))
            assert decided(tally) == {r: found[r] for r in Result if r is not Result.NOT_APPLICABLE}, action


@pytest.mark.parametrize("undated", [False, True], ids=["dated", "refusals without a day"])
@pytest.mark.parametrize("as_at", DAYS, ids=str)
def test_refused_answered_and_open_are_the_same_in_pictures_and_in_the_years_figures(
    as_at: date, undated: bool
) -> None:
    year, known = whole(as_at, undated), as_they_stood(book(undated).cases, as_at)
    first = year.stages[0]
    steps = {bar.name: bar.number or 0 for bar in stages(known).bars}
    # Cases without a day of receipt belong to no year for certain; the picture has them.
    assert steps["received and not refused"] == first.received + first.unsure - first.refused - _unsure_refused(known)
    assert sum(n for _, n in year.refusals) == first.refused
    assert {word for word, n in year.refusals if n} <= {
        str(c.entry("refusal_reason").value) for c in book(undated).cases
    } | {"not recorded"}
    ages = {bar.name: bar.number for bar in open_by_age(known, as_at, WORKING_DAYS).bars if bar.number}
    assert {name: n for name, n in ages.items() if name.endswith(("days", "more"))} == {
        name: n for name, n in year.open_by_age if name.endswith(("days", "more"))
    }


def _unsure_refused(known: list[Stood]) -> int:
    return sum(case.refused.refused for case in known if case.entered is None)


@pytest.mark.parametrize("as_at", DAYS, ids=str)
def test_what_is_open_is_what_the_audit_says_is_open(as_at: date) -> None:
    told = judged(as_at).measures["open"]["stage_1"]
    ages = dict(whole(as_at).open_by_age)
    assert [ages.get(_band(b), 0) for b in told["by_age"]] == [b["cases"] for b in told["by_age"]]
    assert ages.get(PERHAPS_OPEN, 0) <= told["unknown"]  # of those with a day of receipt
    assert whole(as_at).escalated == judged(as_at).measures["escalation"]["escalated"]


def _band(band: dict[str, int | None]) -> str:
    last = band["to"]
    return f"{band['from']} to {last} working days" if last is not None else f"{band['from']} working days and more"


def test_a_month_to_come_is_no_month_without_complaints() -> None:
    year = performance(judged(DAYS[0]), book(), Year.from_start(date(2025, 4, 1)), WORKING_DAYS)
    for stage in year.stages:
        assert [(y, m) for y, m, _ in stage.by_month] == [(2025, 4), (2025, 5), (2025, 6)]
        assert sum(n for _, _, n in stage.by_month) == stage.received


def test_a_refusal_that_lost_its_day_is_counted_as_one_and_said_so() -> None:
    before, after = whole(DAYS[-1]).stages[0], whole(DAYS[-1], undated=True).stages[0]
    answered = sum(case.refused is Refusal.UNCLEAR for case in as_they_stood(book(undated=True).cases, DAYS[-1]))
    assert before.refused > 2
    assert before.refused_undated == 0
    assert after.refused == after.refused_undated == before.refused - answered
    result = judged(DAYS[-1], undated=True)
    text = annual_text(
        whole(DAYS[-1], undated=True), None, measures(result, book(undated=True), Year.from_start(DAYS[0]))
    )
    assert f"Refused: {after.refused} (" in text
    assert f"{after.refused} of them with a ground and no day on record" in text
