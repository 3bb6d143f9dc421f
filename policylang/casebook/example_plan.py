"""Cases made up for the example case book: a tidy case, and what is known to be true of it.

Every date is counted with the calendar for England and Wales, from the provisions of the Housing Ombudsman's Code of
2024 (6.2 to 6.5 and 6.11 to 6.16). No person is behind any of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from policylang.model.calendar import Calendar

FIRST_DAY = date(2024, 1, 2)
AS_AT = date(2026, 9, 30)
"""The day on which the example was exported; the answers hold for it."""
CODE_FROM = date(2024, 4, 1)

# The Code's times in working days: acknowledge, respond, and the most by which a response may be extended.
ACKNOWLEDGE = 5
RESPOND = 10
EXTEND = 10
STAGE2_RESPOND = 20
STAGE2_EXTEND = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing planted in the example: what it is, and what an audit under the Code has to make of it.

    ``kind`` is ``breach``, ``near-miss``, ``cannot-tell``, ``pending``, ``edition``, ``data-quality`` or ``set-aside``;
    ``expected`` the outcome of the provision, or the name of the finding.
    """

    kind: str
    planted: str
    provision: str
    expected: str
    why: str


@dataclass(slots=True)
class Draft:
    """A case in the making: facts by name (days, answers, text), and what is planted in it.

    ``written`` gives the text of a cell that is to be written otherwise than its fact would be.
    """

    facts: dict[str, date | bool | str]
    answers: list[Answer] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    same_reference_as_previous: bool = False
    no_reference: bool = False

    def day(self, name: str) -> date:
        """A fact that is known to be a day."""
        found = self.facts[name]
        assert isinstance(found, date)
        return found

    def plant(self, kind: str, planted: str, provision: str, expected: str, why: str) -> Draft:
        """Note what has been planted."""
        self.answers.append(Answer(kind, planted, provision, expected, why))
        return self


