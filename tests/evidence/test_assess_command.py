"""``policylang assess``: one folder, whole or not at all, and the worst things on the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylang.checker.verdict import Judgement
from policylang.commands import main
from policylang.evidence import gather as gathering
from policylang.findings.problem import problem
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict

FILES = [
    "board-paper.docx", "board-paper.html", "manifest.json", "outcomes.csv", "report.html", "self-assessment.docx",
    "self-assessment.xlsx", "to-complete.yaml", "verdicts.json",
]  # fmt: skip


def assess(*args: str) -> Result:
    return CliRunner().invoke(main, ["assess", *args])


@pytest.fixture
def policy(tmp_path: Path) -> str:
    path = tmp_path / "maple.policy"
    path.write_text('policy "Complaints Policy".\n', encoding="utf-8")
    return str(path)


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The made-up run in place of loading, checking and auditing; what the command asked for is kept."""
    asked: dict[str, Any] = {"run": made_up.run()}

    def gather(policy: Path, cases: Path | None = None, **more: object) -> object:
        asked.update(policy=policy, cases=cases, **more)
        if isinstance(asked["run"], Exception):
            raise asked["run"]
        return asked["run"]

    monkeypatch.setattr(gathering, "gather", gather)
    return asked


def test_the_folder_is_filled_and_the_screen_says_where_and_what_is_worst(
    policy: str, gathered: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "new" / "assessment"
    done = assess(policy, "--as-at", "2026-03-31", "--out", str(out))
    assert done.exit_code == 1
    assert sorted(path.name for path in out.iterdir()) == FILES
    for name in FILES:
        assert name in done.stdout
    lines = done.stdout.splitlines()
    assert lines[lines.index("The three worst things found:") + 1].startswith("  1. Respond at stage 1 (HO24-6.3): ")
    assert "120 cases judged, 2 set aside with reasons" in done.stdout
    assert gathered["as_at"] == made_up.AS_AT
    assert gathered["cases"] is None
    totals = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["control_totals"]["comply"]
    assert f"{totals['Yes']} Yes, {totals['No']} No, {totals['To be completed']} to be completed" in done.stdout


def test_a_folder_that_is_not_empty_is_left_alone(policy: str, gathered: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    refused = assess(policy, "--as-at", "2026-03-31", "--out", str(out))
    assert refused.exit_code == 2
    assert "not empty" in " ".join(refused.stderr.split())  # lines are wrapped to fit
    assert [path.name for path in out.iterdir()] == ["notes.txt"]
    assert "policy" not in gathered  # nothing was worked out in vain
    done = assess(policy, "--as-at", "2026-03-31", "--out", str(out), "--overwrite")
    assert done.exit_code == 1
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "notes.txt"])


@pytest.mark.parametrize("there", [True, False])
def test_what_stops_the_work_leaves_nothing_behind(
    policy: str, gathered: dict[str, Any], tmp_path: Path, there: bool
) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()
    gathered["run"] = problem("unreadable-file", "PL-F02", "The log is locked.", "Unlock it.")
    stopped = assess(policy, "--as-at", "2026-03-31", "--out", str(out))
    assert stopped.exit_code == 2
    assert "The log is locked." in stopped.stderr
    assert stopped.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["maple.policy"] + (["out"] if there else [])
    assert not there or list(out.iterdir()) == []


def test_nothing_amiss_is_0_and_something_open_is_3_only_if_asked(
    policy: str, gathered: dict[str, Any], tmp_path: Path
) -> None:
    kept = [verdict(row.provision, shown_by=("policy",)) for row in made_up.run().form.rows]
    gathered["run"] = made_up.run(verdicts=tuple(kept), outcomes=(outcome("A"),), casebook=None)
    line = [policy, "--as-at", "2026-03-31", "--overwrite", "--out", str(tmp_path / "out")]
    assert assess(*line).exit_code == 0
    assert assess(*line, "--strict-unknown").exit_code == 0
    silent = verdict("1.2", Judgement.SILENT)
    gathered["run"] = made_up.run(verdicts=(silent, *kept[1:]), outcomes=(), casebook=None)
    assert assess(*line).exit_code == 0
    assert assess(*line, "--strict-unknown").exit_code == 3


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "POLICY"),
        (["nothing.policy", "--as-at", "2026-03-31", "--out", "out"], "nothing.policy"),
        (["{policy}", "--out", "out"], "--as-at"),
        (["{policy}", "--as-at", "31/03/2026", "--out", "out"], "2026-03-31"),
        (["{policy}", "--as-at", "2026-03-31"], "--out"),
    ],
)
def test_wrong_use_is_answered_in_words(args: list[str], said: str, policy: str) -> None:
    done = assess(*(arg.replace("{policy}", policy) for arg in args))
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
