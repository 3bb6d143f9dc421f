"""``policylang example``: made-up material to try things out on."""

from __future__ import annotations

from pathlib import Path

import click

from policylang.commands.frame import Exit, Problem, emit, overwrite_option, problem, write_whole


@click.group(short_help="Make up a complaints log to try things out on.")
def example() -> None:
    """Make up material to try things out on. Nobody in it exists."""


@example.command()
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed always makes the same log.")
@click.option("--rows", type=click.IntRange(20, 100_000), default=240, show_default=True, help="How many cases.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The workbook to write, such as log.xlsx.")
@overwrite_option()
def cases(seed: int, rows: int, out: Path, overwrite: bool) -> Exit:
    """Make up a complaints log as untidy as real ones, with known breaches planted.

    Beside it come the answers (FILE.answers.csv: what is planted where, and what an audit has to make of it) and a
    mapping that fits (FILE.mapping.yaml). The answers hold as at 30 September 2026.

    \b
    policylang example cases --out log.xlsx
    policylang example cases --seed 7 --rows 1000 --out big.xlsx
    """
    from policylang.casebook.example import make_example
    from policylang.casebook.example_plan import AS_AT

    if out.suffix.lower() != ".xlsx":
        raise problem(
            "unfit-value",
            "PL-U04",
            f"“{out.name}” does not end in .xlsx, and a workbook is made.",
            f"Type {out.stem}.xlsx.",
        )
    beside = {
        out: "the log",
        out.with_name(f"{out.stem}.answers.csv"): "what is planted in it, and what an audit has to make of it",
        out.with_name(f"{out.stem}.mapping.yaml"): "a mapping that fits it",
    }
    _refuse_existing(list(beside), overwrite)
    made = make_example(seed, rows)
    for path, content in zip(beside, (made.workbook, made.answers, made.mapping), strict=True):
        write_whole(path, content, overwrite=overwrite)
    wide = max(len(str(path)) for path in beside)
    emit("\n".join(f"{str(path).ljust(wide)}  {what}" for path, what in beside.items()))
    emit(f"The answers hold as at {AS_AT.isoformat()}.")
    return Exit.CLEAN


def _refuse_existing(paths: list[Path], overwrite: bool) -> None:
    # All three or none: a new log beside the answers of an old one would mislead.
    there = [path for path in paths if path.exists()]
    if there and not overwrite:
        raise Problem(
            finding
            for path in there
            for finding in problem(
                "file-exists",
                "PL-F10",
                f"There is already a file {path}.",
                "Give another name, or add --overwrite to replace all three files.",
                file=str(path),
            ).findings
        )
