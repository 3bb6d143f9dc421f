"""Made-up pairs of a policy and a code, with a verdict worked out by trying every small timeline.

A pair is a handful of timed sentences. :func:`policy_text` and :func:`code_text` write them in the language, for the
checker to read; :func:`expected` works from the same sentences and never looks at the checker: it lists what is open in
them, takes each reading in each case of the conditions, and looks for a timeline that keeps every sentence and breaks
the demand, over every starting day of a short calendar. What the two share is the shape of a question and the meaning
of the words in docs/checking.md.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

from policylang.checker.timelines import Bound, Moment, Order, Question
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit
from tests.checker.brute_force import broken_from

FIRST = date(2024, 3, 4)  # a Monday
DAYS = 30
BACK = 2
EVENTS = {"log": "logging", "acknowledge": "acknowledgement", "respond": "response", "convene": "panel-hearing"}
UNITS = {
    "working days": Unit.WORKING_DAYS, "calendar days": Unit.CALENDAR_DAYS, "weeks": Unit.WEEKS,
    "months": Unit.MONTHS,
}  # fmt: skip
CONDITIONS = ("when complex", "when not complex", "unless exceptional-circumstances")
WORLDS = (
    (True, True),
    (True, False),
    (False, True),
    (False, False),
)  # is it complex? are the circumstances exceptional?
RECEIPT = "receipt"


@dataclass(frozen=True)
class Sentence:
    """One timed promise. ``stage`` None is a sentence under no stage; ``start`` None is a start that is not stated,
    with ``start_stage`` where the words name the stage of the start."""

    stage: int | None
    action: str
    number: int
    unit: str
    start: str | None
    start_stage: int | None = None
    force: str = "must"
    condition: str = ""

    @property
    def binds(self) -> bool:
        return self.force == "must"

    @property
    def text(self) -> str:
        unit = self.unit.removesuffix("s") if self.number == 1 else self.unit
        at = f"stage {self.start_stage} " if self.start_stage is not None else ""
        start = f" of {at}{self.start}" if self.start else " of start-not-stated"
        what = " panel" if self.action == "convene" else ""
        return f"{self.force} {self.action}{what} within {self.number} {unit}{start} {self.condition}".strip()

    def holds(self, world: tuple[bool, bool]) -> bool:
        unusual, exceptional = world
        return {"": True, "when complex": unusual, "when not complex": not unusual}.get(self.condition, not exceptional)


@dataclass(frozen=True)
class Pair:
    """A policy, a demand on it, and the calendar by which both count; ``concern`` is a step before stage 1, and
    ``extension`` the working days of a permission to extend, which never touches the time itself."""

    sentences: tuple[Sentence, ...]
    demand: Sentence
    calendar: Calendar
    concern: bool
    extension: int = 0


# ------------------------------------------------------------------ made up


def pairs(seed: random.Random, count: int) -> Iterator[Pair]:
    """So many pairs; the same for the same seed."""
    for number in range(count):
        yield _pair(seed, f"small {number} {seed.random()}")


def _pair(seed: random.Random, name: str) -> Pair:
    concern, stage = seed.random() < 0.3, seed.choice((1, 1, 2))
    demand = Sentence(
        stage,
        seed.choice(("acknowledge", "respond", "respond", "log")),
        *_time(seed, weeks=2, most=7, least=3),
        start=None,
    )
    root = RECEIPT if stage == 1 else seed.choice(("escalation", "escalation", RECEIPT))
    start = seed.choice((root, "acknowledgement")) if demand.action == "respond" else root
    demand = replace(demand, start=start)
    said = [_sentence(seed, stage, demand.action, concern) for _ in range(seed.choice((1, 1, 1, 2)))]
    # What the clock counts from, and what else the stage has.
    others = [action for action in EVENTS if action != demand.action and (action != "convene" or stage == 2)]
    for _ in range(seed.randint(0, 2)):
        said.append(_sentence(seed, stage, seed.choice(others), concern))
    if concern:
        for _ in range(seed.randint(0, 2)):
            said.append(_concern(seed))
    said = [s for s in said if s.start != EVENTS[s.action]]
    return Pair(tuple(dict.fromkeys(said)), demand, make_calendar(seed, name), concern, seed.choice((0, 0, 5)))


def _sentence(seed: random.Random, stage: int, action: str, concern: bool) -> Sentence:
    number, unit = _time(seed, weeks=1, most=3)
    starts = [RECEIPT if stage == 1 else "escalation", "acknowledgement", "logging", None]
    if stage == 2:
        starts += ["panel-hearing", "review-investigation"]
    start = seed.choice(starts)
    start_stage = None
    if start == RECEIPT and concern and seed.random() < 0.4:
        start_stage = seed.choice((0, 1))
    if start == "escalation" and seed.random() < 0.15:
        start, start_stage = RECEIPT, 1  # a long-stop from the very beginning
    if stage == 1 and start == RECEIPT and start_stage is None and seed.random() < 0.15:
        return Sentence(None, action, number, unit, start, None, "must", _condition(seed))
    return Sentence(stage, action, number, unit, start, start_stage, _force(seed), _condition(seed))


def _concern(seed: random.Random) -> Sentence:
    number, unit = _time(seed, weeks=1, most=3)
    return Sentence(0, "respond", number, unit, seed.choice((RECEIPT, None)), None, _force(seed), _condition(seed))


def _time(seed: random.Random, *, weeks: int, most: int, least: int = 1) -> tuple[int, str]:
    unit = seed.choice((*("working days", "calendar days", "weeks", "days") * 3, "working days", "months"))
    if unit == "weeks":
        return seed.randint(1, weeks), unit
    if unit == "months":
        return (1, unit) if least == 1 else (most, "calendar days")  # a month's demand would outlast the calendar
    return seed.randint(least, most + 2 if unit == "calendar days" else most), unit


def _force(seed: random.Random) -> str:
    return seed.choice(("must", "must", "must", "must", "aims to"))


def _condition(seed: random.Random) -> str:
    return seed.choice(("", "", "", "", "", *CONDITIONS))


def make_calendar(seed: random.Random, name: str, holidays: int = 4) -> Calendar:
    """Four weeks with bank holidays thrown in."""
    days = sorted({FIRST + timedelta(days=seed.randrange(DAYS)) for _ in range(seed.randint(0, holidays))})
    named = tuple((day, "Holiday") for day in days)
    return Calendar(name, "Small", FIRST, FIRST + timedelta(days=DAYS - 1), "test", named)


# ------------------------------------------------------------------ in the language


def policy_text(pair: Pair) -> str:
    """The policy as a policy officer would write it."""
    headings = {None: "process:", 0: 'before stage 1 "Concern":', 1: 'stage 1 "First":', 2: 'stage 2 "Second":'}
    lines = []
    for stage, heading in headings.items():
        said = [s for s in pair.sentences if s.stage == stage]
        if said or (stage == 0 and pair.concern) or stage in (1, 2):
            lines.append(heading)
        lines += [f"  {s.text} [{stage or 9}.{n}]." for n, s in enumerate(said, 1)]
        if stage == 1 and pair.extension:
            lines.append(f"  may extend response by up to {pair.extension} working days [1.9].")
    return "\n".join(lines) + "\n"


def code_text(pair: Pair) -> str:
    """A code with the demand for its one provision."""
    return (
        f'code "Test Code" edition "1".\nknown as test-code cited as "TC".\nin force from {FIRST}.\n'
        f'provision 1.1 "Provision":\n  stage {pair.demand.stage} {pair.demand.text}.\n'
    )


# ------------------------------------------------------------------ worked out


def expected(pair: Pair) -> tuple[str, bool]:
    """The verdict, and whether it is arguable."""
    found = {_judged(pair, reading) for reading in _readings(pair)}
    return next(v for v in ("breaches", "partly", "silent", "complies") if v in found), len(found) > 1


Reading = dict[str, str]
"""What is open, and how it is read."""


def _readings(pair: Pair) -> Iterator[Reading]:
    open_: dict[str, tuple[str, ...]] = {
        "start": ("first", "receipt", "acknowledgement"),
        "received": ("first", "receipt"),
        "days": ("working days", "calendar days"),
    }
    used = {"start": False, "received": False, "days": False}
    for s in pair.sentences:
        used["days"] |= s.unit == "days"
        quick = s.action in ("acknowledge", "log")
        used["start"] |= s.start is None and s.stage != 0 and not quick
        used["received"] |= pair.concern and ((s.start is None and quick) or s.stage is None)
    keys = {key: options for key, options in open_.items() if used[key]}
    if "start" in keys and not pair.concern:
        keys["start"] = ("receipt", "acknowledgement")
    for word in dict.fromkeys(s.start for s in pair.sentences if s.stage != 0):
        if word not in (None, RECEIPT, "escalation"):
            keys[f"early {word}"] = ("yes", "no")
    # A start that is not stated can be the acknowledgement, which may then be the one that nothing dates.
    if "start" in keys:
        keys.setdefault("early acknowledgement", ("yes", "no"))
    for values in product(*keys.values()):
        yield dict(zip(keys, values, strict=True))


def _judged(pair: Pair, reading: Reading) -> str:
    demand = pair.demand
    own = [s for s in pair.sentences if s.action == demand.action and s.stage in (demand.stage, None)]
    if not own:
        return "silent"
    firm = [s for s in own if s.binds]
    counted = [s for s in pair.sentences if s.binds or not firm]
    gap = False
    for world in WORLDS:
        active = [s for s in counted if s.holds(world)]
        if not any(s in active for s in own):
            gap = True
        elif _broken(pair, reading, active, own):
            return "breaches"
    return "partly" if gap or not firm else "complies"


def _broken(pair: Pair, reading: Reading, active: list[Sentence], own: list[Sentence]) -> bool:
    """Whether some timeline keeps the sentences that hold and breaks the demand, from some day of the calendar."""
    demand = pair.demand
    at = demand.stage or 1
    event = Moment(EVENTS[demand.action], at)
    start = _start(pair, reading, demand, at)
    if start == Moment(RECEIPT, 1) and pair.concern:
        start = Moment(RECEIPT, 0)  # the first expression of dissatisfaction
    bounds = []
    for s in active:
        # A sentence under no stage holds at each.
        for stage in (s.stage,) if s.stage is not None else (1, 2):
            bounds.append(Bound(Moment(EVENTS[s.action], stage), _start(pair, reading, s, stage), _period(reading, s)))
    orders = []
    if pair.concern and any(b.event == Moment("response", 0) for b in bounds):
        orders.append(Order(Moment(RECEIPT, 1), Moment("response", 0)))
    direct = {b.start for b in bounds if b.event == event}
    dated = {b.event for b in bounds}
    for moment in dict.fromkeys(b.start for b in bounds):
        apart = moment.word == "logging" and start.word == "acknowledgement" and moment in direct
        if moment in (start, event) or moment.word == RECEIPT or moment.stage < max(start.stage, 1):
            continue
        if (moment not in dated or apart) and reading.get(f"early {moment.word}") == "yes":
            orders.append(Order(moment, Moment(RECEIPT, moment.stage) if moment.stage > start.stage else start))
    question = Question(
        event, start, _period(reading, demand, code=True), tuple(dict.fromkeys(bounds)), tuple(orders),
        pair.calendar, pair.calendar,
    )  # fmt: skip
    return _from_any_day(question)


@lru_cache(maxsize=256)
def _from_any_day(question: Question) -> bool:
    return broken_from(question, BACK) is not None


def _start(pair: Pair, reading: Reading, s: Sentence, at: int) -> Moment:
    if s.start == "escalation":
        return Moment(RECEIPT, 2)
    if s.start is not None:
        if s.start == RECEIPT and s.stage is None and at == 1 and pair.concern:
            return Moment(RECEIPT, 0 if reading["received"] == "first" else 1)
        return Moment(s.start, at if s.start_stage is None else s.start_stage)
    if at == 0:
        return Moment(RECEIPT, 0)
    key = "received" if s.action in ("acknowledge", "log") else "start"
    if at == 2 and key == "received":
        return Moment(RECEIPT, 2)
    read = reading.get(key, "receipt")
    if read == "acknowledgement":
        return Moment("acknowledgement", at)
    return Moment(RECEIPT, 0 if read == "first" and at == 1 and pair.concern else at)


def _period(reading: Reading, s: Sentence, *, code: bool = False) -> Duration:
    """Bare days of a code are working days."""
    unit = ("working days" if code else reading["days"]) if s.unit == "days" else s.unit
    return Duration(s.number, UNITS[unit])
