"""``check --fix``: edits that are proposed, written only when asked, and never make anything worse."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from policylang.checker.check import check as judge
from policylang.checker.edits import edited
from policylang.checker.findings import finding_code
from policylang.checker.mend import mended
from policylang.checker.verdict import Judgement
from policylang.commands import main
from policylang.commands.fixing import _diff
from policylang.language.parser import parse
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.library import code_ids, load_code, load_policy, load_text, policy_ids
from tests.checker.made_up import Line, policies, policy_text
from tests.checker.test_pages import read
from tests.documents import Example, check, examples

PAGE = Path(__file__).with_name("fixes.md")
CODE = """code "Test Code" edition "1".
known as test-code cited as "TC".
in force from 2024-04-01.
section 1 "Stages":
provision 1.1 "Acknowledge":
  requirement "A complaint is acknowledged within five working days.".
  stage 1 must acknowledge within 5 working days of receipt.
provision 1.2 "Respond":
  requirement "A complaint is answered within ten working days of the acknowledgement, with reasons.".
  stage 1 must respond within 10 working days of acknowledgement.
  stage 1 response must state reasons.
provision 1.3 "No reasons asked":
  requirement "Nobody has to say why they ask for the next stage.".
  stage 1 must not require reasons-for-escalation.
provision 1.4 "Plain language":
  requirement "Letters are in plain language.".
  must use plain-language.
"""
DRAFT = """stage 1 "Stage 1" [3]:
  aims to acknowledge within 5 working days of receipt [3.1].
