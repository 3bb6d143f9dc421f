"""The manifest: from what, by what and how an assessment was made, so that another auditor can repeat it.

The number at the end of its schema is that of its form: which entries it has and what they mean. It changes when they
do, and :mod:`policylang.evidence.reperform.forms` says how older ones are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from policylang import __version__
from policylang.evidence.comply import Answer
from policylang.evidence.document_facts import digest, text_digest
from policylang.evidence.join import DutyPractice, ProvisionEvidence
from policylang.evidence.records import canonical
from policylang.evidence.run import AssessInput, DocumentFacts
from policylang.evidence.tally import Tally
from policylang.evidence.totals import ControlTotals
from policylang.model.data import checks_dir

SCHEMA = "policylang-manifest/2"


def manifest(
    run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals, outputs: Mapping[str, str]
) -> bytes:
    """The manifest as canonical JSON; ``outputs`` is the SHA-256 of each file by its name. It holds no path, no time of
    day and nothing of the machine."""
    rule = run.comply_rule
    return sealed(
        {
            "schema": SCHEMA,
            "tool": tool_record(),
            "data": data_digests(),
            "as_at": run.as_at.isoformat(),
            "policy": document_record(run.policy),
            "code": document_record(run.code),
            "other_codes": [document_record(code) for code in run.other_codes],
            "form": {"id": run.form.id, "sha256": form_digest(run.form.id)},
            "calendar": {"id": run.calendar.id, "digest": run.calendar.digest},
            "answers": {"file": run.answers[0], "sha256": run.answers[1]},
            "person": {"file": run.person_file[0], "sha256": run.person_file[1]},
            "mapping": {"file": run.mapping[0], "sha256": run.mapping[1]},
            "source": {
                "file": run.source.file if run.source else "",
                "sha256": run.source.digest if run.source else "",
            },
            "inputs": dict(sorted(run.casebook.digests.items())) if run.casebook else {},
            "options": {
                "code": run.code_asked,
                "sheet": run.sheet_asked,
                "pseudonyms": run.pseudonyms,
                "sensitivity": bool(run.assumptions),
                "sample": {"size": run.sample.asked_for, "seed": run.sample.seed} if run.sample else None,
                "comply_rule": {
                    "breach_in_practice": rule.breach_in_practice,
                    "duty_never_arose": rule.duty_never_arose,
                    "not_seen": rule.not_seen,
                    "unverified": rule.unverified,
                },
                "conventions": dict(run.conventions),
            },
            "control_totals": account(totals) | _totals(rows, totals),
            "outputs": dict(sorted(outputs.items())),
        }
    )


def sealed(data: Mapping[str, Any]) -> bytes:
    """A manifest as canonical JSON with its own seal in it, so that one changed byte of it shows without repeating the
    work. The seal is no signature: whoever changes a manifest on purpose can seal it again, and is found out by the
    work."""
    return canonical({**data, "seal": seal_of(data)})


def seal_of(data: Mapping[str, Any]) -> str:
    """The SHA-256 of everything in a manifest but the seal."""
    return digest(canonical({name: value for name, value in data.items() if name != "seal"}))


def tool_record() -> dict[str, str]:
    """The tool by its version and by the hash of its program text."""
    return {"name": "policylang", "version": __version__, "sha256": tool_digest()}


def document_record(facts: DocumentFacts) -> dict[str, str]:
    """A policy or a code by its printed name, its file and its hash."""
    return {
        "id": facts.id,
        "title": facts.title,
        "edition": facts.edition,
        "file": facts.file,
        "sha256": facts.digest,
    }


def account(totals: ControlTotals) -> dict[str, Any]:
    """What was read, judged and set aside, and what all outcomes came to."""
    return {
        "rows_read": totals.rows_read,
        "cases_judged": totals.judged,
        "cases_under_no_edition": totals.not_governed,
        "rows_set_aside": totals.set_aside,
        "set_aside_because": dict(totals.set_aside_why),
        "hidden_rows": totals.hidden_rows,
        "reconciles": totals.reconciles,
        "outcomes": _tally(totals.outcomes),
    }


def _totals(rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> dict[str, Any]:
    return {
        "duties": [_duty(duty) for duty in totals.duties],
        "aims": [_duty(duty) for duty in totals.aims],
        "comply": {answer.value: sum(row.comply.answer is answer for row in rows) for answer in Answer},
    }


def _duty(duty: DutyPractice) -> dict[str, Any]:
    first = duty.outcomes[0]
    named = {"duty": duty.duty, "document": duty.document, "source": duty.source, "provision": first.provision}
    if duty.aim:
        tally = duty.tally
        kept = {"kept": tally.met, "missed": tally.breached, "open": tally.pending, "unknown": tally.cannot_tell}
        return {**named, "cases": {**kept, "not-applicable": tally.not_applicable}}
    return {**named, "outcomes": _tally(duty.tally)}


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "met": tally.met,
        "breached": tally.breached,
        "pending": tally.pending,
        "cannot-tell": tally.cannot_tell,
        "not-applicable": tally.not_applicable,
    }


_EVERY_RUN = ("case-record.yaml", "vocabulary.yaml")


@cache
def tool_digest() -> str:
    """The SHA-256 of the tool's own program text, line ends apart: what a re-performance must run to be the same."""
    package = Path(__file__).resolve().parents[1]
    sum_ = hashlib.sha256()
    for path in sorted(package.rglob("*"), key=lambda p: p.relative_to(package).as_posix()):
        inside = path.relative_to(package)
        if path.suffix in {".py", ".lark", ".html", ".css"} and "_data" not in inside.parts:
            sum_.update(inside.as_posix().encode("utf-8") + b"\0")
            sum_.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return sum_.hexdigest()


def form_digest(form_id: str) -> str:
    """The SHA-256 of a shipped form's file, line ends apart; empty for a form that does not ship."""
    return data_digest(f"forms/{form_id}.yaml")


def data_digests(*more: str) -> dict[str, str]:
    """The SHA-256 of what ships with the tool and every run rests on: the words of policies and of logs, the
    calendars; and of ``more`` files, each named from the folder of that data."""
    calendars = (f"calendars/{path.name}" for path in (checks_dir() / "calendars").glob("*.yaml"))
    return {name: data_digest(name) for name in sorted([*_EVERY_RUN, *calendars, *more])}


def data_digest(name: str) -> str:
    """The SHA-256 of one file that ships with the tool, line ends apart; empty where there is none of that name."""
    path = checks_dir() / name
    if ".." in Path(name).parts or Path(name).is_absolute() or not path.is_file():
        return ""
    return text_digest(path)
