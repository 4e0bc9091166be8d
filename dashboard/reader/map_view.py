"""The map for a view: its drawing, cached, and what is lit, chosen and named on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from components.legend import Sign, legend_items
from components.palette import PALETTES, Theme
from components.position_map import Drawing, Step, draw
from dashboard.debate.marks import (
    ARRANGES,
    BASES,
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
from dashboard.remembered import remembered
from dashboard.seen import Seen
from dashboard.view import View

TABLE_AT_MOST = 100
"""The table view shows so many matching passages."""
LONGEST_SENT = 60_000
"""A plan with more characters is fetched from its address, even the first time."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnMap:
    """One page of the map: its drawing and where its plan is had, its marks and its rows."""

    drawing: Drawing
    address: str
    marks: MapMarks
    rows: RowPage


@remembered(32)
def drawn_map(
    opened: OpenDebate, arrange: Arrange, basis: Basis, page: int, theme: Theme
) -> DrawnMap:
    """Return the map of a debate; nothing in it depends on filters."""
    debate = opened.debate
    rows, marks = _rows_and_marks(opened, arrange, basis, page)
    drawing = draw(
        marks.frame.assign(groups=marks.groups(opened.group_of)),
        with_spans(rows.rows, opened.table, basis),
        basis,
        steps_of(opened),
        no_claim_of(opened),
        [school.label for school in debate.schools],
        PALETTES[theme],
    )
    address = f"/plans/{opened.edition}/{arrange}/{basis}/{rows.page}/{theme}.json"
    if len(drawing.plan) > LONGEST_SENT:
        drawing = replace(drawing, address=address)
    return DrawnMap(drawing, address, marks, rows)


@remembered(16)
def _rows_and_marks(
    opened: OpenDebate, arrange: Arrange, basis: Basis, page: int
) -> tuple[RowPage, MapMarks]:
    """Return what is the same in every theme."""
    rows = map_rows(opened.debate, opened.table, arrange, page)
    return rows, map_marks(opened.debate, opened.table, arrange, basis, rows.rows)


def plan_asked(
    opened: OpenDebate, arrange: str, basis: str, page: str, theme: str
) -> DrawnMap | None:
    """Return the map that the parts of a plan's address name, ``None`` where there is none."""
    if arrange not in ARRANGES or basis not in BASES or theme not in PALETTES:
        return None
    pages = map_rows(opened.debate, opened.table, arrange).pages
    if page not in map(str, range(1, pages + 1)):
        return None
    return drawn_map(opened, arrange, basis, int(page), theme)


def steps_of(opened: OpenDebate) -> list[Step]:
    """Return the steps of the debate's axis."""
    return [Step(t.value, t.label, t.help) for t in opened.debate.axis.ticks]


def no_claim_of(opened: OpenDebate) -> str:
    """Return what the no-claim lane is called."""
    no_claim = opened.debate.axis.no_claim
    return no_claim.label if no_claim else "No claim"


def map_caption(opened: OpenDebate, arrange: Arrange) -> str:
    """Return what the rows mean where they are not authors, with its caveat."""
    medium = opened.debate.medium
    if arrange == "year":
        return "Rows are the year of the idea, in order and not to scale."
    if arrange != "medium" or medium is None:
        return ""
    ends = f"from {medium.low} (below) to {medium.high} (above)" if medium.low else ""
    caveat = f" Caveat: {medium.caveat}" if medium.caveat else ""
    return f"{medium.title} Rows run {ends}.{caveat}"


def legend_of(opened: OpenDebate, view: View) -> list[tuple[Sign, str]]:
    """Return the signs of the map that a view shows, each with what it means."""
    return legend_items(
        [school.label for school in opened.debate.schools],
        view.basis,
        glosses=opened.glosses_read,
        authors=view.arrange == "author",
    )


def page_of_author(opened: OpenDebate, author: str) -> int:
    """Return the page of rows on which an author's row lies, counting from 1."""
    first = map_rows(opened.debate, opened.table, "author")
    for page in range(1, first.pages + 1):
        rows = map_rows(opened.debate, opened.table, "author", page).rows
        if any(row.key == author for row in rows):
            return page
    return 1


def table_rows(seen: Seen) -> list[tuple[str, ...]]:
    """Return the rows of the table view: the map's values of the first matching passages."""
    return [table_row(seen.opened, int(row)) for row in np.flatnonzero(seen.lit)[:TABLE_AT_MOST]]


@remembered(1024)
def table_row(opened: OpenDebate, row: int) -> tuple[str, ...]:
    """Return the map's values of the passage in the passage table's ``row``, in words."""
    axis, passage = opened.debate.axis, opened.debate.passages[row]
    work = opened.works[passage.work]
    schools = {school.id: school.label for school in opened.debate.schools}
    roles = {role.id: role.label for role in opened.debate.roles}
    quote, gloss = (
        position_words(
            float(opened.positions[f"{text}_position"][row]),
            axis,
            read=bool(opened.is_read[f"{text}_read"][row]),
            not_agreed=bool(opened.not_agreed[f"{text}_not_agreed"][row]),
        )
        for text in ("quote", "gloss")
    )
    return (
        passage.id,
        opened.authors[work.author].label,
        work.short,
        schools[passage.school],
        schools.get(passage.second_school or "", "none"),
        CONFIDENCE.get(passage.confidence or 0, ""),
        roles[passage.role],
        quote,
        *([gloss if passage.gloss is not None else "no gloss"] if opened.glosses_read else []),
    )


def table_columns(opened: OpenDebate) -> tuple[str, ...]:
    """Return the names of the columns of the table view."""
    return TABLE_COLUMNS if opened.glosses_read else TABLE_COLUMNS[:-1]


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
