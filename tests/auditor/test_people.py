"""Whether two entries name one person: plain or not at all."""

from __future__ import annotations

import pytest

from policylang.auditor.people import same_person


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Officer 3", "officer 3", True),
        ("Officer 3", "Officer 31", False),
        ("Officer 3", "Manager 3", False),
        ("Reader, Ann", "Ann Reader", True),
        ("Ms Ann Reader", "Ann Reader", True),
        ("A Reader", "Ann Reader", None),
        ("AR", "Ann Reader", None),
        ("Ann", "Ann Reader", None),
        ("A R", "Ann Reader", None),
        ("Ann Reader", "Ben Writer", False),
        ("Ann Reader", "Ann Writer", False),
        ("Complaints Team", "Complaints Team", None),
        ("Repairs Team", "Repairs Team", None),
        ("Housing Manager", "Director", None),
        ("Housing Manager", "Ann Reader", None),
        ("Team 1", "Team 1", True),
        ("", "Ann Reader", None),
        (None, "Ann Reader", None),
        ("Mr", "Mr", True),
    ],
)
def test_same_person(first: str | None, second: str | None, same: bool | None) -> None:
    assert same_person(first, second) is same
    assert same_person(second, first) is same
