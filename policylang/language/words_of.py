"""A node of the tree as words in the house style: chunks that a line may break between, each of atoms that stay whole.

``words`` gives the chunks of a heading, a sentence or a frame, without clause brackets and without the closing mark.
The first chunk is the head of the sentence; each of the others is one qualifier.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policylang.language import tree as t

Chunk = list[str]

_BARE_LABEL = re.compile(r"([A-Za-z]+[0-9]*-)?[0-9]([0-9A-Za-z.]*[0-9A-Za-z])?")  # as in the grammar
_LEADS = {
    "when": "when", "unless": "unless", "only_when": "only when", "even_when": "even when", "until": "until",
    "giving": "giving", "via": "via", "to": "to", "from_": "from", "by": "by", "not_by": "not by", "about": "about",
    "affecting": "affecting", "including": "including", "with_": "with", "for_": "for", "in_": "in",
    "opinion": "in the opinion of", "before": "before", "after": "after", "at_stage": "at",
    "not_same_person": "not by the same person as", "borrowed_stage": "same times as",
}  # fmt: skip
_FIXED = {
    "no_deadline": "with no deadline",
    "further": "further",
    "borrowed_code": "as the code requires",
    "borrowed_times": "same times as the code",
}
_TEXTS = {
    "policy_title": "policy", "organisation": "organisation", "issuer": "issuer", "note": "note",
    "requirement": "requirement", "code_title": "code",
}  # fmt: skip


def words(node: t.Node) -> list[Chunk]:
    """The chunks of a node; see the module."""
    if isinstance(node, t.Heading):
        return [_heading(node)]
    if isinstance(node, t.Frame):
        return [_frame(node), *(qualifier(q) for q in node.qualifiers)]
    return [_sentence(node), *(qualifier(q) for q in node.qualifiers)]


def sentence_text(node: t.Sentence | t.Frame | t.Heading) -> str:
    """A sentence on one line, without its clauses and its full stop: ``must respond within 10 working days``."""
    return " ".join(atom for chunk in words(node) for atom in chunk)


def statement_text(node: t.Node) -> str:
    """A statement on one line as it can be typed, with its clauses and its closing mark."""
    clauses = f" {clause_text(node.clauses.labels)}" if node.clauses is not None and node.clauses.labels else ""
    return f"{sentence_text(node)}{clauses}{':' if isinstance(node, t.Heading) else '.'}"


def heading_name(node: t.Heading) -> str:
    """A heading as findings name it: ``stage 1 “Stage 1”``."""
    return _heading(replace(node, title=None))[0] + (f" “{node.title}”" if node.title else "")


def clause_text(labels: tuple[str, ...]) -> str:
    """``[3.1, 3.2]``."""
    return f"[{', '.join(labels)}]"


def quote(text: str) -> str:
    """Free text between quotes: straight ones, or curly where the text itself holds a straight one."""
    return f"“{text}”" if '"' in text else f'"{text}"'


# ------------------------------------------------------------------ headings and frames


def _heading(node: t.Heading) -> Chunk:
    title = [quote(node.title)] if node.title is not None else []
    match node.kind:
        case "stage":
            return [f"stage {node.number}", *title]
        case "informal":
            return [f"before stage {node.number}", *title]
        case "later":
            return [f"after stage {node.number}", *title]
        case "reading":
            stage_title = [quote(node.stage_title)] if node.stage_title is not None else []
            return ["reading", *title, *([f"stage {node.number}", *stage_title] if node.number is not None else [])]
        case "standing":
            return [f"from {node.key}", *(["of", *title] if title else [])]
        case "section":
            return [f"section {node.number}", *title]
        case "provision":
            return [f"provision {_label(node.key)}", *title, *node.marks]
        case _:
            return [node.key, *title]


def _label(text: str) -> str:
    return text if _BARE_LABEL.fullmatch(text) else quote(text)


def _frame(node: t.Frame) -> Chunk:
    texts = [quote(text) for text in node.texts]
    dates = [date.text for date in node.dates]
    word = node.word.text if node.word is not None else ""
    items = terms(node.terms) if node.terms is not None else []
    match node.kind:
        case "code_title":
            return ["code", texts[0], *(["edition", texts[1]] if len(texts) > 1 else [])]
        case "known_as":
            return ["known as", word, *(["cited as", *texts] if texts else [])]
        case "version":
            return ["version", texts[0], *dates, *texts[1:]]
        case "calendar":
            return ["calendar", word]
        case "in_force":
            return [f"in force from {dates[0]}", *([f"until {dates[1]}"] if len(dates) > 1 else [])]
        case "date_role":
            by = ["by", *items] if items else []
            return [node.role or "", f"by {dates[0]}" if node.bound else dates[0], *by]
        case "bare_days":
            return ["bare days mean", node.unit or ""]
        case "clause_labels":
            return ["clauses"]
        case "document_is":
            return ["document is", word, *(["under", *texts] if texts else [])]
        case "governed_by":
            return ["governed by edition", *_joined(texts, "or")]
        case "linked":
            return [node.role or "linked policies", *items]
        case "refers":
            return ["refers to", *items]
        case "closed_from":
            return [f"closed from {dates[0]}", f"to {dates[1]}", *texts]
        case "deviation":
            return [
                f"deviation from {_label(node.label or '')}", "because", texts[0], "approved by", texts[1],
                f"from {dates[0]}", f"until {dates[1]}", "plan", texts[2],
            ]  # fmt: skip
        case "shown_by":
            return ["shown by", *items]
        case "same_times":
            return ["same times as", stage(node.stage)]
        case _:
            return [_TEXTS[node.kind], *texts]


def _joined(texts: list[str], joint: str) -> list[str]:
    found: list[str] = []
    for number, text in enumerate(texts):
        found += [joint, text] if number else [text]
    return found


# ------------------------------------------------------------------ sentences


def _sentence(node: t.Sentence) -> Chunk:
    subject: Chunk = []
    if node.subject is not None:
        subject += [stage(node.subject.stage)] if node.subject.stage is not None else []
        subject += terms(node.subject.actors) if node.subject.actors is not None else []
    left = terms(node.left) if node.left is not None else []
    objects = terms(node.objects) if node.objects is not None else []
    match node.form:
        case "norm":
            verbs = " and ".join(verb.text for verb in node.verbs)
            return [*subject, *modal(node.modal), verbs, *objects]
        case "closes":
            return [*subject, "closes when", *condition(node.condition)]
        case "definition":
            return [*left, "does not mean" if node.negated else "means", *objects]
        case "copula":
            return [*subject, node.link or "is", *(["not"] if node.negated else []), *objects]
        case "transition":
            return [*left, node.link or "becomes", *objects]
        case _:
            return [*subject, node.link or "has", *_quantity(node), *objects]


def _quantity(node: t.Sentence) -> Chunk:
    if node.amount == "no":
        return ["no"]
    unit = [_unit(node.unit, (node.count or 0,))] if node.unit is not None else []
    return [*([node.amount] if node.amount else []), str(node.count), *unit]


def modal(node: t.Modal | None) -> Chunk:
    """The modal with its hedge, as written: ``must not``, ``will normally``, ``attempts to``."""
    if node is None:
        return []
    negation = ["not"] if node.negated else []
    if node.word in ("aims", "normally"):
        return [node.hedge or "aims to", *negation]
    return [node.word, *negation, *([node.hedge] if node.hedge else [])]


def terms(node: t.Terms) -> Chunk:
    """A list; a comma stays with the word before it."""
    mark = [] if node.mark is None else [node.mark]
    if node.count is not None:
        mark = [f"{node.mark} {node.count} of"]
    atoms: Chunk = []
    for number, item in enumerate(node.items):
        if number:
            joint = node.separators[number - 1]
            if joint == ",":
                atoms[-1] += ","
            else:
                atoms.append(joint)
        atoms.append(term(item))
    return [*mark, *atoms]


def term(node: t.Term) -> str:
    return quote(node.text) if node.quoted else node.text


def stage(node: t.StageRef | None) -> str:
    return "any stage" if node is None or node.number is None else f"stage {node.number}"


def duration(node: t.DurationNode) -> str:
    """``10 working days``, ``30 or 60 or 90 days``, ``"X" days``."""
    numbers = [str(number) for number in node.numbers]
    if node.placeholder is not None:
        numbers.append(quote(node.placeholder))
    figures = node.numbers if node.placeholder is None else (0,)
    return f"{' or '.join(numbers)} {_unit(node.unit, figures)}"


def event(node: t.EventNode) -> str:
    stage_part = f"stage {node.stage} " if node.stage is not None else ""
    return f"{stage_part}{node.word.text}"


def _unit(unit: str, numbers: tuple[int, ...]) -> str:
    return unit.removesuffix("s") if numbers == (1,) else unit


def _period(node: t.DurationNode) -> str:
    return _unit(node.unit, (1,)) if node.numbers == (1,) and node.placeholder is None else duration(node)


# ------------------------------------------------------------------ qualifiers and conditions


def qualifier(node: t.Qualifier) -> Chunk:
    """One qualifier with the words that open it."""
    starts = f" of {event(node.event)}" if node.event is not None else ""
    match node.kind:
        case "within":
            return [f"within {_time(node)}{starts}"]
        case "extent":
            return [f"by up to {_time(node)}"]
        case "total_extent":
            return [f"up to {_time(node)} in all"]
        case "lasting":
            return [f"lasting {_time(node)}"]
        case "after_time":
            return [f"after {_time(node)}{starts}"]
        case "every" | "at_least_every":
            lead = "every" if node.kind == "every" else "at least every"
            return [f"{lead} {_period(node.duration) if node.duration is not None else ''}"]
        case "prompt" | "often" | "manner":
            return [node.text or ""]
        case "remark":
            return ["note", quote(node.text or "")]
        case "see":
            edition = [f"of edition {quote(node.text)}"] if node.text is not None else []
            return [f"see {clause_text(node.clauses)}", *edition]
        case "borrowed_document":
            return ["as", *(terms(node.terms) if node.terms is not None else []), "says"]
    if node.kind in _FIXED:
        return [_FIXED[node.kind]]
    lead = _LEADS[node.kind]
    if node.condition is not None:
        return [lead, *condition(node.condition)]
    if node.stage is not None:
        return [f"{lead} {stage(node.stage)}"]
    if node.event is not None:
        return [f"{lead} {event(node.event)}"]
    return [lead, *(terms(node.terms) if node.terms is not None else [])]


def _time(node: t.Qualifier) -> str:
    return duration(node.duration) if node.duration is not None else ""


def condition(node: t.Condition | None) -> Chunk:
    """A condition, with brackets only where the sense needs them."""
    match node:
        case None:
            return []
        case t.Holds(word):
            return [term(word)]
        case t.Older(word, time, start):
            return [f"{word.text} is older than {duration(time)}{f' of {event(start)}' if start is not None else ''}"]
        case t.InTime(word, time, start):
            return [f"{word.text} in the {duration(time)} after {event(start)}"]
        case t.Not(inner):
            return ["not", *_inside(inner, (t.All, t.Any_))]
        case t.All(parts):
            return _series([_inside(part, (t.All, t.Any_)) for part in parts], "and")
        case t.Any_(parts):
            return _series([_inside(part, (t.Any_,)) for part in parts], "or")


def _inside(node: t.Condition, grouped: tuple[type, ...]) -> Chunk:
    atoms = condition(node)
    if isinstance(node, grouped):
        atoms[0], atoms[-1] = f"({atoms[0]}", f"{atoms[-1]})"
    return atoms


def _series(parts: list[Chunk], joint: str) -> Chunk:
    found: Chunk = []
    for number, part in enumerate(parts):
        found += [joint, *part] if number else part
    return found
