"""The same duties as by_hand.py, in the same words, as one SQL query for DuckDB: layers of columns, tables joined."""

from __future__ import annotations

from datetime import date

import by_hand
from by_hand import BEFORE, CALENDAR, DUTIES, FIRST_STAGE, SECOND_STAGE, STAGES

from policylang.auditor.columns.codes import NUMBERS
from policylang.auditor.columns.tables import deadlines, number, ordinals
from policylang.model.duration import Duration, Unit

FAR = number(date.max)


def tables() -> dict[str, list[int | None]]:
    """The look-up tables to load, by name: the place is the day, counted from the day before the calendar's first."""
    found = {f"wd{n}": deadlines(CALENDAR, Duration(n, Unit.WORKING_DAYS), False, None, None) for n in (5, 10, 20)}
    return {**{name: series.to_list() for name, series in found.items()}, "ordinal": ordinals(CALENDAR).to_list()}


def q(name: str) -> str:
    return f'"{name}"'


def code(reason: str) -> str:
    return f"{NUMBERS[reason]}::UTINYINT"


def case(*pairs: tuple[str, str], otherwise: str = "NULL") -> str:
    return "CASE " + " ".join(f"WHEN {a} THEN {b}" for a, b in pairs) + f" ELSE {otherwise} END"


def true(text: str) -> str:
    return f"coalesce({text}, false)"


def either(texts: list[str]) -> str:
    return "(" + " OR ".join(texts) + ")"


class Query:
    """Layers of columns: each sees all of the layer before it."""

    def __init__(self, source: str) -> None:
        self.layers = [f"SELECT * FROM {source}"]

    def add(self, columns: dict[str, str]) -> None:
        listed = ", ".join(f"{sql} AS {q(name)}" for name, sql in columns.items())
        self.layers.append(f"SELECT *, {listed} FROM l{len(self.layers) - 1}")

    def look_up(self, found: dict[str, tuple[str, str]]) -> None:
        """Columns by name: the table, and the day that is looked up in it."""
        joins = " ".join(
            f"LEFT JOIN {table} t{n} ON t{n}.day = l.{q(day)}" for n, (table, day) in enumerate(found.values())
        )
        listed = ", ".join(f"t{n}.value AS {q(name)}" for n, name in enumerate(found))
        self.layers.append(f"SELECT l.*, {listed} FROM l{len(self.layers) - 1} l {joins}")

    def text(self, final: str) -> str:
        layers = ",\n".join(f"l{n} AS ({layer})" for n, layer in enumerate(self.layers))
        return f"WITH {layers}\n{final} FROM l{len(self.layers) - 1}"


def query(source: str, as_at: date) -> str:
    """The whole query over a source of cases."""
    now = number(as_at)
    f = Query(source)
    events = ["received", *FIRST_STAGE, *SECOND_STAGE, "extended_to", "stage2_extended_to", "closed"]
    f.add({f"{e}.d": case((f"{e}__state = 1", f"({e} - DATE '1970-01-01')::INTEGER")) for e in events})
    f.add({f"{e}.past": true(f"{q(f'{e}.d')} <= {now}") for e in events})
    f.add({f"{e}.never": f"({e}__state = 2 OR {true(q(f'{e}.d') + f' > {now}')})" for e in events})
    shown = {
        "received": either([q(f"{e}.past") for e in (*FIRST_STAGE, *SECOND_STAGE, "closed")]),
        "escalation_requested": either([q(f"{e}.past") for e in SECOND_STAGE]),
    }
    made: dict[str, str] = {}
    for e in ("received", *FIRST_STAGE, *SECOND_STAGE):
        d, past, never = q(f"{e}.d"), q(f"{e}.past"), q(f"{e}.never")
        came = f"({past} OR ({d} IS NULL AND {shown[e]}))" if e in shown else past
        both = f"{q('received.d')}, {q('escalation_requested.d')}"
        after = q("received.d") if e in FIRST_STAGE else f"greatest({both})"
        made[f"{e}.done"] = case((never, "false"), (came, "true"))
        made[f"{e}.last"] = case((past, d))
        made[f"{e}.first"] = case((f"NOT {never}", d if e == "received" else f"coalesce({d}, {after})"))
    for e in (*FIRST_STAGE, "extended_to", "closed"):
        made[f"{e}.bad"] = _bad(e, "received")
    second = (*SECOND_STAGE, "stage2_extended_to")
    for e in second:
        for cause in ("received", "escalation_requested"):
            made[f"{e}.bad.{cause}"] = _bad(e, cause)
    f.add(made)
    received = [q(f"{e}.bad") for e in (*FIRST_STAGE, "extended_to", "closed")]
    made = {"received.bad": either([*received, *(q(f"{e}.bad.received") for e in second)])}
    requested = [q("escalation_requested.bad"), *(q(f"{e}.bad.escalation_requested") for e in second)]
    made["requested.bad"] = either(requested)
    made |= {f"{e}.bad": either([q(f"{e}.bad.received"), q(f"{e}.bad.escalation_requested")]) for e in second}
    f.add(made)
    for stage in STAGES.values():
        _deadlines(f, stage, now)
    return f.text(f"SELECT reference, {', '.join(_outputs())}")


