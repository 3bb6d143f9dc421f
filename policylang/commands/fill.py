"""``policylang fill``: the answers of a self-assessment put into the landlord's own form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    emit,
    overwrite_option,
    problem,
    pseudonyms_option,
    spare,
    whole_file,
)


@click.command(short_help="Put the answers into your own self-assessment form.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE, required=False)
@click.option("--as-at", type=DAY, required=True, help="The day on which everything is judged as it stood.")
@click.option("--template", type=INPUT_FILE, required=True, help="Your own form, an .xlsx or a .docx file.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file for the filled form.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--code", help="A Code by its id, or “at-adoption”.  [default: the edition in force on --as-at]")
@click.option("--answers", type=INPUT_FILE, help="A sample (see policylang sample) with its questions answered.")
@click.option("--source", type=INPUT_FILE, help="The policy's own document (Word, PDF, text), to quote its words.")
@pseudonyms_option()
@overwrite_option()
def fill(
    policy: Path,
    cases: Path | None,
    as_at: date,
    template: Path,
    out: Path,
    mapping: Path | None,
    sheet: str | None,
    code: str | None,
    answers: Path | None,
    source: Path | None,
    pseudonyms: Path | None,
    overwrite: bool,
) -> Exit:
    """Fill your own self-assessment form with the answers, the evidence and the commentary that “assess” finds.

    A cell is found by the heading of its column and the provision number of its row. Only empty cells are filled;
    everything else in the file stays as it is. What could not be filled is listed with the reason.

    \b
    policylang fill my.policy log.xlsx --as-at 2026-10-31 --template form.docx --out filled.docx
    """
    kind = template.suffix.casefold()
    if kind not in (".xlsx", ".docx") or out.suffix.casefold() != kind:
        message = f"{template.name} cannot be filled as {out.name}: a form is an .xlsx or a .docx, before and after."
        raise problem(
            "template-of-other-kind", "PL-W09", message, "Save the form as one of the two, and name --out so."
        )
    spare((policy, cases, template, mapping, answers, source, pseudonyms), out)
    with whole_file(out, overwrite=overwrite) as draft:
        from policylang.evidence.form_lines import form_lines
        from policylang.evidence.gather import gather
        from policylang.evidence.join import join
        from policylang.evidence.office.fill_docx import fill_document
        from policylang.evidence.office.fill_xlsx import fill_workbook
        from policylang.evidence.totals import control_totals
        from policylang.findings.render import render

        run = gather(policy, cases, as_at=as_at, mapping=mapping, sheet=sheet, code=code, answers=answers,
                     pseudonyms=pseudonyms, source=source)  # fmt: skip
        rows = join(run.form, run.verdicts, run.outcomes, run.comply_rule)
        totals = control_totals(run.casebook, run.outcomes)
        texts = {line.texts["provision"]: dict(line.texts) for line in form_lines(run, rows, totals)}
        for told in texts.values() if run.form.one_answer == "provision" else ():
            told["evidence-commentary"] = "\n".join(filter(None, (told["evidence"], told["commentary"])))
        filled = (fill_workbook if kind == ".xlsx" else fill_document)(template, texts)
        draft.write_bytes(filled.data)
    from policylang.evidence.words import count

    if filled.findings:
        emit(render(filled.findings, "text"))
    cells = count(filled.cells, "cell")
    what = "provision" if run.form.one_answer == "provision" else "row"
    emit(f"Written to {out}: {cells} filled for {len(filled.provisions)} of {count(len(texts), what)}.")
    return Exit.FINDINGS if filled.findings else Exit.CLEAN
