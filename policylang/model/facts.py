"""What a policy says, as rows: one fact a sentence and action, with its clause, force, figures and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policylang.model import say
from policylang.model.document import DatedRole, Document, Reference, Remark, StageDecl, VersionRow
from policylang.model.norms import Force, Norm, Standing

Fact = dict[str, Any]

_EMPTY: Fact = {
    "clauses": [], "kind": "", "force": None, "negated": False, "stage": None, "action": None, "within": None,
    "from": None, "extent": None, "condition": None, "items": [], "note": None,
}  # fmt: skip


def facts(document: Document) -> list[Fact]:
    """Every fact of a policy or of a code's demands: frame first, then sentences in order, then links and notes."""
    rows = [_dated(d) for d in document.dates]
    if document.governed_by:
        items = [f"edition {edition}" for edition in document.governed_by]
        rows.append(_row(clauses=list(document.governed_by_clauses), kind="governed by", items=items))
    rows += [_version(row) for row in document.history]
    rows += [_stage(s) for s in document.stages]
    rows += [_norm(norm) for norm in _norms(document)]
    rows += [_reference(r) for r in document.references]
    rows += [_remark(r) for r in document.remarks]
    return rows


def _norms(document: Document) -> Iterator[Norm]:
    yield from document.norms
    for provision in document.provisions:
        yield from provision.demands


def _row(**parts: Any) -> Fact:
    return {**_EMPTY, **parts}


def _norm(norm: Norm) -> Fact:
    within = norm.within
    found = [*say.items(norm.objects)]
    for name, listed in norm.lists.items():
        found += [f"{name.replace('_', ' ')} {word}" for word in say.items(listed)]
    if norm.count is not None:
        found.append(f"{norm.amount + ' ' if norm.amount else ''}{norm.count}{' ' + norm.unit if norm.unit else ''}")
    if norm.every is not None:
        how = f"every {norm.every.every}" if norm.every.every else str(norm.every.words)
        found.append(f"at least {how}" if norm.every.at_least else how)
    if norm.not_same_person_as is not None:
        found.append(f"not by the same person as stage {norm.not_same_person_as}")
    found += [
        f"{'before' if w.before else 'after'} {f'{w.duration} of ' if w.duration else ''}{say.event(w.event)}"
        for w in norm.waits
    ]
    return _row(
        clauses=list(norm.clauses),
        kind=str(norm.kind),
        force=str(Force.WILL) if norm.sentence.modal is None else str(norm.force),
        negated=norm.negated,
        stage=norm.stage,
        action=norm.action,
        within=None if within is None else _duration(within.duration.n, within.duration),
        **{"from": None if within is None else say.event(within.start)},
        extent=_extent(norm),
        condition=say.clauses(norm),
        items=[*(f"subject {word}" for word in say.items(norm.actors)), *found],
        note=_note(norm),
    )


def _duration(n: int | None, duration: Any) -> Fact:
    row: Fact = {"n": n, "unit": str(duration.unit)}
    if duration.choices:
        row["choices"] = list(duration.choices)
    if duration.placeholder is not None:
        row["placeholder"] = duration.placeholder
    return row


def _extent(norm: Norm) -> Fact | None:
    if norm.extent is None:
        return None
    limit, total = norm.extent.limit, norm.extent.total
    return {
        "limit": _duration(limit.n, limit) if limit else None,
        "total": _duration(total.n, total) if total else None,
        "further": norm.extent.further,
    }


def _lists(norm: Norm) -> list[str]:
    """What a list's mark and joints say, where they are more than commas: ``giving: at least``."""
    said = []
    for name, items in (("subject", norm.actors), ("objects", norm.objects), *norm.lists.items()):
        if items.mark:
            count = f" {items.count} of" if items.count else ""
            said.append(f"{name}: {items.mark}{count}")
        if items.joined in ("or", "and/or"):
            said.append(f"{name} joined by {items.joined}")
    return said


_BORROWED = {"code": "as the code requires", "code times": "same times as the code"}


def _note(norm: Norm) -> str | None:
    parts = [*norm.remarks, *norm.manner, *_lists(norm)]
    if norm.hedge:
        parts.append(f"hedged: {norm.hedge}")
    if norm.prompt:
        parts.append(norm.prompt)
    if norm.no_deadline:
        parts.append("no deadline stated")
    if norm.any_stage:
        parts.append("any stage")
    if norm.borrowed:
        parts.append(_BORROWED.get(norm.borrowed) or f"as {norm.borrowed} says")
    if norm.see:
        parts.append(f"see {', '.join(norm.see)}")
    parts += [f"see {cited.label} of edition {cited.edition}" for cited in norm.see_code]
    if norm.standing:
        parts.append(_standing(norm.standing))
    if norm.reading:
        parts.append(f"reading: {norm.reading}")
    return "; ".join(parts) or None


def _standing(standing: Standing) -> str:
    return f"from {standing.kind}{f' of {standing.of}' if standing.of else ''}"


def _version(row: VersionRow) -> Fact:
    when = [row.when.text] if row.when else []
    return _row(kind="version", items=[row.label, *when], note=row.summary)


def _dated(d: DatedRole) -> Fact:
    words = f"{'by ' if d.when.bound else ''}{d.when.text}{f' until {d.until.text}' if d.until else ''}"
    note = f"by {', '.join(d.by)}" if d.by else None
    return _row(clauses=list(d.clauses), kind="date", action=d.role, items=[words], note=note)


def _stage(s: StageDecl) -> Fact:
    note = "informal" if s.informal else "after the last stage" if s.later else None
    note = f"reading: {s.reading}" if s.reading is not None else note
    return _row(clauses=list(s.clauses), kind="stage", stage=s.number, items=[s.title] if s.title else [], note=note)


def _reference(r: Reference) -> Fact:
    return _row(
        clauses=list(r.clauses), kind="linked" if r.linked else "reference", items=[*r.words, *r.texts]
    )  # fmt: skip


def _remark(r: Remark) -> Fact:
    standing = f" ({_standing(r.standing)})" if r.standing else ""
    return _row(clauses=list(r.clauses), kind="principle", note=f"{r.text}{standing}")
