"""The parts of the map page, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from components import filter_bar as bar
from components.empty_state import Undoing, empty_state, reason
from components.instant_answers import instant_answers
from components.legend import legend
from components.markup import e, shape
from components.notices import link_notes, problem_list
from components.own_html import own_html
from components.page_actions import page_actions
from components.palette import Theme
from components.position_map import Drawing, Emphasis, position_map
from components.take_away import take_away
from components.value_table import value_table
from dashboard.debate.filters import FilterName
from dashboard.debate.marks import Arrange, Basis, RowPage
from dashboard.debate.reference_styles import StyleName
from dashboard.open_debate import OpenDebate
from dashboard.reader import choices
from dashboard.reader.answers import TABLE, facts
from dashboard.reader.map_view import (
    TABLE_AT_MOST,
    DrawnMap,
    drawn_map,
    legend_of,
    map_caption,
    page_of_author,
    table_columns,
    table_rows,
)
from dashboard.reader.masthead import OPEN_PAGE, masthead
from dashboard.reader.reading_pane import pane
from dashboard.reader.take_away import offers
from dashboard.reading import FullReading, copied, full
from dashboard.seen import Seen, school_lines
from dashboard.still_there import plan_is_there
from dashboard.view import Changes, View, choose, dismiss_notes, notes, told
from dashboard.view_words import filter_words

MANY = 10_000
"""From so many passages on, the count needs smaller letters to stay beside the axis's names."""
BASES = (("both", "Both"), ("quote", "Author's words"), ("gloss", "Library's gloss"))
UNREAD = "Nobody has placed these passages yet: they have no mark until they are read."
KEYS = (
    ("/", "search the words"),
    ("← →", "previous and next passage"),
    ("Tab, then arrows", "move among the marks of the map; Enter reads one"),
    ("P", "show it to a room"),
    ("?", "this list"),
)


def page(seen: Seen) -> None:
    """Draw the page."""
    masthead(seen.opened, "", own=lambda: _present_button(seen))
    problem_list(seen.opened.problems)
    link_notes(notes(), on_dismiss=dismiss_notes)
    _question(seen)
    _filters(seen)
    reading = full(seen.opened, seen.passage) if seen.passage else None
    with st.container(key="map_and_reading"):
        left, right = st.columns([0.655, 0.345], gap="large")
        with left, st.container(key="map_side"):
            _map(seen)
        with right, st.container(key="reading_side"):
            _reading(seen, reading)
    _foot(seen)
    instant_answers(facts(seen, drawn_for(seen)), on_pick=partial(choices.pick, seen.opened))
    page_actions(
        {reading.id: copied(seen.opened, reading.id, cast(StyleName, seen.view.style))}
        if reading
        else {},
        KEYS,
        search=bar.WORDS,
        on_open=choices.read,
    )


def _present_button(seen: Seen) -> None:
    st.button(
        "Show to a room", key="present", shortcut="p", on_click=choices.present, args=(seen.opened,)
    )


def _question(seen: Seen) -> None:
    debate = seen.opened.debate
    st.html(
        f'<header class="question"><h1>{e(debate.axis.title)}</h1>'
        f"<p>{e(debate.subline)}</p></header>"
    )


def _filters(seen: Seen) -> None:
    debate = seen.opened.debate
    view = seen.view
    bar.fill(bar.Choice(view.school, view.role, view.q, view.basis, view.arrange, view.author))
    schools, roles = seen.opened.school_labels, seen.opened.role_labels

    def changed() -> None:
        choice = bar.chosen(schools, roles)
        changes: Changes = {
            "school": choice.school,
            "role": choice.role,
            "q": choice.q,
            "basis": cast(Basis, choice.basis),
            "arrange": cast(Arrange, choice.arrange),
        }
        # Passage, author and rows may have been chosen otherwise since the page was drawn, or the
        # browser may not have heard yet that the author no longer is.
        if choice.author not in (view.author, told("author")):
            changes |= {"author": choice.author, "passage": ""}
            if choice.author:
                changes["rows"] = page_of_author(seen.opened, choice.author)
        choose(**changes)

    bar.filter_fold(filtered_by(seen.opened, view), "by school, role, words or author")
    bar.filter_bar(
        schools,
        roles,
        tuple(b for b in BASES if b[0] in seen.opened.known.bases),
        arranges_of(seen.opened),
        tuple((a.id, a.name) for a in debate.authors),
        schools_help=debate.schools_help,
        glosses=debate.show_glosses,
        on_change=changed,
    )


