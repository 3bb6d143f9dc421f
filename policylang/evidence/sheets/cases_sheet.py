"""The Cases sheet: one row a case, with what every duty came to on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from policylang.auditor.outcome import Outcome, Result
from policylang.evidence.by_case import CaseKey, case_keys
from policylang.evidence.join import AIMS, CODE
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.sheets.many_rows import Looks, ManyRows, Value, as_xml
from policylang.evidence.words import RESULT_WORDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FIXED = ("Case", "Log sheet", "Log row", "Received", "Breaches", "Cannot tell")
STYLES = (looks.LABEL, looks.TEXT, looks.FIGURE, looks.DAY, looks.FIGURE, looks.FIGURE)
PRINTED = 200  # rows that print, of the first columns; the duties of each case are for the screen
MOST_ROWS = 100_000  # a workbook beyond this is no help to anybody; outcomes.csv has every case
DutyKey = tuple[str, str, str, str | None]


_WIDEST = 40  # characters; no sheet of Excel has a longer name than 31


@dataclass(frozen=True, slots=True)
class CasesSheet:
    """Where each case stands, by its reference and how often that came before in the log; and the rows themselves."""

    row_of: Mapping[CaseKey, int]
    rows: ManyRows | None


def write(sheet: Worksheet, run: AssessInput) -> CasesSheet:
    """Fill the sheet but for its rows, which are to be put into the finished workbook."""
    keys = duty_keys(group[0] for group in run.by_owed)
    headings = (*FIXED, *_headings(keys, run))
    style.header_row(sheet, 1, headings)
    listed = list(islice(_cases(run), MOST_ROWS))
    row_of = {case.key: row for row, case in enumerate(listed, start=2)}
    last = max(len(listed) + 1, 2)
    rows = None
    if listed:
        numbers = Looks(sheet)
        groups = run.by_case
        place_of = {key: n for n, key in enumerate(keys)}
        made = lambda: as_xml(numbers, _rows(listed, groups, place_of), STYLES, looks.TEXT)  # noqa: E731
        for name in (*STYLES, looks.TEXT):
            for quoted in (False, True):
                numbers.number(name, quoted=quoted)  # before the workbook writes down what looks it has
        rows = ManyRows(last, len(headings), made)
    else:
        style.put(sheet, last, 1, "No case was judged.")
    style.as_table(sheet, "CaseOutcomes", 1, last, headings)
    _colour(sheet, last, len(FIXED) + 1, len(headings))
    sheet.freeze_panes = "B2"
    # The rows are one line high, so that a reference or the name of a sheet has to fit into its column.
    case, where = (
        max(least, min(max(map(len, texts), default=0) + 3, _WIDEST))
        for least, texts in ((14, {one.key[0] for one in listed}), (12, {one.sheet for one in listed}))
    )
    style.widths(sheet, case, where, 8, 12, 9, 9, *(16 for _ in keys))
    sheet.row_dimensions[1].height = 5 * style.LINE
    title = f"{run.policy.organisation or run.policy.title}: cases"
    style.for_print(sheet, 1, title, rows=min(last, PRINTED), columns=len(FIXED))
    return CasesSheet(row_of, rows)


def _rows(
    cases: Iterable[_Listed], groups: Mapping[CaseKey, Sequence[Outcome]], place_of: Mapping[DutyKey, int]
) -> Iterator[tuple[int, list[Value]]]:
    columns: dict[int, int] = {}  # by the identity of what is owed
    for number, case in enumerate(cases, start=2):
        words: list[Value] = [None] * len(place_of)
        breached = unknown = 0
        for outcome in groups.get(case.key, ()):
            column = columns.get(id(outcome.owed))
            if column is None:
                column = columns[id(outcome.owed)] = place_of[_key(outcome)]
            result = outcome.result
            breached += result is Result.BREACHED
            unknown += result is Result.CANNOT_TELL
            words[column] = _word(outcome)
        fixed: list[Value] = [case.key[0], case.sheet or None, case.row, case.received, breached, unknown]
        yield number, fixed + words


def duty_keys(outcomes: Iterable[Outcome]) -> list[DutyKey]:
    """Every duty, the code's before the policy's, each in order of appearance."""
    owed = {id(outcome.owed): outcome for outcome in outcomes}
    keys = list(dict.fromkeys(_key(outcome) for outcome in owed.values()))
    return sorted(keys, key=lambda key: key[0] != CODE)


def _key(outcome: Outcome) -> DutyKey:
    return (outcome.source, outcome.document, outcome.duty, outcome.provision)


def _word(outcome: Outcome) -> str:
    """The result in words; of an aim, what became of it (``aim kept``, ``aim missed``)."""
    return outcome.reason.replace("-", " ") if outcome.reason in AIMS else RESULT_WORDS[outcome.result]


def _headings(keys: list[DutyKey], run: AssessInput) -> list[str]:
    """A heading for each duty; a table needs them all different, whatever the letters' case."""
    found: list[str] = []
    used = {heading.lower() for heading in FIXED}
    for source, document, duty, provision in keys:
        if source == CODE:
            under = (
                run.code.cite(provision or "") if document == run.code.id else f"{document} {provision or ''}".strip()
            )
        else:
            under = "Policy"
        plain = heading = " ".join(f"{under}: {duty}".split())[:200]  # a table heading is one line of at most 255
        n = 2
        while heading.lower() in used:
            heading, n = f"{plain} ({n})", n + 1
        used.add(heading.lower())
        found.append(heading)
    return found


class _Listed(NamedTuple):
    key: CaseKey
    sheet: str
    row: int | None
    received: date | None


def _cases(run: AssessInput) -> Iterator[_Listed]:
    if run.casebook is None:
        for key in run.by_case:
            yield _Listed(key, "", None, None)
        return
    for key, case in zip(case_keys(run.casebook.cases), run.casebook.cases, strict=True):
        yield _Listed(key, case.sheet, case.row, case.day("received"))


def _colour(sheet: Worksheet, last: int, first_column: int, last_column: int) -> None:
    """Colour by rule and not by cell: the words stand in the cells, the colour only helps to find them."""
    if last_column < first_column:
        return
    area = f"{get_column_letter(first_column)}2:{get_column_letter(last_column)}{last}"
    looks = {Result.BREACHED: ("8C1C2B", "FFFFFF"), Result.CANNOT_TELL: ("F6D98B", "1B1F24")}
    for result, (ground, ink) in looks.items():
        rule = CellIsRule(  # type: ignore[no-untyped-call]
            operator="equal",
            formula=[f'"{RESULT_WORDS[result]}"'],
            fill=PatternFill("solid", bgColor=ground, fgColor=ground),
            font=Font(color=ink, bold=True),
        )
        sheet.conditional_formatting.add(area, rule)
