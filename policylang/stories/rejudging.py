"""Verdicts on a policy that differs from another in one sentence, without judging again what cannot differ.

A verdict reads the sentences of a policy by their actions and in no other way. While the first policy is judged it is
noted which actions each provision asks about (or that it goes through all sentences). A provision is judged again where
a sentence of one of these actions is no longer the same, and wherever anything else about the policy is not: then it
would read the same words in the same order, and so come to the same.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, ValuesView

from policylang.checker.check import as_policy
from policylang.checker.sayings import Saying
from policylang.checker.verdict import Verdict
from policylang.checker.verdicts import judge
from policylang.checker.view import Policy
from policylang.language.tree import Span
from policylang.model.document import Document, Provision
from policylang.model.norms import Norm

Judgements = dict[str, tuple[object, ...]]
"""What the verdict on each provision comes to, without its wording."""

EVERYTHING = ""  # stands for all actions: the provision goes through every sentence


class Asked(dict[str, list[Saying]]):
    """Sentences by action that note which actions are asked for."""

    def __init__(self, sayings: dict[str, list[Saying]]) -> None:
        super().__init__(sayings)
        self.actions: set[str] = set()

    def get(self, action: str, default: object = None) -> object:  # type: ignore[override]
        self.actions.add(action)
        return super().get(action, default)

    def __getitem__(self, action: str) -> list[Saying]:
        self.actions.add(action)
        return super().__getitem__(action)

    def __contains__(self, action: object) -> bool:
        self.actions.add(str(action))
        return super().__contains__(action)

    def __iter__(self) -> Iterator[str]:
        self.actions.add(EVERYTHING)
        return super().__iter__()

    def values(self) -> ValuesView[list[Saying]]:  # type: ignore[override]
        self.actions.add(EVERYTHING)
        return super().values()

    def items(self) -> ItemsView[str, list[Saying]]:  # type: ignore[override]
        self.actions.add(EVERYTHING)
        return super().items()

    def keys(self):  # type: ignore[no-untyped-def]
        self.actions.add(EVERYTHING)
        return super().keys()


class Rejudged:
    """The verdicts on one policy, and on others that differ from it in a sentence."""

    def __init__(self, policy: Document, code: Document) -> None:
        self.code, self.document = code, as_policy(policy)
        self.first = Policy(self.document)
        self.sayings = self.first.by_action
        self.before: Judgements = {}
        self.asked: dict[str, set[str]] = {}
        for provision in code.provisions:
            noting = self.first.by_action = Asked(self.sayings)
            self.before[provision.number] = judgements(judge(self.first, code, provision))
            self.asked[provision.number] = noting.actions
        self.norms = _by_place(self.document)

    def differing(self, other: Document) -> tuple[str, ...]:
        """The provisions whose verdict is not the same under ``other``, in the order of the code."""
        policy = Policy(as_policy(other))
        again = self.code.provisions if _frame(policy) != _frame(self.first) else self._touched(policy)
        return tuple(p.number for p in again if judgements(judge(policy, self.code, p)) != self.before[p.number])

    def _touched(self, policy: Policy) -> list[Provision]:
        """The provisions that ask for an action of which some sentence is not the same."""
        norms = _by_place(policy.document)
        places = {place for place in {*norms, *self.norms} if norms.get(place) != self.norms.get(place)}
        actions = {EVERYTHING} | {
            action
            for sayings in (self.sayings, policy.by_action)
            for action, said in sayings.items()
            if any(saying.norm.span in places for saying in said)
        }
        return [p for p in self.code.provisions if places and self.asked[p.number] & actions]


def judgements(verdict: Verdict) -> tuple[object, ...]:
    """What a verdict comes to, without its wording: its judgement, its readings' and limbs', whether it is arguable."""
    readings = tuple(sorted(reading.judgement for reading in verdict.readings))
    return verdict.judgement, verdict.arguable, readings, tuple(limb.judgement for limb in verdict.limbs)


def _by_place(document: Document) -> dict[Span, list[Norm]]:
    found: dict[Span, list[Norm]] = {}
    for norm in document.norms:
        found.setdefault(norm.span, []).append(norm)
    return found


def _frame(policy: Policy) -> tuple[object, ...]:
    """Everything about a policy that a verdict can read besides its sentences by their actions."""
    document = policy.document
    return (
        policy.places, policy.informal, policy.stages, policy.alternatives, policy.age_starts, document.references,
        document.stages, document.readings, document.bare_days, document.hours_per_day, document.closures,
    )  # fmt: skip
