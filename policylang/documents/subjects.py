"""What a clause is about, by its words: enough to say, on strong evidence only, that a reference went astray.

A word counts the more, the fewer clauses use it. A reference is called astray only

- where it names the clause it means, and that name is the heading of another clause and shares nothing with the one
  cited (``see 4.3 Unacceptable Behaviour``, where 4.3 is headed “Time Scales”); or
- where the sentence and the clause cited share no telling word at all, and one other clause shares several with it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from policylang.documents.clauses import Clause, plain, within
from policylang.documents.references import Reference

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
    about above accordance according after again against all also and any are arise aspect available because been
    before being below between both but can cannot case cases clause complainant complainants complaint complaints
    could customer customers did does done due during each either ensure every following for from further give given
    had has have having her his how however into its landlord line made make may might must need not organisation
    other our out over own paragraph part policy procedure process provide provided reasonable receipt receive
    received regarding relating resident residents respond response section see set shall she should some stage such
    take taken than that the their them then there these they this those through under until upon use used was were
    what when where whether which while who whom whose will with within without would you your
    """,
    )
)
_FEW = 3  # telling words that another clause must share with the sentence
_TELLING = 1.6  # how rare a word must be to tell anything: ln(clauses / clauses that use it)
_MOST = 30  # clauses, after which a word tells nothing however long the document
_CLEARLY = 2  # how many times better than any third clause the other one must fit


@dataclass(frozen=True, slots=True)
class Astray:
    """Why a reference seems to mean another clause."""

    meant: str
    because: str


class Subjects:
    """The words of each clause of a document, counted once."""

    def __init__(self, found: list[Clause]) -> None:
        self.clauses = [(clause, stems(f"{clause.heading} {clause.text}")) for clause in found]
        self.used = Counter(word for _, words in self.clauses for word in words)
        self._cited: dict[str, list[tuple[Clause, frozenset[str]]]] = {}
        self._where: dict[str, list[int]] = {}
        for at, (_, words) in enumerate(self.clauses):
            for word in words:
                self._where.setdefault(word, []).append(at)

    def astray(self, reference: Reference) -> Astray | None:
        """The clause that a reference seems to mean instead of the one it cites; None without strong evidence."""
        cited = self._cited.get(reference.label)
        if cited is None:
            cited = [(c, words) for c, words in self.clauses if within(reference.label, c.label)]
            self._cited[reference.label] = cited
        if not cited or within(reference.source.label, reference.label):
            return None
        name = stems(reference.named)
        return self._by_name(reference, name, cited) if name else self._by_words(reference, cited)

    def _tells(self, word: str) -> bool:
        """Whether a word is rare enough to tell clauses apart."""
        used = self.used[word]
        return 0 < used <= _MOST and math.log(len(self.clauses) / used) >= _TELLING

    def _by_name(
        self, reference: Reference, name: frozenset[str], cited: list[tuple[Clause, frozenset[str]]]
    ) -> Astray | None:
        if any(name & words for _, words in cited):
            return None
        for clause, _ in self.clauses:
            headed_by = stems(clause.heading)
            if name <= headed_by and len(headed_by) <= len(name) + 1:
                headed = next((c.heading for c, _ in cited if c.heading), "")
                but = (
                    f"{reference.label} is headed “{headed}”" if headed else f"{reference.label} has none of its words"
                )
                named = f"it calls the clause “{reference.named}”, which heads {clause.label}"
                return Astray(clause.label, f"{named}; {but}")
        return None

    def _by_words(self, reference: Reference, cited: list[tuple[Clause, frozenset[str]]]) -> Astray | None:
        said = sentence(reference)
        telling = {w for w in stems(said) if self._tells(w)}
        if any(telling & words for _, words in cited):
            return None
        score: Counter[int] = Counter()
        for word in telling:
            for at in self._where[word]:
                score[at] += 1_000_000 // self.used[word]
        own = reference.source.label
        fits = [
            (points, self.clauses[at][0].label, telling & self.clauses[at][1])
            for at, points in score.most_common()
            if not within(self.clauses[at][0].label, own)
        ]
        if not fits or len(fits[0][2]) < _FEW or (len(fits) > 1 and fits[0][0] < _CLEARLY * fits[1][0]):
            return None
        _, label, best = fits[0]
        words = _listed(_as_printed(said, best))
        because = f"the sentence shares {words} with {label} and no telling word with {reference.label}"
        return Astray(label, because)


def sentence(reference: Reference) -> str:
    """The sentence that a reference stands in."""
    text = reference.paragraph.text
    first = max((m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])", text) if m.end() <= reference.start), default=0)
    after = re.search(r"[.!?](?=\s+[A-Z]|\s*$)", text[reference.end :])
    return plain(text[first : reference.end + (after.start() if after else len(text))])


def stems(text: str) -> frozenset[str]:
    """The words of a text that tell something, without their endings."""
    return frozenset(stem(w) for w in _WORD.findall(text) if w.casefold() not in _COMMON)


def stem(word: str) -> str:
    """A word without its ending: ``provided``, ``provides`` and ``provide`` are one."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for ending in ("ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _as_printed(text: str, wanted: Iterable[str]) -> list[str]:
    wanted = set(wanted)
    printed: dict[str, str] = {}
    for word in _WORD.findall(text):
        if stem(word) in wanted:
            printed.setdefault(stem(word), word.casefold())
    return list(printed.values())


def _listed(words: list[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
