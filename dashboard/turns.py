"""Runs of the pages take turns, so that each is soon done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.5
"""So many seconds a run waits for its turn; then it goes on beside the one that takes so long."""

_turn = threading.Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """Hold the turn of this process while a page is run.

    Python runs one thread at a time. Runs side by side are cut into slices and end late, all
    together; one after another, all but the last end sooner and none later.
    """
    taken = _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if taken:
            _turn.release()
