"""The answer to "Comply: Yes / No": stated as a rule, so that nobody has to trust a black box.

The form asks for one answer on policy and practice together and knows no third one. So a row says Yes only where
everything that can show it has been seen and agrees; No where the policy or a case is known to fall short; and stays
blank, marked, with a question for a person, in every other case. Nothing unknown ever becomes a Yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from policylang.checker.plain import deviation_words
from policylang.checker.verdict import Judgement, Verdict
from policylang.evidence.tally import Tally
from policylang.evidence.words import count


class Kind(StrEnum):
    """What can show that a provision is kept, in the words of a code's ``shown by``."""

    POLICY = "policy"
    CASES = "cases"
    RECORDS = "records"
    BOARD_PAPERS = "board-papers"
    PUBLICATION = "publication"


KIND_WORDS = {
    Kind.POLICY: "the policy text",
    Kind.CASES: "the complaints log",
    Kind.RECORDS: "letters, files and other records that a person reads",
    Kind.BOARD_PAPERS: "Board papers",
    Kind.PUBLICATION: "what residents can see",
}


def kinds(shown_by: Iterable[str]) -> frozenset[Kind]:
    """What a provision is shown by. A word that is not known, or none at all, stands for what a person must look at."""
    known = set(Kind)
    return frozenset(Kind(word) if word in known else Kind.RECORDS for word in shown_by) or frozenset({Kind.RECORDS})


class Answer(StrEnum):
    """What stands in the Comply column."""

    YES = "Yes"
    NO = "No"
    BLANK = "To be completed"


@dataclass(frozen=True, slots=True)
class ComplyRule:
    """The four choices that the rule leaves open. The values are words, never true or false."""

    breach_in_practice: Literal["answer-no", "ask-a-person"] = "answer-no"
    duty_never_arose: Literal["answer-yes", "ask-a-person"] = "answer-yes"
    not_seen: Literal["ask-a-person", "policy-alone"] = "ask-a-person"
    unverified: Literal["ask-a-person", "as-found"] = "ask-a-person"

    def statements(self) -> tuple[str, ...]:
        """The rule in the sentences that are printed with the answers."""
        breach = "No" if self.breach_in_practice == "answer-no" else "left for a person to weigh"
        arose = "counts as kept" if self.duty_never_arose == "answer-yes" else "is left for a person"
        seen = (
            "stays blank for a person"
            if self.not_seen == "ask-a-person"
            else "is answered from the policy alone, and says so"
        )
        sure = "stays blank" if self.unverified == "ask-a-person" else "is answered as found"
        return (
            "Yes: the policy complies, nothing else that can show the provision is left unseen, and no judged case "
            "breached it.",
            "No: the policy breaches the provision or meets it only partly, however an open passage is read.",
            f"A breach in the complaints log is never a Yes: the answer is {breach}.",
            "To be completed: the policy is silent or not judged on the point, can be read two ways, or a case in the "
            "log cannot be judged because something is not recorded.",
            f"A provision that the complaints log cannot show, or not alone, {seen}.",
            "A recommendation that a case in the log did not keep, or of which it cannot be told, is left for a "
            "person: it is no breach, and no Yes either.",
            f"A duty that arose on no case in the log {arose} if the policy complies.",
            f"A provision whose wording is unverified {sure}.",
        )


@dataclass(frozen=True, slots=True)
class Comply:
    """The answer, why in one sentence, and what a person is asked (nothing, for a Yes or a No)."""

    answer: Answer
    because: str
    questions: tuple[str, ...] = ()


_SHORT = (Judgement.PARTLY, Judgement.BREACHES)


def decide(
    verdict: Verdict | None,
    practice: Tally | None,
    shown_by: frozenset[Kind],
    ask: str,
    rule: ComplyRule,
    *,
    verified: bool = True,
    followed: Tally | None = None,
) -> Comply:
    """The answer for one row.

    ``practice`` counts each case once, and is ``None`` where no case was judged under this provision; ``verified`` is
    false where our paraphrase of the provision was not checked against a published source. ``followed`` counts each
    case by the provision's recommendations (kept as met, missed as breached); it matters where the provision is a
    recommendation itself and makes no duty.
    """
    if practice is not None or verdict is None or not verdict.recommended:
        followed = None
    if verdict is None:
        return Comply(Answer.BLANK, _found(verdict, practice), ("No verdict was reached on this provision.", ask))
    if not verified and rule.unverified == "ask-a-person":
        compare = "Our paraphrase of this provision is unverified: compare it with the official Code before you answer."
        return Comply(Answer.BLANK, _found(verdict, practice), (compare, ask))
    if practice is not None and practice.breached and rule.breach_in_practice == "answer-no":
        return Comply(Answer.NO, f"{count(practice.breached, 'case')} in the log breached this provision.")
    if _falls_short(verdict):
        return Comply(Answer.NO, _policy_words(verdict))
    questions = (*_on_policy(verdict), *_on_log(practice, shown_by, rule), *_on_recommendation(followed))
    if verdict.judgement is not Judgement.COMPLIES or _unseen(practice or followed, shown_by, rule):
        questions = (*questions, ask)
    if questions:
        return Comply(Answer.BLANK, _found(verdict, practice), questions)
    return Comply(Answer.YES, _yes_because(practice, shown_by, followed))


