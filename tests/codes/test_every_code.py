"""What holds of every Code that ships, whoever issued it: it can be kept, it says how it is shown, it is laid out."""

from __future__ import annotations

from functools import cache

import pytest

from policylang.auditor.duties import duties
from policylang.checker.check import as_policy
from policylang.checker.check import check as check_policy
from policylang.language.printer import format_text, sentence_text
from policylang.model.data import checks_dir
from policylang.model.document import Document
from policylang.model.library import code_ids, load_code, load_text
from policylang.model.norms import Kind

FRAME = 'policy "Complaints".\ncalendar {}.\n\nstage 1:\n\nstage 2:\n\n'
WAYS = ["policy", "cases", "records", "board-papers", "publication"]
EVERY = pytest.mark.parametrize("id", code_ids())


@cache
def code(id: str) -> Document:
    loaded = load_code(id)
    assert loaded.findings == []
    assert loaded.document is not None
    return loaded.document


def test_five_codes_ship() -> None:
    assert code_ids() == [
        "housing-ombudsman-2020",
        "housing-ombudsman-2022",
        "housing-ombudsman-2024",
        "lgsco-2024",
        "spso-mchp-2021",
    ]


@EVERY
def test_its_name_is_its_files_name_and_its_frame_is_full(id: str) -> None:
    document = code(id)
    assert (document.kind, document.id) == ("code", id)
    assert document.title
    assert document.edition
    assert document.issuer
    assert document.in_force
    assert any(remark.text.startswith("Counting.") for remark in document.remarks)


def test_no_two_codes_are_cited_alike() -> None:
    assert len({code(id).cited_as for id in code_ids()}) == len(code_ids())


@EVERY
def test_read_as_a_policy_it_complies_with_itself(id: str) -> None:
    """No demand contradicts another, and each can be met in the very words in which it is put."""
    document = code(id)
    norms = {norm.span.start: norm for p in document.provisions for norm in p.demands}
    text = "\n".join(document.text[n.span.start : n.span.end].rstrip(" .") + "." for n in norms.values())
    loaded = load_text(f"{FRAME.format(document.calendar)}process:\n{text}", "itself.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    for policy in (loaded.document, as_policy(document)):
        odd = {
            v.provision: (v.judgement.value, v.arguable, v.why)
            for v in check_policy(policy, document)
            if v.judgement.value not in ("complies", "not-judged") or v.arguable
        }
        assert odd == {}


@EVERY
def test_every_verdict_carries_how_strongly_its_provision_speaks(id: str) -> None:
    document = code(id)
    for found, p in zip(check_policy(as_policy(document), document), document.provisions, strict=True):
        assert (found.provision, found.force, found.verified) == (p.number, p.force, p.verified)


@EVERY
def test_each_provision_has_a_title_a_paraphrase_and_ways_to_show_it(id: str) -> None:
    provisions = code(id).provisions
    for p in provisions:
        assert 3 <= len(p.title) <= 60, p.number
        assert p.requirement.endswith("."), p.number
        assert len(p.requirement) <= 320, p.number
        assert bool(p.shown_by) == (p.force != "context"), p.number
        assert list(p.shown_by) == sorted(p.shown_by, key=WAYS.index), p.number
        assert p.force in ("must", "should", "may", "context"), p.number
    assert len({p.title for p in provisions}) == len({p.number for p in provisions}) == len(provisions)


@EVERY
def test_a_provision_without_demands_says_why_and_is_not_shown_by_a_policy(id: str) -> None:
    for p in code(id).provisions:
        assert p.demands or p.notes, p.number
        assert bool(p.demands) == ("policy" in p.shown_by), p.number
        assert p.force != "context" or not p.demands, p.number


@EVERY
def test_a_complaints_log_is_named_exactly_where_it_can_show_a_duty(id: str) -> None:
    judged = {duty.provision for duty in duties(code(id))}
    named = [p.number for p in code(id).provisions if "cases" in p.shown_by]
    assert named == [p.number for p in code(id).provisions if p.number in judged]


@EVERY
def test_missing_what_is_only_recommended_is_no_breach(id: str) -> None:
    for duty in duties(code(id)):
        found = code(id).provision(duty.provision or "")
        assert found is not None
        assert duty.binding or found.force != "must", duty.name
        assert not (duty.binding and found.force == "should"), duty.name


@EVERY
def test_no_duty_is_counted_twice_in_one_provision(id: str) -> None:
    assert [duty.name for duty in duties(code(id)) if duty.name.endswith("(2)")] == []


@EVERY
def test_a_recommendation_is_put_as_one(id: str) -> None:
    """A duty under a should says should. A must may hold a recommendation too (“where possible”)."""
    for p in code(id).provisions:
        forces = {str(n.force) for n in p.demands if n.kind in (Kind.DUTY, Kind.PROHIBITION)}
        assert p.force != "should" or forces <= {"should"}, p.number
        assert p.force != "must" or not forces or "must" in forces, p.number


@EVERY
def test_labels_name_items_of_their_own_provision(id: str) -> None:
    for p in code(id).provisions:
        for norm in p.demands:
            for label in norm.clauses:
                assert label.rpartition(".")[0] == p.number, (p.number, label)


@EVERY
def test_a_clock_starts_at_its_own_stage(id: str) -> None:
    for p in code(id).provisions:
        for norm in p.demands:
            if norm.within is not None and norm.action != "escalate":
                assert norm.stage in (None, norm.within.start.stage), (p.number, sentence_text(norm.sentence))


@EVERY
def test_the_file_is_in_the_house_style(id: str) -> None:
    path = checks_dir() / f"{id}.code"
    text = path.read_text(encoding="utf-8")
    assert format_text(text, path.name) == (text, [])
