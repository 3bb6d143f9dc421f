"""From an audited year to the files of its report."""

from __future__ import annotations

from fractions import Fraction

from policylang.auditor.audit import AuditResult
from policylang.casebook.cases import CaseBook
from policylang.evidence.annual.drawings import YearData, drawings
from policylang.evidence.annual.figures import by_key, figures_of
from policylang.evidence.annual.files import files, input_digests
from policylang.evidence.annual.performance import Performance, WorkingDays
from policylang.evidence.annual.report import Report
from policylang.evidence.annual.tsm import Measures
from policylang.evidence.annual.year_before import YearBefore


def annual_files(
    organisation: str,
    result: AuditResult,
    casebook: CaseBook,
    working_days: WorkingDays,
    figures: tuple[Performance, Performance | None, Measures],
    under: int = 0,
    target: Fraction | None = None,
    published: YearBefore | None = None,
) -> dict[str, bytes]:
    """Every file by its name. ``under``: smaller numbers are suppressed; ``target``: the landlord's own, for one that
    is not the Code's (every answer in time); ``published``: the year before as it was reported then, which stands in
    place of what the log says of it."""
    report = report_of(organisation, result, casebook, working_days, figures, under, target, published)
    return files(report, figures[2], input_digests(casebook, published))


def report_of(
    organisation: str,
    result: AuditResult,
    casebook: CaseBook,
    working_days: WorkingDays,
    figures: tuple[Performance, Performance | None, Measures],
    under: int = 0,
    target: Fraction | None = None,
    published: YearBefore | None = None,
) -> Report:
    """The report as figures, pictures and notes."""
    now, before, measured = figures
    these, those = figures_of(now, None if published else before, measured, under)
    if published is not None:
        those = published.figures
    aim = (Fraction(1), "the Code: every one") if target is None else (target, "the landlord's own")
    data = YearData(result, casebook, now.year, working_days, by_key(these), by_key(those), bool(under), *aim)
    return Report(organisation, now.year, result.as_at, these, those, tuple(drawings(data)), measured.unverified, under,
                  published.note if published else "")  # fmt: skip
