"""What evidence cites of the documents and files it rests on: their printed names, their dates, their hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.evidence.run import DocumentFacts
from policylang.findings.finding import Finding, Severity
from policylang.findings.problem import Problem, problem
from policylang.model.data import checks_dir

if TYPE_CHECKING:
    from policylang.model.document import Document


def policy_in(path: Path) -> tuple[Document, list[Finding]]:
    """The policy in a file, and what there is to say about it. Raises :class:`Problem` where it cannot be used."""
    from policylang.model.library import load_policy

    loaded = load_policy(path)
    if loaded.document is None or not loaded.usable:
        raise Problem(f for f in loaded.findings if f.severity is Severity.ERROR)
    return loaded.document, loaded.findings


def document_facts(document: Document, file: str, digest: str) -> DocumentFacts:
    """A document as it is cited; ``file`` is a name without its folder, ``digest`` the SHA-256 of the file."""
    return DocumentFacts(
        id=document.id,
        title=document.title or document.id,
        edition=document.version or document.edition,
        organisation=document.organisation or document.issuer,
        file=file,
        digest=digest,
        cited_as=document.cited_as,
        in_force=document.in_force[0] if document.in_force else None,
        until=document.in_force[1] if document.in_force else None,
    )


def code_facts(document: Document) -> DocumentFacts:
    """A code that comes with the tool, as it is cited."""
    name = f"{document.id}.code"
    shipped = checks_dir() / name
    content = text_digest(shipped) if shipped.is_file() else digest(document.text.encode("utf-8", "replace"))
    return document_facts(document, name, content)


def digest(data: bytes) -> str:
    """The SHA-256 of these bytes."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file of any size. Raises ``OSError`` as reading does."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def text_digest(path: Path) -> str:
    """The SHA-256 of a text file, line ends apart: a checkout on Windows gives the same."""
    return digest(path.read_bytes().replace(b"\r\n", b"\n"))


def told_apart(cases: Path, answers: Path | None) -> None:
    """Refuse a log and a filled-in sample of one file name: the manifest names files without their folders."""
    if answers is not None and answers.name == cases.name:
        raise problem(
            "inputs-of-one-name",
            "PL-U09",
            f"The log and the answers are both called {cases.name}, so nobody could tell them apart afterwards.",
            "Rename a copy of one of them, and give that.",
            file=answers.name,
        )


def key_fingerprint(key: Path | None) -> str:
    """What tells the key of pseudonyms from another; empty without one."""
    if key is None:
        return ""
    from policylang.casebook.pseudonyms import fingerprint, read_key

    return fingerprint(read_key(key))
