"""Looking after the folders that are served: edits are read, and told of, before anybody asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from dashboard.debate.loading import count_line
from dashboard.debate.problems import DebateError
from dashboard.open_debate import DebateOnDisk, OpenDebate, Shelf

SECONDS = 1.0
"""How often one looks."""

Seen = dict[DebateOnDisk, OpenDebate]


def watch(shelf: Shelf, say: Callable[[str], object]) -> threading.Event:
    """Look at the debates in memory from now on; ``say`` is given a text about each edit.

    Readers then find an edit read already. Setting the event that is returned ends it.
    """
    ended = threading.Event()

    def looking() -> None:
        seen: Seen = {}
        while not ended.wait(SECONDS):
            for text in edits(shelf, seen):
                say(text)

    threading.Thread(target=looking, daemon=True).start()
    return ended


def edits(shelf: Shelf, seen: Seen) -> Iterator[str]:
    """Yield a text on each debate that is not what it was; ``seen`` is kept from look to look."""
    for on_disk in shelf.in_memory():
        try:
            opened = on_disk.current()
        except DebateError:
            continue
        before = seen.get(on_disk)
        if before is not None and before is not opened:
            yield _told(opened)
        seen[on_disk] = opened
    for gone in seen.keys() - set(shelf.in_memory()):
        del seen[gone]


def _told(opened: OpenDebate) -> str:
    if not opened.problems:
        return f"Read again: {count_line(opened.debate)}\n"
    listed = "".join(f"{problem}\n" for problem in opened.problems)
    return f"{listed}The edit does not pass; the last good version stays open.\n"
