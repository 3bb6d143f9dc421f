"""Repairs as edits of the policy's text: sentences changed in place, added at the end, taken out; the rest untouched.

What is proposed is marked as such, because the source document does not say it yet: a comment names the provision and,
for a changed sentence, keeps what the document says. A changed sentence keeps its clause; an added one has none.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policylang.checker.repair import Deed, Repair, Step, steps
from policylang.language.printer import format_text, sentence_text
from policylang.language.tree import Sentence
from policylang.language.words_of import clause_text
from policylang.model.document import Document

HEADING = 'process "Proposed additions":'
ABOUT = "# Sentences that the source document does not have yet: give each its place and clause there."
_WIDTH = 110
_MARK = re.compile(
    r"# Proposed for (?P<names>[^\r\n]+?)\."
    r"(?: The source document says:[^\r\n]*\r?\n(?:[ \t]*#   [^\r\n]*\r?\n)*|\r?\n)[ \t]*\Z"
)
"""Our own comment right above a sentence."""


@dataclass(slots=True)
class _Mended:
    """One sentence of the policy with everything that becomes of it."""

    node: Sentence
    cited: list[str] = field(default_factory=list)
    sentence: str | None = None  # None: taken out


def edited(policy: Document, wanted: Iterable[tuple[str, Repair]]) -> str:
    """The policy's text with the repairs carried out, each with the provision (``HO24-6.3``) it serves.

    Steps that only a person can take (headings) are left. Line ends are kept as the text has them.
    """
    repairs = list(wanted)
    cited: dict[int, list[str]] = {}
    for name, repair in repairs:
        for norm in (repair.norm,) if repair.norm is not None else repair.norms:
            cited.setdefault(id(norm.sentence), []).append(name)
    added: dict[str, list[str]] = {}
    for name, repair in repairs:
        if repair.deed is Deed.ADD and repair.sentence:
            added.setdefault(repair.sentence, []).append(name)
    mended: dict[int, _Mended] = {}
    for step in steps(repair for _, repair in repairs):
        _take(step, mended, cited)
    end = "\r\n" if "\r\n" in policy.text else "\n"
    text = policy.text
    for one in sorted(mended.values(), key=lambda m: m.node.span.start, reverse=True):
        text = _replaced(text, one, end)
    return _with_additions(text, added, end) if added else text


def _take(step: Step, mended: dict[int, _Mended], cited: dict[int, list[str]]) -> None:
    """Note what a step does to each sentence; the first step that replaces a sentence whole has the last word."""
    if step.deed in (Deed.ADD, Deed.BY_HAND):
        return
    for number, norm in enumerate(step.norms):
        key = id(norm.sentence)
        if key in mended:
            continue
        names = list(dict.fromkeys(cited.get(key, [])))
        mended[key] = _Mended(norm.sentence, names, step.sentence if number == 0 else None)


def _replaced(text: str, one: _Mended, end: str) -> str:
    """The text with one sentence changed, the comments inside it moved to the lines before it."""
    span = one.node.span
    start = text.rfind("\n", 0, span.start) + 1
    lead = text[start : span.start]
    indent = re.match(r"[ \t]*", lead).group()  # type: ignore[union-attr]
    before, behind = text[: span.start], text[span.end :]
    lines = [c.text for c in one.node.comments if span.start <= c.start < span.end]
    marked = _MARK.search(before)
    if marked is not None:  # it has been changed, or added, before: the document never said what stands here now
        names = dict.fromkeys([*marked["names"].split(", "), *one.cited])
        before = f"{before[: marked.start('names')]}{', '.join(names)}{before[marked.end('names') :]}"
    if marked is None or one.sentence is None:
        verb = "Proposed" if one.sentence is not None else "Proposed to be taken out"
        said = f"{sentence_text(one.node)}."
        lines += _comment(f"{verb} for {', '.join(one.cited)}. The source document says: {said}", len(indent))
    if one.sentence is not None:
        lines += _laid_out(one.sentence, one.node.clauses.labels if one.node.clauses is not None else ())
    if lead.strip():  # a sentence that begins in the middle of a line gets lines of its own
        before = before.rstrip(" \t") + end + indent
    if one.sentence is None and not re.match(r"[ \t]*(#|\r?\n|$)", behind):
        behind = end + indent + behind.lstrip(" \t")  # what follows must not become part of the comment
    return before + (end + indent).join(lines) + behind


def _with_additions(text: str, added: dict[str, list[str]], end: str) -> str:
    """The text with new sentences under a heading of their own, at the end."""
    lines: list[str] = []
    for sentence, names in added.items():
        lines += [f"  {line}" for line in _comment(f"Proposed for {', '.join(dict.fromkeys(names))}.", 2)]
        lines += [f"  {line}" for line in _laid_out(sentence, ())]
    text = text.rstrip()
    head = [] if _last_heading(text) == HEADING else ["", HEADING, f"  {ABOUT}"]
    return text + end + end.join([*head, *lines]) + end


def _last_heading(text: str) -> str:
    """The additions' heading if it is the last thing at the margin."""
    margin = [line.rstrip() for line in text.splitlines() if line[:1].strip() and not line.startswith("#")]
    return margin[-1] if margin else ""


def _comment(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()), _WIDTH - indent, initial_indent="# ", subsequent_indent="#   ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _laid_out(sentence: str, labels: Sequence[str]) -> list[str]:
    """A sentence in the house style, at the margin."""
    brackets = f" {clause_text(tuple(labels))}" if labels else ""
    printed, findings = format_text(f"process:\n{sentence.removesuffix('.')}{brackets}.\n")
    if findings:  # never of our own making; and if so, better unformatted than lost
        return [f"{sentence.removesuffix('.')}{brackets}."]
    return [line.removeprefix("  ") for line in printed.splitlines()[1:]]
