"""From answers to a verdict: every reading of an open text judged, and put side by side where they differ."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policylang.checker.answer import Answer, Mark, add_up, together, unique
from policylang.checker.choices import Choices, TooOpen, explore
from policylang.checker.content import not_said
from policylang.checker.demand import Demand, demands_of
from policylang.checker.limbs import answer
from policylang.checker.plain import clauses_of, joined, label
from policylang.checker.repair import add, instructions, sentence_of
from policylang.checker.verdict import Decided, Judgement, Limb, Reading, Verdict
from policylang.checker.view import BARE_DAYS, BODY, HOURS, PREVAILS, STANDING, WHOLE, Policy, View
from policylang.checker.words_at_fault import place_of, words_at_fault
from policylang.findings.finding import Place
from policylang.model.document import Document, Provision
from policylang.model.norms import Kind, Norm

MARKS = [Mark.CONTRADICTED, Mark.PART, Mark.MISSING, Mark.MET, Mark.SILENT]
GROUNDS = "grounds of "
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
        return _untouched(demands, tuple(answer(view, demand, demands) for demand in demands))

    try:
        runs = [Run(made, answers) for made, answers in explore(run)]
    except TooOpen as fault:
        first = Run({}, run(Choices()))
        return replace(_verdict(policy, provision, demands, first), arguable=True, why=f"{fault} {_why(first)}")
    runs = _standing(runs)
    worst = min(runs, key=lambda r: WORST.index(r.judgement))
    if len({r.judgement for r in runs}) == 1:
        # Where one demand is contradicted anyway, what another would be on one reading only is not told as a fault.
        shown = min(runs, key=lambda r: sum(a.mark is Mark.CONTRADICTED for a in r.answers))
        verdict = _verdict(policy, provision, demands, _mended_on_every(runs, shown))
        note = _however(runs)
        return replace(verdict, why=f"{verdict.why} {note}", note=f"{verdict.note} {note}".strip()) if note else verdict
    readings = _readings(runs)
    verdict = _verdict(policy, provision, demands, _mended_on_every(runs, worst))
    why = "The text can be read in more than one way. " + " ".join(
        f"If {r.name}: {_word(r.judgement, provision)}." for r in readings
    )
    return replace(
        verdict, arguable=True, readings=tuple(readings), why=f"{why} On the strictest reading: {verdict.why}"
    )


def _untouched(demands: list[Demand], answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """A provision that only limits permissions, of which the policy takes none, is about something of which the policy
    says nothing: no bar is kept by that, as a prohibition is."""
    limits = all(d.norm.kind is Kind.PERMISSION and not d.asks_for_right for d in demands)
    if not limits or any(a.mark is not Mark.SILENT for a in answers):
        return answers
    return tuple(Answer(Mark.MISSING, not_said(d.norm), repairs=(add(sentence_of(d.norm)),)) for d in demands)


def _verdict(policy: Policy, provision: Provision, demands: list[Demand], run: Run) -> Verdict:
    norms = unique(n for a in run.answers for n in a.norms)
    whole = together(run.answers)
    why, note = _why(run), ""
    if run.judgement is Judgement.SILENT and policy.document.parent:
        note = f"“{policy.document.parent}”, to which this document belongs, may answer it."
        why = f"{why} {note}"
    elif policy.document.parent and any(a.mark is Mark.MISSING for a in run.answers):
        note = f"What is not said, “{policy.document.parent}”, to which this document belongs, may say."
        why = f"{why} {note}"
    return Verdict(
        provision=provision.number,
        title=provision.title,
        requirement=provision.requirement,
        judgement=run.judgement,
        decided=_decided(run),
        why=why,
        clauses=tuple(dict.fromkeys((*clauses_of(norms), *whole.clauses))),
        # What a recommendation asks for is no duty, so no case breaches it.
        story=whole.story if provision.force != "should" else None,
        repair="\n".join(instructions(whole.repairs)) or None if run.judgement is not Judgement.COMPLIES else None,
        verified=provision.verified,
        force=provision.force,
        limbs=tuple(_limb(policy.document, d, a) for d, a in zip(demands, run.answers, strict=True)),
        proof_range=whole.proof if run.judgement is Judgement.COMPLIES else None,
        shown_by=provision.shown_by,
        section=provision.section,
        place=_place(policy.document, norms),
        repairs=whole.repairs if run.judgement is not Judgement.COMPLIES else (),
        note=note,
    )


def _limb(document: Document, demand: Demand, found: Answer) -> Limb:
    story = found.story if demand.provision.force != "should" else None
    return Limb(
        sentence_of(demand.norm), found.judgement, found.decided, found.why, clauses_of(found.norms),
        "\n".join(instructions(found.repairs)) or None, story, words_at_fault(document, found.repairs),
        found.repairs,
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
    why = f"A policy text cannot show this; {how}."
    if provision.force == "context":
        why = "It explains and asks for nothing, so there is nothing to comply with."
    elif provision.force == "may":
        why = "It gives leave and makes no demand, so no policy falls short of it."
    return Verdict(
        provision.number, provision.title, provision.requirement, Judgement.NOT_JUDGED, Decided.NOT_JUDGED,
        why, verified=provision.verified, force=provision.force,
        shown_by=provision.shown_by, section=provision.section,
    )  # fmt: skip


# ------------------------------------------------------------------ readings


def _word(judgement: Judgement, provision: Provision) -> str:
    """A verdict in a word; nobody breaches a recommendation."""
    if provision.force == "should" and judgement is Judgement.BREACHES:
        return "departs from it"
    return judgement.value


def _mended_on_every(runs: list[Run], shown: Run) -> Run:
    """The run that is shown, with repairs that hold however the text is read.

    What is missing on one reading is to be added, and that mends a reading on which it is only hedged too.
    """
    mended = []
    for at, one in enumerate(shown.answers):
        found = [run.answers[at] for run in runs]
        contradicted = [a for a in found if a.mark is Mark.CONTRADICTED]
        missing = [a for a in found if a.mark is Mark.MISSING][:1]
        hedged = [a for a in found if a.mark is Mark.PART] if not missing else []
        repairs = {id(r): r for a in (*contradicted, *missing, *hedged) for r in a.repairs}
        mended.append(replace(one, repairs=tuple(repairs.values())))
    return Run(shown.choices, tuple(mended))


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
    """One reading for each combination of the choices that make a difference, told by as few of them as will do."""
    return [
        Reading(run.judgement, _why(run), " and ".join(_named(key, option) for key, option in told))
        for told, run in _told_apart(runs, frozenset())
    ]


def _told_apart(runs: list[Run], asked: frozenset[str]) -> list[tuple[tuple[tuple[str, str], ...], Run]]:
    """The choices that lead to each verdict, with a run of that verdict; ``asked`` are those already made.

    Runs of one verdict need no further choice. Of the choices that all of the runs had to make the one that settles
    most of them is told first; what was asked first is always among them.
    """
    if len({run.judgement for run in runs}) == 1:
        return [((), runs[0])]
    open_ = [key for key in runs[0].choices if key not in asked and all(key in run.choices for run in runs)]
    ways = [_by_option(runs, key) for key in open_]
    settled = [sum(len(some) for some in way.values() if len({r.judgement for r in some}) == 1) for way in ways]
    best = settled.index(max(settled))
    key, way = open_[best], ways[best]
    found = {option: _told_apart(some, asked | {key}) for option, some in way.items()}
    gists = [[(told, run.judgement) for told, run in some] for some in found.values()]
    if all(gist == gists[0] for gist in gists):
        return next(iter(found.values()))
    return [(((key, option), *told), run) for option, some in found.items() for told, run in some]


def _by_option(runs: list[Run], key: str) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.choices[key], []).append(run)
    return found


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
        for key in dict.fromkeys(k for r in runs for k in r.choices if k != STANDING and not k.startswith(GROUNDS))
        if not key.startswith("reading: ") or named & {r.choices.get(key) for r in runs}
    ]
    if not keys or len(runs) < 2:
        return ""
    options = [_named(k, o) for k in keys for o in dict.fromkeys(r.choices[k] for r in runs if k in r.choices)]
    return f"The same follows however it is read ({'; '.join(options)})."


def _place(document: Document, norms: tuple[Norm, ...]) -> Place | None:
    """Where the first sentence relied on stands in the policy file."""
    return place_of(document, norms[0], norms[0].span) if norms else None
