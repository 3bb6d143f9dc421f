"""The command and its outputs: text, JSON as agreed, findings for the other forms, exit codes, messages."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.checker.as_markdown import as_markdown
from policylang.checker.as_text import as_text
from policylang.checker.check import check as judge
from policylang.checker.deviations import deviation_findings, with_deviations
from policylang.checker.findings import rule_name, verdict_findings
from policylang.checker.verdict import Verdict
from policylang.commands import main
from policylang.findings.finding import Finding, Severity
from policylang.model.document import Document
from tests.checker.test_pages import read
from tests.documents import Example, check, examples, load

PAGE = Path(__file__).with_name("outputs.md")
EXAMPLE, APART = load(PAGE)
ON = date(2026, 10, 1)
FORMS = ("narrated", "sarif", "github", "junit", "markdown", "html")


def written(example: Example, folder: Path) -> tuple[str, str]:
    policy, code = folder / "draft.policy", folder / "test.code"
    policy.write_text(example.block("policy"), encoding="utf-8")
    code.write_text(example.block("code"), encoding="utf-8")
    return str(policy), str(code)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    return written(EXAMPLE, tmp_path)


@pytest.fixture
def apart(tmp_path: Path) -> tuple[str, str]:
    return written(APART, tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", *words])


def judged(example: Example = EXAMPLE) -> tuple[Document, Document, list[Verdict], list[Finding]]:
    policy, code = read(example.block("policy"), "draft.policy"), read(example.block("code"), "test.code")
    verdicts, stood = with_deviations(policy, code, judge(policy, code), ON)
    return policy, code, verdicts, list(deviation_findings(policy, code, stood, ON))


@examples(PAGE)
def test_text(example: Example) -> None:
    check(example, "text", as_text(*judged(example), across=100))


@examples(PAGE)
def test_markdown(example: Example) -> None:
    check(example, "markdown", as_markdown(*judged(example)))


def test_colour_changes_nothing_but_the_colour() -> None:
    painted = as_text(*judged(), colour=True, across=100)
    assert "\x1b[" in painted
    words = re.sub(r"\x1b\[[0-9;]*m", "", painted)
    # Without colour the headings are underlined.
    assert words.split() == [w for w in as_text(*judged(), across=100).split() if set(w) != {"-"}]


def test_json_is_as_agreed(files: tuple[str, str]) -> None:
    result = run(files[0], "--code", files[1], "--format", "json")
    data = json.loads(result.stdout)
    assert set(data) == {"policy", "code", "verdicts", "deviations", "summary"}
    assert (data["code"]["id"], data["code"]["edition"]) == ("test-code", "1")
    assert data["policy"]["organisation"] == "Example Homes"
    for verdict in data["verdicts"]:
        assert {
            "provision",
            "verdict",
            "arguable",
            "readings",
            "decided",
            "why",
            "clauses",
            "story",
            "repair",
            "verified",
        } <= {*verdict}
        assert verdict["verdict"] in {"complies", "partly", "breaches", "silent", "not-judged"}
        assert verdict["decided"] in {"proved", "matched", "by-silence", "not-judged"}
    by = {v["provision"]: v for v in data["verdicts"]}
    assert [by[p]["verdict"] for p in ("6.2", "6.3", "6.9", "9.5", "9.6")] == [
        "complies", "partly", "breaches", "silent", "not-judged"
    ]  # fmt: skip
    assert by["6.2"]["proof_range"] == {"first": "2010-01-01", "last": "2028-12-20"}
    assert by["6.9"]["story"]["events"] == [
        {"event": "received", "date": "2025-01-02"}, {"event": "acknowledged", "date": "2025-01-09"}
    ]  # fmt: skip
    assert by["6.9"]["verified"] is False
    assert by["6.14"]["arguable"] is True
    assert {(r["name"], r["verdict"]) for r in by["6.14"]["readings"]} == {
        ("“days” are working days", "breaches"),
        ("“days” are calendar days", "complies"),
    }
    assert (
        data["summary"]["provisions"]
        == len(data["verdicts"])
        == sum(data["summary"][k] for k in ("complies", "partly", "breaches", "silent", "not-judged"))
    )


def test_several_policies_are_a_list(files: tuple[str, str]) -> None:
    data = json.loads(run(files[0], files[0], "--code", files[1], "--format", "json").stdout)
    assert [page["policy"]["id"] for page in data] == ["draft", "draft"]


def test_findings() -> None:
    _, code, verdicts, _ = judged()
    found = {f.code: f for f in verdict_findings(verdicts, code)}
    assert {c: f.severity for c, f in found.items()} == {
        "TC-6.2": Severity.PASS, "TC-6.3": Severity.WARNING, "TC-6.9": Severity.ERROR, "TC-6.14": Severity.WARNING,
        "TC-9.5": Severity.NOTE, "TC-9.6": Severity.NOTE,
    }  # fmt: skip
    late = found["TC-6.9"]
    assert late.rule == "ten-days-at-most"
    assert late.message.startswith("The policy breaches TC-6.9 “Ten days at most”. ")
    assert late.out_by == "2 working days"
    assert late.expected == "stage 1 must acknowledge within 3 working days of receipt."
    assert late.help == "Change clause 3.1 to: must acknowledge within 3 working days of receipt."
    assert late.rests_on is not None
    assert "unverified" in late.rests_on
    assert (late.clauses, late.page) == (("3.1",), "TC-6.9")
    assert late.place is not None
    assert (late.place.file, late.place.line) == ("draft.policy", 7)
    assert len({rule_name(v) for v in verdicts}) == len(verdicts)


@pytest.mark.parametrize("format", FORMS)
def test_the_shared_forms(files: tuple[str, str], format: str) -> None:
    result = run(files[0], "--code", files[1], "--format", format)
    assert result.exit_code == 1
    assert "TC-6.9" in result.stdout
    if format == "sarif":
        assert {r["ruleId"] for r in json.loads(result.stdout)["runs"][0]["results"]} >= {"TC-6.2", "TC-6.9"}
    if format == "junit":
        ET.fromstring(result.stdout)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 1),
        (("--only", "complies"), 0),
        (("--only", "silent"), 0),
        (("--only", "silent", "--strict-unknown"), 3),
        (("--only", "complies", "--strict-unknown"), 0),
        (("--provision", "6.2"), 0),
        (("--provision", "TC-6.9"), 1),
        (("--provision", "6.3", "--strict-unknown"), 1),
        (("--only", "arguable"), 1),
    ],
)
def test_exit_codes(files: tuple[str, str], words: tuple[str, ...], code: int) -> None:
    result = run(files[0], "--code", files[1], *words)
    assert result.exit_code == code, result.output


def test_nothing_of_the_kind_is_said_in_words(files: tuple[str, str]) -> None:
    result = run(files[0], "--code", files[1], "--only", "silent", "--provision", "6.2")
    assert "No verdict of this kind." in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("words", "said", "help"),
    [
        (("--only", "breach"), "There is no kind of verdict called “breach”.", "“breaches”"),
        (("--provision", "6.33"), "test-code has no provision “6.33”.", "“6.3”"),
        (("--on", "last week"), "“last week” is not a date written year-month-day", "2026-10-31"),
    ],
)
def test_a_wrong_word_is_answered(files: tuple[str, str], words: tuple[str, ...], said: str, help: str) -> None:
    result = run(files[0], "--code", files[1], *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    told = " ".join(result.stderr.split())
    assert said in told
    assert help in told


def test_a_policy_that_cannot_be_read_whole_is_not_judged(tmp_path: Path) -> None:
    """The sentence that was not understood might be the one that complies."""
    path = tmp_path / "draft.policy"
    path.write_text('stage 1 "Stage 1":\n  must acknowlege within 5 working days of receipt [3.1].\n', encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "acknowledge" in result.stderr
    assert ":2:" in result.stderr


def test_a_missing_policy(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.policy"))
    assert result.exit_code == 2
    assert "none.policy" in result.stderr


def test_unverified_provisions_are_marked_in_every_form(files: tuple[str, str]) -> None:
    for format in ("text", "narrated", "json", "sarif", "markdown", "html"):
        assert "verified" in run(files[0], "--code", files[1], "--provision", "6.9", "--format", format).stdout


# ------------------------------------------------------------------ recommendations and deviations apart


def test_a_recommendation_is_never_called_a_breach(apart: tuple[str, str]) -> None:
    for format in ("text", *FORMS):
        said = run(
            apart[0], "--code", apart[1], "--provision", "2.4", "--on", ON.isoformat(), "--format", format
        ).stdout
        if format != "github":  # a note like any other there, with the message of the others
            assert "recommendation" in said, format
        # What SARIF carries of the language's own pages is not about this policy.
        assert not re.search(r"breach(es|ed)?\b", said.split('"results"')[-1]), format


def test_counts_apart(apart: tuple[str, str]) -> None:
    data = json.loads(run(apart[0], "--code", apart[1], "--on", ON.isoformat(), "--format", "json").stdout)
    counts = data["summary"]
    assert {k: v for k, v in counts["by_force"]["must"].items() if v} == {"partly": 2}
    assert {k: v for k, v in counts["by_force"]["should"].items() if v} == {"silent": 1, "breaches": 1}
    assert (counts["provisions"], counts["partly"], counts["accepted"]) == (4, 2, 1)
    assert [(d["provision"], d["standing"]) for d in data["deviations"]] == [("2.1", "in-force"), ("2.2", "expired")]
    by = {v["provision"]: v for v in data["verdicts"]}
    assert by["2.1"]["deviation"] == {
        "reason": "two teams are being merged", "approved_by": "the Board", "from": "2026-04-01", "until": "2027-03-31",
        "plan": "recruit two handlers by March 2027",
    }  # fmt: skip
    assert by["2.2"]["deviation"] is None
    # The verdict itself is never made better.
    assert by["2.1"]["verdict"] == "partly"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 1),  # 2.2 falls short and its deviation has expired
        (("--provision", "2.1"), 0),  # accepted
        (("--provision", "2.1", "--strict"), 1),
        (("--provision", "2.1", "--on", "2027-04-01"), 1),  # accepted no longer
        (("--provision", "2.4"), 0),  # a recommendation
        (("--provision", "2.4", "--strict"), 1),
        (("--only", "should"), 0),
        (("--only", "must"), 1),
        (("--only", "accepted"), 0),
    ],
)
def test_exit_codes_apart(apart: tuple[str, str], words: tuple[str, ...], code: int) -> None:
    day = () if "--on" in words else ("--on", ON.isoformat())
    result = run(apart[0], "--code", apart[1], *day, *words)
    assert result.exit_code == code, result.output


def test_help_teaches() -> None:
    said = " ".join(run("--help").stdout.split())
    for word in ("--fix --diff", "Exit codes", "deviation from", "--strict", "at-adoption", "only recommends"):
        assert word in said
