"""Control totals: what was read, judged and set aside, and what every duty came to, so that the figures can be tied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.outcome import Outcome
from policylang.casebook.cases import CaseBook
from policylang.evidence.join import CODE, NOT_GOVERNED, DutyPractice, duties_of
from policylang.evidence.tally import Tally

_A_ROW = re.compile(r"\brow [\d,]+")


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """The account of a run.

    ``reconciles``: rows read are the cases judged and the rows set aside, and nothing else; ``None`` without a log.
    ``duties`` and ``aims`` together hold every outcome once. ``first_received`` and ``last_received`` bound the dates
    of receipt that could be read.
    """

    rows_read: int
    judged: int
    set_aside: int
    set_aside_why: tuple[tuple[str, int], ...]
    hidden_rows: int
    reconciles: bool | None
    first_received: date | None
    last_received: date | None
    received_unknown: int
    not_governed: int  # cases that no edition of a code given was in force for
    outcomes: Tally
    duties: tuple[DutyPractice, ...]
    aims: tuple[DutyPractice, ...] = ()

    @property
    def outcome_count(self) -> int:
        """Every outcome there is: cases times duties."""
        return self.outcomes.population


def control_totals(casebook: CaseBook | None, outcomes: Sequence[Outcome]) -> ControlTotals:
    """The control totals of a log and what it was judged on."""
    received = sorted(day for case in casebook.cases if (day := case.day("received"))) if casebook else []
    # Which row each was like is said row by row on the sheet Data quality; here it would make a line of each.
    why = Counter(_A_ROW.sub("another row", row.why) for row in casebook.set_aside) if casebook else Counter[str]()
    groups = duties_of(outcomes)
    judged = len(casebook.cases) if casebook else len({outcome.case for outcome in outcomes})
    return ControlTotals(
        rows_read=casebook.rows_read if casebook else 0,
        judged=judged,
        set_aside=len(casebook.set_aside) if casebook else 0,
        set_aside_why=tuple(sorted(why.items())),
        hidden_rows=casebook.hidden_rows if casebook else 0,
        reconciles=casebook.reconciles if casebook else None,
        first_received=received[0] if received else None,
        last_received=received[-1] if received else None,
        received_unknown=len(casebook.cases) - len(received) if casebook else 0,
        not_governed=len(
            {o.case for duty in groups if duty.source == CODE for o in duty.outcomes if o.reason in NOT_GOVERNED}
        ),
        outcomes=Tally.of_counts(Counter([outcome.result for outcome in outcomes])),
        duties=tuple(duty for duty in groups if not duty.aim),
        aims=tuple(duty for duty in groups if duty.aim),
    )
