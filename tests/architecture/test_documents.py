"""The helper that runs documents as tests must itself be able to fail."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest

from policylang import __version__
from tests import documents
from tests.documents import DocumentError, Example, check, load, steady

PAGE = """\
# Acknowledging

Prose before any block, with `inline` code.

## In time ##

```policy name=draft
# a comment of the policy, not a heading
stage 1 must acknowledge.
```

```expect
met
```

## Late

~~~policy name=a
one.
~~~

~~~policy name=b
two.
~~~
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(documents.VARIABLE, raising=False)
    monkeypatch.setattr(documents, "rewritten", [])
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def test_each_heading_with_blocks_is_one_example(page: Path) -> None:
    first, second = load(page)
    assert (first.title, first.line) == ("In time", 5)
    assert first.blocks == {
        "policy name=draft": "# a comment of the policy, not a heading\nstage 1 must acknowledge.\n",
        "expect": "met\n",
    }
    assert first.lines == {"policy name=draft": 7, "expect": 12}
    assert second.names("policy") == ["policy name=a", "policy name=b"]


def test_a_block_is_found_by_its_first_word_where_that_is_enough(page: Path) -> None:
    first, second = load(page)
    assert first.block("policy") == first.block("policy  name=draft")
    assert first.options("policy") == {"name": "draft"}
    assert second.block("policy name=b") == "two.\n"
    assert second.get("expect", "nothing") == "nothing"
    with pytest.raises(DocumentError, match=r"more than one.*policy name=a, policy name=b"):
        second.block("policy")
    with pytest.raises(DocumentError, match="has no “cases” block"):
        second.block("cases")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# Only prose\n", ":1: no example"),
        ("# A\n\n```policy\nnever closed\n", ":3: this block never ends"),
        ("# A\n\n```\nno name\n```\n", ":3: this block has no name"),
        ("# A\n\n```x\n```\n\n```x\n```\n", ":6: .*two blocks called “x”"),
        ("# A\n\n```x\n```\n\n# A\n\n```x\n```\n", ":8: the example “A” is already at line 1"),
    ],
)
def test_a_page_that_would_lose_a_test_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        load(write(tmp_path / "bad.md", text))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no Markdown page"):
        documents.examples(tmp_path)


def test_check_passes_on_the_same_text_and_fails_with_a_diff_on_another(page: Path) -> None:
    example = load(page)[0]
    check(example, "expect", "met   \n\n")
    with pytest.raises(pytest.fail.Exception) as failure:
        check(example, "expect", "breached")
    assert f"{page}:12:" in str(failure.value)
    assert "-met\n+breached" in str(failure.value)


def test_a_missing_expectation_fails_even_against_nothing(page: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="has no “expect” block"):
        check(load(page)[1], "expect", "")


def test_regenerating_rewrites_only_the_block_that_differs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(documents.VARIABLE, "1")
    check(load(page)[0], "expect", "met")
    assert documents.rewritten == []
    check(load(page)[0], "expect", "breached,\n3 working days late\n")
    assert page.read_text(encoding="utf-8") == PAGE.replace("met\n", "breached,\n3 working days late\n", 1)
    assert documents.rewritten == [f"{page}:12 expect"]


def test_regenerating_twice_in_one_run_follows_the_lines_that_moved(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = load(page)
    monkeypatch.setenv(documents.VARIABLE, "1")
    check(first, "expect", "one\ntwo\nthree")
    check(second, "expect", "added, with ``` inside")
    monkeypatch.delenv(documents.VARIABLE)
    first, second = load(page)
    check(first, "expect", "one\ntwo\nthree")
    check(second, "expect", "added, with ``` inside")
    assert second.names("policy") == ["policy name=a", "policy name=b"]


def test_steady_hides_the_day_the_version_and_the_folder(tmp_path: Path) -> None:
    text = f"{date.today().isoformat()} policylang {__version__} wrote {tmp_path}/demo/a.html, 1{__version__}"
    assert steady(text, folders=[tmp_path]) == f"TODAY policylang VERSION wrote FOLDER/demo/a.html, 1{__version__}"


@documents.examples(Path(__file__).with_name("example.md"))
def test_a_page_on_disk_runs_one_test_an_example(example: Example) -> None:
    check(example, "expect", example.block("words").upper())
