"""Findings as machines read them: every part under its own key, nothing lost, nothing that breaks the format."""

from __future__ import annotations

import json
from urllib.parse import unquote
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from policylang import __version__
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.json_ import as_dict
from policylang.findings.render import render
from policylang.findings.sarif import uri
from tests.findings.strategies import findings

FAULT = Finding(
    rule="two-figures",
    code="PL-L01",
    severity=Severity.ERROR,
    message="Stage 1 has two time limits.",
    place=Place(
        "drafts/my policy.policy", 12, 20, 12, 41, "Stage 1", "  must acknowledge within 5 working days of receipt."
    ),
    rests_on="Code 2024, provision 6.2",
    expected="one figure",
    found="two figures",
    out_by="2 working days",
    help="Keep one of the two.",
    clauses=("3.2", "7.1"),
    related=(Place("drafts/my policy.policy", 30, 3, 30, 19),),
)
IN_A_CELL = Finding(
    "no-date", "T01", Severity.WARNING, "No date.", Place("log.xlsx", heading="Due", sheet="Log", row=17, cell="D17")
)
PASSED = Finding("in-time", "HO24-6.2", Severity.PASS, "Five working days, as the Code asks.")


def test_json_has_the_contract_of_lint_and_every_other_part() -> None:
    data = json.loads(render([FAULT, PASSED], "json"))
    assert data["findings"][0] == {
        "id": FAULT.id,
        "rule": "two-figures",
        "code": "PL-L01",
        "severity": "error",
        "message": "Stage 1 has two time limits.",
        "file": "drafts/my policy.policy",
        "line": 12,
        "column": 20,
        "end_line": 12,
        "end_column": 41,
        "heading": "Stage 1",
        "excerpt": "  must acknowledge within 5 working days of receipt.",
        "sheet": None,
        "row": None,
        "cell": None,
        "rests_on": "Code 2024, provision 6.2",
        "expected": "one figure",
        "found": "two figures",
        "out_by": "2 working days",
        "help": "Keep one of the two.",
        "page": "two-figures",
        "clauses": ["3.2", "7.1"],
        "related": [
            {
                "file": "drafts/my policy.policy",
                "line": 30,
                "column": 3,
                "end_line": 30,
                "end_column": 19,
                "heading": None,
                "excerpt": None,
                "sheet": None,
                "row": None,
                "cell": None,
            }
        ],
    }
    assert data["summary"] == {"error": 1, "warning": 0, "note": 0, "pass": 1}


def test_json_keys_are_always_there() -> None:
    assert set(as_dict(PASSED)) == set(as_dict(FAULT)) == set(as_dict(IN_A_CELL))


@given(st.lists(findings(), max_size=4))
def test_json_keeps_every_finding_in_its_order(found: list[Finding]) -> None:
    data = json.loads(render(found, "json"))
    assert [f["id"] for f in data["findings"]] == [f.id for f in found]


