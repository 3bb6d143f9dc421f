"""What is noted of outcomes that cannot be told: what would have decided them, and what the dates show all the same.

The reference says it of each; of letters whose contents are not recorded, once for all cases that record the same of
them, since there are very many.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Sequence

from policylang.auditor.case_by_case import Noted
from policylang.auditor.columns.codes import NUMBERS, result_of
from policylang.auditor.columns.compile import Column
from policylang.auditor.columns.ledger import Block, Ledger
from policylang.auditor.duty import DutyKind
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.not_governed import rule_out
from policylang.auditor.outcome import Result
from policylang.auditor.replay_reference import rule
from policylang.auditor.ruling import Ruling
from policylang.auditor.step import Shown, Step, counted, may_show, step_of
from policylang.auditor.telling import bare
from policylang.casebook.cases import ABSENT, Case, EntryState
from policylang.casebook.record import facts

_ALIKE = {DutyKind.CONTENT: "content-unknown", DutyKind.NOT_REFUSED: "deed-unknown"}
"""What is said alike of all cases that record the same of a letter, whatever the days."""
_MISSED = NUMBERS["aim-missed"]
_STATES = {state: place for place, state in enumerate(EntryState)}


def note(ledger: Ledger, block: Block, noted: Noted) -> None:
    """Notes what there is to note of the cases of one block."""
    states = _States(ledger.cases[block.first : block.first + block.judged.height])
    for column, rows in block.hits((column, _alike_codes(column)) for column in ledger.columns):
        _alike(ledger, block, column, rows, states, noted)
    apart = block.hits((column, _codes_apart(column)) for column in ledger.columns)
    missed = dict(_missed(ledger, block))
    for row, place in sorted({*((row, column.place) for column, rows in apart for row in rows), *missed}):
        if (row, place) in missed and (step := missed[row, place]) is not None:
            noted.steps.append((ledger.columns[place].duty.event or "", step))
            continue
        duty, count, case = ledger.columns[place].duty, ledger.counts[place], ledger.known(block.first + row)
        governing = ledger.groups[ledger.columns[place].group].governing(case.case, ledger.as_at)
        if governing.reason:  # no document is known to judge it
            step = rule_out(duty, case, ledger.calendars[duty.document], governing)[1]
        else:
            ruling = rule(duty, case, count)
            if ruling.result is Result.CANNOT_TELL:
                _missing(ruling, case, 1, noted)
            step = step_of(bare(duty, ruling, case, count), duty, ruling, case, count)
        if step is not None:
            noted.steps.append((duty.event or duty.root, step))


def _missed(ledger: Ledger, block: Block) -> Iterator[tuple[tuple[int, int], Step | None]]:
    """The aims that were missed for certain, which is all that there is to say of them; None where the log does not
    date the deed to the day, so that the reference has to say by how much."""
    timed = [column for column in ledger.columns if may_show(column.duty, Result.NOT_APPLICABLE, "aim-missed")]
    for column, rows in block.hits((column, [_MISSED]) for column in timed):
        duty, count = column.duty, ledger.counts[column.place]
        for row in rows:
            made = ledger.plain(block.first + row, column)
            step = None
            if made is not None and made.due and made.actual and duty.clock is not None:
                by = counted(count, made.due, made.actual, duty.clock)
                late = count.in_units(by, duty.clock.within)
                step = Step(Shown.MISSED, made, (), duty.binding, made.due, made.actual, late)
            yield (row, column.place), step


def _alike_codes(column: Column) -> list[int]:
    reason = _ALIKE.get(column.duty.kind)
    return [] if reason is None else [NUMBERS[reason]]


def _codes_apart(column: Column) -> list[int]:
    """The reasons for which a case is to be looked at by itself."""
    timed = column.duty.kind is DutyKind.TIMED and column.duty.clock is not None
    alike = (_ALIKE.get(column.duty.kind), None if timed else "receipt-unknown")
    return [
        number
        for name, number in NUMBERS.items()
        if (result_of(number) is Result.CANNOT_TELL and name not in alike)
        or (name != "aim-missed" and may_show(column.duty, result_of(number), name))
    ]


def _missing(ruling: Ruling, case: Knowledge, times: int, noted: Noted) -> None:
    for name in ruling.unknown:
        noted.missing[name, case.entry(name).state.value] += times


def _alike(ledger: Ledger, block: Block, column: Column, rows: Sequence[int], states: _States, noted: Noted) -> None:
    """What would have shown the contents of a letter hangs on what is recorded of them, and on no day; and so whether
    there was a refusal."""
    duty = column.duty
    read = dict.fromkeys((*duty.facts, duty.event or duty.root, "extended_to", "stage2_extended_to"))
    told = [states.of(name) for name in read]
    keys = list(zip(*([each[row] for row in rows] for each in told), strict=True))
    some = dict(zip(keys, rows, strict=True))
    for key, number in Tally(keys).items():
        case = ledger.known(block.first + some[key])
        _missing(rule(duty, case, ledger.counts[column.place]), case, number, noted)


class _States:
    """What is recorded of facts in every case."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._records = [case.all_unplaced() for case in cases]
        self._known: dict[str, list[int]] = {}

    def of(self, name: str) -> list[int]:
        """A number for each case; equal only where the cases record the same of the fact, but for the days of an event,
        which may differ."""
        found = self._known.get(name)
        if found is None:
            entries = [record.get(name, ABSENT) for record in self._records]
            event = facts()[name].kind == "event"
            found = [_STATES[entry.state] for entry in entries] if event else list(map(id, entries))
            self._known[name] = found
        return found
