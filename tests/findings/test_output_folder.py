"""A folder of results is put in place whole or not at all, whatever stands in its way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.commands import main, output
from policylang.commands.output import spare, whole_folder
from policylang.findings.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / "policies" / "connect-housing.policy"


def fill(draft: Path, text: str = "new") -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (draft / name).write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def full(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    fill(folder, "old")
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    (folder / "c.txt").unlink()
    return folder


OLD = {"a.txt": "old", "b.txt": "old", "mine.txt": "kept"}


def test_what_is_there_is_replaced_and_the_rest_stays(full: Path) -> None:
    with whole_folder(full, overwrite=True) as draft:
        fill(draft)
    assert contents(full) == {"a.txt": "new", "b.txt": "new", "c.txt": "new", "mine.txt": "kept"}
    assert [path.name for path in full.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize("fails_at", ["a.txt", "b.txt", "c.txt"])
def test_one_file_that_cannot_be_replaced_leaves_all_as_they_were(
    full: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    """On Windows a file that is open in Excel cannot be replaced."""
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).parent == full and Path(target).name == fails_at and Path(source).read_text() == "new":
            raise PermissionError(13, "in use", str(target))
        real(source, target)

    monkeypatch.setattr("policylang.commands.output.os.replace", replace)
    monkeypatch.setattr(output, "written", [])
    with pytest.raises(PermissionError), whole_folder(full, overwrite=True) as draft:
        fill(draft)
    assert contents(full) == OLD
    assert [path.name for path in full.iterdir() if path.is_dir()] == []
    assert output.written == []


def test_a_folder_in_the_place_of_a_file_is_said_and_nothing_is_moved(full: Path) -> None:
    (full / "c.txt").mkdir()
    with pytest.raises(Problem, match="is a folder, and a file of that name"), whole_folder(full, overwrite=True) as d:
        fill(d)
    assert contents(full) == OLD


def test_ctrl_c_while_files_are_put_in_place_counts_when_all_are(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        real(source, target)

    monkeypatch.setattr("policylang.commands.output.os.replace", replace)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a Spark session of other tests has its own
    try:
        with pytest.raises(KeyboardInterrupt), whole_folder(full, overwrite=True) as draft:
            fill(draft)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert contents(full) == {"a.txt": "new", "b.txt": "new", "c.txt": "new", "mine.txt": "kept"}


def test_folders_made_on_the_way_are_gone_if_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole_folder(tmp_path / "a" / "b" / "c") as draft:
        (draft / "log.csv").read_bytes()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".", "", "../here"])
def test_the_folder_one_stands_in_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with whole_folder(name) as draft:
        fill(draft)
    assert len(contents(tmp_path / "here")) == 3
    with whole_folder(name, overwrite=True) as draft:
        fill(draft, "again")
    assert contents(tmp_path / "here")["a.txt"] == "again"


@pytest.mark.skipif(os.name == "nt", reason="on Windows links need a permission that few have")
def test_links_are_followed_and_one_that_leads_back_to_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "nowhere").symlink_to("made")
    (tmp_path / "loop").symlink_to("loop")
    for name, real in (("link", "real"), ("nowhere", "made")):
        with whole_folder(tmp_path / name) as draft:
            fill(draft)
        assert len(contents(tmp_path / real)) == 3
        assert (tmp_path / name).is_symlink()
    with pytest.raises(Problem, match="leads back to itself"), whole_folder(tmp_path / "loop"):
        pass
    (tmp_path / "log.csv").symlink_to("real/a.txt")
    with pytest.raises(Problem, match="would be written over it"):
        spare([tmp_path / "log.csv"], tmp_path / "link" / "a.txt")


@pytest.mark.parametrize(
    ("out", "code"), [("log.csv", "PL-F10"), ("log.csv/sub", "PL-F14"), ("full", "PL-F11"), ("x" * 300, "PL-F01")]
)
@pytest.mark.parametrize("command", ["assess", "annual", "redact"])
def test_a_place_that_cannot_be_is_a_finding_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, out: str, code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text("Ref,Received\nA-1,2025-06-03\n", encoding="utf-8")
    Path("key.txt").write_text("a long secret text that nobody guesses", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("kept", encoding="utf-8")
    options = {"annual": ["--year", "2025-04-01"], "redact": ["--as-at", "2025-12-31", "--key", "key.txt"]}
    line = [command, str(POLICY), "log.csv", *options.get(command, ["--as-at", "2025-12-31"]), "--out", out]
    done = CliRunner().invoke(main, line)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"({code})" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "key.txt", "log.csv"]
    assert contents(tmp_path / "full") == {"mine.txt": "kept"}


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to the whole console, the tests included")
@pytest.mark.parametrize("command", ["assess", "annual"])
def test_ctrl_c_in_the_middle_leaves_nothing(tmp_path: Path, command: str) -> None:
    log = tmp_path / "log.csv"
    rows = "".join(f"A-{n},2025-06-{n % 28 + 1:02d},2025-06-{n % 28 + 1:02d},\n" for n in range(20_000))
    log.write_text(f"Ref,Received,Acknowledged,Responded\n{rows}", encoding="utf-8")
    options = ["--year", "2025-04-01"] if command == "annual" else ["--as-at", "2025-12-31"]
    line = [sys.executable, str(ROOT / "cli.py"), command, str(POLICY), str(log), *options]
    with subprocess.Popen([*line, "--out", str(tmp_path / "out")], stdout=-1, stderr=-1, text=True) as running:
        until = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert "Stopped; nothing was written." in err
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]
