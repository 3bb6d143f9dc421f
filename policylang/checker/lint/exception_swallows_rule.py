"""
## What it means

The policy refuses something in certain cases, and allows it in all of the same cases: the exception is as wide as the
rule.

## Why it matters

Staff can do either and point to a sentence, so that like cases are not treated alike, and nobody can check.

## What to do

Say when the exception applies: something that is not true of every case of the rule.

## Example

```
will refuse complaint when anonymous [3.2].
may investigate complaint when anonymous [3.2].
```

Better:

```
will refuse complaint when anonymous and not interests-at-stake [3.2].
may investigate complaint when anonymous and interests-at-stake [3.2].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker import logic
from policylang.checker.lint._rule import Context, Fault, cited, known
from policylang.checker.lint._sides import barred, together, took_on
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm
from policylang.model.say import condition as said

CODE = "PL130"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    bars = [n for n in policy.norms if barred(n) and n.kind is not Kind.PERMISSION and n.conditions]
    allowances = [n for n in policy.norms if took_on(n) and n.kind is Kind.PERMISSION and n.conditions]
    for rule in bars:
        ground = logic.guard(rule)
        for exception in allowances:
            allowed = logic.guard(exception)
            if ground is None or allowed is None or not together(rule, exception):
                continue
            if logic.implies(ground, allowed, known(context.words)):
                yield Fault(
                    f"{cited(rule.clauses)} refuses {_thing(rule)} when “{said(ground)}”, and "
                    f"{cited(exception.clauses)} lets the landlord {exception.action} it in all of the same cases.",
                    exception.span, "Say when the exception applies: something that not every such case has.",
                    tuple(dict.fromkeys(rule.clauses + exception.clauses)), related=(rule.span,),
                )  # fmt: skip


def _thing(norm: Norm) -> str:
    return "escalation" if "escalation" in norm.objects.words else "a complaint"
