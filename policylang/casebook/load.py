"""From a log's path (and its mapping's) to its cases, or to every finding that stops the work."""

from __future__ import annotations

from pathlib import Path

from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.reader import ReadResult, read_cases
from policylang.findings.finding import Finding, Severity
from policylang.findings.problem import Problem


def load_cases(
    log: Path,
    mapping: Path | None = None,
    sheet: str | None = None,
    answers: Path | None = None,
    pseudonyms: Path | None = None,
) -> tuple[ReadResult, list[Finding]]:
    """The cases of ``log``, read by the mapping if there is one, with the answers of a sample that a reader filled
    in, and what was found in the mapping and the answers. With a key file ``pseudonyms`` stand for the references.

    Raises :class:`Problem` with every error where the mapping or the log cannot be used.
    """
    columns, faults = load_mapping(mapping) if mapping else (None, [])
    if mapping is not None and columns is None:
        raise Problem(faults)
    read = read_cases(log, columns, sheet=sheet)
    if read.stopped:
        raise Problem([*faults, *(f for f in read.findings if f.severity is Severity.ERROR)])
    if answers is not None:
        from policylang.casebook.answers_book import with_answers

        answered = with_answers(read.casebook, answers)
        read.casebook = answered.casebook
        faults = [*faults, *answered.findings]
    if pseudonyms is not None:
        from policylang.casebook.pseudonyms import pseudonymous, read_key

        key, book = read_key(pseudonyms), read.casebook
        read.casebook, read.findings = pseudonymous(book, read.findings, key)
        faults = pseudonymous(book, faults, key)[1]
    return read, faults
