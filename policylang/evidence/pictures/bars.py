"""Bars that lie: volumes by category (sorted), the steps from complaint to stage 2, open cases by age."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.svg import INK, MUTED, DataTable, Picture
from policylang.evidence.words import count, percent

_SLATE = "#3d6480"
_LABEL, _ROW, _WIDTH, _END = 230.0, 30.0, 860.0, 200.0
SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: ``number`` is ``None`` where it is suppressed, ``remark`` stands behind it, ``open`` bars are hatched."""

    name: str
    number: int | None
    remark: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn, from top to bottom. ``unit`` is one of what is counted (``complaint``)."""

    heading: str
    first: str
    unit: str
    bars: tuple[Bar, ...]
    note: str = ""


def by_size(heading: str, first: str, unit: str, numbers: Iterable[tuple[str, int | None]], unknown: str) -> Bars:
    """Bars sorted by their size, the largest first; what is ``unknown`` comes last and is hatched."""
    pairs = list(numbers)
    whole = None if any(n is None for _, n in pairs) else sum(n or 0 for _, n in pairs)
    ranked = sorted(pairs, key=lambda pair: (pair[0] == unknown, pair[1] is None, -(pair[1] or 0), pair[0]))
    bars = (
        Bar(name, n, percent(Fraction(n, whole)) if whole and n is not None else "", name == unknown)
        for name, n in ranked
    )
    return Bars(heading, first, unit, tuple(bars))


def steps(heading: str, numbers: Sequence[tuple[str, int | None]], unit: str = "complaint") -> Bars:
    """A funnel: each step with its share of the first."""
    whole = numbers[0][1] if numbers else None
    bars = [Bar(name, n, _of(n, whole) if place else "") for place, (name, n) in enumerate(numbers)]
    return Bars(heading, "Step", unit, tuple(bars))


def _of(number: int | None, whole: int | None) -> str:
    return f"{percent(Fraction(number, whole))} of the first" if whole and number is not None else ""


def draw(name: str, data: Bars) -> Picture:
    """The bars. ``name`` makes their ids their own."""
    highest = max((bar.number or 0 for bar in data.bars), default=0) or 1
    parts, y = [], 14.0
    for bar in data.bars:
        words = svg.wrapped(bar.name, 28)
        tall = max(_ROW, 16.0 * len(words) + 10)
        parts += _bar(name, bar, words, y, tall, highest, data.unit)
        y += tall
    if data.note:
        parts.append(svg.label(8, y + 18, data.note, 12, fill=MUTED))
        y += 24
    desc = _summary(data)
    patterns = [svg.pattern(f"{name}-open", "#ffffff", "#4d5761", "stripe")]
    text = svg.document(name, _WIDTH, y + 12, data.heading, desc, parts, patterns)
    return Picture(text, data.heading, desc, _table(data))


def _bar(name: str, bar: Bar, words: Sequence[str], y: float, tall: float, highest: int, unit: str) -> list[str]:
    middle = y + tall / 2
    first = middle + 4 - 8 * (len(words) - 1)
    parts = [svg.label(_LABEL - 8, first + 16 * n, text, 13, "end") for n, text in enumerate(words)]
    wide = (bar.number or 0) / highest * (_WIDTH - _LABEL - _END)
    said = SUPPRESSED if bar.number is None else f"{bar.number:,}"
    tip = svg.tip(f"{bar.name}: {SUPPRESSED if bar.number is None else count(bar.number, unit)}")
    fill = f"url(#{name}-open)" if bar.open else _SLATE
    box: dict[str, svg.Attribute] = {"x": _LABEL, "y": middle - 9, "width": wide, "height": 18, "fill": fill}
    parts.append(svg.element("rect", {**box, "stroke": INK, "stroke-width": 0.6}, tip))
    parts.append(svg.label(_LABEL + wide + 7, middle + 4, said, 13, font_weight=600))
    if bar.remark:
        parts.append(svg.label(_LABEL + wide + 15 + svg.text_width(said, 13), middle + 4, bar.remark, 12, fill=MUTED))
    return parts


def _summary(data: Bars) -> str:
    said = ", ".join(f"{bar.name} {SUPPRESSED if bar.number is None else f'{bar.number:,}'}" for bar in data.bars)
    return f"{data.heading}: {said or 'none'}." + (f" {data.note}" if data.note else "")


def _table(data: Bars) -> DataTable:
    rows = tuple(
        (bar.name, SUPPRESSED if bar.number is None else f"{bar.number:,}", bar.remark or "-") for bar in data.bars
    )
    return DataTable((data.first, data.unit.capitalize() + "s", "Share"), rows)
