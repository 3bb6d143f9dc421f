"""A policy and its codes compiled: a pure function from a batch of cases to a batch of outcomes.

:class:`CompiledAudit` can be pickled and sent to another process; what it gives depends on nothing but itself and the
batch. Duties that columns cannot judge exactly as the reference does are listed in ``not_compiled``, each with the
reason; they get no columns, and whoever calls judges them with the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from policylang.auditor.columns.codes import outcome_of
from policylang.auditor.columns.conditions import NotCompiled
from policylang.auditor.columns.editions import EVERYWHERE, Edition, governed
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.layout import is_state
from policylang.auditor.columns.rules import check, judge
from policylang.auditor.columns.sheet import Sheet
from policylang.auditor.duty import Duty
from policylang.auditor.editions import Editions
from policylang.auditor.settings import Settings
from policylang.model.calendar import Calendar
from policylang.model.document import Document


@dataclass(frozen=True)
class Column:
    """One duty of one document, and the place of its columns: ``"7.outcome"``, ``"7.reason"`` and, where the duty has a
    deadline, ``"7.due"`` and ``"7.late"``."""

    place: int
    duty: Duty
    group: int
    edition: int

    def name(self, what: str) -> str:
        """The name of one of its columns."""
        return f"{self.place}.{what}"

    @property
    def outputs(self) -> tuple[str, ...]:
        """Which columns it has."""
        return ("outcome", "reason", "due", "late") if self.duty.clock is not None else ("outcome", "reason")


@dataclass
class CompiledAudit:
    """Every duty of a policy (in its versions) and of codes (in their editions), ready to judge batches.

    Called with a frame in the layout of :mod:`policylang.auditor.columns.layout`, it returns a frame with the
    ``reference`` (where the batch has one) and for each duty its columns: ``outcome`` and ``reason`` (numbers of
    :mod:`policylang.auditor.columns.codes`; null where another edition judges the case), and where the duty has a
    deadline ``due`` (a date) and ``late`` (how late, in the unit of the duty's own clock).
    """

    as_at: date
    settings: Settings
    columns: tuple[Column, ...]
    not_compiled: tuple[tuple[Duty, str], ...]
    groups: tuple[tuple[tuple[Edition, ...], bool], ...]
    calendars: dict[str, Calendar]
    _sheets: dict[tuple[frozenset[str], frozenset[str]], Sheet] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, cases: pl.DataFrame) -> pl.DataFrame:
        """The outcomes of a batch, row by row."""
        wanted = [name for column in self.columns for name in map(column.name, column.outputs)]
        judged = self.sheet(cases).run(cases)
        return judged.select([*(["reference"] if "reference" in cases.columns else []), *wanted])

    def inputs(self, cases: pl.DataFrame) -> frozenset[str]:
        """Those columns of a batch that the outcomes rest on, with the reference."""
        sheet = self.sheet(cases)
        found = sheet.inputs()
        # A batch of these columns alone needs no other expressions.
        self._sheets.setdefault((found, sheet.complete & found), sheet)
        return found

    def sheet(self, cases: pl.DataFrame) -> Sheet:
        """The expressions for batches with these columns."""
        columns = frozenset(cases.columns)
        complete = frozenset(series.name for series in cases if is_state(series.name) and not series.null_count())
        found = self._sheets.get((columns, complete))
        if found is None:
            found = self._sheets[columns, complete] = self._compiled(columns, complete)
        return found

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_sheets": {}}

    def _compiled(self, columns: frozenset[str], complete: frozenset[str]) -> Sheet:
        sheet = Sheet(columns, complete)
        case = Knowledge(sheet, self.as_at, self.settings)
        judging = [governed(editions, case, always=always) for editions, always in self.groups]
        for column in self.columns:
            group = judging[column.group]
            governs = group[column.edition] if group is not None else EVERYWHERE
            found = judge(column.duty, case, self.calendars[column.duty.document], governs)
            code = sheet.output(column.name("reason"), found.code)
            sheet.output(column.name("outcome"), outcome_of(code))
            if "due" in column.outputs:
                sheet.output(column.name("due"), found.due.cast(pl.Date))
                sheet.output(column.name("late"), found.late)
        return sheet


def compile_audit(
    policy: Document | Sequence[Document] | None,
    codes: Sequence[Document],
    as_at: date,
    settings: Settings | None = None,
) -> CompiledAudit:
    """Compile what :func:`policylang.auditor.audit.audit` would judge, with the same meaning of every argument.

    Raises :class:`~policylang.model.calendar.UnknownCalendar` as it does.
    """
    from policylang.auditor.audit import groups_of, working_calendar

    settings = settings or Settings()
    groups = groups_of(policy, codes, settings)
    calendars = {d.id: working_calendar(d, settings) for group in groups for d in group.documents}
    return compile_groups(groups, calendars, as_at, settings)


def compile_groups(
    groups: Iterable[Editions], calendars: dict[str, Calendar], as_at: date, settings: Settings
) -> CompiledAudit:
    """The same of documents that are together in their groups; ``calendars`` are theirs, by their ids."""
    from policylang.auditor.duties import duties
    from policylang.auditor.editions import span_of

    columns: list[Column] = []
    left: list[tuple[Duty, str]] = []
    spans: list[tuple[tuple[Edition, ...], bool]] = []
    for g, group in enumerate(groups):
        editions = tuple(Edition(d.id, d.kind, *span_of(d)) for d in group.documents)
        always = group.any_date or (len(group.documents) == 1 and group.documents[0].in_force is None)
        spans.append((editions, always))
        for e, document in enumerate(group.documents):
            for duty in duties(document):
                try:
                    check(duty)
                except NotCompiled as why:
                    left.append((duty, str(why)))
                else:
                    columns.append(Column(len(columns), duty, g, e))
    return CompiledAudit(as_at, settings, tuple(columns), tuple(left), tuple(spans), calendars)
