"""The official form as data: its five columns, its sections, its 72 rows in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylang.evidence.comply import ComplyRule
from policylang.evidence.form import forms_shipped, load_form, read_form
from policylang.findings.problem import Problem
from policylang.model.data import checks_dir

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


def test_every_row_says_what_to_ask_a_person() -> None:
    for row in load_form(HO24).rows:
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
