"""Counting: shares, the range that unknowns leave, and figures that never claim more than they hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.outcome import Result
from policylang.evidence.narrative import share_words
from policylang.evidence.sheets.style import share_value
from policylang.evidence.tally import Tally, worst
from policylang.evidence.words import percent

few = st.integers(0, 6)


@given(st.lists(st.sampled_from(list(Result))))
def test_every_outcome_is_counted_once(results: list[Result]) -> None:
    tally = Tally.of(results)
    assert tally.population == len(results)
    assert sum(tally.number(result) for result in Result) == len(results)
    assert tally.arose == len(results) - results.count(Result.NOT_APPLICABLE)


@given(few, few, few, few, few, few)
def test_the_range_holds_whatever_the_unknown_cases_turn_out_to_be(
    met: int, breached: int, unknown: int, to_met: int, to_breached: int, to_neither: int
) -> None:
    """Each unknown case may prove met, breached, or neither (not applicable, not yet due)."""
    before = Tally(met, breached, 0, unknown + to_met + to_breached + to_neither, 0)
    after = Tally(met + to_met, breached + to_breached, to_neither, unknown, 0)
    if after.share_met is None:
        return
    assert before.share_range is not None
    low, high = before.share_range
    assert low <= after.share_met <= high


def test_without_unknowns_the_range_is_the_share() -> None:
    tally = Tally(met=3, breached=1)
    assert tally.share_met == Fraction(3, 4)
    assert tally.share_range == (Fraction(3, 4), Fraction(3, 4))


def test_shares_of_nothing_are_no_figure() -> None:
    assert Tally(not_applicable=5, pending=2).share_met is None
    assert Tally(not_applicable=5, pending=2).share_range is None
    assert percent(None) == "no figure"
    assert Tally(cannot_tell=2).share_range == (Fraction(0), Fraction(1))


def test_one_breach_in_ten_thousand_is_not_all_in_time() -> None:
    share = Tally(met=9999, breached=1).share_met
    assert share is not None
    assert percent(share) == "99.9%"
    assert share_value(share) == 0.999
    assert percent(Fraction(1, 10000)) == "0.1%"
    assert percent(Fraction(1)) == "100.0%"
    assert percent(Fraction(0)) == "0.0%"


@given(st.fractions(0, 1))
def test_a_printed_share_is_right_to_a_tenth_and_sheet_and_page_agree(share: Fraction) -> None:
    assert abs(Fraction(percent(share).rstrip("%")) - share * 100) <= Fraction(1, 10)
    assert percent(share) == f"{share_value(share) * 100:.1f}%"


def test_a_case_counts_by_the_worst_of_its_duties() -> None:
    order = [Result.BREACHED, Result.CANNOT_TELL, Result.PENDING, Result.MET, Result.NOT_APPLICABLE]
    for n, result in enumerate(order):
        assert worst(order[n:]) is result
    with pytest.raises(ValueError, match="no result"):
        worst([])


def test_where_much_is_unknown_there_is_a_range_and_no_single_figure() -> None:
    """What is late is often what is not recorded: the rest would look too good."""
    assert share_words(Tally(met=95, cannot_tell=5)) == (
        "100.0% met; between 95.0% and 100.0% allowing for what is not recorded"
    )
    assert share_words(Tally(met=94, cannot_tell=6)) == "between 94.0% and 100.0% met, as so much is not recorded"
    assert share_words(Tally(met=3, breached=1)) == "75.0% met"
    assert share_words(Tally(pending=3)) == ""
    assert not Tally(cannot_tell=1).certain_enough
    assert not Tally().certain_enough
