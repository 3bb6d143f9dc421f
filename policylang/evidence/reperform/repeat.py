"""The work done again from the same inputs with the recorded options: gives the files that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from policylang.evidence.comply import ComplyRule
from policylang.evidence.outputs import Outputs
from policylang.evidence.reperform.forms import Work
from policylang.evidence.reperform.found import Found
from policylang.evidence.reperform.inputs import Inputs
from policylang.findings.problem import Problem


def repeat(found: Found, inputs: Inputs) -> Outputs | None:
    """The files as they come out now; ``None``, with findings, where the inputs can no longer be read."""
    try:
        return _REPEAT[found.manifest.form.work](found, inputs)
    except Problem as stopped:
        found.findings.extend(stopped.findings)
        return None


def _assessment(found: Found, inputs: Inputs) -> Outputs:
    from policylang.evidence.assess import assess
    from policylang.evidence.gather import gather

    data = found.manifest.data
    options, drawn = data["options"], data["options"]["sample"] or {"size": 0, "seed": 1}
    assert inputs.policy is not None
    made = gather(
        inputs.policy,
        inputs.cases,
        as_at=date.fromisoformat(data["as_at"]),
        mapping=inputs.mapping,
        sheet=options["sheet"] or None,
        code=options["code"] or None,
        rule=ComplyRule(**options["comply_rule"]),
        turn=options["sensitivity"],
        answers=inputs.answers,
        person=inputs.person,
        source=inputs.source,
        sample=drawn["size"],
        seed=drawn["seed"],
        pseudonyms=inputs.key,
    )
    return assess(made).files


def _annual(found: Found, inputs: Inputs) -> Outputs:
    from policylang.evidence.annual.asked import Asked, gather_year
    from policylang.evidence.annual.make import annual_files, judge_year, report_of

    data = found.manifest.data
    options = data["options"]
    assert inputs.policy is not None
    assert inputs.cases is not None
    asked = Asked(
        date.fromisoformat(options["year"]),
        date.fromisoformat(data["as_at"]),
        options["homes"],
        options["tenures"],
        options["sheet"],
        options["suppress_under"],
        options["target"],
    )
    judged = judge_year(
        gather_year(
            inputs.policy,
            inputs.cases,
            asked,
            mapping=inputs.mapping,
            answers=inputs.answers,
            before=inputs.before,
            pseudonyms=inputs.key,
        )
    )
    return annual_files(judged, report_of(judged))


_REPEAT: Mapping[Work, Callable[[Found, Inputs], Outputs]] = {Work.ASSESSMENT: _assessment, Work.ANNUAL: _annual}
