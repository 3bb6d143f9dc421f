"""Opening a log kept as text: comma-, semicolon- or tab-separated, in whatever encoding it was saved."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.grid import Book, Row, Sheet
from policylang.casebook.record import heading_key, match_listed
from policylang.casebook.text_coding import Coding, coding_of
from policylang.casebook.text_rows import TextRows

_DELIMITERS = (",", ";", "\t")


def open_text(path: Path, file: str, digest: str) -> Book:
    """A text file as a book of one sheet, named after the file. Raises ``Problem``."""
    coding = coding_of(path, file)
    book = Book(file, [], digest, is_text=True)
    if coding.note:
        book.notes.append(coding.note)
    delimiter = _delimiter(path, coding)

    def rows() -> Iterator[Row]:
        return iter(TextRows(path, file, coding, delimiter))

    book.sheets.append(Sheet(path.name, rows))
    return book


def _delimiter(path: Path, coding: Coding) -> str:
    # The one that shows most headings we know; among equals, the one that most often cuts every line alike.
    with coding.lines(path, str(path)) as lines:
        start = list(islice(lines, limits.HEADING_SEARCH_ROWS))
    best, best_score = ",", (-1, -1)
    for delimiter in _DELIMITERS:
        try:
            cut = list(csv.reader(start, delimiter=delimiter))
        except csv.Error:
            continue
        known = max((sum(bool(match_listed(heading_key(text))) for text in row) for row in cut), default=0)
        widths = [len(row) for row in cut if len(row) > 1]
        alike = max((widths.count(width) * width for width in set(widths)), default=0)
        if (known, alike) > best_score:
            best, best_score = delimiter, (known, alike)
    return best
