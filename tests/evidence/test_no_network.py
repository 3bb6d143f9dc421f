"""Nothing leaves the machine: the whole way, from a log to the evidence, runs with every socket blocked."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from policylang.commands import main
from tests.evidence.test_fill import workbook

ROOT = Path(__file__).resolve().parents[2]
POLICY = str(ROOT / "policies" / "connect-housing.policy")
LOG = str(ROOT / "examples" / "complaints-log.xlsx")
MAP = ["--map", str(ROOT / "examples" / "complaints-log.mapping.yaml")]


class Reached(AssertionError):
    """Something tried to reach the network."""


@pytest.fixture(autouse=True)
def blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_more: Any) -> NoReturn:
        raise Reached("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_the_block_holds() -> None:
    with pytest.raises(Reached):
        socket.create_connection(("localhost", 9))


@pytest.mark.parametrize(
    "line",
    [
        ["lint", POLICY],
        ["check", POLICY, "--format", "html"],
        ["test", POLICY],
        ["diff", "housing-ombudsman-2022", "housing-ombudsman-2024"],
        ["explain", "HO24-6.3"],
        ["clock", "2025-12-19", "10 working days"],
        ["map", LOG],
        ["audit", POLICY, LOG, *MAP, "--as-at", "2026-10-31"],
        ["annual", POLICY, LOG, *MAP, "--year", "2025-04-01"],
        ["replay", POLICY, LOG, "CMP-1050", *MAP, "--as-at", "2026-10-31"],
    ],
    ids=lambda line: line[0],
)
def test_a_command_needs_no_network(line: list[str]) -> None:
    done = CliRunner().invoke(main, line)
    assert done.exit_code in (0, 1), done.stderr
    assert "Reached" not in done.output


def test_an_assessment_and_its_verification_need_no_network(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert CliRunner().invoke(main, ["assess", POLICY, LOG, *MAP, "--as-at", "2026-10-31", "--out", out]).exit_code == 1
    inputs = ["--inputs", str(ROOT / "policies"), "--inputs", str(ROOT / "examples")]
    assert CliRunner().invoke(main, ["verify", out, *inputs]).exit_code == 0


def test_reports_forms_and_marked_logs_need_no_network(tmp_path: Path) -> None:
    as_at = ["--as-at", "2026-10-31"]
    year = ["--year", "2025-04-01", "--out", str(tmp_path / "annual")]
    assert CliRunner().invoke(main, ["annual", POLICY, LOG, *MAP, *year]).exit_code == 0
    marked = str(tmp_path / "marked.xlsx")
    assert CliRunner().invoke(main, ["mark", POLICY, LOG, *MAP, *as_at, "--out", marked]).exit_code == 1
    form = workbook(tmp_path / "form.xlsx")
    filled = ["--template", str(form), "--out", str(tmp_path / "filled.xlsx")]
    assert CliRunner().invoke(main, ["fill", POLICY, *as_at, *filled]).exit_code == 1
