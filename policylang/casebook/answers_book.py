"""A sample that was read and filled in: its answers become facts of the cases that they are about, with their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.headings import all_rows
from policylang.casebook.mapping import Column, Mapping
from policylang.casebook.open import open_log
from policylang.casebook.reader import read_cases
from policylang.casebook.record import facts
from policylang.casebook.rules import finding
from policylang.casebook.words import stands_for_nothing
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem, problem
from policylang.findings.words import count

SHEET, CASE, RECEIVED = "Sample", "Case", "Received"
NOT_ASKED = "n/a"  # a word that every reader of logs takes for nothing at all
_UNREADABLE = "answer-not-readable"


@dataclass(frozen=True, slots=True)
class Answered:
    """The case book with the answers in it, how many answers were taken over, and what there is to say about them."""

    casebook: CaseBook
    answers: int
    findings: tuple[Finding, ...]


def with_answers(casebook: CaseBook, path: Path) -> Answered:
    """Put the answers of a filled-in sample into the cases that they are about.

    An answer fills in what the log leaves open and never changes what the log says: where the two differ, the log's
    stands and a finding says so. Raises :class:`Problem` where the file is no sample, or holds a case that the log
    does not have.
    """
    read = read_cases(path, _mapping(path), sheet=SHEET)
    if read.stopped:
        raise Problem(f for f in read.findings if f.severity is Severity.ERROR)
    known = Counter(case.reference for case in casebook.cases)
    answers = {case.reference: case for case in read.casebook.cases}
    strange = sorted(set(answers) - set(known))
    if strange:
        raise problem(
            "sample-of-another-log",
            "DQ110",
            f"The sample holds the case {strange[0]}, and the log has no such case.",
            "Give the log that the sample was drawn from.",
            file=path.name,
        )
    findings = [f for f in read.findings if f.severity is not Severity.NOTE and f.rule != _UNREADABLE]
    findings += _not_answers(read.casebook.cases, path.name)
    taken, cases = 0, []
    named: set[str] = set()
    for case in casebook.cases:
        answer = answers.get(case.reference)
        if answer is None or known[case.reference] > 1:
            cases.append(case)
            continue
        filled, contradicted = _filled(case, answer)
        taken += len(filled)
        named |= filled.keys()
        findings += [_contradiction(case, name, answer.entry(name)) for name in contradicted]
        cases.append(replace(case, entries={**case.entries, **filled}) if filled else case)
    digests = {**casebook.digests, **read.casebook.digests}
    # A question that nobody answered is no column that was used.
    columns = {**{name: facts()[name].label for name in facts() if name in named}, **casebook.columns}
    book = replace(casebook, cases=cases, digests=digests, columns=columns)
    return Answered(book, taken, tuple(findings))


def _mapping(path: Path) -> Mapping:
    book = open_log(path)
    sheet = next((sheet for sheet in book.sheets if sheet.name == SHEET), None)
    header = next(iter(all_rows(sheet)), None) if sheet else None
    texts = {cell.text.strip() for cell in header.cells.values()} if header else set()
    asked = {name: fact.label for name, fact in facts().items() if fact.label in texts}
    if not {CASE, RECEIVED} <= texts:
        raise problem(
            "not-a-sample",
            "DQ111",
            f"{path.name} is not a sample that “policylang sample” wrote: it has no sheet “{SHEET}” with its headings.",
            "Give the workbook as it was filled in, its first sheet and headings unchanged.",
            file=path.name,
        )
    columns = {"reference": Column("reference", CASE), "received": Column("received", RECEIVED)}
    columns.update({name: Column(name, label) for name, label in asked.items()})
    ignored = tuple(sorted(texts - {CASE, RECEIVED} - set(asked.values())))
    return Mapping(columns, sheet=SHEET, header_row=header.number if header else 1, ignore=ignored)


def _filled(case: Case, answer: Case) -> tuple[dict[str, Entry], list[str]]:
    filled, contradicted = {}, []
    for name, entry in answer.entries.items():
        if name in ("reference", "received") or entry.state in (EntryState.BLANK, EntryState.UNREADABLE):
            continue
        log = case.entry(name)
        if log.state in (EntryState.KNOWN, EntryState.NOT_DONE):
            if _says(log) != _says(entry):
                contradicted.append(name)
        else:
            filled[name] = entry
    return filled, contradicted


def _not_answers(cases: Sequence[Case], file: str) -> Iterator[Finding]:
    """What was typed in place of an answer; “n/a” and “Not known” are no faults here."""
    for name, fact in facts().items():
        typed = [e for case in cases if (e := case.entry(name)).state is EntryState.UNREADABLE]
        cells = [e.cell for e in typed if e.cell and not stands_for_nothing(e.raw)]
        if cells:
            one = len(cells) == 1
            first, more = cells[0], "" if one else f" and {len(cells) - 1:,} more"
            said = f"{'says' if one else 'say'} neither Yes nor No"
            yield finding(
                _UNREADABLE,
                f"{count(len(cells), 'cell')} under “{fact.label}” {said}, so {'it answers' if one else 'they answer'} "
                "nothing.",
                "Choose Yes, No or Not known from the list of the cell.",
                place=Place(file=file, heading=fact.label, sheet=first.sheet, row=first.row, cell=str(first)),
                found=f"{first.column}{first.row}{more}",
            )


def _says(entry: Entry) -> object:
    return entry.value if entry.state is EntryState.KNOWN else False


def _contradiction(case: Case, name: str, entry: Entry) -> Finding:
    cell = entry.cell
    return Finding(
        "answer-against-log",
        "DQ112",
        Severity.WARNING,
        f"Case {case.reference}: the reader's answer to “{facts()[name].label}” is not what the log says.",
        Place(file="", sheet=cell.sheet, row=cell.row, cell=f"{cell.column}{cell.row}") if cell else None,
        expected=f"as the log says, {case.entry(name).cell or 'in its column'}",
        help="Look at the letter again, and correct the log or the answer. Until then the log's entry counts.",
    )
