"""``policylang new``: the beginnings of a lint rule, put where they belong in a checkout."""

from __future__ import annotations

import re
from pathlib import Path

import click

from policylang.commands.frame import Exit, emit, problem, write_whole

FILL_IN = "(to be written)"
"""What stands where the author has to write; a test refuses a rule in which any of it is left."""
_NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_RULES = Path("policylang", "checker", "lint")
_EXAMPLES = Path("tests", "lint", "rules.md")

_RULE = '''"""
## What it means

{fill} One or two sentences: what is wrong in the document when this is found.

## Why it matters

{fill} Who is harmed by it, and how.

## What to do

{fill} What to write instead.

## Example

```
{fill}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "{code}"
SEVERITY = Severity.{severity}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    # One Fault for each place that shows the fault: what is wrong, where, what to do, and the clauses.
    yield from ()
'''

_EXAMPLE = """
## {name}

{fill} What the example shows.

```bad
policy "Draft".
stage 1 "Stage 1":
  senior-manager will respond within 10 working days of acknowledgement [3.3].
```

```expect
```

```better
policy "Draft".
stage 1 "Stage 1":
  senior-manager will respond within 10 working days of acknowledgement [3.3].
```
"""


@click.group(short_help="Start a new lint rule in a checkout.")
def new() -> None:
    """Write the beginnings of something new, for whoever works on the tool itself."""


@new.command()
@click.argument("name", metavar="NAME")
@click.option("--severity", type=click.Choice(["note", "warning", "error"]), default="warning", show_default=True)
@click.option(
    "--checkout", type=click.Path(path_type=Path, file_okay=False), help="The checkout.  [default: the one that runs]"
)
def rule(name: str, severity: str, checkout: Path | None) -> Exit:
    """Start the lint rule NAME: its file (whose docstring is its page) and its example, which is its test.

    NAME is called after the fault, in small letters with hyphens. The rule finds nothing yet, so its test fails until
    it is written. Nothing that is there already is replaced.

    \b
    policylang new rule duty-said-twice
    policylang new rule duty-said-twice --severity note
    """
    root = Path(__file__).resolve().parents[2] if checkout is None else checkout
    _check(name, root)
    path = root / _RULES / f"{name.replace('-', '_')}.py"
    examples = root / _EXAMPLES
    code = _next_code(root / _RULES)
    text = examples.read_text(encoding="utf-8")
    write_whole(path, _RULE.format(fill=FILL_IN, code=code, severity=severity.upper()))
    write_whole(examples, text.rstrip("\n") + "\n" + _EXAMPLE.format(fill=FILL_IN, name=name), overwrite=True)
    emit(
        f"{code} {name} has been started:\n"
        f"  {path.relative_to(root).as_posix()}  the rule and its page\n"
        f"  {_EXAMPLES.as_posix()}  its example, at the end\n\n"
        f"Write what stands at “{FILL_IN}”, make the bad policy show the fault, and make the rule find it:\n"
        f'  pytest -n 0 tests/lint/test_rules.py -k "{name}"'
    )
    return Exit.CLEAN


def _check(name: str, root: Path) -> None:
    from policylang.findings import pages

    if not (root / "pyproject.toml").is_file() or not (root / _RULES).is_dir() or not (root / _EXAMPLES).is_file():
        raise problem(
            "not-a-checkout", "PL-F28", "This is not a checkout of policylang: a rule needs its source and its tests.",
            "Fetch the source (git clone), and run python cli.py new rule NAME in it.", file=str(root),
        )  # fmt: skip
    if not _NAME.fullmatch(name) or len(name) > 60:
        raise problem(
            "unfit-value", "PL-U04", f"“{name}” cannot be the name of a rule.",
            "Name the fault in small letters, with hyphens between the words, such as duty-said-twice.",
        )  # fmt: skip
    path = root / _RULES / f"{name.replace('-', '_')}.py"
    titled = re.search(rf"^## {re.escape(name)}\s*$", (root / _EXAMPLES).read_text(encoding="utf-8"), re.MULTILINE)
    if path.exists() or titled or pages.find(name) is not None:
        raise problem(
            "file-exists", "PL-F10", f"There is a rule or a page called “{name}” already.",
            f"Give another name; policylang explain {name} shows what is there.", file=str(path),
        )  # fmt: skip


def _next_code(rules: Path) -> str:
    texts = (path.read_text(encoding="utf-8") for path in rules.glob("*.py"))
    used = [int(number) for text in texts for number in re.findall(r'^CODE = "PL(\d{3})"', text, re.MULTILINE)]
    return f"PL{max(used, default=100) + 1}"
