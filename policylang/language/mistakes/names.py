"""Words side by side: names that need a hyphen, quotes or a comma, words too many, and words misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.findings.nearest import nearest
from policylang.language.mistakes.look import Look, Repair, Word

FILLERS = frozenset(
    re.findall(
        r"\w+",
        """the a an any all our your their its his her my this that these those each every some both such also then
        please always only either neither we us you they he she it so very as just there here who which""",
    )
)
_SUBJECTS = frozenset({"we", "you", "they"})
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """must shall will should may aims attempts try tries endeavours intends normally usually generally ideally not
        closes means mean does is are has have no becomes become exactly only and or of within immediately promptly
        soon possible without delay reasonable time further every regularly daily weekly monthly quarterly yearly
        annually when if unless until giving via to from by about affecting including with for lasting in at same
        times person opinion as the code requires says before after see note stage section provision reading policy
        edition known cited organisation issuer version calendar force adopted approved issued reviewed next review
        effective published bare clauses document under governed linked policies documents refers closed deviation
        because plan requirement shown working business days hours weeks months years quarters day hour week month
        year quarter least most any each older than deadline up all even on request automatically later""",
    )
)
"""The words that hold sentences together. A word nearly like one of them may be one of them misspelt."""
_QUOTED_AFTER = re.compile(
    r"(?<![\w-])(?:policy|code|edition|organi[sz]ation|issuer|version|note|requirement|plan|because|approved\s+by"
    r"|cited\s+as|under|reading|(?:before\s+|after\s+)?stage\s+\d+|section\s+\d+|provision\s+\S+|of)\s+(?=[^\s\"\[])"
    r"(?!(?:must|shall|will|should|may|is|are|has|have|means|becomes?|closes|can(?:not)?|needs?)\b)",
    re.I,
)
_STOPS = re.compile(r'\s*(?:\[|"|\b(?:edition|approved by|from \d|until \d|plan|because|cited as|under)\b)', re.I)
_TITLE = re.compile(r"[A-Z][\w’'&-]*(?:\s+(?:(?:of|and|the|for|&)\s+)?[A-Z][\w’'&-]*)*(?:\s+(?:19|20)\d\d(?![\w-]))?")
_ONLY_FIRST = frozenset({"policy", "code", "version", "organisation", "organization", "issuer"})
_LONGEST = 5


def word_twice(look: Look) -> Iterator[Repair]:
    """``must must``, ``within within``."""
    for first, second in ((look.previous, look.fault), (look.fault, look.token(1))):
        if first.text and first.plain == second.plain:
            yield Repair(
                "word-twice", f"“{second.text}” is there twice.", "Leave one out.",
                (second.start, second.end), (first.end, second.end), "",
            )  # fmt: skip


def to_too_many(look: Look) -> Iterator[Repair]:
    """``must to respond``."""
    if look.fault.plain == "to" and look.previous.text:
        yield _drop(
            look.fault, f"No “to” follows “{look.previous.text}”.", f"Leave out “to” after “{look.previous.text}”."
        )


def word_too_many(look: Look) -> Iterator[Repair]:
    """Articles, pronouns and other small words that the language does without."""
    for token in (look.fault, look.previous):
        following = look.token(1 if token is look.fault else 0).plain
        if token.plain not in FILLERS or (token.plain == "the" and following == "following"):
            continue
        if token.plain in _SUBJECTS and token.start == look.tokens[0].start:
            yield _drop(
                token,
                f"“{token.text}” is not needed: without a name, a sentence speaks of the organisation.",
                f"Leave out “{token.text}”, or name who it is.",
            )
        else:
            yield _drop(token, f"“{token.text}” is not needed here.", f"Leave out “{token.text}”.")
    if look.previous.plain in FILLERS and look.token(-2).plain in FILLERS:
        both = Word(f"{look.token(-2).text} {look.previous.text}", look.token(-2).start, look.previous.end)
        yield _drop(both, f"“{both.text}” is not needed here.", f"Leave out “{both.text}”.")


def _drop(token: Word, message: str, help: str) -> Repair:
    return Repair("word-too-many", message, help, (token.start, token.end), (token.start, token.end), "")


def word_misspelt(look: Look) -> Iterator[Repair]:
    """``witihn``, ``wrking days``, ``msut``."""
    for token in (look.fault, look.previous, look.token(-2), look.token(1)):
        if not token.is_word or len(token.text) < 3 or token.plain in KEYWORDS or token.plain in look.words:
            continue
        for near in nearest(token.plain, KEYWORDS, most=3):
            # Short words are near to each other without being slips of one another.
            slip = sorted(near) == sorted(token.plain) or (len(token.text) > 4 and near[0] == token.plain[0])
            if not slip or abs(len(near) - len(token.text)) > 2 or near.startswith(token.plain):
                continue
            yield Repair(
                "word-misspelt", f"“{token.text}” looks like “{near}” misspelt.", f"Write “{near}”.",
                (token.start, token.end), (token.start, token.end), near,
            )  # fmt: skip


def quotes_missing(look: Look) -> Iterator[Repair]:
    """``organisation Connect Housing``; ``stage 1 Informal``; ``responder is Senior Manager``."""
    for match in look.matches(_QUOTED_AFTER, reach=200):
        lead = match[0].split()[0].lower()
        if match.start() and (lead in _ONLY_FIRST or (lead == "of" and not look.heading)):
            continue
        stop = _STOPS.search(look.text, match.end())
        end = stop.start() if stop is not None else len(look.text.rstrip())
        words = look.text[match.end() : end].strip(" ,:'‘’-–—")
        if words[:1] == "(" and words[-1:] == ")":
            words = words[1:-1].strip()
        if words and look.at <= end + 1:
            shown = " ".join(words.split())
            yield Repair(
                "quotes-missing", f"“{_short(shown)}” is free text, and free text stands in quotes.",
                f'Write "{_short(shown)}".', (match.end(), end), (match.end(), end), f'"{shown}"',
            )  # fmt: skip
    for match in look.matches(_TITLE, reach=100):
        stage = re.search(r"(?<![\w-])stage\s+\Z", look.text[: match.start()], re.I) and re.fullmatch(
            "[IVX]+", match[0]
        )
        if match.end() >= look.previous.start and (" " in match[0] or match.start() > 0) and not stage:
            joined = "-".join(match[0].lower().split())
            if joined in look.words:
                yield Repair(
                    "words-not-joined", f"“{match[0]}” is one name of several words, joined with hyphens.",
                    f"Write {joined}.", match.span(), match.span(), joined,
                )  # fmt: skip
            yield Repair(
                "quotes-missing", f"“{match[0]}” is a name, and names stand in quotes.", f'Write "{match[0]}".',
                match.span(), match.span(), f'"{match[0]}"',
            )  # fmt: skip


def heading_of_several_words(look: Look) -> Iterator[Repair]:
    """``feedback and comments:`` — one word says what a section is about, and its title stands in quotes."""
    title = " ".join(look.text.split())
    if not look.heading or not re.fullmatch(r"[A-Za-z][\w ,&’'/-]*", title) or " " not in title:
        return
    message = f"“{_short(title)}” are several words; a section is called by one, and its title stands in quotes."
    step = re.fullmatch(
        r"(?:the\s+)?(?:informal|pre-?complaint|early[ -]resolution|concerns?|first contact)(?:\s+\w+)?", title, re.I
    )
    if step is not None:
        yield Repair(
            "heading-not-understood", "A step before the first stage is headed “before stage 1”.",
            f'Write: before stage 1 "{title}":', (0, len(look.text)), (0, len(look.text)), f'before stage 1 "{title}"',
        )  # fmt: skip
    standing = re.fullmatch(r"from\s+(?:the\s+|our\s+)?(?P<kind>[a-z][a-z ]*)", title, re.I)
    if standing is not None and "".join(standing["kind"].lower().split()) in (look.words or ("checklist",)):
        kind = "".join(standing["kind"].lower().split())
        yield Repair(
            "heading-not-understood", f"The kind of text is one word: {kind}.", f"Write: from {kind}:",
            (0, len(look.text)), (0, len(look.text)), f"from {kind}",
        )  # fmt: skip
    first = look.tokens[0]
    known = first.plain if first.plain in look.words else None
    help = f'Write the word for the section and then the title, as in: process "{_short(title)}":'
    whole = (0, len(look.text))
    yield Repair("heading-not-understood", message, help, whole, whole, f'{known} "{title}"' if known else None)


def words_not_joined(look: Look) -> Iterator[Repair]:
    """``must give ombudsman contact``: one thing of several words is joined by hyphens."""
    first, last = look.index - 1, look.index
    figure = look.fault.text.isdigit()  # equality act 2010
    if not (look.previous.is_word and (look.fault.is_word or figure)) or look.fault.plain in KEYWORDS:
        return
    words = look.tokens
    for begin in range(max(0, first - _LONGEST + 2), first + 1):
        for end in range(min(len(words) - 1, begin + _LONGEST - 1), last - 1, -1):
            run = words[begin : end + 1]
            joined = "-".join(word.plain for word in run)
            if joined in look.words and all(word.is_word or word.text.isdigit() for word in run):
                yield _join(look, run, joined, sure=True)
    if look.previous.plain in KEYWORDS or figure:
        return
    run = [look.previous]
    for word in words[look.index : look.index + _LONGEST]:
        if not word.is_word or word.plain in KEYWORDS:
            break
        run.append(word)
    joined = "-".join(word.plain for word in run)
    shown = look.text[run[0].start : run[-1].end]
    if look.words:
        yield Repair(
            "words-not-joined",
            f"“{' '.join(shown.split())}” are words side by side, with nothing to join them.",
            "Join the words of one name with a hyphen, put a comma between two names, and put free text in quotes.",
            (run[0].start, run[-1].end),
        )
    else:
        yield _join(look, run, joined, sure=False)


def _join(look: Look, run: list[Word], joined: str, *, sure: bool) -> Repair:
    span = (run[0].start, run[-1].end)
    shown = " ".join(look.text[slice(*span)].split())
    message = f"“{shown}” is one name of several words, and those are joined with hyphens."
    if not sure:
        message = f"“{shown}” are words side by side, with nothing to join them."
    help = f'Join words with a hyphen ({joined}) if they are one name, or put them in quotes: "{shown}".'
    if sure:
        help = f"Write {joined}."
    return Repair("words-not-joined", message, help, span, span, joined, sure=sure)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
