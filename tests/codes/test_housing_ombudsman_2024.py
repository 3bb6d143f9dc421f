"""The Code of 2024 as data: the form's rows in the form's order, what was checked, and every figure in a demand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml

from policylang.auditor.duties import duties
from policylang.language.printer import format_text, sentence_text
from policylang.model.conditions import Older, atoms
from policylang.model.data import checks_dir
from policylang.model.document import Document, Provision
from policylang.model.library import load_code
from policylang.model.norms import Kind, Norm
from tests.documents import Example, check, examples

FILE = checks_dir() / "housing-ombudsman-2024.code"
PAGE = Path(__file__).with_name("housing-ombudsman-2024.md")

# The rows of the official self-assessment form: so many provisions in each section, the first section from 1.2.
ROWS = {
    "Definition of a complaint": (1, range(2, 7)),
    "Exclusions": (2, range(1, 6)),
    "Accessibility and awareness": (3, range(1, 8)),
    "Complaint handling staff": (4, range(1, 4)),
    "The complaint handling process": (5, range(1, 16)),
    "Complaints stages": (6, range(1, 21)),
    "Putting things right": (7, range(1, 5)),
    "Self-assessment, reporting and compliance": (8, range(1, 6)),
    "Scrutiny and oversight: continuous learning and improvement": (9, range(1, 9)),
}
# How far the substance of each was checked when it was catalogued; all others were read in a published source.
RECALLED = ["5.12", "5.13", "5.14", "5.15", "6.18", "6.19", "6.20"]
CORROBORATED = [
    *("1.6", "2.5", "3.4", "3.5", "3.6", "3.7", "5.6", "5.7", "5.8", "5.9", "5.10", "5.11"),
    *("6.7", "6.9", "6.15", "6.16", "6.17", "8.1", "8.4", "8.5", "9.6", "9.7", "9.8"),
]
# Only what residents see, Board papers or a person's own reading can show these.
NOT_FOR_A_POLICY = ["3.3", "8.1", "8.2", "8.4", "9.6", "9.7"]
WAYS = ["policy", "cases", "records", "board-papers", "publication"]
# Every deadline of the Code: the action, the stage, the limit in working days, the event that starts the clock.
DEADLINES = [
    ("6.2", "acknowledge", 1, 5, "receipt"),
    ("6.2", "log", 1, 5, "receipt"),
    ("6.3", "respond", 1, 10, "acknowledgement"),
    ("6.11", "acknowledge", 2, 5, "escalation"),
    ("6.11", "log", 2, 5, "escalation"),
    ("6.14", "respond", 2, 20, "acknowledgement"),
]
LETTERS = {
    "6.9": "stage complaint-definition decision reasons remedy outstanding-actions how-to-escalate",
    "6.19": "stage complaint-definition decision reasons remedy outstanding-actions ombudsman-rights",
}


@cache
def code() -> Document:
    loaded = load_code("housing-ombudsman-2024")
    assert loaded.findings == []
    assert loaded.document is not None
    return loaded.document


def provision(number: str) -> Provision:
    found = code().provision(number)
    assert found is not None
    return found


def test_it_loads_without_a_finding_and_says_what_it_is() -> None:
    document = code()
    assert (document.kind, document.id, document.cited_as) == ("code", "housing-ombudsman-2024", "HO24")
    assert (document.title, document.edition) == ("Complaint Handling Code", "2024")
    assert document.in_force is not None
    assert (document.in_force[0].isoformat(), document.in_force[1]) == ("2024-04-01", None)
    assert document.calendar == "england-and-wales"
    assert any(remark.text.startswith("Counting.") for remark in document.remarks)


def test_its_provisions_are_the_rows_of_the_form_in_their_order() -> None:
    expected = [(f"{n}.{row}", title) for title, (n, rows) in ROWS.items() for row in rows]
    assert [(p.number, p.section) for p in code().provisions] == expected
    assert len(expected) == 72


def test_the_form_that_is_filled_in_has_the_same_rows() -> None:
    form = yaml.safe_load((checks_dir() / "forms" / "housing-ombudsman-2024.yaml").read_text(encoding="utf-8"))
    rows = [r["provision"] for s in form["sections"] for t in s["tables"] for r in t["rows"]]
    assert rows == [p.number for p in code().provisions]


def test_what_was_recalled_is_unverified_and_what_was_corroborated_says_so() -> None:
    marks = {p.number: p.verification for p in code().provisions}
    assert [n for n, mark in marks.items() if mark == "unverified"] == RECALLED
    assert [n for n, mark in marks.items() if mark == "corroborated"] == CORROBORATED
    assert {mark for n, mark in marks.items() if n not in RECALLED + CORROBORATED} == {"seen"}
    assert [p.number for p in code().provisions if not p.verified] == RECALLED


def test_only_the_ombudsmans_request_is_less_than_a_must() -> None:
    assert [(p.number, p.force) for p in code().provisions if p.force != "must"] == [("8.4", "may")]


def test_each_provision_has_a_title_a_paraphrase_and_ways_to_show_it() -> None:
    for p in code().provisions:
        assert 3 <= len(p.title) <= 60, p.number
        assert p.requirement.endswith("."), p.number
        assert len(p.requirement) <= 320, p.number
        assert p.shown_by, p.number
        assert list(p.shown_by) == sorted(p.shown_by, key=WAYS.index), p.number
    assert len({p.title for p in code().provisions}) == 72


def test_a_provision_without_demands_says_why_and_is_not_shown_by_a_policy() -> None:
    silent = [p for p in code().provisions if not p.demands]
    assert [p.number for p in silent] == NOT_FOR_A_POLICY
    for p in silent:
        assert p.notes, p.number
        assert "policy" not in p.shown_by, p.number
    for p in code().provisions:
        assert not p.demands or "policy" in p.shown_by, p.number


def test_a_complaints_log_is_named_exactly_where_it_can_show_a_duty() -> None:
    judged = {duty.provision for duty in duties(code())}
    assert [p.number for p in code().provisions if "cases" in p.shown_by] == [
        p.number for p in code().provisions if p.number in judged
    ]


def test_labels_name_items_of_their_own_provision() -> None:
    for p in code().provisions:
        for norm in p.demands:
            for label in norm.clauses:
                assert label.rpartition(".")[0] == p.number, (p.number, label)


@pytest.mark.parametrize(("number", "action", "stage", "days", "start"), DEADLINES)
def test_every_deadline_stands_in_a_demand(number: str, action: str, stage: int, days: int, start: str) -> None:
    norm = only(n for n in provision(number).demands if n.action == action)
    assert (norm.kind, norm.stage) == (Kind.DUTY, stage)
    assert norm.within is not None
    assert str(norm.within.duration) == f"{days} working days"
    assert (norm.within.start.word, norm.within.start.stage) == (start, stage)


def test_no_other_demand_has_a_deadline() -> None:
    timed = [(p.number, n.action) for p in code().provisions for n in p.demands if n.within is not None]
    assert timed == [row[:2] for row in DEADLINES]


@pytest.mark.parametrize(("number", "stage", "days"), [("6.4", 1, 10), ("6.15", 2, 20)])
def test_extensions_have_their_limit_and_go_further_only_for_good_reason(number: str, stage: int, days: int) -> None:
    first, further = provision(number).demands
    assert (first.kind, first.action, first.stage) == (Kind.PERMISSION, "extend", stage)
    assert first.extent is not None
    assert str(first.extent.limit) == f"{days} working days"
    assert first.listed("giving").words == ("reasons", "new-date")
    assert (further.action, further.stage) == ("extend", stage)
    assert further.extent is not None
    assert further.extent.further
    assert [c.kind for c in further.conditions] == ["only_when"]


def test_the_age_limit_is_twelve_months_and_runs_from_awareness_where_that_is_later() -> None:
    limits = [
        (number, str(atom.duration), atom.event)
        for number in ("2.2", "2.3")
        for norm in provision(number).demands
        for clause in norm.conditions
        for atom in atoms(clause.condition)
        if isinstance(atom, Older)
    ]
    assert limits == [("2.2", "12 months", None), ("2.3", "12 months", "issue-known")]


def test_there_are_exactly_two_stages_and_none_before_them() -> None:
    norm = only(provision("5.3").demands)
    assert (norm.kind, norm.actors.words, norm.objects.words) == (Kind.STRUCTURE, ("process",), ("stages",))
    assert (norm.amount, norm.count) == ("exactly", 2)
    assert sentence_text(only(provision("5.2").demands).sentence) == "process has no informal-stage"


@pytest.mark.parametrize("number", LETTERS)
def test_the_responses_state_all_seven_items_in_the_order_of_the_list(number: str) -> None:
    norm = only(n for n in provision(number).demands if n.action == "state")
    assert norm.actors.words == ("response",)
    assert list(norm.objects.words) == LETTERS[number].split()
    assert [label.rpartition(".")[2] for label in norm.clauses] == list("abcdefg")


def test_the_file_is_in_the_house_style() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert format_text(text, FILE.name) == (text, [])


def test_the_page_shows_every_provision() -> None:
    headings = [line[3:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert headings == [f"{p.number} {p.title}" for p in code().provisions]


@examples(PAGE)
def test_demands_as_printed(example: Example) -> None:
    check(example, "demands", shown(provision(example.title.split(" ", 1)[0])))


def shown(p: Provision) -> str:
    """What is demanded of a policy, as printed, what else shows it, and how far it was checked."""
    lines = []
    for norm in unique(p):
        labels = f" [{', '.join(norm.clauses)}]" if norm.clauses else ""
        lines.append(f"{sentence_text(norm.sentence)}{labels}.")
    lines = lines or ["Nothing is demanded of a policy's text."]
    return "\n".join([*lines, "", f"Shown by: {', '.join(p.shown_by)}. {p.verification.capitalize()}."])


def unique(p: Provision) -> list[Norm]:
    """One norm for each sentence."""
    return list({n.span.start: n for n in p.demands}.values())


def only(norms: Iterable[Norm]) -> Norm:
    (norm,) = norms
    return norm
