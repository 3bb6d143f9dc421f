"""Writing a mapping as YAML that explains itself: why each column was taken, and what was left open."""

from __future__ import annotations

from collections.abc import Iterable

from policylang.casebook.mapping import Column, Layout
from policylang.casebook.mapping_text_events import events_text
from policylang.casebook.proposal import LIKELY, Further, Proposal, ProposedColumn, Question, label
from policylang.casebook.record import facts
from policylang.casebook.scalars import folded, one_line, quoted
from policylang.findings.words import count

_HEAD = """\
# A mapping: which column of the log holds which fact of a case.
# Check every line, correct what is wrong, and give this file with --map.
#
# Each line under “columns” reads   fact: {column: heading of the column, empty: what an empty cell means}
#   empty: not-recorded   an empty cell says nothing about what was done (outcomes that need it are “cannot tell”)
#   empty: not-done       an empty cell says that it was not done; only you can know that
#   dates: day-first      figures such as 03/04/2024 are 3 April (month-first: 4 March; iso: the year comes first;
#                         mixed: both orders occur, and only dates that can be read in one way are read)
#   not-done-words: [none, not sent]   words that mean, in this column, that it was not done
#   letter: D             which of two columns, where both have one heading
"""
_EVENTS_HEAD = """\
#
# Each line under “events” reads   event: {words: [the log's words for it], empty: what it means that a case has none}
#   take: first           where a case has the event on several days, the first counts (or: last)
"""
_DATES = "# dates: day-first   (take the # away if figures such as 03/04/2024 put the day first in every column)\n"


def mapping_text(proposal: Proposal) -> str:
    """The proposal as the text of a mapping file, with the reason for each column as a comment above it."""
    diaries = [p for p in (proposal, *(f.proposal for f in proposal.further)) if p.layout is not Layout.ROWS]
    lines = [_HEAD, _EVENTS_HEAD if diaries else "", "mapping: 1\n"]
    lines += [f"sheet: {quoted(proposal.sheet)}\n", *_layout(proposal), f"header-row: {proposal.header.row}\n"]
    lines += _orders(proposal) or [_DATES]
    lines += [*_columns(proposal), *events_text(proposal), *_ignored(proposal)]
    joined = [one for one in proposal.further if one.joined]
    asked = [one for one in proposal.further if not one.joined]
    if joined:
        lines.append("# Further sheets that say more of the same cases, joined by the reference.\nalso:\n")
        lines += [line for one in joined for line in _further(one)]
    if asked:
        lines.append(
            "# OPEN QUESTION: does this sheet say more of the same cases? If it does, take the first # away from\n"
        )
        lines.append("# each of the lines below.\n")
        if not joined:
            lines.append("#also:\n")
        lines += [
            f"#{line}" for one in asked for text in _further(one) for line in folded(text, behind=1).splitlines(True)
        ]
    return "".join(folded(line) for line in _single([*lines, *_absent(proposal)]))


def _orders(proposal: Proposal) -> list[str]:
    # Which figure is the day, where no column proves it: both answers, each behind its #.
    told = [f"# OPEN QUESTION: {one_line(said)} Take the # from the line that is right.\n" for said in proposal.dates]
    return [*told, "# dates: day-first\n", "# dates: month-first\n"] if told else []


def _layout(proposal: Proposal) -> list[str]:
    if proposal.layout is Layout.ROWS:
        return []
    if proposal.layout is Layout.EVENTS:
        return [f"# One row an event. PLEASE CHECK: {proposal.shape}.\n", "layout: events\n"]
    told = [f"# OPEN QUESTION: {proposal.shape}.\n"]
    if proposal.diary:
        told.append("# Write “rows” if each row is a case, “events” if each row is an event of a case.\n")
    else:
        told.append(
            "# If rows are stages, put those of each on a sheet of its own, and let “policylang map” look again.\n"
        )
        told.append("# If each row is a complaint with the dates of its stage 1, write “rows”.\n")
    return [*told, "layout:\n"]


