"""Stories: a case told in dates, in the notation of the language's tests (docs: language, "Stories").

:func:`tell` writes down the case that refutes a policy; :func:`parse_story` reads such a text back, so that it can be
kept as a test and replayed by the auditor as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policylang.checker.timelines import Moment, Refutation
from policylang.checker.verdict import Story, StoryEvent
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, late_by
from policylang.model.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a story says a duty comes to.

    ``source`` is ``policy`` or ``code``; ``outcome`` is ``breached``, ``met``, ``pending``, ``cannot-tell`` or
    ``not-applicable``; ``late`` is a number and its unit; ``labels`` are clauses or provisions.
    """

    source: str
    outcome: str
    action: str
    stage: int | None = None
    late: tuple[int, str] | None = None
    labels: tuple[str, ...] = ()

    @property
    def duty(self) -> str:
        """``respond at stage 1``."""
        return f"{self.action} at stage {self.stage}" if self.stage is not None else self.action


@dataclass(frozen=True, slots=True)
class ParsedStory:
    """A story read from its text. ``events`` are case-record names with their dates, in the order told."""

    name: str
    events: tuple[StoryEvent, ...]
    as_at: date | None
    expectations: tuple[Expectation, ...]


OUTCOMES = {
    "breach of": "breached", "met": "met", "pending": "pending", "cannot tell": "cannot-tell",
    "not applicable": "not-applicable",
}  # fmt: skip


def case_event(moment: Moment) -> str | None:
    """The case-record name of an event at a stage; None where a case record has no place for it."""
    entry = vocabulary().find(moment.word, ("events",))
    if entry is None or (moment.stage == 0 and moment.word != "receipt"):
        return None
    # The first expression of dissatisfaction is when a log says that the complaint was received.
    return entry.case_event(1 if moment.stage == 0 and moment.word == "receipt" else moment.stage)


def event_words(name: str) -> str:
    """A case-record name as a story prints it: ``stage 2 responded``."""
    return name.replace("stage2_", "stage 2 ").replace("_", " ")


def event_name(words: str) -> str:
    """The case-record name behind the words of a story: ``stage 2 responded`` is ``stage2_responded``."""
    plain = re.sub(r"[\s_-]+", " ", words.strip().lower())
    return re.sub(r"^stage ?2 ", "stage2_", plain).replace(" ", "_")


def tell(
    refutation: Refutation,
    name: str,
    within: Duration,
    calendar: Calendar,
    code: Expectation,
    policy: Sequence[Expectation],
) -> Story:
    """The story of a refutation. ``within`` and ``calendar`` are the code's; ``policy`` is what the policy's own duties
    come to, nothing where a case record cannot show it."""
    late = late_by(refutation.due, refutation.actual, within.unit, calendar)
    events, lines = [], [f'story "{name}":']
    told_all = True
    # An event before stage 1 that a log has no place for is told as a comment; the clock of the policy is then unseen.
    shifted = any(moment.stage == 0 for moment, _ in refutation.dates)
    for moment, day in refutation.dates:
        event = None if shifted and moment == Moment("receipt", 1) else case_event(moment)
        if event is None:
            told_all = False
            lines.append(f"  # {day.isoformat()} {moment.word.replace('-', ' ')} at stage {moment.stage}")
        else:
            events.append(StoryEvent(event, day))
            lines.append(f"  {day.isoformat()} {event_words(event)}.")
    lines.append(f"  as at {refutation.actual.isoformat()}.")
    found = Expectation("code", "breached", code.action, code.stage, (late, within.unit.value), code.labels)
    lines.append(f"  {expectation_text(found)}")
    if told_all:
        lines += [f"  {expectation_text(kept)}" for kept in policy]
    return Story(tuple(events), "\n".join(lines) + "\n", refutation.actual)


def expectation_text(expected: Expectation) -> str:
    """``expect code breach of respond at stage 1, 5 working days late [HO24-6.3].``"""
    outcome = next(words for words, name in OUTCOMES.items() if name == expected.outcome)
    late = ""
    if expected.late is not None:
        by, unit = expected.late
        late = f", {by} {unit.removesuffix('s') if by == 1 else unit} late"
    labels = f" [{', '.join(expected.labels)}]" if expected.labels else ""
    return f"expect {expected.source} {outcome} {expected.duty}{late}{labels}."


