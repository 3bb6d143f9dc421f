"""Every hostile form ends in a named finding: quickly, without a traceback, and with nothing written."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.commands import main
from policylang.evidence.office.fill_docx import fill_document
from policylang.evidence.office.fill_xlsx import fill_workbook
from policylang.evidence.office.template import Filled
from policylang.findings.problem import Problem
from tests.hostile.forms import FORMS, Form, written

TEXTS = {number: {"comply": "Yes", "evidence": "Here.", "commentary": "So."} for number in ("5.1", "5.2", "5.9")}
POLICY = Path(__file__).resolve().parents[2] / "policies" / "connect-housing.policy"
SECONDS = 10


def name(form: Form) -> str:
    return f"{form.what} ({Path(form.name).suffix})"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("form", [f for f in FORMS if f.name.endswith((".xlsx", ".docx"))], ids=name)
def test_a_hostile_form_ends_in_its_finding_or_is_filled(form: Form, tmp_path: Path) -> None:
    path = written(form, tmp_path)
    before, start = path.read_bytes(), time.process_time()
    fill = fill_workbook if form.name.endswith(".xlsx") else fill_document
    filled = Filled()
    try:
        filled = fill(path, TEXTS)
        findings = tuple(filled.findings)
    except Problem as stopped:
        findings = stopped.findings
    assert time.process_time() - start < SECONDS
    assert {finding.code for finding in findings} == ({form.code} if form.code else set())
    if not form.code:
        assert filled.cells >= 8  # nine, and a row that is short has one fewer
    for finding in findings:
        assert finding.message.endswith(".")
        assert finding.help
        assert finding.place is not None
    assert path.read_bytes() == before


@pytest.mark.parametrize("what", ["macros", "another kind", "a password", "a Word document called a workbook"])
def test_the_command_says_so_and_writes_nothing(what: str, tmp_path: Path) -> None:
    for form in (form for form in FORMS if form.what == what):
        path, out = written(form, tmp_path), tmp_path / "out" / form.name
        out.parent.mkdir(exist_ok=True)
        line = ["fill", str(POLICY), "--as-at", "2025-12-31", "--template", str(path), "--out", str(out)]
        done = CliRunner().invoke(main, line)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"({form.code})" in done.stderr
        assert list(out.parent.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process the most memory it held")
@pytest.mark.parametrize(
    "what",
    ["a far cell", "a stray cell far below", "every cell merged into one", "a table as wide as the memory", "a bomb"],
)
def test_memory_stays_bounded(what: str, tmp_path: Path) -> None:
    program = (
        "import re, sys; from pathlib import Path\n"
        "from policylang.findings.problem import Problem\n"
        "from policylang.evidence.office.fill_docx import fill_document\n"
        "from policylang.evidence.office.fill_xlsx import fill_workbook\n"
        "path = Path(sys.argv[1])\n"
        "texts = {'5.1': {'comply': 'Yes', 'evidence': 'Here.'}}\n"
        "try:\n    (fill_workbook if path.suffix == '.xlsx' else fill_document)(path, texts)\n"
        "except Problem:\n    pass\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024)"
    )
    path = written(next(form for form in FORMS if form.what == what), tmp_path)
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300
