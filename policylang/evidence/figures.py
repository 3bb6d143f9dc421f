"""What the provision grid shows, taken from the rows of the form."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.pictures.grid import GridCell, GridRow
from policylang.evidence.tally import Tally


def grid_rows(rows: Sequence[ProvisionEvidence]) -> tuple[GridRow, ...]:
    """The grid: a row for each section of the form, or for each of its tables."""
    found: dict[tuple[int, str | None], list[ProvisionEvidence]] = {}
    for item in rows:
        found.setdefault((item.section.n, item.table.title), []).append(item)
    return tuple(
        GridRow(
            f"{items[0].section.n} {items[0].section.title}" + (f": {title}" if title else ""),
            tuple(_cell(item) for item in items),
        )
        for (_, title), items in found.items()
    )


def _cell(item: ProvisionEvidence) -> GridCell:
    verdict = item.verdict
    return GridCell(
        provision=item.provision,
        title=verdict.title if verdict else "",
        verdict=verdict.judgement.value if verdict else "not-judged",
        practice=practice_key(item.practice),
        answer=item.comply.answer.value,
        cases=_cases(item.practice),
        arguable=bool(verdict and verdict.arguable),
        verified=item.verified,
    )


def practice_key(tally: Tally | None) -> str:
    """Practice in one word: ``breached``, ``unknown``, ``met``, or ``none`` where nothing was decided."""
    if tally is None:
        return "none"
    if tally.breached:
        return "breached"
    if tally.cannot_tell:
        return "unknown"
    return "met" if tally.met else "none"


def _cases(tally: Tally | None) -> int:
    """The number that stands beside the practice mark."""
    if tally is None:
        return 0
    return {"breached": tally.breached, "unknown": tally.cannot_tell, "met": tally.met, "none": 0}[practice_key(tally)]
