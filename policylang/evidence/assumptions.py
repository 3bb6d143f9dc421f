"""Assumptions turned the other way, in words: for the workbook, the page and the screen."""

from __future__ import annotations

from collections.abc import Iterator

from policylang.evidence.sensitivity import Assumption
from policylang.evidence.words import count, listed, percent

HEADINGS = (
    "Assumption", "As judged", "Tried instead", "Outcomes that change", "Cases concerned", "What changes",
    "Answers of the form that change", "Shares under the Code that move",
)  # fmt: skip


def assumption_row(assumption: Assumption) -> tuple[str | int | None, ...]:
    """One assumption as the cells of a row, for the workbook and the page."""
    head = (assumption.name, assumption.judged, assumption.instead)
    if assumption.idle:
        return (*head, None, None, assumption.idle, None, None)
    return (
        *head,
        assumption.outcomes,
        assumption.cases,
        "\n".join(f"{n:,} from {a.replace('-', ' ')} to {b.replace('-', ' ')}" for a, b, n in assumption.flips)
        or "nothing",
        "\n".join(f"{place}: {a.value} to {b.value}" for place, a, b in assumption.answers) or "none",
        "\n".join(_shares(assumption)) or "none",
    )


def _shares(assumption: Assumption) -> Iterator[str]:
    for moved in assumption.shares:
        yield f"{moved.provision} {moved.duty}: {percent(moved.before)} to {percent(moved.after)}"


def in_a_line(assumption: Assumption) -> str:
    """For the screen: how many outcomes flip, and which answers of the form with them."""
    if assumption.idle:
        return f"{assumption.name}: {assumption.idle}"
    moved = listed(place for place, _, _ in assumption.answers)
    return (
        f"{assumption.name}: if {assumption.instead}, {count(assumption.outcomes, 'outcome')} on "
        f"{count(assumption.cases, 'case')} would change" + (f", and the answer on {moved}." if moved else ".")
    )
