"""Who can explain a name: rules, lint rules, provisions of the Codes, words of the language, names in a complaints log.

Each explainer takes a name as it was typed and answers with a page of Markdown, or None if the name is not its own;
each comes with the names it answers to, so that a mistyped one can be put right. Slow imports stay inside.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang.findings import pages

if TYPE_CHECKING:
    from policylang.model.document import Document, Provision

Explainer = Callable[[str], str | None]
LINT = Path(__file__).parent.parent / "checker" / "lint"


def rule(name: str) -> str | None:
    """The page of a rule, by name or code."""
    page = pages.find(name)
    return None if page is None else page.text


def lint_rule(name: str) -> str | None:
    """The page of a lint rule: the docstring of its module, read without running it."""
    wanted = _plain(name)
    for path in _lint_modules():
        # A rule's own name reads one file; a code may be in any of them.
        if _plain(path.stem) == wanted or wanted in map(_plain, _lint_codes(path)):
            return _lint_page(path)
    return None


def provision(name: str) -> str | None:
    """A provision of a shipped Code: ``HO24-6.3``, or ``6.3`` for every Code that has one, the latest edition first."""
    if not re.search(r"\d[a-z]?(\.[a-z]+)?\s*$", name.casefold()):
        return None  # a provision ends in its number; a word need not wait until the Codes are read
    prefix, _, number = name.strip().rpartition("-")
    found = []
    for code in _codes():
        if prefix and prefix.casefold() not in {code.cited_as.casefold(), code.id.casefold()}:
            continue
        entry = next((p for p in code.provisions if p.number.casefold() == number.casefold()), None)
        if entry is not None:
            found.append(_provision_page(code, entry))
    return "\n".join(found) or None


def word(name: str) -> str | None:
    """A word of the language, from the vocabulary."""
    from policylang.model.vocabulary import vocabulary

    known = vocabulary()
    wanted = _plain(name)
    entries = [w for kind in known.by_kind.values() for w in kind.values() if _plain(w.word) == wanted]
    return "\n".join(_word_page(entry) for entry in entries) or None


def log_name(name: str) -> str | None:
    """An event, flag or attribute that a complaints log can record, with the headings it is known by."""
    wanted = _plain(name)
    for kind, entries in _case_record().items():
        for key, entry in entries.items():
            if _plain(key) == wanted:
                return _log_page(kind, key, entry)
    return None


explainers: list[Explainer] = [rule, lint_rule, provision, word, log_name]
"""Asked in this order. A command that brings names of its own adds its explainer here."""


def rule_page(name: str) -> str | None:
    """The page of a rule, the linter's included, by name or code."""
    return rule(name) or lint_rule(name)


def explanation(name: str) -> str | None:
    """Everything the explainers have to say of ``name``, or None. A rule's page comes alone: it says it all."""
    for explainer in explainers[:2]:
        page = explainer(name)
        if page is not None:
            return page
    return "\n".join(filter(None, (explainer(name) for explainer in explainers[2:]))) or None


def rule_names() -> list[str]:
    """Every rule and its codes, those of the linter included."""
    lint = [name for path in _lint_modules() for name in (_rule_name(path), *_lint_codes(path))]
    return [*pages.names(), *lint]


def all_names() -> list[str]:
    """Every name that :func:`explanation` answers to."""
    from policylang.model.vocabulary import vocabulary

    provisions = [f"{code.cited_as}-{p.number}" for code in _codes() for p in code.provisions]
    logged = [key for entries in _case_record().values() for key in entries]
    return [*rule_names(), *provisions, *vocabulary().words(), *logged]


def _lint_modules() -> list[Path]:
    return sorted(path for path in LINT.glob("*.py") if not path.stem.startswith("_"))


