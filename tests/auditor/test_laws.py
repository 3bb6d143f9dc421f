"""Laws that every outcome keeps, tried on dirty cases under documents that use every kind of duty."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policylang.auditor.audit import audit, audit_case
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, CaseBook, EntryState
from tests.auditor import strategies as made

Key = tuple[str, str | None, str]
# A fifth of what the profile asks for: these judge whole books.
FEW = settings(max_examples=(settings.default or settings()).max_examples // 5)
_GOOD = {"aim-kept": Result.MET, "aim-missed": Result.BREACHED, "aim-open": Result.PENDING}


def outcomes(case: Case, as_at: date) -> dict[Key, Outcome]:
    """Every duty of every document on the case."""
    code, *policies = made.documents()
    found = audit_case(None, [code], case, as_at)
    for policy in policies:
        found += audit_case(policy, [], case, as_at)
    return {(outcome.document, outcome.provision, outcome.duty): outcome for outcome in found}


def results(case: Case, as_at: date) -> dict[Key, Result]:
    """What every duty came to; an aim as if it were an obligation, so that the laws hold for it too."""
    return {key: _GOOD.get(outcome.reason, outcome.result) for key, outcome in outcomes(case, as_at).items()}


@given(st.data())
def test_filling_in_an_unknown_never_flips_met_and_breached(data: st.DataObject) -> None:
    case, as_at = data.draw(made.cases()), data.draw(made.as_at())
    open_facts = made.unknowns(case)
    assume(open_facts)
    name = data.draw(st.sampled_from(open_facts))
    after = made.filled(case, name, data.draw(made.completions(name, case.entry(name))))
    before, now = results(case, as_at), results(after, as_at)
    flipped = {
        key: (before[key], now[key])
        for key in before
        if {before[key], now[key]} == {Result.MET, Result.BREACHED} and before[key] is not now[key]
    }
    assert not flipped, (name, flipped)


@given(st.data())
def test_filling_in_every_unknown_never_flips_met_and_breached(data: st.DataObject) -> None:
    case, as_at = data.draw(made.cases()), data.draw(made.as_at())
    after = case
    for name in made.unknowns(case):
        after = made.filled(after, name, data.draw(made.completions(name, case.entry(name))))
    before, now = results(case, as_at), results(after, as_at)
    flipped = {
        key: (before[key], now[key])
        for key in before
        if {before[key], now[key]} == {Result.MET, Result.BREACHED} and before[key] is not now[key]
    }
    assert not flipped, flipped


_BEST_FIRST = (Result.MET, Result.CANNOT_TELL, Result.BREACHED)


@given(made.cases(), st.integers(1, 60), st.sampled_from(["", "stage2_"]))
def test_a_later_answer_never_improves_an_outcome(case: Case, days: int, prefix: str) -> None:
    name = f"{prefix}responded"
    answered = case.day(name)
    assume(answered is not None)
    assert answered is not None
    as_at = answered + timedelta(days=400)
    later = made.filled(case, name, made.known(name, answered + timedelta(days=days)))
    stage = 2 if prefix else 1
    before, now = outcomes(case, as_at), outcomes(later, as_at)
    for key, outcome in before.items():
        first, second = (_GOOD.get(o.reason, o.result) for o in (outcome, now[key]))
        # A date that contradicts another is no answer that could be late; correcting it can only help.
        judged = f"respond at stage {stage}" in key[2] and outcome.reason != "contradictory"
        if judged and {first, second} <= set(_BEST_FIRST):
            assert _BEST_FIRST.index(second) >= _BEST_FIRST.index(first), (key, first, second)


@given(made.cases(), made.as_at(), st.integers(1, 90))
def test_time_alone_never_turns_a_breach_into_something_pending(case: Case, as_at: date, days: int) -> None:
    before, now = results(case, as_at), results(case, as_at + timedelta(days=days))
    mended = {k for k, result in before.items() if result is Result.BREACHED and now[k] is Result.PENDING}
    assert not mended


@given(made.cases(), made.as_at())
def test_missing_data_is_never_a_pass(case: Case, as_at: date) -> None:
    """Where nothing at all is recorded beyond the receipt, nothing is met and nothing is breached."""
    bare = {name: made.state(name, EntryState.BLANK) for name in case.entries} | {"received": case.entry("received")}
    for result in results(Case("C-1", bare), as_at).values():
        assert result not in (Result.MET, Result.BREACHED)


def book(cases: list[Case]) -> CaseBook:
    return CaseBook(cases=cases, rows_read=len(cases))


def numbered(found: list[Case]) -> list[Case]:
    return [Case(f"C-{n}", case.entries, "Cases", n) for n, case in enumerate(found, 1)]


def tally(outcomes: list[Outcome]) -> Counter[tuple[str, str | None, str, str]]:
    return Counter((o.document, o.provision, o.duty, o.result.value) for o in outcomes)


@FEW
@given(st.lists(made.cases(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(found: list[Case], random: object) -> None:
    cases = numbered(found)
    shuffled = list(cases)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    policy, codes = made.documents()[1], [made.documents()[0]]
    as_at = date(2025, 9, 30)
    first, second = audit(policy, codes, book(cases), as_at), audit(policy, codes, book(shuffled), as_at)

    def by_case(outcome: Outcome) -> tuple[str, str, str, str]:
        return outcome.case, outcome.document, outcome.provision or "", outcome.duty

    assert sorted(first.outcomes, key=by_case) == sorted(second.outcomes, key=by_case)
    assert first.population == second.population
    assert {tuple(sorted(map(str, row.items()))) for row in first.measures["duties"]} == {
        tuple(sorted(map(str, row.items()))) for row in second.measures["duties"]
    }


@FEW
@given(st.lists(made.cases(), min_size=2, max_size=6))
def test_removing_a_case_changes_the_totals_by_exactly_that_case(found: list[Case]) -> None:
    cases = numbered(found)
    policy, codes = made.documents()[1], [made.documents()[0]]
    as_at = date(2025, 9, 30)
    whole, rest = audit(policy, codes, book(cases), as_at), audit(policy, codes, book(cases[1:]), as_at)
    alone = audit_case(policy, codes, cases[0], as_at)
    assert tally(list(whole.outcomes)) - tally(list(rest.outcomes)) == tally(alone)
    for name, number in whole.population["outcomes"].items():
        assert number == rest.population["outcomes"][name] + sum(o.result.value == name for o in alone)
    assert whole.population["judged"] == rest.population["judged"] + 1
