"""The yearly figures in words and as plain data: for the screen, the page and other programs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from policylang.evidence.annual.figures import by_key
from policylang.evidence.annual.performance import Performance, StageYear, Times
from policylang.evidence.annual.report import Report, notes
from policylang.evidence.annual.tsm import Measured, Measures, definitions
from policylang.evidence.tally import Tally
from policylang.evidence.words import count, percent
from policylang.model.days import MONTHS

NOT_REPORTABLE = "not reportable"


def share_words(tally: Tally) -> str:
    """``93.5% (14 of 217 late)``; with what cannot be told as a range, and where that is too much the range alone."""
    if tally.share_range is None:
        return "no figure"
    low, high = tally.share_range
    late = f"{tally.breached:,} of {tally.met + tally.breached:,} late"
    if not tally.certain_enough:
        return f"{percent(low)} to {percent(high)}; {count(tally.cannot_tell, 'case')} cannot be told"
    doubt = f"; {percent(low)} to {percent(high)} with the {tally.cannot_tell:,} that cannot be told"
    return f"{percent(tally.share_met)} ({late}{doubt if tally.cannot_tell else ''})"


def times_words(times: Times) -> str:
    """``mean 9.1, median 9, longest 31 (210 cases)``, in working days."""
    if times.mean is None or times.median is None:
        return "no figure"
    median = f"{times.median:g}"
    return f"mean {times.mean:.1f}, median {median}, longest {times.longest} ({count(times.cases, 'case')})"


def measured_words(one: Measured) -> tuple[str, str]:
    """The headline figure, or that it is not reportable, and what it rests on."""
    show = _rate if one.kind == "volume" else percent
    if one.kind == "volume":
        rests = count(one.numerator, "complaint")
        if one.value is None and one.high is None:
            return "the number of homes is needed", rests + _doubt(one)
    else:
        rests = f"{one.numerator:,} of {one.whole - one.unknown:,} in time"
    if one.value is None:
        return "no figure", rests + _doubt(one)
    if not one.reportable:
        return f"{NOT_REPORTABLE}: {show(one.low)} to {show(one.high)}", rests + _doubt(one)
    spread = f", {show(one.low)} to {show(one.high)}" if one.unknown else ""
    if one.strictly is not None and one.strictly != one.value:
        rests += f"; {percent(one.strictly)} without extensions"
    return f"{show(one.value)}{spread}", rests + _doubt(one)


def _doubt(one: Measured) -> str:
    return f"; {count(one.unknown, 'case')} cannot be told" if one.unknown else ""


def _rate(value: Fraction | None) -> str:
    return "no figure" if value is None else f"{float(value):.1f}"


def month_name(year: int, month: int) -> str:
    """``Apr 2025``."""
    return f"{MONTHS[month - 1][:3]} {year}"


def annual_text(now: Performance, before: Performance | None, measured: Measures) -> str:
    """The year as text: what was received, how it was answered, what came of it, then the measures."""
    parts = [list(_volumes(now, before)), *(list(_stage(now, before, n)) for n in (0, 1)), list(_rest(now, before))]
    parts += [list(_measures(measured))]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _volumes(now: Performance, before: Performance | None) -> Iterator[str]:
    yield f"Complaints of {now.year.name}" + (f" (before: {before.year.name})" if before else "")
    for stage in now.stages:
        then = f"  before {_then(before, stage.stage).received:,}" if before else ""
        per = now.per_thousand(stage.received)
        rate = f"; {per:.1f} for each 1,000 homes" if per is not None else ""
        unsure = f"; {count(stage.unsure, 'more')[:-1] if stage.unsure != 1 else '1 more'} may belong to the year"
        yield f"  stage {stage.stage}: {stage.received:,}{rate}{unsure if stage.unsure else ''}{then}"
    yield "  by month: " + ", ".join(f"{month_name(y, m)} {n}" for y, m, n in now.stages[0].by_month)
    yield "  by category: " + (", ".join(f"{word} {n}" for word, n in now.categories) or "none on record")


def _then(before: Performance, stage: int) -> StageYear:
    return before.stages[stage - 1]


def _stage(now: Performance, before: Performance | None, index: int) -> Iterator[str]:
    stage = now.stages[index]
    yield f"Stage {stage.stage}, under the edition of the Code in force for each case"
    old = before.stages[index] if before else None
    rows = (
        ("acknowledged in time", share_words(stage.acknowledged), old and share_words(old.acknowledged)),
        ("answered in time", share_words(stage.responded), old and share_words(old.responded)),
        ("without extensions", share_words(stage.responded_strictly), old and share_words(old.responded_strictly)),
        ("working days to answer", times_words(stage.from_receipt), old and times_words(old.from_receipt)),
        ("  from acknowledgement", times_words(stage.from_acknowledgement), None),
    )
    for name, words, then in rows:
        yield f"  {name:<24}{words}" + (f"\n    {'the year before':<22}{then}" if then else "")
    if stage.responded.pending:
        yield f"  {'not yet due':<24}{count(stage.responded.pending, 'case')}"


def _rest(now: Performance, before: Performance | None) -> Iterator[str]:
    received = now.stages[0].received
    share = percent(Fraction(now.escalated, received)) if received else "no figure"
    yield f"Went on to stage 2: {now.escalated:,} of {count(received, 'complaint')} ({share})"
    if now.outcomes:
        yield "Decisions: " + ", ".join(f"{word} {n}" for word, n in now.outcomes)
    first = now.stages[0]
    undated = f"; {first.refused_undated:,} of them with a ground and no day on record" if first.refused_undated else ""
    grounds = ", ".join(f"{word} {n}" for word, n in now.refusals)
    yield f"Refused: {first.refused:,} ({grounds}){undated}" if first.refused else "Refused: none on record"
    yield "Still open: " + (", ".join(f"{word} {n}" for word, n in now.open_by_age) or "none")


def _measures(measured: Measures) -> Iterator[str]:
    known = definitions()
    yield f"{known['title']} ({known['issuer']}), {measured.year.name}"
    for one in measured.measured:
        headline, rests = measured_words(one)
        yield f"  {one.measure} {one.stock}  {headline} ({rests})"
    if measured.strange_tenures:
        words = ", ".join(f"{word} ({n})" for word, n in measured.strange_tenures)
        first = measured.strange_tenures[0][0]
        yield f"  Tenures that nobody has said the stock of: {words}. Say it: --tenure “{first}=LCRA”"
    if measured.movers:
        yield "  The cases whose missing cells leave most open:"
        for mover in measured.movers:
            yield f"    {mover.case}: {', '.join(mover.cells) or 'see its outcomes'} ({count(mover.figures, 'figure')})"
    yield "  Unverified rules behind these figures; compare the Regulator's Technical Requirements before publishing:"
    for rule in measured.unverified:
        yield f"    {rule}"


def figures_text(report: Report) -> str:
    """Every figure of the report as text, exactly as its documents print it: what is suppressed there is here too."""
    old = by_key(report.before)
    lines = [report.title, report.lede, *notes(report)]
    wide = max(len(figure.name) for figure in report.now)
    for section in dict.fromkeys(figure.section for figure in report.now):
        lines += ["", section]
        for figure in (one for one in report.now if one.section == section):
            lines.append(f"  {figure.name:<{wide}}  {figure.words}")
            if figure.key in old:
                lines.append(f"    {'the year before':<{wide - 2}}  {old[figure.key].words}")
    lines += ["", "Unverified rules behind these figures; compare the Regulator's Technical Requirements:"]
    lines += [f"  {rule}" for rule in report.unverified]
    return "\n".join(lines)


def annual_record(now: Performance, before: Performance | None, measured: Measures) -> dict[str, Any]:
    """The same as plain data; shares are given as numbers of thousandths exactly as they are printed."""
    return {
        "year": {"first": now.year.first.isoformat(), "last": now.year.last.isoformat()},
        "performance": _performance(now),
        "year_before": _performance(before) if before else None,
        "measures": [
            {
                "measure": one.measure,
                "stock": one.stock,
                "numerator": one.numerator,
                "rests_on": one.whole,
                "unknown": one.unknown,
                "value": _number(one.value),
                "lowest": _number(one.low),
                "highest": _number(one.high),
                "without_extensions": _number(one.strictly),
                "reportable": one.reportable,
            }
            for one in measured.measured
        ],
        "movers": [{"case": m.case, "figures": m.figures, "cells": list(m.cells)} for m in measured.movers],
        "unverified": list(measured.unverified),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _performance(year: Performance) -> dict[str, Any]:
    return {
        "homes": year.homes,
        "stages": [
            {
                "stage": stage.stage,
                "received": stage.received,
                "may_belong": stage.unsure,
                "refused": stage.refused,
                "refused_without_a_day": stage.refused_undated,
                "by_month": [{"month": f"{y}-{m:02d}", "received": n} for y, m, n in stage.by_month],
                "acknowledged": _tally(stage.acknowledged),
                "responded": _tally(stage.responded),
                "responded_without_extensions": _tally(stage.responded_strictly),
                "working_days_from_receipt": _times(stage.from_receipt),
                "working_days_from_acknowledgement": _times(stage.from_acknowledgement),
            }
            for stage in year.stages
        ],
        "categories": dict(year.categories),
        "escalated": year.escalated,
        "outcomes": dict(year.outcomes),
        "refusals": dict(year.refusals),
        "open_by_age": dict(year.open_by_age),
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"met": tally.met, "breached": tally.breached, "pending": tally.pending, "cannot_tell": tally.cannot_tell}


def _times(times: Times) -> dict[str, Any]:
    return {"cases": times.cases, "mean": times.mean, "median": times.median, "longest": times.longest}
