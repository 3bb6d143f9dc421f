"""What is planted in the example case book: one breach of the Code of 2024 a case, each with the reason it is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from policylang.casebook.example_plan import ACKNOWLEDGE, EXTEND, RESPOND, STAGE2_EXTEND, Draft, Maker
from policylang.findings.words import count
from policylang.model.days import say_date

Scenario = Callable[[Maker], Draft]
BREACH = "breached"


def late_acknowledgement(make: Maker) -> Draft:
    received = make.in_code()
    days = make.some(1, 3)
    # The response keeps to ten working days of the day on which the acknowledgement was due, so this breach is alone.
    acknowledged = make.after(received, ACKNOWLEDGE + days)
    draft = make.tidy(
        received, acknowledged=acknowledged, responded=make.after(received, ACKNOWLEDGE + make.some(5, RESPOND))
    )
    draft.facts["logged"] = make.after(received, 1)
    due = make.after(received, ACKNOWLEDGE)
    return draft.plant("breach", "late acknowledgement", "6.2", BREACH, _late(due, acknowledged, days))


def late_response(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    due, days = make.base(draft), make.some(1, 15)
    draft.facts |= {"responded": make.after(due, days), "update_intervals_agreed": True}
    draft.facts["closed"] = draft.facts["responded"]
    return draft.plant("breach", "late stage 1 response", "6.3", BREACH, _late(due, draft.day("responded"), days))


def late_response_without_updates(make: Maker) -> Draft:
    draft = late_response(make)
    draft.facts["update_intervals_agreed"] = False
    why = "the response came after its time and no intervals for updates were agreed"
    return draft.plant("breach", "no update intervals agreed", "5.9", BREACH, why)


def never_answered(make: Maker) -> Draft:
    draft = make.tidy(make.any_day(date(2026, 5, 5), date(2026, 7, 31)))
    for name in ("responded", "response_how_to_escalate", "closed"):
        del draft.facts[name]
    draft.facts["update_intervals_agreed"] = True
    why = f"due {say_date(make.base(draft))}, not sent by the day of the export (which an empty cell means here)"
    return draft.plant("breach", "stage 1 response never sent", "6.3", BREACH, why)


def extension_too_long(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    beyond = make.some(3, 10)
    make.extend(draft, by=EXTEND + beyond, responded=make.after(make.base(draft), make.some(5, EXTEND)))
    draft.facts["extension_good_reason"] = False
    why = f"extended by {EXTEND + beyond} working days, {beyond} beyond the limit, and no good reason is recorded"
    return draft.plant("breach", "extension too long", "6.4", BREACH, why)


def extension_without_reasons(make: Maker) -> Draft:
    draft = make.extend(make.tidy(make.in_code()), by=make.some(5, EXTEND))
    draft.facts["extension_reasons"] = False
    return draft.plant("breach", "extension letter without reasons", "6.4", BREACH, "the letter gave no reasons")


def extension_without_ombudsman(make: Maker) -> Draft:
    draft = make.extend(make.tidy(make.in_code()), by=make.some(5, EXTEND))
    draft.facts["extension_ombudsman_contact"] = False
    why = "the letter did not give the Ombudsman's contact details"
    return draft.plant("breach", "extension letter without the Ombudsman's details", "6.5", BREACH, why)


def extension_after_the_deadline(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    base = make.base(draft)
    make.extend(draft, by=EXTEND, notified=make.after(base, 2), responded=make.after(base, 6))
    why = f"due {say_date(base)}; the extension was notified two working days after that, so it changes nothing"
    draft.plant("breach", "late stage 1 response, extended too late", "6.3", BREACH, why)
    return draft.plant("breach", "extension notified too late", "6.4", BREACH, f"to be told by {say_date(base)}")


def late_despite_extension(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    by, days = make.some(5, EXTEND), make.some(1, 6)
    make.extend(draft, by=by, responded=make.after(make.base(draft), by + days))
    why = _late(draft.day("extended_to"), draft.day("responded"), days)
    return draft.plant("breach", "late stage 1 response despite an extension", "6.3", BREACH, why)


def complaint_not_defined(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    draft.facts["acknowledgement_complaint_definition"] = False
    why = "the acknowledgement did not set out the complaint as understood"
    return draft.plant("breach", "complaint not defined", "5.6", BREACH, why)


def no_way_to_escalate(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    draft.facts["response_how_to_escalate"] = False
    return draft.plant("breach", "response without the way to stage 2", "6.9", BREACH, "the letter did not say how")


def stage2_late_acknowledgement(make: Maker) -> Draft:
    draft = make.escalate(make.tidy(make.in_code()))
    requested, days = draft.day("escalation_requested"), make.some(1, 4)
    draft.facts["stage2_acknowledged"] = make.after(requested, ACKNOWLEDGE + days)
    draft.facts["stage2_responded"] = make.after(requested, ACKNOWLEDGE + make.some(8, 20))
    draft.facts["closed"] = draft.facts["stage2_responded"]
    why = _late(make.after(requested, ACKNOWLEDGE), draft.day("stage2_acknowledged"), days)
    return draft.plant("breach", "late stage 2 acknowledgement", "6.11", BREACH, why)


def stage2_late_response(make: Maker) -> Draft:
    draft = make.escalate(make.tidy(make.in_code()))
    due, days = make.stage2_base(draft), make.some(1, 12)
    draft.facts |= {"stage2_responded": make.after(due, days), "stage2_update_intervals_agreed": True}
    draft.facts["closed"] = draft.facts["stage2_responded"]
    why = _late(due, draft.day("stage2_responded"), days)
    return draft.plant("breach", "late stage 2 response", "6.14", BREACH, why)


def same_person_at_stage2(make: Maker) -> Draft:
    draft = make.escalate(make.tidy(make.in_code()))
    draft.facts["stage2_handler"] = draft.facts["handler"]
    return draft.plant("breach", "same person at both stages", "6.13", BREACH, f"{draft.facts['handler']} decided both")


def stage2_extension_too_long(make: Maker) -> Draft:
    draft = make.escalate(make.tidy(make.in_code()))
    beyond = make.some(3, 8)
    responded = make.after(make.stage2_base(draft), make.some(5, STAGE2_EXTEND))
    make.extend_stage2(draft, by=STAGE2_EXTEND + beyond, responded=responded)
    draft.facts["stage2_extension_good_reason"] = False
    why = f"extended by {STAGE2_EXTEND + beyond} working days, {beyond} beyond the limit, with no good reason recorded"
    return draft.plant("breach", "stage 2 extension too long", "6.15", BREACH, why)


def stage2_extension_without_ombudsman(make: Maker) -> Draft:
    draft = make.extend_stage2(make.escalate(make.tidy(make.in_code())), by=make.some(8, STAGE2_EXTEND))
    draft.facts["stage2_extension_ombudsman_contact"] = False
    why = "the letter did not give the Ombudsman's contact details"
    return draft.plant("breach", "stage 2 extension letter without the Ombudsman's details", "6.16", BREACH, why)


def final_letter_without_ombudsman(make: Maker) -> Draft:
    draft = make.escalate(make.tidy(make.in_code()))
    draft.facts["stage2_response_ombudsman_rights"] = False
    why = "the final letter did not say how to go to the Ombudsman"
    return draft.plant("breach", "final letter without the Ombudsman", "6.19", BREACH, why)


def _refused(make: Maker) -> Draft:
    received = make.in_code()
    return Draft(
        {
            "received": received,
            "logged": make.after(received, 1),
            "acknowledged": make.after(received, make.some(2, 3)),
            "acknowledgement_complaint_definition": True,
            "refused": make.after(received, make.some(4, 8)),
            "refusal_reason": "Over 12 months old",
            "refusal_reasons": True,
            "refusal_ombudsman_rights": True,
            "handler": f"Officer {make.some(1, 9)}",
        }
    )


def refusal_without_ombudsman(make: Maker) -> Draft:
    draft = _refused(make)
    draft.facts["refusal_ombudsman_rights"] = False
    why = "the refusal did not give the right to take it to the Ombudsman"
    return draft.plant("breach", "refusal without the Ombudsman", "2.4", BREACH, why)


def refusal_without_reasons(make: Maker) -> Draft:
    draft = _refused(make)
    draft.facts["refusal_reasons"] = False
    return draft.plant("breach", "refusal without reasons", "2.4", BREACH, "the refusal gave no reasons")


def refusal_well_explained(make: Maker) -> Draft:
    why = "reasons and the right to go to the Ombudsman were given"
    return _refused(make).plant("near-miss", "refusal well explained", "2.4", "met", why)


def _late(due: date, sent: date, days: int) -> str:
    return f"due {say_date(due)}, sent {say_date(sent)}: {count(days, 'working day')} late"


BREACHES: tuple[Scenario, ...] = (
    late_acknowledgement,
    late_response,
    extension_without_ombudsman,
    stage2_late_response,
    same_person_at_stage2,
    extension_too_long,
    refusal_without_ombudsman,
    late_response_without_updates,
    stage2_late_acknowledgement,
    never_answered,
    extension_after_the_deadline,
    late_despite_extension,
    extension_without_reasons,
    complaint_not_defined,
    no_way_to_escalate,
    stage2_extension_without_ombudsman,
    stage2_extension_too_long,
    final_letter_without_ombudsman,
    refusal_without_reasons,
    refusal_well_explained,
    late_acknowledgement,
    late_response,
    late_response,
    stage2_late_response,
)
