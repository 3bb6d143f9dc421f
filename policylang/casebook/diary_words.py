"""The words of a column of events: how often each occurs, and which step of a complaint it may stand for.

A word stands for an event only where it means that and nothing else. Whatever is merely near is asked, and whatever is
not known is counted and left to a person; "Closed" is the closing and never the response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from policylang.casebook.grid import Cell, Content, Row, Sheet, text_of
from policylang.casebook.headings import Header, all_rows
from policylang.casebook.proposal import AskedWord, ProposedEvents, SeenWord
from policylang.casebook.record import Match, facts, heading_key, match, match_listed
from policylang.casebook.rows import Judge
from policylang.findings.words import count

SHARED_BY = 3
"""A word that this many cases share is a word of the log, and cannot be about one person; others are not repeated."""
LONGEST = 60
_MOST = 100
_HOW = re.compile(
    r" (?:(?:by|via|from|to|with|in|at|on) )+(?:the )?"
    r"(?:complainant|customer|email|e mail|letter|mail|office|person|phone|portal|post|resident|telephone|tenant|web"
    r"|web form|website|webform|writing)$"
)


@cache
def meanings(key: str, *, near: bool = True) -> tuple[Match, ...]:
    """The events that a word with this key may stand for; sure only where it means one of them and nothing else.

    Without ``near`` nothing is looked for that is only spelt or worded alike: that takes milliseconds a word.
    """
    found = _events(match_listed(key))
    if found:
        return found
    shorter = _HOW.sub("", key)
    if shorter != key and (found := _events(match_listed(shorter))):
        return tuple(Match(one.fact, False, f"“{shorter}” with how or to whom") for one in found)
    return _events(match(key)) if near else ()


def is_step(key: str) -> bool:
    """Whether a word with this key means one event and nothing else: quick, as nothing near is looked for."""
    return any(one.sure for one in _events(match_listed(key)))


def _events(found: tuple[Match, ...]) -> tuple[Match, ...]:
    events = [one for one in found if facts()[one.fact].kind == "event"]
    return tuple(Match(one.fact, one.sure, one.why.replace("the heading", "the word")) for one in events)


@dataclass(slots=True)
class _Tally:
    word: str
    row: int
    rows: int = 0
    days: dict[str, set[object]] = field(default_factory=dict)  # by case


def read_words(sheet: Sheet, header: Header, reference: int, event: int, when: int) -> ProposedEvents:
    """Every word of the column ``event`` over the whole sheet, with what it may stand for. Raises ``Problem``."""
    tallies: dict[str, _Tally] = {}
    columns = (reference, event, max(when, 0))
    for row in _rows(sheet, header, reference, when):
        case, said, day = row.contents(columns)
        word = text_of(said)
        key = heading_key(word)
        if not key:
            continue
        tally = tallies.get(key) or tallies.setdefault(key, _Tally(" ".join(word.split()), row.number))
        tally.rows += 1
        tally.days.setdefault(" ".join(text_of(case).split()).casefold(), set()).add(_day(day))
    made = ProposedEvents()
    for place, (key, tally) in enumerate(sorted(tallies.items(), key=lambda one: (-one[1].rows, one[1].row))):
        repeated = sum(len(days) > 1 for days in tally.days.values())
        seen = SeenWord(tally.word, tally.rows, len(tally.days), repeated, tally.row)
        _sort(made, key, seen, near=place < _MOST and len(key) <= LONGEST)
    made.rare.sort()
    return made


def _rows(sheet: Sheet, header: Header, reference: int, when: int) -> Iterator[Row]:
    judge = Judge(header, reference, when)
    for row in all_rows(sheet):
        if row.number > header.row and judge.why_not_a_case(row) is None:
            yield row


def _day(content: Content) -> object:
    return content.value if isinstance(content, Cell) else content


def _sort(made: ProposedEvents, key: str, seen: SeenWord, *, near: bool) -> None:
    found = meanings(key, near=near)
    if len(found) == 1 and found[0].sure:
        fact = facts()[found[0].fact]
        other = f"stage2_{fact.name}"
        if fact.stage == 1 and "stage 1" not in key and seen.repeated and other in facts():
            why = (
                f"it names no stage, and {count(seen.repeated, 'case has', 'cases have')} it on more than one day: if "
                "some of these rows are stage 2, the log must name the stage in the word"
            )
            made.asked.append(AskedWord(seen, (fact.name, other), why))
        else:
            made.known.setdefault(fact.name, []).append(seen)
    elif found:
        made.asked.append(AskedWord(seen, tuple(one.fact for one in found), found[0].why))
    elif seen.cases >= SHARED_BY and len(seen.word) <= LONGEST and len(made.unknown) < _MOST:
        made.unknown.append(seen)
    else:
        made.rare.append(seen.row)
