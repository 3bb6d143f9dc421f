"""``policylang verify`` of an annual report: made again to the byte, and one flipped byte anywhere is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.commands import main
from policylang.evidence.annual.files import NAMES
from policylang.evidence.manifest import seal_of
from policylang.evidence.verify import Repeated
from policylang.evidence.verify import verify as compare
from policylang.findings.problem import Problem
from tests.evidence.folders_of_evidence import (
    KINDS,
    LOG,
    MAPPING,
    POLICY,
    annual_report,
    inputs,
    manifest_of,
    rules,
    verify,
    with_manifest,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annual_report(tmp_path_factory.mktemp("annual"))


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def test_the_report_is_made_again_to_the_byte(made: Path) -> None:
    done = verify(made)
    assert done.exit_code == 0, done.stdout
    assert "The work was repeated and gave the same bytes." in done.stdout
    for name in NAMES:
        assert f"{name} comes out the same when the work is repeated" in done.stdout
    for name in (POLICY, LOG, MAPPING):
        assert f"{name} is the input that was read" in done.stdout


def test_the_manifest_says_from_what_and_how(made: Path) -> None:
    data = manifest_of(made)
    assert data["schema"] == "policylang-annual-manifest/1"
    assert data["as_at"] == "2026-03-31"
    assert (data["policy"]["file"], data["mapping"]["file"], list(data["inputs"])) == (POLICY, MAPPING, [LOG])
    assert data["options"] == {
        "year": "2025-04-01", "homes": {"LCRA": 2000}, "tenures": {"Extra care": "LCRA"}, "sheet": "",
        "suppress_under": 0, "target": "", "pseudonyms": "",
    }  # fmt: skip
    totals = data["control_totals"]
    assert (totals["rows_read"], totals["cases_judged"], totals["rows_set_aside"], totals["reconciles"]) == (
        3,
        3,
        0,
        True,
    )
    assert totals["stages"][0]["received"] == 3
    figures = json.loads((made / "out" / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert next(f["value"] for f in figures if f["key"] == "stage1.received") == 3
    assert sorted(data["outputs"]) == sorted(name for name in NAMES if name != "manifest.json")
    assert str(made) not in json.dumps(data)


def test_the_year_before_a_target_suppression_and_pseudonyms_are_repeated_too(made: Path, tmp_path: Path) -> None:
    base = tmp_path / "next"
    line = inputs(base)
    key, before = base / "in" / "key.txt", base / "in" / "figures.json"
    key.write_text("a long secret text that nobody guesses", encoding="utf-8")
    first = ["annual", *line, "--year", "2024-04-01", "--suppress-under", "5", "--out", str(base / "before")]
    assert CliRunner().invoke(main, first).exit_code == 0
    shutil.copy(base / "before" / "figures.json", before)
    more = ["--before", str(before), "--target", "95.5", "--suppress-under", "5", "--pseudonyms", str(key)]
    line = ["annual", *line, "--year", "2025-04-01", "--as-at", "2025-10-31", *more, "--out", str(base / "out")]
    done = CliRunner().invoke(main, line)
    assert done.exit_code == 0, done.stderr
    same = verify(base, "--pseudonyms", str(key))
    assert same.exit_code == 0, same.stdout
    assert rules(verify(base, "--format", "json")) == ["key-not-at-hand"]
    before.write_bytes(before.read_bytes() + b" ")
    assert rules(verify(base, "--pseudonyms", str(key), "--format", "json")) == ["input-changed"]


def test_a_figure_changed_by_hand_in_every_place_is_found_by_repeating_the_work(copy: Path) -> None:
    """Whoever changes a control total and seals the manifest again is found out, since the work is done again."""
    data = manifest_of(copy)
    data["control_totals"]["stages"][0]["received"] = 4
    with_manifest(copy, {**data, "seal": seal_of(data)})
    done = verify(copy, "--format", "json")
    assert rules(done) == ["not-reproduced"]
    (finding,) = json.loads(done.stdout)["findings"]["findings"]
    assert "control_totals.stages[1].received" in finding["message"]
    assert (finding["expected"], finding["found"]) == ("4", "3")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("control_totals.reconciles", 1),  # equal to true in Python, and not the same
        ("control_totals.rows_read", 3.0),
        ("control_totals.note", "added"),
        ("outputs.annual-report.pdf", "0" * 64),
        ("options.homes", {"LCRA": 2001}),
        ("options.tenures", {}),
        ("options.target", "90"),
        ("options.suppress_under", 5),
        ("options.year", "2025-04-02"),
        ("as_at", "2026-03-30"),
        ("policy.title", "Another"),
        ("data", {}),
    ],
)
def test_no_entry_can_be_changed_unnoticed(copy: Path, path: str, value: object) -> None:
    data = manifest_of(copy)
    part, _, entry = path.partition(".")
    if entry:
        data[part][entry] = value
    else:
        data[part] = value
    with_manifest(copy, data)
    assert verify(copy).exit_code == 1, path


MANIFEST_RULES = {"manifest-changed", "manifest-rewritten", "manifest-unreadable", "manifest-of-other-version"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_one_flipped_bit_anywhere_is_reported(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of any input, any output and the manifest, at any offset. Nothing has to be repeated for it: what is flipped is
    named from its hash, and the manifest from its seal, even where the inputs are not at hand."""
    base = KINDS[kind](tmp_path_factory.mktemp(kind))
    files = sorted(path for folder in ("in", "out") for path in (base / folder).iterdir())
    assert len(files) > 8
    elsewhere = base / "elsewhere"
    elsewhere.mkdir()

    @settings(max_examples=100, deadline=None)
    @given(file=st.sampled_from(files), where=st.integers(0, 10**9), bit=st.integers(0, 7))
    def holds(file: Path, where: int, bit: int) -> None:
        sound = file.read_bytes()
        at = where % len(sound)
        file.write_bytes(sound[:at] + bytes([sound[at] ^ (1 << bit)]) + sound[at + 1 :])
        at_hand = base / "in" if file.parent.name == "in" else elsewhere
        try:
            findings = compare(base / "out", [at_hand]).findings
        except Problem as stopped:
            findings = stopped.findings
        finally:
            file.write_bytes(sound)
        found = [(f.rule, Path(f.place.file).name, f.message) for f in findings if f.place]
        if file.name == "manifest.json":
            assert {rule for rule, _, _ in found} & MANIFEST_RULES
        elif file.parent.name == "out":
            assert [name for rule, name, _ in found if rule == "output-changed"] == [file.name]
        else:
            (message,) = [message for rule, _, message in found if rule == "input-changed"]
            assert message.startswith(f"{file.name} is not the file")

    holds()
    done = compare(base / "out", [base / "in"])
    assert (done.findings, done.repeated) == ((), Repeated.SAME)


