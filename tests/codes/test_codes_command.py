"""``policylang codes``: which Codes there are, since when, and how much of each is unverified."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from policylang.commands import main
from policylang.commands.group import Commands
from policylang.model import library
from policylang.model.document import Document

GROUP: Commands = main


def test_as_text_each_code_has_its_dates_and_counts() -> None:
    result = CliRunner().invoke(GROUP, ["codes"])
    assert (result.exit_code, result.stderr) == (0, "")
    entry = result.stdout.split("\n\n")[-1]
    assert entry.splitlines() == [
        "housing-ombudsman-2024",
        "  Housing Ombudsman Service, Complaint Handling Code, edition 2024 (cited as HO24)",
        "  in force from 1 April 2024; calendar england-and-wales",
        "  72 provisions: 71 musts, 1 may",
        "  66 with demands on a policy's text; 7 unverified, 23 corroborated",
    ]


def test_the_codes_of_five_rulebooks_are_listed_the_oldest_first() -> None:
    entries = {
        e.splitlines()[0]: e.splitlines()[2:4] for e in CliRunner().invoke(GROUP, ["codes"]).stdout.split("\n\n")
    }
    england, scotland = "calendar england-and-wales", "calendar scotland"
    assert list(entries.items()) == [
        (
            "housing-ombudsman-2020",
            [
                f"  in force from some day of July 2020 to 31 March 2022; {england}",
                "  36 provisions: 1 must, 35 shoulds",
            ],
        ),
        (
            "spso-mchp-2021",
            [
                f"  in force from 1 April 2021; {scotland}",
                "  30 provisions: 23 musts, 1 should, 5 mays, 1 context",
            ],
        ),
        (
            "housing-ombudsman-2022",
            [f"  in force from 1 April 2022 to 31 March 2024; {england}", "  72 provisions: 44 musts, 28 shoulds"],
        ),
        (
            "lgsco-2024",
            [
                f"  in force from some day of February 2024; {england}",
                "  66 provisions: 1 must, 61 shoulds, 2 mays, 2 context",
            ],
        ),
        ("housing-ombudsman-2024", [f"  in force from 1 April 2024; {england}", "  72 provisions: 71 musts, 1 may"]),
    ]


def test_as_json_the_counts_are_those_of_the_code() -> None:
    result = CliRunner().invoke(GROUP, ["codes", "--format", "json"])
    assert (result.exit_code, result.stderr) == (0, "")
    rows = {row["id"]: row for row in json.loads(result.stdout)["codes"]}
    assert sorted(rows) == library.code_ids()
    assert rows["housing-ombudsman-2024"] == {
        "id": "housing-ombudsman-2024",
        "title": "Complaint Handling Code",
        "edition": "2024",
        "issuer": "Housing Ombudsman Service",
        "cited_as": "HO24",
        "in_force_from": "2024-04-01",
        "in_force_until": None,
        "in_force_from_stated": "2024-04-01",
        "calendar": "england-and-wales",
        "provisions": 72,
        "musts": 71,
        "shoulds": 0,
        "mays": 1,
        "context": 0,
        "judged": 66,
        "corroborated": 23,
        "unverified": 7,
    }


def test_an_edition_that_has_ended_says_when(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'code "Old Code" edition "1".\nknown as old-1 cited as "O1".\nissuer "Somebody".\n'
    loaded = library.load_text(text + "in force from 2022-04-01 until 2024-03-31.\n", id="old-1")
    assert isinstance(loaded.document, Document)
    monkeypatch.setattr(library, "code_ids", lambda: ["old-1"])
    monkeypatch.setattr(library, "load_code", lambda _: loaded)
    result = CliRunner().invoke(GROUP, ["codes"])
    assert "in force from 1 April 2022 to 31 March 2024" in result.stdout
    assert "0 provisions" in result.stdout


def test_a_code_with_a_fault_is_listed_with_its_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = library.load_text('code "Odd Code" edition "1".\nmust frobnicate complaint.\n', id="odd-1")
    monkeypatch.setattr(library, "code_ids", lambda: ["odd-1"])
    monkeypatch.setattr(library, "load_code", lambda _: loaded)
    result = CliRunner().invoke(GROUP, ["codes"])
    assert result.exit_code == 2
    assert "odd-1" in result.stdout
    assert "“frobnicate” is not in the vocabulary" in result.stderr
