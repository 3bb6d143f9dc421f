"""``policylang audit`` on several versions of a policy and several logs, its tables, and what stopping it leaves."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylang.auditor import audit as auditing
from policylang.auditor.versions import in_turn
from policylang.commands import main
from policylang.commands.audit_folder import RECORD
from policylang.commands.waiting import Waiting
from policylang.findings.problem import Problem
from policylang.model.library import load_text

FRAME = 'policy "Complaints Policy".\ncalendar england-and-wales.\n'
STAGE = 'stage 1 "Stage 1":\n  must respond within {} working days of receipt [7.2].\n'
LOG = """\
reference,received,responded,team
C-1,2025-03-28,2025-04-14,Repairs
C-2,2025-04-01,2025-04-16,Repairs
C-3,2025-04-02,2025-04-15,Housing
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    policy(tmp_path / "new.policy", "in force from 2025-04-01.", 10)
    policy(tmp_path / "old.policy", "in force from 2023-01-01.", 15)
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path


def policy(path: Path, frame: str, days: int) -> None:
    path.write_text(f"{FRAME}{frame}\n{STAGE.format(days)}", encoding="utf-8")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["audit", "new.policy", *words, "--as-at", "2025-06-27"])


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--format", "json").stdout)
    return found


# ------------------------------------------------------------------- versions


@pytest.mark.parametrize("engine", ["reference", "columns"])
@pytest.mark.usefixtures("here")
def test_each_case_is_judged_by_the_version_of_its_day(engine: str) -> None:
    data = as_json("log.csv", "--policy", "old.policy", "--engine", engine)
    mine = {(o["case"], o["document"], o["outcome"], o["due"]) for o in data["outcomes"] if o["source"] == "policy"}
    assert mine == {
        ("C-1", "old", "met", "2025-04-22"),  # fifteen days over Easter: Good Friday the 18th, Easter Monday the 21st
        ("C-2", "new", "breached", "2025-04-15"),
        ("C-3", "new", "met", "2025-04-16"),
    }
    boundary = [row for row in data["population"]["boundary_cases"] if row["document"] == "new"]
    assert [row["case"] for row in boundary] == ["C-1"]  # received before the new version, answered under it


@pytest.mark.usefixtures("here")
def test_without_the_old_version_nobody_judges_the_old_case() -> None:
    found = {o["case"]: o["reason"] for o in as_json("log.csv")["outcomes"] if o["source"] == "policy"}
    assert found == {"C-1": "policy-not-in-force", "C-2": "late", "C-3": "in-time"}


def loaded(name: str, frame: str, days: int = 10) -> Any:
    document = load_text(f"{FRAME}{frame}\n{STAGE.format(days)}", name).document
    assert document is not None
    return document


def test_a_version_ends_where_the_next_begins_unless_it_says_when() -> None:
    third = loaded("c.policy", "in force from 2025-01-01.")
    first = loaded("a.policy", "in force from 2022-01-01 until 2022-12-31.")
    second = loaded("b.policy", "in force from 2023-01-01.")
    found = in_turn([third, first, second])
    assert [(d.name, d.in_force) for d in found] == [
        ("a.policy", (date(2022, 1, 1), date(2022, 12, 31))),
        ("b.policy", (date(2023, 1, 1), date(2024, 12, 31))),
        ("c.policy", (date(2025, 1, 1), None)),
    ]
    assert second.in_force == (date(2023, 1, 1), None)  # the document that was given stays as it was


def test_versions_of_one_name_are_told_apart() -> None:
    old, new = (
        loaded("p.policy", 'version "1".\nin force from 2023-01-01.'),
        loaded("p.policy", 'version "2".\nin force from 2025-01-01.'),
    )
    assert len({document.id for document in in_turn([old, new])}) == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("in force from 2025-01-01.", "in force from 2025-01-01.", "both say that they were in force from"),
        ("", "in force from 2025-01-01.", "does not say from which day"),
        ("in force from 2024-01-01.", "in force from 2025-01-01.", "do not tell them apart"),
    ],
)
def test_versions_that_do_not_follow_one_another_are_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        in_turn([loaded("p.policy", old), loaded("p.policy", new)])


# ---------------------------------------------------------------------- tables


