"""``policylang fmt``: lay policies and codes out in the house style, without changing what they say."""

from __future__ import annotations

from pathlib import Path

import click

from policylang.commands.frame import INPUT_FILE, Exit, Finding, Problem, emit, say, whole_file


@click.command(short_help="Lay a policy out in the standard way.")
@click.argument("files", metavar="FILE…", nargs=-1, type=INPUT_FILE, required=True)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would be changed.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would be changed.")
def fmt(files: tuple[Path, ...], check: bool, diff: bool) -> Exit:
    """Lay FILE out in the standard way: one sentence a line, clauses in a column, figures and units written alike.

    What a policy says is never changed, and comments stay. A file with a sentence that cannot be read is left alone;
    the findings say what is wrong with it. Files are written as UTF-8 with plain line ends, whole or not at all.

    \b
    policylang fmt draft.policy
    policylang fmt --diff draft.policy
    policylang fmt --check policies/connect-housing.policy
    """
    changed: list[Path] = []
    faults: list[Finding] = []
    for path in files:
        try:
            before, after = _formatted(path)
        except Problem as fault:
            faults += fault.findings
            continue
        if after.encode("utf-8") == path.read_bytes():  # a byte-order mark or Windows line ends are a difference too
            continue
        changed.append(path)
        if diff:
            emit(_difference(path, before, after))
        elif not check:
            _replace(path, after)
        if check:
            emit(f"{path} would be changed.")
    if faults:
        say(faults)
    if not (check or diff):
        emit(_summary(len(files), len(changed), len(files) - len(changed), faults), err=True)
    if faults:
        return Exit.MISUSE
    return Exit.FINDINGS if check and changed else Exit.CLEAN


def _formatted(path: Path) -> tuple[str, str]:
    """The text of a file as it is and as it should be. Raises :class:`Problem` if a sentence cannot be read."""
    from policylang.language.files import read_text
    from policylang.language.printer import format_text

    before = read_text(path)
    after, findings = format_text(before, str(path))
    if findings:
        raise Problem(findings)
    return before, after


def _replace(path: Path, text: str) -> None:
    import shutil

    with whole_file(path, overwrite=True) as draft:
        draft.write_bytes(text.encode("utf-8"))
        shutil.copymode(path, draft)


def _difference(path: Path, before: str, after: str) -> str:
    import difflib

    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), str(path), f"{path} (laid out)", lineterm="", n=1
    )
    shown = "\n".join(lines)
    return shown or f"{path}: only line ends or the byte-order mark differ."


def _summary(files: int, changed: int, rest: int, faults: list[Finding]) -> str:
    from policylang.findings.words import count

    broken = len({fault.place.file for fault in faults if fault.place is not None})
    parts = [f"{count(changed, 'file')} changed" if changed else "Nothing to change"]
    if changed and rest - broken:
        parts.append(f"{count(rest - broken, 'file')} already as it should be")
    if broken:
        parts.append(f"{count(broken, 'file')} left alone")
    return f"{', '.join(parts)}."
