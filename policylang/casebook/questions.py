"""What a proposed mapping leaves open, as findings: what stops the reading, and what is only noted."""

from __future__ import annotations

from policylang.casebook.further import shared
from policylang.casebook.grid import Book
from policylang.casebook.headings import Header, Heading
from policylang.casebook.mapping import DATE, EVENT, STAGE, Layout, Mapping
from policylang.casebook.proposal import LIKELY, Further, Proposal, Question, label
from policylang.casebook.record import facts, heading_key, match
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.words import count

_MOST = 12
CONFIRM = (
    "Write the proposal to a file with “policylang map LOG --out mapping.yaml”, correct it, and give it with --map."
)
"""What to do about a proposal that is not settled; once it is in a file, only the rest is left to be done."""


def unsettled(book: Book, proposal: Proposal) -> tuple[list[Finding], list[Finding]]:
    """What must be settled before the log is read with this proposal; and what is only worth knowing."""
    stopping, notes = _of_one(book, proposal)
    for further in proposal.further:
        stopping.append(_joined(book, proposal, further))
        if further.joined:  # of the others it is only asked whether they belong here at all
            more, less = _of_one(book, further.proposal)
            stopping += more
            notes += less
    return stopping, notes


def _of_one(book: Book, proposal: Proposal) -> tuple[list[Finding], list[Finding]]:
    place = Place(file=book.file, sheet=proposal.sheet, row=proposal.header.row)
    stopping: list[Finding] = []
    notes: list[Finding] = []
    if proposal.layout is not Layout.ROWS:
        stopping += _shape(book, proposal, place)
    asked = {name for question in proposal.questions for name in question.facts}
    asked |= {name for one in proposal.events.asked for name in one.facts}
    for name in proposal.missing:
        if name not in asked and (name in facts() or proposal.layout is Layout.EVENTS):
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
                CONFIRM,
                place=place,
            )
        )
    turned_down = {heading.column for heading, _ in proposal.turned_down}
    taken = {column.heading.column for column in (*proposal.columns.values(), *proposal.diary.values())}
    taken |= {heading.column for question in proposal.questions for heading in question.headings}
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


def _shape(book: Book, proposal: Proposal, place: Place) -> list[Finding]:
    # What a row is, and in a log of events what its words are.
    if proposal.layout is None:
        advice = (
            "Say in a mapping “layout: rows” if each row is a case, or “layout: events” if each is an event of one."
        )
        if not proposal.diary:
            advice = (
                "If rows are stages, put those of each stage on a sheet of its own in one workbook (Stage 1, Stage 2), "
                "under the reference of the complaint: “policylang map” then proposes how to join them. If each row is "
                "a complaint, and its dates are those of stage 1, say in a mapping “layout: rows”."
            )
        message = f"It is open what a row of “{proposal.sheet}” is. {proposal.shape}."
        return [finding("layout-unclear", message, advice, place=place)]
    events = proposal.events
    found = [
        finding(
            "mapping-unconfirmed",
            f"Each row of “{proposal.sheet}” seems to be an event and not a case, which needs your word. "
            f"{proposal.shape}.",
            CONFIRM,
            place=place,
        )
    ]
    likely = [
        f"“{c.heading.text}” (column {c.heading.letter})"
        for c in proposal.diary.values()
        if c.confidence == LIKELY and c.fact != STAGE
    ]
    if likely:
        said = (
            f"{' and '.join(likely)} {'is' if len(likely) == 1 else 'are'} taken for what happened or when by the "
            "cells, not by the heading."
        )
        found.append(finding("mapping-unconfirmed", said, CONFIRM, place=place))
    if not events.settled:
        parts = [f"“{one.seen.word}” ({count(one.seen.cases, 'case')}) may be {_or(one.facts)}" for one in events.asked]
        parts += [f"“{one.word}” ({count(one.cases, 'case')})" for one in events.unknown]
        if events.rare:
            more = f" and {len(events.rare) - _MOST:,} more" if len(events.rare) > _MOST else ""
            rows = "row" if len(events.rare) == 1 else "rows"
            parts.append(f"what stands in {rows} {', '.join(map(str, events.rare[:_MOST]))}{more}")
        number = len(events.asked) + len(events.unknown) + len(events.rare)
        found.append(
            finding(
                "event-word-unknown",
                f"{count(number, 'word')} of the log {'is' if number == 1 else 'are'} not known for certain: "
                f"{'; '.join(parts)}.",
                "Put each under “events:” with the fact that it is, or under “ignore-events:” if it is none. Nothing "
                "is read until every word is settled.",
                place=place,
            )
        )
    return found