def _bad(e: str, cause: str) -> str:
    said = true(f"{q(f'{e}.d')} < {q(f'{cause}.d')}")
    if e.endswith("extended_to"):
        return said
    return f"({said} OR ({cause}__state = 2 AND {q(f'{e}.past')}))"


def bad(event: str) -> str:
    return q("requested.bad") if event == "escalation_requested" else q(f"{event}.bad")


def _deadlines(f: Query, s: dict[str, object], now: int) -> None:
    root, ack, log, told, to, answer, refused, p = (
        str(s[k]) for k in ("root", "ack", "log", "told", "to", "answer", "refused", "p")
    )
    table = f"wd{s['days']}"

    def v(name: str) -> str:
        return q(f"{p}{name}")

    f.look_up({f"{p}lf": ("wd5", f"{root}.first"), f"{p}ll": ("wd5", f"{root}.last")})
    f.look_up({f"{p}gf": (table, f"{p}lf"), f"{p}gl": (table, f"{p}ll"), f"{p}af": (table, f"{ack}.first")})
    done, first, last = q(f"{ack}.done"), q(f"{ack}.first"), q(f"{ack}.last")
    f.add(
        {
            f"{p}over": either([true(f"NOT {done}"), true(f"{first} > {v('gl')}")]),
            f"{p}from": f"least({last}, {v('gl')})",
        }
    )
    f.look_up({f"{p}al": (table, f"{p}from")})
    f.add(
        {
            f"{p}bf": case(
                (v("over"), v("gf")), (f"{v('gf')} IS NULL OR {v('gl')} IS NULL", "NULL"),
                (f"{last} > {v('gf')}", f"least({v('af')}, {v('gf')})"), otherwise=v("af"),
            ),
            f"{p}bl": case((v("over"), v("gl")), otherwise=v("al")),
            f"{p}doubt": f"({q(f'{told}.bad')} OR {q(f'{to}.bad')})",
            f"{p}dated": f"({q(f'{to}.d')} IS NOT NULL)",
        }
    )  # fmt: skip
    f.look_up({f"{p}ef": (table, f"{p}bf"), f"{p}el": (table, f"{p}bl")})
    good = case(
        (f"{p}extension_good_reason__state = 2", "false"),
        (f"{p}extension_good_reason__state = 1", f"{p}extension_good_reason"),
    )
    f.add(
        {
            f"{p}none": true(f"NOT {q(f'{told}.done')}"),
            f"{p}late told": f"(NOT {v('doubt')} AND " + true(q(f"{told}.first") + f" > {v('bl')}") + ")",
            f"{p}plain": f"(NOT {v('dated')} AND {to}__state <> 3 AND {q(f'{told}.last')} IS NOT NULL)",
            f"{p}was": case((f"{told}__state <> 1 AND {v('dated')}", "true"), otherwise=q(f"{told}.done")),
        }
    )
    f.add(
        {
            f"{p}good": case((f"NOT {v('was')}", "false"), otherwise=good),
            f"{p}asked": f"(NOT {v('none')} AND NOT {v('late told')})",
        }
    )
    f.add(
        {
            f"{p}surely": f"({v('asked')} AND NOT {v('doubt')} AND {q(f'{told}.done')} AND "
            f"{q(f'{told}.last')} <= {v('bf')})",
            f"{p}rf": case((f"{v('good')} AND NOT {v('plain')}", str(FAR)), otherwise=v("ef")),
            f"{p}rl": case((f"coalesce({v('good')}, true) AND NOT {v('plain')}", str(FAR)), otherwise=v("el")),
            f"{p}earliest": case(
                (v("dated"), q(f"{to}.d")), (f"{to}__state = 3", str(number(date.min))), otherwise=str(FAR)
            ),
            f"{p}latest": case((f"{v('dated')} AND NOT {v('doubt')}", q(f"{to}.d")), otherwise=str(FAR)),
        }
    )
    f.add(
        {
            f"{p}moved": f"least({v('earliest')}, {v('rf')})",
            f"{p}b": case((f"{v('bl')} IS NOT NULL", f"least({v('latest')}, {v('rl')})")),
        }
    )
    f.add(
        {
            f"{p}wf": case(
                (f"{v('surely')} AND {v('moved')} < {FAR} AND {v('moved')} > {v('bf')}", v("moved")), otherwise=v("bf")
            ),
            f"{p}wl": case((f"NOT {v('asked')}", v("bl")), (f"{v('b')} < {FAR}", f"greatest({v('b')}, {v('bl')})")),
        }
    )
    timed = {
        "ack": (ack, "lf", "ll"),
        "log": (log, "lf", "ll"),
        "answer": (answer, "wf", "wl"),
        "told": (told, "bf", "bl"),
    }
    f.add({f"{p}{w}.0": _decide(deed, v(a), v(b), now) for w, (deed, a, b) in timed.items()})
    early, late = q(f"{refused}.last"), q(f"{refused}.first")
    refusals = {}
    for w, (deed, a, b) in timed.items():
        if w != "told":
            was = q(f"{p}{w}.0")
            inner = case(
                (f"{early} IS NULL", code("trigger-unknown")),
                (f"{q(f'{refused}.done')} AND {early} <= {v(a)}", code("complaint-refused")), (f"{late} > {v(b)}", was),
                otherwise=code("start-unknown"),
            )  # fmt: skip
            undone = true("NOT " + q(f"{deed}.done"))
            looked = f"({early} IS NOT NULL OR {q(f'{refused}__state')} = 3) AND ({was} BETWEEN 32 AND 63 OR {undone})"
            refusals[f"{p}{w}.1"] = case((looked, inner), otherwise=was)
    f.add(refusals)
    unsure = f"({v('bf')} IS NULL OR {v('bf')} IS DISTINCT FROM {v('bl')})"
    root_unsure = f"({v('lf')} IS NULL OR {v('lf')} IS DISTINCT FROM {v('ll')})"
    moved = f"({v('wf')} IS DISTINCT FROM {v('bf')} OR {v('wl')} IS DISTINCT FROM {v('bl')})"
    none, answered = f"{q(f'{root}.done')} IS NULL", q(f"{p}answer.1")
    start, open_ = code("start-unknown"), code("deed-unknown")
    said = f"{q(f'{answer}.done')}"
    past = f"({said} IS NOT NULL AND {case((said, q(f'{answer}.first')), otherwise=str(now))} > {v('bl')})"
    one = f"{v('bf')} IS NOT DISTINCT FROM {v('bl')}"
    hinge = f"({moved} AND {past} AND ({one} OR NOT {true(q(f'{told}.done'))}))"
    reasons = {
        f"{p}{w}.2": case(
            (none, code("trigger-unknown")),
            (f"{q(f'{p}{w}.1')} = {start}", case((root_unsure, start), otherwise=open_)),
            otherwise=q(f"{p}{w}.1"),
        )
        for w in ("ack", "log")
    }
    reasons[f"{p}answer.2"] = case(
        (none, code("trigger-unknown")),
        (
            f"{answered} = {start}",
            case((hinge, code("extension-unknown")), (unsure, start), otherwise=open_),
        ),
        (
            f"{answered} = {code('in-time')} AND NOT {v('none')} AND {q(f'{answer}.last')} > {v('bl')}",
            code("in-extended-time"),
        ),
        otherwise=answered,
    )
    reasons[f"{p}told.2"] = case(
        (f"{v('was')} IS NULL OR {none}", code("trigger-unknown")),
        (f"NOT {v('was')}", code("no-extension")),
        (f"{q(f'{p}told.0')} = {start}", case((unsure, start), otherwise=open_)),
        otherwise=q(f"{p}told.0"),
    )
    reasons[f"{p}kf"] = case((f"{v('good')} AND {v('bf')} IS NOT NULL", str(FAR)), otherwise=v("ef"))
    reasons[f"{p}kl"] = case((f"coalesce({v('good')}, true) AND {v('bl')} IS NOT NULL", str(FAR)), otherwise=v("el"))
    f.add(reasons)
    day = q(f"{to}.d")
    f.add(
        {
            f"{p}limit.2": case(
                (f"{v('was')} IS NULL OR {none}", code("trigger-unknown")),
                (f"NOT {v('was')}", code("no-extension")),
                (f"{to}__state = 2", code("no-new-date")),
                (f"{day} IS NULL", code("extension-unknown")),
                (f"{day} <= {v('kf')}", code("within-limit")),
                (f"{day} > {v('kl')} AND {v('kl')} = {v('bl')}", code("extension-not-permitted")),
                (f"{day} > {v('kl')}", code("beyond-limit")),
                (f"{v('bf')} IS NOT DISTINCT FROM {v('bl')}", code("condition-unknown")),
                otherwise=start,
            )
        }
    )
    rests_on = {
        "ack": (root, ack), "log": (root, log), "answer": (root, ack, answer), "told": (root, ack, told, to),
        "limit": (root, ack, told, to),
    }  # fmt: skip
    f.add(
        {
            f"{p}{w}.code": case(
                (either([bad(e) for e in names]), code("contradictory")),
                (f"NOT {q(f'{root}.done')}", code("stage-not-reached")),
                otherwise=q(f"{p}{w}.2"),
            )
            for w, names in rests_on.items()
        }
    )
    figures = {}
    for w, (deed, a, b) in timed.items():
        was = q(f"{p}{w}.code")
        figures[f"{p}{w}.due"] = case(
            (f"{was} BETWEEN 32 AND 63", v(b)), (f"{was} < 96 OR {was} = {code('complaint-refused')}", v(a))
        )
        figures[f"{p}{w}.actual"] = case(
            (f"{was} = {code('not-done-and-due')}", str(now)),
            (f"{was} = {code('late')} AND {q(f'{deed}.done')}", q(f"{deed}.last")),
        )
    limit = q(f"{p}limit.code")
    figures[f"{p}limit.due"] = case(
        (f"{limit} BETWEEN 32 AND 63", v("kl")), (f"{limit} = {code('within-limit')} AND {v('kf')} < {FAR}", v("kf"))
    )
    figures[f"{p}limit.actual"] = case((f"{limit} BETWEEN 32 AND 63", day))
    f.add(figures)
    both = {}
    for w in (*timed, "limit"):
        both[f"{p}{w}.o1"] = ("ordinal", f"{p}{w}.actual")
        both[f"{p}{w}.o2"] = ("ordinal", f"{p}{w}.due")
    f.look_up(both)
    f.add({f"{p}{w}.late": f"({q(f'{p}{w}.o1')} - {q(f'{p}{w}.o2')})" for w in (*timed, "limit")})


