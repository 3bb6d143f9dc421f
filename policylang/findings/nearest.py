"""The names nearest to a mistyped one, by edit distance with a limit, so that a suggestion is never a wild guess."""

from __future__ import annotations

from collections.abc import Iterable


def distance(left: str, right: str, limit: int) -> int:
    """How many letters must be added, dropped, changed or swapped with a neighbour; ``limit + 1`` if more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """At most ``most`` of the known names that ``word`` may stand for, nearest first; none if nothing is near.

    Capitals, underscores and spaces do not count as differences. Near means at most a third of the word's letters
    differ (one letter for short words, three for long ones); a name that begins with the word, or shares all its
    hyphenated parts, is near too.
    """
    plain = _plain(word)
    if not plain:
        return []
    limit = max(1, min(3, len(plain) // 3))
    scored: list[tuple[float, str]] = []
    for name in dict.fromkeys(known):
        other = _plain(name)
        far: float = distance(plain, other, limit)
        if far > limit:
            parts = set(plain.split("-"))
            if (len(plain) >= 3 and other.startswith(plain)) or (len(plain) >= 4 and parts <= set(other.split("-"))):
                far = limit + 0.5
            else:
                continue
        scored.append((far, name))
    return [name for _, name in sorted(scored)[:most]]


def did_you_mean(word: str, known: Iterable[str], *, what: str = "names") -> str:
    """The sentence to put after “there is no such …”: the nearest names, or the list of what exists.

    ``what`` is the plural of the things named. A list longer than twenty is cut, and says so.
    """
    names = list(dict.fromkeys(known))
    near = nearest(word, names)
    if near:
        return f"Did you mean {_either(near)}?"
    if not names:
        return f"There are no {what} yet."
    shown = sorted(names)[:20]
    more = f", and {len(names) - 20} more" if len(names) > 20 else ""
    return f"The {what} are: {', '.join(shown)}{more}."


def _either(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _plain(word: str) -> str:
    return "-".join(word.casefold().replace("_", " ").replace("-", " ").split())
