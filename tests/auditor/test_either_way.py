"""Two entries that contradict one another: what is called late all the same is late with either of them corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.counting import counter_of
from policylang.auditor.duties import duties
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Result
from policylang.auditor.replay_reference import rule
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, EntryState
from policylang.model.calendar import load_calendar
from policylang.model.library import load_code
from tests.auditor import strategies as made

CALENDAR = load_calendar("england-and-wales")
PAIRS = (("acknowledged", "received"), ("stage2_acknowledged", "escalation_requested"), ("logged", "received"))
EXTENSIONS = ("extension_notified", "extended_to", "stage2_extension_notified", "stage2_extended_to")
AS_AT = made.START + timedelta(days=600)
CODES = [code for name in ("2022", "2024") if (code := load_code(f"housing-ombudsman-{name}").document) is not None]


@st.composite
def contradictory(draw: st.DrawFn) -> tuple[Case, tuple[str, str]]:
    """A case of which one event is dated before its cause, that was not extended."""
    case, pair = draw(made.cases()), draw(st.sampled_from(PAIRS))
    cause = draw(made.day(pair[1]))
    entries = dict(case.entries)
    entries |= {name: made.state(name, EntryState.NOT_DONE) for name in EXTENSIONS}
    entries[pair[1]] = made.known(pair[1], cause)
    entries[pair[0]] = made.known(pair[0], cause - timedelta(days=draw(st.integers(1, 60))))
    for name in ("responded", "stage2_responded"):
        if draw(st.booleans()):
            entries[name] = made.known(name, cause + timedelta(days=draw(st.integers(0, 200))))
    return replace(case, entries=entries), pair


@given(contradictory(), st.data())
def test_with_either_corrected_it_is_not_in_time(found: tuple[Case, tuple[str, str]], data: st.DataObject) -> None:
    case, pair = found
    known = Knowledge(case, AS_AT, Settings())
    for code in CODES:
        for duty in duties(code):
            count = counter_of(duty, CALENDAR, False)
            ruling = rule(duty, known, count)
            if ruling.doubt is None or ruling.past is None:
                continue
            name = data.draw(st.sampled_from(pair))
            other = case.day(pair[0] if name == pair[1] else pair[1])
            assert other is not None
            days = data.draw(st.integers(0, 120))
            right = other - timedelta(days=days) if name == pair[1] else other + timedelta(days=days)
            corrected = made.filled(case, name, made.known(name, right))
            now = rule(duty, Knowledge(corrected, AS_AT, Settings()), count)
            # A start that came later than it lawfully could is a breach of its own, and may leave the answer in time.
            begun_late = duty.clock is not None and _begun_late(corrected, duty.clock.start, duty.root)
            assert now.result not in (Result.MET, Result.PENDING) or begun_late, (duty.name, right, now)


def _begun_late(case: Case, start: str, root: str) -> bool:
    begun, came = case.day(start), case.day(root)
    return begun is None or came is None or begun > came + timedelta(days=7)


def test_there_is_something_to_hold_it_to() -> None:
    """Acknowledged five days before the receipt, says the log, and answered two months later."""
    day = date(2024, 5, 14)
    entries = {
        "received": made.known("received", day),
        "acknowledged": made.known("acknowledged", day - timedelta(days=5)),
        "responded": made.known("responded", day + timedelta(days=59)),
    }
    known = Knowledge(Case("C-1", entries), AS_AT, Settings())
    told = {duty.name: rule(duty, known, counter_of(duty, CALENDAR, False)) for duty in duties(CODES[-1])}
    answer = told["respond at stage 1"]
    assert (answer.result, answer.reason) == (Result.CANNOT_TELL, "contradictory")
    assert (answer.lenient, answer.past) == (date(2024, 6, 19), 17)
    assert told["acknowledge at stage 1"].past is None
