"""What a proposed mapping leaves open, as findings: what stops the reading, and what is only noted."""

from __future__ import annotations

from policylang.casebook.grid import Book
from policylang.casebook.headings import Header, Heading
from policylang.casebook.mapping import Mapping
from policylang.casebook.propose import Proposal, Question
from policylang.casebook.record import facts, heading_key
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place, Severity

_CONFIRM = (
    "Write the proposal to a file with “policylang map LOG --out mapping.yaml”, correct it, and give it with --map."
)


def unsettled(book: Book, proposal: Proposal) -> tuple[list[Finding], list[Finding]]:
    """What must be settled before the log is read with this proposal; and what is only worth knowing."""
    place = Place(file=book.file, sheet=proposal.sheet, row=proposal.header.row)
    stopping: list[Finding] = []
    notes: list[Finding] = []
    asked = {name for question in proposal.questions for name in question.facts}
    for name in proposal.missing:
        if name not in asked:
            stopping.append(_missing(name, proposal, place))
    for question in proposal.questions:
        (stopping if question.decides else notes).append(_asked(question, place))
    if proposal.likely:
        said = "; ".join(
            f"“{column.heading.text}” (column {column.heading.letter}) for {_label(column.fact)}: {column.why}"
            for column in proposal.likely
        )
        stopping.append(
            finding(
                "mapping-unconfirmed",
                f"Some columns are only likely, and need your word: {said}.",
                _CONFIRM,
                place=place,
            )
        )
    turned_down = {heading.column for heading, _ in proposal.turned_down}
    taken = {column.heading.column for column in proposal.columns.values()}
    for heading, why in proposal.turned_down:
        if heading.column not in taken:
            notes.append(
                finding(
                    "columns-not-read",
                    f"The column “{heading.text}” was not read: {why}.",
                    "If it is what its heading says, name it in a mapping.",
                    place=_at(book, proposal, heading),
                )
            )
    rest = [h for h in proposal.unknown if h.column not in taken | turned_down]
    if rest:
        notes.append(_left_out(rest, "as their headings are not those of a case record", place))
    return stopping, notes


def not_read(book: Book, header: Header, mapping: Mapping) -> list[Finding]:
    """The columns that a given mapping neither reads nor ignores."""
    named = {heading_key(column.heading) for column in mapping.columns.values()}
    named |= {heading_key(text) for text in mapping.ignore}
    rest = [heading for heading in header.headings if heading.key not in named]
    why = "as the mapping neither reads nor ignores them"
    return [_left_out(rest, why, Place(file=book.file, row=header.row))] if rest else []


def _left_out(headings: list[Heading], why: str, place: Place) -> Finding:
    return finding(
        "columns-not-read",
        f"Not read, {why}: {', '.join(f'“{heading.text}”' for heading in headings)}.",
        "If one of them records a step of the complaint, name it in a mapping.",
        place=place,
    )


def _missing(name: str, proposal: Proposal, place: Place) -> Finding:
    seen = ", ".join(f"“{heading.text}”" for heading in proposal.header.headings[:60])
    near = [(h.text, why) for h, why in proposal.turned_down if any(m.fact == name for m in h.matches)]
    reasons = "".join(f" “{heading}” was passed over: {why}." for heading, why in near)
    return finding(
        "required-column-missing",
        f"No column is headed as {_label(name)}, without which no row is a case. The headings are: {seen}.{reasons}",
        f"If one of them is it, say so in a mapping: “{name}: heading of the column”. {_CONFIRM}",
        place=place,
    )


def _asked(question: Question, place: Place) -> Finding:
    if len(question.facts) == 1:
        columns = " and ".join(f"“{h.text}” (column {h.letter})" for h in question.headings)
        message = f"More than one column could be {_label(question.facts[0])}: {columns}."
        advice = f"Say in a mapping which it is: “{question.facts[0]}: heading of the column”. {_CONFIRM}"
    else:
        heading = question.headings[0]
        labels = " or ".join(_label(name) for name in question.facts)
        message = f"“{heading.text}” (column {heading.letter}) could be {labels}."
        advice = f"Say in a mapping which it is, such as “{question.facts[0]}: {heading.text}”. {_CONFIRM}"
    if question.counts:
        message = f"{message} {question.counts}"
    if not question.decides:
        return finding(
            "column-ambiguous",
            f"{message} None of them was read; no verdict depends on it.",
            advice,
            place=place,
            severity=Severity.NOTE,
        )
    return finding("column-ambiguous", message, advice, place=place)


def _label(name: str) -> str:
    return f"“{facts()[name].label}” ({name})"


def _at(book: Book, proposal: Proposal, heading: Heading) -> Place:
    return Place(
        file=book.file,
        sheet=proposal.sheet,
        heading=heading.text,
        row=proposal.header.row,
        cell=f"{heading.letter}{proposal.header.row}",
    )