@pytest.mark.usefixtures("here")
def test_shares_by_column_in_every_form() -> None:
    (by,) = as_json("log.csv", "--by", "team")["measures"]["by"]
    shares = {(r["value"], r["document"], r["duty"]): r["share"] for r in by["duties"] if r["source"] == "policy"}
    assert shares == {("Repairs", "new", "respond at stage 1"): 0.0, ("Housing", "new", "respond at stage 1"): 1.0}
    table = list(csv.DictReader(io.StringIO(run("log.csv", "--by", "team", "--format", "csv").stdout)))
    assert {(r["value"], r["met"]) for r in table if r["document"] == "new"} == {("Repairs", "0"), ("Housing", "1")}
    text = run("log.csv", "--by", "team", "--by", "month").stdout
    assert text.index("In time, by team") < text.index("In time, by month of receipt")


def test_open_cases_in_json_and_csv(here: Path) -> None:
    (here / "log.csv").write_text("reference,received,responded\nC-1,2025-06-02,\n", encoding="utf-8")
    words = ("log.csv", "--not-done", "responded", "--not-done", "extension_notified")
    (case,) = as_json(*words)["measures"]["open_cases"]["cases"]
    assert (case["case"], case["stage"], case["age"], case["overdue_by"]) == ("C-1", 1, 19, 9)
    rows = list(csv.DictReader(io.StringIO(run(*words, "--open", "--format", "csv").stdout)))
    mine = [(r["case"], r["due"], r["overdue"], r["late_unit"]) for r in rows if r["source"] == "policy"]
    assert mine == [("C-1", "2025-06-16", "9", "working days")]
    assert "C-1, stage 1, received 2 June 2025, 19 working days old" in run(*words, "--open").stdout


def test_parquet_says_what_the_csv_says(here: Path) -> None:
    import polars as pl

    assert run("log.csv", "--out", "outcomes.parquet").exit_code == 1
    assert run("log.csv", "--out", "outcomes.csv").exit_code == 1
    table = pl.read_parquet(here / "outcomes.parquet")
    rows = list(csv.DictReader((here / "outcomes.csv").open(encoding="utf-8-sig", newline="")))
    assert table.columns == list(rows[0])
    for row, values in zip(rows, table.iter_rows(named=True), strict=True):
        for name, cell in row.items():
            value = values[name]
            if isinstance(value, bool):
                value = "yes" if value else "no"
            assert not isinstance(value, list) or "" not in value  # an empty list, and not a list of nothing
            said = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
            assert said == cell, name
    assert table.schema["due"] == pl.Date
    about = json.loads(pl.read_parquet_metadata(here / "outcomes.parquet")["policylang"])
    assert about["as_at"] == "2025-06-27"


@pytest.mark.parametrize("words", [["--by", "team"], ["--open"], ["--open", "--format", "csv"], ["--format", "json"]])
@pytest.mark.usefixtures("here")
def test_both_engines_say_the_same(words: list[str]) -> None:
    given = ("log.csv", "--policy", "old.policy", *words)
    assert run(*given, "--engine", "columns").stdout == run(*given).stdout


