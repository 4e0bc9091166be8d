"""A passage of the debate as it is laid over a room's votes: plain values, nothing of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.room_results import Places
from dashboard.debate.marks import Basis, shown_positions
from dashboard.debate.positions import Span, span
from dashboard.debate.summary import position_words
from dashboard.open_debate import OpenDebate
from dashboard.reader.path_rows import WRONG_LABEL
from dashboard.reading import full, readings_of


@dataclass(frozen=True, slots=True)
class RoomMarks:
    """A passage's readings, its agreed values and where its author's other passages stand."""

    quote_readings: Mapping[str, float | None]
    gloss_readings: Mapping[str, float | None]
    quote_position: float | None
    gloss_position: float | None
    quote_read: bool
    gloss_read: bool
    quote_words: str
    gloss_words: str
    school_index: int
    span: Span | None
    span_words: str


def room_marks(opened: OpenDebate, passage_id: str) -> RoomMarks:
    """Return what the map holds of a passage; ``KeyError`` where there is no such passage.

    Nothing of a gloss is in it where glosses are not shown. The span is that of the author's
    other passages as the map places them: by their words, else by their gloss.
    """
    reading = full(opened, passage_id)
    given = dict(readings_of(opened, opened.passage(passage_id)))
    reach, others = _others(opened, passage_id)
    return RoomMarks(
        given.get("Words", {}),
        given.get("Gloss", {}),
        reading.quote_position,
        reading.gloss_position,
        reading.quote_read,
        reading.gloss_read,
        reading.quote_words,
        reading.gloss_words,
        reading.school_index,
        reach,
        others,
    )


def room_places(opened: OpenDebate) -> Places:
    """Return what the places for a ballot are called in this debate."""
    axis = opened.debate.axis
    no_claim = axis.no_claim.label if axis.no_claim else "No claim"
    return Places(axis.ticks, no_claim, WRONG_LABEL)


def _others(opened: OpenDebate, passage_id: str) -> tuple[Span | None, str]:
    """Return where the author's other passages reach, and the same in words."""
    author = opened.authors[opened.works[opened.passage(passage_id).work].author]
    rows = [row for row in opened.rows_by_author[author.id] if row != opened.row_of[passage_id]]
    if not rows:
        return None, ""
    basis: Basis = "both" if opened.glosses_read else "quote"
    shown = shown_positions(opened.table.iloc[rows], basis)
    reach = span(shown["position"].tolist())
    words = _reach_words(reach, opened, read=bool(shown["read"].any()))
    count = "one other passage" if len(rows) == 1 else f"{len(rows)} other passages"
    return reach, f"{author.label}, {count}: {words}"


def _reach_words(reach: Span | None, opened: OpenDebate, *, read: bool) -> str:
    axis = opened.debate.axis
    if reach is None:
        return position_words(None, axis, read=read)
    low, high = position_words(reach.low, axis), position_words(reach.high, axis)
    return low if low == high else f"from {low} to {high}"
