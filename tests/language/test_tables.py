"""The tables that spare the parser being built: up to date, the same parser, and not needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lark import Lark
from lark.exceptions import UnexpectedInput

from policylang.language import tables

ROOT = Path(__file__).resolve().parents[2]
TEXT = tables.grammar_text()
SENTENCES = [
    "must respond within 10 working days of receipt [3.2]",
    'organisation "Connect Housing"',
    "may refuse complaint when (anonymous or vexatious) and not good-reason",
    "must must",
    "within",
]


def test_the_tables_are_up_to_date() -> None:
    assert tables.up_to_date(), "run python scripts/make_parser.py"


def test_the_script_says_so_too() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_parser.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "The parser's tables are up to date.\n")


def outcome(parser: Lark, text: str) -> object:
    try:
        return parser.parse(text, start="sentence")
    except UnexpectedInput as fault:
        return type(fault).__name__, fault.pos_in_stream


def test_the_parser_from_the_tables_is_the_one_from_the_grammar() -> None:
    loaded, built = tables.load(TEXT), tables.build(TEXT)
    assert loaded is not None
    assert [outcome(loaded, text) for text in SENTENCES] == [outcome(built, text) for text in SENTENCES]


@pytest.mark.parametrize("damage", ["missing", "empty", "not json", "stale", "of another lark", "holed"])
def test_tables_that_cannot_be_used_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    home = Path(tables.__file__).parent
    stored = json.loads((home / "grammar.json").read_text(encoding="utf-8"))
    match damage:
        case "stale":
            stored["key"] = stored["key"][:-1]
        case "of another lark":
            stored["key"] = stored["key"].replace("lark ", "lark 0.")
        case "holed":
            del stored["data"]["parser"]
    content = {"missing": None, "empty": "", "not json": "{"}.get(damage, json.dumps(stored))
    if content is not None:
        (tmp_path / "grammar.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    assert tables.load(TEXT) is None
    assert tables.build(TEXT).parse(SENTENCES[0], start="sentence").data == "norm"


def test_line_ends_of_the_checkout_do_not_make_them_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "grammar.lark").write_bytes(TEXT.replace("\n", "\r\n").encode("utf-8"))
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    assert tables.grammar_text() == TEXT
