"""Proposing a mapping from a sheet's headings and a look at what stands under them: each with its reason, none guessed.

A heading that means one fact and nothing else is *exact*; whatever else is near is *likely*, and somebody must confirm
it. Two columns for one fact, or one column for two, are put as a question. "Closed" is never taken for "responded", and
a column whose cells are of another kind (answers under a date's heading) is not proposed at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from policylang.casebook import limits
from policylang.casebook.answers import read_answer
from policylang.casebook.counts import beside_others, between_columns
from policylang.casebook.dates import Order, read_date
from policylang.casebook.grid import Cell, Kind, Row, Sheet
from policylang.casebook.headings import Header, Heading, top_rows
from policylang.casebook.mapping import Column, Mapping
from policylang.casebook.record import REQUIRED, facts
from policylang.casebook.words import is_placeholder

EXACT = "exact"
LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """One fact and the column it would be read from. ``confidence`` is ``exact`` or ``likely``, ``why`` its reason."""

    fact: str
    heading: Heading
    confidence: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can settle: several columns for one fact, or one column for several facts; and the counts."""

    facts: tuple[str, ...]
    headings: tuple[Heading, ...]
    counts: str = ""  # what the cells say that would help to answer it

    @property
    def decides(self) -> bool:
        """Whether a verdict could rest on the answer; other questions are left unanswered without stopping."""
        return any(facts()[name].decides for name in self.facts)


@dataclass(slots=True)
class Proposal:
    """A proposed mapping of one sheet, with everything that was seen and not taken."""

    sheet: str
    header: Header
    columns: dict[str, ProposedColumn] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    turned_down: list[tuple[Heading, str]] = field(default_factory=list)  # matched by name, and why not by content
    unknown: list[Heading] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """The required facts that no column was found for."""
        return [name for name in REQUIRED if name not in self.columns]

    @property
    def likely(self) -> list[ProposedColumn]:
        """What somebody must confirm before it is used."""
        return [column for column in self.columns.values() if column.confidence == LIKELY]

    @property
    def certain(self) -> bool:
        """Whether the log may be read with this as it stands, without asking anybody."""
        return not self.missing and not self.likely and not any(question.decides for question in self.questions)

    def mapping(self) -> Mapping:
        """The proposal as a mapping; the headings not taken are its ``ignore``."""
        keys = [heading.key for heading in self.header.headings]
        columns = {
            name: Column(name, p.heading.text, letter=p.heading.letter if keys.count(p.heading.key) > 1 else None)
            for name, p in self.columns.items()
        }
        taken = {p.heading.column for p in self.columns.values()}
        taken |= {heading.column for question in self.questions if question.decides for heading in question.headings}
        ignore = [heading.text for heading in self.header.headings if heading.column not in taken]
        return Mapping(columns, self.sheet, self.header.row, ignore=tuple(dict.fromkeys(ignore)))


def propose(sheet: Sheet, header: Header) -> Proposal:
    """The proposal for one sheet with its headings. Raises ``Problem`` if the sheet cannot be read."""
    made = Proposal(sheet.name, header)
    sample = _sample(sheet, header)
    candidates: dict[str, list[ProposedColumn]] = {}
    for heading in header.headings:
        if not heading.matches:
            made.unknown.append(heading)
            continue
        fitting = []
        for found in heading.matches:
            fits, remark = _content(found.fact, sample.get(heading.column, []))
            if fits is None:
                made.turned_down.append((heading, f"{remark}, so it was not taken for “{facts()[found.fact].label}”"))
            else:
                sure = found.sure and fits
                why = f"{found.why}; {remark}" if remark else found.why
                fitting.append(ProposedColumn(found.fact, heading, EXACT if sure else LIKELY, why))
        for one in fitting:
            candidates.setdefault(one.fact, []).append(one)
    _settle(made, candidates)
    below = [row for row in top_rows(sheet) if row.number > header.row][: limits.SAMPLE_ROWS]
    settled = {facts()[name].label: p.heading for name, p in made.columns.items() if facts()[name].kind == "event"}
    made.questions = [replace(question, counts=_counted(question, made, settled, below)) for question in made.questions]
    return made


def _counted(question: Question, made: Proposal, settled: dict[str, Heading], rows: list[Row]) -> str:
    if not any(facts()[name].kind == "event" for name in question.facts):
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
            made.questions.append(Question((fact,), tuple(c.heading for c in exact)))
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


def _sample(sheet: Sheet, header: Header) -> dict[int, list[Cell]]:
    found: dict[int, list[Cell]] = {}
    own = {heading.column: heading.own.casefold() for heading in header.headings}
    below = [row for row in top_rows(sheet) if row.number > header.row]
    for row in below[: limits.SAMPLE_ROWS]:
        for column, cell in row.cells.items():
            if cell.text.strip().casefold() != own.get(column):  # not a repeated heading
                found.setdefault(column, []).append(cell)
    return found


def _content(fact: str, cells: list[Cell]) -> tuple[bool | None, str]:
    # Whether the cells are of the fact's kind: yes, doubtful (False), or not at all (None); and what was seen.
    kind = facts()[fact].kind
    if kind == "attribute":
        return True, ""
    said = [c for c in cells if c.kind not in {Kind.ERROR, Kind.NOT_CALCULATED} and not is_placeholder(c.text)]
    if not said:
        return True, ""
    dates = sum(_is_date(cell) for cell in said)
    # A lone 0 or 1 under a date's heading is a count in a row of totals rather than an answer.
    figures = kind == "event"
    answers = sum(read_answer(c) is not None and not (figures and c.text.isdecimal()) for c in said)
    right, wrong = (dates, answers) if kind == "event" else (answers, dates)
    of_kind, other = (
        ("dates", "answers such as Yes and No") if kind == "event" else ("answers such as Yes or No", "dates")
    )
    if right * 2 >= len(said) and right:
        return True, ""
    if right == 0:
        # One odd cell is no proof against a heading that is clear.
        if len(said) < 2 and not wrong:
            return True, ""
        return None, f"the cells looked at hold {other if wrong else 'other text'}, not {of_kind}"
    return False, f"only {right} of the {len(said)} cells looked at hold {of_kind}"


def _is_date(cell: Cell) -> bool:
    if cell.kind in {Kind.DATE, Kind.MONTH, Kind.BAD_DATE}:
        return True
    if cell.kind is Kind.NUMBER:
        # A date whose format was lost: 20000 is in 1954, 80000 in 2119.
        return isinstance(cell.value, float) and 20_000 <= cell.value <= 80_000
    return any(read_date(cell.text, order) for order in (Order.DAY_FIRST, Order.MONTH_FIRST))
