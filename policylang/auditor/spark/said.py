"""What Spark and Java say of their own failures, brought down to the one line that a reader can use."""

from __future__ import annotations

import re

_PYTHON = re.compile(r"\w*(?:Error|Exception): .+")
_JAVA = re.compile(r"(?:Caused by: |Exception in thread \"[^\"]*\" )?(?:\w+\.)+[\w$]*(?:Error|Exception): (.+)")
_NOISE = re.compile(r"WARNING: |Setting default log level|To adjust logging level|Picked up |\s*at |\.{3} \d+ more")


def in_a_line(text: str) -> str:
    """The line that says most: an error of Python in a worker, else what Java made of it, else the first that is no
    mere notice; empty where there is none."""
    lines = [line.strip().removeprefix(": ") for line in text.splitlines() if line.strip()]
    of_python = [line for line in lines if _PYTHON.match(line)]
    of_java = [found[1] for line in lines if (found := _JAVA.match(line))]
    rest = [line for line in lines if not _NOISE.match(line)]
    return next(iter([*of_python, *of_java, *rest]), "")


def of_spark(error: BaseException, printed: str = "") -> str | None:
    """What Spark says of its own failure, in a line; None for an error that is not Spark's.

    ``printed`` is what Java has printed: where Java itself did not start, the error of the library says nothing.
    """
    root = type(error).__module__.split(".")[0]
    if root not in ("pyspark", "py4j") and not isinstance(error, ConnectionError):
        return None
    if isinstance(error, ConnectionError) or type(error).__name__ == "Py4JNetworkError":
        return "Java ended in the middle of the work, stopped by somebody or for want of memory"
    told = str(error)
    if "JAVA_GATEWAY_EXITED" in told:
        return in_a_line(printed) or "Java ended before Spark was there"
    return in_a_line(told) or type(error).__name__
