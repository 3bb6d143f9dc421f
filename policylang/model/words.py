"""Looking words up while a document is built, with a finding for each one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean, nearest
from policylang.language import tree as t
from policylang.language.statements import Source
from policylang.model.norms import NOTHING, Items
from policylang.model.vocabulary import Vocabulary

_SHORT_LIST = 20
FAULTS = 200  # words that are not known, after which the rest is not told
PEOPLE = ("roles", "bodies")
THINGS = ("items", "roles", "bodies", "channels", "references", "conditions")
KIND_NAMES = {
    "sections": "section heading", "actions": "action", "events": "event", "items": "item", "conditions": "condition",
    "channels": "channel", "roles": "role", "bodies": "body", "references": "law or standard",
    "standings": "kind of text",
}  # fmt: skip


class Lookup:
    """Checks words against the vocabulary and collects the findings."""

    def __init__(self, words: Vocabulary, source: Source) -> None:
        self.words, self.source = words, source
        self.findings: list[Finding] = []
        self.heading = ""
        self.advice: dict[tuple[str, tuple[str, ...]], str] = {}

    def place(self, span: t.Span) -> Place:
        return Place(
            self.source.name, span.line, span.column, span.end_line, span.end_column, self.heading or None,
            self.source.lines(span.line, span.end_line),
        )  # fmt: skip

    def report(self, rule: str, code: str, message: str, span: t.Span, help: str | None = None) -> None:
        if len(self.findings) < FAULTS:
            self.findings.append(Finding(rule, code, Severity.ERROR, message, self.place(span), help=help))
        elif len(self.findings) == FAULTS:
            message = f"{FAULTS} words before this place are not known; words after it were not looked at."
            help = "Mend those first; checks/vocabulary.yaml lists the words with what they mean."
            where = self.place(span)
            self.findings.append(Finding("too-many-faults", "PL-S12", Severity.ERROR, message, where, help=help))

    def word(self, term: t.Term, kinds: Iterable[str]) -> str:
        """The word itself; a finding where it is not known as one of ``kinds``."""
        kinds = tuple(kinds)
        if self.words.find(term.text, kinds) is None and len(self.findings) <= FAULTS:
            wanted = " or ".join(dict.fromkeys(KIND_NAMES[k] for k in kinds[:3]))
            others = self.words.kinds_of(term.text)
            help = self.nearest(term.text, kinds)
            if others == ("actions",):
                help = (
                    "Actions stand together before what they are done to (must log and acknowledge complaint); "
                    "another action with words of its own needs a sentence of its own."
                )
            elif "channels" in others and kinds == PEOPLE:
                help = f"How something is sent or said stands after “via”: via {term.text}."
            if others:
                self.report(
                    "word-of-another-kind", "PL-M02",
                    f"“{term.text}” is known as {_a(KIND_NAMES[others[0]])}; here {_a(wanted)} is needed.",
                    term.span, help,
                )  # fmt: skip
            else:
                self.report(
                    "unknown-word", "PL-M01", f"“{term.text}” is not in the vocabulary as {_a(wanted)}.", term.span,
                    help,
                )  # fmt: skip
        return term.text

    def nearest(self, word: str, kinds: tuple[str, ...]) -> str:
        """The nearest words that may stand here; the list of them where it is short; else where to find them."""
        if (word, kinds) not in self.advice:
            self.advice[word, kinds] = self.look_up(word, kinds)
        return self.advice[word, kinds]

    def look_up(self, word: str, kinds: tuple[str, ...]) -> str:
        known = self.words.words(kinds)
        if len(known) <= _SHORT_LIST or nearest(word, known):
            return did_you_mean(word, known, what="words that may stand here")
        quotable = not {"sections", "actions", "events", "standings"} & set(kinds)
        free = ", or put it in quotes if it is a name or free text" if quotable else ""
        return f"Take a word from checks/vocabulary.yaml, which lists them with what they mean{free}."

    def items(self, terms: t.Terms | None, kinds: Iterable[str]) -> Items:
        """A list of words and quoted texts."""
        if terms is None:
            return NOTHING
        kinds = tuple(kinds)
        words = tuple(self.word(term, kinds) for term in terms.items if not term.quoted)
        texts = tuple(term.text for term in terms.items if term.quoted)
        joined = terms.separators[-1] if terms.separators else ","
        return Items(words, texts, terms.mark, terms.count, joined)

    def heading_word(self, node: t.Heading, kind: str) -> None:
        span = t.Span(
            node.span.start, node.span.start + len(node.key), node.span.line, node.span.column, node.span.line,
            node.span.column + len(node.key),
        )  # fmt: skip
        self.word(t.Term(node.key, False, span), (kind,))


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
