"""One Spark session for all the tests of this folder: it takes longer to start than they do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from policylang.auditor.spark import session as sessions


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A real session on two cores of this machine; without pyspark or Java the tests are skipped, and say so."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'policylang[spark]'")
    if shutil.which("java") is None:
        pytest.skip("there is no Java on this machine, and Spark needs it")
    with sessions.session("local[2]", worker_seconds=300) as session:
        yield session