def _decide(deed: str, first: str, last: str, now: int) -> str:
    too_late = f"{q(f'{deed}.first')} > {last}"
    undone = case(
        (f"{now} <= {first}", code("not-yet-due")), (f"{now} > {last}", code("not-done-and-due")),
        otherwise=code("start-unknown"),
    )  # fmt: skip
    done = case(
        (f"{q(f'{deed}.last')} <= {first}", code("in-time")), (too_late, code("late")), otherwise=code("start-unknown")
    )
    open_ = case((f"{too_late} AND {now} > {last}", code("late")), otherwise=code("deed-unknown"))
    return case((f"NOT {q(f'{deed}.done')}", undone), (q(f"{deed}.done"), done), otherwise=open_)


def _outputs() -> list[str]:
    found = []
    known = f"{q('received.d')} IS NOT NULL"
    for place, (kind, stage, what, shown_by) in enumerate(DUTIES):
        due = late = "NULL"
        w = f"{STAGES[stage]['p']}{what}"
        if kind == "timed":
            made, due, late = q(f"{w}.code"), q(f"{w}.due"), q(f"{w}.late")
        elif kind == "item":
            made = _item(what, stage, shown_by)
        elif kind == "intervals":
            made = _intervals(stage)
        elif kind == "grounds":
            made = _grounds(stage)
        elif kind == "asked":
            made = _gated(2, _letter("escalation_requested", _flag("escalation_reasons_required"), wanted=False))
        else:
            made = _people()
        made = case((known, made), otherwise=code("receipt-unknown"))
        due = f"(DATE '1970-01-01' + {case((known, f'{due}::INTEGER'))})::DATE"
        found += [
            f"({made} // 32)::UTINYINT AS {q(f'{place}.outcome')}",
            f"({made})::UTINYINT AS {q(f'{place}.reason')}",
        ]
        if kind == "timed":
            found += [
                f"{due} AS {q(f'{place}.due')}",
                f"({case((known, f'{late}::INTEGER'))})::INTEGER AS {q(f'{place}.late')}",
            ]
    return found