def _columns(proposal: Proposal) -> list[str]:
    made = proposal.mapping()
    open_ = proposal.layout is None and bool(proposal.diary)
    lines = ["columns:\n"]
    for name, proposed in proposal.columns.items():
        lines += _column(proposed, made.columns[name])
    if open_:
        lines.append(
            "  # If each row is an event, take the # from “event” and “date” and from “events:” below, and delete the\n"
        )
        lines.append("  # lines above for events that rows record.\n")
    for name, proposed in proposal.diary.items():
        lines += _column(proposed, Column(name, proposed.heading.text), "# " if open_ else "")
    keys = [heading.key for heading in proposal.header.headings]
    for question in proposal.questions:
        lines += _question(question, keys)
    asked = {name for question in proposal.questions for name in question.facts}
    columns = [name for name in proposal.missing if name != "received" or proposal.layout is not Layout.EVENTS]
    columns = [name for name in columns if name not in asked]
    return [*lines, *(f"  # MISSING, and needed: {name}: heading of the column\n" for name in columns)]


def _column(proposed: ProposedColumn, column: Column, mark: str = "") -> list[str]:
    name = proposed.fact
    check = "PLEASE CHECK (likely): " if proposed.confidence == LIKELY else "exact: "
    said = [f"column: {quoted(column.heading, inline=True)}"]
    if column.letter:
        said.append(f"letter: {column.letter}")
    if name in facts() and facts()[name].kind != "attribute":
        said.append(f"empty: {column.empty}")
    return [f"  # {label(name)}. {check}{one_line(proposed.why)}.\n", f"  {mark}{name}: {{{', '.join(said)}}}\n"]


def _question(question: Question, keys: list[str]) -> list[str]:
    if question.nearest:
        nearest = quoted(question.headings[0].text, inline=True)
        return [
            f"  # OPEN QUESTION: no column is headed as the day of receipt, and {nearest} is the nearest. Are "
            "complaints logged on the day they are received? If so, take the # from the first line. If not, the log "
            "cannot be judged until the day of receipt is added to it.\n",
            *(f"  # {name}: {{column: {nearest}}}\n" for name in question.facts),
        ]
    which = "from one of these lines, and delete the others"
    if len(question.headings) > 1 and len(question.facts) > 1:
        which = "from the right line for each column, and delete the others"
    lines = [f"  # OPEN QUESTION: take the # {which}.\n"]
    if question.counts:
        lines.append(f"  # {one_line(question.counts)}\n")
    for name in question.facts:
        for heading in question.headings:
            letter = f", letter: {heading.letter}" if keys.count(heading.key) > 1 else ""
            lines.append(f"  # {name}: {{column: {quoted(heading.text, inline=True)}{letter}}}\n")
    return lines


def _ignored(proposal: Proposal) -> list[str]:
    ignore = proposal.mapping().ignore
    if not ignore:
        return []
    return [
        "# Columns that are not read (nothing of them is kept).\nignore:\n",
        *(f"  - {quoted(t)}\n" for t in ignore),
    ]


def _further(one: Further) -> list[str]:
    proposal = one.proposal
    of = one.both + one.only_there
    said = (
        f"{one.both} of its {count(of, 'reference')} ({one.both / of:.0%}) are on the first sheet too, "
        f"{one.only_there} only here; {count(one.only_first, 'reference', 'references')} of the first sheet "
        f"{'has' if one.only_first == 1 else 'have'} no row here"
    )
    body = [*_layout(proposal), f"header-row: {proposal.header.row}\n", *_orders(proposal)]
    body += [*_columns(proposal), *events_text(proposal), *_ignored(proposal)]
    body += [f"# Not read here: {quoted(c.heading.text)} ({c.fact} is on the first sheet).\n" for c in one.elsewhere]
    return [
        f"  # PLEASE CHECK (likely): {said}.\n",
        "  # Here “empty” also says what it means that a case has no row on this sheet.\n",
        f"  - sheet: {quoted(proposal.sheet)}\n",
        *(f"    {line}" for line in _single(body)),
    ]


def _single(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines(keepends=True)]


def _absent(proposal: Proposal) -> list[str]:
    parts = [proposal, *(one.proposal for one in proposal.further)]
    there = {name for part in parts for name in (*part.columns, *part.events.known)}
    absent = [fact for fact in facts().values() if fact.kind == "event" and fact.name not in there]
    if not absent:
        return []
    lines = ["# No column was found for these events; every duty that needs one of them is “cannot tell”:\n"]
    return [*lines, *(f"#   {fact.name} ({fact.label})\n" for fact in absent)]
