"""Findings for people at a terminal: the words underlined, the parts labelled, a summary at the end.

Colour only helps: every severity is also a word, every underlining also a line of carets.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Sequence
from typing import TextIO

from policylang.findings.excerpt import rows, visible
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.words import in_text, parts, spot, summary, under

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36;1", Severity.PASS: "32;1"}
_LABEL = 9


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``: a terminal that can. ``NO_COLOR`` forbids, ``FORCE_COLOR`` asks."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def render(findings: Sequence[Finding], *, colour: bool = False, with_summary: bool = True) -> str:
    """Every finding in its order, a blank line between two, and the summary last."""
    paint = _Paint(colour)
    across = min(max(shutil.get_terminal_size((100, 24)).columns, 40), 120)
    blocks = [_block(finding, paint, across) for finding in findings]
    if with_summary:
        blocks.append(summary(findings))
    return "\n\n".join(blocks) + "\n"


class _Paint:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def _block(finding: Finding, paint: _Paint, across: int) -> str:
    tone = _COLOURS[finding.severity]
    where = "" if finding.place is None else f"  {visible(spot(finding.place), keep='')}"
    name = f"{finding.rule} ({finding.code})" if finding.code else finding.rule
    lines = [f"{paint(finding.severity.value, tone)}: {paint(visible(name, keep=''), '1')}{where}"]
    lines += _wrapped(finding.message, "  ", "  ", across)
    if finding.place is not None:
        lines += _place(finding.place, paint, tone, across)
    for label, text in parts(finding):
        first = f"  {paint(label.ljust(_LABEL), '2')} "
        lines += _wrapped(text, first, " " * (_LABEL + 3), across, painted=len(first) - (_LABEL + 3))
    for other in finding.related:
        lines.append(f"  {paint('also at'.ljust(_LABEL), '2')} {visible(spot(other), keep='')}")
        lines += _place(other, paint, tone, across)
    lines.append(f"  {paint('more'.ljust(_LABEL), '2')} {visible(finding.explain, keep='')}")
    return "\n".join(lines)


def _place(place: Place, paint: _Paint, tone: str, across: int) -> list[str]:
    lines = []
    if place.heading and in_text(place):
        lines.append(f"  under {under(place)}")
    shown = rows(place, widest=across - 12)
    gutter = max((len(str(row.number)) for row in shown if row.number is not None), default=1)
    for row in shown:
        number = "" if row.number is None else str(row.number)
        lines.append(f"  {paint(number.rjust(gutter), '2')} | {row.text}".rstrip())
        if row.carets:
            indent = len(row.carets) - len(row.carets.lstrip())
            lines.append(f"  {' ' * gutter} | {' ' * indent}{paint(row.carets.lstrip(), tone)}")
    return lines


def _wrapped(text: str, first: str, rest: str, across: int, *, painted: int = 0) -> list[str]:
    """``text`` between the margins; its own line breaks are kept. ``painted`` is how many characters nobody sees."""
    lines: list[str] = []
    for number, line in enumerate(visible(text).split("\n")):
        lead = rest if number else first
        hidden = 0 if number else painted
        lines += textwrap.wrap(
            line,
            across + hidden,
            initial_indent=lead,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
        ) or [lead.rstrip()]
    return lines
