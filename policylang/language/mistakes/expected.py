"""What may stand at a place of a sentence, in plain English and never in the grammar's own names."""

from __future__ import annotations

from policylang.language.mistakes.look import MODALS, Look

_NAME = "a name"
PHRASES: dict[str, str] = {
    "UNIT": "a unit of time (working days, calendar days, weeks, months)",
    "INT": "a number",
    "NUMBER_WORD": "a number",
    "DATE": "a date, such as 2024-04-01",
    "MONTH": "a date, such as 2024-04-01",
    **dict.fromkeys(sorted(MODALS), "a verb of duty (must, will, should, may, aims to)"),
    "WORD": _NAME,
    "STRING": "text in quotes",
    **dict.fromkeys(("IS", "MEANS", "DOES_NOT_MEAN", "HAS", "BECOMES", "CLOSES"), "is, means, has or becomes"),
    "WITHIN": "a deadline (within …)",
    **dict.fromkeys(("WHEN", "UNLESS", "ONLY_WHEN", "EVEN_WHEN", "UNTIL"), "a condition (when …, unless …)"),
    **dict.fromkeys(("GIVING", "INCLUDING"), "what it contains (giving …)"),
    "OF": "of, with the event that starts the clock",
    "IS_OLDER_THAN": "is older than, with a time",
    "IN_THE": "in the, with a time and an event",
    "CLAUSES": "the clause in square brackets",
    "MARK": "should, may, context, unverified or corroborated",
    **dict.fromkeys(("COMMA", "AND", "OR", "AND_OR"), "another item (after a comma, “and” or “or”)"),
    "LPAR": "an opening bracket (",
    "RPAR": "a closing bracket )",
    **dict.fromkeys(("EVERY", "AT_LEAST_EVERY", "OFTEN"), "how often (every …)"),
    **dict.fromkeys(("BY_UP_TO", "UP_TO", "FURTHER"), "how far it may be extended (by up to …)"),
    "IN_ALL": "in all",
    **dict.fromkeys(
        ("VIA", "TO", "FROM", "BY", "NOT_BY", "NOT_SAME_PERSON", "WITH", "FOR", "ABOUT", "AFFECTING", "IN", "AT"),
        "by whom, to whom or how (by …, to …, via …)",
    ),
    **dict.fromkeys(("AFTER", "BEFORE", "LASTING"), "before, after or lasting"),
    **dict.fromkeys(("PROMPT", "WITH_NO_DEADLINE", "MANNER"), "how soon (promptly, on request)"),
    **dict.fromkeys(("SAME_TIMES_AS", "AS", "AS_THE_CODE_REQUIRES", "SEE"), "where it is borrowed from (as … says)"),
    "SAYS": "says",
    "THE_CODE": "the code",
    **dict.fromkeys(("NOTE", "OPINION"), 'a note in quotes (note "…")'),
    "NOT": "not",
    "NO": "no",
    **dict.fromkeys(("EXACTLY", "AT_MOST"), "how many (exactly 2, at most 3)"),
    **dict.fromkeys(("ONLY", "AT_LEAST", "ANY_OF"), "how the list is meant (only, at least, any of)"),
    "STAGE": "a stage, such as stage 1",
    "ANY_STAGE": "a stage, such as stage 1",
    **dict.fromkeys(
        ("POLICY", "CODE", "KNOWN_AS", "ORGANISATION", "ISSUER", "VERSION", "CALENDAR", "IN_FORCE", "DATE_ROLE",
         "BARE_DAYS", "CLAUSE_LABELS", "DOCUMENT_IS", "GOVERNED_BY", "LINKED", "REFERS_TO", "CLOSED_FROM", "DEVIATION",
         "REQUIREMENT", "SHOWN_BY"),
        "a sentence about the document (version, in force from …)",
    ),
    "EDITION": 'edition, with its name in quotes (edition "2024")',
    "CITED_AS": 'cited as, with the short name in quotes (cited as "HO24")',
    "BY_OR_BEFORE": "by",
    "UNDER": 'under, with a title in quotes (under "…")',
    "BECAUSE": 'because, with the reason in quotes (because "…")',
    "APPROVED_BY": 'approved by, with who in quotes (approved by "…")',
    "PLAN": 'plan, with what is planned in quotes (plan "…")',
    **dict.fromkeys(("READING", "SECTION", "PROVISION"), "a heading such as stage 1, definitions or provision 6.2"),
    "LABEL": "a number such as 6.2",
}  # fmt: skip
"""Every terminal of the grammar in words; the order is the order in which they are named. A test holds it complete."""

_BEFORE_TO = frozenset(
    {
        "aim",
        "aims",
        "attempt",
        "attempts",
        "try",
        "tries",
        "endeavour",
        "endeavours",
        "intend",
        "intends",
        "has",
        "have",
    }
)
_ORDER = list(dict.fromkeys(PHRASES.values()))
_MOST = 5
_AFTER_MODAL = "an action, such as acknowledge or respond"
_NAMES_AFTER = {
    "of": "an event, such as receipt or acknowledgement",
    "giving": "what is given, such as reasons",
    "via": "a channel, such as email",
    "when": "a condition, such as anonymous",
    "if": "a condition, such as anonymous",
    "unless": "a condition, such as anonymous",
    **dict.fromkeys(("to", "from", "by"), "a person or body, such as resident"),
    **dict.fromkeys(
        ("must", "will", "should", "may", "shall", "normally", "usually", "generally", "ideally"), _AFTER_MODAL
    ),
    "calendar": "a calendar, such as england-and-wales",
}


def in_words(look: Look) -> str:
    """What could stand at the fault, as a phrase: “a deadline (within …), a condition (when …) or the full stop”."""
    names = look.expected - ({"HEDGE"} if "MUST" not in look.expected else set())
    found = {PHRASES[name] for name in names if name in PHRASES}
    named = _named(look)
    phrases = [named if phrase == _NAME else phrase for phrase in _ORDER if phrase in found]
    if named != _NAME:
        phrases = [named, *(phrase for phrase in phrases if phrase != named)]
    kept = phrases[: _MOST - look.can_end]
    if look.can_end:
        kept.append("the colon that ends the heading" if look.heading else "the full stop")
    return f"{', '.join(kept[:-1])}, or {kept[-1]}" if len(kept) > 1 else "".join(kept)


def _named(look: Look) -> str:
    previous = look.previous.plain
    if previous == "not" or (previous == "to" and look.token(-2).plain in _BEFORE_TO):
        return _AFTER_MODAL
    return _NAMES_AFTER.get(previous, _NAME)
