"""The result of a mutation for people: the score, the figures by kind of change, and each survivor before and after."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from policylang.findings.finding import Finding, Place, Severity
from policylang.model.document import Document
from policylang.stories.mutation import Mutation, Noticed

_LABEL = 8


def as_text(policy: Document, code: Document, stories: int, mutation: Mutation, left_alone: int, across: int) -> str:
    """Everything about the mutants of one policy; ``stories`` is how many stood by, ``across`` the width in columns."""
    parts = [_heading(policy, code, stories, mutation, left_alone, across)]
    parts.append("\n".join(_by_change(mutation)))
    if mutation.untold:
        parts.append("What neither a provision nor a story notices, though a story could")
        parts += ["\n".join(_survivor(one, across)) for one in mutation.untold]
    rest = [one for one in mutation.survivors if not one.tellable]
    if rest:
        parts.append("What no provision notices, and no case record would show")
        parts += ["\n".join(_survivor(one, across)) for one in rest]
    return "\n\n".join(part for part in parts if part) + "\n"


def percent(score: float) -> str:
    """A score as a whole percentage, rounded down, so that 100 % means all of them."""
    return f"{int(score * 100 + 1e-9)} %"


def _heading(policy: Document, code: Document, stories: int, mutation: Mutation, left_alone: int, across: int) -> str:
    every, survivors = len(mutation.results), len(mutation.survivors)
    if not every:
        return f"There is no sentence in {policy.organisation or policy.title or policy.id} to change."
    by_provision = sum(bool(one.provisions) for one in mutation.results)
    by_story = sum(bool(one.stories) for one in mutation.results)
    by_story_alone = sum(bool(one.stories) and not one.provisions for one in mutation.results)
    told = (
        f"{every} changes to {policy.organisation or policy.title or policy.id}, held against {code.id} and "
        f"{stories} {'story' if stories == 1 else 'stories'}: {every - survivors} noticed, {survivors} not. "
        f"Score {percent(mutation.score)}; {percent(mutation.score_within_reach)} of what a verdict or a story can "
        f"notice. A provision's verdict notices {by_provision}, a story {by_story} "
        f"({by_story_alone} of them nothing else notices)."
    )
    if left_alone:
        told += f" {left_alone} sentences of another body's text were left alone."
    return "\n".join(textwrap.wrap(told, across))


def _by_change(mutation: Mutation) -> list[str]:
    return [
        f"  {name.ljust(19)} {noticed:>4} of {every:>4} noticed"
        for name, (noticed, every) in mutation.by_change().items()
    ]


def _survivor(one: Noticed, across: int) -> list[str]:
    mutant = one.mutant
    cited = ", ".join(mutant.clauses) or "no clause"
    lines = textwrap.wrap(
        f"{cited} (line {mutant.line}): {mutant.change}, {mutant.what}", across, subsequent_indent="  "
    )
    for label, text in (("before", mutant.before), ("after", mutant.after or "(nothing)")):
        lines += textwrap.wrap(
            text, across, initial_indent=f"  {label.ljust(_LABEL)}", subsequent_indent=" " * (_LABEL + 2),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return lines


def as_json(policy: Document, code: Document, stories: int, mutation: Mutation, left_alone: int) -> dict[str, object]:
    """The same as plain data: every mutant, noticed or not, in the order of the text."""
    return {
        "policy": policy.id,
        "code": code.id,
        "stories": stories,
        "mutants": len(mutation.results),
        "survivors": len(mutation.survivors),
        "score": round(mutation.score, 4) if mutation.results else None,
        "score within reach": round(mutation.score_within_reach, 4) if mutation.results else None,
        "sentences left alone": left_alone,
        "by change": {
            name: {"noticed": noticed, "mutants": every} for name, (noticed, every) in mutation.by_change().items()
        },
        "results": [
            {
                "clauses": list(one.mutant.clauses),
                "line": one.mutant.line,
                "change": one.mutant.change.value,
                "what": one.mutant.what,
                "before": one.mutant.before,
                "after": one.mutant.after,
                "survives": one.survives,
                "a story could notice": one.tellable,
                "provisions": list(one.provisions),
                "stories": list(one.stories),
            }
            for one in mutation.results
        ],
    }


def mutation_findings(policy: Document, mutation: Mutation) -> Iterator[Finding]:
    """A warning for each change that nothing notices."""
    lines = policy.text.splitlines()
    for one in mutation.survivors:
        mutant = one.mutant
        excerpt = lines[mutant.line - 1] if mutant.line <= len(lines) else None
        yield Finding(
            "change-not-noticed", "PL-N12", Severity.WARNING,
            f"No verdict and no story notices this change ({mutant.change}): {mutant.what}.",
            Place(policy.name, mutant.line, excerpt=excerpt), expected=mutant.before, found=mutant.after or "(nothing)",
            help="Tell a case that would come out otherwise, or accept that no case record shows it.",
            clauses=mutant.clauses,
        )  # fmt: skip
