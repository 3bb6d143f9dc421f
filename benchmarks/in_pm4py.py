"""The side of against_pm4py.py that runs in an environment with pm4py: reads log.csv, writes found.json.

Nothing of the project is imported here. Each check is what pm4py has for "B within a time of A": the rule of temporal
logic *eventually follows* with bounds (days on the calendar only), and conformance to a temporal profile, which can
also count business hours with a work calendar.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

import pandas
import pm4py
from pm4py.algo.conformance.temporal_profile import algorithm as temporal_profile
from pm4py.algo.filtering.pandas.ltl import ltl_checker

DAY = 86_400
MOST_FOR_PROFILE = 100_000  # its time grows with the square of the cases: 0.4 s for 10,000, 28 s for 100,000
PAIR = ("received", "acknowledged")
CASE, EVENT, TIME = "case:concept:name", "concept:name", "time:timestamp"


class Closed:
    """A work calendar: which days of the week are closed for all that."""

    def __init__(self, days):
        self.days = {date.fromisoformat(day) for day in days}

    def is_working_day(self, day):
        return day not in self.days


def profile(log, most, **options):
    """The cases in which the second event comes later than so many seconds after the first."""
    found = temporal_profile.apply(log, {PAIR: (0.0, float(most))}, parameters={"zeta": 1.0, **options})
    names = log[CASE].drop_duplicates().tolist()
    return {str(name) for name, deviations in zip(names, found, strict=True) if deviations}


def follows(log, most):
    """The same, as those that have both events in order, less those that have them in time."""
    at_all = ltl_checker.eventually_follows(log, list(PAIR), parameters={"positive": True})
    bounds = {"positive": True, "enable_timestamp": True, "timestamp_diff_boundaries": [(0, most)]}
    in_time = ltl_checker.eventually_follows(log, list(PAIR), parameters=bounds)
    return set(at_all[CASE].unique()) - set(in_time[CASE].unique())


def timed(check, rounds):
    took = []
    for _ in range(rounds):
        start = time.process_time()
        late = check()
        took.append(time.process_time() - start)
    return {"cpu": min(took), "late": sorted(late)}


def main():
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    start = time.process_time()
    log = pandas.read_csv(folder / "log.csv", dtype={"reference": str}, parse_dates=["day"])
    log = pm4py.format_dataframe(log, case_id="reference", activity_key="event", timestamp_key="day")
    read = time.process_time() - start
    log = log[log[EVENT].isin(PAIR)]
    closed = Closed(json.loads((folder / "holidays.json").read_text(encoding="utf-8")))
    week = {"business_hours": True, "business_hour_slots": [(0, 5 * DAY)], "workcalendar": closed}
    # The last day in time is over when one more day has begun: hence a second less than that.
    checks = {"calendar": {"eventually follows": timed(lambda: follows(log, 7 * DAY - 1), rounds)}, "working": {}}
    if log[CASE].nunique() <= MOST_FOR_PROFILE:
        checks["calendar"]["temporal profile"] = timed(lambda: profile(log, 7 * DAY - 1), rounds)
        checks["working"]["temporal profile"] = timed(lambda: profile(log, 5 * DAY - 1, **week), rounds)
    made = {"version": pm4py.__version__, "read": read, "checks": checks}
    (folder / "found.json").write_text(json.dumps(made), encoding="utf-8")


if __name__ == "__main__":
    main()
