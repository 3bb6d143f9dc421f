"""``policylang audit`` from end to end: its forms, its exit codes, and what it says to mistaken input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main
from tests.architecture.source import ROOT
from tests.casebook.messy import workbook

POLICY = """\
policy "Complaints Policy".
version "3".
in force from 2024-04-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must acknowledge within 2 working days of receipt [7.1].
  must respond within 10 working days of receipt [7.2].
"""
LOG = """\
reference,received,acknowledged,extension_notified,responded,escalation_requested,closed
C-1,2025-06-02,2025-06-04,,2025-06-16,,2025-06-16
C-2,2025-06-02,2025-06-05,,2025-06-18,,2025-06-18
C-3,2025-06-02,,,2025-06-10,,2025-06-10
=C-4,2025-06-20,2025-06-20,,,,
"""
CONTRACT = [
    "case", "duty", "source", "provision", "clauses", "stage", "outcome", "due", "actual", "late", "why", "repair",
    "cells",
]  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["audit", "my.policy", "log.csv", "--as-at", "2025-06-27", *words])


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--format", "json", *words).stdout)
    return found


def outcomes(data: dict[str, Any], source: str = "policy") -> dict[tuple[str, str], str]:
    return {(o["case"], o["duty"]): o["outcome"] for o in data["outcomes"] if o["source"] == source}


@pytest.mark.usefixtures("here")
def test_json_holds_to_the_contract() -> None:
    data = as_json()
    assert list(data) == ["population", "outcomes", "data_quality", "measures"]
    assert all(list(outcome)[: len(CONTRACT)] == CONTRACT for outcome in data["outcomes"])
    late = next(o for o in data["outcomes"] if (o["case"], o["duty"]) == ("C-2", "acknowledge at stage 1"))
    assert late["outcome"] == "breached"
    assert (late["due"], late["actual"], late["late"]) == (
        "2025-06-04",
        "2025-06-05",
        {"by": 1, "unit": "working days"},
    )
    assert late["clauses"] == ["7.1"]
    assert late["provision"] is None
    assert late["cells"] == ["log.csv!B3", "log.csv!C3"]
    assert "1 working day late" in late["why"]
    assert late["repair"] == "Acknowledging on or before Wednesday 4 June 2025 would have been in time."


@pytest.mark.usefixtures("here")
def test_five_outcomes_under_both_clocks() -> None:
    data = as_json("--not-done", "extension_notified", "--not-done", "responded", "--not-done", "escalation_requested")
    mine = outcomes(data)
    assert mine["C-1", "respond at stage 1"] == "met"
    assert mine["C-2", "respond at stage 1"] == "breached"
    assert mine["C-3", "acknowledge at stage 1"] == "cannot-tell"
    assert mine["=C-4", "respond at stage 1"] == "pending"
    codes = outcomes(data, "code")
    assert codes["C-2", "respond at stage 1"] == "met"  # ten working days of the acknowledgement, not of the receipt
    assert codes["C-1", "acknowledge at stage 2"] == "not-applicable"
    assert {o["provision"] for o in data["outcomes"] if o["duty"] == "respond at stage 2"} == {"6.14"}


@pytest.mark.usefixtures("here")
def test_control_totals_tie() -> None:
    data = as_json()
    population = data["population"]
    assert population["rows_read"] == population["judged"] + population["set_aside"] == 4
    assert sum(population["outcomes"].values()) == len(data["outcomes"])
    for row in data["measures"]["duties"]:
        counted = [
            o["outcome"] for o in data["outcomes"] if (o["duty"], o["provision"]) == (row["duty"], row["provision"])
        ]
        for result in ("met", "breached", "pending", "cannot-tell", "not-applicable"):
            assert row[result] == counted.count(result)
        if row["share"] is not None:
            assert row["low"] <= row["share"] <= row["high"]


@pytest.mark.usefixtures("here")
def test_only_leaves_the_totals_whole() -> None:
    whole, part = as_json(), as_json("--only", "breached,cannot-tell")
    assert {o["outcome"] for o in part["outcomes"]} == {"breached", "cannot-tell"}
    assert part["population"] == whole["population"]
    assert part["measures"] == whole["measures"]


@pytest.mark.usefixtures("here")
def test_csv_has_a_row_an_outcome_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout)))
    assert len(rows) == len(as_json()["outcomes"])
    assert {"'=C-4", "C-1"} <= {row["case"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_out_writes_a_whole_file_and_never_over_another(here: Path) -> None:
    first = run("--format", "csv", "--out", "outcomes.csv")
    assert first.exit_code == 1
    assert first.stdout == ""
    written = (here / "outcomes.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfcase,")
    again = run("--format", "json", "--out", "outcomes.csv")
    assert again.exit_code == 2
    assert "already a file" in again.stderr
    assert (here / "outcomes.csv").read_bytes() == written
    assert run("--format", "json", "--out", "outcomes.csv", "--overwrite").exit_code == 1
    assert json.loads((here / "outcomes.csv").read_text(encoding="utf-8"))["outcomes"]


@pytest.mark.usefixtures("here")
def test_text_begins_with_the_control_totals_and_ends_with_what_to_do() -> None:
    text = run().stdout
    heads = [text.index(head) for head in ("Control totals", "Columns used", "Policy:", "Breaches", "What to do next")]
    assert heads[0] < heads[1] < heads[3] < heads[4]
    assert "4 rows read = 4 cases judged + 0 set aside" in text
    assert "C-2, acknowledge at stage 1 [policy 7.1]" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("form", ["narrated", "sarif", "github", "junit", "markdown"])
@pytest.mark.usefixtures("here")
def test_every_form_of_findings_names_the_breach(form: str) -> None:
    found = run("--format", form)
    assert found.exit_code == 1
    assert "C-2" in found.stdout
    assert "acknowledge at stage 1" in found.stdout


def test_a_breach_is_never_late_by_nothing(here: Path) -> None:
    """Due on Friday 6 June and acknowledged on the Saturday: no working day late, and late all the same."""
    rows = "".join(f"C-{n},2025-06-04,2025-06-07,2025-06-10\n" for n in range(20))
    (here / "log.csv").write_text(f"reference,received,acknowledged,responded\n{rows}", encoding="utf-8")
    assert "Out by: less than 1 working day." in run("--format", "narrated").stdout
    text = run().stdout
    assert "acknowledge at stage 1 [policy 7.1]: less than 1 working day late" in text
    assert "0 working days" not in text


def test_exit_codes(here: Path) -> None:
    clean = "reference,received,acknowledged,responded\nC-1,2025-06-02,2025-06-03,2025-06-10\n"
    (here / "log.csv").write_text(clean, encoding="utf-8")
    assert run("--only", "breached").exit_code == 0
    assert run("--strict-unknown").exit_code == 3
    (here / "log.csv").write_text(LOG, encoding="utf-8")
    assert run("--strict-unknown").exit_code == 1


def test_the_day_one_convention_is_used_and_said(here: Path) -> None:
    (here / "log.csv").write_text("reference,received,acknowledged\nC-1,2025-06-02,2025-06-04\n", encoding="utf-8")
    assert outcomes(as_json())["C-1", "acknowledge at stage 1"] == "met"
    data = as_json("--day-one")
    assert outcomes(data)["C-1", "acknowledge at stage 1"] == "breached"
    assert data["population"]["conventions"]["day_one"] is True
    assert "counts as day 1" in run("--day-one").stdout


def test_the_same_input_gives_the_same_bytes(here: Path) -> None:
    assert run("--format", "json").stdout == run("--format", "json").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--code", "housing-ombudsman-2042"], "There is no code “housing-ombudsman-2042”"),
        (["--only", "breach"], "“breach” is not an outcome"),
        (["--not-done", "acknowledge"], "A case record has no fact called “acknowledge”"),
        (["--sheet", "Other"], "There is no sheet called “Other”"),
        (["--map", "missing.yaml"], "There is no file missing.yaml"),
    ],
)
@pytest.mark.usefixtures("here")
def test_mistakes_are_answered_in_words(words: list[str], says: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert says in found.stderr
    assert "Traceback" not in found.output


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("my.policy", "policy without quotes", "free text stands in quotes"),
        ("log.csv", "", "empty"),
        ("log.csv", "a,b\n1,2\n", "has the headings of a log of complaints"),
        ("log.csv", "reference,received,opened\nC-1,01/02/2025,02/03/2025\n", "need your word"),
    ],
)
def test_input_that_cannot_be_read_stops_with_findings(here: Path, name: str, content: str, says: str) -> None:
    (here / name).write_text(content, encoding="utf-8")
    found = run()
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr.strip()
    assert says in found.stderr
    assert "Traceback" not in found.output


def test_a_case_received_before_the_code_is_not_judged_by_it(here: Path) -> None:
    (here / "log.csv").write_text("reference,received,acknowledged\nC-1,2024-03-28,2024-05-28\n", encoding="utf-8")
    found = [o for o in as_json("--code", "housing-ombudsman-2024")["outcomes"] if o["source"] == "code"]
    assert {(o["outcome"], o["reason"]) for o in found} == {("not-applicable", "no-edition-in-force")}
    data = as_json("--code", "housing-ombudsman-2024")
    assert data["population"]["judged_by"][0] == {
        "document": "housing-ombudsman-2024",
        "cases": 1,
        "reason": "no-edition-in-force",
    }


def test_the_shipped_example_from_end_to_end() -> None:
    """As the readme types it: two policies would do, one is enough; the worst breach comes first."""
    words = [str(ROOT / "policies" / "connect-housing.policy"), str(ROOT / "examples" / "complaints-log.xlsx")]
    words += ["--map", str(ROOT / "examples" / "complaints-log.mapping.yaml"), "--as-at", "2026-09-30"]
    found = CliRunner().invoke(main, ["audit", *words])
    assert found.exit_code == 1
    assert "243 rows read = 236 cases judged + 7 set aside" in found.stdout
    assert "CMP-1217, respond at stage 1 [HO24-6.3]" in found.stdout
    assert "Aims and recommendations" in found.stdout


EXTENDABLE = f"{POLICY}  may extend response by up to 10 working days [7.3].\n"
LATE_ONLY = """\
Reference,Received,Acknowledged,Stage 1 response
C-1,2 June 2025,4 June 2025,18 June 2025
C-2,2 June 2025,4 June 2025,10 June 2025
"""


def test_late_without_a_word_of_extensions_is_flagged_at_a_glance(here: Path) -> None:
    (here / "my.policy").write_text(EXTENDABLE, encoding="utf-8")
    (here / "log.csv").write_text(LATE_ONLY, encoding="utf-8")
    found = run()
    assert found.exit_code == 1
    assert outcomes(as_json())["C-1", "respond at stage 1"] == "cannot-tell"
    glance, _, after = found.output.partition("Breaches\n  None found.")
    assert "Flagged below: 1 late on the dates, unless extended." in glance
    assert after.split("\n\n")[1].startswith("Late on the dates, unless extended: 1 step on 1 case")
    assert "2 working days after the deadline of 16 June 2025" in " ".join(after.split())
    assert "--not-done extension_notified" in " ".join(after.split("\n\n")[1].split())
    step = as_json()["measures"]["on_the_dates"][0]
    assert (step["case"], step["shown"], step["binding"]) == ("C-1", "late-unless-extended", True)
    assert (step["due"], step["late"]) == ("2025-06-16", {"by": 2, "unit": "working days"})
    lines = run("--format", "github").output.splitlines()
    assert len([line for line in lines if line.startswith("::warning") and "C-1" in line]) == 1
    assert not [line for line in lines if "C-2" in line]


def test_once_there_were_no_extensions_it_is_a_breach(here: Path) -> None:
    (here / "my.policy").write_text(EXTENDABLE, encoding="utf-8")
    (here / "log.csv").write_text(LATE_ONLY, encoding="utf-8")
    text = run("--not-done", "extension_notified").output
    assert "Flagged below: 1 breach." in text
    assert "Late on the dates" not in text
    assert "on_the_dates" not in as_json("--not-done", "extension_notified")["measures"]


def test_a_log_of_which_nothing_is_late_is_clean(here: Path) -> None:
    (here / "my.policy").write_text(EXTENDABLE, encoding="utf-8")
    (here / "log.csv").write_text(LATE_ONLY.replace("18 June", "16 June"), encoding="utf-8")
    found = run()
    assert found.exit_code == 0
    assert "Flagged" not in found.output


OVER_A_HOLIDAY = """\
Reference,Received,Acknowledged,Stage 1 response
C-1,9 May 2025,9 May 2025,1 June 2025
C-2,2 June 2025,2 June 2025,23 June 2025
"""


def test_the_latest_come_first_as_lateness_is_counted(here: Path) -> None:
    """C-1, due on Friday 23 May, came on a Sunday after a bank holiday: nine days late, but four working days. C-2 was
    due on Monday 16 June and came on the next: seven days late, but five working days."""
    (here / "log.csv").write_text(OVER_A_HOLIDAY, encoding="utf-8")
    _, _, text = run().output.partition("\nBreaches: ")
    assert 0 < text.index("C-2, respond at stage 1 [policy") < text.index("C-1, respond at stage 1 [policy")
    (here / "my.policy").write_text(EXTENDABLE, encoding="utf-8")
    steps = [step for step in as_json()["measures"]["on_the_dates"] if step["binding"]]
    assert [(step["case"], step["late"]["by"]) for step in steps] == [("C-2", 5), ("C-1", 4)]


WITH_AN_AIM = """\
policy "Complaints Policy".
in force from 2024-04-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must acknowledge within 5 working days of receipt [1].
  aim to respond within 10 working days of receipt [2].
