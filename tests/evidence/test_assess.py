"""The assessment as a whole: the manifest ties everything together, and the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from policylang.auditor.outcome import Late, Outcome, Result
from policylang.checker.verdict import Decided, Judgement, Verdict
from policylang.evidence.assess import (
    BOARD,
    BOARD_PAGE,
    FORM,
    MANIFEST,
    OUTCOMES,
    PAGE,
    TO_COMPLETE,
    VERDICTS,
    WORKBOOK,
    assess,
)
from policylang.evidence.join import join
from policylang.evidence.totals import control_totals
from policylang.evidence.worst import Worst, worst_things
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict

ROOT = Path(__file__).parents[2]


def worst(verdicts: tuple[Verdict, ...], outcomes: tuple[Outcome, ...]) -> tuple[Worst, ...]:
    run = made_up.run(verdicts=verdicts, outcomes=outcomes, casebook=None)
    rows = join(run.form, run.verdicts, run.outcomes, run.comply_rule)
    return worst_things(run, rows, control_totals(run.casebook, run.outcomes))


def test_the_folder_has_its_files_and_the_manifest_hashes_the_others(tmp_path: Path) -> None:
    result = assess(made_up.run())
    assert list(result.files) == [WORKBOOK, FORM, BOARD, BOARD_PAGE, PAGE, OUTCOMES, VERDICTS, TO_COMPLETE, MANIFEST]
    data = json.loads(result.files[MANIFEST])
    assert data["outputs"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in result.files.items() if name != MANIFEST
    }
    written = result.write_into(tmp_path)
    assert sorted(path.name for path in written) == sorted(result.files)
    assert all(path.read_bytes() == result.files[path.name] for path in written)


def test_the_manifest_says_from_what_and_how_and_nothing_of_the_machine() -> None:
    run = made_up.run()
    result = assess(run)
    data = json.loads(result.files[MANIFEST])
    assert data["as_at"] == "2026-03-31"
    assert data["policy"]["sha256"] == "ab" * 32
    assert data["code"]["id"] == made_up.CODE_ID
    assert data["calendar"] == {"id": "england-and-wales", "digest": "12" * 32}
    assert data["mapping"]["sha256"] == "34" * 32
    assert data["inputs"] == {"complaints.xlsx": "ef" * 32}
    assert data["options"]["comply_rule"]["breach_in_practice"] == "answer-no"
    assert len(data["tool"]["sha256"]) == len(data["form"]["sha256"]) == 64
    totals = data["control_totals"]
    assert totals["rows_read"] == totals["cases_judged"] + totals["rows_set_aside"] == 122
    assert sum(totals["outcomes"].values()) == len(run.outcomes)
    assert sum(sum(duty["outcomes"].values()) for duty in totals["duties"]) == len(run.outcomes)
    assert sum(totals["comply"].values()) == 72
    assert str(ROOT) not in result.files[MANIFEST].decode("utf-8")


def test_the_same_input_gives_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    script = (
        "import hashlib; from tests.evidence import made_up; from policylang.evidence.assess import assess\n"
        "for name, data in assess(made_up.run(20)).files.items(): print(name, hashlib.sha256(data).hexdigest())"
    )
    seen = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"}
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1
    assert len(seen.pop().splitlines()) == 9


def test_one_changed_date_changes_the_outputs_and_their_hashes() -> None:
    run = made_up.run(10)
    other = made_up.run(10, outcomes=(outcome("X"), *run.outcomes[1:]))
    one, two = json.loads(assess(run).files[MANIFEST]), json.loads(assess(other).files[MANIFEST])
    assert one["outputs"][OUTCOMES] != two["outputs"][OUTCOMES]
    assert one["outputs"][WORKBOOK] != two["outputs"][WORKBOOK]
    assert one["outputs"][VERDICTS] == two["outputs"][VERDICTS]


def test_control_totals_tie_to_the_log_and_to_the_outcomes() -> None:
    book, outcomes = made_up.log(30)
    totals = control_totals(book, outcomes)
    assert totals.rows_read == totals.judged + totals.set_aside == 32
    assert totals.reconciles
    assert totals.outcome_count == len(outcomes) == sum(duty.tally.population for duty in totals.duties)
    assert totals.set_aside_why == (("a totals row", 1), ("no reference", 1))
    received = [case.day("received") for case in book.cases]
    assert totals.first_received == min(day for day in received if day)
    assert totals.last_received == max(day for day in received if day)
    assert control_totals(None, outcomes).reconciles is None


def test_worst_first_most_breaches_then_the_latest() -> None:
    late = [
        outcome(f"A{n}", result=Result.BREACHED, late=Late(n + 1, "working days"), actual=made_up.AS_AT)
        for n in range(3)
    ]
    later = outcome("B", "respond at stage 1", Result.BREACHED, late=Late(30, "working days"), actual=made_up.AS_AT)
    weeks = outcome("C", "respond at stage 2", Result.BREACHED, late=Late(7, "weeks"), actual=made_up.AS_AT)
    found = worst((), (later, weeks, *late))
    assert [thing.case for thing in found] == ["A2", "C", "B"]
    assert found[0].sentence == (
        "Acknowledge at stage 1 (HO24-6.2): 3 of 3 decided cases in breach; "
        "the worst, case A2, was 3 working days late."
    )


def test_what_was_never_done_is_late_to_the_as_at_date() -> None:
    undone = made_up.timed("N", "respond at stage 1", "6.3", date(2025, 6, 2), 10, None)
    done = made_up.timed("D", "respond at stage 1", "6.3", date(2025, 6, 2), 10, date(2025, 8, 1))
    (first,) = worst((), (done, undone))
    assert first.sentence.endswith("the worst, case N, was due on 16 June 2025 and is still not done.")


def test_the_policys_own_breach_is_always_among_the_three() -> None:
    broken = [outcome("A", f"duty {n}", Result.BREACHED) for n in range(5)]
    judged = verdict("6.3", Judgement.BREACHES, title="Respond at stage 1", decided=Decided.PROVED)
    found = worst((verdict("2.2", Judgement.BREACHES), judged), tuple(broken))
    assert [thing.kind for thing in found] == ["practice", "practice", "policy"]
    assert found[2].provision == "6.3"  # proved before matched
    assert found[2].sentence == "The policy (clause 3.2) breaches HO24-6.3 “Respond at stage 1”: Why 6.3 is so."


def test_the_policys_promises_come_after_the_code_and_unknowns_last() -> None:
    promise = outcome("P", result=Result.BREACHED, source="policy", document="maple", clauses=("3.2",))
    code = outcome("A", result=Result.BREACHED)
    unknown = outcome("U", "define", Result.CANNOT_TELL)
    found = worst((), (promise, unknown, code))
    assert [thing.kind for thing in found] == ["practice", "promise", "cannot-tell"]
    assert "the policy's own clause 3.2" in found[1].sentence
    assert worst((), (outcome("A"),)) == ()


def test_an_unverified_breach_ranks_behind_verified_ones_and_says_so() -> None:
    unsure = [outcome(f"U{n}", "respond", Result.BREACHED, provision="6.20", verified=False) for n in range(9)]
    found = worst((), (*unsure, outcome("A", result=Result.BREACHED)))
    assert [thing.provision for thing in found] == ["6.2", "6.20"]
    assert "unverified" in found[1].sentence


def test_answers_that_are_late_unless_extended_come_before_what_is_merely_unknown() -> None:
    unsure = outcome("A", "respond at stage 1", Result.CANNOT_TELL, provision="6.3", reason="extension-unknown")
    found = worst((), (unsure, outcome("B", "define", Result.CANNOT_TELL)))
    assert [thing.kind for thing in found] == ["late-unless-extended", "cannot-tell"]
    assert "1 case past the deadline, late unless an extension" in found[0].sentence


def test_a_recommendation_is_departed_from_and_never_breached() -> None:
    missed = outcome(
        "A", "recommended: respond at stage 1", Result.NOT_APPLICABLE, provision="6.3", reason="aim-missed",
        late=Late(3, "working days"), due=date(2025, 6, 2), actual=date(2025, 6, 5),
    )  # fmt: skip
    kept = outcome("B", "recommended: respond at stage 1", Result.NOT_APPLICABLE, provision="6.3", reason="aim-kept")
    judged = verdict("6.3", Judgement.BREACHES, title="Respond at stage 1", force="should")
    promise = outcome("P", result=Result.BREACHED, source="policy", document="maple", clauses=("3.2",))
    found = worst((judged,), (missed, kept, promise))
    assert [thing.kind for thing in found] == ["advice", "policy", "promise"]
    assert found[0].sentence == (
        "Respond at stage 1 (HO24-6.3, a recommendation): 1 of 2 decided cases did not keep to it; the worst, case A, "
        "was 3 working days late."
    )
    assert "(clause 3.2) departs from HO24-6.3, a recommendation “Respond at stage 1”" in found[1].sentence
    beside_duties = worst((judged,), (missed, kept, promise, outcome("C")))
    assert [thing.kind for thing in beside_duties] == ["promise", "advice", "policy"]
    binding = worst((judged, verdict("2.2", Judgement.BREACHES)), (missed, promise))
    assert [thing.kind for thing in binding] == ["policy", "promise", "advice"]


def test_cases_received_under_no_edition_are_counted_apart() -> None:
    early = outcome("A", result=Result.NOT_APPLICABLE, reason="no-edition-in-force")
    assert control_totals(None, (early, outcome("B"))).not_governed == 1
