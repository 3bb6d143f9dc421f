"""YAML without its traps, for the files that people write by hand: words stay words, and every value has its line.

A bare ``No``, ``On`` or ``2024-04-01`` is the text that was typed. Anchors and aliases, types of one's own, a second
document, a key that stands twice and deep nesting are refused: none of them is needed, and each has hidden a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml


class Trap(Enum):
    """Why a text was refused."""

    TOO_LARGE = auto()
    NOT_TEXT = auto()  # no UTF-8
    CHARACTERS = auto()  # signs that YAML cannot have
    BROKEN = auto()  # breaks off, or is not laid out as YAML
    EMPTY = auto()
    ALIAS = auto()  # an anchor or an alias
    TYPE = auto()  # a tag, such as !!str
    NESTED = auto()
    SECOND_DOCUMENT = auto()
    TWICE = auto()  # a key that stands twice


class Refused(Exception):
    """A text that is not read: why, and on which line (from 1); for ``TWICE`` the key, and where it stood first."""

    def __init__(self, trap: Trap, line: int = 1, key: str = "", first: int = 1) -> None:
        super().__init__(trap.name, line)
        self.trap, self.line, self.key, self.first = trap, line, key, first


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as typed, with the line of its key, or its own where it has none.

    ``value`` is a ``dict`` of such values, a ``list`` of them, a ``str``, or ``None`` where nothing was typed.
    """

    value: dict[str, Typed] | list[Typed] | str | None
    line: int

    @property
    def plain(self) -> object:
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {key: one.plain for key, one in self.value.items()}
        return [one.plain for one in self.value] if isinstance(self.value, list) else self.value

    @property
    def table(self) -> dict[str, Typed] | None:
        """The keys and their values; ``None`` of anything else."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def text(self) -> str | None:
        """The text, empty where nothing was typed; ``None`` of a table or a list."""
        return "" if self.value is None else self.value if isinstance(self.value, str) else None

    def lines(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
        """The line of every value, by the keys (and places in lists) that lead to it."""
        yield path, self.line
        inner = self.value.items() if isinstance(self.value, dict) else enumerate(self.value or ())
        if not isinstance(self.value, str):
            for key, one in inner:
                assert isinstance(one, Typed)
                yield from one.lines((*path, str(key)))


def read_strictly(raw: bytes, *, largest: int, nesting: int) -> Typed:
    """The content of a file, of ``largest`` bytes and ``nesting`` levels at most. Raises :class:`Refused`."""
    import yaml

    if len(raw) > largest:
        raise Refused(Trap.TOO_LARGE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Trap.NOT_TEXT) from None
    try:
        _look(text, nesting)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        raise Refused(Trap.BROKEN, 1 if fault.problem_mark is None else fault.problem_mark.line + 1) from None
    except (yaml.YAMLError, ValueError):
        raise Refused(Trap.CHARACTERS) from None
    if node is None:
        raise Refused(Trap.EMPTY)
    return _typed(node, node.start_mark.line + 1)


def _look(text: str, nesting: int) -> None:
    import yaml

    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        if getattr(event, "anchor", None) is not None or isinstance(event, yaml.AliasEvent):
            raise Refused(Trap.ALIAS, line)
        if getattr(event, "tag", None) not in (None, "!"):
            raise Refused(Trap.TYPE, line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > nesting:
                raise Refused(Trap.NESTED, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Refused(Trap.SECOND_DOCUMENT, line)


def _typed(node: yaml.Node, line: int) -> Typed:
    import yaml

    if isinstance(node, yaml.MappingNode):
        made: dict[str, Typed] = {}
        for key_node, value in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            at = key_node.start_mark.line + 1
            if key in made:
                raise Refused(Trap.TWICE, at, key, made[key].line)
            made[key] = _typed(value, at)
        return Typed(made, line)
    if isinstance(node, yaml.SequenceNode):
        return Typed([_typed(child, child.start_mark.line + 1) for child in node.value], line)
    if node.tag == "tag:yaml.org,2002:null" and node.value == "":
        return Typed(None, line)
    return Typed(str(node.value), line)
