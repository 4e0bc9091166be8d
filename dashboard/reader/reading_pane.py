"""The reading pane as HTML: a passage in full, and the author's others in brief."""

from __future__ import annotations

from components.markup import e
from components.passage_card import passage_card, short_card
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import no_claim_of, steps_of
from dashboard.reading import brief, full
from dashboard.remembered import remembered
from dashboard.seen import Seen

HIDDEN = "The filters hide this passage; on the map it is faint."
HIDDEN_NOTE = f'<p class="hidden-note" role="status">{HIDDEN}</p>'
ALSO_AT_MOST = 10
"""So many further passages of an author are shown in brief; stepping reaches the others."""


def pane(seen: Seen) -> str:
    """Return the pane of a view that reads a passage."""
    opened = seen.opened
    author = opened.authors[seen.author]
    chosen = (
        f'<p class="author-note">{e(author.name)}: {e(author.home_tradition)}</p>'
        if seen.view.author
        else ""
    )
    hidden = HIDDEN_NOTE if seen.hidden else ""
    return f'<div class="pane">{hidden}{chosen}{passage_pane(opened, seen.passage)}</div>'


@remembered(256)
def passage_pane(opened: OpenDebate, passage_id: str) -> str:
    """Return a passage's card, followed by its author's other passages in brief."""
    card = passage_card(full(opened, passage_id), steps_of(opened), no_claim_of(opened))
    return card + _also(opened, passage_id)


def also_by(opened: OpenDebate, passage_id: str) -> tuple[tuple[str, ...], int]:
    """Return the author's other passages, and how many more there are beyond those."""
    rows = opened.rows_by_author[opened.known.author_of[passage_id]]
    rows = rows[rows != opened.row_of[passage_id]]
    ids = tuple(opened.debate.passages[int(row)].id for row in rows[:ALSO_AT_MOST])
    return ids, int(rows.size) - len(ids)


def _also(opened: OpenDebate, passage_id: str) -> str:
    ids, more = also_by(opened, passage_id)
    if not ids:
        return ""
    author = opened.authors[opened.known.author_of[passage_id]]
    cards = "".join(short_card(brief(opened, each)) for each in ids)
    rest = (
        f'<p class="axis-said">and {more} more: choose the author and step on</p>' if more else ""
    )
    title = f'<h2 class="label">Also by {e(author.label)}</h2>'
    return f'<section class="also">{title}{cards}{rest}</section>'
