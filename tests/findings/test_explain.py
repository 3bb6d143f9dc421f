"""Every rule has its page, every page its shape, and `policylang explain` finds rules, provisions and words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.commands import explainers, main
from policylang.findings import pages
from policylang.findings.prose import terminal_text
from policylang.model.document import Document

PAGES = sorted(pages.FOLDER.glob("*.md"))


def explain(*words: str) -> Result:
    return CliRunner().invoke(main, ["explain", *words])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_its_title_its_code_and_its_sections(path: Path) -> None:
    page = pages.parse(path.read_text(encoding="utf-8"))
    assert page.rule == path.stem
    assert page.codes
    assert page.headings == pages.SECTIONS
    for heading, body in re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", page.text, re.MULTILINE | re.DOTALL):
        assert len(body.split()) > 3, f"“{heading}” of {path.name} says nothing"


LINT_RULES = sorted(p for p in explainers.LINT.glob("*.py") if not p.stem.startswith("_"))


@pytest.mark.parametrize("path", LINT_RULES, ids=lambda path: path.stem)
def test_a_lint_rule_has_a_page_of_the_same_shape_and_can_be_explained_by_name_and_code(path: Path) -> None:
    text = explainers.lint_rule(path.stem)
    assert text is not None
    page = pages.parse(text)
    assert page.rule == path.stem.replace("_", "-")
    assert len(page.codes) == 1
    assert page.headings == pages.SECTIONS
    assert explainers.rule_page(page.codes[0]) == explainers.rule_page(page.rule) == text


def test_a_code_belongs_to_one_page() -> None:
    lint = [pages.parse(explainers.lint_rule(path.stem) or "") for path in LINT_RULES]
    codes = [code for page in (*pages.every(), *lint) for code in page.codes]
    assert len(codes) == len(set(codes))


def test_a_page_without_its_title_is_refused() -> None:
    with pytest.raises(ValueError, match=r"is “# rule-name \(CODE\)”; this one is “## What it means”"):
        pages.parse("## What it means\n")


@pytest.mark.parametrize("name", ["no-such-file", "PL-F01", "pl-f01", "No such file", "no_such_file"])
def test_a_rule_is_found_by_name_and_by_code(name: str) -> None:
    result = explain(*name.split())
    assert result.exit_code == 0
    assert result.stdout.startswith("no-such-file (PL-F01)\n=====")
    assert "What to do" in result.stdout


def test_a_name_is_never_taken_for_a_path() -> None:
    assert pages.find("../pages/no-such-file") is None
    assert explain("../../findings/pages/no-such-file").exit_code == 2


def test_markdown_is_the_page_as_it_is_written() -> None:
    result = explain("no-such-file", "--format", "markdown")
    assert result.stdout == (pages.FOLDER / "no-such-file.md").read_text(encoding="utf-8")


def test_a_word_of_the_language_is_explained() -> None:
    result = explain("receipt")
    assert result.exit_code == 0
    assert "A word of the language (event)" in result.stdout
    assert "received (stage 1), escalation_requested (stage 2)" in result.stdout


def test_a_name_in_a_complaints_log_is_explained() -> None:
    result = explain("stage2_responded")
    assert result.exit_code == 0
    assert "stage 2 response sent" in result.stdout


def test_a_name_that_is_two_things_is_explained_as_both() -> None:
    assert explain("complaint").stdout.count("=\n\nA word of the language") == sum(
        "complaint" in words for words in _vocabulary().values()
    )


def test_a_lint_rule_is_its_docstring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "two_figures.py"
    page = "Two figures for one duty.\n\n## What it means\n\nThere are two.\n"
    module.write_text(f'"""{page}"""\n\nCODE = "PL-L77"\nraise SystemExit\n', encoding="utf-8")
    monkeypatch.setattr(explainers, "LINT", tmp_path)
    by_name, by_code = explain("two-figures"), explain("pl-l77")
    assert by_name.stdout == by_code.stdout
    assert by_name.stdout.startswith("two-figures (PL-L77)\n")
    assert "Two figures for one duty." in by_name.stdout
    assert "Did you mean two-figures?" in explain("two-figurs").stderr


CODE = """\
code "Handling Code" edition "{edition}".
known as handling-{edition} cited as "HC{short}".
issuer "A Regulator".
in force from {edition}-04-01.
calendar england-and-wales.

