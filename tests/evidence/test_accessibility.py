"""Every page that is written has no violation of WCAG 2.2 AA that axe-core can find, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.commands import main
from policylang.evidence.assess import BOARD_PAGE, PAGE, assess
from tests.evidence import made_up
from tests.evidence.axe import check
from tests.evidence.test_annual import annual
from tests.evidence.test_annual_report import rows_with_months

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / "policies" / "connect-housing.policy"


def test_a_page_with_faults_is_found_out(tmp_path: Path) -> None:
    """The check can fail: without this, a browser that does nothing would pass everything."""
    faulty = '<html><body><img src="x.png"><p style="color:#ccc;background:#fff">pale</p></body></html>'
    rules = {violation.split(":")[0] for violation in check(faulty, tmp_path).violations}
    assert {"image-alt", "color-contrast", "html-has-lang", "document-title"} <= rules


@pytest.mark.parametrize("name", [PAGE, BOARD_PAGE])
def test_the_pages_of_an_assessment(tmp_path: Path, name: str) -> None:
    page = assess(made_up.run()).files[name].decode("utf-8")
    found = check(page, tmp_path)
    assert found.violations == ()
    assert found.passes > 10


@pytest.mark.parametrize("more", [(), ("--suppress-under", "5")])
def test_the_annual_report(tmp_path: Path, more: tuple[str, ...]) -> None:
    done = annual(tmp_path, rows_with_months(), "--out", str(tmp_path / "out"), *more)
    assert done.exit_code == 0, done.stderr
    found = check((tmp_path / "out" / "annual-report.html").read_text(encoding="utf-8"), tmp_path)
    assert found.violations == ()
    assert found.passes > 10


@pytest.mark.parametrize("command", ["check", "lint"])
def test_the_pages_of_findings(tmp_path: Path, command: str) -> None:
    done = CliRunner().invoke(main, [command, str(POLICY), "--format", "html"])
    assert done.stdout.startswith("<!")
    found = check(done.stdout, tmp_path)
    assert found.violations == ()
