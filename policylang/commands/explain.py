"""``policylang explain``: the page behind a finding, a provision of a Code, a word of the language."""

from __future__ import annotations

import shutil
import sys

import click

from policylang.commands.frame import Exit, emit, format_option, problem


@click.command()
@click.argument("name", nargs=-1)
@format_option("text", "markdown")
def explain(name: tuple[str, ...], format: str) -> Exit:
    """Explain a rule, a provision or a word: NAME is what a finding gives, by name or by code.

    \b
      policylang explain late-acknowledgement
      policylang explain HO24-6.3
      policylang explain 6.3
      policylang explain reasonable-adjustments

    Without NAME, the rules that can be explained are listed.
    """
    from policylang.commands.explainers import all_names, explanation

    wanted = " ".join(name).strip()
    if not wanted:
        _print(_index(), format)
        return Exit.CLEAN
    page = explanation(wanted)
    if page is None:
        from policylang.findings.nearest import nearest

        near = nearest(wanted, all_names())
        hint = f"Did you mean {' or '.join(near)}?" if near else "“policylang explain” lists the rules there are."
        raise problem("unknown-name", "PL-U06", f"There is no rule, provision or word called “{wanted}”.", hint)
    _print(page, format)
    return Exit.CLEAN


def _index() -> str:
    from policylang.commands.explainers import rule_names

    listed = "\n".join(f"- {name}" for name in sorted(set(rule_names())))
    more = "Provisions (6.3, HO24-6.3), words of the language and names in a complaints log can be explained too."
    return f"# Rules\n\n{more}\n\n{listed}\n"


def _print(markdown: str, format: str) -> None:
    if format == "markdown":
        emit(markdown)
        return
    from policylang.findings.prose import terminal_text
    from policylang.findings.terminal import wants_colour

    colour = wants_colour(sys.stdout)
    across = min(shutil.get_terminal_size((100, 24)).columns, 100)
    emit(terminal_text(markdown, across=across, colour=colour), colour=colour)
