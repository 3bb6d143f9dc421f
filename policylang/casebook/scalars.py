"""Texts as they stand in a mapping file: remarks on lines that are not too long, words in quotes where needed."""

from __future__ import annotations

import json
import re
from textwrap import wrap

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()'’-]*[A-Za-z0-9)]")
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")  # signs that YAML cannot have
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


_WIDE = 118  # characters of a line of remarks
_REMARK = re.compile(r"( *)(?:# *)*# +(?! *(?:[a-z_0-9-]+:|- |#))")


def folded(line: str, *, behind: int = 0) -> str:
    """A line of a mapping file; a remark that is long goes on below itself, each line behind its ``#``.

    A line that would be read without its ``#`` stays whole. ``behind`` signs are still to come before the line.
    """
    lead = _REMARK.match(line)
    if lead is None or len(line) <= _WIDE - behind:
        return line
    return "".join(
        f"{one}\n" for one in wrap(line.strip(), _WIDE - 1 - behind, initial_indent=lead[1], subsequent_indent=lead[0])
    )


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def quoted(text: str, *, inline: bool = False) -> str:
    """A YAML scalar that reads back as this text: bare where that is safe, in double quotes otherwise."""
    bare = _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED
    if bare and not (inline and ("," in text or "}" in text)):
        return text
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
