"""References in the prose of a document: which are its own, where they lead, and which lead astray."""

from __future__ import annotations

import pytest

from policylang.documents.clauses import clauses
from policylang.documents.references import references
from policylang.documents.subjects import Subjects, stem
from tests.lint.test_source_clauses import document


def referred(text: str) -> list[str]:
    return [r.label for r in references(clauses(document(f"1 Start\n1.1 {text}")))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is answered (see section 7.4.2).", ["7.4.2"]),
        ("It is answered (See section 7.4 above).", ["7.4"]),
        ("As set out at Section 4.5, it is refused.", ["4.5"]),
        ("In line with 4.3 it is refused.", ["4.3"]),
        ("The content outlined in 1.16 is given.", ["1.16"]),
        ("Refer to paragraph 2.5 for more.", ["2.5"]),
        ("More is in section 5.", ["5"]),
        ("See sections 3.1, 3.2 and 3.4.", ["3.1", "3.2", "3.4"]),
        ("Clauses 4.5/4.6 apply.", ["4.5", "4.6"]),
        ("Under clause 2.1 of this policy it is open.", ["2.1"]),
        ("It is described in Appendix 1.", ["Appendix 1"]),
        ("It is described in annexe b.", ["Annexe B"]),
    ],
)
def test_references(text: str, expected: list[str]) -> None:
    assert referred(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It complies with paragraph 7.3 of the revised Code.",
        "Under section 21 of the Housing Act 1988 notice is given.",
        "In line with section 4.1 of the Complaint Handling Code it is open.",
        "The Equality Act 2010, section 20, applies.",
        "As paragraph 5.3 of our Compensation Policy says, it is paid.",
        "Housing Act 1996 (schedule 2)",
        "It takes between 1.5 and 2.5 hours.",
        "Satisfaction rose to 4.5 per cent.",
        "It rose by 2.5% and fell to 1.5 million.",
        "In 2024 nothing changed, and at 10 it closes.",
    ],
)
def test_no_reference_of_its_own(text: str) -> None:
    assert referred(text) == []


def test_what_stands_before_the_first_clause_speaks_of_earlier_versions() -> None:
    text = "Version 8\tthe law had changed (clause 1.9)\n1 Start\n1.1 Text."
    assert list(references(clauses(document(text)))) == []


STRAY = """4 Complaints
4.3 Time Scales
Issues over twelve months old are left alone.
4.4 Staff
Line managers look into conduct.
4.5 Unacceptable Behaviour
Abuse and threats are not tolerated, and action is taken.
5 Process
5.1 A review is refused where somebody will not engage (see 4.3 {name}).
"""


def test_a_reference_that_names_another_clause_went_astray() -> None:
    found = clauses(document(STRAY.format(name="Unacceptable Behaviour")))
    (reference,) = references(found)
    why = Subjects(found).astray(reference)
    assert why is not None
    assert why.meant == "4.5"
    assert "“Time Scales”" in why.because


@pytest.mark.parametrize("name", ["Time Scales", "", "below", "Something Nobody Wrote"])
def test_without_strong_evidence_nothing_is_said(name: str) -> None:
    found = clauses(document(STRAY.format(name=name)))
    assert [Subjects(found).astray(r) for r in references(found)] == [None]


def test_words_alone_are_evidence_only_where_many_rare_ones_agree() -> None:
    text = "\n".join(
        [
            "2 Money",
            "2.1 Compensation for missed appointments is fifty pounds, credited to the rent account.",
            *(f"2.{n} Neighbourhood walkabout number {'abcdefghijklmnop'[n]} takes place." for n in range(2, 12)),
            "3 Answers",
            "3.1 {} (see 2.4).",
        ]
    )
    strong = clauses(document(text.format("Missed appointments are paid as compensation into the rent account")))
    weak = clauses(document(text.format("An appointment may be arranged")))
    (why,) = [Subjects(strong).astray(r) for r in references(strong)]
    assert why is not None
    assert why.meant == "2.1"
    assert "“appointments”" in why.because
    assert [Subjects(weak).astray(r) for r in references(weak)] == [None]


def test_the_forms_of_a_word_are_one() -> None:
    assert stem("provided") == stem("provides") == stem("providing") == stem("provide")
    assert stem("timescales") == stem("timescale")
