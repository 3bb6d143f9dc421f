"""How the bytes of a text file become letters: found by looking at all of them once, before any is read.

An encoding that had to be assumed is said aloud.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from policylang.casebook import limits
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem
from policylang.findings.words import count

_SAVE_AGAIN = "Open it in Excel and save it as “CSV UTF-8 (Comma delimited)”, or as an .xlsx workbook."
_BYTES = 1 << 18
_LONGEST_LINE = 4 * limits.CELL_CHARACTERS
_MARK = b"\xef\xbb\xbf"
# Either one well-formed character of two or more bytes in UTF-8, or one stray byte of another encoding.
_BEYOND_ASCII = re.compile(
    rb"(?P<utf8>[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})"
    rb"|(?P<stray>[\x80-\xff])"
)
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Coding:
    """The encoding of a file. ``by_line``: each line has its own. ``checked``: every line is known to be readable."""

    name: str
    by_line: bool = False
    checked: bool = False
    note: tuple[str, str, str | None] | None = None

    @contextmanager
    def lines(self, path: Path, file: str) -> Iterator[Iterator[str]]:
        """The lines of the file, ends included. Entering, leaving and reading on may raise ``Problem``."""
        if self.by_line:
            with path.open("rb") as stream:
                yield _each_as_it_is(stream, file)
            return
        # newline="" as the csv module asks.
        with path.open(encoding=self.name, newline="") as text:
            try:
                yield text if self.checked else _watched(text, file)
            except UnicodeError:
                raise stop(
                    "text-not-readable",
                    f"The file begins like {self.name.upper()} text but does not go on as such.",
                    _SAVE_AGAIN,
                    place=Place(file=file),
                ) from None


def coding_of(path: Path, file: str) -> Coding:
    """The encoding of a text file. Raises ``Problem`` where it has none that is known here, or is no text."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return Coding("utf-16")
        stream.seek(0)
        if _is_utf8(stream):
            return Coding("utf-8-sig" if start.startswith(_MARK) else "utf-8", checked=True)
        stream.seek(0)
        return _by_lines(stream, file)


def _is_utf8(stream: IO[bytes]) -> bool:
    # Whether the whole is well-formed, without null characters and without a line that is too long. What is wrong
    # where it is not takes longer to find, and is for whoever goes through it line by line.
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 0
    try:
        for chunk in iter(partial(stream.read, _BYTES), b""):
            if b"\x00" in chunk:
                return False
            if decoder.getstate()[0] or not chunk.isascii():
                decoder.decode(chunk)
            first_end = chunk.find(b"\n")
            line += len(chunk) if first_end < 0 else first_end + 1
            if line >= _LONGEST_LINE:
                return False
            if first_end >= 0:
                line = len(chunk) - chunk.rfind(b"\n") - 1
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _by_lines(stream: IO[bytes], file: str) -> Coding:
    whole = stray = 0
    first_stray = 0
    for number, line in enumerate(_lines(stream, file), 1):
        if b"\x00" in line:
            raise stop(
                "text-not-readable",
                f"Line {number} of the file holds characters that no text has (null characters), so it is not "
                "a text file, or was damaged.",
                _SAVE_AGAIN,
                place=Place(file=file, line=number),
            )
        if line.isascii():
            continue
        found = list(_BEYOND_ASCII.finditer(line))
        strays = sum(m["stray"] is not None for m in found)
        whole += len(found) - strays
        if strays:
            stray += strays
            first_stray = first_stray or number
            _check_old(line, number, file)
    if stray and whole:
        said = (
            f"The file mixes two text encodings: {count(whole, 'character')} in UTF-8 and "
            f"{count(stray, 'character')} in Windows-1252, the first on line {first_stray}. Each line was read as "
            "what it is; £ signs and accents may be wrong."
        )
        return Coding("utf-8", by_line=True, note=("text-encodings-mixed", said, _SAVE_AGAIN))
    if stray:
        said = (
            "The file is not UTF-8, so it was read as Windows-1252 (what Excel writes as plain “CSV”). This "
            f"matters for {count(stray, 'character')}, the first on line {first_stray}."
        )
        return Coding("cp1252", checked=True, note=("text-encoding-assumed", said, _SAVE_AGAIN))
    return Coding("utf-8-sig")


def _check_old(line: bytes, number: int, file: str) -> None:
    if _NOT_IN_CP1252.search(line):
        raise stop(
            "text-not-readable",
            f"Line {number} of the file is in an encoding that is neither UTF-8 nor Windows-1252.",
            _SAVE_AGAIN,
            place=Place(file=file, line=number),
        )


def _each_as_it_is(stream: IO[bytes], file: str) -> Iterator[str]:
    for number, raw in enumerate(_lines(stream, file), 1):
        raw = raw.removeprefix(_MARK) if number == 1 else raw
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError:
            yield raw.decode("cp1252")


def _watched(text: IO[str], file: str) -> Iterator[str]:
    # A line longer than a cell may be is caught while it is being read.
    while line := text.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise _line_too_long(file)
        if "\x00" in line:
            raise stop(
                "text-not-readable",
                "The file holds characters that no text has (null characters).",
                _SAVE_AGAIN,
                place=Place(file=file),
            )
        yield line


def _lines(stream: IO[bytes], file: str) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise _line_too_long(file)
        yield line


def _line_too_long(file: str) -> Problem:
    return stop(
        "cell-too-long",
        f"A line of the file has more than {_LONGEST_LINE:,} characters.",
        "Check that the file is a log with one line a case, and that its long letters and notes are left out.",
        place=Place(file=file),
    )
