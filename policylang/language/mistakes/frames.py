"""Sentences about the document itself in the words of its cover sheet: dates, titles, editions, lists of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.dates import date_written_otherwise
from policylang.language.mistakes.look import Look, Repair

_DATE = r"(?=\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\s+\d)"
_QUOTE = r'(?=\s*")'
# Each stands at the start of the sentence; the longest form of a row that fits wins.
_ROWS: list[tuple[str, str]] = [
    (rf"(?:in force|effective|valid|operative)(?: (?:since|on|as of|as from|with effect from|effective|date))? {_DATE}",
     "in force from "),
    (rf"(?:effective|valid|operative|comes into force|takes effect|in effect)(?: (?:from|on|since))? {_DATE}",
     "in force from "),
    (rf"(?:next review(?: date| due)?|review due|due for review|review date|date of next review|to be reviewed)"
     rf"(?: (?:on|in|is|due))? {_DATE}", "next review "),
    (rf"(?:next review(?: date| due)?|review due|due for review|review date) by {_DATE}", "next review by "),
    (rf"(?:date (?:of )?(?:last )?review(?:ed)?|last review(?:ed)?|reviewed(?: on| in)) {_DATE}", "reviewed "),
    (rf"(?:date (?:of )?(?:adopted|adoption)|adopted (?:on|in)|date adopted) {_DATE}", "adopted "),
    (rf"(?:date (?:of )?(?:approved|approval)|approved (?:on|in)|approval date|date approved) {_DATE}", "approved "),
    (rf"(?:date (?:of )?(?:issued?|publication)|issued (?:on|in)|issue date) {_DATE}", "issued "),
    (rf"published (?:on|in) {_DATE}", "published "),
    (r"(?:bare )?days (?:means?|are|is)(?= )", "bare days mean"),
    (rf"governed by(?: the| code)?{_QUOTE}", "governed by edition"),
    (rf"(?:related|associated|supporting|linked|connected|other) (?:policies|documents|procedures)(?: are)?{_QUOTE}",
     "linked policies"),
    (rf"(?:policy |document )?(?:title|name){_QUOTE}", "policy"),
    (rf"(?:landlord|association|company|organi[sz]ation name|name of organi[sz]ation){_QUOTE}", "organisation"),
    (rf"(?:version|revision|issue|edition) (?:no\.?|number){_QUOTE}", "version"),
    (r"calendar (?:of )?(?:england (?:and|&) wales|england|wales|uk|united kingdom)\Z", "calendar england-and-wales"),
    (rf"closed (?:on |between )?{_DATE}", "closed from "),
    (rf"(?:this is|it is){_QUOTE}", "policy"),
]  # fmt: skip
_TABLE = [(re.compile(rf"\s*({pattern.replace(' ', chr(92) + 's+')})", re.I), new) for pattern, new in _ROWS]
_D = r"\d{4}(?:-\d\d){0,2}"
_BETWEEN_DATES = [
    (re.compile(rf"\s*in\s+force\s+from\s+{_D}\s+(to|till|up to|through)(?=\s)", re.I), "until"),
    (re.compile(rf"\s*closed\s+from\s+{_D}\s+(until|till|and|through|up to|-|–)(?=\s)", re.I), "to"),
]
_LABELS = re.compile(r"\s*clauses\s+(?P<labels>\d[^\[\]\"]*?)\s*\Z", re.I)
_BY_FIRST = re.compile(
    rf"\s*(?P<role>adopted|approved|issued|reviewed|published)\s+(?P<by>by\s+(?:\"[^\"]*\"|[a-z][\w-]*))\s*,?\s+"
    rf"(?:on\s+|in\s+)?(?P<date>{_D})",
    re.I,
)
_NO_QUOTES = re.compile(r"\s*(?:calendar|known\s+as|document\s+is)\s+(?P<quoted>\"(?P<word>[^\"]*)\")", re.I)


def frame_wording(look: Look) -> Iterator[Repair]:
    """``in force since 2024``; ``review date 2025-04``; ``title "Complaints Policy"``."""
    if look.heading:
        return
    for pattern, new in _TABLE:
        match = pattern.match(look.text)
        if match is None or " ".join(match[1].lower().split()) == new.strip():
            continue
        dated = next((date for date in date_written_otherwise(look) if date.span[0] == match.end()), None)
        span = match.span(1) if dated is None else (match.start(1), dated.span[1])
        date = "" if dated is None else dated.new or ""
        yield _instead(" ".join(match[1].split()), new.strip(), span, f"{new}{date}")
    for pattern, new in _BETWEEN_DATES:
        match = pattern.match(look.text)
        if match is not None and look.at <= match.end():
            yield _instead(match[1], new, match.span(1), new)
    match = _BY_FIRST.match(look.text)
    if match is not None:
        yield Repair(
            "part-out-of-order", f"The date comes right after “{match['role']}”, and then who did it.",
            "Write the date first and then “by”.", match.span("by"), (match.start("by"), match.end()),
            f"{match['date']} {match['by']}",
        )  # fmt: skip
    match = _LABELS.match(look.text)
    if match is not None:
        labels = " ".join(match["labels"].split())
        yield Repair(
            "clause-without-brackets", "The list of clauses stands in square brackets.", f"Write clauses [{labels}].",
            match.span("labels"), match.span("labels"), f"[{labels}]",
        )  # fmt: skip
    match = _NO_QUOTES.match(look.text)
    if match is not None:
        word = "-".join(match["word"].lower().split())
        if re.fullmatch(r"[a-z][a-z0-9-]*", word):
            yield Repair(
                "sign-not-used", "This is a word of the vocabulary, and those stand without quotes.", f"Write {word}.",
                match.span("quoted"), match.span("quoted"), word,
            )  # fmt: skip


def _instead(found: str, new: str, span: tuple[int, int], typed: str) -> Repair:
    return Repair(
        "other-wording", f"The language has no “{found}” here; it says “{new}”.", f"Write “{new}”.", span, span, typed,
        certain=True,
    )  # fmt: skip
