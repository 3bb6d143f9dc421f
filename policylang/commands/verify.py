"""``policylang verify``: evidence compared with its manifest and made again from the same inputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policylang.commands.frame import (
    Exit,
    Problem,
    emit,
    emit_json,
    exit_for,
    format_option,
    problem,
    pseudonyms_option,
    report,
)
from policylang.commands.mistakes import no_such_file

if TYPE_CHECKING:
    from policylang.evidence.verify import Verification


@click.command(short_help="Repeat the work from its manifest and name every difference.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--inputs",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="Where the policy, the mapping and the log lie. May be given several times.  [default: here]",
)
@pseudonyms_option()
@format_option("text", "narrated", "json", "markdown")
def verify(folder: Path, inputs: tuple[Path, ...], pseudonyms: Path | None, format: str) -> Exit:
    """Compare the evidence in FOLDER with its manifest, then repeat the work and compare the results.

    FOLDER is what “assess --out” or “annual --out” wrote. Every file's hash is worked out again. If the policy, the
    mapping, the log and whatever else was read are at hand (told by name and hash), the whole work is done anew and has
    to give the same bytes. Nothing is written.

    \b
    policylang verify assessment --inputs policies --inputs logs
    policylang verify annual --inputs policies --inputs logs --format json

    Exit codes: 0 all is the same, and the work was repeated; 1 something differs, or the work was not repeated;
    2 there is no manifest that can be read.
    """
    from policylang.evidence.verify import verify as compare

    for path in (folder, *inputs):
        if path.is_file():
            message = f"{path} is a file, and a folder is needed here."
            hint = f"Give the folder it is in: {path.parent}"
            raise problem("no-such-folder", "PL-F14", message, hint, file=str(path))
        if not path.is_dir():
            raise Problem(no_such_file(path))
    result = compare(folder, inputs or (Path.cwd(),), pseudonyms)
    if format == "json":
        emit_json(_json(result))
        return exit_for(result.findings)
    if format == "text":
        emit(_text(result))
    if not result.findings:
        return Exit.CLEAN
    return report(result.findings, format)


_TOLD = {
    "same": "The work was repeated and gave the same bytes.",
    "different": "The work was repeated and did not give the same bytes.",
    "not-done": "The work was not repeated.",
}


def _text(result: Verification) -> str:
    lines = [f"  same  {line}" for line in result.same]
    return "\n".join([*lines, "", _TOLD[result.repeated.value], *([""] if result.findings else [])])


def _json(result: Verification) -> dict[str, Any]:
    import json

    from policylang.findings.render import render

    return {
        "repeated": result.repeated.value,
        "same": list(result.same),
        "findings": json.loads(render(result.findings, "json")),
    }
