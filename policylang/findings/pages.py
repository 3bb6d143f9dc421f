"""The pages that explain rules, one Markdown file a rule in ``pages/``, found by name or by code.

A page's first line is ``# rule-name (CODE)``; several codes of one page, and other names of rules that it
explains, are separated by commas. Its sections are
*What it means*, *Why it matters*, *What to do* and *Example*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("pages")
SECTIONS = ("What it means", "Why it matters", "What to do", "Example")
_TITLE = re.compile(r"# +(?P<rule>[a-z0-9][a-z0-9-]*)(?: +\((?P<codes>[^)]*)\))? *")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the rule it explains, the codes of that rule, and the Markdown text, title and all."""

    rule: str
    codes: tuple[str, ...]
    text: str

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its sections, in order."""
        return tuple(re.findall(r"^## +(.*?) *$", self.text, re.MULTILINE))


def parse(text: str) -> Page:
    """A page from its Markdown. Raises :class:`ValueError` if its first line is not ``# rule-name (CODE)``."""
    first, _, _ = text.partition("\n")
    title = _TITLE.fullmatch(first.strip())
    if title is None:
        raise ValueError(f"The first line of a page is “# rule-name (CODE)”; this one is “{first.strip()}”.")
    codes = tuple(code.strip() for code in (title["codes"] or "").split(",") if code.strip())
    return Page(title["rule"], codes, text.strip() + "\n")


def find(name: str) -> Page | None:
    """The page of the rule with this name or code, in capitals or not; None if there is none."""
    wanted = _plain(name)
    path = FOLDER / f"{wanted}.md"
    # The usual case, a rule's own name, reads one file; only a code has to look through all of them.
    if re.fullmatch(r"[a-z0-9-]+", wanted) and path.is_file():
        return parse(path.read_text(encoding="utf-8"))
    return next((page for page in every() if wanted in map(_plain, (page.rule, *page.codes))), None)


@cache
def every() -> tuple[Page, ...]:
    """All pages, by the name of their rule."""
    return tuple(parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.md")))


def names() -> list[str]:
    """Every name and code that :func:`find` answers to."""
    return [name for page in every() for name in (page.rule, *page.codes)]


def _plain(name: str) -> str:
    return "-".join(name.casefold().replace("_", "-").split())
