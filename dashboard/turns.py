"""Runs of the pages take turns, so that each is soon done."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.5
"""So many seconds a turn is waited for; then others go on beside the run that takes so long."""


class _Turn:
    """The turn of this process, and when it was taken by who has it."""

    lock = threading.Lock()
    taken: float | None = None


@contextmanager
def in_turn() -> Iterator[None]:
    """Hold the turn of this process while a page is run.

    Python runs one thread at a time. Runs side by side are cut into slices and end late, all
    together; one after another, all but the last end sooner and none later.
    """
    taken = _Turn.lock.acquire(timeout=_patience_left())
    if taken:
        _Turn.taken = time.monotonic()
    try:
        yield
    finally:
        if taken:
            _Turn.taken = None
            _Turn.lock.release()


def _patience_left() -> float:
    """Return for how long the run that has the turn is still waited for, in seconds."""
    taken = _Turn.taken
    return PATIENCE if taken is None else max(0.0, PATIENCE - (time.monotonic() - taken))
