"""Cases that stand in more than one log of a run: found by their reference and their day of receipt.

What holds of two rows of one log holds of two logs: where they agree the case is judged once, in the first; where they
do not, nobody can tell which of them is the case, and none is judged. So it is too where one log has the case on
several rows that do not agree, and has set them aside: whether the other log tells it as the right one of them is not
known. One reference with two days of receipt is two complaints, as in the logs of two landlords that both count from
1; it is said, and each is judged.
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
SEVERAL_THERE = "another of the logs has it on several rows that do not agree"
_SEVERAL_HERE = "it has it on several rows that do not agree"
_ANOTHER_DAY = "another day of receipt"
_MOST = 12


class Standing(NamedTuple):
    """Where a case stands in a log, and what is said of it there: its day of receipt, if known, and a digest of all.

    ``judged`` is false of a row that the log has set aside, as others of its reference do not agree with it.
    """

    reference: str
    received: str
    said: str
    sheet: str
    row: int | None
    judged: bool = True


@dataclass(slots=True)
class Ruling:
    """What follows for one log: the cases that are set aside (why, by folded reference), and what there is to say."""

    aside: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def standings(casebook: CaseBook) -> list[Standing]:
    """Where each case of a log stands, and each row that was set aside because its reference has others."""
    cases = [_standing(case, judged=True) for case in casebook.cases]
    return [*cases, *(_standing(case, judged=False) for case in casebook.disagreeing)]


def _standing(case: Case, *, judged: bool) -> Standing:
    received = case.entry("received")
    parts = []
    for name, entry in sorted(case.entries.items()):
        if name != "reference" and entry.state not in (EntryState.BLANK, ABSENT.state):
            parts.append(
                f"{name}={entry.state}:{entry.value}:{entry.earliest}:{entry.latest}:{_raw(entry.state, entry.raw)}"
            )
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
    day = received.date.isoformat() if received.date else ""
    return Standing(case.reference, day, digest, case.sheet, case.row, judged)


def _raw(state: EntryState, raw: str) -> str:
    return raw if state is EntryState.UNREADABLE else ""


def rulings(logs: Mapping[str, Sequence[Standing]], files: Mapping[str, str]) -> dict[str, Ruling]:
    """What follows for each log, in the order given, from the cases that several of them have.

    The logs go by any names that tell them apart; ``files`` are their paths.
    """
    where: dict[str, dict[str, list[Standing]]] = {}
    for log, cases in logs.items():
        for case in cases:
            where.setdefault(case.reference.casefold(), {}).setdefault(log, []).append(case)
    found = {log: Ruling() for log in logs}
    said: dict[tuple[str, str, str], list[_Pair]] = {}
    for key, places in where.items():
        if len(places) < 2:
            continue
        for log, mine in places.items():
            others = {other: rows for other, rows in places.items() if other != log}
            why, shown = _ruled(log, mine, others, logs)
            if why:
                found[log].aside[key] = why
            for other, what in shown.items():
                said.setdefault((log, other, what), []).append((mine, others[other]))
    for (log, other, what), pairs in said.items():
        found[log].findings.append(_finding(files[log], files[other], what, pairs))
    return found


_Pair = tuple[list[Standing], list[Standing]]
"""The rows of one reference in a log, and those in another: one in each, or several that do not agree."""


def _ruled(
    log: str, mine: list[Standing], others: Mapping[str, list[Standing]], logs: Mapping[str, object]
) -> tuple[str, dict[str, str]]:
    """Why a case is set aside, if it is; and what there is to say of the other logs that have it."""
    # A day of receipt that is not known may be any day.
    rivals = {o: rows for o, rows in others.items() if any(_same_day(a, b) for a in mine for b in rows)}
    if not mine[0].judged:  # set aside already
        return "", dict.fromkeys(rivals, _SEVERAL_HERE)
    several = {o: SEVERAL_THERE for o, rows in rivals.items() if not rows[0].judged}
    unlike = {o: NOT_THE_SAME for o, rows in rivals.items() if o not in several and rows[0].said != mine[0].said}
    if several or unlike:
        return NOT_THE_SAME if unlike else SEVERAL_THERE, {**several, **unlike}
    first = next(iter(rivals), None)
    if first is not None:
        return (JUDGED_THERE, {first: JUDGED_THERE}) if _before(logs, first, log) else ("", {})
    return "", dict.fromkeys(others, _ANOTHER_DAY)


def _same_day(one: Standing, other: Standing) -> bool:
    return not one.received or not other.received or one.received == other.received


def _before(logs: Mapping[str, object], one: str, other: str) -> bool:
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


def _finding(log: str, other: str, why: str, pairs: Sequence[_Pair]) -> Finding:
    listed = ", ".join(f"{mine[0].reference} ({_at(mine)}; there {_at(rows)})" for mine, rows in pairs[:_MOST])
    more = f" and {len(pairs) - _MOST:,} more" if len(pairs) > _MOST else ""
    first = pairs[0][0][0]
    place = Place(file=log, sheet=first.sheet or None, row=first.row)
    related = tuple(
        Place(file=other, sheet=row.sheet or None, row=row.row) for _, rows in pairs[:_MOST] for row in rows
    )
    number, name = len(pairs), Path(other).name
    cases, are = count(number, "case"), "is" if number == 1 else "are"
    if why in (NOT_THE_SAME, SEVERAL_THERE, _SEVERAL_HERE):
        message = {
            NOT_THE_SAME: f"{cases} of this log {are} in “{name}” too, and the two do not agree, so neither is judged",
            SEVERAL_THERE: f"{cases} of this log {are} in “{name}” too, there on several rows that do not agree, so "
            f"{'it is' if number == 1 else 'they are'} judged in neither",
            _SEVERAL_HERE: f"{cases} that this log has on several rows, which do not agree, {are} in “{name}” too, and "
            f"{are} judged in neither",
        }[why]
        return finding(
            "case-in-several-logs",
            f"{message}: {listed}{more}.",
            "Leave out the log that is out of date, or correct the one that is wrong.",
            place=place,
            related=related,
        )
    if why == JUDGED_THERE:
        return finding(
            "case-repeated-in-logs",
            f"{cases} of this log {are} in “{name}” too, the same in all that was read, and judged there only: "
            f"{listed}{more}.",
            "Nothing needs to be done; to have each log judged whole, run the audit once for each.",
            place=place,
            related=related,
        )
    whole = all(rows[0].judged for _, rows in pairs)
    return finding(
        "reference-in-several-logs",
        f"{count(number, 'reference')} of this log {'stands' if number == 1 else 'stand'} in “{name}” too, with "
        f"another day of receipt, and so for another complaint"
        f"{'; each is judged' if whole else '; each is judged whose rows agree'}: {listed}{more}.",
        "If they are one complaint, correct its day of receipt, and leave it out of one of the logs.",
        place=place,
        related=related,
    )


def _at(rows: Sequence[Standing]) -> str:
    numbers = [str(row.row) for row in rows if row.row]
    if len(numbers) < 2:
        return f"row {numbers[0]}" if numbers else "no row"
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"