"""
BEGUN_SOME_DAY = """\
Reference,Received,Acknowledged,Stage 1 response
C-1,2 June 2025,,20 June 2025
C-2,2 June 2025,,19 June 2025
"""


def test_headings_keep_to_the_width_and_say_no_order_that_there_is_not(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (here / "my.policy").write_text(WITH_AN_AIM, encoding="utf-8")
    (here / "log.csv").write_text(BEGUN_SOME_DAY, encoding="utf-8")
    text = run().output
    assert "In time or late, by the day on which the clock started: 2 steps on 2 cases\n" in text
    (here / "log.csv").write_text(BEGUN_SOME_DAY.replace("2025,,", "2025,9 June 2025,"), encoding="utf-8")
    assert (
        "Aims and recommendations missed on the dates (no breach): 2 steps on 2 cases,\n  the latest first"
        in run().output
    )


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (1, "1 outcome hangs on an empty cell for the response at stage 1."),
        (2, "2 outcomes hang on empty cells for the response at stage 1."),
    ],
)
def test_one_outcome_hangs_and_two_hang(here: Path, cases: int, says: str) -> None:
    """In 2016 there was no Code, so that there is one outcome a case of the answer."""
    (here / "my.policy").write_text(POLICY.replace("2024", "2015"), encoding="utf-8")
    rows = "".join(f"C-{n},2 June 2016,3 June 2016,\n" for n in range(cases))
    (here / "log.csv").write_text(f"Reference,Received,Acknowledged,Stage 1 response\n{rows}", encoding="utf-8")
    assert says in " ".join(run().output.split())


def test_a_sheet_that_was_not_read_is_spoken_of_before_what_has_no_column(here: Path) -> None:
    """What has no column may stand on the other sheet; nobody should say first that it was not done."""
    rows = [["Reference", "Received", "Acknowledged", "Stage 1 response"], ["C-1", "2 June 2025", "4 June 2025", ""]]
    workbook(here / "log.xlsx", {"Cases": rows, "Stage 2": [["Reference", "Remark"], ["C-1", "went to stage 2"]]})
    words = ["my.policy", "log.xlsx", "--sheet", "Cases", "--as-at", "2025-06-27"]
    text = " ".join(CliRunner().invoke(main, ["audit", *words]).output.partition("What to do next")[2].split())
    assert 0 < text.index("proposes how to join it") < text.index("--not-done")
