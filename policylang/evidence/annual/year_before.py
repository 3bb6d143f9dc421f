"""The year before as it was published: read from the ``figures.json`` that an earlier ``annual --out`` wrote.

A log seldom reaches back two years, and what was published then is what readers compare with.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from policylang.evidence.annual.cases_of_year import Year
from policylang.evidence.annual.figures import Figure
from policylang.findings.problem import Problem, problem
from policylang.findings.strict_json import NotARecord, read_record
from policylang.model.days import say_date

LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The figures of the year before, the name and SHA-256 of the file they stand in, the tool that made them, and
    whose they are (empty in a file of before that was written down)."""

    figures: tuple[Figure, ...]
    file: str
    digest: str
    made_by: str
    organisation: str = ""

    @property
    def note(self) -> str:
        """Where they come from, in a sentence."""
        return (
            f"The year before is as it was reported then ({self.file}, made by {self.made_by}, SHA-256 "
            f"{self.digest[:16]}…), and is not worked out again from the log."
        )


def read_year_before(path: Path, year: Year, under: int = 0) -> YearBefore:
    """The figures of the year before ``year``, from a ``figures.json``.

    Raises :class:`Problem` where the file is none, is about another year, or prints numbers that ``under`` would keep
    out of the new report.
    """
    raw, data = _data(path)
    first, last = data["year"]["first"][:40], data["year"]["last"][:40]
    wanted = year.before
    if (first, last) != (wanted.first.isoformat(), wanted.last.isoformat()):
        raise problem(
            "figures-of-another-year",
            "PL-Y02",
            f"{path.name} has the figures of {first} to {last}. The year before this one is "
            f"{say_date(wanted.first)} to {say_date(wanted.last)}.",
            "Give the figures.json of the year before, or change --year.",
            file=path.name,
        )
    if under and (data["suppressed_under"] or 0) < under:
        raise problem(
            "figures-not-suppressed",
            "PL-Y03",
            f"{path.name} has numbers below {under}, which --suppress-under {under} is to keep out of the report.",
            f"Make the figures of that year again with --suppress-under {under}, and give those.",
            file=path.name,
        )
    figures = tuple(_figure(path, entry) for entry in data["figures"])
    return YearBefore(
        figures, path.name, hashlib.sha256(raw).hexdigest(), data["tool"][:80], data.get("organisation", "")
    )


def same_landlord(published: YearBefore | None, organisation: str) -> None:
    """Refuse the figures of somebody else: nobody would see it from the numbers."""
    if published is not None and published.organisation not in ("", organisation):
        raise problem(
            "figures-of-another-landlord",
            "PL-Y04",
            f"{published.file} has the figures of {published.organisation[:80]}, and this report is of {organisation}.",
            "Give the figures.json of the same landlord; or, where its name has changed, the one under its old name "
            "with the entry “organisation” taken out.",
            file=published.file,
        )


def _data(path: Path) -> tuple[bytes, dict[str, Any]]:
    try:
        raw, data = read_record(path, LARGEST)
    except NotARecord as fault:
        raise _unreadable(path, fault.why) from None
    under, year = data.get("suppressed_under", ""), data.get("year")
    fits = isinstance(data.get("figures"), list) and isinstance(data.get("tool"), str)
    fits = fits and (under is None or (isinstance(under, int) and not isinstance(under, bool)))
    fits = fits and isinstance(data.get("organisation", ""), str)
    fits = fits and isinstance(year, dict) and all(isinstance(year.get(end), str) for end in ("first", "last"))
    if not fits:
        raise _unreadable(path, "is not a file of figures")
    return raw, data


def _figure(path: Path, entry: Any) -> Figure:
    try:
        key, section, name, unit = (str(entry[part]) for part in ("key", "section", "figure", "unit"))
        value, low, high = (_number(path, entry[part]) for part in ("value", "lowest", "highest"))
        gone = entry["suppressed"] is True
    except (KeyError, TypeError, IndexError):
        raise _unreadable(path, "has a figure that is not laid out as this tool lays them out") from None
    return Figure(key, section, name, unit, value, low, high, gone=gone)


def _number(path: Path, value: Any) -> Fraction | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e12 < value < 1e12:
        raise _unreadable(path, "has a figure that is no number")
    return Fraction(str(value))


def _unreadable(path: Path, why: str) -> Problem:
    return problem(
        "figures-not-readable",
        "PL-Y01",
        f"{path.name} {why}.",
        "Give the figures.json that “policylang annual … --out FOLDER” wrote for the year before.",
        file=path.name,
    )
