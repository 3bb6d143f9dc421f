"""A comparison of two codes to read, to paste into a Board paper, or as data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from policylang.checker.compare_codes import Change, Comparison
from policylang.checker.concerns import Concern
from policylang.findings.words import count
from policylang.model.days import say_date
from policylang.model.document import Document

_APART = ("moved", "to-read")
_HEADS = {Concern.RESIDENTS: "For residents", Concern.LANDLORDS: "For landlords", Concern.ALSO: "Also"}
_LEADS = {
    "time": "time",
    "start": "the clock starts at",
    "limit": "extension",
    "age": "an issue is too old after",
    "frequency": "how often",
    "count": "number",
    "condition": "it holds",
    "stage": "it holds at",
    "list": "the list",
    "reworded": "in other words",
}
_NOTHING = {"time": "no time", "frequency": "not said", "stage": "the whole process", "age": "no age"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision with what changed of it: the heading, then a line for each change."""

    head: str
    lines: tuple[str, ...]


def as_text(found: Comparison, *, across: int = 100) -> str:
    """The comparison as text ``across`` columns wide."""
    parts = ["\n".join(_wrapped(line, across) for line in _opening(found))]
    for title, entries in _sections(found):
        body = [f"{title}\n{'-' * len(title)}"]
        for entry in entries:
            lines = [_wrapped(entry.head, across), *(_wrapped(line, across, indent=4) for line in entry.lines)]
            body.append("\n".join(lines))
        parts.append("\n".join(body))
    return "\n\n".join(parts)


