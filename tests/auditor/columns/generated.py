"""Policies and dirty cases made from a seed: what the two replays are compared on.

The policies use every form of sentence that makes a duty, in every unit, with conditions and exceptions; the cases are
as logs are and worse: blank, unreadable, not done, vague, in impossible orders, on the first and last days that the
calendar knows, and in years that nobody meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from policylang.auditor.duty import REFUSALS
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, Entry, EntryState
from policylang.casebook.record import facts
from policylang.model.document import Document
from policylang.model.library import load_text

UNITS = ("working days", "working days", "working days", "calendar days", "days", "weeks", "months", "working hours")
LETTERS = {
    "acknowledgement": ("complaint-definition", "outcomes-sought", "responsibility"),
    "response": ("decision", "reasons", "remedy", "how-to-escalate", "ombudsman-rights", "complaint-definition"),
}
CONDITIONS = (
    "good-reason",
    "resident-agrees",
    "extension-not-agreed",
    "not-possible-in-time",
    "safeguarding",
    "not good-reason",
    "response-late",
    "issue is older than 12 months",
    "issue is older than 6 months of issue-occurred",
    "issue is older than 40 working days of issue-known",
    "good-reason and resident-agrees",
    "good-reason or safeguarding",
    '"a reader has to look"',
)
PEOPLE = ("Officer 1", "Officer 2", "Complaints Team", "A Reader", "Ann Reader", "Reader, Ann")
EVENTS = tuple(name for name, fact in facts().items() if fact.kind == "event")
FLAGS = tuple(name for name, fact in facts().items() if fact.kind == "flag")
_AFTER = {
    "issue_occurred": (-400, 0),
    "issue_known": (-400, 0),
    "received": (0, 60),
    "logged": (0, 12),
    "acknowledged": (0, 16),
    "extension_notified": (5, 30),
    "extended_to": (10, 70),
    "responded": (5, 60),
    "refused": (0, 40),
    "escalation_requested": (10, 90),
    "stage2_logged": (0, 12),
    "stage2_acknowledged": (0, 16),
    "stage2_extension_notified": (10, 40),
    "stage2_extended_to": (20, 80),
    "stage2_responded": (5, 70),
    "escalation_refused": (0, 40),
    "closed": (0, 200),
}
"""How many days after the receipt (or, at stage 2, after the request for it) an event comes."""

_TIDY = {"extension_notified": (6, 12), "extended_to": (14, 30), "responded": (8, 32), "stage2_responded": (10, 45)}
_STARTS = (date(2025, 3, 31), date(2023, 11, 20), date(2024, 1, 31), date(2024, 8, 30))
_EDGES = (date(2009, 11, 20), date(2010, 1, 1), date(2028, 9, 1), date(2028, 12, 20), date(2029, 1, 5))
_WILD = (date(1, 1, 1), date(1899, 12, 30), date(2222, 2, 2), date(9999, 6, 1), date(9999, 12, 31))


def policy(random: Random, number: int, in_force: str = "") -> Document:
    """A policy of random promises; what the language does not take of it is left out by the loader."""
    lines = [
        f'policy "Generated {number}".',
        f"calendar {random.choice(('england-and-wales', 'england-and-wales', 'scotland'))}.",
    ]
    if random.random() < 0.3:
        lines.append(f"bare days mean {random.choice(('working', 'calendar'))} days [0].")
    if random.random() < 0.2:
        lines.append("a working day has 7.4 hours [0].")
    if in_force:
        lines.append(f"in force {in_force}.")
    elif random.random() < 0.1:
        lines.append(f"in force from {random.choice(('2020-01-01', '2025-04-05', '2028-10-01'))}.")
    if random.random() < 0.2:
        lines.append('closed from 2025-04-22 to 2025-04-25 "Spring closure".')
    for stage in (1, 2):
        lines += ["", f'stage {stage} "Stage {stage}":', *(f"  {line}" for line in _promises(random, stage))]
    return _loaded("\n".join(lines) + "\n", f"generated-{number}")


def _loaded(text: str, name: str) -> Document:
    document = load_text(text, f"{name}.policy", id=name).document
    assert document is not None, text
    return document


def _promises(random: Random, stage: int) -> list[str]:
    said: list[str] = []
    root = "receipt" if stage == 1 else "escalation"
    for action in ("acknowledge", "log", "respond", "respond"):
        if random.random() < 0.8 or action == "respond":
            starts = [root, root, "start-not-stated"]
            starts += ["acknowledgement", "logging"] if action == "respond" else ["response"] if stage == 2 else []
            said.append(f"{_force(random)} {action} within {_time(random)} of {random.choice(starts)}{_when(random)}")
    if random.random() < 0.2:
        said.append(f"{_force(random)} {random.choice(('acknowledge', 'respond', 'log'))}")
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        said.append(_extension(random))
    for letter, items in LETTERS.items():
        named = random.sample(items, random.choice((1, 2, 3)))
        lead = random.choice(("", "any of ", "at least "))
        said.append(f"{letter} {_force(random)} state {lead}{', '.join(named)}{_when(random)}")
    said += random.sample(
        (
            "must agree update-intervals when response-late",
            "must give ombudsman-contact when extension-not-agreed",
            f"must explain {'refusal' if stage == 1 else 'escalation-refusal'} giving reasons",
            "must not require reasons-for-escalation",
            f"must not refuse {'complaint' if stage == 1 else 'escalation'}{_when(random, 0.6)}",
            f"may refuse {'complaint' if stage == 1 else 'escalation'} only when {_condition(random)}",
            "must respond not by the same person as stage 1",
            f"resident may escalate within {_time(random)} of {random.choice(('response', 'response-received'))}",
        ),
        3,
    )
    return [f"{line} [{stage}.{place}]." for place, line in enumerate(said, 1)]


def _extension(random: Random) -> str:
    how = random.choice(
        (
            f"by up to {_time(random)}",
            f"up to {_time(random)} in all",
            "",
            f"further by up to {_time(random)}",
            "further",
        )
    )
    giving = random.choice(("", " giving reasons, new-date", " giving ombudsman-contact"))
    only = random.random() < 0.5 or how == "further"
    when = f" {random.choice(('when', 'only when'))} {_condition(random)}" if only else ""
    return f"may extend response {how}{giving}{when}".replace("  ", " ")


def _force(random: Random) -> str:
    return random.choice(("must", "must", "will", "should", "aims to"))


def _time(random: Random) -> str:
    unit = random.choice(UNITS)
    most = {"months": 3, "weeks": 6, "working hours": 90}.get(unit, 40)
    n = random.choice((0, 1, 2, 5, 10, 20, random.randint(0, most), random.randint(0, most)))
    n = 800 if random.random() < 0.02 else min(n, most)
    return f"{n} {unit.removesuffix('s') if n == 1 else unit}"


def _condition(random: Random) -> str:
    return random.choice(CONDITIONS)


def _when(random: Random, share: float = 0.25) -> str:
    if random.random() > share:
        return ""
    return f" {random.choice(('when', 'unless'))} {_condition(random)}"


def settings(random: Random) -> Settings:
    """Conventions: mostly the usual ones."""
    said = random.sample((*EVENTS, *FLAGS), 6) if random.random() < 0.3 else []
    return Settings(
        day_one=random.random() < 0.2,
        organisation_closures=random.random() < 0.8,
        not_done=frozenset(said) - {"received"},
        any_date=random.random() < 0.5,
    )


def as_at(random: Random) -> date:
    """A day to judge on: mostly among the cases, sometimes beyond the calendar."""
    if random.random() < 0.25:
        return random.choice((*_EDGES, *_WILD))
    return random.choice(_STARTS) + timedelta(days=random.randint(20, 400))


def cases(random: Random, number: int, as_at: date) -> list[Case]:
    """Dirty cases, most of them of the year before the as-at date, that share what columns their log has."""
    have = {name for name in facts() if name == "received" or random.random() < 0.85}
    only_exact = random.random() < 0.4
    return [_case(random, n, have, as_at, only_exact=only_exact) for n in range(number)]


def _case(random: Random, number: int, have: set[str], as_at: date, *, only_exact: bool) -> Case:
    start = _plus(as_at, -random.randint(10, 300))
    if random.random() < 0.15:
        start = random.choice((*_EDGES, *_STARTS))
    dirt = random.choice((0.0, 0.1, 0.4))
    reached, tidy = random.random() < 0.6, random.random() < 0.3
    entries: dict[str, Entry] = {}
    origin = {True: start, False: start}
    for name in EVENTS:
        later = name.startswith(("stage2_", "escalation_ref"))
        # Most events follow what they belong to; the rest stand in any order.
        after = origin[later] if random.random() < 0.95 else start
        found = _event(random, name, after, dirt, reached=reached, only_exact=only_exact, tidy=tidy)
        if found.date is not None and name in ("received", "escalation_requested"):
            origin[True] = found.date
            origin[name != "received"] = found.date
        if name in REFUSALS.values() and found.state is EntryState.UNREADABLE:
            found = Entry(found.state, raw=random.choice(("Yes", "see letter", "N/A", "No")))
        if name in have:
            entries[name] = found
    if "refusal_reason" in have and random.random() < 0.3:
        ground = random.choice(("Over 12 months old", "Claim filed at court", "no", "No. "))
        entries["refusal_reason"] = Entry(EntryState.KNOWN, ground)
    for name in FLAGS:
        if name in have:
            entries[name] = (
                Entry(EntryState.KNOWN, random.random() < 0.7) if random.random() > dirt else Entry(_unsaid(random))
            )
    for name in ("handler", "stage2_handler"):
        if name in have:
            known = random.random() > dirt
            entries[name] = Entry(EntryState.KNOWN, random.choice(PEOPLE)) if known else Entry(_unsaid(random))
    return Case(f"C-{number}", entries)


def _event(
    random: Random, name: str, start: date, dirt: float, *, reached: bool, only_exact: bool, tidy: bool
) -> Entry:
    low, high = _AFTER[name]
    escalated = name.startswith(("stage2_", "escalation_"))
    if tidy:
        low, high = _TIDY.get(name, (low, high))
    rare = name in ("refused", "escalation_refused") or (name.removeprefix("stage2_").startswith("ext") and not tidy)
    if name != "received" and (random.random() < (0.6 if rare else 0.1) or (escalated and not reached)):
        return Entry(EntryState.NOT_DONE if random.random() > dirt else _unsaid(random))
    if random.random() < dirt / 2:
        return Entry(_unsaid(random))
    day = random.choice(_WILD) if random.random() < dirt / 20 else _plus(start, random.randint(low, high))
    if not only_exact and random.random() < dirt / 2:
        if random.random() < 0.2:  # up to the very day of what it follows, which leaves one day only
            day, until = _plus(start, -random.randint(0, 20)), start
            return Entry(EntryState.VAGUE, None, "", None, day, until)
        until = _plus(day, random.choice((0, 1, 5, 30, 365)))
        return Entry(EntryState.VAGUE, None, "", None, day, until)
    return Entry(EntryState.KNOWN, day)


def _plus(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _unsaid(random: Random) -> EntryState:
    return random.choice(
        (EntryState.BLANK, EntryState.BLANK, EntryState.NO_COLUMN, EntryState.UNREADABLE, EntryState.NOT_DONE)
    )


def facts_of(found: Sequence[Case]) -> list[str]:
    """The facts that any of the cases has a place for."""
    return sorted({name for case in found for name in case.entries})
