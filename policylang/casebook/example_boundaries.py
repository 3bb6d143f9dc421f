"""What is planted in the example case book on purpose where people miscount: the last day, holidays, open cells.

The dates are fixed, so that they can be checked with a paper calendar.
"""

from __future__ import annotations

from datetime import date

from policylang.casebook.example_breaches import BREACH, Scenario
from policylang.casebook.example_plan import EXTEND, Draft, Maker

MET = "met"
CANNOT_TELL = "cannot-tell"


def acknowledged_on_the_last_day_at_christmas(make: Maker) -> Draft:
    draft = make.tidy(date(2024, 12, 19), acknowledged=date(2024, 12, 30))
    why = "five working days after 19 December 2024 (20, 23, 24, 27, 30) end on 30 December"
    return draft.plant("near-miss", "acknowledged on the last day, Christmas", "6.2", MET, why)


def acknowledged_a_day_late_at_christmas(make: Maker) -> Draft:
    draft = make.tidy(date(2024, 12, 19), acknowledged=date(2024, 12, 31), responded=date(2025, 1, 10))
    why = "five working days after 19 December 2024 end on 30 December; sent on the 31st, one working day late"
    return draft.plant("breach", "acknowledged a day late, Christmas", "6.2", BREACH, why)


def acknowledged_after_a_saturday_before_a_bank_holiday(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 5, 3), acknowledged=date(2025, 5, 12))
    why = "received on a Saturday; Monday 5 May 2025 is a bank holiday; the fifth working day is 12 May"
    return draft.plant("near-miss", "received on a Saturday, acknowledged on the last day", "6.2", MET, why)


def answered_on_the_last_day_at_easter(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 4, 3), acknowledged=date(2025, 4, 8), responded=date(2025, 4, 24))
    why = "ten working days after 8 April 2025 skip Good Friday and Easter Monday and end on 24 April"
    return draft.plant("near-miss", "answered on the last day, Easter", "6.3", MET, why)


def answered_a_day_late_at_easter(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 4, 3), acknowledged=date(2025, 4, 8), responded=date(2025, 4, 25))
    draft.facts["update_intervals_agreed"] = True
    why = "ten working days after 8 April 2025 end on 24 April; sent on the 25th, one working day late"
    return draft.plant("breach", "answered a day late, Easter", "6.3", BREACH, why)


def answered_on_the_last_day_at_christmas(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 12, 15), acknowledged=date(2025, 12, 17), responded=date(2026, 1, 5))
    why = "ten working days after 17 December 2025 skip Christmas Day, Boxing Day and New Year's Day: 5 January 2026"
    return draft.plant("near-miss", "answered on the last day, Christmas", "6.3", MET, why)


def answered_a_day_late_at_christmas(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 12, 15), acknowledged=date(2025, 12, 17), responded=date(2026, 1, 6))
    draft.facts["update_intervals_agreed"] = True
    why = "ten working days after 17 December 2025 end on 5 January 2026; sent on the 6th, one working day late"
    return draft.plant("breach", "answered a day late, Christmas", "6.3", BREACH, why)


