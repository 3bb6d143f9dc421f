"""The numbers that Word makes: they stand nowhere in the text and follow from ``numbering.xml`` and the styles.

A paragraph points, itself or through its style, to a list (``numId``) and a level of it. A list is an instance of a
list definition (``abstractNum``); instances of one definition go on counting from one another unless one says where to
start anew. A level's text (``%1.%2``) is filled with the counters of that level and those above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from policylang.documents.package import Package, Start

LEVELS = 9
Handlers = tuple[Start, Callable[[str], None], Callable[[str], None]]


@dataclass(slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # begins anew after a paragraph of this level (1 is the top); 0 never; None any above
    legal: bool = False  # the levels above are shown in figures
    style: str | None = None


@dataclass(slots=True)
class Style:
    parent: str | None = None
    list_id: str | None = None
    level: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and what has been counted of them so far."""

    definitions: dict[str, dict[int, Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)  # a definition that takes its levels from a list style
    list_styles: dict[str, str] = field(default_factory=dict)  # the definition behind a list style
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    own_levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    default_style: str | None = None
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, style: str | None, list_id: str | None, level: int | None) -> str:
        """The number of the next paragraph, counting it; empty where it has none, or only a bullet."""
        list_id, level = self._resolved(style, list_id, level)
        if list_id is None or list_id == "0" or list_id not in self.lists or not 0 <= level < LEVELS:
            return ""
        definition = self._definition(self.lists[list_id])
        levels = self.definitions.get(definition, {})
        counters = self._counters.setdefault(definition, [None] * LEVELS)
        self._count(counters, levels, list_id, level)
        shown = self._level(levels, list_id, level)
        if shown.form in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda m: self._figure(levels, list_id, counters, int(m[1]) - 1, shown), shown.text)

    def _resolved(self, style: str | None, list_id: str | None, level: int | None) -> tuple[str | None, int]:
        name, own_style = style or self.default_style, style or self.default_style
        seen: set[str] = set()
        while name is not None and name in self.styles and name not in seen and (list_id is None or level is None):
            seen.add(name)
            found = self.styles[name]
            if list_id is None and found.list_id is not None:
                list_id, own_style = found.list_id, name
            if level is None:
                level = found.level
            name = found.parent
        if level is None and list_id is not None and own_style is not None:
            levels = self.definitions.get(self._definition(self.lists.get(list_id, "")), {})
            level = next((number for number, x in levels.items() if x.style == own_style), None)
        return list_id, level or 0

    def _definition(self, name: str) -> str:
        linked = self.list_styles.get(self.links.get(name, ""))
        return name if linked is None else linked

    def _level(self, levels: Mapping[int, Level], list_id: str, level: int) -> Level:
        return self.own_levels.get((list_id, level)) or levels.get(level) or Level(text=f"%{level + 1}.")

    def _count(self, counters: list[int | None], levels: Mapping[int, Level], list_id: str, level: int) -> None:
        first = self._level(levels, list_id, level).start
        override = self.starts.get((list_id, level))
        if override is not None and (list_id, level) not in self._seen:
            counters[level] = override
        elif counters[level] is None:
            counters[level] = first if override is None else override
        else:
            counters[level] = (counters[level] or 0) + 1
        self._seen.add((list_id, level))
        for above in range(level):
            if counters[above] is None:
                counters[above] = self._level(levels, list_id, above).start
        for below in range(level + 1, LEVELS):
            restart = self._level(levels, list_id, below).restart
            if restart is None or level < restart:
                counters[below] = None

    def _figure(
        self, levels: Mapping[int, Level], list_id: str, counters: list[int | None], at: int, shown: Level
    ) -> str:
        form = self._level(levels, list_id, at).form
        return figure(counters[at] or 0, "decimal" if shown.legal else form)


def figure(number: int, form: str) -> str:
    """A number as Word shows it: ``4`` is ``4``, ``d``, ``D``, ``iv``, ``IV`` or ``04``."""
    match form:
        case "lowerLetter" | "upperLetter" if number > 0:
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 8)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if 0 < number < 4000:
            return roman(number) if form == "upperRoman" else roman(number).lower()
        case "decimalZero":
            return f"{number:02}"
        case "bullet" | "none":
            return ""
        case _:
            return str(number)


def roman(number: int) -> str:
    """A number from 1 to 3999 in Roman figures."""
    found = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        found += letters * (number // value)
        number %= value
    return found


def read_numbering(package: Package) -> Numbering:
    """The lists and styles of a document; a part that is not there says nothing."""
    numbering = Numbering()
    if package.has("word/numbering.xml"):
        package.read("word/numbering.xml", *_Lists(numbering).handlers())
    if package.has("word/styles.xml"):
        package.read("word/styles.xml", *_Styles(numbering).handlers())
    return numbering


class _Lists:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.definition: str | None = None
        self.list_id: str | None = None
        self.at = 0
        self.level: Level | None = None

    def handlers(self) -> Handlers:
        return self.start, self.end, lambda _text: None

    def start(self, tag: str, has: Mapping[str, str]) -> None:
        value = has.get("val", "")
        match tag:
            case "abstractNum":
                self.definition, self.list_id = has.get("abstractNumId", ""), None
                self.numbering.definitions[self.definition] = {}
            case "num":
                self.list_id, self.definition = has.get("numId", ""), None
            case "abstractNumId" if self.list_id is not None:
                self.numbering.lists[self.list_id] = value
            case "numStyleLink" if self.definition is not None:
                self.numbering.links[self.definition] = value
            case "styleLink" if self.definition is not None:
                self.numbering.list_styles[value] = self.definition
            case "lvlOverride":
                self.at = whole(has.get("ilvl"))
            case "startOverride" if self.list_id is not None:
                self.numbering.starts[self.list_id, self.at] = whole(value, 1)
            case "lvl":
                self.at, self.level = whole(has.get("ilvl")), Level()
                if self.definition is not None:
                    self.numbering.definitions[self.definition][self.at] = self.level
                elif self.list_id is not None:
                    self.numbering.own_levels[self.list_id, self.at] = self.level
            case _ if self.level is not None:
                self._of_level(self.level, tag, value)

    @staticmethod
    def _of_level(level: Level, tag: str, value: str) -> None:
        match tag:
            case "start":
                level.start = whole(value, 1)
            case "numFmt":
                level.form = value or "decimal"
            case "lvlText":
                level.text = value
            case "lvlRestart":
                level.restart = whole(value)
            case "isLgl":
                level.legal = value not in ("0", "false", "off")
            case "pStyle":
                level.style = value

    def end(self, tag: str) -> None:
        if tag == "lvl":
            self.level = None


class _Styles:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.style: Style | None = None

    def handlers(self) -> Handlers:
        return self.start, self.end, lambda _text: None

    def start(self, tag: str, has: Mapping[str, str]) -> None:
        if tag == "style":
            self.style = self.numbering.styles.setdefault(has.get("styleId", ""), Style())
            if has.get("default") in ("1", "true") and has.get("type") == "paragraph":
                self.numbering.default_style = has.get("styleId")
        elif self.style is not None:
            value = has.get("val", "")
            if tag == "basedOn":
                self.style.parent = value
            elif tag == "numId":
                self.style.list_id = value
            elif tag == "ilvl":
                self.style.level = whole(value)

    def end(self, tag: str) -> None:
        if tag == "style":
            self.style = None


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number of a sane size, or ``otherwise``."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else otherwise
