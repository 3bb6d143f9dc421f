"""What the provision grid shows, taken from the rows of the form."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.evidence import narrative
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
    key, cases = practice_of(item)
    return GridCell(
        provision=item.provision,
        title=verdict.title if verdict else "",
        verdict=verdict.judgement.value if verdict else "not-judged",
        practice=key,
        answer=item.comply.answer.value,
        cases=cases,
        advice=narrative.kept_words(item.advice) if item.advice and practice_key(item.practice) != "none" else "",
        arguable=bool(verdict and verdict.arguable),
        verified=item.verified,
    )


def practice_of(item: ProvisionEvidence) -> tuple[str, int]:
    """Practice in one word, and how many cases it is true of.

    What the duties of the provision came to is said first; where none of them arose, what became of its
    recommendations.
    """
    key = practice_key(item.practice)
    if key != "none" or item.advice is None:
        return key, _cases(item.practice, key)
    advised = practice_key(item.advice)
    return _ADVISED.get(advised, advised), _cases(item.advice, advised)


_ADVISED = {"met": "kept", "breached": "missed"}


def practice_key(tally: Tally | None) -> str:
    """Practice in one word: ``breached``, ``unknown``, ``met``, ``pending``, or ``none`` where no duty arose."""
    if tally is None:
        return "none"
    if tally.breached:
        return "breached"
    if tally.cannot_tell:
        return "unknown"
    if tally.met:
        return "met"
    return "pending" if tally.pending else "none"


def _cases(tally: Tally | None, key: str) -> int:
    """The number that stands beside the practice mark."""
    if tally is None:
        return 0
    numbers = {
        "breached": tally.breached,
        "unknown": tally.cannot_tell,
        "met": tally.met,
        "pending": tally.pending,
    }
    return numbers.get(key, 0)
