"""Where a date is known only to lie between two days, the outcome is exactly what all those days have in common.

The oracle tries every combination of days that is possible (no event before its cause) and looks whether they agree.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from policylang.auditor.audit import audit_case
from policylang.auditor.knowledge import causes
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, Entry, EntryState
from tests.auditor import strategies as made

Key = tuple[str, str | None, str]
NAMES = ("received", "acknowledged", "extension_notified", "extended_to", "responded", "refused")


def outcomes(case: Case, as_at: date) -> dict[Key, Outcome]:
    code, *policies = made.documents()
    found = audit_case(None, [code], case, as_at)
    for policy in policies:
        found += audit_case(policy, [], case, as_at)
    return {(o.document, o.provision, o.duty): o for o in found if o.action in ("acknowledge", "log", "respond")}


def short(name: str) -> st.SearchStrategy[Entry]:
    """A vague date of two to eight days."""
    pair = st.tuples(made.day(name), st.integers(1, 7))
    return pair.map(lambda drawn: made.vague(name, drawn[0], drawn[0] + timedelta(days=drawn[1])))


@st.composite
def vague_cases(draw: st.DrawFn) -> Case:
    """A stage 1 case in which one or two dates are vague, and everything else is known or known not done."""
    entries = {name: made.state(name, EntryState.NOT_DONE) for name in made.SPREAD}
    for name in NAMES:
        if name == "received" or draw(st.booleans()):
            entries[name] = made.known(name, draw(made.day(name)))
    unsure = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    entries |= {name: draw(short(name)) for name in unsure}
    entries |= {name: made.known(name, draw(st.booleans())) for name in made.FLAGS}
    return Case("C-1", entries)


def worlds(case: Case) -> list[Case]:
    """Every case that this one can turn out to be."""
    unsure = [name for name, entry in case.entries.items() if entry.state is EntryState.VAGUE]
    spans = []
    for name in unsure:
        entry = case.entry(name)
        assert entry.earliest is not None
        assert entry.latest is not None
        length = (entry.latest - entry.earliest).days
        spans.append([made.known(name, entry.earliest + timedelta(days=n)) for n in range(length + 1)])
    found = [
        Case(case.reference, {**case.entries, **dict(zip(unsure, chosen, strict=True))}) for chosen in product(*spans)
    ]
    return [world for world in found if possible(world)]


def possible(case: Case) -> bool:
    """Whether no event lies before its cause."""
    days = made.days_of(case)
    return all(days[cause] <= day for name, day in days.items() for cause in causes(name) if cause in days)


@given(vague_cases(), made.as_at())
def test_a_vague_date_decides_exactly_what_all_its_days_agree_on(case: Case, as_at: date) -> None:
    now = outcomes(case, as_at)
    every = [outcomes(world, as_at) for world in worlds(case)]
    assume(every)
    for key, outcome in now.items():
        possible_results = {o[key].result for o in every}
        reasons = {o[key].reason for o in every}
        if outcome.reason.startswith("aim-"):
            expected = reasons.pop() if len(reasons) == 1 else "aim-unknown"
            assert outcome.reason == expected, (key, outcome.reason, expected)
        else:
            agreed = possible_results.pop() if len(possible_results) == 1 else Result.CANNOT_TELL
            assert outcome.result is agreed, (key, outcome.result, agreed, outcome.why)
