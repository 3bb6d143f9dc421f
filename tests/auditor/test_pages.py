"""The pages of this folder: a fragment of a policy or a code, a case told in words, and what every duty came to."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylang.auditor.audit import audit, audit_case
from policylang.auditor.columns.audit import by_columns
from policylang.auditor.duties import duties
from policylang.auditor.outcome import Result
from policylang.auditor.ruling import REASONS
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.model.library import editions, load_code
from tests.auditor.told import told_case, told_document, told_outcomes
from tests.documents import Example, check, examples, load

PAGES = Path(__file__).with_name("pages")


@examples(PAGES)
def test_page(example: Example) -> None:
    check(example, "expect", judged(example))


def judged(example: Example) -> str:
    """What every duty of the page's documents came to, but for those its ``leave-out`` option names."""
    case, as_at = told_case(example.block("case"))
    policy = told_document(example.block("policy"), "policy") if example.names("policy") else None
    codes = [told_document(example.blocks[name], "code") for name in example.names("code")]
    shipped = example.options("case").get("code")
    if shipped == "every":  # the editions that come with the tool, each for the cases of its time
        codes += editions()
    elif shipped:
        found = load_code(shipped).document
        assert found is not None
        codes.append(found)
    options = example.options("case")
    settings = Settings(
        day_one=options.get("day-one") == "yes",
        any_date=options.get("any-date") == "yes",
        not_done=frozenset(filter(None, options.get("not-done", "").split(","))),
    )
    outcomes = audit_case(policy, codes, case, as_at, settings)
    only = options.get("only", "").split(",")
    return told_outcomes(o for o in outcomes if only == [""] or o.action in only or (o.provision or "") in only)


@examples(PAGES)
def test_the_columns_say_the_same_of_every_page(example: Example) -> None:
    case, as_at = told_case(example.block("case"))
    policy = told_document(example.block("policy"), "policy") if example.names("policy") else None
    codes = [told_document(example.blocks[name], "code") for name in example.names("code")]
    settings = Settings(any_date=example.options("case").get("any-date") == "yes")
    if policy is None and not codes:
        codes = editions()
    found = audit(policy, codes, CaseBook([case]), as_at, settings)
    columns = audit(policy, codes, CaseBook([case]), as_at, settings, engine=by_columns)
    assert list(columns.outcomes) == list(found.outcomes)


@examples(PAGES / "awkward-cases.md")
def test_the_columns_say_the_same_of_awkward_cases(example: Example) -> None:
    """The engine stops by itself if the two replays disagree on an outcome, a reason, a due date or a lateness."""
    case, as_at = told_case(example.block("case"))
    settings = Settings(day_one=example.options("case").get("day-one") == "yes")
    found = audit(None, editions(), CaseBook([case]), as_at, settings)
    columns = audit(None, editions(), CaseBook([case]), as_at, settings, engine=by_columns)
    assert list(columns.outcomes) == list(found.outcomes)


def pages_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.md")))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_code_is_shown_on_a_page(reason: str) -> None:
    assert f"({reason})" in pages_text()


def test_every_kind_of_duty_meets_every_outcome_that_it_can_have() -> None:
    seen: dict[str, set[Result]] = {}
    for path in sorted(PAGES.glob("*.md")):
        for example in load(path):
            case, as_at = told_case(example.block("case"))
            policy = told_document(example.block("policy"), "policy") if example.names("policy") else None
            if policy is None:
                continue
            kinds = {duty.name: duty.kind.value for duty in duties(policy)}
            for outcome in audit_case(policy, [], case, as_at):
                seen.setdefault(kinds[outcome.duty], set()).add(outcome.result)
    every = set(Result)
    assert seen["timed"] == every
    assert seen["extension-notified"] == every
    assert seen["extension-limit"] == every - {Result.PENDING}  # a date is within the limit or it is not
    assert seen["content"] == every - {Result.PENDING}  # a letter that is not sent yet has no contents
    assert seen["different-person"] == every
    assert seen["not-refused"] == every - {Result.PENDING}  # until it is refused it is not refused