def extended_to_the_limit(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    base = make.base(draft)
    make.extend(draft, by=EXTEND, notified=base, responded=make.after(base, EXTEND))
    why = "notified on the last day of the first ten, by exactly ten more, and answered on the last of those"
    return draft.plant("near-miss", "extended to the very limit", "6.3", MET, why)


def extended_beyond_with_good_reason(make: Maker) -> Draft:
    draft = make.extend(make.tidy(make.in_code()), by=EXTEND + 5)
    draft.facts["extension_good_reason"] = True
    why = "further than ten working days, with a good reason recorded"
    return draft.plant("near-miss", "long extension with good reason", "6.4", MET, why)


def stage2_acknowledged_on_the_last_day_at_easter(make: Maker) -> Draft:
    draft = make.tidy(date(2026, 2, 25), acknowledged=date(2026, 2, 27), responded=date(2026, 3, 12))
    make.escalate(draft, requested=date(2026, 3, 31))
    draft.facts["stage2_acknowledged"] = date(2026, 4, 9)
    draft.facts["stage2_responded"] = draft.facts["closed"] = date(2026, 5, 1)
    why = "five working days after 31 March 2026 skip Good Friday and Easter Monday and end on 9 April"
    return draft.plant("near-miss", "stage 2 acknowledged on the last day, Easter", "6.11", MET, why)


def before_the_code(make: Maker) -> Draft:
    draft = make.tidy(date(2024, 3, 28), acknowledged=date(2024, 4, 11), responded=date(2024, 4, 18))
    why = "received before 1 April 2024, so the edition of 2024 does not judge it, late as its acknowledgement was"
    return draft.plant("edition", "received before the Code of 2024", "6.2", "not judged under this edition", why)


def on_the_first_day_of_the_code(make: Maker) -> Draft:
    draft = make.tidy(date(2024, 4, 1), acknowledged=date(2024, 4, 9), responded=date(2024, 4, 19))
    why = "received on Easter Monday, 1 April 2024; five working days end on 8 April; sent on the 9th, one day late"
    return draft.plant("breach", "received on the first day of the Code of 2024", "6.2", BREACH, why)


def acknowledgement_not_recorded(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    del draft.facts["acknowledged"]
    why = "the cell is empty, and here an empty acknowledgement only means that it was not recorded"
    return draft.plant("cannot-tell", "acknowledgement date missing", "6.2", CANNOT_TELL, why)


def acknowledgement_to_be_confirmed(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    draft.written["acknowledged"] = "TBC"
    return draft.plant("cannot-tell", "acknowledgement date is TBC", "6.2", CANNOT_TELL, "TBC is not a date")


def acknowledgement_known_to_the_month(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 9, 22), acknowledged=date(2025, 9, 26), responded=date(2025, 10, 2))
    draft.written["acknowledged"] = "September 2025"
    why = "received 22 September 2025, due on the 29th: some days left in that September are in time and one is not"
    return draft.plant("cannot-tell", "acknowledged in some month", "6.2", CANNOT_TELL, why)


def response_not_calculated(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    draft.written["responded"] = "=formula"
    why = "the cell holds a formula whose result was never stored"
    return draft.plant("cannot-tell", "response date never calculated", "6.3", CANNOT_TELL, why)


def open_and_not_yet_due(make: Maker) -> Draft:
    draft = make.tidy(date(2026, 9, 21), acknowledged=date(2026, 9, 23), responded=date(2026, 10, 7))
    return draft.plant("pending", "open, not yet due", "6.3", "pending", "due 7 October 2026, after the export")


def response_before_complaint(make: Maker) -> Draft:
    draft = make.tidy(date(2025, 6, 10), acknowledged=date(2025, 6, 12))
    draft.facts["responded"] = date(2025, 5, 23)
    why = "the response is dated 18 days before the complaint: one of the two dates is wrong"
    return draft.plant("data-quality", "response before its complaint", "", "response-before-complaint", why)


def closed_in_the_future(make: Maker) -> Draft:
    draft = make.tidy(date(2026, 6, 2))
    draft.written["closed"] = "19/06/2027"
    return draft.plant("data-quality", "closing date in the future", "", "date-in-future", "the year is a slip")


def reference_used_before(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    draft.same_reference_as_previous = True
    why = "its reference is also that of the case above it, so neither is judged"
    return draft.plant("set-aside", "reference used twice", "", "duplicate-reference", why)


def reference_missing(make: Maker) -> Draft:
    draft = make.tidy(make.in_code())
    draft.no_reference = True
    return draft.plant("set-aside", "no reference", "", "reference-missing", "the row does not say which case it is")


BOUNDARIES: tuple[Scenario, ...] = (
    acknowledged_on_the_last_day_at_christmas,
    acknowledged_a_day_late_at_christmas,
    answered_on_the_last_day_at_easter,
    answered_a_day_late_at_easter,
    acknowledgement_not_recorded,
    response_before_complaint,
    reference_used_before,
    before_the_code,
    on_the_first_day_of_the_code,
    open_and_not_yet_due,
    answered_on_the_last_day_at_christmas,
    answered_a_day_late_at_christmas,
    acknowledged_after_a_saturday_before_a_bank_holiday,
    acknowledgement_to_be_confirmed,
    acknowledgement_known_to_the_month,
    extended_to_the_limit,
    extended_beyond_with_good_reason,
    stage2_acknowledged_on_the_last_day_at_easter,
    response_not_calculated,
    closed_in_the_future,
    reference_missing,
)
