"""Proposing a mapping from a sheet's headings and a look at what stands under them: each with its reason, none guessed.

A heading that means one fact and nothing else is *exact*; whatever else is near is *likely*, and somebody must confirm
it. Two columns for one fact, or one column for two, are put as a question. "Closed" is never taken for "responded", and
a column whose cells are of another kind (answers under a date's heading) is not proposed at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policylang.casebook.contents import fits, holds_dates, telling
from policylang.casebook.counts import beside_others, between_columns
from policylang.casebook.deadline_like import doubt_deadlines
from policylang.casebook.diary_stages import at_stage_2
from policylang.casebook.diary_words import read_words
from policylang.casebook.grid import Cell, Kind, Row, Sheet
from policylang.casebook.headings import Header, Heading, sample_rows
from policylang.casebook.mapping import DATE, EVENT, STAGE, Layout
from policylang.casebook.proposal import EXACT, LIKELY, AskedWord, Proposal, ProposedColumn, Question
from policylang.casebook.record import facts, speaks_of_other_things
from policylang.casebook.shape import settle_shape
from policylang.findings.words import count


def propose(sheet: Sheet, header: Header) -> Proposal:
    """The proposal for one sheet with its headings, from a look at its first rows.

    In a log of events its words are still to be read, by :func:`with_words`. Raises ``Problem`` if the sheet cannot be
    read.
    """
    made = Proposal(sheet.name, header)
    below = sample_rows(sheet, header)
    sample = _by_column(below, header)
    candidates: dict[str, list[ProposedColumn]] = {}
    for heading in header.headings:
        if not heading.matches:
            made.unknown.append(heading)
            continue
        fitting = []
        for found in heading.matches:
            fitted, remark = fits(found.fact, sample.get(heading.column, []))
            if fitted is None:
                made.turned_down.append((heading, f"{remark}, so it was not taken for “{facts()[found.fact].label}”"))
            else:
                wide = _stands_over(sheet, header, heading, sample)
                sure = found.sure and fitted and not heading.meant and not wide
                why = f"{found.why}; {remark}" if remark else found.why
                why = f"it stands over {count(wide, 'column')}, and only the first is proposed" if wide else why
                why = f"the sheet is called “{sheet.name}”; {why}" if heading.meant else why
                fitting.append(ProposedColumn(found.fact, heading, EXACT if sure else LIKELY, why))
        for one in fitting:
            candidates.setdefault(one.fact, []).append(one)
    _settle(made, candidates)
    doubt_deadlines(made, candidates, below)
    _reference_by_content(made, sample)
    settle_shape(made, below)
    _receipt_from_logging(made)
    settled = {facts()[name].label: p.heading for name, p in made.columns.items() if facts()[name].kind == "event"}
    made.questions = [
        question if question.counts else replace(question, counts=_counted(question, made, settled, below))
        for question in made.questions
    ]
    return made


def with_words(made: Proposal, sheet: Sheet) -> Proposal:
    """The proposal with the words of its events, counted over the whole sheet; as it is where rows are cases.

    Raises ``Problem`` if the sheet cannot be read.
    """
    asked = [question.headings[0] for question in made.questions if question.facts == (DATE,)]
    days = [made.diary[DATE].heading] if DATE in made.diary else asked
    if "reference" not in made.columns or not days:
        return made
    reference = made.columns["reference"].heading.column
    if EVENT not in made.diary:
        rivals = next((question.headings for question in made.questions if question.facts == (EVENT,)), ())
        made.rivals = {h.text: read_words(sheet, made.header, reference, h.column, days[0].column) for h in rivals}
        return made
    event, stage = made.diary[EVENT].heading, made.diary.get(STAGE)
    at = stage.heading.column if stage else None
    made.events = read_words(sheet, made.header, reference, event.column, days[0].column, at)
    if made.layout is Layout.EVENTS:
        # What a row of its own records is not read from a column as well.
        made.columns = {name: column for name, column in made.columns.items() if name not in made.events.known}
        if made.first and "received" in made.missing and "logged" in made.events.known:
            why = "no word says when the complaint was received, from which the clocks run, and this is the nearest"
            for seen in made.events.known.pop("logged"):
                made.events.asked.insert(0, AskedWord(seen, ("received", "logged"), why))
    return made


def _receipt_from_logging(made: Proposal) -> None:
    # The clocks run from receipt. Where only the logging is dated, a person must say whether that is the same day.
    logged = made.columns.get("logged")
    asked = any("received" in question.facts for question in made.questions)
    if made.layout is Layout.ROWS and logged and "received" not in made.columns and not asked:
        del made.columns["logged"]
        made.questions.insert(0, Question(("received", "logged"), (logged.heading,), nearest=True))


def _stands_over(sheet: Sheet, header: Header, heading: Heading, sample: dict[int, list[Cell]]) -> int:
    # How many columns with something in them a heading is merged over, where it is more than its own: "Response" over
    # what may be the due date and the day it was sent.
    for merge in sheet.merges:
        if merge.top <= header.row <= merge.bottom and merge.left == heading.column < merge.right:
            filled = sum(column in sample for column in range(merge.left, merge.right + 1))
            return filled if filled > 1 else 0
    return 0


_CODES = 0.9  # of the cells under a heading look like a reference
_LONGEST_CODE = 25
_ROWS_A_CODE = 12  # at most, on average, in a log of events
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:post ?code|uprn|property|tenancy|tenant|phone|telephone|mobile|amount|cost|score|address)\b"
)


def _reference_by_content(made: Proposal, sample: dict[int, list[Cell]]) -> None:
    # A heading may not say what is plain from the cells: a code with figures in it, in every row.
    asked = any("reference" in question.facts for question in made.questions)
    if "reference" in made.columns or asked:
        return
    rows = max((len(cells) for cells in sample.values()), default=0)
    like = [
        heading
        for heading in made.unknown
        if not (speaks_of_other_things(heading.key) or _OF_SOMETHING_ELSE.search(heading.key))
        and _codes(sample.get(heading.column, []), rows)
    ]
    said = [f"“{h.text}” ({h.letter}) has {len({c.text for c in sample[h.column]})} different codes" for h in like]
    counts = f"In the first {count(rows, 'row')} {'; '.join(said)}."
    if len(like) == 1:
        why = f"the heading does not say so, but the cells look like references: {counts[0].lower()}{counts[1:-1]}"
        made.columns = {"reference": ProposedColumn("reference", like[0], LIKELY, why), **made.columns}
    elif like:
        made.questions.insert(0, Question(("reference",), tuple(like), counts))
    made.unknown = [heading for heading in made.unknown if heading not in like]


def _codes(cells: list[Cell], rows: int) -> bool:
    said = telling(cells)
    codes = [
        cell.text
        for cell in said
        if cell.kind in {Kind.TEXT, Kind.NUMBER}
        and len(cell.text) <= _LONGEST_CODE
        and len(cell.text.split()) <= 2
        and any(character.isdigit() for character in cell.text)
    ]
    return (
        len(said) >= _CODES * rows
        and len(codes) >= _CODES * len(said)
        and len(set(codes)) * _ROWS_A_CODE >= len(codes)
        and not holds_dates(cells)
    )


def _counted(question: Question, made: Proposal, settled: dict[str, Heading], rows: list[Row]) -> str:
    if EVENT in question.facts or not any(facts()[name].kind == "event" for name in question.facts):
        return ""
    if len(question.headings) > 1:
        return between_columns(question.headings, rows)
    rivals = {
        f"{other.headings[0].text} ({other.headings[0].letter})": other.headings[0]
        for other in made.questions
        if other is not question and set(other.facts) & set(question.facts)
    }
    return beside_others(question.headings[0], {**rivals, **settled}, rows)


def _settle(made: Proposal, candidates: dict[str, list[ProposedColumn]]) -> None:
    # What is exact comes first: it takes its fact and its column out of every open question.
    asked: set[str] = set()
    for fact, all_for_fact in candidates.items():
        exact = [c for c in all_for_fact if c.confidence == EXACT]
        if len(exact) == 1:
            made.columns[fact] = exact[0]
        elif exact:
            headings = tuple(c.heading for c in exact)
            other = at_stage_2(fact)
            # One heading twice, and none for stage 2: the second may well be that.
            both = other and other not in candidates and len({heading.key for heading in headings}) == 1
            made.questions.append(Question((fact, other) if both and other else (fact,), headings))
            asked.add(fact)
    open_facts = {fact for fact in candidates if fact not in made.columns and fact not in asked}
    by_column: dict[int, list[ProposedColumn]] = {}
    for fact in open_facts:
        for candidate in candidates[fact]:
            by_column.setdefault(candidate.heading.column, []).append(candidate)
    order = ["reference", *(name for name in facts() if name != "reference")]
    for rivals in sorted(by_column.values(), key=lambda cs: cs[0].heading.column):
        if len(rivals) > 1:
            names = tuple(sorted((c.fact for c in rivals), key=order.index))
            made.questions.append(Question(names, (rivals[0].heading,)))
            open_facts -= set(names)
    for fact in sorted(open_facts, key=order.index):
        if len(candidates[fact]) > 1:
            made.questions.append(Question((fact,), tuple(c.heading for c in candidates[fact])))
        else:
            made.columns[fact] = candidates[fact][0]
    made.columns = {name: made.columns[name] for name in order if name in made.columns}


def _by_column(below: list[Row], header: Header) -> dict[int, list[Cell]]:
    found: dict[int, list[Cell]] = {}
    own = {heading.column: heading.own.casefold() for heading in header.headings}
    for row in below:
        for column, cell in row.cells.items():
            if cell.text.strip().casefold() != own.get(column):  # not a repeated heading
                found.setdefault(column, []).append(cell)
    return found
