"""The manifest of a folder, read without trusting it: its form is told, and every entry is what it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

from policylang.evidence.annual.files import MANIFEST
from policylang.evidence.comply import ComplyRule
from policylang.evidence.records import canonical
from policylang.evidence.reperform.forms import Form, Work, completed, form_of, work_of
from policylang.findings.problem import Problem, problem
from policylang.findings.strict_json import NotARecord, read_record

LARGEST = 20 * 1024 * 1024  # bytes; a manifest of a million cases is far below this


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read. ``data`` has every entry of the newest form; ``raw`` are the bytes that stand in the folder,
    and ``as_written`` says whether they are those that this tool writes for what they say."""

    folder: Path
    form: Form
    data: Mapping[str, Any]
    raw: bytes
    as_written: bool

    def part(self, name: str) -> tuple[str, str]:
        """The name and the SHA-256 of a file that may have been given; an empty name where it was not."""
        return self.data[name]["file"], self.data[name]["sha256"]


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a folder.

    Raises :class:`Problem` where there is none, it is no manifest of this tool, or a newer version wrote it.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise problem(
            "manifest-missing",
            "PL-V01",
            f"There is no {MANIFEST} in {folder}, so nothing says from what this evidence was made.",
            "Name the folder that “policylang assess --out” or “policylang annual --out” wrote.",
            file=str(folder),
        )
    try:
        raw, data = read_record(path, LARGEST)
    except NotARecord as fault:
        raise _unreadable(folder, f"It {fault.why}.") from None
    form = _form(folder, data)
    missing = [name for name in form.needed if name not in data]
    if missing:
        raise _unreadable(folder, f"These parts are missing: {', '.join(missing)}.")
    options = data["options"]
    if isinstance(options, dict) and (missing := [name for name in form.options if name not in options]):
        raise _unreadable(folder, f"These options are missing: {', '.join(missing)}.")
    strange = next((name for name, fits in _looked_at(data, form) if not fits), None)
    if strange is not None:
        raise _unreadable(folder, f"What stands under “{strange}” is not what this tool writes there.")
    return Manifest(folder, form, completed(data, form), raw, raw == canonical(data))


def spare_other_work(folder: Path, work: Work) -> None:
    """Refuse a folder with the manifest of other work: each writes one of its own in that place, and the evidence that
    is there could no longer be verified."""
    try:
        _, data = read_record(folder / MANIFEST, LARGEST)
    except (NotARecord, OSError):
        return
    schema = data.get("schema")
    there = work_of(schema) if isinstance(schema, str) else None
    if there is not None and there is not work:
        raise problem(
            "folder-of-other-evidence",
            "PL-F18",
            f"The folder {folder} holds an {there.value}, and an {work.value} would put its own {MANIFEST} in place of "
            "that one.",
            "Give another folder with --out, one for each.",
            file=str(folder),
        )


def _form(folder: Path, data: Mapping[str, Any]) -> Form:
    schema = data.get("schema")
    if not isinstance(schema, str):
        raise _unreadable(folder, "It does not say what kind of manifest it is.")
    form = form_of(schema)
    if form is None:
        raise _unreadable(folder, f"It is of the kind “{schema[:60]}”, which this tool does not write.")
    if isinstance(form, str):
        tool = data.get("tool")
        version = tool.get("version") if isinstance(tool, dict) else None
        made = f" It was made by version {version[:40]}." if isinstance(version, str) else ""
        raise problem(
            "manifest-of-other-version",
            "PL-V03",
            f"This manifest is of the form “{schema[:60]}”, and the newest that this version knows is “{form}”.{made}",
            "Verify with the version of policylang that made the folder, or with a newer one.",
            file=str(folder / MANIFEST),
        )
    return form


def _unreadable(folder: Path, why: str) -> Problem:
    return problem(
        "manifest-unreadable",
        "PL-V02",
        f"The manifest cannot be read. {why}",
        "Fetch the folder again from whoever sent it, or make the evidence anew.",
        file=str(folder / MANIFEST),
    )


def _looked_at(data: Mapping[str, Any], form: Form) -> Iterator[tuple[str, bool]]:
    """Each entry that the comparison rests on, and whether it is of its kind. Entries that are not there fit."""
    yield "as_at", _day(data["as_at"])
    yield "tool", _words(data["tool"], "version", "sha256")
    yield "policy", _document(data["policy"]) and _hash(data["policy"]["sha256"])
    yield "calendar", _words(data["calendar"], "id", "digest")
    for name in ("mapping", "answers", "person", "source", "before"):
        yield name, name not in data or _file(data[name])
    for name in ("inputs", "outputs"):
        yield name, _hashes(data[name])
    yield "data", "data" not in data or _hashes(data["data"], blank=True)
    yield "seal", "seal" not in data or _hash(data["seal"])
    yield "options", isinstance(data["options"], dict)
    codes = [data["code"], *_list(data.get("other_codes", []))] if form.work is Work.ASSESSMENT else data["codes"]
    yield "codes", isinstance(codes, list) and all(map(_document, codes))
    logs = set(data["inputs"]) - {data.get("answers", {}).get("file")}
    yield "inputs", len(logs) == 1 or (form.work is Work.ASSESSMENT and not logs)
    options = data["options"]
    for name in ("sheet", "code", "pseudonyms", "target"):
        yield f"options.{name}", isinstance(options.get(name, ""), str)
    if form.work is Work.ASSESSMENT:
        yield "form", _words(data["form"], "id", "sha256") and _name(data["form"]["id"])
        yield "options.comply_rule", _rule(options["comply_rule"])
        yield "options.sensitivity", isinstance(options.get("sensitivity", False), bool)
        yield "options.sample", _sample(options.get("sample"))
    else:
        yield "options.year", _day(options["year"]) and "1990" <= options["year"] < "2200"
        yield "as_at", "1990" <= data["as_at"] < "2200"
        yield "options.homes", _counts(options["homes"])
        tenures = options["tenures"]
        yield "options.tenures", isinstance(tenures, dict) and all(isinstance(one, str) for one in tenures.values())
        yield "options.suppress_under", _whole(options["suppress_under"], 0, 100)
        yield "options.target", re.fullmatch(r"(\d{1,3}(\.\d{1,20})?)?", options["target"]) is not None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [None]


def _day(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _words(value: object, *names: str) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _document(value: object) -> bool:
    return isinstance(value, dict) and _words(value, "id", "file", "sha256") and _name(value["file"])


def _name(text: str) -> bool:
    return 0 < len(text.encode("utf-8")) <= 255


def _hash(value: object, *, blank: bool = False) -> bool:
    return isinstance(value, str) and (re.fullmatch(r"[0-9a-f]{64}", value) is not None or (blank and not value))


def _hashes(value: object, *, blank: bool = False) -> bool:
    return isinstance(value, dict) and all(_name(name) and _hash(one, blank=blank) for name, one in value.items())


def _file(value: object) -> bool:
    if not isinstance(value, dict) or not _words(value, "file", "sha256"):
        return False
    return _name(value["file"]) and _hash(value["sha256"]) if value["file"] else value["sha256"] == ""


def _rule(value: object) -> bool:
    choices = {name: get_args(kind) for name, kind in get_type_hints(ComplyRule).items()}
    return isinstance(value, dict) and set(value) == set(choices) and all(value[one] in choices[one] for one in choices)


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _sample(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict):
        return False
    return _whole(value.get("size"), 0, 10_000) and _whole(value.get("seed"), 0, 10**30)


def _counts(value: object) -> bool:
    return isinstance(value, dict) and all(_whole(number, 1, 10_000_000) for number in value.values())
