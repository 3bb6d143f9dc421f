"""Every accepted form (``good/``) with how it is laid out, every near-miss (``bad/``) with what is said about it."""

from __future__ import annotations

import re
from pathlib import Path

from policylang.findings.excerpt import underlined
from policylang.findings.finding import Finding
from policylang.language.mistakes import RULES
from policylang.language.parser import parse
from policylang.language.printer import format_text
from policylang.model.vocabulary import vocabulary
from tests.documents import Example, check, examples, load
from tests.language.same import differences
from tests.language.test_laws import check_findings, check_offers

HERE = Path(__file__).parent


@examples(HERE / "good")
def test_an_accepted_form(example: Example) -> None:
    text = example.block("policy")
    formatted, findings = format_text(text)
    assert [finding.message for finding in findings] == []
    check(example, "formatted", formatted)
    assert differences(parse(text)[0], parse(formatted)[0]) == []
    assert format_text(formatted) == (formatted, [])


@examples(HERE / "bad")
def test_a_near_miss(example: Example) -> None:
    text = source_of(example)
    words = example.get("words").split()
    known = vocabulary().words() if words == ["vocabulary"] else tuple(words)
    _, findings = parse(text, "draft.policy", known)
    assert findings, "nothing was found"
    check_findings(text, findings)
    check_offers(findings)
    check(example, "findings", "\n\n".join(map(shown, findings)))


def test_every_rule_has_its_near_miss() -> None:
    """A rule that no example meets could say anything, or never speak at all."""
    told = " ".join(example.get("findings") for page in sorted((HERE / "bad").glob("*.md")) for example in load(page))
    # The two limits on the whole text need texts too long for a page; test_limits.py has them.
    assert {rule for rule in RULES if f"{rule} (" not in told} == {"text-too-long", "too-many-faults"}


def source_of(example: Example) -> str:
    """The policy of an example; ``⟨U+00AD⟩`` stands for a character that a page cannot show, ``⟨x80⟩`` repeats."""
    text = example.block("policy").removesuffix("\n")
    text = re.sub(r"⟨U\+([0-9A-F]{4})⟩", lambda shown: chr(int(shown[1], 16)), text)
    before, mark, after = text.partition("⟨×⟩")
    return before if not mark else before.replace("…", after * 5000 if "many" in example.title else after * 70)


def shown(finding: Finding) -> str:
    """A finding by its parts."""
    where = finding.place
    assert where is not None
    heading = f", under {where.heading}" if where.heading else ""
    return "\n".join(
        (
            f"{finding.rule} ({finding.code}), line {where.line}{heading}",
            f"  underlined: {underlined(where)}",
            f"  message: {finding.message}",
            f"  help: {finding.help}",
        )
    )
