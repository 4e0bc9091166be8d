"""Keeping the server small: memory in one place, and given back where it is no longer used."""

from __future__ import annotations

import contextlib
import ctypes

M_ARENA_MAX = -8
"""The number of this option of ``mallopt``, from glibc's malloc.h."""


def keep_together() -> None:
    """Let all threads take memory from one place.

    Otherwise each thread of the server keeps what it once took for itself. Python runs one
    thread at a time, so they need not wait for each other. To be called before threads start.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """Return freed memory to the system; the allocators keep tens of megabytes unless asked."""
    # Imported here, since the server begins before it needs this large library.
    import pyarrow as pa  # noqa: PLC0415

    pa.default_memory_pool().release_unused()
    # Other C libraries than Linux's have no such call and need none.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
