"""How far a command has come, on one line of the terminal while it works."""

from __future__ import annotations

import time
from typing import TextIO

_PATIENCE, _REFRESH = 1.0, 0.2


class Notice:
    """Progress on one line of a terminal, once the work takes long enough to wonder."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def progress(self, doing: str, done: int) -> None:
        """Show what is being done, at most a few times a second."""
        now = time.monotonic()
        if self._stream and now >= self._next:
            self._next = now + _REFRESH
            self._shown = True
            print(f"\r\x1b[K{done:,} {doing} …", end="", file=self._stream, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._stream and self._shown:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
            self._shown = False
