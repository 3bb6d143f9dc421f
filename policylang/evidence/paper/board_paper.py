"""The paper that a Board reads before it approves a self-assessment: what to decide, one page of it, then the table.

What evidence can say is said; what such papers have besides (finance, law, equality, residents) stands as marked blanks
with the question, because nobody but a person can answer it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policylang import __version__
from policylang.checker.verdict import Judgement
from policylang.evidence import narrative
from policylang.evidence.comply import Answer
from policylang.evidence.join import CODE, DutyPractice, ProvisionEvidence
from policylang.evidence.paper.blocks import Blank, Block, Cell, Heading, Items, Paper, Para, Table, Tone, cells
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import capital, clauses, count, listed, percent, sentence, shortened
from policylang.evidence.worst import Worst, worst_things
from policylang.model.days import say_date

_TEXT = {
    Judgement.COMPLIES: "complied with",
    Judgement.PARTLY: "met only in part",
    Judgement.BREACHES: "breached",
    Judgement.SILENT: "passed over in silence",
    Judgement.NOT_JUDGED: "that no policy text can show",
}
RISKS = 12
"""How many breaches the paper ranks; the workbook has them all."""

BLANKS = (
    ("Financial implications", "What will the repairs and the remedies cost, and from which budget?"),
    ("Legal and regulatory implications", "Which duties to the Ombudsman and the Regulator does this decision touch?"),
    ("Equality, diversity and inclusion", "Who is affected more than others, and what was done about it?"),
    ("Residents' views", "How were residents heard on the policy and on this self-assessment?"),
    ("Risk register", "Which entries does this change, and who owns them?"),
    ("The governing body's response", "What does the Board say? The Code wants it published beside the report (8.2)."),
    ("Next steps", "Who does what by when?"),
    ("Author, sponsor and date", "Who wrote this paper, who brings it, and to which meeting?"),
)


def board_paper(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> Paper:
    """The paper. It names cases where they matter to a decision, and so is for the Board and not for publication."""
    return Paper(
        f"Complaints: self-assessment against the {run.code.title}, {run.code.edition} edition",
        f"{run.policy.organisation or run.policy.title}. Position as at {say_date(run.as_at)}.",
        tuple(_blocks(run, rows, totals)),
        f"Made by policylang {__version__} from the policy and the complaints log; manifest.json says from which.",
    )


def _blocks(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> Iterator[Block]:
    answers = Counter(row.comply.answer for row in rows)
    yield Heading("Purpose")
    yield Para(
        f"To ask the Board to approve the yearly self-assessment of {run.policy.named} against the {run.code.title}, "
        f"{run.code.edition} edition, and to note how complaints were handled."
    )
    yield Heading("Recommendation")
    yield Items(tuple(_recommendations(run, rows, answers)), numbered=True)
    yield Heading("In short")
    yield from _short(run, rows, totals, answers)
    yield Heading("Every provision")
    yield _grid(rows)
    yield Heading("Performance")
    yield from _performance(run, totals)
    yield Heading("What falls short, the worst first")
    yield from _risks(run, rows, totals)
    for title, question in BLANKS:
        yield Heading(title)
        yield Blank(question)
    yield Heading("How this was made")
    yield Para(
        "Deadlines of the policy are proved or refuted over every date of the calendar; other sentences are matched by "
        "what they say. Each duty on each case is met, breached, not yet due, cannot tell or not applicable; what is "
        "not recorded is never a pass. The workbook has every figure, and the manifest says from what it was made."
    )


def _recommendations(run: AssessInput, rows: Sequence[ProvisionEvidence], answers: Counter[Answer]) -> Iterator[str]:
    yield (
        f"Approve the self-assessment with {count(answers[Answer.YES], 'provision')} answered Yes and "
        f"{answers[Answer.NO]} answered No, once the {answers[Answer.BLANK]} left open have been completed."
    )
    short = [row for row in rows if row.verdict and row.verdict.judgement is Judgement.BREACHES]
    for verb, recommended in (("breaches the Code", False), ("departs from a recommendation of the Code", True)):
        theirs = [row for row in short if row.verdict and row.verdict.recommended is recommended]
        if theirs:
            sure = [run.code.cite(row.provision) for row in theirs if row.verdict and not row.verdict.arguable]
            unsure = [run.code.cite(row.provision) for row in theirs if row.verdict and row.verdict.arguable]
            told = [listed(sure)] if sure else []
            told += [f"on one reading, {listed(unsure)}"] if unsure else []
            yield f"Direct that the policy be amended where it {verb}: {'; '.join(told)}."
    late = [row for row in rows if row.practice and row.practice.breached]
    if late:
        yield f"Agree a plan for practice under {listed(run.code.cite(row.provision) for row in late)}."
    yield "Approve the publication of the self-assessment and of the Board's response to it."


def _short(
    run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals, answers: Counter[Answer]
) -> Iterator[Block]:
    verdicts = Counter(row.verdict.judgement for row in rows if row.verdict)
    told = [
        (
            f"Answers to the {count(len(rows), 'provision')}",
            listed(f"{answers[a]} {a.value if a is not Answer.BLANK else a.value.lower()}" for a in Answer),
        ),
        (
            "What the policy's text comes to",
            listed(f"{verdicts[j]} {_TEXT[j]}" for j in Judgement if verdicts[j] or j is not Judgement.NOT_JUDGED),
        ),
    ]
    if run.casebook is not None:
        aside = f"{count(totals.set_aside, 'row')} of the log set aside with reasons"
        told.append(("Complaints log", f"{count(totals.judged, 'case')} judged, {aside}"))
        for duty in _code_duties(run, totals):
            if duty.action == "respond" and any(o.due for o in duty.outcomes):
                told.append((f"{capital(duty.duty)} in time", narrative.share_words(duty.tally) or "no figure"))
        told += [
            (
                f"{capital(duty.duty.removeprefix('recommended: '))} in time, as recommended",
                narrative.kept_words(duty.tally),
            )
            for duty in totals.aims
            if (duty.source, duty.document, duty.action) == (CODE, run.code.id, "respond")
            and any(o.due for o in duty.outcomes)
        ]
    yield Table(("Figure", "Value"), tuple(cells(pair) for pair in told), "Key figures", (36, 64))
    worst = worst_things(run, rows, totals)
    yield Para("The worst things found:" if worst else "No breach was found, and nothing is left that cannot be told.")
    if worst:
        yield Items(tuple(thing.sentence for thing in worst), numbered=True)


def _code_duties(run: AssessInput, totals: ControlTotals) -> Iterator[DutyPractice]:
    for duty in totals.duties:
        if duty.source == CODE and duty.document == run.code.id:
            yield duty


def _grid(rows: Sequence[ProvisionEvidence]) -> Table:
    sections = list(dict.fromkeys(row.section for row in rows))
    told = []
    for section in sections:
        mine = [row for row in rows if row.section is section]
        listed_by = {a: ", ".join(row.provision for row in mine if row.comply.answer is a) for a in Answer}
        told.append(
            (
                Cell(f"{section.n} {section.title}"),
                Cell(listed_by[Answer.YES] or "-"),
                Cell(listed_by[Answer.NO] or "-", Tone.NO if listed_by[Answer.NO] else Tone.PLAIN),
                Cell(listed_by[Answer.BLANK] or "-"),
            )
        )
    return Table(
        ("Section", "Yes", "No", Answer.BLANK.value), tuple(told), "Each provision by its answer", (28, 22, 25, 25)
    )


def _performance(run: AssessInput, totals: ControlTotals) -> Iterator[Block]:
    if run.casebook is None:
        yield Para("No complaints log was given, so practice is not judged.")
        return
    yield Para(f"Under the {run.code.edition} edition of the Code, {narrative.judged_words(run, totals)}.")
    told = []
    told = [_performed(duty) for duty in _code_duties(run, totals) if _decided(duty)]
    blind = sum(bool(d.tally.cannot_tell) and d.tally.cannot_tell == d.tally.arose for d in _code_duties(run, totals))
    untold = f"Of {count(blind, 'duty', 'duties')} of the Code the log tells nothing; the Summary sheet names each."
    advised = [d for d in totals.aims if d.source == CODE and d.document == run.code.id and _decided(d)]
    if not told and not advised:
        yield Para("No duty of the Code could be decided on any case." + (f" {untold}" if blind else ""))
        return
    if told:
        yield Table(
            ("Duty (provision)", "Met", "Breached", "Cannot tell", "Share met"),
            tuple(told),
            "Duties of the Code that the log can show",
            (52, 11, 12, 12, 18),
        )
    if advised:
        yield Table(
            ("Recommendation (provision)", "Kept", "Missed", "Cannot tell", "Share kept"),
            tuple(map(_performed, advised)),
            "Recommendations of the Code, which are neither met nor breached",
            (52, 11, 12, 12, 18),
        )
    yield Para(
        "Where more than a twentieth cannot be told, the share is the range that the missing records allow."
        + (f" {untold}" if blind else ""),
        quiet=True,
    )


def _decided(duty: DutyPractice) -> bool:
    """Whether something came of a duty on some case, or is still to come."""
    return bool(duty.tally.met or duty.tally.breached or duty.tally.pending)


def _performed(duty: DutyPractice) -> tuple[Cell, ...]:
    tally = duty.tally
    low, high = tally.share_range or (None, None)
    share = percent(tally.share_met) if tally.certain_enough else f"{percent(low)} to {percent(high)}"
    figures = (tally.met, tally.breached, tally.cannot_tell)
    provision = duty.outcomes[0].provision or ""
    bad = Tone.PLAIN if duty.aim else Tone.NO
    return (
        Cell(f"{capital(duty.duty.removeprefix('recommended: '))} ({provision})"),
        *(Cell(f"{n:,}", bad if n and i == 1 else Tone.PLAIN) for i, n in enumerate(figures)),
        Cell(share if tally.share_range else "no figure yet"),
    )


def _risks(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> Iterator[Block]:
    worst = worst_things(run, rows, totals, how_many=RISKS)
    if not worst:
        yield Para("Nothing.")
        return
    by_provision = {row.provision: row for row in rows}
    yield Table(
        ("Rank", "What", "What would put it right"),
        tuple(
            (Cell(str(n)), Cell(thing.sentence), Cell(_remedy(thing, by_provision, run.code.id)))
            for n, thing in enumerate(worst, 1)
        ),
        "Ranked as on the page and in the workbook",
        (7, 53, 40),
    )


def _remedy(thing: Worst, rows: dict[str, ProvisionEvidence], code: str) -> str:
    if thing.kind == "late-unless-extended":
        return (
            "Find the letters that extended the time, and record their days; where there is none, the answer was late."
        )
    cases = f"{count(thing.cases, 'case')} to look at; the Findings sheet has each, with what would have kept it."
    row = rows.get(thing.provision)
    if row is None or row.verdict is None or thing.document not in ("", code):
        return cases if thing.cases else "See the Findings sheet of the workbook."
    verdict = row.verdict
    if thing.cases and verdict.judgement in (Judgement.BREACHES, Judgement.PARTLY) and verdict.repair:
        return f"{cases} The policy falls short here too."
    if verdict.judgement in (Judgement.BREACHES, Judgement.PARTLY) and verdict.repair:
        where = f" ({clauses(verdict.clauses)})" if verdict.clauses else ""
        return shortened(f"In the policy{where}: {sentence(verdict.repair)}", 360, "Provisions sheet")
    return cases
