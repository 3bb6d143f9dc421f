"""Hostile files of the other kinds that a log may be: OpenDocument and Parquet."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.casebook.spreadsheets import HEAD, content, day, ods, row, table, text
from tests.casebook.workbooks import zipped
from tests.hostile.made import Hostile, as_bytes

if TYPE_CHECKING:
    import polars as pl

GOOD = row(text("C-1"), day("2024-03-01"), day("2024-03-04"))
_DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "<manifest><file-entry><encryption-data/></file-entry></manifest>"


def _sheet(*rows: str, **parts: str) -> Callable[[Path], object]:
    return lambda path: zipped(path, {**ods(table(HEAD, *rows)), **parts})


def _content(xml: str) -> Callable[[Path], object]:
    return lambda path: zipped(path, {**ods(""), "content.xml": xml})


def _with(name: str, inner: str) -> Callable[[Path], object]:
    return lambda path: zipped(path, {**ods(table(HEAD, GOOD)), name: inner})


def _truncated(path: Path) -> None:
    zipped(path, ods(table(HEAD, *[GOOD] * 500)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _repeated(times: int, *cells: str) -> str:
    return row(*(cells or (text("C-1"), day("2024-03-01"))), more=f'table:number-rows-repeated="{times}"')


ODS = [
    Hostile("an OpenDocument text", "log.ods", _with("mimetype", "application/vnd.oasis.opendocument.text"),
            "log-format-not-read"),
    Hostile("a password", "log.ods", _with(_MANIFEST, _LOCKED), "workbook-needs-password"),
    Hostile("a package within the package", "log.ods", _with("encrypted-package", "x"), "workbook-needs-password"),
    Hostile("macros", "log.ods", _with("Basic/Standard/Module1.xml", "<x/>"), "workbook-has-macros"),
    Hostile("two kinds in one", "log.ods", _with("[Content_Types].xml", "<x/>"), "workbook-unsafe-part"),
    Hostile("a part that climbs out", "log.ods", _with("../../evil.txt", "x"), "workbook-unsafe-part"),
    Hostile("broken off", "log.ods", _truncated, "workbook-damaged"),
    Hostile("XML that stops", "log.ods", _content(content(table(HEAD, GOOD))[:-40]), "workbook-damaged"),
    Hostile("no spreadsheet in it", "log.ods", _content("<x/>"), "workbook-damaged"),
    Hostile("entities", "log.ods", _content(_DTD + "<x>&b;</x>"), "workbook-declares-entities"),
    Hostile("entities in the styles", "log.ods", _with("styles.xml", _DTD + "<x/>"), "workbook-declares-entities"),
    Hostile("entities in what it says of itself", "log.ods", _with("meta.xml", _DTD + "<x/>"),
            "workbook-declares-entities"),
    Hostile("nesting", "log.ods", _content(content(table(HEAD, GOOD) + "<text:p>" * 1000)),
            "workbook-nested-too-deep"),
    Hostile("rows repeated without end", "log.ods", _sheet(_repeated(2_000_000_000)), "too-many-rows"),
    Hostile("rows repeated again and again", "log.ods", _sheet(*[_repeated(100_000)] * 11), "too-many-rows"),
    Hostile("cells repeated without end", "log.ods",
            _sheet(row(text("C-1", 'table:number-columns-repeated="2000000000"'))), "too-many-columns"),
    Hostile("a far cell", "log.ods",
            _sheet(row('<table:table-cell table:number-columns-repeated="16383"/>', text("x"))), "too-many-columns"),
    Hostile("a billion empty rows", "log.ods",
            _sheet(_repeated(1_000_000_000, '<table:table-cell table:number-columns-repeated="16384"/>')), "no-cases"),
    Hostile("spaces without end", "log.ods", _sheet(row(text('<text:s text:c="999999999"/>'))), "cell-too-long"),
    Hostile("a text of 2 MB", "log.ods",
            lambda path: _sheet(row(text("".join(str(n) for n in range(400_000)))))(path), "cell-too-long"),
    Hostile("a bomb", "log.ods", lambda path: _sheet(row(text(" " * 40_000_000)))(path), "workbook-inflates-too-far"),
    Hostile("no sheets", "log.ods", _content(content("")), "no-heading-row"),
    Hostile("headings only", "log.ods", _sheet(), "no-cases"),
]  # fmt: skip


def _frame(**columns: Any) -> Callable[[Path], object]:
    def make(path: Path) -> object:
        import polars as pl

        return pl.DataFrame(columns).write_parquet(path)

    return make


def _good() -> bytes:
    import polars as pl

    held = io.BytesIO()
    pl.DataFrame({"Reference": ["C-1"] * 500, "Date received": [date(2024, 3, 1)] * 500}).write_parquet(held)
    return held.getvalue()


def _changed(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(change(_good()))


def _garbled_pages(whole: bytes) -> bytes:
    # The list at the end stays as it is; what it points to is noise.
    end = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    return b"PAR1" + bytes((n * 7919) % 256 for n in range(end - 4)) + whole[end:]


def _long_footer(whole: bytes) -> bytes:
    return whole[:-8] + (2**31 - 1).to_bytes(4, "little") + b"PAR1"


def _noise_in_footer(whole: bytes) -> bytes:
    length = int.from_bytes(whole[-8:-4], "little")
    at = len(whole) - 8 - length // 2
    return whole[:at] + b"\xff" * 20 + whole[at + 20 :]


def _long_texts() -> pl.Series:
    import polars as pl

    return pl.Series(["x" * 1_500_000] * 3)


def _many_nulls(path: Path) -> None:
    import polars as pl

    # A column of nothing takes no room, however many rows the file says it has.
    pl.DataFrame({"Reference": pl.repeat(None, 30_000_000, dtype=pl.Boolean, eager=True)}).write_parquet(path)


PARQUET = [
    Hostile("the first bytes and no more", "log.parquet", as_bytes(b"PAR1\x00\x00"), "workbook-damaged"),
    Hostile("nothing between the marks", "log.parquet", as_bytes(b"PAR1\x00\x00\x00\x00PAR1"), "workbook-damaged"),
    Hostile("broken off", "log.parquet", _changed(lambda whole: whole[: len(whole) // 2]), "workbook-damaged"),
    Hostile("a list that is longer than the file", "log.parquet", _changed(_long_footer), "workbook-damaged"),
    Hostile("noise in the list", "log.parquet", _changed(_noise_in_footer), "workbook-damaged"),
    Hostile("noise in the pages", "log.parquet", _changed(_garbled_pages), "workbook-damaged"),
    Hostile("a Parquet file under another name", "log.xlsx", as_bytes(b"PAR1\x00\x00"), "workbook-damaged"),
    Hostile("thirty million rows of nothing", "log.parquet", _many_nulls, "workbook-inflates-too-far"),
    Hostile("too many columns", "log.parquet", _frame(**{f"c{n}": [1] for n in range(600)}), "too-many-columns"),
    Hostile("long texts", "log.parquet", lambda path: _frame(Reference=_long_texts())(path), "cell-too-long"),
    Hostile("columns of lists only", "log.parquet", _frame(Reference=[[1]], Received=[[date(2024, 3, 1)]]),
            "no-heading-row"),
    Hostile("one column", "log.parquet", _frame(**{"Date received": [date(2024, 3, 1)]}),
            "no-heading-row"),
    Hostile("no rows", "log.parquet", _frame(**{"Reference": [], "Date received": []}), "no-cases"),
]  # fmt: skip
