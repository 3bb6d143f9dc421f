"""Every figure of a year as a row: what it is, its value and range, and the counts a reader could learn from it.

The documents, the workbook and the data file of an annual report are all made from these rows and from nothing else, so
that what is suppressed is suppressed everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from policylang.evidence.annual.performance import Performance, StageYear, Times
from policylang.evidence.annual.suppress import Sum, hidden
from policylang.evidence.annual.tsm import Measured, Measures
from policylang.evidence.tally import Tally
from policylang.evidence.words import percent
from policylang.model.days import MONTHS

SUPPRESSED = "suppressed"
SHARE, COMPLAINTS, DAYS, RATE, HOMES = "share", "complaints", "working days", "for each 1,000 homes", "homes"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``value`` is ``None`` where there is none or it would mislead; ``rests_on`` names the counts that
    it tells; ``gone``: it is suppressed, and has no value any more."""

    key: str
    section: str
    name: str
    unit: str
    value: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    rests_on: tuple[str, ...] = ()
    gone: bool = False
    remark: str = ""

    @property
    def words(self) -> str:
        """As it is printed: the figure, with its range where there is one, or the range alone."""
        if self.gone:
            return SUPPRESSED
        span = f"{self._one(self.low)} to {self._one(self.high)}" if self.low != self.high else ""
        if self.value is None:
            return (f"{self.remark}: {span}" if self.remark else span) if span else "no figure"
        return f"{self._one(self.value)} ({span})" if span else self._one(self.value)

    def _one(self, value: Fraction | None) -> str:
        if value is None:
            return "no figure"
        if self.unit == SHARE:
            return percent(value)
        if self.unit in (COMPLAINTS, HOMES):
            return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.1f}"
        return f"{float(value):,.1f}"

    def as_record(self) -> dict[str, Any]:
        """As plain data; numbers with six decimals at most."""
        return {
            "key": self.key,
            "section": self.section,
            "figure": self.name,
            "unit": self.unit,
            "value": _number(self.value),
            "lowest": _number(self.low),
            "highest": _number(self.high),
            "suppressed": self.gone,
        }


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 6)


@dataclass(slots=True)
class _Book:
    """Counts by name, what adds up to what, and which of them stand in no table."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unprinted: set[str] = field(default_factory=set)

    def put(self, name: str, number: int, *, printed: bool = True) -> str:
        self.counts[name] = number
        if not printed:
            self.unprinted.add(name)
        return name

    def adds_up(self, total: str, *parts: str) -> None:
        """``total`` is these and a rest that nothing prints; a rest of nought is none."""
        rest = self._over(total, parts)
        if rest < 0:
            return
        if rest:
            parts = (*parts, self.put(f"{total} but {parts[0]}", rest, printed=False))
        self.sums.append(Sum(total, parts))

    def adds_up_within(self, totals: tuple[str, ...], *parts: str) -> None:
        """The same of the first of these totals that the parts do not exceed."""
        total = next((one for one in totals if self._over(one, parts) >= 0), totals[-1])
        self.adds_up(total, *parts)

    def _over(self, total: str, parts: tuple[str, ...]) -> int:
        return self.counts[total] - sum(self.counts[part] for part in parts)


def figures_of(
    now: Performance, before: Performance | None, measured: Measures, under: int = 0
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures of the year, and of the year before (empty where the log does not reach back).

    Counts from 1 to one less than ``under`` are suppressed, and with them whatever would give them away.
    """
    book = _Book()
    these = [*_year(book, "now", now), *_measures(book, measured)]
    those = list(_year(book, "before", before)) if before else []
    gone = hidden(book.counts, book.sums, under, frozenset(book.unprinted)) if under else frozenset()
    return tuple(_cut(f, gone) for f in these), tuple(_cut(f, gone) for f in those)


def _cut(figure: Figure, gone: frozenset[str]) -> Figure:
    if gone & set(figure.rests_on):
        return replace(figure, value=None, low=None, high=None, gone=True)
    return figure


def _year(book: _Book, prefix: str, year: Performance) -> Iterator[Figure]:
    for stage in year.stages:
        yield from _volumes(book, f"{prefix}.stage{stage.stage}", stage, year)
    first = f"{prefix}.stage1.received"
    yield from _words(book, f"{prefix}.category", "Stage 1 complaints by category", year.categories, first)
    for stage in year.stages:
        yield from _answers(book, f"{prefix}.stage{stage.stage}", stage)
    escalated = book.put(f"{prefix}.escalated", year.escalated)
    book.adds_up(first, escalated)
    section = "Going on to stage 2"
    yield Figure("escalated", section, "Stage 1 complaints that went on", COMPLAINTS, Fraction(year.escalated),
                 rests_on=(escalated,))  # fmt: skip
    received = year.stages[0].received
    rate = Fraction(year.escalated, received) if received else None
    yield Figure("escalated.share", section, "Share that went on", SHARE, rate, rests_on=(escalated, first))
    yield from _words(book, f"{prefix}.outcome", "Decisions", year.outcomes, first)
    refused = f"{prefix}.stage1.refused"
    yield from _words(book, f"{prefix}.refusal", "Refused complaints by reason", year.refusals, refused)
    yield from _words(book, f"{prefix}.age", "Still open, by age", year.open_by_age, first)


