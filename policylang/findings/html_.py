"""Findings as one HTML page that needs nothing else: no script, no font, no picture; and the parts of such a page.

Made to be heard as well as seen: landmarks, headings in order, tables whose cells are headed, every colour also a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from policylang.findings.excerpt import Row, rows, visible
from policylang.findings.finding import Finding, Severity
from policylang.findings.html_style import STYLE
from policylang.findings.words import in_text, parts, spot, summary, under

_TONES = {Severity.ERROR: "bad", Severity.WARNING: "fair", Severity.NOTE: "none", Severity.PASS: "good"}


def text(value: str) -> str:
    """Text for the page: markup escaped, and what could steer a reader's screen made visible."""
    return escape(visible(value, keep="\n\t"))


def page(title: str, lead: Iterable[str], contents: Sequence[tuple[str, str]], body: Iterable[str], foot: str) -> str:
    """A whole page. ``lead`` are paragraphs of plain text, ``contents`` ids and titles of its sections, ``body`` markup
    of those sections, ``foot`` plain text."""
    links = "".join(f'<li><a href="#{escape(id)}">{text(name)}</a></li>' for id, name in contents)
    nav = f'<nav aria-label="Contents"><ul>{links}</ul></nav>' if links else ""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en-GB">',
            f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{text(title)}</title><style>{STYLE}</style></head>",
            '<body><a class="skip" href="#content">Skip to the content</a>',
            f"<header><h1>{text(title)}</h1>{''.join(f'<p>{text(line)}</p>' for line in lead)}</header>",
            nav,
            '<main id="content">',
            *body,
            "</main>",
            f"<footer><p>{text(foot)}</p></footer>",
            "</body></html>",
            "",
        ]
    )


def section(id: str, title: str, inside: Iterable[str]) -> str:
    """A section with its heading, which names it."""
    name = escape(id)
    head = f'<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{text(title)}</h2>'
    return head + "\n".join(inside) + "</section>"


def table(caption: str, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table of plain text; the first cell of each line heads it, and cells of digits are set to the right."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in headings)
    body = "".join(
        f'<tr><th scope="row">{text(first)}</th>'
        + "".join(f'<td class="n">{text(c)}</td>' if c.isdigit() else f"<td>{text(c)}</td>" for c in rest)
        + "</tr>"
        for first, *rest in lines
    )
    return f"<table><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def described(pairs: Iterable[tuple[str, str]]) -> str:
    """Labelled parts, each a label in plain text and its markup."""
    return "<dl>" + "".join(f"<dt>{text(label)}</dt><dd>{inside}</dd>" for label, inside in pairs) + "</dl>"


def excerpt(lines: Iterable[Row]) -> str:
    """Lines of a file with the words that are meant marked; nothing for no lines."""
    shown = [_marked(row) for row in lines]
    return f"<pre>{chr(10).join(shown)}</pre>" if shown else ""


def _marked(row: Row) -> str:
    number = "" if row.number is None else f'<span class="soft">line {row.number} | </span>'
    told, inside = "", False
    gaps = {at for gap in re.finditer(" {3,}", row.text) for at in range(*gap.span())}
    for at, char in enumerate(row.text):
        here = at < len(row.carets) and row.carets[at] == "^" and at not in gaps
        if here is not inside:
            told += "<mark>" if here else "</mark>"
            inside = here
        told += escape(char)
    return number + told + ("</mark>" if inside else "")


def render(findings: Sequence[Finding]) -> str:
    """The counts as a table, then an article for each finding."""
    counts = Counter(finding.severity for finding in findings)
    lines = [(s.value.capitalize(), str(counts[s])) for s in Severity if counts[s]]
    body = (
        [section("counts", "In short", [table("Findings by severity", ("Severity", "Findings"), lines)])]
        if lines
        else []
    )
    if findings:
        body.append(section("findings", "Findings", [_article(f) for f in findings]))
    contents = [("counts", "In short"), ("findings", "Findings")] if findings else []
    return page("Findings", [summary(findings)], contents, body, "Made by policylang.")


def _article(finding: Finding) -> str:
    pairs: list[tuple[str, str]] = []
    place = finding.place
    if place is not None:
        heading = f", under {under(place)}" if place.heading and in_text(place) else ""
        pairs.append(("where", f"{text(spot(place) + heading)}{excerpt(rows(place))}"))
    pairs += [(label, f"<span>{text(said)}</span>") for label, said in parts(finding)]
    pairs += [("also at", text(spot(other)) + excerpt(rows(other))) for other in finding.related]
    pairs.append(("more", f"<code>{text(finding.explain)}</code>"))
    name = f"{finding.rule} ({finding.code})" if finding.code else finding.rule
    word = f'<span class="word">{finding.severity.value}</span>'
    return (
        f'<article class="{_TONES[finding.severity]}"><h3>{word} {text(name)}</h3>'
        f"<p>{text(finding.message)}</p>{described(pairs)}</article>"
    )
