"""What is late by the nearest edition, where nobody can tell which one judges the case."""

from __future__ import annotations

from pathlib import Path

from policylang.auditor.audit import audit
from policylang.auditor.columns.audit import by_columns
from policylang.auditor.on_the_dates import on_the_dates, worded
from policylang.auditor.outcome import Result
from policylang.auditor.step import Shown
from policylang.model.library import editions
from tests.auditor.test_real_cases import AS_AT, casebook, told
from tests.documents import Example, check, examples, load

PAGE = Path(__file__).with_name("not_governed.md")


@examples(PAGE)
def test_what_is_flagged(example: Example, tmp_path: Path) -> None:
    book = casebook(example, tmp_path)
    check(example, "expect", "\n".join(told(audit(None, editions(), book, AS_AT), book)))


def test_nothing_is_decided_and_both_replays_say_the_same(tmp_path: Path) -> None:
    for example in load(PAGE):
        book = casebook(example, tmp_path)
        plain, fast = (audit(None, editions(), book, AS_AT, engine=engine) for engine in (None, by_columns))
        assert {outcome.result for outcome in plain.outcomes} == {Result.CANNOT_TELL, Result.NOT_APPLICABLE}
        steps = [list(worded(on_the_dates(result), result, book)) for result in (plain, fast)]
        assert [(s.outcome, s.record()) for s in steps[0]] == [(s.outcome, s.record()) for s in steps[1]]
        assert {step.shown for step in steps[0]} == {Shown.NEAREST}
        for step in steps[0]:
            assert "nobody can tell which" in step.outcome.why or "does not tell which" in step.outcome.why
            assert "the nearest to the days on record" in step.outcome.why


def test_the_words_of_another_edition_are_given_only_where_it_is_late(tmp_path: Path) -> None:
    for example in load(PAGE):
        result = audit(None, editions(), casebook(example, tmp_path), AS_AT)
        late = {(s.outcome.case, s.outcome.duty) for s in on_the_dates(result)}
        for outcome in result.outcomes:
            assert ("the nearest" in outcome.why) == ((outcome.case, outcome.duty) in late)
