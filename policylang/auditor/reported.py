"""The log's own “Met” and “Missed” held against what the dates show: never evidence, but worth knowing.

A housing system's verdict may rest on another target, a paused clock, or a date that was typed over. So no outcome
rests on it; but where the dates say otherwise, either the dates or the system's reports are wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.outcomes import Entered, Outcomes
from policylang.casebook.answers import read_answer
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.record import heading_key
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.words import count

REPORTED = {1: "reported_in_time", 2: "stage2_reported_in_time"}
"""The facts that hold the log's own verdict on the response of each stage."""
_MET = frozenset({"met", "in time", "on time", "in target", "within target", "within timescale", "within sla", "pass"})
_MISSED = frozenset(
    {"missed", "late", "overdue", "out of time", "not met", "failed", "fail", "outside target", "out of target"}
    | {"not in time", "outside timescale", "outside sla", "breach", "breached", "not on time", "not in target"}
)
_MOST = 10


@dataclass(slots=True)
class Compared:
    """One stage's verdicts in the log against the outcomes. ``agree`` and ``differ`` are numbers of cases.

    ``differ`` says met or missed where at least one document's outcome is the opposite, or is not decided yet;
    ``apart`` are verdicts with nothing to be held against (the outcome cannot be told); ``unread`` are cells that say
    neither.
    """

    stage: int
    agree: int = 0
    said_met: list[Finding] = field(default_factory=list)
    said_missed: list[Finding] = field(default_factory=list)
    apart: int = 0
    unread: int = 0


def compare(outcomes: Outcomes, casebook: CaseBook) -> list[Compared]:
    """Each stage's verdicts in the log against the outcomes of its response; a stage without such a column is absent.

    An outcome that cannot be told, or does not apply, is not compared: there is nothing to compare it with.
    """
    stages = [stage for stage, fact in REPORTED.items() if fact in casebook.columns]
    if not stages:
        return []
    judged: dict[tuple[str, int | None], list[Entered]] = {}
    decided = (Result.MET, Result.BREACHED, Result.PENDING)
    for entered in outcomes.entered(lambda owed: owed.action == "respond" and owed.stage in stages, decided):
        judged.setdefault((entered.case, entered.owed.stage), []).append(entered)
    return [_stage(stage, judged, outcomes, casebook) for stage in stages]


def reported_findings(compared: Iterable[Compared]) -> list[Finding]:
    """A finding for each case whose log says met or missed where the outcome is the opposite, or not decided yet."""
    return [found for stage in compared for found in (*stage.said_met, *stage.said_missed)]


def reported_text(compared: Iterable[Compared], casebook: CaseBook) -> list[str]:
    """The comparison as lines of an audit's text, the heading first; nothing where the log has no such column."""
    lines: list[str] = []
    for found in compared:
        heading = casebook.columns[REPORTED[found.stage]]
        lines.append(
            f"Stage {found.stage}, “{heading}”: {count(found.agree, 'case agrees', 'cases agree')}, "
            f"{len(found.said_met):,} said to be met and not, {len(found.said_missed):,} said to be missed and not"
        )
        if found.apart or found.unread:
            lines.append(
                f"Not compared: {found.apart:,} whose outcome is not decided by the log, {found.unread:,} that say "
                "neither"
            )
        for what, listed in (("Said met", found.said_met), ("Said missed", found.said_missed)):
            lines += [f"{what}: {one.message}" for one in listed[:_MOST]]
            if len(listed) > _MOST:
                lines.append(f"{what}: and {len(listed) - _MOST:,} more (--format json has them all)")
    return ["The log's own Met and Missed (never evidence)", *lines] if lines else []


def _stage(
    stage: int, judged: dict[tuple[str, int | None], list[Entered]], outcomes: Outcomes, casebook: CaseBook
) -> Compared:
    found = Compared(stage)
    file = casebook.files[0] if casebook.files else ""
    for case in casebook.cases:
        entry = case.unplaced(REPORTED[stage])
        if entry.state is not EntryState.KNOWN:
            continue
        met = says_met(str(entry.value))
        if met is None:
            found.unread += 1
            continue
        mine = judged.get((case.reference, stage), [])
        against = [entered.key for entered in mine if entered.result is not (Result.MET if met else Result.BREACHED)]
        if not mine:
            found.apart += 1
        elif not against:
            found.agree += 1
        else:
            differing = [outcomes.brief(key) for key in against]
            (found.said_met if met else found.said_missed).append(_differs(case, stage, differing, file, met=met))
    return found


def says_met(text: str) -> bool | None:
    """Whether the log's word says that a target was met; ``None`` where it says neither."""
    key = heading_key(text)
    if key in _MET or key in _MISSED:
        return key in _MET
    return read_answer(Cell(Kind.TEXT, text, text))


def _differs(case: Case, stage: int, against: Sequence[Outcome], file: str, *, met: bool) -> Finding:
    under = "; ".join(dict.fromkeys(f"{_says(outcome)} under {_document(outcome)}" for outcome in against))
    cell = case.entry(REPORTED[stage]).cell
    return Finding(
        "reported-otherwise",
        "DQ113",
        Severity.WARNING,
        f"Case {case.reference}: the log says that the stage {stage} response was {'in time' if met else 'late'}; by "
        f"its dates it is {under}.",
        Place(file, heading=cell.heading, sheet=cell.sheet, row=cell.row, cell=f"{cell.column}{cell.row}")
        if cell
        else Place(file),
        expected="met" if met else "missed",
        found=under,
        help="Look in the case file which is wrong, the dates or the log's verdict. The outcome rests on the dates.",
        page="reported-otherwise",
    )


def _says(outcome: Outcome) -> str:
    if outcome.result is Result.PENDING:
        return "not due yet"
    if outcome.result is Result.MET:
        return "in time"
    if outcome.actual is None:
        return "overdue"
    if outcome.late is None or not outcome.late.by:
        return "late"
    unit = outcome.late.unit.removesuffix("s")
    return f"{count(outcome.late.by, unit)} late"


def _document(outcome: Outcome) -> str:
    return f"{outcome.document} {outcome.provision}" if outcome.provision else outcome.document
