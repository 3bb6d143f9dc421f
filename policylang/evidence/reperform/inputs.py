"""The inputs of the work, found again by name and taken only if their hash is the recorded one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policylang.evidence.document_facts import file_digest, key_fingerprint
from policylang.evidence.reperform.found import Found


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where each input lies now, by what it is; ``None`` where it was not given, or is not at hand (``complete`` says
    whether everything is)."""

    policy: Path | None = None
    cases: Path | None = None
    mapping: Path | None = None
    answers: Path | None = None
    person: Path | None = None
    source: Path | None = None
    before: Path | None = None
    key: Path | None = None
    complete: bool = False


def inputs(found: Found, folders: Sequence[Path], key: Path | None) -> Inputs:
    """Every input that the manifest names; each that is missing or changed is a finding."""
    there = {what: _input(found, folders, name, digest) for what, name, digest in _wanted(found)}
    complete = _right_key(found, key) and None not in there.values()
    used = key if found.manifest.data["options"]["pseudonyms"] else None
    return Inputs(**there, key=used, complete=complete)


def _wanted(found: Found) -> Iterator[tuple[str, str, str]]:
    data = found.manifest.data
    for what in ("policy", "mapping", "answers", "person", "source", "before"):
        if what in data and data[what]["file"]:
            yield what, *found.manifest.part(what)
    for name, digest in data["inputs"].items():
        if name != data["answers"]["file"]:  # the log; there is one, or none
            yield "cases", name, digest


def _input(found: Found, folders: Sequence[Path], name: str, recorded: str) -> Path | None:
    # Only the last part of a name counts: a manifest never leads out of the folders that were given.
    candidates = [folder / Path(name).name for folder in folders]
    there = [path for path in dict.fromkeys(candidates) if path.is_file()]
    digests = {path: file_digest(path) for path in there}
    right = next((path for path, digest in digests.items() if digest == recorded), None)
    if right is not None:
        found.same.append(f"{name} is the input that was read")
    elif there:
        found.differs(
            "input-changed",
            "PL-V09",
            f"{name} is not the file that was read when the evidence was made.",
            "Find the file as it was on that day; the evidence says nothing about this one.",
            expected=f"SHA-256 {recorded}",
            found=f"SHA-256 {digests[there[0]]}",
        )
    else:
        found.differs(
            "input-not-found",
            "PL-V10",
            f"{name}, from which the evidence was made, is not at hand, so the work cannot be repeated.",
            "Say where it is: policylang verify FOLDER --inputs FOLDER-WITH-THE-INPUTS",
            expected=f"SHA-256 {recorded}",
        )
    return right


def _right_key(found: Found, key: Path | None) -> bool:
    """Whether the key at hand is the one whose pseudonyms stand in the evidence; true where none was used."""
    recorded = found.manifest.data["options"]["pseudonyms"]
    if not recorded or (key is not None and key_fingerprint(key) == recorded):
        return True
    found.differs(
        "key-not-at-hand",
        "PL-V12",
        "The key of the pseudonyms is not at hand, so the work cannot be repeated."
        if key is None
        else f"{key.name} is not the key of these pseudonyms.",
        "Give the key with --pseudonyms KEYFILE.",
        expected=f"a key with the fingerprint {recorded[:40]}",
    )
    return False
