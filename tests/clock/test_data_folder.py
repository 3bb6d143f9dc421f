"""The shipped data is found in a checkout and in an installed tool, and a stranger's folder is never taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylang.model import data


def test_in_a_checkout() -> None:
    root = Path(__file__).parents[2]
    assert data.checks_dir() == root / "checks"
    assert (data.checks_dir() / "calendars" / "england-and-wales.yaml").is_file()
    assert data.policies_dir().parent in (root, root / "policylang" / "_data")


def test_when_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "_PACKAGE", tmp_path / "site-packages" / "policylang")
    strangers = tmp_path / "site-packages" / "checks"
    strangers.mkdir(parents=True)
    assert data.checks_dir() == tmp_path / "site-packages" / "policylang" / "_data" / "checks"
    assert data.policies_dir() == tmp_path / "site-packages" / "policylang" / "_data" / "policies"
