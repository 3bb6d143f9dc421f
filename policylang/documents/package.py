"""The zip file that a Word document is: checked before anything in it is read, and read within limits.

The XML in it is read as a stream; document types and entities are refused, and nesting is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat

from policylang.documents import faults
from policylang.findings.problem import Problem
from policylang.findings.strict_zip import Refused, StrictZip, Trap

Start = Callable[[str, Mapping[str, str]], None]
_INFLATED = faults.INFLATED_BYTES // faults.MB


class Package:
    """The parts of a Word document. Opening and reading raise ``Problem``."""

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        try:
            self._zip = StrictZip(path)
        except Refused as refused:
            raise self._problem(refused) from None
        try:
            self._check()
        except Refused as refused:
            self.close()
            raise self._problem(refused) from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return part in self._zip.parts

    def _check(self) -> None:
        if not self.has("word/document.xml"):
            raise faults.other_kind(self.file)
        self._zip.check_names(faults.PARTS)
        self._zip.check_open()
        if self._zip.has_macros:
            raise faults.macros(self.file)
        # A blank picture packs very well and is no bomb: only text is held to the ratio.
        self._zip.check_sizes(faults.INFLATED_BYTES, faults.RATIO, faults.RATIO_FROM_BYTES, (".xml", ".rels"))

    def _problem(self, refused: Refused) -> Problem:
        """What was refused, in the words for a document."""
        match refused.trap:
            case Trap.CONTENTS:
                return faults.damaged(self.file, "its list of contents is missing or garbled")
            case Trap.CLOSED:
                return faults.unreadable(self.file, "it was there a moment ago, and cannot be opened now")
            case Trap.CROWDED:
                return faults.unsafe(self.file, f"it has {refused.size:,} parts")
            case Trap.TWICE:
                return faults.unsafe(self.file, "it holds two parts of one name")
            case Trap.CLIMBS:
                return faults.unsafe(self.file, "it holds a part whose name points outside the document")
            case Trap.LOCKED:
                return faults.needs_password(self.file)
            case Trap.INFLATED:
                return faults.too_large(self.file, f"unpacked it has more than {_INFLATED} MB")
            case Trap.RATIO:
                return faults.too_large(self.file, f"unpacked it is more than {faults.RATIO} times as large as packed")
            case Trap.TOO_FAR:
                return faults.too_large(self.file, f"its text alone has more than {faults.PART_BYTES // faults.MB} MB")
            case Trap.MISSING:
                return faults.damaged(self.file, f"its part {refused.part} is missing")
            case _:
                return faults.damaged(self.file, f"its part {refused.part} cannot be unpacked")

    def read(self, part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
        """Feed one part through the handlers. Tag and attribute names arrive without their namespace prefixes."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > faults.NESTING:
                raise faults.unsafe(self.file, f"its parts are nested more than {faults.NESTING} levels deep")
            start(_bare(tag), {_bare(name): value for name, value in attributes.items()})

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(_bare(tag))

        def declared(*_: object) -> None:
            raise faults.unsafe(self.file, "it declares a document type, by which a file can attack a computer")

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = declared
        parser.EntityDeclHandler = declared
        try:
            for chunk in self._zip.chunks(part, faults.PART_BYTES):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except Refused as refused:
            raise self._problem(refused) from None
        except expat.ExpatError as fault:
            raise faults.damaged(
                self.file, f"its part {part} breaks off or is garbled at line {fault.lineno}"
            ) from None
        except (LookupError, UnicodeError):  # an encoding that nobody knows, or that is another one
            raise faults.damaged(self.file, f"its part {part} cannot be unpacked") from None


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
