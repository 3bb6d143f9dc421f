"""Laws of parsing and printing, on documents drawn from the whole grammar and on broken ones."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from policylang.findings.finding import Finding, Severity
from policylang.language.mistakes import RULES
from policylang.language.parser import parse
from policylang.language.printer import format_text, sentence_text, statement_text
from policylang.language.tree import Heading
from tests import strategies
from tests.language.same import comments_of, differences

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted([*ROOT.glob("policies/*.policy"), *ROOT.glob("checks/*.code")])
TEXTS = [path.read_text(encoding="utf-8") for path in SHIPPED]
NAMES = frozenset(word for text in TEXTS for word in re.findall(r"[a-z]+(?:-[a-z]+)+", text))
_TAIL = re.compile(r" \([^()]*\)\Z")


@given(strategies.documents())
def test_every_form_that_the_strategies_draw_is_readable(text: str) -> None:
    assert [(f.message, f.place.line) for f in parse(text)[1] if f.place] == []


@given(strategies.documents())
def test_formatting_changes_no_meaning_loses_no_comment_and_settles_at_once(text: str) -> None:
    formatted, findings = format_text(text)
    assert findings == []
    assert differences(parse(text)[0], parse(formatted)[0]) == []
    assert comments_of(formatted) == comments_of(text)
    assert format_text(formatted) == (formatted, [])


@given(strategies.documents())
def test_the_house_style_has_no_stray_blanks(text: str) -> None:
    lines = format_text(text)[0].split("\n")
    assert lines[-1] == ""
    assert all(line == line.rstrip() for line in lines)
    assert not any(one == other == "" for one, other in itertools.pairwise(lines))
    assert lines[0] != "" or lines == [""]


@given(strategies.documents(most=3))
def test_one_line_renderings_read_back_as_the_same_sentence(text: str) -> None:
    for node in parse(text)[0].nodes:
        line = statement_text(node)
        again, findings = parse(line)
        assert findings == []
        assert [differences(node, other) for other in again.nodes] == [[]]
        assert sentence_text(node) in line
        assert "\n" not in line


def test_the_shipped_documents_obey_the_same_laws() -> None:
    assert TEXTS
    for path, text in zip(SHIPPED, TEXTS, strict=True):
        formatted, findings = format_text(text, path.name)
        assert findings == [], path.name
        assert differences(parse(text)[0], parse(formatted)[0]) == [], path.name
        assert comments_of(formatted) == comments_of(text), path.name
        assert format_text(formatted) == (formatted, []), path.name


def check_findings(text: str, findings: list[Finding]) -> None:
    """What holds of every finding of this layer, whatever the text."""
    lines = re.split(r"\r\n|\r|\n", text)
    for finding in findings:
        assert RULES[finding.rule] == finding.code
        assert finding.severity is Severity.ERROR
        assert finding.message.endswith((".", "?"))
        assert finding.help
        where = finding.place
        assert where is not None
        assert where.line is not None
        assert where.end_line is not None
        assert 1 <= where.line <= where.end_line <= len(lines)
        assert where.column is not None
        assert 1 <= where.column <= len(lines[where.line - 1]) + 1


def written(finding: Finding) -> str | None:
    """The sentence that a finding offers, without the choice that may stand behind it in brackets."""
    help = finding.help or ""
    return _TAIL.sub("", help.removeprefix("Write: ")) if help.startswith("Write: ") else None


def check_offers(findings: list[Finding], words: frozenset[str] = frozenset()) -> None:
    """Whatever a finding offers to write is itself readable, without a finding, and in the house's words."""
    for finding in findings:
        offer = written(finding)
        if offer is not None:
            tree, again = parse(offer, words=words)
            assert again == [], (finding, again)
            assert " ".join(statement_text(node) for node in tree.nodes) == offer


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A stretch of a shipped document with a few slips of the keyboard."""
    text = draw(st.sampled_from(TEXTS))
    lines = text.split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    piece = "\n".join(lines[start : start + draw(st.integers(1, 12))])
    slips = st.tuples(
        st.sampled_from(("delete", "insert", "swap", "double", "word", "join")),
        st.integers(0, 10_000),
        st.sampled_from(
            [*".,:;()[]\"'“”‘’#%&/-–•\n\t\r", "\u00a0", "\u00ad", "а", "\x00", "\ud800", " to ", " the ", "[3.2]"]
        ),
    )
    for kind, number, extra in draw(st.lists(slips, min_size=1, max_size=4)):
        at = number % (len(piece) + 1)
        match kind:
            case "delete":
                piece = piece[:at] + piece[at + 1 :]
            case "insert":
                piece = piece[:at] + extra + piece[at:]
            case "swap":
                piece = piece[:at] + piece[at + 1 : at + 2] + piece[at : at + 1] + piece[at + 2 :]
            case "double":
                piece = piece[:at] + piece[at : at + 20] + piece[at:]
            case "word":
                piece = (
                    re.sub(r"\S+\s*", "", piece[at:], count=1)
                    if at == 0
                    else piece[:at] + re.sub(r"\S+\s*", "", piece[at:], count=1)
                )
            case _:
                piece = piece[:at] + " ".join(piece[at:].split("\n", 1))
    return piece


@settings(max_examples=250)
@given(broken(), st.booleans())
def test_slips_of_the_keyboard_are_findings_and_never_exceptions(text: str, known: bool) -> None:
    words = NAMES if known else frozenset()
    tree, findings = parse(text, words=words)
    check_findings(text, findings)
    check_offers(findings, words)
    formatted, again = format_text(text)
    assert bool(again) == bool(findings) or known
    if again:
        assert formatted == text
        return
    if not findings:
        assert differences(tree, parse(formatted)[0]) == []
    assert format_text(formatted) == (formatted, [])


@settings(max_examples=200)
@given(
    st.text(st.sampled_from('abc must within of when 10 days. ,:;()[]"“”#\n\r\t-–•аé\x00\u200b\ud800’'), max_size=120)
)
@example("must a when " + "not " * 500 + "b.")
@example("must a when " + "(" * 500 + "b" + ")" * 500 + ".")
@example("within " + "9" * 6000 + " days.")
@example("\ufeff\ufeff.")
@example(":")
@example("reading\nstate\nif")
@example("Stage\n[3.2] may old at code resident decision in.\n- reasons\n- decision")
@example('"')
def test_any_text_at_all_is_answered(text: str) -> None:
    tree, findings = parse(text)
    check_findings(text, findings)
    check_offers(findings)
    assert all(isinstance(node, Heading) or node.span.end >= node.span.start for node in tree.nodes)


@given(strategies.documents(most=4), st.integers(0, 3))
def test_a_faulty_sentence_takes_no_other_with_it(text: str, at: int) -> None:
    """Sentences stand by themselves: one that cannot be read leaves the others in the tree as they were."""
    parts = [statement_text(node) for node in parse(text)[0].nodes]
    assume(parts)
    whole, _ = parse("\n".join(parts))
    at = min(at, len(parts))
    broken_tree, findings = parse("\n".join([*parts[:at], "must must within.", *parts[at:]]))
    assert findings
    assert differences(whole.nodes, broken_tree.nodes) == []
