"""A whole page: the head that every page has, the style, and a body from its own template."""

from __future__ import annotations

from pathlib import Path
from string import Template

from policylang.evidence.page_parts import html

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def whole_page(title: str, template: str, /, **parts: str) -> str:
    """The page as text, with Unix line ends. ``template`` is the file of what stands in the body; ``parts`` are its
    finished pieces of markup, and ``title`` is plain text, which the body may show too."""
    heading = html.join([title])
    inside = Template(_read(template)).substitute({"title": heading, **parts})
    text = Template(_read("whole.html")).substitute(title=heading, css=_read("page.css").strip(), body=inside)
    return text.replace("\r\n", "\n")


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
