"""Made-up policies for the laws: sentences that real policies have, in any force, with any figure, in any selection.

Every sentence has a clause of its own, so that a repair can be carried out by its clause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

FORCES = ("must", "will", "should", "aims to", "may")
UNITS = ("working days", "calendar days", "weeks", "days", "months")
CONDITIONS = ("", "", "", " when complex", " unless exceptional-circumstances", ' when "the case allows"')

# Promises: {m} is the force, {t} a time, {c} a condition. The heading under which each stands comes first.
PROMISES = (
    ("stage 1", "{m} log within {t} of receipt{c}"),
    ("stage 1", "{m} acknowledge within {t} of receipt giving complaint-definition, outcomes-sought{c}"),
    ("stage 1", "{m} acknowledge giving responsibility{c}"),
    ("stage 1", "{m} respond within {t} of receipt via writing{c}"),
    ("stage 1", "{m} respond within {t} of acknowledgement{c}"),
    ("stage 1", "{m} respond within {t}{c}"),
    ("stage 1", "{m} give reasons, new-date when extended"),
    ("stage 1", "{m} give ombudsman-contact when extended"),
    ("stage 1", "response {m} state stage, complaint-definition, decision, reasons{c}"),
    ("stage 1", "response {m} state remedy, outstanding-actions, how-to-escalate{c}"),
    ("stage 1", "response {m} address all-points{c}"),
    ("stage 1", "{m} track outstanding-actions giving updates{c}"),
    ("stage 2", "{m} acknowledge within {t} of escalation{c}"),
    ("stage 2", "{m} log within {t} of escalation{c}"),
    ("stage 2", "{m} respond within {t} of escalation{c}"),
    ("stage 2", "{m} respond within {t} of acknowledgement via writing{c}"),
    ("stage 2", "{m} respond not by the same person as stage 1{c}"),
    ("stage 2", "response {m} state stage, decision, reasons, remedy, ombudsman-rights{c}"),
    ("process", "{m} ask-for clarification when complaint-unclear"),
    ("process", "{m} make reasonable-adjustments{c}"),
    ("process", "{m} record reasonable-adjustments, disabilities{c}"),
    ("governance", "{m} report learning to residents, own-staff{c}"),
    ("governance", "{m} use complaints for service-improvement{c}"),
    ("governance", "{m} appoint member-responsible-for-complaints{c}"),
    ("governance", "{m} review issues-and-trends including systemic-issues{c}"),
    ("exclusions", "{m} explain refusal giving reasons, ombudsman-rights{c}"),
)
# Sentences that stand as they are; {t} is a time.
FIXED = (
    ("process", "process has 2 stages"),
    ("stage 1", "may extend response by up to {t} giving reasons, new-date"),
    ("stage 1", "may extend response further when good-reason"),
    ("stage 2", "may extend response by up to {t} when resident-agrees"),
    ("stage 2", "resident must give reasons-for-escalation when escalating"),
    ("stage 2", "resident may escalate within {t} of response"),
    ("routes", "stage 2 is final"),
    ("access", "anyone may complain via phone, email, letter"),
    ("exclusions", "may refuse complaint when issue is older than {a} months"),
    ("exclusions", "may refuse complaint when anonymous"),
    ("exclusions", "may refuse escalation when already-considered"),
    (
        "definitions",
        "complaint means expression-of-dissatisfaction, however-made about actions affecting individual, group",
    ),
    ("definitions", "complaint does not mean service-request"),
)


@dataclass(frozen=True)
class Line:
    """One sentence: its heading, its words with the places to fill, and what fills them."""

    heading: str
    words: str
    clause: str
    force: str = "must"
    number: int = 10
    unit: str = "working days"
    condition: str = ""
    age: int = 12

    @property
    def text(self) -> str:
        unit = self.unit.removesuffix("s") if self.number == 1 else self.unit
        said = self.words.format(m=self.force, t=f"{self.number} {unit}", c=self.condition, a=self.age)
        return f"  {said} [{self.clause}]."


def policy_text(lines: list[Line]) -> str:
    """The sentences under their headings, in the order in which the headings first come."""
    headings = list(dict.fromkeys(line.heading for line in lines))
    parts = ["in force from 2020-01-01."]
    for heading in headings:
        parts.append(f'{heading} "{heading.capitalize()}":' if heading.startswith("stage") else f"{heading}:")
        parts += [line.text for line in lines if line.heading == heading]
    return "\n".join(parts) + "\n"


@st.composite
def policies(draw: st.DrawFn) -> list[Line]:
    """The sentences of a policy, each once at most, in any order."""
    chosen = draw(st.lists(st.sampled_from(PROMISES + FIXED), min_size=1, max_size=14, unique=True))
    return [
        Line(
            heading,
            words,
            f"{number}.{draw(st.integers(1, 3))}",
            draw(st.sampled_from(FORCES)),
            draw(st.integers(1, 25)),
            draw(st.sampled_from(UNITS)),
            draw(st.sampled_from(CONDITIONS)),
            draw(st.sampled_from((3, 6, 12, 24))),
        )
        for number, (heading, words) in enumerate(chosen, 1)
    ]


@st.composite
def stricter(draw: st.DrawFn, lines: list[Line]) -> list[Line]:
    """The same policy with one or more of its sentences made to promise more, or to permit less."""
    made = [draw(st.sampled_from(_stricter_lines(line))) for line in lines]
    # A further promise of the code's own kind is stricter too.
    if draw(st.booleans()):
        heading, words = draw(st.sampled_from(PROMISES))
        made.append(Line(heading, words, "99.9"))
    return made


def _stricter_lines(line: Line) -> list[Line]:
    found = [line]
    promise = "{m}" in line.words
    if "{t}" in line.words and "resident may" not in line.words:
        found += [replace(line, number=max(1, line.number - less)) for less in (1, 5)]
    if promise and line.force in ("should", "aims to", "may"):
        found.append(replace(line, force="must"))
    if promise and line.condition:
        found.append(replace(line, condition=""))
    if "{a}" in line.words:
        found.append(replace(line, age=24))
    if "resident may escalate" in line.words:
        found.append(replace(line, number=line.number + 5))
    return found
