"""A check as a report, apart from how it is printed: text, Markdown and HTML all show these same parts.

Provisions that oblige (must) and provisions that recommend (should) are counted and shown apart; nobody breaches a
recommendation. What a deviation covers is shown apart from what nobody has accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from policylang.checker.findings import UNVERIFIED, finding_code
from policylang.checker.plain import deviation_words, joined
from policylang.checker.repair import Deed, Step, steps
from policylang.checker.verdict import Decided, Judgement, Limb, Verdict
from policylang.findings.finding import Finding, Place
from policylang.model.days import say_date
from policylang.model.document import Document

ORDER = (Judgement.BREACHES, Judgement.PARTLY, Judgement.SILENT, Judgement.COMPLIES, Judgement.NOT_JUDGED)
MUST = {
    Judgement.BREACHES: ("breaches", "breach"),
    Judgement.PARTLY: ("partly complies", "comply partly"),
    Judgement.SILENT: ("silent", "silent"),
    Judgement.COMPLIES: ("complies", "comply"),
    Judgement.NOT_JUDGED: ("not judged here", "not judged here"),
}
SHOULD = {
    Judgement.BREACHES: ("departs from a recommendation", "departed from"),
    Judgement.PARTLY: ("follows a recommendation in part", "followed in part"),
    Judgement.SILENT: ("silent on a recommendation", "silent"),
    Judgement.COMPLIES: ("follows a recommendation", "followed"),
    Judgement.NOT_JUDGED: ("not judged here", "not judged here"),
}
FORCES = {"must": "obligation", "should": "recommendation", "may": "permission", "context": "statement of context"}
"""The forces of provisions, and what one of each is. A permission is fallen short of by going further than it."""
DECIDED = {
    Decided.PROVED: "by proof over dates",
    Decided.MATCHED: "by its words",
    Decided.BY_SILENCE: "by silence",
    Decided.NOT_JUDGED: "",
}
DEEDS = {Deed.ADD: "add", Deed.CHANGE: "change to", Deed.TAKE_OUT: "take out", Deed.BY_HAND: "by hand"}


@dataclass(frozen=True, slots=True)
class Part:
    """One labelled part of an entry. ``places`` are words to underline, ``lines`` what is to be kept as it stands (a
    sentence to paste, a dated case)."""

    label: str
    text: str = ""
    places: tuple[Place, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One verdict told in full: ``word`` is the verdict as printed, ``how`` how it was decided."""

    verdict: Verdict
    cited: str
    word: str
    how: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one title, with a sentence that introduces them (it may be empty)."""

    title: str
    lead: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A check ready to print. ``counts`` are sentences; ``tables`` the same as figures, by force and verdict."""

    policy: str
    against: str
    counts: tuple[str, ...]
    tables: dict[str, dict[Judgement, int]]
    sections: tuple[tuple[str, tuple[Verdict, ...]], ...]
    groups: tuple[Group, ...]
    rest: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def verdict_words(verdict: Verdict) -> str:
    """``arguable: breaches``, ``partly complies``; of a recommendation ``departs from a recommendation``."""
    words = words_for(verdict.force)[verdict.judgement][0]
    return f"{'arguable: ' if verdict.arguable else ''}{words}"


def words_for(force: str) -> dict[Judgement, tuple[str, str]]:
    """The words for verdicts on provisions of a force: what is said of one, and of several."""
    return SHOULD if force == "should" else MUST


def report(policy: Document, code: Document, verdicts: Sequence[Verdict], findings: Sequence[Finding] = ()) -> Report:
    """Everything about one policy held against one code; ``findings`` are those on its accepted deviations."""
    name = ", ".join(
        filter(None, (policy.organisation, policy.title, f"version {policy.version}" if policy.version else ""))
    )
    since = f", in force from {say_date(code.in_force[0])}" if code.in_force else ""
    groups = _groups(code, verdicts)
    shown = {id(entry.verdict) for group in groups for entry in group.entries}
    unverified = any(not v.verified for v in verdicts)
    sections = dict.fromkeys(v.section for v in verdicts)
    return Report(
        policy=name or policy.name,
        against=f"{code.title}, edition {code.edition} ({code.id}){since}",
        counts=_counts(verdicts),
        tables=tables(verdicts),
        sections=tuple((name, tuple(v for v in verdicts if v.section == name)) for name in sections),
        groups=groups,
        rest=tuple(v for v in verdicts if id(v) not in shown),
        findings=tuple(findings),
        notes=(UNVERIFIED.replace("this provision", "a provision marked *"),) if unverified else (),
    )


def tables(verdicts: Sequence[Verdict]) -> dict[str, dict[Judgement, int]]:
    """How many of each verdict, for each of :data:`FORCES` that occurs."""
    found: dict[str, dict[Judgement, int]] = {}
    for force in FORCES:
        counts = Counter(v.judgement for v in verdicts if v.force == force)
        if counts:
            found[force] = {judgement: counts[judgement] for judgement in ORDER}
    return found