def test_sarif_has_a_rule_for_each_code_and_points_results_at_it() -> None:
    log = json.loads(render([FAULT, IN_A_CELL, PASSED, FAULT], "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("policylang", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["PL-L01", "T01", "HO24-6.2"]
    assert all(rule["help"]["text"] and "helpUri" not in rule for rule in driver["rules"])
    assert [driver["rules"][r["ruleIndex"]]["id"] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert [(r["kind"], r["level"]) for r in run["results"]] == [
        ("fail", "error"),
        ("fail", "warning"),
        ("pass", "none"),
        ("fail", "error"),
    ]


def test_sarif_says_where() -> None:
    fault, cell, passed = json.loads(render([FAULT, IN_A_CELL, PASSED], "sarif"))["runs"][0]["results"]
    assert fault["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "drafts/my%20policy.policy"},
        "region": {
            "startLine": 12,
            "startColumn": 20,
            "endLine": 12,
            "endColumn": 41,
            "snippet": {"text": "within 5 working days"},
        },
    }
    assert fault["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 30
    assert fault["properties"]["clauses"] == ["3.2", "7.1"]
    assert cell["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "Log!D17", "kind": "cell"}]
    assert "region" not in cell["locations"][0]["physicalLocation"]
    assert "locations" not in passed


def test_sarif_help_is_the_page_of_the_rule_where_there_is_one() -> None:
    finding = Finding("no-such-file", "PL-F01", Severity.ERROR, "There is no file a.policy.")
    (rule,) = json.loads(render([finding], "sarif"))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["help"]["text"].startswith("# no-such-file (PL-F01)")


def test_sarif_takes_pages_from_whoever_has_them() -> None:
    text = render([FAULT, PASSED], "sarif", explain={"two-figures": "# A page"}.get)
    rules = json.loads(text)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["help"]["text"] for rule in rules] == [
        "# A page",
        "To read about it, type: policylang explain in-time",
    ]


def test_sarif_fingerprints_do_not_depend_on_the_line() -> None:
    def fingerprint(line: int) -> str:
        finding = Finding("r", "C", Severity.ERROR, "m", Place("f", line, 1, line, 3, excerpt="words"))
        result = json.loads(render([finding], "sarif"))["runs"][0]["results"][0]
        return str(result["partialFingerprints"]["policylang/v1"])

    assert fingerprint(3) == fingerprint(400)


def test_files_become_references_that_a_browser_can_follow() -> None:
    assert uri("policies/draft.policy") == "policies/draft.policy"
    assert uri(r"policies\my draft.policy") == "policies/my%20draft.policy"
    assert uri(r"C:\drafts\a.policy") == "file:///C:/drafts/a.policy"
    assert uri("/drafts/a b.policy") == "file:///drafts/a%20b.policy"
    assert unquote(uri("entwürfe/100%.policy")) == "entwürfe/100%.policy"


@given(st.lists(findings(), max_size=4))
def test_sarif_of_anything_is_json_with_a_rule_a_result(found: list[Finding]) -> None:
    (run,) = json.loads(render(found, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [r["ruleId"] for r in run["results"]]


@given(st.lists(findings(), max_size=4))
def test_github_is_one_line_an_annotation(found: list[Finding]) -> None:
    text = render(found, "github")
    wanted = [f for f in found if f.severity is not Severity.PASS]
    assert len(text.split("\n")) - 1 == len(wanted)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in text.split("\n")[:-1])


def test_junit_counts_errors_and_warnings_as_failures() -> None:
    note = Finding("n", "N1", Severity.NOTE, "Only a note.")
    top = ElementTree.fromstring(render([FAULT, IN_A_CELL, note, PASSED], "junit"))
    suite = top.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    cases = suite.findall("testcase")
    assert [case.find("failure") is not None for case in cases] == [True, True, False, False]
    assert (cases[0].get("file"), cases[0].get("line")) == ("drafts/my policy.policy", "12")
    failure = cases[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "Stage 1 has two time limits."
    assert "expected: one figure" in (failure.text or "")


@given(st.lists(findings(), max_size=4))
def test_junit_of_anything_is_xml(found: list[Finding]) -> None:
    top = ElementTree.fromstring(render(found, "junit"))
    assert len(top.findall("./testsuite/testcase")) == len(found)


def test_html_says_every_part_and_runs_nothing() -> None:
    page = render([FAULT, PASSED, IN_A_CELL], "html")
    assert page.startswith('<!doctype html>\n<html lang="en-GB">')
    for landmark in ("<header>", "<nav ", '<main id="content">', "<footer>"):
        assert page.count(landmark) == 1
    for part in ("two-figures (PL-L01)", "Stage 1 has two time limits.", "Code 2024, provision 6.2", "one figure"):
        assert part in page
    # The words that are meant are marked, and the severity is a word.
    assert "<mark>within 5 working days</mark>" in page
    assert '<span class="word">error</span>' in page
    assert '<th scope="row">Error</th><td class="n">1</td>' in page
    assert "<script" not in page
    assert "http" not in page


@given(st.lists(findings(), max_size=3))
def test_html_shows_what_a_file_holds_and_never_obeys_it(found: list[Finding]) -> None:
    page = render(found, "html")
    own = render([], "html")
    assert page.count("<style>") == own.count("<style>") == 1
    assert page.count("<script") == page.count("<img") == page.count("<iframe") == 0
    assert page.count("<article") == page.count("</article>") == len(found)
