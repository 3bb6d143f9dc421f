"""From the content of a mapping file, already of the right shape, to a mapping; or to what contradicts itself in it."""

from __future__ import annotations

from typing import Any

from policylang.casebook.dates import Order
from policylang.casebook.mapping import DATE, EVENT, STAGE, Column, Empty, EventWords, Layout, Mapping, Take
from policylang.casebook.record import facts, heading_key
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place
from policylang.findings.nearest import did_you_mean

Lines = dict[tuple[str, ...], int]
"""The line of each key in a mapping file, by the keys that lead to it."""


def build(content: dict[str, Any], file: str, lines: Lines) -> tuple[Mapping | None, list[Finding]]:
    """The mapping, or ``None`` and what is wrong with it, each finding with its line."""
    mapping, found = _table(content, file, lines)
    also: list[Mapping] = []
    given = {name: "the first sheet" for name in (*mapping.columns, *mapping.events) if name in facts()}
    for n, part in enumerate(content.get("also", ())):
        at = ("also", str(n))
        own = {path[2:]: line for path, line in lines.items() if path[:2] == at}
        table, wrong = _table(part, file, own)
        found += wrong
        for name in (*table.columns, *table.events):
            if name not in facts() or name == "reference":
                continue
            if name in given:
                found.append(
                    finding(
                        "mapping-column-used-twice",
                        f"“{name}” is given twice, by {given[name]} and by the sheet “{table.sheet}”.",
                        "Keep the one that records it, and leave the other out.",
                        place=Place(file=file, line=own.get(("columns", name)) or own.get(("events", name))),
                    )
                )
            given[name] = f"the sheet “{table.sheet}”"
        also.append(table)
    if found:
        return None, found
    whole = Mapping(
        columns=mapping.columns,
        sheet=mapping.sheet,
        header_row=mapping.header_row,
        dates=mapping.dates,
        ignore=mapping.ignore,
        layout=mapping.layout,
        events=mapping.events,
        ignore_events=mapping.ignore_events,
        ignore_other_events=mapping.ignore_other_events,
        also=tuple(also),
        file=file,
        lines=lines,
    )
    return whole, []


def _table(content: dict[str, Any], file: str, lines: Lines) -> tuple[Mapping, list[Finding]]:
    layout = Layout(content.get("layout", Layout.ROWS))
    columns, found = _columns(content, layout, file, lines)
    events: dict[str, EventWords] = {}
    if layout is Layout.EVENTS:
        events, wrong = _events(content, file, lines)
        found += wrong
        found += [
            finding(
                "mapping-column-used-twice",
                f"“{name}” is given both a column, “{columns[name].heading}”, and words under “events:”.",
                "Keep the one that records it, and leave the other out.",
                place=Place(file=file, line=lines.get(("events", name))),
            )
            for name in events
            if name in columns
        ]
        for name, example in ((EVENT, "Event"), (DATE, "Date of event")):
            if name not in columns:
                found.append(
                    finding(
                        "mapping-value-not-understood",
                        f"The mapping is of a log of events, and does not say which column holds the {name}.",
                        f"Add a line “{name}: {example}” under “columns:”, with the heading of that column.",
                        place=Place(file=file, line=lines.get(("columns",))),
                    )
                )
    else:
        found += [
            finding(
                "mapping-key-unknown",
                f"“{key}” is only for a log in which each row is an event.",
                "If this is one, add a line “layout: events”; otherwise leave these lines out.",
                place=Place(file=file, line=lines.get((key,))),
            )
            for key in ("events", "ignore-events", "other-events")
            if key in content
        ]
    order = content.get("dates")
    mapping = Mapping(
        columns=columns,
        sheet=content.get("sheet"),
        header_row=content.get("header-row"),
        dates=Order(order) if order else None,
        ignore=tuple(content.get("ignore", ())),
        layout=layout,
        events=events,
        ignore_events=tuple(content.get("ignore-events", ())),
        ignore_other_events="other-events" in content,
        file=file,
        lines=lines,
    )
    return mapping, found


def _columns(
    content: dict[str, Any], layout: Layout, file: str, lines: Lines
) -> tuple[dict[str, Column], list[Finding]]:
    found: list[Finding] = []
    columns: dict[str, Column] = {}
    taken: dict[tuple[str, str], str] = {}
    known = {*facts(), *((EVENT, DATE, STAGE) if layout is Layout.EVENTS else ())}
    for typed, entry in content["columns"].items():
        name = typed.strip()
        place = Place(file=file, line=lines.get(("columns", typed)))
        if name not in known:
            message = f"“{name}” is not a fact that a case record has."
            advice = f"{did_you_mean(name, known, what='facts')} (A line reads “fact: heading of the column”.)"
            found.append(finding("mapping-fact-unknown", message, advice, place=place))
            continue
        column = _column(name, entry)
        where = (heading_key(column.heading), (column.letter or "").upper())
        if where in taken:
            found.append(
                finding(
                    "mapping-column-used-twice",
                    f"The column “{column.heading}” is given to two facts, {taken[where]} and {name}.",
                    "Keep it for the one that it records, and leave the other out: one cell cannot prove two things.",
                    place=place,
                )
            )
        taken[where] = name
        columns[name] = column
    return columns, found


def _column(fact: str, entry: str | dict[str, Any]) -> Column:
    if isinstance(entry, str):
        return Column(fact, entry)
    return Column(
        fact=fact,
        heading=entry["column"],
        letter=entry["letter"].upper() if "letter" in entry else None,
        empty=Empty(entry.get("empty", Empty.NOT_RECORDED)),
        dates=Order(entry["dates"]) if "dates" in entry else None,
        not_done=tuple(entry.get("not-done-words", ())),
        trust_real_dates="real-dates" in entry,
    )


def _events(content: dict[str, Any], file: str, lines: Lines) -> tuple[dict[str, EventWords], list[Finding]]:
    events: dict[str, EventWords] = {}
    found: list[Finding] = []
    taken: dict[str, str] = {}
    named = {name for name, fact in facts().items() if fact.kind == "event"}
    if "events" not in content:
        place = Place(file=file, line=lines.get(("layout",)))
        message = "The mapping is of a log of events, and does not say which word stands for which event."
        advice = "Add “events:”, and under it lines such as “received: [Complaint received]”."
        return {}, [finding("mapping-value-not-understood", message, advice, place=place)]

    def take(words: tuple[str, ...], by: str, place: Place) -> None:
        for word in words:
            if (key := heading_key(word)) in taken:
                found.append(
                    finding(
                        "event-word-used-twice",
                        f"The event “{word}” is given to both {taken[key]} and {by}.",
                        "Keep it for the one that it records: one row cannot prove two things.",
                        place=place,
                    )
                )
            taken[key] = by

    for typed, entry in content["events"].items():
        name = typed.strip()
        place = Place(file=file, line=lines.get(("events", typed)))
        if name not in named:
            message = f"“{name}” is not an event that a case record has."
            advice = f"{did_you_mean(name, named, what='events')} (A line reads “event: [words of the log]”.)"
            found.append(finding("mapping-fact-unknown", message, advice, place=place))
            continue
        said: dict[str, Any] = {"words": entry} if isinstance(entry, list) else entry
        events[name] = EventWords(
            fact=name,
            words=tuple(said["words"]),
            empty=Empty(said.get("empty", Empty.NOT_RECORDED)),
            take=Take(said["take"]) if "take" in said else None,
        )
        take(events[name].words, name, place)
    take(tuple(content.get("ignore-events", ())), "ignore-events", Place(file=file, line=lines.get(("ignore-events",))))
    return events, found
