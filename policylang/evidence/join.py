"""Policy and practice side by side: verdicts and outcomes joined by provision, row by row of the form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.population import is_aim
from policylang.checker.verdict import Verdict
from policylang.evidence.by_case import by_case_row, by_owed
from policylang.evidence.comply import Comply, ComplyRule, Kind, decide, kinds
from policylang.evidence.form import Form, FormRow, FormSection, FormTable
from policylang.evidence.tally import Tally, worst

if TYPE_CHECKING:
    from policylang.evidence.person import PersonAnswer

CODE = "code"
POLICY = "policy"
# The document did not govern the case, so that the case says nothing about it either way.
NOT_GOVERNED = frozenset({"no-edition-in-force", "policy-not-in-force"})
# An aim or a recommendation is never met or breached; what became of it is said by the reason.
AIMS = {
    "aim-kept": Result.MET,
    "aim-missed": Result.BREACHED,
    "aim-open": Result.PENDING,
    "aim-unknown": Result.CANNOT_TELL,
}


@dataclass(frozen=True, slots=True)
class DutyPractice:
    """One duty over all cases: how it came out. ``clauses`` are the policy's, for a duty of the policy.

    ``aim``: it is an aim or a recommendation, and ``tally`` counts how often it was kept and missed, which is neither
    met nor breached.
    """

    duty: str
    source: str
    document: str
    stage: int | None
    action: str
    clauses: tuple[str, ...]
    tally: Tally
    outcomes: tuple[Outcome, ...]
    aim: bool = False


@dataclass(frozen=True, slots=True)
class ProvisionEvidence:
    """One row of the form: the policy's verdict, what the log shows, and the answer that follows.

    ``practice`` counts each case once, by the worst of the duties it owed under this provision, and is ``None`` where
    no case was judged on it. ``shown_by`` is what would have to be seen before anybody may answer Yes. ``duties`` are
    the code's, ``own_promises`` the policy's own on the same matter. ``followed`` are the code's recommendations
    under this provision, as kept and missed, which are neither met nor breached; ``advice`` counts each case once by
    them, kept as met and missed as breached, and is ``None`` where there are none.
    """

    row: FormRow
    section: FormSection
    table: FormTable
    verdict: Verdict | None
    shown_by: frozenset[Kind]
    practice: Tally | None
    duties: tuple[DutyPractice, ...]
    own_promises: tuple[DutyPractice, ...]
    comply: Comply
    verified: bool
    person: PersonAnswer | None = None  # what a person said, where somebody did
    person_stale: str = ""  # for what other inputs it was said, where they have changed
    followed: tuple[DutyPractice, ...] = ()
    advice: Tally | None = None

    @property
    def provision(self) -> str:
        """The provision as printed."""
        return self.row.provision


def join(
    form: Form, verdicts: Iterable[Verdict], outcomes: Sequence[Outcome], rule: ComplyRule
) -> tuple[ProvisionEvidence, ...]:
    """One :class:`ProvisionEvidence` for each row of the form, in the form's order.

    Only duties under the form's own code count: a case received under another edition, or under none, says nothing
    about this one. A recommendation is no duty: what became of it stands apart, and only where the provision makes no
    duty does the answer look at it.
    """
    by_provision = {verdict.provision: verdict for verdict in verdicts}
    code_duties: defaultdict[str, list[list[Outcome]]] = defaultdict(list)
    code_aims: defaultdict[str, list[list[Outcome]]] = defaultdict(list)
    promised: list[list[Outcome]] = []
    for group in by_owed(outcomes):
        owed = group[0].owed
        if owed.source == POLICY:
            theirs = promised
        elif owed.document == form.code and owed.provision is not None:
            theirs = (code_aims if is_aim(owed) else code_duties)[owed.provision]
        else:
            continue
        if judged := [outcome for outcome in group if outcome.reason not in NOT_GOVERNED]:
            theirs.append(judged)
    promises = practices(promised)
    return tuple(
        _row(
            section,
            table,
            row,
            by_provision.get(row.provision),
            code_duties[row.provision],
            code_aims[row.provision],
            promises,
            rule,
        )
        for section in form.sections
        for table in section.tables
        for row in table.rows
    )


def _row(
    section: FormSection,
    table: FormTable,
    row: FormRow,
    verdict: Verdict | None,
    groups: list[list[Outcome]],
    aims: list[list[Outcome]],
    promises: tuple[DutyPractice, ...],
    rule: ComplyRule,
) -> ProvisionEvidence:
    duties = practices(groups)
    verified = (verdict is None or verdict.verified) and all(group[0].verified for group in groups)
    practice = case_tally(groups)
    advice = case_tally(aims)
    shown_by = kinds(verdict.shown_by if verdict else ())
    return ProvisionEvidence(
        row=row,
        section=section,
        table=table,
        verdict=verdict,
        shown_by=shown_by,
        practice=practice,
        duties=duties,
        own_promises=tuple(p for p in promises if _same_matter(p, verdict, duties, row.provision)),
        comply=decide(verdict, practice, shown_by, row.ask, rule, verified=verified, followed=advice),
        verified=verified,
        followed=practices(aims),
        advice=advice,
    )


def duties_of(outcomes: Iterable[Outcome]) -> tuple[DutyPractice, ...]:
    """The outcomes grouped by duty, in the order in which the duties first appear."""
    return practices(by_owed(outcomes))


def practices(rows: Iterable[Sequence[Outcome]]) -> tuple[DutyPractice, ...]:
    """The same of outcomes that are grouped by what is owed."""
    groups: dict[tuple[str, str, str, str | None], list[Outcome]] = {}
    clauses: dict[tuple[str, str, str, str | None], dict[str, None]] = {}
    for row in rows:
        owed = row[0].owed
        key = (owed.source, owed.document, owed.duty, owed.provision)
        groups.setdefault(key, []).extend(row)
        clauses.setdefault(key, {}).update(dict.fromkeys(owed.clauses))
    return tuple(
        DutyPractice(
            duty=group[0].duty,
            source=group[0].source,
            document=group[0].document,
            stage=group[0].stage,
            action=group[0].action,
            clauses=tuple(clauses[key]),
            tally=_tally(group),
            outcomes=tuple(group),
            aim=is_aim(group[0]),
        )
        for key, group in groups.items()
    )


def _tally(outcomes: Sequence[Outcome]) -> Tally:
    """What one duty came to, its aims by what became of them."""
    if AIMS.keys().isdisjoint({outcome.reason for outcome in outcomes}):
        return Tally.of_counts(Counter([outcome.result for outcome in outcomes]))
    return Tally.of(AIMS.get(outcome.reason, outcome.result) for outcome in outcomes)


def case_tally(groups: Sequence[Sequence[Outcome]]) -> Tally | None:
    """Each case once, by the worst that any of these duties came to on it; ``None`` where there are no outcomes, which
    come grouped by what is owed.

    Of aims, what was kept counts as met and what was missed as breached.
    """
    if not groups:
        return None
    if len(groups) == 1:
        return _tally(groups[0])  # of one duty each case has one
    by_case = by_case_row(outcome for group in groups for outcome in group)
    return Tally.of(worst([AIMS.get(o.reason, o.result) for o in group]) for group in by_case.values())


def _same_matter(
    promise: DutyPractice, verdict: Verdict | None, duties: tuple[DutyPractice, ...], provision: str
) -> bool:
    """Whether a promise of the policy is about what the provision is about.

    It says so itself, or the verdict relied on its clause and the code asks for the same action at the same stage.
    """
    if promise.outcomes[0].provision == provision:  # all of one duty have one provision
        return True
    if verdict is None or not set(promise.clauses) & set(verdict.clauses):
        return False
    return any((duty.action, duty.stage) == (promise.action, promise.stage) for duty in duties)
