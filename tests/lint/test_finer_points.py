"""Where each lint rule draws its line: what it names, what it lets pass, and under which heading (pages in finer/)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policylang.checker.lint._rule import lint
from policylang.findings.finding import Finding
from policylang.model.library import load_text
from tests.documents import Example, check, examples
from tests.lint.test_rules import TODAY, in_document


def told(finding: Finding) -> str:
    """The line and its heading, what is said, the few words that are underlined, and the lines beside it."""
    place = finding.place
    assert place is not None
    under = f" under “{place.heading}”" if place.heading else ""
    line = f"line {place.line}{under}: {finding.message}"
    if place.excerpt and place.line == place.end_line and place.column and place.end_column:
        meant = place.excerpt.splitlines()[0][place.column - 1 : place.end_column - 1]
        line += f"\n  meant: {meant}" if len(meant) < 40 else ""
    if finding.found and finding.found not in line:
        line += f"\n  found: {finding.found}"
    beside = ", ".join(str(other.line) for other in finding.related)
    return f"{line}\n  to do: {finding.help}" + (f"\n  see line: {beside}" if beside else "")


@examples(Path(__file__).with_name("finer"))
def test_finer_point(example: Example) -> None:
    rule = example.title.partition(":")[0]
    if "document" in example.blocks:
        found = in_document(example.block("document"), rule)
    else:
        loaded = load_text(example.block("policy"), "draft.policy")
        assert loaded.document is not None
        assert loaded.findings == [], "the example itself must be good language"
        on = example.options("policy").get("on")  # read on another day: “policy on=2022-09-30”
        today = date.fromisoformat(on) if on else TODAY
        found = [f for f in lint(loaded.document, today=today) if f.rule == rule]
    check(example, "expect", "\n".join(told(finding) for finding in found) or "nothing")


def test_a_heading_over_what_cannot_be_read_hides_no_empty_one() -> None:
    document = load_text('policy "P".\nstage 1:\n  must must respond [1].\nrecords:\n', "draft.policy").document
    assert document is not None
    found = [f for f in lint(document, today=TODAY) if f.rule == "nothing-under-heading"]
    assert [f.place.line for f in found if f.place] == [4]
