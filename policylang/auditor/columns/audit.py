"""The columnar replay as the engine of an audit: the same outcomes, with the words of those that will be shown.

The columns decide every outcome. The words (the reason, the repair, the cells) are made by the reference, which thereby
confirms the decision; outcomes that nobody will see go without. Duties that the columns leave out, and cases under a
document that does not govern them, are judged by the reference throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from policylang.auditor.columns.codes import NAMES, NUMBERS, result_of
from policylang.auditor.columns.compile import compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.counting import counter
from policylang.auditor.duties import duties
from policylang.auditor.duty import Duty
from policylang.auditor.editions import Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result, Said
from policylang.auditor.replay_reference import judge, rule, rule_out
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case
from policylang.casebook.record import facts
from policylang.model.calendar import Calendar
from policylang.model.document import Document
from policylang.model.duration import settled_unit

Told = tuple[int, date | None, int | None]


class ReplaysDisagree(Exception):
    """The two replays said different things of one duty on one case: a fault of the program, never of the data."""


class ColumnReplay:
    """Every duty on every case of a log, judged at once; called for one case and document, it gives the outcomes.

    ``shown`` are the outcomes that need words. Calling it raises :class:`ReplaysDisagree` where the words of an outcome
    would contradict it.
    """

    def __init__(
        self,
        policy: Document | Sequence[Document] | None,
        codes: Sequence[Document],
        cases: Sequence[Case],
        as_at: date,
        settings: Settings,
        shown: Collection[Result] = tuple(Result),
    ) -> None:
        self.settings, self.shown = settings, frozenset(shown)
        compiled = compile_audit(policy, codes, as_at, settings)
        recorded = {name for case in cases for name in case.entries}
        judged = compiled(columns_of(cases, [name for name in facts() if name in recorded]))
        self._told: dict[tuple[str, str | None, str], list[Told]] = {}
        for column in compiled.columns:
            duty, nothing = column.duty, [None] * len(cases)
            values = (
                judged[column.name(what)].to_list() if what in column.outputs else nothing
                for what in ("reason", "due", "late")
            )
            self._told[duty.document, duty.provision, duty.name] = list(zip(*values, strict=True))

    def __call__(
        self, place: int, case: Knowledge, governing: Governing, calendar: Calendar, missing: Counter[tuple[str, str]]
    ) -> Iterator[Outcome]:
        """The outcomes of the case at a place of the log; ``missing`` counts what would have decided."""
        for duty in duties(governing.document):
            if governing.reason:
                yield rule_out(duty, case, calendar, governing.reason, governing.why)
                continue
            told = self._told.get((duty.document, duty.provision, duty.name))
            outcome, unknown = self._judge(duty, case, calendar, told[place] if told else None)
            for name in unknown if outcome.result is Result.CANNOT_TELL else ():
                missing[name, case.entry(name).state.value] += 1
            yield outcome

    def _judge(
        self, duty: Duty, case: Knowledge, calendar: Calendar, told: Told | None
    ) -> tuple[Outcome, tuple[str, ...]]:
        if told is None:
            return judge(duty, case, calendar)
        if result_of(told[0]) in self.shown:
            outcome, unknown = judge(duty, case, calendar)
            said = (NUMBERS[outcome.reason], outcome.due, outcome.late.by if outcome.late else None)
            if told != said:
                raise ReplaysDisagree(duty.name, case.case.reference, told, said)
            return outcome, unknown
        outcome = _plain(duty, case, told)
        if outcome.result is not Result.CANNOT_TELL:
            return outcome, ()
        bare, hours = (duty.clock.bare_days, duty.clock.hours_per_day) if duty.clock else (None, None)
        return outcome, rule(duty, case, counter(calendar, self.settings.day_one, bare, hours)).unknown


def _plain(duty: Duty, case: Knowledge, told: Told) -> Outcome:
    """The outcome without its words."""
    code, due, by = told
    late = None
    if by is not None and duty.clock is not None:
        late = Late(by, settled_unit(duty.clock.within.unit, duty.clock.bare_days).value)
    return Outcome.of(case.place, duty.owed, Said(result_of(code), NAMES[code], due, late=late))
