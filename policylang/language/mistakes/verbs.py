"""The verb of a sentence: duty words that are missing, in the wrong place, or in the passive voice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from policylang.language.mistakes.look import Look, Repair

_IRREGULAR = {
    "given": "give", "sent": "send", "told": "tell", "made": "make", "kept": "keep", "written": "write",
    "taken": "take", "shown": "show", "held": "hold", "seen": "see", "done": "do", "found": "find", "paid": "pay",
    "heard": "hear", "met": "meet", "dealt": "deal", "put": "put", "set": "set", "brought": "bring", "sought": "seek",
    "understood": "understand", "undertaken": "undertake", "withdrawn": "withdraw", "begun": "begin", "led": "lead",
    "chosen": "choose", "spoken": "speak", "read": "read", "known": "know", "drawn": "draw", "let": "let",
}  # fmt: skip
_STAGE = r"(?P<stage>(?:(?:any|each)\s+stage|stage\s+\d+)\s+)?"
_DUTY = r"(?P<modal>must|shall|will|should|may|has\s+to|have\s+to|(?:aims?|attempts?|intends?|endeavours?)\s+to)"
_PASSIVE = re.compile(
    rf"\s*{_STAGE}(?P<subject>[^\"\[\]]*?)\s*\b{_DUTY}(?P<negation>\s+(?:not|normally|usually|generally|ideally))*"
    r"\s+be\s+(?:[a-z]+ly\s+)?(?P<verb>[a-z][\w-]*)",
    re.I,
)
_AGENTS = re.compile(
    r"(?:residents?|tenants?|customers?|complainants?|landlord|anyone|everyone|we|you|they|representatives?|organisation"
    r"|organization|staff|team|manager|officer|director|board|panel|[\w-]+-(?:team|manager|officer|director|panel|body))\Z",
    re.I,
)
_ASKED = frozenset(
    {"required", "expected", "asked", "allowed", "permitted", "entitled", "obliged", "encouraged", "invited"}
)
_HEDGE = re.compile(r"(?<![\w-])(?:normally|ideally|usually|generally|typically)(?![\w-])", re.I)
_FIRST_MODAL = re.compile(r"(?<![\w-])(?:must|shall|will|should)(?:\s+not)?(?![\w-])", re.I)


def passive_voice(look: Look) -> Iterator[Repair]:
    """``complaints will be acknowledged within …``: who does it comes first, then the verb, then what it is done to."""
    match = _PASSIVE.match(look.text)
    if match is None or look.at > match.end() + 1:
        return
    verb = match["verb"]
    done = verb.lower() in _IRREGULAR or verb.lower().endswith("ed")
    be = look.text.rfind("be", match.end("modal"), match.start("verb"))
    span = (be, match.end("verb"))
    if not done:
        if look.at <= match.end():
            yield Repair(
                "passive-voice",
                f"“be {verb}” does not say what is done.",
                f"Say what is done (must publish …), or say what something is (… is {verb}).",
                span,
            )
        return
    if verb.lower() in _ASKED and re.match(r"\s+to\s+[a-z]", look.text[match.end() :], re.I):
        yield Repair(
            "passive-voice", f"“be {verb} to” puts one verb upon another: who has to do what, or may?",
            "Say who must or may do it (resident may …), or what must not be asked (must not require reasons).", span,
        )  # fmt: skip
        return
    active = stem(verb.lower(), look.words)
    start = "".join(filter(None, (match["stage"], match["modal"], match["negation"], " ", active)))
    subject = match["subject"].strip()
    yield Repair(
        "passive-voice",
        f"“be {verb}” is in the passive voice: the action comes first, then what it is done to.",
        f"Write {match['modal']} {active} and then what is {verb}.",
        span, (0, match.end()), f"{start} {subject}".rstrip(),
    )  # fmt: skip


def stem(verb: str, words: Collection[str]) -> str:
    """The plain form of a past participle: ``acknowledged`` to ``acknowledge``, ``logged`` to ``log``.

    Of the forms that English allows, one that is in ``words``; else the likeliest.
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if not verb.endswith("ed") or len(verb) < 4:
        return verb
    bare, forms = verb[:-2], []
    if verb.endswith("eed"):
        forms.append(verb[:-1])
    if verb.endswith("ied"):
        forms.append(f"{verb[:-3]}y")
    if len(bare) > 2 and bare[-1] == bare[-2] and bare[-1] not in "sl":
        forms.append(bare[:-1])
    silent = re.search(
        r"(?:[bcdfgklmnprstvz]l|at|[aeiou][uv]|[cgsuvz]|let|[aeiou]{1}[rs]|[^aeiou][aiou]d|[^aeiou][aiou]n)$", bare
    )
    doubtful = bare.endswith(("ss", "ell", "eat", "oat", "er", "or", "en", "ol", "on", "ain"))
    forms += [verb[:-1], bare] if silent and not doubtful else [bare, verb[:-1]]
    return next((form for form in forms if form in words), forms[0])


