"""Every hostile log ends in a named finding: quickly, without a traceback, and with nothing left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from policylang.casebook.reader import propose_mapping, read_cases
from policylang.findings.finding import Severity
from tests.hostile.files import FILES
from tests.hostile.made import Hostile

SECONDS = 10
MEGABYTES = 512


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("hostile", FILES, ids=lambda h: f"{h.what} ({Path(h.name).suffix})")
def test_a_hostile_log_ends_in_one_named_finding(hostile: Hostile, tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    path = folder / hostile.name
    hostile.make(path)
    before = sorted(folder.iterdir())
    # Time of this process, not of the clock on the wall: other work on the machine is no fault of the file's.
    start = time.process_time()
    result = read_cases(path)
    took = time.process_time() - start
    errors = [f for f in result.findings if f.severity is Severity.ERROR]
    assert [f.rule for f in errors] == [hostile.rule]
    assert result.stopped
    assert not result.casebook.cases
    assert result.casebook.reconciles
    assert took < SECONDS
    (found,) = errors
    assert found.message.endswith(".")
    assert found.help
    assert found.place is not None
    assert sorted(folder.iterdir()) == before


def test_proposing_a_mapping_meets_the_same_files_as_calmly(tmp_path: Path) -> None:
    for hostile in FILES[:24]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        hostile.make(folder / hostile.name)
        proposal, findings = propose_mapping(folder / hostile.name)
        assert proposal is None
        assert [f.rule for f in findings] == [hostile.rule]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process the most memory it held")
@pytest.mark.parametrize(
    "what",
    [
        *("a crowd of shared texts", "a far cell", "a bomb of shared texts", "a million empty rows"),
        *("rows repeated again and again", "a billion empty rows", "noise in the pages", "long texts"),
    ],
)
def test_memory_stays_bounded(what: str, tmp_path: Path) -> None:
    hostile = next(h for h in FILES if h.what == what)
    path = tmp_path / hostile.name
    hostile.make(path)
    program = (
        "import re, resource, sys; from policylang.casebook.reader import read_cases; r = read_cases(sys.argv[1]);"
        "own = int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]);"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss;"
        "print(r.findings[-1].rule, (own + child) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    rule, megabytes = done.stdout.split()
    assert rule == hostile.rule
    assert int(megabytes) < MEGABYTES


_HEAD = b"Reference,Date received,Acknowledged,Case handler\n"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"C-1,0000-01-01,2024-03-04,x\n", "date-not-readable"),
        (b"C-1,9999-12-31,2024-03-04,x\n", "date-absurd"),
        (b"C-1,0001-01-01,2024-03-04,x\n", "date-absurd"),
        (b"C-1,2024-03-01,2024-03-04,caf\xc3\xa9\nC-2,2024-03-01,,caf\xe9\n", "text-encodings-mixed"),
        # Half of a character, as it cannot stand in UTF-8.
        (b"C-1,2024-03-01,\xed\xa0\xa1,x\n", "date-not-readable"),
        (b"C-1,2024-03-01,=1+1,=cmd|' /C calc'!A0\n", "date-not-readable"),
        (b"C-1,2024-03-01,@SUM(1;2),+x\n", "date-not-readable"),
    ],
)
def test_what_is_odd_in_a_cell_is_named_and_stops_nothing(content: bytes, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(_HEAD + content)
    result = read_cases(path)
    assert not result.stopped
    assert rule in [f.rule for f in result.findings]
    assert all(f.message.encode("utf-8") for f in result.findings)
    assert not any("cmd" in f.message or "SUM" in f.message for f in result.findings)


@pytest.mark.parametrize("what", ["a bomb of shared texts", "rows repeated without end", "noise in the pages"])
def test_the_command_exits_2_without_a_traceback(what: str, tmp_path: Path) -> None:
    hostile = next(h for h in FILES if h.what == what)
    path = tmp_path / hostile.name
    hostile.make(path)
    done = subprocess.run(
        [sys.executable, "-m", "policylang", "map", str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert hostile.rule in done.stderr
    assert "Traceback" not in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == [hostile.name]
