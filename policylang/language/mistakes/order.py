"""Parts of a sentence in another order: time or condition first, or between the verb of duty and the action."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.look import Look, Repair

_LEAD = re.compile(r"(?:within|when|if|unless|where|before|after|at|by|in|on|for|via|until|to|from|with|only)\Z")
_MODAL = re.compile(
    r"(?<![\w-])(?:must|shall|will|should|may|has\s+to|have\s+to|normally|(?:aims?|attempts?|intends?|endeavours?)\s+to)"
    r"(?:\s+not)?(?![\w-])",
    re.I,
)
_AT_STAGE = re.compile(
    r"\s*at\s+(?=(?:stage\s+\d|(?:any|each)\s+stage))(?P<stage>(?:any|each)\s+stage|stage\s+\d+),?", re.I
)
_CLAUSES = re.compile(r"\s*(\[[^\[\]]*\])\s*\Z")
_BETWEEN = re.compile(
    r"\s*,?\s*(?P<part>(?:within\s+[\w-]+\s+(?:(?:working|business|calendar)\s+)?[a-z]+(?:\s+of\s+(?:stage\s+\d+\s+)?[a-z][\w-]*)?"
    r"|(?:when|if|unless)\s+[a-z][\w-]*))\s*,?\s+(?!of(?![\w-]))(?=[a-z])",
    re.I,
)
_SUBJECT_WORDS = 3


def stage_first(look: Look) -> Iterator[Repair]:
    """``at stage 1 we will …``: the stage stands first without “at”."""
    match = _AT_STAGE.match(look.text)
    if match is not None and look.at <= match.end() + 1:
        stage = " ".join(match["stage"].split())
        yield Repair(
            "other-wording", f"A sentence about a stage begins with the stage itself, without “at”: “{stage}”.",
            f"Begin with {stage}.", (match.start(), match.end()), match.span(), stage, certain=True,
        )  # fmt: skip


def part_first(look: Look) -> Iterator[Repair]:
    """``within 5 working days of receipt must acknowledge``; ``if anonymous, we may refuse complaint``."""
    if look.heading or not look.tokens or not _LEAD.match(look.tokens[0].plain) or _AT_STAGE.match(look.text):
        return
    modal = _MODAL.search(look.text)
    if modal is None or look.at > modal.end() + 1:
        return
    comma = look.text.rfind(",", 0, modal.start())
    before = [token for token in look.tokens if token.end <= modal.start() and token.is_word]
    # Where the part ends, and where the rest of the sentence begins: “we” between them is not needed.
    splits = [(comma, comma + 1)] if comma > 0 else []
    if before and before[-1].plain in ("we", "you", "they", "it"):
        splits.insert(0, (comma if comma > 0 else before[-1].start, modal.start()))
    if comma < 0:
        splits += [(at, at) for at in (modal.start(), *(token.start for token in reversed(before[-_SUBJECT_WORDS:])))]
    begin = look.tokens[0].start
    for end, rest in splits:
        lead = look.text[begin:end].strip()
        if lead:
            yield _moved(look, (0, rest), (begin, begin + len(lead)))


def part_between(look: Look) -> Iterator[Repair]:
    """``must within 5 working days acknowledge complaint``; ``must, when anonymous, explain refusal``."""
    modal = next(reversed([m for m in _MODAL.finditer(look.text) if m.end() <= look.at]), None)
    match = None if modal is None else _BETWEEN.match(look.text, modal.end())
    if match is not None and look.at <= match.end():
        yield _moved(look, (match.start(), match.end()), match.span("part"))


def _moved(look: Look, cut: tuple[int, int], part: tuple[int, int]) -> Repair:
    """The whole sentence with a part of it moved to the end, before the clauses."""
    clauses = _CLAUSES.search(look.text)
    end = clauses.start() if clauses is not None else len(look.text.rstrip())
    cited: tuple[tuple[int, int] | str, ...] = (" ", clauses.span(1)) if clauses is not None else ()
    head: tuple[tuple[int, int] | str, ...] = ((0, cut[0]), " ") if cut[0] else ()
    shown = " ".join(look.text[slice(*part)].split())
    return Repair(
        "part-out-of-order", f"“{_short(shown)}” stands too early: who, the verb of duty and the action come first.",
        f"Put “{_short(shown)}” behind the action.", part, (0, 0), "", certain=True,
        parts=(*head, (cut[1], end), " ", part, *cited),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
