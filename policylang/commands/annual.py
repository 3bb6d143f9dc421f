"""``policylang annual``: the figures of a year for the annual report, and the Regulator's measures."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    Progress,
    emit,
    emit_json,
    format_option,
    overwrite_option,
    problem,
    pseudonyms_option,
    spare,
    whole_folder,
)


@click.command(short_help="A year's figures for the annual report, and the Regulator's measures.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE)
@click.option("--year", "first", type=DAY, required=True, help="The first day of the year, such as 2025-04-01.")
@click.option("--as-at", type=DAY, help="The day on which cases are judged as they stood.  [default: the year's last]")
@click.option("--homes", multiple=True, metavar="STOCK=NUMBER", help="Homes owned at year end: LCRA=2000, LCHO=150.")
@click.option("--tenure", "tenures", multiple=True, metavar="WORD=STOCK", help="Which stock a tenure of the log is.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--answers", type=INPUT_FILE, help="A sample (see policylang sample) with its questions answered.")
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the report: Word, browser, Excel, data.")
@click.option("--suppress-under", "under", type=click.IntRange(2, 100), help="Print no number below this, anywhere.")
@click.option("--before", type=INPUT_FILE, help="The figures.json of the year before, to compare with.")
@click.option("--target", type=click.FloatRange(0, 100), help="With --out: your target in per cent.  [default: 100]")
@pseudonyms_option()
@overwrite_option()
@format_option("text", "json")
def annual(
    policy: Path,
    cases: Path,
    first: date,
    as_at: date | None,
    homes: tuple[str, ...],
    tenures: tuple[str, ...],
    mapping: Path | None,
    sheet: str | None,
    answers: Path | None,
    out: Path | None,
    under: int | None,
    before: Path | None,
    target: float | None,
    pseudonyms: Path | None,
    overwrite: bool,
    format: str,
) -> Exit:
    """The quantitative part of the annual complaints report (Code 8.1), and CH01 and CH02, from one log.

    A complaint belongs to the year in which it was received, and at stage 2 to the year in which stage 2 was asked for.
    Every share comes with the range that what cannot be told allows; where that is more than a twentieth, the range is
    all there is. The year before stands beside: as the log has it, where it reaches back, or as it was reported then,
    with --before. With --out the report is written as documents that name no case; --suppress-under 5 keeps small
    numbers out of them and off the screen, and every number that would tell them.

    \b
    policylang annual my.policy log.xlsx --year 2025-04-01 --homes LCRA=4200 --homes LCHO=310
    policylang annual my.policy log.xlsx --year 2025-04-01 --tenure "Extra care=LCRA" --format json
    policylang annual my.policy log.xlsx --year 2025-04-01 --out annual --suppress-under 5
    policylang annual my.policy log.xlsx --year 2026-04-01 --before annual/figures.json
    """
    from policylang.evidence.annual.asked import Asked, gather_year
    from policylang.evidence.annual.files import NAMES, record
    from policylang.evidence.annual.make import annual_files, input_digests, judge_year, report_of
    from policylang.evidence.annual.tsm import STOCK
    from policylang.evidence.annual.words import annual_record, annual_text, figures_text
    from policylang.evidence.reperform.forms import Work
    from policylang.evidence.reperform.read import spare_other_work

    if out is None and target is not None:
        raise problem("unfit-value", "PL-U04", "--target is about what is written.", "Add --out and a folder.")
    owned = {name: _whole(number) for name, number in _pairs(homes, STOCK)}
    said = {word: _stock(stock, (*STOCK, "outside")) for word, stock in _pairs(tenures)}
    first, as_at = _fit(first, "--year"), as_at and _fit(as_at, "--as-at")
    asked = Asked(first, as_at, owned, said, sheet or "", under or 0, "" if target is None else str(target))
    if out is not None:
        spare((policy, cases, mapping, answers, before, pseudonyms), *(out / name for name in NAMES))
        spare_other_work(out, Work.ANNUAL)
    with whole_folder(out, overwrite=overwrite) if out else nullcontext() as folder:
        run = gather_year(policy, cases, asked, mapping=mapping, answers=answers, before=before, pseudonyms=pseudonyms)
        with Progress("Judging cases", total=len(run.casebook.cases)) as step:
            judged = judge_year(run, step)
        report = report_of(judged) if out or under or before else None
        if folder is not None and report is not None:
            made = annual_files(judged, report)
            for name in made:
                made.write(name, folder / name)
    if report is not None and (under or before):
        # The same figures as in the documents: what is kept out of those is kept off the screen.
        if format == "json":
            emit_json(record(report, input_digests(run)))
        else:
            emit(figures_text(report))
    elif format == "json":
        emit_json(annual_record(judged.now, judged.before, judged.measured))
    else:
        emit(annual_text(judged.now, judged.before, judged.measured))
    if out is not None:
        emit(
            f"Written to {out}: {', '.join(made)}. Keep missing-cells.csv and manifest.json inside: one names cases, "
            "the other has every number as it is.",
            err=True,
        )
    return Exit.CLEAN


_YEARS = range(1990, 2200)  # beyond these no calendar of working days reaches, and no log


def _fit(day: date, option: str) -> date:
    if day.year not in _YEARS:
        message = f"The year {day.year} is none that a complaints log has."
        raise problem("unfit-value", "PL-U04", message, f"Type a day such as 2025-04-01 for {option}.")
    return day


def _pairs(texts: tuple[str, ...], names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    found = [_pair(text, names) for text in texts]
    for place, (name, _) in enumerate(found):
        if name.casefold() in (other.casefold() for other, _ in found[:place]):
            raise problem("unfit-value", "PL-U04", f"“{name}” is given twice.", "Give it once.")
    return found


def _pair(text: str, names: tuple[str, ...] = ()) -> tuple[str, str]:
    left, sign, right = text.rpartition("=")
    if not sign or not left.strip() or (names and left.strip().upper() not in names):
        wanted = " or ".join(f"{name}=2000" for name in names) if names else "“Extra care=LCRA”"
        raise problem("unfit-value", "PL-U04", f"“{text}” cannot be understood here.", f"Type {wanted}.")
    return (left.strip().upper() if names else left.strip()), right.strip()


def _whole(text: str) -> int:
    number = text.replace(",", "")
    if not number.isdecimal() or not 0 < int(number) < 10_000_000:
        raise problem(
            "unfit-value", "PL-U04", f"“{text}” is not a number of homes.", "Type a whole number such as 2000."
        )
    return int(number)


def _stock(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        if text.casefold() == name.casefold():
            return name
    raise problem("unfit-value", "PL-U04", f"“{text}” is not a kind of stock.", f"There are {', '.join(names)}.")
