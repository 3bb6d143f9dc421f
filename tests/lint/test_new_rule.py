"""``policylang new rule``: what it writes is good code, and its test fails until somebody writes the rule."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.checker.lint._rule import rules
from policylang.commands import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as a rule and its test need."""
    for folder in ("policylang", "checks", "policies"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests" / "lint").mkdir(parents=True)
    for name in ("__init__.py", "documents.py", "lint/__init__.py", "lint/rules.md", "lint/test_rules.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def start(name: str, checkout: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["new", "rule", name, "--checkout", str(checkout), *options])


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_what_is_written_is_good_and_its_test_fails_until_the_rule_is(checkout: Path) -> None:
    result = start("duty-said-twice", checkout, "--severity", "note")
    assert result.exit_code == 0
    path = checkout / "policylang" / "checker" / "lint" / "duty_said_twice.py"
    text = path.read_text(encoding="utf-8")
    last = max(int(module.CODE[2:]) for module in rules())
    assert f'CODE = "PL{last + 1}"' in text
    assert "SEVERITY = Severity.NOTE" in text
    for tool in (["ruff", "check"], ["ruff", "format", "--check"]):
        done = run(checkout, "-m", *tool, str(path))
        assert done.returncode == 0, done.stdout
    done = run(checkout, "-m", "mypy", "--strict", "--follow-imports=silent", "--no-incremental", str(path))
    assert done.returncode == 0, done.stdout
    done = run(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/lint/test_rules.py")
    assert "test_rule[duty-said-twice]" in done.stdout
    assert "the bad one must show the fault" in done.stdout
    assert done.stdout.count("\nFAILED") == 2  # the rule finds nothing, and what has to be written is not


def test_nothing_that_is_there_is_replaced(checkout: Path) -> None:
    assert start("duty-said-twice", checkout).exit_code == 0
    examples = (checkout / "tests/lint/rules.md").read_text(encoding="utf-8")
    for name in ("duty-said-twice", "bare-days", "no-such-file"):
        again = start(name, checkout)
        assert again.exit_code == 2
        assert "already" in again.stderr
    assert (checkout / "tests/lint/rules.md").read_text(encoding="utf-8") == examples


@pytest.mark.parametrize("name", ["Duty", "twice", "duty said twice", "../duty-x", "duty_said_twice", "-x-", "x" * 70])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "policylang/checker/lint").mkdir(parents=True)
    (tmp_path / "tests/lint").mkdir(parents=True)
    (tmp_path / "tests/lint/rules.md").touch()
    result = CliRunner().invoke(main, ["new", "rule", "--checkout", str(tmp_path), "--", name])
    assert result.exit_code == 2
    assert "small letters" in result.stderr
    assert list((tmp_path / "policylang/checker/lint").iterdir()) == []


def test_outside_a_checkout_it_says_so(tmp_path: Path) -> None:
    result = start("duty-said-twice", tmp_path)
    assert result.exit_code == 2
    assert "checkout" in result.stderr
