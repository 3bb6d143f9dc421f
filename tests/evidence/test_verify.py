"""``policylang verify``: the same inputs give the same bytes, and one flipped byte anywhere is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main
from policylang.evidence.manifest import sealed

ROOT = Path(__file__).resolve().parents[2]
POLICY = "connect-housing.policy"
LOG = "log.csv"

CSV = """Ref,Received,Acknowledged,Responded
A-1,2025-03-03,2025-03-05,2025-03-14
A-2,2025-03-04,2025-03-20,2025-05-02
A-3,2025-03-05,,
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder ``in`` with the inputs and a folder ``out`` with the evidence made from them."""
    base = tmp_path_factory.mktemp("verify")
    (base / "in").mkdir()
    shutil.copy(ROOT / "policies" / POLICY, base / "in" / POLICY)
    (base / "in" / LOG).write_text(CSV, encoding="utf-8")
    line = ["assess", str(base / "in" / POLICY), str(base / "in" / LOG), "--as-at", "2025-06-30"]
    done = CliRunner().invoke(main, [*line, "--out", str(base / "out")])
    assert done.exit_code == 1, done.stderr
    return base


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def verify(base: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["verify", str(base / "out"), "--inputs", str(base / "in"), *more])


def rules(result: Result) -> list[str]:
    return [finding["rule"] for finding in json.loads(result.stdout)["findings"]["findings"]]


def test_what_was_made_here_is_repeated_to_the_byte(copy: Path) -> None:
    done = verify(copy)
    assert done.exit_code == 0, done.stdout
    assert "The work was repeated and gave the same bytes." in done.stdout
    for name in ("self-assessment.xlsx", "report.html", "outcomes.csv", "verdicts.json", "manifest.json"):
        assert f"{name} comes out the same when the work is repeated" in done.stdout


@pytest.mark.parametrize("name", ["self-assessment.xlsx", "report.html", "outcomes.csv", "verdicts.json"])
def test_one_flipped_byte_in_an_output_is_named(copy: Path, name: str) -> None:
    flip(copy / "out" / name)
    done = verify(copy, "--format", "json")
    assert done.exit_code == 1
    assert rules(done) == ["output-changed"]
    assert name in done.stdout


@pytest.mark.parametrize("name", [POLICY, LOG])
def test_one_flipped_byte_in_an_input_is_named_and_nothing_is_repeated(copy: Path, name: str) -> None:
    flip(copy / "in" / name)
    done = verify(copy, "--format", "json")
    assert done.exit_code == 1
    assert rules(done) == ["input-changed"]
    assert json.loads(done.stdout)["repeated"] == "not-done"


def test_every_letter_of_the_manifest_counts(copy: Path) -> None:
    """Wherever one digit of the manifest is changed, something is said, though the work is not repeated."""
    path = copy / "out" / "manifest.json"
    sound = path.read_bytes()
    places = [at for at, byte in enumerate(sound) if chr(byte).isalnum()]
    for at in places[:: max(1, len(places) // 50)]:
        changed = bytearray(sound)
        changed[at] = ord("7") if changed[at] != ord("7") else ord("3")
        path.write_bytes(bytes(changed))
        done = CliRunner().invoke(
            main, ["verify", str(copy / "out"), "--inputs", str(copy / "out"), "--format", "json"]
        )
        said = done.exit_code == 2 or {"manifest-changed", "manifest-rewritten"} & set(rules(done))
        assert said, sound[max(0, at - 40) : at + 20]


def test_a_figure_changed_by_hand_is_named_with_what_it_should_be(copy: Path) -> None:
    path = copy / "out" / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["control_totals"]["rows_read"] == 3
    data["control_totals"]["rows_read"] = 4
    path.write_bytes(sealed(data))
    done = verify(copy, "--format", "json")
    assert rules(done) == ["not-reproduced"]
    finding = json.loads(done.stdout)["findings"]["findings"][0]
    assert "control_totals.rows_read" in finding["message"]
    assert (finding["expected"], finding["found"]) == ("4", "3")


def test_a_manifest_saved_by_an_editor_is_not_the_original(copy: Path) -> None:
    path = copy / "out" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert "manifest-rewritten" in rules(verify(copy, "--format", "json"))


def test_an_input_that_is_not_at_hand_leaves_the_work_unrepeated(copy: Path) -> None:
    (copy / "in" / LOG).unlink()
    done = verify(copy)
    assert done.exit_code == 1
    assert "The work was not repeated." in done.stdout
    assert "log.csv, from which the evidence was made, is not at hand" in " ".join(done.stdout.split())


def test_a_missing_output_and_a_stray_file_are_named(copy: Path) -> None:
    (copy / "out" / "outcomes.csv").unlink()
    (copy / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    assert rules(verify(copy, "--format", "json")) == ["output-missing", "output-not-listed"]


def test_a_stray_file_alone_is_a_note(copy: Path) -> None:
    (copy / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    assert verify(copy).exit_code == 0


def test_names_in_a_manifest_never_lead_out_of_the_folders(copy: Path) -> None:
    path = copy / "out" / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["policy"]["file"] = "../../in/" + POLICY
    path.write_text(json.dumps(data), encoding="utf-8")
    (copy / "in" / POLICY).rename(copy / POLICY)
    assert "input-not-found" in rules(verify(copy, "--format", "json"))


def test_a_folder_that_is_not_there_gets_the_nearest_name(copy: Path) -> None:
    done = CliRunner().invoke(main, ["verify", str(copy / "outt")])
    assert done.exit_code == 2
    assert "outt" in done.stderr


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