def as_markdown(found: Comparison) -> str:
    """The comparison as a Markdown page."""
    first, *rest = _opening(found)
    parts = [f"# {first}", *rest]
    for title, entries in _sections(found):
        parts.append(f"## {title}")
        rows = [f"- {f'**{e.head}**' if e.lines else e.head}" + "".join(f"\n  - {x}" for x in e.lines) for e in entries]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain data: the two codes, the counts, every change."""
    return {
        "from": _code(found.old),
        "to": _code(found.new),
        "counts": {concern.value: len(found.of(concern)) for concern in Concern},
        "unchanged": found.unchanged,
        "changes": [
            {
                "kind": change.kind,
                "concern": change.concern.value,
                "old": change.old or None,
                "new": change.new or None,
                "title": change.title,
                "before": change.before or None,
                "after": change.after or None,
                "about": change.about,
                "effect": change.effect.value,
                "verified": change.verified,
            }
            for change in found.changes
        ],
    }


def _code(code: Document) -> dict[str, Any]:
    first, last = code.in_force or (None, None)
    return {
        "id": code.id,
        "title": code.title,
        "edition": code.edition,
        "issuer": code.issuer,
        "in_force_from": first.isoformat() if first else None,
        "in_force_until": last.isoformat() if last else None,
        "calendar": code.calendar,
    }


# ------------------------------------------------------------------ the parts that text and Markdown share


def _opening(found: Comparison) -> Iterator[str]:
    old, new = found.old, found.new
    if _one_rulebook(found):
        yield f"What changed from {old.id} to {new.id}"
        yield f"From: {_named(old)}."
        yield f"To: {_named(new)}."
    else:
        yield f"How {new.id} differs from {old.id}"
        yield f"{_short(new)}: {_named(new)}."
        yield f"{_short(old)}: {_named(old)}."
    if old.calendar != new.calendar:
        yield f"Working days are counted by the calendar {new.calendar} ({_then(found)}: {old.calendar})."
    parts = [f"{len(found.of(concern))} {concern.value}" for concern in Concern]
    one, other = count(len(found.changes), "difference"), count(found.unchanged, "demand is", "demands are")
    yield f"{one} ({', '.join(parts)}); {other} the same in both."
    if any(not change.verified for change in found.changes):
        yield "Unverified: told from general knowledge of one of the codes, not read; check it before relying on it."


def _one_rulebook(found: Comparison) -> bool:
    """Whether the two are editions of one code, so that a difference is a change in time."""
    return (found.old.issuer, found.old.title) == (found.new.issuer, found.new.title)


def _then(found: Comparison) -> str:
    return "before" if _one_rulebook(found) else _short(found.old)


def _short(code: Document) -> str:
    return code.cited_as or code.id


def _named(code: Document) -> str:
    first, last = code.in_force or (None, None)
    dates = f", in force from {say_date(first)}" if first else ""
    return f"{code.issuer}, {code.title}, edition {code.edition}{dates}{f' to {say_date(last)}' if last else ''}"


def _sections(found: Comparison) -> Iterator[tuple[str, list[Entry]]]:
    for concern, title in _HEADS.items():
        told = [change for change in found.of(concern) if change.kind not in _APART]
        if told:
            yield title, list(_entries(told, found))
    moved = [change for change in found.changes if change.kind == "moved"]
    if moved:
        yield "The same under another number", [Entry(f"{c.old} is {c.new} {c.title}{_mark([c])}", ()) for c in moved]
    unread = [change for change in found.changes if change.kind == "to-read"]
    if unread:
        yield "For a reader: nothing of it is a demand on a policy's text", [_unread(one, found) for one in unread]


def _entries(changes: Iterable[Change], found: Comparison) -> Iterator[Entry]:
    for (old, new, title), group in groupby(changes, key=lambda c: (c.old, c.new, c.title)):
        told = list(group)
        number = f"{_short(found.new if new else found.old)}-{new or old}"
        before = f"{_short(found.old)}-{old}"
        before = f" ({'before: ' if _one_rulebook(found) else ''}{before})" if old and new else ""
        effects = list(dict.fromkeys(c.effect for c in told if c.kind not in ("added", "removed", "reworded")))
        effect = f": {', '.join(e.value for e in effects)}" if effects else ""
        many = len({change.about for change in told}) > 1
        lines = tuple(_line(change, found) + (_of(change) if many else "") for change in told)
        yield Entry(f"{number} {title}{before}{effect}{_mark(told)}", lines)


def _mark(changes: Sequence[Change]) -> str:
    return "" if all(change.verified for change in changes) else " [unverified]"


def _of(change: Change) -> str:
    """Which of several demands a change is of, where its line does not say it."""
    return "" if change.kind in ("added", "removed", "force", "reworded") else f"; of “{change.about}”"


def _line(change: Change, found: Comparison) -> str:
    before, after, editions = change.before, change.after, _one_rulebook(found)
    match change.kind:
        case "added":
            return f"{'new' if editions else f'only in {_short(found.new)}'}: {after}"
        case "removed":
            return f"{'no longer asked' if editions else f'not asked by {_short(found.new)}'}: {before}"
        case "force":
            return f"{after}{' now' if editions else ''} ({_then(found)}: {before}): {change.about}"
        case "item-added":
            return f"{'added to the list' if editions else 'listed too'}: {after}"
        case "item-removed":
            return f"{'taken out of the list' if editions else 'not listed'}: {before}"
    nothing = _NOTHING.get(change.kind, "nothing")
    return f"{_LEADS.get(change.kind, change.kind)}: {after or nothing} ({_then(found)}: {before or nothing})"


def _unread(change: Change, found: Comparison) -> Entry:
    old, new = f"{_short(found.old)}-{change.old}", f"{_short(found.new)}-{change.new}"
    if not change.old:
        told = f"{new} {change.title}: nothing in {_short(found.old)} has a like title"
    elif not change.new:
        told = f"{old} {change.title}: nothing in {_short(found.new)} has a like title"
    else:
        told = f"{new} {change.title} and {old}: compare the two by reading"
    return Entry(f"{told}{_mark([change])}", ())


def _wrapped(text: str, across: int, indent: int = 0) -> str:
    lead = " " * indent
    return textwrap.fill(text, across, initial_indent=lead, subsequent_indent=f"{lead}  ", break_on_hyphens=False)
