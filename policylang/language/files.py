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
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff\xe0": "a picture",
    b"<htm": "a web page",
    b"<HTM": "a web page",
    b"<!DO": "a web page",
    b"<!do": "a web page",
    b"<?xm": "an XML file",
}
_CONTROL = bytes(n for n in range(32) if n not in b"\t\n\r\x0b\x0c")
_FEW, _SHARE = 10, 50  # more control characters than one in fifty make no text; a few are found one by one


def read_text(path: Path) -> str:
    """The text of a file: UTF-8, with or without a byte-order mark; UTF-16 or UTF-32; or else Windows-1252.

    Line ends stay as they are. Raises :class:`~policylang.findings.problem.Problem` for a file that is too large or is
    not plain text; a file that is not there or may not be read raises :class:`OSError`.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        message = f"{path.name} has {size:,} bytes, far more than any policy."
        raise problem("text-too-long", "PL-S01", message, "Check that this is the right file.", file=str(path))
    data = path.read_bytes()
    kind = _OTHER_KINDS.get(data.removeprefix(b"\xef\xbb\xbf").lstrip()[:4])
    if kind is not None:
        message = f"{path.name} is {kind}, and a policy is a plain text file."
        help = "Write the policy in the language of docs/language.md and save it as text, with the ending .policy."
        raise problem("not-a-text-file", "PL-F04", message, help, file=str(path))
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(text.count(chr(code)) for code in _CONTROL)
        if odd <= _FEW or odd * _SHARE <= len(text):
            return text
    message = f"{path.name} is not plain text that can be read."
    help = "Save it as text in UTF-8: in Notepad, Save As, and UTF-8 beside “Encoding”."
    raise problem("not-a-text-file", "PL-F04", message, help, file=str(path))


def _encodings(data: bytes) -> tuple[str, ...]:
    """In which ways a file may have been written, by the mark that it begins with or by where its zeros stand."""
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return ("utf-32",)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    # English in UTF-16 without its mark: nearly every other byte is zero.
    first, second = data[0:400:2], data[1:400:2]
    if first and second.count(0) * 10 > len(second) * 8 and first.count(0) * 10 < len(first):
        return ("utf-16-le",)
    if second and first.count(0) * 10 > len(first) * 8 and second.count(0) * 10 < len(second):
        return ("utf-16-be",)
    return "utf-8-sig", "cp1252"
