"""What there is to say about the rows of a log of events."""

from __future__ import annotations

from policylang.casebook.cases import Entry
from policylang.casebook.headings import Heading
from policylang.casebook.mapping import STAGE
from policylang.casebook.record import facts, heading_key
from policylang.casebook.rules import finding
from policylang.casebook.tables import Table
from policylang.findings.finding import Finding
from policylang.findings.words import count

_MOST = 12
_CASES = 3
"""A word that this many cases share is a word of the log, and cannot be about one person; others are not repeated."""
_WORD = 60


def unknown_words(table: Table, heading: Heading, rows: list[tuple[int, str, str]]) -> Finding:
    """Words of the event column that the mapping neither reads nor leaves out: ``rows`` are row, word, reference."""
    cases: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for _, word, reference in rows:
        key = heading_key(word)
        first.setdefault(key, word)
        cases.setdefault(key, set()).add(reference)
    shared = [key for key, found in cases.items() if len(found) >= _CASES and len(first[key]) <= _WORD]
    shared.sort(key=lambda key: -len(cases[key]))
    listed = ", ".join(f"“{first[key]}” ({count(len(cases[key]), 'case')})" for key in shared[:_MOST])
    rest = [number for number, word, _ in rows if heading_key(word) not in shared[:_MOST]]
    addresses = ", ".join(f"{heading.letter}{number}" for number in rest[:_MOST])
    more = f" and {len(rest) - _MOST} more" if len(rest) > _MOST else ""
    said = "; ".join(part for part in (listed, f"cells {addresses}{more}" if rest else "") if part)
    stage = table.mapping.columns.get(STAGE)
    staged = f" Words begin with the stage that stands under “{stage.heading}”, as in “Stage 1 …”." if stage else ""
    return finding(
        "event-word-unknown",
        f"Under “{heading.text}” {count(len(rows), 'row names', 'rows name')} events that the mapping does not: "
        f"{said}.",
        "Put each under “events:” with the fact that it is, or under “ignore-events:” if it is none. If all others are "
        f"none, say “other-events: ignore”.{staged}",
        place=table.place(rows[0][0]),
    )


def without_event(table: Table, rows: list[int]) -> Finding:
    """Rows with a reference and no event."""
    listed = ", ".join(str(number) for number in rows[:_MOST])
    more = f" and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
    return finding(
        "event-not-named",
        f"{count(len(rows), 'row names', 'rows name')} no event: {'row' if len(rows) == 1 else 'rows'} {listed}{more}. "
        "No missing row of the log is taken to mean that something was not done.",
        "Write in each row what it records.",
        place=table.place(rows[0]),
    )


def repeated(table: Table, fact: str, entries: list[Entry]) -> Finding:
    """Cases that record one event on several days."""
    return finding(
        "event-repeated",
        f"{count(len(entries), 'case records', 'cases record')} “{facts()[fact].label}” on more than one day, so it is "
        f"open which day counts: {_cells(entries)}.",
        f"If the first or the last always counts, say so in the mapping, as in “{fact}: {{words: […], take: first}}”. "
        "Until then a duty is decided only where every day between them leads to the same outcome.",
        place=table.place(entries[0].cell.row if entries[0].cell else None),
    )


def disagreeing(table: Table, fact: str, entries: list[Entry]) -> Finding:
    """Cases whose rows say different things under one heading."""
    return finding(
        "rows-disagree",
        f"The rows of {count(len(entries) // 2, 'case')} do not agree on “{facts()[fact].label}”, so it is taken as "
        f"unknown: {_cells(entries)}.",
        "Make the rows of each case say the same, or leave the column out of the mapping.",
        place=table.place(entries[0].cell.row if entries[0].cell else None),
    )


def _cells(entries: list[Entry]) -> str:
    addresses = [f"{entry.cell.column}{entry.cell.row}" for entry in entries if entry.cell]
    more = f" and {len(addresses) - _MOST} more" if len(addresses) > _MOST else ""
    return ("cell " if len(addresses) == 1 else "cells ") + ", ".join(addresses[:_MOST]) + more
