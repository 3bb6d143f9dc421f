"""Full stops and colons that are missing or stand where they should not, and sentences that run into one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.look import HEADING_END, SENTENCE_END, Look, Repair, Word
from policylang.language.reading import read
from policylang.language.statements import Shape

_MODAL = re.compile(
    r"(?:must|will|shall|should|may|aims?|attempts?|tries|endeavours?|intends?|normally|usually|generally|ideally)\Z"
)
_VERB = re.compile(r"(?:is|are|has|have|means|becomes?|closes)\Z")
_OPENERS = re.compile(
    r"(?:policy|code|known|organi[sz]ation|issuer|version|calendar|in|adopted|approved|issued|reviewed|next|effective"
    r"|published|bare|clauses|document|governed|linked|refers|closed|deviation|note|requirement|shown|same|only|any"
    r"|at)\Z"
)
_PARAGRAPH = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})\)?", re.I)  # (a), ii: what is left of a numbered paragraph
_TRIES = 3


def full_stop_missing(look: Look) -> Iterator[Repair]:
    """A sentence that goes straight on into the next one: at a line break before the fault, or at the fault itself."""
    for gap in _line_breaks(look):
        before = look.text[: gap[0]]
        if before.strip() and read(before, Shape.SENTENCE) is None:
            yield _stop(_last_word(look, gap[0]), gap)
    if look.can_end and begins_sentence(look, 0) and look.previous.text:
        gap = (look.previous.end, look.fault.start)
        if "\n" in look.text[gap[0] : gap[1]]:
            yield _stop(look.previous, gap)
        else:
            yield Repair(
                "sentences-run-together",
                f"A second sentence starts here without a full stop before “{look.fault.text}”.",
                f"End the first sentence with a full stop after “{look.previous.text}”.",
                (look.fault.start, look.fault.end), gap, SENTENCE_END,
            )  # fmt: skip


def comma_between_sentences(look: Look) -> Iterator[Repair]:
    """``… of receipt, must log complaint``: a comma where a full stop belongs."""
    if look.fault.text == "," and look.can_end and begins_sentence(look, 1):
        yield Repair(
            "sentences-run-together",
            "A second sentence starts after this comma.",
            f"End the first sentence with a full stop after “{look.previous.text}”.",
            (look.fault.start, look.fault.end), (look.previous.end, look.token(1).start), SENTENCE_END,
        )  # fmt: skip


def full_stop_missing_before_heading(look: Look) -> Iterator[Repair]:
    """A sentence without its full stop swallows the heading that follows."""
    if not look.heading:
        return
    for gap in [*_line_breaks(look, to_end=True)][:2]:
        if read(look.text[gap[1] :], Shape.HEADING) is None:
            yield _stop(_last_word(look, gap[0]), gap)


def joined_by_and(look: Look) -> Iterator[Repair]:
    """``must acknowledge within 5 days of receipt and respond within 10``: one duty a sentence."""
    modal = next((w for w in look.tokens if _MODAL.fullmatch(w.plain)), None)
    joint = look.token(1) if look.fault.text == "," else look.fault
    if joint.plain not in ("and", "but", "or", "then") or modal is None or modal.start > look.at:
        return
    following = look.token(1 + (joint is not look.fault))
    if not following.is_word:
        return
    repeated = "" if _MODAL.fullmatch(following.plain) else f"{look.text[: modal.end]} "
    if following.plain == "to" and modal.plain.startswith(("aim", "attempt", "intend", "endeavour")):
        repeated = f"{look.text[: modal.end]} "
    elif modal.plain.startswith(("aim", "attempt", "intend", "endeavour", "tries")):
        repeated = f"{look.text[: modal.end]} to "
    yield Repair(
        "sentences-run-together",
        f"This sentence says two things, joined by “{joint.text}”; each needs a sentence of its own.",
        f"Put a full stop before “{joint.text}” and start a new sentence with its own verb of duty.",
        (joint.start, joint.end), (look.previous.end, following.start), SENTENCE_END + repeated,
    )  # fmt: skip


def semicolon(look: Look) -> Iterator[Repair]:
    """A semicolon, where a full stop, a comma or nothing belongs."""
    if look.fault.text != ";":
        return
    first = look.text[: look.fault.start].strip()
    known = not look.words or look.tokens[0].plain in look.words or look.tokens[0].plain in ("stage", "before", "after")
    if "\n" in look.text[look.fault.end : look.token(1).start] and known and read(first, Shape.HEADING) is None:
        yield Repair(
            "colon-missing", "A heading ends with a colon, not with a semicolon.", f"Write {' '.join(first.split())}:",
            (look.fault.start, look.fault.end), (look.previous.end, look.token(1).start), HEADING_END,
        )  # fmt: skip
    span = (look.fault.start, look.fault.end)
    message = "Sentences of the language have no semicolons."
    help = "Put a comma between the items of a list, and a full stop between sentences."
    following = look.token(1)
    cut = (look.previous.end, following.start if following.text else look.fault.end)
    if following.plain in ("and", "or"):
        yield Repair("semicolon", message, help, span, cut, " ")
    if begins_sentence(look, 1):
        yield Repair("semicolon", message, help, span, cut, SENTENCE_END)
    yield Repair("semicolon", message, help, span, cut, ", ")
    if following.plain == "and" and begins_sentence(look, 2):
        yield Repair("semicolon", message, help, span, (cut[0], following.end), SENTENCE_END)


def colon_missing(look: Look) -> Iterator[Repair]:
    """A heading without its colon swallows the sentence that follows it."""
    first, newline, rest = look.text.partition("\n")
    first = first.rstrip()
    if look.heading or not newline or not first or len(first) > 200 or read(first, Shape.HEADING) is not None:
        return
    yield Repair(
        "colon-missing",
        "This heading has no colon at its end.",
        f"End the heading with a colon: {' '.join(first.split())}:",
        (0, len(first)), (len(first), len(look.text) - len(rest.lstrip())), HEADING_END,
    )  # fmt: skip


def heading_with_full_stop(look: Look) -> Iterator[Repair]:
    """``stage 1 "Stage 1".``"""
    if look.heading or read(look.text, Shape.HEADING) is not None or _PARAGRAPH.fullmatch(look.text.strip()):
        return
    if look.words and len(look.tokens) == 2 and look.tokens[0].plain not in look.words:
        return  # “title "…"” is no section that anybody knows
    yield Repair(
        "heading-with-full-stop",
        "This heading ends with a full stop, where a colon belongs.",
        f"End the heading with a colon: {' '.join(look.text.split())}:",
        (0, len(look.text)), (len(look.text), len(look.text)), HEADING_END,
    )  # fmt: skip


def colon_out_of_place(look: Look) -> Iterator[Repair]:
    """``must respond within 10 working days:``, or ``version "12":``."""
    if not look.heading or read(look.text, Shape.SENTENCE) is not None:
        return
    end = len(look.text)
    yield Repair(
        "colon-out-of-place",
        "This sentence ends with a colon, as only headings do.",
        "End it with a full stop.",
        (look.tokens[-1].start, end) if look.tokens else (0, end), (end, end), SENTENCE_END,
    )  # fmt: skip


def ends_in_heading(text: str) -> bool:
    """Whether the last line or two of a text would be a heading by themselves."""
    look = Look(text, len(text), frozenset(), True)
    return any(read(text[end:], Shape.HEADING) is None for _, end in [*_line_breaks(look, to_end=True)][:2])


def begins_sentence(look: Look, offset: int) -> bool:
    """Whether the words from the fault on could begin a sentence: a verb of duty comes soon, or a word of the frame."""
    first = look.token(offset)
    if _MODAL.fullmatch(first.plain) or _OPENERS.fullmatch(first.plain):
        return True
    for ahead in range(1, 7):
        token = look.token(offset + ahead)
        if _MODAL.fullmatch(token.plain) or _VERB.fullmatch(token.plain):
            return True
        if not (token.is_word or token.text == "," or token.text[:1].isdigit() or token.text[:1] == '"'):
            return False
    return False


def _stop(last: Word, gap: tuple[int, int]) -> Repair:
    return Repair(
        "full-stop-missing",
        "This sentence has no full stop at its end.",
        f"Type a full stop after “{last.text}”.",
        (last.start, last.end), gap, SENTENCE_END,
    )  # fmt: skip


def _line_breaks(look: Look, *, to_end: bool = False) -> Iterator[tuple[int, int]]:
    """The gaps between lines before the fault (or in the whole text), the last first; only a few of them."""
    end = len(look.text) if to_end else look.at
    for _ in range(_TRIES):
        newline = look.text.rfind("\n", 0, end)
        if newline < 0:
            return
        rest = look.text[newline:]
        begin = len(look.text[:newline].rstrip())
        yield begin, newline + len(rest) - len(rest.lstrip())
        end = begin


def _last_word(look: Look, end: int) -> Word:
    return next((token for token in reversed(look.tokens) if token.end <= end), Word("", 0, 0))
