"""Where errors end: whatever a command raises becomes a message in plain English on stderr, and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from policylang.commands import output
from policylang.commands.exits import Exit
from policylang.findings.finding import Finding
from policylang.findings.problem import Problem


class ClosedPipe(Exception):
    """Whatever was reading our output has stopped, as ``head`` does when it has enough."""


@contextlib.contextmanager
def pipes_of_our_own() -> Iterator[None]:
    """Keep closed pipes from click, which would leave with exit code 1: that code means that something was found."""
    try:
        yield
    except BrokenPipeError as error:
        raise ClosedPipe from error


def run(command: Callable[[], object]) -> int:
    """Run ``command`` and return the exit code: what it returned if that is a number, 0 if it returned nothing."""
    try:
        result = command()
        sys.stdout.flush()
    except SystemExit as leaving:
        if isinstance(leaving.code, str):
            output.emit(leaving.code, err=True)
            return Exit.MISUSE
        return _code(leaving.code)
    except (KeyboardInterrupt, EOFError, click.Abort):
        return _stopped()
    except Problem as expected:
        return _say(expected.findings)
    except click.ClickException as mistake:
        if not mistake.format_message() or type(mistake).__name__ == "NoArgsIsHelpError":
            return _show(mistake)
        from policylang.commands.mistakes import wrong_use

        return _say([wrong_use(mistake)])
    except (ClosedPipe, BrokenPipeError):
        return _closed_pipe()
    except OSError as fault:
        from policylang.commands.mistakes import file_fault

        finding = file_fault(fault)
        return _internal(fault) if finding is None else _say([finding], fault)
    except Exception as fault:
        # Errors of the library that explain themselves, such as a date that cannot be read, carry their finding.
        finding = getattr(fault, "finding", None)
        return _say([finding], fault) if isinstance(finding, Finding) else _internal(fault)
    return _code(result)


def make_streams_safe() -> None:
    """No character may stop the tool: what a console cannot show becomes “?”; files and pipes are always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        with contextlib.suppress(OSError, ValueError):
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Warnings meant for programmers do not reach the user, unless ``POLICYLANG_DEBUG`` asks for them."""
    with warnings.catch_warnings():
        if not debugging():
            warnings.simplefilter("ignore")
        yield


def debugging() -> bool:
    """Whether ``POLICYLANG_DEBUG`` asks for the technical detail of errors."""
    return os.environ.get("POLICYLANG_DEBUG", "") not in {"", "0"}


def say(findings: Iterable[Finding]) -> None:
    """Print findings as messages on stderr, narrated if that is how the user reads."""
    from policylang.findings.render import render
    from policylang.findings.terminal import wants_colour

    form = "narrated" if os.environ.get("POLICYLANG_NARRATED", "") not in {"", "0"} else "text"
    colour = wants_colour(sys.stderr)
    output.emit(render(findings, form, colour=colour, summary=False), err=True, colour=colour)


def _say(findings: Iterable[Finding], fault: BaseException | None = None) -> int:
    if fault is not None and debugging():
        _detail(fault)
    say(findings)
    return Exit.MISUSE


def _show(mistake: click.ClickException) -> int:
    mistake.show()
    return Exit.MISUSE


def _stopped() -> int:
    done = output.written
    tail = "nothing was written" if not done else f"already written, each in whole: {', '.join(map(str, done))}"
    output.emit(f"\nStopped; {tail}.\n", err=True)
    return Exit.STOPPED


def _closed_pipe() -> int:
    # Python would complain once more when it flushes the closed pipe on leaving, so the pipe is replaced.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.CLOSED_PIPE


def _internal(fault: BaseException) -> int:
    if debugging():
        _detail(fault)
        hint = "The technical detail is above."
    else:
        line = "set POLICYLANG_DEBUG=1" if os.name == "nt" else "POLICYLANG_DEBUG=1"
        how = (
            f"type “{line}”, then the same command again" if os.name == "nt" else f"put {line} before the same command"
        )
        hint = f"To see the technical detail, {how}."
    output.emit(
        f"Something went wrong inside policylang itself ({type(fault).__name__}{_spot(fault)}). "
        f"Your files were not changed, and no result of this run should be relied on.\n{hint}\n",
        err=True,
    )
    return Exit.INTERNAL


def _spot(fault: BaseException) -> str:
    """The place in our own code, without the machine's paths: enough to recognise a fault that was reported before."""
    import traceback

    home = Path(__file__).parent.parent
    ours = [f for f in traceback.extract_tb(fault.__traceback__) if Path(f.filename).is_relative_to(home)]
    if not ours:
        return ""
    return f" in {Path(ours[-1].filename).relative_to(home).as_posix()}, line {ours[-1].lineno}"


def _detail(fault: BaseException) -> None:
    import traceback

    output.emit("".join(traceback.format_exception(fault)), err=True)


def _code(result: object) -> int:
    return int(result) if isinstance(result, int) and not isinstance(result, bool) else Exit.CLEAN
