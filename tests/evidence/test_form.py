"""The official forms as data: the columns of each edition, its sections, its rows in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from policylang.commands import main
from policylang.evidence.comply import ComplyRule
from policylang.evidence.form import forms_shipped, load_form, read_form
from policylang.findings.problem import Problem
from policylang.model.data import checks_dir, policies_dir
from policylang.model.library import load_code

HO24 = "housing-ombudsman-2024"


def test_the_2024_form_has_the_official_columns_sections_and_rows() -> None:
    form = load_form(HO24)
    assert form.headings == (
        "Code provision",
        "Code requirement",
        "Comply: Yes / No",
        "Evidence",
        "Commentary / explanation",
    )
    assert [section.n for section in form.sections] == list(range(1, 10))
    counts = {1: (2, 6), 2: (1, 5), 3: (1, 7), 4: (1, 3), 5: (1, 15), 6: (1, 20), 7: (1, 4), 8: (1, 5), 9: (1, 8)}
    expected = [f"{n}.{k}" for n, (first, last) in counts.items() for k in range(first, last + 1)]
    assert [row.provision for row in form.rows] == expected
    assert len(form.rows) == 72
    assert [(table.title, len(table.rows)) for table in form.sections[5].tables] == [("Stage 1", 9), ("Stage 2", 11)]
    assert form.not_a_row == ("1.1",)


# The columns of the official forms. Those of 2022 and of the councils have one cell for evidence and commentary; that
# of 2020 prints questions and no numbers.
LAYOUTS = {
    "housing-ombudsman-2020": {"question": "Question", "comply": "Yes / No", "evidence": "Evidence relied upon"},
    "housing-ombudsman-2022": {
        "provision": "Code section",
        "requirement": "Code requirement",
        "comply": "Comply: Yes/No",
        "evidence-commentary": "Evidence, commentary and any explanations",
    },
    "housing-ombudsman-2024": {
        "provision": "Code provision",
        "requirement": "Code requirement",
        "comply": "Comply: Yes / No",
        "evidence": "Evidence",
        "commentary": "Commentary / explanation",
    },
    "lgsco-2024": {
        "provision": "Code section",
        "requirement": "Action",
        "comply": "Do we follow the Code: Yes/No",
        "evidence-commentary": "Explanations and commentary",
    },
}
EVERY = pytest.mark.parametrize("name", LAYOUTS)


def test_the_forms_that_ship() -> None:
    """The Scottish procedure has no form that goes provision by provision."""
    assert list(forms_shipped()) == list(LAYOUTS)


@EVERY
def test_each_edition_has_the_columns_of_its_own_form(name: str) -> None:
    assert dict(load_form(name).columns) == LAYOUTS[name]


@EVERY
def test_every_provision_is_a_row_or_said_to_be_none(name: str) -> None:
    form, code = load_form(name), load_code(name).document
    assert code is not None
    numbers = {p.number for p in code.provisions}
    rows = {row.provision for row in form.rows}
    assert rows <= numbers
    assert numbers - rows <= set(form.not_a_row)
    assert not rows & set(form.not_a_row)


@EVERY
def test_a_form_of_questions_has_one_for_every_row(name: str) -> None:
    form = load_form(name)
    asks = "question" in form.keys
    assert all(bool(row.question) is asks for row in form.rows)
    assert bool(form.also_asks) is asks


def test_the_musts_of_2022_stand_before_its_shoulds_as_on_the_form() -> None:
    tables = [table for section in load_form("housing-ombudsman-2022").sections for table in section.tables]
    rows = {kind: sum(len(t.rows) for t in tables if kind in (t.title or "").lower()) for kind in ("must", "should")}
    assert rows == {"must": 44, "should": 28}


def test_the_councils_form_has_a_heading_for_each_row_of_the_official_one() -> None:
    tables = [table.title or "" for section in load_form("lgsco-2024").sections for table in section.tables]
    assert len(tables) == 10
    assert [title[:8] for title in tables[5:7]] == ["Stage 1:", "Stage 2:"]


@EVERY
def test_the_sheet_has_the_columns_of_the_form_and_an_answer_on_every_row(name: str, tmp_path: Path) -> None:
    policy = policies_dir() / "connect-housing.policy"
    words = ["assess", str(policy), "--code", name, "--as-at", "2026-09-30", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code in (0, 1), done.output
    form = load_form(name)
    rows = list(load_workbook(tmp_path / "out" / "self-assessment.xlsx")["Self-assessment"].iter_rows(values_only=True))
    header = rows.index(tuple(LAYOUTS[name].values()))
    answer = form.keys.index("comply")
    answered = [row for row in rows[header + 1 :] if row[answer] is not None]
    assert {str(row[answer]) for row in answered} <= {"Yes", "No", "To be completed"}
    if form.one_answer == "table":  # one row for several provisions: tests/evidence/test_form_lines.py
        assert [row[0] for row in answered] == [t.row for section in form.sections for t in section.tables]
        return
    assert len(answered) == len(form.rows) + len(form.also_asks)
    first = "question" if "question" in form.keys else "provision"
    expected = [getattr(row, first) for row in form.rows] + list(form.also_asks)
    assert [row[0] for row in answered] == expected
    # Whatever has to be asked of a person is somewhere on the row, however few columns the form has.
    for row, asked in zip(answered, form.rows, strict=False):
        told = " ".join(str(cell) for cell in row)
        assert row[answer] != "To be completed" or asked.ask in told


@EVERY
def test_every_row_says_what_to_ask_a_person(name: str) -> None:
    for row in load_form(name).rows:
        assert row.ask.endswith("?") or "? " in row.ask
        assert row.ask[0].isupper()


def test_the_rule_that_ships_is_the_cautious_one() -> None:
    assert load_form(HO24).comply_rule == ComplyRule()


def test_each_form_belongs_to_a_code_of_the_same_name() -> None:
    for name in forms_shipped():
        form = load_form(name)
        assert form.id == form.code == name


def test_a_code_without_a_form_is_refused_with_the_forms_there_are() -> None:
    with pytest.raises(Problem) as caught:
        load_form("housing-ombudsman-1999")
    (finding,) = caught.value.findings
    assert "housing-ombudsman-1999" in finding.message
    assert HO24 in (finding.help or "")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("row_count: 72", "row_count: 71", "72 rows, not 71"),
        ("{provision: '1.3'", "{provision: '1.2'", "1.2 twice"),
        ('ask: "', 'tell: "', "'tell' was unexpected"),
        ("answer-no ", "yes ", "comply_rule.breach_in_practice"),
        ("sections:", "sections: [", "YAML"),
        ("edition: '2024'", "edition: 2024", "edition"),
        ("key: commentary", "key: evidence", "a column of one kind twice"),
        ("key: comply", "key: answer", "columns"),
    ],
)
def test_a_damaged_form_is_named_and_not_used(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = (checks_dir() / "forms" / f"{HO24}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "form.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_form(path)
    (finding,) = caught.value.findings
    assert fault in finding.message
    assert finding.place is not None
    assert finding.place.file == "form.yaml"