"""


def code_of(id: str) -> Document:
    found = load_code(id).document
    assert found is not None
    return found


@examples(PAGE)
def test_page(example: Example) -> None:
    policy, code = read(example.block("policy"), "draft.policy"), read(CODE, "test.code")
    result = mended(policy, code)
    assert result.worse == ()
    check(example, "diff", "".join(_diff(policy.text, result.text, "draft.policy")).rstrip("\n") or "nothing")
    # Told again, it has nothing more to say.
    assert mended(read(result.text, "draft.policy"), code).text == result.text


PAIRS = [
    *((policy, "housing-ombudsman-2024") for policy in policy_ids()),
    *zip(policy_ids(), (id for id in code_ids() if id != "housing-ombudsman-2024"), strict=False),
]
"""Every policy against the edition in force, and one policy against each of the other codes."""


@pytest.mark.parametrize(("policy", "id"), PAIRS)
def test_mended_every_policy_is_better_off_and_no_provision_worse(policy: str, id: str) -> None:
    document, code = load_policy(policies_dir() / f"{policy}.policy").document, code_of(id)
    assert document is not None
    result = mended(document, code)
    assert result.worse == ()
    assert result.improved
    if id == "housing-ombudsman-2024":
        before = [v.provision for v in result.before if v.falls_short or v.judgement is Judgement.SILENT]
        still = [v.provision for v in result.after if v.falls_short or v.judgement is Judgement.SILENT]
        assert len(still) < len(before) / 10
        # What still falls short has been named: by hand, or held back.
        assert set(still) <= {number for number, _ in result.by_hand} | set(result.held_back)
    # The text as it comes out is read without a fault, says what was judged, and needs no second round.
    again = load_text(result.text, document.name, id=document.id)
    assert again.document is not None
    assert not again.findings
    verdicts = [(v.provision, v.judgement, v.arguable) for v in judge(again.document, code)]
    assert verdicts == [(v.provision, v.judgement, v.arguable) for v in result.after]
    assert mended(again.document, code).text == result.text


@pytest.mark.parametrize("policy", policy_ids())
def test_nothing_but_the_sentences_concerned_is_touched(policy: str) -> None:
    """Every line that was taken away belongs to a sentence that the edits change, and every comment is still there."""
    document = load_policy(policies_dir() / f"{policy}.policy").document
    assert document is not None
    result = mended(document, code_of("housing-ombudsman-2024"))
    old, new = document.text.splitlines(), result.text.splitlines()
    gone = [
        line for line in _diff(document.text, result.text, "x") if line.startswith("-") and not line.startswith("--- ")
    ]
    assert 0 < len(gone) < len(old) / 2
    comments = [line.strip() for line in old if line.strip().startswith("#")]
    kept = [line.strip() for line in new]
    assert all(comment in kept for comment in comments)
    assert "# Proposed for HO24-" in result.text
    assert [n.text for n in parse(document.text, "x")[0].comments] == [
        n.text for n in parse(result.text, "x")[0].comments
    ]


@settings(max_examples=8)
@given(policies())
def test_made_up_policies_are_mended_too(lines: list[Line]) -> None:
    policy = read(policy_text(lines), "made-up.policy")
    result = mended(policy, code_of("housing-ombudsman-2024"))
    assert result.worse == ()
    assert {v.provision for v in result.after if v.falls_short} <= {n for n, _ in result.by_hand} | set(
        result.held_back
    )


def test_line_ends_of_windows_come_through() -> None:
    code = read(CODE, "test.code")
    policy = read(DRAFT.replace("\n", "\r\n"), "draft.policy")
    text = edited(policy, [(finding_code(code, v.provision), r) for v in judge(policy, code) for r in v.repairs])
    assert text.count("\n") == text.count("\r\n") > 3


# ------------------------------------------------------------------ the command


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    policy, code = tmp_path / "draft.policy", tmp_path / "test.code"
    policy.write_text(DRAFT, encoding="utf-8")
    code.write_text(CODE, encoding="utf-8")
    return policy, code


def run(files: tuple[Path, Path], *words: str) -> Result:
    return CliRunner().invoke(main, ["check", str(files[0]), "--code", str(files[1]), *words])


def test_a_diff_writes_nothing_and_can_be_applied(files: tuple[Path, Path]) -> None:
    result = run(files, "--fix", "--diff")
    assert result.exit_code == 1
    assert files[0].read_text(encoding="utf-8") == DRAFT
    assert "+  must acknowledge within 5 working days of receipt" in result.stdout
    assert "3 provisions better off, none worse" in result.stderr
    assert "the source document has to say the same" in " ".join(result.stderr.split())
    subprocess.run(["git", "apply", "-p0", "--unsafe-paths", "-"], input=result.stdout.replace(
        files[0].as_posix(), "draft.policy"), text=True, cwd=files[0].parent, check=True)  # fmt: skip
    applied = files[0].read_text(encoding="utf-8")
    files[0].write_text(DRAFT, encoding="utf-8")
    assert run(files, "--fix", "--write").exit_code == 0
    assert files[0].read_text(encoding="utf-8") == applied


def test_written_it_complies_and_a_second_time_changes_nothing(files: tuple[Path, Path]) -> None:
    files[0].write_bytes(b"\xef\xbb\xbf" + DRAFT.replace("\n", "\r\n").encode())
    result = run(files, "--fix", "--write")
    assert result.exit_code == 0
    assert "3 provisions better off" in result.stdout
    data = files[0].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf#" if data[3:4] == b"#" else b"\xef\xbb\xbfstage")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert run(files).exit_code == 0
    again = run(files, "--fix", "--write")
    assert "no sentence to propose; nothing was changed" in " ".join(again.stdout.split())
    assert files[0].read_bytes() == data
    assert list(files[0].parent.glob(".*")) == []


def test_a_diff_keeps_the_line_ends_of_the_policy(files: tuple[Path, Path]) -> None:
    files[0].write_bytes(DRAFT.replace("\n", "\r\n").encode())
    said = run(files, "--fix", "--diff").stdout_bytes
    changed = [line for line in said.split(b"\n") if line[:1] in b"+- " and line[:3] not in (b"+++", b"---") and line]
    assert changed
    assert all(line.endswith(b"\r") for line in changed)


def test_only_what_is_asked_for_is_mended(files: tuple[Path, Path]) -> None:
    result = run(files, "--fix", "--diff", "--provision", "1.4")
    added = [line for line in result.stdout.splitlines() if line.startswith("+  must")]
    assert added == ["+  must use plain-language."]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--fix",), "--fix has to be told"),
        (("--fix", "--diff", "--write"), "--fix has to be told"),
        (("--diff",), "--diff goes with --fix"),
        (("--write",), "--write goes with --fix"),
        (("--fix", "--diff", "--format", "json"), "it has no form “json”"),
    ],
)
def test_what_is_not_clear_is_refused(files: tuple[Path, Path], words: tuple[str, ...], said: str) -> None:
    result = run(files, *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert files[0].read_text(encoding="utf-8") == DRAFT


def test_a_code_is_not_mended(files: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(main, ["check", str(files[1]), "--fix", "--write"])
    assert result.exit_code == 2
    assert "only policies are mended" in " ".join(result.stderr.split())
    assert files[1].read_text(encoding="utf-8") == CODE
