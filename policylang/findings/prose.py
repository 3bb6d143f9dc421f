"""A page of Markdown as it reads on a terminal: headings stand out, paragraphs fit the window, examples are set in."""

from __future__ import annotations

import re
import textwrap

_LIST = re.compile(r"( *)([-*]|\d+\.) +(.*)")


def terminal_text(markdown: str, *, across: int = 88, colour: bool = False) -> str:
    """``markdown`` for a terminal ``across`` columns wide. Only what our own pages use is understood: headings, lists,
    fenced blocks, paragraphs, **strong** words, links (their text) and `code` (whose marks go)."""
    out: list[str] = []
    paragraph: list[str] = []
    fence = ""

    def flush() -> None:
        if paragraph:
            out.extend(_filled(paragraph, across, colour))
            paragraph.clear()

    for line in markdown.splitlines():
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence:
            fence = "" if line.strip() == fence else fence
            if fence:
                out.append(f"    {line}".rstrip())
        elif mark:
            flush()
            fence = mark[1]
        elif line.startswith("#"):
            flush()
            level = len(line) - len(line.lstrip("#"))
            out.append(_strong(_inline(line.lstrip("# ")), colour, rule="=" if level == 1 else ""))
        elif not line.strip():
            flush()
            if out and out[-1]:
                out.append("")
        else:
            if _LIST.match(line):
                flush()
            paragraph.append(line)
    flush()
    return "\n".join(out).rstrip() + "\n"


def _filled(lines: list[str], across: int, colour: bool) -> list[str]:
    item = _LIST.match(lines[0])
    lead, hang = ("", "")
    first = lines[0].strip()
    if item:
        lead = f"{item[1]}  {'•' if item[2] in '-*' else item[2]} "
        hang, first = " " * len(lead), item[3]
    text = _inline(" ".join([first, *(line.strip() for line in lines[1:])]))
    width = {"width": across, "break_long_words": False, "break_on_hyphens": False}
    wrapped = textwrap.wrap(text, initial_indent=lead, subsequent_indent=hang, **width)  # type: ignore[arg-type]
    on, off = ("\x1b[1m", "\x1b[0m") if colour else ("", "")
    return [line.replace("\x02", on).replace("\x03", off) for line in _whole(wrapped)]


def _whole(lines: list[str]) -> list[str]:
    """Close strong words at the end of a line and open them again on the next, so that each line stands alone."""
    open_, done = False, []
    for line in lines:
        line = ("\x02" if open_ else "") + line
        open_ = line.count("\x02") > line.count("\x03")
        done.append(line + ("\x03" if open_ else ""))
    return done


def _inline(text: str) -> str:
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*(.+?)\*\*", "\x02\\1\x03", text)
    return re.sub(r"`([^`]*)`", r"\1", text)


def _strong(text: str, colour: bool, *, rule: str) -> str:
    text = text.replace("\x02", "").replace("\x03", "")
    if colour:
        return f"\x1b[1m{text}\x1b[0m"
    return f"{text}\n{rule * len(text)}" if rule else text
