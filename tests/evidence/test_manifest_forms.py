"""Manifests of every form: older ones are read for what they say, newer ones are told apart, and a key that is added
without a new number is noticed here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylang import __version__
from policylang.commands import main
from policylang.evidence.manifest import sealed
from policylang.evidence.verify import Repeated
from policylang.evidence.verify import verify as compare
from tests.evidence.folders_of_evidence import KINDS, LOG, assessment, manifest_of, rules, verify, with_manifest

HISTORY = {
    "before any option was recorded": (
        ("answers", "person", "source"), ("code", "sheet", "sensitivity", "pseudonyms", "sample"),
    ),
    "with the code and the sheet asked for": (
        ("answers", "person", "source"), ("sensitivity", "pseudonyms", "sample"),
    ),
    "with sensitivity": (("answers", "person", "source"), ("pseudonyms", "sample")),
    "with answers": (("person", "source"), ("pseudonyms", "sample")),
    "with pseudonyms": (("person", "source"), ("sample",)),
    "with what people said": (("source",), ("sample",)),
    "with the source and the sample": ((), ()),
}  # fmt: skip
"""What manifests of form 1 did not have yet, oldest first."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assessment(tmp_path_factory.mktemp("forms"), "--sample", "0")


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def of_form_1(base: Path, parts: tuple[str, ...] = (), options: tuple[str, ...] = ()) -> dict[str, Any]:
    """The manifest as a version before the forms had numbers wrote it."""
    data = manifest_of(base)
    for name in ("data", "seal", *parts):
        del data[name]
    for name in options:
        del data["options"][name]
    data["tool"]["sha256"] = "ab" * 32
    return {**data, "schema": "policylang-manifest/1"}


@pytest.mark.parametrize("when", HISTORY)
def test_an_older_manifest_is_compared_by_its_hashes_and_not_repeated(copy: Path, when: str) -> None:
    with_manifest(copy, of_form_1(copy, *HISTORY[when]))
    done = verify(copy, "--format", "json")
    assert done.exit_code == 1
    assert rules(done) == ["manifest-of-older-form"]
    told = json.loads(done.stdout)
    assert told["repeated"] == "not-done"
    assert "report.html is as it was written" in told["same"]
    assert f"{LOG} is the input that was read" in told["same"]
    message = told["findings"]["findings"][0]["message"]
    assert f"made by policylang {__version__} and has form 1; this version writes form 2" in message


def test_a_changed_output_shows_under_an_older_manifest_too(copy: Path) -> None:
    with_manifest(copy, of_form_1(copy, *HISTORY["with answers"]))
    path = copy / "out" / "report.html"
    path.write_bytes(path.read_bytes() + b" ")
    (copy / "in" / LOG).write_bytes(b"another log")
    assert rules(verify(copy, "--format", "json")) == [
        "manifest-of-older-form", "output-changed", "input-changed",
    ]  # fmt: skip


def test_the_text_says_what_was_done(copy: Path) -> None:
    with_manifest(copy, of_form_1(copy))
    done = verify(copy)
    assert "The work was not repeated." in done.stdout
    assert "manifest-of-older-form" in done.stdout


@pytest.mark.parametrize(
    "schema", ["policylang-manifest/3", "policylang-manifest/99999", "policylang-annual-manifest/2"]
)
def test_a_newer_manifest_says_which_version_made_it(copy: Path, schema: str) -> None:
    data = manifest_of(copy)
    data["tool"]["version"] = "7.1"
    with_manifest(copy, {**data, "schema": schema, "whatever": 1})
    done = verify(copy)
    assert (done.exit_code, done.stdout) == (2, "")
    said = " ".join(done.stderr.split())
    assert "manifest-of-other-version (PL-V03)" in said
    assert f"“{schema}”" in said
    assert "It was made by version 7.1." in said


@pytest.mark.parametrize(
    "schema", ["policylang-manifest/0", "policylang-manifest/01", "another-tool/2", "", "/", "x" * 5_000]
)
def test_a_manifest_of_no_kind_that_we_write_is_said_to_be_one(copy: Path, schema: str) -> None:
    with_manifest(copy, {**manifest_of(copy), "schema": schema})
    done = verify(copy)
    assert done.exit_code == 2
    assert "which this tool does not write" in " ".join(done.stderr.split())


