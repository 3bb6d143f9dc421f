"""Cases as logs really hold them, and the documents they are judged under: what the laws are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from policylang.auditor.duty import REFUSALS
from policylang.casebook.cases import Case, CellAddress, Entry, EntryState
from policylang.model.document import Document
from policylang.model.library import load_code, load_text

POLICY = """
policy "Promises of every shape".
calendar england-and-wales.
in force from 2020-01-01.

stage 1 "Stage 1":
  must acknowledge within 3 working days of receipt giving complaint-definition   [1.1].
  must respond within 15 calendar days of receipt                                 [1.2].
  may extend response by up to 2 weeks when resident-agrees                       [1.3].
  may extend response further only when good-reason                               [1.4].
  response must state decision, how-to-escalate                                   [1.5].

stage 2 "Stage 2":
  resident may escalate within 1 month of response                                [2.1].
  must acknowledge                                                                [2.2].
  must respond within 20 working days of acknowledgement                          [2.3].
  may extend response up to 30 working days in all giving new-date                [2.4].
  must respond not by the same person as stage 1                                  [2.5].
  must not refuse escalation unless safeguarding                                  [2.6].
"""

AIMS = """
policy "Aims and unstated starts".
calendar england-and-wales.
in force from 2020-01-01.

stage 1 "Stage 1":
  must log and acknowledge within 5 days of receipt                               [1.1].
  aims to respond within 10 working days of start-not-stated                      [1.2].
  may extend response                                                             [1.3].
  must give ombudsman-contact when extension-not-agreed                           [1.4].
  must explain refusal giving reasons                                             [1.5].
"""


@cache
def documents() -> tuple[Document, ...]:
    """The 2024 Code and two policies that between them use every kind of duty."""
    texts = [load_text(POLICY, "promises.policy"), load_text(AIMS, "aims.policy")]
    assert not [finding.message for loaded in texts for finding in loaded.findings]
    found = [load_code("housing-ombudsman-2024").document, *(loaded.document for loaded in texts)]
    return tuple(document for document in found if document is not None)


START = date(2025, 3, 31)  # before Easter and two May bank holidays
EVENTS = (
    "received",
    "logged",
    "acknowledged",
    "extension_notified",
    "responded",
    "refused",
    "escalation_requested",
    "stage2_logged",
    "stage2_acknowledged",
    "stage2_extension_notified",
    "stage2_responded",
    "escalation_refused",
)
SPREAD = {
    "received": (0, 12),
    "logged": (0, 20),
    "acknowledged": (0, 30),
    "extension_notified": (5, 45),
    "extended_to": (10, 80),
    "responded": (0, 80),
    "refused": (0, 60),
    "escalation_requested": (10, 90),
    "stage2_logged": (15, 100),
    "stage2_acknowledged": (15, 110),
    "stage2_extension_notified": (30, 130),
    "stage2_extended_to": (40, 170),
    "stage2_responded": (20, 180),
    "escalation_refused": (15, 120),
}
FLAGS = (
    "acknowledgement_complaint_definition",
    "extension_reasons",
    "extension_new_date",
    "extension_ombudsman_contact",
    "extension_agreed",
    "extension_good_reason",
    "stage2_extension_new_date",
    "stage2_extension_good_reason",
    "response_decision",
    "response_how_to_escalate",
    "update_intervals_agreed",
    "escalation_reasons_required",
    "refusal_reasons",
)
PEOPLE = ("Officer 1", "Officer 2", "Complaints Team", "A Reader", "Ann Reader")


def cell(name: str) -> CellAddress:
    """An address of its own for each fact."""
    return CellAddress("Cases", 7, name, name)


def known(name: str, value: date | bool | str) -> Entry:
    """An entry that was read."""
    return Entry(EntryState.KNOWN, value, str(value), cell(name))


def vague(name: str, first: date, last: date) -> Entry:
    """An entry known only to lie between two days."""
    return Entry(EntryState.VAGUE, None, "", cell(name), first, last)


def state(name: str, which: EntryState) -> Entry:
    """An entry without a value."""
    return Entry(which) if which is EntryState.NO_COLUMN else Entry(which, cell=cell(name))


def day(name: str) -> st.SearchStrategy[date]:
    """A day on which an event may well have happened."""
    low, high = SPREAD[name]
    return st.integers(low, high).map(lambda n: START + timedelta(days=n))


def _vague(name: str) -> st.SearchStrategy[Entry]:
    length = st.integers(1, 30)
    return st.tuples(day(name), length).map(lambda pair: vague(name, pair[0], pair[0] + timedelta(days=pair[1])))


_UNSAID = (EntryState.BLANK, EntryState.NO_COLUMN, EntryState.UNREADABLE)


def event(name: str) -> st.SearchStrategy[Entry]:
    """Any state of an event: mostly known or not done, sometimes blank, unreadable, vague or without a column."""
    return st.one_of(
        day(name).map(lambda value: known(name, value)),
        day(name).map(lambda value: known(name, value)),
        st.just(state(name, EntryState.NOT_DONE)),
        st.sampled_from(_UNSAID).map(lambda which: state(name, which)),
        _vague(name),
    )


def flag(name: str) -> st.SearchStrategy[Entry]:
    """Any state of a yes or no."""
    return st.one_of(
        st.booleans().map(lambda value: known(name, value)),
        st.sampled_from((*_UNSAID, EntryState.NOT_DONE)).map(lambda which: state(name, which)),
    )


def person(name: str) -> st.SearchStrategy[Entry]:
    """Who decided a stage."""
    return st.one_of(
        st.sampled_from(PEOPLE).map(lambda value: known(name, value)),
        st.sampled_from(_UNSAID).map(lambda which: state(name, which)),
    )


def ground() -> st.SearchStrategy[Entry]:
    """The ground of a refusal: mostly none."""
    name = "refusal_reason"
    return st.sampled_from(
        (state(name, EntryState.BLANK), state(name, EntryState.NO_COLUMN), known(name, "Court"), known(name, "No"))
    )


def refusal_in_words(name: str) -> st.SearchStrategy[Entry]:
    """Something under a refusal that is no date."""
    return st.sampled_from(("Yes", "see letter", "N/A", "No")).map(
        lambda said: Entry(EntryState.UNREADABLE, None, said, cell(name))
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case in any state of dirt."""
    entries = {name: draw(event(name)) for name in SPREAD}
    entries |= {name: draw(flag(name)) for name in FLAGS}
    entries |= {name: draw(person(name)) for name in ("handler", "stage2_handler")}
    entries["refusal_reason"] = draw(ground())
    for name in REFUSALS.values():
        if entries[name].state is EntryState.UNREADABLE:
            entries[name] = draw(refusal_in_words(name))
    return Case("C-1", entries)


