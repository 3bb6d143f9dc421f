"""The frame of every command: whatever happens ends in plain English and the right exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from policylang.commands import COMMANDS, main, output
from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    Finding,
    Severity,
    exit_for,
    format_option,
    problem,
    report,
    threshold_option,
)
from policylang.commands.group import Commands
from policylang.model.clock_error import UnreadDate

ROOT = Path(__file__).parents[2]
ERROR = Finding("two-figures", "PL-L01", Severity.ERROR, "Two time limits.")
NOTE = Finding("odd", "PL-L09", Severity.NOTE, "Odd.")


def run(body: Callable[..., object], *args: str) -> Result:
    """The result of a command line whose only command is ``body``, or does it."""
    group = Commands(name="policylang", listed={})
    group.add_command(body if isinstance(body, click.Command) else click.command("work")(body), "work")
    return CliRunner().invoke(group, ["work", *args])


def raising(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


@pytest.mark.parametrize(("returned", "code"), [(None, 0), (Exit.FINDINGS, 1), (Exit.UNDECIDED, 3), (True, 0), (0, 0)])
def test_a_command_ends_with_the_code_it_returns(returned: object, code: int) -> None:
    assert run(lambda: returned).exit_code == code


def test_a_command_may_also_leave_by_the_context_or_by_exit() -> None:
    assert run(lambda: click.get_current_context().exit(3)).exit_code == 3
    assert run(raising(SystemExit(1))).exit_code == 1
    said = run(raising(SystemExit("Say which.")))
    assert (said.exit_code, said.stderr) == (2, "Say which.\n")


def test_a_problem_is_a_message_on_stderr_and_exit_2() -> None:
    result = run(raising(problem("odd-file", "PL-F99", "The file is odd.", "Use another.", file="a.policy")))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: odd-file (PL-F99)  a.policy",
        "  The file is odd.",
        "  to do     Use another.",
        "  more      policylang explain odd-file",
    ]


def test_messages_are_narrated_for_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYLANG_NARRATED", "1")
    result = run(raising(problem("odd-file", "PL-F99", "The file is odd.")))
    assert result.stderr.startswith("Error: odd-file, code PL-F99.\nThe file is odd.\n")


def test_errors_of_the_library_that_explain_themselves_are_problems() -> None:
    result = run(raising(UnreadDate("“soon” is not a date.", "Type a date.")))
    assert result.exit_code == 2
    assert "“soon” is not a date." in result.stderr


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FileNotFoundError(errno.ENOENT, "", "no/such.policy"), ["no-such-file", "There is no file no/such.policy"]),
        (IsADirectoryError(errno.EISDIR, "", "drafts"), ["folder-not-file", "drafts is a folder"]),
        (NotADirectoryError(errno.ENOTDIR, "", "a/b"), ["no-such-file", "is a file, where a folder should be"]),
        (
            PermissionError(errno.EACCES, "", "a.policy"),
            ["file-not-readable", "do not have permission to use a.policy"],
        ),
        (FileExistsError(errno.EEXIST, "", "a.xlsx"), ["file-exists", "already a file a.xlsx"]),
        (OSError(errno.ENOSPC, "No space left"), ["disk-full", "The disk is full"]),
        (OSError(errno.ENAMETOOLONG, "", "x" * 300), ["no-such-file", "too long"]),
        (OSError(errno.EIO, "Input/output error", "a.xlsx"), ["a.xlsx could not be read or written"]),
    ],
)
def test_what_is_wrong_with_a_file_is_said_without_its_error_number(error: OSError, says: list[str]) -> None:
    result = run(raising(error))
    assert result.exit_code == 2
    assert all(words in result.stderr for words in says)
    assert "Errno" not in result.stderr


def test_a_file_of_ours_that_is_missing_is_not_blamed_on_the_user() -> None:
    ours = ROOT / "policylang" / "_data" / "checks" / "vocabulary.yaml"
    result = run(raising(FileNotFoundError(errno.ENOENT, "", str(ours))))
    assert result.exit_code == 2
    assert "incomplete-installation" in result.stderr


def test_a_fault_of_our_own_is_exit_4_without_a_traceback_or_its_words() -> None:
    result = run(raising(AttributeError("'NoneType' object has no attribute 'span'")))
    assert (result.exit_code, result.stdout) == (4, "")
    assert "Something went wrong inside policylang itself" in result.stderr
    assert "POLICYLANG_DEBUG=1" in result.stderr
    assert "Traceback" not in result.stderr
    assert "NoneType" not in result.stderr


def test_the_detail_of_a_fault_is_there_for_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYLANG_DEBUG", "1")
    result = run(raising(AttributeError("no span")))
    assert result.exit_code == 4
    assert "AttributeError: no span" in result.stderr
    assert "Traceback" in result.stderr


def test_stopping_says_that_nothing_was_written() -> None:
    result = run(raising(KeyboardInterrupt()))
    assert result.exit_code == 130
    assert result.stderr.strip() == "Stopped; nothing was written."


def test_stopping_names_what_was_already_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "written", [])
    done = tmp_path / "a.txt"

    def body() -> None:
        output.write_whole(done, "whole")
        raise KeyboardInterrupt

    result = run(body)
    assert result.exit_code == 130
    assert f"already written, each in whole: {done}" in result.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["chekc"], ["unknown-command", "no command called “chekc”", "Did you mean “check”?"]),
        (["xyzzy"], ["unknown-command", "The commands are: ", "audit, "]),
        (["explain", "--formta", "text"], ["unknown-option", "has no option --formta", "Did you mean --format?"]),
        (["explain", "--format", "pdf", "6.3"], ["unfit-value", "The value for --format does not fit", "'markdown'"]),
        (["clock"], ["missing-word", "The command needs DATE", "Type: policylang clock"]),
        (["explain", "--format"], ["wrong-use", "--format"]),
        (["--helo"], ["unknown-option", "“policylang” has no option --helo", "--help"]),
    ],
)
def test_a_wrong_word_on_the_line_is_answered_with_the_right_one(args: list[str], says: list[str]) -> None:
    result = CliRunner().invoke(main, args)
    assert (result.exit_code, result.stdout) == (2, "")
    for words in says:
        assert words in " ".join(result.stderr.split())


def test_words_too_many_are_named() -> None:
    result = run(lambda: None, "a.policy", "b.policy")
    assert result.exit_code == 2
    assert "more words than “policylang work” takes; it does not know what to do with “a.policy b.policy”" in " ".join(
        result.stderr.split()
    )


def test_nothing_typed_shows_the_help_and_is_wrong_use() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert "Usage: policylang" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_is_there_and_says_what_it_does(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.stderr
    assert f"Usage: policylang {name}" in result.stdout
    # A long line is wrapped.
    assert COMMANDS[name].help in " ".join(CliRunner().invoke(main, ["--help"]).stdout.split())


def test_version() -> None:
    from policylang import __version__

    assert CliRunner().invoke(main, ["--version"]).stdout == f"policylang {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "day_or_words"),
    [
        ("2026-10-31", "2026-10-31"),
        ("31/10/2026", "type 2026-10-31"),
        ("3.4.2026", "type 2026-04-03 or 2026-03-04"),
        ("2026-2-3", "type 2026-02-03"),
        ("2026-02-30", "there is no day 2026-02-30 in the calendar"),
        ("soon", "type the year, the month and the day, as in 2026-10-31"),
    ],
)
def test_a_date_is_year_month_day_and_another_is_refused_with_what_it_could_be(typed: str, day_or_words: str) -> None:
    @click.command("work")
    @click.option("--as-at", type=DAY)
    def body(as_at: object) -> None:
        click.echo(as_at)

    assert day_or_words in " ".join(run(body, "--as-at", typed).output.split())


def test_an_input_file_that_is_not_there_is_answered_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "connect-housing.policy").touch()

    @click.command("work")
    @click.argument("policy", type=INPUT_FILE)
    def body(policy: Path) -> None:
        click.echo(policy.name)

    assert run(body, str(tmp_path / "connect-housing.policy")).stdout == "connect-housing.policy\n"
    wrong = run(body, str(tmp_path / "conect-housing.policy"))
    assert wrong.exit_code == 2
    assert "connect-housing.policy" in wrong.stderr.replace("\n", "")
    assert "there is no folder" in run(body, str(tmp_path / "a" / "b.policy")).stderr.casefold()
    assert "is a folder" in run(body, str(tmp_path)).stderr
    assert run(body, "a\0b").exit_code == 2


@pytest.mark.parametrize(
    ("findings", "threshold", "undecided", "code"),
    [
        ([], Severity.WARNING, False, 0),
        ([ERROR], Severity.WARNING, True, 1),
        ([NOTE], Severity.WARNING, False, 0),
        ([NOTE], Severity.NOTE, False, 1),
        ([NOTE], Severity.WARNING, True, 3),
        ([Finding("p", "P", Severity.PASS, "Kept.")], Severity.NOTE, False, 0),
    ],
)
def test_exit_codes(findings: list[Finding], threshold: Severity, undecided: bool, code: int) -> None:
    assert exit_for(findings, threshold=threshold, undecided=undecided) == code


def test_report_prints_on_stdout_in_the_form_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("work")
    @format_option()
    @threshold_option()
    def body(format: str, threshold: Severity) -> Exit:
        return report([ERROR], format, threshold=threshold)

    assert run(body).stdout.startswith("error: two-figures (PL-L01)\n")
    assert run(body, "--format", "JSON").stdout.startswith("{\n")
    assert run(body).exit_code == run(body, "--threshold", "error").exit_code == 1
    monkeypatch.setenv("POLICYLANG_NARRATED", "1")
    assert run(body).stdout.startswith("1 error.\n")
    assert run(body, "--format", "text").stdout.startswith("error: two-figures")


def python(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | env,
        timeout=60,
        check=False,
    )


def test_all_three_ways_of_starting_are_the_same() -> None:
    ways = [python("cli.py", "--help"), python("-m", "policylang", "--help")]
    ways.append(python("-c", "from policylang.commands import main; main()", "--help"))
    assert len({way.stdout for way in ways}) == 1
    assert [way.returncode for way in ways] == [0, 0, 0]


def test_help_imports_no_command_and_nothing_slow() -> None:
    code = (
        "import sys; from policylang.commands import main, COMMANDS\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "slow = {'lark', 'yaml', 'openpyxl', 'jsonschema', 'polars', 'xml.etree'}\n"
        "slow |= {f'policylang.commands.{c.module}' for c in COMMANDS.values()}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)"
    )
    assert python("-c", code).stderr == "[]\n"


def test_help_imports_nothing_slow() -> None:
    """Start-up is measured in benchmarks/; what decides it is which libraries --help has to load."""
    script = (
        "import sys\nfrom policylang.commands import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "slow = {'lark', 'yaml', 'polars', 'openpyxl', 'docx', 'jsonschema', 'holidays', 'sqlite3', 'asyncio'}\n"
        "print('SLOW', sorted(slow & set(sys.modules)))"
    )
    assert python("-c", script).stdout.splitlines()[-1] == "SLOW []"


def test_output_is_utf8_whatever_the_console_says() -> None:
    result = python("cli.py", "explain", "stage2_responded", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert result.returncode == 0
    assert "•" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is no signal on Windows")
def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = f'"{sys.executable}" cli.py explain stage2_responded --format markdown | true'
    result = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is no signal on Windows")
def test_a_closed_pipe_ends_with_its_own_code() -> None:
    code = (
        "import os, sys; reading, writing = os.pipe(); os.close(reading); os.dup2(writing, 1)\n"
        "from policylang.commands import main; main(['--help'])"
    )
    result = python("-c", code)
    assert (result.returncode, result.stderr) == (141, "")
