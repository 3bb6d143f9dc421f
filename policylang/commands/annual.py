"""``policylang annual``: the figures of a year for the annual report, and the Regulator's measures."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from policylang.commands.documents import codes_named, policy_at
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
    from policylang.auditor.audit import audit
    from policylang.casebook.load import load_cases
    from policylang.evidence.annual.cases_of_year import Year
    from policylang.evidence.annual.performance import performance
    from policylang.evidence.annual.tsm import STOCK, measures
    from policylang.evidence.annual.words import annual_record, annual_text, figures_text
    from policylang.evidence.gather import working_day_counter

    if out is None and target is not None:
        raise problem("unfit-value", "PL-U04", "--target is about what is written.", "Add --out and a folder.")
    owned = {name: _whole(number) for name, number in (_pair(text, STOCK) for text in homes)}
    said = {word: _stock(stock, (*STOCK, "outside")) for word, stock in (_pair(text) for text in tenures)}
    year = Year.from_start(first)
    published = None
    if before is not None:
        from policylang.evidence.annual.year_before import read_year_before

        published = read_year_before(before, year, under or 0)
    document, codes = policy_at(policy), codes_named(())
    read, _ = load_cases(cases, mapping, sheet, answers, pseudonyms)
    with whole_folder(out, overwrite=overwrite) if out else nullcontext() as folder:
        with Progress("Judging cases", total=len(read.casebook.cases)) as step:
            result = audit(document, codes, read.casebook, as_at or year.last, progress=step)
        days = working_day_counter(document.calendar)
        whole = sum(owned.values()) or None
        now = performance(result, read.casebook, year, days, whole)
        then = performance(result, read.casebook, year.before, days)
        earlier = then if then.stages[0].received else None
        figures = measures(result, read.casebook, year, owned, said)
        from policylang.evidence.annual.make import annual_files, report_of

        name = document.organisation or document.title or document.id
        share = None if target is None else Fraction(str(target)) / 100
        given = (name, result, read.casebook, days, (now, earlier, figures), under or 0, share, published)
        if folder is not None:
            made = annual_files(*given)
            for file, content in made.items():
                (folder / file).write_bytes(content)
    if under or published is not None:
        # The same figures as in the documents: what is kept out of those is kept off the screen.
        from policylang.evidence.annual.files import input_digests, record

        report = report_of(*given)
        if format == "json":
            emit_json(record(report, input_digests(read.casebook, published)))
        else:
            emit(figures_text(report))
    elif format == "json":
        emit_json(annual_record(now, earlier, figures))
    else:
        emit(annual_text(now, earlier, figures))
    if out is not None:
        emit(f"Written to {out}: {', '.join(made)}. Keep missing-cells.csv inside: it names cases.", err=True)
    return Exit.CLEAN


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
