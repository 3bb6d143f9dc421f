"""
## What it means

A sentence refers to a clause that the document does not have.

## Why it matters

Clauses move when a policy is revised and references are forgotten. The reader is sent nowhere, and what the clause
was to say (the contents of a final letter, say) is then said by nobody.

## What to do

Find where the words stand now and cite that clause. Which clauses exist is declared in the policy file (`clauses
[1.1 to 1.5].`) or read from the document itself with `--source`.

## Example

```
response should state final-stage see [1.16] [3.11].
```

where the introduction ends at 1.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.findings.nearest import nearest
from policylang.language.tree import Frame, Sentence
from policylang.model.document import Document

CODE = "PL103"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    if context.labels is None or policy.tree is None:
        return
    known = {label.casefold() for label in context.labels}
    for node in policy.tree.nodes:
        if not isinstance(node, Sentence | Frame):
            continue
        own = node.clauses.labels if node.clauses else ()
        for qualifier in node.qualifiers:
            for label in qualifier.clauses:
                if label.casefold() in known:
                    continue
                near = nearest(label, context.labels)
                yield Fault(
                    f"{cited(own) if own else 'An unnumbered sentence'} refers to clause {label}, which the document "
                    "does not have.",
                    qualifier.span,
                    f"Cite the clause that is meant{f', perhaps {near[0]}' if near else ''}.",
                    own,
                    found=label,
                )
