"""What several threads ask for while one of them is busy is done in one go.

A commit waits for the disk, so that two hundred ballots, each with a commit of its own, would wait
in a queue for seconds. Those that come while a commit is under way share the next one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Done = TypeVar("Done")


class _Waiting(Generic[Asked, Done]):
    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.outcome: Done | Exception | None = None


class Together(Generic[Asked, Done]):
    """Does what is asked of it, whatever waits at once, in the order of asking."""

    def __init__(self, do: Callable[[Sequence[Asked]], Sequence[Done | Exception]]) -> None:
        """Take what does it: an outcome for each, in order. What it raises is raised to all."""
        self._do = do
        self._waiting: deque[_Waiting[Asked, Done]] = deque()
        self._doing = threading.Lock()

    def ask(self, asked: Asked) -> Done:
        """Return the outcome of what is asked once it is done; raise it where it is an error."""
        one: _Waiting[Asked, Done] = _Waiting(asked)
        self._waiting.append(one)
        with self._doing:
            if one.outcome is None:
                self._do_all()
        if isinstance(one.outcome, Exception):
            raise one.outcome
        assert one.outcome is not None
        return one.outcome

    def _do_all(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            outcomes = self._do([one.asked for one in batch])
        except Exception as error:
            # One error raised in several threads would gather the traces of all.
            outcomes = [_copy(error) for _ in batch]
        for one, outcome in zip(batch, outcomes, strict=True):
            one.outcome = outcome


def _copy(error: Exception) -> Exception:
    copied = type(error)(*error.args) if type(error).__init__ is Exception.__init__ else error
    copied.__cause__ = error.__cause__
    return copied
