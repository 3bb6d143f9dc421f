"""The duties of the Code of 2024 written by hand as bare Polars expressions: the yardstick of the columnar replay.

Written for the cases of make_cases.py and nothing else: no vague dates, every state given, every date well inside the
calendar, names that are plainly the same or not. On those it agrees with the replay in every cell (compare.py checks).
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

import polars as pl

from policylang.auditor.columns.codes import NUMBERS
from policylang.auditor.columns.tables import deadlines, number, ordinals
from policylang.model.calendar import load_calendar
from policylang.model.duration import Duration, Unit

CALENDAR = load_calendar("england-and-wales")
BEFORE = number(CALENDAR.first) - 1
STAGES = {
    1: {
        "root": "received", "log": "logged", "ack": "acknowledged", "told": "extension_notified", "to": "extended_to",
        "answer": "responded", "refused": "refused", "p": "", "days": 10,
    },
    2: {
        "root": "escalation_requested", "log": "stage2_logged", "ack": "stage2_acknowledged",
        "told": "stage2_extension_notified", "to": "stage2_extended_to", "answer": "stage2_responded",
        "refused": "escalation_refused", "p": "stage2_", "days": 20,
    },
}  # fmt: skip
FIRST_STAGE = ("logged", "acknowledged", "extension_notified", "responded", "refused", "escalation_requested")
SECOND_STAGE = (
    "stage2_logged", "stage2_acknowledged", "stage2_extension_notified", "stage2_responded", "escalation_refused",
)  # fmt: skip
c = pl.col


def u8(reason: str) -> pl.Expr:
    return pl.lit(NUMBERS[reason], pl.UInt8)


def table(days: int) -> pl.Expr:
    return pl.lit(deadlines(CALENDAR, Duration(days, Unit.WORKING_DAYS), False, None, None))


def due(days: int, start: str) -> pl.Expr:
    return table(days).gather((c(start) - BEFORE).reinterpret(signed=False))


def smaller(a: str, b: str) -> pl.Expr:
    return pl.when(c(b).is_null() | (c(a) <= c(b))).then(c(a)).otherwise(c(b))


def judge(cases: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """The outcomes of a batch: the same columns as the compiled function gives."""
    now = number(as_at)
    events = ["received", *FIRST_STAGE, *SECOND_STAGE, "extended_to", "stage2_extended_to", "closed"]
    f = cases.with_columns(
        pl.when(c(f"{e}__state") == 1).then(c(e).cast(pl.Int32)).alias(f"{e}.d") for e in events
    ).with_columns(
        *((c(f"{e}.d") <= now).fill_null(False).alias(f"{e}.past") for e in events),
        *(((c(f"{e}__state") == 2) | (c(f"{e}.d") > now).fill_null(False)).alias(f"{e}.never") for e in events),
    )
    shown = {
        "received": reduce(or_, (c(f"{e}.past") for e in (*FIRST_STAGE, *SECOND_STAGE, "closed"))),
        "escalation_requested": reduce(or_, (c(f"{e}.past") for e in SECOND_STAGE)),
    }
    after1 = c("received.d")
    after2 = (
        pl.when(c("escalation_requested.d").is_null() | (c("received.d") >= c("escalation_requested.d")))
        .then(c("received.d"))
        .otherwise(c("escalation_requested.d"))
    )
    made = []
    for e in ("received", *FIRST_STAGE, *SECOND_STAGE):
        came = c(f"{e}.past") | (c(f"{e}.d").is_null() & shown[e]) if e in shown else c(f"{e}.past")
        after = after1 if e in FIRST_STAGE else after2
        made += [
            pl.when(c(f"{e}.never")).then(False).when(came).then(True).alias(f"{e}.done"),
            pl.when(c(f"{e}.past")).then(c(f"{e}.d")).alias(f"{e}.last"),
            pl.when(~c(f"{e}.never"))
            .then(c(f"{e}.d") if e == "received" else pl.coalesce(c(f"{e}.d"), after))
            .alias(f"{e}.first"),
        ]
    for e in (*FIRST_STAGE, "extended_to", "closed"):
        said = (c(f"{e}.d") < c("received.d")).fill_null(False)
        if e != "extended_to":
            said = said | ((c("received__state") == 2) & c(f"{e}.past"))
        made.append(said.alias(f"{e}.bad"))
    for e in (*SECOND_STAGE, "stage2_extended_to"):
        for cause in ("received", "escalation_requested"):
            said = (c(f"{e}.d") < c(f"{cause}.d")).fill_null(False)
            if e != "stage2_extended_to":
                said = said | ((c(f"{cause}__state") == 2) & c(f"{e}.past"))
            made.append(said.alias(f"{e}.bad.{cause}"))
    f = f.with_columns(made)
    second = (*SECOND_STAGE, "stage2_extended_to")
    received_bad = reduce(
        or_,
        [
            *(c(f"{e}.bad") for e in (*FIRST_STAGE, "extended_to", "closed")),
            *(c(f"{e}.bad.received") for e in second),
        ],
    )
    requested_bad = reduce(or_, [c("escalation_requested.bad"), *(c(f"{e}.bad.escalation_requested") for e in second)])
    f = f.with_columns(
        received_bad.alias("received.bad"),
        requested_bad.alias("escalation_requested.bad"),
        *((c(f"{e}.bad.received") | c(f"{e}.bad.escalation_requested")).alias(f"{e}.bad") for e in second),
        *(
            pl.when(c(f"{s['p']}{flag}__state") == 2).then(False).when(c(f"{s['p']}{flag}__state") == 1)
            .then(c(f"{s['p']}{flag}")).alias(f"{s['p']}{flag}.flag")
            for s in STAGES.values() for flag in ("extension_good_reason",)
        ),
    )  # fmt: skip
    for stage in STAGES.values():
        f = deadlines_of(f, stage, now)
    return f.select("reference", *outputs(now))


def deadlines_of(f: pl.DataFrame, s: dict[str, object], now: int) -> pl.DataFrame:
    """Acknowledge, log, respond, and the two duties of an extension, at one stage."""
    root, ack, log, told, to, answer, refused, p = (
        str(s[k]) for k in ("root", "ack", "log", "told", "to", "answer", "refused", "p")
    )
    days = int(str(s["days"]))
    f = f.with_columns(due(5, f"{root}.first").alias("lf"), due(5, f"{root}.last").alias("ll"))
    f = f.with_columns(due(days, "lf").alias("gf"), due(days, "ll").alias("gl"))
    f = f.with_columns(
        (~c(f"{ack}.done").fill_null(True) | (c(f"{ack}.first") > c("gl")).fill_null(False)).alias("over"),
        due(days, f"{ack}.first").alias("af"),
        smaller(f"{ack}.last", "gl").alias("from"),
    )
    f = f.with_columns(due(days, "from").alias("al"))
    f = f.with_columns(
        pl.when("over").then(c("gf")).when(c("gf").is_null() | c("gl").is_null()).then(None)
        .when(c(f"{ack}.last") > c("gf")).then(smaller("af", "gf")).otherwise(c("af")).alias("bf"),
        pl.when("over").then(c("gl")).otherwise(c("al")).alias("bl"),
        (c(f"{told}.bad") | c(f"{to}.bad")).alias("doubt"),
        c(f"{to}.d").is_not_null().alias("dated"),
    )  # fmt: skip
    far = number(date.max)
    f = f.with_columns(
        (~c(f"{told}.done").fill_null(True)).alias("none"),
        (~c("doubt") & (c(f"{told}.first") > c("bl")).fill_null(False)).alias("late told"),
        (~c("dated") & (c(f"{to}__state") != 3) & c(f"{told}.last").is_not_null()).alias("plain"),
        due(days, "bf").alias("ef"),
        due(days, "bl").alias("el"),
        c(f"{p}extension_good_reason.flag").alias("good"),
        pl.when(~c(f"{told}__state").is_in([1]) & c("dated")).then(True).otherwise(c(f"{told}.done")).alias("was"),
    )
    f = f.with_columns(
        pl.when(~c("was")).then(False).otherwise(c("good")).alias("good"),
        (~c("none") & ~c("late told")).alias("asked"),
    )
    f = f.with_columns(
        (c("asked") & ~c("doubt") & c(f"{told}.done") & (c(f"{told}.last") <= c("bf"))).alias("surely"),
        pl.when(c("good") & ~c("plain")).then(far).otherwise(c("ef")).alias("rf"),
        pl.when(c("good").fill_null(True) & ~c("plain")).then(far).otherwise(c("el")).alias("rl"),
        pl.when(c("dated")).then(c(f"{to}.d")).when(c(f"{to}__state") == 3).then(number(date.min)).otherwise(far)
        .alias("earliest"),
        pl.when(c("dated") & ~c("doubt")).then(c(f"{to}.d")).otherwise(far).alias("latest"),
    )  # fmt: skip
    f = f.with_columns(
        smaller("earliest", "rf").alias("moved"),
        pl.when(c("bl").is_not_null()).then(smaller("latest", "rl")).alias("b"),
    )
    f = f.with_columns(
        pl.when(c("surely") & (c("moved") < far) & (c("moved") > c("bf"))).then(c("moved")).otherwise(c("bf"))
        .alias("wf"),
        pl.when(~c("asked")).then(c("bl")).when(c("b") < far)
        .then(pl.when(c("b") > c("bl")).then(c("b")).otherwise(c("bl"))).alias("wl"),
    )  # fmt: skip
    timed = {
        "ack": (ack, "lf", "ll"),
        "log": (log, "lf", "ll"),
        "answer": (answer, "wf", "wl"),
        "told": (told, "bf", "bl"),
    }
    f = f.with_columns(decide(deed, first, last, now).alias(f"{p}{w}.0") for w, (deed, first, last) in timed.items())
    undated, written = c(f"{refused}.last").is_null(), c(f"{refused}__state") == 3
    early, late = c(f"{refused}.last"), c(f"{refused}.first")
    f = f.with_columns(
        pl.when((is_breach(f"{p}{w}.0") | ~c(f"{deed}.done").fill_null(True)) & (~undated | written))
        .then(
            pl.when(undated).then(u8("trigger-unknown"))
            .when(c(f"{refused}.done") & (early <= c(first))).then(u8("complaint-refused"))
            .when(late > c(last)).then(c(f"{p}{w}.0"))
            .otherwise(u8("start-unknown"))
        ).otherwise(c(f"{p}{w}.0")).alias(f"{p}{w}.1")
        for w, (deed, first, last) in timed.items() if w != "told"
    )  # fmt: skip
    unsure = c("bf").is_null() | c("bf").ne_missing(c("bl"))
    moved = c("wf").ne_missing(c("bf")) | c("wl").ne_missing(c("bl"))
    reached = pl.when(c(f"{answer}.done")).then(c(f"{answer}.first")).otherwise(pl.lit(now, pl.Int32))
    past = c(f"{answer}.done").is_not_null() & (reached > c("bl"))
    root_unsure = c("lf").is_null() | c("lf").ne_missing(c("ll"))
    answered = c(f"{p}answer.1")
    none = c(f"{root}.done").is_null()
    f = f.with_columns(
        *(
            pl.when(none).then(u8("trigger-unknown"))
            .when(c(f"{p}{w}.1") == NUMBERS["start-unknown"])
            .then(pl.when(root_unsure).then(u8("start-unknown")).otherwise(u8("deed-unknown")))
            .otherwise(c(f"{p}{w}.1")).alias(f"{p}{w}.2")
            for w in ("ack", "log")
        ),
        pl.when(none).then(u8("trigger-unknown"))
        .when(answered == NUMBERS["start-unknown"])
        .then(
            pl.when(moved & past & (c("bf").eq_missing(c("bl")) | ~c(f"{told}.done").fill_null(False)))
            .then(u8("extension-unknown")).when(unsure).then(u8("start-unknown")).otherwise(u8("deed-unknown"))
        )
        .when((answered == NUMBERS["in-time"]) & ~c("none") & (c(f"{answer}.last") > c("bl")))
        .then(u8("in-extended-time")).otherwise(answered).alias(f"{p}answer.2"),
        pl.when(c("was").is_null() | none).then(u8("trigger-unknown")).when(~c("was")).then(u8("no-extension"))
        .when(c(f"{p}told.0") == NUMBERS["start-unknown"])
        .then(pl.when(unsure).then(u8("start-unknown")).otherwise(u8("deed-unknown")))
        .otherwise(c(f"{p}told.0")).alias(f"{p}told.2"),
        pl.when(c("good") & c("bf").is_not_null()).then(far).otherwise(c("ef")).alias("kf"),
        pl.when(c("good").fill_null(True) & c("bl").is_not_null()).then(far).otherwise(c("el")).alias("kl"),
    )  # fmt: skip
    day = c(f"{to}.d")
    f = f.with_columns(
        pl.when(c("was").is_null() | none).then(u8("trigger-unknown")).when(~c("was")).then(u8("no-extension"))
        .when(c(f"{to}__state") == 2).then(u8("no-new-date")).when(day.is_null()).then(u8("extension-unknown"))
        .when(day <= c("kf")).then(u8("within-limit"))
        .when((day > c("kl")) & (c("kl") == c("bl"))).then(u8("extension-not-permitted"))
        .when(day > c("kl")).then(u8("beyond-limit"))
        .when(c("bf").eq_missing(c("bl"))).then(u8("condition-unknown"))
        .otherwise(u8("start-unknown")).alias(f"{p}limit.2")
    )  # fmt: skip
    bad = {
        "ack": (root, ack), "log": (root, log), "answer": (root, ack, answer), "told": (root, ack, told, to),
        "limit": (root, ack, told, to),
    }  # fmt: skip
    f = f.with_columns(
        pl.when(reduce(or_, (c(f"{e}.bad") for e in names))).then(u8("contradictory"))
        .when(~c(f"{root}.done")).then(u8("stage-not-reached")).otherwise(c(f"{p}{w}.2")).alias(f"{p}{w}.code")
        for w, names in bad.items()
    )  # fmt: skip
    f = f.with_columns(
        *(
            pl.when(is_breach(f"{p}{w}.code")).then(c(last))
            .when((c(f"{p}{w}.code") < 96) | (c(f"{p}{w}.code") == NUMBERS["complaint-refused"])).then(c(first))
            .alias(f"{p}{w}.due")
            for w, (_, first, last) in timed.items()
        ),
        pl.when(is_breach(f"{p}limit.code")).then(c("kl"))
        .when((c(f"{p}limit.code") == NUMBERS["within-limit"]) & (c("kf") < far)).then(c("kf")).alias(f"{p}limit.due"),
        *(
            pl.when(c(f"{p}{w}.code") == NUMBERS["not-done-and-due"]).then(now)
            .when((c(f"{p}{w}.code") == NUMBERS["late"]) & c(f"{deed}.done")).then(c(f"{deed}.last"))
            .alias(f"{p}{w}.actual")
            for w, (deed, _, _) in timed.items()
        ),
        pl.when(is_breach(f"{p}limit.code")).then(day).alias(f"{p}limit.actual"),
    )  # fmt: skip
    count = pl.lit(ordinals(CALENDAR))

    def ordinal(name: str) -> pl.Expr:
        return count.gather((c(name) - BEFORE).reinterpret(signed=False))

    return f.with_columns(
        pl.when(c(f"{p}{w}.actual").is_not_null())
        .then(ordinal(f"{p}{w}.actual") - ordinal(f"{p}{w}.due"))
        .alias(f"{p}{w}.late")
        for w in (*timed, "limit")
    )


def decide(deed: str, first: str, last: str, now: int) -> pl.Expr:
    too_late = c(f"{deed}.first") > c(last)
    return (
        pl.when(~c(f"{deed}.done")).then(
            pl.when(now <= c(first)).then(u8("not-yet-due")).when(now > c(last)).then(u8("not-done-and-due"))
            .otherwise(u8("start-unknown"))
        )
        .when(c(f"{deed}.done")).then(
            pl.when(c(f"{deed}.last") <= c(first)).then(u8("in-time")).when(too_late).then(u8("late"))
            .otherwise(u8("start-unknown"))
        )
        .when(too_late & (now > c(last))).then(u8("late")).otherwise(u8("deed-unknown"))
    )  # fmt: skip


def is_breach(name: str) -> pl.Expr:
    return (c(name) >= 32) & (c(name) < 64)


def letter_of(stage: int, which: str, *items: str) -> list[tuple[str, int, str, str]]:
    """The items of a letter: what it must state, each with the flag that shows it."""
    sent = str(STAGES[stage][which])
    return [("item", stage, sent, f"{STAGES[stage]['p']}{item}") for item in items]


def in_turn(which: str, *items: str) -> list[tuple[str, int, str, str]]:
    """The same items of a letter at both stages, stage by stage for each item."""
    return [duty for item in items for stage in STAGES for duty in letter_of(stage, which, item)]


RESPONSE = ("response_reasons", "response_stage", "response_complaint_definition", "response_decision",
            "response_reasons", "response_remedy", "response_outstanding_actions")  # fmt: skip
DUTIES: list[tuple[str, int, str, str]] = [
    # In the order of the Code: the kind of duty, the stage, and what it is about.
    ("grounds", 1, "", ""),
    ("item", 1, "refused", "refusal_reasons"),
    ("item", 1, "refused", "refusal_ombudsman_rights"),
    *in_turn("ack", "acknowledgement_complaint_definition", "acknowledgement_outcomes_sought"),
    *in_turn("ack", "acknowledgement_responsibility"),
    ("intervals", 1, "", ""),
    ("intervals", 2, "", ""),
    ("grounds", 2, "", ""),
    ("item", 2, "escalation_refused", "escalation_refusal_reasons"),
    ("item", 2, "escalation_refused", "escalation_refusal_ombudsman_rights"),
    ("timed", 1, "ack", ""),
    ("timed", 1, "log", ""),
    ("timed", 1, "answer", ""),
    *letter_of(1, "told", "extension_reasons", "extension_new_date"),
    ("timed", 1, "told", ""),
    ("timed", 1, "limit", ""),
    *letter_of(1, "told", "extension_ombudsman_contact"),
    *letter_of(1, "answer", *RESPONSE, "response_how_to_escalate"),
    ("timed", 2, "ack", ""),
    ("timed", 2, "log", ""),
    ("asked", 2, "", ""),
    ("people", 2, "", ""),
    ("timed", 2, "answer", ""),
    *letter_of(2, "told", "extension_reasons", "extension_new_date"),
    ("timed", 2, "told", ""),
    ("timed", 2, "limit", ""),
    *letter_of(2, "told", "extension_ombudsman_contact"),
    *letter_of(2, "answer", *RESPONSE, "response_ombudsman_rights"),
]


def outputs(now: int) -> list[pl.Expr]:
    """Two columns for each duty, and two more where there is a deadline."""
    found: list[pl.Expr] = []
    # Nobody knows which edition judges a case without a day of receipt; all others came in under this one.
    known = c("received.d").is_not_null()
    for place, (kind, stage, what, shown_by) in enumerate(DUTIES):
        due_day, late = pl.lit(None, pl.Int32), pl.lit(None, pl.Int32)
        w = f"{STAGES[stage]['p']}{what}"
        if kind == "timed":
            code, due_day, late = c(f"{w}.code"), c(f"{w}.due"), c(f"{w}.late")
        elif kind == "item":
            code = item(what, stage, shown_by)
        elif kind == "intervals":
            code = intervals(stage)
        elif kind == "grounds":
            code = grounds(stage)
        elif kind == "asked":
            code = gated(2, letter("escalation_requested", flag("escalation_reasons_required"), wanted=False))
        else:
            code = people()
        code = pl.when(known).then(code).otherwise(u8("receipt-unknown"))
        found += [
            (code // pl.lit(32, pl.UInt8)).alias(f"{place}.outcome"),
            code.alias(f"{place}.reason"),
        ]
        if kind == "timed":
            due_day, late = pl.when(known).then(due_day), pl.when(known).then(late)
            found += [due_day.cast(pl.Date).alias(f"{place}.due"), late.alias(f"{place}.late")]
    return found


def flag(name: str) -> pl.Expr:
    known = c(f"{name}__state")
    return pl.when(known == 2).then(False).when(known == 1).then(c(name))


def letter(name: str, said: pl.Expr, *, wanted: bool = True) -> pl.Expr:
    done, never = c(f"{name}.done"), c(f"{name}__state") == 2
    if not wanted:
        return (
            pl.when(~done).then(u8("letter-not-sent")).when(said.is_null()).then(u8("content-unknown"))
            .when(~said).then(pl.when(done).then(u8("not-done-as-required")).otherwise(u8("content-unknown")))
            .when(done.is_null()).then(u8("trigger-unknown")).otherwise(u8("forbidden-done"))
        )  # fmt: skip
    sent = done | c(f"{name}.last").is_null()
    return (
        pl.when(~done & never & said).then(u8("contradictory")).when(~done).then(u8("letter-not-sent"))
        .when(said & sent).then(u8("done")).when(said.is_null() | said).then(u8("content-unknown"))
        .when(done.is_null()).then(u8("trigger-unknown")).otherwise(u8("left-out"))
    )  # fmt: skip


def gated(stage: int, code: pl.Expr) -> pl.Expr:
    if stage == 1:
        return pl.when(~c("received.done")).then(u8("stage-not-reached")).otherwise(code)
    return (
        pl.when(c("escalation_requested.bad") & ~c("escalation_requested.done")).then(u8("contradictory"))
        .when(~c("escalation_requested.done")).then(u8("stage-not-reached")).otherwise(code)
    )  # fmt: skip


def item(name: str, stage: int, shown_by: str) -> pl.Expr:
    said = flag(shown_by)
    if not shown_by.endswith("extension_new_date"):
        return gated(stage, letter(name, said))
    dated = c(f"{'stage2_' if stage == 2 else ''}extended_to.d").is_not_null()
    against = dated & (c(f"{shown_by}__state") == 1) & ~said
    code = letter(name, pl.when(dated).then(True).otherwise(said))
    return gated(stage, pl.when(against).then(u8("contradictory")).otherwise(code))


def intervals(stage: int) -> pl.Expr:
    p, root = str(STAGES[stage]["p"]), str(STAGES[stage]["root"])
    code = letter(root, flag(f"{p}update_intervals_agreed"))
    late = pl.when(~c(f"{p}answer.code").is_between(96, 127)).then(is_breach(f"{p}answer.code"))
    open_ = pl.when(code < 96).then(u8("condition-unknown")).otherwise(code)
    return gated(stage, pl.when(~late).then(u8("condition-not-met")).when(late.is_null()).then(open_).otherwise(code))


def grounds(stage: int) -> pl.Expr:
    root, refused = str(STAGES[stage]["root"]), str(STAGES[stage]["refused"])
    done = c(f"{refused}.done")
    return (
        pl.when(c(f"{root}.bad") | c(f"{refused}.bad")).then(u8("contradictory"))
        .when(~c(f"{root}.done")).then(u8("stage-not-reached"))
        .when(c(f"{root}.done").is_null()).then(u8("trigger-unknown"))
        .when(done.is_null()).then(u8("deed-unknown")).when(~done).then(u8("not-done-as-required"))
        .otherwise(u8("ground-unknown"))
    )  # fmt: skip


def people() -> pl.Expr:
    decided, same = c("stage2_responded.done"), c("handler") == c("stage2_handler")
    bad = c("escalation_requested.bad") | c("stage2_responded.bad")
    return (
        pl.when(bad & ~c("escalation_requested.done")).then(u8("contradictory"))
        .when(~c("escalation_requested.done")).then(u8("stage-not-reached"))
        .when(c("escalation_requested.done").is_null()).then(u8("trigger-unknown"))
        .when(~decided).then(u8("stage-not-decided"))
        .when(same.is_null() | decided.is_null()).then(u8("person-unknown"))
        .when(same).then(u8("same-person")).otherwise(u8("different-person"))
    )  # fmt: skip
