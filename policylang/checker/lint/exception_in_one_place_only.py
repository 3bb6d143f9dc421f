"""
## What it means

Two clauses state the same limit. One makes an exception, the other makes none, or another one.

## Why it matters

Whoever reads only the clause without the exception refuses a complaint that the other lets in. A limit that is stated
without its exception is also how an exclusion becomes a blanket one.

## What to do

State the limit once, with its exceptions, and refer to it elsewhere.

## Example

```
will refuse complaint when issue is older than 12 months [3.2].
will not investigate complaint when issue is older than 12 months
  unless exceptional-circumstances [4.3].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.checker.lint._sides import barred, together
from policylang.findings.finding import Severity
from policylang.model.conditions import All, Condition, Older
from policylang.model.document import Document
from policylang.model.norms import Norm
from policylang.model.say import condition as said

CODE = "PL135"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    limits = [norm for norm in policy.norms if barred(norm) and norm.when("when")]
    for bare in limits:
        if norm_excepts(bare):
            continue
        for full in limits:
            if norm_excepts(full) and _ground(full) == _ground(bare) and together(full, bare):
                excepted = {said(c) for c in full.when("unless", "until")}
                considered = {said(c) for n in policy.norms if _considers(n, bare) for c in n.when("when")}
                if excepted == considered:
                    break
                how = (
                    f"only considers “{' or '.join(considered)}” before it refuses"
                    if considered
                    else "has no exception"
                )
                yield Fault(
                    f"{cited(bare.clauses)} and {cited(full.clauses)} state the same limit: the second does not apply "
                    f"when “{' or '.join(excepted)}”, the first {how}.",
                    bare.span, "State it once, with the exception, and refer to it elsewhere.",
                    tuple(dict.fromkeys(bare.clauses + full.clauses)), related=(full.span,),
                )  # fmt: skip
                break


def _considers(norm: Norm, bare: Norm) -> bool:
    """Whether a sentence of the same clause has circumstances considered before anything is refused."""
    before = any(wait.before and wait.event.word == "refusal" for wait in norm.waits)
    return before and norm.action == "consider" and bool(set(norm.clauses) & set(bare.clauses))


def norm_excepts(norm: Norm) -> bool:
    """Whether the sentence makes an exception."""
    return bool(norm.when("unless", "until"))


def _ground(norm: Norm) -> frozenset[object]:
    """What the sentence refuses: an age is the same limit whether or not it says from when it is counted."""
    return frozenset(part for condition in norm.when("when") for part in _parts(condition))


def _parts(condition: Condition) -> Iterator[object]:
    match condition:
        case All(parts):
            for part in parts:
                yield from _parts(part)
        case Older(subject, duration, _):
            yield subject, duration
        case _:
            yield condition
