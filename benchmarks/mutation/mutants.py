"""Every small change that can be made to a module: one is one mutant.

A mutant that no test notices is a sentence of the program that no test asks for. What is changed: comparisons (negated,
and their boundary moved), `and`/`or`, `not` taken away, `+`/`-`, `*`/`//`, `min`/`max`, `any`/`all`, a condition made
always true or always false, a figure one up and one down, True/False, a returned value made None, a statement dropped,
and strings, but only those that something is looked up by (a key, never a message). What is not: annotations,
docstrings, imports, decorators, assertions (they are for the type checker) and the words of messages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
_REVERSED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_OPPOSITE = {"min": "max", "max": "min", "any": "all", "all": "any"}
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[a-z]+ times")
_PATTERNS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
NOTHING_MATCHES = "(?!)"


@dataclass(frozen=True, eq=False, slots=True)
class Mutant:
    """One change: ``holder`` (a node or a list of nodes) gets ``new`` at ``place`` (a field's name or an index).

    ``top`` is the statement of the module that it is in; ``first`` and ``last`` the lines a test must run to notice it.
    """

    module: str
    inside: str
    line: int
    kind: str
    before: str
    after: str
    top: ast.stmt
    first: int
    last: int
    holder: Any
    place: str | int
    new: Any

    @property
    def key(self) -> str:
        """What names the mutant in another run, also after lines were added above it."""
        return f"{self.module} {self.inside}: {self.kind}: {self.before} -> {self.after}"

    def apply(self) -> None:
        """Change the tree. There is no way back: it is done in a process that ends with the mutant."""
        if isinstance(self.place, int):
            self.holder[self.place] = self.new
        else:
            setattr(self.holder, self.place, self.new)
        ast.fix_missing_locations(self.top)


def mutants(path: Path, module: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[Mutant] = []
    for top in tree.body:
        if isinstance(top, ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign):
            found += _Finder(module, top).all()
    return found


class _Finder:
    def __init__(self, module: str, top: ast.stmt) -> None:
        self.module, self.top = module, top
        self.names: list[str] = []
        self.statement = top
        self.found: list[Mutant] = []

    def all(self) -> list[Mutant]:
        if isinstance(self.top, ast.Assign | ast.AnnAssign):
            self.names = [ast.unparse(self.top.targets[0] if isinstance(self.top, ast.Assign) else self.top.target)]
        self.node(self.top)
        return self.found

    def add(self, kind: str, old: ast.AST, holder: Any, place: str | int, new: Any) -> None:
        shown = "nothing" if new is None or isinstance(new, ast.Pass) else ast.unparse(new)
        # Of a compound statement only the head: what is under it is run by other tests.
        body = getattr(self.statement, "body", None)
        last = max(self.statement.lineno, body[0].lineno - 1) if body else self.statement.end_lineno
        self.found.append(Mutant(
            self.module, ".".join(self.names), getattr(old, "lineno", self.statement.lineno), kind,
            " ".join(ast.unparse(old).split()), " ".join(shown.split()), self.top, self.statement.lineno,
            last or self.statement.lineno, holder, place, new,
        ))  # fmt: skip

    # -- the walk

    def node(self, node: ast.AST) -> None:
        named = isinstance(node, ast.FunctionDef | ast.ClassDef)
        if named:
            self.names.append(node.name)  # type: ignore[attr-defined]
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "type_comment", "format_spec", "bases"):
                continue
            if isinstance(value, list):
                for index, child in enumerate(value):
                    if isinstance(child, ast.AST):
                        self.child(node, field, value, index, child)
            elif isinstance(value, ast.AST):
                self.child(node, field, node, field, value)
        if named:
            self.names.pop()

    def child(self, parent: ast.AST, field: str, holder: Any, place: str | int, child: ast.AST) -> None:
        if isinstance(child, ast.Assert | ast.Import | ast.ImportFrom):
            return
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            return  # a docstring
        before = self.statement
        if isinstance(child, ast.stmt):
            self.statement = child
            self.dropped(parent, field, holder, place, child)
        elif isinstance(parent, ast.keyword) and parent.arg == "strict":
            return  # of zip: an assertion too
        elif isinstance(child, ast.expr):
            for kind, new in self.expression(parent, field, child):
                self.add(kind, child, holder, place, new)
        self.node(child)
        self.statement = before

    # -- what can be done to a statement

    def dropped(self, parent: ast.AST, field: str, holder: Any, place: str | int, child: ast.stmt) -> None:
        alone = isinstance(parent, ast.If) and field == "body" and len(parent.body) == 1
        match child:
            case ast.Continue():
                self.add("stop instead", child, holder, place, ast.Break())
                if not alone:  # the same as a condition that never holds
                    self.add("drop", child, holder, place, ast.Pass())
            case ast.Break() | ast.Return(value=None) | ast.Raise() | ast.Expr() | ast.AugAssign() if not alone:
                self.add("drop", child, holder, place, ast.Pass())
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) if not alone:
                self.add("drop", child, holder, place, ast.Pass())
            case ast.Assign(targets=[ast.Name(id=name)]) if not alone and self.set_before(name, child):
                self.add("drop", child, holder, place, ast.Pass())
            case ast.Return(value=value) if value is not None and not _is_nothing(value):
                self.add("return", child, holder, place, ast.Return(ast.Constant(None)))
            case _:
                pass

    def set_before(self, name: str, statement: ast.stmt) -> bool:
        """Whether a name has a value already; without one, dropping the statement only makes a crash."""
        for node in ast.walk(self.top):
            if isinstance(node, ast.arg) and node.arg == name:
                return True
            stored = isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
            if stored and node.lineno < statement.lineno:  # type: ignore[attr-defined]
                return True
        return False

    # -- what can be done to an expression

    def expression(self, parent: ast.AST, field: str, node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
        condition = (field == "test" and isinstance(parent, ast.If | ast.IfExp)) or field in ("ifs", "guard")
        if condition:
            yield "condition", ast.Constant(True)
        if condition or (field == "test" and isinstance(parent, ast.While)):
            yield "condition", ast.Constant(False)
        match node:
            case ast.Compare(left, ops, comparators):
                for index, op in enumerate(ops):
                    for other in _COMPARED[type(op)]:
                        yield "compare", ast.Compare(left, [*ops[:index], other(), *ops[index + 1 :]], comparators)
            case ast.BoolOp(op, values):
                yield "and/or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            case ast.UnaryOp(ast.Not(), operand):
                yield "not", operand
            case ast.BinOp(left, op, right) if type(op) in _REVERSED and not _is_type(right):
                yield "arithmetic", ast.BinOp(left, _REVERSED[type(op)](), right)
            case ast.Call(ast.Name(id=name), args, keywords) if name in _OPPOSITE:
                yield "call", ast.Call(ast.Name(_OPPOSITE[name], ast.Load()), args, keywords)
            case ast.Constant(bool() as value):
                yield "constant", ast.Constant(not value)
            case ast.Constant(int() as value):
                yield "constant", ast.Constant(value + 1)
                yield "constant", ast.Constant(value - 1)
            case ast.Constant(str() as value):
                if _is_pattern(parent, node):
                    yield "pattern", ast.Constant(NOTHING_MATCHES)
                elif _KEY.fullmatch(value) and not isinstance(
                    parent, ast.IfExp | ast.Return | ast.JoinedStr | ast.BoolOp
                ):
                    yield "key", ast.Constant(f"{value}XX")
            case _:
                pass


def _is_nothing(node: ast.expr) -> bool:
    """None, False, zero or an empty text: None in its place is the same to anybody who only asks whether it is so."""
    return isinstance(node, ast.Constant) and not node.value


def _is_type(node: ast.expr) -> bool:
    """``A | B`` for isinstance is no arithmetic."""
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2][:1].isupper()


def _is_pattern(parent: ast.AST, node: ast.expr) -> bool:
    if not isinstance(parent, ast.Call) or not parent.args or parent.args[0] is not node:
        return False
    function = parent.func
    return isinstance(function, ast.Attribute) and ast.unparse(function.value) == "re" and function.attr in _PATTERNS