_STORY = re.compile(r"story\s+[\"“](?P<name>[^\"”]*)[\"”]\s*:")
_EVENT = re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})\s+(?P<event>[A-Za-z][A-Za-z0-9 _-]*)")
_AS_AT = re.compile(r"as\s+at\s+(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_EXPECT = re.compile(
    r"expect\s+(?P<source>policy|code)\s+(?P<outcome>breach\s+of|met|pending|cannot\s+tell|not\s+applicable)\s+"
    r"(?P<action>[a-z][a-z-]*)(?:\s+at\s+stage\s+(?P<stage>[0-9]+))?"
    r"(?:\s*,\s*(?P<by>[0-9]+)\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)\s+late)?\s*(?:\[(?P<labels>[^\]]*)\])?"
)


def parse_story(text: str, file: str = "<story>") -> ParsedStory:
    """The first story in a text. Raises :class:`~policylang.findings.problem.Problem`, with the line, for any other."""
    return parse_stories(text, file)[0]


def parse_stories(text: str, file: str = "<story>") -> list[ParsedStory]:
    """Every story in a text, in order. Raises :class:`~policylang.findings.problem.Problem` where there is none, or a
    line that is not in the notation."""
    stories: list[ParsedStory] = []
    name: str | None = None
    events: list[StoryEvent] = []
    expected: list[Expectation] = []
    as_at: date | None = None

    def finish() -> None:
        if name is not None:
            stories.append(ParsedStory(name, tuple(events), as_at, tuple(expected)))

    for number, line in _statements(text):
        plain = line.rstrip(".").strip()
        if match := _STORY.fullmatch(line):
            finish()
            name, events, expected, as_at = match["name"], [], [], None
        elif name is None:
            raise _fault(file, number, line, 'Begin with a heading such as: story "Acknowledged after Christmas":')
        elif match := _AS_AT.fullmatch(plain):
            as_at = _day(match["date"], file, number, line)
        elif match := _EVENT.fullmatch(plain):
            events.append(StoryEvent(event_name(match["event"]), _day(match["date"], file, number, line)))
        elif match := _EXPECT.fullmatch(plain):
            expected.append(_expectation(match))
        else:
            raise _fault(file, number, line, "Write a date and an event (2025-12-19 received.), “as at” or “expect”.")
    finish()
    if not stories:
        raise _fault(file, 1, "", 'Begin with a heading such as: story "Acknowledged after Christmas":')
    return stories


def _statements(text: str) -> list[tuple[int, str]]:
    """Each statement with its line; a sentence may run over several lines, a comment ends with its own."""
    found: list[tuple[int, str]] = []
    pending, begin = "", 0
    for number, raw in enumerate(text.translate({0xA0: " ", 0xFEFF: ""}).splitlines(), 1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        begin = begin if pending else number
        pending = f"{pending} {line}".strip()
        if pending.endswith((".", ":")):
            found.append((begin, pending))
            pending = ""
    if pending:
        found.append((begin, pending))
    return found


def _expectation(match: re.Match[str]) -> Expectation:
    outcome = OUTCOMES[" ".join(match["outcome"].split())]
    late = (int(match["by"]), _plural(match["unit"])) if match["by"] else None
    labels = tuple(part.strip() for part in (match["labels"] or "").split(",") if part.strip())
    stage = int(match["stage"]) if match["stage"] else None
    return Expectation(match["source"], outcome, match["action"], stage, late, labels)


def _plural(unit: str) -> str:
    unit = " ".join(unit.split())
    return unit if unit.endswith("s") else f"{unit}s"


def _day(text: str, file: str, number: int, line: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _fault(file, number, line, f"There is no day {text}; write it as year-month-day.") from None


def _fault(file: str, number: int, line: str, help: str) -> Problem:
    said = f"“{line}” is not a line of a story." if line else "There is no story here."
    place = Place(file, number, excerpt=line or None)
    return Problem(Finding("story-not-read", "PL-C01", Severity.ERROR, said, place, help=help))
