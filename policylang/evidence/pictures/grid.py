"""The provision grid: every row of the form as a cell, the policy's verdict above, practice below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.svg import MUTED, DataTable, Picture
from policylang.evidence.words import count


@dataclass(frozen=True, slots=True)
class GridCell:
    """One provision: ``verdict`` and ``practice`` are keys of :data:`VERDICTS` and :data:`PRACTICES`.

    ``cases`` is the number behind ``practice``: breached, not to be told, kept, and so on. ``advice`` says what became
    of the code's recommendations beside those duties, as ``3 kept and 1 missed``; empty where there are none.
    """

    provision: str
    title: str
    verdict: str
    practice: str
    answer: str
    cases: int = 0
    arguable: bool = False
    verified: bool = True
    advice: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A section of the form, or a table of one, with its cells in order."""

    title: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a value is drawn: a letter, a word, ground and ink colours, and a pattern."""

    letter: str
    word: str
    ground: str
    ink: str
    pattern: str


# The grounds differ in lightness as well as in hue, and each has its own letter and pattern.
VERDICTS = {
    "complies": Look("C", "complies", "#dcefe2", "#1d6b3a", ""),
    "partly": Look("P", "partly complies", "#f6d98b", "#7a5200", "stripe"),
    "breaches": Look("B", "breaches", "#8c1c2b", "#ffffff", "cross"),
    "silent": Look("S", "silent", "#ffffff", "#4d5761", "dots"),
    "not-judged": Look("N", "a policy text cannot show it", "#e7eaed", "#4d5761", "level"),
}
PRACTICES = {
    "met": Look("✓", "kept on every case that was decided", "#dcefe2", "#14512b", ""),
    "breached": Look("✗", "breached", "#8c1c2b", "#ffffff", ""),
    "unknown": Look("?", "cannot be told on some case", "#f6d98b", "#4a3200", ""),
    "kept": Look("K", "recommendation kept", "#dcefe2", "#14512b", ""),
    "missed": Look("M", "recommendation missed, which is no breach", "#c98f5a", "#1b1f24", ""),
    "pending": Look("…", "not yet due on any case", "#e7eaed", "#1b1f24", ""),
    "none": Look("–", "no case to judge", "#ffffff", "#4d5761", ""),
}

_SIDE, _GAP, _LABEL, _PITCH = 52, 5, 250, 78
_SELDOM = frozenset({"kept", "missed", "pending"})
_NARROWEST = 1000.0  # no legend is folded into less
_LINE, _NUMBER = 17, 11.5  # from line to line of a section's title; the size of a provision's number


def draw(name: str, rows: Sequence[GridRow]) -> Picture:
    """The grid. ``name`` makes its ids its own."""
    title = (
        f"Each of the {sum(len(row.cells) for row in rows)} provisions: what the policy says, and what practice shows"
    )
    desc = _summary(rows)
    parts: list[str] = []
    y = 12.0
    for row in rows:
        words = svg.wrapped(row.title, 27)
        tall = max(_PITCH, _LINE * len(words) + 12)
        parts.append(_row(name, row, words, y, tall))
        y += tall
    across = max((_LABEL + sum(map(_slot, row.cells)) + 12 for row in rows), default=0.0)
    legend, wide, height = _legend(name, rows, y + 6, max(across, _NARROWEST))
    width = max(wide, across)
    patterns = [
        svg.pattern(f"{name}-{key}", look.ground, look.ink, look.pattern)
        for key, look in VERDICTS.items()
        if look.pattern
    ]
    text = svg.document(name, width, height, title, desc, [*parts, legend], patterns)
    return Picture(text, title, desc, _table(rows))


def _row(name: str, row: GridRow, words: Sequence[str], y: float, tall: float) -> str:
    top = y + tall / 2 - 8 * len(words) + 4
    parts = [svg.label(8, top + n * _LINE, text, 13.5, font_weight=600) for n, text in enumerate(words)]
    x, above = float(_LABEL), y + (tall - _PITCH) / 2
    for cell in row.cells:
        slot = _slot(cell)
        parts.append(_cell(name, cell, x + (slot - _SIDE - _GAP) / 2, above))
        x += slot
    return svg.group(*parts)


def _slot(cell: GridCell) -> float:
    """How much room a cell takes up in its row: some provisions have long numbers, such as ``6.S2.acknowledge``."""
    return max(_SIDE, svg.text_width(_number(cell), _NUMBER) + 8) + _GAP


def _number(cell: GridCell) -> str:
    return cell.provision + ("" if cell.verified else "*")


def _cell(name: str, cell: GridCell, x: float, y: float) -> str:
    verdict, practice = VERDICTS[cell.verdict], PRACTICES[cell.practice]
    tooltip = (
        f"{cell.provision} {cell.title}: the policy {_policy_word(cell)}; practice: {_practice_word(cell)}; "
        f"comply: {cell.answer}"
    )
    figure = f"{practice.letter} {cell.cases:,}" if cell.cases else practice.letter
    body = [
        svg.tip(tooltip),
        svg.label(x + _SIDE / 2, y + 9, _number(cell), _NUMBER, "middle", font_weight=600),
        svg.rect(x, y + 13, _SIDE, 30, verdict.ground),
    ]
    if verdict.pattern:
        body.append(svg.rect(x, y + 13, 13, 30, f"url(#{name}-{cell.verdict})"))
        body.append(svg.rect(x + _SIDE - 13, y + 13, 13, 30, f"url(#{name}-{cell.verdict})"))
    letter = verdict.letter + ("?" if cell.arguable else "")
    body += [
        svg.label(x + _SIDE / 2, y + 34, letter, 17, "middle", verdict.ink, font_weight=700),
        svg.rect(x, y + 43, _SIDE, 19, practice.ground),
        svg.label(x + _SIDE / 2, y + 57, figure, 12.5, "middle", practice.ink, font_weight=700),
        svg.rect(x, y + 13, _SIDE, 49, "none", stroke="#5b6570", stroke_width=1),
        svg.line(x, y + 43, x + _SIDE, y + 43, "#5b6570", 1),
    ]
    return svg.group(*body)


def _policy_word(cell: GridCell) -> str:
    word = VERDICTS[cell.verdict].word
    verb = {"silent": "is silent", "not-judged": "is not judged, as a policy text cannot show it"}.get(
        cell.verdict, word
    )
    return verb + (" (arguable)" if cell.arguable else "")


def _practice_word(cell: GridCell) -> str:
    word = PRACTICES[cell.practice].word
    told = f"{word} ({count(cell.cases, 'case')})" if cell.cases else word
    return f"{told}; recommendations: {cell.advice}" if cell.advice else told


def _shown(rows: Sequence[GridRow]) -> dict[str, Look]:
    """The marks of practice to explain: those of every grid, and of the others what this one has."""
    there = {cell.practice for row in rows for cell in row.cells}
    return {key: look for key, look in PRACTICES.items() if key in there or key not in _SELDOM}


def _legend(name: str, rows: Sequence[GridRow], y: float, across: float) -> tuple[str, float, float]:
    """The legend, how far it reaches to the right, and down. It is folded where it would be wider than ``across``."""
    parts, wide = [], 0.0
    for heading, looks in (("Above: the policy's words", VERDICTS), ("Below: the complaints log", _shown(rows))):
        parts.append(svg.label(8, y + 16, heading, 13, font_weight=600))
        x = float(_LABEL)
        for key, look in looks.items():
            reach = 46 + svg.text_width(look.word, 13)
            if x > _LABEL and x + reach > across:
                x, y = float(_LABEL), y + 28
            parts += _sample(name, key, look, x, y)
            wide, x = max(wide, x + reach), x + reach + 10
        y += 32
    notes = (
        "Numbers below are cases. A question mark beside a letter: the policy can be read two ways.",
        "A star: unverified provision.",
    )
    parts += [svg.label(_LABEL, y + 12 + n * _LINE, note, 13, fill=MUTED) for n, note in enumerate(notes)]
    wide = max(wide, *(_LABEL + svg.text_width(note, 13) + 8 for note in notes))
    return svg.group(*parts), wide, y + 26 + _LINE


def _sample(name: str, key: str, look: Look, x: float, y: float) -> list[str]:
    """One entry of the legend: the cell in small, and its word."""
    parts = [svg.rect(x, y, 34, 22, look.ground, stroke="#5b6570")]
    if look.pattern:
        fill = f"url(#{name}-{key})"
        parts += [svg.rect(x, y, 9, 22, fill), svg.rect(x + 25, y, 9, 22, fill)]
    parts.append(svg.label(x + 17, y + 16, look.letter, 14, "middle", look.ink, font_weight=700))
    parts.append(svg.label(x + 40, y + 16, look.word, 13))
    return parts


def _summary(rows: Sequence[GridRow]) -> str:
    cells = [cell for row in rows for cell in row.cells]
    policy = ", ".join(f"{sum(cell.verdict == key for cell in cells)} {look.word}" for key, look in VERDICTS.items())
    practice = ", ".join(
        f"{sum(cell.practice == key for cell in cells)} {look.word}" for key, look in _shown(rows).items()
    )
    return f"Policy: {policy}. Practice: {practice}. The table below the picture has each provision."


def _table(rows: Sequence[GridRow]) -> DataTable:
    return DataTable(
        ("Provision", "Section", "Policy", "Practice", "Comply"),
        tuple(
            (
                cell.provision + ("" if cell.verified else " (unverified)"),
                row.title,
                VERDICTS[cell.verdict].word + (" (arguable)" if cell.arguable else ""),
                _practice_word(cell),
                cell.answer,
            )
            for row in rows
            for cell in row.cells
        ),
    )
