"""Where the data that ships with the tool lies: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def checks_dir() -> Path:
    """The folder of codes, vocabulary, calendars and schemas."""
    return _data("checks")


def policies_dir() -> Path:
    """The folder of shipped policies and their stories."""
    return _data("policies")


def _data(name: str) -> Path:
    root = _PACKAGE.parent
    # An installed package may have a stranger's folder of the same name beside it; only a checkout has pyproject.toml.
    if (root / "pyproject.toml").is_file() and (root / name).is_dir():
        return root / name
    return _PACKAGE / "_data" / name
