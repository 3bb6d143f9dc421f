"""One case as a timeline: what happened, when each step was due, and the days that do not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.svg import INK, MUTED, RULE, DataTable, Picture
from policylang.evidence.words import listed, shortened
from policylang.model.days import MONTHS, say_date, say_day


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline on the case: from its start to its due date, and what became of it.

    ``outcome`` is in words (``met``, ``breached``); ``done`` is ``None`` where nothing was done; ``late`` in words.
    """

    words: str
    rests_on: str
    start: date
    due: date
    done: date | None
    outcome: str
    late: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn. ``skipped`` are the days that do not count, with why; ``as_at`` ends what is known."""

    case: str
    events: tuple[tuple[date, str], ...]
    clocks: tuple[Clock, ...]
    skipped: tuple[tuple[date, str], ...]
    as_at: date


_WIDTH, _LEFT, _RIGHT, _LANE = 1020.0, 268.0, 34.0, 46.0
_WORDS, _LINE, _EVENT_LINE = 12.5, 15.0, 20.0  # the size of the words; from line to line of a lane, of the events
_IN_LANE, _IN_EVENT = 33, 40  # characters to a line: beside a lane, and of what happened on a day


def draw(name: str, data: Timeline) -> Picture:
    """The timeline. ``name`` makes its ids its own."""
    title = f"Case {data.case} on a calendar: what happened and when it was due"
    desc = _summary(data)
    first, last = _span(data)
    scale = _Scale(first, last)
    labels = _labels(data.events, scale)
    top = 40.0
    lanes = top + 26 + _EVENT_LINE * max((row + len(lines) for row, lines, _ in labels), default=1)
    tall = [_lane_height(clock) for clock in data.clocks]
    starts = [lanes + sum(tall[:n]) for n in range(len(tall))]
    bottom = lanes + sum(tall) + 6
    parts = [
        *_shade(name, data, scale, top, bottom),
        *_calendar(scale, top, bottom),
        *_events(data.events, labels, scale, top, bottom),
        *(part for y, clock in zip(starts, data.clocks, strict=True) for part in _clock(name, clock, y, scale, data)),
        *_as_at(data, scale, top, bottom),
        _key(name, bottom + 14),
    ]
    patterns = [
        svg.pattern(f"{name}-skip", "#eceff2", "#b4bcc4", "level"),
        svg.pattern(f"{name}-over", "#8c1c2b", "#f3c9cf", "cross"),
    ]
    text = svg.document(name, _WIDTH, bottom + 46, title, desc, parts, patterns)
    return Picture(text, title, desc, _table(data))


class _Scale:
    """Days to points across the picture. A day is as wide as there is room for."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.day = (_WIDTH - _LEFT - _RIGHT) / ((last - first).days + 1)

    def start(self, day: date) -> float:
        return _LEFT + (day - self.first).days * self.day

    def middle(self, day: date) -> float:
        return self.start(day) + self.day / 2

    def end(self, day: date) -> float:
        return self.start(day) + self.day


def _span(data: Timeline) -> tuple[date, date]:
    days = [day for day, _ in data.events]
    for clock in data.clocks:
        days += [clock.start, clock.due, clock.done or data.as_at]
    return min(days) - timedelta(days=2), max(days) + timedelta(days=3)


def _shade(name: str, data: Timeline, scale: _Scale, top: float, bottom: float) -> list[str]:
    parts = []
    for day, why in data.skipped:
        if scale.first <= day <= scale.last:
            tip = svg.tip(f"{say_day(day)}: not counted ({why})")
            box = {"x": scale.start(day), "y": top, "width": scale.day, "height": bottom - top}
            parts.append(svg.element("rect", {**box, "fill": f"url(#{name}-skip)"}, tip))
    return parts


