"""The words of a column of events: how often each occurs, and which step of a complaint it may stand for.

A word stands for an event only where it means that and nothing else. Whatever is merely near is asked, and whatever is
not known is counted and left to a person; "Closed" is the closing and never the response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from policylang.casebook.diary_stages import StageTwo, at_stage_2, begun, why_asked
from policylang.casebook.diary_word import whole_word
from policylang.casebook.grid import Content, Row, Sheet, text_of
from policylang.casebook.headings import Header, all_rows, speaks_of_stage_2
from policylang.casebook.proposal import AskedWord, ProposedEvents, SeenWord
from policylang.casebook.record import Match, facts, heading_key, match, match_listed
from policylang.casebook.rows import Judge

SHARED_BY = 3
"""A word that this many cases share is a word of the log, and cannot be about one person; others are not repeated."""
LONGEST = 60
_MOST = 100
_STAGE = re.compile(r"^stage [12] ")
_AT_STAGE_2 = re.compile(r"\bstage 2\b|\bescalat")
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
    alone = _STAGE.sub("", key)
    if alone != key and (found := tuple(one for one in _events(match_listed(alone)) if facts()[one.fact].stage != 1)):
        # "Stage 1 Escalation requested" is the request, wherever it is filed; whether "Stage 1 Closed" closes the case
        # is open.
        at = f"“{alone}” at one stage"
        return tuple(
            Match(o.fact, o.sure, o.why) if facts()[o.fact].stage == 2 else Match(o.fact, False, at) for o in found
        )
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
    days: dict[str, set[Content]] = field(default_factory=dict)  # by case, as they stand in the cells


def read_words(
    sheet: Sheet, header: Header, reference: int, event: int, when: int, stage: int | None = None
) -> ProposedEvents:
    """Every word of the column ``event`` over the whole sheet, with what it may stand for; with the word of the column
    ``stage`` before it, where there is one. Raises ``Problem``."""
    tallies: dict[str, _Tally] = {}
    columns = (reference, event, max(when, 0), *(() if stage is None else (stage,)))
    for row in _rows(sheet, header, reference, when):
        case, said, day, *at = row.contents(columns)
        word = whole_word(said, *at)
        key = heading_key(word)
        if not key:
            continue
        tally = tallies.get(key) or tallies.setdefault(key, _Tally(word, row.number))
        tally.rows += 1
        tally.days.setdefault(" ".join(text_of(case).split()).casefold(), set()).add(day)
    ordered = sorted(tallies.items(), key=lambda one: (-one[1].rows, one[1].row))
    found = {key: meanings(key, near=n < _MOST and len(key) <= LONGEST) for n, (key, _) in enumerate(ordered)}
    second = [tally.days for key, tally in ordered if _AT_STAGE_2.search(key) or _of_stage_2(found[key])]
    begins = StageTwo(second, (day for _, tally in ordered for days in tally.days.values() for day in days))
    named = speaks_of_stage_2(sheet.name)
    made = ProposedEvents(stage_2=begins.starts)
    for key, tally in ordered:
        repeated = sum(map(begins.different, tally.days.values()))
        seen = SeenWord(tally.word, tally.rows, len(tally.days), repeated, tally.row)
        fact = found[key][0].fact if len(found[key]) == 1 and found[key][0].sure else ""
        other = at_stage_2(fact) if fact and "stage 1" not in key else None
        lasts = begins.last_days(tally.days) if other else {}
        after = begun(begins.starts, lasts)
        if other and (repeated or after or named):
            why = why_asked(repeated, after, sheet=named)
            made.asked.append(AskedWord(seen, (fact, other), why))
        else:
            _sort(made, seen, found[key])
            if other:
                made.unstaged[seen] = lasts
    made.rare.sort()
    return made


def _rows(sheet: Sheet, header: Header, reference: int, when: int) -> Iterator[Row]:
    judge = Judge(header, reference, when)
    for row in all_rows(sheet):
        if row.number > header.row and judge.why_not_a_case(row) is None:
            yield row


def _of_stage_2(found: tuple[Match, ...]) -> bool:
    return any(facts()[one.fact].stage == 2 for one in found)


def _sort(made: ProposedEvents, seen: SeenWord, found: tuple[Match, ...]) -> None:
    if len(found) == 1 and found[0].sure:
        made.known.setdefault(found[0].fact, []).append(seen)
    elif found:
        made.asked.append(AskedWord(seen, tuple(one.fact for one in found), found[0].why))
    elif seen.cases >= SHARED_BY and len(seen.word) <= LONGEST and len(made.unknown) < _MOST:
        made.unknown.append(seen)
    else:
        made.rare.append(seen.row)