def _joined(book: Book, first: Proposal, further: Further) -> Finding:
    name, counts = further.proposal.sheet, shared(first, further)
    if further.joined:
        message = f"The sheet “{name}” seems to say more of the same cases: {counts}."
        advice = f"Check it in the mapping, under “also:”; delete that part if it is another log. {CONFIRM}"
    else:
        message = f"It is open whether the sheet “{name}” says more of the same cases: {counts}."
        advice = f"If it does, take the # from its lines under “also:” in the mapping. {CONFIRM}"
    return finding("sheet-to-be-joined", message, advice, place=Place(file=book.file, sheet=name))


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(_label(name) for name in names)


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
    if proposal.layout is Layout.EVENTS and name not in (EVENT, DATE, "reference"):
        return finding(
            "required-column-missing",
            f"No word of the log and no column says when the complaint was received ({name}), and without it no case "
            "can be judged.",
            f"Say in the mapping which word it is, under “events:”, as in “{name}: [Complaint received]”. {CONFIRM}",
            place=place,
        )
    seen = ", ".join(f"“{heading.text}”" for heading in proposal.header.headings[:60])
    near = [(h.text, why) for h, why in proposal.turned_down if any(m.fact == name for m in h.matches)]
    reasons = "".join(f" “{heading}” was passed over: {why}." for heading, why in near)
    of_stage_2 = [h for h in proposal.header.headings if h.meant and any(m.fact == name for m in match(h.key))]
    for heading in of_stage_2:
        reasons += f" “{heading.text}” is taken for a step of stage 2, as the sheet is called “{proposal.sheet}”."
    return finding(
        "required-column-missing",
        f"No column is headed as {_label(name)}, without which no row is a case. The headings are: {seen}.{reasons}",
        f"If one of them is it, say so in a mapping: “{name}: heading of the column”. {CONFIRM}",
        place=place,
    )


def _asked(question: Question, place: Place) -> Finding:
    if len(question.headings) > 1 and len(question.facts) > 1:
        letters = " and ".join(heading.letter for heading in question.headings)
        labels = " or ".join(_label(name) for name in question.facts)
        message = f"“{question.headings[0].text}” stands over columns {letters}, and each could be {labels}."
        line = f"“{question.facts[0]}: {{column: {question.headings[0].text}, letter: {question.headings[0].letter}}}”"
        advice = f"Say in a mapping which is which, such as {line}. {CONFIRM}"
    elif len(question.facts) == 1:
        columns = " and ".join(f"“{h.text}” (column {h.letter})" for h in question.headings)
        message = f"More than one column could be {_label(question.facts[0])}: {columns}."
        advice = f"Say in a mapping which it is: “{question.facts[0]}: heading of the column”. {CONFIRM}"
    elif question.nearest:
        heading = question.headings[0]
        message = (
            f"No column is headed as {_label('received')}, from which the clocks run; the nearest is “{heading.text}” "
            f"(column {heading.letter})."
        )
        advice = (
            f"If complaints are logged on the day they are received, say so in a mapping: “received: {heading.text}”. "
            f"If not, the day of receipt has to be added to the log. {CONFIRM}"
        )
    else:
        heading = question.headings[0]
        labels = " or ".join(_label(name) for name in question.facts)
        message = f"“{heading.text}” (column {heading.letter}) could be {labels}."
        advice = f"Say in a mapping which it is, such as “{question.facts[0]}: {heading.text}”. {CONFIRM}"
    if question.counts and not question.nearest:
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
    return f"“{label(name)}” ({name})"


def _at(book: Book, proposal: Proposal, heading: Heading) -> Place:
    return Place(
        file=book.file,
        sheet=proposal.sheet,
        heading=heading.text,
        row=proposal.header.row,
        cell=f"{heading.letter}{proposal.header.row}",
    )
