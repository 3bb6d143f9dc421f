"""Files made to do harm, or merely broken: each made when a test asks for it, none of them stored.

``FILES`` is a table: what the file is, the name it gets, the bytes or parts that make it, the rule that must be named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.casebook.workbooks import MAIN, log, parts, row, text, zipped
from tests.hostile.made import Hostile, as_bytes
from tests.hostile.other_kinds import ODS, PARQUET

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = row(2, text("A2", "C-1"), text("B2", "1 March 2024"), text("C2", "4 March 2024"))


def _parts(changed: Mapping[str, str | bytes]) -> Callable[[Path], object]:
    # A good log with parts added or replaced.
    return lambda path: zipped(path, {**log(GOOD), **changed})


def _raw(*entries: tuple[str, bytes]) -> Callable[[Path], object]:
    def make(path: Path) -> object:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (*((n, c.encode()) for n, c in log(GOOD).items()), *entries):
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return path

    return make


def _sheet(inner: str | bytes) -> Callable[[Path], object]:
    content = inner if isinstance(inner, bytes) else f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'
    return _parts({"xl/worksheets/sheet1.xml": content})


def _links(xml: str) -> Callable[[Path], object]:
    return _parts({"xl/_rels/workbook.xml.rels": xml})


def _truncated(path: Path) -> None:
    zipped(path, log(GOOD))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


def _flipped(path: Path) -> None:
    # One byte of the packed sheet is changed: the checksum no longer fits.
    zipped(path, {**log(GOOD), "xl/worksheets/sheet1.xml": log(*[GOOD] * 200)["xl/worksheets/sheet1.xml"]})
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def _lying_about_size(path: Path) -> None:
    # The list of contents says that the sheet is short; unpacked, it goes on.
    zipped(path, {**log(GOOD), "xl/worksheets/sheet1.xml": log(*[GOOD] * 20_000)["xl/worksheets/sheet1.xml"]})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (999).to_bytes(4, "little")))


def _needs_password_in_zip(path: Path) -> None:
    zipped(path, log(GOOD))
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))


def _crowd_of_texts() -> bytes:
    # More texts than any log has, each different, so that they pack no better than a log does.
    return b"<sst>" + b"".join(b"<si><t>%d</t></si>" % (n * 7919) for n in range(2_100_000)) + b"</sst>"


def _with_shared(content: bytes) -> Callable[[Path], object]:
    def make(path: Path) -> object:
        return zipped(path, {**log(GOOD, shared=""), "xl/sharedStrings.xml": content})

    return make


_DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'
_SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>'
_HEAD = row(1, text("A1", "Reference"), text("B1", "Date received"))
_CSV = b"Reference,Date received\nC-1,2024-03-01\n"

_LETTERS = {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}
_BINARY = {"[Content_Types].xml": "<a/>", "xl/workbook.bin": "x"}
_DIGITS = "".join(str(n * 7919) for n in range(600_000))
_ATTRIBUTES = b"<worksheet " + b"".join(b'a%d="%d" ' % (n, n * 7919) for n in range(400_000))
_ELSEWHERE = '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="{}"/></Relationships>'
_EMPTY_ROWS = "<sheetData>" + _HEAD + "".join(map('<row r="{}"/>'.format, range(2, 1_000_001))) + "</sheetData>"
_SWALLOWS = (
    b'Reference,Date received,Acknowledged,Note\nC-1,2024-03-01,,\nC-2,,,"x\n'
    + b"C-3,2024-03-01,,\n" * 50
    + b'C-4,,,"\n'
)


def _without(part: str) -> Callable[[Path], object]:
    return lambda path: zipped(path, {name: content for name, content in log(GOOD).items() if part not in name})


def _shared_cell(number: int) -> Callable[[Path], object]:
    return _sheet(f'<sheetData>{_HEAD}<row r="2"><c r="A2" t="s"><v>{number}</v></c></row></sheetData>')


FILES = [
    Hostile("nothing in it", "log.xlsx", as_bytes(b""), "log-empty"),
    Hostile("nothing in it", "log.csv", as_bytes(b""), "log-empty"),
    Hostile("a folder", "log.xlsx", lambda path: path.mkdir(), "log-is-a-folder"),
    Hostile("not there", "log.xlsx", lambda path: None, "log-not-found"),
    Hostile("a name no file can have", "a\x00b.xlsx", lambda path: None, "log-cannot-be-opened"),
    Hostile("broken off", "log.xlsx", _truncated, "workbook-damaged"),
    Hostile("one byte changed", "log.xlsx", _flipped, "workbook-damaged"),
    Hostile("random bytes", "log.xlsx", as_bytes(bytes(range(1, 255)) * 50), "workbook-damaged"),
    Hostile("the first bytes of a zip and no more", "log.xlsx", as_bytes(b"PK\x03\x04"), "workbook-damaged"),
    Hostile(
        "a password",
        "log.xlsx",
        as_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        "workbook-needs-password",
    ),
    Hostile("a password on a part", "log.xlsx", _needs_password_in_zip, "workbook-needs-password"),
    Hostile(
        "an old format under a new name",
        "log.xlsx",
        as_bytes(OLE + b"\0" * 600 + "Workbook".encode("utf-16-le")),
        "workbook-old-format",
    ),
    Hostile(
        "an old format", "log.xls", as_bytes(OLE + b"\0" * 600 + "Book".encode("utf-16-le")), "workbook-old-format"
    ),
    Hostile("an old document", "log.xlsx", as_bytes(OLE + b"\0" * 600), "log-format-not-read"),
    Hostile("macros", "log.xlsm", _parts({"xl/vbaProject.bin": b"x"}), "workbook-has-macros"),
    Hostile(
        "a zip of something else", "log.xlsx", lambda path: zipped(path, {"letter.txt": "x"}), "log-format-not-read"
    ),
    Hostile("a Word document", "log.xlsx", lambda path: zipped(path, _LETTERS), "log-format-not-read"),
    Hostile(
        "an OpenDocument sheet",
        "log.ods",
        lambda path: zipped(path, {"mimetype": "x", "content.xml": "<a/>"}),
        "log-format-not-read",
    ),
    Hostile("a binary workbook", "log.xlsb", lambda path: zipped(path, _BINARY), "log-format-not-read"),
    Hostile("a PDF", "log.xlsx", as_bytes(b"%PDF-1.7\n..."), "log-format-not-read"),
    Hostile(
        "a web page called a workbook",
        "log.xls",
        as_bytes(b"\xef\xbb\xbf <html><table><tr><td>Reference"),
        "log-format-not-read",
    ),
    Hostile("plain text called a workbook", "log.xlsx", as_bytes(_CSV), "log-format-not-read"),
    Hostile("a zip bomb", "log.xlsx", _sheet(b"<a>" + b" " * 40_000_000), "workbook-inflates-too-far"),
    Hostile(
        "a bomb beside the workbook",
        "log.xlsx",
        _raw(("xl/media/image1.png", b"\0" * 30_000_000)),
        "workbook-inflates-too-far",
    ),
    Hostile("a part larger than its own list says", "log.xlsx", _lying_about_size, "workbook-damaged"),
    Hostile(
        "a bomb of shared texts",
        "log.xlsx",
        _with_shared(b"<sst>" + b"<si><t>x</t></si>" * 4_000_000),
        "workbook-inflates-too-far",
    ),
    Hostile(
        "too much shared text",
        "log.xlsx",
        _with_shared(b"<sst>" + b"<si><t>x</t></si>" * 6_000_000),
        "workbook-shared-text-too-large",
    ),
    Hostile(
        "a crowd of shared texts",
        "log.xlsx",
        lambda path: _with_shared(_crowd_of_texts())(path),
        "workbook-shared-text-too-large",
    ),
    Hostile(
        "a far cell",
        "log.xlsx",
        _sheet(f"<sheetData>{_HEAD}{row(1_048_576, text('XFD1048576', 'x'))}</sheetData>"),
        "too-many-columns",
    ),
    Hostile(
        "a far cell above the headings",
        "log.xlsx",
        _sheet(f"<sheetData>{row(1, text('XFD1', 'x'))}{_HEAD}</sheetData>"),
        "too-many-columns",
    ),
    Hostile(
        "a cell in no column",
        "log.xlsx",
        _sheet(f"<sheetData>{_HEAD}{row(2, text('ÅÅ2', 'x'))}</sheetData>"),
        "workbook-damaged",
    ),
    Hostile(
        "a column beyond all columns",
        "log.xlsx",
        _sheet(f"<sheetData>{_HEAD}{row(2, text('ZZZZZZ2', 'x'))}</sheetData>"),
        "workbook-damaged",
    ),
    Hostile("entities", "log.xlsx", _sheet((_DTD + _SHEET + "&b;").encode()), "workbook-declares-entities"),
    Hostile(
        "entities in UTF-16",
        "log.xlsx",
        _sheet((_DTD + _SHEET).replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")),
        "workbook-declares-entities",
    ),
    Hostile(
        "an outside document type",
        "log.xlsx",
        _parts({"xl/workbook.xml": _EXTERNAL + "<workbook/>"}),
        "workbook-declares-entities",
    ),
    Hostile("entities in the list of links", "log.xlsx", _links(_DTD + "<a/>"), "workbook-declares-entities"),
    Hostile(
        "an entity that is not declared",
        "log.xlsx",
        _sheet(f"<sheetData>{_HEAD}<row>&whatever;</row></sheetData>"),
        "workbook-damaged",
    ),
    Hostile("a part that climbs out", "log.xlsx", _raw(("../../evil.txt", b"x")), "workbook-unsafe-part"),
    Hostile("a part with a drive", "log.xlsx", _raw(("C:\\evil.txt", b"x")), "workbook-unsafe-part"),
    Hostile("a part from the root", "log.xlsx", _raw(("/etc/passwd", b"x")), "workbook-unsafe-part"),
    Hostile("two parts of one name", "log.xlsx", _raw(("xl/workbook.xml", b"<a/>")), "workbook-unsafe-part"),
    Hostile("a crowd of parts", "log.xlsx", _raw(*((f"x{n}", b"") for n in range(10_001))), "workbook-unsafe-part"),
    Hostile("nesting", "log.xlsx", _sheet("<a>" * 100_000), "workbook-nested-too-deep"),
    Hostile("a tag that never ends", "log.xlsx", _sheet(_ATTRIBUTES), "workbook-damaged"),
    Hostile(
        "tags without number",
        "log.xlsx",
        _sheet("<sheetData>" + "".join(f"<t{n}/>" for n in range(20_000))),
        "workbook-damaged",
    ),
    Hostile("XML that stops", "log.xlsx", _sheet(f"{_SHEET}{_HEAD}<row".encode()), "workbook-damaged"),
    Hostile(
        "an unknown encoding",
        "log.xlsx",
        _sheet(b'<?xml version="1.0" encoding="nonsense"?><worksheet/>'),
        "workbook-damaged",
    ),
    Hostile("a shared text that is not there", "log.xlsx", _shared_cell(9), "workbook-damaged"),
    Hostile("a shared text before the first", "log.xlsx", _shared_cell(-1), "workbook-damaged"),
    Hostile("a sheet that is listed and missing", "log.xlsx", _without("sheet1"), "workbook-damaged"),
    Hostile("no list of sheets", "log.xlsx", _without("xl/workbook.xml"), "workbook-damaged"),
    Hostile(
        "a sheet outside the workbook", "log.xlsx", _links(_ELSEWHERE.format("../../../etc/passwd")), "workbook-damaged"
    ),
    Hostile(
        "a sheet on another computer",
        "log.xlsx",
        _links(_ELSEWHERE.format('http://localhost/x" TargetMode="External')),
        "no-heading-row",
    ),
    Hostile("no sheets", "log.xlsx", lambda path: zipped(path, parts({})), "no-heading-row"),
    Hostile("an empty sheet", "log.xlsx", lambda path: zipped(path, parts({"Log": ""})), "no-heading-row"),
    Hostile("headings only", "log.xlsx", lambda path: zipped(path, log()), "no-cases"),
    Hostile("no headings", "log.xlsx", lambda path: zipped(path, parts({"Log": GOOD})), "no-heading-row"),
    Hostile(
        "a million empty rows",
        "log.xlsx",
        _sheet(_EMPTY_ROWS),
        "no-cases",
    ),
    Hostile(
        "a cell of 5 MB",
        "log.xlsx",
        _sheet(f"<sheetData>{_HEAD}{row(2, text('A2', _DIGITS))}</sheetData>"),
        "cell-too-long",
    ),
    Hostile("nulls", "log.csv", as_bytes(b"\x00" * 1_000_000), "text-not-readable"),
    Hostile("nulls further down", "log.csv", as_bytes(_CSV + b"C-2,2024\x00-03-01\n"), "text-not-readable"),
    Hostile("bytes of no encoding", "log.csv", as_bytes(_CSV + b"C-2,\x81\x8d\n"), "text-not-readable"),
    Hostile(
        "half a UTF-16 file",
        "log.csv",
        as_bytes("Reference,Date received\n".encode("utf-16") + b"\x00"),
        "text-not-readable",
    ),
    Hostile(
        "a quotation mark that never closes",
        "log.csv",
        as_bytes(_CSV + b'C-2,"2024-03-01\nC-3,2024-03-02\n'),
        "quote-never-closed",
    ),
    Hostile("a quotation mark that swallows rows", "log.csv", as_bytes(_SWALLOWS), "quote-never-closed"),
    Hostile("a line of 10 MB", "log.csv", as_bytes(_CSV + b"C-2," + b"x" * 10_000_000), "cell-too-long"),
    Hostile(
        "a column of long texts",
        "log.csv",
        as_bytes(_CSV + b"".join(b"C-%d,%b\n" % (n, b"y" * 2_000_000) for n in range(9))),
        "quote-never-closed",
    ),
    Hostile("a thousand columns", "log.csv", as_bytes(_CSV + b"C-2" + b",1" * 1000), "too-many-columns"),
    Hostile("headings only", "log.csv", as_bytes(b"Reference,Date received\n"), "no-cases"),
    Hostile("no headings", "log.csv", as_bytes(b"C-1,2024-03-01\n"), "no-heading-row"),
    Hostile("a picture", "log.csv", as_bytes(b"\x89PNG\r\n\x1a\n"), "log-format-not-read"),
    Hostile("a compressed file", "log.csv", as_bytes(b"\x1f\x8b\x08\x00"), "log-format-not-read"),
    Hostile("an old workbook called text", "log.csv", as_bytes(OLE + b"\0" * 600), "log-format-not-read"),
    Hostile(
        "a column of texts of 10 MB",
        "log.xlsx",
        lambda path: _sheet(f"<sheetData>{_HEAD}{row(2, text('A2', _DIGITS * 3), text('B2', _DIGITS))}</sheetData>")(
            path
        ),
        "cell-too-long",
    ),
    Hostile(
        "a shared text that nobody needs and is too long",
        "log.xlsx",
        lambda path: _with_shared(f"<sst><si><t>{_DIGITS}</t></si></sst>".encode())(path),
        "cell-too-long",
    ),
    *ODS,
    *PARQUET,
]
