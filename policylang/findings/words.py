"""Words that several renderers share: where a finding is, and what all of them come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policylang.findings.excerpt import visible
from policylang.findings.finding import Finding, Place, Severity

_PLURALS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.NOTE: ("note", "notes"),
    Severity.PASS: ("pass", "passes"),
}


def spot(place: Place) -> str:
    """Where, in the form that editors and people can follow: ``file:line:column``, or file, sheet and cell."""
    if place.line is not None:
        column = "" if place.column is None else f":{place.column}"
        return f"{place.file}:{place.line}{column}"
    return ", ".join([place.file, *workbook_parts(place)])


def workbook_parts(place: Place) -> list[str]:
    """The known parts of a place in a workbook: sheet, column heading, cell (or row, where no cell is named)."""
    parts = [] if place.sheet is None else [f"sheet “{place.sheet}”"]
    if place.heading is not None and (place.sheet or place.row or place.cell):
        parts.append(f"column “{place.heading}”")
    if place.cell is not None:
        parts.append(f"cell {place.cell}")
    elif place.row is not None:
        parts.append(f"row {place.row}")
    return parts


def in_text(place: Place) -> bool:
    """Whether the place is in a text (so that its heading is a section heading) and not in a workbook."""
    return place.sheet is None and place.row is None and place.cell is None


def under(place: Place) -> str:
    """The section heading in quotation marks, or bare if it brings its own."""
    heading = visible(place.heading or "", keep="")
    return heading if '"' in heading or "“" in heading else f"“{heading}”"


def count(number: int, one: str, many: str | None = None) -> str:
    """``number`` with its word: “1 error”, “3 errors”, “1,204 cases”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def summary(findings: Iterable[Finding]) -> str:
    """One sentence: how many of each severity, in how many files, and by which rules, the commonest first."""
    found = list(findings)
    passes = sum(f.severity is Severity.PASS for f in found)
    faults = [f for f in found if f.severity is not Severity.PASS]
    recorded = f" {count(passes, 'pass', 'passes')} recorded." if passes else ""
    if not faults:
        return f"Nothing found.{recorded}"
    by_severity = Counter(f.severity for f in faults)
    kinds = ", ".join(count(by_severity[s], *_PLURALS[s]) for s in Severity if by_severity[s])
    files = len({f.place.file for f in faults if f.place is not None})
    where = f" in {count(files, 'file')}" if files else ""
    rules = Counter(visible(f.rule, keep="") for f in faults)
    listed = ", ".join(
        f"{rule} {number}" for rule, number in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{kinds}{where}.{recorded} By rule: {listed}." if len(faults) > 1 else f"{kinds}{where}.{recorded}"


def parts(finding: Finding) -> list[tuple[str, str]]:
    """The parts after the message and the place that apply, each under its label, in the order of the house style."""
    labelled = [
        ("rests on", finding.rests_on),
        ("expected", finding.expected),
        ("found", finding.found),
        ("out by", finding.out_by),
        ("clauses", ", ".join(finding.clauses)),
        ("to do", finding.help),
    ]
    return [(label, text) for label, text in labelled if text]
