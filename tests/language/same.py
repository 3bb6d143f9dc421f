"""Whether two trees say the same: everything but where it stands."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from policylang.language import tree as t
from policylang.language.statements import Source, cut

_NOT_MEANT = {"span", "comments", "name"}


def same_meaning(left: Any, right: Any) -> bool:
    """Whether two trees (or parts of trees) are the same but for places, comments and the name of the file."""
    return differences(left, right) == []


def differences(left: Any, right: Any, path: str = "tree") -> list[str]:
    """What differs between two trees, as paths, for the message of a failing test."""
    if type(left) is not type(right):
        return [f"{path}: {left!r} is not {right!r}"]
    if is_dataclass(left):
        found = []
        for field in fields(left):
            if field.name not in _NOT_MEANT:
                one, other = getattr(left, field.name), getattr(right, field.name)
                found += differences(one, other, f"{path}.{field.name}")
        return found
    if isinstance(left, tuple):
        if len(left) != len(right):
            return [f"{path}: {len(left)} parts are not {len(right)}"]
        pairs = enumerate(zip(left, right, strict=True))
        return [each for n, (one, other) in pairs for each in differences(one, other, f"{path}[{n}]")]
    return [] if left == right else [f"{path}: {left!r} is not {right!r}"]


def comments_of(text: str) -> list[str]:
    """Every comment of a text, in order of the place where it stands."""
    statements, rest = cut(Source(text))
    return [comment.text for statement in statements for comment in statement.comments] + [c.text for c in rest]


def nodes_of(tree: t.Tree) -> list[type[t.Node]]:
    return [type(node) for node in tree.nodes]
