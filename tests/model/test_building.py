"""From sentences to norms and facts: what is borrowed, what is cited, what stands in one reading only."""

from __future__ import annotations

from policylang.model.document import Document
from policylang.model.facts import Fact, facts
from policylang.model.library import load_text


def document(text: str) -> Document:
    loaded = load_text(text, "draft.policy")
    assert [finding.message for finding in loaded.findings] == []
    assert loaded.document is not None
    return loaded.document


def rows(text: str, kind: str) -> list[Fact]:
    return [row for row in facts(document(text)) if row["kind"] == kind]


def test_times_and_all_requirements_of_the_code_are_borrowed_apart() -> None:
    norms = document("must respond same times as the code. must log complaint as the code requires.").norms
    assert [norm.borrowed for norm in norms] == ["code times", "code"]
    notes = [row["note"] for row in rows("must respond same times as the code. must log as the code requires.", "duty")]
    assert notes == ["same times as the code", "as the code requires"]


def test_a_paragraph_of_the_code_is_cited_with_its_edition() -> None:
    text = 'will follow complaint-handling-code see [7.3, 7.4] of edition "2022" see [4] [5].'
    (norm,) = document(text).norms
    assert [(cited.label, cited.edition) for cited in norm.see_code] == [("7.3", "2022"), ("7.4", "2022")]
    assert norm.see == ("4",)
    (row,) = rows(text, "duty")
    assert row["note"] == "see 4; see 7.3 of edition 2022; see 7.4 of edition 2022"


READ = """
stage 1 "Stage 1":
  must log complaint.
reading "one" [3]:
  stage 1 must respond.
reading "one" stage 2 "Panel" [3.1]:
  must respond.
  stage 1 must acknowledge complaint.
reading "other" [3.1]:
  stage 1 is final.
"""


def test_a_reading_taken_up_again_is_one_reading_with_all_its_clauses() -> None:
    found = document(READ)
    assert [(reading.name, reading.clauses) for reading in found.readings] == [
        ("one", ("3", "3.1")),
        ("other", ("3.1",)),
    ]
    assert found.worlds() == [("one",), ("other",)]
    assert [norm.reading for norm in found.norms] == [None, "one", "one", "one", "other"]


def test_a_stage_of_a_reading_belongs_to_it_and_its_sentences_to_the_stage() -> None:
    found = document(READ)
    assert [(stage.number, stage.title, stage.reading) for stage in found.stages] == [
        (1, "Stage 1", None), (2, "Panel", "one"),
    ]  # fmt: skip
    assert [norm.stage for norm in found.norms] == [1, 1, 2, 1, 1]
    stages = rows(READ, "stage")
    assert [(row["stage"], row["note"]) for row in stages] == [(1, None), (2, "reading: one")]


def test_the_edition_that_governs_is_a_fact() -> None:
    (row,) = rows('governed by edition "2020" or "2022" [1.2].', "governed by")
    assert (row["items"], row["clauses"]) == (["edition 2020", "edition 2022"], ["1.2"])


def test_only_any_stage_and_or_are_kept_of_who_and_where() -> None:
    (who,) = rows("only senior-manager or director may refuse complaint.", "permission")
    assert who["note"] == "subject: only; subject joined by or"
    (where,) = rows("any stage must log complaint.", "duty")
    assert (where["stage"], where["note"]) == (None, "any stage")
