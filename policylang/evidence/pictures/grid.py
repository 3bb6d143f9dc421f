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

    ``cases`` is the number behind ``practice``: breached, not to be told, or kept.
    """

    provision: str
    title: str
    verdict: str
    practice: str
    answer: str
    cases: int = 0
    arguable: bool = False
    verified: bool = True


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
    "none": Look("–", "no case to judge", "#ffffff", "#4d5761", ""),
}

_SIDE, _GAP, _LABEL, _PITCH = 52, 5, 250, 78
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
    legend, wide, height = _legend(name, y + 6)
    width = max(wide, *(_LABEL + sum(map(_slot, row.cells)) + 12 for row in rows)) if rows else wide
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
    return f"{word} ({count(cell.cases, 'case')})" if cell.cases else word


def _legend(name: str, y: float) -> tuple[str, float, float]:
    """The legend, how far it reaches to the right, and down."""
    parts = [svg.label(8, y + 16, "Above: the policy's words", 13, font_weight=600)]
    x = float(_LABEL)
    for key, look in VERDICTS.items():
        fill = f"url(#{name}-{key})" if look.pattern else look.ground
        parts.append(svg.rect(x, y, 34, 22, look.ground, stroke="#5b6570"))
        if look.pattern:
            parts += [svg.rect(x, y, 9, 22, fill), svg.rect(x + 25, y, 9, 22, fill)]
        parts.append(svg.label(x + 17, y + 16, look.letter, 14, "middle", look.ink, font_weight=700))
        parts.append(svg.label(x + 40, y + 16, look.word, 13))
        x += 56 + svg.text_width(look.word, 13)
    wide = x
    y += 32
    parts.append(svg.label(8, y + 16, "Below: the complaints log", 13, font_weight=600))
    x = float(_LABEL)
    for look in PRACTICES.values():
        parts.append(svg.rect(x, y, 34, 22, look.ground, stroke="#5b6570"))
        parts.append(svg.label(x + 17, y + 16, look.letter, 14, "middle", look.ink, font_weight=700))
        parts.append(svg.label(x + 40, y + 16, look.word, 13))
        x += 56 + svg.text_width(look.word, 13)
    notes = (
        "Numbers below are cases. A question mark beside a letter: the policy can be read two ways.",
        "A star: unverified provision.",
    )
    parts += [svg.label(_LABEL, y + 44 + n * _LINE, note, 13, fill=MUTED) for n, note in enumerate(notes)]
    wide = max(wide, x, *(_LABEL + svg.text_width(note, 13) + 8 for note in notes))
    return svg.group(*parts), wide, y + 58 + _LINE


def _summary(rows: Sequence[GridRow]) -> str:
    cells = [cell for row in rows for cell in row.cells]
    policy = ", ".join(f"{sum(cell.verdict == key for cell in cells)} {look.word}" for key, look in VERDICTS.items())
    practice = ", ".join(
        f"{sum(cell.practice == key for cell in cells)} {look.word}" for key, look in PRACTICES.items()
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
