"""What the replay decided on one duty and one case, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policylang.auditor.outcome import Result
from policylang.model.duration import Duration

# Why each outcome came out as it did. docs/outcomes.md says the same at length; a test holds the two together.
REASONS: dict[str, str] = {
    # met
    "in-time": "Done on or before the due date.",
    "in-extended-time": "Done after the base deadline and within an extension that holds.",
    "done": "Done, and no deadline is set; or the letter says it, or the record shows it.",
    "within-limit": "The extension keeps within the limit, or has what going beyond it needs.",
    "different-person": "Two different people decided the two stages.",
    "not-done-as-required": "What must not be done was not done.",
    # breached
    "late": "Done after the due date.",
    "not-done-and-due": "Known not to have been done, and the due date has passed.",
    "left-out": "The letter was sent without it, or what had to be done was not.",
    "beyond-limit": "The extension goes further than may be, without what that needs.",
    "extension-not-permitted": "An extension was given that the document does not permit.",
    "same-person": "One person decided both stages.",
    "forbidden-done": "Something forbidden was done.",
    "refused": "A refusal that the document does not permit was sent.",
    # pending
    "not-yet-due": "Not done, and the due date has not passed.",
    "no-deadline": "Not done, and no deadline is set.",
    "stage-not-decided": "The stage has not been decided yet.",
    # cannot tell
    "start-unknown": "The day on which the clock started is not known; on one day it is in time, on another late.",
    "deed-unknown": "Whether it was done, or on which day, is not known.",
    "extension-unknown": "Late, unless there was an extension that holds; or how far one goes is not known.",
    "trigger-unknown": "Whether the duty arose at all is not known.",
    "condition-unknown": "It hangs on a condition that the record does not show.",
    "content-unknown": "What the letter said, or what else was done, is not recorded.",
    "person-unknown": "Who decided is not recorded, or not by person.",
    "ground-unknown": "Whether the ground of the refusal is one that the document permits is not known.",
    "contradictory": "Two cells contradict one another; one of them is wrong.",
    "outside-calendar": "A date is outside the working-day calendar.",
    "time-not-countable": "The words do not say enough to count the time.",
    "receipt-unknown": "The day of receipt is not known, so nobody can tell what was in force.",
    # not applicable
    "stage-not-reached": "The complaint never came to this stage, or had not on the as-at date.",
    "condition-not-met": "The condition of the duty is known not to hold.",
    "excused": "An exception of the duty is known to hold.",
    "complaint-refused": "The complaint was refused before the due date.",
    "clock-not-started": "What starts the clock is known not to have happened, and nothing says by when it should.",
    "no-extension": "The response was not extended.",
    "no-new-date": "No new date was set, so nothing goes beyond the limit.",
    "letter-not-sent": "The letter was not sent; its own duty says what that means.",
    "after-window": "The request came after the time for making it.",
    "no-edition-in-force": "No edition of the code given was in force on the day of receipt.",
    "policy-not-in-force": "The policy was not in force on the day of receipt.",
    # aims and recommendations: never a breach
    "aim-kept": "An aim or recommendation, and it was kept.",
    "aim-missed": "An aim or recommendation, and it was missed: no breach.",
    "aim-open": "An aim or recommendation whose day has not come.",
    "aim-unknown": "An aim or recommendation; whether it was kept cannot be told.",
}


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which a deadline falls, whatever the unknowns turn out to be; None: without bound."""

    first: date | None
    last: date | None


@dataclass(slots=True)
class Ruling:
    """A decision with what it rests on.

    ``read`` are the facts looked at, ``unknown`` those that would have decided. ``start`` and ``due`` are days that the
    decision can rest on: where the start is only bounded, the strictest for *met* and the most lenient for *breached*.
    ``base`` is the deadline before an extension (``extension`` says in a word what became of one), ``lenient`` the
    latest day on which it can fall whatever is unknown, and ``past`` how far that is behind. ``guarded`` are the last
    lawful day of the start and the deadline counted from it. ``before`` is the reason code as it was before a condition
    left the duty open, or before it turned out to be an aim.
    """

    result: Result
    reason: str
    read: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    start: date | None = None
    start_event: str = ""
    due: date | None = None
    actual: date | None = None
    late: int | None = None
    within: Duration | None = None
    base: date | None = None
    lenient: date | None = None
    past: int | None = None
    extension: str = ""
    guarded: tuple[date, date] | None = None
    span: Span | None = None
    doubt: tuple[str, str] | None = None
    detail: str = ""
    before: str = ""
    open_condition: bool = False
