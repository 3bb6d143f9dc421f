"""Every way of reading an open text is tried, each once."""

from __future__ import annotations

import random

import pytest

from policylang.checker.choices import LIMIT, Choices, TooOpen, explore


def test_what_is_asked_last_may_hang_on_what_was_asked_first() -> None:
    def run(choices: Choices) -> str:
        first = choices.choose("first", ["a", "b"])
        second = choices.choose("second", ["x", "y", "z"]) if first == "b" else "-"
        return first + second + choices.choose("third", ["p", "q"])

    found = explore(run)
    assert found[0] == ({"first": "a", "third": "p"}, "a-p")
    assert sorted(result for _, result in found) == sorted(["a-p", "a-q"] + [f"b{s}{t}" for s in "xyz" for t in "pq"])


def test_the_same_question_has_the_same_answer_throughout_a_run() -> None:
    found = explore(lambda choices: (choices.choose("k", ["a", "b"]), choices.choose("k", ["a", "b"])))
    assert [result for _, result in found] == [("a", "a"), ("b", "b")]


def test_nothing_open_is_one_run() -> None:
    assert explore(lambda _: 1) == [({}, 1)]


@pytest.mark.parametrize("number", range(20))
def test_a_random_tree_of_questions(number: int) -> None:
    """Against counting the leaves of the tree directly."""
    seed = random.Random(number)
    tree = _tree(seed, 4)

    def run(choices: Choices) -> tuple[str, ...]:
        path: list[str] = []
        node = tree
        while node:
            name, branches = node
            taken = choices.choose(f"{name} after {'.'.join(path)}", list(branches))
            path.append(taken)
            node = branches[taken]
        return tuple(path)

    found = [result for _, result in explore(run)]
    assert len(found) == len(set(found)) == _leaves(tree)


Node = tuple[str, dict[str, "Node"]] | None


def _tree(seed: random.Random, depth: int) -> Node:
    if depth == 0 or seed.random() < 0.2:
        return None
    return f"q{seed.randrange(9)}", {str(n): _tree(seed, depth - 1) for n in range(seed.randint(1, 3))}


def _leaves(node: Node) -> int:
    return sum(map(_leaves, node[1].values())) if node else 1


def test_a_text_that_is_too_open_is_refused() -> None:
    with pytest.raises(TooOpen, match=str(LIMIT)):
        explore(lambda choices: [choices.choose(f"{n}", ["a", "b"]) for n in range(10)])
