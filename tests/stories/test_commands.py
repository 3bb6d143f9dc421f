"""``policylang test`` and ``policylang mutate`` from end to end: their forms, their exit codes, mistaken input."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main

POLICY = """\
policy "Complaints Policy".
organisation "A Landlord".
in force from 2024-04-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must acknowledge within 2 working days of receipt [7.1].
  must respond within 15 working days of receipt [7.2].
"""
STORIES = """\
# Ours

```story
story "On the last day":
  2025-03-03 received.
  2025-03-05 acknowledged.
  as at 2025-04-30.
  expect policy met acknowledge at stage 1 [7.1].
```
"""
FAILING = STORIES.replace("2025-03-05 acknowledged", "2025-03-06 acknowledged")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "my.stories.md").write_text(STORIES, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    """The command line, run as a person would."""
    return CliRunner().invoke(main, [*words], catch_exceptions=False)


# ------------------------------------------------------------------ test


def test_stories_that_hold(here: Path) -> None:
    found = run("test", "my.policy")
    assert found.exit_code == 0, found.output
    assert "holds  On the last day  (line 4)" in found.stdout
    assert "1 story, 1 expectation: all hold." in found.stdout
    assert "7.1  acknowledge at stage 1: kept; the last day in time, but not the first day late" in found.stdout
    assert "7.2  respond at stage 1: no story" in found.stdout
    assert "Duties that a case record can show: 2. With a story 1" in found.stdout


def test_a_story_that_fails_says_why(here: Path) -> None:
    (here / "my.stories.md").write_text(FAILING, encoding="utf-8")
    found = run("test", "my.policy")
    assert found.exit_code == 1
    flat = " ".join(found.stdout.split())
    assert "FAILS On the last day (line 4)" in flat
    assert "expected expect policy met acknowledge at stage 1 [7.1]. (line 8)" in flat
    assert "found breach, 1 working day late" in flat
    assert "Two working days after that day end on Wednesday 5 March 2025." in flat
    assert "clause 7.1: acknowledge at stage 1" in flat
    assert "1 story, 1 expectation: 1 fails, in 1 of them." in flat


def test_other_stories_and_another_code_can_be_named(here: Path) -> None:
    text = STORIES.replace("policy met acknowledge at stage 1 [7.1]", "code met acknowledge at stage 1 [HO24-6.2]")
    (here / "other.md").write_text(text, encoding="utf-8")
    found = run("test", "my.policy", "--stories", "other.md", "--code", "housing-ombudsman-2024")
    assert found.exit_code == 0, found.output


def test_a_code_that_is_named_judges_besides_the_editions_by_date(here: Path) -> None:
    (here / "strict-2024.code").write_text(
        'code "Strict" edition "2024".\nknown as strict-2024 cited as "ST".\nin force from 2024-04-01.\n'
        "calendar england-and-wales.\n"
        'provision 1.1 "At once":\n  stage 1 must acknowledge within 1 working day of receipt.\n',
        encoding="utf-8",
    )
    both = "  expect code breach of acknowledge at stage 1 [ST-1.1].\n"
    both += "  expect code met acknowledge at stage 1 [HO24-6.2].\n"
    (here / "my.stories.md").write_text(STORIES.replace("\n```\n", f"\n{both}```\n"), encoding="utf-8")
    assert run("test", "my.policy").exit_code == 2  # nobody has said what ST is
    found = run("test", "my.policy", "--code", "strict-2024.code")
    assert found.exit_code == 0, found.output
    assert "1 story, 3 expectations: all hold." in found.stdout
    noticed = json.loads(run("mutate", "my.policy", "--code", "strict-2024.code", "--format", "json").stdout)
    assert (noticed["code"], noticed["stories"]) == ("strict-2024", 1)


def test_json(here: Path) -> None:
    found = run("test", "my.policy", "--format", "json")
    told = json.loads(found.stdout)
    assert found.exit_code == 0
    assert (told["policy"], told["file"], told["holds"]) == ("my", "my.stories.md", True)
    (story,) = told["stories"]
    (expectation,) = story["expectations"]
    assert expectation["outcomes"][0]["due"] == expectation["outcomes"][0]["actual"] == "2025-03-05"
    assert told["coverage"]["totals"]["deadlines"] == 2
    assert [duty["last day in time"] for duty in told["coverage"]["duties"]] == [True, False]


def test_junit(here: Path) -> None:
    (here / "my.stories.md").write_text(STORIES + FAILING.replace("On the last", "A later"), encoding="utf-8")
    found = run("test", "my.policy", "--format", "junit")
    assert found.exit_code == 1
    top = ElementTree.fromstring(found.stdout)
    assert top.attrib["failures"] == "1"
    cases = [case.attrib["classname"] for case in top.iter("testcase")]
    assert cases == ["story-holds", "story-fails", "boundary-day-without-story", "duty-without-story"]


@pytest.mark.parametrize("form", ["narrated", "sarif", "github", "markdown"])
def test_the_other_forms(here: Path, form: str) -> None:
    (here / "my.stories.md").write_text(FAILING, encoding="utf-8")
    found = run("test", "my.policy", "--format", form)
    assert found.exit_code == 1
    assert "story-fails" in found.stdout or "does not come out" in found.stdout


def test_without_stories(here: Path) -> None:
    (here / "my.stories.md").unlink()
    found = run("test", "my.policy")
    assert found.exit_code == 2
    assert "There is no file of stories my.stories.md." in found.stderr
    assert "policylang test my.policy --write" in " ".join(found.stderr.split())
    assert run("test", "my.policy", "--stories", "none.md").exit_code == 2


def test_a_file_with_faults_is_not_run_and_all_of_them_are_listed(here: Path) -> None:
    text = STORIES.replace("acknowledged.", "acknowledgd.").replace("2025-03-03", "03/03/2025")
    (here / "my.stories.md").write_text(text, encoding="utf-8")
    found = run("test", "my.policy")
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "Did you mean “acknowledged”?" in found.stderr
    assert "Write 2025-03-03." in found.stderr


def test_a_duty_that_is_not_there(here: Path) -> None:
    text = STORIES.replace("acknowledge at stage 1 [7.1]", "acknowledge at stage 3 [7.1]")
    (here / "my.stories.md").write_text(text, encoding="utf-8")
    found = run("test", "my.policy")
    assert found.exit_code == 2
    assert "story-duty-unknown" in found.stderr
    assert "Did you mean “acknowledge at stage 1”?" in found.stderr


def test_a_policy_that_cannot_be_read(here: Path) -> None:
    (here / "my.policy").write_text(POLICY.replace("must acknowledge", "has to acknowlege"), encoding="utf-8")
    found = run("test", "my.policy")
    assert found.exit_code == 2
    assert "Traceback" not in found.output


def test_write_begins_the_file_and_a_second_run_adds_nothing(here: Path) -> None:
    (here / "my.stories.md").unlink()
    found = run("test", "my.policy", "--write", "--code", "housing-ombudsman-2024")
    assert found.exit_code == 0, found.output
    assert "Written to my.stories.md:" in found.stderr
    text = (here / "my.stories.md").read_text(encoding="utf-8")
    assert text.startswith("# Stories of A Landlord\n\n## Keeps 7.2, breaks HO24-6.3\n")
    assert "expect code breach of respond at stage 1, 5 working days late [HO24-6.3]." in text
    again = run("test", "my.policy", "--write", "--code", "housing-ombudsman-2024")
    assert "Nothing to add" in again.stderr
    assert (here / "my.stories.md").read_text(encoding="utf-8") == text


def test_write_leaves_what_stands_there_byte_for_byte(here: Path) -> None:
    file = here / "my.stories.md"
    before = b"\xef\xbb\xbf" + STORIES.replace("\n", "\r\n").encode()
    file.write_bytes(before)
    found = run("test", "my.policy", "--write", "--code", "housing-ombudsman-2024")
    assert found.exit_code == 0, found.output
    after = file.read_bytes()
    assert after.startswith(before)
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert after.count(b"```story") > 1


def test_write_does_not_touch_a_file_with_faults(here: Path) -> None:
    file = here / "my.stories.md"
    file.write_text(STORIES.replace("acknowledged.", "acknowledgd."), encoding="utf-8")
    before = file.read_bytes()
    assert run("test", "my.policy", "--write").exit_code == 2
    assert file.read_bytes() == before


# ---------------------------------------------------------------- mutate


def test_mutate_lists_what_nothing_notices(here: Path) -> None:
    found = run("mutate", "my.policy", "--code", "housing-ombudsman-2024")
    assert found.exit_code == 1, found.output
    flat = " ".join(found.stdout.split())
    assert "14 changes to A Landlord, held against housing-ombudsman-2024 and 1 story" in flat
    assert "What neither a provision nor a story notices, though a story could" in flat
    assert "7.1 (line 7): figure nudged, 2 working days made 3 working days" in flat
    assert "before must acknowledge within 2 working days of receipt [7.1]." in flat
    assert "after must acknowledge within 3 working days of receipt [7.1]." in flat
    assert (here / "my.policy").read_text(encoding="utf-8") == POLICY


def test_mutate_json_is_the_same_every_time(here: Path) -> None:
    words = ("mutate", "my.policy", "--code", "housing-ombudsman-2024", "--format", "json")
    first, second = run(*words), run(*words)
    assert first.stdout == second.stdout
    told = json.loads(first.stdout)
    assert (told["mutants"], told["stories"]) == (14, 1)
    assert told["survivors"] == sum(one["survives"] for one in told["results"])
    fewer = next(one for one in told["results"] if one["what"] == "2 working days made 1 working day")
    assert (fewer["stories"], fewer["provisions"], fewer["survives"]) == (["On the last day"], [], False)


def test_mutate_without_stories_and_as_findings(here: Path) -> None:
    (here / "my.stories.md").unlink()
    found = run("mutate", "my.policy", "--code", "housing-ombudsman-2024", "--format", "github")
    assert found.exit_code == 1
    assert found.stdout.count("::warning") == found.stdout.count("No verdict and no story notices this change") > 5


def test_mutate_leaves_out_a_story_that_fails_and_says_so(here: Path) -> None:
    (here / "my.stories.md").write_text(FAILING, encoding="utf-8")
    found = run("mutate", "my.policy", "--code", "housing-ombudsman-2024")
    assert "Left out, because it does not hold: “On the last day”" in found.stderr
    assert "0 stories" in " ".join(found.stdout.split())


def test_mutate_of_a_policy_whose_every_change_is_noticed(here: Path) -> None:
    (here / "my.policy").write_text(POLICY.split("  must respond")[0], encoding="utf-8")
    later = STORIES.replace("On the last", "On a later").replace("2025-03-05 ack", "2025-03-06 ack")
    text = STORIES + later.replace("policy met", "policy breach of")
    # Over a weekend, so that another unit is noticed; logged a day later, so that another start is.
    for monday, friday in (("03-06", "03-12"), ("03-05", "03-11"), ("03-03 received", "03-07 received")):
        text = text.replace(f"2025-{monday}", f"2025-{friday}")
    text = text.replace("received.", "received.\n  2025-03-10 logged.")
    (here / "my.stories.md").write_text(text, encoding="utf-8")
    found = run("mutate", "my.policy", "--code", "housing-ombudsman-2024")
    assert found.exit_code == 0, found.output
    assert "7 changes to A Landlord" in found.stdout
    assert "Score 100 %" in " ".join(found.stdout.split())
    assert "nor a story notices" not in found.stdout


def test_mutate_of_a_policy_without_sentences(here: Path) -> None:
    (here / "my.policy").write_text(POLICY.split("  must acknowledge")[0], encoding="utf-8")
    (here / "my.stories.md").unlink()
    found = run("mutate", "my.policy", "--code", "housing-ombudsman-2024")
    assert found.exit_code == 0
    assert found.stdout == "There is no sentence in A Landlord to change.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("mutate", "nobody.policy"), "no-such-file"),
        (("mutate", "my.policy", "--code", "housing-ombudsman-1066"), "unknown-code"),
        (("mutate", "my.policy", "--stories", "nobody.md"), "no-such-file"),
        (("test", "my.policy", "--code", "housing-ombudsman-1066"), "unknown-code"),
        (("test", "my.policy", "--format", "verse"), "unfit-value"),
    ],
)
def test_wrong_use(here: Path, words: tuple[str, ...], says: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert says in found.stderr
    assert found.stdout == ""


def test_a_story_with_a_fault_stops_mutate_too(here: Path) -> None:
    (here / "my.stories.md").write_text(STORIES.replace("acknowledged.", "acknowledgd."), encoding="utf-8")
    assert run("mutate", "my.policy", "--code", "housing-ombudsman-2024").exit_code == 2


def test_both_are_in_the_list_of_commands() -> None:
    told = run("--help").stdout
    assert "test " in told
    assert "mutate " in told
    for name in ("test", "mutate"):
        assert "Exit codes:" in run(name, "--help").stdout
