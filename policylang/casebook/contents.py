"""Whether what stands under a heading is of the kind that the heading promises, by a look at the first cells."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.casebook.answers import read_answer
from policylang.casebook.dates import Order, read_date
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.record import facts
from policylang.casebook.words import is_placeholder


def fits(fact: str, cells: list[Cell]) -> tuple[bool | None, str]:
    """Whether the cells are of the fact's kind: yes, doubtful (``False``), not at all (``None``); and what was seen."""
    kind = facts()[fact].kind
    if kind == "attribute":
        # "S1 Decision" over dates is not the decision, and may well be the day of the response. A reference may look
        # like anything, such as the number of a day.
        if fact != "reference" and holds_dates(cells):
            return None, "the cells looked at hold dates, not words"
        return True, ""
    said = telling(cells)
    if not said:
        return True, ""
    dates = sum(is_date(cell) for cell in said)
    # A lone 0 or 1 under a date's heading is a count in a row of totals rather than an answer.
    figures = kind == "event"
    answers = sum(read_answer(c) is not None and not (figures and c.text.isdecimal()) for c in said)
    right, wrong = (dates, answers) if kind == "event" else (answers, dates)
    of_kind, other = (
        ("dates", "answers such as Yes and No") if kind == "event" else ("answers such as Yes or No", "dates")
    )
    if right * 2 >= len(said) and right:
        return True, ""
    if right == 0:
        # One odd cell is no proof against a heading that is clear.
        if len(said) < 2 and not wrong:
            return True, ""
        return None, f"the cells looked at hold {other if wrong else 'other text'}, not {of_kind}"
    return False, f"only {right} of the {len(said)} cells looked at hold {of_kind}"


def telling(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that say something: no error, no formula without a result, none of the usual words for nothing."""
    return [c for c in cells if c.kind not in {Kind.ERROR, Kind.NOT_CALCULATED} and not is_placeholder(c.text)]


def holds_dates(cells: Sequence[Cell]) -> bool:
    """Whether at least half of the cells that say something hold dates."""
    said = telling(cells)
    return bool(said) and sum(is_date(cell) for cell in said) * 2 >= len(said)


def is_date(cell: Cell) -> bool:
    """Whether a cell holds a date, in whatever form."""
    if cell.kind in {Kind.DATE, Kind.MONTH, Kind.BAD_DATE}:
        return True
    if cell.kind is Kind.NUMBER:
        # A date whose format was lost: 20000 is in 1954, 80000 in 2119.
        return isinstance(cell.value, float) and 20_000 <= cell.value <= 80_000
    return any(read_date(cell.text, order) for order in (Order.DAY_FIRST, Order.MONTH_FIRST))
