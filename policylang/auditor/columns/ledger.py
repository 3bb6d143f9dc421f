"""The outcomes of an audit by columns: what each came to is at hand, and the outcome itself is made when asked for.

The reference makes it, with its words, and thereby confirms what the columns decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from policylang.auditor.case_by_case import Noted, case_outcomes, in_words
from policylang.auditor.columns.codes import NAMES, NUMBERS, RESULTS, result_of
from policylang.auditor.columns.compile import Column
from policylang.auditor.counting import Counter as Count
from policylang.auditor.duty import DutyKind
from policylang.auditor.editions import Editions
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.not_governed import rule_out
from policylang.auditor.outcome import Outcome, Owed, Result, Said
from policylang.auditor.outcomes import Counted, Entered, Wanted, merged
from policylang.auditor.places import CasePlace
from policylang.auditor.replay_reference import rule
from policylang.auditor.settings import Settings
from policylang.auditor.telling import bare
from policylang.casebook.cases import Case
from policylang.model.calendar import Calendar

_Entry = tuple[Owed, tuple[object, ...]]
Key = tuple[int, int]
"""The place of a case in the log, and that of a duty among the columns."""
_DEEDS = (DutyKind.TIMED, DutyKind.EXTENSION_NOTIFIED)


class ReplaysDisagree(Exception):
    """The two replays said different things of one duty on one case: a fault of the program, never of the data."""


@dataclass(slots=True)
class Block:
    """Cases that were judged at once: the place of the first in the log, and their outcomes in columns."""

    first: int
    judged: pl.DataFrame

    def codes(self, column: Column) -> pl.Series:
        """The reasons to which one duty came."""
        return self.judged.get_column(column.name("reason"))

    def hits(self, wanted: Iterable[tuple[Column, Collection[int]]]) -> list[tuple[Column, list[int]]]:
        """The rows in which each duty came to one of the reasons given for it; duties without any are left out."""
        asked = [(column, list(codes)) for column, codes in wanted if codes]
        found = self.judged.select(
            pl.col(column.name("reason")).is_in(codes).fill_null(False).arg_true().implode() for column, codes in asked
        )
        rows = zip(asked, found.row(0), strict=True) if asked else ()
        return [(column, mine) for (column, _), mine in rows if mine]


@dataclass(slots=True)
class Ledger:
    """Every duty on every case (see :class:`policylang.auditor.outcomes.Outcomes`).

    ``counts`` are the counters of the columns, by their places. Making an outcome raises :class:`ReplaysDisagree` where
    it would contradict what is entered.
    """

    columns: tuple[Column, ...]
    counts: dict[int, Count]
    cases: Sequence[Case]
    groups: Sequence[Editions]
    calendars: dict[str, Calendar]
    as_at: date
    settings: Settings
    blocks: list[Block] = field(default_factory=list)
    _known: tuple[int, Knowledge] | None = field(default=None, init=False, repr=False)

    def known(self, row: int) -> Knowledge:
        """What is known of the case at a place of the log; made once while the same case is asked for."""
        if self._known is None or self._known[0] != row:
            self._known = row, Knowledge(self.cases[row], self.as_at, self.settings)
        return self._known[1]

    def __len__(self) -> int:
        return sum(row.results.total() for row in self.counted())

    def __iter__(self) -> Iterator[Outcome]:
        noted = Noted()
        for block in self.blocks:
            for n, values in enumerate(block.judged.iter_rows()):
                case, entries = self.known(block.first + n), self._entries(values)
                for group in self.groups:
                    governing = group.governing(case.case, self.as_at)
                    for outcome in case_outcomes(case, governing, self.calendars[governing.document.id], noted):
                        yield self._confirmed(outcome, next(entries, None))
                if (left := next(entries, None)) is not None:
                    raise ReplaysDisagree(case.case.reference, left)

    def counted(self) -> list[Counted]:
        """Every duty of a document, in the order in which they first come up."""
        told: dict[int, dict[tuple[Result, str], int]] = {}
        first: dict[int, int] = {}
        for block in self.blocks:
            for column in self.columns:
                codes = block.codes(column)
                mine = told.setdefault(column.place, {})
                for code, number in codes.drop_nulls().value_counts().iter_rows():
                    key = (result_of(code), NAMES[code])
                    mine[key] = mine.get(key, 0) + number
                if mine and column.place not in first:
                    first[column.place] = block.first + int(codes.is_not_null().arg_max() or 0)
        places = sorted(first, key=lambda place: (first[place], place))
        return merged((self.columns[place].duty.owed, told[place].items()) for place in places)

    def entered(self, wanted: Wanted | None = None, results: Collection[Result] = tuple(Result)) -> Iterator[Entered]:
        """What outcomes came to, in their order: all, or those of the duties wanted, or of these results."""
        columns = [column for column in self.columns if wanted is None or wanted(column.duty.owed)]
        names = {code: (result_of(code), name) for code, name in NAMES.items() if result_of(code) in results}
        if len(results) < len(RESULTS):
            for row, place in self.places(columns, names):
                column = self.columns[place]
                block = self._block(row)
                code = block.codes(column)[row - block.first]
                yield Entered((row, place), self.cases[row].reference, column.duty.owed, *names[code])
            return
        for block in self.blocks:
            codes = [block.codes(column).to_list() for column in columns]
            for row in range(block.judged.height):
                reference = self.cases[block.first + row].reference
                for column, mine in zip(columns, codes, strict=True):
                    if (code := mine[row]) is not None:
                        key = (block.first + row, column.place)
                        yield Entered(key, reference, column.duty.owed, *names[code])

    def among(self, results: Collection[Result], reasons: Collection[str] = ()) -> Iterator[Outcome]:
        """The outcomes of these results, and those for these reasons, in their order."""
        codes = {number for name, number in NUMBERS.items() if result_of(number) in results or name in reasons}
        if len(results) == len(RESULTS):
            yield from self
            return
        for key in self.places(self.columns, codes):
            yield self.at(key)

    def decided(self, result: Result) -> Iterator[tuple[Key, Outcome]]:
        """The outcomes of one result without their words, each with the key for :meth:`at`."""
        for row, place in self.places(self.columns, [number for number in NAMES if result_of(number) is result]):
            yield (row, place), self.plain(row, self.columns[place]) or self._made(row, place, words=False)

    def plain(self, row: int, column: Column) -> Outcome | None:
        """The outcome without its words out of what is entered, where that is a deadline and the log dates the deed to
        the day; else None."""
        duty, case = column.duty, self.cases[row]
        if duty.event is None or duty.clock is None or duty.kind not in _DEEDS:
            return None
        done = case.day(duty.event)
        if done is None or done > self.as_at:
            return None
        code, due, by = self._values(row, column)
        if due is None:
            return None
        said = Said(result_of(code), NAMES[code], due, done, self.counts[column.place].in_units(by, duty.clock.within))
        return Outcome.of(CasePlace(case, self.settings.not_done), duty.owed, said)

    def at(self, key: Key) -> Outcome:
        """The outcome that was entered under this key."""
        return self._made(*key)

    def brief(self, key: Key) -> Outcome:
        """The same, perhaps without its words."""
        return self.plain(key[0], self.columns[key[1]]) or self.at(key)

    def places(self, columns: Sequence[Column], codes: Collection[int]) -> Iterator[Key]:
        """Where duties came to one of these reasons, case by case."""
        for block in self.blocks:
            hits = block.hits((column, codes) for column in columns)
            yield from sorted((block.first + row, column.place) for column, rows in hits for row in rows)

    def _made(self, row: int, place: int, *, words: bool = True) -> Outcome:
        column, case = self.columns[place], self.known(row)
        duty = column.duty
        governing = self.groups[column.group].governing(case.case, self.as_at)
        if governing.reason:
            calendar = self.calendars[governing.document.id]
            made = rule_out(duty, case, calendar, governing)[0]
        else:
            count = self.counts[place]
            made = in_words(duty, case, count, None)[0] if words else bare(duty, rule(duty, case, count), case, count)
        return self._confirmed(made, (duty.owed, self._values(row, column)))

    def _values(self, row: int, column: Column) -> tuple[Any, ...]:
        """What is entered of a duty: its reason, and of one with a deadline its due date and lateness."""
        block = self._block(row)
        return tuple(block.judged.get_column(name)[row - block.first] for name in told(column))

    def _block(self, row: int) -> Block:
        return next(each for each in reversed(self.blocks) if each.first <= row)

    def _entries(self, values: Sequence[object]) -> Iterator[_Entry]:
        """The entries of a row of a block, of the duties that were judged at all."""
        at = 0
        for column in self.columns:
            mine = tuple(values[at : at + len(told(column))])
            at += len(mine)
            if mine[0] is not None:
                yield column.duty.owed, mine

    def _confirmed(self, made: Outcome, entry: _Entry | None) -> Outcome:
        said = (NUMBERS[made.reason], made.due, made.late.by if made.late else None)
        if entry is None or entry[0] is not made.owed or entry[1] != said[: len(entry[1])]:
            raise ReplaysDisagree(made.duty, made.case, entry, said)
        return made


def told(column: Column) -> list[str]:
    """The columns in which the outcomes of a duty are entered; what it came to follows from its reason."""
    return [column.name(what) for what in column.outputs if what != "outcome"]
