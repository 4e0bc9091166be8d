"""What the browser holds of a debate, so that it can answer a click before the server does."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from components.instant_answers import Facts
from components.value_table import value_row
from dashboard.debate.groups import EACH_AT_MOST, Group, groups
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import TABLE_AT_MOST, DrawnMap, table_row
from dashboard.reader.reading_pane import HIDDEN_NOTE, passage_pane
from dashboard.remembered import remembered
from dashboard.seen import Seen

STEPPED_AROUND = EACH_AT_MOST
"""So many passages on each side can be stepped to before the session has answered."""
TABLE = "passages"
"""The key of the table that lists the passages."""


def few(opened: OpenDebate) -> bool:
    """Whether the browser holds every passage of the debate, and so can step by itself."""
    return len(opened.debate.passages) <= EACH_AT_MOST


@remembered(4)
def answers(opened: OpenDebate) -> bytes:
    """Return as JSON the groups of the debate, and the card of each group's first passage.

    A group has ``school``, ``role``, ``count`` of passages, ``authors`` (their numbers),
    ``first`` (a passage id) and ``rows``: number and HTML of each row of the table, as many as
    the table shows.
    """
    found = groups(opened.table)
    firsts = [_first(opened, group) for group in found]
    held = {
        "groups": [_held(opened, group) for group in found],
        "cards": {passage: passage_pane(opened, passage) for passage in firsts},
    }
    return json.dumps(held, ensure_ascii=False).encode()


def _held(opened: OpenDebate, group: Group) -> dict[str, Any]:
    authors = opened.table["author"].cat.codes.to_numpy()[group.rows]
    return {
        "school": group.school,
        "role": group.role,
        "count": len(group.rows),
        "authors": np.unique(authors).tolist(),
        "first": _first(opened, group),
        "rows": [
            (row, value_row(table_row(opened, row))) for row in group.rows[:TABLE_AT_MOST].tolist()
        ],
    }


def _first(opened: OpenDebate, group: Group) -> str:
    return opened.debate.passages[int(group.rows[0])].id


def facts(seen: Seen, on: DrawnMap) -> Facts:
    """Return what the browser needs to answer a view's clicks; ``on`` is the map it shows."""
    opened, view = seen.opened, seen.view
    alone = few(opened)
    firsts = {} if alone else _marks_of_firsts(opened, on)
    return Facts(
        # Words are looked for in every text, which only the server can do where there are many.
        answers=f"/answers/{opened.edition}.json" if alone or not view.q else "",
        words=seen.with_words if alone and view.q else None,
        found=np.unique(opened.group_of[seen.lit]).tolist(),
        marks=firsts,
        schools=opened.known.schools,
        roles=opened.known.roles,
        passages=len(opened.debate.passages),
        authors=len(opened.debate.authors),
        read_first=not (view.passage or view.author),
        by_author=bool(view.author),
        reading=seen.passage,
        sequence=seen.near(STEPPED_AROUND),
        before=seen.step(-1),
        after=seen.step(1),
        hidden=HIDDEN_NOTE,
        table=TABLE,
        table_at_most=TABLE_AT_MOST,
    )


def _marks_of_firsts(opened: OpenDebate, on: DrawnMap) -> dict[str, str]:
    """Return for the first passage of each group the mark that stands for it, if there is one."""
    rows = [int(group.rows[0]) for group in _groups(opened)]
    return {opened.debate.passages[row].id: on.marks.standing_for(row) for row in rows}


@remembered(4)
def _groups(opened: OpenDebate) -> tuple[Group, ...]:
    return groups(opened.table)
