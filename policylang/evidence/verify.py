"""Re-performance: a folder of evidence compared with its manifest, then made again from the same inputs and compared.

The acceptance test of working papers is that another informed person repeats the work and reaches the same
conclusion. Nothing here trusts the manifest: every hash in it is worked out again, and where the inputs are at hand the
whole assessment is repeated and must give the same bytes, the manifest included.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang import __version__
from policylang.evidence.comply import ComplyRule
from policylang.evidence.manifest import SCHEMA, form_digest, tool_digest
from policylang.evidence.records import canonical
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem, problem

if TYPE_CHECKING:
    from policylang.evidence.assess import AssessResult

MANIFEST = "manifest.json"
_LARGEST = 20 * 1024 * 1024  # bytes; a manifest of a million cases is far below this


class Repeated(StrEnum):
    """What became of the re-performance."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True)
class Verification:
    """``same`` names what was compared and found unchanged, ``findings`` each difference, ``repeated`` the re-run."""

    same: tuple[str, ...]
    findings: tuple[Finding, ...]
    repeated: Repeated


@dataclass(slots=True)
class _Run:
    folder: Path
    manifest: Mapping[str, Any]
    same: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def differs(self, rule: str, code: str, message: str, help: str, **parts: Any) -> None:
        place = Place(file=str(self.folder / parts.pop("file", MANIFEST)))
        self.findings.append(Finding(rule, code, Severity.ERROR, message, place, help=help, **parts))


def verify(folder: Path, beside: Sequence[Path] = (), key: Path | None = None) -> Verification:
    """Compare ``folder`` with its manifest and repeat the assessment with inputs found in the folders ``beside``.

    Inputs are found by name and taken only if their hash is the recorded one; each that is missing or changed is a
    finding, and then nothing is repeated. Raises :class:`Problem` where there is no manifest that can be read.
    """
    raw = _bytes_of_manifest(folder)
    run = _Run(folder, _read_manifest(folder, raw))
    _layout(run, raw)
    _outputs(run)
    _tool_and_data(run)
    inputs = dict(_inputs(run, [folder, *beside]))
    inputs["key"] = key
    if not _right_key(run, key) or any(path is None for what, path in inputs.items() if what != "key"):
        return Verification(tuple(run.same), tuple(run.findings), Repeated.NOT_DONE)
    again = _repeat(run, inputs)
    repeated = _compare(run, raw, again) if again else Repeated.NOT_DONE
    return Verification(tuple(run.same), tuple(run.findings), repeated)


def _bytes_of_manifest(folder: Path) -> bytes:
    path = folder / MANIFEST
    if not path.is_file():
        raise problem(
            "manifest-missing",
            "PL-V01",
            f"There is no {MANIFEST} in {folder}, so nothing says from what this evidence was made.",
            "Name the folder that “policylang assess --out” wrote.",
            file=str(folder),
        )
    if path.stat().st_size > _LARGEST:
        raise _unreadable(folder, "It is larger than any manifest this tool writes.")
    return path.read_bytes()


def _unreadable(folder: Path, why: str) -> Problem:
    return problem(
        "manifest-unreadable",
        "PL-V02",
        f"The manifest cannot be read. {why}",
        "Fetch the folder again from whoever sent it, or make the assessment anew.",
        file=str(folder / MANIFEST),
    )


_NEEDED = (
    "tool",
    "as_at",
    "policy",
    "code",
    "form",
    "calendar",
    "mapping",
    "answers",
    "person",
    "source",
    "inputs",
    "options",
    "outputs",
)


