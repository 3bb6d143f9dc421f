"""Which edition of a code a policy is held against: in force on a day, at the policy's own date, or named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem
from policylang.model.days import say_date
from policylang.model.document import DatedRole, Document
from policylang.model.library import edition_in_force, editions, load_code

TODAY = "today"
AT_ADOPTION = "at-adoption"
OWN_DATES = ("in force", "effective", "adopted", "approved", "issued", "published")
"""The dates of a policy that say since when it holds, the most telling first."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions that a policy is to be held against, oldest first: one, or each that its own words or dates leave
    possible. ``unsure`` says so where they do not settle it."""

    documents: tuple[Document, ...]
    unsure: Finding | None = None


def editions_for(policy: Document, code: str, on: date) -> Editions:
    """The editions to check against.

    ``code`` is ``today`` (the edition in force on ``on``), ``at-adoption`` (the one that the policy says it is governed
    by; else the one in force at the policy's own date) or the id of a code, or a ``.code`` file. Raises
    :class:`~policylang.findings.problem.Problem` where there is none.
    """
    if code == TODAY:
        return Editions((_in_force(on, f"on {say_date(on)}"),))
    if code == AT_ADOPTION:
        return _governing(policy) or _at_own_date(policy)
    loaded = load_code(code)
    if loaded.document is None or not loaded.usable:
        raise Problem([f for f in loaded.findings if f.severity is Severity.ERROR])
    return Editions((loaded.document,))


def edition_for(policy: Document, code: str, on: date) -> Document:
    """The one code to check against, as :func:`editions_for` finds it. Raises
    :class:`~policylang.findings.problem.Problem` where there is none, or more than one."""
    found = editions_for(policy, code, on)
    if len(found.documents) > 1 and found.unsure is not None:
        named = " or ".join(f"--code {edition.id}" for edition in found.documents)
        raise Problem(replace(found.unsure, severity=Severity.ERROR, help=f"Name the one that is meant: {named}."))
    return found.documents[0]


def own_date(policy: Document) -> DatedRole | None:
    """The date since when a policy holds, as precisely as it gives it; None where it gives none."""
    return next((found for name in OWN_DATES if (found := policy.role(name)) is not None), None)


def _governing(policy: Document) -> Editions | None:
    """The editions that the policy itself names; None where it names none."""
    if not policy.governed_by:
        return None
    known = {code.edition: code for code in editions()}
    missing = [name for name in policy.governed_by if name not in known]
    if missing:
        raise _problem(
            "no-edition-in-force", "PL-C04", policy,
            f"The policy says it is governed by the edition “{missing[0]}”, which does not come with the tool.",
            _listed(),
        )  # fmt: skip
    found = tuple(sorted((known[name] for name in set(policy.governed_by)), key=_since))
    if len(found) == 1:
        return Editions(found)
    names = " or ".join(f"“{code.edition}”" for code in found)
    return Editions(found, _unsure(policy, f"The policy says it is governed by the edition {names}.", found))


def _at_own_date(policy: Document) -> Editions:
    own = own_date(policy)
    if own is None:
        raise _problem(
            "policy-without-date", "PL-C02", policy,
            "The policy does not say since when it holds, so there is no edition at its own date.",
            "Add a sentence such as: in force from 2024-04-01. Or name the code: --code housing-ombudsman-2024.",
        )  # fmt: skip
    first, last = own.when.earliest, own.when.latest
    found = tuple(code for code in editions() if _since(code) <= last and first <= _until(code))
    if not found:
        return Editions((_in_force(first, f"at the policy’s own date ({_said(own)})"),))
    if len(found) > 1:
        why = f"The policy gives its own date only as {own.when.text}, and the edition changed in that time."
        return Editions(found, _unsure(policy, why, found))
    if first < _surely_since(found[0]) or _until(found[0]) < last:
        why = f"The policy’s own date is {_said(own)}, and the edition is known to have been in force only for a part "
        why += "of that time." if first != last else "of the days around it."
        return Editions(found, _unsure(policy, why, found))
    return Editions(found)


def _said(own: DatedRole) -> str:
    return own.when.text if own.when.earliest != own.when.latest else say_date(own.when.earliest)


def _since(code: Document) -> date:
    return code.in_force[0] if code.in_force else date.min


def _until(code: Document) -> date:
    return (code.in_force[1] if code.in_force else None) or date.max


def _surely_since(code: Document) -> date:
    """The last day that the edition's own start can mean: of some only the month is known."""
    start = code.role("in force")
    return start.when.latest if start is not None else _since(code)


def _unsure(policy: Document, why: str, found: tuple[Document, ...]) -> Finding:
    judged = "Each is judged" if len(found) > 1 else f"It is held against {found[0].id} all the same"
    named = " or ".join(f"--code {code.id}" for code in found)
    help = f"{judged}. To settle it, write the date more precisely, or name the edition: {named}."
    return Finding("edition-uncertain", "PL-C03", Severity.WARNING, why, Place(policy.name), help=help)


def _in_force(on: date, when: str) -> Document:
    found = edition_in_force(on)
    if found is None:
        raise Problem(
            Finding(
                "no-edition-in-force", "PL-C04", Severity.ERROR,
                f"None of the editions that come with the tool was in force {when}.", help=_listed(),
            )
        )  # fmt: skip
    return found


def _listed() -> str:
    known = editions()
    if not known:
        return "No edition comes with the tool; name a file: --code my.code."
    told = []
    for code in known:
        since, until = code.in_force or (None, None)
        told.append(f"{code.id} (from {say_date(since) if since else '?'}{f' to {say_date(until)}' if until else ''})")
    return f"The editions are: {', '.join(told)}. To use one all the same: --code {known[-1].id}."


def _problem(rule: str, code: str, policy: Document, message: str, help: str) -> Problem:
    return Problem(Finding(rule, code, Severity.ERROR, message, Place(policy.name), help=help))
