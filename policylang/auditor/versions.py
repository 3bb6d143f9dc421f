"""Several versions of one policy, each in force until the next begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from policylang.auditor.editions import span_of
from policylang.findings.problem import Problem, problem
from policylang.model.days import say_date
from policylang.model.document import DatedRole, Document, LooseDate


def in_turn(policies: Sequence[Document]) -> list[Document]:
    """The versions oldest first. One that does not say until when it was in force ended the day before the next began;
    versions of one name are told apart by what they call themselves.

    Raises :class:`~policylang.findings.problem.Problem` for a version without the day from which it was in force, for
    two that began on one day, and for two that cannot be told apart by name.
    """
    if len(policies) < 2:
        return list(policies)
    for policy in policies:
        if policy.in_force is None:
            raise _unfit(
                f"“{policy.name}” does not say from which day it was in force, so it is open which cases it judges.",
                "Add a line such as “in force from 2024-04-01.” to it.",
            )
    versions = sorted(policies, key=span_of)
    ended: list[Document] = []
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        if following is None:
            ended.append(version)
            continue
        begins = span_of(following)[0]
        if span_of(version)[0] == begins:
            raise _unfit(
                f"“{version.name}” and “{following.name}” both say that they were in force from {say_date(begins)}.",
                "Correct the date of one of them, or leave one out.",
            )
        ended.append(version if _ends(version) else _until(version, LooseDate((begins - timedelta(1)).isoformat())))
    return _told_apart(ended)


def _ends(version: Document) -> bool:
    assert version.in_force is not None
    return version.in_force[1] is not None


def _until(version: Document, last: LooseDate) -> Document:
    begun = _beginning(version)
    dates = [replace(role, until=last) if role is begun else role for role in version.dates]
    return replace(version, dates=dates)


def _beginning(version: Document) -> DatedRole:
    """The date that :attr:`Document.in_force` goes by."""
    for name in ("in force", "effective", "adopted", "approved", "issued", "published"):
        found = version.role(name)
        if found is not None:
            return found
    raise AssertionError(version.id)


def _told_apart(versions: list[Document]) -> list[Document]:
    names = Counter(version.id for version in versions)
    named = [
        replace(version, id=f"{version.id} (version {version.version})")
        if names[version.id] > 1 and version.version
        else version
        for version in versions
    ]
    twice = [name for name, number in Counter(version.id for version in named).items() if number > 1]
    if twice:
        raise _unfit(
            f"Two of the policies are called “{twice[0]}”, and their versions do not tell them apart.",
            "Give each a version line of its own, or rename one of the files.",
        )
    return named


def _unfit(message: str, help: str) -> Problem:
    return problem("unfit-value", "PL-U04", message, help)
