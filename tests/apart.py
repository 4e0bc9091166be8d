"""Work done in a thread of its own: a browser of other tests may hold this one's event loop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Done = TypeVar("Done")


def apart(work: Callable[[], Done]) -> Done:
    """Do the work in another thread and return what it returns."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
