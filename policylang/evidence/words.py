"""Small sentences: counts, lists, shares and events as a manager would write them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from policylang.auditor.outcome import Late, Result

RESULT_WORDS = {
    Result.MET: "met",
    Result.BREACHED: "breached",
    Result.PENDING: "not yet due",
    Result.CANNOT_TELL: "cannot tell",
    Result.NOT_APPLICABLE: "not applicable",
}


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 case``, ``1,204 cases``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """``3.2``, ``3.2 and 3.3``, ``3.2, 3.3 and 3.4``."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def clauses(labels: Iterable[str]) -> str:
    """``clause 3.2``, ``clauses 3.2 and 3.3``; empty where there are none."""
    found = list(labels)
    return f"clause{'s' if len(found) > 1 else ''} {listed(found)}" if found else ""


def percent(share: Fraction | None) -> str:
    """One decimal. What is not all never prints as 100.0 %, nor what is not nothing as 0.0 %."""
    if share is None:
        return "no figure"
    tenths = (share * 1000 + Fraction(1, 2)) // 1
    if 0 < share < 1:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths // 10}.{tenths % 10}%"


def lateness(late: Late) -> str:
    """``3 working days late``; 0 is a deadline passed on a day that does not count, such as a Saturday."""
    if late.by == 0:
        return f"late by less than one full {late.unit.removesuffix('s')}"
    return f"{late.by:,} {late.unit.removesuffix('s') if late.by == 1 else late.unit} late"


def event_words(event: str) -> str:
    """A case-record event as words: ``stage2_extension_notified`` is ``extension notified at stage 2``."""
    stage2 = event.startswith("stage2_")
    plain = event.removeprefix("stage2_").replace("_", " ")
    return f"{plain} at stage 2" if stage2 else plain


def sentence(text: str) -> str:
    """The text with a capital and a closing mark."""
    tidy = capital(text)
    return tidy if not tidy or tidy[-1] in ".?!:…”" else tidy + "."


def capital(text: str) -> str:
    """The text on one line, with a capital."""
    tidy = " ".join(text.split())
    return tidy[:1].upper() + tidy[1:]


def shortened(text: str, limit: int, where: str = "") -> str:
    """At most ``limit`` characters, cut between words and marked with an ellipsis and where the whole stands."""
    if len(text) <= limit:
        return text
    tail = "…" + (f" (in full: {where})" if where else "")
    cut = text[: max(limit - len(tail), 0)]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:.") + tail
