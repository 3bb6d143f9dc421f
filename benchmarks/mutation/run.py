"""How many mutants of a group of modules the tests notice: ``python -m benchmarks.mutation.run lint``.

Everything is loaded and collected once. Each mutant is then put into a fork of that process, which runs the tests that
reach its line, the quickest first, until one fails. A first fork, without a mutant, finds out which tests reach what.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import pickle
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

from benchmarks.mutation.install import CannotPlace, forget, install
from benchmarks.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
LINT = sorted(p for p in (ROOT / "policylang" / "checker" / "lint").glob("*.py") if p.name != "__init__.py")
ENTAILMENT = [
    ROOT / "policylang" / "checker" / f"{name}.py"
    for name in ("timelines", "deadlines", "due_tables", "clocks", "logic", "limits", "complete")
]
GROUPS: dict[str, tuple[list[Path], list[str]]] = {
    # What starts Python anew cannot see a mutant.
    "lint": (LINT, ["tests/lint", "--ignore=tests/lint/test_new_rule.py", "--ignore=tests/lint/test_start.py"]),
    # Of the chunks of generated questions one or two; of the long laws none.
    "entailment": (ENTAILMENT, [
        "tests/checker/test_pages.py", "tests/checker/test_due_tables.py", "tests/checker/test_logic.py",
        "tests/checker/test_calendar_edges.py",
        "tests/checker/test_choices.py", "tests/checker/test_stories.py",
        *(f"tests/checker/test_prover.py::test_prover_agrees_with_brute_force[{chunk}]" for chunk in (4, 5)),
        "tests/checker/test_prover.py::test_refutations_keep_the_policy_and_break_the_demand",
        "tests/checker/test_pairs.py::test_the_checker_agrees_with_brute_force[2]",
        "tests/checker/test_round_trip.py::test_stories_of_the_pages",
    ]),
}  # fmt: skip
KILLED, SURVIVED, TIMED_OUT, NOT_REACHED, NOT_PLACED = "killed", "survived", "timed out", "not reached", "not placed"
SECONDS = 60
EXAMPLES = 15


@dataclass(slots=True)
class Reached:
    """What the first fork found: for each test, how long it takes and the lines it runs; and the tests that fail."""

    seconds: list[float] = field(default_factory=list)
    lines: list[dict[str, set[int]]] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)


class Mutation:
    """The pytest plugin that runs mutants where tests would have been run."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.results: list[dict[str, Any]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise pytest.UsageError("The tests cannot be collected.")
        paths, _ = GROUPS[self.options.group]
        names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
        for name in names.values():
            importlib.import_module(name)
        _warm()
        gc.collect()
        gc.freeze()
        began = time.monotonic()
        reached = _in_a_fork(lambda: _reach(session.items, {str(p): name for p, name in names.items()}), 3600)[1]
        assert isinstance(reached, Reached), "the tests did not run to their end"
        print(f"{len(session.items)} tests in {sum(reached.seconds):.0f} s, traced; failing without a mutant:",
              len(reached.failing), *reached.failing, flush=True)  # fmt: skip
        chosen = self.chosen([m for path, name in names.items() for m in mutants(path, name)])
        for number, mutant in enumerate(chosen, 1):
            if time.monotonic() - began > self.options.minutes * 60:
                print(f"stopped after {self.options.minutes} minutes, {number - 1} of {len(chosen)}")
                break
            self.one(session, reached, mutant)
            if number % 50 == 0:
                print(number, dict(Counter(r["status"] for r in self.results)), f"{time.monotonic() - began:.0f} s",
                      flush=True)  # fmt: skip
        # A tree that somebody edited meanwhile fails its tests without any mutant: then nothing here counts.
        still = _in_a_fork(lambda: _failing(session.items), 3600)[1]
        if still is None or set(still) - set(reached.failing):
            print("The tests no longer pass without a mutant, so these results are void: run on a copy of the tree.")
        self.report(time.monotonic() - began)
        return True

    def chosen(self, found: list[Mutant]) -> list[Mutant]:
        options = self.options
        if options.module:
            found = [m for m in found if m.module.rpartition(".")[2] in options.module]
        if options.again:
            before = json.loads(Path(options.again).read_text(encoding="utf-8"))
            wanted = {r["key"] for r in before if r["status"] in (SURVIVED, NOT_REACHED)}
            return [m for m in found if m.key in wanted]
        if options.sample and options.sample < len(found):
            print(f"{options.sample} of {len(found)} mutants, drawn with seed {options.seed}")
            return random.Random(options.seed).sample(found, options.sample)
        return found

    def one(self, session: pytest.Session, reached: Reached, mutant: Mutant) -> None:
        began = time.monotonic()
        constant = mutant.top.__class__.__name__.endswith("Assign")
        lines = set(range(mutant.first, mutant.last + 1))
        able = [
            number
            for number, ran in enumerate(reached.lines)
            if (any(ran.values()) if constant else lines & ran.get(mutant.module, set()))
        ]
        able.sort(key=reached.seconds.__getitem__)
        items = [session.items[number] for number in able]
        status, by = NOT_REACHED, None
        if items:
            allowed = 5 + int(5 * sum(reached.seconds[number] for number in able))
            status, by = _in_a_fork(lambda: _judge(mutant, items), min(SECONDS, allowed))
        self.results.append({
            "key": mutant.key, "module": mutant.module, "line": mutant.line, "status": status, "by": by,
            "seconds": round(time.monotonic() - began, 2),
        })  # fmt: skip
        if status not in (KILLED, TIMED_OUT):
            print(f"{status}: line {mutant.line}: {mutant.key}", flush=True)

    def report(self, seconds: float) -> None:
        counts = Counter(r["status"] for r in self.results)
        noticed = counts[KILLED] + counts[TIMED_OUT]
        all_ = len(self.results) - counts[NOT_PLACED]
        score = f", score {100 * noticed / all_:.1f} %" if all_ else ""
        print(f"{all_} mutants: {dict(counts)}{score}, {seconds:.0f} s")
        by_module: dict[str, Counter[str]] = {}
        for result in self.results:
            by_module.setdefault(result["module"].rpartition(".")[2], Counter())[result["status"]] += 1
        for module, some in sorted(by_module.items()):
            missed = some[SURVIVED] + some[NOT_REACHED]
            print(f"  {module}: {some.total() - some[NOT_PLACED] - missed} of {some.total() - some[NOT_PLACED]}")
        if self.options.out:
            text = json.dumps(self.results, indent=1, ensure_ascii=False)
            Path(self.options.out).write_text(text, encoding="utf-8", newline="\n")


