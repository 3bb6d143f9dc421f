"""Everything that a shipped policy says, one line each with the clauses it stands under, frame and gaps included."""

from __future__ import annotations

from functools import cache

from policylang.language.clauses import spread
from policylang.model.data import policies_dir
from policylang.model.library import load_policy
from tests.policies.test_clause_by_clause import line, said

ANYWHERE = "-"
"""Stands for a clause where a fact is about the document as a whole."""


@cache
def lines_of(policy: str) -> tuple[tuple[frozenset[str], str], ...]:
    """Each fact of the policy, with what its frame says and the headings under which it says nothing."""
    document = load_policy(policies_dir() / f"{policy}.policy").document
    assert document is not None
    found = [(frozenset(fact["clauses"] or [ANYWHERE]), line(fact)) for fact in said(policy)]
    labels = spread(document.clause_labels)
    whole = [f"labels: {', '.join(labels)}"]
    if document.document_type:
        whole.append(f"document: {document.document_type} under “{document.parent}”")
    if not document.governed_by:
        whole.append("governed by: nothing is said")
    found += [(frozenset([ANYWHERE]), text) for text in whole]
    spoken_of = {label for clauses, _ in found for label in clauses}
    found += [(frozenset([label]), "nothing under it") for label in labels if label not in spoken_of]
    return tuple(found)
