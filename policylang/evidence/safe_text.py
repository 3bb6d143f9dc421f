"""Text from anywhere made safe to write: in XML and HTML, in a workbook's cells, in CSV."""

from __future__ import annotations

import html
import re
from functools import lru_cache

MAX_CELL = 32_767  # characters that one cell of a workbook holds

# What XML 1.0 cannot carry at all: controls but tab and new lines, half characters, and the two non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet reads text that starts with one of these as a formula; the wide ones are what East Asian keyboards type.
_FORMULA_START = tuple("=+-@\t\r\n＝＋－＠")


def legal(text: str) -> str:
    """The text with each character that XML cannot carry shown as �, so that nobody takes it for the original."""
    return text if text.isprintable() and text.isascii() else _NOT_XML.sub("\ufffd", text)


def escape(text: str) -> str:
    """Text for HTML and SVG, in an element or in a quoted attribute."""
    return html.escape(legal(text), quote=True)


def for_cell(text: str) -> str:
    """Text for a cell of a workbook: legal, with one kind of line end, and cut where a cell ends."""
    tidy = legal(text.replace("\r\n", "\n").replace("\r", "\n"))
    return tidy if len(tidy) <= MAX_CELL else tidy[: MAX_CELL - 15] + "… (cut short)"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    first = text[:1]
    if first.isalnum():  # nearly every text there is, and there may be millions of them
        return False
    return text.lstrip(" \u00a0").startswith(_FORMULA_START)


@lru_cache(maxsize=1 << 16)  # of a million cells, most say what others say
def for_csv(text: str) -> str:
    """Text for CSV: a leading apostrophe keeps a spreadsheet from taking it for a formula."""
    tidy = legal(text)
    return f"'{tidy}" if looks_like_formula(tidy) else tidy