def test_what_cannot_be_written_is_not_judged(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "o.csv").write_text("mine", encoding="utf-8")
    seen = judged(monkeypatch)
    assert run("log.csv", "--out", "o.csv").exit_code == 2
    assert seen == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["log.csv", "--format", "parquet"], "cannot be shown on a screen"),
        (["log.csv", "log.csv"], "need a folder"),
        (["log.csv", "--resume"], "need a folder"),
        (["log.csv", "--by", "team", "--open", "--format", "csv"], "two tables"),
        (["log.csv", "--by", "team", "--format", "sarif"], "--by has no place"),
        (["log.csv", "--open", "--out", "o.parquet"], "--open has no place"),
        (["log.csv", "--by", "colour"], "colour"),
        (["log.csv", "--policy", "new.policy"], "both say that they were in force from"),
    ],
)
@pytest.mark.usefixtures("here")
def test_options_that_do_not_go_together(words: list[str], says: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert says in found.stderr
    assert "Traceback" not in found.output


# --------------------------------------------------------------- several logs


def two_logs(here: Path) -> list[str]:
    (here / "other.csv").write_text(LOG.replace("C-", "D-"), encoding="utf-8")
    return ["log.csv", "other.csv", "--out", "found"]


def test_each_log_has_its_outcomes_and_the_whole_adds_up(here: Path) -> None:
    found = run(*two_logs(here))
    assert found.exit_code == 1
    assert sorted(path.name for path in (here / "found").iterdir()) == [
        RECORD,
        "log.csv.outcomes.csv",
        "other.csv.outcomes.csv",
    ]
    assert "In all 2 logs: 6 rows = 6 cases + 0 set aside" in found.stdout
    assert run("log.csv", "--out", "alone.csv").exit_code == 1
    assert (here / "found" / "log.csv.outcomes.csv").read_bytes() == (here / "alone.csv").read_bytes()


def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first reference of each log that is judged from now on."""
    seen: list[str] = []
    plain = auditing.audit

    def watched(policy: Any, codes: Any, book: Any, *rest: Any, **more: Any) -> Any:
        seen.append(book.cases[0].reference)
        return plain(policy, codes, book, *rest, **more)

    monkeypatch.setattr(auditing, "audit", watched)
    return seen


def test_a_run_goes_on_where_it_stopped(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = two_logs(here)
    whole = run(*words)
    seen = judged(monkeypatch)
    again = run(*words, "--resume")
    assert seen == []
    assert again.exit_code == whole.exit_code
    assert "2 logs were complete already" in again.stdout
    assert again.stdout.splitlines()[3] == whole.stdout.splitlines()[3]  # the figures of all, skipped or not
    (here / "other.csv").write_text(LOG.replace("C-", "E-"), encoding="utf-8")
    run(*words, "--resume")
    assert seen == ["E-1"]
    (here / "found" / "log.csv.outcomes.csv").write_text("changed", encoding="utf-8")
    run(*words, "--resume")
    assert seen == ["E-1", "C-1"]
    run(*words, "--resume", "--day-one")  # another convention: nothing of it is complete
    assert seen == ["E-1", "C-1", "C-1", "E-1"]
    policy(here / "new.policy", "in force from 2025-04-01.", 12)
    run(*words, "--resume", "--day-one")
    assert seen[4:] == ["C-1", "E-1"]


def test_a_folder_with_something_in_it_is_left_alone(here: Path) -> None:
    words = two_logs(here)
    (here / "found").mkdir()
    (here / "found" / "mine.txt").write_text("mine", encoding="utf-8")
    for more in ([], ["--resume"]):
        found = run(*words, *more)
        assert found.exit_code == 2
        assert "not empty" in found.stderr
    assert [path.name for path in (here / "found").iterdir()] == ["mine.txt"]
    assert run(*words, "--overwrite").exit_code == 1
    assert (here / "found" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_log_that_cannot_be_read_does_not_stop_the_others(here: Path) -> None:
    words = two_logs(here)
    (here / "log.csv").write_text("", encoding="utf-8")
    found = run(*words)
    assert found.exit_code == 2
    assert "log.csv    not judged" in found.stdout
    assert "In all 1 log: 3 rows" in found.stdout
    assert (here / "found" / "other.csv.outcomes.csv").exists()
    assert not (here / "found" / "log.csv.outcomes.csv").exists()


def test_logs_of_one_name_keep_apart(here: Path) -> None:
    (here / "north").mkdir()
    (here / "north" / "log.csv").write_text(LOG.replace("C-", "N-"), encoding="utf-8")
    run("log.csv", "north/log.csv", "--out", "found")
    names = ("log.csv.outcomes.csv", "log.csv-2.outcomes.csv")
    assert ["N-1" in (here / "found" / name).read_text(encoding="utf-8-sig") for name in names] == [False, True]


def test_a_case_in_two_logs_is_judged_once_or_not_at_all(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # C-1 agrees, C-2 has another response, C-3 another day of receipt.
    (here / "more.csv").write_text(
        LOG.replace("C-2,2025-04-01,2025-04-16", "C-2,2025-04-01,2025-04-10").replace(
            "C-3,2025-04-02", "C-3,2025-04-03"
        ),
        encoding="utf-8",
    )
    words = ["log.csv", "more.csv", "--out", "found"]
    done = run(*words)
    assert done.exit_code == 1
    cases = [
        sorted({row["case"] for row in csv.DictReader((here / "found" / name).open(encoding="utf-8-sig", newline=""))})
        for name in ("log.csv.outcomes.csv", "more.csv.outcomes.csv")
    ]
    assert cases == [["C-1", "C-3"], ["C-3"]]
    assert "In all 2 logs: 6 rows = 3 cases + 3 set aside" in done.stdout
    for rule in ("case-in-several-logs", "case-repeated-in-logs", "reference-in-several-logs"):
        assert rule in done.stderr
    seen = judged(monkeypatch)
    again = run(*words, "--resume")
    assert (seen, again.stderr) == ([], done.stderr)  # complete, and what was found is said again
    # A change in one log can change what is judged in the other.
    (here / "more.csv").write_text(LOG.replace("C-", "D-"), encoding="utf-8")
    assert "In all 2 logs: 6 rows = 6 cases + 0 set aside" in run(*words, "--resume").stdout
    assert seen == ["C-1", "D-1"]


def test_a_case_on_several_rows_of_one_log_is_not_judged_in_another(here: Path) -> None:
    (here / "old.csv").write_text(f"{LOG}C-2,2025-04-01,2025-05-30,Repairs\n", encoding="utf-8")
    done = run("log.csv", "old.csv", "--out", "found")
    cases = {
        name: {
            row["case"] for row in csv.DictReader((here / "found" / f"{name}.outcomes.csv").open(encoding="utf-8-sig"))
        }
        for name in ("log.csv", "old.csv")
    }
    # C-1 and C-3 agree, and are judged in the first log. The old one has C-2 twice, once as the first has it.
    assert cases == {"log.csv": {"C-1", "C-3"}, "old.csv": set()}
    assert "In all 2 logs: 7 rows = 2 cases + 5 set aside" in done.stdout
    said = " ".join(done.stderr.split())
    assert "1 case of this log is in “old.csv” too, there on several rows that do not agree" in said
    assert "C-2 (row 3; there rows 3 and 5)" in said
    assert "C-2 (rows 3 and 5; there row 3)" in said


# -------------------------------------------------------------------- stopping


def stopped_at(monkeypatch: pytest.MonkeyPatch, reference: str) -> None:
    from policylang.auditor.case_by_case import case_outcomes as plain

    def stops(case: Any, *rest: Any) -> Any:
        if case.case.reference == reference:
            raise KeyboardInterrupt
        return plain(case, *rest)

    monkeypatch.setattr(auditing, "case_outcomes", stops)


@pytest.mark.parametrize("form", ["text", "json", "csv", "parquet"])
def test_stopping_leaves_nothing_half_written(here: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    before = sorted(path.name for path in here.iterdir())
    stopped_at(monkeypatch, "C-2")
    found = run("log.csv", "--format", form, "--out", "out.file")
    assert found.exit_code == 130
    assert "nothing was written" in found.stderr
    assert sorted(path.name for path in here.iterdir()) == before


def test_stopping_while_writing_leaves_nothing_half_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(path.name for path in here.iterdir())
    plain = Path.write_bytes

    def stops(self: Path, data: bytes) -> int:
        plain(self, data[: len(data) // 2])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stops)
    assert run("log.csv", "--out", "out.csv").exit_code == 130
    assert sorted(path.name for path in here.iterdir()) == before


def test_stopping_among_several_logs_keeps_those_that_are_complete(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = two_logs(here)
    with monkeypatch.context() as patched:
        stopped_at(patched, "D-2")
        found = run(*words)
    assert found.exit_code == 130
    assert sorted(path.name for path in (here / "found").iterdir()) == [RECORD, "log.csv.outcomes.csv"]
    seen = judged(monkeypatch)
    assert run(*words, "--resume").exit_code == 1
    assert seen == ["D-1"]


# -------------------------------------------------------------------- progress


class Screen(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def test_reading_says_for_how_long_and_clears_up_after_itself() -> None:
    screen = Screen(terminal=True)
    with Waiting("Reading log.csv, 0.1 MB", stream=screen, delay=0.01, every=0.01):
        until = time.monotonic() + 5
        while not screen.getvalue() and time.monotonic() < until:
            time.sleep(0.005)
    said = screen.getvalue().split("\r")
    assert said[1] == "Reading log.csv, 0.1 MB: 0 s"
    assert said[-2].strip() == ""
    assert said[-1] == ""


@pytest.mark.parametrize(("terminal", "delay"), [(False, 0.0), (True, 60.0)])
def test_reading_is_silent_where_nobody_looks_and_where_it_is_quick(terminal: bool, delay: float) -> None:
    screen = Screen(terminal)
    with Waiting("Reading", stream=screen, delay=delay, every=0.01):
        time.sleep(0.03)
    assert screen.getvalue() == ""


def test_a_log_that_is_flagged_without_a_breach_says_so_beside_its_figures(here: Path) -> None:
    """Exit code 1 with no breach among the figures would leave its reason to be guessed; a later run says the same."""
    (here / "a.csv").write_text("reference,received,responded\nA-1,2025-05-06,\n", encoding="utf-8")
    (here / "b.csv").write_text("reference,received,responded\nB-1,2025-06-23,2025-06-24\n", encoding="utf-8")
    for more in ([], ["--resume"]):
        found = run("a.csv", "b.csv", "--out", "found", *more)
        assert found.exit_code == 1
        said = {line.split()[0]: line for line in found.stdout.splitlines() if line.startswith("  ")}
        assert " 0 breached," in said["a.csv"]
        assert "something is flagged that is no breach" in said["a.csv"]
        assert "flagged" not in said["b.csv"]
