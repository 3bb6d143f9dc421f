"""Clause labels between brackets: ``[3.2]``, ``[3.1a, 3.1c]``, and ranges in lists of labels (``[1.1 to 1.6]``)."""

from __future__ import annotations

import re

_LAST_NUMBER = re.compile(r"^(.*?)([0-9]+)$")


def read_labels(text: str) -> tuple[str, ...]:
    """The labels inside one pair of brackets, in order, with white space tidied."""
    return tuple(
        " ".join(part.split()) for part in re.split("[,\uff0c\u3001]", text.strip("[]\uff3b\uff3d")) if part.strip()
    )


def spread(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Write ranges out: ``1.1 to 1.4`` becomes the four labels. A range whose ends do not match stays as it is."""
    found: list[str] = []
    for label in labels:
        ends = label.split(" to ")
        if len(ends) == 2:
            first, last = _LAST_NUMBER.match(ends[0].strip()), _LAST_NUMBER.match(ends[1].strip())
            if first and last and first[1] == last[1] and int(first[2]) <= int(last[2]) <= int(first[2]) + 999:
                found.extend(f"{first[1]}{n}" for n in range(int(first[2]), int(last[2]) + 1))
                continue
        found.append(label)
    return tuple(found)
