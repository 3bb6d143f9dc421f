"""A form of somebody's own, looked over before anything in it is read: what it holds decides, not its name alone."""

from __future__ import annotations

from pathlib import Path

from policylang.casebook.archive import Archive
from policylang.documents import faults
from policylang.documents.package import Package
from policylang.evidence.office.parts import Parts
from policylang.findings.problem import Problem, problem
from policylang.findings.strict_zip import Refused, StrictZip

LARGEST = 50_000_000  # bytes; forms with pictures in them have a few million
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how Office wraps a file that has a password
_WORD, _EXCEL = "word/document.xml", "xl/workbook.xml"
_KINDS = {".xlsx": (_EXCEL, "an Excel workbook"), ".docx": (_WORD, "a Word document")}


def opened(path: Path) -> Parts:
    """The parts of a form. Raises :class:`Problem` where it is not what its name says, or cannot be read safely."""
    file, (main, kind) = path.name, _KINDS[path.suffix.casefold()]
    if path.stat().st_size > LARGEST:
        raise unreadable(file, f"It is larger than {LARGEST // 1_000_000} MB, and no form is.")
    data = path.read_bytes()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise faults.needs_password(file)
        raise unreadable(file, "It is in the format of before 2007, whatever its name.")
    if not data.startswith(b"PK"):
        raise unreadable(file, "It is empty." if not data.strip() else f"It is not {kind}, whatever its name.")
    _is_its_kind(path, file, main, kind)
    if main == _EXCEL:
        Archive(path, file).close()
    else:
        Package(path, file).close()
    return Parts(data, file)


def _is_its_kind(path: Path, file: str, main: str, kind: str) -> None:
    try:
        archive = StrictZip(path)
    except Refused:
        return  # the reader of the kind says what is wrong with it
    archive.close()
    other, name, ending = (_WORD, "a Word document", ".docx") if main == _EXCEL else (_EXCEL, "a workbook", ".xlsx")
    if main in archive.parts:
        return
    if other in archive.parts:
        hint = f"Give it a name that ends in {ending}, and --out one too."
        raise problem("template-of-other-kind", "PL-W09", f"{file} is {name}, whatever its name.", hint, file=file)
    raise unreadable(file, f"It is a zip file, but not {kind}.")


def unreadable(file: str, why: str) -> Problem:
    """A form that cannot be read; ``why`` is a sentence."""
    return problem(
        "template-not-readable",
        "PL-W01",
        f"{file} cannot be read. {why}",
        "Open it in Excel or Word, save a new copy as .xlsx or .docx, and give that.",
        file=file,
    )