def _in_a_fork(work: Callable[[], Any], seconds: int) -> tuple[str, Any]:
    """The answer of ``work``, done in a fork with a limit on its time; (timed out, None) where it was stopped."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            signal.alarm(seconds * 20)  # the machine may be busy
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            answer = pickle.dumps(work())
            with os.fdopen(writing, "wb") as out:
                out.write(answer)
        except BaseException:
            os._exit(3)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as back:
        data = back.read()
    _, status = os.waitpid(child, 0)
    if data:
        return pickle.loads(data)  # type: ignore[no-any-return]
    stopped = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)
    return (TIMED_OUT if stopped else KILLED), None


def _judge(mutant: Mutant, items: Sequence[pytest.Item]) -> tuple[str, str | None]:
    try:
        install(mutant)
    except CannotPlace:
        return NOT_PLACED, None
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return KILLED, item.nodeid
    return SURVIVED, None


def _failing(items: Sequence[pytest.Item]) -> tuple[str, list[str]]:
    failing = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            failing.append(item.nodeid)
    return "run", failing


def _reach(items: Sequence[pytest.Item], modules: dict[str, str]) -> tuple[str, Reached]:
    """Run every test under a trace of the lines of ``modules`` (by file)."""
    found = Reached()
    for item, following in zip(items, [*items[1:], None], strict=True):
        lines: dict[str, set[int]] = {}

        def line(frame: FrameType, event: str, _: Any, lines: dict[str, set[int]] = lines) -> Any:
            if event == "line":
                lines.setdefault(modules[frame.f_code.co_filename], set()).add(frame.f_lineno)
            return line

        def call(frame: FrameType, event: str, _: Any, line: Any = line) -> Any:
            return line if frame.f_code.co_filename in modules else None

        forget()  # or only the first test that asks would be seen to reach what answers are kept of
        began = time.process_time()
        sys.settrace(call)
        try:
            reports = runtestprotocol(item, log=False, nextitem=following)
        finally:
            sys.settrace(None)
        found.seconds.append(time.process_time() - began)
        failed = any(report.failed for report in reports)
        if failed:
            found.failing.append(item.nodeid)
        found.lines.append({} if failed else lines)
    return "reached", found


def _warm() -> None:
    """Load what every test needs, once: the grammar and the vocabulary. Nothing of the checker is run before a fork."""
    from policylang.model.library import load_text

    load_text('policy "P".\nstage 1:\n  will respond within 10 working days of receipt [1].\n')


def main() -> int:
    """Run the mutants of one group; 0 also where some survive, since that is for a person to judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("group", choices=sorted(GROUPS))
    parser.add_argument("--module", action="append", help="only this module of the group (may be repeated)")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600, help="stop after so many")
    parser.add_argument("--out", help="write every mutant and what became of it to this JSON file")
    parser.add_argument("--again", help="only the mutants that survived in this JSON file")
    parser.add_argument("--tests", action="append", help="these tests instead of the group's own (may be repeated)")
    options = parser.parse_args()
    settings.register_profile(
        "mutation", deadline=None, derandomize=True, max_examples=EXAMPLES, database=None,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    tests = options.tests or GROUPS[options.group][1]
    return int(pytest.main([*tests, "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"], [Mutation(options)]))


if __name__ == "__main__":
    sys.exit(main())
