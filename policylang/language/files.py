"""Reading a policy or a code from a file, however the editor on the other side has saved it."""

from __future__ import annotations

from pathlib import Path

from policylang.findings.problem import problem

MOST_BYTES = 4_000_000  # a text of a million characters is never larger
_OTHER_KINDS = {
    b"PK\x03\x04": "a Word, Excel or OpenDocument file",
    b"\xd0\xcf\x11\xe0": "a Word or Excel file",
    b"%PDF": "a PDF file",
    b"{\\rt": "a rich-text file",
}


def read_text(path: Path) -> str:
    """The text of a file: UTF-8, with or without a byte-order mark; UTF-16 with one; or else Windows-1252.

    Line ends stay as they are. Raises :class:`~policylang.findings.problem.Problem` for a file that is too large or is
    not plain text; a file that is not there or may not be read raises :class:`OSError`.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        message = f"{path.name} has {size:,} bytes, far more than any policy."
        raise problem("text-too-long", "PL-S01", message, "Check that this is the right file.", file=str(path))
    data = path.read_bytes()
    kind = _OTHER_KINDS.get(data[:4])
    if kind is not None:
        message = f"{path.name} is {kind}, and a policy is a plain text file."
        help = "Write the policy in the language of docs/language.md and save it as text, with the ending .policy."
        raise problem("not-a-text-file", "PL-F04", message, help, file=str(path))
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = f"{path.name} is not plain text that can be read."
    raise problem("not-a-text-file", "PL-F04", message, "Save it as text in UTF-8.", file=str(path))
