"""Reading the XML parts of a workbook as a stream, with nothing in it able to do harm.

Document types and entities are refused (no spreadsheet needs them), nesting and unfinished tags are bounded, and
whatever is wrong is a ``Problem`` in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from policylang.casebook import limits
from policylang.casebook.archive import Archive, damaged
from policylang.casebook.rules import stop
from policylang.findings.finding import Place

# An expat that holds back more than this has met a tag or name that never ends.
_UNFINISHED = 4 * limits.MB
_TAG_NAMES = 10_000


def parse(
    archive: Archive,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    *,
    limit: int = limits.INFLATED_BYTES,
    chunks: Iterable[bytes] | None = None,
) -> Iterator[None]:
    """Feed one part through the handlers, stopping after each chunk so that the caller can take what has been read.

    Tag names arrive without their namespace prefix. ``chunks`` is given where the caller has read the part already.
    Raises ``Problem``.
    """
    place = Place(file=archive.file)
    depth = 0
    names: dict[str, str] = {}

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.NESTING:
            raise stop(
                "workbook-nested-too-deep",
                f"A part of the workbook ({part}) is nested more than {limits.NESTING} levels deep, "
                "which no spreadsheet program writes.",
                "Open the file in Excel and save a new copy of it as .xlsx.",
                place=place,
            )
        start(names.get(tag) or name_of(tag), attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[tag])

    def name_of(tag: str) -> str:
        if len(names) > _TAG_NAMES:
            raise damaged(archive.file, f"the part {part} is made of tags that no workbook has")
        return names.setdefault(tag, tag.rpartition(":")[2])

    def declared(*_: object) -> None:
        raise stop(
            "workbook-declares-entities",
            f"A part of the workbook ({part}) declares a document type, which spreadsheets do not need and which can "
            "be used to attack the computer that opens it; it was not read.",
            "Ask who sent it where it comes from. If you trust it, open it in Excel and save a new copy as .xlsx.",
            place=place,
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    fed = 0
    try:
        for chunk in archive.chunks(part, limit) if chunks is None else chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _UNFINISHED:
                raise damaged(archive.file, f"the part {part} holds a tag that does not end")
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as fault:
        raise damaged(archive.file, f"the part {part} breaks off or is garbled at line {fault.lineno}") from None
    except (LookupError, UnicodeError):
        raise damaged(archive.file, f"the part {part} is in an unknown text encoding") from None


def parse_all(
    archive: Archive,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
    *,
    limit: int = limits.SMALL_PART_BYTES,
) -> None:
    """As :func:`parse`, to the end of the part."""
    for _ in parse(archive, part, start, end, text, limit=limit):
        pass


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Undo the ``_x000D_`` by which workbooks write what XML cannot hold; halves of characters stay as written."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: m[0] if 0xD800 <= (code := int(m[1], 16)) <= 0xDFFF else chr(code), text)
