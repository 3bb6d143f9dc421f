"""Findings as JSON: every part its own key, always present, ``null`` where it does not apply."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from policylang.findings.finding import Finding, Place, Severity

_PLACE = ("file", "line", "column", "end_line", "end_column", "heading", "excerpt", "sheet", "row", "cell")


def as_dict(finding: Finding) -> dict[str, Any]:
    """One finding as plain data. Lines and columns count from 1; ``end_column`` is the column after the last one."""
    return {
        "id": finding.id,
        "rule": finding.rule,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.place),
        "rests_on": finding.rests_on,
        "expected": finding.expected,
        "found": finding.found,
        "out_by": finding.out_by,
        "help": finding.help,
        "page": finding.page or finding.rule,
        "clauses": list(finding.clauses),
        "related": [_place(place) for place in finding.related],
    }


def render(findings: Sequence[Finding]) -> str:
    """``{"findings": […], "summary": {"error": n, "warning": n, "note": n, "pass": n}}``."""
    counts = Counter(finding.severity for finding in findings)
    data = {
        "findings": [as_dict(finding) for finding in findings],
        "summary": {severity.value: counts[severity] for severity in Severity},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _place(place: Place | None) -> dict[str, Any]:
    return {name: None if place is None else getattr(place, name) for name in _PLACE}
