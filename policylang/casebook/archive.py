"""The zip file that a workbook is: checked before anything in it is read, and read within limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem
from policylang.findings.strict_zip import Refused, StrictZip, Trap

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
            self._zip = StrictZip(path)
        except Refused as refused:
            raise self._problem(refused) from None
        self._parts = self._zip.parts
        try:
            self._check()
        except Refused as refused:
            self._zip.close()
            raise self._problem(refused) from None
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
        try:
            yield from self._zip.chunks(part, limit)
        except Refused as refused:
            raise self._problem(refused) from None

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
        self._zip.check_names(limits.PARTS)
        self._zip.check_open()
        for info in self._zip.infos:
            if info.filename.lower().endswith("sharedstrings.xml") and info.file_size > limits.SHARED_TEXT_BYTES:
                raise self._too_far(info.filename, limits.SHARED_TEXT_BYTES)
        self._zip.check_sizes(limits.INFLATED_BYTES, limits.RATIO, limits.RATIO_FROM_BYTES)
        if self._zip.has_macros:
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

    def _unsafe(self, what: str) -> Problem:
        return stop("workbook-unsafe-part", f"The workbook {what}; it was not read.", _TRUST, place=self._place)

    def _problem(self, refused: Refused) -> Problem:
        """What was refused, in the words for a workbook."""
        match refused.trap:
            case Trap.CONTENTS:
                return damaged(self.file, "its list of contents is missing or garbled, as when a download breaks off")
            case Trap.CLOSED:
                return stop(
                    "log-cannot-be-opened",
                    "The workbook was there a moment ago, and cannot be opened now.",
                    "Close it in Excel, copy it to a folder of this computer, and give the copy.",
                    place=self._place,
                )
            case Trap.CROWDED:
                return self._unsafe(f"has {refused.size:,} parts; a workbook of many sheets has a few hundred")
            case Trap.TWICE:
                return self._unsafe(
                    "holds two parts of one name, so that different programs would read different things"
                )
            case Trap.CLIMBS:
                return self._unsafe("holds a part whose name points outside the workbook")
            case Trap.LOCKED:
                return needs_password(self.file)
            case Trap.INFLATED:
                return stop(
                    "workbook-inflates-too-far",
                    f"The workbook unpacks to {refused.size // limits.MB:,} MB; "
                    f"the limit is {limits.INFLATED_BYTES // limits.MB} MB.",
                    f"Keep only the sheet with the cases, without pictures and letters, and save a new copy. {_TRUST}",
                    place=self._place,
                )
            case Trap.RATIO:
                return stop(
                    "workbook-inflates-too-far",
                    f"The workbook, or a part of it, unpacks to more than {limits.RATIO} times its size "
                    f"({refused.stored:,} bytes to {refused.size:,}), as a file made to fill a computer's memory does.",
                    _TRUST,
                    place=self._place,
                )
            case Trap.MISSING:
                return damaged(self.file, f"the part {refused.part} is missing")
            case Trap.TOO_FAR:
                return self._too_far(refused.part, refused.size)
            case _:
                return damaged(self.file, f"the part {refused.part} cannot be unpacked")


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
