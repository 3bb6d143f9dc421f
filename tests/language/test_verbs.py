"""The plain form of a past participle, for the sentence that a passive one should be."""

from __future__ import annotations

import pytest

from policylang.language.mistakes.verbs import stem

FORMS = [
    ("acknowledged", "acknowledge"), ("logged", "log"), ("responded", "respond"), ("escalated", "escalate"),
    ("refused", "refuse"), ("replied", "reply"), ("given", "give"), ("reviewed", "review"), ("reported", "report"),
    ("informed", "inform"), ("closed", "close"), ("recorded", "record"), ("extended", "extend"),
    ("considered", "consider"), ("explained", "explain"), ("published", "publish"), ("monitored", "monitor"),
    ("offered", "offer"), ("investigated", "investigate"), ("resolved", "resolve"), ("referred", "refer"),
    ("kept", "keep"), ("sent", "send"), ("notified", "notify"), ("updated", "update"), ("accepted", "accept"),
    ("handled", "handle"), ("managed", "manage"), ("agreed", "agree"), ("assigned", "assign"),
    ("provided", "provide"), ("decided", "decide"), ("required", "require"), ("contacted", "contact"),
    ("addressed", "address"), ("completed", "complete"), ("withdrawn", "withdraw"), ("applied", "apply"),
    ("defined", "define"), ("used", "use"), ("held", "hold"), ("told", "tell"), ("met", "meet"),
]  # fmt: skip


@pytest.mark.parametrize(("past", "plain"), FORMS)
def test_the_likeliest_form_is_chosen_where_nothing_else_is_known(past: str, plain: str) -> None:
    assert stem(past, ()) == plain


@pytest.mark.parametrize(
    ("past", "known"),
    [("planed", "plane"), ("planed", "plan"), ("planned", "plan"), ("added", "add"), ("copied", "copy")],
)
def test_a_form_that_the_vocabulary_knows_comes_first(past: str, known: str) -> None:
    assert stem(past, (known, "other")) == known


@pytest.mark.parametrize("word", ["accessible", "ed", "red", "prompt"])
def test_what_is_no_past_participle_stays_as_it_is(word: str) -> None:
    assert stem(word, ()) == word
