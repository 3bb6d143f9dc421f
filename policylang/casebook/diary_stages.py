"""To which stage a word of a log of events belongs that names none: held against each case's first day of stage 2.

"Response sent" is the response at stage 1 while no case has it twice, nor on or after the day on which its stage 2
began. Where one has, nothing in the word says which of its rows is which, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from policylang.casebook.dates import Order, read_date, weigh
from policylang.casebook.grid import Cell, Content, Kind, Sheet, text_of
from policylang.casebook.headings import all_rows
from policylang.casebook.proposal import AskedWord, Proposal, ProposedEvents
from policylang.casebook.record import facts
from policylang.findings.words import count

Days = Mapping[str, Collection[Content]]
"""What stands in the cells for the days of an event, by case."""

_AT_STAGE_2 = {"refused": "escalation_refused"}


def at_stage_2(name: str) -> str | None:
    """The event of stage 2 that a word for this one of stage 1 may stand for as well; ``None`` where there is none."""
    other = _AT_STAGE_2.get(name, f"stage2_{name}")
    return other if facts()[name].stage == 1 and other in facts() else None


class StageTwo:
    """The first day of stage 2 of each case that has one, in ``starts``; ``None`` where an entry of it has no day that
    can be read."""

    def __init__(self, entries: Iterable[Days], every: Iterable[Content]) -> None:
        """``entries`` are those of stage 2; ``every`` are all cells with days, which show the order of figures."""
        self._order = weigh(text for one in every if (text := _text(one))).order
        self.starts: dict[str, date | None] = {}
        for days in entries:
            for case, contents in days.items():
                for content in contents:
                    span = _span(content, self._order)
                    start = self.starts.get(case, date.max)
                    self.starts[case] = None if span is None or start is None else min(start, span[0])

    def different(self, days: Collection[Content]) -> bool:
        """Whether these are more than one day, or may be."""
        return len({_span(content, self._order) or text_of(content) for content in days}) > 1

    def last_days(self, days: Days) -> dict[str, date | None]:
        """The last day of each case; ``None`` where one cannot be read."""
        found: dict[str, date | None] = {}
        for case, contents in days.items():
            spans = [_span(content, self._order) for content in contents]
            known = [span[1] for span in spans if span is not None]
            found[case] = max(known) if known and len(known) == len(spans) else None
        return found


def begun(starts: Mapping[str, date | None], lasts: Mapping[str, date | None]) -> int:
    """Of how many cases the last day is on or after the first of their stage 2, or may be."""
    return sum(
        case in starts and (last is None or (start := starts[case]) is None or last >= start)
        for case, last in lasts.items()
    )


def why_asked(several: int, after: int, *, sheet: bool = False) -> str:
    """Why it is asked to which stage a word belongs: on several days in so many cases, in stage 2 in so many."""
    said = [f"{count(several, 'case has', 'cases have')} it on more than one day"] if several else []
    if after:
        said.append(
            f"{count(after, 'case has', 'cases have')} it when stage 2 had begun, as far as the dates can be read"
        )
    if sheet:
        said.append("the name of the sheet speaks of stage 2")
    return (
        f"it names no stage, and {'; '.join(said)}. If some of its rows are stage 1 and some stage 2, the log must "
        "name the stage in the word"
    )


def hold_against_each_other(first: Proposal, sheets: Mapping[str, Sheet]) -> None:
    """Ask for words without a stage, too, where it is another sheet that says when the stage 2 of their cases began.

    Raises ``Problem`` if a sheet cannot be read.
    """
    parts = [first, *(one.proposal for one in first.further)]
    if len(parts) < 2 or not any(part.events.unstaged for part in parts):
        return
    starts = {part.sheet: [part.events.stage_2, _columns(part, sheets[part.sheet])] for part in parts}
    for part in parts:
        others = [one for name, found in starts.items() if name != part.sheet for one in found]
        for name, seen in list(part.events.known.items()):
            other = at_stage_2(name)
            for word in [word for word in seen if word in part.events.unstaged]:
                after = max((begun(days, part.events.unstaged[word]) for days in others), default=0)
                if other and after:
                    _ask(part.events, AskedWord(word, (name, other), why_asked(0, after)))


def _ask(events: ProposedEvents, asked: AskedWord) -> None:
    name = asked.facts[0]
    events.known[name].remove(asked.seen)
    if not events.known[name]:
        del events.known[name]
    events.asked.append(asked)


def _columns(made: Proposal, sheet: Sheet) -> dict[str, date | None]:
    # When stage 2 began by the columns of a sheet, those of open questions too.
    of_stage_2 = {c.heading.column for name, c in made.columns.items() if _is_step_of_stage_2(name)}
    of_stage_2 |= {h.column for q in made.questions if any(map(_is_step_of_stage_2, q.facts)) for h in q.headings}
    if "reference" not in made.columns or not of_stage_2:
        return {}
    reference = made.columns["reference"].heading.column
    days: dict[str, list[Content]] = {}
    for row in all_rows(sheet):
        if row.number > made.header.row:
            case, *cells = row.contents([reference, *of_stage_2])
            key = " ".join(text_of(case).split()).casefold()
            days.setdefault(key, []).extend(cell for cell in cells if not text_of(cell).isspace() and text_of(cell))
    every = [cell for cells in days.values() for cell in cells]
    return StageTwo([days], every).starts


def _is_step_of_stage_2(name: str) -> bool:
    return name in facts() and facts()[name].kind == "event" and facts()[name].stage == 2


def _text(content: Content) -> str:
    return content if isinstance(content, str) else content.text if content and content.kind is Kind.TEXT else ""


def _span(content: Content, order: Order | None) -> tuple[date, date] | None:
    if isinstance(content, Cell) and content.kind is not Kind.TEXT:
        if content.kind is Kind.DATE and isinstance(content.value, date):
            return content.value, content.value
        month = content.kind is Kind.MONTH and isinstance(content.value, date)
        found = read_date(str(content.value)[:7], None) if month else None
    else:
        found = read_date(text_of(content), order)
    return (found.first, found.last) if found else None
