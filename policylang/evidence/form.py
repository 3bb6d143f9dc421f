"""The self-assessment form as data: columns, sections, rows, and the rule by which its Comply column is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policylang.evidence.comply import ComplyRule
from policylang.findings.problem import Problem, problem
from policylang.model.data import checks_dir


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: its provision, and the question for a person where policy and log do not settle it.

    ``question`` is what the form itself asks, in our words, where it prints questions and not requirements.
    """

    provision: str
    ask: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """The rows under one section, or under one heading of it (such as ``Stage 1``).

    In a form with one answer a table, ``title`` is the statement answered, and ``row`` what is printed before it.
    """

    title: str | None
    rows: tuple[FormRow, ...]
    row: str = ""


@dataclass(frozen=True, slots=True)
class FormSection:
    """A numbered section of the form."""

    n: int
    title: str
    tables: tuple[FormTable, ...]

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """All rows of the section, in order."""
        return tuple(row for table in self.tables for row in table.rows)


@dataclass(frozen=True, slots=True)
class Form:
    """A self-assessment form of one edition of a code.

    ``columns`` are those of the official form, which differ from edition to edition: the 2022 form has one cell for
    evidence and commentary (``evidence-commentary``), the 2020 form prints questions (``question``). ``also_asks`` are
    questions of the form that no provision answers: figures, and opinions. ``one_answer`` says what one printed row
    answers for: a ``provision``, or a ``table`` of them.
    """

    id: str
    code: str
    title: str
    edition: str
    where: str
    completed_by: str
    approved_by: str
    how_often: str
    then: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]  # key, heading as printed
    sections: tuple[FormSection, ...]
    not_a_row: tuple[str, ...]
    rows_confidence: str
    comply_rule: ComplyRule
    also_asks: tuple[str, ...] = ()
    one_answer: str = "provision"

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """Every row of the form, in the order it is printed."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns, as printed."""
        return tuple(heading for _, heading in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        """What each column holds, from left to right."""
        return tuple(key for key, _ in self.columns)


def forms_shipped() -> tuple[str, ...]:
    """The codes for which a form ships."""
    return tuple(sorted(path.stem for path in (checks_dir() / "forms").glob("*.yaml")))


def load_form(code_id: str) -> Form:
    """The form that belongs to a code. Raises :class:`Problem` where none ships or the file is not as it should be."""
    if code_id not in forms_shipped():
        raise problem(
            "unknown-code",
            "PL-F05",
            f"There is no self-assessment form for the code “{code_id}”.",
            f"Forms exist for: {', '.join(forms_shipped())}. Give one of them with --code.",
        )
    return read_form(checks_dir() / "forms" / f"{code_id}.yaml")


def read_form(path: Path) -> Form:
    """A form from its file. Raises :class:`Problem` where the file breaks the schema or its own row count."""
    import jsonschema
    import yaml

    schema = json.loads((checks_dir() / "schemas" / "form.schema.json").read_text(encoding="utf-8"))
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        jsonschema.validate(data, schema)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _damaged(path, "is not laid out as YAML", None if mark is None else int(mark.line) + 1) from None
    except jsonschema.ValidationError as error:
        spot = ".".join(str(part) for part in error.absolute_path) or "the top of the file"
        raise _damaged(path, f"is not as a form should be at {spot}: {error.message}") from None
    form = _form(data)
    printed = [row.provision for row in form.rows]
    twice = sorted({p for p in printed if printed.count(p) > 1})
    keys = form.keys
    if len(set(keys)) != len(keys):
        raise _damaged(path, f"has a column of one kind twice ({', '.join(keys)})")
    if twice or len(printed) != data["row_count"]:
        raise _damaged(
            path, f"has {', '.join(twice)} twice" if twice else f"has {len(printed)} rows, not {data['row_count']}"
        )
    return form


def _damaged(path: Path, why: str, line: int | None = None) -> Problem:
    message = f"The form {path.name}, which comes with policylang, {why}."
    return problem("incomplete-installation", "PL-F15", message, "Install policylang again.", file=path.name, line=line)


def _form(data: dict[str, Any]) -> Form:
    sections = tuple(FormSection(s["n"], s["title"], tuple(_table(t) for t in s["tables"])) for s in data["sections"])
    return Form(
        id=data["id"],
        code=data["code"],
        title=data["title"],
        edition=data["edition"],
        where=data["where"],
        completed_by=data["completed_by"],
        approved_by=data["approved_by"],
        how_often=data["how_often"],
        then=tuple(data["then"]),
        columns=tuple((c["key"], c["heading"]) for c in data["columns"]),
        sections=sections,
        not_a_row=tuple(data["not_a_row"]),
        rows_confidence=data["rows_confidence"],
        comply_rule=ComplyRule(**data["comply_rule"]),
        also_asks=tuple(data.get("also_asks", ())),
        one_answer=data.get("one_answer", "provision"),
    )


def _table(data: dict[str, Any]) -> FormTable:
    rows = tuple(FormRow(r["provision"], r["ask"], r.get("question", "")) for r in data["rows"])
    return FormTable(data.get("title"), rows, data.get("row", ""))
