"""Days to respond, as a histogram with the limit drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.axes import scale
from policylang.evidence.pictures.svg import INK, MUTED, RULE, DataTable, Picture
from policylang.evidence.words import capital, count, listed

OPEN_END = 45  # days from which bars are put together, so that one very late case does not flatten the rest


@dataclass(frozen=True, slots=True)
class Answered:
    """How many cases were answered on one day after the start, in four kinds."""

    days: int
    in_time: int = 0
    extended: int = 0  # after the limit, within an extension that holds
    late: int = 0
    open: int = 0  # answered, but whether in time cannot be told

    @property
    def total(self) -> int:
        """All of them."""
        return self.in_time + self.extended + self.late + self.open

    def on(self, day: int, more: Answered) -> Answered:
        """These and those together, as of one day."""
        return Answered(
            day,
            self.in_time + more.in_time,
            self.extended + more.extended,
            self.late + more.late,
            self.open + more.open,
        )


@dataclass(frozen=True, slots=True)
class Histogram:
    """What is drawn: ``days`` are working days from ``start``; ``limit`` the code's, ``extension`` what it may add.

    ``unplaced`` counts the cases whose days cannot be counted, ``undone`` those past due with no answer at all.
    """

    heading: str
    start: str
    days: tuple[Answered, ...]
    limit: int | None
    extension: int | None = None
    unplaced: int = 0
    undone: int = 0


@dataclass(frozen=True, slots=True)
class _Kind:
    word: str
    ground: str
    ink: str
    pattern: str


_KINDS = {
    "in_time": _Kind("in time", "#3f7d58", "#3f7d58", ""),
    "extended": _Kind("in time, by an extension", "#f6d98b", "#7a5200", "stripe"),
    "late": _Kind("late", "#8c1c2b", "#f3c9cf", "cross"),
    "open": _Kind("cannot tell whether in time", "#ffffff", "#4d5761", "dots"),
}
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860.0, 330.0, 58.0, 20.0, 62.0, 62.0


def draw(name: str, data: Histogram) -> Picture:
    """The histogram. ``name`` makes its ids its own."""
    title = data.heading
    desc = _summary(data)
    bars = _bars(data)
    highest = max((bar.total for bar in bars), default=0)
    step, top = scale(highest)
    patterns = [
        svg.pattern(f"{name}-{key}", kind.ground, kind.ink, kind.pattern)
        for key, kind in _KINDS.items()
        if kind.pattern
    ]
    parts = [*_axis(step, top), *_columns(name, bars, top), *_limits(data, bars), _key(name), *_feet(data, bars)]
    return Picture(svg.document(name, _WIDTH, _HEIGHT, title, desc, parts, patterns), title, desc, _table(data))


def _bars(data: Histogram) -> list[Answered]:
    """A bar for every day from 0 to the last, days without cases included; what is beyond the open end in one."""
    latest = max([answered.days for answered in data.days] + [data.limit or 0])
    if data.limit is not None and latest > data.limit:
        latest = max(latest, data.limit + (data.extension or 0))  # so that the line of the extension is on the picture
    last = latest + 1
    last = min(max(last, 12), max(OPEN_END, (data.limit or 0) + (data.extension or 0) + 2))
    by_day: dict[int, Answered] = {day: Answered(day) for day in range(last + 1)}
    for answered in data.days:
        day = min(max(answered.days, 0), last)
        by_day[day] = by_day[day].on(day, answered)
    return list(by_day.values())


def _x(index: float, bars: Sequence[Answered]) -> float:
    return _LEFT + index * (_WIDTH - _LEFT - _RIGHT) / len(bars)


def _y(value: float, top: int) -> float:
    return _HEIGHT - _BOTTOM - value * (_HEIGHT - _TOP - _BOTTOM) / top


def _axis(step: int, top: int) -> list[str]:
    parts = []
    for value in range(0, top + 1, step):
        y = _y(value, top)
        parts.append(svg.line(_LEFT, y, _WIDTH - _RIGHT, y, "#d5dade" if value else RULE, 1))
        parts.append(svg.label(_LEFT - 8, y + 4, f"{value:,}", 12, "end"))
    parts.append(svg.label(8, _TOP - 12, "Cases", 12, fill=MUTED))
    return parts


def _columns(name: str, bars: Sequence[Answered], top: int) -> list[str]:
    parts = []
    slot = _x(1, bars) - _x(0, bars)
    for n, bar in enumerate(bars):
        base = 0
        for key in _KINDS:
            height = getattr(bar, key)
            if not height:
                continue
            y = _y(base + height, top)
            fill = f"url(#{name}-{key})" if _KINDS[key].pattern else _KINDS[key].ground
            words = f"Day {bar.days}: {count(height, 'case')} {_KINDS[key].word}"
            tip = svg.tip(words)
            box = {"x": _x(n, bars) + slot * 0.1, "y": y, "width": slot * 0.8, "height": _y(base, top) - y}
            parts.append(svg.element("rect", {**box, "fill": fill, "stroke": INK, "stroke-width": 0.6}, tip))
            base += height
    return parts


def _limits(data: Histogram, bars: Sequence[Answered]) -> list[str]:
    parts = []
    if data.limit is not None:
        parts += _mark(data.limit, f"limit: {count(data.limit, 'working day')}", bars, "", _TOP - 6)
        if data.extension:
            end = data.limit + data.extension
            if end < len(bars) - 1:
                parts += _mark(end, f"longest extension: {end}", bars, "5 4", _TOP + 10)
    return parts


def _mark(day: int, words: str, bars: Sequence[Answered], dash: str, y: float) -> list[str]:
    x = _x(day + 1, bars)
    fits = x + svg.text_width(words, 12.5) + 8 < _WIDTH
    return [
        svg.line(x, y - 10, x, _HEIGHT - _BOTTOM, INK, 2, stroke_dasharray=dash or None),
        svg.label(x + 5 if fits else x - 5, y, words, 12.5, "start" if fits else "end", font_weight=600),
    ]


def _key(name: str) -> str:
    parts, x = [], _LEFT
    for key, kind in _KINDS.items():
        fill = f"url(#{name}-{key})" if kind.pattern else kind.ground
        parts.append(svg.rect(x, 8, 18, 16, fill, stroke=INK, stroke_width=0.6))
        parts.append(svg.label(x + 25, 21, kind.word, 13))
        x += 48 + svg.text_width(kind.word, 13)
    return svg.group(*parts)


def _feet(data: Histogram, bars: Sequence[Answered]) -> list[str]:
    every = 1 if len(bars) <= 16 else 2 if len(bars) <= 31 else 5
    last = bars[-1].days
    beyond = any(answered.days > last for answered in data.days)
    parts = []
    for n, bar in enumerate(bars):
        open_end = bar.days == last and beyond
        if bar.days % every == 0 or open_end:
            words = f"{bar.days}+" if open_end else str(bar.days)
            parts.append(svg.label((_x(n, bars) + _x(n + 1, bars)) / 2, _HEIGHT - _BOTTOM + 16, words, 12, "middle"))
    parts.append(svg.label(_LEFT, _HEIGHT - 26, f"Working days from {data.start} to the response", 12.5, fill=MUTED))
    parts.append(svg.label(_LEFT, _HEIGHT - 8, _left_out(data), 12.5, fill=MUTED))
    return parts


def _left_out(data: Histogram) -> str:
    left = []
    if data.unplaced:
        left.append(f"{count(data.unplaced, 'case')} whose days cannot be counted")
    if data.undone:
        left.append(f"{count(data.undone, 'case')} past due with no response")
    return f"Not drawn: {listed(left)}." if left else "Every case with a response, or past due for one, is drawn."


def _summary(data: Histogram) -> str:
    drawn = sum(answered.total for answered in data.days)
    kinds = ", ".join(
        f"{sum(getattr(answered, key) for answered in data.days)} {kind.word}" for key, kind in _KINDS.items()
    )
    limit = f"The limit is {count(data.limit, 'working day')}. " if data.limit is not None else ""
    return f"{count(drawn, 'case')} with a response: {kinds}. {limit}{_left_out(data)}"


def _table(data: Histogram) -> DataTable:
    return DataTable(
        (f"Working days from {data.start}", *(capital(kind.word) for kind in _KINDS.values())),
        tuple((str(a.days), str(a.in_time), str(a.extended), str(a.late), str(a.open)) for a in data.days),
    )