def as_at() -> st.SearchStrategy[date]:
    """A day to judge on: before, among or after everything."""
    return st.integers(0, 260).map(lambda n: START + timedelta(days=n))


def filled(case: Case, name: str, entry: Entry) -> Case:
    """The case with one fact replaced."""
    return Case(case.reference, {**case.entries, name: entry}, case.sheet, case.row)


def unknowns(case: Case) -> list[str]:
    """The facts that are not known. An extension without a recorded date is not among them: that none is recorded is a
    fact of its own, from which the limit follows (docs/outcomes.md)."""
    dates = {"extended_to", "stage2_extended_to"}
    open_states = {EntryState.BLANK, EntryState.NO_COLUMN, EntryState.UNREADABLE, EntryState.VAGUE}
    return [
        name
        for name, entry in case.entries.items()
        if entry.state in open_states
        and not (name in dates and entry.state in (EntryState.BLANK, EntryState.NO_COLUMN))
    ]


def completions(name: str, entry: Entry) -> st.SearchStrategy[Entry]:
    """What an unknown can turn out to be."""
    if name == "refusal_reason":
        return st.just(known(name, "Over 12 months old"))
    if name in ("handler", "stage2_handler"):
        return st.sampled_from(PEOPLE).map(lambda value: known(name, value))
    if name in FLAGS:
        return st.booleans().map(lambda value: known(name, value))
    if entry.state is EntryState.VAGUE and entry.earliest and entry.latest:
        span = (entry.latest - entry.earliest).days
        first = entry.earliest
        return st.integers(0, span).map(lambda n: known(name, first + timedelta(days=n)))
    return st.one_of(day(name).map(lambda value: known(name, value)), st.just(state(name, EntryState.NOT_DONE)))


def days_of(case: Case) -> Mapping[str, date]:
    """The known days of a case."""
    return {name: found for name in SPREAD if (found := case.day(name)) is not None}
