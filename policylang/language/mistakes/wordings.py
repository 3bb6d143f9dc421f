"""Phrases of ordinary policy English and the words that the language has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.build_nodes import NUMBER_WORDS
from policylang.language.mistakes.look import Look, Repair

# A table, so that a phrase that people type costs one line. The longest phrase of a row that fits wins.
_ROWS: list[tuple[str, str]] = [
    # words that come before all others, because shorter ones are part of them
    (r"not by (?:the )?same (?:person|officer|manager|individual|member of staff|investigator|team|handler)s? (?:as|who"
     r" (?:dealt with|handled|answered|investigated|responded at))(?: at)?"
     r"|by (?:a |an )?(?:different|another) (?:person|officer|manager|member of staff) (?:from|than|to)",
     "not by the same person as"),
    (r"as (?:required|set out|directed|demanded) (?:by|in) (?:the )?(?:complaint handling |ombudsman )?code"
     r"|in (?:line|accordance) with (?:the )?(?:complaint handling |ombudsman )?code", "as the code requires"),
    (r"(?:do|does) not mean|doesn'?t mean|(?:does not|doesn'?t) include", "does not mean"),
    (r"(?:is|are) (?:defined as|taken to mean|understood as)|(?:has|have) the meaning of|shall mean", "means"),
    (r"(?:our|the) aim is to|it is our aim to|we (?:seek|strive|hope|try|intend) to"
     r"|(?:will|shall) (?:do our best|use best endeavours|make every effort|make every attempt) to", "aims to"),
    (r"we (?:are committed|are going|undertake|commit|promise) to", "will"),
    (r"we (?:are required|are obliged|need) to", "must"),
    (r"we (?:can|are able to)", "may"),
    (r"there (?:are|is)", "process has"),
    (r"consists? of|(?:is|are) made up of|comprises?|has a total of", "has"),
    (r"(?:a )?minimum(?: of)?|no (?:fewer|less) than|not (?:less|fewer) than", "at least"),
    (r"(?:a )?maximum(?: of)?", "at most"),
    (r"any(?= (?:\d+|two|three|four|five) of\b)", "at least"),
    (r"turns? into|(?:is|are) (?:then )?(?:treated|dealt with|handled) as|converts? to", "becomes"),
    (r"at least once every|(?:no|not) less (?:often|frequently) than every", "at least every"),
    (r"with in(?= (?:\d|[a-z-]+ (?:working|calendar|days|weeks)))", "within"),
    (r"(?:the )?same (?:times?|timescales?|timeframes?|deadlines?) (?:as|of|in) (?:(?:those )?(?:of|in|set by) )?"
     r"(?:the )?(?:complaint handling )?code|(?:with)?in the (?:code's |code’s )(?:times|timescales|timeframes)"
     r"|(?:with)?in the (?:times|timescales|timeframes) (?:of|set (?:out )?(?:by|in)|required by) the code",
     "same times as the code"),
    (r"(?:in )?(?:the )?same (?:time|timescale|timeframe|deadline)s? (?:as|of|for)(?= stage)", "same times as"),
    (r"by upto|upto|up to", "by up to"),
    (r"for(?= (?:a )?(?:\d+|one|two|three|five|six|seven|ten|twelve) (?:days?|weeks?|months?|years?))", "lasting"),
    (r"stage i", "stage 1"),
    (r"stage ii", "stage 2"),
    (r"stage iii", "stage 3"),
    # deadlines
    (r"(?:no|not) (?:later|more) than|within (?:a|the) (?:maximum|period|space|timescale|timeframe) of|inside"
     r"|not exceeding|in (?:no more|less) than|in under|in|by no later than|at most|up to|by", "within"),
    (r"up to a maximum of|for (?:no more than|up to)|by (?:no|not) more than|by (?:a maximum of|at most|a further)"
     r"|for a further|by another|by", "by up to"),
    # duty
    (r"needs? to|(?:is|are) (?:required|obliged|bound) to|(?:has|have) got to|(?:is|are) to|must always|must also"
     r"|must ensure(?: that)?", "must"),
    (r"would(?! like)|undertakes? to|commits? to|promises? to|agrees? to|we'll"
     r"|(?:is|are) (?:committed|going) to", "will"),
    (r"ought to|(?:is|are) expected to|should (?:always|also)", "should"),
    (r"can|could|might|(?:is|are) (?:able|allowed|entitled|permitted|free|welcome) to|(?:has|have) (?:the|a) right to"
     r"|may (?:also|choose to|decide to)", "may"),
    (r"aims? at|seeks? to|hopes? to|strives? to|works? to|expects? to|plans? to|would like to|(?:is|are) aiming to"
     r"|will (?:aim|try|attempt|endeavour|seek) to|aim", "aims to"),
    (r"must never|shall never|mustn'?t|(?:do|does|did) not|don'?t|doesn'?t|never", "must not"),
    (r"won'?t|will never", "will not"),
    (r"can(?: not|not|'?t)|may never|(?:is|are) not (?:able|allowed|entitled|permitted) to", "may not"),
    (r"shouldn'?t|should never", "should not"),
    # conditions
    (r"in the event (?:that|of)|in cases? (?:where|of|that)|in circumstances where|where|whenever|once"
     r"|provided(?: that)?|so long as|as long as|on condition that|assuming(?: that)?|upon|in case|as soon as", "when"),
    (r"except(?:ing)?(?: (?:when|where|if|for|in cases? of))?|apart from(?: when)?|other than(?: when)?"
     r"|save (?:when|where|if|for)|but not (?:when|where|if)|not when", "unless"),
    (r"until such time as|till", "until"),
    (r"even though|even where", "even when"),
    (r"only (?:where|in the event of|in cases? of|after)|only", "only when"),
    # contents
    (r"containing|stating|setting out|explaining|outlining|detailing|together with|along with|with details of"
     r"|(?:and|which|that) (?:must |will |should )?(?:states?|gives?|includes?|contains?|sets? out|explains?)"
     r"|to include|including|which includes", "giving"),
    (r"such as|for example|for instance|like|to include", "including"),
    (r"the following|as follows|that|which", ""),
    # who and how
    (r"through(?: the use of)?|using|by (?:means|way) of|over|on", "via"),
    (r"regarding|concerning|relating to|(?:in relation|with regard|with respect) to|in respect of", "about"),
    (r"prior to|ahead of|in advance of", "before"),
    (r"subsequent to|following", "after"),
    (r"together with|as well as|plus|along with", "and"),
    # how often, how soon
    (r"(?:at least )?(?:once )?(?:each|per|a|every single|once every)(?= (?:day|week|month|quarter|year)\b)", "every"),
    (r"at least (?:once )?(?:each|per|a)(?= (?:day|week|month|quarter|year)\b)|at a minimum every", "at least every"),
    (r"on an? (?:annual|yearly) basis|annual|each and every year", "every year"),
    (r"on a quarterly basis", "every quarter"),
    (r"on a monthly basis", "every month"),
    (r"bi-?annually|twice (?:a|per|each) year|half-yearly|(?:six|6)-monthly", "every 6 months"),
    (r"(?:at regular intervals|on a regular basis|from time to time|periodically|routinely|frequently)", "regularly"),
    (r"without undue delay|as (?:quickly|promptly) as possible|straight(?: away|away)|at once|asap"
     r"|at the earliest opportunity|as soon as (?:is )?(?:reasonably )?(?:practicable|practical|possible)"
     r"|quickly|swiftly", "as soon as possible"),
    (r"within a reasonable (?:time|timescale|timeframe|period)|in a timely manner|in good time", "in reasonable time"),
    (r"on demand|if requested|when requested|when asked", "on request"),
    # lists and references
    (r"any (?:one )?(?:or more )?of the following|one (?:or more )?of", "any of"),
    (r"stage[- ]one|first stage", "stage 1"),
    (r"stage[- ]two|second stage", "stage 2"),
    (r"stage[- ]three|third stage", "stage 3"),
    (r"(?:all|both|each) (?:the )?stages?", "any stage"),
    (r"for the avoidance of doubt|please note(?: that)?|it is (?:noted|recognised) that|in addition|additionally"
     r"|furthermore|however|therefore", ""),
]  # fmt: skip
_TABLE = [
    (re.compile(rf"(?<![\w-])(?:{pattern.replace(' ', chr(92) + 's+')})(?![\w-])", re.I), new) for pattern, new in _ROWS
]
_BEFORE_FIGURES = ("within", "by up to")
_FIGURE = re.compile(rf"\s+(?:\d|\"|(?:{'|'.join(sorted(NUMBER_WORDS, reverse=True))})(?![\w-]))", re.I)
_EXTENDS = ("extend", "extend response", "extend the response", "extend time", "extend the time")
_AS_SAYS = re.compile(
    r"(?<![\w-])(?:as per|as (?:set out|described|stated|detailed|required|defined) (?:in|by)"
    r"|in (?:accordance|line) with|per|according to|under)\s+(?:the\s+|our\s+)?(?P<name>\"[^\"]*\"|[a-z][\w-]*)",
    re.I,
)


def other_wording(look: Look) -> Iterator[Repair]:
    """A phrase for which the language has another."""
    seen: set[tuple[int, int, str]] = set()
    for pattern, new in _TABLE:
        for match in look.matches(pattern):
            found = " ".join(match[0].split())
            if found.lower() == new or (*match.span(), new) in seen:
                continue
            if new in _BEFORE_FIGURES and not _FIGURE.match(look.text, match.end()):
                continue
            if new == "within" and look.text[: match.start()].lower().rstrip().endswith(_EXTENDS):
                continue
            seen.add((*match.span(), new))
            yield _instead(found, new, match.span())
    for match in look.matches(_AS_SAYS):
        yield _instead(" ".join(match[0].split()), f"as {match['name']} says", match.span())


def _instead(found: str, new: str, span: tuple[int, int]) -> Repair:
    if not new:
        return Repair(
            "word-too-many",
            f"“{found}” says nothing that the sentence needs.",
            f"Leave out “{found}”.",
            span,
            span,
            "",
            certain=found.lower() == "the following",
        )
    return Repair(
        "other-wording", f"The language has no “{found}” here; it says “{new}”.", f"Write “{new}”.", span, span, new
    )
