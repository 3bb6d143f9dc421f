"""The page: it stands alone, can be read without seeing it, and says what the outcomes say."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from policylang.auditor.outcome import Result
from policylang.evidence.assess import PAGE, assess
from policylang.evidence.page_parts.html import join, lines, table, tag
from policylang.evidence.pictures import grid, histogram
from policylang.evidence.run import AssessInput
from tests.evidence import made_up
from tests.evidence.test_workbook import EVIL, evil_run

VOID = {"meta", "br", "link", "img", "input", "hr"}
SVG_EMPTY = {"rect", "line", "circle", "path"}


class Outline(HTMLParser):
    """What a page is made of: its elements, its text, and whether every element is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.parents: list[tuple[str, ...]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names)
        self.elements.append((tag, dict(attrs)))
        self.parents.append(tuple(self.open))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.parents.append(tuple(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((tuple(self.open), data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str = "body") -> str:
        return " ".join(text for parents, text in self.texts if tag in parents)


def made(run: AssessInput) -> str:
    return assess(run).files[PAGE].decode("utf-8")


@cache
def whole() -> str:
    return made(made_up.run())


@cache
def outline() -> Outline:
    return Outline(whole())


def test_the_page_is_one_file_that_asks_nothing_of_anybody() -> None:
    page = outline()
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert not page.all("iframe")
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "action", "data", "poster", "xlink:href", "srcset"):
            target = attributes.get(name)
            assert target is None or target.startswith("#")
    assert not re.search(r"url\((?!#)|@import|javascript:", whole())
    assert set(re.findall(r"https?://[^\s\"<]+", whole())) == {"http://www.w3.org/2000/svg"}
    (policy,) = [m for m in page.all("meta") if m.get("http-equiv")]
    assert "default-src 'none'" in (policy["content"] or "")


def test_language_title_and_headings_are_in_order() -> None:
    page = outline()
    assert page.all("html") == [{"lang": "en-GB"}]
    assert page.text("title")
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.all("main")) == 1


def test_every_id_is_used_once_and_every_reference_leads_somewhere() -> None:
    page = outline()
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in page.elements:
        for name in ("aria-labelledby", "href"):
            for target in (attributes.get(name) or "").split():
                assert target.lstrip("#") in ids
    for target in re.findall(r"url\(#([^)]+)\)", whole()):
        assert target in ids


def test_every_picture_has_a_title_a_description_and_its_data_as_a_table() -> None:
    page = outline()
    pictures = page.all("svg")
    assert len(pictures) == 4 + 7  # the grid, two of days, one case; and those over months
    for attributes in pictures:
        assert attributes["role"] == "img"
        title, desc = (attributes["aria-labelledby"] or "").split()
        assert any(name == "title" and a.get("id") == title for name, a in page.elements)
        assert any(name == "desc" and a.get("id") == desc for name, a in page.elements)
    figures = re.findall(r"<figure>.*?</figure>", whole(), re.DOTALL)
    assert len(figures) == len(pictures)
    for figure in figures:
        assert re.search(r"<desc [^>]*>[^<]{20,}</desc>", figure)
        assert re.search(r"<details>.*<table>.*<td", figure, re.DOTALL)


def test_tables_have_captions_and_headings_and_scroll_within_the_reach_of_the_keyboard() -> None:
    page = outline()
    tables = [n for n, (name, _) in enumerate(page.elements) if name == "table"]
    assert tables
    assert len(page.all("caption")) == len(tables)
    for n in tables:
        holder, attributes = page.elements[n - 1]
        assert holder == "div"
        assert attributes["tabindex"] == "0"
        assert attributes["aria-label"]
    assert {a.get("scope") for a in page.all("th")} == {"col", "row"}


def test_all_72_provisions_are_there_with_their_answers_and_the_worst_things() -> None:
    run = made_up.run()
    result = assess(run)
    rows = re.findall(r'<tr><th scope="row">(\d+\.\d+)</th>.*?class="answer \w+">([^<]+)<', whole(), re.DOTALL)
    assert rows == [(item.provision, item.comply.answer.value) for item in result.rows]
    text = outline().text()
    for thing in result.worst:
        assert thing.sentence in text
    assert f"{result.totals.judged} " in text + " "


def test_the_histogram_tables_add_up_to_the_outcomes() -> None:
    run = made_up.run()
    for stage, provision in ((1, "6.3"), (2, "6.14")):
        caption = f"Data: Working days to respond at stage {stage}"
        body = whole().split(f"<caption>{caption}</caption>")[1].split("</table>")[0]
        numbers = [[int(n) for n in re.findall(r">(\d+)<", row)] for row in re.findall(r"<tr>(.*?)</tr>", body)[1:]]
        theirs = [o for o in run.outcomes if o.source == "code" and o.provision == provision]
        met = sum(o.result.value == "met" for o in theirs)
        late = sum(o.result.value == "breached" and o.actual is not None for o in theirs)
        assert sum(n[1] + n[2] for n in numbers) == met
        assert sum(n[3] for n in numbers) == late
        assert all(days <= (10, 20)[stage - 1] for days, in_time, *_ in numbers if in_time)


@pytest.mark.parametrize(
    "text", [*EVIL, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$css ${x}", "&lt;"]
)
def test_text_from_outside_is_never_markup(text: str) -> None:
    page = made(evil_run(text))
    found = Outline(page)
    assert not found.all("script")
    assert not found.all("img")
    assert text.strip() in found.text("h1") + found.text("title") + found.text()


def test_controls_and_lone_surrogates_become_the_replacement_character() -> None:
    assert "a\ufffdb\ufffd" in made(evil_run("a\x00b\ud800"))


def test_without_a_log_and_without_breaches_the_page_says_so() -> None:
    page = made(made_up.run(casebook=None, outcomes=(), data_quality=()))
    Outline(page)
    assert "only the policy is judged" in page
    assert "there is nothing to draw" in page
    assert page.count("<svg") == 1


def test_a_very_long_list_of_breaches_says_how_many_it_leaves_out() -> None:
    many = tuple(made_up.outcome(f"C{n}", result=Result.BREACHED) for n in range(90))
    assert "The first 40 of 90 breaches" in made(made_up.run(outcomes=many))


def test_two_runs_give_the_same_page() -> None:
    assert made(made_up.run()) == whole()
    assert "\r" not in whole()


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out_from_its_ground() -> None:
    """4.5 to 1 for text: WCAG 2.2, level AA."""
    pairs = [(look.ink, look.ground) for look in (*grid.VERDICTS.values(), *grid.PRACTICES.values())]
    css = re.search(r"<style>(.*?)</style>", whole(), re.DOTALL)
    assert css is not None
    for rule in re.findall(r"\{([^}]*)\}", css[1]):
        ink = re.search(r"(?<![-\w])color: (#[0-9a-f]{3,6})", rule)
        ground = re.search(r"background: (#[0-9a-f]{3,6})", rule)
        if ink:
            pairs.append((long(ink[1]), long(ground[1]) if ground else "#ffffff"))
    assert len(pairs) > 15
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])


def test_what_is_told_by_colour_is_told_without_it_too() -> None:
    """Each has a letter or word of its own, and a pattern, or a ground that differs in grey."""
    for looks in (grid.VERDICTS, grid.PRACTICES):
        assert len({look.letter for look in looks.values()}) == len(looks)
    marks = [(kind.pattern, round(luminance(kind.ground), 1)) for kind in histogram._KINDS.values()]
    assert len(set(marks)) == len(marks)


def test_the_writer_escapes_text_and_keeps_markup() -> None:
    assert tag("p", "a < b & c", title='"x"') == '<p title="&quot;x&quot;">a &lt; b &amp; c</p>'
    assert join(["<", tag("b", ">"), None]) == "&lt;<b>&gt;</b>"
    assert lines("a\n<b>") == "a<br>&lt;b&gt;"
    assert '<td class="n">2</td>' in table(("A", "B"), [("1", "2")], "C", numbers=(1,))
