"""The demands held against sentences that real policies print, with the verdicts a careful reviewer would give."""

from __future__ import annotations

from pathlib import Path

from policylang.checker.check import check as check_policy
from policylang.model.library import load_code, load_text
from tests.documents import Example, check, examples

FRAME = 'policy "Complaints".\ncalendar england-and-wales.\n\nstage 1:\n\nstage 2:\n\n'


@examples(Path(__file__).with_name("fair-verdicts.md"))
def test_verdict(example: Example) -> None:
    code = load_code("housing-ombudsman-2024").document
    loaded = load_text(FRAME + example.block("policy"), "fragment.policy")
    assert loaded.document is not None
    assert code is not None
    assert [f.message for f in loaded.findings] == []
    wanted = example.options("policy")["of"].split(",")
    verdicts = {v.provision: v for v in check_policy(loaded.document, code)}
    lines = []
    for number in wanted:
        verdict = verdicts[number]
        how = f", {verdict.decided.value}" + (", arguable" if verdict.arguable else "")
        lines.append(f"{number} {verdict.judgement.value}{how}")
    check(example, "verdicts", "\n".join(lines))


def test_the_code_read_as_a_policy_complies_with_itself() -> None:
    """No demand contradicts another, and each can be met in the very words in which it is put."""
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    sentences = "\n".join(
        code.text[norm.span.start : norm.span.end].rstrip(" .") + "."
        for norm in {n.span.start: n for p in code.provisions for n in p.demands}.values()
    )
    policy = load_text(FRAME + "process:\n" + sentences, "itself.policy")
    assert policy.document is not None
    assert policy.findings == []
    odd = {
        v.provision: (v.judgement.value, v.arguable)
        for v in check_policy(policy.document, code)
        if v.judgement.value not in ("complies", "not-judged") or v.arguable
    }
    assert odd == {}
