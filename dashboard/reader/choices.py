"""What a reader's choices change in the view. Called back by the parts of the page."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.debate.filters import FilterName
from dashboard.seen import Seen
from dashboard.view import choose


def read(passage: str) -> None:
    """Read a passage, and with it all of its author."""
    choose(passage=passage, author="")


def pick_author(author: str) -> None:
    """Choose an author, whose first passage is then read."""
    choose(author=author, passage="")


def undo(seen: Seen, names: Sequence[FilterName]) -> None:
    """Undo some of the filters."""
    left = seen.view.filters.without(*names)
    choose(school=left.school, role=left.role, q=left.q)


def rows(page: int) -> None:
    """Turn to a page of rows."""
    choose(rows=page)


def step(seen: Seen, by: int) -> None:
    """Read the passage so many steps on."""
    passage = seen.step(by)
    if passage:
        choose(passage=passage)


def step_to(passage: str) -> None:
    """Read the passage that a step led to, staying with the author chosen."""
    choose(passage=passage)


def present(seen: Seen) -> None:
    """Show the view to a room: the passage chosen, or the map."""
    choose(show="quote" if seen.view.passage else "map", reveal="")
