"""Accepted deviations: what each comes to on a day, and that none of them changes a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policylang.checker.check import check as judge
from policylang.checker.deviations import Standing, deviation_findings, with_deviations
from policylang.findings.finding import Severity
from policylang.model.document import Document
from tests.checker.test_pages import read
from tests.documents import Example, check, examples

PAGE = Path(__file__).with_name("deviations.md")
CODE = """code "Test Code" edition "1".
known as test-code cited as "TC".
in force from 2024-04-01.
section 2 "Stages":
provision 2.1 "Acknowledge":
  requirement "A complaint is acknowledged within five working days.".
  stage 1 must acknowledge within 5 working days of receipt.
provision 2.2 "Respond":
  requirement "A complaint is answered within ten working days.".
  stage 1 must respond within 10 working days of receipt.
"""


def code() -> Document:
    return read(CODE, "test.code")


@examples(PAGE)
def test_page(example: Example) -> None:
    policy, day = read(example.block("policy"), "draft.policy"), date.fromisoformat(example.block("on").strip())
    before = judge(policy, code())
    verdicts, stood = with_deviations(policy, code(), before, day)
    lines = [f"{one.cited}: {one.standing.value}" for one in stood] or ["no deviation from this code"]
    lines += [f"covers {v.provision} ({v.judgement.value})" for v in verdicts if v.deviation is not None]
    for found in deviation_findings(policy, code(), stood, day):
        line = found.place.line if found.place is not None else None
        lines += [f"{found.code} {found.severity.value} line {line}: {found.message}", f"  help: {found.help}"]
    check(example, "stands", "\n".join(lines))


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(DAYS, DAYS, DAYS, st.sampled_from(["2.1", "2.2", "2.9"]), st.sampled_from([5, 8]))
def test_a_deviation_changes_no_verdict_and_covers_only_in_its_time(
    first: date, last: date, on: date, provision: str, days: int
) -> None:
    policy = read(
        f'deviation from TC-{provision} because "a" approved by "b" from {first} until {last} plan "c".\n'
        f"stage 1 must acknowledge within {days} working days of receipt [3.1].\n",
        "draft.policy",
    )
    before = judge(policy, code())
    verdicts, (stood,) = with_deviations(policy, code(), before, on)
    assert [replace(v, deviation=None) for v in verdicts] == before
    covered = [v.provision for v in verdicts if v.deviation is not None]
    short = {"2.1": days == 8, "2.2": True}
    assert covered == ([provision] if first <= on <= last and short.get(provision, False) else [])
    assert (stood.standing is Standing.IN_FORCE) is bool(covered)
    findings = list(deviation_findings(policy, code(), [stood], on))
    assert bool(findings) is not bool(covered)
    # What has run out while the policy falls short is as serious as the shortfall.
    if stood.standing is Standing.EXPIRED:
        assert (findings[0].severity is Severity.ERROR) is short[provision]
