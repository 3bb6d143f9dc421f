"""``policylang check --fix``: the repairs as edits of the policy file, shown as a diff or, if asked, written."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.frame import Exit, emit, problem, whole_file

if TYPE_CHECKING:
    from policylang.checker.mend import Mended
    from policylang.model.document import Document


def asked_rightly(fix: bool, diff: bool, write: bool, format: str) -> None:
    """Refuse combinations of options that do not say what is to happen. Raises :class:`Problem`."""
    if not fix and (diff or write):
        word = "--diff" if diff else "--write"
        raise problem("wrong-use", "PL-U05", f"{word} goes with --fix, and there is no --fix.", f"Type: --fix {word}.")
    if not fix:
        return
    if diff is write:
        raise problem(
            "wrong-use", "PL-U05", "--fix has to be told whether to show the edits or to make them.",
            "Add --diff to see them, with nothing written; or --write to change the policy file.",
        )  # fmt: skip
    if format not in ("text", "narrated"):
        raise problem(
            "wrong-use", "PL-U05", f"--fix shows edits of a text, so it has no form “{format}”.", "Leave out --format."
        )


def fixed(checked: Sequence[tuple[Path, Document, Document, Sequence[str]]], *, narrowed: bool, write: bool) -> Exit:
    """Show or write the edits for each policy, its code, and the provisions asked for; all where not ``narrowed``.

    The diff goes to stdout; what it comes to, and what only a person can do, to stderr.
    """
    from policylang.checker.mend import mended

    shown = False
    left = False
    for path, policy, code, numbers in checked:
        if narrowed and not numbers:
            continue
        only = numbers if narrowed else ()
        if policy.kind == "code" or path.suffix == ".code":
            raise problem(
                "wrong-use", "PL-U05", f"“{path}” is a code, and only policies are mended.", "Name a .policy file."
            )
        result = mended(policy, code, only)
        changed = result.text != policy.text
        shown = shown or changed
        left = left or any(v.falls_short and (not only or v.provision in only) for v in result.after)
        if write and changed:
            _write(path, result.text)
        elif changed:
            _show("".join(_diff(policy.text, result.text, path.as_posix())))
        emit("\n".join(_told(path, code, result, write=write)), err=not write)
    if write:
        return Exit.FINDINGS if left else Exit.CLEAN
    return Exit.FINDINGS if shown or left else Exit.CLEAN


def _show(diff: str) -> None:
    """The diff on stdout; into a file or a pipe byte for byte, so that its line ends stay those of the policy."""
    if sys.stdout.isatty():
        emit(diff)
    else:
        click.echo(diff.encode("utf-8"), nl=False)


def _write(path: Path, text: str) -> None:
    """The new text in the place of the old, whole or not at all, in the encoding that the file had."""
    data = path.read_bytes()
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    with whole_file(path, overwrite=True) as draft:
        draft.write_bytes(text.encode(encoding))


def _diff(old: str, new: str, name: str) -> Iterator[str]:
    for line in difflib.unified_diff(_lines(old), _lines(new), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one, so that line ends of any kind come through."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _told(path: Path, code: Document, result: Mended, *, write: bool) -> Iterator[str]:
    from policylang.checker.findings import finding_code

    better = len(result.improved)
    if not better:
        yield f"{path}: no sentence to propose; nothing {'was' if write else 'would be'} changed."
    else:
        done = "changed" if write else "nothing written; with these edits"
        provisions = f"{better} provision{'' if better == 1 else 's'}"
        yield f"{path}: {done}: {provisions} better off, none worse."
        yield "Each edit is marked as proposed: the source document has to say the same before the policy is adopted."
    for number in result.held_back:
        yield f"{finding_code(code, number)} was left: mending it would make another provision worse."
    for number, told in result.by_hand:
        yield f"{finding_code(code, number)} by hand: {told}"
