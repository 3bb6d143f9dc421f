"""Round brackets, and clauses that are not where or how the language has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.build_nodes import NUMBER_WORDS
from policylang.language.mistakes.look import Look, Repair

LABEL = r"\d+(?:\.\d+)*[a-z]?"
_LABELS = re.compile(rf"{LABEL}(?:\s*(?:,|and|&)\s*{LABEL})*\Z", re.I)
_CITED = re.compile(
    rf"(?:,\s*)?(?:(?P<see>see|cf\.?)\s+)?(?:(?:clauses?|sections?|paragraphs?|paras?|provisions?|§|s\.?|ref\.?)\s*)?(?P<labels>{LABEL}(?:\s*,\s*{LABEL})*)\s*\]?\s*\Z",
    re.I,
)


def round_brackets(look: Look) -> Iterator[Repair]:
    """Round brackets outside a condition: a repeated figure, a clause, or words that can stand without them."""
    fault = look.fault
    if fault.text == ")":
        yield Repair(
            "round-brackets", "This bracket closes and none opened.", "Leave it out.",
            (fault.start, fault.end), (fault.start, fault.end), "",
        )  # fmt: skip
    if fault.text != "(":
        if "RPAR" in look.expected and not fault.text:
            opening = look.text.find("(")
            yield Repair(
                "mark-never-closed", "This round bracket opens and is never closed.", "Type ) where the group ends.",
                (opening, opening + 1), (len(look.text.rstrip()), len(look.text.rstrip())), ")",
            )  # fmt: skip
        return
    close = look.text.find(")", fault.end)
    end = close + 1 if close >= 0 else len(look.text)
    inner = look.text[fault.end : close if close >= 0 else end].strip()
    message = "Round brackets only group conditions; here there is nothing to group."
    help = "Leave the brackets out; put clauses in square brackets and remarks in quotes after “note”."
    span, cut = (fault.start, end), (fault.start, end)
    if _LABELS.fullmatch(inner) and look.text[end:].strip() == "":
        yield Repair(
            "round-brackets", "Clauses stand in square brackets, not round ones.", f"Write [{inner}].", span, cut,
            f"[{inner}]",
        )  # fmt: skip
    see = re.fullmatch(rf"(?:see|as in|as at)\s+(?:clauses?|sections?|paragraphs?|paras?)?\s*({LABEL})", inner, re.I)
    if see is not None:
        yield Repair(
            "round-brackets", "A reference needs no round brackets, and its clause stands in square ones.",
            f"Write see [{see[1]}].", span, cut, f"see [{see[1]}]",
        )  # fmt: skip
    lead = (look.previous.end, end)
    if inner == "s":
        yield Repair(
            "round-brackets", "“(s)” leaves open whether there is one or more.", "Write the plural.", span, lead, "s"
        )
    figures = (inner.lower(), look.previous.plain)
    if any(word.isdigit() for word in figures) and all(word.isdigit() or word in NUMBER_WORDS for word in figures):
        yield Repair("round-brackets", f"“({inner})” repeats what was just said.", "Leave it out.", span, lead, "")
    yield Repair("round-brackets", message, help, span, cut, inner)
    if '"' not in inner:
        yield Repair("round-brackets", message, help, span, cut, f'note "{inner}"')


_OF_CODE = re.compile(
    rf"(?:see\s+|in\s+)?(?:(?:paragraphs?|paras?|clauses?|provisions?|sections?)\s+)?\[?(?P<labels>{LABEL})\]?\s+(?:of|in)\s+(?:the\s+)?"
    r"(?:edition\s+\"?(?P<first>\d{4})\"?|(?P<second>\d{4})\s+(?:edition|code)(?:\s+of\s+the\s+code)?|\"(?P<third>\d{4})\")",
    re.I,
)


def paragraph_of_the_code(look: Look) -> Iterator[Repair]:
    """``see 7.3 of the 2022 edition``, ``in paragraph 7.3 of the 2022 Code``."""
    for match in _OF_CODE.finditer(look.text):
        edition = match["first"] or match["second"] or match["third"]
        new = f'see [{match["labels"]}] of edition "{edition}"'
        if look.at <= match.end() and look.fault.end >= match.start() and match[0] != new:
            yield Repair(
                "clause-without-brackets", "A paragraph of the Code stands in square brackets, its edition in quotes.",
                f"Write {new}.", match.span(), match.span(), new,
            )  # fmt: skip


def other_brackets(look: Look) -> Iterator[Repair]:
    """``{3.2}`` and ``<3.2>``: clauses stand in square brackets."""
    match = re.compile(rf"[{{<](?P<labels>\s*{LABEL}(?:\s*,\s*{LABEL})*\s*)[}}>]", re.I).match(
        look.text, look.fault.start
    )
    if match is not None:
        new = f"[{match['labels'].strip()}]"
        yield Repair(
            "round-brackets", "Clauses stand in square brackets.", f"Write {new}.", match.span(), match.span(), new
        )


def clause_without_brackets(look: Look) -> Iterator[Repair]:
    """``of receipt 3.2.``; ``… see clause 7.4``."""
    if look.heading:
        return
    for start in sorted({look.token(offset).start for offset in (-3, -2, -1, 0)}):
        match = _CITED.match(look.text, start)
        if match is not None:
            labels = re.sub(r"\s*,\s*", ", ", match["labels"])
            see = f"{' ' * (look.text[start] == ',')}{'see ' if match['see'] else ''}"
            yield Repair(
                "clause-without-brackets",
                f"The clause “{match['labels']}” stands outside square brackets.",
                f"Write [{labels}] at the end of the sentence.",
                (start, match.start() + len(match[0].rstrip())), (start, len(look.text)), f"{see}[{labels}]",
            )  # fmt: skip


def clause_out_of_place(look: Look) -> Iterator[Repair]:
    """Clause brackets before or inside the sentence, or twice."""
    brackets = look.fault if look.fault.text[:1] == "[" else look.previous
    if brackets.text[:1] != "[":
        return
    before, after = look.text[: brackets.start].rstrip(), look.text[brackets.end :].strip()
    span = (brackets.start, brackets.end)
    if before.endswith("]"):
        first = before.rfind("[")
        both = f"{before[first:-1].rstrip()}, {brackets.text[1:-1].strip()}]"
        yield Repair(
            "clause-out-of-place", "The clauses of one sentence stand in one pair of brackets.", f"Write {both}.",
            span, (first, brackets.end), both, certain=True,
        )  # fmt: skip
    if not after:
        if not before:
            yield Repair(
                "clause-out-of-place", f"{brackets.text} stands after the full stop of its sentence.",
                f"Put {brackets.text} right before that full stop, and leave out the one behind it.", span,
            )  # fmt: skip
        return
    message = "The clause stands at the end of the sentence, not inside it."
    if not before:
        message = f"{brackets.text} stands after the full stop of its sentence, or before the sentence it belongs to."
    yield Repair(
        "clause-out-of-place", message, f"Put {brackets.text} right before the full stop of its sentence.",
        span, span, "", certain=True, sure=bool(before), at_end=f" {brackets.text}",
    )  # fmt: skip
