"""From answers to a verdict: every reading of an open text judged, and put side by side where they differ."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policylang.checker.answer import Answer, Mark, add_up, together, unique
from policylang.checker.choices import Choices, TooOpen, explore
from policylang.checker.demand import Demand, demands_of
from policylang.checker.limbs import answer
from policylang.checker.plain import clauses_of, joined, label
from policylang.checker.repair import instructions, sentence_of
from policylang.checker.verdict import Decided, Judgement, Limb, Reading, Verdict
from policylang.checker.view import BARE_DAYS, BODY, HOURS, PREVAILS, STANDING, WHOLE, Policy, View
from policylang.findings.finding import Place
from policylang.model.document import Document, Provision
from policylang.model.norms import Norm

MARKS = [Mark.CONTRADICTED, Mark.PART, Mark.MISSING, Mark.MET, Mark.SILENT]
LEADS = ("Not said: ", "The policy says so: ", "Nothing in the policy does what the Code forbids: ")
WORST = [Judgement.BREACHES, Judgement.PARTLY, Judgement.SILENT, Judgement.COMPLIES]


@dataclass(frozen=True, slots=True)
class Run:
    """The answers to every demand under one way of reading the policy."""

    choices: dict[str, str]
    answers: tuple[Answer, ...]

    @property
    def mark(self) -> Mark:
        return add_up(a.mark for a in self.answers)

    @property
    def judgement(self) -> Judgement:
        return Answer(self.mark, "").judgement


def judge(policy: Policy, code: Document, provision: Provision) -> Verdict:
    """The verdict on one provision."""
    demands = demands_of(provision, code)
    if not demands:
        return _not_judged(provision)

    def run(choices: Choices) -> tuple[Answer, ...]:
        view = View(policy, choices)
        return tuple(answer(view, demand, demands) for demand in demands)

    try:
        runs = [Run(made, answers) for made, answers in explore(run)]
    except TooOpen as fault:
        first = Run({}, run(Choices()))
        return replace(_verdict(policy, provision, demands, first), arguable=True, why=f"{fault} {_why(first)}")
    runs = _standing(runs)
    worst = min(runs, key=lambda r: WORST.index(r.judgement))
    if len({r.judgement for r in runs}) == 1:
        verdict = _verdict(policy, provision, demands, runs[0])
        note = _however(runs)
        return replace(verdict, why=f"{verdict.why} {note}") if note else verdict
    readings = _readings(runs)
    verdict = _verdict(policy, provision, demands, worst)
    why = "The text can be read in more than one way. " + " ".join(
        f"If {r.name}: {r.judgement.value}." for r in readings
    )
    return replace(
        verdict, arguable=True, readings=tuple(readings), why=f"{why} On the strictest reading: {verdict.why}"
    )


def _verdict(policy: Policy, provision: Provision, demands: list[Demand], run: Run) -> Verdict:
    norms = unique(n for a in run.answers for n in a.norms)
    whole = together(run.answers)
    why = _why(run)
    if run.judgement is Judgement.SILENT and policy.document.parent:
        why = f"{why} “{policy.document.parent}”, to which this document belongs, may answer it."
    return Verdict(
        provision=provision.number,
        title=provision.title,
        requirement=provision.requirement,
        judgement=run.judgement,
        decided=_decided(run),
        why=why,
        clauses=tuple(dict.fromkeys((*clauses_of(norms), *whole.clauses))),
        story=whole.story,
        repair="\n".join(instructions(whole.repairs)) or None if run.judgement is not Judgement.COMPLIES else None,
        verified=provision.verified,
        force=provision.force,
        limbs=tuple(_limb(d, a) for d, a in zip(demands, run.answers, strict=True)),
        proof_range=whole.proof if run.judgement is Judgement.COMPLIES else None,
        shown_by=provision.shown_by,
        section=provision.section,
        place=_place(policy.document, norms),
    )


def _limb(demand: Demand, found: Answer) -> Limb:
    return Limb(
        sentence_of(demand.norm), found.judgement, found.decided, found.why, clauses_of(found.norms),
        "\n".join(instructions(found.repairs)) or None, found.story,
    )  # fmt: skip


def _why(run: Run) -> str:
    """The answers one after the other, the worst first; what they begin with is said once for all of a kind."""
    ranked = sorted(run.answers, key=lambda a: MARKS.index(a.mark))
    told: dict[str, list[str]] = {}
    for found in ranked:
        lead = next((lead for lead in LEADS if found.why.startswith(lead) and found.why.count(". ") == 0), None)
        if lead is None:
            told.setdefault(found.why, [])
        elif (rest := found.why.removeprefix(lead).removesuffix(".")) not in told.setdefault(lead, []):
            told[lead].append(rest)
    return " ".join(f"{lead}{'; '.join(rest)}." if rest else lead for lead, rest in told.items())


def _decided(run: Run) -> Decided:
    """How the answers that make the verdict what it is were reached."""
    mark = run.mark
    if mark in (Mark.SILENT, Mark.MISSING):
        return Decided.BY_SILENCE
    telling = [a for a in run.answers if a.mark is mark] or [a for a in run.answers if a.mark is not Mark.SILENT]
    return Decided.PROVED if any(a.proved for a in telling) else Decided.MATCHED


def _not_judged(provision: Provision) -> Verdict:
    shown = [label(way) for way in provision.shown_by if way != "policy"]
    how = f"it is shown by {joined(shown)}" if shown else "a person has to look elsewhere"
    return Verdict(
        provision.number, provision.title, provision.requirement, Judgement.NOT_JUDGED, Decided.NOT_JUDGED,
        f"A policy text cannot show this; {how}.", verified=provision.verified, force=provision.force,
        shown_by=provision.shown_by, section=provision.section,
    )  # fmt: skip


# ------------------------------------------------------------------ readings


def _standing(runs: list[Run]) -> list[Run]:
    """Checklists and templates count beside the body; a clash, where one side breaches, is shown as two readings."""
    whole = [r for r in runs if r.choices.get(STANDING) != BODY]
    body = [r for r in runs if r.choices.get(STANDING) == BODY]
    if not body:
        return runs
    if any(PREVAILS in r.choices for r in whole):
        return whole  # the clash is put as that question
    clash = any(r.judgement is Judgement.BREACHES for r in runs)
    return runs if clash and {r.judgement for r in whole} != {r.judgement for r in body} else whole


def _readings(runs: list[Run]) -> list[Reading]:
    """One reading for each combination of the choices that make a difference."""
    keys = list(dict.fromkeys(key for run in runs for key in run.choices))
    for key in reversed(keys.copy()):  # what was asked last hangs on what was asked before
        rest = [k for k in keys if k != key]
        groups: dict[tuple[str | None, ...], set[Judgement]] = {}
        for run in runs:
            groups.setdefault(_chosen(run, rest), set()).add(run.judgement)
        # A reading has to be named by something.
        named = all(any(chosen) for chosen in groups)
        if named and all(len(found) == 1 for found in groups.values()):
            keys = rest
    found: dict[tuple[str | None, ...], Run] = {}
    for run in runs:
        found.setdefault(_chosen(run, keys), run)
    return [
        Reading(run.judgement, _why(run), " and ".join(_named(k, run.choices[k]) for k in keys if k in run.choices))
        for run in found.values()
    ]


def _chosen(run: Run, keys: list[str]) -> tuple[str | None, ...]:
    return tuple(run.choices.get(key) for key in keys)


def _named(key: str, option: str) -> str:
    """A choice as a clause that can stand after “if”."""
    if key == BARE_DAYS:
        return f"“days” are {option}"
    if key == HOURS:
        return f"a working day has {option} hours"
    if key == STANDING:
        return "checklists, templates and the like count" if option == WHOLE else "only the body of the document counts"
    if key.startswith("reading: "):
        return f"“{option}”"
    return option


def _however(runs: list[Run]) -> str:
    named = {n.reading for r in runs for a in r.answers for n in a.norms if n.reading}
    keys = [
        key
        for key in dict.fromkeys(k for r in runs for k in r.choices if k != STANDING)
        if not key.startswith("reading: ") or named & {r.choices.get(key) for r in runs}
    ]
    if not keys or len(runs) < 2:
        return ""
    options = [_named(k, o) for k in keys for o in dict.fromkeys(r.choices[k] for r in runs if k in r.choices)]
    return f"The same follows however it is read ({'; '.join(options)})."


def _place(document: Document, norms: tuple[Norm, ...]) -> Place | None:
    """Where the first sentence relied on stands in the policy file."""
    if not norms:
        return None
    span = norms[0].span
    lines = "\n".join(document.text.splitlines()[span.line - 1 : span.end_line])
    heading = norms[0].section or None
    return Place(document.name, span.line, span.column, span.end_line, span.end_column, heading, lines)
