"""The house has one direction: a room knows the rooms below it and never those above."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import MODULES, PACKAGE, ROOT, imported, name_of, tree_of

MAY_KNOW = {
    "findings": set(),
    "documents": {"findings"},
    "language": {"findings"},
    "model": {"findings", "language"},
    "checker": {"findings", "documents", "language", "model"},
    "casebook": {"findings", "model"},
    "auditor": {"findings", "model", "casebook"},
    "stories": {"findings", "documents", "language", "model", "checker", "casebook", "auditor"},
    "evidence": {"findings", "documents", "language", "model", "checker", "casebook", "auditor", "stories"},
    "commands": {"findings", "documents", "language", "model", "checker", "casebook", "auditor", "stories", "evidence"},
}
"""What each room may import of the others. The package itself is the front door and may import them all."""

SLOW = {
    "docx",
    "jsonschema",
    "lark",
    "lxml",
    "openpyxl",
    "polars",
    "yaml",
    "holidays",
    "numpy",
    "pypdf",
    "pyspark",
    "pyarrow",
}
"""Libraries that take long to import: the frame and the findings, which every command needs, never import them."""

OUTSIDE = {"click", "docx", "jsonschema", "lark", "lxml", "openpyxl", "yaml", "polars", "pypdf", "pyspark", "pyarrow"}
"""Libraries the package may use at all; anything else is a dependency that nobody has declared."""


def room(module: str) -> str:
    """The room of a dotted name within the package; empty for the front door itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and (PACKAGE / parts[1]).is_dir() else ""


def faults(name: str, names: Iterable[tuple[str, int]]) -> list[str]:
    """What a module of the room called ``name`` imports and may not."""
    return [
        f"line {line}: {name} may not know {room(module)} ({module})"
        for module, line in names
        if module.split(".")[0] == "policylang" and room(module) not in {"", name} | MAY_KNOW[name]
    ]


def test_every_room_is_in_the_table_and_the_table_has_no_way_back() -> None:
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert rooms == set(MAY_KNOW)
    for name, below in MAY_KNOW.items():
        assert name not in below
        assert all(name not in MAY_KNOW[other] for other in below)
        if name != "auditor" and name != "casebook":  # these read norms, not text
            assert all(MAY_KNOW[other] <= below for other in below)


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != PACKAGE], ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    name = path.relative_to(PACKAGE).parts[0]
    assert faults(name, imported(path, tree_of(path))) == []


def test_the_test_sees_every_kind_of_import() -> None:
    source = (
        "import policylang.evidence.form\n"
        "def f():\n"
        "    from policylang.auditor import replay\n"
        "    from ..commands import main\n"
        "    from .. import casebook\n"
        "    import_module('policylang.checker.lint')\n"
        "    from . import tree\n"
        "    from policylang.findings.finding import Finding\n"
        "    from policylang import __version__\n"
    )
    found = faults("language", imported(PACKAGE / "language" / "x.py", ast.parse(source)))
    assert [fault.split(":")[0] for fault in found] == ["line 1", "line 3", "line 4", "line 5", "line 6"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_declared_libraries_are_imported(path: Path) -> None:
    tops = {module.split(".")[0] for module, _ in imported(path, tree_of(path))}
    assert tops - sys.stdlib_module_names - {"policylang"} <= OUTSIDE


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.relative_to(PACKAGE).parts[0] in {"findings", "commands"}], ids=name_of
)
def test_the_frame_and_the_findings_import_nothing_slow_on_the_way_in(path: Path) -> None:
    top = ast.Module([node for node in tree_of(path).body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    assert not {module.split(".")[0] for module, _ in imported(path, top)} & SLOW


def test_cli_knows_only_the_commands() -> None:
    path = ROOT / "cli.py"
    assert [module for module, _ in imported(path, tree_of(path))] == ["policylang.commands.main"]
