"""``policylang clock``: when a deadline ends, with every day that was not counted and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from policylang.commands.frame import Exit, emit, emit_json, format_option

if TYPE_CHECKING:
    from policylang.model.deadline import Deadline

_BARE_DAYS = ("working", "calendar")


@click.command(short_help="When does “10 working days” end?")
@click.argument("start", metavar="DATE")
@click.argument("within", metavar="DURATION", nargs=-1, required=True)
@click.option("--calendar", "calendar_id", default="england-and-wales", show_default=True, help="Whose bank holidays.")
@click.option("--day-one", is_flag=True, help="Count the day the clock starts as day 1 (normally it is day 0).")
@click.option(
    "--hours-per-day",
    type=click.FloatRange(min=0, min_open=True, max=24),
    help="Hours in a working day, for durations in working hours.",
)
@click.option("--bare-days", type=click.Choice(_BARE_DAYS), help="What a bare “days” means.")
@format_option("text", "json")
def clock(
    start: str,
    within: tuple[str, ...],
    calendar_id: str,
    day_one: bool,
    hours_per_day: float | None,
    bare_days: str | None,
    format: str,
) -> Exit:
    """Show the last day of DURATION counted from DATE, and name every day that does not count.

    DATE is 2025-12-19, 19/12/2025 (day first, as in the United Kingdom) or "19 December 2025".
    DURATION is such as "10 working days", "15 calendar days", "2 weeks", "3 months" or "48 working hours".

    \b
    policylang clock 2025-12-19 "5 working days"
    policylang clock "19 December 2025" "2 weeks" --format json
    """
    from policylang.model.calendar import load_calendar
    from policylang.model.clock_error import HoursNotStated, UnitOpen
    from policylang.model.deadline import deadline
    from policylang.model.duration import Unit, parse_duration

    day, text = _split((start, *within))
    declared = None if bare_days is None else Unit(f"{bare_days} days")
    calendar = load_calendar(calendar_id)
    try:
        answer = deadline(
            day, parse_duration(text), calendar, day_one=day_one, hours_per_day=hours_per_day, bare_days=declared
        )
    except UnitOpen as fault:
        raise UnitOpen(fault.args[0], "Say “working days” or “calendar days”, or add --bare-days working.") from None
    except HoursNotStated as fault:
        raise HoursNotStated(fault.args[0], "Add the hours in a working day, as in --hours-per-day 7.5.") from None
    if format == "json":
        emit_json(as_json(answer))
    else:
        from policylang.commands.clock_picture import as_text

        emit(as_text(answer))
    return Exit.CLEAN


def as_json(answer: Deadline) -> dict[str, Any]:
    """The answer for JSON; the keys are a contract that scripts rely on."""
    return {
        "from": answer.start.isoformat(),
        "within": str(answer.within),
        "due": answer.due.isoformat(),
        "calendar": answer.calendar.id,
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in answer.skipped],
    }


def _split(words: tuple[str, ...]) -> tuple[date, str]:
    # Where the date ends and the duration starts: people leave the quotation marks out.
    from policylang.model.clock_error import ClockError, UnreadDate
    from policylang.model.days import read_day
    from policylang.model.duration import parse_duration

    for at in range(1, len(words)):
        try:
            return read_day(" ".join(words[:at])), " ".join(words[at:])
        except UnreadDate:
            continue
    for at in range(1, len(words)):
        try:
            duration, day = parse_duration(" ".join(words[:at])), read_day(" ".join(words[at:]))
        except ClockError:
            continue
        raise UnreadDate("The date comes first, then the duration.", f'Type: policylang clock {day} "{duration}"')
    return read_day(words[0]), " ".join(words[1:])
