"""The page that sets two to four authors or passages side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from components.compare_columns import (
    compare_columns,
    comparison_table,
    pair_list,
    split_columns,
)
from components.legend import legend, legend_items
from components.markup import compare_address, e
from components.notices import link_notes, problem_list
from components.own_html import answered_ahead, own_html
from components.page_actions import page_actions
from components.page_style import page_style
from components.shared_axis import shared_axis
from components.take_away import Offer, take_away
from dashboard.debate.comparison import (
    Kind,
    Saying,
    Side,
    inside,
    met,
    only,
    partly_shared,
    sayings,
    shared,
    sides_of,
)
from dashboard.debate.positions import drift
from dashboard.open_debate import OpenDebate
from dashboard.reader.compare_view import (
    columns,
    is_large,
    lane,
    listed_pairs,
    name_of,
    names,
    split_lanes,
    way_there,
    way_without,
)
from dashboard.reader.map_view import no_claim_of, steps_of
from dashboard.reader.masthead import masthead
from dashboard.reader.take_away import handout_address
from dashboard.reading import FullReading, full
from dashboard.remembered import remembered
from dashboard.view import MOST_COMPARED, View, choose, dismiss_notes, notes

SIDES, PASSAGE = "compared", "compared_passage"
LEAD = (
    "Two to four authors or passages side by side: where they stand, what they share, and what "
    "one says and the other does not."
)
ONE_MORE = "One more author or passage is needed to compare."
SPLIT = "Alone, a passage has its words set against its gloss. One more sets it against others."
KEYS = (("/", "choose authors and passages"), ("Tab", "from link to link"), ("?", "this list"))
POINTS_AT_MOST = 6
"""So many points of difference are told above the sides; the list of pairs has the others."""
ALL = {2: "Both", 3: "All three", 4: "All four"}
KIND_NAMES: dict[Kind, str] = {
    "position": "words at",
    "gloss": "gloss at",
    "school": "school",
    "second_school": "second school",
    "role": "role",
    "construct": "construct",
    "mechanism": "mechanism",
    "voice": "voice",
}


class SayingRow(NamedTuple):
    """One thing that is said, as the table shows it."""

    kind: str
    value: str
    passages: Sequence[Sequence[str]]


def page(opened: OpenDebate, view: View) -> None:
    """Draw the page."""
    chosen = chosen_sides(opened, view)
    page_style()
    masthead(opened, "compare")
    problem_list(opened.problems)
    link_notes(notes(), on_dismiss=dismiss_notes)
    st.html(f'<header class="question"><h1>Compare</h1><p>{e(LEAD)}</p></header>')
    _chooser(opened, chosen)
    own_html(comparison_of(opened, view), key="comparison")
    own_html(opposed_pairs(opened, compare_address(chosen)), key="opposed_pairs")
    if chosen:
        take_away([Offer("Handout", handout_address(view, "compare"))])
    page_actions({}, KEYS, search=SIDES)


def chosen_sides(opened: OpenDebate, view: View) -> tuple[str, ...]:
    """Return the ids of what a view compares, in the order in which it is shown."""
    return tuple(side.id for side in sides_of(opened.debate, opened.table, view.of))


def comparison_of(opened: OpenDebate, view: View) -> str:
    """Return what a view compares as HTML that can be answered ahead of the session."""
    chosen = chosen_sides(opened, view)
    return answered_ahead(comparison(opened, chosen), "compare", compare_address(chosen))


def _chooser(opened: OpenDebate, chosen: tuple[str, ...]) -> None:
    labels = names(opened, chosen)
    if st.session_state.get(SIDES) != list(chosen):
        st.session_state[SIDES] = list(chosen)
    with st.container(key="compare_chooser", horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Authors" if is_large(opened) else "Authors and passages",
            list(labels),
            format_func=lambda each: labels.get(each, ""),
            key=SIDES,
            max_selections=MOST_COMPARED,
            placeholder="Choose two to four",
            filter_mode="contains",
            select_all=False,
            wrap=True,
            on_change=_chosen,
            args=(opened,),
        )
        if is_large(opened):
            _passage_by_id(opened, chosen)


def _chosen(opened: OpenDebate) -> None:
    _compare(opened, st.session_state[SIDES])


def _compare(opened: OpenDebate, of: Sequence[str]) -> None:
    choose(of=tuple(side.id for side in sides_of(opened.debate, opened.table, of)))


def _passage_by_id(opened: OpenDebate, chosen: tuple[str, ...]) -> None:
    st.text_input(
        "Passage, by its id",
        key=PASSAGE,
        disabled=len(chosen) == MOST_COMPARED,
        placeholder=opened.debate.passages[0].id,
        max_chars=120,
        width=190,
        on_change=_add_passage,
        args=(opened, chosen),
    )
    unknown = st.session_state[PASSAGE]
    if unknown:
        st.html(f'<p class="no-such-passage" role="status">There is no passage “{e(unknown)}”.</p>')


def _add_passage(opened: OpenDebate, chosen: tuple[str, ...]) -> None:
    """Add the passage whose id was typed; an unknown one stays in the field, to be mended."""
    passage = st.session_state[PASSAGE].strip()
    if passage in opened.known.author_of:
        st.session_state[PASSAGE] = ""
        _compare(opened, (*chosen, passage))


@remembered(16)
def comparison(opened: OpenDebate, of: tuple[str, ...]) -> str:
    """Return what is compared as HTML.

    ``of`` are ids of authors and passages; their order does not matter.
    """
    sides = sides_of(opened.debate, opened.table, of)
    split = _split(opened, sides)
    if split is not None:
        parts = [_points(opened, sides), _needed(SPLIT), _axis_split(opened, split)]
        parts.append(split_columns(split, (way_there(sides[0]), way_without(sides[0], [split.id]))))
    elif sides:
        parts = [_points(opened, sides), "" if len(sides) > 1 else _needed(ONE_MORE)]
        parts += [_axis(opened, sides), compare_columns(columns(opened, sides))]
        parts.append(_table(opened, sides) if len(sides) > 1 else "")
    else:
        parts = []
    return f'<div class="compare">{"".join(parts)}</div>'


def _split(opened: OpenDebate, sides: Sequence[Side]) -> FullReading | None:
    """Return the passage that is set against its own gloss, if it stands alone and has one."""
    if len(sides) != 1 or not sides[0].passage:
        return None
    read = full(opened, sides[0].id)
    return read if read.gloss_words else None


def _needed(said: str) -> str:
    return f'<p class="one-more">{e(said)}</p>'


def _points(opened: OpenDebate, sides: Sequence[Side]) -> str:
    points = met(opened.debate.pairs, sides)[:POINTS_AT_MOST]
    said = "".join(
        f'<p class="point">{e(pair.point)} <span class="point-of">'
        f"{e(pair.a if pair.a == pair.b else f'{pair.a} and {pair.b}')}</span></p>"
        for pair in points
    )
    title = "The point of difference" if len(points) == 1 else "Points of difference"
    many = " many" if len(points) > 1 else ""
    head = (
        f'<section class="points{many}"><h2 class="label" tabindex="-1" data-read-on>{title}</h2>'
    )
    return f"{head}{said}</section>" if said else ""


def _axis(opened: OpenDebate, sides: Sequence[Side]) -> str:
    lanes = [lane(opened, side) for side in sides]
    debate = opened.debate
    items = legend_items(
        [school.label for school in debate.schools],
        "both",
        glosses=opened.glosses_read,
        authors=any(side.whole for side in sides),
    )
    within = "".join(
        f"<p>{e(one.id)} is one of the passages of {e(whole.author.label)}: "
        "what the one says, the other says too.</p>"
        for one, whole in inside(sides)
    )
    return (
        '<section class="stand"><h2 class="label" tabindex="-1" data-read-on>'
        f"{e(debate.axis.title)}</h2>"
        f"{shared_axis(lanes, steps_of(opened), no_claim_of(opened))}"
        f'<p class="legend">{legend(items)}</p>{within}</section>'
    )


def _axis_split(opened: OpenDebate, read: FullReading) -> str:
    axis = shared_axis(split_lanes(opened, read.id), steps_of(opened), no_claim_of(opened))
    note = opened.passage(read.id).note.drift
    added = f"<p>What the gloss adds: {e(note)}</p>" if note else ""
    return (
        '<section class="stand"><h2 class="label" tabindex="-1" data-read-on>'
        f"{e(opened.debate.axis.title)}</h2>{axis}"
        f"<p>{e(_drift(opened, read))}</p>{added}</section>"
    )


def _drift(opened: OpenDebate, read: FullReading) -> str:
    """Say how far the gloss lies from the words, and towards which end."""
    steps = drift(read.quote_position, read.gloss_position)
    if steps is None:
        return f"Words: {read.quote_words}. Gloss: {read.gloss_words}."
    if not steps:
        return "Words and gloss stand at the same place."
    end = opened.debate.axis.ticks[-1 if steps > 0 else 0].label
    noun = "step" if abs(steps) <= 1 else "steps"
    return f"The gloss stands {abs(steps):g} {noun} nearer to “{end}” than the words."


def _table(opened: OpenDebate, sides: Sequence[Side]) -> str:
    said = sayings(opened.debate, opened.table, sides)
    parts = [(ALL[len(sides)], _rows(shared(said)))]
    if len(sides) > 2:
        parts.append(("Some, not all", _rows(partly_shared(said))))
    parts += [(f"Only {name_of(side)}", _rows(only(said, i))) for i, side in enumerate(sides)]
    caption = "Each with the passages that it rests on; a dash where a side does not say it."
    return (
        '<section class="said" data-later><h2>What they share, and what only one says</h2>'
        f"{comparison_table(caption, [name_of(side) for side in sides], parts)}</section>"
    )


def _rows(said: Sequence[Saying]) -> list[SayingRow]:
    return [SayingRow(KIND_NAMES[each.kind], each.value, each.passages) for each in said]


@remembered(16)
def opposed_pairs(opened: OpenDebate, here: str) -> str:
    """Return the opposed pairs as HTML; ``here`` is the address of the comparison shown.

    They are no part of it, so that a step from pair to pair need not draw them anew.
    """
    pairs = listed_pairs(opened)
    if not pairs:
        return ""
    more = len(opened.debate.pairs) - len(pairs)
    rest = f'<p class="axis-said">and {more} more</p>' if more else ""
    listed = pair_list(pairs, steps_of(opened), no_claim_of(opened), here=here)
    return f'<section class="opposed"><h2>Opposed pairs</h2>{listed}{rest}</section>'
