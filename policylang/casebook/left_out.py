"""Sheets that would be left out although they say more of the same cases: where nobody has said so, reading stops.

A log read from its first sheet alone, while stage 2 stands on the second, shows cases that seem to lack what they have.
Naming the sheet, or giving a mapping, is saying so.
"""

from __future__ import annotations

from policylang.casebook.further import further_sheets, shared
from policylang.casebook.grid import Book
from policylang.casebook.layout import Chosen
from policylang.casebook.mapping import Layout
from policylang.casebook.proposal import Further, Proposal, label
from policylang.casebook.record import facts
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count

_MOST = 8


def left_out(book: Book, chosen: Chosen, made: Proposal, here: set[str]) -> list[Finding]:
    """For a log that is read from one sheet which nobody has named: the other sheets that say more of its cases.

    An error, where ``policylang map`` would join a sheet on which a verdict could rest; a note where it would only ask,
    or where the sheet adds no more than what describes a case. ``here`` are the references that were read, if any were.
    Raises ``Problem`` if a sheet cannot be read.
    """
    return [
        _stops(book, made, one) if one.joined and _decides(one) else _noted(book, made, one)
        for one in further_sheets(book, chosen, made, here)
    ]


def _decides(one: Further) -> bool:
    # A sheet of events whose words or columns are open may hold any step.
    made = one.proposal
    if made.layout is not Layout.ROWS:
        return True
    named = [name for name in made.columns if name != "reference"]
    return any(facts()[name].decides for name in named) or any(question.decides for question in made.questions)


def _stops(book: Book, first: Proposal, one: Further) -> Finding:
    name = one.proposal.sheet
    return finding(
        "sheet-to-be-joined",
        f"The sheet “{name}” says more of the same cases and would not be read: {shared(first, one)}. {_held(one)}",
        "To read both, write a mapping with “policylang map LOG --out mapping.yaml”, check it, and give it with --map. "
        f"To read “{first.sheet}” alone on purpose, add --sheet “{first.sheet}”.",
        place=Place(file=book.file, sheet=name, row=one.proposal.header.row),
    )


def _noted(book: Book, first: Proposal, one: Further) -> Finding:
    name = one.proposal.sheet
    sure = "says more" if one.joined else "may say more"
    return finding(
        "other-sheets-not-read",
        f"The sheet “{name}” {sure} of the same cases, and was not read: {shared(first, one)}. {_held(one)}",
        "To read it as well, let “policylang map LOG --out mapping.yaml” propose how to join it, and give --map.",
        place=Place(file=book.file, sheet=name, row=one.proposal.header.row),
    )


def _held(one: Further) -> str:
    made = one.proposal
    said = [
        f"“{column.heading.text}” (column {column.heading.letter}) for “{label(name)}”"
        for name, column in made.columns.items()
        if name != "reference"
    ]
    for question in made.questions:
        open_ = " or ".join(f"“{label(name)}”" for name in question.facts)
        said += [f"“{heading.text}” (column {heading.letter}), perhaps for {open_}" for heading in question.headings]
    said += [f"rows for “{label(name)}”" for name in made.events.known]
    words = len(made.events.asked) + len(made.events.unknown) + len(made.events.rare)
    said += [f"rows of {count(words, 'word')} that may be steps"] if words else []
    more = f" and {len(said) - _MOST} more" if len(said) > _MOST else ""
    return f"It holds {', '.join(said[:_MOST])}{more}." if said else "What it holds is open."
