"""What a row of a sheet is, a case or an event of one, by counting; and the two columns that a log of events has.

Neither is guessed: where references recur on some rows only, or rows with several dated steps recur, the counts are put
to a person, and reading waits for the word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policylang.casebook import limits
from policylang.casebook.contents import holds_dates, telling
from policylang.casebook.counts import between_columns
from policylang.casebook.diary_words import is_step
from policylang.casebook.grid import Cell, Kind, Row
from policylang.casebook.headings import Heading
from policylang.casebook.mapping import DATE, EVENT, STAGE, Layout
from policylang.casebook.proposal import EXACT, LIKELY, Proposal, ProposedColumn, Question
from policylang.casebook.record import diary_headings, facts, heading_key, speaks_of_other_things
from policylang.casebook.words import is_placeholder
from policylang.findings.words import count

_SEVERAL = 0.5  # of the rows share their reference with another, from here on: rows are events
_FEW = 0.1  # up to here the rows that recur are cases written down twice
_OF_A_ROW = frozenset({"stage", "complaint stage", "case stage", "event stage", "task stage", "activity stage"})
_KNOWN = 2  # words of a column that are steps of a complaint, for it to be a column of events


@dataclass(slots=True)
class _Rows:
    """The rows looked at, by case."""

    rows: list[tuple[str, Row]]
    cases: dict[str, list[Row]]
    recurring: int
    sampled: bool

    def cells(self, heading: Heading) -> list[Cell]:
        return [row.cells[heading.column] for _, row in self.rows if heading.column in row.cells]

    def varied(self, heading: Heading) -> int:
        """In how many of the cases with several rows those do not agree under this heading."""
        return sum(
            len({row.cells[heading.column].value for row in rows if heading.column in row.cells}) > 1
            for rows in self.cases.values()
        )


def settle_shape(made: Proposal, rows: Sequence[Row]) -> None:
    """Say in ``made`` what a row of the sheet is, with the counts, and propose the columns that follow from it."""
    reference = _reference(made)
    if reference is None:
        return
    seen = _by_case(reference, rows)
    if not seen.recurring:
        _stages_apart(made, seen)
        return
    event, others = _event_column(made, reference, seen)
    if event is None:
        _stages_on_rows(made, reference, seen)
        return
    # The day of receipt is the case's, even where two rows of a case do not agree on it.
    dates = [
        h
        for h in made.header.headings
        if h not in (reference, event)
        and not _is_receipt(h)
        and (h.key in diary_headings()[DATE] or not speaks_of_other_things(h.key))
        and holds_dates(seen.cells(h))
    ]
    varying = [h for h in dates if seen.varied(h)] or [h for h in dates if h.key in diary_headings()[DATE]]
    named = [h for h in varying if h.key in diary_headings()[DATE]]
    if not varying:
        return
    when = varying[0] if len(varying) == 1 else named[0] if len(named) == 1 else None
    own = named or ([when] if when else [])
    steps = [
        p
        for p in made.columns.values()
        if facts()[p.fact].kind == "event" and p.heading in varying and p.heading not in own
    ]
    share = seen.recurring / len(seen.rows)
    if share < _FEW and len(steps) > 1:
        return
    beside = [p for p in made.columns.values() if facts()[p.fact].kind == "event" and p.heading not in own]
    made.shape = _counted(reference, event, when, seen, beside)
    # "Responded" over the only dates that differ is the day of one step, and not of whatever the row records.
    of_one_step = when is not None and when not in named and _is_step(when)
    made.layout = Layout.EVENTS if share >= _SEVERAL and len(steps) < 2 and not of_one_step else None
    made.diary = {EVENT: _column(EVENT, event, seen)}
    questions = [Question((EVENT,), (event, *others))] if others else []
    if others:
        del made.diary[EVENT]
    if when is not None:
        made.diary[DATE] = _column(DATE, when, seen)
    else:
        between = between_columns(varying, [row for _, row in seen.rows])
        questions.append(Question((DATE,), tuple(varying), between))
    stage = _stage_column(made, seen, (reference, event, *others, *varying))
    if stage is not None and not others:
        made.diary[STAGE] = stage
    if made.layout is Layout.EVENTS:
        columns = [h for h in (event, *others, *varying, stage.heading if stage else None) if h is not None]
        _keep_what_is_of_the_case(made, seen, {h.column for h in columns})
    made.questions = [*questions, *made.questions]


def _reference(made: Proposal) -> Heading | None:
    if "reference" in made.columns:
        return made.columns["reference"].heading
    return next((q.headings[0] for q in made.questions if "reference" in q.facts), None)


def _by_case(reference: Heading, rows: Sequence[Row]) -> _Rows:
    kept: list[tuple[str, Row]] = []
    for row in rows:
        cell = row.cells.get(reference.column)
        if cell and len(row.cells) > 1 and not is_placeholder(cell.text) and cell.text != reference.own:
            kept.append((" ".join(cell.text.split()).casefold(), row))
    times = Counter(key for key, _ in kept)
    cases: dict[str, list[Row]] = {}
    for key, row in kept:
        if times[key] > 1:
            cases.setdefault(key, []).append(row)
    return _Rows(kept, cases, sum(map(len, cases.values())), len(rows) >= limits.SAMPLE_ROWS)


def _event_column(made: Proposal, reference: Heading, seen: _Rows) -> tuple[Heading | None, list[Heading]]:
    # The column whose few words name events, and any other that could be it as well.
    fitting = []
    for heading in made.header.headings:
        cells = telling(seen.cells(heading))
        if heading == reference or not cells or sum(c.kind is Kind.TEXT for c in cells) < len(cells):
            continue
        words = Counter(heading_key(cell.text) for cell in cells)
        named = heading.key in diary_headings()[EVENT]
        if len(words) > max(12, len(cells) // 3) or holds_dates(cells) or not seen.varied(heading):
            continue
        known = _known(words)
        if len(known) >= _KNOWN or (named and known):
            fitting.append((named, len(known), heading))
    if not fitting:
        return None, []
    fitting.sort(key=lambda one: (-one[0], -one[1], one[2].column))
    by_name = [heading for named, _, heading in fitting if named]
    if len(by_name) == 1:
        return by_name[0], []
    first, *others = by_name or [heading for _, _, heading in fitting]
    return first, others


def _is_receipt(heading: Heading) -> bool:
    return any(one.sure and one.fact == "received" for one in heading.matches)


def _is_step(heading: Heading) -> bool:
    return any(one.sure and facts()[one.fact].kind == "event" and one.fact != "logged" for one in heading.matches)


def _known(words: Counter[str]) -> list[str]:
    return [word for word in words if is_step(word)]


def _column(name: str, heading: Heading, seen: _Rows) -> ProposedColumn:
    several = count(len(seen.cases), "case")
    differs = f"it differs between the rows of {seen.varied(heading)} of the {several} with several rows"
    named = heading.key in diary_headings()[name]
    if name == DATE:
        return ProposedColumn(name, heading, EXACT if named else LIKELY, f"it holds dates, and {differs}")
    words = Counter(heading_key(cell.text) for cell in telling(seen.cells(heading)))
    said = f"it holds {count(len(words), 'word')}, {len(_known(words))} of them steps of a complaint, and {differs}"
    return ProposedColumn(name, heading, EXACT if named else LIKELY, said)


def _counted(
    reference: Heading, event: Heading, when: Heading | None, seen: _Rows, steps: Sequence[ProposedColumn]
) -> str:
    words = Counter(heading_key(cell.text) for cell in telling(seen.cells(event)))
    alone = len({key for key, _ in seen.rows}) - len(seen.cases)
    said = (
        f"{'Of the first' if seen.sampled else 'Of'} {count(len(seen.rows), 'row')}, {seen.recurring} share their "
        f"“{reference.text}” with another row ({count(len(seen.cases), 'reference')}), and "
        f"{count(alone, 'reference stands', 'references stand')} on one row only; "
        f"“{event.text}” holds {count(len(words), 'different word')}, {len(_known(words))} of them steps of a complaint"
    )
    if when is not None:
        said += f"; “{when.text}” differs between the rows of {seen.varied(when)} of those references"
    if steps:
        listed = ", ".join(f"“{p.heading.text}”" for p in steps)
        said += f"; columns of their own hold the dates of steps: {listed}"
    return said


def _keep_what_is_of_the_case(made: Proposal, seen: _Rows, diary: set[int]) -> None:
    # What differs between the rows of a case is said of the event: its officer, its letter, its outcome.
    kept: dict[str, ProposedColumn] = {}
    for name, column in made.columns.items():
        if name == "reference":
            kept[name] = column
        elif column.heading.column in diary:
            continue
        elif differing := seen.varied(column.heading):
            why = f"in {count(differing, 'case')} it differs between the rows, so it may be said of the event"
            made.turned_down.append((column.heading, why))
        else:
            why = f"{column.why}; the same on all rows of each case"
            kept[name] = replace(column, why=why)
    made.columns = kept
    made.questions = [q for q in made.questions if not {h.column for h in q.headings} & diary]


def _stage_column(made: Proposal, seen: _Rows, taken: Sequence[Heading]) -> ProposedColumn | None:
    # The column that says at which stage each event was, so that "Response sent" need not.
    for heading in made.header.headings:
        keys = _stages_said(heading, seen)
        if heading in taken or not heading.key.endswith("stage") or not seen.varied(heading):
            continue
        if {"stage 1", "stage 2"} <= keys.keys():
            said = f"it says stage 1 on {count(keys['stage 1'], 'row')} and stage 2 on {keys['stage 2']}"
            sure = EXACT if heading.key in _OF_A_ROW else LIKELY
            return ProposedColumn(STAGE, heading, sure, f"{said}, and is read before what happened")
    return None


def _stages_apart(made: Proposal, seen: _Rows) -> None:
    # No reference recurs, as each stage has one of its own ("C-1/2"); or the column says how far each case has gone.
    named = {*made.columns, *(name for question in made.questions for name in question.facts)}
    if any(facts()[name].kind == "event" and facts()[name].stage == 2 for name in named):
        return
    for heading in made.header.headings:
        keys = _stages_said(heading, seen)
        if heading.key.endswith("stage") and {"stage 1", "stage 2"} <= keys.keys():
            made.layout = None
            made.shape = (
                f"“{heading.text}” says stage 1 on {count(keys['stage 1'], 'row')} and stage 2 on {keys['stage 2']}, "
                "and no column is headed for a step of stage 2. Either it says how far each case has gone; or the "
                f"dates of those {keys['stage 2']} are those of stage 2, and would be judged as stage 1"
            )
            made.diary = {}
            return


def _stages_said(heading: Heading, seen: _Rows) -> Counter[str]:
    # "Stage" over 1 and 2 says as much as "Stage 1" and "Stage 2" in the cells.
    numbers = "stage " if heading.key.endswith("stage") else ""
    said = [cell.text.strip() for cell in telling(seen.cells(heading))]
    return Counter(heading_key(f"{numbers}{text}" if text in ("1", "2") else text) for text in said)


def _stages_on_rows(made: Proposal, reference: Heading, seen: _Rows) -> None:
    # Each stage of a case on a row of its own cannot be read; the count says so before the rows are set aside.
    for heading in made.header.headings:
        keys = _stages_said(heading, seen)
        if heading != reference and {"stage 1", "stage 2"} <= keys.keys() and seen.varied(heading):
            cases = count(len(seen.cases), "reference stands", "references stand")
            made.layout = None
            made.shape = (
                f"{cases} on several rows, which “{heading.text}” tells apart ({keys['stage 1']} rows say stage 1, "
                f"{keys['stage 2']} say stage 2). Each stage seems to have a row of its own, which cannot be read"
            )
            made.diary = {}
            return
