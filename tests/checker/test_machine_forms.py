"""What other programs read of a check: JSON by our schema, SARIF by what the standard asks, a page that can be heard.

The schema of the standard itself is not ours to ship. ``POLICYLANG_SARIF_SCHEMA=…/sarif-schema-2.1.0.json`` adds it.
"""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from jsonschema.validators import validator_for

from policylang.commands import main
from policylang.model.data import checks_dir, policies_dir
from policylang.model.library import policy_ids

OURS = Path(__file__).parent.parent / "findings" / "sarif-subset.schema.json"
SCHEMAS = [OURS, *(Path(name) for name in [os.environ.get("POLICYLANG_SARIF_SCHEMA", "")] if name)]
CODES = ("housing-ombudsman-2024", "housing-ombudsman-2022")


def printed(policy: str, code: str, format: str) -> str:
    path = str(policies_dir() / f"{policy}.policy")
    result = CliRunner().invoke(main, ["check", path, "--code", code, "--on", "2026-10-01", "--format", format])
    assert result.exit_code == 1, result.output
    return result.stdout


def faults(schema: Any, data: Any) -> list[str]:
    validator = validator_for(schema)(schema)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("policy", policy_ids())
@pytest.mark.parametrize("code", CODES)
def test_json_keeps_to_its_schema(policy: str, code: str) -> None:
    schema = json.loads((checks_dir() / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
    data = json.loads(printed(policy, code, "json"))
    assert faults(schema, data) == []
    counts = data["summary"]
    for name in ("complies", "partly", "breaches", "silent", "not-judged"):
        assert counts[name] == sum(one[name] for one in counts["by_force"].values())
    # The words that fall short are really there.
    text = (policies_dir() / f"{policy}.policy").read_text(encoding="utf-8").splitlines()
    for limb in (limb for verdict in data["verdicts"] for limb in verdict["limbs"]):
        for words in limb["words"]:
            if words["line"] == words["end_line"]:
                found = text[words["line"] - 1][words["column"] - 1 : words["end_column"] - 1]
                assert " ".join(found.split()) == words["text"]


def test_the_schema_is_not_empty_words() -> None:
    """A check with a key too many, a verdict that does not exist, or a column that is no number is refused."""
    schema = json.loads((checks_dir() / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
    whole = printed("connect-housing", CODES[0], "json")
    assert faults(schema, json.loads(whole) | {"more": 1})
    assert faults(schema, json.loads(whole.replace('"verdict": "partly"', '"verdict": "fine"', 1)))
    assert faults(schema, json.loads(re.sub(r'"column": \d+', '"column": 0', whole, count=1)))


@pytest.mark.parametrize("policy", policy_ids())
@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_sarif_keeps_to_the_standard(policy: str, schema: Path) -> None:
    data = json.loads(printed(policy, CODES[0], "sarif"))
    assert faults(json.loads(schema.read_text(encoding="utf-8")), data) == []
    (one,) = data["runs"]
    rules = one["tool"]["driver"]["rules"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    # A rule for each provision, by the name under which it is cited everywhere, each with its page.
    assert [rule["id"] for rule in rules if not rule["id"].startswith("HO24-")] == []
    assert len({rule["id"] for rule in rules}) == len(rules) == len(one["results"]) == 72
    assert all("What it asks" in rule["help"]["text"] for rule in rules)


def test_sarif_rule_ids_do_not_hang_on_the_policy() -> None:
    first, second = (
        [rule["id"] for rule in json.loads(printed(p, CODES[0], "sarif"))["runs"][0]["tool"]["driver"]["rules"]]
        for p in ("connect-housing", "harrogate")
    )
    assert first == second


def test_sarif_refuses_what_the_standard_refuses() -> None:
    schema = json.loads(OURS.read_text(encoding="utf-8"))
    data = json.loads(printed("connect-housing", CODES[0], "sarif"))
    data["runs"][0]["results"][0]["level"] = "severe"
    assert faults(schema, data)
    data = json.loads(printed("connect-housing", CODES[0], "sarif"))
    del data["runs"][0]["results"][0]["message"]["text"]
    assert faults(schema, data)


def test_junit_counts_what_fails() -> None:
    suite = ElementTree.fromstring(printed("connect-housing", CODES[0], "junit"))
    assert int(suite.attrib["tests"]) == 72
    assert int(suite.attrib["failures"]) == len(suite.findall(".//failure")) == 31


def test_github_annotations_name_the_words() -> None:
    lines = printed("connect-housing", CODES[0], "github").splitlines()
    (stage_1,) = [line for line in lines if "HO24-6.3 “" in line]
    assert re.match(r"::warning file=.*connect-housing\.policy,line=\d+,endLine=\d+,col=3,endColumn=14,title=", stage_1)


# ------------------------------------------------------------------ the HTML page


class Page(HTMLParser):
    """What a screen reader goes by: the elements in order with their attributes, and that they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [one for one in self.found if one[0] in tags]


@pytest.mark.parametrize("code", CODES)
def test_the_page_can_be_heard_and_needs_nothing_else(code: str) -> None:
    text = printed("harrogate", code, "html")
    page = Page(text)
    assert page.open == []
    assert page.all("html")[0][1] == {"lang": "en-GB"}
    for landmark in ("header", "nav", "main", "footer", "h1", "title"):
        assert len(page.all(landmark)) == 1, landmark
    levels = [int(tag[1]) for tag, _ in page.all("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(found.get("scope") in ("col", "row") for _, found in page.all("th"))
    ids = [found["id"] for _, found in page.found if found.get("id")]
    assert len(set(ids)) == len(ids)
    links = [found["href"] for _, found in page.all("a")]
    assert links
    assert {str(link).removeprefix("#") for link in links} <= set(ids)
    # Nothing is fetched and nothing runs.
    assert not page.all("script", "link", "img", "iframe")
    assert "http" not in text
    assert "url(" not in text
    # No verdict is told by colour alone.
    articles = re.findall(r"<article.*?</article>", text, re.DOTALL)
    assert articles
    assert all('<span class="word">' in one for one in articles)


def test_several_policies_are_one_page() -> None:
    paths = [str(policies_dir() / f"{name}.policy") for name in ("harrogate", "connect-housing")]
    text = CliRunner().invoke(main, ["check", *paths, "--code", CODES[0], "--format", "html"]).stdout
    page = Page(text)
    assert page.open == []
    ids = [found["id"] for _, found in page.found if found.get("id")]
    assert len(set(ids)) == len(ids)


def test_what_a_policy_quotes_is_text_and_not_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_text(
        'organisation "<script>alert(1)</script>".\nstage 1 "A & <b>":\n'
        '  aims to respond within 10 working days of receipt when "<img src=x>" [1].\n',
        encoding="utf-8",
    )
    for format in ("html", "markdown"):
        text = CliRunner().invoke(main, ["check", str(path), "--code", CODES[0], "--format", format]).stdout
        assert "script" in text
        bare = re.sub(r"```.*?```", "", text, flags=re.DOTALL) if format == "markdown" else text
        assert not re.search(r"(?<!\\)<(script|img|b)\b", bare)
