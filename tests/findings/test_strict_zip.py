"""Archives that are broken or made to do harm: refused with the reason, and nothing else ever comes out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylang.findings.strict_zip import Refused, StrictZip, Trap

MB = 1_000_000
PARTS = {"a.xml": b"<a>" + b"text " * 200 + b"</a>", "folder/b.bin": bytes(range(256)) * 4, "empty": b""}


def archive(parts: dict[str, bytes] = PARTS, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def looked_at(path: Path) -> dict[str, bytes]:
    """Every check, and then every part, as a reader of documents does it."""
    found = StrictZip(path)
    try:
        found.check_names(100)
        found.check_open()
        found.check_sizes(50 * MB, 200, MB)
        return {name: b"".join(found.chunks(name, MB)) for name in found.parts}
    finally:
        found.close()


def trap_of(folder: Path, content: bytes) -> Trap:
    path = folder / "x.zip"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        looked_at(path)
    return refused.value.trap


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_sound_archive_is_read_whole(tmp_path: Path, method: int) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(archive(method=method))
    assert looked_at(path) == PARTS


@pytest.mark.parametrize(
    ("parts", "trap"),
    [
        ({"../a": b""}, Trap.CLIMBS),
        ({"/a": b""}, Trap.CLIMBS),
        ({"C:\\a": b""}, Trap.CLIMBS),
        ({"a/../../b": b""}, Trap.CLIMBS),
        ({f"a{n}": b"" for n in range(101)}, Trap.CROWDED),
        ({"a": b" " * 51 * MB}, Trap.INFLATED),
        ({"a": b" " * 3 * MB}, Trap.RATIO),
        ({f"a{n}": b" " * (MB // 2) for n in range(10)}, Trap.RATIO),
        ({"a": Random(1).randbytes(2 * MB)}, Trap.TOO_FAR),
    ],
    ids=lambda value: value.name if isinstance(value, Trap) else next(iter(value)),
)
def test_what_is_wrong_is_told(tmp_path: Path, parts: dict[str, bytes], trap: Trap) -> None:
    assert trap_of(tmp_path, archive(parts)) is trap


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_rest_of_what_can_be_wrong(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as twice:
        twice.writestr("a", "1")
        twice.writestr("a", "2")
    assert trap_of(tmp_path, out.getvalue()) is Trap.TWICE
    assert trap_of(tmp_path, b"") is Trap.CONTENTS
    assert trap_of(tmp_path, archive()[:-30]) is Trap.CONTENTS
    locked = bytearray(archive())
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    assert trap_of(tmp_path, bytes(locked)) is Trap.LOCKED
    wrong_sum = bytearray(archive())
    wrong_sum[wrong_sum.find(b"PK\x01\x02") + 16] ^= 1
    assert trap_of(tmp_path, bytes(wrong_sum)) is Trap.UNPACKABLE
    with pytest.raises(Refused) as refused:
        StrictZip(tmp_path / "not there.zip")
    assert refused.value.trap is Trap.CLOSED
    (tmp_path / "x.zip").write_bytes(archive())
    found = StrictZip(tmp_path / "x.zip")
    with pytest.raises(Refused) as refused:
        list(found.chunks("no such part", MB))
    assert (refused.value.trap, refused.value.part) == (Trap.MISSING, "no such part")
    found.close()


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(0, 40),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_bytes_that_are_changed_or_lost_never_end_in_another_fault(
    tmp_path: Path, changes: list[tuple[int, int]], lost: int, method: int
) -> None:
    content = bytearray(archive(method=method))
    for where, value in changes:
        content[where % len(content)] = value
    path = tmp_path / "x.zip"
    path.write_bytes(bytes(content[: len(content) - lost]))
    try:
        found = looked_at(path)
    except Refused:
        return
    for name, content_read in found.items():  # what is read is what was there: the checksums saw to that
        assert name not in PARTS or content_read == PARTS[name]
