"""Reading a file of stories (docs/stories.md): what was understood, and a finding for every fault, in one run."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from policylang.casebook.cases import Entry
from policylang.findings.finding import Finding, Place
from policylang.language.files import read_text
from policylang.stories import faults
from policylang.stories.lines import Block, Statement, blocks, statements
from policylang.stories.sentences import Sentences
from policylang.stories.story import Expectation, Stories, Story
from policylang.stories.words import fact_words

LONGEST = 1_000_000  # characters of a file
MOST_STORIES = 1_000
MOST_SENTENCES = 200  # of one story
MOST_FAULTS = 200
WIDEST = 2_000  # characters of one sentence
PLANNED = ("extended_to", "stage2_extended_to")  # days set for later

_HEADING = re.compile(r'story\s+"(?P<title>[^"]{1,200})"', re.IGNORECASE)
_HELP = 'Begin with a heading such as: story "Acknowledged after Christmas":'


def load_stories(path: str | Path) -> Stories:
    """The stories of a file; what is wrong with them is among the findings.

    Raises :class:`~policylang.findings.problem.Problem` for a file that is not plain text, and ``OSError`` for one that
    cannot be opened.
    """
    return read_stories(read_text(Path(path)), str(path))


def read_stories(text: str, file: str = "<stories>") -> Stories:
    """The stories of a Markdown text, in its order, with the findings on what could not be read."""
    if len(text) > LONGEST:
        message = f"The file has {len(text):,} characters; a file of stories has at most {LONGEST:,}."
        return Stories(file, (), (faults.too_many(Place(file), message, "Split it into several files."),))
    return _Reader(file).read(text)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.stories: list[Story] = []
        self.findings: list[Finding] = []
        self.titles: dict[str, Place] = {}

    def read(self, text: str) -> Stories:
        any_block = False
        for block in blocks(text):
            any_block = True
            self.block(block)
            if len(self.findings) >= MOST_FAULTS or len(self.stories) >= MOST_STORIES:
                many = (
                    f"{len(self.findings)} faults" if len(self.findings) >= MOST_FAULTS else f"{MOST_STORIES} stories"
                )
                place = Place(self.file, block.first)
                self.findings.append(
                    faults.too_many(
                        place, f"After {many} the rest of this file was not read.", "Mend or split the file."
                    )
                )
                break
        if not any_block:
            self.findings.append(faults.none_here(self.file))
        return Stories(self.file, tuple(self.stories), tuple(self.findings))

    def block(self, block: Block) -> None:
        """The stories of one fenced block; a heading begins the next."""
        open_: _Told | None = None
        for said in statements(block):
            heading = _HEADING.fullmatch(said.text) if said.mark == ":" or not said.mark else None
            if heading is not None:
                self.finish(open_)
                open_ = _Told(self.file, " ".join(heading["title"].split()), said)
                self.title(open_)
            elif open_ is None:
                place = said.place(self.file, None)
                self.findings.append(faults.not_read(place, said.text, _HELP))
                open_ = _Told(self.file, "", said)  # what follows is read all the same
            else:
                open_.take(said)
        if open_ is None and block.closed:
            message = "This block has no story in it."
            self.findings.append(faults.incomplete(Place(self.file, block.first - 1), message, _HELP))
        if not block.closed:
            message = "This block of stories never ends."
            help = "Close it with ``` on a line of its own."
            self.findings.append(faults.incomplete(Place(self.file, block.first - 1), message, help))
        self.finish(open_)

    def title(self, told: _Told) -> None:
        key = told.title.casefold()
        if key in self.titles:
            message = f"There is already a story called “{told.title}”"
            self.findings.append(
                faults.told_twice(told.place, message, "Give each story a title of its own.", self.titles[key])
            )
        self.titles.setdefault(key, told.place)

    def finish(self, told: _Told | None) -> None:
        if told is None:
            return
        story = told.story()
        self.findings += told.findings
        if story is not None and told.title:
            self.stories.append(story)


class _Told:
    """A story as it is being read."""

    def __init__(self, file: str, title: str, heading: Statement) -> None:
        self.title, self.heading = title, heading
        self.place = heading.place(file, None)
        self.reads = Sentences(file, title)
        self.file = file
        self.facts: dict[str, Entry] = {}
        self.where: dict[str, Place] = {}
        self.as_at: date | None = None
        self.expected: list[Expectation] = []
        self.count = 0

    @property
    def findings(self) -> list[Finding]:
        return self.reads.findings

    def take(self, said: Statement) -> None:
        """Read one sentence of the story."""
        self.count += 1
        place = said.place(self.file, f"story “{self.title}”")
        if self.count > MOST_SENTENCES:
            if self.count == MOST_SENTENCES + 1:
                message = f"This story has more than {MOST_SENTENCES} sentences; the rest of it was not read."
                self.findings.append(faults.too_many(place, message, "Tell it as several stories."))
            return
        if len(said.text) > WIDEST:
            message = f"This sentence has {len(said.text):,} characters; a sentence of a story has at most {WIDEST:,}."
            self.findings.append(faults.too_many(place, message, "End each sentence with a full stop."))
            return
        begin = said.text.casefold()
        if re.match(r"expect\b", begin):
            found = self.reads.expectation(said)
            self.expected += [found] if found is not None else []
        elif re.match(r"as\s+at\b", begin):
            self.ends(said, place)
        else:
            for name, entry in self.reads.facts(said):
                self.tell(name, entry, place)
        if not said.mark:
            self.findings.append(faults.no_full_stop(place))

    def ends(self, said: Statement, place: Place) -> None:
        if "as_at" in self.where:
            help = "A story ends on one day: leave one of the two out."
            self.findings.append(faults.told_twice(place, "The story says twice as at when", help, self.where["as_at"]))
            return
        self.where["as_at"] = place
        self.as_at = self.reads.as_at(said)

    def tell(self, name: str, entry: Entry, place: Place) -> None:
        if name in self.facts:
            message = f"“{fact_words(name)}” is told twice in this story"
            help = "A case record holds each fact once: leave one of the two out."
            self.findings.append(faults.told_twice(place, message, help, self.where[name]))
            return
        self.facts[name], self.where[name] = entry, place

    def story(self) -> Story | None:
        """The story, if it tells something, says as at when, and expects something; otherwise a finding says what is
        missing. Nothing is missing from a story whose sentences could not be read: that has been said."""
        if not self.title:
            return None
        missing = [
            (what, help)
            for there, what, help in (
                (self.facts, "tells no event", "2025-12-19 received."),
                (self.as_at, "does not say as at when it is judged", "as at 2026-01-31."),
                (self.expected, "expects nothing, so it can never fail", "expect policy met acknowledge at stage 1."),
            )
            if not there
        ]
        if missing and not self.findings:
            said = " and ".join(filter(None, (", ".join(what for what, _ in missing[:-1]), missing[-1][0])))
            help = f"Add, for example: {' '.join(help for _, help in missing)}"
            self.findings.append(faults.incomplete(self.place, f"This story {said}.", help))
        if self.as_at is not None:
            for name, entry in self.facts.items():
                day = entry.date or entry.earliest
                if day is not None and day > self.as_at and name not in PLANNED:
                    self.findings.append(
                        faults.after_as_at(self.where[name], f"{entry.raw} {fact_words(name)}", self.as_at)
                    )
        if self.as_at is None or not self.expected:
            return None
        return Story(self.title, self.facts, self.as_at, tuple(self.expected), self.place)
