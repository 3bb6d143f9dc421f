"""Findings as annotations of a GitHub workflow, one line each. A pass is left out: an annotation asks for attention."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.findings.finding import Finding, Severity
from policylang.findings.words import in_text, workbook_parts

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(findings: Sequence[Finding]) -> str:
    """The annotations, or nothing at all if there is nothing to annotate."""
    return "".join(f"{_line(finding)}\n" for finding in findings if finding.severity in _LEVELS)


def _line(finding: Finding) -> str:
    place = finding.place
    message = finding.message
    fields: dict[str, object] = {}
    if place is not None:
        fields["file"] = place.file.replace("\\", "/")
        if place.line is not None:
            fields |= {"line": place.line, "endLine": place.end_line or place.line}
            # Columns mean something only where the words are on one line.
            if place.column is not None and (place.end_line or place.line) == place.line:
                fields |= {"col": place.column, "endColumn": place.end_column or place.column + 1}
        if not in_text(place):
            message = f"{', '.join(workbook_parts(place))}: {message}"
    fields["title"] = f"{finding.rule} ({finding.code})" if finding.code else finding.rule
    if finding.help:
        message = f"{message}\n{finding.help}"
    listed = ",".join(f"{name}={_escaped(str(value), inside=True)}" for name, value in fields.items())
    return f"::{_LEVELS[finding.severity]} {listed}::{_escaped(message)}"


def _escaped(text: str, *, inside: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text
