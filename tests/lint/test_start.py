"""``lint`` of one policy starts fast: what it does not need is not loaded. (Times are measured, not tested here.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDLESS = (
    "docx", "holidays", "jsonschema", "openpyxl", "polars", "pypdf", "xml", "yaml", "zipfile._path",
    "policylang.casebook", "policylang.documents", "policylang.evidence", "policylang.model.calendar",
)  # fmt: skip


def test_lint_loads_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys\n"
        "from policylang.commands import main\n"
        "try:\n"
        "    main(['lint', 'policies/greatwell-homes.policy', '--format', 'text'])\n"
        "finally:\n"
        f"    print(sorted(set({NEEDLESS!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stderr.splitlines()[-1] == "[]"
