"""A mutant put in the place of the code it was made from, in a process where everything is loaded already.

Whatever another module has imported has to change with it. So nothing is replaced that others may hold: a function gets
the mutant's code, and stays the same function; a constant is set wherever it was imported under its name.
"""

from __future__ import annotations
import __future__

import ast
import functools
import sys
from types import FunctionType, ModuleType
from typing import Any

from benchmarks.mutation.mutants import Mutant

FLAGS = __future__.annotations.compiler_flag
OURS = ("policylang", "tests")


class CannotPlace(Exception):
    """The change is of a kind that cannot be put into a running program."""


def install(mutant: Mutant) -> None:
    """Make the running program the mutant. Raises :class:`CannotPlace`."""
    module = sys.modules[mutant.module]
    forget()
    mutant.apply()
    code = compile(ast.Module([mutant.top], []), module.__file__ or "", "exec", FLAGS, dont_inherit=True)
    if isinstance(mutant.top, ast.FunctionDef | ast.ClassDef):
        scratch = dict(module.__dict__)
        exec(code, scratch)
        name = mutant.top.name
        if not _patch(getattr(module, name), scratch[name]):
            raise CannotPlace(mutant.key)
    else:
        _set(module, code, mutant)


def forget() -> None:
    """Empty the caches of the checker: what was found out until now was found out without the mutant."""
    for name, module in list(sys.modules.items()):
        if name.startswith("policylang.checker"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _set(module: ModuleType, code: Any, mutant: Mutant) -> None:
    old = dict(module.__dict__)
    exec(code, module.__dict__)
    changed = [name for name, value in module.__dict__.items() if name in old and value is not old[name]]
    for name in changed:
        for other in list(sys.modules.values()):
            if other is not None and other.__name__.startswith(OURS) and getattr(other, name, None) is old[name]:
                setattr(other, name, module.__dict__[name])


def _patch(old: Any, new: Any) -> bool:
    """Give ``old`` the code of ``new``; whether anything was changed."""
    old, new = _plain(old), _plain(new)
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        same = old.__code__ == new.__code__ and old.__defaults__ == new.__defaults__
        same = same and old.__kwdefaults__ == new.__kwdefaults__
        if not same:
            old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
        return not same
    if isinstance(old, type) and isinstance(new, type):
        there = vars(old)
        done = [_patch(there[name], value) for name, value in list(vars(new).items()) if name in there]
        return any(done)
    return False


def _plain(thing: Any) -> Any:
    """The function that a decorator has wrapped."""
    if isinstance(thing, property):
        return thing.fget
    if isinstance(thing, functools.cached_property):
        return thing.func
    if isinstance(thing, staticmethod | classmethod):
        return thing.__func__
    return getattr(thing, "__wrapped__", thing)
