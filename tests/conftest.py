"""What every test run shares: the regenerate flag, Hypothesis profiles, and no colour or width from the terminal."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests import documents

# Bounded and repeatable for every run of the suite; `HYPOTHESIS_PROFILE=nightly` searches far longer.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(autouse=True)
def _a_run_of_its_own() -> None:
    """Each test is a run of its own: what an earlier one wrote is not what this one has written."""
    from policylang.commands import output

    output.written.clear()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        help="rewrite the expected blocks of the documents with what the code says now, then review the diff",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--regenerate"):
        os.environ[documents.VARIABLE] = "1"
    # Two processes must not rewrite one page at the same time.
    if documents.regenerating() and (config.getoption("numprocesses", None) or hasattr(config, "workerinput")):
        raise pytest.UsageError("Regenerate in one process: add -n 0.")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if documents.rewritten:
        terminalreporter.section("rewritten: review before keeping")
        for line in documents.rewritten:
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results must not depend on who runs the tests and where: no colour, 100 columns, no debug detail."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "POLICYLANG_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
