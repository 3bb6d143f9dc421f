"""Small things that rot unless something looks: sizes, leftovers, machine paths, names of files that are not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from policylang.commands import explainers
from tests.architecture.source import MODULES, PACKAGE, ROOT, name_of, tree_of

LARGEST = 25_000
TEXT = {".py", ".md", ".lark", ".yaml", ".toml", ".policy", ".code", ".html", ".css", ".js", ".json", ".cmd", ".in", ""}
FOLDERS = ("policylang", "tests", "checks", "policies", "docs", "examples", "benchmarks", "scripts", ".ci")
# Put together from halves, so that this file does not find itself.
LEFTOVER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|raise Not" + r"ImplementedError)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~])(?:/(?:home|root|work|Users)/[\w.]|[A-Z]:\\Us" + r"ers\\)")
SHIPPED_FILE = re.compile(r"(?<![\w/.-])(?:policies|checks|docs|examples|scripts|benchmarks)/[\w./-]*\w\.[a-z]\w*")
CODE = re.compile(r"PL-[A-Z]\d{2}")


def texts() -> Iterator[Path]:
    """Every text file of the project that a person wrote."""
    yield from sorted(p for p in ROOT.iterdir() if p.is_file() and p.suffix in TEXT and not p.name.startswith("."))
    for folder in FOLDERS:
        yield from sorted(
            p
            for p in (ROOT / folder).rglob("*")
            if p.is_file() and p.suffix in TEXT and "__pycache__" not in p.parts and "_data" not in p.parts
        )


@pytest.mark.parametrize("path", [p for p in texts() if PACKAGE in p.parents and p.suffix != ".json"], ids=name_of)
def test_no_file_is_too_large_to_read(path: Path) -> None:
    assert path.stat().st_size <= LARGEST


def test_no_leftovers_and_no_paths_of_anybodys_machine() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if LEFTOVER.search(line) or MACHINE_PATH.search(line)
    ]
    assert found == []


def test_every_folder_of_modules_is_a_package() -> None:
    assert [name_of(p.parent) for p in MODULES if not (p.parent / "__init__.py").is_file()] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_data_files_that_are_opened_are_there(path: Path) -> None:
    missing = [str(file) for file in _data_files(path) if not file.exists()]
    assert missing == []


def _data_files(path: Path) -> Iterator[Path]:
    """What ``checks_dir() / "a" / "b.yaml"`` and ``Path(__file__).with_name("x")`` name, as far as it is constant."""
    homes = {"checks_dir": ROOT / "checks", "policies_dir": ROOT / "policies"}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            first, names = _divided(node)
            home = homes.get(getattr(first.func, "id", "")) if isinstance(first, ast.Call) else None
            if home is not None:
                yield home.joinpath(*names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "with_name":
            name = node.args[0]
            if "__file__" in ast.dump(node) and isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield path.with_name(name.value)


def _divided(node: ast.expr) -> tuple[ast.expr, list[str]]:
    """The left end of a chain of ``/`` and the constant parts that follow it, up to the first that is not constant."""
    parts: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        parts.insert(0, node.right)
        node = node.left
    names: list[str] = []
    for part in parts:
        if not isinstance(part, ast.Constant) or not isinstance(part.value, str):
            break
        names.append(part.value)
    return node, names


@pytest.mark.parametrize(
    "path",
    [p for p in texts() if p.parent in {ROOT, ROOT / "docs", ROOT / ".ci"} and p.suffix in {".md", ""}],
    ids=name_of,
)
def test_files_that_are_named_to_readers_are_there(path: Path) -> None:
    named = set(SHIPPED_FILE.findall(path.read_text(encoding="utf-8")))
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_code_of_a_finding_can_be_explained() -> None:
    codes: dict[str, str] = {}
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                codes.setdefault(node.value, name_of(path))
    assert codes
    unexplained = {
        code: path for code, path in codes.items() if not (explainers.rule(code) or explainers.lint_rule(code))
    }
    assert unexplained == {}
