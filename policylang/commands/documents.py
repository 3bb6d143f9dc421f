"""The documents that a command names: a policy by its file, codes by their ids; or every error that stops the work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.findings.finding import Finding, Severity
from policylang.findings.problem import Problem

if TYPE_CHECKING:
    from policylang.model.document import Document
    from policylang.model.library import Loaded


def policy_at(path: Path) -> Document:
    """The policy in this file. Raises :class:`Problem` with its errors where it cannot be used."""
    from policylang.model.library import load_policy

    return _usable([load_policy(path)])[0]


def codes_named(names: Iterable[str]) -> list[Document]:
    """The codes named, each once; without a name, every edition of the Housing Ombudsman's Code that comes with the
    tool. Raises :class:`Problem` with the errors of all that cannot be used."""
    from policylang.model.library import editions, load_code

    wanted = list(dict.fromkeys(names))
    return _usable([load_code(name) for name in wanted]) if wanted else editions()


def _usable(loaded: Iterable[Loaded]) -> list[Document]:
    found: list[Document] = []
    faults: list[Finding] = []
    for one in loaded:
        if one.document is None or not one.usable:
            faults += [finding for finding in one.findings if finding.severity is Severity.ERROR]
        else:
            found.append(one.document)
    if faults:
        raise Problem(faults)
    return found
