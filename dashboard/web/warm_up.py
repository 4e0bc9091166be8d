"""What is done before the first reader comes, so that no reader waits for it."""

from __future__ import annotations

import gc

from components.palette import PALETTES
from dashboard.memory import give_back
from dashboard.open_debate import open_debate
from dashboard.reader import map_page, projector
from dashboard.reader.map_view import drawn_map
from dashboard.reading import copied, full
from dashboard.seen import school_lines, seen
from dashboard.seminar import room_questions
from dashboard.view import DEFAULT

PAGES = (map_page, projector, room_questions)
"""Imported here, so that the first reader and the first phone do not wait for it."""


def warm_up() -> None:
    """Load the debate, draw its map in both themes and gather its first passage.

    ``DebateError`` where the debate does not pass the check.
    """
    opened = open_debate()
    first = seen(opened, DEFAULT)
    for theme in PALETTES:
        drawn_map(opened, DEFAULT.arrange, DEFAULT.basis, DEFAULT.rows, theme)
    school_lines(opened)
    if first.passage:
        full(opened, first.passage)
        copied(opened, first.passage)
    _settle()


def _settle() -> None:
    """Take what was loaded out of the collector's sight, and give back what reading it took."""
    gc.collect()
    gc.freeze()
    give_back()
