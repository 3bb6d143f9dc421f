"""Reading the vocabulary's file: line by line where every line has its usual form, as YAML where one has not.

The file is YAML. It is also, line by line, so regular that it can be read many times faster without a YAML reader,
which is more than half of what a short command would otherwise spend on it. A test holds the two readings together.
"""

from __future__ import annotations

import re
from typing import Any

_KIND = re.compile(r"([a-z]+):\s*")
_ENTRY = re.compile(r"  ([a-z0-9-]+): \{(.*)\}\s*")
_PART = re.compile(
    r"([a-z-]+): (?:"
    r'"([^"\\]*)"'  # in quotes
    r"|\[([a-z0-9, -]*)\]"  # a list of words
    r"|\{([a-z0-9_:, ]*)\}"  # a word for each stage
    r"|([a-z][a-z0-9_-]*)"  # a word
    r")(?:, |$)"
)
_NOT_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])  # YAML takes them for values


def read_lines(text: str) -> dict[str, dict[str, dict[str, Any]]] | None:
    """The content by kind and word; None where some line is not in its usual form (YAML may still know better)."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    entries: dict[str, dict[str, Any]] | None = None
    for line in text.split("\n"):
        match = _ENTRY.fullmatch(line)
        if match is not None:
            parts = _parts(match[2])
            if parts is None or entries is None or match[1] in entries or not match[1][0].isalpha():
                return None
            entries[match[1]] = parts
        elif line.strip() and not line.startswith("#") and line.strip() != "vocabulary: 1":
            kind = _KIND.fullmatch(line)
            if kind is None or kind[1] in found:
                return None
            entries = found[kind[1]] = {}
    if any(word in _NOT_WORDS for words in found.values() for word in words):
        return None
    return found


def _parts(text: str) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or match[1] in found:
            return None
        name, quoted, words, stages, word = match.groups()
        if quoted is not None:
            found[name] = quoted
        elif words is not None:
            found[name] = words.split(", ")
            if not words or not _NOT_WORDS.isdisjoint(found[name]):
                return None
        elif stages is not None:
            pairs = [pair.split(": ") for pair in stages.split(", ")]
            if not all(len(pair) == 2 and pair[0].isdigit() for pair in pairs):
                return None
            found[name] = {int(stage): event for stage, event in pairs}
        elif word in _NOT_WORDS:
            return None
        else:
            found[name] = word
        at = match.end()
    return found


def read_text(text: str) -> Any:
    """The content of the vocabulary's file, however it is read."""
    content = read_lines(text)
    if content is None:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        content = yaml.load(text, Loader=loader)
    return content
