"""What was made of an open debate, remembered with it and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate

P = ParamSpec("P")
R = TypeVar("R")
Function = Callable[Concatenate["OpenDebate", P], R]


def remembered(most: int) -> Callable[[Function[P, R]], Function[P, R]]:
    """Return a decorator for functions of an open debate: the ``most`` last results are kept.

    They are kept by the debate itself and for it alone: nothing made of one debate is ever given
    for another, and when a debate is let go nothing of it stays.
    """

    def remembering(function: Function[P, R]) -> Function[P, R]:
        @wraps(function)
        def call(opened: OpenDebate, /, *args: P.args, **kwargs: P.kwargs) -> R:
            kept = opened.remembered.get(function)
            if kept is None:
                kept = opened.remembered.setdefault(function, _kept(function, opened, most))
            result: R = kept(*args, **kwargs)
            return result

        return call

    return remembering


def _kept(function: Callable[..., Any], opened: OpenDebate, most: int) -> Callable[..., Any]:
    # A strong reference would make a circle, which only the collector can undo.
    debate = ref(opened)
    return lru_cache(most)(lambda *args, **kwargs: function(debate(), *args, **kwargs))
