"""
## What it means

A checklist or template has something in a letter that the policy itself does not promise, or leaves out what it does.

## Why it matters

Staff work from the checklist, residents from the policy. An auditor has to choose which of the two the landlord is
held to.

## What to do

Make the two lists the same.

## Example

```
stage 1 "Stage 1":
  will acknowledge within 2 working days of receipt
    giving reference-number, ombudsman-contact [5.2.2].
from checklist [10]:
  stage 1 will acknowledge within 2 working days of receipt
    giving reference-number, response-date [10].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage, cited
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm

CODE = "PL139"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    body: dict[tuple[int | None, str], list[Norm]] = {}
    for norm in policy.norms:
        if norm.kind is Kind.DUTY and norm.standing is None and _list(norm):
            body.setdefault((norm.stage, _letter(norm)), []).append(norm)
    for norm in policy.norms:
        if norm.kind is not Kind.DUTY or norm.standing is None or norm.standing.of is not None:
            continue
        beside = body.get((norm.stage, _letter(norm)), []) if _list(norm) else []
        if not beside:
            continue
        promised = frozenset().union(*(_list(n) for n in beside))
        more, less = _list(norm) - promised, promised - _list(norm)
        if more or less:
            clauses = tuple(dict.fromkeys(label for n in beside for label in n.clauses))
            parts = [f"asks for {_words(more)} as well"] if more else []
            parts += [f"leaves out {_words(less)}"] if less else []
            yield Fault(
                f"For “{norm.action}”{at_stage(norm)} the {norm.standing.kind} ({cited(norm.clauses)}) "
                f"{' and '.join(parts)}, beside {cited(clauses)}.",
                norm.span, "Make the two lists the same.", tuple(dict.fromkeys((*clauses, *norm.clauses))),
                related=tuple(n.span for n in beside),
            )  # fmt: skip


def _list(norm: Norm) -> frozenset[str]:
    listed = norm.objects if norm.action == "state" else norm.listed("giving")
    return frozenset((*listed.words, *listed.texts))


def _letter(norm: Norm) -> str:
    return "respond" if norm.action == "state" and "response" in norm.actors.words else norm.action


def _words(words: frozenset[str]) -> str:
    return ", ".join(sorted(word.replace("-", " ") for word in words))
