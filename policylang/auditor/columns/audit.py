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
from policylang.auditor.counting import Counter as Count
from policylang.auditor.duties import counted_duties, duties
from policylang.auditor.duty import Duty
from policylang.auditor.editions import Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result, Said
from policylang.auditor.replay_reference import rule, rule_out
from policylang.auditor.settings import Settings
from policylang.auditor.telling import alike, beforehand, outcome
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
        self._by_document: dict[str, list[tuple[Duty, Count, list[Told] | None]]] = {}
        self._bare: dict[Told, Said] = {}
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
        if governing.reason:
            for duty in duties(governing.document):
                yield rule_out(duty, case, calendar, governing.reason, governing.why)
            return
        clean = case.clean
        for duty, count, told in self._of(governing.document, calendar):
            key = beforehand(duty, case) if clean else None
            known = duty.alike.get(key) if key is not None else None
            if known is not None and (told is None or NUMBERS[known[0].reason] == told[place][0]):
                made, unknown = Outcome.of(case.place, duty.owed, known[0]), known[1]
            elif key is None and told is not None and result_of(told[place][0]) not in self.shown:
                made, unknown = self._plain(duty, case, count, told[place])
            else:
                made, unknown = self._in_words(duty, case, count, told[place] if told else None, key)
            if unknown and made.result is Result.CANNOT_TELL:
                for name in unknown:
                    missing[name, case.entry(name).state.value] += 1
            yield made

    def _of(self, document: Document, calendar: Calendar) -> list[tuple[Duty, Count, list[Told] | None]]:
        """The duties of a document, each with its counter and what the columns decided on every case."""
        found = self._by_document.get(document.id)
        if found is None:
            found = self._by_document[document.id] = [
                (duty, count, self._told.get((duty.document, duty.provision, duty.name)))
                for duty, count in counted_duties(document, calendar, self.settings.day_one)
            ]
        return found

    def _in_words(
        self, duty: Duty, case: Knowledge, count: Count, told: Told | None, key: tuple[object, ...] | None
    ) -> tuple[Outcome, tuple[str, ...]]:
        ruling = rule(duty, case, count)
        found = outcome(duty, ruling, case, count)
        said = (NUMBERS[found.reason], found.due, found.late.by if found.late else None)
        if told is not None and told != said:
            raise ReplaysDisagree(duty.name, case.case.reference, told, said)
        if key is not None and alike(ruling, case) is not None:
            duty.alike[key] = (found.said, ruling.unknown)
        return found, ruling.unknown

    def _plain(self, duty: Duty, case: Knowledge, count: Count, told: Told) -> tuple[Outcome, tuple[str, ...]]:
        """The outcome without its words; outcomes that name no day share what is said."""
        said = self._bare.get(told)
        if said is None:
            code, due, by = told
            late = None
            if by is not None and duty.clock is not None:
                late = Late(by, settled_unit(duty.clock.within.unit, duty.clock.bare_days).value)
            said = Said(result_of(code), NAMES[code], due, late=late)
            if due is None and by is None:
                self._bare[told] = said
        unknown = rule(duty, case, count).unknown if said.result is Result.CANNOT_TELL else ()
        return Outcome.of(case.place, duty.owed, said), unknown
