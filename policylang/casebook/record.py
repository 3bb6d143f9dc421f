"""What a case record can hold, and how a column heading is recognised as one of those facts.

The facts and their headings are data: ``checks/case-record.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from policylang.model.data import checks_dir

REQUIRED = ("reference", "received")
"""Without these two no row is a case: nothing says which case it is, or when its clocks start."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a log can record of a case. ``kind`` is ``event``, ``flag`` or ``attribute``.

    ``never_before`` names the events that this one cannot precede.
    """

    name: str
    kind: str
    stage: int | None
    label: str
    never_before: tuple[str, ...]
    headings: tuple[str, ...]
    maybe: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Whether a verdict can rest on this fact; category, channel, tenure and the like only describe."""
        return self.kind != "attribute" or self.name in {"reference", "handler", "stage2_handler", "refusal_reason"}


@cache
def _content() -> dict[str, dict[str, Any]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, dict[str, Any]] = yaml.load(
        (checks_dir() / "case-record.yaml").read_text(encoding="utf-8"), Loader=loader
    )
    return content


@cache
def diary_headings() -> dict[str, frozenset[str]]:
    """The keys of headings over what happened (``event``) and when (``date``) in a log with one row an event."""
    return {name: frozenset(map(heading_key, headings)) for name, headings in _content()["diary"].items()}


@cache
def facts() -> dict[str, Fact]:
    """Every fact by name, in the order of ``checks/case-record.yaml``."""
    content = _content()
    return {
        name: Fact(
            name=name,
            kind=kind,
            stage=entry.get("stage"),
            label=entry["label"],
            never_before=tuple(entry.get("never_before", ())),
            headings=tuple(entry["headings"]),
            maybe=tuple(entry.get("maybe", ())),
        )
        for section, kind in (("events", "event"), ("flags", "flag"), ("attributes", "attribute"))
        for name, entry in content[section].items()
    }


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])")
_FORMAT_HINT = re.compile(r"\b(?:d{1,2}[/. -]m{1,3}[/. -]y{2,4}|y\s*/\s*n|yes\s*/\s*no|if (?:any|applicable))\b")
_STAGE = re.compile(
    r"\b(?:(?:stage|stg|st)\s*(?P<a>1|2|one|two|i{1,2})|s(?P<b>[12])|(?P<c>1st|2nd|first|second) stage)\b"
)
_STAGE_NUMBER = {"1": 1, "one": 1, "i": 1, "1st": 1, "first": 1, "2": 2, "two": 2, "ii": 2, "2nd": 2, "second": 2}


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """The heading without what does not matter: case, punctuation, format hints, the wording and place of its stage.

    ``"Date S2 Ack'd (dd/mm/yyyy)"`` and ``"stage two: date ackd"`` have the same key, ``"stage 2 date ackd"``.
    """
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text)).casefold().replace("_", " ")
    text = re.sub(r"['’‘`´]", "", _FORMAT_HINT.sub(" ", text)).replace("&", " and ")
    text = " ".join(re.sub(r"[^\w]+", " ", text).split())
    stages = [_STAGE_NUMBER[m["a"] or m["b"] or m["c"]] for m in _STAGE.finditer(text)]
    if not stages:
        return text
    if len(stages) == 1:
        rest = " ".join(_STAGE.sub(" ", text).split())
        return f"stage {stages[0]} {rest}".strip()
    numbers = iter(stages)
    return _STAGE.sub(lambda _: f"stage {next(numbers)}", text)


@dataclass(frozen=True, slots=True)
class Match:
    """One fact that a heading may stand for. ``sure`` is true only of a heading that means this and nothing else."""

    fact: str
    sure: bool
    why: str


@cache
def _known() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    # Heading keys that are sure (key -> fact), and those that somebody must confirm (key -> facts).
    sure: dict[str, str] = {}
    maybe: dict[str, list[str]] = {}
    for fact in facts().values():
        for heading in (fact.name, *fact.headings):
            for key in _with_and_without_stage(fact, heading):
                sure[key] = fact.name
    written = {heading_key(text): fact.name for fact in facts().values() for text in (*fact.headings, *fact.maybe)}
    for fact in facts().values():
        for heading in fact.maybe:
            for key in _with_and_without_stage(fact, heading):
                if key == heading_key(heading) or written.get(key, fact.name) == fact.name:
                    maybe.setdefault(key, []).append(fact.name)
    return sure, {key: tuple(dict.fromkeys(names)) for key, names in maybe.items()}


def _with_and_without_stage(fact: Fact, heading: str) -> tuple[str, ...]:
    key = heading_key(heading)
    if fact.stage != 1:
        return (key,)
    bare = key.removeprefix("stage 1 ")
    return (bare, f"stage 1 {bare}")


