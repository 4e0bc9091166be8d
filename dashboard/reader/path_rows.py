"""A path's passages as rows: where they stand, where the reader put them, and both in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack
from urllib.parse import urlencode

from dashboard.debate.placements import (
    NO_CLAIM,
    NONE,
    STEP_SIGNS,
    WRONG,
    Comparison,
    answers,
    value_of,
)
from dashboard.debate.summary import position_words
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import no_claim_of
from dashboard.reader.path_taken import PathTaken
from dashboard.reading import full
from dashboard.view import Changes, View, to_query

WRONG_LABEL = "The question is wrong"
WRONG_MEANING = "Neither pole fits; asked of this passage, the question misleads."
NOT_PLACED = "not placed"


@dataclass(frozen=True, slots=True)
class PathRow:
    """A passage of a path with our position and the reader's."""

    step: int
    address: str
    name: str
    passage: str
    school_index: int
    quote_position: float | None
    gloss_position: float | None
    quote_read: bool
    own_position: float | None
    own_on_axis: bool
    own_refuses: bool
    said: str


def path_row(taken: PathTaken, one: Comparison) -> PathRow:
    """Return the row of one passage."""
    reading = full(taken.opened, one.passage)
    gloss = f" Gloss: {reading.gloss_words}." if reading.gloss_words else ""
    own = sign_words(taken.opened, one.sign)
    return PathRow(
        one.step,
        address(taken.view, step=one.step),
        taken.opened.works[taken.opened.passage(one.passage).work].short,
        one.passage,
        reading.school_index,
        reading.quote_position,
        reading.gloss_position,
        reading.quote_read,
        value_of(one.sign),
        answers(one.sign),
        one.sign == WRONG,
        f"{one.passage}, {reading.whose_words}. Words: {reading.quote_words}.{gloss} You: {own}.",
    )


def placings(opened: OpenDebate) -> tuple[tuple[str, str, str], ...]:
    """Return what a passage can be placed at: sign, name and meaning in one line of each.

    First the steps of the axis, then no claim, then that the question is wrong.
    """
    axis = opened.debate.axis
    no_claim = axis.no_claim.help if axis.no_claim else ""
    return (
        *((STEP_SIGNS[i], tick.label, tick.help) for i, tick in enumerate(axis.ticks)),
        (NO_CLAIM, no_claim_of(opened), no_claim),
        (WRONG, WRONG_LABEL, WRONG_MEANING),
    )


def sign_words(opened: OpenDebate, sign: str) -> str:
    """Return a placement in the words of the debate's axis."""
    if sign == WRONG:
        return WRONG_LABEL.lower()
    return NOT_PLACED if sign in ("", NONE) else position_words(value_of(sign), opened.debate.axis)


def address(view: View, **changes: Unpack[Changes]) -> str:
    """Return the link to this page with some fields of the view changed."""
    query = to_query(replace(view, **changes), "paths")
    return f"./paths?{urlencode(query, doseq=True)}" if query else "./paths"
