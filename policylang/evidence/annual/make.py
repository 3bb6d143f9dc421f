"""From a year's input to its figures, its report and the files of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from policylang.auditor.audit import AuditResult, audit
from policylang.evidence.annual.asked import YearInput, name_of
from policylang.evidence.annual.drawings import YearData, drawings
from policylang.evidence.annual.figures import by_key, figures_of
from policylang.evidence.annual.files import MANIFEST, files
from policylang.evidence.annual.manifest import year_manifest
from policylang.evidence.annual.performance import Performance, WorkingDays, performance
from policylang.evidence.annual.report import Report
from policylang.evidence.annual.tsm import Measures, measures
from policylang.evidence.gather import working_day_counter
from policylang.evidence.outputs import Outputs
from policylang.evidence.totals import control_totals


@dataclass(frozen=True, slots=True)
class JudgedYear:
    """The year's figures: of this year, of the year before as far as the log reaches back, and the measures."""

    run: YearInput
    result: AuditResult
    working_days: WorkingDays
    now: Performance
    before: Performance | None
    measured: Measures


def judge_year(run: YearInput, progress: Callable[[int], None] | None = None) -> JudgedYear:
    """Judge the log under the policy and the Codes and count the year; ``progress`` is called after each case."""
    asked, book = run.asked, run.casebook
    result = audit(run.policy, list(run.codes), book, asked.judged_at, progress=progress)
    days = working_day_counter(run.policy.calendar)
    now = performance(result, book, asked.year, days, sum(asked.homes.values()) or None)
    then = performance(result, book, asked.year.before, days)
    measured = measures(result, book, asked.year, asked.homes, asked.tenures)
    return JudgedYear(run, result, days, now, then if then.stages[0].received else None, measured)


def report_of(judged: JudgedYear) -> Report:
    """The report as figures, pictures and notes. The year before as it was published stands in place of what the log
    says of it."""
    run, asked = judged.run, judged.run.asked
    published, under = run.published, run.asked.under
    these, those = figures_of(judged.now, None if published else judged.before, judged.measured, under)
    if published is not None:
        those = published.figures
    data = YearData(
        judged.result, run.casebook, asked.year, judged.working_days, by_key(these), by_key(those), bool(under),
        *asked.aim,
    )  # fmt: skip
    return Report(
        name_of(run.policy),
        asked.year,
        judged.result.as_at,
        these,
        those,
        tuple(drawings(data)),
        judged.measured.unverified,
        under,
        published.note if published else "",
    )


def annual_files(judged: JudgedYear, report: Report) -> Outputs:
    """Every file by its name, the manifest last. Nothing has been written anywhere yet."""
    made = Outputs()
    for name, content in files(report, judged.measured, input_digests(judged.run)).items():
        made.put(name, content)
    totals = control_totals(judged.run.casebook, list(judged.result.outcomes))
    made.put(MANIFEST, year_manifest(judged.run, judged.now, judged.measured, totals, made.digests))
    return made


def input_digests(run: YearInput) -> dict[str, str]:
    """The SHA-256 of the log and of what stands beside it, by the names of the files without their folders."""
    found = {Path(name).name: digest for name, digest in run.casebook.digests.items()}
    return found if run.published is None else {**found, run.published.file: run.published.digest}