# Words that add nothing to a heading about a date or an answer, and words that make it about something else.
_FILLER = frozenset(
    [
        *(
            "a",
            "actual",
            "at",
            "complaint",
            "date",
            "dated",
            "dates",
            "for",
            "issued",
            "made",
            "of",
            "on",
            "sent",
            "the",
        ),
        *("was", "when"),
    ]
)
_SENT = frozenset({"actual", "issued", "made", "sent"})
_STAGE_ALONE = frozenset({"stage", "1", "2"})  # says at which stage, and nothing of what was done
_ELSEWHERE = frozenset(
    [
        *("average", "by", "chase", "chased", "comment", "comments", "count", "days", "deadline", "draft", "due"),
        *("duration", "elapsed", "expected", "feedback", "forecast", "hours", "met", "missed", "month", "name", "next"),
        *("note", "notes", "number", "outstanding", "owner", "planned", "quarter", "reminder", "required", "should"),
        *("sla", "summary", "taken", "target", "time", "week", "within", "working", "year"),
    ]
)


# Words as systems cut them short; each stands for more than one form, so what is found by them is only likely.
_SHORT = {
    "acknowl": "acknowledged",
    "acknow": "acknowledged",
    "acked": "acknowledged",
    "dt": "date",
    "esc": "escalation",
    "escal": "escalation",
    "extn": "extension",
    "extnsn": "extension",
    "ltr": "letter",
    "rcvd": "received",
    "rec": "received",
    "req": "request",
    "reqd": "requested",
    "resp": "response",
    "rspnse": "response",
    "snt": "sent",
}


def _in_full(key: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in key.split())


@cache
def match(key: str) -> tuple[Match, ...]:
    """What a heading with this key may stand for, best first; empty where nothing is near.

    A near match is proposed only for facts that decide something, and never for a heading that speaks of targets,
    counts, reminders or remarks. "Closed" matches ``closed`` and nothing else.
    """
    if found := match_listed(key):
        return found
    full = _in_full(key)
    if full != key and (found := match_listed(full)):
        return tuple(Match(one.fact, False, f"“{full}” with a word cut short") for one in found)
    if len(key) < 4 or speaks_of_other_things(key):
        return ()
    if found := _one_of_several(key):
        return found
    sure, maybe = _known()
    listed = {known: (name,) for known, name in sure.items()}
    for words in dict.fromkeys((key, full)):
        if found := _same_words(words, listed) or _same_words(words, maybe):
            return found
    return _misspelt(key, sure)


_BEFORE = re.compile(r"^stage [12] ")
_ORDINAL = re.compile(
    r"(?P<stage>stage [12] )?(?:(?P<first>1st|first|initial)|(?P<later>2nd|second|3rd|third|latest|last)) (?P<a>.+)"
    r"|(?P<b>.+\D) (?:(?P<one>1)|(?P<more>[23]))"
)


def _one_of_several(key: str) -> tuple[Match, ...]:
    # “1st escalation request” and “2nd escalation request”: columns for what can happen more than once. A second
    # response may also be that of stage 2.
    m = _ORDINAL.fullmatch(key)
    if m is None or not (found := match_listed(f"{m['stage'] or ''}{m['a'] or m['b']}")):
        return ()
    which = m["first"] or m["one"] or m["later"] or m["more"]
    names = dict.fromkeys(one.fact for one in found if facts()[one.fact].kind == "event" and one.fact not in REQUIRED)
    if m["later"] or m["more"]:
        for name in ("acknowledged", "responded"):
            if name in names and not m["stage"]:
                names[f"stage2_{name}"] = None
    return tuple(Match(name, False, f"the “{which}” of several of its kind") for name in names)


def speaks_of_other_things(key: str) -> bool:
    """Whether a heading with this key speaks of targets, counts, reminders or remarks, and so records no step."""
    return not _ELSEWHERE.isdisjoint(key.split())


def match_listed(key: str) -> tuple[Match, ...]:
    """As :func:`match`, without looking for near matches: quick enough for every cell of a sheet's first rows."""
    sure, maybe = _known()
    if key in sure:
        return (Match(sure[key], True, "the heading means this and nothing else"),)
    return tuple(Match(name, False, "the heading often means this, but not always") for name in maybe.get(key, ()))


def _same_words(key: str, listed: Mapping[str, tuple[str, ...]]) -> tuple[Match, ...]:
    core = frozenset(key.split()) - _FILLER
    found: dict[str, Match] = {}
    for known, names in listed.items():
        if not core - _STAGE_ALONE or core != frozenset(known.split()) - _FILLER:
            continue
        for name in names:
            # What says that it was sent is no day set for later.
            if facts()[name].decides and not (name.endswith("extended_to") and _SENT & set(key.split())):
                why = f"the same words as “{known}” but for the order or small words"
                found.setdefault(name, Match(name, False, why))
    return tuple(found.values())


def _misspelt(key: str, sure: dict[str, str]) -> tuple[Match, ...]:
    from policylang.findings.nearest import distance

    # The stage is no part of a word that can be misspelt: “stage 2 end” is not nearly “stage 2 recd”.
    length = len(_BEFORE.sub("", key))
    limit = 0 if length < 4 else 1 if length < 8 else 2
    found: dict[str, Match] = {}
    best = limit
    for known, name in sure.items():
        # A digit that differs is another stage, never a slip of the finger.
        if not facts()[name].decides or re.sub(r"\D", "", known) != re.sub(r"\D", "", key):
            continue
        far = distance(key, known, limit)
        if far < best:
            found, best = {}, far
        if far == best and far <= limit:
            found.setdefault(name, Match(name, False, f"spelt almost like “{known}”"))
    return tuple(found.values())
