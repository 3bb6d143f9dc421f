"""The files of an annual report: for Word, a browser, Excel and other programs. The same input, the same bytes.

All but ``missing-cells.csv`` and the manifest can be published: the one names cases and their cells, for whoever is to
fill them; the other has control totals in which no small number is suppressed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from policylang import __version__
from policylang.evidence.annual.report import Report, notes, paper
from policylang.evidence.annual.tsm import Measures
from policylang.evidence.paper.to_docx import as_docx
from policylang.evidence.paper.to_html import page_of
from policylang.evidence.records import canonical
from policylang.evidence.safe_text import for_csv
from policylang.evidence.sheets.annual_book import annual_book

PAGE, WORD, BOOK, DATA, CELLS, MANIFEST = (
    "annual-report.html", "annual-report.docx", "annual-figures.xlsx", "figures.json", "missing-cells.csv",
    "manifest.json",
)  # fmt: skip
NAMES = (PAGE, WORD, BOOK, DATA, CELLS, MANIFEST)


def files(report: Report, measured: Measures, inputs: Mapping[str, str]) -> dict[str, bytes]:
    """The bytes of each file but the manifest, by its name. ``inputs`` are the SHA-256 of what was read, by file."""
    written = paper(report)
    return {
        PAGE: page_of(written).encode("utf-8"),
        WORD: as_docx(written, report.as_at),
        BOOK: annual_book(report),
        DATA: canonical(record(report, inputs)),
        CELLS: missing_cells(measured),
    }


def record(report: Report, inputs: Mapping[str, str]) -> dict[str, Any]:
    """Every figure as plain data."""
    return {
        "tool": f"policylang {__version__}",
        "organisation": report.organisation,
        "year": {"first": report.year.first.isoformat(), "last": report.year.last.isoformat()},
        "as_at": report.as_at.isoformat(),
        "inputs": dict(inputs),
        "suppressed_under": report.under or None,
        "notes": list(notes(report)),
        "figures": [figure.as_record() for figure in report.now],
        "year_before": [figure.as_record() for figure in report.before],
        "unverified": list(report.unverified),
    }


def missing_cells(measured: Measures) -> bytes:
    """The cases whose missing cells leave most of the Regulator's measures open; for the organisation's own use."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("case", "figures left open", "cells to fill"))
    for mover in measured.movers:
        writer.writerow((for_csv(mover.case), mover.figures, for_csv("; ".join(mover.cells))))
    return out.getvalue().encode("utf-8-sig")
