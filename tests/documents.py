"""Tests as documents: a Markdown page of prose, inputs and expected results that pytest runs.

A page is ordinary Markdown. Every heading with fenced blocks under it is one example; the prose is for the reader.
The word after the opening fence names the block, with whatever else is needed to tell two of a kind apart::

    ## Acknowledged after Christmas

    Two working days from Friday 19 December end on the 23rd.

    ```policy name=draft
    stage 1 "Stage 1":
      must acknowledge within 2 working days of receipt [7.4.1].
    ```

    ```cases
    2025-12-19 received.
    2025-12-30 acknowledged.
    ```

    ```expect
    breached, 3 working days late
    ```

A test takes each example in turn, computes its answer and compares it with the block that holds the expected one::

    from pathlib import Path

    from tests.documents import Example, check, examples

    @examples(Path(__file__).with_name("stories.md"))
    def test_story(example: Example) -> None:
        policy = example.block("policy")           # the one policy block; "policy name=draft" tells two apart
        check(example, "expect", judged(policy, example.block("cases")))

``pytest -n 0 --regenerate`` (or ``POLICYLANG_REGENERATE=1 pytest -n 0``) rewrites the expected blocks with what the
code says now, in place, adding the block at the end of its example where there is none yet, and lists what changed.
The rewriting is not the review: read the diff before keeping it.

A page that cannot mean what its author wanted (no example, a fence that never closes, two examples of one name, two
blocks of one name) raises :class:`DocumentError` with the line when it is loaded, so that no test is lost in silence.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

VARIABLE = "POLICYLANG_REGENERATE"
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*")

rewritten: list[str] = []
"""What ``--regenerate`` changed in this run, as ``file:line name of block``; the closing report of pytest prints it."""


class DocumentError(ValueError):
    """A page that cannot be run as tests; the message gives file, line and what to change."""


@dataclass(frozen=True, slots=True)
class Example:
    """One heading of a page and the fenced blocks under it, each under its normalised info string.

    ``line`` is the line of the heading; ``lines`` the line of each block's opening fence (both counted from 1).
    """

    path: Path
    title: str
    line: int
    blocks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def names(self, kind: str) -> list[str]:
        """The names of the blocks whose first word is ``kind``, in the order of the page."""
        return [name for name in self.blocks if name.split(" ", 1)[0] == kind]

    def block(self, name: str) -> str:
        """The text of the block called ``name``: its whole info string, or its first word where only one has it.

        Raises :class:`DocumentError` if there is none, or if the word alone does not say which.
        """
        name = _name(name)
        if name in self.blocks:
            return self.blocks[name]
        found = self.names(name)
        if len(found) == 1:
            return self.blocks[found[0]]
        have = ", ".join(found or self.blocks) or "none"
        problem = "says more than one" if found else "has no"
        raise DocumentError(
            f"{self.path}:{self.line}: the example “{self.title}” {problem} “{name}” block; it has {have}."
        )

    def get(self, name: str, default: str = "") -> str:
        """As :meth:`block`, but ``default`` where the example has no block of that kind."""
        name = _name(name)
        return self.block(name) if name in self.blocks or self.names(name) else default

    def options(self, name: str) -> dict[str, str]:
        """The ``key=value`` words in the info string of the block called ``name``."""
        name = _name(name)
        full = name if name in self.blocks else next(iter(self.names(name)), name)
        return dict(word.split("=", 1) for word in full.split(" ")[1:] if "=" in word)

    def __str__(self) -> str:
        return self.title


def load(path: Path | str) -> list[Example]:
    """The examples of one page, in its order. Raises :class:`DocumentError` if the page cannot be run as it stands."""
    path = Path(path)
    return _parse(path, path.read_text(encoding="utf-8"))


def examples(*paths: Path | str) -> pytest.MarkDecorator:
    """Run the decorated test once for each example of these pages (a folder stands for every ``.md`` file in it).

    The test's argument is called ``example``; its id is the heading, after the file's name if there are several files.
    """
    pages: list[Path] = []
    for path in map(Path, paths):
        pages += sorted(path.glob("*.md")) if path.is_dir() else [path]
    if not pages:
        raise DocumentError(f"{', '.join(map(str, paths))}: no Markdown page here, so nothing would be tested.")
    found = [example for page in pages for example in load(page)]
    ids = [e.title if len(pages) == 1 else f"{e.path.stem}: {e.title}" for e in found]

    return pytest.mark.parametrize("example", found, ids=ids)


def check(example: Example, name: str, actual: str) -> None:
    """Compare ``actual`` with the block called ``name`` and fail with a diff, or rewrite the block when regenerating.

    Spaces at the ends of lines and blank lines at the end of the text do not count: editors strip them.
    """
    got, want = _tidy(actual), _tidy(example.get(name, "\0"))
    if got == want:
        return
    if regenerating():
        _rewrite(example, name, got)
        return
    if want == "\0":
        pytest.fail(
            f"{example.path}:{example.line}: “{example.title}” has no “{name}” block to compare with. "
            f"Run pytest -n 0 --regenerate to add it. It would say:\n{got}",
            pytrace=False,
        )
    where = example.lines[_resolve(example, name)]
    diff = "\n".join(
        difflib.unified_diff(want.split("\n"), got.split("\n"), "the page says", "the code says", lineterm="")
    )
    pytest.fail(f"{example.path}:{where}: “{example.title}”, block “{name}”, differs.\n{diff}", pytrace=False)


def regenerating() -> bool:
    """Whether this run rewrites expected blocks instead of comparing with them."""
    return os.environ.get(VARIABLE, "") not in {"", "0"}


def steady(text: str, *, folders: Sequence[Path] = ()) -> str:
    """``text`` without what differs from run to run: today's date, the tool's version, and the given folders.

    They become ``TODAY``, ``VERSION`` and ``FOLDER``; a backslash after a folder becomes a slash.
    """
    from policylang import __version__

    for folder in sorted(map(str, folders), key=len, reverse=True):
        text = re.sub(
            re.escape(folder) + r"([\\/][^\s:\"']*)?", lambda m: "FOLDER" + (m[1] or "").replace("\\", "/"), text
        )
    text = re.sub(rf"(?<![\d.]){re.escape(__version__)}(?![\d.]*\d)", "VERSION", text)
    return text.replace(date.today().isoformat(), "TODAY")


def _name(info: str) -> str:
    return " ".join(info.split())


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _resolve(example: Example, name: str) -> str:
    name = _name(name)
    return name if name in example.blocks else next(iter(example.names(name)), name)


def _parse(path: Path, text: str) -> list[Example]:
    found: list[Example] = []
    current = Example(path, path.stem, 1)
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines):
        heading, fence = _HEADING.fullmatch(lines[at]), _FENCE.fullmatch(lines[at])
        if heading:
            current = Example(path, heading[2] or path.stem, at + 1)
        elif fence:
            name, end = _name(fence[2]), _end_of_fence(lines, at, fence[1])
            if end is None:
                raise DocumentError(
                    f"{path}:{at + 1}: this block never ends; close it with {fence[1]} on its own line."
                )
            if not name:
                raise DocumentError(f"{path}:{at + 1}: this block has no name; say after the fence what it is.")
            if name in current.blocks:
                raise DocumentError(
                    f"{path}:{at + 1}: “{current.title}” has two blocks called “{name}”; "
                    f"tell them apart, as in “{name} name=other”."
                )
            if not current.blocks:
                _add(found, current, at)
            current.blocks[name] = "".join(line + "\n" for line in lines[at + 1 : end])
            current.lines[name] = at + 1
            at = end
        at += 1
    if not found:
        raise DocumentError(f"{path}:1: no example on this page: it needs a heading with a fenced block under it.")
    return found


def _add(found: list[Example], example: Example, at: int) -> None:
    twin = next((other for other in found if other.title == example.title), None)
    if twin is not None:
        raise DocumentError(
            f"{example.path}:{at + 1}: the example “{example.title}” is already at line {twin.line}; "
            "give one of them another heading."
        )
    found.append(example)


def _end_of_fence(lines: list[str], start: int, fence: str) -> int | None:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    return next((n for n in range(start + 1, len(lines)) if closing.fullmatch(lines[n])), None)


def _rewrite(example: Example, name: str, text: str) -> None:
    # The page is read again: an earlier check of the same run may have moved the lines.
    lines = example.path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n")
    fresh = next(e for e in _parse(example.path, "\n".join(lines)) if e.title == example.title)
    info = _resolve(fresh, name)
    fence = "`" * max([2, *map(len, re.findall(r"`{3,}", text))]) + "`"
    block = [f"{fence}{info}", *(text.split("\n") if text else []), fence]
    if info in fresh.blocks:
        first = fresh.lines[info] - 1
        last = _closing_line(lines, first)
    else:
        first = _closing_line(lines, max(fresh.lines.values()) - 1) + 1
        last, block = first - 1, ["", *block]
    lines[first : last + 1] = block
    example.path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    rewritten.append(f"{example.path}:{first + 1} {info}")


def _closing_line(lines: list[str], opening: int) -> int:
    fence = _FENCE.fullmatch(lines[opening])
    assert fence is not None
    end = _end_of_fence(lines, opening, fence[1])
    assert end is not None
    return end
