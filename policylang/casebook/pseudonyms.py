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

from policylang.casebook.cases import CaseBook, Entry, EntryState
from policylang.findings.finding import Finding
from policylang.findings.problem import problem

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 10  # 20 to the 10th are 10 million million
SHORTEST = 16  # bytes of a key
_LONGEST = 4096


def read_key(path: Path) -> bytes:
    """The key in this file, white space at its ends apart. Raises :class:`Problem` where it is no key."""
    data = path.read_bytes()[: _LONGEST + 1].strip()
    if len(data) < SHORTEST:
        what = "is empty" if not data else f"has only {len(data)} characters"
        raise problem(
            "key-too-short",
            "PL-F16",
            f"The key file {path.name} {what}; a key needs {SHORTEST} characters at least, or it could be guessed.",
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
    cases = [
        replace(
            case,
            reference=names[case.reference],
            entries={
                **case.entries,
                **(
                    {"reference": _renamed(case.entries["reference"], names[case.reference])}
                    if "reference" in case.entries
                    else {}
                ),
            },
        )
        for case in book.cases
    ]
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
    return replace(book, cases=cases, set_aside=aside), kept


def _renamed(entry: Entry, name: str) -> Entry:
    return entry.with_value(name, name) if entry.state is EntryState.KNOWN else entry


def _replacer(names: dict[str, str]) -> Callable[[str], str]:
    if not names:
        return str
    # The longest first, and only whole: the reference 12 is no part of the reference 123.
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w])")
    return lambda text: pattern.sub(lambda found: names[found[0]], text)
