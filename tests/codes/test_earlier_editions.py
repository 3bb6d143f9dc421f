"""The Codes of 2022 and 2020 as data: what is a must, what was checked, every figure, and the words of each demand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from policylang.auditor.duties import duties
from policylang.checker.check import check as check_policy
from policylang.language.printer import sentence_text
from policylang.model.conditions import Older, atoms
from policylang.model.data import checks_dir
from policylang.model.document import Document, Provision
from policylang.model.library import load_code, load_text
from policylang.model.norms import Kind, Norm
from tests.documents import Example, check, examples

EDITIONS = {"2022": "housing-ombudsman-2022", "2020": "housing-ombudsman-2020"}
PAGES = {year: Path(__file__).with_name(f"{id}.md") for year, id in EDITIONS.items()}

# The best-practice rows of the 2022 form; every other provision of that edition is a must.
SHOULD = [
    *("1.4", "1.5", "2.2", "3.3", "4.3", "4.4", "4.5", "4.8", "4.9", "4.10", "4.13", "4.16", "4.17", "4.19"),
    *("5.2", "5.3", "5.4", "5.7", "5.14", "5.15", "5.18", "5.19", "6.3", "6.7", "7.3", "7.4", "7.5", "7.6"),
]
# How far the substance of each was checked when it was catalogued; all others were read in a published source.
UNVERIFIED = {
    "2022": [
        *("1.5", "2.5", "2.6", "3.1", "3.2", "3.3", "4.4", "4.5", "4.8", "4.9", "4.10", "4.11", "4.12", "4.13"),
        *("4.15", "4.16", "4.17", "5.2", "5.3", "5.7", "5.14", "5.15", "5.16", "5.18", "5.19", "5.20", "6.7", "8.2"),
    ],
    "2020": ["1.d", "1.f", "3.d", "3.e", "3.f", "3.g", "3.h", "3.m", "4.c", "4.e", "5.b", "6.b", "7.b"],
}
CORROBORATED = {
    # Of 1.8 the requirement was read, but not the three examples to which a policy is held.
    "2022": [
        *("1.4", "1.8", "2.7", "2.8", "4.3", "4.14", "4.18", "4.19", "5.4", "5.13", "5.17", "7.4", "7.6", "8.3"),
    ],
    "2020": ["1.g", "3.c", "3.j", "4.a", "4.d", "5.a", "6.a"],
}
# Only what residents see, Board papers or a person's own reading can show these.
NOT_FOR_A_POLICY = {
    "2022": ["2.4", "4.13", "7.4", "8.1"],
    "2020": ["3.m", "6.b", "7.a", "7.b"],
}
# Every deadline: the action, the stage, the limit in working days, the event that starts the clock.
DEADLINES = {
    "2022": [
        ("4.1", "acknowledge", 1, 5, "receipt"),
        ("4.1", "log", 1, 5, "receipt"),
        ("5.1", "respond", 1, 10, "logging"),
        ("5.13", "respond", 2, 20, "escalation"),
        ("5.18", "respond", 3, 20, "escalation"),
    ],
    "2020": [
        ("3.c", "acknowledge", 1, 5, "receipt"),
        ("3.c", "log", 1, 5, "receipt"),
        ("3.d", "respond", 1, 10, "receipt"),
        ("3.e", "respond", 2, 20, "escalation"),
        ("3.f", "respond", 3, 20, "escalation"),
    ],
}
EXTENSIONS = [("2022", "5.1", 1), ("2022", "5.13", 2), ("2020", "3.d", 1), ("2020", "3.e", 2)]
BOTH = pytest.mark.parametrize("year", EDITIONS)


@cache
def code(year: str) -> Document:
    loaded = load_code(EDITIONS[year])
    assert loaded.findings == []
    assert loaded.document is not None
    return loaded.document


def provision(year: str, number: str) -> Provision:
    found = code(year).provision(number)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("year", "first", "last"), [("2022", "2022-04-01", "2024-03-31"), ("2020", "2020-07-01", "2022-03-31")]
)
def test_it_loads_without_a_finding_and_says_what_it_is(year: str, first: str, last: str) -> None:
    document = code(year)
    assert (document.kind, document.id, document.cited_as) == ("code", EDITIONS[year], f"HO{year[2:]}")
    assert (document.title, document.edition) == ("Complaint Handling Code", year)
    assert document.in_force is not None
    assert [day.isoformat() if day else None for day in document.in_force] == [first, last]
    assert document.calendar == "england-and-wales"
    assert any(remark.text.startswith("Counting.") for remark in document.remarks)


def test_the_start_of_the_2020_edition_is_known_to_the_month_only() -> None:
    role = code("2020").role("in force")
    assert role is not None
    assert role.when.text == "2020-07"


def test_the_2022_edition_says_by_when_landlords_had_to_comply() -> None:
    assert any("1 October 2022" in remark.text for remark in code("2022").remarks)


def test_the_editions_follow_one_another_without_a_gap() -> None:
    spans = [code("2020"), code("2022"), load_code("housing-ombudsman-2024").document]
    days = [document.in_force for document in spans if document is not None and document.in_force is not None]
    assert len(days) == 3
    for (_, last), (first, _) in pairwise(days):
        assert last is not None
        assert (first - last).days == 1


def test_the_musts_and_shoulds_are_those_of_the_2022_form() -> None:
    forces = {p.number: p.force for p in code("2022").provisions}
    assert [number for number, force in forces.items() if force == "should"] == SHOULD
    assert len(SHOULD) == 28
    assert list(forces.values()).count("must") == 44


def test_of_2020_only_the_first_self_assessment_is_a_must() -> None:
    assert [p.number for p in code("2020").provisions if p.force != "should"] == ["7.a"]


@BOTH
def test_a_demand_speaks_as_strongly_as_its_provision(year: str) -> None:
    for p in code(year).provisions:
        for norm in p.demands:
            if norm.kind in (Kind.DUTY, Kind.PROHIBITION):
                assert str(norm.force) == p.force, p.number


@BOTH
def test_what_was_recalled_is_unverified_and_what_was_corroborated_says_so(year: str) -> None:
    marks = {p.number: p.verification for p in code(year).provisions}
    assert [n for n, mark in marks.items() if mark == "unverified"] == UNVERIFIED[year]
    assert [n for n, mark in marks.items() if mark == "corroborated"] == CORROBORATED[year]


@BOTH
def test_what_no_policy_text_can_be_judged_on(year: str) -> None:
    silent = [p for p in code(year).provisions if not p.demands]
    assert [p.number for p in silent] == NOT_FOR_A_POLICY[year]


def test_missing_what_is_only_best_practice_is_no_breach() -> None:
    for document in (code("2022"), code("2020")):
        for duty in duties(document):
            found = document.provision(duty.provision or "")
            assert found is not None
            assert duty.binding == (found.force == "must"), duty.name


@BOTH
def test_every_deadline_stands_in_a_demand_and_no_other(year: str) -> None:
    timed = [(p.number, norm) for p in code(year).provisions for norm in p.demands if norm.within is not None]
    found = []
    for number, norm in timed:
        assert norm.within is not None
        assert norm.stage in (None, norm.within.start.stage), "a clock starts at its own stage"
        found.append((number, norm.action, norm.stage, str(norm.within.duration), norm.within.start.word))
    assert found == [
        (n, action, stage, f"{days} working days", start) for n, action, stage, days, start in DEADLINES[year]
    ]


@pytest.mark.parametrize(("year", "number", "stage"), EXTENSIONS)
def test_extensions_are_ten_working_days_and_go_further_only_for_good_reason(
    year: str, number: str, stage: int
) -> None:
    first, further = [norm for norm in provision(year, number).demands if norm.action == "extend"]
    assert (first.kind, first.stage) == (Kind.PERMISSION, stage)
    assert first.extent is not None
    assert str(first.extent.limit) == "10 working days"
    assert first.listed("giving").words == ("reasons", "new-date")
    assert further.extent is not None
    assert further.extent.further
    assert [sentence_text(further.sentence).split(" only when ")[1]] == ["good-reason"]


def test_agreement_is_asked_only_of_an_extension_beyond_the_limit_and_is_best_practice() -> None:
    for number in ("5.2", "5.14"):
        norm = only(provision("2022", number).demands)
        assert (norm.action, str(norm.force)) == ("agree", "should")
        assert sentence_text(norm.sentence).endswith("when extended-further")


def test_the_ombudsmans_details_are_asked_with_an_extension_only_where_agreement_fails() -> None:
    asked = [
        (p.number, sentence_text(norm.sentence))
        for p in code("2022").provisions
        for norm in p.demands
        if "ombudsman-contact" in norm.objects.words and norm.conditions
    ]
    wanted = "should give ombudsman-contact when extension-not-agreed"
    assert asked == [("5.3", f"stage 1 {wanted}"), ("5.15", f"stage 2 {wanted}"), ("5.19", f"stage 3 {wanted}")]


def test_stage_2_has_no_time_for_an_acknowledgement_in_either_edition() -> None:
    for year in EDITIONS:
        norms = [norm for p in code(year).provisions for norm in p.demands]
        assert [n.action for n in norms if n.stage == 2 and n.action in ("acknowledge", "log")] == []


@BOTH
def test_the_age_limit_is_six_months(year: str) -> None:
    limits = [
        (p.number, str(atom.duration), atom.event)
        for p in code(year).provisions
        for norm in p.demands
        for clause in norm.conditions
        for atom in atoms(clause.condition)
        if isinstance(atom, Older)
    ]
    assert limits == [({"2022": "1.8", "2020": "1.f"}[year], "6 months", None)]


@pytest.mark.parametrize(("year", "number"), [("2022", "5.17"), ("2020", "3.b")])
def test_there_are_two_stages_or_three(year: str, number: str) -> None:
    counts = [(norm.amount, norm.count) for norm in provision(year, number).demands]
    assert counts == [("at least", 2), ("at most", 3)]


def test_an_informal_stage_is_barred_in_2022_and_not_in_2020() -> None:
    barred = {
        year: [p.number for p in code(year).provisions for n in p.demands if n.objects.words == ("informal-stage",)]
        for year in EDITIONS
    }
    assert barred == {"2022": ["4.1"], "2020": []}


def test_the_stage_1_response_states_six_items_and_not_the_definition() -> None:
    norm = only(n for n in provision("2022", "5.8").demands if n.action == "state")
    assert ", ".join(norm.objects.words) == "stage, decision, reasons, remedy, outstanding-actions, how-to-escalate"
    assert [label.rpartition(".")[2] for label in norm.clauses] == list("abcdef")


def test_the_form_has_each_provision_once_under_its_section_and_its_strength() -> None:
    form = yaml.safe_load((checks_dir() / "forms" / "housing-ombudsman-2022.yaml").read_text(encoding="utf-8"))
    rows = [(r["provision"], s["title"], t["title"]) for s in form["sections"] for t in s["tables"] for r in t["rows"]]
    assert sorted(number for number, _, _ in rows) == sorted(p.number for p in code("2022").provisions)
    for number, section, table in rows:
        found = provision("2022", number)
        assert found.section == section, number
        assert found.force in table, number


@BOTH
def test_the_page_shows_every_provision(year: str) -> None:
    lines = PAGES[year].read_text(encoding="utf-8").splitlines()
    headings = [line[3:] for line in lines if line.startswith("## ")]
    assert headings == [f"{p.number} {p.title}" for p in code(year).provisions]


@examples(PAGES["2022"])
def test_demands_of_2022_as_printed(example: Example) -> None:
    check(example, "demands", shown(provision("2022", example.title.split(" ", 1)[0])))


@examples(PAGES["2020"])
def test_demands_of_2020_as_printed(example: Example) -> None:
    check(example, "demands", shown(provision("2020", example.title.split(" ", 1)[0])))


def shown(p: Provision) -> str:
    """What is asked of a policy, as printed, what else shows it, how strongly it is asked, how far it was checked."""
    norms = {norm.span.start: norm for norm in p.demands}.values()
    lines = [sentence_text(n.sentence) + (f" [{', '.join(n.clauses)}]" if n.clauses else "") + "." for n in norms]
    lines = lines or ["Nothing is demanded of a policy's text."]
    by = f" Shown by: {', '.join(p.shown_by)}." if p.shown_by else ""
    told = f"{p.force.capitalize()}.{by} {p.verification.capitalize()}."
    return "\n".join([*lines, "", told])


def only(norms: Iterable[Norm]) -> Norm:
    (norm,) = norms
    return norm


@pytest.mark.parametrize(
    ("stage_3", "judgements"),
    [
        ("", {"2022 5.18": "complies", "2022 5.19": "complies", "2022 5.20": "complies", "2020 3.f": "complies"}),
        (
            'stage 3 "Panel":\n  will respond within 30 working days of escalation giving decision via writing [3].\n',
            {"2022 5.18": "breaches", "2022 5.19": "silent", "2022 5.20": "partly", "2020 3.f": "breaches"},
        ),
    ],
)
def test_what_is_asked_of_a_third_stage_is_asked_only_where_there_is_one(
    stage_3: str, judgements: dict[str, str]
) -> None:
    text = (
        'policy "P".\ncalendar england-and-wales.\n\nstage 1:\n  must respond [1].\n\nstage 2:\n  must respond [2].\n\n'
    )
    loaded = load_text(text + stage_3, "third.policy")
    assert loaded.findings == []
    assert loaded.document is not None
    found = {f"{year} {v.provision}": v for year in EDITIONS for v in check_policy(loaded.document, code(year))}
    assert {name: found[name].judgement.value for name in judgements} == judgements
    if not stage_3:
        assert all(found[name].decided.value == "by-silence" for name in judgements)
        assert "no stage 3" in found["2022 5.18"].why
