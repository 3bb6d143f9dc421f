"""The manifest of an annual report: from what, by what and how its figures were made, so that they can be made again.

It holds control totals as they are, small numbers too, and so is for the organisation and its auditors, not for
publication.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policylang.evidence.annual.asked import YearInput
from policylang.evidence.annual.performance import Performance, StageYear
from policylang.evidence.annual.tsm import Measures
from policylang.evidence.manifest import account, data_digests, document_record, sealed, tool_record
from policylang.evidence.totals import ControlTotals

SCHEMA = "policylang-annual-manifest/1"
MEASURES = "measures/rsh-tsm.yaml"


def year_manifest(
    run: YearInput, now: Performance, measured: Measures, totals: ControlTotals, outputs: Mapping[str, str]
) -> bytes:
    """The manifest as canonical JSON; ``outputs`` is the SHA-256 of each file by its name. It holds no path, no time of
    day and nothing of the machine."""
    asked, before = run.asked, run.published
    return sealed(
        {
            "schema": SCHEMA,
            "tool": tool_record(),
            "data": data_digests(MEASURES),
            "as_at": asked.judged_at.isoformat(),
            "policy": document_record(run.policy_facts),
            "codes": [document_record(code) for code in run.code_facts],
            "calendar": _calendar(run.policy.calendar),
            "mapping": _file(*run.mapping),
            "answers": _file(*run.answers),
            "before": _file(before.file, before.digest) if before else _file("", ""),
            "inputs": {Path(name).name: digest for name, digest in sorted(run.casebook.digests.items())},
            "options": {
                "year": asked.first.isoformat(),
                "homes": dict(sorted(asked.homes.items())),
                "tenures": dict(sorted(asked.tenures.items())),
                "sheet": asked.sheet,
                "suppress_under": asked.under,
                "target": asked.target,
                "pseudonyms": run.pseudonyms,
            },
            "control_totals": account(totals) | _of_year(now, measured),
            "outputs": dict(sorted(outputs.items())),
        }
    )


def _of_year(now: Performance, measured: Measures) -> dict[str, Any]:
    return {
        "stages": [_stage(stage) for stage in now.stages],
        "escalated": now.escalated,
        "measures": {
            f"{one.measure}.{one.stock}": {"numerator": one.numerator, "rests_on": one.whole, "unknown": one.unknown}
            for one in measured.measured
        },
    }


def _calendar(name: str) -> dict[str, str]:
    from policylang.model.calendar import load_calendar

    calendar = load_calendar(name)
    return {"id": calendar.id, "digest": calendar.digest}


def _file(name: str, digest: str) -> dict[str, str]:
    return {"file": name, "sha256": digest}


def _stage(stage: StageYear) -> dict[str, Any]:
    return {
        "stage": stage.stage,
        "received": stage.received,
        "perhaps_of_the_year": stage.unsure,
        "refused": stage.refused,
    }
