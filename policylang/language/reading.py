"""One heading or sentence through the grammar: its lark tree, or the place where it stops making sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylang.language.statements import Shape
from policylang.language.tables import grammar

if TYPE_CHECKING:
    from lark import Token
    from lark import Tree as LarkTree
    from lark.exceptions import UnexpectedInput


class Fault:
    """Where a text stops fitting the grammar (``at``, an offset; the text's length if it stops too soon)."""

    def __init__(self, at: int, cause: UnexpectedInput) -> None:
        self.at, self._cause = at, cause

    def expected(self) -> frozenset[str]:
        """The grammar's names for everything that could stand there instead; ``$END`` for nothing more."""
        parser = getattr(self._cause, "interactive_parser", None)
        return frozenset() if parser is None else frozenset(parser.accepts())


def read(text: str, shape: Shape) -> Fault | None:
    """The first fault of a text, or None if it is a heading or sentence of the language."""
    result = parsed(text, shape)
    return result if isinstance(result, Fault) else None


def parsed(text: str, shape: Shape) -> LarkTree[Token] | Fault:
    """The lark tree of one heading or sentence without its closing mark, or its first fault."""
    from lark.exceptions import UnexpectedInput

    try:
        return grammar().parse(text, start="heading" if shape is Shape.HEADING else "sentence")
    except UnexpectedInput as cause:
        token = getattr(cause, "token", None)
        at = len(text) if token is not None and token.type == "$END" else cause.pos_in_stream
        return Fault(len(text) if at is None else at, cause)
