"""``policylang test``: the stories beside a policy, run, with what they cover; refutations kept as stories."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.documents import policy_at
from policylang.commands.frame import (
    FINDING_FORMATS,
    INPUT_FILE,
    Exit,
    Problem,
    emit,
    emit_json,
    format_option,
    problem,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policylang.model.document import Document
    from policylang.stories.coverage import Coverage
    from policylang.stories.judging import Judged
    from policylang.stories.story import Stories


@click.command("test", short_help="Run the stories beside a policy, and say what they cover.")
@click.argument("policy", type=INPUT_FILE)
@click.option(
    "--code",
    metavar="CODE",
    help="A code by its id or file, to judge by besides the editions in force by date; with --write, the one to check "
    "against, “today” or “at-adoption”.",
)
@click.option(
    "--stories", type=click.Path(path_type=Path), metavar="FILE", help="The stories.  [default: beside POLICY]"
)
@click.option("--write", is_flag=True, help="First append each refutation that “check” finds, as a story.")
@format_option(*FINDING_FORMATS)
def run(policy: Path, code: str | None, stories: Path | None, write: bool, format: str) -> Exit:
    """Run the stories of POLICY: cases told in dates, with what each duty has to come to. They stand beside it, in a
    file of the same name that ends in .stories.md, and are written as docs/stories.md says.

    Each story is judged as “audit” judges a case. What fails is printed with what was found and why, counted out; then
    comes what the stories cover: which duties they show kept and broken, and the boundary days of each deadline.

    \b
    policylang test policies/connect-housing.policy
    policylang test draft.policy --stories tried.stories.md --format junit
    policylang test draft.policy --write --code housing-ombudsman-2024

    With --write, each refutation found by “check” is first appended as a story (against CODE, or today's edition).
    What stands in the file is never changed, and a second run adds nothing.

    Exit codes: 0 if every story holds; 1 if one fails; 2 if a file cannot be read, or there are no stories. What is
    not covered is reported and does not change the exit code.
    """
    from policylang.stories.coverage import coverage
    from policylang.stories.judging import judge_stories

    document = policy_at(policy)
    file = stories or beside(policy)
    if write:
        _write(document, file, code or "today")
    told = _read(file, given=stories is not None)
    codes = codes_for(document, code)
    _known(told, [document, *codes])
    judged = judge_stories(told.stories, document, codes)
    covered = coverage(document, judged)
    _print(document, told.file, judged, covered, format)
    return Exit.CLEAN if all(one.holds for one in judged) else Exit.FINDINGS


def beside(policy: Path) -> Path:
    """Where the stories of a policy stand: ``x.stories.md`` beside ``x.policy``."""
    return policy.with_name(f"{policy.name.removesuffix(policy.suffix)}.stories.md")


def codes_for(policy: Document, code: str | None) -> list[Document]:
    """What stories are judged by: every edition of the Housing Ombudsman's Code that comes with the tool, each in its
    own time, and the code that is named. A draft of another edition stands in the place of them all."""
    from policylang.checker.editions import edition_for
    from policylang.model.library import editions

    shipped = editions()
    named = None if code is None else edition_for(policy, code, date.today())
    if named is None or named.id in {edition.id for edition in shipped}:
        return shipped
    families = {edition.id.rpartition("-")[0] for edition in shipped}
    return [named] if named.id.rpartition("-")[0] in families else [*shipped, named]


def _read(file: Path, *, given: bool) -> Stories:
    """The stories of a file; every fault stops the run, for a story half understood proves nothing."""
    from policylang.stories.reader import load_stories

    if not file.is_file():
        policy = file.name.removesuffix(".stories.md") + ".policy"
        help = (
            "Check the name, or leave --stories out to read the file beside the policy."
            if given
            else f"Write stories there (docs/stories.md), or let “policylang test {policy} --write” begin the file."
        )
        raise problem("no-stories", "PL-N06", f"There is no file of stories {file}.", help, file=str(file))
    told = load_stories(file)
    if told.findings:
        raise Problem(told.findings)
    return told


def _known(told: Stories, documents: Sequence[Document]) -> None:
    from policylang.stories.naming import unknown

    found = unknown(told.stories, documents)
    if found:
        raise Problem(found)


def _write(policy: Document, file: Path, code: str) -> None:
    """Append to the file each refutation that it does not hold yet, and say so."""
    from policylang.checker.editions import edition_for
    from policylang.language.files import read_text
    from policylang.stories.reader import read_stories
    from policylang.stories.writing import addition, encoding_of, new_ones, refutations

    against = edition_for(policy, code, date.today())
    text = read_text(file) if file.is_file() else ""
    there = read_stories(text, str(file)) if text.strip() else None
    if there is not None and there.findings and any(f.rule != "no-stories" for f in there.findings):
        raise Problem(there.findings)
    found = refutations(policy, against)
    for kept in found:
        if not kept.text:
            emit(f"Not kept, because no case record shows it: {kept.title}", err=True)
    new = new_ones(found, there.stories if there is not None else ())
    if not new:
        emit(f"Nothing to add: every refutation by {against.id} is among the stories, or there is none.", err=True)
        return
    data = file.read_bytes() if file.is_file() else b""
    more = addition(text, new, policy, against).encode(encoding_of(data), "replace")
    write_whole(file, data + more, overwrite=True)  # what stands there stays byte for byte
    emit(f"Written to {file}:", err=True)
    for kept in new:
        emit(f"  {kept.title}", err=True)


def _print(policy: Document, file: str, judged: Sequence[Judged], covered: Coverage, format: str) -> None:
    if format == "json":
        from policylang.stories.as_json import as_json

        emit_json(as_json(policy, file, judged, covered))
    elif format == "text":
        from policylang.findings.terminal import wants_colour
        from policylang.stories.as_text import as_text

        colour = wants_colour(sys.stdout)
        across = min(max(shutil.get_terminal_size((100, 24)).columns, 60), 120)
        emit(as_text(policy, file, judged, covered, colour=colour, across=across), colour=colour)
    else:
        from policylang.commands.frame import report
        from policylang.stories.as_findings import story_findings

        report(story_findings(file, judged, covered), format)
