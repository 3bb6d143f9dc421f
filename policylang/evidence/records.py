"""Verdicts and outcomes as files that other programs read: verdicts.json and outcomes.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from policylang.auditor.outcome import Outcome
from policylang.checker.as_json import as_json
from policylang.evidence.run import AssessInput, DocumentFacts
from policylang.evidence.safe_text import for_csv
from policylang.model.document import DatedRole, Document, LooseDate

OUTCOME_COLUMNS = (
    "case", "duty", "source", "document", "provision", "clauses", "stage", "action", "outcome", "reason", "start",
    "due", "actual", "late_by", "late_unit", "why", "repair", "cells", "skipped", "verified",
)  # fmt: skip


def outcomes_csv(outcomes: Iterable[Outcome]) -> bytes:
    """One row an outcome: UTF-8 with the mark by which Excel knows it, dates as 2026-03-31, text never a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(OUTCOME_COLUMNS)
    for o in outcomes:
        writer.writerow(
            (
                for_csv(o.case),
                for_csv(o.duty),
                for_csv(o.source),
                for_csv(o.document),
                for_csv(o.provision or ""),
                for_csv("; ".join(o.clauses)),
                "" if o.stage is None else o.stage,
                for_csv(o.action),
                o.result.value,
                for_csv(o.reason),
                o.start.isoformat() if o.start else "",
                o.due.isoformat() if o.due else "",
                o.actual.isoformat() if o.actual else "",
                o.late.by if o.late else "",
                o.late.unit if o.late else "",
                for_csv(o.why),
                for_csv(o.repair or ""),
                for_csv("; ".join(o.cells)),
                for_csv("; ".join(f"{day.isoformat()} {why}" for day, why in o.skipped)),
                "yes" if o.verified else "no",
            )
        )
    return out.getvalue().encode("utf-8-sig")


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
