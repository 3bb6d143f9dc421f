"""Accepted deviations: what the policy's owner has agreed to fall short of, for a time, and how each of them stands.

A deviation changes no verdict: what breaches still breaches. It says that the right people know, until when, and what
they mean to do about it. One that has run out, has not begun, covers nothing or names nothing is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from policylang.checker.findings import finding_code
from policylang.checker.verdict import Judgement, Verdict
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean
from policylang.model.data import checks_dir
from policylang.model.days import say_date
from policylang.model.document import Deviation, Document


class Standing(StrEnum):
    """How a deviation stands on a day."""

    IN_FORCE = "in-force"
    EXPIRED = "expired"
    RENEWED = "renewed"  # run out, but another for the same provision is in force
    NOT_YET = "not-yet-in-force"
    UNUSED = "unused"  # in force, but the provision is complied with
    UNKNOWN = "unknown-provision"
    NO_CODE = "unknown-code"  # it names a code that does not come with the tool, nor is it this one
    BACKWARDS = "ends-before-it-begins"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One deviation as it stands on the day of the check; ``cited`` is its provision as findings cite it."""

    deviation: Deviation
    standing: Standing
    cited: str
    verdict: Verdict | None = None


def with_deviations(
    policy: Document, code: Document, verdicts: Sequence[Verdict], on: date
) -> tuple[list[Verdict], list[Accepted]]:
    """The verdicts, each with the deviation that is in force for it on the day ``on``; and how every deviation stands.

    Deviations from another code than this one are left out. One that names no code (``6.14``) is taken for this one.
    """
    by_number = {v.provision: v for v in verdicts}
    ours = [d for d in policy.deviations if not d.code or d.code.casefold() in _names(code)]
    strange = [d for d in policy.deviations if d not in ours and d.code.casefold() not in _shipped()]
    in_force: dict[str, Deviation] = {}
    for one in ours:
        other = in_force.get(one.provision)
        if one.first <= on <= one.last and (other is None or one.last > other.last):
            in_force[one.provision] = one
    stood = [
        Accepted(
            one, _standing(one, code, by_number.get(one.provision), in_force, on), finding_code(code, one.provision),
            by_number.get(one.provision),
        )
        for one in ours
    ]  # fmt: skip
    stood += [Accepted(d, Standing.NO_CODE, f"{d.code}-{d.provision}") for d in strange]
    covering = {
        a.deviation.provision: in_force[a.deviation.provision] for a in stood if a.standing is Standing.IN_FORCE
    }
    return [replace(v, deviation=covering.get(v.provision)) for v in verdicts], stood


def _names(code: Document) -> set[str]:
    return {code.cited_as.casefold(), code.id.casefold()}


@cache
def _shipped() -> frozenset[str]:
    """How the shipped codes are cited, from their first lines: they need not be understood for that."""
    found = []
    for path in checks_dir().glob("*.code"):
        found += [path.stem, *re.findall(r'cited as "([^"]+)"', path.read_text(encoding="utf-8")[:4000])]
    return frozenset(name.casefold() for name in found)


def _standing(
    one: Deviation, code: Document, verdict: Verdict | None, in_force: dict[str, Deviation], on: date
) -> Standing:
    if code.provision(one.provision) is None:
        return Standing.UNKNOWN
    if one.last < one.first:
        return Standing.BACKWARDS
    if one.last < on:
        return Standing.RENEWED if one.provision in in_force else Standing.EXPIRED
    if one.first > on:
        return Standing.NOT_YET
    if verdict is not None and verdict.judgement is Judgement.COMPLIES:
        return Standing.UNUSED
    return Standing.IN_FORCE


# ------------------------------------------------------------------ findings


def deviation_findings(policy: Document, code: Document, stood: Iterable[Accepted], on: date) -> Iterator[Finding]:
    """What is amiss with deviations: those that are in force and needed say nothing here."""
    for one in stood:
        told = _told(one, code, on)
        if told is None:
            continue
        rule, number, severity, message, help = told
        held = one.deviation
        yield Finding(
            rule=rule,
            code=number,
            severity=severity,
            message=message,
            place=_place(policy, held),
            rests_on=None if one.verdict is None else f"{one.cited}: {one.verdict.requirement}",
            found=f"from {held.first.isoformat()} until {held.last.isoformat()}, checked on {on.isoformat()}",
            help=help,
            page=rule,
        )


def _told(one: Accepted, code: Document, on: date) -> tuple[str, str, Severity, str, str] | None:
    held, cited = one.deviation, one.cited
    verdict = one.verdict
    short = verdict is not None and verdict.judgement is not Judgement.COMPLIES
    match one.standing:
        case Standing.EXPIRED:
            now = f"the policy still does not comply with {cited}" if short else f"the policy complies with {cited} now"
            return (
                "deviation-expired", "PL120", Severity.ERROR if short else Severity.WARNING,
                f"The deviation from {cited} was accepted until {say_date(held.last)}; that has passed, and {now}.",
                "Comply, or have it renewed with a new date and plan." if short else "Take the sentence out.",
            )  # fmt: skip
        case Standing.NOT_YET:
            return (
                "deviation-not-yet-in-force", "PL-C07", Severity.NOTE,
                f"The deviation from {cited} is accepted from {say_date(held.first)}; on {say_date(on)} it covers "
                "nothing yet.",
                "Comply until then, or have it accepted from an earlier day.",
            )  # fmt: skip
        case Standing.UNUSED:
            return (
                "deviation-unused", "PL-C08", Severity.NOTE,
                f"The policy complies with {cited}, so nothing is left for its accepted deviation to cover.",
                "Take the sentence out, and tell whoever approved it.",
            )  # fmt: skip
        case Standing.UNKNOWN:
            near = did_you_mean(held.provision, [p.number for p in code.provisions], what="provisions")
            return (
                "deviation-from-unknown-provision", "PL-C09", Severity.WARNING,
                f"A deviation is accepted from {cited}, but {code.id} has no provision {held.provision}.", near,
            )  # fmt: skip
        case Standing.NO_CODE:
            return (
                "deviation-from-unknown-provision", "PL-C09", Severity.WARNING,
                f"A deviation is accepted from {cited}, but no code is cited as “{held.code}”.",
                f"For this code, write {finding_code(code, held.provision)}; “policylang codes” lists the others.",
            )  # fmt: skip
        case Standing.BACKWARDS:
            return (
                "deviation-ends-before-it-begins", "PL-C10", Severity.WARNING,
                f"The deviation from {cited} ends on {say_date(held.last)}, before it begins on "
                f"{say_date(held.first)}; it never covers anything.",
                f"If the dates were swapped, write: from {held.last.isoformat()} until {held.first.isoformat()}.",
            )  # fmt: skip
        case _:
            return None


def _place(policy: Document, held: Deviation) -> Place:
    span = held.span
    lines = "\n".join(policy.text.splitlines()[span.line - 1 : span.end_line])
    return Place(policy.name, span.line, span.column, span.end_line, span.end_column, None, lines)
