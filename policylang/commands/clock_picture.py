"""A deadline for people: the answer in a sentence, the weeks of a wall calendar, every day left out, the convention.

Plain characters only: it reads the same without colour, in a file, and read aloud.
"""

from __future__ import annotations

from datetime import date, timedelta

from policylang.model.calendar import OutsideCalendar
from policylang.model.clock_error import BeyondTheYears
from policylang.model.days import MONTHS, WEEKDAYS, say_date, say_day
from policylang.model.deadline import Deadline, deadline
from policylang.model.duration import Unit

_LABEL, _CELL = 9, 9
_MOST_WEEKS, _EACH_END = 16, 6
_MOST_WEEKS_UNCOUNTED, _EACH_END_UNCOUNTED = 6, 2


def as_text(answer: Deadline) -> str:
    """The whole answer as the terminal shows it."""
    parts = [_sentence(answer), picture(answer)]
    if skipped := skipped_lines(answer):
        width = max(len(day) for day, _ in skipped)
        parts.append("\n".join(["Not counted:", *(f"  {day:<{width}}   {why}" for day, why in skipped)]))
    parts.append("\n".join(_notes(answer)))
    return "\n\n".join(parts)


def picture(answer: Deadline) -> str:
    """One line a week from the start to the deadline, each day with its mark, and a line that explains the marks."""
    marks = _marks(answer)
    weeks = _weeks(answer)
    most, ends = (_MOST_WEEKS, _EACH_END) if answer.counted else (_MOST_WEEKS_UNCOUNTED, _EACH_END_UNCOUNTED)
    gap = range(ends, len(weeks) - ends) if len(weeks) > most else range(0)
    lines = [" " * _LABEL + "".join(f"{name[:3]:<{_CELL}}" for name in WEEKDAYS)]
    shown = ""
    for n, week in enumerate(weeks):
        if n not in gap:
            label = _label(week)
            lines.append(_line(week, marks, "" if label == shown else label))
            shown = label
        elif n == gap.start:
            lines.append(" " * _LABEL + f"... {len(gap)} weeks more, not drawn ...")
    legend = _legend(set(marks.values()), "bank holiday or closure" if answer.calendar.closures else "bank holiday")
    return "\n".join([*(line.rstrip() for line in lines), "", legend])


def skipped_lines(answer: Deadline) -> list[tuple[str, str]]:
    """Every day left out, in order, with why; the two days of a weekend share a line."""
    lines: list[tuple[str, str]] = []
    days = list(answer.skipped)
    while days:
        day, why = days.pop(0)
        if day.weekday() == 5 and days and days[0][0] == day + timedelta(days=1):
            sunday, _ = days.pop(0)
            same_month = day.month == sunday.month
            lines.append((f"Saturday {day.day if same_month else say_date(day)} and {say_day(sunday)}", "weekend"))
        else:
            lines.append((say_day(day), "weekend" if day.weekday() >= 5 else why))
    return lines


def _sentence(answer: Deadline) -> str:
    read_as = ""
    if answer.unit is Unit.WORKING_HOURS:
        days = Unit.WORKING_DAYS.counted(len(answer.counted))
        read_as = f" ({days}, at {answer.hours_per_day:g} hours a day)"
    elif answer.within.unit is Unit.DAYS:
        read_as = f" (read as {answer.unit})"
    ends = "ends" if answer.within.n == 1 else "end"
    return f"{answer.within}{read_as} from {say_day(answer.start)} {ends} on {say_day(answer.due)}."


def _notes(answer: Deadline) -> list[str]:
    notes = []
    if answer.unit in (Unit.MONTHS, Unit.QUARTERS, Unit.YEARS):
        notes.append("The day of the month stays the same; where there is no such day it is the last of the month.")
    else:
        notes += [_first_day(answer), *_other_convention(answer)]
    if answer.in_working_days:
        calendar = answer.calendar
        notes.append(
            f"Bank holidays: {calendar.name}, known from {say_date(calendar.first)} to {say_date(calendar.last)}."
        )
    else:
        notes += _not_a_working_day(answer)
    return notes


def _first_day(answer: Deadline) -> str:
    if not (answer.day_one and answer.counted):
        return f"{say_day(answer.start)} is day 0: it does not count."
    if answer.counted[0] == answer.start:
        return f"{say_day(answer.start)} is day 1: it counts."
    return f"{say_day(answer.start)} is not a working day; day 1 is {say_day(answer.counted[0])}."


def _other_convention(answer: Deadline) -> list[str]:
    bare_days = answer.unit if answer.within.unit is Unit.DAYS else None
    try:
        other = deadline(
            answer.start,
            answer.within,
            answer.calendar,
            day_one=not answer.day_one,
            hours_per_day=answer.hours_per_day,
            bare_days=bare_days,
        )
    except (OutsideCalendar, BeyondTheYears):
        return []
    how = "without --day-one, it would be day 0" if answer.day_one else "with --day-one, it would be day 1"
    if other.due == answer.due:
        return [f"Counted the other way ({how}), the last day is the same."]
    return [f"Counted the other way ({how}), the last day would be {say_day(other.due)}."]


def _not_a_working_day(answer: Deadline) -> list[str]:
    if not answer.calendar.covers(answer.due) or not (why := answer.calendar.why_skipped(answer.due)):
        return []
    what = "a weekend day" if answer.due.weekday() >= 5 else f"a bank holiday ({why})"
    return [f"The last day is {what}. It does not move to a working day unless the document says so."]


def _marks(answer: Deadline) -> dict[date, str]:
    marks = {day: "-" if day.weekday() >= 5 else "*" for day, _ in answer.skipped}
    marks |= {day: f"({n})" for n, day in enumerate(answer.counted, 1)}
    marks.setdefault(answer.start, "start")
    end = marks.get(answer.due, "").strip("()")
    marks[answer.due] = f"[{end if end.isdigit() else 'end'}]"
    return marks


def _weeks(answer: Deadline) -> list[list[date | None]]:
    # Days before the start and after the deadline stay empty: they have no part in the answer.
    first = answer.start.toordinal() - answer.start.weekday()
    start, end = answer.start.toordinal(), answer.due.toordinal()
    return [
        [date.fromordinal(day) if start <= day <= end else None for day in range(monday, monday + 7)]
        for monday in range(first, end + 1, 7)
    ]


def _label(week: list[date | None]) -> str:
    days = [day for day in week if day is not None]
    first, last = days[0], days[-1]
    if first.month == last.month:
        return f"{MONTHS[first.month - 1][:3]} {first.year:04}"
    return f"{MONTHS[first.month - 1][:3]}/{MONTHS[last.month - 1][:3]}"


def _line(week: list[date | None], marks: dict[date, str], label: str) -> str:
    cells = ["" if day is None else f"{day.day:>2} {marks.get(day, '')}" for day in week]
    return f"{label:<{_LABEL}}" + "".join(f"{cell:<{_CELL}}" for cell in cells)


def _legend(marks: set[str], holiday: str) -> str:
    meanings = [("start", "the clock starts"), ("(1)", "a day counted"), ("*", holiday), ("-", "weekend")]
    used = [f"{mark}: {meaning}" for mark, meaning in meanings if mark in marks]
    end = next(mark for mark in marks if mark.startswith("["))
    return "   ".join([*used, f"{end}: the last day"])
