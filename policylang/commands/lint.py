"""``policylang lint``: the faults of a policy by itself, without any code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    Finding,
    Problem,
    Severity,
    emit,
    format_option,
    report,
    threshold_option,
)


@click.command(short_help="Find the faults in a policy by itself.")
@click.argument("policies", metavar="POLICY…", nargs=-1, type=INPUT_FILE)
@click.option("--source", type=INPUT_FILE, help="The real document (text or Markdown): its clause numbers are checked.")
@click.option("--on", "today", type=DAY, help="Read the policy as on this day.  [default: today]")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave a rule out, by name or code; may be repeated.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules, and do nothing else.")
@format_option()
@threshold_option()
def lint(
    policies: tuple[Path, ...],
    source: Path | None,
    today: date | None,
    skip: tuple[str, ...],
    list_rules: bool,
    format: str,
    threshold: Severity,
) -> Exit:
    """Find what is wrong with POLICY whatever any code says: two figures for one duty, references that lead nowhere,
    extensions without limit, days that may be working days or not, reviews overdue, routes that have ended.

    Every finding names its rule; policylang explain RULE says what it means and how to put it right.

    \b
    policylang lint policies/connect-housing.policy
    policylang lint draft.policy --source draft.txt
    policylang lint draft.policy --format json
    """
    from policylang.checker.lint._rule import lint as run
    from policylang.checker.lint._rule import rule_name, rules

    if list_rules:
        for module in rules():
            emit(f"{module.CODE}  {module.SEVERITY.value:8} {rule_name(module)}")
        return Exit.CLEAN
    if not policies:
        raise click.UsageError("Name at least one policy, such as policies/connect-housing.policy.")
    _known(skip, [name for module in rules() for name in (rule_name(module), module.CODE)])

    from policylang.checker.lint._source import existing, read_source, stray_references
    from policylang.language.clauses import spread
    from policylang.model.library import load_policy

    findings: list[Finding] = []
    text: str | None = None
    if source is not None:
        text, problem = read_source(source)
        if text is None:
            raise Problem([problem] if problem else [])
        if "dangling-reference" not in skip and "PL103" not in skip:
            findings += stray_references(text, str(source))
    unreadable = False
    for path in policies:
        loaded = load_policy(path)
        findings += loaded.findings
        if loaded.document is None:
            unreadable = True
            continue
        policy = loaded.document
        printed = None if text is None else existing(text, spread(policy.clause_labels))
        findings += run(policy, today=today, labels=printed, skip=skip)
    code = report(findings, format, threshold=threshold)
    return Exit.MISUSE if unreadable else code


def _known(skip: tuple[str, ...], names: list[str]) -> None:
    """Refuse a rule name that does not exist: leaving out nothing by mistake would be worse than saying so."""
    from policylang.findings.nearest import did_you_mean

    for name in skip:
        if name.casefold() not in {n.casefold() for n in names}:
            raise click.UsageError(f"There is no rule “{name}”. {did_you_mean(name, names, what='rules')}")
