"""One door for every kind of document; the kind is told from the content, not from the name alone."""

from __future__ import annotations

from pathlib import Path

from policylang.documents import faults
from policylang.documents.paragraphs import Paragraph, SourceDocument

_TEXT = {".txt", ".text", ".md", ".markdown", ""}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how Word wraps a document that has a password


def read_document(path: Path) -> SourceDocument:
    """The paragraphs of a text, Markdown, Word or PDF file.

    Raises :class:`~policylang.findings.problem.Problem` where it cannot be read; the finding says why.
    """
    file = str(path)
    try:
        size = path.stat().st_size
        if size > faults.FILE_BYTES:
            raise faults.too_large(
                file, f"it has {size / faults.MB:.0f} MB, and {faults.FILE_BYTES // faults.MB} are read"
            )
        with path.open("rb") as stream:
            head = stream.read(8)
        if not head.strip():
            raise faults.empty(file)
        document = _read(path, file, head)
    except OSError as error:
        raise faults.unreadable(file, error.strerror or "the system does not say why") from None
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        raise faults.empty(file)
    return document


def _read(path: Path, file: str, head: bytes) -> SourceDocument:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise faults.needs_password(file) if _ENCRYPTED in path.read_bytes() else faults.old_format(file)
    if head.startswith(b"%PDF-") or path.suffix.casefold() == ".pdf":
        from policylang.documents.pdf import read_pdf

        return read_pdf(path, file)
    if head.startswith(b"PK") or path.suffix.casefold() in (".docx", ".docm"):
        from policylang.documents.word import read_word

        return read_word(path, file)
    if path.suffix.casefold() not in _TEXT or head.startswith(b"{\\rtf"):
        raise faults.other_kind(file)
    return _plain(path.read_bytes(), file)


def _plain(data: bytes, file: str) -> SourceDocument:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if text.count("\x00") > len(text) // 100:
        raise faults.other_kind(file)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return SourceDocument(file, "text", tuple(Paragraph(line, number) for number, line in enumerate(lines, 1)))
