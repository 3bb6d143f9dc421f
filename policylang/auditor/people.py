"""Whether two entries of a log name one person.

Names in logs are abbreviated, and often a role or a team stands where a person should. What is not plain is not
decided: an abbreviation of the same name may be the same person, and one team may be two people.
"""

from __future__ import annotations

import re
import unicodedata

_GROUPS = frozenset(
    re.findall(
        r"\w+",
        "board committee department directorate office panel service services team unit",
    )
)
_ROLES = frozenset(
    re.findall(
        r"\w+",
        "admin adviser advisor and assistant ceo chief complaint complaints coordinator customer director "
        "executive head housing lead leader manager of officer partner property repairs resolution "
        "resolutions senior the",
    )
)


def same_person(first: str | None, second: str | None) -> bool | None:
    """True or False where it is plain; None where either is missing, or where nobody can tell."""
    a, b = (words_of(text) for text in (first, second))
    if not a or not b:
        return None
    if is_role(a) or is_role(b):
        return None
    if sorted(a) == sorted(b):
        return True  # also "Smith, Jane" and "Jane Smith"
    return None if _may_be(a, b) or _may_be(b, a) else False


def is_role(words: list[str]) -> bool:
    """Whether the words are a role or team, without a name or number that marks out one person."""
    if any(character.isdigit() for word in words for character in word):
        return False
    return bool(_GROUPS & set(words)) or all(word in _ROLES for word in words)


def words_of(text: str | None) -> list[str]:
    """The words of a name, without titles, case and punctuation."""
    plain = unicodedata.normalize("NFKC", text or "").casefold().replace("’", "'")
    words = re.findall(r"[\w'-]+", plain)
    titles = {"mr", "mrs", "ms", "miss", "dr", "mx"}
    return [word for word in words if word not in titles] or words


def _may_be(short: list[str], long: list[str]) -> bool:
    """Whether ``short`` can be an abbreviation of ``long``: ``J Smith``, ``Jane`` or ``JS`` of Jane Smith."""
    if any(word.isdigit() for word in (*short, *long)):
        return False
    if len(short) == 1 and len(short[0]) == len(long) > 1:
        return all(letter == word[0] for letter, word in zip(short[0], long, strict=True))
    rest = list(long)
    for word in short:
        found = next((other for other in rest if other == word or (len(word) == 1 and other.startswith(word))), None)
        if found is None:
            return False
        rest.remove(found)
    return len(short) < len(long) or any(len(word) == 1 for word in short)
