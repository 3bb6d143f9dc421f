"""OpenDocument spreadsheets made for tests, written part by part."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.casebook.workbooks import zipped

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
        ("calcext", "calcext"),
    )
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
# The cell style "month" shows a date as a month, "under" builds on it, and the table style "hidden" hides a sheet.
STYLES = (
    '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
    '<number:date-style style:name="N2"><number:day/><number:month/><number:year/></number:date-style>'
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="under" style:family="table-cell" style:parent-style-name="month"/>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


def content(inner: str, styles: str = STYLES) -> str:
    """``content.xml`` with this inside its spreadsheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{inner}</office:spreadsheet></office:body></office:document-content>"
    )


def ods(inner: str, **more: str) -> dict[str, str]:
    """The parts of a spreadsheet with this inside; ``meta`` is what its ``meta.xml`` holds."""
    made = {"mimetype": MIMETYPE, "content.xml": content(inner)}
    if "meta" in more:
        made["meta.xml"] = f"<office:document-meta {_NAMES}>{more['meta']}</office:document-meta>"
    return made


def table(*rows: str, name: str = "Log", style: str = "", columns: str = "") -> str:
    """One sheet."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(rows)}</table:table>'


def row(*cells: str, more: str = "") -> str:
    """One row; ``more`` are its attributes."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def text(value: str, more: str = "") -> str:
    """A cell with a text."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{value}</text:p></table:table-cell>'


def day(value: str, more: str = "") -> str:
    """A cell with a date."""
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{value}" {more}><text:p>x</text:p>'
        "</table:table-cell>"
    )


HEAD = row(text("Reference"), text("Date received"), text("Acknowledged"))


def spreadsheet(path: Path, *rows: str, parts: Mapping[str, str] | None = None) -> Path:
    """A log of one sheet with the usual three headings and these rows, as a file."""
    return zipped(path, {**ods(table(HEAD, *rows)), **(parts or {})})