def verb_of_duty_missing(look: Look) -> Iterator[Repair]:
    """``acknowledge within 5 working days``: nobody can tell whether it is a duty, an aim or a permission."""
    if look.heading or "MUST" not in look.expected or not look.previous.is_word:
        return
    if look.index > 4 or not all(token.is_word or token.text.isdigit() for token in look.tokens[: look.index]):
        return
    staged = 2 if look.tokens[0].plain == "stage" and look.token(0).start != look.tokens[0].start else 0
    named = look.tokens[staged : look.index]
    if not named:
        return
    if look.words and not any(form in look.words for word in named for form in (word.plain, word.plain[:-1])):
        return
    help = "Say must or will for a duty, should or aims to for an aim, may for what is allowed."
    tail = "(or will, should, may, aims to, as the document says)"
    first = named[0]
    fits = _AGENTS.fullmatch(first.text) is not None or (
        look.fault.is_word
        and look.fault.plain.endswith("s")
        and look.fault.plain not in look.words
        and not first.plain.endswith("s")
    )
    plain = look.fault.plain
    if fits and look.fault.is_word and len(named) == 1:
        # “team responds”: after a verb of duty the plain form stands.
        base = next((form for form in (plain[:-1], plain[:-2]) if form in look.words), plain[:-1])
        verb = base if plain.endswith("s") and not plain.endswith("ss") else look.fault.text
        yield Repair(
            "verb-of-duty-missing",
            f"This sentence has no verb of duty before “{look.fault.text}”: is it a duty, an aim or a permission?",
            help, (look.fault.start, look.fault.end), (look.fault.start, look.fault.end), f"must {verb}", tail,
        )  # fmt: skip
    yield Repair(
        "verb-of-duty-missing",
        f"This sentence has no verb of duty before “{first.text}”: is it a duty, an aim or a permission?",
        help, (first.start, first.end), (first.start, first.start), "must ", tail,
    )  # fmt: skip


def adverb(look: Look) -> Iterator[Repair]:
    """``must thoroughly investigate complaint``: how an action is done is a remark."""
    for token in (look.token(-2), look.previous, look.fault):
        before = next((t for t in reversed(look.tokens) if t.end <= token.start), None)
        softened = before is not None and before.plain in ("must", "will", "shall", "should", "may", "not", "to")
        if not softened or not re.fullmatch(r"[a-z]{3,}ly", token.plain) or token.plain in look.words or look.heading:
            continue
        if before is not None and before.plain == "not":
            yield Repair(
                "word-too-many", f"“{token.text}” says how; it would limit what is forbidden without saying how far.",
                "Leave it out, and say with unless or when what is allowed, as in: unless good-reason.",
                (token.start, token.end),
            )  # fmt: skip
            return
        rest = look.text[: token.start] + look.text[token.end :].lstrip()
        clauses = re.search(r"\s*(\[[^\[\]]*\])\s*\Z", rest)
        body, cited = (rest[: clauses.start()], f" {clauses[1]}") if clauses is not None else (rest.rstrip(), "")
        yield Repair(
            "word-too-many", f"“{token.text}” says how; the language keeps that as a remark.",
            f'Leave it out, or write note "{token.plain}" at the end of the sentence.',
            (token.start, token.end), (0, len(look.text)), f'{body} note "{token.plain}"{cited}',
        )  # fmt: skip


def stages_joined(look: Look) -> Iterator[Repair]:
    """``stage 1 and stage 2 must …``: a sentence is about one stage, or about any."""
    match = re.match(r"\s*stages?\s+\d+\s*(?:and|,|&|or|/)\s*(?:stage\s+)?\d+", look.text, re.I)
    if match is not None and look.at <= match.end():
        yield Repair(
            "several-figures", f"“{' '.join(match[0].split())}” names two stages; a sentence is about one.",
            "Write a sentence for each stage, or “any stage” if it holds for all of them.", match.span(),
        )  # fmt: skip


def hedge_out_of_place(look: Look) -> Iterator[Repair]:
    """``must respond normally within 10 days``: the softening word follows the verb of duty."""
    modal = _FIRST_MODAL.search(look.text)
    for match in look.matches(_HEDGE, reach=20):
        if modal is None:
            continue
        word = "usually" if match[0].lower() == "typically" else match[0].lower()
        rest = look.text[modal.end() : match.start()].rstrip() if match.start() >= modal.end() else None
        if rest is not None:
            yield Repair(
                "hedge-out-of-place",
                f"“{match[0]}” stands away from the verb of duty that it softens.",
                f"Write {modal[0]} {word}.",
                match.span(), (modal.end(), match.end()), f" {word}{rest}",
            )  # fmt: skip
        else:
            yield Repair(
                "hedge-out-of-place",
                f"“{match[0]}” stands before the verb of duty that it softens.",
                f"Write {modal[0]} {word}.",
                match.span(), (match.start(), modal.end()), f"{modal[0]} {word}",
            )  # fmt: skip
