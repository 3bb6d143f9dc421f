"""The user's own log, marked: notes on the cells that decided a finding, and one sheet more that lists the findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.archive import Archive
from policylang.evidence.join import NOT_GOVERNED
from policylang.evidence.office.cells import inline, letters
from policylang.evidence.office.notes import add_notes, declare, relate
from policylang.evidence.office.opened import unreadable
from policylang.evidence.office.parts import MAIN, REL, Node, Parts
from policylang.evidence.words import RESULT_WORDS, clauses, count, lateness, sentence, shortened
from policylang.findings.finding import Finding
from policylang.findings.problem import problem

SHEET = "Policylang findings"
HEADINGS = ("Case", "Outcome", "Under", "Duty", "Due", "Done", "Late", "Why", "What would have changed it", "Cells")
MOST = 10_000
"""Cells that get a note; a workbook of more becomes slow to open. The sheet lists every finding all the same."""
_WIDTHS = (16, 14, 22, 36, 12, 12, 18, 70, 50, 30)
_NOTE = 900  # characters of one note
_ADDRESS = re.compile(r"(.*)!([A-Z]{1,3}[0-9]+)")
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked copy. ``cells`` have a note of ours, ``kept`` one of their owner's, ``beyond`` were too many."""

    data: bytes
    sheet: str
    rows: int
    cells: int
    kept: tuple[str, ...]
    beyond: int


Cite = Callable[[str, str], str]


def mark(path: Path, judged: Iterable[Outcome], quality: Iterable[Finding], cite: Cite) -> Marked:
    """Mark a copy of the log that was ``judged``. ``quality`` are the findings on the log itself, ``cite`` names a
    provision of a document. Raises :class:`Problem` where the log is no .xlsx workbook.
    """
    if path.suffix.casefold() != ".xlsx":
        message = f"{path.name} is not an Excel workbook (.xlsx), and only one of these has cells to put notes on."
        raise problem(
            "marked-log-not-workbook", "PL-W10", message, "Save the log as .xlsx and give that.", file=path.name
        )
    Archive(path, path.name).close()
    parts = Parts(path.read_bytes(), path.name)
    told = [o for o in judged if _told(o)]
    outcomes = [o for o in told if o.result is Result.BREACHED or not _no_column(o)]
    outcomes.sort(key=lambda o: o.result is not Result.BREACHED)  # stable: breaches first, each in the log's order
    blind = list(_blind([o for o in told if o.result is not Result.BREACHED and _no_column(o)], cite))
    notes = _notes(outcomes, quality, cite)
    places, kept = parts.sheets(), []
    first = dict(list(notes.items())[:MOST])
    by_sheet: dict[str, dict[str, str]] = {}
    for (sheet, address), texts in first.items():
        if sheet in places:
            by_sheet.setdefault(sheet, {})[address] = shortened("\n".join(texts), _NOTE, SHEET)
    for n, (sheet, theirs) in enumerate(by_sheet.items(), start=1):
        kept += [f"{sheet}!{address}" for address in add_notes(parts, places[sheet], theirs, n)]
    name = _add_sheet(parts, [HEADINGS, *(_row(o, cite) for o in outcomes), *blind])
    cells = sum(map(len, by_sheet.values())) - len(kept)
    return Marked(parts.whole(), name, len(outcomes) + len(blind), cells, tuple(kept), len(notes) - len(first))


def _told(outcome: Outcome) -> bool:
    return outcome.result in (Result.BREACHED, Result.CANNOT_TELL) and outcome.reason not in NOT_GOVERNED


def _no_column(outcome: Outcome) -> bool:
    """Whether the log lacks a column that the duty needs: no cell of it can be marked."""
    return any(cell.startswith("no column") for cell in outcome.cells)


