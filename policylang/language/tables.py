"""The parser, from tables made beforehand: building it from the grammar takes most of a second, loading it a few
hundredths.

The tables (``grammar.json``, written by ``scripts/make_parser.py``) carry a key made of the grammar's text and of the
series of lark that made them; where the key differs, or the file is not there, the parser is built from the grammar.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from policylang.language.scanning import first_letters, install

if TYPE_CHECKING:
    from lark import Lark

STARTS = ["heading", "sentence"]
_FILE = "grammar.json"


@cache
def grammar() -> Lark:
    """The LALR parser, made once a process."""
    text = grammar_text()
    return load(text) or build(text)


def grammar_text() -> str:
    """The grammar as text, whatever line ends the checkout has given it."""
    return files("policylang.language").joinpath("grammar.lark").read_text(encoding="utf-8").replace("\r\n", "\n")


def build(text: str, *, strict: bool = False) -> Lark:
    """The parser built from the grammar. ``strict`` (which needs ``interegular``) raises on any conflict."""
    import lark.lexer as lexer
    from lark import Lark

    # Where interegular is installed, lark compares all terminals even if nobody asked, which takes many seconds.
    compare = lexer.has_interegular
    lexer.has_interegular = compare and strict
    try:
        return Lark(
            text, parser="lalr", start=STARTS, propagate_positions=True, maybe_placeholders=True, strict=strict
        )  # fmt: skip
    finally:
        lexer.has_interegular = compare


def key(text: str) -> str:
    """What the tables must carry to be used with this grammar and the lark that is installed."""
    import lark

    series = ".".join(lark.__version__.split(".")[:2])
    return f"lark {series}, grammar {hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def dump(parser: Lark, text: str) -> str:
    """The tables of a parser as the text of ``grammar.json``."""
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    data, memo = parser.memo_serialize([TerminalDef, Rule])
    firsts = first_letters(parser)
    content = {"key": key(text), "data": _plain(data), "memo": _plain(memo), "firsts": firsts}
    return json.dumps(content, separators=(",", ":"), sort_keys=True) + "\n"


def load(text: str) -> Lark | None:
    """The parser from its tables; None if they are missing, damaged or made from another grammar or lark."""
    from lark import Lark

    try:
        stored = files("policylang.language").joinpath(_FILE).read_text(encoding="utf-8")
        content = json.loads(stored, object_hook=_back)
        if content["key"] != key(text):
            return None
        # The same door that parsers made by lark's own stand-alone generator use.
        loaded: Lark = Lark._load_from_dict(content["data"], content["memo"])  # type: ignore[no-untyped-call]
        if content["firsts"]:
            install(loaded, content["firsts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Whatever is wrong with the tables, the grammar itself is here and says the same.
        return None
    return loaded


def up_to_date() -> bool:
    """Whether the tables on disk belong to this grammar."""
    return load(grammar_text()) is not None


def _plain(value: Any) -> Any:
    """JSON has no numbers for keys: a dict with such keys becomes ``{"#": [[key, value], …]}``."""
    if isinstance(value, dict):
        if all(isinstance(name, str) for name in value):
            return {name: _plain(item) for name, item in value.items()}
        return {"#": [[name, _plain(item)] for name, item in value.items()]}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _back(read: dict[str, Any]) -> dict[Any, Any]:
    pairs = read.get("#")
    return read if pairs is None else dict(pairs)
