"""Findings as SARIF 2.1.0, which code-review sites show beside the text. The rule id is the finding's code."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import PurePath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from policylang import __version__
from policylang.findings import pages
from policylang.findings.excerpt import underlined
from policylang.findings.finding import Finding, Place, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note", Severity.PASS: "none"}


def render(findings: Sequence[Finding], explain: Callable[[str], str | None] | None = None) -> str:
    """One run of the tool ``policylang``, with a rule for each code that occurs and a result for each finding.

    ``explain`` gives a rule's page as Markdown, where other pages than those of :mod:`policylang.findings.pages` exist.
    """
    explain = explain or _page
    order = {rule_id: at for at, rule_id in enumerate(dict.fromkeys(map(_rule_id, findings)))}
    first = {rule_id: next(f for f in findings if _rule_id(f) == rule_id) for rule_id in order}
    driver = {"name": "policylang", "version": __version__, "rules": [_rule(i, f, explain) for i, f in first.items()]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, order[_rule_id(finding)]) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule_id(finding: Finding) -> str:
    return finding.code or finding.rule


def _page(name: str) -> str | None:
    page = pages.find(name)
    return None if page is None else page.text


def _rule(rule_id: str, finding: Finding, explain: Callable[[str], str | None]) -> dict[str, Any]:
    text = explain(finding.page or finding.rule) or f"To read about it, type: {finding.explain}"
    return {
        "id": rule_id,
        "name": finding.rule,
        "shortDescription": {"text": finding.rule.replace("-", " ").capitalize()},
        "help": {"text": text, "markdown": text},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": _rule_id(finding),
        "ruleIndex": index,
        "kind": "pass" if finding.severity is Severity.PASS else "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.help}" if finding.help else finding.message},
        "partialFingerprints": {"policylang/v1": finding.id},
    }
    if finding.place is not None:
        result["locations"] = [_location(finding.place)]
    if finding.related:
        result["relatedLocations"] = [{"id": n, **_location(p)} for n, p in enumerate(finding.related, 1)]
    rest = {
        "clauses": list(finding.clauses) or None,
        "restsOn": finding.rests_on,
        "expected": finding.expected,
        "found": finding.found,
        "outBy": finding.out_by,
    }
    properties = {name: value for name, value in rest.items() if value}
    if properties:
        result["properties"] = properties
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(place.file)}}
    if place.line is not None:
        region: dict[str, Any] = {"startLine": place.line}
        for name, value in (
            ("startColumn", place.column),
            ("endLine", place.end_line),
            ("endColumn", place.end_column),
        ):
            if value is not None:
                region[name] = value
        words = underlined(place)
        if words:
            region["snippet"] = {"text": words}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    inside = place.cell or place.heading or place.sheet
    if inside:
        whole = f"{place.sheet}!{inside}" if place.sheet and place.cell else inside
        kind = "cell" if place.cell else "heading"
        location["logicalLocations"] = [{"fullyQualifiedName": whole, "kind": kind}]
    return location


def uri(file: str) -> str:
    """A file's name as a URI reference: relative if the path is, with everything but letters and ``/`` escaped."""
    path: PurePath = PureWindowsPath(file) if "\\" in file else PurePath(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode("utf-8", "replace"))
