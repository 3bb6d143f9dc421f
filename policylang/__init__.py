"""Policylang: complaints policies as text that can be linted, checked against a Code, and held against case files.

The front door: :func:`load_policy` and :func:`load_code` (documents with their findings), :func:`check` (verdicts),
:func:`read_cases` (a case book), :func:`audit` (outcomes), :func:`gather` and :func:`assess` (evidence). Each is
imported when it is first used, so that a short command stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policylang.auditor.audit import audit as audit
    from policylang.casebook.reader import read_cases as read_cases
    from policylang.checker.check import check as check
    from policylang.evidence.assess import assess as assess
    from policylang.evidence.gather import gather as gather
    from policylang.model.library import load_code as load_code
    from policylang.model.library import load_policy as load_policy

__version__ = "0.1.0"
__all__ = ["assess", "audit", "check", "gather", "load_code", "load_policy", "read_cases"]

_HOMES = {
    "assess": "policylang.evidence.assess",
    "audit": "policylang.auditor.audit",
    "check": "policylang.checker.check",
    "gather": "policylang.evidence.gather",
    "load_code": "policylang.model.library",
    "load_policy": "policylang.model.library",
    "read_cases": "policylang.casebook.reader",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"policylang has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
