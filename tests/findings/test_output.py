"""What a command writes is there whole or not at all, and nothing is replaced unless that was asked for."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from policylang.commands import output
from policylang.commands.frame import Problem, Progress, whole_file, whole_folder, write_whole


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    with whole_file(target) as draft:
        draft.write_text("half", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "half"
    assert names(tmp_path) == ["report.html"]


def test_a_failure_leaves_nothing_and_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")

    def fail() -> None:
        with whole_file(target, overwrite=True) as draft:
            draft.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["report.html"]


def test_an_existing_file_is_refused_before_any_work_and_replaced_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_whole(target, "old\r\n")
    with pytest.raises(Problem, match="There is already a file") as refused:
        write_whole(target, "new")
    assert refused.value.findings[0].rule == "file-exists"
    assert "--overwrite" in (refused.value.findings[0].help or "")
    assert target.read_bytes() == b"old\r\n"
    write_whole(target, b"new", overwrite=True)
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_or_a_device_is_never_replaced(tmp_path: Path, overwrite: bool) -> None:
    with pytest.raises(Problem, match="is a folder"):
        write_whole(tmp_path, "x", overwrite=overwrite)
    if os.name != "nt":
        with pytest.raises(Problem, match="not an ordinary file"):
            write_whole(os.devnull, "x", overwrite=overwrite)


def test_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_whole(link, "new", overwrite=True)
    assert real.read_text(encoding="utf-8") == "new"
    assert link.is_symlink()


def test_a_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    write_whole(tmp_path / "ours", "x")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_folder_that_is_not_there_is_not_made_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no folder"):
        write_whole(tmp_path / "reprots" / "a.txt", "x")
    assert names(tmp_path) == []


def test_where_nothing_can_be_written_is_said_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, *_args: object, **_settings: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(Problem, match="Nothing can be written in") as refused, whole_file(tmp_path / "a.txt"):
        pytest.fail("the work began")
    assert refused.value.findings[0].rule == "folder-not-writable"
    with pytest.raises(Problem, match="Nothing can be written in"), whole_folder(tmp_path / "new" / "out"):
        pytest.fail("the work began")


def test_a_folder_of_results_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "results" / "october"
    with whole_folder(target) as draft:
        (draft / "pictures").mkdir()
        (draft / "pictures" / "grid.svg").write_text("<svg/>", encoding="utf-8")
        assert not target.exists()
    assert names(tmp_path / "results") == [
        "october",
        str(Path("october") / "pictures"),
        str(Path("october") / "pictures" / "grid.svg"),
    ]


def test_a_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with whole_folder(tmp_path / "out") as draft:
            (draft / "a.txt").touch()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(tmp_path) == []


def test_a_folder_with_something_in_it_is_refused_and_added_to_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    (target / "form.xlsx").write_text("old", encoding="utf-8")
    with pytest.raises(Problem, match="not empty"), whole_folder(target):
        pytest.fail("the work began")
    with whole_folder(target, overwrite=True) as draft:
        (draft / "form.xlsx").write_text("new", encoding="utf-8")
        (draft / "parts").mkdir()
        (draft / "parts" / "a.txt").touch()
    assert names(tmp_path) == [
        "out",
        str(Path("out/form.xlsx")),
        str(Path("out/mine.txt")),
        str(Path("out/parts")),
        str(Path("out/parts/a.txt")),
    ]
    assert (target / "form.xlsx").read_text(encoding="utf-8") == "new"


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    with whole_folder(tmp_path) as draft:
        (draft / "a.txt").touch()
    assert names(tmp_path) == ["a.txt"]


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(Problem, match="is a file, and a folder is needed"), whole_folder(tmp_path / "out"):
        pytest.fail("the work began")


def test_what_was_written_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "written", [])
    write_whole(tmp_path / "a.txt", "x")
    with whole_folder(tmp_path / "out"):
        pass
    assert output.written == [tmp_path / "a.txt", tmp_path / "out"]


class Screen(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def work(screen: Screen, *, seconds: float, steps: int = 100, total: int | None = 100) -> None:
    clock = Clock()
    with Progress("Judging cases", total, stream=screen, clock=clock) as step:
        for _ in range(steps):
            clock.now += seconds / steps
            step()


def test_progress_is_shown_only_on_a_terminal_and_only_for_what_takes_long() -> None:
    for terminal, seconds in ((False, 60), (True, 1.9)):
        screen = Screen(terminal=terminal)
        work(screen, seconds=seconds)
        assert screen.getvalue() == ""


def test_progress_says_share_rate_and_time_left_and_clears_up_after_itself() -> None:
    screen = Screen(terminal=True)
    work(screen, seconds=25)
    lines = screen.getvalue().split("\r")
    assert lines[1] == "Judging cases: [----------] 8%, 8 of 100 cases, 4 a second, about 23 s left"
    assert lines[-2].strip() == ""
    assert lines[-1] == ""


def test_progress_fills_its_bar_and_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    screen = Screen(terminal=True)
    work(screen, seconds=25)
    lines = screen.getvalue().split("\r")
    assert lines[-3].startswith("Judging cases: [##########] 100%")
    assert max(map(len, lines)) == 39


def test_progress_without_a_total_counts() -> None:
    screen = Screen(terminal=True)
    work(screen, seconds=600, total=None)
    assert screen.getvalue().split("\r")[1].strip() == "Judging cases: 1, 10 a minute"


def test_progress_draws_at_most_ten_times_a_second() -> None:
    screen = Screen(terminal=True)
    work(screen, seconds=4, steps=4000, total=4000)
    assert screen.getvalue().count("Judging") <= 21