def _flag(name: str) -> str:
    return case((f"{name}__state = 2", "false"), (f"{name}__state = 1", name))


def _letter(name: str, said: str, *, wanted: bool = True) -> str:
    done, never = q(f"{name}.done"), f"{name}__state = 2"
    if not wanted:
        return case(
            (f"NOT {done}", code("letter-not-sent")),
            (f"({said}) IS NULL", code("content-unknown")),
            (f"NOT ({said})", case((done, code("not-done-as-required")), otherwise=code("content-unknown"))),
            (f"{done} IS NULL", code("trigger-unknown")),
            otherwise=code("forbidden-done"),
        )
    return case(
        (f"NOT {done} AND {never} AND ({said})", code("contradictory")),
        (f"NOT {done}", code("letter-not-sent")),
        (f"({said}) AND ({done} OR {q(f'{name}.last')} IS NULL)", code("done")),
        (f"({said}) IS NULL OR ({said})", code("content-unknown")),
        (f"{done} IS NULL", code("trigger-unknown")),
        otherwise=code("left-out"),
    )


def _gated(stage: int, made: str) -> str:
    if stage == 1:
        return case((f"NOT {q('received.done')}", code("stage-not-reached")), otherwise=made)
    reached = q("escalation_requested.done")
    return case(
        (f"{q('requested.bad')} AND NOT {reached}", code("contradictory")),
        (f"NOT {reached}", code("stage-not-reached")),
        otherwise=made,
    )


