"""``policylang assess``: check the policy, audit the cases, and write the evidence into one folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    emit,
    overwrite_option,
    pseudonyms_option,
    spare,
    strict_unknown_option,
    whole_folder,
)

if TYPE_CHECKING:
    from policylang.evidence.assess import AssessResult
    from policylang.evidence.run import AssessInput

_WHAT = {
    "self-assessment.xlsx": "the self-assessment, to open in Excel, with everything it rests on",
    "self-assessment.docx": "the same form for Word",
    "board-paper.docx": "the paper for the Board, with its blanks marked",
    "board-paper.html": "the same paper to open in a browser",
    "report.html": "one page for the Board, to open in a browser",
    "outcomes.csv": "what every duty came to on every case",
    "to-complete.yaml": "what only a person can say: fill it in and give it back with --person",
    "verdicts.json": "what the policy comes to against every provision",
    "manifest.json": "from what, by what and how all this was made",
}


@click.command(short_help="Everything at once, with a self-assessment to open in Excel.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE, required=False)
@click.option("--as-at", type=DAY, required=True, help="The day on which everything is judged as it stood.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for the results.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--code", help="A Code by its id, or “at-adoption”.  [default: the edition in force on --as-at]")
@click.option("--answers", type=INPUT_FILE, help="A sample (see policylang sample) with its questions answered.")
@click.option("--person", type=INPUT_FILE, help="What only a person can say: the to-complete.yaml, filled in.")
@click.option("--source", type=INPUT_FILE, help="The policy's own document (Word, PDF, text), to quote its words.")
@click.option(
    "--sample",
    type=click.IntRange(0, 10_000),
    default=25,
    show_default=True,
    help="How many cases to draw for a person to read (0: none).",
)
@click.option(
    "--seed", type=click.IntRange(0, 10**18), default=1, show_default=True, help="The same seed draws the same sample."
)
@click.option("--sensitivity", is_flag=True, help="Also judge CASES under each other way of counting, and compare.")
@pseudonyms_option()
@overwrite_option()
@strict_unknown_option()
def assess(
    policy: Path,
    cases: Path | None,
    as_at: date,
    out: Path,
    mapping: Path | None,
    sheet: str | None,
    code: str | None,
    answers: Path | None,
    person: Path | None,
    source: Path | None,
    sample: int,
    seed: int,
    sensitivity: bool,
    pseudonyms: Path | None,
    overwrite: bool,
    strict_unknown: bool,
) -> Exit:
    """Check POLICY against the Code, judge CASES by both, and write the self-assessment into a folder.

    CASES is a complaints log (.xlsx, .ods, .csv, .parquet). Without one only the policy is judged, and the
    self-assessment says so.

    \b
    policylang assess my.policy log.xlsx --as-at 2026-10-31 --out assessment
    policylang assess my.policy --as-at 2026-10-31 --out assessment --overwrite
    """
    from policylang.evidence.reperform.forms import Work
    from policylang.evidence.reperform.read import spare_other_work

    spare((policy, cases, mapping, answers, person, source, pseudonyms), *(out / name for name in _WHAT))
    spare_other_work(out, Work.ASSESSMENT)
    with whole_folder(out, overwrite=overwrite) as folder:
        from policylang.evidence.assess import assess as make
        from policylang.evidence.gather import gather

        run = gather(
            policy,
            cases,
            as_at=as_at,
            mapping=mapping,
            sheet=sheet,
            code=code,
            turn=sensitivity,
            answers=answers,
            pseudonyms=pseudonyms,
            person=person,
            source=source,
            sample=sample,
            seed=seed,
        )
        result = make(run)
        result.write_into(folder)
    emit(_report(run, result, out))
    if result.notes:
        from policylang.findings.render import render

        emit("\n" + render(result.notes, "text", colour=False))
    return _exit(run, result, strict_unknown)


def _report(run: AssessInput, result: AssessResult, out: Path) -> str:
    from policylang.evidence.comply import Answer
    from policylang.evidence.words import count

    wide = max(len(name) for name in result.files)
    lines = [f"Written to {out}:"]
    lines += [f"  {name.ljust(wide)}  {_WHAT[name]}" for name in result.files]
    answers = {answer: sum(row.comply.answer is answer for row in result.rows) for answer in Answer}
    lines += [
        "",
        f"Of {len(result.rows)} provisions: {answers[Answer.YES]} Yes, {answers[Answer.NO]} No, "
        f"{answers[Answer.BLANK]} to be completed by a person.",
    ]
    if run.form.one_answer == "table":
        from policylang.evidence.form_lines import form_lines

        printed = [line.answer for line in form_lines(run, result.rows, result.totals)]
        lines.append(
            f"Of the form's {len(printed)} rows: {printed.count(Answer.YES)} Yes, {printed.count(Answer.NO)} No, "
            f"{printed.count(Answer.BLANK)} to be completed by a person."
        )
    totals = result.totals
    if run.casebook is not None:
        if run.sample is not None:
            lines.append(
                f"{count(len(run.sample.cases), 'case')} drawn for a person to read (sheet Sample): fill it in and "
                "give a copy of the workbook back with --answers."
            )
        lines.append(
            f"Of {count(totals.rows_read, 'row')} in the log: {count(totals.judged, 'case')} judged, "
            f"{totals.set_aside:,} set aside with reasons; {count(len(run.data_quality), 'finding')} on data quality."
        )
    lines += ["", "The three worst things found:" if len(result.worst) == 3 else "The worst things found:"]
    lines += [f"  {n}. {thing.sentence}" for n, thing in enumerate(result.worst, start=1)] or ["  None."]
    if run.assumptions:
        from policylang.evidence.assumptions import in_a_line

        lines += ["", "If things were counted otherwise (the sheet Assumptions has it in full):"]
        lines += [f"  {in_a_line(assumption)}" for assumption in run.assumptions]
    return "\n".join(lines)


def _exit(run: AssessInput, result: AssessResult, strict_unknown: bool) -> Exit:
    """1 where the policy or a case is known to fall short; 3 where that is open and ``--strict-unknown`` was given."""
    from policylang.checker.verdict import Judgement
    from policylang.evidence.comply import Answer

    short = any(verdict.judgement in (Judgement.BREACHES, Judgement.PARTLY) for verdict in run.verdicts)
    if short or result.totals.outcomes.breached:
        return Exit.FINDINGS
    open_rows = any(row.comply.answer is Answer.BLANK for row in result.rows)
    unknown = open_rows or result.totals.outcomes.cannot_tell
    return Exit.UNDECIDED if strict_unknown and unknown else Exit.CLEAN