def _falls_short(verdict: Verdict) -> bool:
    """Whether the policy falls short however it is read."""
    if not verdict.arguable:
        return verdict.judgement in _SHORT
    return bool(verdict.readings) and all(reading.judgement in _SHORT for reading in verdict.readings)


def _on_policy(verdict: Verdict) -> Iterator[str]:
    if verdict.arguable:
        yield "The policy can be read two ways here. Which reading is meant? Then make the policy say so."
    elif verdict.judgement is Judgement.SILENT:
        yield "Nothing was found in the policy on this point. Is it covered in another document? Name it."


def _on_log(practice: Tally | None, shown_by: frozenset[Kind], rule: ComplyRule) -> Iterator[str]:
    if practice is None:
        return
    if practice.breached:
        yield f"{count(practice.breached, 'case')} breached this provision. Does practice comply all the same, and why?"
    if practice.cannot_tell:
        yield (
            f"{count(practice.cannot_tell, 'case')} cannot be judged because something is not recorded: complete the "
            "log or read the files (the Findings sheet names the cells)."
        )
    if practice.pending and not practice.met and not practice.breached:
        yield "No case has been decided yet: none has come to its due date."
    if Kind.CASES in shown_by and not practice.arose and rule.duty_never_arose == "ask-a-person":
        yield f"The duty arose on no case in the log ({count(practice.population, 'case')} judged)."


def _on_recommendation(followed: Tally | None) -> Iterator[str]:
    if followed is None:
        return
    if followed.breached:
        yield (
            f"{count(followed.breached, 'case')} in the log did not keep this recommendation, which is no breach. Is "
            "it followed all the same, and why?"
        )
    if followed.cannot_tell:
        yield (
            f"{count(followed.cannot_tell, 'case')} in the log cannot be held against this recommendation because "
            "something is not recorded: complete the log or read the files."
        )
    if followed.pending and not followed.met and not followed.breached:
        yield "No case has been decided yet: none has come to its due date."


def _unseen(practice: Tally | None, shown_by: frozenset[Kind], rule: ComplyRule) -> bool:
    """Whether something that would show the provision has not been seen, and the rule asks for it."""
    if rule.not_seen == "policy-alone":
        return False
    beyond = shown_by - {Kind.POLICY, Kind.CASES}
    log_missing = Kind.CASES in shown_by and (practice is None or not practice.population)
    return bool(beyond) or log_missing


def _yes_because(practice: Tally | None, shown_by: frozenset[Kind], followed: Tally | None) -> str:
    if followed is not None and followed.met:
        return f"The policy complies and {count(followed.met, 'case')} in the log kept to it; none departed from it."
    practice = practice or followed
    if practice is not None and practice.met:
        return f"The policy complies and {count(practice.met, 'case')} in the log kept to it, none breached it."
    if practice is not None and practice.population:
        return (
            f"The policy complies; the duty arose on no case in the log ({count(practice.population, 'case')} judged)."
        )
    if shown_by <= {Kind.POLICY}:
        return "The policy complies, and the policy text is what shows this provision."
    return "The policy complies. Answered from the policy alone: practice was not seen."


def _found(verdict: Verdict | None, practice: Tally | None) -> str:
    words = [_policy_words(verdict) if verdict is not None else "No verdict on the policy."]
    if practice is not None and practice.breached:
        words.append(f"{count(practice.breached, 'case')} in the log breached it.")
    return " ".join(words)


def _policy_words(verdict: Verdict) -> str:
    """What the policy comes to; that somebody accepted it makes no Yes of a No, but is said."""
    accepted = f" Accepted {deviation_words(verdict.deviation)}" if verdict.deviation is not None else ""
    if verdict.recommended:
        told = {
            Judgement.COMPLIES: "The policy follows this recommendation.",
            Judgement.PARTLY: "The policy follows this recommendation only partly.",
            Judgement.BREACHES: "The policy departs from this recommendation.",
            Judgement.SILENT: "The policy is silent on this recommendation.",
            Judgement.NOT_JUDGED: "A policy text cannot show this provision.",
        }
        return told[verdict.judgement] + accepted
    return {
        Judgement.COMPLIES: "The policy complies.",
        Judgement.PARTLY: "The policy meets this provision only partly.",
        Judgement.BREACHES: "The policy breaches this provision.",
        Judgement.SILENT: "The policy is silent on this provision.",
        Judgement.NOT_JUDGED: "A policy text cannot show this provision.",
    }[verdict.judgement] + accepted
