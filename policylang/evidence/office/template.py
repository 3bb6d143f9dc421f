"""A landlord's own form: which cell is for which answer, found by its headings and its provision numbers.

What kind of file it is, and how a cell is written, is for :mod:`fill_xlsx` and :mod:`fill_docx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policylang.evidence.words import listed
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import problem

_NUMBER = re.compile(r"(?:section |provision |code |para(?:graph)? )?(\d{1,2}\.\d{1,2}[a-z]?)\.?", re.IGNORECASE)
_HEADINGS = (
    ("evidence-commentary", re.compile(r"evidence.*(comment|explan)|(comment|explan).*evidence", re.IGNORECASE)),
    ("commentary", re.compile(r"comment|explan", re.IGNORECASE)),
    ("evidence", re.compile(r"evidence", re.IGNORECASE)),
    ("comply", re.compile(r"compl(y|iant|iance|ies)|yes\s*/\s*no|met\s*\?", re.IGNORECASE)),
    ("provision", re.compile(r"provision|clause|\bref|number|\bno\b|section|paragraph", re.IGNORECASE)),
)
ANSWERS = ("comply", "evidence", "commentary", "evidence-commentary")
_LONGEST_HEADING = 90  # characters; a requirement that mentions evidence is no heading


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the template: its text, where it is, and why it cannot be filled (empty: it can)."""

    text: str
    where: str
    barred: str = ""  # "merged" or "protected"


@dataclass(slots=True)
class Filled:
    """What came of a template: its bytes, how many cells were filled for which provisions, and what was not."""

    data: bytes = b""
    provisions: list[str] = field(default_factory=list)
    cells: int = 0
    findings: list[Finding] = field(default_factory=list)


def assignments(
    rows: Iterable[Sequence[Slot | None]], texts: Mapping[str, Mapping[str, str]], filled: Filled, file: str
) -> Iterator[tuple[Slot, str]]:
    """Each cell to be filled with its text; everything that is amiss goes to ``filled.findings``.

    Raises :class:`Problem` where no provision number stands under a heading of the form.
    """
    columns: dict[str, int] = {}
    labels = {_label(number): number for number in texts}
    seen: dict[str, str] = {}
    known = False
    for row in rows:
        headings = _headings(row)
        if headings:
            columns, known = headings, True
            continue
        number, cell = _provision(row, columns, labels)
        if cell is None:
            continue
        if number not in texts:
            message = f"The form has no provision {number}, so the row at {cell.where} was left as it is."
            hint = "Check the number; numbers changed between editions of the Code (--code names another)."
            filled.findings.append(_finding("template-provision-unknown", "PL-W03", message, hint, file, cell))
            continue
        if number in seen:
            message = (
                f"Provision {number} stands at {seen[number]} and again at {cell.where}; the second was not filled."
            )
            hint = "If it is 5.10 and shows as 5.1, make the cell text; otherwise leave one of the two rows."
            filled.findings.append(_finding("template-provision-twice", "PL-W04", message, hint, file, cell))
            continue
        seen[number] = cell.where
        filled.provisions.append(number)
        yield from _answers(row, columns, texts[number], number, filled, file)
    if not known or not seen:
        what = "no heading such as “Comply” or “Evidence”" if not known else "no provision number such as 5.1"
        raise problem(
            "template-without-provisions",
            "PL-W02",
            f"There is {what} in {file}, so nothing says which cell is for which answer.",
            "Use a form with a row of headings (Code provision, Comply, Evidence, Commentary) and a number a row.",
            file=file,
        )
    missing = [number for number in texts if number not in seen]
    if missing:
        message = f"The template has no row for {listed(_runs(missing, list(texts)))}."
        hint = "Add a row with each number, or copy these answers from self-assessment.xlsx."
        filled.findings.append(_finding("template-provision-missing", "PL-W05", message, hint, file, None))


def _runs(numbers: Sequence[str], order: Sequence[str]) -> Iterator[str]:
    """Provisions with those that follow each other in one section drawn together: ``1.4 to 1.6``."""
    first = last = ""
    for number in [*numbers, ""]:
        if last and number and order.index(number) == order.index(last) + 1 and _section(number) == _section(first):
            last = number
            continue
        if first:
            yield first if first == last else f"{first} to {last}"
        first = last = number


def _section(number: str) -> str:
    return number.partition(".")[0]


def _answers(
    row: Sequence[Slot | None],
    columns: Mapping[str, int],
    texts: Mapping[str, str],
    number: str,
    filled: Filled,
    file: str,
) -> Iterator[tuple[Slot, str]]:
    together = not {"commentary", "evidence-commentary"} & set(columns)
    for key in ANSWERS:
        cell = row[columns[key]] if key in columns and columns[key] < len(row) else None
        text = texts.get("evidence-commentary" if key == "evidence" and together else key)
        if cell is None or not text:
            continue
        if cell.barred:
            how = "merged with cells of other rows" if cell.barred == "merged" else "protected"
            message = f"The {key} of {number} was not filled: the cell {cell.where} is {how}."
            hint = "Undo the merge in your template." if cell.barred == "merged" else "Take the protection off."
            rule, code = (("template-cell-merged", "PL-W06") if cell.barred == "merged"
                          else ("template-cell-protected", "PL-W07"))  # fmt: skip
            filled.findings.append(_finding(rule, code, message, hint, file, cell))
        elif cell.text.strip():
            message = f"The {key} of {number} was not filled: the cell {cell.where} has something in it already."
            hint = "Empty the cell in your template if ours is to stand there."
            filled.findings.append(_finding("template-cell-not-empty", "PL-W08", message, hint, file, cell))
        else:
            filled.cells += 1
            yield cell, text


def _headings(row: Sequence[Slot | None]) -> dict[str, int]:
    """What each column is for, if this is a row of headings: one for an answer, and one for the provision."""
    found: dict[str, int] = {}
    for n, cell in enumerate(row):
        text = cell.text.strip() if cell else ""
        if not text or len(text) > _LONGEST_HEADING or _NUMBER.fullmatch(text):
            continue
        key = next((key for key, pattern in _HEADINGS if pattern.search(text)), None)
        if key is not None and key not in found:
            found[key] = n
    return found if "provision" in found and any(key in found for key in ANSWERS) else {}


def _label(text: str) -> str:
    """A number of the form as it is compared: ``Section 6 (Stage 1)`` is ``6 stage 1``."""
    words = re.sub(r"[^\w.]+", " ", text.casefold()).split()
    return " ".join(word for word in words if word not in ("section", "code", "provision")).rstrip(".")


def _provision(
    row: Sequence[Slot | None], columns: Mapping[str, int], labels: Mapping[str, str]
) -> tuple[str, Slot | None]:
    """The number a row is for, one that the form has or one that looks like one of a code."""
    place = columns.get("provision")
    cell = row[place] if place is not None and place < len(row) else None
    if cell is not None and _label(cell.text) in labels:
        return labels[_label(cell.text)], cell
    match = _NUMBER.fullmatch(" ".join(cell.text.split())) if cell else None
    return (match[1].lower(), cell) if match else ("", None)


def _finding(rule: str, code: str, message: str, help: str, file: str, cell: Slot | None) -> Finding:
    sheet, _, address = cell.where.rpartition("!") if cell else ("", "", "")
    place = Place(file=file, sheet=sheet or None, cell=address or None)
    return Finding(rule, code, Severity.WARNING, message, place, help=help)