def _calendar(scale: _Scale, top: float, bottom: float) -> list[str]:
    """Months along the top, and a tick with its date on Mondays where there is room."""
    parts = [svg.line(_LEFT, top, _WIDTH - _RIGHT, top, RULE), svg.line(_LEFT, bottom, _WIDTH - _RIGHT, bottom, RULE)]
    weeks = max(1, -(-26 // max(int(scale.day * 7), 1)))
    mondays = 0
    clear = 0.0
    for n in range((scale.last - scale.first).days + 1):
        day = scale.first + timedelta(days=n)
        if day.day == 1 or n == 0:
            x = scale.start(day)
            words = f"{MONTHS[day.month - 1]} {day.year}"
            parts.append(svg.line(x, top - 26, x, top, RULE))
            if x >= clear and x + svg.text_width(words, 12) < _WIDTH:
                parts.append(svg.label(x + 4, top - 17, words, 12, font_weight=600))
                clear = x + svg.text_width(words, 12) + 10
        if day.weekday() == 0:
            if mondays % weeks == 0:
                parts.append(svg.line(scale.start(day), top, scale.start(day), top + 5, RULE))
                parts.append(svg.label(scale.middle(day), top - 3, str(day.day), 11, "middle", MUTED))
            mondays += 1
    return parts


_Label = tuple[int, list[str], float]  # its first row, its lines, where they begin


def _labels(events: Sequence[tuple[date, str]], scale: _Scale) -> list[_Label]:
    """The words of each event in lines, in rows where no two overlap."""
    ends: list[float] = []
    found = []
    for day, words in events:
        text = f"{words} {day.day} {MONTHS[day.month - 1][:3]}"
        lines = [shortened(line, _IN_EVENT) for line in svg.wrapped(text, _IN_EVENT)]
        x = scale.middle(day)
        wide = max(svg.text_width(line, _WORDS) for line in lines)
        left = x + 9 if x + 9 + wide < _WIDTH - 4 else x - 9 - wide
        row = 0
        while any(left <= end for end in ends[row : row + len(lines)]):
            row += 1
        ends += [0.0] * (row + len(lines) - len(ends))
        ends[row : row + len(lines)] = [left + wide + 12] * len(lines)
        found.append((row, lines, left))
    return found


def _events(
    events: Sequence[tuple[date, str]], labels: Sequence[_Label], scale: _Scale, top: float, bottom: float
) -> list[str]:
    parts = [svg.label(8, top + 26, "What happened", 13, font_weight=600)]
    for (day, _), (row, lines, left) in zip(events, labels, strict=True):
        x, y = scale.middle(day), top + 22 + row * _EVENT_LINE
        parts.append(svg.line(x, y, x, bottom, "#6b7680", 1, stroke_dasharray="2 3"))
        parts.append(svg.element("circle", {"cx": x, "cy": y, "r": 5, "fill": INK}))
        for n, line in enumerate(lines):
            at = y + n * _EVENT_LINE
            wide = svg.text_width(line, _WORDS)
            box = left - 2 if left > x else x - 9 - wide
            parts.append(svg.rect(box, at - 9, wide + 2, 17, "#ffffff", fill_opacity=0.85))
            parts.append(svg.label(left if left > x else x - 9, at + 4.5, line, _WORDS, "start" if left > x else "end"))
    return parts


def _lane_words(clock: Clock) -> tuple[list[str], list[str]]:
    """The words beside a lane, in lines: what was due, and under what, with what became of it."""
    rests = f"{clock.rests_on}: {clock.late or clock.outcome}"
    return svg.wrapped(shortened(clock.words, 4 * _IN_LANE), _IN_LANE), svg.wrapped(rests, _IN_LANE + 3)


def _lane_height(clock: Clock) -> float:
    words, rests = _lane_words(clock)
    return max(_LANE, _LINE * (len(words) + len(rests)) + 14)


def _clock(name: str, clock: Clock, y: float, scale: _Scale, data: Timeline) -> list[str]:
    """A bar from start to due date; beyond it, patterned, whatever ran over."""
    middle = y + 20
    due, start = scale.end(clock.due), scale.start(clock.start)
    done = clock.done
    ended = min(done or data.as_at, clock.due)
    words, rests = _lane_words(clock)
    lines = [svg.label(8, y + 16 + n * _LINE, line, _WORDS, font_weight=600) for n, line in enumerate(words)]
    below = y + 16 + _LINE * len(words)
    parts = [
        *lines,
        *(svg.label(8, below + n * _LINE, line, 11.5, fill=MUTED) for n, line in enumerate(rests)),
        svg.rect(start, middle - 8, due - start, 16, "#ffffff", stroke=INK, stroke_width=1),
        svg.rect(start, middle - 8, max(scale.end(ended) - start, 0), 16, "#7fa38f", stroke=INK, stroke_width=1),
    ]
    over = scale.end(done or data.as_at)
    if (done or data.as_at) > clock.due and (done is not None or clock.outcome == "breached"):
        parts.append(svg.rect(due, middle - 8, over - due, 16, f"url(#{name}-over)", stroke=INK, stroke_width=1))
    text = f"due {clock.due.day} {MONTHS[clock.due.month - 1][:3]}"
    wide = svg.text_width(text, 12) + 4
    left = due + 4 if due + 4 + wide < _WIDTH else due - 4 - wide
    parts += [
        svg.line(due, middle - 15, due, middle + 15, INK, 3),
        svg.rect(left, middle - 26, wide, 15, "#ffffff", fill_opacity=0.85),
        svg.label(left + 2, middle - 14, text, 12, font_weight=700),
    ]
    if done is not None:
        parts.append(svg.element("circle", {"cx": scale.middle(done), "cy": middle, "r": 5, "fill": INK}))
    return parts


def _as_at(data: Timeline, scale: _Scale, top: float, bottom: float) -> list[str]:
    if not scale.first <= data.as_at <= scale.last:
        return []
    x = scale.end(data.as_at)
    return [
        svg.line(x, top, x, bottom, INK, 1, stroke_dasharray="8 4"),
        svg.label(x - 4, bottom - 4, "as at", 11, "end", MUTED),
    ]


def _key(name: str, y: float) -> str:
    items = (
        (f"url(#{name}-skip)", "day that does not count"),
        ("#7fa38f", "time used"),
        ("#ffffff", "time left"),
        (f"url(#{name}-over)", "time over"),
    )
    parts, x = [], 8.0
    for fill, words in items:
        parts.append(svg.rect(x, y, 22, 16, fill, stroke=INK, stroke_width=0.6))
        parts.append(svg.label(x + 29, y + 13, words, 13))
        x += 56 + svg.text_width(words, 13)
    parts.append(svg.element("circle", {"cx": x + 6, "cy": y + 8, "r": 5, "fill": INK}))
    parts.append(svg.label(x + 18, y + 13, "what happened, or when it was done", 13))
    return svg.group(*parts)


def _summary(data: Timeline) -> str:
    events = listed(f"{words} on {say_date(day)}" for day, words in data.events)
    clocks = " ".join(
        f"{c.words} ({c.rests_on}) was due on {say_date(c.due)}: {c.late or c.outcome}." for c in data.clocks
    )
    named = [f"{say_date(day)} ({why})" for day, why in data.skipped if day.weekday() < 5]
    holidays = f" Not counted besides weekends: {listed(named)}." if named else ""
    return f"{events[:1].upper()}{events[1:]}. {clocks}{holidays}"


def _table(data: Timeline) -> DataTable:
    rows = [(say_day(day), words, "") for day, words in data.events]
    rows += [(say_day(c.due), f"due: {c.words}", f"{c.rests_on}: {c.late or c.outcome}") for c in data.clocks]
    rows += [(say_day(day), "not counted", why) for day, why in data.skipped if day.weekday() < 5]
    order = sorted(range(len(rows)), key=lambda n: (_day_of(data, n), n))
    return DataTable(("Day", "What", "Remark"), tuple(rows[n] for n in order))


def _day_of(data: Timeline, n: int) -> date:
    days = [day for day, _ in data.events] + [c.due for c in data.clocks]
    days += [day for day, _ in data.skipped if day.weekday() < 5]
    return days[n]
