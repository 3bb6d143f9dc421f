"""The forms that manifests have had: which entries each must have, and what the absence of a later one means.

A manifest's schema ends with the number of its form. This version writes the newest form of each kind and reads the
older ones: what they name is compared by its hash, and the work is not repeated, because the version that made them is
another one and what it did by default stands nowhere.

========================== ======================================================================================
``policylang-manifest/1``  of an assessment, at first without most options; entries were added under this number
``policylang-manifest/2``  of an assessment: every entry is always there, ``data`` has what ships with the tool,
                           and ``seal`` the hash of all the rest
``policylang-annual-…/1``  of an annual report
========================== ======================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policylang.evidence.annual.manifest import SCHEMA as ANNUAL_SCHEMA
from policylang.evidence.manifest import SCHEMA as ASSESS_SCHEMA


class Work(StrEnum):
    """What a manifest is about, in the words for it."""

    ASSESSMENT = "assessment"
    ANNUAL = "annual report"


_EVERY = ("tool", "as_at", "policy", "calendar", "mapping", "inputs", "options", "control_totals", "outputs")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its number, the newest of its kind, and the entries without which it cannot be read.

    ``absent`` holds what an entry that is not there means, in the form that has it.
    """

    work: Work
    number: int
    newest: int
    needed: tuple[str, ...]
    options: tuple[str, ...]
    absent: Mapping[str, Any]

    @property
    def is_newest(self) -> bool:
        """Whether this version writes manifests of this form, so that the work can be repeated from one."""
        return self.number == self.newest


_NO_FILE = {"file": "", "sha256": ""}
_FIRST_ABSENT = {
    "seal": "",  # the manifest was not sealed; a change of it shows only in what it says
    "data": {},  # nothing was recorded of what ships with the tool
    "other_codes": [],
    "answers": _NO_FILE,  # no sample could be given yet, or none was
    "person": _NO_FILE,  # nobody's own answers
    "source": _NO_FILE,  # the policy's own document was not quoted
    "options.code": "",  # the edition in force on the as-at date
    "options.sheet": "",  # the only sheet, or the first
    "options.sensitivity": False,  # no assumption was turned the other way
    "options.pseudonyms": "",  # case references stand as they are
    "options.sample": None,  # no sample was drawn into the workbook
}
_ASSESS = (*_EVERY, "code", "other_codes", "form", "answers", "person", "source", "data", "seal")
_ASSESS_OPTIONS = ("code", "sheet", "sensitivity", "pseudonyms", "sample", "comply_rule", "conventions")
_ANNUAL = (*_EVERY, "codes", "answers", "before", "data", "seal")
_ANNUAL_OPTIONS = ("year", "homes", "tenures", "sheet", "suppress_under", "target", "pseudonyms")

_NEWEST = int(ASSESS_SCHEMA.rpartition("/")[2])
_KINDS: Mapping[str, tuple[Form, ...]] = {
    ASSESS_SCHEMA.rpartition("/")[0]: (
        Form(Work.ASSESSMENT, 1, _NEWEST, (*_EVERY, "code", "form"), ("comply_rule", "conventions"), _FIRST_ABSENT),
        Form(Work.ASSESSMENT, 2, _NEWEST, _ASSESS, _ASSESS_OPTIONS, {}),
    ),
    ANNUAL_SCHEMA.rpartition("/")[0]: (
        Form(Work.ANNUAL, 1, int(ANNUAL_SCHEMA.rpartition("/")[2]), _ANNUAL, _ANNUAL_OPTIONS, {}),
    ),
}


def form_of(schema: str) -> Form | str | None:
    """The form that a manifest of this schema has; ``None`` where no tool of ours writes the kind, and the newest
    schema of the kind where this version does not know the form."""
    match = re.fullmatch(r"([a-z-]{1,60})/([1-9][0-9]{0,5})", schema)
    known = _KINDS.get(match[1]) if match else None
    if match is None or known is None:
        return None
    found = next((form for form in known if form.number == int(match[2])), None)
    return found or f"{match[1]}/{known[0].newest}"


def work_of(schema: str) -> Work | None:
    """What a manifest of this schema is about, whatever its form; ``None`` where no tool of ours writes the kind."""
    known = _KINDS.get(schema.rpartition("/")[0])
    return known[0].work if known else None


def completed(data: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """The manifest with what the absence of later entries means."""
    whole = deepcopy(dict(data))
    for path, value in form.absent.items():
        part, _, entry = path.partition(".")
        if entry:
            whole[part].setdefault(entry, deepcopy(value))
        else:
            whole.setdefault(part, deepcopy(value))
    return whole
