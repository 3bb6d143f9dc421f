"""What changed between codes, as computed: held to what a person found when reading the editions side by side."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.checker.compare_codes import Change, Comparison, Effect, compare
from policylang.checker.comparison_as_text import as_text
from policylang.checker.concerns import Concern
from policylang.commands import main
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.library import code_ids, load_code, load_text
from tests.documents import Example, check, examples

HO20, HO22, HO24 = "housing-ombudsman-2020", "housing-ombudsman-2022", "housing-ombudsman-2024"
LGSCO, SPSO = "lgsco-2024", "spso-mchp-2021"
FRAME = 'code "Code" edition "{id}".\nknown as code-{id} cited as "{cited}".\nissuer "Somebody".\n'
FIGURES = {"time", "start", "limit", "age", "frequency"}


@cache
def code(id: str) -> Document:
    found = load_code(id).document
    assert found is not None
    return found


@cache
def found(old: str, new: str) -> Comparison:
    return compare(code(old), code(new))


def changes(old: str, new: str, kind: str) -> set[tuple[str, str, str, str]]:
    return {(c.old, c.new, c.before, c.after) for c in found(old, new).changes if c.kind == kind}


def one(old: str, new: str, kind: str, number: str) -> Change:
    (change,) = [c for c in found(old, new).changes if c.kind == kind and (c.new or c.old) == number]
    return change


# ------------------------------------------------------------------ 2022 to 2024, as a person found it


@pytest.mark.parametrize(
    ("kind", "old", "new", "before", "after", "concern", "effect"),
    [
        # Stage 1: ten working days from logging, then from the acknowledgement.
        ("start", "5.1", "6.3", "logging", "acknowledgement", Concern.RESIDENTS, Effect.ARGUABLE),
        # Stage 2: twenty working days from the request, then from the acknowledgement.
        ("start", "5.13", "6.14", "escalation", "acknowledgement", Concern.RESIDENTS, Effect.LESS),
        # Stage 2 may be extended by twenty and not ten working days.
        ("limit", "5.13", "6.15", "up to 10 working days", "up to 20 working days", Concern.RESIDENTS, Effect.LESS),
        # Issues of up to twelve months, no longer six.
        ("age", "1.8", "2.2", "6 months", "12 months", Concern.RESIDENTS, Effect.MORE),
        # The letter at stage 1 has a seventh item.
        ("item-added", "5.8", "6.9", "", "complaint definition", Concern.RESIDENTS, Effect.MORE),
        # The lead member is a must.
        ("force", "7.3", "9.5", "should", "must", Concern.LANDLORDS, Effect.MORE),
        # Service requests must be told apart.
        ("force", "1.4", "1.4", "should", "must", Concern.RESIDENTS, Effect.MORE),
    ],
)
def test_what_changed_for_2024(
    kind: str, old: str, new: str, before: str, after: str, concern: Concern, effect: Effect
) -> None:
    (change,) = [c for c in found(HO22, HO24).changes if (c.kind, c.old, c.new) == (kind, old, new)]
    assert (change.before, change.after, change.concern, change.effect) == (before, after, concern, effect)


@pytest.mark.parametrize(("old", "new"), [("5.3", "6.5"), ("5.15", "6.16")])
def test_the_ombudsmans_details_come_with_every_extension_and_are_a_must(old: str, new: str) -> None:
    told = {c.kind: (c.before, c.after) for c in found(HO22, HO24).changes if (c.old, c.new) == (old, new)}
    assert told == {"force": ("should", "must"), "condition": ("when extension not agreed", "when extended")}


@pytest.mark.parametrize(
    ("number", "says", "concern"),
    [
        ("1.3", "explain the choice to complain when dissatisfaction expressed", Concern.RESIDENTS),
        ("1.4", "must record service request", Concern.ALSO),
        ("1.5", "dissatisfaction with request handling is complaint even when request open", Concern.ALSO),
        ("5.9", "must agree update intervals when response late", Concern.ALSO),
        ("6.11", "stage 2 must acknowledge within 5 working days of escalation", Concern.RESIDENTS),
        ("6.12", "stage 2 must not require reasons for escalation", Concern.RESIDENTS),
        ("9.4", "senior lead must answer for complaint handling", Concern.LANDLORDS),
    ],
)
def test_what_is_new_in_2024(number: str, says: str, concern: Concern) -> None:
    change = one(HO22, HO24, "added", number)
    assert says in change.after
    assert (change.before, change.concern, change.effect) == ("", concern, Effect.MORE)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (
            "1.6",
            "must start complaint when further enquiries needed; must start complaint when resident wants complaint",
        ),
        ("4.2", "must agree complaint definition with resident"),
        ("5.2", "should agree at least 1 of extension, new date with resident"),
        ("5.14", "should agree at least 1 of extension, new date with resident"),
    ],
)
def test_what_2024_no_longer_asks(number: str, says: str) -> None:
    change = one(HO22, HO24, "removed", number)
    assert says in change.before
    assert (change.after, change.effect) == ("", Effect.LESS)


def test_two_stages_or_three_became_exactly_two() -> None:
    change = one(HO22, HO24, "count", "5.3")
    assert (change.old, change.before, change.after) == ("5.17", "at most 3", "exactly 2")


def test_what_stage_1_may_be_extended_by_is_the_same_in_2022_and_2024() -> None:
    assert not [c for c in found(HO22, HO24).changes if c.kind == "limit" and c.new == "6.4"]


def test_somebody_else_at_stage_2_is_only_renumbered() -> None:
    assert ("5.12", "6.13", "5.12", "6.13") in changes(HO22, HO24, "moved")
    assert not [c for c in found(HO22, HO24).changes if c.kind != "moved" and "6.13" in (c.new, c.old)]


# ------------------------------------------------------------------ 2020 to 2022


def test_the_figures_of_2020_and_2022_differ_only_in_where_stage_1_starts() -> None:
    figures = {(c.kind, c.old, c.new, c.before, c.after) for c in found(HO20, HO22).changes if c.kind in FIGURES}
    assert figures == {("start", "3.d", "5.1", "receipt", "logging")}


def test_the_definition_became_binding_and_a_step_before_stage_1_was_barred() -> None:
    change = one(HO20, HO22, "force", "1.2")
    assert (change.old, change.before, change.after, change.effect) == ("1.a", "should", "must", Effect.MORE)
    new = [c.after for c in found(HO20, HO22).changes if (c.kind, c.new) == ("added", "4.1")]
    assert "process has no informal stage" in new


def test_a_lead_member_is_new_in_2022_and_only_recommended() -> None:
    change = next(c for c in found(HO20, HO22).changes if c.new == "7.3")
    assert (change.kind, change.after) == ("added", "should appoint member responsible for complaints")


# ------------------------------------------------------------------ other rulebooks


def test_the_times_of_the_lgsco_are_those_of_2024_and_only_recommended() -> None:
    told = found(HO24, LGSCO).changes
    assert {c.kind for c in told} & {"time", "start", "limit"} == set()
    forces = {(c.old, c.new): (c.before, c.after) for c in told if c.kind == "force"}
    for old, new in [("6.3", "6.3"), ("6.14", "6.S2.respond"), ("6.15", "6.S2.extension")]:
        assert forces[old, new] == ("must", "should")
    for number in ("5.5", "7.4"):
        assert one(HO24, LGSCO, "added", number).concern is Concern.RESIDENTS


def test_scotland_gives_half_the_time_and_counts_from_receipt() -> None:
    told = {
        (c.new, c.kind): (c.before, c.after)
        for c in found(HO24, SPSO).changes
        if c.new in ("S1.1", "S2.2", "S2.4") and c.kind in FIGURES
    }
    assert told == {
        ("S1.1", "time"): ("10 working days", "5 working days"),
        ("S1.1", "start"): ("acknowledgement", "receipt"),
        ("S2.2", "time"): ("5 working days", "3 working days"),
        ("S2.2", "start"): ("escalation", "receipt"),
        ("S2.4", "start"): ("acknowledgement", "receipt"),
    }


# ------------------------------------------------------------------ laws


@pytest.mark.parametrize("id", code_ids())
def test_a_code_differs_from_itself_in_nothing(id: str) -> None:
    same = found(id, id)
    assert same.changes == ()
    assert same.unchanged == sum(len(p.demands) for p in code(id).provisions)


@pytest.mark.parametrize(("old", "new"), list(combinations(code_ids(), 2)))
def test_what_asks_more_one_way_asks_less_the_other(old: str, new: str) -> None:
    turned = {Effect.MORE: Effect.LESS, Effect.LESS: Effect.MORE}
    there = {(c.kind, c.old, c.new, c.before, c.after, c.effect) for c in found(old, new).changes if c.kind in FIGURES}
    back = {
        (c.kind, c.new, c.old, c.after, c.before, turned.get(c.effect, c.effect))
        for c in found(new, old).changes
        if c.kind in FIGURES
    }
    assert there == back


@pytest.mark.parametrize(("old", "new"), list(combinations(code_ids(), 2)))
def test_every_change_is_told_whole_and_marked_where_it_was_not_read(old: str, new: str) -> None:
    for change in found(old, new).changes:
        assert change.about
        assert change.before or change.after
        assert change.before != change.after
        assert bool(change.old) or bool(change.new)
        for number, document in ((change.old, code(old)), (change.new, code(new))):
            for part in number.split(", ") if number else []:
                read = document.provision(part)
                assert read is not None, part
                assert change.verified is False or read.verified


# ------------------------------------------------------------------ the page, and the command


@examples(Path(__file__).with_name("diff.md"))
def test_as_the_page_says(example: Example) -> None:
    codes = []
    for name in ("old", "new"):
        frame = FRAME.format(id=name, cited=name.upper())
        loaded = load_text(frame + example.block(f"code name={name}"), f"{name}.code", id=f"code-{name}")
        assert loaded.findings == []
        assert loaded.document is not None
        codes.append(loaded.document)
    text = as_text(compare(*codes), across=100)
    check(example, "text", text.split("edition new.\n", 1)[1])


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["diff", *words])


def test_the_command_prints_the_changes_and_leaves_with_1() -> None:
    result = run(HO22, HO24)
    assert (result.exit_code, result.stderr) == (1, "")
    heads = [line for line in result.stdout.splitlines() if line in ("For residents", "For landlords", "Also")]
    assert heads == ["For residents", "For landlords", "Also"]
    assert "HO24-6.3 Respond at stage 1 (before: HO22-5.1): arguable which asks more" in result.stdout
    assert "    extension: up to 20 working days (before: up to 10 working days)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 120


def test_the_command_leaves_with_0_where_nothing_changed() -> None:
    result = run(HO24, HO24)
    assert result.exit_code == 0
    assert "0 differences" in result.stdout


def test_json_has_every_change_with_its_effect() -> None:
    result = run(HO22, HO24, "--format", "json")
    data = json.loads(result.stdout)
    assert (data["from"]["id"], data["to"]["id"]) == (HO22, HO24)
    assert sum(data["counts"].values()) == len(data["changes"]) == len(found(HO22, HO24).changes)
    limit = next(c for c in data["changes"] if (c["kind"], c["new"]) == ("limit", "6.15"))
    assert limit == {
        "kind": "limit",
        "concern": "for residents",
        "old": "5.13",
        "new": "6.15",
        "title": "Extend stage 2 only so far, and say why",
        "before": "up to 10 working days",
        "after": "up to 20 working days",
        "about": "stage 2 may extend response by up to 20 working days giving reasons, new date",
        "effect": "asks less",
        "verified": True,
    }


def test_markdown_has_a_heading_for_each_concern() -> None:
    lines = run(HO24, LGSCO, "--format", "markdown").stdout.splitlines()
    assert lines[0] == f"# How {LGSCO} differs from {HO24}"
    assert [line for line in lines if line.startswith("## ")][:3] == ["## For residents", "## For landlords", "## Also"]
    assert any(line.startswith("- **LG24-6.3 Respond at stage 1 (HO24-6.3): asks less**") for line in lines)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((HO22, "housing-ombudsman-2042"), "There is no code “housing-ombudsman-2042”"),
        ((HO22, "no-such.code"), "There is no file “no-such.code”"),
        ((HO22,), "CODE"),
    ],
)
def test_a_mistaken_line_stops_with_a_finding(words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr


def test_a_policy_is_no_code(tmp_path: Path) -> None:
    path = tmp_path / "draft.code"
    path.write_text((policies_dir() / "connect-housing.policy").read_text(encoding="utf-8"), encoding="utf-8")
    result = run(str(path), HO24)
    assert result.exit_code == 2
    assert "is a policy, and two codes are compared here" in " ".join(result.stderr.split())
