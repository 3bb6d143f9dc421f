"""Options that mean the same on every command: the form of the output, dates, input files, the threshold."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policylang.findings.finding import Severity

if TYPE_CHECKING:
    DateType = click.ParamType[date]
    PathType = click.ParamType[Path]
else:  # older releases of click do not say what a type converts to
    DateType = PathType = click.ParamType

_F = TypeVar("_F", bound=Callable[..., Any])

FINDING_FORMATS = ("text", "narrated", "json", "sarif", "github", "junit", "markdown", "html")
"""The forms every list of findings can take (:func:`policylang.findings.render.render`)."""


def format_option(*formats: str, default: str = "text") -> Callable[[_F], _F]:
    """The ``--format`` option, as the argument ``format``; without names, every form that findings can take.

    ``narrated`` is the default for whoever sets ``POLICYLANG_NARRATED=1``, on every command that has it.
    """
    choices = formats or FINDING_FORMATS

    def chosen(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
        if value is not None:
            return value
        narrated = os.environ.get("POLICYLANG_NARRATED", "") not in {"", "0"}
        return "narrated" if narrated and "narrated" in choices and default == "text" else default

    return click.option(
        "--format",
        "format",
        type=click.Choice(choices, case_sensitive=False),
        default=None,
        callback=chosen,
        help=f"The form of the output.  [default: {default}]",
    )


def overwrite_option() -> Callable[[_F], _F]:
    """The ``--overwrite`` flag: without it a file or folder that is there already is left alone."""
    return click.option("--overwrite", is_flag=True, help="Replace what is already there.")


def strict_unknown_option() -> Callable[[_F], _F]:
    """The ``--strict-unknown`` flag: leave with exit code 3 where something could not be decided."""
    return click.option("--strict-unknown", is_flag=True, help="Exit with 3 if anything could not be decided.")


def threshold_option(default: Severity = Severity.WARNING) -> Callable[[_F], _F]:
    """The ``--threshold`` option, as a :class:`Severity`: the least serious finding that makes the exit code 1."""
    return click.option(
        "--threshold",
        type=click.Choice(["error", "warning", "note"]),
        default=default.value,
        show_default=True,
        callback=lambda _ctx, _param, value: Severity(value),
        help="The least serious finding that makes the exit code 1.",
    )


class Day(DateType):
    """A date written year-month-day. Any other way of writing one is refused with the date it would be."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.fail(f"there is no day {text} in the calendar", param, ctx)
        meant = " or ".join(dict.fromkeys(d.isoformat() for d in _guesses(text)))
        hint = f"type {meant}" if meant else "type the year, the month and the day, as in 2026-10-31"
        return self.fail(f"“{text}” is not a date written year-month-day; {hint}", param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "YYYY-MM-DD"


DAY = Day()


class InputFile(PathType):
    """A file to read, as a :class:`~pathlib.Path`. One that is not there gets a finding with the nearest name, and so
    does a folder, unless ``folders`` are taken too."""

    name = "file"

    def __init__(self, *, folders: bool = False) -> None:
        self._folders = folders

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from policylang.commands.mistakes import a_folder, no_such_file
        from policylang.findings.problem import Problem

        path = Path(str(value))
        try:
            if path.is_dir() and not self._folders:
                raise Problem(a_folder(path))
            if not path.exists():
                raise Problem(no_such_file(path))
        except (OSError, ValueError) as error:
            raise Problem(no_such_file(Path("."))) from error
        return path

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        return None


INPUT_FILE = InputFile()
INPUT_FILE_OR_FOLDER = InputFile(folders=True)
"""Where a folder stands for the files in it; whoever takes it says which."""


def pseudonyms_option() -> Callable[[_F], _F]:
    """The ``--pseudonyms KEYFILE`` option: keyed pseudonyms stand for the case references in everything written."""
    return click.option(
        "--pseudonyms", type=INPUT_FILE, metavar="KEYFILE", help="Keyed pseudonyms in place of case references."
    )


def _guesses(text: str) -> list[date]:
    """The dates that ``text`` can mean as day-month-year, month-day-year, or year-month-day without leading noughts."""
    match = re.fullmatch(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})", text)
    if not match:
        return []
    a, b, c = (int(part) for part in match.groups())
    orders = [(a, b, c)] if len(match[1]) == 4 else [(c, b, a), (c, a, b)] if len(match[3]) in {2, 4} else []
    found = []
    for year, month, day in orders:
        try:
            found.append(date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            continue
    return found
