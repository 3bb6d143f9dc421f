"""What is installed works by itself: the Codes, policies, pages and grammar are inside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CARRIED = {".lark", ".md", ".html", ".css", ".js", ".json", ".svg", ".yaml"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that would become a wheel, built from this checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "setup.py", "--quiet", "build_py", "--build-lib", str(folder)]
    egg = ["egg_info", "--egg-base", str(tmp_path_factory.mktemp("egg"))]
    result = subprocess.run(
        [*command[:3], *egg, *command[3:]], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr
    return folder


def test_the_data_is_inside_and_the_same(built: Path) -> None:
    for name in ("checks", "policies"):
        here = {p.relative_to(ROOT / name): p.read_bytes() for p in _files(ROOT / name)}
        there = {
            p.relative_to(built / "policylang" / "_data" / name): p
            for p in _files(built / "policylang" / "_data" / name)
        }
        assert set(here) == set(there)
        assert all(there[p].read_bytes() == text for p, text in here.items())


def test_every_module_and_every_file_they_read_is_inside(built: Path) -> None:
    def kept(folder: Path) -> set[str]:
        return {
            p.relative_to(folder).as_posix()
            for p in folder.rglob("*")
            if (p.suffix in {".py", *CARRIED} or p.name == "py.typed") and not {"__pycache__", "_data"} & set(p.parts)
        }

    assert kept(built / "policylang") == kept(ROOT / "policylang")


def test_it_runs_far_from_the_checkout(built: Path, tmp_path: Path) -> None:
    # A stranger's folder called “checks” beside the installed package must not be taken for ours.
    (tmp_path / "checks").mkdir()
    program = (
        "import policylang, sys; from policylang.commands import main; print(policylang.__file__); main(sys.argv[1:])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, "explain", "receipt"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(built)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(str(built))
    assert "A word of the language (event)" in result.stdout


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
