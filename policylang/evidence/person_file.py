"""The file of a person's answers: written with every open question, read back strictly, words taken as typed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policylang.evidence.comply import Answer
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.person import PersonAnswer, rests_on
from policylang.evidence.run import AssessInput
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean
from policylang.findings.problem import Problem, problem
from policylang.findings.strict_yaml import Refused, Trap, Typed, read_strictly

LARGEST = 1024 * 1024
FORM = "1"
_NESTING = 8
_KEYS = ("comply", "evidence", "commentary", "by", "on", "rests-on")
_RESTS = ("policy", "log", "code")

_HEAD = """\
# What only a person can say. Fill in what you can, keep the rest as it is, and give the file back:
#   policylang assess … --person {name}
# comply: "Yes" or "No", in quotes or not; evidence: where it can be seen; commentary: why, or what is being done;
# by: the post that answers (no names); on: the day, as 2026-10-31.
# rests-on says for which policy, log and code the answer was given. When one of them changes the answer is stale: the
# row is open again until you look at it and put the new rests-on here.
answers: 1
provisions:
"""


def to_complete(rows: Sequence[ProvisionEvidence], run: AssessInput, name: str = "answers.yaml") -> str:
    """The file with every answer there is and a blank for every row that is still open, its questions as comments."""
    lines = [_HEAD.format(name=name)]
    now = dict(rests_on(run))
    for row in rows:
        answer, open_ = row.person, row.comply.answer is Answer.BLANK
        if answer is None and not open_:
            continue
        lines.append(f"  {json.dumps(row.provision)}:\n")
        lines += [f"    # {line}\n" for question in row.comply.questions for line in question.splitlines()]
        if row.person_stale:
            lines.append(
                f"    # STALE: given for {row.person_stale}. Confirm it by putting this in place of rests-on:\n"
            )
            lines.append(f"    #   {_inline(now)}\n")
        comply = answer.comply.value if answer and answer.comply else ""
        told = {
            "comply": comply,
            "evidence": answer.evidence if answer else "",
            "commentary": answer.commentary if answer else "",
            "by": answer.by if answer else "",
            "on": answer.on.isoformat() if answer and answer.on else "",
        }
        lines += [f"    {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items()]
        lines.append(f"    rests-on: {_inline(dict(answer.rests_on) if answer else now)}\n")
    if len(lines) == 1:
        lines.append("  {}\n")
    return "".join(lines)


def _inline(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {json.dumps(values.get(key, ''))}" for key in _RESTS) + "}"


def read_answers(path: Path, provisions: Sequence[str]) -> tuple[PersonAnswer, ...]:
    """The answers in a file. Blanks nobody filled in are no answers.

    Raises :class:`Problem` with every fault, each with its line: what is no YAML, aliases, unknown keys, provisions
    that the form does not have, a Comply that is neither Yes nor No, a day that is no date.
    """
    content = _content(path)
    faults: list[Finding] = []
    given = (content.table or {}).get("provisions", Typed({}, 1)).table
    if content.table is None or given is None:
        raise _unreadable(path, content.line, "has no “provisions:” with the answers under it")
    form = content.table.get("answers")
    if form is not None and form.text != FORM:
        raise _unreadable(path, form.line, f"is of another form than {FORM}, the one that this version reads")
    faults += [
        _not_understood(path, one.line, f"“{key}” is nothing that this file has.", "It has answers and provisions.")
        for key, one in content.table.items()
        if key not in ("answers", "provisions")
    ]
    answers = []
    for provision, typed in given.items():
        if provision not in provisions:
            if _untouched(typed):
                continue  # a blank of another edition's file, which nobody filled in
            known = did_you_mean(provision, list(provisions), what="provisions of the form")
            faults.append(
                _fault(
                    "person-answer-for-unknown-provision",
                    "PL-E01",
                    path,
                    typed.line,
                    f"The form has no provision “{provision}”.",
                    known,
                )
            )
            continue
        if typed.table is None:
            faults.append(_not_understood(path, typed.line, f"“{provision}” has no answer under it.", _ALL))
            continue
        answer = _answer(path, provision, typed, faults)
        if answer is not None:
            answers.append(answer)
    if faults:
        raise Problem(faults)
    return tuple(answers)


def _untouched(typed: Typed) -> bool:
    """Whether a provision has nothing but the blanks that it was written with."""
    fields = typed.table or {}
    return bool(fields) and all(
        key == "rests-on" or (key in _KEYS and value.text == "") for key, value in fields.items()
    )


_ALL = f"Under each provision stand {', '.join(_KEYS)}."


def _answer(path: Path, provision: str, typed: Typed, faults: list[Finding]) -> PersonAnswer | None:
    fields = typed.table or {}
    for key, value in fields.items():
        if key not in _KEYS:
            faults.append(_not_understood(path, value.line, f"“{key}” is nothing that an answer has.", _ALL))
    before = len(faults)  # what is below looks at known entries only, so that every fault is told at once
    for key, value in fields.items():
        if key not in _KEYS:
            continue
        if key == "rests-on" and value.table is None:
            faults.append(_not_understood(path, value.line, "“rests-on” names the policy, the log and the code.", _ALL))
        elif key != "rests-on" and value.text is None:
            faults.append(_not_understood(path, value.line, f"“{key}” is a text.", "Put it in quotes, on one line."))
        elif key != "rests-on" and re.search("[\x00\ud800-\udfff]", value.text or ""):
            said = f"“{key}” has a sign in it that no file can hold."
            faults.append(_not_understood(path, value.line, said, "Type the text again."))
    if len(faults) > before:
        return None
    words = {key: (fields[key].text or "").strip() if key in fields else "" for key in _KEYS if key != "rests-on"}
    known: dict[str, Answer | None] = {"yes": Answer.YES, "no": Answer.NO, "": None}
    if words["comply"].casefold() not in known:
        said = f"“{words['comply']}” is neither Yes nor No."
        faults.append(_not_understood(path, fields["comply"].line, said, "Type Yes or No, or leave it empty."))
    on = None
    if words["on"]:
        try:
            on = date.fromisoformat(words["on"]) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words["on"]) else None
        except ValueError:
            on = None
        if on is None:
            said = f"“{words['on']}” is no date."
            faults.append(_not_understood(path, fields["on"].line, said, "Type the day as 2026-10-31."))
    if len(faults) > before or not any(words.values()):
        return None
    then = (fields["rests-on"].table or {}) if "rests-on" in fields else {}
    rests = tuple((key, then[key].text or "") for key in _RESTS if key in then and then[key].text is not None)
    comply = known[words["comply"].casefold()]
    return PersonAnswer(provision, comply, words["evidence"], words["commentary"], words["by"], on, rests, typed.line)


_WHY = {
    Trap.TOO_LARGE: "is larger than any file of answers",
    Trap.NOT_TEXT: "is not UTF-8 text",
    Trap.CHARACTERS: "cannot be read as YAML",
    Trap.BROKEN: "breaks off or is not laid out as YAML here",
    Trap.EMPTY: "is empty",
    Trap.ALIAS: "uses an anchor or alias (&name, *name); write the value out",
    Trap.TYPE: "gives a value a YAML type of its own; put it in quotes instead",
    Trap.NESTED: "is nested deeper than any answer",
    Trap.SECOND_DOCUMENT: "holds a second document; one file has all answers",
}


def _content(path: Path) -> Typed:
    try:
        with path.open("rb") as stream:
            return read_strictly(stream.read(LARGEST + 1), largest=LARGEST, nesting=_NESTING)
    except Refused as refused:
        why = f"has “{refused.key}” twice" if refused.trap is Trap.TWICE else _WHY[refused.trap]
        raise _unreadable(path, refused.line, why) from None


def _unreadable(path: Path, line: int, why: str) -> Problem:
    return problem(
        "person-answers-not-readable",
        "PL-E02",
        f"The file of answers {why}.",
        "Start from the to-complete.yaml that “policylang assess” writes.",
        file=path.name,
        line=line,
    )


def _not_understood(path: Path, line: int, message: str, help: str) -> Finding:
    return _fault("person-answer-not-understood", "PL-E05", path, line, message, help)


def _fault(rule: str, code: str, path: Path, line: int, message: str, help: str | None) -> Finding:
    return Finding(rule, code, Severity.ERROR, message, Place(file=path.name, line=line), help=help)
