"""Every hostile log ends in a named finding: quickly, without a traceback, and with nothing left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from policylang.casebook.reader import propose_mapping, read_cases
from policylang.findings.finding import Severity
from tests.hostile.files import FILES, Hostile

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
    "what", ["a crowd of shared texts", "a far cell", "a bomb of shared texts", "a million empty rows"]
)
def test_memory_stays_bounded(what: str, tmp_path: Path) -> None:
    hostile = next(h for h in FILES if h.what == what)
    path = tmp_path / hostile.name
    hostile.make(path)
    program = (
        "import re, sys; from policylang.casebook.reader import read_cases; r = read_cases(sys.argv[1]);"
        "print(r.findings[-1].rule, int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    rule, megabytes = done.stdout.split()
    assert rule == hostile.rule
    assert int(megabytes) < MEGABYTES
