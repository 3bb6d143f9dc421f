"""A made-up run: verdicts on all rows of the form, and a small log judged by hand-made rules. No real people.

Days are counted here in the plainest way (one by one), not by the calendar of the tool, so that the tests of the
evidence rest on nothing they test.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from policylang.auditor.outcome import Late, Outcome, Result
from policylang.casebook.cases import Case, CaseBook, CellAddress, Entry, EntryState, SetAside
from policylang.checker.verdict import Decided, Judgement, Reading, Story, StoryEvent, Verdict
from policylang.evidence.form import load_form
from policylang.evidence.run import AssessInput, CalendarFacts, DocumentFacts, Limit
from policylang.findings.finding import Finding, Place, Severity

AS_AT = date(2026, 3, 31)
CODE_ID = "housing-ombudsman-2024"
HOLIDAYS = {
    date(2025, 4, 18): "Good Friday",
    date(2025, 4, 21): "Easter Monday",
    date(2025, 5, 5): "Early May bank holiday",
    date(2025, 5, 26): "Spring bank holiday",
    date(2025, 8, 25): "Summer bank holiday",
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2026, 1, 1): "New Year's Day",
}
UNVERIFIED = {"5.12", "5.13", "5.14", "5.15", "6.18", "6.19", "6.20"}
BY_READING = ("policy", "records")
SHOWN_BY = dict.fromkeys(("1.2", "5.1", "5.3"), ("policy",)) | dict.fromkeys(
    ("6.2", "6.3", "6.4", "6.5", "6.11", "6.12", "6.13", "6.14", "6.15", "6.16"), ("policy", "cases")
)
POLICY = DocumentFacts("maple", "Complaints Policy", "4", "Maple Tree Homes", "maple.policy", "ab" * 32)
CODE = DocumentFacts(CODE_ID, "Complaint Handling Code", "2024", "Housing Ombudsman Service", "", "cd" * 32, "HO24")


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def working_days(start: date, end: date) -> int | None:
    """Working days after ``start`` up to and including ``end``; nothing is known before 2024 or after 2027."""
    if not date(2024, 1, 1) <= min(start, end) <= max(start, end) <= date(2027, 12, 31):
        return None
    step = 1 if end >= start else -1
    later, earlier = max(start, end), min(start, end)
    return step * sum(working(earlier + timedelta(days=n)) for n in range(1, (later - earlier).days + 1))


def plus(start: date, n: int) -> date:
    """The n-th working day after ``start``."""
    day = start
    while n:
        day += timedelta(days=1)
        n -= working(day)
    return day


def skipped(start: date, end: date) -> tuple[tuple[date, str], ...]:
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return tuple((d, HOLIDAYS.get(d) or ("Saturday" if d.weekday() == 5 else "Sunday")) for d in days if not working(d))


def outcome(case: str, duty: str = "acknowledge at stage 1", result: Result = Result.MET, **more: object) -> Outcome:
    """An outcome under the code; everything can be given by name."""
    given: dict[str, object] = {
        "case": case,
        "duty": duty,
        "source": "code",
        "document": CODE_ID,
        "provision": "6.2",
        "clauses": (),
        "stage": 1,
        "result": result,
        "reason": "in-time",
        "due": None,
        "actual": None,
        "late": None,
        "why": "Made up.",
        "repair": None,
        "cells": (),
        "action": (duty.split() or [""])[0],
    }
    given.update(more)
    return Outcome(**given)  # type: ignore[arg-type]


def timed(
    case: str, duty: str, provision: str, start: date | None, days: int, done: date | None, **more: object
) -> Outcome:
    """The outcome of "within so many working days of start", judged at :data:`AS_AT`."""
    if start is None:
        return outcome(
            case,
            duty,
            Result.CANNOT_TELL,
            provision=provision,
            reason="trigger-blank",
            why="The start is not recorded.",
            **more,
        )
    due = plus(start, days)
    late, result, reason = None, Result.MET, "in-time"
    if done is None:
        result, reason = (Result.PENDING, "not-yet-due") if due >= AS_AT else (Result.BREACHED, "not-done-and-due")
    elif done > due:
        result, reason = Result.BREACHED, "late"
        late = Late(working_days(due, done) or 0, "working days")
    why = f"{days} working days after {start.isoformat()} end on {due.isoformat()}."
    repair = f"Done on {due.isoformat()} it would have been met." if result is Result.BREACHED else None
    return outcome(
        case, duty, result, provision=provision, reason=reason, start=start, due=due, actual=done, late=late, why=why,
        repair=repair, skipped=skipped(start, due), **more,
    )  # fmt: skip


def verdict(provision: str = "6.3", judgement: Judgement = Judgement.COMPLIES, **more: object) -> Verdict:
    """A verdict; everything can be given by name."""
    given: dict[str, object] = {
        "provision": provision,
        "title": f"Title of {provision}",
        "requirement": f"What {provision} asks for, in our words",
        "judgement": judgement,
        "decided": Decided.MATCHED if judgement is not Judgement.NOT_JUDGED else Decided.NOT_JUDGED,
        "why": f"Why {provision} is so",
        "shown_by": ("policy", "cases"),
        "clauses": ("3.2",) if judgement in (Judgement.COMPLIES, Judgement.PARTLY, Judgement.BREACHES) else (),
    }
    given.update(more)
    return Verdict(**given)  # type: ignore[arg-type]


STORY = Story(
    events=(
        StoryEvent("received", date(2025, 12, 19)),
        StoryEvent("acknowledged", date(2025, 12, 19)),
        StoryEvent("responded", date(2026, 1, 12)),
    ),
    text="2025-12-19 received.\n2025-12-19 acknowledged.\n2026-01-12 responded.",
    as_at=date(2026, 3, 31),
)


def verdicts() -> tuple[Verdict, ...]:
    """One for each row of the form: of every kind, some arguable, seven unverified."""
    cycle = [Judgement.COMPLIES, Judgement.COMPLIES, Judgement.PARTLY, Judgement.SILENT, Judgement.COMPLIES]
    found = []
    for n, row in enumerate(load_form(CODE_ID).rows):
        number, judgement = row.provision, cycle[n % len(cycle)]
        more: dict[str, object] = {"verified": number not in UNVERIFIED, "shown_by": SHOWN_BY.get(number, BY_READING)}
        if number.startswith(("8.", "9.", "4.")):
            judgement = Judgement.NOT_JUDGED
            more["shown_by"] = ("board-papers",)
        if number in {"6.2", "6.11", "6.12", "5.3", "1.2"}:
            judgement = Judgement.COMPLIES
        if number in {"6.3", "2.2", "5.2"}:
            judgement = Judgement.BREACHES
            more["repair"] = "must respond within 10 working days of acknowledgement [3.3]."
        if number == "6.3":
            more |= {
                "story": STORY,
                "decided": Decided.PROVED,
                "title": "Respond at stage 1",
                "clauses": ("3.3",),
                "why": "The policy counts 15 working days from the acknowledgement, the Code 10",
            }
        if number == "6.10":
            more |= {
                "arguable": True,
                "readings": (
                    Reading(Judgement.COMPLIES, "The panel follows the manager.", "panel after manager"),
                    Reading(Judgement.BREACHES, "The panel is a third stage.", "panel instead"),
                ),
            }
        if number == "6.12":
            more |= {"decided": Decided.BY_SILENCE, "clauses": ()}
        found.append(verdict(number, judgement, **more))
    return tuple(found)


def case_of(reference: str, row: int, events: dict[str, date | None]) -> Case:
    """A case record whose cells are all on the sheet ``Log``."""
    letters = {name: chr(ord("B") + n) for n, name in enumerate(events)}
    return Case(
        reference,
        {
            name: Entry(
                EntryState.KNOWN if day else EntryState.BLANK,
                day,
                day.isoformat() if day else "",
                CellAddress("Log", row, letters[name], name),
            )
            for name, day in events.items()
        },
        "Log",
        row,
    )


def log(size: int = 120, seed: int = 7) -> tuple[CaseBook, tuple[Outcome, ...]]:
    """A log of so many cases and its outcomes: most in time, some late, some unknown, some not yet due."""
    dice = random.Random(seed)
    book = CaseBook(files=["complaints.xlsx"], digests={"complaints.xlsx": "ef" * 32}, hidden_rows=2)
    outcomes: list[Outcome] = []
    for n in range(size):
        reference = f"C-{n + 1:04}"
        received = date(2025, 4, 1) + timedelta(days=dice.randrange(0, 360))
        acknowledged = plus(received, dice.choice([0, 1, 2, 2, 3, 3, 4, 5, 5, 5, 6, 9]))
        blank = dice.random() < 0.06
        responded = plus(acknowledged, dice.choice([3, 6, 7, 8, 9, 9, 10, 10, 10, 10, 11, 14, 17, 26, 48]))
        responded_or_not = None if responded > AS_AT or dice.random() < 0.03 else responded
        ack = None if blank else acknowledged
        outcomes.append(timed(reference, "acknowledge at stage 1", "6.2", received, 5, acknowledged))
        outcomes.append(timed(reference, "respond at stage 1", "6.3", ack, 10, responded_or_not))
        outcomes.append(
            timed(
                reference, "respond at stage 1", "6.3", ack, 15, responded_or_not, source="policy", document="maple",
                clauses=("3.3",),
            )
        )  # fmt: skip
        asked = plus(responded, 3) if responded_or_not and dice.random() < 0.3 else None
        ack2 = plus(asked, dice.choice([1, 2, 4, 5, 7])) if asked else None
        done2 = plus(ack2, dice.choice([10, 14, 18, 19, 20, 20, 22, 31])) if ack2 else None
        if done2 and done2 > AS_AT:
            done2 = None
        if asked is None:
            never = outcome(reference, "respond at stage 2", Result.NOT_APPLICABLE, provision="6.14", stage=2)
            outcomes += [
                never,
                outcome(reference, "acknowledge at stage 2", Result.NOT_APPLICABLE, provision="6.11", stage=2),
            ]
        else:
            outcomes.append(timed(reference, "acknowledge at stage 2", "6.11", asked, 5, ack2, stage=2))
            outcomes.append(timed(reference, "respond at stage 2", "6.14", ack2, 20, done2, stage=2))
        unknown = outcome(
            reference, "give the Ombudsman's details with a stage 1 extension", Result.CANNOT_TELL, provision="6.5",
            action="extend", reason="no-column", why="The log has no column for it.", cells=("no column: it",),
            repair="Add a column for it.",
        )  # fmt: skip
        outcomes.append(unknown)
        book.cases.append(
            case_of(
                reference,
                n + 2,
                {
                    "received": received,
                    "acknowledged": ack,
                    "responded": responded_or_not,
                    "escalation_requested": asked,
                    "stage2_acknowledged": ack2,
                    "stage2_responded": done2,
                },
            )
        )
    book.set_aside += [SetAside("Log", size + 2, "a totals row"), SetAside("Log", size + 3, "no reference")]
    book.rows_read = size + 2
    return book, tuple(outcomes)


QUALITY = (
    Finding(
        "date-not-readable", "D04", Severity.WARNING, "“TBC” is not a date.",
        Place("complaints.xlsx", sheet="Log", row=9, cell="C9", heading="Acknowledged"), help="Type the date.",
    ),
    Finding(
        "response-before-complaint", "D07", Severity.ERROR, "The response is dated before the complaint.",
        Place("complaints.xlsx", sheet="Log", row=31, cell="D31", heading="Responded"), help="Check both dates.",
    ),
)  # fmt: skip


def run(size: int = 120, **more: object) -> AssessInput:
    """A whole run; everything can be given by name."""
    book, outcomes = log(size)
    given: dict[str, object] = {
        "policy": POLICY,
        "code": CODE,
        "form": load_form(CODE_ID),
        "as_at": AS_AT,
        "verdicts": verdicts(),
        "outcomes": outcomes,
        "casebook": book,
        "data_quality": QUALITY,
        "calendar": CalendarFacts(
            "england-and-wales", "England and Wales", date(2024, 1, 1), date(2027, 12, 31), "12" * 32, HOLIDAYS
        ),
        "working_days": working_days,
        "limits": {1: Limit(10, 10), 2: Limit(20, 20)},
        "mapping": ("complaints.map.yaml", "34" * 32),
    }
    given.update(more)
    return AssessInput(**given)  # type: ignore[arg-type]
