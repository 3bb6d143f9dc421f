"""The Codes of other ombudsmen as data: every provision with its force, what was checked, every figure, how days count.

The tables are what the catalogues of facts give for each provision; a number that is ours in the catalogue is ours
here too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from policylang.checker.check import check as check_policy
from policylang.language.printer import sentence_text
from policylang.model.calendar import load_calendar
from policylang.model.conditions import Older, atoms
from policylang.model.document import Document, Provision
from policylang.model.duration import due
from policylang.model.library import edition_in_force, editions, load_code, load_text
from policylang.model.norms import Norm
from tests.codes.test_earlier_editions import shown
from tests.documents import Example, check, examples

LGSCO, SPSO = "lgsco-2024", "spso-mchp-2021"
BOTH = pytest.mark.parametrize("id", [LGSCO, SPSO])
HERE = Path(__file__)

NUMBERS = {
    LGSCO: [
        *(f"1.{n}" for n in range(1, 9)),
        *(f"2.{n}" for n in range(1, 6)),
        *(f"3.{n}" for n in range(1, 9)),
        *(f"4.{n}" for n in range(1, 4)),
        *(f"5.{n}" for n in range(1, 12)),
        *(f"6.{n}" for n in range(1, 9)),
        "6.S1.additional",
        *(f"6.S2.{name}" for name in ["progress", "acknowledge", "noreasons", "person", "respond", "extension"]),
        *(f"7.{n}" for n in range(1, 6)),
        *(f"8.{n}" for n in range(1, 4)),
        *(f"9.{n}" for n in range(1, 9)),
    ],
    SPSO: [
        *(f"P2.{n}" for n in range(1, 6)),
        *(f"P3.{n}" for n in range(1, 5)),
        *(f"S1.{n}" for n in range(1, 6)),
        *(f"S2.{n}" for n in range(1, 9)),
        *(f"T.{n}" for n in range(1, 4)),
        *(f"P4.{n}" for n in range(1, 6)),
    ],
}
# How strongly each speaks, where it does not speak as most of its code do (LGSCO: should; SPSO: must).
USUALLY = {LGSCO: "should", SPSO: "must"}
UNUSUAL = {
    LGSCO: {"1.1": "context", "1.2": "may", "1.3": "context", "1.4": "may", "5.6": "must"},
    SPSO: {
        "P3.2": "may",
        "P3.3": "may",
        "S1.2": "may",
        "S1.5": "context",
        "S2.5": "may",
        "S2.6": "may",
        "P4.4": "should",
    },
}
UNVERIFIED = {
    LGSCO: ["4.2", "5.8", "5.9", "5.10", "5.11", "9.8"],
    SPSO: ["S1.3", "S1.5", "T.1", "T.2", "T.3"],
}
CORROBORATED = {
    LGSCO: [
        *("4.1", "4.3", "6.8", "6.S1.additional", "6.S2.progress", "6.S2.acknowledge", "6.S2.noreasons"),
        *("6.S2.person", "6.S2.respond", "6.S2.extension"),
    ],
    SPSO: [
        *("P2.1", "P2.3", "P2.4", "P2.5", "S1.2", "S1.4", "S2.5", "S2.7", "S2.8", "P4.1", "P4.2", "P4.3"),
    ],
}
NOT_FOR_A_POLICY = {
    LGSCO: ["1.1", "1.2", "1.3", "1.4", "2.3", "3.3", "8.1", "8.2", "9.6", "9.7"],
    SPSO: ["P3.2", "P3.3", "S1.3", "S1.5", "S2.6", "T.1", "T.2", "T.3", "P4.3"],
}
# Every time that runs: the action, the stage, the limit, the event that starts the clock.
DEADLINES = {
    LGSCO: [
        ("6.2", "acknowledge", 1, "5 working days", "receipt"),
        ("6.2", "log", 1, "5 working days", "receipt"),
        ("6.3", "respond", 1, "10 working days", "acknowledgement"),
        ("6.S2.acknowledge", "acknowledge", 2, "5 working days", "escalation"),
        ("6.S2.acknowledge", "log", 2, "5 working days", "escalation"),
        ("6.S2.respond", "respond", 2, "20 working days", "acknowledgement"),
    ],
    SPSO: [
        ("S1.1", "respond", 1, "5 working days", "receipt"),
        ("S2.1", "escalate", 2, "2 months", "response"),
        ("S2.2", "acknowledge", 2, "3 working days", "receipt"),
        ("S2.4", "respond", 2, "20 working days", "receipt"),
    ],
}
# Every extension: the stage, its limit (None: no cap), whether it may go further.
EXTENSIONS = {
    LGSCO: [
        ("6.4", 1, "10 working days", False),
        ("6.4", 1, None, True),
        ("6.S2.extension", 2, "20 working days", False),
        ("6.S2.extension", 2, None, True),
    ],
    SPSO: [("S1.2", 1, "5 working days", False), ("S2.5", 2, None, False)],
}
AGES = {LGSCO: [("2.2", "12 months", "issue-known")], SPSO: [("P2.5", "6 months", "issue-known")]}


@cache
def code(id: str) -> Document:
    loaded = load_code(id)
    assert loaded.findings == []
    assert loaded.document is not None
    return loaded.document


def provision(id: str, number: str) -> Provision:
    found = code(id).provision(number)
    assert found is not None
    return found


def norms(id: str) -> list[tuple[str, Norm]]:
    return [(p.number, norm) for p in code(id).provisions for norm in p.demands]


@BOTH
def test_every_provision_of_the_catalogue_is_there_in_its_order(id: str) -> None:
    assert [p.number for p in code(id).provisions] == NUMBERS[id]


@BOTH
def test_each_speaks_as_strongly_as_the_catalogue_says(id: str) -> None:
    assert {p.number: p.force for p in code(id).provisions if p.force != USUALLY[id]} == UNUSUAL[id]


@BOTH
def test_what_was_recalled_is_unverified_and_what_was_corroborated_says_so(id: str) -> None:
    marks = {p.number: p.verification for p in code(id).provisions}
    assert [n for n, mark in marks.items() if mark == "unverified"] == UNVERIFIED[id]
    assert [n for n, mark in marks.items() if mark == "corroborated"] == CORROBORATED[id]


@BOTH
def test_what_no_policy_text_can_be_judged_on(id: str) -> None:
    assert [p.number for p in code(id).provisions if not p.demands] == NOT_FOR_A_POLICY[id]


@BOTH
def test_every_deadline_stands_in_a_demand_and_no_other(id: str) -> None:
    found = [
        (number, norm.action, norm.stage, str(norm.within.duration), norm.within.start.word)
        for number, norm in norms(id)
        if norm.within is not None
    ]
    assert found == DEADLINES[id]


@BOTH
def test_every_extension_has_its_limit(id: str) -> None:
    found = []
    for number, norm in norms(id):
        if norm.action == "extend":
            limit = norm.extent.limit if norm.extent else None
            further = norm.extent.further if norm.extent else False
            found.append((number, norm.stage, str(limit) if limit else None, further))
    assert found == EXTENSIONS[id]


@BOTH
def test_the_age_limit(id: str) -> None:
    found = [
        (number, str(atom.duration), atom.event)
        for number, norm in norms(id)
        for clause in norm.conditions
        for atom in atoms(clause.condition)
        if isinstance(atom, Older)
    ]
    assert found == AGES[id]


def test_stage_1_has_no_time_for_an_acknowledgement_in_scotland() -> None:
    assert [n.action for _, n in norms(SPSO) if n.stage == 1 and n.action in ("acknowledge", "log")] == []


def test_an_update_is_due_every_20_working_days_of_a_longer_stage_2_in_scotland() -> None:
    (update,) = [n for _, n in norms(SPSO) if n.every is not None and n.stage == 2]
    assert sentence_text(update.sentence).endswith("at least every 20 working days when extended")


@pytest.mark.parametrize(("id", "calendar"), [(LGSCO, "england-and-wales"), (SPSO, "scotland")])
def test_the_clock_leaves_out_the_holidays_of_its_own_country(id: str, calendar: str) -> None:
    assert code(id).calendar == calendar


def test_a_holiday_of_one_country_moves_the_deadline_of_one_code() -> None:
    """2 January is a holiday in Scotland and none in England; Easter Monday is one in England and none in Scotland."""
    (first,) = [n for number, n in norms(SPSO) if number == "S1.1"]
    assert first.within is not None
    start = load_calendar("scotland").first.replace(year=2025, month=12, day=29)
    days = {name: due(start, first.within.duration, load_calendar(name)) for name in ("scotland", "england-and-wales")}
    assert {name: day.isoformat() for name, day in days.items()} == {
        "scotland": "2026-01-07",
        "england-and-wales": "2026-01-06",
    }


@pytest.mark.parametrize(
    ("id", "first", "says"),
    [(LGSCO, "2024-02-01", "1 April 2026"), (SPSO, "2021-04-01", "--day-one")],
)
def test_the_start_and_the_counting_are_told(id: str, first: str, says: str) -> None:
    assert code(id).in_force is not None
    assert code(id).in_force[0].isoformat() == first  # type: ignore[index]
    assert any(says in remark.text for remark in code(id).remarks)


def test_they_are_no_editions_of_the_housing_ombudsmans_code() -> None:
    assert [document.id for document in editions()] == [
        "housing-ombudsman-2020",
        "housing-ombudsman-2022",
        "housing-ombudsman-2024",
    ]
    assert [document.id for document in editions("lgsco")] == [LGSCO]
    assert [document.id for document in editions("spso-mchp")] == [SPSO]
    start = code(SPSO).in_force
    assert start is not None
    found = edition_in_force(start[0], "spso-mchp")
    assert found is not None
    assert found.id == SPSO


WEAK = """\
policy "Complaints".
calendar england-and-wales.

