"""Writing a mapping as YAML that explains itself: why each column was taken, and what was left open."""

from __future__ import annotations

import json
import re

from policylang.casebook.propose import LIKELY, Proposal
from policylang.casebook.record import facts

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()'’-]*[A-Za-z0-9)]")
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

_HEAD = """\
# A mapping: which column of the log holds which fact of a case.
# Check every line, correct what is wrong, and give this file with --map.
#
# Each line under “columns” reads   fact: {{column: heading of the column, empty: what an empty cell means}}
#   empty: not-recorded   an empty cell says nothing about what was done (outcomes that need it are “cannot tell”)
#   empty: not-done       an empty cell says that it was not done; only you can know that
#   dates: day-first      figures such as 03/04/2024 are 3 April (month-first: 4 March; iso: the year comes first;
#                         mixed: both orders occur, and only dates that can be read in one way are read)
#   not-done-words: [none, not sent]   words that mean, in this column, that it was not done
#   letter: D             which of two columns, where both have one heading
mapping: 1
sheet: {sheet}
header-row: {row}
# dates: day-first   (take the # away if figures such as 03/04/2024 put the day first in every column)
columns:
"""


def mapping_text(proposal: Proposal) -> str:
    """The proposal as the text of a mapping file, with the reason for each column as a comment above it."""
    mapping = proposal.mapping()
    lines = [_HEAD.format(sheet=quoted(proposal.sheet), row=proposal.header.row)]
    for name, proposed in proposal.columns.items():
        column = mapping.columns[name]
        check = "PLEASE CHECK (likely): " if proposed.confidence == LIKELY else "exact: "
        lines.append(f"  # {facts()[name].label}. {check}{proposed.why}.\n")
        said = [f"column: {quoted(column.heading, inline=True)}"]
        if column.letter:
            said.append(f"letter: {column.letter}")
        if facts()[name].kind != "attribute":
            said.append(f"empty: {column.empty}")
        lines.append(f"  {name}: {{{', '.join(said)}}}\n")
    for question in proposal.questions:
        lines.append("  # OPEN QUESTION: take the # from one of these lines, and delete the others.\n")
        if question.counts:
            lines.append(f"  # {' '.join(question.counts.split())}\n")
        keys = [heading.key for heading in proposal.header.headings]
        for name in question.facts:
            for heading in question.headings:
                letter = f", letter: {heading.letter}" if keys.count(heading.key) > 1 else ""
                lines.append(f"  # {name}: {{column: {quoted(heading.text, inline=True)}{letter}}}\n")
    lines += [f"  # MISSING, and needed: {name}: heading of the column\n" for name in proposal.missing]
    if mapping.ignore:
        lines.append("# Columns that are not read (nothing of them is kept).\nignore:\n")
        lines += [f"  - {quoted(text)}\n" for text in mapping.ignore]
    absent = [fact for fact in facts().values() if fact.kind == "event" and fact.name not in proposal.columns]
    if absent:
        lines.append("# No column was found for these events; every duty that needs one of them is “cannot tell”:\n")
        lines += [f"#   {fact.name} ({fact.label})\n" for fact in absent]
    return "".join(lines)


def quoted(text: str, *, inline: bool = False) -> str:
    """A YAML scalar that reads back as this text: bare where that is safe, in double quotes otherwise."""
    bare = _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED
    return text if bare and not (inline and ("," in text or "}" in text)) else json.dumps(text, ensure_ascii=False)