ENTRIES = {
    "assess": (
        "policylang-manifest/2",
        "answers as_at calendar code control_totals data form inputs mapping options other_codes outputs person policy "
        "schema seal source tool",
        "code comply_rule conventions pseudonyms sample sensitivity sheet",
    ),
    "annual": (
        "policylang-annual-manifest/1",
        "answers as_at before calendar codes control_totals data inputs mapping options outputs policy schema seal "
        "tool",
        "homes pseudonyms sheet suppress_under target tenures year",
    ),
}
"""Whoever changes the entries gives the form another number, says in ``reperform/forms.py`` what the absence of a new
entry means in the form before, and adds that form to this page."""


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_entries_are_those_of_the_form(kind: str, tmp_path: Path) -> None:
    data = manifest_of(KINDS[kind](tmp_path / kind))
    assert (data["schema"], " ".join(sorted(data)), " ".join(sorted(data["options"]))) == ENTRIES[kind]


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_entry_is_needed(kind: str, tmp_path: Path) -> None:
    base = KINDS[kind](tmp_path / kind)
    data = manifest_of(base)
    for name in data:
        with_manifest(base, {key: value for key, value in data.items() if key != name})
        done = verify(base)
        assert done.exit_code == 2, name
        assert name in done.stderr or name == "schema"
    for name in data["options"]:
        fewer = {key: value for key, value in data["options"].items() if key != name}
        with_manifest(base, {**data, "options": fewer})
        done = verify(base)
        assert (done.exit_code, f"These options are missing: {name}." in " ".join(done.stderr.split())) == (2, True)


WRONG: tuple[Any, ...] = (
    None, True, 7, -1, 1e300, "", "soon", "../../etc/passwd", "x" * 5_000, [], [[]], {}, {"file": 7},
    {"file": "a", "sha256": "b"}, {"": "0" * 64}, {"a": None}, [None], ["a"],
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_entries_of_the_wrong_kind_never_end_in_a_fault_of_ours(kind: str, tmp_path: Path) -> None:
    """Each entry and each option in turn becomes something else: a finding, and never a claim that all is well."""
    base = KINDS[kind](tmp_path / kind)
    elsewhere = tmp_path / "nothing here"
    elsewhere.mkdir()
    data = manifest_of(base)
    places = [(name, None) for name in data] + [("options", name) for name in data["options"]]
    for name, option in places:
        for value in WRONG:
            changed = {**data, name: {**data[name], option: value} if option else value}
            if changed == data and json.dumps(changed) == json.dumps(data):
                continue
            with_manifest(base, changed)
            done = run_verify(base, elsewhere)
            assert done.exit_code in (1, 2), (name, option, value)
            assert "policylang itself" not in done.stderr, (name, option, value)


def run_verify(base: Path, inputs: Path) -> Result:
    return CliRunner().invoke(main, ["verify", str(base / "out"), "--inputs", str(inputs)])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no manifest.json"),
        (b"", "It is not well-formed JSON."),
        (b'{"schema": "policylang-manifest/2", "tool"', "It is not well-formed JSON."),
        (b"[" * 100_000, "It is nested deeper than anything this tool writes."),
        (b"[]", "It holds no table of named entries."),
        (b'{"manifest_version": 3, "name": "An extension"}', "It does not say what kind of manifest it is."),
        (b'{"schema": "policylang-manifest/2"}', "These parts are missing: tool, as_at"),
        (b'{"schema": 1' + b"0" * 5_000 + b"}", "It has a number that is larger than any this tool writes."),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_manifest_that_cannot_be_used_stops_the_work(copy: Path, content: bytes | None, said: str) -> None:
    path = copy / "out" / "manifest.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    done = verify(copy)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_file_in_place_of_the_folder_is_said_with_the_folder(copy: Path) -> None:
    done = CliRunner().invoke(main, ["verify", str(copy / "out" / "manifest.json")])
    assert done.exit_code == 2
    said = " ".join(done.stderr.split())
    assert "is a file, and a folder is needed here." in said
    assert "Give the folder it is in: " in said


def test_a_manifest_sealed_again_with_another_policy_is_found_out_by_the_work(copy: Path) -> None:
    data = manifest_of(copy)
    data["policy"]["title"] = "Another policy"
    (copy / "out" / "manifest.json").write_bytes(sealed(data))
    found = compare(copy / "out", [copy / "in"])
    assert [f.rule for f in found.findings] == ["not-reproduced"]
    assert found.repeated is Repeated.DIFFERENT
