"""The files of a folder, and the tool and the data that are installed here, against the hashes in the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policylang import __version__
from policylang.evidence.annual.files import MANIFEST
from policylang.evidence.document_facts import file_digest
from policylang.evidence.manifest import data_digest, form_digest, seal_of, tool_digest
from policylang.evidence.reperform.forms import Work
from policylang.evidence.reperform.found import Found
from policylang.findings.finding import Severity
from policylang.findings.problem import Problem


def manifest(found: Found) -> None:
    """Whether the manifest is as it was sealed, and stands in the bytes that this tool writes for what it says."""
    recorded = found.manifest.data["seal"]
    if recorded and recorded != (seal := seal_of(found.manifest.data)):
        found.differs(
            "manifest-changed",
            "PL-V14",
            "The manifest no longer says what it said when it was written: its seal does not fit.",
            "Somebody changed it, or it was damaged on the way. Fetch the original; do not rely on this one.",
            expected=f"SHA-256 {recorded}",
            found=f"SHA-256 {seal}",
        )
    elif recorded:
        found.same.append("the manifest is as it was sealed")
    if found.manifest.as_written:
        return
    found.differs(
        "manifest-rewritten",
        "PL-V04",
        "The manifest says what a manifest says, but not in the bytes that this tool writes.",
        "Somebody opened and saved it, or it was damaged on the way. Fetch the original.",
    )


def form(found: Found) -> None:
    """Say so where the manifest is of an older form: then nothing is repeated."""
    form, tool = found.manifest.form, found.manifest.data["tool"]
    if form.is_newest:
        return
    found.differs(
        "manifest-of-older-form",
        "PL-V13",
        f"The manifest was made by policylang {tool['version'][:40]} and has form {form.number}; this version writes "
        f"form {form.newest}. Files are compared with the hashes in it, and the work is not repeated.",
        "To repeat the work as well, verify with the version that made the folder; or make the evidence anew.",
        severity=Severity.WARNING,
        expected=f"program text of SHA-256 {tool['sha256']}",
        found=f"program text of SHA-256 {tool_digest()}",
    )


def outputs(found: Found) -> None:
    """Each file that the manifest lists, and each file of the folder that it does not list."""
    listed: Mapping[str, str] = found.manifest.data["outputs"]
    there = {path.relative_to(found.folder).as_posix(): path for path in found.folder.rglob("*") if path.is_file()}
    for name, recorded in sorted(listed.items()):
        path = there.pop(name, None)
        if path is None:
            found.differs(
                "output-missing",
                "PL-V05",
                f"{name} is in the manifest and not in the folder.",
                "Fetch the whole folder again.",
                file=name,
            )
        elif (digest := file_digest(path)) != recorded:
            found.differs(
                "output-changed",
                "PL-V06",
                f"{name} is not the file that was written.",
                "Take the original, or make the evidence anew; do not rely on this copy.",
                file=name,
                expected=f"SHA-256 {recorded}",
                found=f"SHA-256 {digest}",
            )
        else:
            found.same.append(f"{name} is as it was written")
    there.pop(MANIFEST, None)
    inputs = {name for name, _ in given(found)}
    for name in sorted(set(there) - inputs):
        found.differs(
            "output-not-listed",
            "PL-V07",
            f"{name} is in the folder, but is no part of the evidence.",
            "Keep notes in another folder.",
            file=name,
            severity=Severity.NOTE,
        )


def given(found: Found) -> Iterator[tuple[str, str]]:
    """The name and the hash of every file that was read; what it is stands in the manifest."""
    data = found.manifest.data
    yield found.manifest.part("policy")
    for part in ("mapping", "answers", "person", "source", "before"):
        if part in data and data[part]["file"]:
            yield found.manifest.part(part)
    yield from data["inputs"].items()


def installed(found: Found) -> None:
    """The tool, the codes, the form, the calendar and the rest of the data that are here, against those recorded."""
    for what, recorded, here, versions in _pairs(found.manifest.data, found.manifest.form.work):
        if recorded == here:
            found.same.append(f"{what} is the one that was used")
            continue
        then, now = versions
        found.differs(
            "made-with-another-version",
            "PL-V08",
            f"{what[0].upper()}{what[1:]} here is not the one that was used.",
            "Repeat the work with the version that is named; differences below may come from this alone.",
            expected=f"{then}SHA-256 {recorded}",
            found=f"{now}SHA-256 {here}" if here else "not installed",
        )


def _pairs(data: Mapping[str, Any], work: Work) -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    tool = data["tool"]
    versions = (f"version {tool['version'][:40]}, ", f"version {__version__}, ")
    yield "the tool", tool["sha256"], tool_digest(), versions
    codes = [data["code"], *data["other_codes"]] if work is Work.ASSESSMENT else data["codes"]
    for code in codes:
        yield f"the code {code['id']}", code["sha256"], data_digest(code["file"]), ("", "")
    if work is Work.ASSESSMENT:
        form = data["form"]
        yield f"the form {form['id']}", form["sha256"], form_digest(form["id"]), ("", "")
    calendar = data["calendar"]
    yield f"the calendar {calendar['id']}", calendar["digest"], _calendar(calendar["id"]), ("", "")
    for name, recorded in data["data"].items():
        yield f"the file {name} that comes with the tool", recorded, data_digest(name), ("", "")


def _calendar(name: str) -> str:
    from policylang.model.calendar import load_calendar

    if not re.fullmatch(r"[a-z0-9-]{1,80}", name):
        return ""
    try:
        return load_calendar(name).digest
    except (Problem, ValueError, KeyError, OSError):
        return ""
