"""Stories judged: each replayed by the auditor as it stands, and what came of it held against what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.audit import audit_case
from policylang.auditor.counting import counter
from policylang.auditor.duty import Duty
from policylang.auditor.outcome import Outcome
from policylang.auditor.stories import story_case
from policylang.casebook.cases import Case, EntryState
from policylang.casebook.record import facts
from policylang.model.calendar import OutsideCalendar, load_calendar
from policylang.model.clock_error import ClockError
from policylang.model.document import Document
from policylang.stories.naming import duties_of
from policylang.stories.story import WORDS, Expectation, Story


@dataclass(frozen=True, slots=True)
class Checked:
    """One expectation after the replay: whether it holds, what was found, and the outcomes that it is about."""

    expectation: Expectation
    holds: bool
    found: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One story after the replay."""

    story: Story
    checked: tuple[Checked, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that the story expects is so."""
        return all(one.holds for one in self.checked)


def as_case(story: Story) -> Case:
    """The case of a story: what it does not tell did not happen, and what letters said is unknown unless it says so."""
    known = {name: entry for name, entry in story.facts.items() if entry.state is EntryState.KNOWN}
    told: dict[str, dict[str, object]] = {"event": {}, "flag": {}, "attribute": {}}
    for name, entry in known.items():
        told[facts()[name].kind][name] = entry.value
    case = story_case(told["event"], told["flag"], told["attribute"], reference=story.title)  # type: ignore[arg-type]
    return Case(case.reference, {**case.entries, **story.facts})


def judge_story(story: Story, policy: Document, codes: Sequence[Document]) -> Judged:
    """One story under a policy and under the codes given, each by the edition in force on its day of receipt."""
    outcomes = audit_case(policy, codes, as_case(story), story.as_at)
    documents = [policy, *codes]
    return Judged(story, tuple(_checked(one, outcomes, documents, story.as_at) for one in story.expectations))


def judge_stories(stories: Sequence[Story], policy: Document, codes: Sequence[Document]) -> list[Judged]:
    """Every story, in their order."""
    return [judge_story(story, policy, codes) for story in stories]


def became(outcome: Outcome) -> str:
    """What an outcome is called in a story: an aim's is what became of it."""
    return outcome.reason if outcome.reason.startswith("aim-") else outcome.result.value


def late(outcome: Outcome, duty: Duty, document: Document, as_at: date) -> tuple[int, str] | None:
    """How late a breach was, or an aim that was missed; None for any other outcome, and where there is no telling."""
    if outcome.late is not None:
        return outcome.late.by, outcome.late.unit
    if outcome.reason != "aim-missed" or outcome.due is None or duty.clock is None or document.closures:
        return None
    count = counter(load_calendar(document.calendar), False, duty.clock.bare_days, duty.clock.hours_per_day)
    try:
        return count.late(outcome.due, outcome.actual or as_at, duty.clock.within), duty.clock.within.unit.value
    except (ClockError, OutsideCalendar):
        return None


def _checked(expected: Expectation, outcomes: Sequence[Outcome], documents: Sequence[Document], as_at: date) -> Checked:
    meant = {(d.id, duty.provision, duty.name): (d, duty) for d, duty in duties_of(expected, documents)}
    found = tuple(o for o in outcomes if (o.document, o.provision, o.duty) in meant)
    if not meant:
        return Checked(expected, False, f"there is no duty “{expected.duty}”", ())
    if not found:
        return Checked(expected, False, "no edition that has this duty judges the case", ())
    lates = [late(o, duty, d, as_at) for o in found for d, duty in [meant[o.document, o.provision, o.duty]]]
    said = [_said(outcome, by) for outcome, by in zip(found, lates, strict=True)]
    told = dict.fromkeys(said) if len(set(said)) == 1 else [f"{o.duty}: {s}" for o, s in zip(found, said, strict=True)]
    holds = all(became(o) == expected.outcome for o in found)
    holds &= expected.late is None or all(by == expected.late for by in lates)
    return Checked(expected, holds, "; ".join(told), found)


def _said(outcome: Outcome, late: tuple[int, str] | None) -> str:
    words = WORDS[became(outcome)].removesuffix(" of")
    if late is None:
        return words
    by, unit = late
    return f"{words}, {by} {unit.removesuffix('s') if by == 1 else unit} late"
