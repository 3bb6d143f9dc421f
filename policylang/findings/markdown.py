"""Findings as Markdown, for a pull request, a ticket or a page of notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policylang.findings.excerpt import rows, visible
from policylang.findings.finding import Finding
from policylang.findings.words import in_text, parts, spot, summary, under

# What would start emphasis, code, a link, a cell, a heading or a tag. Full stops and hyphens read better bare.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")


def render(findings: Sequence[Finding]) -> str:
    """The summary, then one section for each finding with its parts as a list."""
    return "\n\n".join(["# Findings", escaped(summary(findings)), *map(_section, findings)]) + "\n"


def _section(finding: Finding) -> str:
    name = f"{finding.rule} ({finding.code})" if finding.code else finding.rule
    blocks = [f"## {finding.severity.value.capitalize()}: {escaped(name)}", escaped(finding.message)]
    items = []
    place = finding.place
    if place is not None:
        heading = f", under {escaped(under(place))}" if place.heading and in_text(place) else ""
        items.append(f"- **where:** {code_span(spot(place))}{heading}")
        shown = [line for row in rows(place) for line in (row.text, row.carets) if line]
        if shown:
            ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", "\n".join(shown))), default=0))
            blocks.append("\n".join([ticks + "text", *shown, ticks]))
    items += [f"- **{label}:** {escaped(text)}" for label, text in parts(finding)]
    items += [f"- **also at:** {code_span(spot(other))}" for other in finding.related]
    items.append(f"- **more:** {code_span(finding.explain)}")
    return "\n\n".join([*blocks, "\n".join(items)])


def escaped(text: str) -> str:
    """Text on one line in which nothing starts markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))


def code_span(text: str) -> str:
    """Text as code, whatever it holds."""
    text = visible(text, keep="")
    ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if "`" in text else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
