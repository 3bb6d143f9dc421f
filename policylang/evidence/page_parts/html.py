"""A small HTML writer: text is always escaped, markup is a type of its own so that the two are never confused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policylang.evidence.pictures.svg import DataTable, Picture
from policylang.evidence.safe_text import escape


class Markup(str):
    """Text that is markup already. Only this module makes it."""

    __slots__ = ()


Inside = str | Markup | None


def tag(name: str, *inside: Inside, **attributes: str | None) -> Markup:
    """One element; plain text inside is escaped. ``class_`` and ``for_`` stand for the words Python keeps."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{join(inside)}</{name}>")


def join(parts: Iterable[Inside]) -> Markup:
    """Parts one after another; ``None`` is nothing."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts if part is not None))


def lines(text: str) -> Markup:
    """Plain text whose line ends are kept."""
    return join(part for n, line in enumerate(text.split("\n")) for part in ((Markup("<br>") if n else None), line))


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Inside]],
    caption: str,
    *,
    numbers: Sequence[int] = (),
    class_: str = "",
) -> Markup:
    """A table with a caption; the first cell of each row heads it, ``numbers`` are the columns set to the right."""
    head = tag("tr", *(tag("th", text, scope="col", class_=_right(n, numbers)) for n, text in enumerate(headings)))
    body = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(tag("td", c, class_=_right(n, numbers)) for n, c in enumerate(row[1:], 1)),
        )
        for row in rows
    ]
    inside = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body), class_=class_ or None)
    # A wide table scrolls in its own box, which the keyboard must be able to reach.
    return tag("div", inside, class_="scroll", role="region", aria_label=caption, tabindex="0")


def _right(n: int, numbers: Sequence[int]) -> str | None:
    return "n" if n in numbers else None


def figure(picture: Picture) -> Markup:
    """A picture, with its data as a table for whoever would rather read it."""
    data = picture.table
    inside = table(data.headings, data.rows, f"Data: {picture.title}", numbers=_numeric(data))
    return tag(
        "figure",
        tag(
            "div",
            Markup(picture.svg),
            class_="picture",
            role="region",
            aria_label=f"Picture: {picture.title}",
            tabindex="0",
        ),
        tag("figcaption", picture.desc),
        tag("details", tag("summary", f"The data as a table: {picture.title}"), inside),
    )


def _numeric(data: DataTable) -> tuple[int, ...]:
    return tuple(
        n
        for n in range(1, len(data.headings))
        if data.rows and all(row[n].replace(",", "").isdigit() for row in data.rows)
    )
