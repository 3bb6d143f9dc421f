"""A made-up complaints log, as untidy as real ones, with known breaches planted and the answers beside it.

The same seed and number of rows always give the same bytes. Nobody in it exists.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, zip_longest
from random import Random

from policylang.casebook.example_boundaries import BOUNDARIES
from policylang.casebook.example_breaches import BREACHES, Scenario
from policylang.casebook.example_plan import AS_AT, Answer, Draft, Maker
from policylang.casebook.example_workbook import Line, example_mapping, workbook_bytes
from policylang.model.calendar import load_calendar

FEWEST_ROWS = 20
MOST_ROWS = 100_000

_CATEGORIES = (
    "Repairs",
    "Damp and mould",
    "Heating",
    "Communal areas",
    "Anti-social behaviour",
    "Rent",
    "Staff conduct",
)
_CHANNELS = ("Email", "Phone", "Web form", "Letter", "In person", "Social media")
_TENURES = ("Social rent", "Affordable rent", "Shared ownership", "Leasehold")
_TEAMS = ("North", "South", "Property services", "Housing management")
_NOTES = (
    "chased contractor",
    "repeat visit booked",
    "spoke to resident",
    "see file",
    "compensation agreed",
    "keys with office",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up log: the workbook, the answers as CSV, and a mapping that fits, each as the bytes of its file."""

    workbook: bytes
    answers: bytes
    mapping: bytes


def make_example(seed: int, rows: int) -> Example:
    """The log of so many cases for a seed.

    Raises ``ValueError`` for fewer rows than :data:`FEWEST_ROWS` or more than :data:`MOST_ROWS`.
    """
    if not FEWEST_ROWS <= rows <= MOST_ROWS:
        raise ValueError(f"An example has {FEWEST_ROWS} to {MOST_ROWS} rows, not {rows}.")
    random = Random(seed)
    make = Maker(random, load_calendar("england-and-wales"))
    lines = _numbered(list(_drafts(make, rows)), random)
    for line in lines:
        _describe(line, random)
    content = workbook_bytes(lines, random)
    return Example(content, _answers(lines), example_mapping().encode("utf-8"))


def _drafts(make: Maker, rows: int) -> Iterator[Draft]:
    # A fifth of the rows have something planted; one row is written twice, and one reference is used twice.
    mixed = (scenario for pair in zip_longest(BOUNDARIES, BREACHES) for scenario in pair if scenario is not None)
    planted: Iterator[Scenario] = chain(mixed, cycle(BREACHES))
    number = rows // 5
    for _ in range(number):
        yield make.cut_off(next(planted)(make))
    for _ in range(rows - number - 1):
        yield make.cut_off(make.ordinary())


def _numbered(drafts: list[Draft], random: Random) -> list[Line]:
    # In order of receipt, numbered as they came in; two numbers were never given.
    twins = [draft for draft in drafts if draft.same_reference_as_previous]
    others = sorted((d for d in drafts if not d.same_reference_as_previous), key=lambda draft: draft.day("received"))
    gaps = set(random.sample(range(5, len(others) - 1), 2))
    lines: list[Line] = []
    number = 1000
    for at, draft in enumerate(others):
        number += 2 if at in gaps else 1
        lines.append(Line(f"CMP-{number}", draft))
    ordinary = [n for n, line in enumerate(lines) if not line.draft.answers]
    for twin, at in zip(twins, sorted(random.sample(ordinary, len(twins)), reverse=True), strict=True):
        first = lines[at].draft.plant(
            "set-aside", "reference used twice", "", "duplicate-reference", "another row has its reference"
        )
        lines[at] = Line(lines[at].reference, first)
        lines.insert(at + 1, Line(lines[at].reference, twin))
    once = random.choice([n for n, line in enumerate(lines) if not line.draft.answers])
    again = Draft(dict(lines[once].draft.facts), written=dict(lines[once].draft.written))
    again.plant("set-aside", "row pasted twice", "", "row-repeated", "the same as the row above it; judged once")
    lines.insert(once + 1, Line(lines[once].reference, again))
    for line in lines:
        if line.draft.no_reference:
            line.reference = ""
    return lines


def _describe(line: Line, random: Random) -> None:
    # What only describes a case: a row that is pasted twice keeps the same words, as it is made from the same facts.
    facts = line.draft.facts
    seeded = Random(f"{line.reference} {facts['received']} {facts.get('handler')}")
    facts |= {
        "category": seeded.choice(_CATEGORIES),
        "channel": seeded.choice(_CHANNELS),
        "tenure": seeded.choice(_TENURES),
        "team": seeded.choice(_TEAMS),
        "status": _status(line.draft),
    }
    if "responded" in facts:
        # The log's own verdict counts days of the calendar from receipt, and so is sometimes wrong.
        in_time = (line.draft.day("responded") - line.draft.day("received")).days <= 21
        facts["reported_in_time"] = "Met" if in_time else "Missed"
    line.note = random.choice(_NOTES) if random.random() < 0.2 else ""


def _status(draft: Draft) -> str:
    if "refused" in draft.facts:
        return "Refused"
    if "closed" in draft.facts:
        return "Closed"
    return "Open - stage 2" if "escalation_requested" in draft.facts else "Open - stage 1"


def _answers(lines: list[Line]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["case", "row", "kind", "planted", "provision", "expected", "why", "as at"])
    for line in lines:
        for answer in line.draft.answers:
            known = [answer.kind, answer.planted, answer.provision, answer.expected, answer.why]
            table.writerow([line.reference, line.row, *known, AS_AT.isoformat()])
    gap = Answer("data-quality", "numbers never given", "", "reference-gap", "references are missing from the sequence")
    table.writerow(["", "", gap.kind, gap.planted, gap.provision, gap.expected, gap.why, AS_AT.isoformat()])
    # With a byte-order mark, without which Excel takes the file for another encoding.
    return out.getvalue().encode("utf-8-sig")
