"""Reading a mapping file: YAML without its traps, validated by ``checks/schemas/mapping.schema.json``.

Words stay words (a heading called ``No`` or ``2024-04-01`` is text), aliases are refused, every finding has its line.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from policylang.casebook import limits
from policylang.casebook.mapping import Mapping
from policylang.casebook.mapping_build import Lines, build
from policylang.casebook.rules import finding, stop
from policylang.findings.finding import Finding, Place
from policylang.findings.nearest import did_you_mean
from policylang.findings.problem import Problem
from policylang.findings.strict_yaml import Refused, Trap, read_strictly
from policylang.model.data import checks_dir

_WRITE_ONE = "Let “policylang map LOG --out mapping.yaml” write one, and change that."
_NUMBERS = frozenset({"mapping", "header-row"})


def load_mapping(path: Path | str) -> tuple[Mapping | None, list[Finding]]:
    """The mapping in a file, or ``None``; and what is wrong with it, each finding with its line. Never raises."""
    path = Path(path)
    file = str(path)
    try:
        typed = read_strictly(_bytes(path, file), largest=limits.MAPPING_BYTES, nesting=limits.NESTING)
    except Refused as refused:
        return None, [_refused(refused, file)]
    except Problem as problem:
        return None, list(problem.findings)
    lines: Lines = dict(typed.lines())
    content = _numbered(typed.plain, ())
    found = [*_against_schema(content, file, lines)]
    if found:
        return None, found
    return build(content, file, lines)


def _bytes(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.MAPPING_BYTES + 1)
    except (OSError, ValueError):
        what = "is a folder" if path.is_dir() else "cannot be opened" if path.exists() else "is not there"
        raise stop(
            "mapping-cannot-be-read",
            f"The mapping file “{path.name}” {what}.",
            f"Check its name. {_WRITE_ONE}",
            place=Place(file=file),
        ) from None


_WHY = {
    Trap.TOO_LARGE: f"is larger than {limits.MAPPING_BYTES // 1000} kB, which no mapping needs",
    Trap.NOT_TEXT: "is not UTF-8 text; if it is a workbook, give it as the log instead",
    Trap.CHARACTERS: "holds characters that YAML cannot have",
    Trap.EMPTY: "is empty",
    Trap.NESTED: f"is nested more than {limits.NESTING} levels deep",
    Trap.TYPE: "gives a value a YAML type of its own on line {line}; put it in quotes instead",
    Trap.SECOND_DOCUMENT: "holds a second document from line {line} on; one file is one mapping",
    Trap.BROKEN: (
        "breaks off or is not laid out as YAML at line {line}: each line is “name: heading”, indented with spaces "
        "(no tabs), and a heading with a colon, a dash or a # in it stands in quotes"
    ),
}


def _refused(refused: Refused, file: str) -> Finding:
    place = Place(file=file, line=refused.line)
    if refused.trap is Trap.ALIAS:
        return finding(
            "mapping-uses-alias",
            f"Line {refused.line} of the mapping uses an anchor or alias (&name, *name), which a mapping may not.",
            "Write the value out in full; put a heading that begins with & or * in quotes.",
            place=place,
        )
    if refused.trap is Trap.TWICE:
        return finding(
            "mapping-key-repeated",
            f"“{refused.key}” stands twice in the mapping, on lines {refused.first} and {refused.line}.",
            "Keep the one that is right.",
            place=place,
        )
    message = f"The mapping file {_WHY[refused.trap].format(line=refused.line)}."
    return finding("mapping-cannot-be-read", message, _WRITE_ONE, place=place)


def _numbered(value: Any, path: tuple[str, ...]) -> Any:
    # The version and the row of headings are the only numbers; all else is text, whatever YAML would make of it.
    if isinstance(value, dict):
        return {key: _numbered(one, (*path, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [_numbered(one, (*path, str(n))) for n, one in enumerate(value)]
    if isinstance(value, str) and path and path[-1] in _NUMBERS and len(path) in (1, 3) and value.isdecimal():
        return int(value[:9])
    return value


@cache
def _schema() -> dict[str, Any]:
    text = (checks_dir() / "schemas" / "mapping.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _against_schema(content: Any, file: str, lines: Lines) -> list[Finding]:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    found: list[Finding] = []

    def say(fault: ValidationError) -> None:
        path = tuple(str(step) for step in fault.absolute_path)
        if fault.validator == "oneOf":
            # Two shapes are allowed; the one that was meant is the one whose kind of value was written.
            meant = 1 if isinstance(fault.instance, dict) else 0
            inner = [child for child in fault.context or () if child.relative_schema_path[0] == meant]
            for child in inner:
                say(child)
            return
        line = next((lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in lines), 1)
        found.extend(_said(fault, path, file, line, lines))

    for fault in sorted(Draft202012Validator(_schema()).iter_errors(content), key=lambda e: str(e.absolute_path)):
        say(fault)
    return sorted(found, key=lambda f: (f.place.line or 0) if f.place else 0)


def _said(fault: Any, path: tuple[str, ...], file: str, line: int, lines: Lines) -> list[Finding]:
    key = next((step for step in reversed(path) if not step.isdecimal()), "")
    name = f"“{key}”" if key else "The mapping"
    place = Place(file=file, line=line)
    if fault.validator == "additionalProperties":
        known = sorted(fault.schema["properties"])
        return [
            finding(
                "mapping-key-unknown",
                f"“{key}” is not something a mapping can say here.",
                did_you_mean(key, known, what="keys"),
                place=Place(file=file, line=lines.get((*path, key), line)),
            )
            for key in fault.instance
            if key not in known
        ]
    if fault.validator == "required":
        missing = [key for key in fault.validator_value if key not in fault.instance]
        example = {"mapping": "mapping: 1", "columns": "columns:", "column": "column: Date received"}
        example |= {"sheet": "sheet: Stage 2", "words": "words: [Letter sent]"}
        return [
            finding(
                "mapping-value-not-understood",
                f"The mapping says no “{key}” under {name}." if path else f"The mapping does not say “{key}”.",
                f"Add a line “{example[key]}”. {_WRITE_ONE}",
                place=place,
            )
            for key in missing
        ]
    wanted = _wanted(fault)
    written = "nothing" if fault.instance in (None, "") else "a list" if isinstance(fault.instance, list) else None
    written = written or ("several lines" if isinstance(fault.instance, dict) else f"“{str(fault.instance)[:60]}”")
    return [
        finding(
            "mapping-value-not-understood",
            f"{name} is given as {written}; it needs {wanted}.",
            "A word such as - or ~ that YAML reads as a sign must stand in quotes." if written == "nothing" else None,
            place=place,
            expected=wanted,
            found=written,
        )
    ]


def _wanted(fault: Any) -> str:
    schema = fault.schema
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        *most, last = schema["enum"]
        return f"{', '.join(most)} or {last}"
    if "pattern" in schema:
        return "the letters of a column, such as D or AB"
    kinds = {
        "object": "lines of “name: heading”",
        "array": "a list, such as [none, not sent]",
        "integer": "a row number from 1 upwards",
        "string": "the heading of a column" if schema.get("maxLength") != 60 else "a word",
    }
    return kinds.get(str(schema.get("type")), "another value")
