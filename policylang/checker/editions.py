"""Which edition of a code a policy is held against: in force on a day, in force at the policy's own date, or named."""

from __future__ import annotations

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


def edition_for(policy: Document, code: str, on: date) -> Document:
    """The code to check against.

    ``code`` is ``today`` (the edition in force on ``on``), ``at-adoption`` (the one in force at the policy's own date)
    or the id of a code, or a ``.code`` file. Raises :class:`~policylang.findings.problem.Problem` where there is none.
    """
    if code == TODAY:
        return _in_force(on, f"on {say_date(on)}")
    if code == AT_ADOPTION:
        return _at_adoption(policy)
    loaded = load_code(code)
    if loaded.document is None or not loaded.usable:
        raise Problem([f for f in loaded.findings if f.severity is Severity.ERROR])
    return loaded.document


def own_date(policy: Document) -> DatedRole | None:
    """The date since when a policy holds, as precisely as it gives it; None where it gives none."""
    return next((found for name in OWN_DATES if (found := policy.role(name)) is not None), None)


def _at_adoption(policy: Document) -> Document:
    own = own_date(policy)
    if own is None:
        raise _problem(
            "policy-without-date", "PL-C02", policy,
            "The policy does not say since when it holds, so there is no edition at its own date.",
            "Add a sentence such as: in force from 2024-04-01. Or name the code: --code housing-ombudsman-2024.",
        )  # fmt: skip
    first, last = edition_in_force(own.when.earliest), edition_in_force(own.when.latest)
    if first is not None and last is not None and first.id != last.id:
        raise _problem(
            "edition-uncertain", "PL-C03", policy,
            f"The policy gives its own date only as {own.when.text}, and the edition changed in that time.",
            f"Name the one that is meant: --code {first.id} or --code {last.id}.",
        )  # fmt: skip
    found = first or last
    if found is None:
        when = own.when.text if own.when.earliest != own.when.latest else say_date(own.when.earliest)
        return _in_force(own.when.earliest, f"at the policy’s own date ({when})")
    return found


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
