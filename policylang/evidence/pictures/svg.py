"""A small SVG writer: elements as strings, everything escaped, the same input always giving the same text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policylang.evidence.safe_text import escape

INK = "#1b1f24"
MUTED = "#4d5761"
RULE = "#8a949e"
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class DataTable:
    """The data behind a picture, for whoever cannot or would rather not look at it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: the SVG, the title and description that stand in it, and its data."""

    svg: str
    title: str
    desc: str
    table: DataTable


Attribute = str | int | float | None


def element(tag: str, attributes: dict[str, Attribute] | None = None, *inside: str) -> str:
    """One element. ``inside`` is markup already made by this module; attributes of ``None`` are left out."""
    written = "".join(
        f' {name}="{escape(number(value))}"' for name, value in (attributes or {}).items() if value is not None
    )
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def number(value: Attribute) -> str:
    """A number with at most two decimals and no needless zero; text as it is."""
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value)


def rect(x: float, y: float, width: float, height: float, fill: str, **more: Attribute) -> str:
    """A rectangle."""
    return element("rect", {"x": x, "y": y, "width": width, "height": height, "fill": fill, **_dashed(more)})


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 1, **more: Attribute) -> str:
    """A straight line."""
    return element(
        "line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": stroke, "stroke-width": width, **_dashed(more)}
    )


def label(
    x: float, y: float, text: str, size: float = 13, anchor: str = "start", fill: str = INK, **more: Attribute
) -> str:
    """A line of text; ``y`` is its baseline."""
    given: dict[str, Attribute] = {"x": x, "y": y, "font-size": size, "text-anchor": anchor, "fill": fill}
    return element("text", {**given, **_dashed(more)}, escape(text))


def tip(words: str) -> str:
    """What a pointer resting on an element shows; to be put inside it."""
    return element("title", {}, escape(words))


def group(*inside: str, **more: Attribute) -> str:
    """Elements kept together."""
    return element("g", _dashed(more), *inside) if inside else ""


def text_width(text: str, size: float) -> float:
    """About how wide a text runs, on the safe side, without a font to measure it by."""
    return len(text) * size * 0.6


def wrapped(text: str, wide: int) -> list[str]:
    """The text in lines of fewer than ``wide`` characters; a word longer than that has a line of its own."""
    lines: list[str] = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < wide
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits or not lines[-1] else [lines[-1], word]
    return lines


def document(
    name: str, width: float, height: float, title: str, desc: str, parts: Sequence[str], patterns: Sequence[str] = ()
) -> str:
    """A whole picture. ``name`` makes its ids its own, so that several can stand on one page."""
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": width,
            "height": height,
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-family": "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
        },
        element("title", {"id": f"{name}-title"}, escape(title)),
        element("desc", {"id": f"{name}-desc"}, escape(desc)),
        element("defs", {}, *patterns) if patterns else "",
        rect(0, 0, width, height, PAPER),
        *parts,
    )


def pattern(name: str, ground: str, ink: str, kind: str) -> str:
    """A fill that can be told apart in grey: ``stripe``, ``cross``, ``dots`` or ``level``."""
    marks = {
        "stripe": '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke="{ink}" stroke-width="2"/>',
        "cross": '<path d="M0,0 l8,8 M8,0 l-8,8" stroke="{ink}" stroke-width="1.6"/>',
        "dots": '<circle cx="2" cy="2" r="1.2" fill="{ink}"/><circle cx="6" cy="6" r="1.2" fill="{ink}"/>',
        "level": '<path d="M0,2 h8 M0,6 h8" stroke="{ink}" stroke-width="1"/>',
    }[kind].format(ink=ink)
    return element(
        "pattern",
        {"id": name, "width": 8, "height": 8, "patternUnits": "userSpaceOnUse"},
        rect(0, 0, 8, 8, ground),
        marks,
    )


def _dashed(more: dict[str, Attribute]) -> dict[str, Attribute]:
    return {name.replace("_", "-"): value for name, value in more.items()}
