"""One sentence of a story, read: an event, what a letter says, a yes or no, a person, or an expectation.

Every line of a story has one of a few fixed shapes, told apart by how it begins, so that it is read by its parts and
each fault can underline the very words that are wrong. No pattern here repeats a repetition.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from policylang.casebook.cases import Entry, EntryState
from policylang.findings.finding import Finding, Place
from policylang.model.duration import Unit
from policylang.stories import faults
from policylang.stories.lines import Statement
from policylang.stories.story import OUTCOMES, Expectation
from policylang.stories.words import LETTERS, fact_words, find_fact, known_words, letter_items

_DATED = re.compile(r"(?P<day>[0-9][0-9./-]*)\s+(?P<what>[^0-9\s].*)")
_NAMED_DATE = re.compile(r"(?P<day>[0-9]{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? [0-9]{4})\b\s*(?P<what>.*)")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_UNKNOWN = re.compile(r"(?P<what>.+?)\s*:?\s+not\s+recorded", re.IGNORECASE)
_LETTER = re.compile(r"(?P<letter>.+?)(?:\s+letter)?\s+(?:gives|states|says)\s+(?P<items>.+)", re.IGNORECASE)
_VALUE = re.compile(r"(?P<what>[^:]+?)\s*:\s*(?P<value>.+)")
_EXPECT = re.compile(r"expect\s+(?P<source>\S+)\s*(?P<rest>.*)", re.IGNORECASE)
_LATE = re.compile(r",\s*(?P<by>[0-9]{1,5})\s+(?P<unit>[a-z]+(?: [a-z]+)?)\s+late", re.IGNORECASE)
_LABELS = re.compile(r"\[(?P<labels>[^\]]*)\]")

SHAPES = (
    "Write a date and an event (2025-12-19 received.), what a letter says (response states reasons.), yes or no "
    "(extension agreed: yes.), who decided (handler: “Officer 1”.), “as at” with a date, or “expect” with an outcome."
)


class Sentences:
    """Reads the sentences of one story; ``findings`` gathers what is wrong with them."""

    def __init__(self, file: str, title: str) -> None:
        self.file, self.title = file, title
        self.findings: list[Finding] = []

    # -- facts

    def facts(self, said: Statement) -> Iterator[tuple[str, Entry]]:
        """The facts that a sentence tells, by case-record name; none, and a finding, where it cannot be read."""
        text = said.text
        dated = _NAMED_DATE.fullmatch(text) or _DATED.fullmatch(text)
        if dated is not None:
            yield from self._event(said, dated)
        elif match := _UNKNOWN.fullmatch(text):
            yield from self._named(said, match, ("event", "flag", "attribute"), Entry(EntryState.BLANK))
        elif match := _LETTER.fullmatch(text):
            yield from self._letter(said, match)
        elif match := _VALUE.fullmatch(text):
            yield from self._value(said, match)
        else:
            self.findings.append(faults.not_read(self._place(said), text, SHAPES))

    def _event(self, said: Statement, match: re.Match[str]) -> Iterator[tuple[str, Entry]]:
        entry = self._day(said, match.start("day"), match["day"])
        found = find_fact(match["what"], ("event",))
        if found is None:
            place = self._place(said, *match.span("what"))
            self.findings.append(faults.unknown_fact(place, match["what"], known_words("event"), "events"))
        elif entry is not None:
            yield found.name, entry

    def _day(self, said: Statement, at: int, text: str) -> Entry | None:
        """A day, or a month of which the day is not known."""
        try:
            if not _ISO.fullmatch(text):
                raise ValueError
            if len(text) == 7:
                year, month = int(text[:4]), int(text[5:])
                first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
                return Entry(EntryState.VAGUE, raw=text, earliest=first, latest=last)
            return Entry(EntryState.KNOWN, date.fromisoformat(text), text)
        except ValueError:
            self.findings.append(faults.wrong_date(self._place(said, at, at + len(text)), text))
            return None

    def as_at(self, said: Statement) -> date | None:
        """The day of an ``as at`` sentence."""
        text = re.sub(r"as\s+at\s*", "", said.text, count=1, flags=re.IGNORECASE)
        entry = self._day(said, len(said.text) - len(text), text)
        if entry is not None and entry.date is None:
            self.findings.append(faults.month_only(self._place(said), text))
        return entry.date if entry else None

    def _named(
        self, said: Statement, match: re.Match[str], kinds: tuple[str, ...], entry: Entry
    ) -> Iterator[tuple[str, Entry]]:
        found = find_fact(match["what"], kinds)
        if found is None:
            place = self._place(said, *match.span("what"))
            self.findings.append(faults.unknown_fact(place, match["what"], known_words(*kinds), "facts"))
        else:
            yield found.name, entry

    def _letter(self, said: Statement, match: re.Match[str]) -> Iterator[tuple[str, Entry]]:
        letter = " ".join(match["letter"].casefold().split()).replace("stage 1 ", "").removesuffix(" letter")
        if letter not in LETTERS:
            place = self._place(said, *match.span("letter"))
            self.findings.append(faults.unknown_fact(place, match["letter"], LETTERS, "letters"))
            return
        known, at, wanted = letter_items(letter), match.start("items"), True
        for part in match["items"].split(","):
            words = " ".join(part.split())
            if words.casefold().startswith("not "):
                wanted, words = False, words[4:]
            name = known.get(words.casefold().replace(" ", "-"))
            if name is None:
                begin = at + len(part) - len(part.lstrip())
                place = self._place(said, begin, at + len(part.rstrip()))
                self.findings.append(faults.unknown_item(place, words, known, letter))
            else:
                yield name, Entry(EntryState.KNOWN, wanted, "yes" if wanted else "no")
            at += len(part) + 1

    def _value(self, said: Statement, match: re.Match[str]) -> Iterator[tuple[str, Entry]]:
        value, place = match["value"], self._place(said, *match.span("value"))
        for name, _ in self._named(said, match, ("flag", "attribute"), Entry(EntryState.BLANK)):
            text = re.fullmatch(r'"([^"]{1,200})"', value)
            is_flag = find_fact(name, ("flag",)) is not None
            if is_flag and value.casefold() in ("yes", "no"):
                yield name, Entry(EntryState.KNOWN, value.casefold() == "yes", value.casefold())
            elif not is_flag and text is not None:
                yield name, Entry(EntryState.KNOWN, text[1], text[1])
            else:
                wanted = "“yes”, “no” or “not recorded”" if is_flag else "a text between quotes, or “not recorded”"
                help = f"After “{fact_words(name)}:” comes {wanted}."
                self.findings.append(faults.not_read(place, said.text, help))

    # -- expectations

    def expectation(self, said: Statement) -> Expectation | None:
        """The expectation of an ``expect`` sentence; None, and a finding, where it cannot be read."""
        match = _EXPECT.fullmatch(said.text)
        source = match["source"].casefold() if match else ""
        if match is None or source not in ("policy", "code"):
            help = "Write “expect policy …” or “expect code …”, such as: expect policy met acknowledge at stage 1."
            self.findings.append(faults.not_read(self._place(said), said.text, help))
            return None
        at, rest = match.start("rest"), match["rest"]
        outcome = next((words for words in OUTCOMES if _begins(rest, words)), None)
        if outcome is None:
            place = self._place(said, at)
            help = f"After “expect {source}” comes one of: {', '.join(OUTCOMES)}."
            self.findings.append(faults.not_read(place, said.text, help))
            return None
        rest = " ".join(rest.split())[len(outcome) :].strip()
        rest, labels = _taken(rest, _LABELS)
        rest, late = _taken(rest, _LATE)
        duty = rest.strip().rstrip(",").strip()
        if not duty or "[" in duty:
            help = "Say which duty, and the clause in brackets last: expect policy met acknowledge at stage 1 [3.2]."
            self.findings.append(faults.not_read(self._place(said), said.text, help))
            return None
        told = late and (int(late["by"]), _unit(late["unit"]))
        if told and (told[1] not in set(Unit) or OUTCOMES[outcome] not in ("breached", "aim-missed")):
            help = "Only a breach, or an aim that is missed, is late, by a number of: " + ", ".join(Unit) + "."
            self.findings.append(faults.not_read(self._place(said), said.text, help))
            return None
        cited = tuple(part.strip() for part in labels["labels"].split(",") if part.strip()) if labels else ()
        return Expectation(source, OUTCOMES[outcome], duty, told or None, cited, self._place(said))

    def _place(self, said: Statement, begin: int = 0, end: int | None = None) -> Place:
        return said.place(self.file, f"story “{self.title}”", begin, end)


def _begins(text: str, words: str) -> bool:
    plain = " ".join(text.casefold().split())
    return plain == words or plain.startswith(f"{words} ")


def _taken(text: str, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    """The text without the last thing in it that the pattern finds at its end, and what was found."""
    found = list(pattern.finditer(text))
    last = found[-1] if found else None
    if last is None or text[last.end() :].strip():
        return text, None
    return text[: last.start()].strip(), last


def _unit(text: str) -> str:
    plain = " ".join(text.casefold().split()).replace("business", "working")
    return plain if plain.endswith("s") else f"{plain}s"