def test_the_same_inputs_give_the_same_bytes_manifest_and_all(made: Path, tmp_path: Path) -> None:
    again = annual_report(tmp_path / "another place")
    for name in NAMES:
        assert (again / "out" / name).read_bytes() == (made / "out" / name).read_bytes(), name


def test_a_log_that_can_no_longer_be_read_the_same_way_is_said(copy: Path) -> None:
    """The right bytes and another sheet asked for: the work stops with the finding that the reader has for it."""
    data: dict[str, Any] = manifest_of(copy)
    data["options"]["sheet"] = "No such sheet"
    with_manifest(copy, data)
    done = verify(copy, "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["repeated"] != "same"


def test_an_input_in_the_folder_of_the_report_is_never_written_over(made: Path, tmp_path: Path) -> None:
    """Last year's figures lie where this year's are to go: nobody loses them, with --overwrite or without."""
    shutil.copytree(made, tmp_path / "copy")
    base = tmp_path / "copy"
    before = (base / "out" / "figures.json").read_bytes()
    line = ["annual", str(base / "in" / POLICY), str(base / "in" / LOG), "--year", "2026-04-01", "--overwrite"]
    done = CliRunner().invoke(main, [*line, "--before", str(base / "out" / "figures.json"), "--out", str(base / "out")])
    assert done.exit_code == 2
    assert "input-would-be-overwritten" in done.stderr
    assert (base / "out" / "figures.json").read_bytes() == before


@pytest.mark.parametrize("overwrite", [True, False])
def test_an_annual_report_never_takes_the_place_of_the_manifest_of_an_assessment(made: Path, overwrite: bool) -> None:
    before = (made / "out" / "manifest.json").read_bytes()
    line = ["assess", str(made / "in" / POLICY), "--as-at", "2025-12-31", "--out", str(made / "out")]
    done = CliRunner().invoke(main, [*line, *(["--overwrite"] if overwrite else [])])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "folder-of-other-evidence (PL-F18)" in done.stderr
    assert "holds an annual report, and an assessment would put its own manifest.json" in " ".join(done.stderr.split())
    assert (made / "out" / "manifest.json").read_bytes() == before