def _counts(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """The counts in sentences: obligations, then recommendations, then what is arguable, accepted and unverified."""
    if not verdicts:
        return ("No verdict of this kind.",)
    told = []
    found = tables(verdicts)
    for force, counts in found.items():
        words = words_for(force)
        each = [f"{n} {words[j][n != 1 or force == 'should']}" for j, n in counts.items() if n]
        total = sum(counts.values())
        one = FORCES[force] if len(found) > 1 or force != "must" else "provision"
        many = one.replace("statement", "statements") if " " in one else f"{one}s"
        told.append(f"{total} {one if total == 1 else many}: {', '.join(each)}.")
    accepted = sum(v.deviation is not None for v in verdicts)
    extra = [f"{n} arguable" for n in (sum(v.arguable for v in verdicts),) if n]
    extra += [f"{n} unverified" for n in (sum(not v.verified for v in verdicts),) if n]
    if extra:
        told.append(f"Of these {joined(extra)}.")
    if accepted:
        told.append(f"For {accepted} of them a deviation has been accepted.")
    return tuple(told)


# ------------------------------------------------------------------ the groups


def _groups(code: Document, verdicts: Sequence[Verdict]) -> tuple[Group, ...]:
    short = sorted((v for v in verdicts if v.falls_short), key=lambda v: ORDER.index(v.judgement))
    # Who says nothing of what a code only permits has left nothing out.
    silent = [v for v in verdicts if v.judgement is Judgement.SILENT and v.force in ("must", "should")]
    covered = [v for v in (*short, *silent) if v.deviation is not None]

    def chosen(found: Sequence[Verdict], recommended: bool) -> tuple[Entry, ...]:
        return tuple(_entry(v, code) for v in found if v.recommended is recommended and v.deviation is None)

    groups = [
        Group("What needs attention", "", chosen(short, False)),
        Group(
            "Recommendations not followed",
            "The Code only recommends these. Say why they are not followed.",
            chosen(short, True),
        ),
        Group(
            "Accepted deviations",
            "These fall short, and that has been accepted for a time.",
            tuple(_entry(v, code) for v in covered),
        ),
        Group("Nothing said", "The policy is silent on these.", chosen(silent, False)),
        Group("Nothing said on recommendations", "", chosen(silent, True)),
    ]
    return tuple(group for group in groups if group.entries)


def _entry(verdict: Verdict, code: Document) -> Entry:
    how = DECIDED[verdict.decided]
    return Entry(
        verdict, finding_code(code, verdict.provision), verdict_words(verdict), f"decided {how}" if how else "",
        tuple(_parts(verdict, code)),
    )  # fmt: skip


def _parts(verdict: Verdict, code: Document) -> list[Part]:
    parts = [Part("asks", verdict.requirement)] if verdict.requirement else []
    if verdict.deviation is not None:
        parts.append(Part("accepted", deviation_words(verdict.deviation)))
    done: set[str] = set()
    for reading in verdict.readings:
        words = words_for(verdict.force)[reading.judgement][0]
        parts.append(Part("reading", f"if {reading.name}: {words}"))
    for limb in sorted(verdict.limbs, key=lambda limb: ORDER.index(limb.judgement)):
        if limb.judgement is not Judgement.COMPLIES:
            parts += _limb(limb, done)
    met = [limb for limb in verdict.limbs if limb.judgement is Judgement.COMPLIES]
    if met:
        clauses = list(dict.fromkeys(clause for limb in met for clause in limb.clauses))
        where = f", by clause{'s' if len(clauses) > 1 else ''} {joined(clauses)}" if clauses else ", by silence"
        parts.append(Part("met", f"{len(met)} of {len(verdict.limbs)} demands{where}."))
    if verdict.note:
        parts.append(Part("note", verdict.note))
    if verdict.story is not None:
        parts.append(Part("case", lines=tuple(verdict.story.text.splitlines())))
    if not verdict.verified:
        parts.append(Part("note", UNVERIFIED))
    parts.append(Part("more", f"policylang explain {finding_code(code, verdict.provision)}"))
    return parts


def _limb(limb: Limb, done: set[str]) -> list[Part]:
    """The fault, the words, the demand beside them, and what to paste; what was told for an earlier demand, once."""
    parts = [Part("fault", limb.why, limb.words)]
    todo = steps(limb.repairs)
    # What is added in the Code's own words need not be printed twice.
    if [step.sentence for step in todo] != [limb.demand]:
        parts.append(Part("Code says", lines=(limb.demand,)))
    for step in todo:
        if step.told not in done:
            done.add(step.told)
            parts.append(_step(step))
    return parts


def _step(step: Step) -> Part:
    label = DEEDS[step.deed]
    if step.deed is Deed.BY_HAND or step.sentence is None:
        return Part(label, step.told)
    if step.deed is Deed.TAKE_OUT:
        said = step.told.removesuffix(step.sentence).rstrip()
        return Part(label, said, lines=(step.sentence,))
    labels = step.norms[0].clauses if step.norms else ()
    brackets = f" [{', '.join(labels)}]" if labels else ""
    return Part(label, lines=(f"{step.sentence.removesuffix('.')}{brackets}.",))
