"""Mistakes on the command line, and files that cannot be read or written, as findings in plain English."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import click

from policylang.findings.finding import Finding, Place, Severity

PACKAGE = Path(__file__).parent.parent


def wrong_use(error: click.ClickException) -> Finding:
    """What was wrong with the words on the command line, and what to type."""
    ctx = getattr(error, "ctx", None)
    path = "policylang" if ctx is None else ctx.command_path
    look = f"“{path} --help” lists what this command takes."
    if isinstance(error, click.NoSuchOption):
        from policylang.findings.nearest import nearest

        known = [] if ctx is None else [name for p in ctx.command.params for name in p.opts if name.startswith("--")]
        near = nearest(error.option_name, known)
        hint = f"Did you mean {' or '.join(near)}? {look}" if near else look
        return _finding("unknown-option", "PL-U02", f"“{path}” has no option {error.option_name}.", hint)
    if isinstance(error, click.MissingParameter):
        name = _label(error.param)
        usage = "" if ctx is None else ctx.command.get_usage(ctx).removeprefix("Usage: ")
        return _finding("missing-word", "PL-U03", f"The command needs {name}, which is not there.", f"Type: {usage}")
    if isinstance(error, click.BadParameter):
        name = _label(error.param)
        message = error.message.rstrip(".")
        return _finding(
            "unfit-value", "PL-U04", f"The value for {name} does not fit: {message[:1].lower()}{message[1:]}.", look
        )
    message = error.format_message()
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", message, re.DOTALL)
    if extra:
        message = f"There are more words than “{path}” takes; it does not know what to do with “{extra[1]}”."
    return _finding("wrong-use", "PL-U05", message, look)


def file_fault(error: OSError) -> Finding | None:
    """The finding for a file that could not be read or written, or None if the error is about no file of the user's."""
    if error.errno == errno.ENOSPC:
        return _finding(
            "disk-full", "PL-F13", "The disk is full, so the result could not be written.", "Free some space."
        )
    if error.filename is None or not isinstance(error.filename, str | bytes | os.PathLike):
        return None
    path = Path(os.fsdecode(error.filename))
    if _ours(path):
        message = f"The file {path.name}, which comes with policylang, cannot be read."
        return _finding("incomplete-installation", "PL-F15", message, "Install policylang again.", path)
    if isinstance(error, FileNotFoundError):
        return no_such_file(path)
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        return a_folder(path)
    if isinstance(error, NotADirectoryError):
        message = f"Part of the path {path} is a file, where a folder should be."
        return _finding("no-such-file", "PL-F01", message, "Check the path.", path)
    if isinstance(error, FileExistsError):
        return _finding("file-exists", "PL-F10", f"There is already a file {path}.", "Give another name.", path)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return no_access(path, error)
    if error.errno == errno.ENAMETOOLONG:
        return _finding(
            "no-such-file", "PL-F01", "The name of the file is too long to be one.", "Check the path.", path
        )
    return _finding(
        "file-not-readable", "PL-F03", f"{path} could not be read or written: {error.strerror}.", None, path
    )


def no_such_file(path: Path) -> Finding:
    """There is no such file: names the nearest one in its folder, or the first folder of the path that is missing."""
    from policylang.findings.nearest import nearest

    folder = path.parent
    if not folder.is_dir():
        missing = next((p for p in reversed(path.parents) if not p.exists()), folder)
        hint = f"There is no folder {missing} either. Check the path, or start from the folder that holds the file."
    else:
        try:
            near = nearest(path.name, (other.name for other in folder.iterdir()))
        except OSError:
            near = []
        names = " or ".join(str(folder / name) for name in near)
        hint = f"Did you mean {names}?" if near else f"There is nothing with a similar name in {folder.resolve().name}."
    return _finding("no-such-file", "PL-F01", f"There is no file {path}.", hint, path)


def a_folder(path: Path) -> Finding:
    """A folder was given where a file is needed."""
    return _finding(
        "folder-not-file", "PL-F02", f"{path} is a folder, and a file is needed here.", "Name a file in it.", path
    )


def no_access(path: Path, error: OSError | None = None) -> Finding:
    """The file is there but may not be opened; on Windows that is mostly because another program has it open."""
    if getattr(error, "winerror", None) in {32, 33}:
        message = f"{path} is open in another program, such as Excel."
        return _finding("file-not-readable", "PL-F03", message, "Close it there and run the command again.", path)
    message = f"You do not have permission to use {path}."
    return _finding("file-not-readable", "PL-F03", message, "Ask whoever looks after the file, or use a copy.", path)


def _label(param: click.Parameter | None) -> str:
    if param is None:
        return "one of its words"
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name.upper()


def _ours(path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(PACKAGE)
    except (OSError, ValueError):
        return False


def _finding(rule: str, code: str, message: str, help: str | None, path: Path | None = None) -> Finding:
    place = None if path is None else Place(file=str(path))
    return Finding(rule=rule, code=code, severity=Severity.ERROR, message=message, place=place, help=help)
