"""The year before as it was published: read from the ``figures.json`` that an earlier ``annual --out`` wrote.

A log seldom reaches back two years, and what was published then is what readers compare with.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from policylang.evidence.annual.cases_of_year import Year
from policylang.evidence.annual.figures import Figure
from policylang.findings.problem import Problem, problem
from policylang.model.days import say_date

LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The figures of the year before, the name and SHA-256 of the file they stand in, and the tool that made them."""

    figures: tuple[Figure, ...]
    file: str
    digest: str
    made_by: str

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
    raw = path.read_bytes()[: LARGEST + 1]
    data = _data(path, raw)
    first, last = str(data["year"]["first"]), str(data["year"]["last"])
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
    return YearBefore(figures, path.name, hashlib.sha256(raw).hexdigest(), str(data["tool"]))


def _data(path: Path, raw: bytes) -> dict[str, Any]:
    if len(raw) > LARGEST:
        raise _unreadable(path, "is larger than any file of figures")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise _unreadable(path, "is not well-formed JSON") from None
    try:
        under = data["suppressed_under"]
        fits = isinstance(data["figures"], list) and isinstance(data["tool"], str)
        fits = fits and (under is None or (isinstance(under, int) and not isinstance(under, bool)))
        _ = data["year"]["first"], data["year"]["last"]
    except (KeyError, TypeError, IndexError):
        fits = False
    if not fits:
        raise _unreadable(path, "is not a file of figures")
    assert isinstance(data, dict)
    return data


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