@dataclass(slots=True)
class Maker:
    """Makes tidy cases: everything in time, every letter complete. Scenarios then change one thing."""

    random: Random
    calendar: Calendar

    def after(self, day: date, working_days: int) -> date:
        """The day on which so many working days after another end."""
        return self.calendar.add_working_days(day, working_days)

    def some(self, low: int, high: int) -> int:
        """A number from low to high."""
        return self.random.randint(low, high)

    def any_day(self, first: date, last: date) -> date:
        """A day on which complaints come in: mostly on working days, now and then at a weekend."""
        day = first + timedelta(days=self.random.randrange((last - first).days + 1))
        if not self.calendar.is_working(day) and self.random.random() < 0.75:
            day = self.after(day, 1)
        return min(day, last)

    def in_code(self) -> date:
        """A day of receipt under the Code of 2024, early enough for every step to lie before the export."""
        return self.any_day(CODE_FROM, date(2026, 5, 29))

    def tidy(self, received: date, *, acknowledged: date | None = None, responded: date | None = None) -> Draft:
        """A case answered at stage 1 in time."""
        acknowledged = acknowledged or self.after(received, self.some(1, ACKNOWLEDGE))
        responded = responded or self.after(acknowledged, self.some(4, RESPOND))
        draft = Draft(
            {
                "received": received,
                "logged": min(self.after(received, self.some(1, 2)), acknowledged),
                "acknowledged": acknowledged,
                "acknowledgement_complaint_definition": True,
                "responded": responded,
                "response_how_to_escalate": True,
                "handler": f"Officer {self.some(1, 9)}",
            }
        )
        draft.facts["closed"] = responded
        return draft

    def base(self, draft: Draft) -> date:
        """The last day for the stage 1 response, before any extension (6.3)."""
        return self.after(draft.day("acknowledged"), RESPOND)

    def extend(self, draft: Draft, *, by: int, notified: date | None = None, responded: date | None = None) -> Draft:
        """Extend the stage 1 response by so many working days, with a complete letter in time (6.4, 6.5)."""
        base = self.base(draft)
        notified = notified or self.after(draft.day("acknowledged"), self.some(6, RESPOND))
        draft.facts |= {
            "extension_notified": notified,
            "extended_to": self.after(base, by),
            "extension_reasons": True,
            "extension_new_date": True,
            "extension_ombudsman_contact": True,
            "update_intervals_agreed": True,
            "responded": responded or self.after(base, self.some(1, by)),
        }
        draft.facts["closed"] = draft.facts["responded"]
        return draft

    def escalate(self, draft: Draft, *, requested: date | None = None) -> Draft:
        """Add a stage 2 answered in time by somebody else (6.11 to 6.14)."""
        requested = requested or self.after(draft.day("responded"), self.some(3, 15))
        acknowledged = self.after(requested, self.some(1, ACKNOWLEDGE))
        draft.facts |= {
            "escalation_requested": requested,
            "stage2_acknowledged": acknowledged,
            "stage2_responded": self.after(acknowledged, self.some(10, STAGE2_RESPOND)),
            "stage2_response_ombudsman_rights": True,
            "stage2_handler": f"Manager {self.some(1, 4)}",
        }
        draft.facts["closed"] = draft.facts["stage2_responded"]
        return draft

    def stage2_base(self, draft: Draft) -> date:
        """The last day for the stage 2 response, before any extension (6.14)."""
        return self.after(draft.day("stage2_acknowledged"), STAGE2_RESPOND)

    def extend_stage2(self, draft: Draft, *, by: int, responded: date | None = None) -> Draft:
        """Extend the stage 2 response by so many working days, with a complete letter in time (6.15, 6.16)."""
        base = self.stage2_base(draft)
        draft.facts |= {
            "stage2_extension_notified": self.after(draft.day("stage2_acknowledged"), self.some(12, STAGE2_RESPOND)),
            "stage2_extended_to": self.after(base, by),
            "stage2_extension_reasons": True,
            "stage2_extension_new_date": True,
            "stage2_extension_ombudsman_contact": True,
            "stage2_update_intervals_agreed": True,
            "stage2_responded": responded or self.after(base, self.some(1, by)),
        }
        draft.facts["closed"] = draft.facts["stage2_responded"]
        return draft

    def ordinary(self) -> Draft:
        """A case with nothing planted in it: tidy, some extended, some at stage 2, the last ones still open."""
        draft = self.tidy(self.any_day(FIRST_DAY, date(2026, 9, 25)))
        if self.random.random() < 0.1:
            self.extend(draft, by=self.some(5, EXTEND))
        if self.random.random() < 0.13:
            self.escalate(draft)
            if self.random.random() < 0.15:
                self.extend_stage2(draft, by=self.some(8, STAGE2_EXTEND))
        return draft

    def cut_off(self, draft: Draft) -> Draft:
        """Take out what lies after the day of the export, with what was said of letters that were not yet sent."""
        planned = {"extended_to", "stage2_extended_to"}
        gone = {n for n, v in draft.facts.items() if isinstance(v, date) and v > AS_AT and n not in planned}
        for event, rest in _GOES_WITH.items():
            if event in gone:
                gone |= set(rest)
        if gone & {"responded", "stage2_responded"}:
            gone.add("closed")
        draft.facts = {name: value for name, value in draft.facts.items() if name not in gone}
        return draft


_GOES_WITH = {
    "acknowledged": ("acknowledgement_complaint_definition", "logged"),
    "extension_notified": (
        "extended_to",
        "extension_reasons",
        "extension_new_date",
        "extension_ombudsman_contact",
        "update_intervals_agreed",
    ),
    "responded": ("response_how_to_escalate",),
    "escalation_requested": ("stage2_handler",),
    "stage2_extension_notified": (
        "stage2_extended_to",
        "stage2_extension_reasons",
        "stage2_extension_new_date",
        "stage2_extension_ombudsman_contact",
        "stage2_update_intervals_agreed",
    ),
    "stage2_responded": ("stage2_response_ombudsman_rights",),
}
