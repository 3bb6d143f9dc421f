"""The columnar replay as the engine of an audit: the same outcomes, with the words of those that will be shown.

The columns decide every outcome. The words (the reason, the repair, the cells) are made by the reference, which thereby
confirms the decision; outcomes that nobody will see go without. Duties that the columns leave out, and cases under a
document that does not govern them, are judged by the reference throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from policylang.auditor.case_by_case import Judged, case_outcomes, in_words
from policylang.auditor.columns.codes import NAMES, NUMBERS, result_of
from policylang.auditor.columns.compile import compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.counting import Counter as Count
from policylang.auditor.duty import Duty
from policylang.auditor.editions import Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result, Said
from policylang.auditor.replay_reference import rule
from policylang.auditor.settings import Settings
from policylang.auditor.telling import Key
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

        def judge(duty: Duty, count: Count, key: Key | None) -> Judged:
            told = self._told.get((duty.document, duty.provision, duty.name))
            return self._judge(duty, case, count, key, told[place] if told else None)

        return case_outcomes(case, governing, calendar, missing, judge)

    def _judge(self, duty: Duty, case: Knowledge, count: Count, key: Key | None, told: Told | None) -> Judged:
        if key is None and told is not None and result_of(told[0]) not in self.shown:
            return self._plain(duty, case, count, told)
        made, unknown = in_words(duty, case, count, key)
        said = (NUMBERS[made.reason], made.due, made.late.by if made.late else None)
        if told is not None and told != said:
            raise ReplaysDisagree(duty.name, case.case.reference, told, said)
        return made, unknown

    def _plain(self, duty: Duty, case: Knowledge, count: Count, told: Told) -> Judged:
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
