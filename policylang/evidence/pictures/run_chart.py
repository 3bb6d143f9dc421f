"""A run chart of individual values and moving ranges (XmR), its signals said in words.

The limits are the mean plus and minus 2.66 times the mean moving range, the usual constant for individual values.
Two rules, and no others, make a signal: a point outside the limits, and eight in a row on one side of the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.axes import Axes, scale
from policylang.evidence.pictures.svg import INK, MUTED, DataTable, Picture

CONSTANT = Fraction(266, 100)
RUN = 8
LEAST = 8
"""Fewer points than these get no limits: they would come out of chance."""
RULES = "Rules: one point outside the limits; eight or more in a row on one side of the mean."
_BLUE, _RED = "#1f4e79", "#8c1c2b"


@dataclass(frozen=True, slots=True)
class Point:
    """A value by the name of its month."""

    name: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class RunChart:
    """What is drawn: ``unit`` is what the values count, ``note`` what was left out."""

    heading: str
    unit: str
    points: tuple[Point, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean, and between what values the ordinary ups and downs stay; never below nought."""

    mean: Fraction
    lower: Fraction
    upper: Fraction


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal in words, and the points that make it (by their place, from 0)."""

    words: str
    points: tuple[int, ...]


def limits(values: Sequence[Fraction]) -> Limits | None:
    """The limits of these values in their order; ``None`` for fewer than eight."""
    if len(values) < LEAST:
        return None
    mean = Fraction(sum(values), len(values))
    moved = Fraction(sum(abs(b - a) for a, b in pairwise(values)), len(values) - 1)
    return Limits(mean, max(mean - CONSTANT * moved, Fraction(0)), mean + CONSTANT * moved)


def signals(points: Sequence[Point]) -> tuple[Signal, ...]:
    """What is more than ordinary ups and downs, by the two rules; nothing without limits."""
    within = limits([point.value for point in points])
    if within is None:
        return ()
    found = []
    for n, point in enumerate(points):
        if point.value > within.upper:
            words = f"{point.name} ({figure(point.value)}) is above the upper limit of {figure(within.upper)}."
            found.append(Signal(words, (n,)))
        elif point.value < within.lower:
            words = f"{point.name} ({figure(point.value)}) is below the lower limit of {figure(within.lower)}."
            found.append(Signal(words, (n,)))
    for side, group in groupby(range(len(points)), key=lambda n: _side(points[n].value, within.mean)):
        places = tuple(group)
        if side and len(places) >= RUN:
            first, last = points[places[0]].name, points[places[-1]].name
            where = "above" if side > 0 else "below"
            words = f"{len(places)} in a row, {first} to {last}, are {where} the mean of {figure(within.mean)}."
            found.append(Signal(words, places))
    return tuple(found)


def _side(value: Fraction, mean: Fraction) -> int:
    """1 above, -1 below, 0 on the mean, which ends a run."""
    return (value > mean) - (value < mean)


def figure(value: Fraction) -> str:
    """``12``, or ``12.4`` where it is no whole number."""
    tenths = (value * 10 + Fraction(1, 2)) // 1
    return f"{value.numerator:,}" if value.denominator == 1 else f"{tenths // 10:,}.{tenths % 10}"


def draw(name: str, data: RunChart) -> Picture:
    """The chart. ``name`` makes its ids its own."""
    within, told = limits([point.value for point in data.points]), signals(data.points)
    highest = max([point.value for point in data.points] + [within.upper if within else Fraction(0)], default=0)
    step, top = scale(-int(-highest // 1))
    axes = Axes(len(data.points), top, right=110.0, top=40.0, bottom=52.0)
    parts = axes.lines(range(0, top + 1, step), lambda n: f"{n:,}", data.unit)
    if within:
        parts += _level(axes, within.mean, "mean", "")
        parts += _level(axes, within.upper, "upper limit", "6 4")
        parts += _level(axes, within.lower, "lower limit", "6 4")
    places = [(axes.x(n + 0.5), axes.y(float(point.value))) for n, point in enumerate(data.points)]
    parts += [svg.line(*a, *b, _BLUE, 2) for a, b in pairwise(places)]
    marked = {n for signal in told for n in signal.points}
    parts += [
        _mark(place, point, n in marked) for n, (place, point) in enumerate(zip(places, data.points, strict=True))
    ]
    parts += axes.names([point.name for point in data.points])
    foot = "Squares: points that make a signal." if marked else "No point makes a signal." if within else _too_few(data)
    parts.append(svg.label(axes.left, axes.height - 10, foot, 12, fill=MUTED))
    desc = summary(data)
    text = svg.document(name, axes.width, axes.height, data.heading, desc, parts)
    return Picture(text, data.heading, desc, _table(data, marked))


def _level(axes: Axes, value: Fraction, words: str, dash: str) -> list[str]:
    y, end = axes.y(float(value)), axes.width - axes.right
    return [
        svg.line(axes.left, y, end, y, INK, 1.4, stroke_dasharray=dash or None),
        svg.label(end + 6, y + 4, f"{words} {figure(value)}", 11.5),
    ]


def _mark(place: tuple[float, float], point: Point, signal: bool) -> str:
    (x, y), words = place, svg.tip(f"{point.name}: {figure(point.value)}" + (" (part of a signal)" if signal else ""))
    if signal:
        square: dict[str, svg.Attribute] = {"x": x - 6, "y": y - 6, "width": 12, "height": 12, "fill": _RED}
        return svg.element("rect", {**square, "stroke": INK, "stroke-width": 1.5}, words)
    return svg.element("circle", {"cx": x, "cy": y, "r": 4.5, "fill": _BLUE, "stroke": INK}, words)


def _too_few(data: RunChart) -> str:
    return f"{len(data.points)} points are too few for limits, which need {LEAST}."


def summary(data: RunChart) -> str:
    """The mean, the limits and each signal in words, with the rules they rest on."""
    within, told = limits([point.value for point in data.points]), signals(data.points)
    note = f" {data.note}" if data.note else ""
    if within is None:
        return _too_few(data) + note
    lead = f"Mean {figure(within.mean)}, limits {figure(within.lower)} to {figure(within.upper)}."
    said = " ".join(signal.words for signal in told) or "No signal: the ups and downs are ordinary ones."
    return f"{lead} {said} {RULES}{note}"


def _table(data: RunChart, marked: set[int]) -> DataTable:
    rows = tuple((p.name, figure(p.value), "signal" if n in marked else "-") for n, p in enumerate(data.points))
    return DataTable(("Month", data.unit, "Signal"), rows)
