"""The annual complaints performance and service improvement report (Code 8.1), as far as figures go.

What figures cannot say (findings of the Ombudsman, what was learnt and changed, the Board's response) stands as a
marked blank with its question. It names no case, so that it can be published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policylang import __version__
from policylang.evidence.annual.cases_of_year import Year
from policylang.evidence.annual.figures import Figure, by_key
from policylang.evidence.annual.tsm import definitions
from policylang.evidence.paper.blocks import Blank, Block, Drawing, Heading, Items, Paper, Para, Table, cells
from policylang.evidence.pictures.svg import Picture
from policylang.model.days import say_date

BEFORE = (
    (
        "Self-assessment (8.1.a)",
        "Where is this year's self-assessment against the Code, and what did it find? “policylang assess” fills it.",
    ),
    (
        "What complaints told us (8.1.b)",
        "What is behind the figures below: causes, services, places, and whose voice is missing?",
    ),
)
AFTER = (
    ("Refused complaints (8.1.b)", "What kinds of complaint were refused, and was each refusal right?"),
    (
        "Findings of non-compliance (8.1.c)",
        "What did the Ombudsman find against the Code this year, and what followed?",
    ),
    (
        "Service improvements (8.1.d)",
        "What was changed because of what complaints taught, and how is it known to work?",
    ),
    ("The Ombudsman's annual report (8.1.e)", "What does the Ombudsman's yearly report on this landlord say?"),
    ("Other reports of the Ombudsman (8.1.f)", "Which other reports or publications concern this landlord's work?"),
    ("The governing body's response (8.2)", "What does the Board say? It is published beside this report."),
)
SHORT = (
    "stage1.received", "stage1.per-1000", "stage1.refused", "stage1.acknowledged.share", "stage1.responded.share",
    "stage1.strictly", "stage2.received", "stage2.responded.share", "escalated.share", "CH01-1.LCRA",
    "CH01-2.LCRA", "CH02-1.LCRA", "CH02-2.LCRA", "CH01-1.LCHO", "CH01-2.LCHO", "CH02-1.LCHO", "CH02-2.LCHO",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What the report says: whose, of which year, the figures of it and of the year before, and the pictures."""

    organisation: str
    year: Year
    as_at: date
    now: tuple[Figure, ...]
    before: tuple[Figure, ...]
    pictures: tuple[Picture, ...]
    unverified: tuple[str, ...]
    under: int = 0
    before_from: str = ""  # where the figures of the year before come from, where it is not the same log

    @property
    def title(self) -> str:
        """The title of the report."""
        return f"{self.organisation}: complaints performance and service improvement report {self.year.name}"

    @property
    def lede(self) -> str:
        """Which complaints it is about."""
        return (
            f"Complaints received from {say_date(self.year.first)} to {say_date(self.year.last)}, as they stood on "
            f"{say_date(self.as_at)}."
        )


def paper(report: Report) -> Paper:
    """The report as a paper."""
    made = f"Figures made by policylang {__version__}; annual-figures.xlsx and figures.json have all of them."
    return Paper(report.title, report.lede, tuple(_blocks(report)), made, wide=True)


def _blocks(report: Report) -> Iterator[Block]:
    for note in notes(report):
        yield Para(note, quiet=True)
    yield Heading("In short")
    found = by_key(report.now)
    short = [found[key] for key in SHORT if key in found]
    names = {f.key: f"Stage {f.key[5]}: {f.name[0].lower()}{f.name[1:]}" for f in short if f.key.startswith("stage")}
    yield _table(short, report, "The headline figures", names)
    for title, question in BEFORE:
        yield Heading(title)
        yield Blank(question)
    if report.pictures:
        yield Heading("In pictures")
        for picture in report.pictures:
            yield Heading(picture.title, 2)
            yield Drawing(picture)
    yield Heading("Every figure")
    for section in dict.fromkeys(figure.section for figure in report.now):
        mine = [figure for figure in report.now if figure.section == section]
        yield Heading(section, 2)
        yield _table(mine, report, section)
    for title, question in AFTER:
        yield Heading(title)
        yield Blank(question)
    yield Heading("Definitions that nobody has checked")
    known = definitions()
    yield Para(f"{known['title']} ({known['issuer']}, {known['edition']}). Compare these rules with the Regulator's "
               "Technical Requirements before publishing:")  # fmt: skip
    yield Items(report.unverified)


def notes(report: Report) -> Iterator[str]:
    """What a reader must know of the figures."""
    yield "In time means within the time of the edition of the Code in force for the complaint."
    yield (
        "A complaint belongs to the year it was received in, at stage 2 to the year of the request. What is not "
        "recorded is never counted as done: a range says what the missing entries allow, and where more than a "
        "twentieth is unknown there is the range and no single figure."
    )
    if report.as_at < report.year.last:
        yield "The year is not over: these are the figures to date."
    if report.before_from:
        yield report.before_from
    if report.under:
        yield (
            f"Numbers from 1 to {report.under - 1} are suppressed, so that nobody is recognised, and with them each "
            "number from which they could be worked out. Pictures of months by result are left out for the same reason."
        )


def _table(figures: Sequence[Figure], report: Report, caption: str, names: dict[str, str] | None = None) -> Table:
    old = by_key(report.before)
    rows = []
    for figure in figures:
        then = old[figure.key].words if figure.key in old else "-"
        name = (names or {}).get(figure.key, figure.name)
        rows.append(cells((name, figure.unit, figure.words, *([then] if report.before else []))))
    heads = ("Figure", "In", report.year.name, *([report.year.before.name] if report.before else []))
    return Table(heads, tuple(rows), caption, (46, 18, 22, *([22] if report.before else [])))
