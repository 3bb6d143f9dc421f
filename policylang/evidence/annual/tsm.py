"""The Regulator's Tenant Satisfaction Measures CH01 and CH02, each as a figure and as the range the unknown allows.

The definitions are data (``checks/measures/rsh-tsm.yaml``) with a mark on each rule that says how far it was checked;
those that were not read in a published source are printed with every result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.evidence.annual.cases_of_year import Handled, Year, handled
from policylang.evidence.annual.performance import strict
from policylang.evidence.over_time_state import Refusal
from policylang.model.data import checks_dir

STOCK = ("LCRA", "LCHO")
OUTSIDE = "outside"
MOST_UNKNOWN = Fraction(1, 20)
"""Above this share of unknowns a headline is not reportable: the rest would look more certain than it is."""
MOVERS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure for one kind of stock.

    ``value`` rests on what is certain; ``low`` and ``high`` are what it can be, whatever the unknown turn out to be.
    For CH01 they are complaints for each 1,000 homes (``None`` without the number of homes), for CH02 shares.
    ``certain`` of ``whole`` cases are decided. ``strictly`` is CH02 with extensions left out.
    """

    measure: str
    stock: str
    kind: str
    numerator: int
    whole: int
    unknown: int
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    strictly: Fraction | None = None

    @property
    def reportable(self) -> bool:
        """Whether at most a twentieth of what it rests on is unknown."""
        whole = self.whole + (self.unknown if self.kind == "volume" else 0)
        return self.value is not None and bool(whole) and Fraction(self.unknown, whole) <= MOST_UNKNOWN


@dataclass(frozen=True, slots=True)
class Mover:
    """A case whose missing cells would settle something: how many figures it leaves open, and which cells."""

    case: str
    figures: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """CH01 and CH02, the cases that leave most open, and the words for tenure that nobody has said the stock of."""

    year: Year
    homes: Mapping[str, int]
    measured: tuple[Measured, ...]
    movers: tuple[Mover, ...]
    strange_tenures: tuple[tuple[str, int], ...]
    unverified: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """The cells that would settle each case, and how many figures each leaves open."""

    figures: Counter[str] = field(default_factory=Counter)
    cells: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, case: Case, cells: Iterable[str]) -> None:
        self.figures[case.reference] += 1
        self.cells.setdefault(case.reference, {}).update(dict.fromkeys(cells))