def _item(name: str, stage: int, shown_by: str) -> str:
    said = _flag(shown_by)
    if not shown_by.endswith("extension_new_date"):
        return _gated(stage, _letter(name, said))
    dated = f"{q(('stage2_' if stage == 2 else '') + 'extended_to.d')} IS NOT NULL"
    against = f"{dated} AND {shown_by}__state = 1 AND NOT ({said})"
    made = _letter(name, case((dated, "true"), otherwise=said))
    return _gated(stage, case((against, code("contradictory")), otherwise=made))


def _intervals(stage: int) -> str:
    p, root = str(STAGES[stage]["p"]), str(STAGES[stage]["root"])
    made, answer = _letter(root, _flag(f"{p}update_intervals_agreed")), q(f"{p}answer.code")
    late = f"({answer} BETWEEN 32 AND 63)"
    return _gated(
        stage,
        case(
            (f"{answer} BETWEEN 96 AND 127", case((f"({made}) < 96", code("condition-unknown")), otherwise=made)),
            (f"NOT {late}", code("condition-not-met")),
            otherwise=made,
        ),
    )


def _grounds(stage: int) -> str:
    root, refused = str(STAGES[stage]["root"]), str(STAGES[stage]["refused"])
    reached, done = q(f"{root}.done"), q(f"{refused}.done")
    return case(
        (f"{bad(root)} OR {bad(refused)}", code("contradictory")),
        (f"NOT {reached}", code("stage-not-reached")),
        (f"{reached} IS NULL", code("trigger-unknown")),
        (f"{done} IS NULL", code("deed-unknown")),
        (f"NOT {done}", code("not-done-as-required")),
        otherwise=code("ground-unknown"),
    )


def _people() -> str:
    reached, decided = q("escalation_requested.done"), q("stage2_responded.done")
    return case(
        (f"({q('requested.bad')} OR {q('stage2_responded.bad')}) AND NOT {reached}", code("contradictory")),
        (f"NOT {reached}", code("stage-not-reached")),
        (f"{reached} IS NULL", code("trigger-unknown")),
        (f"NOT {decided}", code("stage-not-decided")),
        (f"(handler = stage2_handler) IS NULL OR {decided} IS NULL", code("person-unknown")),
        ("handler = stage2_handler", code("same-person")),
        otherwise=code("different-person"),
    )


assert by_hand.BEFORE == BEFORE
