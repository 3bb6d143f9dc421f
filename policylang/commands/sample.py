"""``policylang sample``: a documented random sample of cases for somebody to read, with what no log answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    Progress,
    emit,
    overwrite_option,
    problem,
    spare,
    write_whole,
)


@click.command(short_help="Draw a sample of cases for a person to read.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE)
@click.option("--as-at", type=DAY, required=True, help="The day on which every case is judged as it stood.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The workbook to write (.xlsx).")
@click.option("--size", type=click.IntRange(1, 10_000), default=25, show_default=True, help="How many cases.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed draws the same cases."
)
@click.option("--by", default="", metavar="COLUMN", help="Stratify by this as well: category, team, channel or tenure.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--code", "codes", multiple=True, help="A Code to judge under.  [default: the editions in force by date]")
@overwrite_option()
def sample(
    policy: Path,
    cases: Path,
    as_at: date,
    out: Path,
    size: int,
    seed: int,
    by: str,
    mapping: Path | None,
    sheet: str | None,
    codes: tuple[str, ...],
    overwrite: bool,
) -> Exit:
    """Draw cases from CASES for somebody to read, and write a workbook with the questions that no log answers.

    The cases are judged first (as audit does). Strata are what was found and the last stage reached; a case's chance
    does not depend on where it stands in the log. Fill in the workbook (Yes, No or Not known) and give it back:

    \b
    policylang sample my.policy log.xlsx --as-at 2026-10-31 --size 30 --out sample.xlsx
    policylang audit my.policy log.xlsx --as-at 2026-10-31 --answers sample.xlsx
    """
    from policylang.auditor.audit import audit
    from policylang.casebook.load import load_cases
    from policylang.casebook.record import facts
    from policylang.evidence.sampling import draw
    from policylang.evidence.sheets.sample_book import sample_workbook

    if by and (by not in facts() or facts()[by].kind != "attribute"):
        from policylang.findings.nearest import did_you_mean

        known = [name for name, fact in facts().items() if fact.kind == "attribute"]
        raise problem(
            "unfit-value", "PL-U04", f"A case has no “{by}” to stratify by.", did_you_mean(by, known, what="attributes")
        )
    spare((policy, cases, mapping), out)
    document, judging = policy_at(policy), codes_named(codes)
    read, _ = load_cases(cases, mapping, sheet)
    with Progress("Judging cases", total=len(read.casebook.cases)) as step:
        result = audit(document, judging, read.casebook, as_at, progress=step)
    drawn = draw(result, read.casebook, size, seed, by)
    digest = next(iter(read.casebook.digests.values()), "")
    write_whole(out, sample_workbook(drawn, cases.name, digest), overwrite=overwrite)
    mapped = f" --map {mapping}" if mapping else ""
    wide = max((len(stratum.name) for stratum in drawn.strata), default=0)
    emit(
        "\n".join(
            [
                f"{len(drawn.cases):,} of {drawn.population:,} cases drawn with seed {seed}; written to {out}.",
                *(f"  {s.name.ljust(wide)}  {s.drawn:>5,} of {s.population:,}" for s in drawn.strata),
                f"{len(drawn.questions):,} questions, asked where the log leaves them open.",
                f"When it is filled in: policylang audit {policy} {cases}{mapped} --as-at {as_at} --answers {out}",
            ]
        )
    )
    return Exit.CLEAN
