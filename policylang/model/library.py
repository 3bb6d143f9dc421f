"""Loading policies and codes, from files and from what is shipped; the code edition in force on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean
from policylang.findings.problem import Problem
from policylang.language.files import read_text
from policylang.language.parser import parse
from policylang.model.build import build
from policylang.model.data import checks_dir, policies_dir
from policylang.model.document import Document
from policylang.model.vocabulary import vocabulary


@dataclass(slots=True)
class Loaded:
    """What was understood of a file, and what is wrong with it. ``document`` is None only where it cannot be read."""

    document: Document | None
    findings: list[Finding] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the document was read without an error."""
        return self.document is not None and not any(f.severity is Severity.ERROR for f in self.findings)


def load_text(text: str, name: str = "<text>", *, id: str | None = None) -> Loaded:
    """The model of a policy or code given as text."""
    words = vocabulary()
    tree, findings = parse(text, name, words.words())
    document, problems = build(tree, text, words, id=id)
    return Loaded(document, findings + problems)


def load_policy(path: str | Path) -> Loaded:
    """A policy from a file. Raises nothing for bad files: the findings say what is wrong."""
    path = Path(path)
    text, finding = _read(path)
    if finding is not None:
        return Loaded(None, [finding])
    loaded = load_text(text, str(path), id=path.stem)
    if not loaded.findings and loaded.document is not None and loaded.document.tree and not loaded.document.tree.nodes:
        # A file of nothing must not be judged as a policy that is silent on everything.
        message = f"There is no sentence in “{path}”: it is empty, or all of it is comments."
        help = "Write the policy into it; docs/language.md shows how one begins. A line that starts with # is not read."
        loaded.findings.append(
            Finding("nothing-to-read", "PL-M06", Severity.ERROR, message, Place(str(path)), help=help)
        )
    return loaded


def load_code(id: str) -> Loaded:
    """A shipped code by its id (``housing-ombudsman-2024``), or a code from a file where ``id`` names one."""
    path = checks_dir() / f"{id}.code"
    if path.is_file():
        return _shipped(id)
    given = Path(id)
    if given.suffix == ".code":
        return load_policy(given)
    help = did_you_mean(id, code_ids(), what="codes")
    return Loaded(None, [Finding("unknown-code", "PL-F05", Severity.ERROR, f"There is no code “{id}”.", help=help)])


@cache
def _shipped(id: str) -> Loaded:
    path = checks_dir() / f"{id}.code"
    return load_text(path.read_text(encoding="utf-8"), f"checks/{id}.code", id=id)


def code_ids() -> list[str]:
    """The ids of the shipped codes."""
    return sorted(path.stem for path in checks_dir().glob("*.code"))


def policy_ids() -> list[str]:
    """The names of the shipped example policies."""
    return sorted(path.stem for path in policies_dir().glob("*.policy"))


def editions(family: str = "housing-ombudsman") -> list[Document]:
    """The shipped editions of one family of codes, oldest first."""
    found = [load_code(id).document for id in code_ids() if id.rsplit("-", 1)[0] == family]
    return sorted((d for d in found if d is not None and d.in_force), key=lambda d: (d.in_force or (date.min,))[0])


def edition_in_force(on: date, family: str = "housing-ombudsman") -> Document | None:
    """The shipped edition in force on a day, or None where none was or none is shipped."""
    for document in reversed(editions(family)):
        first, last = document.in_force or (date.max, None)
        if first <= on and (last is None or on <= last):
            return document
    return None


def _read(path: Path) -> tuple[str, Finding | None]:
    def refuse(rule: str, code: str, message: str, help: str) -> tuple[str, Finding]:
        return "", Finding(rule, code, Severity.ERROR, message, Place(str(path)), help=help)

    if path.is_dir():
        return refuse("folder-not-file", "PL-F02", f"“{path}” is a folder.", "Name a .policy file inside it.")
    try:
        return read_text(path), None
    except Problem as fault:
        return "", fault.findings[0]
    except FileNotFoundError:
        return refuse("no-such-file", "PL-F01", f"There is no file “{path}”.", "Check the name and the folder.")
    except OSError as error:
        return refuse("file-not-readable", "PL-F03", f"“{path}” cannot be read: {error.strerror}.", "Check who may.")
