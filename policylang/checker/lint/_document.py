"""What a rule finds in the real document, given with ``--source``, and how it becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylang.findings.finding import Finding, Severity

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause
    from policylang.documents.paragraphs import Paragraph, SourceDocument


@dataclass(frozen=True, slots=True)
class InDocument:
    """A fault of the document itself: the clause it is in, the paragraph, and the characters that are meant."""

    message: str
    help: str
    clause: Clause
    paragraph: Paragraph
    start: int
    end: int
    found: str | None = None
    rests_on: str | None = None


def lint_document(document: SourceDocument, *, skip: Iterable[str] = ()) -> list[Finding]:
    """Every fault that the rules find in the real document, in its order. ``skip`` names rules (or codes)."""
    from policylang.checker.lint._rule import rule_name, rules
    from policylang.documents.clauses import clauses

    found = clauses(document)
    left_out = {name.casefold() for name in skip}
    findings: list[tuple[int, Finding]] = []
    order = {paragraph: at for at, paragraph in enumerate(document.paragraphs)}
    for module in rules():
        name = rule_name(module)
        if not hasattr(module, "find_in_document") or name in left_out or module.CODE.casefold() in left_out:
            continue
        for fault in module.find_in_document(found):
            severity: Severity = module.SEVERITY
            place = document.place(fault.paragraph, fault.start, fault.end, fault.clause.label)
            findings.append(
                (order[fault.paragraph], Finding(
                    name, module.CODE, severity, fault.message, place, fault.rests_on, found=fault.found,
                    help=fault.help, page=name, clauses=(fault.clause.label,),
                ))
            )  # fmt: skip
    return [finding for _, finding in sorted(findings, key=lambda pair: (pair[0], pair[1].code, pair[1].message))]


def existing(printed: Iterable[str], declared: Iterable[str]) -> list[str]:
    """The clauses that exist: the numbers printed in the document, and the labels in words that the policy declares
    (a table, a closing line, an appendix have no number to be read; nor has ``2.3 ¶6``, the sixth paragraph there)."""
    numbers = list(printed)
    known = set(numbers)
    in_words = (label for label in declared if not label[:1].isdigit() or label.partition(" ")[0] in known)
    return list(dict.fromkeys([*numbers, *in_words]))
