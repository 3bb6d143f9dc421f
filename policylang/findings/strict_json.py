"""A record that the tool wrote as JSON, read back as if anybody might have changed it on the way.

Nothing of it is trusted: its size, its nesting, its numbers, its names. What it should hold is for whoever asked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NESTING = 16
"""Lists and tables within each other; the records of this tool need six."""
_DIGITS = 30  # of one number


class NotARecord(Exception):
    """The file is no record; ``why`` completes a sentence that begins with its name: “is not well-formed JSON”."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def read_record(path: Path, largest: int) -> tuple[bytes, dict[str, Any]]:
    """The bytes of the file and the table that it holds. Raises :class:`NotARecord`, and ``OSError`` as reading does.

    Refused are more than ``largest`` bytes, a name that stands twice in one table, what is no number (NaN), numbers of
    more than thirty signs, and text that no UTF-8 file can hold.
    """
    with path.open("rb") as stream:
        raw = stream.read(largest + 1)
    if len(raw) > largest:
        raise NotARecord("is larger than any such file that this tool writes")
    return raw, _table(raw)


def _table(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=lambda text: int(_short(text)),
            parse_float=lambda text: float(_short(text)),
        )
    except (UnicodeDecodeError, ValueError):
        raise NotARecord("is not well-formed JSON") from None
    except RecursionError:
        raise NotARecord("is nested deeper than anything this tool writes") from None
    if not isinstance(data, dict):
        raise NotARecord("holds no table of named entries")
    _check(data)
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotARecord(f"has “{name[:60]}” twice in one place")
        found[name] = value
    return found


def _no_number(text: str) -> float:
    raise NotARecord(f"has “{text}” where a number should be")


def _short(text: str) -> str:
    if len(text) > _DIGITS or float(text) in (float("inf"), float("-inf")):
        raise NotARecord("has a number that is larger than any this tool writes")
    return text


def _check(data: dict[str, Any]) -> None:
    """Refuse deep nesting and text that cannot be written, level by level, so that nothing here can overflow."""
    level: list[Any] = [data]
    for _ in range(NESTING):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner += [*one, *one.values()]
            elif isinstance(one, list):
                inner += one
            elif isinstance(one, str) and not _writable(one):
                raise NotARecord("has text in it that no file can hold")
        if not inner:
            return
        level = inner
    raise NotARecord("is nested deeper than anything this tool writes")


def _writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
