"""A heat map of duty by month: how much was met, told by a number and by lightness, what is uncertain by hatching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.svg import INK, MUTED, DataTable, Picture
from policylang.evidence.tally import Tally
from policylang.evidence.words import count, percent

_LABEL, _HIGH, _HEAD = 250.0, 34.0, 44.0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A duty and what it came to in each month."""

    name: str
    months: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """What is drawn: a row for each duty, a column for each month; ``note`` says what is not drawn."""

    heading: str
    months: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    note: str = ""


# The worse, the darker, so that grey tells as much as colour. A share must reach the first figure.
_BANDS = (
    (Fraction(1), "#eef6f0", INK, "all met"),
    (Fraction(9, 10), "#cfe3d6", INK, "90% and more"),
    (Fraction(3, 4), "#e0a96d", INK, "75% to under 90%"),
    (Fraction(1, 2), "#b3541e", "#ffffff", "50% to under 75%"),
    (Fraction(0), "#5b1a1a", "#ffffff", "under 50%"),
)


def draw(name: str, data: Heat) -> Picture:
    """The map. ``name`` makes its ids its own."""
    wide = max(min(640.0 / max(len(data.months), 1), 64.0), 34.0)
    width = max(_LABEL + wide * len(data.months) + 16, 900.0)
    parts = [_month(n, month, wide) for n, month in enumerate(data.months)]
    y = _HEAD
    for row in data.rows:
        words = svg.wrapped(row.name, 40)
        tall = max(_HIGH, 15.0 * len(words) + 6)
        top = y + tall / 2 + 4 - 7.5 * (len(words) - 1)
        parts += [svg.label(8, top + 15 * n, text, 12.5) for n, text in enumerate(words)]
        parts += [
            _cell(name, data.months[n], row, tally, _LABEL + n * wide, y, wide, tall)
            for n, tally in enumerate(row.months)
        ]
        y += tall
    parts += _key(name, y + 12)
    desc = _summary(data)
    patterns = [svg.pattern(f"{name}-unsure", "#ffffff", "#7a828a", "dots")]
    text = svg.document(name, width, y + 84, data.heading, desc, parts, patterns)
    return Picture(text, data.heading, desc, _table(data))


def _month(n: int, month: str, wide: float) -> str:
    short, _, year = month.rpartition(" ")
    middle = _LABEL + (n + 0.5) * wide
    return svg.group(
        svg.label(middle, 20, short, 12, "middle", font_weight=600), svg.label(middle, 35, year, 11, "middle", MUTED)
    )


def _cell(name: str, month: str, row: HeatRow, tally: Tally, x: float, y: float, wide: float, tall: float) -> str:
    ground, ink, said = _look(name, tally)
    box: dict[str, svg.Attribute] = {"x": x + 1, "y": y + 1, "width": wide - 2, "height": tall - 2}
    tip = svg.tip(f"{row.name}, {month}: {_words(tally)}")
    number = svg.label(x + wide / 2, y + tall / 2 + 4, said, 12, "middle", ink, font_weight=600)
    # What is unsure is hatched, so its mark stands on a plain ground of its own.
    plain = svg.rect(x + wide / 2 - 9, y + tall / 2 - 9, 18, 18, "#ffffff") if ground.startswith("url") else ""
    return svg.group(svg.element("rect", {**box, "fill": ground, "stroke": "#5b6570"}, tip), plain, number)


def _look(name: str, tally: Tally) -> tuple[str, str, str]:
    if tally.share_range is None:
        return "#ffffff", MUTED, "–"
    if not tally.certain_enough or tally.share_met is None:
        return f"url(#{name}-unsure)", INK, "?"
    share = tally.share_met
    ground, ink = next((ground, ink) for least, ground, ink, _ in _BANDS if share >= least)
    return ground, ink, percent(share).removesuffix("%").removesuffix(".0")


def _words(tally: Tally) -> str:
    if tally.share_range is None:
        return "none was decided"
    low, high = tally.share_range
    doubt = f"{count(tally.cannot_tell, 'case')} cannot be told, {percent(low)} to {percent(high)}"
    if not tally.certain_enough or tally.share_met is None:
        return f"no single figure; {doubt}"
    said = f"{percent(tally.share_met)} met ({tally.met:,} of {tally.met + tally.breached:,})"
    return f"{said}; {doubt}" if tally.cannot_tell else said


def _key(name: str, y: float) -> list[str]:
    parts, x = [], 8.0
    looks = [(ground, word) for _, ground, _, word in _BANDS]
    looks += [(f"url(#{name}-unsure)", "? too much unknown"), ("#ffffff", "– none decided")]
    for ground, word in looks:
        if x + 40 + svg.text_width(word, 12) > 900:
            x, y = 8.0, y + 24
        parts.append(svg.rect(x, y, 20, 16, ground, stroke="#5b6570"))
        parts.append(svg.label(x + 26, y + 13, word, 12))
        x += 40 + svg.text_width(word, 12)
    words = (
        "Numbers are per cent met among those decided, by the month in which the complaint, or stage 2, was received."
    )
    return [*parts, svg.label(8, y + 36, words, 12, fill=MUTED)]


def _summary(data: Heat) -> str:
    wholes = [(row.name, sum(row.months, Tally())) for row in data.rows]
    said = " ".join(f"{name}: {_words(whole)}." for name, whole in wholes)
    return f"{said or 'No duty was decided.'} {data.note}".strip()


def _table(data: Heat) -> DataTable:
    rows: list[Sequence[str]] = [(row.name, *map(_short, row.months)) for row in data.rows]
    return DataTable(("Duty", *data.months), tuple(tuple(row) for row in rows))


def _short(tally: Tally) -> str:
    unknown = f", {tally.cannot_tell:,} cannot tell" if tally.cannot_tell else ""
    return f"{tally.met:,} met, {tally.breached:,} breached{unknown}" if tally.share_range else "none"