def arranges_of(opened: OpenDebate) -> tuple[tuple[str, str], ...]:
    """Return the ways in which the rows of a debate can be arranged, as key and name."""
    medium = opened.debate.medium.title if opened.debate.medium else ""
    names = {"author": "By author", "medium": medium, "year": "By year"}
    return tuple((key, names[key]) for key in opened.known.arranges)


def filtered_by(opened: OpenDebate, view: View) -> list[str]:
    """Return in words what a view's filters, basis, arrangement and author are, but the usual."""
    bases, arranges = dict(BASES[1:]), dict(arranges_of(opened)[1:])
    chosen = [
        *filter_words(opened, view),
        bases.get(view.basis, ""),
        arranges.get(view.arrange, ""),
        opened.authors[view.author].name if view.author else "",
    ]
    return [words for words in chosen if words]


def _map(seen: Seen) -> None:
    on = drawn_for(seen)
    passages, authors = seen.count.split(", ")
    smaller = " many" if len(seen.opened.table) >= MANY else ""
    st.html(f'<p class="count{smaller}" role="status"><b>{e(passages)}</b><br> {e(authors)}</p>')
    show_map(seen, on)
    if on.rows.pages > 1:
        _row_pages(on.rows)
    caption = map_caption(seen.opened, seen.view.arrange)
    if caption:
        st.html(f'<p class="caveat">{e(caption)}</p>')
    st.html(
        f'<p class="seen" role="status">{e(seen.summary)}</p>'
        f'<p class="legend">{map_legend(seen)}</p>'
    )
    take_away(offers(seen.view, _theme()))
    with st.expander("Table of the same values"):
        many = len(seen.lit) > TABLE_AT_MOST
        caption = f"The{f' first {TABLE_AT_MOST}' if many else ''} matching passages in order"
        columns = table_columns(seen.opened)
        own_html(value_table(caption, columns, table_rows(seen), key=TABLE), key="values")
    with st.expander("How the passages were sorted into schools"):
        st.html(_school_help(seen.opened))


def drawn_for(seen: Seen) -> DrawnMap:
    """Return the map drawn for a view, in the reader's theme."""
    view = seen.view
    return drawn_map(seen.opened, view.arrange, view.basis, view.rows, _theme())


def _theme() -> Theme:
    return "dark" if st.context.theme.type == "dark" else "light"


def show_map(seen: Seen, on: DrawnMap, *, projected: bool = False) -> None:
    """Show the map that is drawn ``on`` a page of rows, with what the view lights and reads."""
    chosen = on.marks.standing_for(seen.opened.row_of[seen.passage]) if seen.passage else ""
    emphasis = Emphasis(
        label=f"Position map. {seen.count}. {seen.summary}",
        lit=None if seen.lit.all() else on.marks.lit(seen.lit),
        chosen=chosen,
        row=seen.view.author,
        projected=projected,
    )
    position_map(_to_send(on), emphasis, on_passage=choices.read, on_row=choices.pick_author)


def _to_send(on: DrawnMap) -> Drawing:
    """Return the drawing, without its plan where the map on the page has it from the last run.

    A plan is most of what a run sends, and a filter changes nothing in it. A page that has lost
    it fetches it from its address.
    """
    drawing = on.drawing
    return replace(drawing, address=on.address) if plan_is_there(drawing.figure_id) else drawing