def _read_manifest(folder: Path, raw: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise _unreadable(folder, "It is not well-formed JSON.") from None
    if not isinstance(data, dict):
        raise _unreadable(folder, "It is not a manifest.")
    if not isinstance(data.get("schema"), str):
        raise _unreadable(folder, "It does not say what kind of manifest it is.")
    if data["schema"] != SCHEMA:
        raise problem(
            "manifest-of-other-version",
            "PL-V03",
            f"This manifest is of the kind “{str(data.get('schema'))[:60]}”, and this version reads “{SCHEMA}”.",
            "Verify with the version of policylang that made the folder.",
            file=str(folder / MANIFEST),
        )
    missing = [name for name in _NEEDED if name not in data]
    if missing:
        raise _unreadable(folder, f"These parts are missing: {', '.join(missing)}.")
    try:
        date.fromisoformat(data["as_at"])
        ComplyRule(**data["options"]["comply_rule"])
        for part in ("policy", "code"):
            _ = data[part]["file"], data[part]["sha256"]
        _ = [bytes.fromhex(value) for value in (*data["inputs"].values(), *data["outputs"].values())]
        _ = data["tool"]["version"], data["tool"]["sha256"], data["form"]["id"]
        _ = [data[part]["file"] for part in ("mapping", "answers", "person", "source")]
        drawn = data["options"].get("sample")
        _ = drawn is None or (int(drawn["size"]), int(drawn["seed"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _unreadable(folder, "Some of its entries are not what this tool writes there.") from None
    return data


def _layout(run: _Run, raw: bytes) -> None:
    if raw == canonical(run.manifest):
        return
    run.differs(
        "manifest-rewritten",
        "PL-V04",
        "The manifest says what a manifest says, but not in the bytes that this tool writes.",
        "Somebody opened and saved it, or it was damaged on the way. Fetch the original.",
    )


def _outputs(run: _Run) -> None:
    listed: Mapping[str, str] = run.manifest["outputs"]
    there = {path.relative_to(run.folder).as_posix(): path for path in run.folder.rglob("*") if path.is_file()}
    for name, recorded in sorted(listed.items()):
        path = there.pop(name, None)
        if path is None:
            run.differs(
                "output-missing",
                "PL-V05",
                f"{name} is in the manifest and not in the folder.",
                "Fetch the whole folder again.",
                file=name,
            )
        elif (found := _digest(path)) != recorded:
            run.differs(
                "output-changed",
                "PL-V06",
                f"{name} is not the file that the assessment wrote.",
                "Take the original, or make the assessment anew; do not rely on this copy.",
                file=name,
                expected=f"SHA-256 {recorded}",
                found=f"SHA-256 {found}",
            )
        else:
            run.same.append(f"{name} is as it was written")
    there.pop(MANIFEST, None)
    inputs = {run.manifest[part]["file"] for part in ("policy", "mapping", "answers", "person", "source")} | set(
        run.manifest["inputs"]
    )
    for name in sorted(set(there) - inputs):
        message = f"{name} is in the folder, but no assessment wrote it."
        place = Place(file=str(run.folder / name))
        run.findings.append(
            Finding("output-not-listed", "PL-V07", Severity.NOTE, message, place, help="Keep notes in another folder.")
        )


def _tool_and_data(run: _Run) -> None:
    """The tool, the code, the form and the calendar that are installed here, against the recorded ones."""
    from policylang.model.calendar import load_calendar
    from policylang.model.data import checks_dir

    tool, code, form = run.manifest["tool"], run.manifest["code"], run.manifest["form"]
    compared = [
        ("the tool", str(tool["sha256"]), tool_digest(), f"version {tool['version']}", f"version {__version__}")
    ]
    documents = [code, *run.manifest.get("other_codes", [])]
    for document in documents:
        path = checks_dir() / Path(str(document["file"])).name
        here = _text_digest(path) if path.is_file() else ""
        compared.append((f"the code {document['id']}", str(document["sha256"]), here, "", ""))
    compared.append((f"the form {form['id']}", str(form["sha256"]), form_digest(Path(str(form["id"])).name), "", ""))
    calendar = run.manifest["calendar"]
    try:
        here = load_calendar(str(calendar["id"])).digest
    except (Problem, ValueError, KeyError, OSError):
        here = ""
    compared.append((f"the calendar {calendar['id']}", str(calendar["digest"]), here, "", ""))
    for what, recorded, here, then, now in compared:
        if recorded == here:
            run.same.append(f"{what} is the one that was used")
            continue
        run.differs(
            "made-with-another-version",
            "PL-V08",
            f"{what[0].upper()}{what[1:]} here is not the one that was used.",
            "Repeat the work with the version that is named; differences below may come from this alone.",
            expected=f"{then + ', ' if then else ''}SHA-256 {recorded}",
            found=f"{now + ', ' if now else ''}SHA-256 {here}" if here else "not installed",
        )


def _inputs(run: _Run, folders: Sequence[Path]) -> Iterator[tuple[str, Path | None]]:
    """Each input by what it is: ``policy``, ``mapping`` (if there was one) and ``cases`` (if there was a log)."""
    manifest = run.manifest
    wanted = [("policy", manifest["policy"]["file"], manifest["policy"]["sha256"])]
    if manifest["mapping"]["file"]:
        wanted.append(("mapping", manifest["mapping"]["file"], manifest["mapping"]["sha256"]))
    for part in ("person", "source"):
        if manifest[part]["file"]:
            wanted.append((part, manifest[part]["file"], manifest[part]["sha256"]))
    answers = manifest["answers"]["file"]
    if answers:
        wanted.append(("answers", answers, manifest["answers"]["sha256"]))
    wanted += [("cases", name, recorded) for name, recorded in manifest["inputs"].items() if name != answers]
    for what, name, recorded in wanted:
        candidates = [folder / Path(str(name)).name for folder in folders]
        there = [path for path in dict.fromkeys(candidates) if path.is_file()]
        right = next((path for path in there if _digest(path) == recorded), None)
        if right:
            run.same.append(f"{name} is the input that was read")
        elif there:
            run.differs(
                "input-changed",
                "PL-V09",
                f"{name} is not the file that the assessment read.",
                "Find the file as it was on that day; the evidence says nothing about this one.",
                expected=f"SHA-256 {recorded}",
                found=f"SHA-256 {_digest(there[0])}",
            )
        else:
            run.differs(
                "input-not-found",
                "PL-V10",
                f"{name}, from which the evidence was made, is not at hand, so the work cannot be repeated.",
                "Say where it is: policylang verify FOLDER --inputs FOLDER-WITH-THE-INPUTS",
                expected=f"SHA-256 {recorded}",
            )
        yield what, right


def _right_key(run: _Run, key: Path | None) -> bool:
    """Whether the key at hand is the one whose pseudonyms stand in the evidence; true where none was used."""
    from policylang.casebook.pseudonyms import fingerprint, read_key

    recorded = run.manifest["options"].get("pseudonyms")
    if not recorded or (key is not None and fingerprint(read_key(key)) == recorded):
        return True
    run.differs(
        "key-not-at-hand",
        "PL-V12",
        "The key of the pseudonyms is not at hand, so the work cannot be repeated."
        if key is None
        else f"{key.name} is not the key of these pseudonyms.",
        "Give the key with --pseudonyms KEYFILE.",
        expected=f"a key with the fingerprint {recorded}",
    )
    return False


def _repeat(run: _Run, inputs: Mapping[str, Path | None]) -> AssessResult | None:
    from policylang.evidence.assess import assess
    from policylang.evidence.gather import gather

    policy, options = inputs["policy"], run.manifest["options"]
    drawn = options.get("sample") or {"size": 0, "seed": 1}
    assert policy is not None
    try:
        made = gather(
            policy,
            inputs.get("cases"),
            as_at=date.fromisoformat(run.manifest["as_at"]),
            mapping=inputs.get("mapping"),
            sheet=options.get("sheet") or None,
            code=options.get("code") or None,
            rule=ComplyRule(**options["comply_rule"]),
            turn=bool(options.get("sensitivity")),
            answers=inputs.get("answers"),
            person=inputs.get("person"),
            source=inputs.get("source"),
            sample=int(drawn["size"]),
            seed=int(drawn["seed"]),
            pseudonyms=inputs.get("key") if options.get("pseudonyms") else None,
        )
    except Problem as stopped:
        run.findings.extend(stopped.findings)
        return None
    return assess(made)


def _compare(run: _Run, raw: bytes, again: AssessResult) -> Repeated:
    before = len(run.findings)
    for name, digest in sorted(again.files.digests.items()):
        if name == MANIFEST:
            _compare_manifest(run, raw, again.files[name])
            continue
        recorded = run.manifest["outputs"].get(name)
        if recorded == digest:
            run.same.append(f"{name} comes out the same when the work is repeated")
        else:
            run.differs(
                "not-reproduced",
                "PL-V11",
                f"{name} comes out otherwise when the work is repeated.",
                "Look at the control totals that differ; if none does, the layout of the file has changed.",
                file=name,
                expected=f"SHA-256 {recorded}",
                found=f"SHA-256 {digest}",
            )
    return Repeated.SAME if len(run.findings) == before else Repeated.DIFFERENT


def _compare_manifest(run: _Run, raw: bytes, data: bytes) -> None:
    if raw == data:
        run.same.append(f"{MANIFEST} comes out the same when the work is repeated")
        return
    differences = [
        (path, then, now)
        for path, then, now in _differences("", run.manifest, json.loads(data))
        if not path.startswith("outputs.")  # told file by file
    ]
    for path, then, now in differences[:50]:
        run.differs(
            "not-reproduced",
            "PL-V11",
            f"“{path}” in the manifest comes out otherwise when the work is repeated.",
            "If an input or the tool differs too, that is why; if not, the manifest was changed by hand.",
            expected=_told(then),
            found=_told(now),
        )


def _differences(path: str, then: object, now: object) -> Iterator[tuple[str, object, object]]:
    if isinstance(then, dict) and isinstance(now, dict):
        for key in sorted({*then, *now}):
            yield from _differences(f"{path}.{key}" if path else key, then.get(key), now.get(key))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for place, (a, b) in enumerate(zip(then, now, strict=True), start=1):
            yield from _differences(f"{path}[{place}]", a, b)
    elif then != now:
        yield path, then, now


def _told(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _text_digest(path: Path) -> str:
    # Line ends apart, as the manifest has it: a checkout on Windows gives the same digest.
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
