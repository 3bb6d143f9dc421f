"""Finished files are kept by name; a large one is kept compressed and comes back as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policylang.evidence.outputs import Outputs


@given(st.lists(st.binary(max_size=2_000), max_size=5))
def test_a_file_kept_in_blocks_is_the_file(blocks: list[bytes]) -> None:
    files = Outputs()
    files.put_blocks("large.csv", iter(blocks))
    whole = b"".join(blocks)
    assert files["large.csv"] == whole
    assert files.digest("large.csv") == hashlib.sha256(whole).hexdigest()


def test_files_are_written_as_they_were_put_in(tmp_path: Path) -> None:
    files = Outputs()
    files.put("a.txt", b"one")
    files.put_blocks("b.txt", [b"two ", b"three"])
    assert list(files) == ["a.txt", "b.txt"]
    for name in files:
        files.write(name, tmp_path / name)
        assert (tmp_path / name).read_bytes() == files[name]
    assert files.digests == {name: hashlib.sha256(files[name]).hexdigest() for name in files}
