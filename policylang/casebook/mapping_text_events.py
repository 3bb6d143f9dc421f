"""The part of a mapping file that says what the words of a log of events stand for, with what is open as comments."""

from __future__ import annotations

from collections.abc import Iterable

from policylang.casebook.diary_words import SHARED_BY
from policylang.casebook.mapping import Layout
from policylang.casebook.proposal import Proposal, ProposedEvents, SeenWord, label
from policylang.casebook.record import facts
from policylang.casebook.scalars import folded, one_line, quoted
from policylang.findings.words import count


def events_text(proposal: Proposal) -> list[str]:
    """The lines for the words of a log of events, empty where rows are cases.

    Until every word is settled the log is not read: what is open stands behind a ``#``.
    """
    lines: list[str] = []
    for heading, events in proposal.rivals.items():
        lines.append(f"# If “{heading}” names the events, take the first # away from each of these lines:\n")
        words = _words_text(events, proposal.layout, missing=False)
        lines += [f"#{line}" for text in words for line in folded(text, behind=1).splitlines(keepends=True)]
    if proposal.rivals or not proposal.diary:
        return lines
    return _words_text(proposal.events, proposal.layout, missing="received" in proposal.missing)


def _words_text(events: ProposedEvents, layout: Layout | None, *, missing: bool) -> list[str]:
    lines = ["events:\n"]
    for name, seen in sorted(events.known.items(), key=lambda one: list(facts()).index(one[0])):
        lines.append(f"  # {label(name)}. exact: {'; '.join(map(_seen, seen))}.\n")
        if repeated := sum(one.repeated for one in seen):
            lines.append(f"  # On more than one day in {count(repeated, 'case')}: add “take: first” or “take: last”.\n")
        lines.append(f"  {name}: {{words: [{_words(seen)}], empty: not-recorded}}\n")
    for asked in events.asked:
        known = [name for name in asked.facts if name in events.known]
        names = " or ".join(f"“{label(name)}”" for name in asked.facts)
        lines.append(f"  # OPEN QUESTION: {_seen(asked.seen)} may be {names}: {one_line(asked.why)}.\n")
        todo = [f"add it to the words of {name} above" for name in known]
        if len(known) < len(asked.facts):
            todo.append("take the # from its line")
        lines.append(f"  # If so, {' or '.join(todo)}; if it is none, put it under ignore-events.\n")
        lines += [f"  # {name}: {{words: [{_words([asked.seen])}]}}\n" for name in asked.facts if name not in known]
    if missing:
        lines.append("  # MISSING, and needed: received: [the log's word for the receipt of the complaint]\n")
    if layout is None:
        lines = [lines[0].replace("events:", "# events:"), *(_behind(line) for line in lines[1:])]
        lines.insert(0, "# If each row is an event, take the # from “events:” and the lines under it.\n")
    if events.elsewhere:
        lines.append("# These steps are on the first sheet already, and no step is read twice.\n")
        lines += ["ignore-events:\n", *(f"  - {quoted(one.word)}   # {_often(one)}\n" for one in events.elsewhere)]
    if events.unknown or events.rare:
        lines.append("# OPEN QUESTION: these words are not known. Put each under its event, or take the # away here.\n")
        lines += [] if events.elsewhere else ["# ignore-events:\n"]
        lines += [f"#   - {quoted(one.word)}   # {_often(one)}\n" for one in events.unknown]
    if events.rare:
        cells = ", ".join(map(str, events.rare[:20])) + (" …" if len(events.rare) > 20 else "")
        rows = "see row" if len(events.rare) == 1 else "see rows"
        lines.append(f"#   Words of fewer than {SHARED_BY} cases are not repeated here; {rows} {cells}.\n")
        lines.append(
            "# If no word that is not named above is a step of a complaint, take the # from this line instead.\n"
        )
        lines.append("# other-events: ignore\n")
    return lines


def _behind(line: str) -> str:
    return line if line.lstrip().startswith("#") else f"#{line}"


def _seen(one: SeenWord) -> str:
    return f"“{one.word}” ({_often(one)})"


def _often(one: SeenWord) -> str:
    return f"{count(one.rows, 'row')} of {count(one.cases, 'case')}"


def _words(seen: Iterable[SeenWord]) -> str:
    return ", ".join(quoted(one.word, inline=True) for one in seen)
