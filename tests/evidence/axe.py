"""Runs axe-core over a page in a real headless Chromium. Both are tools of the tests alone and not of the product.

axe-core is looked for in ``build/axe`` (``.ci/run`` puts it there), or where ``POLICYLANG_AXE`` says.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

VERSION = "4.10.3"
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_PLACE = Path(__file__).resolve().parents[2] / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_RUN = """
document.querySelectorAll('details').forEach(d => d.open = true);
axe.run(document, {runOnly: {type: 'tag', values: %s}}).then(r => {
  const told = {version: axe.version, passes: r.passes.length, violations: r.violations.map(v => ({
    rule: v.id, help: v.help, places: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200))}))};
  const out = document.createElement('pre');
  out.id = 'axe-result';
  out.textContent = JSON.stringify(told);
  document.body.append(out);
});
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """``passes`` is how many rules found something to check and nothing amiss; ``violations`` are in words."""

    passes: int
    violations: tuple[str, ...]


def tools() -> tuple[str, Path]:
    """Chromium and axe-core; where one is missing the test is skipped with what is missing and how to get it."""
    browser = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip("ACCESSIBILITY NOT CHECKED: there is no Chromium here. On Debian: apt-get install chromium")
    script = Path(os.environ.get("POLICYLANG_AXE", _PLACE))
    if not script.is_file():
        pytest.skip(
            "ACCESSIBILITY NOT CHECKED: there is no axe-core here. "
            f"npm install --prefix build/axe --no-save axe-core@{VERSION}"
        )
    return browser, script


def check(page: str, folder: Path) -> Checked:
    """Check a page. It is a copy that may run scripts; everything that can be folded open is folded open."""
    browser, script = tools()
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    run = _RUN % json.dumps(STANDARD)
    tail = f'<script src="{script.as_uri()}"></script><script>{run}</script></body>'
    copy = copy.replace("</body>", tail) if "</body>" in copy else copy + tail
    place = folder / "page.html"
    place.write_text(copy, encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--allow-file-access-from-files",
        "--window-size=1280,900",
    ]
    options += ["--virtual-time-budget=60000", f"--user-data-dir={folder / 'browser'}", "--dump-dom", place.as_uri()]
    done = subprocess.run([browser, *options], capture_output=True, timeout=240, check=False)
    found = re.search(r'<pre id="axe-result">(.*?)</pre>', done.stdout.decode("utf-8", "replace"), re.DOTALL)
    if found is None:
        pytest.fail(f"Chromium gave no result: {done.stderr.decode('utf-8', 'replace')[-600:]}")
    told = json.loads(html.unescape(found[1]))
    return Checked(told["passes"], tuple(f"{v['rule']}: {v['help']} {v['places']}" for v in told["violations"]))
