"""The vocabulary: every word that sentences may use with an agreed meaning (``checks/vocabulary.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from policylang.model.data import checks_dir
from policylang.model.vocabulary_text import read_text

KINDS = (
    "sections", "actions", "events", "items", "conditions", "channels", "roles", "bodies", "references", "standings"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word of one kind.

    ``implies`` are wider words of the same kind that whoever says this one has said too (``email`` implies
    ``writing``). For an event, ``case`` names the case-record event at each stage (stage 0: whatever the stage). For an
    action, ``event`` is the event its doing makes. ``good_from`` and ``good_until`` bound a law, body or route in time.
    """

    word: str
    kind: str
    label: str
    meaning: str
    implies: tuple[str, ...] = ()
    case: Mapping[int, str] | None = None
    event: str | None = None
    good_from: str | None = None
    good_until: str | None = None
    instead: str | None = None

    def case_event(self, stage: int | None) -> str | None:
        """The case-record event this event is at a stage, if a case record can show it."""
        if not self.case:
            return None
        return self.case.get(0) or self.case.get(stage or 1)


class Vocabulary:
    """All words by kind. ``find`` answers for one kind or several."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.by_kind: dict[str, dict[str, Word]] = {kind: {} for kind in KINDS}
        for word in words:
            self.by_kind[word.kind][word.word] = word
        self._wider: dict[tuple[str, str], frozenset[str]] = {}

    def find(self, word: str, kinds: Iterable[str] = KINDS) -> Word | None:
        """The first entry for a word among the given kinds, or None."""
        for kind in kinds:
            entry = self.by_kind[kind].get(word)
            if entry is not None:
                return entry
        return None

    def kinds_of(self, word: str) -> tuple[str, ...]:
        """Every kind under which the word is known."""
        return tuple(kind for kind in KINDS if word in self.by_kind[kind])

    def words(self, kinds: Iterable[str] = KINDS) -> list[str]:
        """All words of the given kinds, in order of the alphabet, each once."""
        return sorted({word for kind in kinds for word in self.by_kind[kind]})

    def wider(self, word: str, kind: str) -> frozenset[str]:
        """The word and everything that it implies, however many steps away."""
        key = (kind, word)
        if key not in self._wider:
            seen: set[str] = set()
            todo = [word]
            while todo:
                current = todo.pop()
                if current not in seen:
                    seen.add(current)
                    entry = self.by_kind[kind].get(current)
                    todo.extend(entry.implies if entry else ())
            self._wider[key] = frozenset(seen)
        return self._wider[key]

    def says(self, said: str, asked: str) -> bool:
        """Whether somebody who says ``said`` has said ``asked`` (the same word, or one that implies it)."""
        return said == asked or any(asked in self.wider(said, kind) for kind in self.kinds_of(said))


def read_vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    """Build the vocabulary from the file's content (already validated against its schema)."""
    words: list[Word] = []
    for kind in KINDS:
        for name, entry in (data.get(kind) or {}).items():
            case = entry.get("case")
            words.append(
                Word(
                    name,
                    kind,
                    entry.get("label", name.replace("-", " ")),
                    entry["meaning"],
                    tuple(entry.get("implies", ())),
                    {0: case} if isinstance(case, str) else ({int(k): v for k, v in case.items()} if case else None),
                    entry.get("event"),
                    entry.get("good-from"),
                    entry.get("good-until"),
                    entry.get("instead"),
                )
            )
    return Vocabulary(words)


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return read_vocabulary(read_text((checks_dir() / "vocabulary.yaml").read_text(encoding="utf-8")))