@cache
def definitions() -> dict[str, Any]:
    """The measures as ``checks/measures/rsh-tsm.yaml`` has them."""
    import yaml

    text = (checks_dir() / "measures" / "rsh-tsm.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return content


def stock_of(tenure: str, said: Mapping[str, str]) -> str | None:
    """``LCRA``, ``LCHO``, ``outside``, or ``None`` where nobody has said which this tenure is.

    ``said`` are the user's own words (tenure, in lower case, to stock), which come before the shipped ones.
    """
    word = " ".join(tenure.casefold().split())
    if word in said:
        return said[word]
    known = definitions()
    for stock in STOCK:
        if word in known["stock"][stock]["tenures"]:
            return stock
    return OUTSIDE if word in known["outside"] else None


def measures(
    result: AuditResult,
    casebook: CaseBook,
    year: Year,
    homes: Mapping[str, int] | None = None,
    tenures: Mapping[str, str] | None = None,
) -> Measures:
    """CH01 and CH02 of a year. ``homes`` are those owned at its end, by ``LCRA`` and ``LCHO``."""
    homes, said = dict(homes or {}), {k.casefold(): v for k, v in (tenures or {}).items()}
    stages = {stage: handled(result, casebook, year, stage) for stage in (1, 2)}
    opened = _Open()
    measured = []
    for measure, entry in definitions()["measures"].items():
        for stock in STOCK:
            cases = list(_of_stock(stages[entry["stage"]], stock, said))
            build = _volume if entry["kind"] == "volume" else _share
            measured.append(build(measure, stock, cases, homes.get(stock), opened))
    movers = [
        Mover(case, number, tuple(opened.cells[case]))
        for case, number in sorted(opened.figures.items(), key=lambda item: (-item[1], item[0]))[:MOVERS]
    ]
    unverified = [rule["rule"] for rule in definitions()["rules"] if rule["verification"] == "recalled"]
    strange = tuple(_strange([*stages[1], *stages[2]], said))
    return Measures(year, homes, tuple(measured), tuple(movers), strange, tuple(unverified))


def _strange(found: Sequence[Handled], said: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The words for tenure of which nobody has said what stock they are, with how many complaints have them."""
    words = Counter(
        {
            id(one.case): str(entry.value) for one in found if (entry := one.case.entry("tenure")).state is _KNOWN
        }.values()
    )
    for word, number in sorted(words.items(), key=lambda item: (-item[1], item[0])):
        if stock_of(word, said) is None:
            yield word, number


_KNOWN = EntryState.KNOWN
_Case = tuple[Handled, bool]  # and whether it is certain that it is of this stock


def _of_stock(found: Sequence[Handled], stock: str, said: Mapping[str, str]) -> Iterator[_Case]:
    for one in found:
        entry = one.case.entry("tenure")
        if entry.state is not _KNOWN:
            yield one, False
            continue
        theirs = stock_of(str(entry.value), said)
        if theirs is None:
            yield one, False
        elif theirs == stock:
            yield one, True


def _volume(measure: str, stock: str, cases: Sequence[_Case], homes: int | None, opened: _Open) -> Measured:
    certain = unknown = 0
    for one, of_stock in cases:
        if one.refused is Refusal.DATED:
            continue
        if of_stock and one.sure and one.refused is Refusal.NONE:
            certain += 1
        else:
            unknown += 1
            opened.add(one.case, _cells(one, of_stock))
    per = (lambda n: Fraction(n * 1000, homes)) if homes else (lambda _: None)
    return Measured(
        measure, stock, "volume", certain, certain, unknown, per(certain), per(certain), per(certain + unknown)
    )


def _share(measure: str, stock: str, cases: Sequence[_Case], homes: int | None, opened: _Open) -> Measured:
    """The share answered in time among those received; what is open, or of no certain stock, widens the range."""
    met = late = extended = unknown = maybe = perhaps_late = 0
    for one, of_stock in cases:
        if one.refused is Refusal.DATED:
            continue
        outcome = one.respond
        certain = of_stock and one.sure and one.refused is Refusal.NONE
        kept = outcome is not None and outcome.result is Result.MET
        missed = outcome is not None and outcome.result is Result.BREACHED
        if certain and kept:
            met += 1
            extended += strict(outcome) is not outcome
        elif certain and missed:
            late += 1
        else:
            # Known to be late or in time, but perhaps of other stock: it can only move the share one way.
            unknown += 1
            maybe += not missed
            perhaps_late += not kept
            opened.add(one.case, (*_cells(one, of_stock), *_missing(outcome)))
    decided = met + late
    low, high = decided + perhaps_late, decided + maybe
    return Measured(
        measure,
        stock,
        "share",
        met,
        decided + unknown,
        unknown,
        Fraction(met, decided) if decided else None,
        Fraction(met, low) if low else None,
        Fraction(met + maybe, high) if high else None,
        Fraction(met - extended, decided) if decided else None,
    )


def _cells(one: Handled, of_stock: bool) -> Iterator[str]:
    if not of_stock:
        yield _place(one.case, "tenure")
    if not one.sure:
        yield _place(one.case, "received" if one.stage == 1 else "escalation_requested")
    if one.refused in (Refusal.DAY_UNKNOWN, Refusal.UNCLEAR):
        yield _place(one.case, "refused" if one.stage == 1 else "escalation_refused")


def _place(case: Case, name: str) -> str:
    from policylang.casebook.record import facts

    entry = case.entry(name)
    return str(entry.cell) if entry.cell else f"no column: {facts()[name].label}"


def _missing(outcome: Outcome | None) -> tuple[str, ...]:
    return outcome.cells if outcome is not None and outcome.result is Result.CANNOT_TELL else ()
