"""Records that the tool wrote as JSON, read back strictly (``policylang.findings.strict_json``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policylang.findings.strict_json import NESTING, NotARecord, read_record


def written(folder: Path, content: bytes) -> Path:
    path = folder / "record.json"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not well-formed JSON"),
        (b"{", "is not well-formed JSON"),
        (b"\xff\xfe{\x00}\x00", "is not well-formed JSON"),
        (b'{"a": 1} {"b": 2}', "is not well-formed JSON"),
        (b"[]", "holds no table of named entries"),
        (b"null", "holds no table of named entries"),
        (b'"a"', "holds no table of named entries"),
        (b'{"a": 1, "a": 2}', "has “a” twice in one place"),
        (b'{"b": {"a": 1, "a": 1}}', "has “a” twice in one place"),
        (b'{"a": NaN}', "has “NaN” where a number should be"),
        (b'{"a": [-Infinity]}', "has “-Infinity” where a number should be"),
        (b'{"a": 1e999}', "has a number that is larger than any this tool writes"),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "has a number that is larger than any this tool writes"),
        (b'{"a": "\\ud800"}', "has text in it that no file can hold"),
        (b'{"\\u0000": 1}', "has text in it that no file can hold"),
        (b"[" * 100_000, "is nested deeper than anything this tool writes"),
        (b'{"a":' * 100_000, "is nested deeper than anything this tool writes"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "is nested deeper than anything this tool writes"),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', "is larger than any such file that this tool writes"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_is_no_record_is_refused_with_the_reason(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(NotARecord) as refused:
        read_record(written(tmp_path, content), 2_000_000)
    assert refused.value.why == why


def test_a_mark_at_the_start_that_some_editors_write_is_no_fault(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf{}"
    assert read_record(written(tmp_path, raw), 100) == (raw, {})


NAMES = st.text(st.characters(codec="ascii", exclude_characters="\x00"))
PLAIN = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
VALUES = st.recursive(
    PLAIN | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_whatever_is_written_comes_back(tmp_path: Path, data: dict[str, Any]) -> None:
    assume(depth(data) < NESTING)
    path = written(tmp_path, json.dumps(data, ensure_ascii=False).encode("utf-8"))
    assert read_record(path, 10**6)[1] == data


def depth(value: object) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max((depth(one) for one in inner), default=0)