def _blind(outcomes: Sequence[Outcome], cite: Cite) -> Iterator[tuple[str, ...]]:
    """One row for each duty that a missing column leaves open, with the number of its cases in place of a reference."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Outcome]] = {}
    for one in outcomes:
        missing = tuple(cell for cell in one.cells if cell.startswith("no column"))
        groups.setdefault((_under(one, cite), one.duty, missing), []).append(one)
    for (under, duty, missing), theirs in groups.items():
        first = theirs[0]
        why = sentence(first.why) if len({one.why for one in theirs}) == 1 else f"{first.case}: {sentence(first.why)}"
        yield (count(len(theirs), "case"), RESULT_WORDS[first.result], under, duty, "", "", "", why,
               first.repair or "", ", ".join(missing))  # fmt: skip


def _notes(outcomes: Sequence[Outcome], quality: Iterable[Finding], cite: Cite) -> dict[tuple[str, str], list[str]]:
    """What each cell decided, by sheet and address."""
    found: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        words = f"{_under(outcome, cite)}, {outcome.duty}: {RESULT_WORDS[outcome.result]}. {sentence(outcome.why)}"
        for cell in outcome.cells:
            match = _ADDRESS.fullmatch(cell)
            if match:
                found.setdefault((match[1], match[2]), []).append(words)
    for one in quality:
        place = one.place
        if place is not None and place.sheet and place.cell and re.fullmatch(r"[A-Z]{1,3}[0-9]+", place.cell):
            found.setdefault((place.sheet, place.cell), []).append(f"{one.code} {one.rule}: {sentence(one.message)}")
    return found


def _under(outcome: Outcome, cite: Cite) -> str:
    if outcome.source == "code":
        return cite(outcome.document, outcome.provision or "")
    where = clauses(outcome.clauses)
    return f"the policy, {where}" if where else "the policy"


def _row(outcome: Outcome, cite: Cite) -> tuple[str, ...]:
    return (
        outcome.case,
        RESULT_WORDS[outcome.result],
        _under(outcome, cite),
        outcome.duty,
        outcome.due.isoformat() if outcome.due else "",
        outcome.actual.isoformat() if outcome.actual else "",
        lateness(outcome.late) if outcome.late else "",
        sentence(outcome.why),
        outcome.repair or "",
        ", ".join(outcome.cells),
    )


def _add_sheet(parts: Parts, rows: Sequence[Sequence[str]]) -> str:
    """One sheet more, after the others; gives its name, which no other sheet has."""
    workbook = parts.xml("xl/workbook.xml")
    sheets = workbook.find(f"{{{MAIN}}}sheets")
    if sheets is None:
        raise unreadable(parts.file, "It has no list of its sheets.")
    taken = {str(sheet.get("name")).casefold() for sheet in sheets}
    name = next(n for n in (SHEET, *(f"{SHEET} {k}" for k in range(2, 1000))) if n.casefold() not in taken)
    part = next(p for p in (f"xl/worksheets/policylang{k}.xml" for k in range(1, 1000)) if p not in parts)
    relation = relate(parts, "xl/workbook.xml", "worksheet", part)
    numbers = {str(sheet.get("sheetId")) for sheet in sheets}
    number = next(n for n in range(1, 65_535) if str(n) not in numbers)
    own = {"name": name, "sheetId": str(number), f"{{{REL}}}id": relation}
    sheets.append(sheets.makeelement(f"{{{MAIN}}}sheet", own, None))
    parts.put("xl/workbook.xml", workbook)
    parts.put(part, _sheet(workbook, rows))
    declare(parts, part, _SHEET_TYPE)
    return name


def _sheet(near: Node, rows: Sequence[Sequence[str]]) -> Node:
    """A worksheet of texts, its first row bold, frozen and filtered; it needs no style of the workbook's."""
    sheet = near.makeelement(f"{{{MAIN}}}worksheet", {}, {None: MAIN})
    views, view = _inside(sheet, "sheetViews"), None
    view = _inside(views, "sheetView", workbookViewId="0")
    _inside(view, "pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    columns = _inside(sheet, "cols")
    for n, wide in enumerate(_WIDTHS, start=1):
        _inside(columns, "col", min=str(n), max=str(n), width=str(wide), customWidth="1")
    data = _inside(sheet, "sheetData")
    for r, row in enumerate(rows, start=1):
        line = _inside(data, "row", r=str(r))
        for address, text in _filled(row, r):
            cell = _inside(line, "c", r=address, t="inlineStr")
            cell.append(inline(cell, text, bold=r == 1))
    _inside(sheet, "autoFilter", ref=f"A1:{letters(len(rows[0]))}{len(rows)}")
    return sheet


def _filled(row: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
    for n, text in enumerate(row, start=1):
        if text:
            yield f"{letters(n)}{number}", text


def _inside(parent: Node, tag: str, **attributes: str) -> Node:
    made = parent.makeelement(f"{{{MAIN}}}{tag}", attributes, None)
    parent.append(made)
    return made
