"""Cases that stand in more than one log of a run: found by their reference and their day of receipt.

What holds of two rows of one log holds of two logs: where they agree the case is judged once, in the first; where they
do not, nobody can tell which of them is the case, and none is judged. One reference with two days of receipt is two
complaints, as in the logs of two landlords that both count from 1; it is said, and each is judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from policylang.casebook.cases import ABSENT, Case, CaseBook, EntryState, SetAside
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count

JUDGED_THERE = "judged in another of the logs"
NOT_THE_SAME = "another of the logs has it too, and they do not agree"
_MOST = 12


class Standing(NamedTuple):
    """Where a case stands in a log, and what is said of it there: its day of receipt, if known, and a digest of all."""

    reference: str
    received: str
    said: str
    sheet: str
    row: int | None


@dataclass(slots=True)
class Ruling:
    """What follows for one log: the cases that are set aside (why, by folded reference), and what there is to say."""

    aside: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def standings(casebook: CaseBook) -> list[Standing]:
    """Where each case of a log stands."""
    return [_standing(case) for case in casebook.cases]


def _standing(case: Case) -> Standing:
    received = case.entry("received")
    parts = []
    for name, entry in sorted(case.entries.items()):
        if name != "reference" and entry.state not in (EntryState.BLANK, ABSENT.state):
            parts.append(
                f"{name}={entry.state}:{entry.value}:{entry.earliest}:{entry.latest}:{_raw(entry.state, entry.raw)}"
            )
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
    day = received.date.isoformat() if received.date else ""
    return Standing(case.reference, day, digest, case.sheet, case.row)


def _raw(state: EntryState, raw: str) -> str:
    return raw if state is EntryState.UNREADABLE else ""


def rulings(logs: Mapping[str, Sequence[Standing]], files: Mapping[str, str]) -> dict[str, Ruling]:
    """What follows for each log, in the order given, from the cases that several of them have.

    The logs go by any names that tell them apart; ``files`` are their paths.
    """
    where: dict[str, list[tuple[str, Standing]]] = {}
    for log, cases in logs.items():
        for case in cases:
            where.setdefault(case.reference.casefold(), []).append((log, case))
    found = {log: Ruling() for log in logs}
    said: dict[tuple[str, str, str], list[tuple[Standing, Standing]]] = {}
    for key, places in where.items():
        if len({log for log, _ in places}) < 2:
            continue
        for log, case in places:
            # A day of receipt that is not known may be any day.
            rivals = [(other, c) for other, c in places if other != log and _same_day(case, c)]
            unlike = [(other, c) for other, c in rivals if c.said != case.said]
            if unlike:
                why, shown = NOT_THE_SAME, unlike
            elif rivals and _before(logs, rivals[0][0], log):
                why, shown = JUDGED_THERE, rivals[:1]
            else:
                why, shown = "", [] if rivals else [(other, c) for other, c in places if other != log]
            if why:
                found[log].aside[key] = why
            for other, c in shown:
                said.setdefault((log, other, why), []).append((case, c))
    for (log, other, why), pairs in said.items():
        found[log].findings.append(_finding(files[log], files[other], why, pairs))
    return found


def _same_day(one: Standing, other: Standing) -> bool:
    return not one.received or not other.received or one.received == other.received


def _before(logs: Mapping[str, Sequence[Standing]], one: str, other: str) -> bool:
    order = list(logs)
    return order.index(one) < order.index(other)


def set_aside(casebook: CaseBook, ruling: Ruling) -> None:
    """Take the cases out of the book that are not judged here; its rows still add up."""
    kept = []
    for case in casebook.cases:
        why = ruling.aside.get(case.reference.casefold())
        if why is None:
            kept.append(case)
        else:
            casebook.set_aside.append(SetAside(case.sheet, case.row or 0, why, case.reference))
    casebook.cases = kept


def _finding(log: str, other: str, why: str, pairs: Sequence[tuple[Standing, Standing]]) -> Finding:
    listed = ", ".join(f"{one.reference} ({_at(one)}; there {_at(two)})" for one, two in pairs[:_MOST])
    more = f" and {len(pairs) - _MOST:,} more" if len(pairs) > _MOST else ""
    place = Place(file=log, sheet=pairs[0][0].sheet or None, row=pairs[0][0].row)
    related = tuple(Place(file=other, sheet=two.sheet or None, row=two.row) for _, two in pairs[:_MOST])
    number, name = len(pairs), Path(other).name
    if why == NOT_THE_SAME:
        return finding(
            "case-in-several-logs",
            f"{count(number, 'case')} of this log {'is' if number == 1 else 'are'} in “{name}” too, and the two do not "
            f"agree, so neither is judged: {listed}{more}.",
            "Leave out the log that is out of date, or correct the one that is wrong.",
            place=place,
            related=related,
        )
    if why == JUDGED_THERE:
        return finding(
            "case-repeated-in-logs",
            f"{count(number, 'case')} of this log {'is' if number == 1 else 'are'} in “{name}” too, the same in all "
            f"that was read, and judged there only: {listed}{more}.",
            "Nothing needs to be done; to have each log judged whole, run the audit once for each.",
            place=place,
            related=related,
        )
    return finding(
        "reference-in-several-logs",
        f"{count(number, 'reference')} of this log {'stands' if number == 1 else 'stand'} in “{name}” too, with "
        f"another day of receipt, and so for another complaint; each is judged: {listed}{more}.",
        "If they are one complaint, correct its day of receipt, and leave it out of one of the logs.",
        place=place,
        related=related,
    )


def _at(case: Standing) -> str:
    return f"row {case.row}" if case.row else "no row"
