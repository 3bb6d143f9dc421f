"""Cases after published determinations: what an audit without mapping or options flags of them, and what not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.cited import cited
from policylang.auditor.columns.audit import by_columns
from policylang.auditor.on_the_dates import is_flagged, on_the_dates, worded
from policylang.auditor.outcome import Result
from policylang.auditor.settings import Settings
from policylang.auditor.step import Shown, Step
from policylang.casebook.cases import CaseBook
from policylang.casebook.reader import read_cases
from policylang.model.document import Document
from policylang.model.duration import Unit
from policylang.model.library import editions, load_policy
from tests.documents import Example, check, examples, load

PAGE, MORE = (Path(__file__).with_name(f"real_cases{which}.md") for which in ("", "_more"))
AS_AT = date(2025, 6, 30)
POLICIES = sorted(Path(__file__).parents[2].joinpath("policies").glob("*.policy"))


@examples(PAGE)
def test_what_is_flagged(example: Example, tmp_path: Path) -> None:
    book = casebook(example, tmp_path)
    check(example, "expect", "\n".join(told(audit(None, editions(), book, AS_AT), book)))


@examples(MORE)
def test_what_is_flagged_of_more_cases(example: Example, tmp_path: Path) -> None:
    book = casebook(example, tmp_path)
    check(example, "expect", "\n".join(told(audit(None, editions(), book, AS_AT), book)))


def _all() -> list[Example]:
    return [*load(PAGE), *load(MORE)]


def casebook(example: Example, folder: Path) -> CaseBook:
    log = folder / "log.csv"
    log.write_text(example.block("log"), encoding="utf-8")
    read = read_cases(log)
    assert not read.stopped, [finding.message for finding in read.findings]
    assert len(read.casebook.cases) == len(example.block("log").strip().splitlines()) - 1
    return read.casebook


def told(result: AuditResult, book: CaseBook) -> list[str]:
    """A line for each thing flagged, case by case; a case of which nothing is says so."""
    lines: dict[str, list[str]] = {case.reference: [] for case in book.cases}
    for outcome in result.of(Result.BREACHED):
        late = f", {Unit(outcome.late.unit).counted(outcome.late.by)}" if outcome.late else ""
        lines[outcome.case].append(f"{cited(result, outcome)}: breach, {outcome.reason}{late}")
    for step in on_the_dates(result):
        late = f", {Unit(step.late.unit).counted(step.late.by)}" if step.late else ""
        lines[step.outcome.case].append(f"{cited(result, step.outcome)}: {step.shown}{late}")
    reasons = {o.case: o.reason for o in result.outcomes if o.reason in ("no-edition-in-force", "receipt-unknown")}
    return [f"{case} {line}" for case, found in lines.items() for line in found or [reasons.get(case, "nothing")]]


@pytest.mark.parametrize("path", [None, *POLICIES], ids=lambda path: path.stem if path else "code alone")
def test_the_two_engines_flag_the_same(path: Path | None, tmp_path: Path) -> None:
    policy = None if path is None else load_policy(path).document
    for example in _all():
        book = casebook(example, tmp_path)
        plain = audit(policy, editions(), book, AS_AT)
        fast = audit(policy, editions(), book, AS_AT, engine=by_columns)
        assert _compared(plain, book) == _compared(fast, book)
        assert is_flagged(plain) == any(step.flagged for step in on_the_dates(plain))


def _compared(result: AuditResult, book: CaseBook) -> list[object]:
    return [
        (s.shown, s.outcome.case, s.outcome.duty, s.binding, s.due, s.reached, s.late, s.outcome.why)
        for s in worded(on_the_dates(result), result, book)
    ]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_adds_its_own_and_takes_nothing_away(path: Path, tmp_path: Path) -> None:
    policy = load_policy(path).document
    assert policy is not None
    for example in _all():
        book = casebook(example, tmp_path)
        alone, both = (audit(document, editions(), book, AS_AT) for document in (None, policy))
        assert _of_the_code(alone) == _of_the_code(both)
        assert _cited(on_the_dates(alone)) <= _cited(on_the_dates(both))


def _of_the_code(result: AuditResult) -> list[object]:
    return [(o.case, o.provision, o.duty, o.result, o.reason) for o in result.outcomes if o.source == "code"]


def _cited(steps: list[Step]) -> set[tuple[object, ...]]:
    return {(s.shown, o.case, o.document, o.provision, o.duty) for s in steps for o in (s.outcome, *s.others)}


def test_whatever_is_called_late_is_late_by_a_plain_count(tmp_path: Path) -> None:
    """Counted here by hand: Monday to Friday less the bank holidays, from the latest start that the log allows."""
    seen = 0
    for example in _all():
        book = casebook(example, tmp_path)
        for step in on_the_dates(audit(None, editions(), book, AS_AT)):
            if not step.flagged or step.shown is Shown.EITHER:
                continue  # what two contradictory entries leave of it has laws of its own (test_either_way.py)
            case = next(case for case in book.cases if case.reference == step.outcome.case)
            stage2 = step.outcome.stage == 2
            started = _last(case.entries.get("stage2_acknowledged" if stage2 else "acknowledged"))
            root = _last(case.entries["escalation_requested" if stage2 else "received"]) or started
            assert root is not None
            of_2022 = step.outcome.document.endswith("2022")
            if of_2022:
                started = _last(case.entries.get("logged"))  # it counts from logging
            asked = 20 if stage2 else 10
            lawful = working(working(root, 5), asked)
            if step.outcome.action == "acknowledge":
                due = working(root, 5)
            elif of_2022 and stage2:
                due = working(root, 20)
            elif step.shown is Shown.BEGUN:
                due = lawful
            else:
                due = working(min(started or lawful, lawful), asked)
            assert step.due == due, (step.outcome.case, step.outcome.duty)
            assert step.reached is not None
            assert step.reached > step.due
            seen += 1
    assert seen > 12


# What they hang on is written in the log, and is neither empty nor a missing column.
LEFT_OPEN = (
    "RC-13", "RC-84", "RM-41", "RM-45", "RM-47", "RM-48", "RM-63", "RM-64", "RM-75",
)  # fmt: skip

BANK_HOLIDAYS = {
    *(date(2022, 4, day) for day in (15, 18)), date(2022, 5, 2), date(2022, 6, 2), date(2022, 6, 3),
    date(2022, 8, 29), date(2022, 9, 19), date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2),
    date(2023, 4, 7), date(2023, 4, 10),
    *(date(2023, 5, day) for day in (1, 8, 29)), date(2023, 8, 28), date(2023, 12, 25), date(2023, 12, 26),
    date(2024, 1, 1), date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27), date(2024, 8, 26),
    date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5),
    date(2025, 5, 26),
}  # fmt: skip


def working(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in BANK_HOLIDAYS
    return day


def _last(entry: object) -> date | None:
    found = getattr(entry, "latest", None) or getattr(entry, "date", None)
    return found if isinstance(found, date) else None


def test_each_flagged_step_is_met_or_breached_once_the_log_says_more(tmp_path: Path) -> None:
    """To say that there were no extensions, and that empty means not done, turns every flagged step into a breach."""
    events = ("logged", "acknowledged", "responded", "refused", "extension_notified", "stage2_acknowledged",
              "stage2_responded", "escalation_refused", "stage2_extension_notified")  # fmt: skip
    seen = 0
    for example in _all():
        book = casebook(example, tmp_path)
        flagged = {
            (s.outcome.case, s.outcome.document, s.outcome.duty)
            for s in on_the_dates(audit(None, editions(), book, AS_AT))
            if s.flagged and s.shown is not Shown.NEAREST  # which hangs on the day of receipt alone
        }
        after = audit(None, editions(), book, AS_AT, Settings(not_done=frozenset(events)))
        for outcome in after.outcomes:
            if (outcome.case, outcome.document, outcome.duty) in flagged and outcome.case not in LEFT_OPEN:
                assert outcome.result is Result.BREACHED, (outcome.case, outcome.duty, outcome.why)
                seen += 1
    assert seen > 12


def test_documents_are_the_shipped_ones() -> None:
    assert all(isinstance(code, Document) for code in editions())
    assert len(POLICIES) == 5
