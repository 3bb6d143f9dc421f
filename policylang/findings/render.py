"""One way in to all renderers: findings in, text out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from policylang.findings.finding import Finding

FORMATS = ("text", "narrated", "json", "sarif", "github", "junit", "markdown", "html")
"""What ``format`` may be. ``terminal`` is another name for ``text``."""


def render(
    findings: Iterable[Finding],
    format: str,
    *,
    colour: bool | None = None,
    summary: bool = True,
    explain: Callable[[str], str | None] | None = None,
) -> str:
    """Every finding, in the order given, in one of :data:`FORMATS`; the text ends with a new line or is empty.

    ``colour`` and ``summary`` concern only the forms for people: ``colour=None`` means colour if stdout is a terminal
    that wants it, and ``summary=False`` leaves out the sentence that counts them. ``explain``
    gives the page of a rule, for the forms that carry it (SARIF). What the findings quote can hold
    anything; the result can always be encoded as UTF-8. Raises :class:`ValueError` for a format that does not exist.
    """
    found = list(findings)
    return _rendered(found, format, colour, summary, explain).encode("utf-8", "replace").decode("utf-8")


def _rendered(
    found: list[Finding],
    format: str,
    colour: bool | None,
    summary: bool,
    explain: Callable[[str], str | None] | None,
) -> str:
    # Each renderer is imported where it is wanted: a command that prints text should not wait for XML.
    match format:
        case "text" | "terminal":
            from policylang.findings import terminal

            painted = terminal.wants_colour(sys.stdout) if colour is None else colour
            return terminal.render(found, colour=painted, with_summary=summary)
        case "narrated":
            from policylang.findings import narrated

            return narrated.render(found, with_summary=summary)
        case "json":
            from policylang.findings import json_

            return json_.render(found)
        case "sarif":
            from policylang.findings import sarif

            return sarif.render(found, explain)
        case "github":
            from policylang.findings import github

            return github.render(found)
        case "junit":
            from policylang.findings import junit

            return junit.render(found)
        case "markdown":
            from policylang.findings import markdown

            return markdown.render(found)
        case "html":
            from policylang.findings import html_

            return html_.render(found)
    raise ValueError(f"There is no form of output called {format!r}; there are {', '.join(FORMATS)}.")
