"""Case references replaced by keyed pseudonyms: stable for whoever has the key, meaningless for whoever has not.

A pseudonym is the start of an HMAC-SHA-256 of the reference, written in letters that form no words. The same reference
and key always give the same one, so that two reports can be compared; without the key it cannot be worked out, nor
tried for every number from 1 to 9999, as a plain hash could.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.findings.finding import Finding
from policylang.findings.problem import problem
from policylang.findings.words import count

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 10  # 20 to the 10th are 10 million million
SHORTEST = 16  # bytes of a key
_LONGEST = 4096
_BLANKS = 1024  # white space at its ends that is read over
_SIGNS = 6  # different ones that a key has at least


def read_key(path: Path) -> bytes:
    """The key in this file, white space at its ends apart. Raises :class:`Problem` where it is no key."""
    with path.open("rb") as stream:
        data = stream.read(_LONGEST + _BLANKS).strip()
    if len(data) < SHORTEST:
        what = "is empty" if not data else f"has only {len(data)} characters"
        raise problem(
            "key-too-short",
            "PL-F16",
            f"The key file {path.name} {what}; a key needs {SHORTEST} characters at least, or it could be guessed.",
            "Put a long random text into it, such as three lines of keys hit at random, and keep it safe.",
            file=path.name,
        )
    signs = count(len(set(data)), "different character")
    if len(set(data)) < _SIGNS:
        raise problem(
            "key-too-short",
            "PL-F16",
            f"The key file {path.name} has only {signs} in it, so it could be guessed.",
            "Put a long random text into it, such as three lines of keys hit at random, and keep it safe.",
            file=path.name,
        )
    if len(data) > _LONGEST:
        raise problem(
            "key-too-short",
            "PL-F16",
            f"The key file {path.name} is no key: it has more than {_LONGEST:,} characters.",
            "Give a file that holds the key and nothing else.",
            file=path.name,
        )
    return data


def fingerprint(key: bytes) -> str:
    """What tells one key from another without giving it away."""
    return hmac.new(key, b"policylang key fingerprint", hashlib.sha256).hexdigest()[:16]


def pseudonym(key: bytes, text: str, kind: str = "ref") -> str:
    """``ref-BCDFGHJKLM``: the pseudonym of a reference (or, with another ``kind``, of a name)."""
    number = int.from_bytes(hmac.new(key, f"{kind}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest())
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return f"{kind}-{''.join(letters)}"


def pseudonymous(book: CaseBook, findings: Iterable[Finding], key: bytes) -> tuple[CaseBook, list[Finding]]:
    """The case book and what was found while reading it, with every reference replaced.

    Nothing else changes, so no outcome does. Gaps in the sequence of references can no longer be told.
    """
    known = [case.reference for case in book.cases] + [row.reference for row in book.set_aside if row.reference]
    names = {reference: pseudonym(key, reference) for reference in known}
    if len(set(names.values())) != len(names):
        raise ValueError("Two references have one pseudonym.")  # one chance in many thousand million
    cases = [_under(case, names[case.reference]) for case in book.cases]
    disagreeing = [_under(case, names[case.reference]) for case in book.disagreeing]
    aside = [replace(row, reference=names.get(row.reference, "")) for row in book.set_aside]
    told = _replacer(names)
    kept = [
        replace(
            f,
            message=told(f.message),
            expected=told(f.expected) if f.expected else f.expected,
            found=told(f.found) if f.found else f.found,
            help=told(f.help) if f.help else f.help,
        )
        for f in findings
        if f.rule != "reference-gap"
    ]
    return replace(book, cases=cases, set_aside=aside, disagreeing=disagreeing), kept


def _under(case: Case, name: str) -> Case:
    entries = case.entries
    if "reference" in entries:
        entries = {**entries, "reference": _renamed(entries["reference"], name)}
    return replace(case, reference=name, entries=entries)


def _renamed(entry: Entry, name: str) -> Entry:
    return entry.with_value(name, name) if entry.state is EntryState.KNOWN else entry


def _replacer(names: dict[str, str]) -> Callable[[str], str]:
    if not names:
        return str
    # The longest first, and only whole: the reference 12 is no part of the reference 123.
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w])")
    return lambda text: pattern.sub(lambda found: names[found[0]], text)