def _words(book: _Book, prefix: str, section: str, pairs: tuple[tuple[str, int], ...], total: str) -> Iterator[Figure]:
    names = [book.put(f"{prefix}.{word}", number) for word, number in pairs]
    if names:
        book.adds_up(total, *names)
    for name, (word, number) in zip(names, pairs, strict=True):
        yield Figure(name.partition(".")[2], section, word, COMPLAINTS, Fraction(number), rests_on=(name,))


def _volumes(book: _Book, prefix: str, stage: StageYear, year: Performance) -> Iterator[Figure]:
    section, key = f"Received at stage {stage.stage}", prefix.partition(".")[2]
    received = book.put(f"{prefix}.received", stage.received)
    kept, refused = book.put(f"{prefix}.kept", stage.received - stage.refused, printed=False), ""
    yield Figure(f"{key}.received", section, "Complaints", COMPLAINTS, Fraction(stage.received), rests_on=(received,))
    if year.homes:
        yield Figure(f"{key}.per-1000", section, "For each 1,000 homes", RATE,
                     Fraction(stage.received * 1000, year.homes), rests_on=(received,))  # fmt: skip
    unsure = book.put(f"{prefix}.unsure", stage.unsure)
    yield Figure(f"{key}.unsure", section, "More that may belong to the year (no day on record)", COMPLAINTS,
                 Fraction(stage.unsure), rests_on=(unsure,))  # fmt: skip
    refused = book.put(f"{prefix}.refused", stage.refused)
    book.adds_up(received, kept, refused)
    yield Figure(f"{key}.refused", section, "Refused", COMPLAINTS, Fraction(stage.refused), rests_on=(refused,))
    if stage.refused_undated:
        undated = book.put(f"{prefix}.refused.undated", stage.refused_undated)
        book.adds_up(refused, undated)
        yield Figure(f"{key}.refused.undated", section, "Refused, with a ground and no day on record", COMPLAINTS,
                     Fraction(stage.refused_undated), rests_on=(undated,))  # fmt: skip
    months = [book.put(f"{prefix}.month.{m:02d}", n) for _, m, n in stage.by_month]
    book.adds_up(received, *months)
    for name, (_, m, n) in zip(months, stage.by_month, strict=True):
        yield Figure(f"{key}.month.{m:02d}", section, f"in {MONTHS[m - 1]}", COMPLAINTS, Fraction(n), rests_on=(name,))


def _answers(book: _Book, prefix: str, stage: StageYear) -> Iterator[Figure]:
    section, key = f"Answered at stage {stage.stage}, under the Code", prefix.partition(".")[2]
    yield from _tally(book, prefix, key, section, "acknowledged", "Acknowledged", stage.acknowledged)
    yield from _tally(book, prefix, key, section, "responded", "Answered", stage.responded)
    strictly = stage.responded_strictly
    met = book.put(f"{prefix}.strictly.met", strictly.met)
    late = book.put(f"{prefix}.strictly.late", strictly.breached)
    extended = book.put(f"{prefix}.extended", stage.responded.met - strictly.met, printed=False)
    book.sums += [
        Sum(f"{prefix}.responded.met", (met, extended)),
        Sum(late, (f"{prefix}.responded.late", extended)),
    ]
    yield _share(f"{key}.strictly", section, "Answered in time without extensions", strictly,
                 (met, late, f"{prefix}.responded.unknown"))  # fmt: skip
    yield from _times(book, prefix, key, section, "receipt", stage.from_receipt)
    yield from _times(book, prefix, key, section, "acknowledgement", stage.from_acknowledgement)


def _tally(book: _Book, prefix: str, key: str, section: str, duty: str, word: str, tally: Tally) -> Iterator[Figure]:
    pairs = (
        ("met", f"{word} in time", tally.met),
        ("late", f"{word} late, or not at all and past due", tally.breached),
        ("unknown", f"{word}: cannot be told whether in time", tally.cannot_tell),
        ("pending", f"{word}: not yet due", tally.pending),
    )
    names = [book.put(f"{prefix}.{duty}.{part}", number) for part, _, number in pairs]
    # What was refused too late, or on no recorded day, was refused and is judged all the same.
    book.adds_up_within((f"{prefix}.kept", f"{prefix}.received"), *names)
    yield _share(f"{key}.{duty}.share", section, f"{word} in time, share", tally, tuple(names[:3]))
    for name, (part, words, number) in zip(names, pairs, strict=True):
        yield Figure(f"{key}.{duty}.{part}", section, words, COMPLAINTS, Fraction(number), rests_on=(name,))


