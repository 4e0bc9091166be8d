"""The list of guided paths: each with its question, its length and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from components.markup import e


class Entry(Protocol):
    """A path as the list shows it."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def question(self) -> str:
        """What it asks."""

    @property
    def length(self) -> str:
        """How many passages it has, in words."""

    @property
    def order(self) -> str:
        """By what they are ordered, empty where that is not said."""

    @property
    def leaves_out(self) -> str:
        """Whom and what it leaves out."""

    @property
    def address(self) -> str:
        """Where it begins."""


def path_list(entries: Sequence[Entry]) -> str:
    """Return the paths as a list of links, as HTML."""
    items = "".join(
        f'<li><h3><a data-in-app="yes" href="{e(entry.address)}">{e(entry.title)}</a></h3>'
        f'<p class="path-question">{e(entry.question)}</p>{path_facts(entry)}</li>'
        for entry in entries
    )
    return f'<ol class="path-list">{items}</ol>'


def path_facts(entry: Entry) -> str:
    """Return how long a path is, how it is ordered and what it leaves out, as HTML."""
    order = f", {e(entry.order)}" if entry.order else ""
    return (
        f'<p class="path-facts"><b>{e(entry.length)}</b>{order}. '
        f"Leaves out: {e(entry.leaves_out)}</p>"
    )
