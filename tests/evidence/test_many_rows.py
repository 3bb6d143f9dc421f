"""Rows written straight into a sheet's XML are read back as the library's own are: values, looks and all."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from policylang.evidence.package import settled
from policylang.evidence.safe_text import for_cell
from policylang.evidence.sheets import looks, style
from policylang.evidence.sheets.many_rows import Looks, ManyRows, as_xml

AS_AT = date(2026, 3, 31)
STYLES = (looks.LABEL, looks.DAY, looks.FIGURE)
rows = st.lists(
    st.tuples(
        st.none() | st.text(min_size=1, max_size=8),
        st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
        st.none() | st.integers(-5, 10**6),
        st.none() | st.text(st.sampled_from("=+-@ <>&\"'\n\r\t\x00a"), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=4,
)


def saved(values: list[tuple[object, ...]], *, straight: bool) -> Worksheet:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    looks.add_looks(book)
    style.header_row(sheet, 1, ("a", "b", "c", "d"))
    many = None
    if straight:
        numbers = Looks(sheet)
        numbered = list(enumerate(values, start=2))
        for name in (*STYLES, looks.TEXT):
            for quoted in (False, True):
                numbers.number(name, quoted=quoted)
        many = ManyRows(len(values) + 1, 4, lambda: as_xml(numbers, numbered, STYLES, looks.TEXT))  # type: ignore[arg-type]
    else:
        for row, line in enumerate(values, start=2):
            for n, value in enumerate(line, start=1):
                look = STYLES[n - 1] if n <= len(STYLES) else looks.TEXT
                style.put(sheet, row, n, value, look)  # type: ignore[arg-type]
    raw = io.BytesIO()
    book.save(raw)
    data = settled(raw.getvalue(), AS_AT, {"xl/worksheets/sheet1.xml": many} if many else None)
    read = openpyxl.load_workbook(io.BytesIO(data)).active
    assert isinstance(read, Worksheet)
    return read


@given(rows)
def test_what_is_read_back_is_what_the_library_would_have_written(values: list[tuple[object, ...]]) -> None:
    one, other = saved(values, straight=True), saved(values, straight=False)
    assert one.dimensions == other.dimensions
    for mine, theirs in zip(one.iter_rows(), other.iter_rows(), strict=True):
        for a, b in zip(mine, theirs, strict=True):
            assert (a.value, a.data_type, a.number_format) == (b.value, b.data_type, b.number_format)
            assert (a.style, bool(a.quotePrefix), a.font.b) == (b.style, bool(b.quotePrefix), b.font.b)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = saved([("=1+1", None, None, "@SUM(A1)")], straight=True)
    assert [(sheet.cell(2, n).value, sheet.cell(2, n).data_type) for n in (1, 4)] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert sheet["A2"].quotePrefix
    assert for_cell("=1+1") == "=1+1"
