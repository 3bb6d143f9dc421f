"""What letters have to contain, and what else a yes or no in the log shows: one duty for each item.

The flags are named after letter and item (``response_decision``, ``stage2_extension_reasons``); an item for which the
case record has no flag cannot be shown by a log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policylang.auditor.conditions import shown_at_all
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.sentences import Said, duty_of
from policylang.auditor.shown import EXTENDED, LETTERS, condition_fact, deed_flag, letter_event, letter_flag
from policylang.model.conditions import Holds, atoms
from policylang.model.norms import Clause, Items, Kind

_SAYS = ("state", "give", "set-out")  # actions whose objects are what a letter says
_SENDS = ("acknowledge", "respond", "extend", "refuse", "explain", "inform", "tell", "notify", *_SAYS)


def content_duties(said: Said, stage: int) -> Iterator[Duty]:
    """One duty for each item that a letter must contain, and for each deed that a flag records."""
    yield from _deeds(said, stage)
    letter = _letter(said, stage)
    conditions = _beyond_the_letter(said, letter)
    if letter is None or not shown_at_all(conditions, stage):
        return
    if said.norm.kind not in (Kind.DUTY, Kind.PERMISSION):
        return
    event = letter_event(letter, stage)
    for items in _contents(said):
        flags = [letter_flag(letter, item, stage) for item in items.words]
        if _any_of(items):
            if None not in flags and not items.texts:
                what = f"state {' or '.join(map(_plain, items.words))} in {_name(letter, stage)}"
                yield _made(said, stage, what, event, tuple(f for f in flags if f), items.count or 1, conditions)
            continue
        one_each = len(said.clauses) == len(items.words) + len(items.texts)
        for index, (item, flag) in enumerate(zip(items.words, flags, strict=True)):
            if flag is not None:
                what = f"state {_plain(item)} in {_name(letter, stage)}"
                duty = _made(said, stage, what, event, (flag,), 1, conditions)
                yield replace(duty, clauses=(said.clauses[index],)) if one_each else duty


def unshown_items(said: Said, stage: int) -> list[str]:
    """What a letter must contain without there being a flag for it."""
    letter = _letter(said, stage)
    if letter is None:
        return []
    words = [w for items in _contents(said) for w in items.words if letter_flag(letter, w, stage) is None]
    return [*map(_plain, words), *(f"“{text}”" for items in _contents(said) for text in items.texts)]


def _made(
    said: Said,
    stage: int,
    what: str,
    event: str | None,
    flags: tuple[str, ...],
    needed: int,
    conditions: tuple[Clause, ...],
    *,
    wanted: bool = True,
    action: str = "state",
) -> Duty:
    duty = duty_of(said, stage, DutyKind.CONTENT, what, action)
    return replace(duty, what=what, event=event, facts=flags, needed=needed, conditions=conditions, wanted=wanted)


def _deeds(said: Said, stage: int) -> Iterator[Duty]:
    norm = said.norm
    if norm.kind not in (Kind.DUTY, Kind.PROHIBITION) or not shown_at_all(norm.conditions, stage):
        return
    for item in norm.objects.words:
        flag = deed_flag(norm.action, item, stage)
        if flag is not None:
            wanted = norm.kind is Kind.DUTY
            what = f"{'' if wanted else 'not '}{_plain(norm.action)} {_plain(item)} at stage {stage}"
            yield _made(said, stage, what, None, (flag,), 1, norm.conditions, wanted=wanted, action=norm.action)


def _letter(said: Said, stage: int) -> str | None:
    """The letter of a sentence, where its action is one that writes letters at all."""
    if said.norm.action not in _SENDS:
        return None
    letter = said.letter()
    if letter == "refusal" and stage == 2:
        letter = "escalation-refusal" if said.norm.stage == 2 else None  # a refusal as such is that of the complaint
    if letter is None and said.norm.action == "set-out":
        letter = "acknowledgement"  # where the complaint is set out as understood
    if letter is None and any(_about_extension(clause, stage) for clause in said.norm.conditions):
        letter = "extension"
    return letter if letter and letter_event(letter, stage) else None


def _about_extension(clause: Clause, stage: int) -> bool:
    facts = [condition_fact(atom.word, stage) for atom in atoms(clause.condition) if isinstance(atom, Holds)]
    return any(fact is not None and "extension_" in fact[0] for fact in facts)


def _beyond_the_letter(said: Said, letter: str | None) -> tuple[Clause, ...]:
    """The conditions without those that only say that the letter is sent."""
    if letter != "extension" and said.norm.action != "extend":
        return said.norm.conditions
    if said.norm.action == "extend":
        return ()  # they are conditions of extending; whoever extended has to give what the sentence asks for
    return tuple(
        clause
        for clause in said.norm.conditions
        if not all(isinstance(atom, Holds) and atom.word in EXTENDED for atom in atoms(clause.condition))
    )


def _contents(said: Said) -> list[Items]:
    norm = said.norm
    giving = norm.listed("giving")
    if norm.action in _SAYS and norm.kind is Kind.DUTY:
        words = tuple(word for word in norm.objects.words if word.removesuffix("-letter") not in LETTERS)
        objects = replace(norm.objects, words=words)
        return [items for items in (objects, giving) if items]
    if norm.action == "explain" and not giving and norm.kind is Kind.DUTY:
        return [Items(("reasons",))]  # to explain is to say why
    return [giving] if giving else []


def _any_of(items: Items) -> bool:
    return items.mark == "any of" or items.count is not None or items.joined in ("or", "and/or", ", or")


def _name(letter: str, stage: int) -> str:
    if letter in ("acknowledgement", "response"):
        return f"the stage {stage} {letter}"
    if letter == "extension":
        return f"the stage {stage} extension letter"
    return "the refusal letter" if stage == 1 else "the letter refusing stage 2"


def _plain(word: str) -> str:
    return word.replace("-", " ")
