"""The zip file that a workbook is: checked before anything in it is read, and read within limits."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem

_TRUST = "If you trust where it comes from, open it in Excel and save a new copy as .xlsx; otherwise do not open it."
_OTHER_KINDS = {
    "word/document.xml": ("a Word document", "Copy the log's table into a new Excel workbook and save it as .xlsx."),
    "ppt/presentation.xml": ("a PowerPoint presentation", "Give the Excel workbook that the figures come from."),
    "xl/workbook.bin": (
        "a binary Excel workbook (.xlsb)",
        "Open it in Excel and save it as “Excel Workbook (*.xlsx)”.",
    ),
    "Index/Document.iwa": ("an Apple Numbers file", "Export it from Numbers as Excel or CSV."),
}

_A_ZIP = ("a zip file, but not a workbook", "Unpack it and give the workbook or CSV file inside it.")


def damaged(file: str, how: str) -> Problem:
    """The problem of a workbook that cannot be read to its end; ``how`` completes "The workbook is damaged: "."""
    return stop(
        "workbook-damaged",
        f"The workbook is damaged: {how}.",
        "Open it in Excel, let Excel repair it if it offers to, and save a new copy as .xlsx; or fetch it again from "
        "where it came from, as part of it may not have arrived.",
        place=Place(file=file),
    )


class Archive:
    """A workbook's parts, opened only after every check has passed. Opening and reading raise ``Problem``."""

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        self._place = Place(file=file)
        try:
            self._zip = zipfile.ZipFile(path)
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, NotImplementedError, OverflowError):
            raise damaged(file, "its list of contents is missing or garbled, as when a download breaks off") from None
        except OSError:
            raise stop(
                "log-cannot-be-opened",
                "The workbook was there a moment ago, and cannot be opened now.",
                "Close it in Excel, copy it to a folder of this computer, and give the copy.",
                place=self._place,
            ) from None
        try:
            self._check()
        except Problem:
            self._zip.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @property
    def is_open_document(self) -> bool:
        """Whether this is an OpenDocument file, of whatever kind, and not one of Microsoft's."""
        return "content.xml" in self._parts or "encrypted-package" in self._parts

    def has_folder(self, folder: str) -> bool:
        """Whether any part lies in this folder, whose name ends with a slash."""
        return any(part.startswith(folder) and part != folder for part in self._parts)

    def chunks(self, part: str, limit: int) -> Iterator[bytes]:
        """The bytes of a part, a little at a time; never more than ``limit`` of them, whatever the archive says."""
        seen = 0
        try:
            with self._zip.open(self._parts[part]) as stream:
                while chunk := stream.read(limits.CHUNK):
                    seen += len(chunk)
                    if seen > limit:
                        raise self._too_far(part, limit)
                    yield chunk
        except KeyError:
            raise damaged(self.file, f"the part {part} is missing") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            # A bad checksum, a stream that breaks off, or a way of packing that no spreadsheet program uses.
            raise damaged(self.file, f"the part {part} cannot be unpacked") from None

    def _too_far(self, part: str, limit: int) -> Problem:
        if part.lower().endswith("sharedstrings.xml"):
            return stop(
                "workbook-shared-text-too-large",
                f"The texts of the workbook come to more than {limit // limits.MB} MB.",
                "Delete the columns of long text that the audit does not need (letters, notes), and save a new copy.",
                place=self._place,
            )
        return stop(
            "workbook-inflates-too-far",
            f"The part {part} of the workbook unpacks to more than {limit // limits.MB} MB.",
            _TRUST,
            place=self._place,
        )

    def _check(self) -> None:
        infos = self._zip.infolist()
        # The names as stored: a zip library may already have cut or mended the ones it hands out.
        self._check_names([info.orig_filename for info in infos])
        if any(info.flag_bits & 0x1 for info in infos):
            raise needs_password(self.file)
        self._check_sizes(infos)
        names = {name.lower() for name in self._parts}
        if any(name.endswith("vbaproject.bin") for name in names):
            raise stop(
                "workbook-has-macros",
                "The workbook contains macros (small programs), so it was not read.",
                "In Excel, choose Save As, “Excel Workbook (*.xlsx)”, which leaves the macros out, and give that copy.",
                place=self._place,
            )
        if self.is_open_document:
            if "[Content_Types].xml" in self._parts:
                raise self._unsafe("is an .xlsx and an .ods in one, so that different programs would read other things")
            return
        if "[Content_Types].xml" not in self._parts or any(part in self._parts for part in _OTHER_KINDS):
            said = next((said for part, said in _OTHER_KINDS.items() if part in self._parts), _A_ZIP)
            raise not_a_log(self.file, *said)

    def _check_names(self, names: list[str]) -> None:
        what = None
        if len(names) > limits.PARTS:
            what = f"has {len(names):,} parts; a workbook of many sheets has a few hundred"
        elif len(set(names)) < len(names):
            what = "holds two parts of one name, so that different programs would read different things"
        elif any(_climbs(name) for name in names):
            what = "holds a part whose name points outside the workbook"
        if what:
            raise self._unsafe(what)

    def _unsafe(self, what: str) -> Problem:
        return stop("workbook-unsafe-part", f"The workbook {what}; it was not read.", _TRUST, place=self._place)

    def _check_sizes(self, infos: list[zipfile.ZipInfo]) -> None:
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        for info in infos:
            if info.filename.lower().endswith("sharedstrings.xml") and info.file_size > limits.SHARED_TEXT_BYTES:
                raise self._too_far(info.filename, limits.SHARED_TEXT_BYTES)
        if unpacked > limits.INFLATED_BYTES:
            raise stop(
                "workbook-inflates-too-far",
                f"The workbook unpacks to {unpacked // limits.MB:,} MB; "
                f"the limit is {limits.INFLATED_BYTES // limits.MB} MB.",
                f"Keep only the sheet with the cases, without pictures and letters, and save a new copy. {_TRUST}",
                place=self._place,
            )
        suspects = [(unpacked, packed), *((info.file_size, info.compress_size) for info in infos)]
        for size, stored in suspects:
            if size >= limits.RATIO_FROM_BYTES and size > limits.RATIO * max(stored, 1):
                raise stop(
                    "workbook-inflates-too-far",
                    f"The workbook, or a part of it, unpacks to more than {limits.RATIO} times its size "
                    f"({stored:,} bytes to {size:,}), as a file made to fill a computer's memory does.",
                    _TRUST,
                    place=self._place,
                )


def not_a_log(file: str, kind: str, advice: str) -> Problem:
    """The problem of a file that is something else than a workbook or a CSV file."""
    return stop(
        "log-format-not-read",
        f"The file is {kind}; a log is read from .xlsx, .ods, .parquet or .csv.",
        advice,
        place=Place(file=file),
    )


def needs_password(file: str) -> Problem:
    """The problem of a workbook that only its password opens."""
    return stop(
        "workbook-needs-password",
        "The workbook is protected by a password, so nothing in it can be read.",
        "In Excel: File, Info, Protect Workbook, Encrypt with Password; clear the password and save a copy.",
        place=Place(file=file),
    )


def too_long(file: str, place: Place | None = None) -> Problem:
    """The problem of a cell with more in it than any log needs."""
    return stop(
        "cell-too-long",
        f"A cell holds more than {limits.CELL_CHARACTERS:,} characters.",
        "Delete what was pasted there (a cell of a log holds a date, an answer or a few words) and save a new copy.",
        place=place or Place(file=file),
    )


def _climbs(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name
