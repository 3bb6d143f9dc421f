"""The zip file that an office document is: looked over before anything in it is read, and read within limits.

What a list of contents says is not believed: sizes are counted while reading. A part that climbs out of the archive,
two parts of one name, a password and a file that unpacks to fill the memory are told apart, for whoever reads the kind
of document to say in the words for it.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

_CHUNK = 1 << 16


class Trap(Enum):
    """Why an archive was refused."""

    CONTENTS = auto()  # its list of contents is missing or garbled
    CLOSED = auto()  # the file system does not let it be opened
    CROWDED = auto()  # more parts than any document has
    TWICE = auto()  # two parts of one name
    CLIMBS = auto()  # a part whose name points outside
    LOCKED = auto()  # a part needs a password
    INFLATED = auto()  # unpacked it is too large
    RATIO = auto()  # it, or a part of it, unpacks to too many times its size
    MISSING = auto()  # there is no such part
    UNPACKABLE = auto()  # a part cannot be unpacked
    TOO_FAR = auto()  # a part goes on after the limit


class Refused(Exception):
    """An archive, or a part of it, that is not read. ``part`` names it where it is one; ``size`` is the bytes (or, of
    a crowd, the parts) that were too many, ``stored`` the bytes as they lie in the file."""

    def __init__(self, trap: Trap, part: str = "", size: int = 0, stored: int = 0) -> None:
        super().__init__(trap.name, part)
        self.trap, self.part, self.size, self.stored = trap, part, size, stored


class StrictZip:
    """The parts of an archive by name. Opening looks at the list of contents only; the checks are the reader's to call,
    as each kind of document has limits of its own. Everything raises :class:`Refused`."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.infos = self._zip.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, NotImplementedError, OverflowError):
            raise Refused(Trap.CONTENTS) from None
        except OSError:
            raise Refused(Trap.CLOSED) from None
        self.parts = {info.filename: info for info in self.infos}

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def check_names(self, most: int) -> None:
        """Refuse more than ``most`` parts, two of one name, and names that lead out of the archive."""
        # The names as stored: a zip library may already have cut or mended the ones it hands out.
        names = [info.orig_filename for info in self.infos]
        if len(names) > most:
            raise Refused(Trap.CROWDED, size=len(names))
        if len(set(names)) < len(names):
            raise Refused(Trap.TWICE)
        if any(map(_climbs, names)):
            raise Refused(Trap.CLIMBS)

    def check_open(self) -> None:
        """Refuse parts that need a password."""
        if any(info.flag_bits & 0x1 for info in self.infos):
            raise Refused(Trap.LOCKED)

    def check_sizes(self, inflated: int, ratio: int, ratio_from: int, endings: tuple[str, ...] = ("",)) -> None:
        """Refuse what unpacks to more than ``inflated`` bytes, or, from ``ratio_from`` bytes on, to more than ``ratio``
        times its size: the whole, and each part whose name has one of the ``endings``."""
        theirs = [info for info in self.infos if info.filename.endswith(endings)]
        unpacked = sum(info.file_size for info in self.infos)
        if unpacked > inflated:
            raise Refused(Trap.INFLATED, size=unpacked)
        whole = sum(info.file_size for info in theirs), sum(info.compress_size for info in theirs)
        for size, stored in [whole, *((info.file_size, info.compress_size) for info in theirs)]:
            if size >= ratio_from and size > ratio * max(stored, 1):
                raise Refused(Trap.RATIO, size=size, stored=stored)

    @property
    def has_macros(self) -> bool:
        """Whether it holds programs of Microsoft's."""
        return any(name.casefold().endswith("vbaproject.bin") for name in self.parts)

    def chunks(self, part: str, limit: int) -> Iterator[bytes]:
        """The bytes of a part, a little at a time; never more than ``limit`` of them, whatever the archive says."""
        seen = 0
        try:
            with self._zip.open(self.parts[part]) as stream:
                while chunk := stream.read(_CHUNK):
                    seen += len(chunk)
                    if seen > limit:
                        raise Refused(Trap.TOO_FAR, part, limit)
                    yield chunk
        except KeyError:
            raise Refused(Trap.MISSING, part) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            # A bad checksum, a stream that breaks off, or a way of packing that no office program uses.
            raise Refused(Trap.UNPACKABLE, part) from None


def _climbs(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name
