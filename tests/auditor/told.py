"""Cases told in words, for the pages of tests: one fact a line, and what the rest of the log says.

::

    received 2025-12-19
    acknowledged blank                      # also: not done, unreadable, unreadable "see file", no column
    responded 2026-01-05 to 2026-01-31      # known only to lie between the two
    response_decision yes
    handler "Officer 3"
    the rest: not done                      # or: not recorded
    as at 2026-01-31
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from datetime import date

from policylang.auditor.outcome import Outcome
from policylang.casebook.cases import Case, CellAddress, Entry, EntryState
from policylang.casebook.record import facts
from policylang.model.document import Document
from policylang.model.library import load_text

_STATES = {
    "blank": EntryState.BLANK,
    "not done": EntryState.NOT_DONE,
    "unreadable": EntryState.UNREADABLE,
    "no column": EntryState.NO_COLUMN,
}
_FRAME = 'policy "A policy".\ncalendar england-and-wales.\n'
_CODE = 'code "A code" edition "1".\nknown as a-code cited as "AC".\ncalendar england-and-wales.\n'


def told_case(text: str) -> tuple[Case, date]:
    """The case and the as-at date of a block. Raises ``ValueError`` for a line that is not in the notation."""
    entries: dict[str, Entry] = {}
    rest, as_at = EntryState.NOT_DONE, date(2026, 12, 31)
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        if line.startswith("as at "):
            as_at = date.fromisoformat(line.removeprefix("as at "))
        elif line.startswith("the rest: "):
            rest = {"not done": EntryState.NOT_DONE, "not recorded": EntryState.BLANK}[line.removeprefix("the rest: ")]
        else:
            name, _, said = line.partition(" ")
            entries[name] = _entry(name, said, len(entries))
    described = {"issue_occurred", "issue_known", "closed"}
    for name, fact in facts().items():
        if name not in entries and fact.kind == "event" and name not in described:
            entries[name] = Entry(rest, cell=_cell(name, len(entries)))
    return Case("C-1", entries, "Cases", 2), as_at


def _entry(name: str, said: str, place: int) -> Entry:
    if name not in facts():
        raise ValueError(f"A case record has no fact called “{name}”.")
    cell = _cell(name, place)
    if said in _STATES:
        return Entry(_STATES[said], cell=None if said == "no column" else cell)
    if said in ("yes", "no"):
        return Entry(EntryState.KNOWN, said == "yes", said, cell)
    if match := re.fullmatch(r'unreadable "(.+)"', said):
        return Entry(EntryState.UNREADABLE, None, match[1], cell)
    if match := re.fullmatch(r"(\S+) to (\S+)", said):
        return Entry(EntryState.VAGUE, None, said, cell, date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    if said.startswith('"'):
        return Entry(EntryState.KNOWN, said.strip('"'), said, cell)
    return Entry(EntryState.KNOWN, date.fromisoformat(said), said, cell)


def _cell(name: str, place: int) -> CellAddress:
    letters = chr(ord("B") + place) if place < 25 else f"A{chr(ord('A') + place - 25)}"
    return CellAddress("Cases", 2, letters, facts()[name].label)


def told_document(text: str, kind: str) -> Document:
    """The document of a ``policy`` or ``code`` block; a frame is put round a fragment that has none."""
    framed = text if text.lstrip().startswith((f'{kind} "',)) else (_FRAME if kind == "policy" else _CODE) + text
    loaded = load_text(framed, f"a.{kind}")
    assert loaded.document is not None
    assert not loaded.findings, [finding.message for finding in loaded.findings]
    return loaded.document


def told_outcomes(outcomes: Iterable[Outcome]) -> str:
    """Each outcome as the pages print it: the result and its reason code, the figures, the paragraph, the repair."""
    return "\n".join(_told(outcome) for outcome in outcomes)


def _told(outcome: Outcome) -> str:
    cited = f" [{outcome.provision}]" if outcome.provision else ""
    figures = [f"due {outcome.due}"] if outcome.due else []
    if outcome.late:
        figures.append(f"{outcome.late.by} {outcome.late.unit} late")
    lines = [
        f"{outcome.duty}{cited}: {outcome.result.value} ({outcome.reason}){', ' if figures else ''}{', '.join(figures)}"
    ]
    lines += textwrap.wrap(outcome.why, 108, initial_indent="  ", subsequent_indent="  ")
    if outcome.repair:
        lines += textwrap.wrap(f"-> {outcome.repair}", 108, initial_indent="  ", subsequent_indent="     ")
    return "\n".join(lines)
