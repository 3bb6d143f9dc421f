"""Hypothesis strategies that every room may use: sentences, headings and whole documents of the language, as text.

``documents()`` draws what a person might type: any form of the grammar, keywords in capitals or not, white space and
comments anywhere, curly or straight quotes. Each is readable without a finding. ``vocabulary`` limits the words.
Strategies are made once and kept: making them takes far longer than drawing from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

WORDS = (
    "complaint", "resident", "receipt", "response", "acknowledgement", "reasons", "remedy", "new-date", "email",
    "stage-1-letter", "board", "acknowledge", "respond", "give", "anonymous", "good-reason", "ombudsman-contact",
    "third-party", "x", "a1", "of-old", "within-reach", "stage", "policy", "version", "organisation", "note",
)  # fmt: skip
UNITS = (
    "working day", "working days", "business days", "calendar days", "Calendar Day", "days", "day", "weeks", "week",
    "months", "years", "quarters", "working hours", "business hour",
)  # fmt: skip
NUMBERS = ("1", "2", "5", "10", "21", "007", "three", "Twenty-One", "a", "fifteen", "999999")
_CLASHES = ("policy", "version", "organisation", "note", "stage")  # words with another sense before a quote or a figure
_FIRST_WORDS = 4

Tokens = list[str]


@cache
def words(vocabulary: tuple[str, ...] = WORDS) -> st.SearchStrategy[str]:
    """A word of the vocabulary, sometimes with capitals."""
    return st.sampled_from(vocabulary).flatmap(lambda w: st.sampled_from((w, w, w, w.capitalize(), w.upper())))


@cache
def plain_words(vocabulary: tuple[str, ...] = WORDS) -> st.SearchStrategy[str]:
    """A word that means the same wherever it stands."""
    return words(tuple(w for w in vocabulary if w not in _CLASHES))


@cache
def quoted() -> st.SearchStrategy[str]:
    """Free text in straight or curly quotes, with the other kind, brackets, stops and signs inside."""
    inner = st.text(st.sampled_from("abc ’.,:;#[]()/%&–éß\t\u00a0"), max_size=60)
    long = st.lists(
        st.sampled_from(("some", "words", "that", "go", "on.", "#", "[3.1]", "and:")), min_size=1, max_size=60
    )
    text = st.one_of(inner, inner, long.map(" ".join))
    nested = st.tuples(text, text).map(lambda two: f"{two[0]}“{two[1]}” ")
    straight = st.one_of(text, nested).map(lambda t: f'"{t}"')
    curly = st.one_of(text, text.map(lambda t: f'{t} "x" ')).map(lambda t: f"“{t}”")
    return st.one_of(straight, straight, curly)


def _sentence(*parts: st.SearchStrategy[Tokens] | str) -> st.SearchStrategy[Tokens]:
    drawn = [st.just(part.split()) if isinstance(part, str) else part for part in parts]
    return st.tuples(*drawn).map(lambda lists: [token for tokens in lists for token in tokens])


def _one(text: st.SearchStrategy[str]) -> st.SearchStrategy[Tokens]:
    return text.map(lambda t: [t])


def _maybe(part: st.SearchStrategy[Tokens] | str) -> st.SearchStrategy[Tokens]:
    return st.one_of(st.just([]), _sentence(part))


def _any(*texts: str) -> st.SearchStrategy[Tokens]:
    return st.sampled_from(texts).map(str.split)


@cache
def terms(vocabulary: tuple[str, ...] = WORDS) -> st.SearchStrategy[Tokens]:
    """A list: words and quoted texts with every kind of joint, sometimes marked as closed or open."""
    joints = st.sampled_from((",", ",", "and", "or", "and/or", ", and", ", or"))
    items = st.lists(
        st.tuples(joints, st.one_of(plain_words(vocabulary), plain_words(vocabulary), quoted())), max_size=4
    )
    first = st.one_of(plain_words(vocabulary), quoted())
    listed = st.tuples(first, items).map(
        lambda drawn: [drawn[0], *(token for joint, item in drawn[1] for token in [*joint.split(), item])]
    )
    return st.one_of(
        listed, listed, _sentence(_any("only", "at least", "at least 2 of", "at least two of", "any of"), listed)
    )


@cache
def durations() -> st.SearchStrategy[Tokens]:
    """``10 working days``, ``30 or 60 days``, ``"X" days``."""
    unit = _one(st.sampled_from(UNITS))
    number = _one(st.sampled_from(NUMBERS))
    return st.one_of(_sentence(number, unit), _sentence(number, "or", number, unit), _sentence(_one(quoted()), unit))


@cache
def periods() -> st.SearchStrategy[Tokens]:
    """``month``, ``3 years``: what may follow ``every``."""
    unit = _one(st.sampled_from(UNITS))
    return st.one_of(unit, _sentence(_one(st.sampled_from(NUMBERS)), unit), _sentence(_one(quoted()), unit))


@cache
def events() -> st.SearchStrategy[Tokens]:
    return _sentence(_maybe("stage 2"), _one(plain_words()))


@cache
def conditions() -> st.SearchStrategy[Tokens]:
    """Conditions with ``and``, ``or``, ``not`` and brackets, a few levels deep."""
    atom = st.one_of(
        _one(plain_words()),
        _one(quoted()),
        _sentence(_one(plain_words()), "is older than", durations(), _maybe(_sentence("of", events()))),
        _sentence(_one(plain_words()), "in the", durations(), "after", events()),
    )
    return st.recursive(
        atom,
        lambda inner: st.one_of(
            _sentence("not", inner),
            _sentence(inner, "and", inner),
            _sentence(inner, "or", inner, "or", inner),
            _sentence("(", inner, ")"),
        ),
        max_leaves=5,
    )


@cache
def qualifiers() -> st.SearchStrategy[Tokens]:
    """Any qualifier that may stand in a sentence more than once, and after any other."""
    listed = _sentence(
        _any("giving", "via", "to", "by", "not by", "about", "affecting", "including", "with", "for", "in",
             "in the opinion of"), terms(),
    )  # fmt: skip
    return st.one_of(
        listed,
        listed,
        _sentence(_any("when", "if", "unless", "only when", "only if", "even when", "until"), conditions()),
        _any(
            "immediately", "as soon as possible", "in reasonable time", "with no deadline", "further", "quarterly",
            "not by the same person as stage 1", "at stage 2", "at any stage", "as the code requires", "on request",
            "same times as stage 1", "same times as the code", "automatically",
        ),
        _sentence("before", events()),
        _sentence("after", durations(), "of", events()),
        _sentence("see", clauses(), _maybe(_sentence("of edition", _one(quoted())))),
        _sentence("as", _one(st.one_of(plain_words(), quoted())), "says"),
        _sentence("note", _one(quoted())),
    )  # fmt: skip


@cache
def deadlines() -> st.SearchStrategy[Tokens]:
    """A qualifier of which a sentence has one: deadline, extent, frequency."""
    return st.one_of(
        _sentence("within", durations(), "of", events()),
        _sentence("by up to", durations()),
        _sentence("up to", durations(), "in all"),
        _sentence(_any("every", "at least every"), periods()),
        _sentence("lasting", durations()),
    )


@cache
def clauses() -> st.SearchStrategy[Tokens]:
    label = st.sampled_from(("3.1", "3.1a", "1.1 to 1.6", "7.4.1", "after 2.7", "Appendix 1", "5.2.3 ¶2"))
    return _one(st.lists(label, min_size=1, max_size=8).map(lambda labels: f"[{', '.join(labels)}]"))


@cache
def modals() -> st.SearchStrategy[Tokens]:
    return _any(
        "must", "must not", "shall", "has to", "have to", "will", "will not", "will normally", "should", "should not",
        "may", "may not", "aims to", "aims to not", "attempts to", "tries to", "normally", "Ideally", "must generally",
    )  # fmt: skip


@cache
def sentences(vocabulary: tuple[str, ...] = WORDS) -> st.SearchStrategy[Tokens]:
    """The tokens of a sentence with a verb, of any of the six forms."""
    subject = st.one_of(
        terms(vocabulary),
        _sentence(_any("stage 1", "stage 2", "any stage", "each stage"), _maybe(_one(plain_words(vocabulary)))),
    )
    verb = _one(plain_words(vocabulary))
    verbs = st.one_of(verb, verb, _sentence(verb, "and", verb))
    tail = _sentence(_maybe(deadlines()), _qualifier_list(), _maybe(clauses()))
    norm = _sentence(_maybe(subject), modals(), verbs, _maybe(terms(vocabulary)), tail)
    listed = terms(vocabulary)
    return st.one_of(
        norm,
        norm,
        norm,
        _sentence(_maybe(subject), "closes when", conditions(), _qualifier_list(), _maybe(clauses())),
        _sentence(listed, _any("means", "does not mean"), listed, _qualifier_list(), _maybe(clauses())),
        _sentence(subject, _any("is", "are", "is not"), listed, _qualifier_list(), _maybe(clauses())),
        _sentence(subject, _any("has", "have"), _quantities(), _qualifier_list(), _maybe(clauses())),
        _sentence(listed, _any("becomes", "become"), listed, _qualifier_list(), _maybe(clauses())),
    )


@cache
def _qualifier_list() -> st.SearchStrategy[Tokens]:
    return st.lists(qualifiers(), max_size=3).map(lambda lists: [token for tokens in lists for token in tokens])


@cache
def _quantities() -> st.SearchStrategy[Tokens]:
    counted = st.one_of(_one(plain_words()), _one(st.sampled_from(UNITS)))
    amount = _maybe(_any("exactly", "at most", "at least"))
    return st.one_of(_sentence(amount, _one(st.sampled_from(NUMBERS)), counted), _sentence("no", terms()))


@cache
def frames() -> st.SearchStrategy[Tokens]:
    """The tokens of a sentence about the document itself."""
    text, date, one, cited = _one(quoted()), _dates(), _one(plain_words()), _maybe(clauses())
    return st.one_of(
        _sentence(_any("policy", "organisation", "organization", "issuer", "requirement"), text),
        _sentence("code", text, _maybe(_sentence("edition", text))),
        _sentence("known as", one, _maybe(_sentence("cited as", text))),
        _sentence("version", text, _maybe(date), _maybe(text), cited),
        _sentence("calendar", one),
        _sentence("in force from", date, _maybe(_sentence("until", date)), cited),
        _sentence(
            _any("adopted", "approved", "issued", "reviewed", "next review", "effective", "published"),
            _maybe(_any("by", "no later than")), date, _maybe(_sentence("by", terms())), cited,
        ),
        _sentence("bare days mean", _any("working days", "calendar days"), cited),
        _sentence("clauses", clauses()),
        _sentence("document is", one, _maybe(_sentence("under", text)), cited),
        _sentence("governed by edition", text, _maybe(_sentence("or", text)), cited),
        _sentence(_any("linked policies", "linked documents", "linked policy"), terms(), cited),
        _sentence("refers to", terms(), _qualifier_list(), cited),
        _sentence("closed from", date, "to", date, _maybe(text), cited),
        _sentence("deviation from", st.one_of(_any("6.3", "7", "6.3a", "HO24-6.3"), text), "because", text,
                  "approved by", text, "from", date, "until", date, "plan", text),
        _sentence("note", text, cited),
        _sentence("shown by", terms()),
        _sentence("same times as", _any("stage 1", "any stage"), cited),
    )  # fmt: skip


@cache
def _dates() -> st.SearchStrategy[Tokens]:
    return _any("2024", "2024-04", "2024-04-01", "1999-12-31", "2024-02-29")


@cache
def headings() -> st.SearchStrategy[Tokens]:
    """The tokens of a section heading."""
    text, cited = _one(quoted()), _maybe(clauses())
    return st.one_of(
        _sentence(_any("stage 1", "before stage 1", "after stage 2"), _maybe(text), cited),
        _sentence("reading", text, _maybe(_sentence("stage 3", _maybe(text))), cited),
        _sentence("from", _one(plain_words()), _maybe(_sentence("of", text)), cited),
        _sentence("section 6", text),
        _sentence(
            "provision",
            _any("6.2", "7", '"Annex A"'),
            text,
            _maybe(_any("unverified", "should corroborated", "context")),
        ),
        _sentence(_one(plain_words()), _maybe(text), cited),
    )


def spaced(tokens: Tokens, gaps: Sequence[str]) -> str:
    """The tokens with the gaps between them in turn; commas follow the word before them.

    No line ends within the first words: a heading alone on its line must have its colon.
    """
    text = ""
    for number, token in enumerate(tokens):
        gap = gaps[number % len(gaps)] if number > _FIRST_WORDS else " "
        text += token if not number or token == "," else gap + token
    return text


@st.composite
def documents(draw: st.DrawFn, *, vocabulary: tuple[str, ...] = WORDS, most: int = 5) -> str:
    """A whole document, laid out as badly as anybody could."""
    gap = st.sampled_from((" ", " ", " ", " ", "  ", "\n    ", "\u00a0", "\t", "  # why, “so”: yes.\n"))
    between = st.sampled_from(("\n", "\n", "\n  ", "\n\n", "\n\n\n", " ", "\r\n", "  # trailing\n", "\n# own line\n",
                               "\n\n  # apart\n\n", "\n#\n# two lines\n"))  # fmt: skip
    text = draw(st.sampled_from(("", "\ufeff", "\n\n", "# first\n")))
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(("sentence", "sentence", "sentence", "frame", "heading")))
        tokens = draw(sentences(vocabulary) if kind == "sentence" else frames() if kind == "frame" else headings())
        gaps = draw(st.lists(gap, min_size=1, max_size=6))
        text += spaced(tokens, gaps) + (":" if kind == "heading" else ".") + draw(between)
    return text
