"""Conditions in ordinary English: commas, ages, “the complaint is …”, and what only the document itself can say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.look import Look, Repair
from policylang.language.mistakes.names import FILLERS

_LEADS = re.compile(r"(?<![\w-])(?:only\s+when|only\s+if|even\s+when|even\s+if|when|if|unless|until)(?![\w-])", re.I)
_AGE = re.compile(
    r"(?P<what>(?<![\w-])[a-z][\w-]*)\s+(?:(?:is|are|was|were|happened|occurred|arose|took\s+place)\s+)?"
    r"(?:more\s+than|over|older\s+than|greater\s+than|longer\s+than)\s+"
    r"(?P<time>[\w-]+\s+(?:(?:working|business|calendar)\s+)?(?:days?|weeks?|months?|years?))(?:\s+(?:old|ago|earlier|before))?",
    re.I,
)
_IS = re.compile(
    r"(?P<what>(?<![\w-])[a-z][\w-]*)\s+(?:is|are|was|were|has\s+been|have\s+been|has|have)\s+(?P<not>not\s+)?(?=[a-z])",
    re.I,
)
_AND_OR = re.compile(r"(?<![\w-])and\s*/\s*or(?![\w-])", re.I)
_BRACKETS = re.compile(r"\[(?P<inner>[^\[\]]*(?<![\w-])(?:and|or|not)(?![\w-])[^\[\]]*)\]", re.I)
_STOPS = re.compile(
    r"\s*(?:\[|,|\"|\Z|(?<![\w-])(?:within|unless|when|giving|via|only\s+when|even\s+when|until|note|by\s+up\s+to|must|will"
    r"|should|may)(?![\w-]))",
    re.I,
)
_FEWEST = 2


def _condition(look: Look) -> tuple[int, int] | None:
    """Where the condition that holds the fault begins, and where it ends at the latest; None outside conditions."""
    lead = next((m for m in reversed(list(_LEADS.finditer(look.text))) if m.end() <= look.at), None)
    if lead is None:
        return None
    begin = lead.end() + len(look.text[lead.end() :]) - len(look.text[lead.end() :].lstrip())
    stop = _STOPS.search(look.text, max(begin, look.at))
    return begin, stop.start() if stop is not None else len(look.text)


def condition_wording(look: Look) -> Iterator[Repair]:
    """``issue is more than 6 months old``; ``the complaint is anonymous``; ``anonymous, vexatious …``; ``and/or``."""
    where = _condition(look)
    if where is None:
        return
    begin, end = where
    for age in _AGE.finditer(look.text, begin):
        new = f"{age['what']} is older than {age['time']}"
        if age.start() <= look.at <= age.end() and age[0].lower() != new.lower():
            yield _instead(" ".join(age[0].split()), new, age.span())
    if look.fault.text == "," and "OR" in look.expected:
        joint = re.search(r"(?<![\w-])(and|or)(?![\w-])", look.text[look.fault.end :], re.I)
        word = joint[1].lower() if joint is not None else "or"
        yield Repair(
            "comma-out-of-place", "Conditions are joined by “and” or “or”, not by commas.", f"Write “{word}”.",
            (look.fault.start, look.fault.end), (look.fault.start, look.fault.end), f" {word} ",
        )  # fmt: skip
    both = _AND_OR.match(look.text, look.fault.start)
    if both is not None:
        yield Repair(
            "other-wording", "“and/or” between conditions is “or”: it holds where one does, and where both do.",
            "Write “or”.", both.span(), both.span(), "or",
        )  # fmt: skip
    if look.fault.plain in ("is", "are", "was", "were", "has", "have"):
        said = next((m for m in _IS.finditer(look.text, begin, end) if m.start() <= look.at <= m.end()), None)
        known = said is not None and (not look.words or look.token(2 if said["not"] else 1).plain in look.words)
        if said is not None and known:
            yield Repair(
                "word-too-many", "A condition is one word of the vocabulary: it says by itself what it is about.",
                f"Leave out “{' '.join(said[0].split())}”.", said.span(), said.span(), "not " if said["not"] else "",
            )  # fmt: skip
    brackets = _BRACKETS.match(look.text, begin)
    if brackets is not None:
        yield Repair(
            "round-brackets", "Conditions are grouped with round brackets; square ones are for clauses.",
            f"Write ({brackets['inner']}).", brackets.span(), brackets.span(), f"({brackets['inner']})", certain=True,
        )  # fmt: skip


def condition_in_own_words(look: Look) -> Iterator[Repair]:
    """``when a court has decided the matter``: what no word of the vocabulary says stands in quotes."""
    where = _condition(look)
    if where is None or look.heading or look.fault.plain in FILLERS:
        return
    begin, end = where
    said = " ".join(look.text[begin:end].split())
    words = re.findall(r"[A-Za-z][\w'’-]*", said)
    if len(words) < _FEWEST or re.search(r'["\[\]()]', said):
        return
    yield Repair(
        "quotes-missing", f"“{said if len(said) <= 60 else said[:59] + '…'}” is not a condition of the vocabulary.",
        "Use a word of the vocabulary (checks/vocabulary.yaml lists them), or put the document's own words in quotes.",
        (begin, end), (begin, end), f'"{said}"', tail="(or the word of the vocabulary that says it)",
    )  # fmt: skip


def _instead(found: str, new: str, span: tuple[int, int]) -> Repair:
    return Repair(
        "other-wording", f"The language has no “{found}” here; it says “{new}”.", f"Write “{new}”.", span, span, new
    )
