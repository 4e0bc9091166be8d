"""What a reader's choices change in the view. Called back by the parts of the page."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.debate.filters import FilterName
from dashboard.open_debate import OpenDebate
from dashboard.seen import seen
from dashboard.view import caught_up, choose


def read(passage: str) -> None:
    """Read a passage, and with it all of its author."""
    choose(passage=passage, author="")


def pick_author(author: str) -> None:
    """Choose an author, whose first passage is then read."""
    choose(author=author, passage="")


def undo(opened: OpenDebate, names: Sequence[FilterName]) -> None:
    """Undo some of the filters."""
    left = caught_up(opened.known).filters.without(*names)
    choose(school=left.school, role=left.role, q=left.q)


def rows(page: int) -> None:
    """Turn to a page of rows."""
    choose(rows=page)


def step(opened: OpenDebate, by: int) -> None:
    """Read the passage so many steps on from the one that is read by now."""
    passage = seen(opened, caught_up(opened.known)).step(by)
    if passage:
        choose(passage=passage)


def pick(opened: OpenDebate, passage: str, stay: bool) -> None:
    """Read a passage; ``stay`` with the author chosen, as after a step, or leave him.

    It is picked on the page that is not projected: where the map already is, ``present`` was
    heard of first though it came later, and the passage is shown in its place.
    """
    if caught_up(opened.known).show == "map":
        choose(passage=passage, author="", show="quote")
    elif stay:
        choose(passage=passage)
    else:
        read(passage)


def present(opened: OpenDebate) -> None:
    """Show the view to a room: the passage chosen, or the map."""
    choose(show="quote" if caught_up(opened.known).passage else "map", reveal="")
