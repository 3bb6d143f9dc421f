"""Opening a file as a log, whatever it turns out to be: what it holds decides, not what it is called."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.archive import Archive, needs_password, not_a_log
from policylang.casebook.grid import Book
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET = b"PAR1"
_SAVE_AS_XLSX = "Open it in Excel and save it as “Excel Workbook (*.xlsx)”."
_OTHERS = (
    (b"%PDF-", "a PDF", "Ask for the workbook that the PDF was made from."),
    (b"{\\rtf", "a rich-text document", "Copy the log's table into a new Excel workbook and save it as .xlsx."),
    (b"\x89PNG", "a picture", "Give the workbook that the picture was taken from."),
    (b"\xff\xd8\xff", "a picture", "Give the workbook that the picture was taken from."),
    (b"GIF8", "a picture", "Give the workbook that the picture was taken from."),
    (b"SQLite format 3", "a database", "Export the cases as CSV, or save them as .xlsx."),
    (b"\x1f\x8b", "a compressed file", "Unpack it and give the workbook or CSV file inside it."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it and give the workbook or CSV file inside it."),
    (b"Rar!", "a compressed file", "Unpack it and give the workbook or CSV file inside it."),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SUFFIXES = frozenset({".xlsx", ".ods", ".parquet", ".csv"})
_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ""})


def open_log(path: Path) -> Book:
    """The sheets of a workbook or text file. Raises ``Problem`` where it is neither, or not a safe one."""
    file = str(path)
    start = _first_bytes(path, file)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        _check_size(path, file)
        return _zipped(path, file)
    if start.startswith(_PARQUET):
        from policylang.casebook.parquet import open_parquet

        return open_parquet(path, file, _digest(path))
    if start.startswith(_OLE):
        _check_size(path, file)
        raise _old_or_locked(path, file)
    for magic, kind, advice in _OTHERS:
        if start.startswith(magic):
            raise not_a_log(file, kind, advice)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise not_a_log(file, "a web page or XML file, whatever its name says", _SAVE_AS_XLSX)
    if path.suffix.lower() not in _TEXT_SUFFIXES:
        raise _misnamed(path, file, start)

    from policylang.casebook.textfile import open_text

    return open_text(path, file, _digest(path))


def _zipped(path: Path, file: str) -> Book:
    from policylang.casebook.ods import open_ods
    from policylang.casebook.workbook import open_workbook

    with Archive(path, file) as archive:
        if archive.is_open_document:
            return open_ods(archive, path, _digest(path))
    return open_workbook(path, file, _digest(path))


def _first_bytes(path: Path, file: str) -> bytes:
    place = Place(file=file)
    try:
        if path.is_dir():
            raise stop(
                "log-is-a-folder",
                f"“{path.name}” is a folder; a log is one file.",
                "Give the workbook inside it, with its name and ending.",
                place=place,
            )
        if not path.is_file() and path.exists():
            raise stop(
                "log-cannot-be-opened",
                f"“{path.name}” is not an ordinary file.",
                "Give a file such as .xlsx, .ods, .parquet or .csv.",
                place=place,
            )
        with path.open("rb") as stream:
            start = stream.read(512)
    except FileNotFoundError:
        raise _not_found(path, file) from None
    except (OSError, ValueError):
        # ValueError: a name that no file can have, such as one with a null character.
        raise stop(
            "log-cannot-be-opened",
            f"“{path.name}” is there but cannot be opened.",
            "Close it in Excel if it is open there, and check that you may read it.",
            place=place,
        ) from None
    if not start:
        raise stop(
            "log-empty",
            f"“{path.name}” is empty: it has no content at all.",
            "Save or export the log again, and check that the new file is larger than nothing.",
            place=place,
        )
    return start


def _not_found(path: Path, file: str) -> Problem:
    from policylang.findings.nearest import nearest

    try:
        beside = [other.name for other in path.parent.iterdir() if other.suffix.lower() in _SUFFIXES][:500]
    except OSError:
        beside = []
    near = nearest(path.name, beside)
    advice = (
        f"Did you mean “{near[0]}”?"
        if near
        else "Check its name and the folder; give the file with its ending, such as .xlsx or .csv."
    )
    return stop("log-not-found", f"There is no file called “{path.name}” there.", advice, place=Place(file=file))


def _check_size(path: Path, file: str) -> None:
    size = path.stat().st_size
    if size > limits.FILE_BYTES:
        raise stop(
            "log-too-large",
            f"The workbook has {size // limits.MB:,} MB; the limit is {limits.FILE_BYTES // limits.MB} MB.",
            "Keep only the sheet with the cases, without pictures; or save that sheet as CSV, which may be larger.",
            place=Place(file=file),
        )


def _old_or_locked(path: Path, file: str) -> Problem:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return needs_password(file)
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return stop(
            "workbook-old-format",
            "The workbook is in the format of Excel before 2007 (.xls), which is not read, whatever its name says.",
            _SAVE_AS_XLSX,
            place=Place(file=file),
        )
    return not_a_log(
        file,
        "an old Office document or message",
        "Copy the log's table into a new Excel workbook and save it as .xlsx.",
    )


def _misnamed(path: Path, file: str, start: bytes) -> Problem:
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".xlsm", ".xls", ".ods", ".parquet"}:
        return not_a_log(file, f"of a kind not known here ({suffix})", "Give the log as .xlsx, .ods, .parquet or .csv.")
    if not _CONTROL.search(start):
        advice = "If Excel shows it as a table, save it from there as .xlsx; if it is comma-separated, name it .csv."
        return not_a_log(file, f"plain text although its name ends in {suffix}", advice)
    return stop(
        "workbook-damaged",
        f"The file is called {suffix} but does not begin as a workbook does.",
        "Fetch it again from where it came from, or open it in Excel and save a new copy as .xlsx.",
        place=Place(file=file),
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
