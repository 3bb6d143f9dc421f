"""The front door of the checker: a policy held against a code, provision by provision."""

from __future__ import annotations

from dataclasses import replace

from policylang.checker.verdict import Verdict
from policylang.checker.verdicts import judge
from policylang.checker.view import Policy
from policylang.model.document import Document


def check(policy: Document, code: Document) -> list[Verdict]:
    """One verdict for each provision of the code, in the code's order (docs: checking).

    Both documents are taken as understood: whoever loads them reports what could not be read. Any document with
    sentences can be the policy, a code read as a policy included.
    """
    prepared = Policy(policy)
    return [judge(prepared, code, provision) for provision in code.provisions]


def as_policy(document: Document) -> Document:
    """A code read as a policy: what it demands, promised word for word. Any other document is returned as it is."""
    if document.kind != "code":
        return document
    promised = [norm for provision in document.provisions for norm in provision.demands]
    return replace(document, kind="policy", norms=[*document.norms, *promised], provisions=[])
