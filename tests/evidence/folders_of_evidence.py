"""Folders of evidence, made once, for whatever holds evidence against its manifest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from policylang.commands import main

ROOT = Path(__file__).resolve().parents[2]
POLICY = "connect-housing.policy"
LOG = "log.csv"
MAPPING = "log.mapping.yaml"
CSV = """Ref,Received,Acknowledged,Responded
A-1,2025-06-03,2025-06-05,2025-06-14
A-2,2025-06-04,2025-06-20,2025-08-01
A-3,2025-06-05,,
"""
MAPPED = """mapping: 1
columns:
  reference: Ref
  received: {column: Received, dates: iso}
  acknowledged: {column: Acknowledged, dates: iso}
  responded: {column: Responded, dates: iso, empty: not-done}
"""


def inputs(base: Path) -> list[str]:
    """The folder ``in`` with a policy, a log and its mapping; gives them as words of a command line."""
    base.mkdir(parents=True, exist_ok=True)
    (base / "in").mkdir()
    shutil.copy(ROOT / "policies" / POLICY, base / "in" / POLICY)
    (base / "in" / LOG).write_text(CSV, encoding="utf-8", newline="\n")
    (base / "in" / MAPPING).write_text(MAPPED, encoding="utf-8", newline="\n")
    return [str(base / "in" / POLICY), str(base / "in" / LOG), "--map", str(base / "in" / MAPPING)]


def assessment(base: Path, *more: str) -> Path:
    """An assessment of three cases in the folder ``out``, its inputs in ``in``."""
    return _made(base, ["assess", *inputs(base), "--as-at", "2025-12-31", *more])


def annual_report(base: Path, *more: str) -> Path:
    """The annual report on three cases in the folder ``out``, its inputs in ``in``."""
    options = ["--year", "2025-04-01", "--homes", "LCRA=2000", "--tenure", "Extra care=LCRA", *more]
    return _made(base, ["annual", *inputs(base), *options])


def _made(base: Path, line: list[str]) -> Path:
    done = CliRunner().invoke(main, [*line, "--out", str(base / "out")])
    assert done.exit_code in (0, 1), done.stderr
    return base


KINDS: dict[str, Callable[[Path], Path]] = {"assess": assessment, "annual": annual_report}


def verify(base: Path, *more: str) -> Result:
    """The command, with the inputs at hand."""
    return CliRunner().invoke(main, ["verify", str(base / "out"), "--inputs", str(base / "in"), *more])


def rules(result: Result) -> list[str]:
    """The rules that a run with ``--format json`` found, in order."""
    return [finding["rule"] for finding in json.loads(result.stdout)["findings"]["findings"]]


def manifest_of(base: Path) -> dict[str, Any]:
    """The manifest as data."""
    found: dict[str, Any] = json.loads((base / "out" / "manifest.json").read_text(encoding="utf-8"))
    return found


def with_manifest(base: Path, data: object) -> None:
    """Another manifest in its place, laid out as the tool lays it out."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (base / "out" / "manifest.json").write_bytes(text.encode("utf-8"))
