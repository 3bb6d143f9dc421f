"""Times said otherwise than the language says them: units, the event that starts the clock, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.look import Look, Repair

_UNITS = {
    r"work(?:ing)?[- ]?days?|week[- ]?days?|w\.?d\.?s?|wkg days?|business[- ]days?|working": "working days",
    r"calendar[- ]days?|consecutive days?|c\.?d\.?s?|calendar": "calendar days",
    r"clear days?|days?": "days",
    r"wks?|weeks?[- ]time|calendar weeks?": "weeks",
    r"mths?|mos?|calendar months?": "months",
    r"yrs?|calendar years?": "years",
    r"hrs?|hours?": "working hours",
    r"office hours?|business[- ]hours?|working[- ]hours?": "working hours",
}
_UNIT = {re.compile(rf"-?(?:{pattern})(?![\w-])", re.I): unit for pattern, unit in _UNITS.items()}
_FORTNIGHT = re.compile(r"(?:(?P<n>\d+|a|one|two)\s+)?fortnights?(?![\w-])", re.I)
_EVENT_TAIL = re.compile(
    r"(?:the\s+)?(?:date|day|time|point|moment|end)\s+(?:of|on which|at which|when)\s+(?:the\s+)?", re.I
)
_RANGE = re.compile(r"(?<![\w.-])(\d{1,3})\s*(?:-|–|—|/|to|and)\s*(\d{1,3})(?=\s)", re.I)
_EVENT_VERBS = ["receiv", "acknowledg", "respond", "answer", "escalat", "logg", "clos", "refus"]
_EVENTS = ["receipt", "acknowledgement", "response", "response", "escalation", "logging", "closure", "refusal"]
_EVENT_PHRASE = re.compile(
    rf"(?<=\bof)\s+((?P<doing>(?:{'|'.join(_EVENT_VERBS)})ing)(?:\s+(?:it|(?:the|a|your)\s+[\w-]+|complaint))?"
    rf"|(?:the\s+|a\s+|your\s+)?[a-z][\w-]*\s+being\s+(?P<done>(?:{'|'.join(_EVENT_VERBS)})ed))(?![\w-])",
    re.I,
)


def unit_missing(look: Look) -> Iterator[Repair]:
    """``within 10 of receipt``."""
    previous = look.previous
    following = look.fault
    if "UNIT" not in look.expected or (following.is_word and following.plain not in ("of", "when", "unless", "giving")):
        return
    yield Repair(
        "unit-missing",
        f"“{previous.text}” has no unit: nobody can tell of what.",
        "Say working days, calendar days, weeks, months or years.",
        (previous.start, previous.end), (previous.end, previous.end), " working days",
        tail="(or calendar days, weeks, months, as the document says)",
    )  # fmt: skip


def figure_with_decimals(look: Look) -> Iterator[Repair]:
    """``1.5 working days``: days and weeks are counted whole."""
    match = re.compile(
        r"\d+[.,]\d+(?=\s*-?\s*(?:working|business|calendar|days?|weeks?|months?|years?|hours?))", re.I
    ).search(look.text, max(0, look.previous.start))
    if match is not None and match.start() <= look.fault.end:
        yield Repair(
            "several-figures", f"“{match[0]}” is not a whole number.",
            "Times are counted in whole units: take the next smaller one, such as working hours for part of a day.",
            match.span(),
        )  # fmt: skip


def unit_joined(look: Look) -> Iterator[Repair]:
    """``10wd``, ``10-working-days``, ``5days``: a figure and its unit are two words."""
    match = re.compile(r"(?P<figure>\d{1,6})-?(?=[a-z])", re.I).match(look.text, look.fault.start)
    if match is None:
        return
    for pattern, unit in _UNIT.items():
        found = pattern.match(look.text, match.end())
        if found is None:
            continue
        span = (match.start(), found.end())
        new = f"{match['figure']} {unit}"
        yield Repair(
            "unit-not-known", f"“{look.text[slice(*span)]}” is written “{new}” here.", f"Write {new}.", span, span, new
        )


def within_missing(look: Look) -> Iterator[Repair]:
    """``must acknowledge 5 working days of receipt``."""
    if "WITHIN" not in look.expected or not re.fullmatch(r"\d{1,6}", look.fault.text):
        return
    if look.words and look.previous.is_word and look.previous.plain not in look.words:
        return  # what stands before it is more likely the word that is wrong
    after = re.compile(r"\s*(?:(?:working|business|calendar)\s+)?(?:days?|weeks?|months?|years?|hours?)(?![\w-])", re.I)
    if after.match(look.text, look.fault.end) is None:
        return
    extends = re.search(r"(?<![\w-])extend(?![\w-])", look.text[: look.at], re.I) is not None
    word = "by up to" if extends else "within"
    yield Repair(
        "other-wording", f"A time needs a word before it: “{word}”.", f"Write “{word}” before “{look.fault.text}”.",
        (look.fault.start, look.fault.end), (look.fault.start, look.fault.start), f"{word} ",
    )  # fmt: skip


def unit_not_known(look: Look) -> Iterator[Repair]:
    """``10 workdays``, ``2 wks``, ``48 hours``, ``a fortnight``."""
    for match in look.matches(_FORTNIGHT, reach=12):
        weeks = {None: 2, "a": 2, "one": 2, "two": 4}.get(match["n"]) or 2 * int(match["n"])
        yield Repair(
            "unit-not-known", "Fortnights are not counted here; weeks are.", f"Write {weeks} weeks.", match.span(),
            match.span(), f"{weeks} weeks",
        )  # fmt: skip
    if "UNIT" not in look.expected:
        return
    for pattern, unit in _UNIT.items():
        found = pattern.match(look.text, look.fault.start)
        if found is None:
            continue
        hours = unit == "working hours" and found[0].lower().startswith("h")
        why = "Hours are counted only as working hours." if hours else f"“{found[0]}” is written “{unit}” here."
        yield Repair(
            "unit-not-known", why, f"Write {unit}.", found.span(), found.span(), f" {unit}",
            tail="(or so many calendar days, if every hour of the day counts)" if hours else "",
        )  # fmt: skip


def several_figures(look: Look) -> Iterator[Repair]:
    """``5 to 10 working days``: a deadline has one figure."""
    for match in look.matches(_RANGE, reach=12):
        yield Repair(
            "several-figures",
            f"“{match[0]}” gives two figures; a deadline has one.",
            f"Keep the longer one, {match[2]}; if the document offers a choice, write {match[1]} or {match[2]}.",
            match.span(), match.span(), match[2],
        )  # fmt: skip


def start_event_without_of(look: Look) -> Iterator[Repair]:
    """``within 10 working days from receipt``."""
    found = re.compile(
        r"(?:starting\s+from|counted\s+from|calculated\s+from|beginning\s+with|from|after|since|following|starting"
        r"|upon|on|to|for|when)(?:\s+the)?(?:\s+(?:date|day)\s+of)?\s+(?=[a-z])",
        re.I,
    )
    clock = re.search(
        r"within\s+(?:[\w-]+|\"[^\"]*\")\s+[\w-]+(?:\s+(?:days?|hours?))?\s*\Z", look.text[: look.at], re.I
    )
    for match in look.matches(found, reach=40):
        if clock is None and not re.search(
            r"(?:days?|weeks?|months?|years?|hours?)\s*\Z", look.text[: match.start()], re.I
        ):
            continue
        lead = " ".join(match[0].split())
        yield Repair(
            "start-event-without-of",
            f"The event that starts the clock is named with “of”, not with “{lead}”.",
            "Write of and the event, as in: within 10 working days of receipt.",
            (match.start(), match.start() + len(match[0].rstrip())), match.span(), "of ",
        )  # fmt: skip


def start_event_words(look: Look) -> Iterator[Repair]:
    """``of the date of receipt``; ``of receipt of the complaint``; ``of receiving``."""
    for match in look.matches(re.compile(r"(?<=\bof)\s+" + _EVENT_TAIL.pattern, re.I), reach=40):
        yield _too_many(match[0].strip(), match.span(), " ")
    if look.fault.plain in ("of", "from", "by", "to") and re.search(r"\bof\s+[\w-]+\s*\Z", look.text[: look.at], re.I):
        after = re.compile(r"(?:of|from|by|to)\s+(?:(?:the|a|your|their|our)\s+)?[a-z][\w-]*", re.I).match(
            look.text, look.fault.start
        )
        if after is not None:
            joined = "-".join([look.previous.plain, *after[0].lower().split()])
            if joined in look.words:
                yield Repair(
                    "words-not-joined", f"“{look.previous.text} {after[0]}” is one word here: {joined}.",
                    f"Write {joined}.", (look.previous.start, after.end()), (look.previous.start, after.end()), joined,
                )  # fmt: skip
            yield _too_many(after[0], (look.previous.end, after.end()), "")
    for match in look.matches(_EVENT_PHRASE, reach=60):
        verb = next(word for word in (match["doing"], match["done"]) if word is not None)
        event = _EVENTS[_EVENT_VERBS.index(next(stem for stem in _EVENT_VERBS if verb.lower().startswith(stem)))]
        span = (match.start(1), match.end())
        phrase = " ".join(look.text[slice(*span)].split())
        yield Repair(
            "other-wording", f"“{phrase}” is not the name of an event; “{event}” is.", f"Write “{event}”.", span, span,
            event,
        )  # fmt: skip
    named = re.search(r"(?<![\w-])of\s+((?:[a-z][\w-]*\s+){1,4})\Z", look.text[: look.at], re.I)
    clock = re.search(r"\b(?:days?|weeks?|months?|years?|hours?)\s+of\s+[\w\s-]*\Z", look.text[: look.at], re.I)
    if named is not None and clock is not None and look.fault.is_word:
        phrase = f"{' '.join(named[1].split())} {look.fault.text}"
        yield Repair(
            "other-wording", f"“{phrase}” is not the name of one event.",
            "Name the event in one word after “of”, such as receipt, acknowledgement, escalation or response.",
            (named.start(1), look.fault.end),
        )  # fmt: skip


def _too_many(words: str, cut: tuple[int, int], new: str) -> Repair:
    return Repair(
        "word-too-many", f"“{words}” is more than the name of the event.", f"Leave out “{words}”.",
        (cut[1] - len(words), cut[1]) if not new else (cut[0] + 1, cut[1]), cut, new,
    )  # fmt: skip


def start_event_missing(look: Look) -> Iterator[Repair]:
    """``within 10 working days of.``"""
    if look.previous.plain != "of" or not look.expected <= {"WORD", "STAGE", "STRING"} or look.fault.is_word:
        return
    yield Repair(
        "start-event-missing",
        "“of” has no event after it: nobody can tell when the time starts.",
        "Name the event, as in: of receipt. If the document does not say, write: of start-not-stated.",
        (look.previous.start, look.previous.end), (look.previous.end, look.previous.end), " start-not-stated",
        tail="(or the event that the document names, such as receipt)",
    )  # fmt: skip


def figure_too_long(look: Look) -> Iterator[Repair]:
    """A number of more than six figures."""
    if re.fullmatch(r"\d{7,}", look.fault.text):
        span = (look.fault.start, look.fault.end)
        yield Repair(
            "sentence-not-understood", "This number is longer than any that a policy needs.", "Check the figure.", span
        )
