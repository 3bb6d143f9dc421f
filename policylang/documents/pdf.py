"""The lines of a PDF, page by page, without running heads, feet and page numbers. Needs ``pypdf``."""

from __future__ import annotations

import contextlib
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from policylang.documents import faults
from policylang.documents.paragraphs import Paragraph, SourceDocument

_PAGE_NUMBER = re.compile(r"\s*(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?\s*(?:(?:of|/)\s*\d{1,4}\s*)?", re.IGNORECASE)
_ENDED = re.compile(r"[.:;?!…][)”\"’]?\s*$|\s\d{1,3}\s*$")
_BEGINS = re.compile(
    r"\s*(?:[>#*•·▪◦o–—-]\s|\(?[a-z0-9]{1,2}[.)]\s|\d{1,3}(?:\.\d{1,3})*\.?(?:\s|$)|appendix\s)", re.IGNORECASE
)
_WAITS = re.compile(
    r"\b(?:section|clause|paragraph|see|in line with|(?<!;\s)and|(?<!;\s)or|of|the|a|to|within|by|for)\s*$",
    re.IGNORECASE,
)
_TITLE = 70  # characters; a numbered line no longer than this may be a heading
_EDGE = 2  # lines at the top and at the foot of a page among which running heads are looked for
_REPEATED = 3  # pages on which a line stands before it counts as a running head


def read_pdf(path: Path, file: str) -> SourceDocument:
    """The lines of a PDF. Raises ``Problem``."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise faults.no_pdf_reader(file) from None
    with _quiet():
        try:
            reader = pypdf.PdfReader(path)
            # Many a PDF may be read by anyone and only not be changed: it opens with an empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise faults.needs_password(file)
            if len(reader.pages) > faults.PAGES:
                raise faults.too_large(file, f"it has more than {faults.PAGES:,} pages")
            pages = [page.extract_text().splitlines() for page in reader.pages]
        except pypdf.errors.DependencyError:
            raise faults.needs_password(file) from None
        except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
                RecursionError, OverflowError, NotImplementedError, ZeroDivisionError):  # fmt: skip
            # Whatever a broken file makes the library do, to the reader it is a broken file.
            raise faults.damaged(file, "its pages cannot be read") from None
    if pages and not any(line.strip() for page in pages for line in page):
        raise faults.scanned(file, len(pages))
    running = _running(pages)
    found = [
        Paragraph(line.replace("\u00a0", " ").strip(), number, page)
        for page, lines in enumerate(pages, 1)
        for number, line in enumerate(lines, 1)
        if line.strip() and not _at_edge(lines, number - 1, running)
    ]
    return SourceDocument(file, "pdf", tuple(_joined(found)))


def _joined(lines: list[Paragraph]) -> Iterator[Paragraph]:
    """Lines put together again into paragraphs, as far as their ends and beginnings show where one stops."""
    open_: Paragraph | None = None
    for line in lines:
        goes_on = open_ is not None and not _ENDED.search(open_.text) and not _BEGINS.match(line.text)
        if open_ is not None and len(open_.text) <= _TITLE and _BEGINS.match(open_.text) and line.text[:1].isupper():
            goes_on = False  # a heading and the paragraph under it
        if open_ is not None and (goes_on or _WAITS.search(open_.text)):
            open_ = replace(open_, text=f"{open_.text} {line.text}")
            continue
        if open_ is not None:
            yield open_
        open_ = line
    if open_ is not None:
        yield open_


def _running(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the top or foot of several pages, figures aside."""
    counted: Counter[str] = Counter()
    for lines in pages:
        filled = [line for line in lines if line.strip()]
        counted.update({_plain(line) for line in (*filled[:_EDGE], *filled[-_EDGE:])})
    return {line for line, number in counted.items() if number >= _REPEATED}


def _at_edge(lines: list[str], at: int, running: set[str]) -> bool:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if at not in (*filled[:_EDGE], *filled[-_EDGE:]):
        return False
    return bool(_PAGE_NUMBER.fullmatch(lines[at])) or _plain(lines[at]) in running


def _plain(line: str) -> str:
    return " ".join(re.sub(r"\d+", "0", line).split()).casefold()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """pypdf reports what it mends on the log; none of it is of use to the reader of a policy."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
