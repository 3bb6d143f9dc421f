"""The checker against brute force: the same verdict on every made-up pair of a policy and a code.

A few hundred pairs run with the suite; ``POLICYLANG_PAIRS=20000`` (or ``python -m tests.checker.compare 20000``) for
more. The pairs are the same in every run.
"""

from __future__ import annotations

import os
import random
from datetime import date

import pytest

from policylang.model.duration import Duration, Unit, add_months
from tests.checker.brute_force import DAY, last_day
from tests.checker.compare import compare
from tests.checker.pairs import FIRST, Pair, Sentence, code_text, expected, make_calendar, policy_text

PAIRS = int(os.environ.get("POLICYLANG_PAIRS", "400"))
CHUNKS = 4


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_checker_agrees_with_brute_force(chunk: int) -> None:
    found = compare(f"suite {chunk}", PAIRS // CHUNKS)
    assert found.differ == []
    # A test that only ever sees one verdict proves nothing.
    assert found.verdicts["complies"] > found.pairs / 20
    assert found.verdicts["breaches"] > found.pairs / 20
    assert found.verdicts["arguable: breaches"] > found.pairs / 20


def test_brute_force_by_hand() -> None:
    """A pair that a person can follow: two working days of an acknowledgement that itself has two, against three."""
    plain = make_calendar(random.Random(0), "no holidays", holidays=0)
    two = (
        Sentence(1, "acknowledge", 2, "working days", "receipt"),
        Sentence(1, "respond", 2, "working days", "acknowledgement"),
    )
    asked = Sentence(1, "respond", 3, "working days", "receipt")
    assert expected(Pair(two, asked, plain, False)) == ("breaches", False)
    assert expected(Pair(two, Sentence(1, "respond", 4, "working days", "receipt"), plain, False)) == (
        "complies",
        False,
    )
    assert expected(Pair(two[1:], asked, plain, False)) == ("breaches", True)  # acknowledged when? the text is open
    assert expected(Pair(two[:1], asked, plain, False)) == ("silent", False)
    assert policy_text(Pair(two, asked, plain, True)).splitlines() == [
        'before stage 1 "Concern":',
        'stage 1 "First":',
        "  must acknowledge within 2 working days of receipt [1.1].",
        "  must respond within 2 working days of acknowledgement [1.2].",
        'stage 2 "Second":',
    ]
    assert "stage 1 must respond within 3 working days of receipt." in code_text(Pair(two, asked, plain, False))


@pytest.mark.parametrize("start", [date(2024, 1, 31), date(2023, 11, 30), date(2024, 12, 1), date(2024, 2, 29)])
@pytest.mark.parametrize("months", [1, 2, 11, 13])
def test_months_counted_on_the_fingers(start: date, months: int) -> None:
    plain = make_calendar(random.Random(0), "no holidays", holidays=0)
    assert last_day(start, Duration(months, Unit.MONTHS), plain) == add_months(start, months)
    assert last_day(FIRST, Duration(5, Unit.WORKING_DAYS), plain) == FIRST + 7 * DAY
