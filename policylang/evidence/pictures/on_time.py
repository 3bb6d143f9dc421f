"""The share in time, month by month, with the target and the range that unknown cases allow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.axes import Axes
from policylang.evidence.pictures.svg import INK, MUTED, DataTable, Picture
from policylang.evidence.tally import Tally
from policylang.evidence.words import count, percent

_GREEN = "#2c6e49"


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its printed name, and what became of a duty on the complaints received in it."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class OnTime:
    """What is drawn. ``target`` is a share, ``target_words`` says whose; ``note`` says what is not drawn."""

    heading: str
    months: tuple[Month, ...]
    target: Fraction = Fraction(1)
    target_words: str = "the Code: every one"
    note: str = ""


def draw(name: str, data: OnTime) -> Picture:
    """The picture. ``name`` makes its ids its own."""
    axes = Axes(len(data.months), 100)
    parts = axes.lines(range(0, 101, 20), lambda n: f"{n}%", "In time")
    parts += _target(data, axes)
    parts += [part for n, month in enumerate(data.months) for part in _range(name, axes, n, month)]
    parts += _line(data, axes)
    parts += [part for n, month in enumerate(data.months) for part in _point(axes, n, month)]
    decided = [f"{m.tally.met + m.tally.breached:,}" for m in data.months]
    parts += axes.names([m.name for m in data.months], decided)
    feet = "Below each month: complaints decided. Hatched: where the share can lie. Hollow: some not yet due."
    parts.append(svg.label(axes.left, axes.height - 8, feet, 12, fill=MUTED))
    patterns = [svg.pattern(f"{name}-range", "#ffffff", "#7a5200", "stripe")]
    desc = _summary(data)
    text = svg.document(name, axes.width, axes.height, data.heading, desc, parts, patterns)
    return Picture(text, data.heading, desc, _table(data))


def _target(data: OnTime, axes: Axes) -> list[str]:
    y = axes.y(float(data.target * 100))
    words = f"target {percent(data.target)} ({data.target_words})"
    return [
        svg.line(axes.left, y, axes.width - axes.right, y, INK, 2, stroke_dasharray="8 4"),
        svg.label(axes.width - axes.right, axes.top - 16, words, 12, "end", font_weight=600),
    ]


def _range(name: str, axes: Axes, n: int, month: Month) -> list[str]:
    span = month.tally.share_range
    if span is None or not month.tally.cannot_tell:
        return []
    low, high = (axes.y(float(share * 100)) for share in span)
    box = {"x": axes.x(n + 0.32), "y": high, "width": axes.x(n + 0.68) - axes.x(n + 0.32), "height": low - high}
    look: dict[str, svg.Attribute] = {"fill": f"url(#{name}-range)", "stroke": "#7a5200", "stroke-width": 1}
    return [svg.element("rect", {**box, **look}, svg.tip(_words(month)))]


def _line(data: OnTime, axes: Axes) -> list[str]:
    """The points joined; a month without a single figure leaves a gap."""
    parts = []
    for n in range(1, len(data.months)):
        before, now = _sure(data.months[n - 1].tally), _sure(data.months[n].tally)
        if before is not None and now is not None:
            a, b = axes.y(float(before * 100)), axes.y(float(now * 100))
            parts.append(svg.line(axes.x(n - 0.5), a, axes.x(n + 0.5), b, _GREEN, 2))
    return parts


def _point(axes: Axes, n: int, month: Month) -> list[str]:
    share = _sure(month.tally)
    if share is None:
        return []
    place: dict[str, svg.Attribute] = {"cx": axes.x(n + 0.5), "cy": axes.y(float(share * 100)), "r": 5}
    look: dict[str, svg.Attribute] = {"fill": "#ffffff" if month.tally.pending else _GREEN, "stroke": INK}
    return [svg.element("circle", {**place, **look, "stroke-width": 1.5}, svg.tip(_words(month)))]


def _sure(tally: Tally) -> Fraction | None:
    """The single figure, where so few are unknown that one may be given."""
    return tally.share_met if tally.certain_enough else None


def _words(month: Month) -> str:
    tally, span = month.tally, month.tally.share_range
    decided = tally.met + tally.breached
    if span is None:
        return f"{month.name}: none was decided"
    doubt = f"{count(tally.cannot_tell, 'case')} cannot be told, {percent(span[0])} to {percent(span[1])}"
    if _sure(tally) is None:
        return f"{month.name}: no single figure; {doubt}"
    said = f"{month.name}: {percent(tally.share_met)} in time ({tally.met:,} of {decided:,})"
    said = f"{said}; {doubt}" if tally.cannot_tell else said
    return f"{said}; {tally.pending:,} not yet due" if tally.pending else said


def _summary(data: OnTime) -> str:
    whole = sum((month.tally for month in data.months), Tally())
    said = f"{whole.met:,} in time, {whole.breached:,} late, {whole.cannot_tell:,} cannot be told. "
    below = [m.name for m in data.months if (share := _sure(m.tally)) is not None and share < data.target]
    blind = [m.name for m in data.months if m.tally.share_range is not None and _sure(m.tally) is None]
    said += f"Below the target of {percent(data.target)}: {', '.join(below) or 'no month with a single figure'}."
    if blind:
        said += f" No single figure, because too much is unknown: {', '.join(blind)}."
    return f"{said} {data.note}".strip()


def _table(data: OnTime) -> DataTable:
    heads = ("Month", "In time", "Late", "Cannot tell", "Not yet due", "Share in time", "Lowest", "Highest")
    rows = []
    for month in data.months:
        tally, (low, high) = month.tally, month.tally.share_range or (None, None)
        figures = (tally.met, tally.breached, tally.cannot_tell, tally.pending)
        shares = (_sure(tally), low, high)
        rows.append((month.name, *(f"{n:,}" for n in figures), *map(percent, shares)))
    return DataTable(heads, tuple(rows))
