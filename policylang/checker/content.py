"""Form 1, content and action: every word that the demand names is said, or is missing and named.

Used by the other forms too, for what a deadline, a limit or a frequency is hung on.
"""

from __future__ import annotations

from policylang.checker.answer import Answer, Mark, unique
from policylang.checker.cover import Coverage, Level, cover, hedges, holds_word
from policylang.checker.demand import Demand
from policylang.checker.grounds import overlap
from policylang.checker.logic import both, condition_words, possible
from policylang.checker.plain import joined, label, labels, quote, sentence
from policylang.checker.repair import add, firmer, sentence_of, take_out
from policylang.checker.sayings import DONE, Saying
from policylang.checker.view import View
from policylang.model.norms import Kind, Norm


def content(
    view: View, demand: Demand, stage: int | None, *, without: tuple[str, ...] = (), bars: bool = True
) -> Answer:
    """What the policy says of the demand's words.

    ``without`` names qualifiers that a repair should leave out. Without ``bars``, sentences that forbid it are left to
    whoever asks.
    """
    coverage = cover(view, demand, stage)
    forbidden = forbidding(view, demand, coverage) if bars else []
    if forbidden:
        said = forbidden[0]
        why = f"The policy says the opposite: {quote(said.norm)}."
        return Answer(Mark.CONTRADICTED, why, (said.norm,), repairs=(take_out([said.norm], sentence_of(demand.norm)),))
    full, none = coverage.at(Level.FULL), coverage.at(Level.NONE)
    levels = {support.level for support in coverage.words.values()}
    if levels == {Level.FULL}:
        return Answer(Mark.MET, _said(coverage), coverage.norms)
    if levels == {Level.NONE}:
        if referred := _referred(view, demand):
            return referred
        return Answer(
            Mark.MISSING,
            missing_words(demand, coverage, view),
            repairs=(add(sentence_of(demand.norm, without=without)),),
        )
    parts = []
    if none:
        parts.append(f"Not said: {_words(coverage, Level.NONE)}.")
    parts += [f"{text[:1].upper()}{text[1:]}" for text in hedges(coverage)]
    if full:
        parts.append(f"Said: {_words(coverage, Level.FULL)}, {_where(coverage)}.")
    hedged = {words: s for words, s in coverage.words.items() if s.level is Level.HEDGED}
    # What goes with a permission is added to it: made as firm as a permission, nothing would be promised.
    goes_with = demand.norm.kind is Kind.PERMISSION and not demand.asks_for_right
    added = {words for words, s in hedged.items() if s.short or goes_with or _rides(s.norms[0], demand)}
    weak = unique(s.norms[0] for words, s in hedged.items() if words not in added)
    short = [w for words in hedged if words in added for w in words]
    repairs = [firmer(n, demand.norm) for n in weak]
    if none or short:
        missing = sentence_of(demand.norm, spread=coverage.spread, keep=[*none, *short], without=without)
        repairs.insert(0, add(missing))
    return Answer(Mark.PART, " ".join(parts), coverage.norms, repairs=tuple(repairs))


def _referred(view: View, demand: Demand) -> Answer | None:
    """A law or a code that is only named, where it is demanded that it be followed: it is there, with no promise."""
    if demand.norm.action != "follow" or demand.own.actors:
        return None
    asked = demand.norm.objects.words
    found = [r for r in view.document.references for word in r.words if any(view.says(word, one) for one in asked)]
    if not asked or not found:
        return None
    clauses = tuple(dict.fromkeys(clause for reference in found for clause in reference.clauses))
    where = f" (clause{'s' if len(clauses) > 1 else ''} {joined(clauses)})" if clauses else ""
    why = f"The policy names {labels(asked)}{where}, and does not say that it is followed."
    return Answer(Mark.PART, why, repairs=(add(sentence_of(demand.norm)),), clauses=clauses)


def _rides(norm: Norm, demand: Demand) -> bool:
    """Whether a sentence says it only by the way, of another act: made firmer, it would still be about that act."""
    return norm.action in DONE and norm.action != demand.norm.action


def forbidding(view: View, demand: Demand, coverage: Coverage) -> list[Saying]:
    """Sentences that forbid, in every case that the demand speaks of, what it asks for."""
    words = [word for words in coverage.words for word in words]
    return [
        said
        for said in coverage.candidates
        if (said.forbids or (said.norm.negated and said.norm.force.binds))
        and not said.foreign
        and _denies(view, demand, said)
        and (not words or any(coverage.spread and holds_word(view, said, coverage.spread, word) for word in words))
    ]


def _denies(view: View, demand: Demand, said: Saying) -> bool:
    """Whether a bar falls on what is asked for. Leave to refuse in some cases is an exception, not a denial."""
    if demand.guard is None and said.turned:
        return said.guard is None
    return overlap(view, demand.guard, said.guard) in ("always", "same")


def missing_words(demand: Demand, coverage: Coverage, view: View) -> str:
    """That nothing is said; with what comes nearest, where a sentence says the same under another condition."""
    words = [word for words in coverage.words for word in words]
    near = [
        s
        for s in coverage.candidates
        if s.forbids and not s.foreign
        if not words or (coverage.spread and any(holds_word(view, s, coverage.spread, word) for word in words))
    ]
    # Where the act is promised, what is missing is what goes with it.
    done = coverage.spread in ("giving", "via") and any(s.promises and not s.foreign for s in coverage.candidates)
    text = f"Not said: {_words(coverage, Level.NONE)}." if done else not_said(demand.norm)
    for said in near:
        if said.guard is not None and possible(both(demand.guard, said.guard), view.atom_implies):
            return f"{text} It forbids it when {condition_words(said.guard, label)}: {quote(said.norm)}."
    return text


def not_said(norm: Norm) -> str:
    """That the policy has nothing of what a demand asks for."""
    return f"Not said: “{sentence(norm)}”."


def _said(coverage: Coverage) -> str:
    quoted = [quote(norm) for norm in coverage.norms]
    shown = "; ".join(quoted[:3])
    more = f"; and {len(quoted) - 3} more" if len(quoted) > 3 else ""
    return f"The policy says so: {shown}{more}."


def _words(coverage: Coverage, level: Level) -> str:
    found = []
    for words, support in coverage.words.items():
        if support.level is level:
            found.append(labels(words, "or") if len(words) != 1 else label(words[0]))
    return ", ".join(found) if found else ""


def _where(coverage: Coverage) -> str:
    norms = [n for s in coverage.words.values() if s.level is Level.FULL for n in s.norms]
    shown = list(dict.fromkeys(quote(n) for n in norms))
    return "; ".join(shown[:2]) + (f"; and {len(shown) - 2} more" if len(shown) > 2 else "")
