"""What became of a debate that a reader wanted to open: its problems by file and line, or its way.

Everything shown is plain text of a stranger's files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from components.markup import Html, e

LISTED_AT_MOST = 300


class Problem(Protocol):
    """One thing to put right: in which file, on which line, and what it is."""

    @property
    def file(self) -> str:
        """The file."""

    @property
    def line(self) -> int:
        """The line, counting from 1."""

    @property
    def text(self) -> str:
        """What it is."""


def refused(name: str, problems: Sequence[Problem]) -> Html:
    """Return as HTML why what is called ``name`` was not opened."""
    many = len(problems)
    count = "one thing is" if many == 1 else f"{many:,} things are"
    items = "".join(
        f"<li><code>{e(one.file)}:{one.line}</code> {e(one.text)}</li>"
        for one in problems[:LISTED_AT_MOST]
    )
    more = many - LISTED_AT_MOST
    rest = f"<p>and {more:,} more</p>" if more > 0 else ""
    return Html(
        '<section class="check-result refused" role="status">'
        f'<h2 tabindex="-1" data-read-on>“{e(name)}” was not opened</h2>'
        f"<p>Nothing was changed. In its files {count} to be put right:</p>"
        f"<ol>{items}</ol>{rest}</section>"
    )


def opened(title: str, counts: str, address: str) -> Html:
    """Return as HTML that a debate is open, and the way to it."""
    return Html(
        '<section class="check-result" role="status">'
        f'<h2 tabindex="-1" data-read-on>“{e(title)}” is open</h2><p>{e(counts)}</p>'
        '<p><a class="onward" data-in-app="yes" data-to-debate="yes" '
        f'href="{e(address)}">Go to its map</a></p></section>'
    )
