"""The group of commands: knows each command's name and short help without importing it, and lets no error out raw."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from policylang import __version__
from policylang.commands import boundary
from policylang.commands.exits import Exit
from policylang.findings.problem import problem

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@dataclass(frozen=True, slots=True)
class Listed:
    """A command that is imported only when it runs: its module in this package, its name there, its short help."""

    module: str
    attribute: str
    help: str


class Commands(click.Group):
    """The ``policylang`` command line.

    ``listed`` holds the commands that are imported when they run; others can be added as to any click group.

    A command may end by returning an :class:`Exit` (or any int), by ``ctx.exit``, or by raising; what it raises becomes
    a message in plain English and an exit code (see :mod:`policylang.commands.boundary`).
    """

    def __init__(self, listed: Mapping[str, Listed], **settings: Any) -> None:
        super().__init__(context_settings=CONTEXT, **settings)
        self.listed = dict(listed)
        self.params.append(
            click.Option(
                ["-V", "--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                help="Show the version and exit.",
                callback=_version,
            )
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.listed, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = self.listed.get(cmd_name)
        if listed is None:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"policylang.commands.{listed.module}")
        command: click.Command = getattr(module, listed.attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, names = args[0], self.list_commands(ctx)
        if name not in names and not ctx.resilient_parsing and not name.startswith("-"):
            from policylang.findings.nearest import did_you_mean

            known = did_you_mean(name, names, what="commands")
            raise problem("unknown-command", "PL-U01", f"There is no command called “{name}”.", known)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        added = {name: command.get_short_help_str(80) for name, command in self.commands.items()}
        known = added | {name: listed.help for name, listed in self.listed.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(known.items()))

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        with boundary.pipes_of_our_own():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        with boundary.pipes_of_our_own():
            return super().invoke(ctx)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the command line and leave with its exit code (``SystemExit``), whatever happens."""
        # Start-up makes many objects that last; looking for cycles among them takes a tenth of a short command.
        gc.set_threshold(100_000, 50, 50)
        settings["standalone_mode"] = False
        settings.setdefault("prog_name", "policylang")
        boundary.make_streams_safe()
        with boundary.quiet_libraries():
            code = boundary.run(lambda: super(Commands, self).main(*args, **settings))
        sys.exit(code)


def _version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"policylang {__version__}")
        ctx.exit(Exit.CLEAN)