section 6 "Stages":

provision 6.3 "Respond at stage 1":
  requirement "A full answer in {days} working days of the acknowledgement.".
  stage 1 must respond within {days} working days
    of acknowledgement.
{more}"""
RECALLED = """
provision 6.9 "Keep a record" unverified:
  requirement "A record of every complaint.".
  shown by case-files.
"""


@pytest.fixture
def two_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    from policylang.model.library import load_text

    def code(edition: str, days: int, more: str = "") -> Document:
        text = CODE.format(edition=edition, short=edition[2:], days=days, more=more)
        loaded = load_text(text, f"handling-{edition}.code", id=f"handling-{edition}")
        assert loaded.document is not None
        assert loaded.document.provisions
        return loaded.document

    monkeypatch.setattr(explainers, "_codes", lambda: (code("2024", 10, RECALLED), code("2022", 15)))


@pytest.mark.usefixtures("two_editions")
def test_a_provision_is_explained_with_what_a_policy_is_held_to() -> None:
    for name in ("HC24-6.3", "hc24-6.3", "handling-2024-6.3"):
        page = explain(name).stdout
        assert page.startswith("HC24-6.3 Respond at stage 1\n")
        assert "Handling Code, edition 2024, section Stages. An obligation." in page
        assert "A full answer in 10 working days of the acknowledgement." in page
        assert "\n    stage 1 must respond within 10 working days of acknowledgement.\n" in page
        assert "HC22" not in page


@pytest.mark.usefixtures("two_editions")
def test_a_number_alone_is_explained_in_every_code_the_latest_first() -> None:
    page = explain("6.3").stdout
    assert 0 <= page.index("HC24-6.3") < page.index("HC22-6.3")
    assert "15 working days" in page


@pytest.mark.usefixtures("two_editions")
def test_a_provision_that_nobody_has_read_says_so() -> None:
    page = explain("6.9").stdout
    assert "Unverified:" in page
    assert "No policy text can show whether this is kept." in page
    assert "Unverified:" not in explain("6.3").stdout


@pytest.mark.usefixtures("two_editions")
def test_a_provision_that_does_not_exist_is_not_guessed() -> None:
    assert explain("HC24-6.4").exit_code == 2
    assert "HC24-6.3" in explain("HC24-6.4").stderr
    assert explain("HC23-6.3").exit_code == 2


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    result = explain("recept")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no rule, provision or word called “recept”." in result.stderr
    assert "Did you mean receipt" in result.stderr
    assert "lists the rules there are" in explain("qqqqqqqq").stderr


def test_without_a_name_the_rules_are_listed() -> None:
    listed = explain()
    assert listed.exit_code == 0
    assert all(path.stem in listed.stdout for path in PAGES)


def test_an_explainer_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    def pictures(name: str) -> str | None:
        return "# run-chart\n\nA picture.\n" if name == "run-chart" else None

    monkeypatch.setattr(explainers, "explainers", [*explainers.explainers, pictures])
    assert explain("run-chart").stdout == "run-chart\n=========\n\nA picture.\n"


def test_markdown_reads_well_on_a_terminal() -> None:
    text = terminal_text(
        "# A title (X1)\n\nSome **strong words** and `code` and\na [link](to.md).\n\n"
        "- one\n  goes on\n- two\n1. three\n\n## Example\n\n```\n  kept  as it is\n# not a heading\n```\n",
        across=40,
    )
    assert text == (
        "A title (X1)\n============\n\nSome strong words and code and a link.\n\n"
        "  • one goes on\n  • two\n  1. three\n\nExample\n\n      kept  as it is\n    # not a heading\n"
    )


def test_strong_words_stay_strong_over_the_end_of_a_line() -> None:
    text = terminal_text("**one two three four five six**\n", across=15, colour=True)
    assert all(line.count("\x1b[1m") == line.count("\x1b[0m") == 1 for line in text.splitlines())


def _vocabulary() -> dict[str, dict[str, object]]:
    from policylang.model.vocabulary import vocabulary

    return {kind: dict(words) for kind, words in vocabulary().by_kind.items()}
