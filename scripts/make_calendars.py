"""Write the frozen bank-holiday calendars in checks/calendars/ (``--check`` only says whether they are up to date).

The dates come from the ``holidays`` package, always with the subdivision: without it the package gives only what the
whole United Kingdom shares, and Easter Monday becomes a working day. The names are those of the official list
(www.gov.uk/bank-holidays), and where a holiday was moved the name says from when. Only Mondays to Fridays are written,
as on the official list: a holiday on a weekend is there as its substitute day.

To add or move a bank holiday: upgrade ``holidays`` to a version that knows it, give the day its name below if it is a
new one, run this script, and read the difference before keeping it.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from policylang.model.calendar import Calendar  # noqa: E402  (the checkout must be importable first)

FIRST, LAST = date(2010, 1, 1), date(2028, 12, 31)

PLACES = {
    "england-and-wales": ("England and Wales", "ENG"),
    "scotland": ("Scotland", "SCT"),
}

SOURCE = (
    "Dates: Python package holidays {version}, country GB, subdivision {subdivision}. Names: the official list, "
    "www.gov.uk/bank-holidays. Checked against the official list for 2012 to 2028 as published in February 2026{more}, "
    "and for 2010 and 2011 against the Banking and Financial Dealings Act 1971 and the proclamations under it."
)
MORE = {"scotland": " (15 June 2026: Royal Proclamation of 3 February 2026)"}

# The package's names, and the official list's.
NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year Holiday": "2nd January",
    "Saint Andrew's Day": "St Andrew's Day",
    "Wedding of William and Catherine": "Royal wedding bank holiday",
    "Diamond Jubilee of Elizabeth II": "Diamond Jubilee bank holiday",
    "Platinum Jubilee of Elizabeth II": "Platinum Jubilee bank holiday",
    "State Funeral of Queen Elizabeth II": "Bank holiday for the State Funeral of Queen Elizabeth II",
    "Coronation of Charles III": "Bank holiday for the coronation of King Charles III",
    "Scotland's participation in the FIFA World Cup final": "World Cup bank holiday",
}

# Days whose name depends on more than the package's name.
NAMED_DAYS = {
    date(2012, 6, 4): "Spring bank holiday (moved from 28 May)",
    date(2020, 5, 8): "Early May bank holiday (VE Day, moved from 4 May)",
    date(2022, 6, 2): "Spring bank holiday (moved from 30 May)",
}

# Where 1 January was a Sunday, Scotland's two holidays fell on 2 and 3 January. Which of the two is called the
# substitute changes from year to year on the official list; it is followed as it stands.
SCOTTISH_DAYS = {
    date(2012, 1, 2): "2nd January",
    date(2012, 1, 3): "New Year's Day (substitute day)",
    date(2017, 1, 2): "2nd January",
    date(2017, 1, 3): "New Year's Day (substitute day)",
    date(2023, 1, 2): "New Year's Day (substitute day)",
    date(2023, 1, 3): "2nd January (substitute day)",
}


def bank_holidays(subdivision: str, first: date = FIRST, last: date = LAST) -> dict[date, str]:
    """The bank holidays on Mondays to Fridays from ``first`` to ``last``, in order, by their official names."""
    import holidays

    listed = holidays.country_holidays("GB", subdiv=subdivision, years=range(first.year, last.year + 1))
    special = NAMED_DAYS | (SCOTTISH_DAYS if subdivision == "SCT" else {})
    found = {day: special.get(day) or official(name) for day, name in listed.items()}
    return {day: name for day, name in sorted(found.items()) if day.weekday() < 5 and first <= day <= last}


def official(name: str) -> str:
    """The official name of a holiday, from the package's name for it."""
    plain = re.sub(r" \(observed\)$", "", name)
    return NAMES.get(plain, plain) + (" (substitute day)" if plain != name else "")


def make(id: str) -> Calendar:
    """The calendar of this id, from the installed ``holidays`` package."""
    name, subdivision = PLACES[id]
    source = SOURCE.format(version=version("holidays"), subdivision=subdivision, more=MORE.get(id, ""))
    return Calendar(id, name, FIRST, LAST, source, tuple(bank_holidays(subdivision).items()))


def text(calendar: Calendar) -> str:
    """The calendar as the YAML file that is shipped."""
    lines = [
        f"# Bank holidays of {calendar.name}. Written by scripts/make_calendars.py; not edited by hand: the digest",
        "# would no longer match, and loading the file would say so.",
        f"id: {calendar.id}",
        f"name: {calendar.name}",
        f"first: {calendar.first}",
        f"last: {calendar.last}",
        f'source: "{calendar.source}"',
        f"digest: {calendar.digest}",
        "bank_holidays:",
    ]
    return "\n".join(lines + [f'  - {{date: {day}, name: "{name}"}}' for day, name in calendar.holidays]) + "\n"


def _without_version(text: str) -> str:
    # Another version of the package that says the same is no reason to write the file again.
    return re.sub(r"package holidays [0-9.]+", "", text)


def main() -> int:
    """Write the files, or with ``--check`` compare them; 1 if any differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only; write nothing")
    check: bool = parser.parse_args().check
    differs = False
    for id in PLACES:
        path = ROOT / "checks" / "calendars" / f"{id}.yaml"
        new = text(make(id))
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        same = _without_version(new) == _without_version(old)
        state = "unchanged" if same else "differs" if check else "written"
        differs |= not same
        if state == "written":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: {state}")
    return int(check and differs)


if __name__ == "__main__":
    raise SystemExit(main())
