"""The looks of cells, registered as named styles so that a user can change them in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE, NOTE, HEADER, SECTION, TABLE_TITLE = "pl title", "pl note", "pl header", "pl section", "pl table title"
TEXT, LABEL, FIGURE, COUNT, DAY, SHARE = "pl text", "pl label", "pl figure", "pl count", "pl day", "pl share"
MEASURE = "pl measure"  # a number with one decimal, such as an average
YES, NO, OPEN, ASK, LINK = "pl yes", "pl no", "pl open", "pl ask", "pl link"

_LINE = Side(style="thin", color="B4BCC4")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_LEFT = Alignment(vertical="top", horizontal="left")
_RIGHT = Alignment(vertical="top", horizontal="right")
_MIDDLE = Alignment(vertical="top", horizontal="center", wrap_text=True)
_WHOLE, _TENTHS, _DATE, _PERCENT = "#,##0", "#,##0.0", "d mmm yyyy", "0.0%"


def add_looks(book: Workbook) -> None:
    """Register the styles, once for a workbook."""
    # The default font sets the unit of column widths; Arial is there, or is matched, on every system.
    book._named_styles["Normal"].font = _font()  # type: ignore[attr-defined]
    for look in (
        NamedStyle(TITLE, font=_font(16, bold=True)),
        NamedStyle(NOTE, font=_font(colour="4D5761")),
        NamedStyle(HEADER, font=_font(bold=True, colour="FFFFFF"), fill=_fill("1F3A4D"), alignment=_TOP, border=_BOX),
        NamedStyle(SECTION, font=_font(12, bold=True), fill=_fill("C9D6DF")),
        NamedStyle(TABLE_TITLE, font=_font(11, bold=True), fill=_fill("E7EDF1")),
        NamedStyle(TEXT, font=_font(), alignment=_TOP, border=_BOX),
        NamedStyle(LABEL, font=_font(bold=True), alignment=_TOP, border=_BOX),
        NamedStyle(FIGURE, font=_font(), alignment=_RIGHT, border=_BOX, number_format=_WHOLE),
        NamedStyle(MEASURE, font=_font(), alignment=_RIGHT, border=_BOX, number_format=_TENTHS),
        NamedStyle(COUNT, font=_font(), alignment=_LEFT, border=_BOX, number_format=_WHOLE),
        NamedStyle(DAY, font=_font(), alignment=_RIGHT, border=_BOX, number_format=_DATE),
        NamedStyle(SHARE, font=_font(), alignment=_RIGHT, border=_BOX, number_format=_PERCENT),
        NamedStyle(YES, font=_font(bold=True), fill=_fill("DCEFE2"), alignment=_MIDDLE, border=_BOX),
        NamedStyle(NO, font=_font(bold=True, colour="7A1624"), fill=_fill("F7D9DD"), alignment=_MIDDLE, border=_BOX),
        # A pattern beside the words, so that what is still open shows on a black and white print.
        NamedStyle(OPEN, font=_font(bold=True, italic=True), fill=_hatched(), alignment=_MIDDLE, border=_BOX),
        NamedStyle(ASK, font=_font(), fill=_fill("FFF6D6"), alignment=_TOP, border=_BOX),
        NamedStyle(LINK, font=_font(colour="0B4F8A", underlined=True), alignment=_TOP, border=_BOX),
    ):
        book.add_named_style(look)


def _font(
    size: int = 10, *, bold: bool = False, italic: bool = False, colour: str = "1B1F24", underlined: bool = False
) -> Font:
    return Font(
        name="Arial", size=size, bold=bold, italic=italic, color=colour, underline="single" if underlined else None
    )


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def _hatched() -> PatternFill:
    return PatternFill("lightUp", fgColor="C9A94B", bgColor="FFF6D6")
