"""``policylang mutate``: change a policy for the worse, sentence by sentence, and list what nothing notices."""

from __future__ import annotations

import shutil
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
    Progress,
    emit,
    emit_json,
    format_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policylang.model.document import Document
    from policylang.stories.story import Story


@click.command(short_help="Change a policy for the worse, and list what nothing notices.")
@click.argument("policy", type=INPUT_FILE)
@click.option(
    "--code", default="today", metavar="CODE", show_default=True, help="A code by its id or file, or “at-adoption”."
)
@click.option("--stories", type=INPUT_FILE, metavar="FILE", help="The stories.  [default: beside POLICY, if any]")
@format_option(*FINDING_FORMATS)
def mutate(policy: Path, code: str, stories: Path | None, format: str) -> Exit:
    """Change POLICY for the worse, one change at a time, and say which changes neither a provision's verdict nor a
    story notices. Those are where the policy could slip without anybody being told.

    Every figure goes up and down by one and changes its unit; every binding sentence is left out, and weakened to
    “should”; every exception, limit and window is widened; every clock starts with something else. The file is not
    touched.

    \b
    policylang mutate policies/connect-housing.policy --code housing-ombudsman-2024
    policylang mutate draft.policy --format json

    Exit codes: 0 if every change is noticed; 1 if one is not; 2 if a file cannot be read.
    """
    from policylang.checker.editions import edition_for
    from policylang.commands.test import beside, codes_for
    from policylang.stories.mutants import mutants, sentences_left_alone
    from policylang.stories.mutation import mutate as judge

    document = policy_at(policy)
    against = edition_for(document, code, date.today())
    file = stories or beside(policy)
    codes = codes_for(document, code)
    told = _stories(file, [document, *codes]) if file.is_file() else ()
    with Progress("Judging changes", total=len(mutants(document)), unit="changes") as step:
        found = judge(document, against, told, codes=codes, progress=step)
    left = sentences_left_alone(document)
    if format == "json":
        from policylang.stories.mutation_text import as_json

        emit_json(as_json(document, against, len(told), found, left))
    elif format == "text":
        from policylang.stories.mutation_text import as_text

        across = min(max(shutil.get_terminal_size((100, 24)).columns, 60), 120)
        emit(as_text(document, against, len(told), found, left, across))
    else:
        from policylang.commands.frame import report
        from policylang.stories.mutation_text import mutation_findings

        report(mutation_findings(document, found), format)
    return Exit.FINDINGS if found.survivors else Exit.CLEAN


def _stories(file: Path, documents: Sequence[Document]) -> tuple[Story, ...]:
    """The stories of a file that hold; those that do not are named, for they notice nothing."""
    from policylang.stories.judging import judge_stories
    from policylang.stories.naming import unknown
    from policylang.stories.reader import load_stories

    told = load_stories(file)
    faults = [*told.findings, *unknown(told.stories, documents)]
    if faults:
        raise Problem(faults)
    judged = judge_stories(told.stories, documents[0], documents[1:])
    for one in judged:
        if not one.holds:
            emit(f"Left out, because it does not hold: “{one.story.title}” (see “policylang test”).", err=True)
    return tuple(one.story for one in judged if one.holds)