def _share(key: str, section: str, name: str, tally: Tally, rests_on: tuple[str, ...]) -> Figure:
    """A share with its range; where too much is unknown, the range alone."""
    low, high = tally.share_range or (None, None)
    value = tally.share_met if tally.certain_enough else None
    return Figure(key, section, name, SHARE, value, low, high, rests_on)


def _times(book: _Book, prefix: str, key: str, section: str, start: str, times: Times) -> Iterator[Figure]:
    cases = book.put(f"{prefix}.from-{start}", times.cases)
    book.adds_up(f"{prefix}.kept", cases)
    name = f"Working days from {start} to the answer"
    for word, value in (("average", times.mean), ("median", times.median), ("longest", times.longest)):
        number = None if value is None else Fraction(value).limit_denominator(times.cases * 2)
        yield Figure(f"{key}.from-{start}.{word}", section, f"{name}, {word}", DAYS, number, rests_on=(cases,))
    yield Figure(f"{key}.from-{start}.cases", section, f"{name}: complaints with both dates", COMPLAINTS,
                 Fraction(times.cases), rests_on=(cases,))  # fmt: skip


def _measures(book: _Book, measured: Measures) -> Iterator[Figure]:
    by_stage: dict[str, list[Measured]] = {}
    for one in measured.measured:
        by_stage.setdefault(one.measure, []).append(one)
    for measure, several in by_stage.items():
        stage = f"now.stage{measure[-1]}"
        made = [_counts(book, one) for one in several]
        totals = (
            (f"{stage}.kept",) if several[0].kind == "volume" else (f"{stage}.responded.met", f"{stage}.responded.late")
        )
        for place, total in enumerate(totals):
            book.adds_up(total, *(names[place] for names in made))
        for one, names in zip(several, made, strict=True):
            yield from _measure(one, names)


def _counts(book: _Book, one: Measured) -> tuple[str, ...]:
    name = f"{one.measure}.{one.stock}"
    unknown = book.put(f"{name}.unknown", one.unknown)
    if one.kind == "volume":
        return book.put(f"{name}.number", one.numerator), unknown
    met = book.put(f"{name}.met", one.numerator)
    late = book.put(f"{name}.late", one.whole - one.unknown - one.numerator)
    strictly = None if one.strictly is None else one.strictly * (one.whole - one.unknown)
    extended = 0 if strictly is None else one.numerator - int(strictly)
    counted = book.put(f"{name}.strictly", one.numerator - extended)
    book.sums.append(Sum(met, (counted, book.put(f"{name}.extended", extended, printed=False))))
    # The complaints that count for the volume are those in time, those late, and some of the unknown.
    volume = f"CH01-{one.measure[-1]}.{one.stock}.number"
    if volume in book.counts:
        book.adds_up(volume, met, late)
    return met, late, unknown, counted


def _measure(one: Measured, names: tuple[str, ...]) -> Iterator[Figure]:
    section, key = "The Regulator's measures", f"{one.measure}.{one.stock}"
    value = one.value if one.reportable else None
    if one.kind == "volume":
        name = f"{one.measure} {one.stock}: stage {one.measure[-1]} complaints"
        remark = "not reportable" if one.value is not None else "the number of homes is needed"
        yield Figure(key, section, f"{name} for each 1,000 homes", RATE, value, one.low, one.high, names, False, remark)
        yield Figure(f"{key}.number", section, name, COMPLAINTS, Fraction(one.numerator), rests_on=names[:1])
        yield Figure(f"{key}.unknown", section, f"{name}, cannot be told", COMPLAINTS, Fraction(one.unknown),
                     rests_on=names[1:2])  # fmt: skip
        return
    met, late, unknown, strictly = names
    name = f"{one.measure} {one.stock}: stage {one.measure[-1]} complaints answered in time"
    rests = (met, late, unknown)
    yield Figure(key, section, f"{name}, share", SHARE, value, one.low, one.high, rests, False, "not reportable")
    yield Figure(f"{key}.strictly", section, f"{name}, share without extensions", SHARE,
                 one.strictly if one.reportable else None, rests_on=(strictly, late, met))  # fmt: skip
    yield Figure(f"{key}.met", section, name, COMPLAINTS, Fraction(one.numerator), rests_on=(met,))
    yield Figure(f"{key}.late", section, f"{one.measure} {one.stock}: late", COMPLAINTS,
                 Fraction(one.whole - one.unknown - one.numerator), rests_on=(late,))  # fmt: skip
    yield Figure(f"{key}.unknown", section, f"{one.measure} {one.stock}: cannot be told", COMPLAINTS,
                 Fraction(one.unknown), rests_on=(unknown,))  # fmt: skip


def by_key(figures: tuple[Figure, ...]) -> Mapping[str, Figure]:
    """The figures by their keys."""
    return {figure.key: figure for figure in figures}
