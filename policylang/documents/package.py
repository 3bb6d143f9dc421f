"""The zip file that a Word document is: checked before anything in it is read, and read within limits.

The XML in it is read as a stream; document types and entities are refused, and nesting is bounded.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat

from policylang.documents import faults

Start = Callable[[str, Mapping[str, str]], None]
_CHUNK = 1 << 16


class Package:
    """The parts of a Word document. Opening and reading raise ``Problem``."""

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(path)
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, NotImplementedError, OverflowError):
            raise faults.damaged(file, "its list of contents is missing or garbled") from None
        try:
            self._check()
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
        return part in self._parts

    def _check(self) -> None:
        if not self.has("word/document.xml"):
            raise faults.other_kind(self.file)
        if any(name.casefold().endswith("vbaproject.bin") for name in self._parts):
            raise faults.unsafe(self.file, "it holds macros")
        if any(info.flag_bits & 1 for info in self._parts.values()):
            raise faults.needs_password(self.file)
        if sum(info.file_size for info in self._parts.values()) > faults.INFLATED_BYTES:
            raise faults.too_large(self.file, f"unpacked it has more than {faults.INFLATED_BYTES // faults.MB} MB")
        for info in self._parts.values():
            if info.filename.endswith(".xml"):
                self._check_ratio(info.file_size, info.compress_size)

    def _check_ratio(self, inflated: int, packed: int) -> None:
        if inflated > faults.RATIO_FROM_BYTES and inflated > faults.RATIO * max(1, packed):
            raise faults.too_large(self.file, f"unpacked it is more than {faults.RATIO} times as large as packed")

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
        total = 0
        try:
            with self._zip.open(self._parts[part]) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > faults.PART_BYTES:
                        raise faults.too_large(self.file, "its text alone has more than 100 MB")
                    self._check_ratio(total, self._parts[part].compress_size)
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise faults.damaged(
                self.file, f"its part {part} breaks off or is garbled at line {fault.lineno}"
            ) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, UnicodeError, OSError):
            raise faults.damaged(self.file, f"its part {part} cannot be unpacked") from None


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
