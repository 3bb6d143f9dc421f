"""The verdicts as a file that other programs read: verdicts.json."""

from __future__ import annotations

import json

from policylang.checker.as_json import as_json
from policylang.evidence.run import AssessInput, DocumentFacts
from policylang.model.document import DatedRole, Document, LooseDate


def verdicts_json(run: AssessInput) -> bytes:
    """The verdicts in the form that ``policylang check --format json`` prints, files without their folders."""
    return canonical(as_json(_document(run.policy, "policy"), _document(run.code, "code"), run.verdicts))


def _document(facts: DocumentFacts, kind: str) -> Document:
    """As much of a document as its record names."""
    return Document(
        kind=kind,
        id=facts.id,
        name=facts.file,
        title=facts.title,
        organisation=facts.organisation,
        edition=facts.edition if kind == "code" else "",
        version=facts.edition if kind == "policy" else "",
        cited_as=facts.cited_as,
        dates=[DatedRole("in force", LooseDate(facts.in_force.isoformat()))] if facts.in_force else [],
    )


def canonical(data: object) -> bytes:
    """JSON that is the same on every machine: sorted keys, two spaces of indent, Unix line ends, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return (text + "\n").encode("utf-8", "replace")
