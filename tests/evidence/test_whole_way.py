"""The whole way on what ships: a policy and the example log, through the command, tied back to its sources."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.commands import main
from policylang.evidence.tally import Tally
from policylang.model.data import policies_dir

ROOT = Path(__file__).parents[2]
AS_AT = "2026-09-30"


def run(*args: str) -> str:
    done = CliRunner().invoke(main, args)
    assert done.exit_code in (0, 1), done.output
    return done.stdout


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The policy, the log and its mapping, copied to a folder with a name that must appear nowhere."""
    folder = tmp_path_factory.mktemp("somebodys-own-folder")
    files = [policies_dir() / "connect-housing.policy"]
    files += [ROOT / "examples" / f"complaints-log{end}" for end in (".xlsx", ".mapping.yaml")]
    return [shutil.copy(str(file), str(folder)) for file in files]


@pytest.fixture(scope="module")
def made(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("results") / "first"
    policy, log, mapping = inputs
    run("assess", policy, log, "--map", mapping, "--as-at", AS_AT, "--out", str(out))
    return out


def test_the_figures_are_those_of_the_audit(made: Path, inputs: list[str]) -> None:
    policy, log, mapping = inputs
    audited = json.loads(run("audit", policy, log, "--map", mapping, "--as-at", AS_AT, "--format", "json"))
    totals = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["control_totals"]
    assert totals["outcomes"] == audited["population"]["outcomes"]
    assert totals["rows_read"] == audited["population"]["rows_read"]
    assert totals["cases_judged"] == audited["population"]["judged"]
    assert totals["reconciles"] is True
    duties = {(d["document"], d["provision"], d["duty"]): d for d in audited["measures"]["duties"]}
    assert len(totals["duties"]) == len(duties)
    for duty in totals["duties"]:
        theirs = duties[duty["document"], duty["provision"], duty["duty"]]
        assert duty["outcomes"] == {name: theirs[name] for name in duty["outcomes"]}
        share = Tally(duty["outcomes"]["met"], duty["outcomes"]["breached"]).share_met
        assert (share is None) == (theirs["share"] is None)
        assert share is None or float(share) == pytest.approx(theirs["share"], abs=0.0001)
    rows = list(csv.DictReader(io.StringIO((made / "outcomes.csv").read_text(encoding="utf-8-sig"))))
    assert [(r["case"], r["duty"], r["outcome"]) for r in rows] == [
        (o["case"], o["duty"], o["outcome"]) for o in audited["outcomes"]
    ]


def test_the_verdicts_are_those_of_the_check(made: Path, inputs: list[str]) -> None:
    checked = json.loads(run("check", inputs[0], "--on", AS_AT, "--format", "json"))
    ours = json.loads((made / "verdicts.json").read_text(encoding="utf-8"))
    assert ours["summary"] == checked["summary"]
    for one, other in zip(ours["verdicts"], checked["verdicts"], strict=True):
        assert {**one, "file": None} == {**other, "file": None}


def test_the_manifest_names_the_inputs_by_their_hashes(made: Path, inputs: list[str]) -> None:
    policy, log, mapping = (hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in inputs)
    data = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert data["policy"]["sha256"] == policy
    assert data["inputs"] == {"complaints-log.xlsx": log}
    assert data["mapping"] == {"file": "complaints-log.mapping.yaml", "sha256": mapping}
    assert "would change" in data["options"]["conventions"]["The other way of counting"]


def test_the_same_files_in_another_folder_give_the_same_bytes_and_no_file_tells_where_they_lay(
    made: Path, inputs: list[str], tmp_path: Path
) -> None:
    moved = [shutil.copy(path, str(tmp_path)) for path in inputs]
    out = tmp_path / "second"
    run("assess", moved[0], moved[1], "--map", moved[2], "--as-at", AS_AT, "--out", str(out))
    for path in made.iterdir():
        assert (out / path.name).read_bytes() == path.read_bytes(), path.name
        parts = [path.read_bytes()]
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                parts = [archive.read(name) for name in archive.namelist()]
        assert not any(b"somebodys-own-folder" in part for part in parts)


def test_a_case_that_no_edition_judges_counts_for_none(inputs: list[str], tmp_path: Path) -> None:
    """Received before the first edition of July 2020: it is told, and no share counts it."""
    log = tmp_path / "log.csv"
    log.write_text(
        "reference,received,acknowledged,responded,closed\n"
        "OLD-1,2019-03-05,2019-04-29,2019-07-30,2019-07-30\n"
        "NEW-1,2025-03-04,2025-03-06,2025-03-17,2025-03-17\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    run("assess", inputs[0], str(log), "--as-at", AS_AT, "--out", str(out))
    rows = list(csv.DictReader(io.StringIO((out / "outcomes.csv").read_text(encoding="utf-8-sig"))))
    early = [row for row in rows if row["reason"] == "no-edition-in-force"]
    assert {row["case"] for row in early} == {"OLD-1"}
    assert {row["outcome"] for row in early} == {"not-applicable"}
    assert not any(row["outcome"] == "breached" for row in rows if row["case"] == "OLD-1")
    totals = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["control_totals"]
    assert totals["cases_judged"] == 2
    acknowledged = [d for d in totals["duties"] if (d["provision"], d["duty"]) == ("6.2", "acknowledge at stage 1")]
    assert [(d["outcomes"]["met"], d["outcomes"]["breached"]) for d in acknowledged] == [(1, 0)]


def test_a_case_of_an_earlier_edition_is_judged_by_it_and_not_counted_on_the_form(made: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((made / "outcomes.csv").read_text(encoding="utf-8-sig"))))
    earlier = [row for row in rows if row["document"] == "housing-ombudsman-2022"]
    assert {"met", "breached"} <= {row["outcome"] for row in earlier}
    assert all(row["source"] == "code" and row["reason"] != "no-edition-in-force" for row in earlier)
    cases = {row["case"] for row in earlier}
    assert not any(row["case"] in cases and row["document"] == "housing-ombudsman-2024" for row in rows)
    assert (made / "report.html").read_text(encoding="utf-8").count("<svg") == 12
