"""Giving memory back that reading a large debate took and left with the allocators."""

from __future__ import annotations

import contextlib
import ctypes

import pyarrow as pa


def give_back() -> None:
    """Return freed memory to the system; the allocators keep tens of megabytes unless asked."""
    pa.default_memory_pool().release_unused()
    # Other C libraries than Linux's have no such call and need none.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
