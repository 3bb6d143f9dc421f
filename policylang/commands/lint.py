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
    Severity,
    emit,
    format_option,
    report,
    threshold_option,
)
from policylang.findings.collector import without_collector


@click.command(short_help="Find the faults in a policy by itself.")
@click.argument("policies", metavar="POLICY…", nargs=-1, type=INPUT_FILE)
@click.option(
    "--source", type=INPUT_FILE, help="The real document (Word, PDF, text, Markdown): its clauses and references count."
)
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

    With --source every clause that POLICY cites is looked up in the real document, and the document itself is read for
    references that lead astray, numbers skipped or printed twice, and addresses that are no longer good.

    Every finding names its rule; policylang explain RULE says what it means and how to put it right.

    \b
    policylang lint policies/connect-housing.policy
    policylang lint draft.policy --source "Complaints Policy.docx"
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

    printed, about_document = (None, []) if source is None else _read(source, skip)
    findings: list[Finding] = []
    unreadable = False
    with without_collector():
        from policylang.checker.lint._document import existing
        from policylang.language.clauses import spread
        from policylang.model.library import load_policy

        for path in policies:
            loaded = load_policy(path)
            findings += loaded.findings
            if loaded.document is None:
                unreadable = True
                continue
            policy = loaded.document
            labels = None if printed is None else existing(printed, spread(policy.clause_labels))
            findings += run(policy, today=today, labels=labels, skip=skip)
    findings = _once(about_document, findings)
    code = report(findings, format, threshold=threshold)
    return Exit.MISUSE if unreadable else code


def _read(source: Path, skip: tuple[str, ...]) -> tuple[list[str], list[Finding]]:
    """The clause numbers of the real document, and its own faults."""
    from policylang.checker.lint._document import lint_document
    from policylang.documents import faults
    from policylang.documents.clauses import labels
    from policylang.documents.read import read_document

    document = read_document(source)
    printed = labels(document)
    if not printed:
        raise faults.without_numbers(str(source))
    return printed, lint_document(document, skip=skip)


def _once(document: list[Finding], policy: list[Finding]) -> list[Finding]:
    """What is wrong with a clause, said once: by the policy file, but by the document where that has the evidence."""
    by_document = {(f.code, clause) for f in document if f.code == "PL121" for clause in f.clauses}
    kept = [f for f in policy if not any((f.code, clause) in by_document for clause in f.clauses)]
    # The policy file may cite a paragraph without number: 2.3 ¶6 is in 2.3.
    told = {(f.code, name) for f in kept for clause in f.clauses for name in (clause, clause.partition(" ")[0])}
    return [f for f in document if not any((f.code, clause) in told for clause in f.clauses)] + kept


def _known(skip: tuple[str, ...], names: list[str]) -> None:
    """Refuse a rule name that does not exist: leaving out nothing by mistake would be worse than saying so."""
    from policylang.findings.nearest import did_you_mean

    for name in skip:
        if name.casefold() not in {n.casefold() for n in names}:
            raise click.UsageError(f"There is no rule “{name}”. {did_you_mean(name, names, what='rules')}")