stage 1:
  should acknowledge within 5 working days of receipt [1].
  must log within 5 working days of receipt [1].
  may respond within 10 working days of acknowledgement [2].

stage 2:
  should respond not by the same person as stage 1 [3].
  aims to respond within 25 working days of acknowledgement [4].
"""


@pytest.mark.parametrize(
    ("number", "judgement"),
    [("6.2", "complies"), ("6.3", "silent"), ("6.S2.person", "complies"), ("6.S2.respond", "breaches")],
)
def test_where_a_code_recommends_a_weaker_sentence_is_enough_and_leave_or_a_longer_time_is_not(
    number: str, judgement: str
) -> None:
    loaded = load_text(WEAK, "weak.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    (found,) = [v for v in check_policy(loaded.document, code(LGSCO)) if v.provision == number]
    assert (found.judgement.value, found.force) == (judgement, "should")


def test_where_a_code_obliges_a_weaker_sentence_is_not_enough() -> None:
    loaded = load_text(WEAK, "weak.policy")
    assert loaded.document is not None
    code_2024 = load_code("housing-ombudsman-2024").document
    assert code_2024 is not None
    found = {v.provision: v for v in check_policy(loaded.document, code_2024)}
    assert (found["6.2"].judgement.value, found["6.2"].force) == ("partly", "must")
    assert (found["6.13"].judgement.value, found["6.13"].force) == ("partly", "must")


@pytest.mark.parametrize(
    ("id", "number", "why"),
    [
        (LGSCO, "1.1", "explains and asks for nothing"),
        (LGSCO, "1.4", "gives leave and makes no demand"),
        (SPSO, "T.2", "A policy text cannot show this; it is shown by"),
    ],
)
def test_what_is_not_judged_says_why(id: str, number: str, why: str) -> None:
    loaded = load_text(WEAK, "weak.policy")
    assert loaded.document is not None
    (found,) = [v for v in check_policy(loaded.document, code(id)) if v.provision == number]
    assert found.judgement.value == "not-judged"
    assert why in found.why


@BOTH
def test_the_page_shows_every_provision(id: str) -> None:
    lines = HERE.with_name(f"{id}.md").read_text(encoding="utf-8").splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == [
        f"{p.number} {p.title}" for p in code(id).provisions
    ]


@examples(HERE.with_name(f"{LGSCO}.md"))
def test_demands_of_the_lgsco_as_printed(example: Example) -> None:
    check(example, "demands", shown(provision(LGSCO, example.title.split(" ", 1)[0])))


@examples(HERE.with_name(f"{SPSO}.md"))
def test_demands_of_the_spso_as_printed(example: Example) -> None:
    check(example, "demands", shown(provision(SPSO, example.title.split(" ", 1)[0])))
