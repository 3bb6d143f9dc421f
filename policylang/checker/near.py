"""What comes near a thing that codes ask for without being it: heard, named, and counted as less than a promise.

A policy that only apologises has named one kind of remedy; one that reports complaints has not said that it reports
what was learnt from them. Neither is silent, and neither has promised the thing. Of some sentences it is open whether
they are the thing: leave to deal with a complaint outside the procedure may be a second route, or a departure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policylang.checker.logic import words_of
from policylang.checker.sayings import OBJECTS, Saying
from policylang.model.conditions import Holds
from policylang.model.norms import NOTHING, Items, Kind
from policylang.model.vocabulary import vocabulary

REMEDIES = (
    "apology", "explanation", "action-on-delay", "reconsidered-decision", "amended-record", "financial-remedy",
    "changed-policy", "service-provision", "goodwill",
)  # fmt: skip
"""Kinds of remedy, each of which is one and no more."""
ADJUSTMENTS = ("reasonable-adjustments",)
BEHAVIOUR = frozenset(["categorisation-considered", "categorised-vexatious", "unacceptable-behaviour", "restricted"])
"""Conditions under which a sentence speaks of behaviour and what is done about it."""
COMPLAINTS = ("complaint", "complaints", "all-complaints")
OUTSIDE = (
    "handling complaints outside the procedure is a second route for them",
    "handling complaints outside the procedure is no second route for them",
)
SOURCES = ("complaints", "feedback")
"""What can be learnt from, as against what was learnt."""


def near(own: Saying) -> Iterator[Saying]:
    """The other things that a sentence of a policy comes to: the same in other words, or (with ``less``) nearly so."""
    if own.norm.kind not in (Kind.DUTY, Kind.PERMISSION) or own.by_resident:
        return
    objects = own.slots.get(OBJECTS, NOTHING)

    def put(action: str, word: str, less: str = "") -> Saying:
        return replace(own, action=action, slots={**own.slots, OBJECTS: Items((word,))}, less=less)

    # Leave to do it counts against the landlord like a duty to.
    match own.action:
        case "handle-differently" if _any(objects, COMPLAINTS):
            yield replace(put("use", "parallel-process", "deals with complaints outside the procedure"), open=OUTSIDE)
        case "refuse" if _any(objects, ("access-to-process",)):
            yield put("refuse", "complaint")  # who may not use the process has no complaint taken on
    if own.norm.kind is not Kind.DUTY:
        return
    match own.action:
        case "put-right":
            yield put("offer", "remedy")
        case "offer" if not _any(objects, ("remedy",)) and _any(objects, REMEDIES):
            yield put("offer", "remedy", "names kinds of remedy, not whatever remedy is fitting")
        case "keep-informed" if own.norm.every is not None:
            yield put("agree", "update-intervals", "promises updates, and does not agree how often with the resident")
        case "consider" if _any(own.slots.get("including", objects), ADJUSTMENTS) and _of_behaviour(own):
            follow = put("follow", "equality-act-2010", "weighs adjustments, and says nothing of the Act")
            yield replace(follow, actors=("restriction",), guard=None)
        case "state" if own.actors and _any(objects, ("agreed-actions",)):
            yield replace(put("state", "expected-actions"), actors=("remedy",))
        case "answer-for" if _any(objects, ("agreed-actions",)):
            yield put("complete", "agreed-actions", "makes somebody answer for it, and does not say that it is done")
        case "report" if "to" in own.slots and not _any(objects, ("learning",)) and _any(objects, SOURCES):
            yield put("report", "learning", "reports what residents say, not what was learnt from it")


def _of_behaviour(own: Saying) -> bool:
    return any(isinstance(atom, Holds) and atom.word in BEHAVIOUR for atom in words_of(own.guard))


def _any(objects: Items, words: tuple[str, ...]) -> bool:
    return any(vocabulary().says(one, word) for one in objects.words for word in words)