def _row_pages(rows: RowPage) -> None:
    page, pages = rows.page, rows.pages
    with st.container(key="row_pages", horizontal=True, vertical_alignment="center"):
        st.button(
            "Authors before",
            key="rows_before",
            on_click=choices.rows,
            args=(page - 1,),
            disabled=page == 1,
        )
        st.html(f"<p>Rows {page} of {pages}</p>")
        st.button(
            "Authors after",
            key="rows_after",
            on_click=choices.rows,
            args=(page + 1,),
            disabled=page == pages,
        )


def map_legend(seen: Seen) -> str:
    """Return the legend of the map that a view shows, as HTML."""
    return legend(legend_of(seen.opened, seen.view))


def _school_help(opened: OpenDebate) -> str:
    rows = [
        (
            line.school,
            line.second or "none",
            f"{line.confidence} of 3" if line.confidence else "",
            line.passages,
        )
        for line in school_lines(opened)
    ]
    grounds = "".join(
        f"<dt>{shape(i)} {e(school.label)}</dt><dd>{e(school.ground)}</dd>"
        for i, school in enumerate(opened.debate.schools)
    )
    table = value_table(
        "Schools, second schools and how sure",
        ("School", "Second school", "Confidence", "Passages"),
        rows,
    )
    return f"<p>{e(opened.debate.schools_help)}</p><dl class='grounds'>{grounds}</dl>{table}"


def _reading(seen: Seen, reading: FullReading | None) -> None:
    if not seen.lit.any():
        _empty(seen)
    if reading is None:
        return
    _stepping(seen)
    own_html(pane(seen), key="reading_pane")


def _stepping(seen: Seen) -> None:
    at, of = seen.place
    with st.container(key="stepping", horizontal=True, vertical_alignment="center"):
        st.button(
            "‹ Previous",
            key="previous",
            on_click=choices.step,
            args=(seen.opened, -1),
            disabled=not seen.step(-1),
        )
        st.html(f'<p class="step-place">{at or "–"} of {of}</p>')
        st.button(
            "Next ›",
            key="next",
            on_click=choices.step,
            args=(seen.opened, 1),
            disabled=not seen.step(1),
        )


def empty_reason(seen: Seen) -> str:
    """Return as HTML why nothing matches, in a sentence."""
    return reason(_asked(seen), _undoings(seen), seen.empty_alone)


def _undoings(seen: Seen) -> list[Undoing]:
    return [(undo.names, undo.passages) for undo in seen.emptied]


def _empty(seen: Seen) -> None:
    empty_state(
        _asked(seen),
        _undoings(seen),
        seen.empty_alone,
        on_undo=lambda fields: choices.undo(seen.opened, cast(Sequence[FilterName], fields)),
        on_clear=lambda: choose(school=(), role=(), q=""),
    )


def _asked(seen: Seen) -> dict[str, str]:
    """Return what each filter asks for, in words."""
    schools, roles = dict(seen.opened.school_labels), dict(seen.opened.role_labels)
    view = seen.view
    return {
        "school": "School: " + ", ".join(schools[i] for i in view.school),
        "role": "Role: " + ", ".join(roles[i] for i in view.role),
        "q": f"Words: {view.q}",
    }


def _foot(seen: Seen) -> None:
    debate = seen.opened.debate
    sayings = debate.disclaimers
    lines = [sayings[key] for key in ("map", "first_visit", "clinical") if key in sayings]
    lines += [UNREAD] if debate.readings.empty else []
    text = "".join(f"<p>{e(line)}</p>" for line in [*lines, debate.coders])
    st.html(
        f'<footer class="foot">{text}<p>Data version {e(seen.opened.debate.version)}. '
        f'<a data-in-app="yes" href="./{OPEN_PAGE}">Open a debate of your own</a></p></footer>'
    )
