"""What letters say, and who decided: ``_content`` and ``_different_person`` of the reference, over columns."""

from __future__ import annotations

import polars as pl

from policylang.auditor.columns.codes import NO, YES, choose
from policylang.auditor.columns.conditions import Conditions
from policylang.auditor.columns.counting import Counting
from policylang.auditor.columns.knowledge import Day, Knowledge
from policylang.auditor.columns.layout import KNOWN, NOT_DONE
from policylang.auditor.columns.people import same_people
from policylang.auditor.columns.verdict import Verdict, plain
from policylang.auditor.duty import Duty


def content(duty: Duty, case: Knowledge, count: Counting, conditions: Conditions) -> Verdict:
    """What a letter says, or what the record says was (or was not) done."""
    letter = case.day(duty.event if duty.event is not None else duty.root)
    if len(duty.facts) == 1 and duty.needed == 1 and not duty.facts[0].endswith("extension_new_date"):
        return plain(_one(duty, letter, case))
    said = [_said(name, duty, case) for name in duty.facts]
    flags = [flag for flag, _ in said]
    against = [doubt for _, doubt in said if doubt is not None]
    contradictory = pl.any_horizontal(against) if against else NO
    right = _number([flag if duty.wanted else ~flag for flag in flags])
    unknown = _number([flag.is_null() for flag in flags])
    sent = letter.done | letter.last.is_null() if duty.wanted else letter.done
    never = case.state(letter.name) == NOT_DONE if duty.wanted else NO
    code = choose(
        (contradictory, "contradictory"),
        (~letter.done & never & (right > 0), "contradictory"),
        (~letter.done, "letter-not-sent"),
        (sent & (right >= duty.needed), "done" if duty.wanted else "not-done-as-required"),
        (right + unknown >= duty.needed, "content-unknown"),
        (letter.done.is_null(), "trigger-unknown"),
        otherwise="left-out" if duty.wanted else "forbidden-done",
    )
    return plain(code)


def _one(duty: Duty, letter: Day, case: Knowledge) -> pl.Expr:
    """The same for a single flag: what a yes, a no and an unknown come to is one for all items of a letter."""
    right, wrong = "done" if duty.wanted else "not-done-as-required", "left-out" if duty.wanted else "forbidden-done"
    keep, key = case.sheet.keep, ("letter", letter.name, duty.wanted)
    sent = letter.done | letter.last.is_null() if duty.wanted else letter.done
    never = case.state(letter.name) == NOT_DONE if duty.wanted else NO
    if_right = keep(
        (*key, "right"),
        lambda: choose(
            (~letter.done & never, "contradictory"),
            (~letter.done, "letter-not-sent"),
            (sent, right),
            otherwise="content-unknown",
        ),
    )
    if_wrong = keep(
        (*key, "wrong"),
        lambda: choose((~letter.done, "letter-not-sent"), (letter.done.is_null(), "trigger-unknown"), otherwise=wrong),
    )
    if_open = keep((*key, "open"), lambda: choose((~letter.done, "letter-not-sent"), otherwise="content-unknown"))
    flag = case.flag(duty.facts[0])
    yes, no = (if_right, if_wrong) if duty.wanted else (if_wrong, if_right)
    return choose((flag, yes), (~flag, no), otherwise=if_open)


def _number(values: list[pl.Expr]) -> pl.Expr:
    """How many are true."""
    counted = [value.fill_null(False).cast(pl.UInt8) for value in values]
    return pl.sum_horizontal(counted) if len(counted) > 1 else counted[0]


def _said(name: str, duty: Duty, case: Knowledge) -> tuple[pl.Expr, pl.Expr | None]:
    """A flag, and where it contradicts a new date: one that is recorded shows by itself that one was given."""
    flag = case.flag(name)
    if not name.endswith("extension_new_date"):
        return flag, None
    dated = case.recorded("stage2_extended_to" if duty.stage == 2 else "extended_to")
    doubt = dated & (case.state(name) == KNOWN) & ~flag
    return pl.when(dated).then(YES).otherwise(flag), doubt


def different_person(duty: Duty, case: Knowledge, count: Counting, conditions: Conditions) -> Verdict:
    """Two people decided the two stages."""
    assert duty.event is not None
    root, decided = case.day(duty.root), case.day(duty.event)
    first, second = (case.text(name) for name in duty.facts)
    key = ("same person", duty.facts, root.name, decided.name)
    same = case.sheet.keep(key, lambda: same_people(first, second, (root.done & decided.done).fill_null(False)))
    code = choose(
        (root.done.is_null(), "trigger-unknown"),
        (~decided.done, "stage-not-decided"),
        (same.is_null() | decided.done.is_null(), "person-unknown"),
        (same, "same-person"),
        otherwise="different-person",
    )
    return plain(code)