@cache
def _lint_codes(path: Path) -> tuple[str, ...]:
    """The codes a lint module gives its findings: what it sets ``CODE`` or ``code`` to, read without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    values: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "CODE" for t in node.targets):
            values.append(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "CODE":
            values += [node.value] if node.value else []
        elif isinstance(node, ast.keyword) and node.arg == "code":
            values.append(node.value)
    return tuple(dict.fromkeys(v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)))


def _lint_page(path: Path) -> str | None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if doc is None:
        return None
    codes = ", ".join(_lint_codes(path))
    title = "" if doc.startswith("# ") else f"# {_rule_name(path)}{f' ({codes})' if codes else ''}\n\n"
    return f"{title}{doc}\n"


def _rule_name(path: Path) -> str:
    return path.stem.replace("_", "-")


@cache
def _codes() -> tuple[Document, ...]:
    """The shipped Codes that could be read, the latest edition first."""
    from datetime import date

    from policylang.model.library import code_ids, load_code

    read = [load_code(name).document for name in code_ids()]
    known = [document for document in read if document is not None]
    return tuple(sorted(known, key=lambda d: d.in_force[0] if d.in_force else date.min, reverse=True))


def _provision_page(code: Document, entry: Provision) -> str:
    force = {"must": "An obligation", "should": "A recommendation"}.get(entry.force, entry.force.capitalize())
    lines = [f"# {code.cited_as}-{entry.number} {entry.title}", ""]
    lines += [f"{code.title}, edition {code.edition}, section {entry.section}. {force}.", ""]
    lines += ["## What it asks, in our words", "", entry.requirement, ""]
    if entry.demands:
        said = [" ".join(code.text[norm.span.start : norm.span.end].split()) for norm in entry.demands]
        lines += ["## What a policy is held to", "", "```", *said, "```", ""]
    else:
        lines += ["## What a policy is held to", "", "No policy text can show whether this is kept.", ""]
    if entry.shown_by:
        lines += ["## What can show it", "", ", ".join(way.replace("-", " ") for way in entry.shown_by) + ".", ""]
    lines += [line for note in entry.notes for line in (note, "")]
    if not entry.verified:
        lines += [
            "**Unverified:** written from general knowledge of the Code; check it against the published text.",
            "",
        ]
    return "\n".join(lines)


def _word_page(entry: Any) -> str:
    kind = entry.kind.removesuffix("s") if entry.kind != "bodies" else "body"
    lines = [f"# {entry.word}", "", f"A word of the language ({kind}): {entry.meaning}", ""]
    if entry.implies:
        lines += [f"Whoever says it has also said: {', '.join(entry.implies)}.", ""]
    if entry.case:
        names = ", ".join(f"{n}" if not stage else f"{n} (stage {stage})" for stage, n in entry.case.items())
        lines += [f"In a complaints log: {names}.", ""]
    if entry.good_from:
        lines += [f"In being from {entry.good_from}.", ""]
    if entry.good_until:
        instead = f" Instead: {entry.instead}." if entry.instead else ""
        lines += [f"Ended on {entry.good_until}.{instead}", ""]
    return "\n".join(lines)


@cache
def _case_record() -> dict[str, dict[str, dict[str, Any]]]:
    import yaml

    from policylang.model.data import checks_dir

    data = yaml.safe_load((checks_dir() / "case-record.yaml").read_text(encoding="utf-8"))
    return {kind: data[kind] for kind in ("events", "flags", "attributes")}


def _log_page(kind: str, key: str, entry: dict[str, Any]) -> str:
    what = {"events": "A date", "flags": "A yes or no", "attributes": "A text"}.get(kind, "A value")
    stage = f" at stage {entry['stage']}" if entry.get("stage") else ""
    lines = [f"# {key}", "", f"{what} that a complaints log can record{stage}: {entry.get('label', key)}.", ""]
    if entry.get("headings"):
        lines += ["Column headings it is known by:", "", *(f"- {heading}" for heading in entry["headings"]), ""]
    return "\n".join(lines)


def _plain(name: str) -> str:
    return "-".join(name.casefold().replace("_", "-").split())
