"""A whole policy mended: every repair that can be carried out, and none that makes any provision worse.

Repairs are made for one provision at a time, so together they can be in each other's way. What is proposed is therefore
judged again as a whole: a provision whose repairs cost another one something is left out and said so, and what one
round leaves open the next may mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policylang.checker.check import as_policy, check
from policylang.checker.edits import edited
from policylang.checker.findings import finding_code
from policylang.checker.repair import Deed, steps
from policylang.checker.verdict import Judgement, Verdict
from policylang.model.document import Document
from policylang.model.library import load_text

ROUNDS = 4
RANKS = {
    Judgement.BREACHES: 0, Judgement.SILENT: 1, Judgement.PARTLY: 2, Judgement.COMPLIES: 3, Judgement.NOT_JUDGED: 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mended:
    """A policy with its repairs carried out.

    ``before`` and ``after`` are the verdicts on the text as it was and as it became; ``by_hand`` says, by provision,
    what no sentence would mend; ``held_back`` names the provisions whose repair would have made another worse.
    """

    text: str
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]
    by_hand: tuple[tuple[str, str], ...] = ()
    held_back: tuple[str, ...] = ()

    @property
    def improved(self) -> tuple[str, ...]:
        """The provisions that are better off, or complied with further."""
        return tuple(b.provision for b, a in zip(self.before, self.after, strict=True) if score(a) > score(b))

    @property
    def worse(self) -> tuple[str, ...]:
        """The provisions that would be worse off: always none."""
        return _worse(self.before, self.after)


def mended(policy: Document, code: Document, only: Sequence[str] = ()) -> Mended:
    """The policy mended as far as sentences can mend it; ``only`` limits it to some provisions, by number.

    The code is taken as understood; the policy must have been read without an error.
    """
    before = tuple(check(policy, code))
    wanted = [v.provision for v in before if not only or v.provision in only]
    now, verdicts = policy, before
    held_back: list[str] = []
    for _ in range(ROUNDS):
        chosen = [v for v in verdicts if v.provision in wanted and v.provision not in held_back and _can(v)]
        if not chosen:
            break
        better, judged, left = _round(now, code, chosen, verdicts)
        held_back += left
        if better is None:
            break
        now, verdicts = better, judged
    by_hand = tuple(
        (v.provision, step.told)
        for v in verdicts
        if v.provision in wanted
        for step in steps(v.repairs)
        if step.deed is Deed.BY_HAND
    )
    return Mended(now.text, before, verdicts, by_hand, tuple(dict.fromkeys(held_back)))


def _round(
    policy: Document, code: Document, chosen: list[Verdict], verdicts: tuple[Verdict, ...]
) -> tuple[Document | None, tuple[Verdict, ...], list[str]]:
    """The repairs of the chosen provisions carried out together; where something gets worse, of as many as will go.

    The policy that comes out (None if nothing improved), its verdicts, and the provisions held back.
    """
    tried = _tried(policy, code, chosen)
    if tried is not None and not _worse(verdicts, tried[1]):
        return tried[0] if _gain(verdicts, tried[1]) else None, tried[1], []
    if len(chosen) == 1:
        better, judged = _demand_by_demand(policy, code, chosen[0].provision, verdicts)
        return better, judged, [] if better is not None else [chosen[0].provision]
    middle = len(chosen) // 2
    left: list[str] = []
    now, judged = policy, verdicts
    any_better = False
    for half in (chosen[:middle], chosen[middle:]):
        # The second half is judged on the text that the first one made: its repairs are those of that text.
        names = {v.provision for v in half}
        fresh = [v for v in judged if v.provision in names and _can(v)]
        if not fresh:
            continue
        better, after, more = _round(now, code, fresh, judged)
        left += more
        if better is not None:
            now, judged, any_better = better, after, True
    return now if any_better else None, judged, left


def _demand_by_demand(
    policy: Document, code: Document, provision: str, verdicts: tuple[Verdict, ...]
) -> tuple[Document | None, tuple[Verdict, ...]]:
    """The repairs of one provision's demands that can be carried out one after another, where not all can together."""
    found: Document | None = None
    at = [v.provision for v in verdicts].index(provision)
    for number in range(len(verdicts[at].limbs)):
        limb = verdicts[at].limbs[number]
        if limb.judgement is Judgement.COMPLIES or not limb.repairs:
            continue
        tried = _tried(policy, code, [replace(verdicts[at], repairs=limb.repairs)])
        if tried is not None and not _worse(verdicts, tried[1]) and _gain(verdicts, tried[1]):
            policy, verdicts = found, _ = tried
    return found, verdicts


def _tried(policy: Document, code: Document, chosen: list[Verdict]) -> tuple[Document, tuple[Verdict, ...]] | None:
    """The policy with these repairs, and its verdicts; None where the text could not be read any more."""
    text = edited(policy, [(finding_code(code, v.provision), repair) for v in chosen for repair in v.repairs])
    loaded = load_text(text, policy.name, id=policy.id)
    if loaded.document is None or loaded.findings:
        return None
    document = replace(as_policy(loaded.document), name=policy.name)
    return document, tuple(check(document, code))


def _can(verdict: Verdict) -> bool:
    """Whether a sentence would mend it, at least in part."""
    return any(step.deed is not Deed.BY_HAND for step in steps(verdict.repairs))


def score(verdict: Verdict) -> tuple[int, int, int]:
    """How well a provision is met: by its verdict, then by how many of its demands are met.

    An arguable verdict is the worst of its readings, and so better than the same one without doubt.
    """
    met = sum(limb.judgement is Judgement.COMPLIES for limb in verdict.limbs)
    return RANKS[verdict.judgement], int(verdict.arguable), met


def _worse(before: Sequence[Verdict], after: Sequence[Verdict]) -> tuple[str, ...]:
    return tuple(b.provision for b, a in zip(before, after, strict=True) if score(a) < score(b))


def _gain(before: Sequence[Verdict], after: Sequence[Verdict]) -> bool:
    return any(score(a) > score(b) for b, a in zip(before, after, strict=True))
