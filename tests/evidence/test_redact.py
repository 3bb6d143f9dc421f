"""``policylang redact`` on logs that were not made for it: every outcome survives, or nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.auditor.audit import audit
from policylang.casebook.cases import CaseBook
from policylang.casebook.example import make_example
from policylang.casebook.load import load_cases
from policylang.casebook.pseudonyms import pseudonym, read_key
from policylang.casebook.record import facts
from policylang.commands import main
from policylang.model.calendar import load_calendar
from policylang.model.library import editions, load_policy
from tests.evidence.test_privacy import HEAD, folder, redact

ROOT = Path(__file__).resolve().parents[2]
__all__ = ["folder"]  # the fixture


@pytest.mark.parametrize("form", ["register", "diary"])
def test_a_copy_of_a_log_of_anothers_making_keeps_every_outcome_and_every_distance(tmp_path: Path, form: str) -> None:
    """Forty made-up cases, as a register with a row a case and as a diary with a row an event: on every case that is
    copied every duty comes to the same, as late, and as many working days from the receipt to the day it fell due."""
    made = make_example(12, 40)
    log, mapping, key = tmp_path / "log.xlsx", tmp_path / "map.yaml", tmp_path / "key.txt"
    log.write_bytes(made.workbook)
    mapping.write_bytes(made.mapping)
    key.write_text("a long and quite random text", encoding="utf-8")
    if form == "diary":
        log, mapping = diary(load_cases(log, mapping)[0].casebook, tmp_path)
    policy = ROOT / "policies" / "greatwell-homes.policy"
    line = ["redact", str(policy), str(log), "--map", str(mapping), "--as-at", "2026-09-30", "--key", str(key)]
    done = CliRunner().invoke(main, [*line, "--out", str(tmp_path / "copy")])
    assert done.exit_code in (0, 1), done.stderr
    assert ("belong to no case, and are not in the copy: " in done.stdout) is (form == "register")
    old = told(policy, log, mapping, lambda name: pseudonym(read_key(key), name))
    new = told(policy, tmp_path / "copy" / "cases.csv", tmp_path / "copy" / "cases.mapping.yaml", str)
    assert len(new) > 25
    assert {case: old[case] for case in new} == new


def diary(book: CaseBook, folder: Path) -> tuple[Path, Path]:
    """The dated events of a case book, one a row, and the mapping that ``policylang map`` would propose."""
    events = [name for name, fact in facts().items() if fact.kind == "event"]
    rows = [(c.reference, name, c.day(name)) for c in book.cases for name in events if c.day(name)]
    text = "".join(f"{case},{name},{day}\n" for case, name, day in rows)
    (folder / "diary.csv").write_text(f"Case,What,When\n{text}", encoding="utf-8")
    words = "".join(f"  {name}: {{words: [{name}]}}\n" for name in dict.fromkeys(name for _, name, _ in rows))
    columns = "columns:\n  reference: Case\n  event: What\n  date: {column: When, dates: iso}\n"
    (folder / "diary.yaml").write_text(f"mapping: 1\nlayout: events\n{columns}events:\n{words}", encoding="utf-8")
    return folder / "diary.csv", folder / "diary.yaml"


def told(policy: Path, log: Path, mapping: Path, name: Callable[[str], str]) -> dict[str, list[tuple[object, ...]]]:
    """What every duty came to on every case, with the working days from its receipt to the day on which it was due."""
    document = load_policy(policy).document
    assert document is not None
    calendar, book = load_calendar(document.calendar), load_cases(log, mapping)[0].casebook
    received = {case.reference: case.day("received") for case in book.cases}
    found: dict[str, list[tuple[object, ...]]] = {}
    for o in audit(document, editions(), book, date(2026, 9, 30)).outcomes:
        first = received[o.case]
        away = calendar.working_days_after(*sorted((first, o.due))) if first and o.due else None
        found.setdefault(name(o.case), []).append((o.document, o.provision, o.duty, o.result, o.reason, o.late, away))
    return found


def test_a_log_of_which_no_case_can_be_moved_is_not_copied(folder: Path) -> None:
    (folder / "log.csv").write_text(f"{HEAD}\nA-1,March 2025,,,,,,,\nA-2,April 2025,,,,,,,\n", encoding="utf-8")
    done = redact(folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No case of the log can be moved without changing an outcome, so nothing was written." in done.stderr
    assert not (folder / "copy").exists()


def test_the_log_is_never_written_over(folder: Path) -> None:
    """A copy that is copied again into its own folder: what is read stays."""
    assert redact(folder).exit_code in (0, 1)
    copied = folder / "copy" / "cases.csv"
    before = copied.read_bytes()
    again = ["redact", str(folder / "maple.policy"), str(copied), "--as-at", "2026-03-31", "--overwrite"]
    done = CliRunner().invoke(main, [*again, "--key", str(folder / "key.txt"), "--out", str(folder / "copy")])
    assert done.exit_code == 2
    assert "input-would-be-overwritten" in done.stderr
    assert copied.read_bytes() == before
