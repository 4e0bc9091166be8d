"""The map for a view: its drawing, cached, and what is lit, chosen and named on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from components.palette import PALETTES, Theme
from components.position_map import Drawing, Step, draw
from dashboard.debate.marks import (
    Arrange,
    Basis,
    MapMarks,
    RowPage,
    map_marks,
    map_rows,
    with_spans,
)
from dashboard.debate.summary import position_words
from dashboard.open_debate import OpenDebate
from dashboard.reading import CONFIDENCE
from dashboard.seen import Seen

TABLE_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """One page of the map: its drawing, its marks and its rows."""

    drawing: Drawing
    marks: MapMarks
    rows: RowPage


@lru_cache(maxsize=128)
def drawn_map(
    opened: OpenDebate, arrange: Arrange, basis: Basis, page: int, theme: Theme
) -> DrawnMap:
    """Return the map of a debate; nothing in it depends on filters."""
    debate = opened.debate
    rows = map_rows(debate, opened.table, arrange, page)
    marks = map_marks(debate, opened.table, arrange, basis, rows.rows)
    drawing = draw(
        marks.frame,
        with_spans(rows.rows, opened.table, basis),
        basis,
        steps_of(opened),
        no_claim_of(opened),
        [school.label for school in debate.schools],
        PALETTES[theme],
    )
    return DrawnMap(drawing, marks, rows)


def steps_of(opened: OpenDebate) -> list[Step]:
    """Return the steps of the debate's axis."""
    return [Step(t.value, t.label, t.help) for t in opened.debate.axis.ticks]


def no_claim_of(opened: OpenDebate) -> str:
    """Return what the no-claim lane is called."""
    no_claim = opened.debate.axis.no_claim
    return no_claim.label if no_claim else "No claim"


def page_of_author(opened: OpenDebate, author: str) -> int:
    """Return the page of rows on which an author's row lies, counting from 1."""
    first = map_rows(opened.debate, opened.table, "author")
    for page in range(1, first.pages + 1):
        rows = map_rows(opened.debate, opened.table, "author", page).rows
        if any(row.key == author for row in rows):
            return page
    return 1


def faint(seen: Seen) -> frozenset[str]:
    """Return the passages of a small debate that do not match; the table keeps them hidden."""
    if not _all_in_table(seen.opened):
        return frozenset()
    passages = seen.opened.debate.passages
    return frozenset(passages[int(row)].id for row in np.flatnonzero(~seen.lit))


def _all_in_table(opened: OpenDebate) -> bool:
    return len(opened.debate.passages) < TABLE_AT_MOST


def table_rows(seen: Seen) -> list[tuple[str, ...]]:
    """Return the rows of the table view with the map's values.

    All passages of a small debate, so that the browser can show and hide them; of a large one
    those that match, up to a limit.
    """
    opened, axis = seen.opened, seen.opened.debate.axis
    schools = {school.id: school.label for school in opened.debate.schools}
    roles = {role.id: role.label for role in opened.debate.roles}
    quotes, glosses = (opened.positions[c] for c in ("quote_position", "gloss_position"))
    rows: list[tuple[str, ...]] = []
    shown = np.arange(len(seen.lit)) if _all_in_table(opened) else np.flatnonzero(seen.lit)
    for row in shown[:TABLE_AT_MOST]:
        passage = opened.debate.passages[int(row)]
        work = opened.works[passage.work]
        rows.append(
            (
                passage.id,
                opened.authors[work.author].label,
                work.short,
                schools[passage.school],
                schools.get(passage.second_school or "", "none"),
                CONFIDENCE.get(passage.confidence or 0, ""),
                roles[passage.role],
                position_words(float(quotes[row]), axis),
                position_words(float(glosses[row]), axis),
            )
        )
    return rows


TABLE_COLUMNS = (
    "Passage",
    "Author",
    "Source",
    "School",
    "Second school",
    "Confidence",
    "Role",
    "Author’s words",
    "Library’s gloss",
)
