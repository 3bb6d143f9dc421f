"""Editions at work: a case is judged by that of its day, the audit names those that judged, each can be explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.checker.check import check
from policylang.commands import main
from policylang.model.data import policies_dir
from policylang.model.library import code_ids, load_code, load_policy, policy_ids

EVERY_POLICY = pytest.mark.parametrize("policy", policy_ids())
POLICY = 'policy "P".\nin force from 2019-01-01.\ncalendar england-and-wales.\n\nstage 1:\n  must respond [1].\n'
HEAD = "reference,received,logged,acknowledged,responded\n"
# Logged late, so that eleven working days of receipt are ten of logging; one case under each edition.
CASES = {
    "OLD": ("2019-03-04", "2019-03-05", "2019-03-05", "2019-03-19"),
    "IN-2021": ("2021-03-01", "2021-03-02", "2021-03-02", "2021-03-16"),
    "IN-2023": ("2023-03-06", "2023-03-07", "2023-03-07", "2023-03-21"),
    "IN-2025": ("2025-03-03", "2025-03-04", "2025-03-05", "2025-03-19"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    return tmp_path


def audit(*words: str, cases: tuple[str, ...] = tuple(CASES)) -> str:
    rows = "".join(f"{name},{','.join(CASES[name])}\n" for name in cases)
    Path("log.csv").write_text(HEAD + rows, encoding="utf-8")
    done = CliRunner().invoke(main, ["audit", "my.policy", "log.csv", "--as-at", "2026-01-31", *words])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


@pytest.mark.usefixtures("here")
def test_each_case_is_judged_by_the_edition_in_force_on_its_day_of_receipt() -> None:
    """Eleven working days after receipt is late in 2021, and in time where the clock starts a day later."""
    found = json.loads(audit("--format", "json", "--not-done", "extension_notified"))["outcomes"]
    told = {
        o["case"]: (o["document"], o["provision"], o["outcome"], o["reason"])
        for o in found
        if o["source"] == "code" and o["duty"].endswith("respond at stage 1") and o["provision"]
    }
    assert {case: row[:3] for case, row in told.items() if case != "OLD"} == {
        "IN-2021": ("housing-ombudsman-2020", "3.d", "not-applicable"),  # a recommendation, missed
        "IN-2023": ("housing-ombudsman-2022", "5.1", "met"),
        "IN-2025": ("housing-ombudsman-2024", "6.3", "met"),
    }
    assert told["IN-2021"][3] == "aim-missed"
    assert told["OLD"][2:] == ("not-applicable", "no-edition-in-force")


@pytest.mark.usefixtures("here")
def test_the_heading_names_the_editions_that_judge_a_case_and_no_others() -> None:
    def codes(text: str) -> list[str]:
        head = text.split("\n\n", 1)[0].splitlines()
        return [line.rpartition("(")[2].rstrip(")") for line in head if line.startswith("  Code:")]

    assert codes(audit(cases=("IN-2023", "IN-2025"))) == ["housing-ombudsman-2022", "housing-ombudsman-2024"]
    assert codes(audit(cases=("IN-2021",))) == ["housing-ombudsman-2020"]
    assert codes(audit("--code", "housing-ombudsman-2024", cases=("OLD",))) == ["housing-ombudsman-2024"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("HO22-5.1", "within 10 working days of the day of logging"),
        ("HO20-3.d", "within 10 working days of receipt"),
        ("LG24-6.S2.respond", "within 20 working days of the stage 2 acknowledgement"),
        ("SP21-S2.2", "within three working days"),
    ],
)
def test_a_provision_of_any_code_can_be_explained(name: str, says: str) -> None:
    done = CliRunner().invoke(main, ["explain", name])
    assert done.exit_code == 0, done.output
    assert says in " ".join(done.stdout.split())


@EVERY_POLICY
@pytest.mark.parametrize("id", code_ids())
def test_every_policy_gets_a_verdict_on_every_provision_of_every_code(policy: str, id: str) -> None:
    document, code = load_policy(policies_dir() / f"{policy}.policy").document, load_code(id).document
    assert document is not None
    assert code is not None
    found = check(document, code)
    assert [v.provision for v in found] == [p.number for p in code.provisions]
    for verdict, provision in zip(found, code.provisions, strict=True):
        assert (verdict.judgement.value == "not-judged") is not bool(provision.demands), verdict.provision
        assert verdict.force == provision.force
        assert verdict.why
