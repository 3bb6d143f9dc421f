"""Finding the next token: only the terminals that can begin with the character that stands there are tried.

lark tries, at each place, one large expression of everything that may come next, one for each state of the parser; to
compile these takes longer than to read a policy. Here each terminal is compiled by itself, when it is first tried.
The order in which terminals are tried is lark's own, so that the token found is the same one; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lark import Lark
    from lark.lexer import TerminalDef
    from lark.utils import TextSlice

ASCII = "".join(map(chr, range(128)))


class Scanner:
    """What lark asks for the token at a place (its ``Scanner`` by shape).

    ``firsts`` gives, by terminal, the ASCII characters that it can begin with; a terminal that is not in it is always
    tried, and every terminal is tried at a character that is not ASCII.
    """

    def __init__(
        self, terminals: Iterable[TerminalDef], firsts: Mapping[str, str], compiled: dict[str, re.Pattern[str]]
    ) -> None:
        self.terminals = list(terminals)
        self.allowed_types = {terminal.name for terminal in self.terminals}
        self._firsts, self._compiled = firsts, compiled
        self._at: dict[str, list[tuple[str, Any]]] = {}

    def match(self, text: TextSlice[str], at: int) -> tuple[str, str] | None:
        """The text and the name of the first terminal that fits at an offset."""
        whole, end = text.text, text.end
        character = whole[at]
        tried = self._at.get(character)
        if tried is None:
            tried = self._at[character] = self._candidates(character)
        for name, fits in tried:
            found = fits(whole, at, end)
            if found is not None:
                return found[0], name
        return None

    def fullmatch(self, text: str) -> str | None:
        """The name of the first terminal that is the whole of a text."""
        return next((t.name for t in self.terminals if self._pattern(t).fullmatch(text)), None)

    def _candidates(self, character: str) -> list[tuple[str, Any]]:
        return [
            (t.name, self._pattern(t).match)
            for t in self.terminals
            if not character.isascii() or character in self._firsts.get(t.name, ASCII)
        ]

    def _pattern(self, terminal: TerminalDef) -> re.Pattern[str]:
        pattern = self._compiled.get(terminal.name)
        if pattern is None:
            pattern = self._compiled[terminal.name] = re.compile(terminal.pattern.to_regexp())
        return pattern


def install(parser: Lark, firsts: Mapping[str, str]) -> None:
    """Give each of a parser's lexers such a scanner.

    Right only for a grammar of which no fixed string (a bracket, a comma) is a word that another terminal matches:
    lark would then have to tell the two apart, and :func:`first_letters` gives nothing for such a grammar.
    """
    contextual: Any = parser.parser.lexer
    compiled: dict[str, re.Pattern[str]] = {}
    for lexer in {id(x): x for x in (*contextual.lexers.values(), contextual.root_lexer)}.values():
        lexer.callback = {}
        lexer._scanner = Scanner(lexer.terminals, firsts, compiled)


def first_letters(parser: Lark) -> dict[str, str] | None:
    """By terminal, the ASCII characters it can begin with; None where :func:`install` would not be right.

    Used when the tables are made, never while reading: it looks into Python's own reader of expressions.
    """
    from lark.lexer import PatternStr

    fixed = [t for t in parser.terminals if isinstance(t.pattern, PatternStr)]
    others = [re.compile(t.pattern.to_regexp()) for t in parser.terminals if t not in fixed]
    if any(other.fullmatch(t.pattern.value) for t in fixed for other in others) or parser.options.g_regex_flags:
        return None
    found = {t.name: _first(t.pattern.to_regexp()) for t in parser.terminals}
    return {name: letters for name, letters in found.items() if letters != ASCII}


def _first(expression: str) -> str:
    import importlib

    reader = importlib.import_module("re._parser")
    letters, may_be_empty = _of(reader.parse(expression), 0)
    return ASCII if may_be_empty else "".join(c for c in ASCII if c in letters)


def _of(parsed: Any, flags: int) -> tuple[set[str], bool]:
    """The characters with which a parsed expression can begin, and whether it can match nothing at all."""
    letters: set[str] = set()
    for op, value in parsed:
        more, may_be_empty = _of_one(str(op), value, flags)
        letters |= more
        if not may_be_empty:
            return letters, False
    return letters, True


def _of_one(op: str, value: Any, flags: int) -> tuple[set[str], bool]:
    match op:
        case "LITERAL":
            letter = chr(value)
            return ({letter.lower(), letter.upper()} if flags & re.IGNORECASE else {letter}), False
        case "SUBPATTERN":
            _, added, removed, inner = value
            return _of(inner, (flags | added) & ~removed)
        case "BRANCH":
            several = [_of(inner, flags) for inner in value[1]]
            return set().union(*(letters for letters, _ in several)), any(empty for _, empty in several)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, _, inner = value
            letters, empty = _of(inner, flags)
            return letters, empty or least == 0
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return set(), True  # takes up no character
        case "IN":
            return _of_set(value, flags), False
        case _:
            return set(ASCII), False  # anything else: never left out


def _of_set(items: Any, flags: int) -> set[str]:
    letters: set[str] = set()
    for op, value in items:
        match str(op):
            case "LITERAL":
                letters |= {chr(value)}
            case "RANGE":
                letters |= {chr(code) for code in range(value[0], min(value[1], 127) + 1)}
            case _:
                return set(ASCII)
    return letters | {x for c in letters for x in (c.lower(), c.upper())} if flags & re.IGNORECASE else letters
