"""The page on which the passages are read one after another, searched and marked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from components import filter_bar as bar
from components.markup import compare_address, e, passage_address, passage_link
from components.own_html import own_html
from components.own_notes import own_notes
from components.reading_card import Found, reading_card
from dashboard.debate.essay import essay_pieces
from dashboard.debate.search import Search, places
from dashboard.open_debate import OpenDebate
from dashboard.reader.reading_list import is_listed, leaf_shown, reading_list, step
from dashboard.reading import full
from dashboard.view import View, choose
from dashboard.view_words import filter_words

ORDERS = (
    ("source", "In the source’s order"),
    ("author", "By author"),
    ("work", "By work"),
    ("school", "By school"),
    ("role", "By role"),
    ("construct", "By construct"),
    ("mechanism", "By mechanism"),
    ("position", ""),
    ("drift", "By drift of the gloss"),
)
IN_OTHER_TEXTS = {
    "author": "the author’s name",
    "title": "the title",
    "voices": "the voices",
    "constructs": "the constructs",
}
NO_WORD = "what you look for holds no word"
KEYS = (
    ("/", "search"),
    ("← →", "previous and next passage"),
    ("?", "this list"),
)


def read(opened: OpenDebate, view: View) -> None:
    """Draw the page below its masthead."""
    st.html('<header class="question sections-head"><h1>Read</h1></header>')
    _bar(opened, view)
    with st.container(key="read_head", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="count-line" role="status">{_count(opened, view)}</p>')
        _steps(opened, view)
    own_notes(
        opened.debate.title,
        opened.debate.version,
        current=view.passage,
        address="./read?passage=",
        on_step=lambda passage, by: step_on(opened, view, passage, by),
    )
    own_html(body(opened, view), key="reading_list")
    if not reading_list(opened, view).passages:
        st.button(
            "Clear words and filters",
            key="clear_filters",
            on_click=choose,
            kwargs={"q": "", "school": (), "role": ()},
        )
    _leaves(opened, view)


def body(opened: OpenDebate, view: View) -> str:
    """Return what is read as HTML: the essay where nothing is asked for, and a leaf of passages."""
    listed, leaf = reading_list(opened, view), leaf_shown(opened, view)
    searched = listed.search if listed.search.sought else None
    html = [essay(opened)] if not view.filters.active() and leaf == 1 else []
    if view.passage and not is_listed(opened, view):
        html.append(_not_listed(view.passage))
    at = opened.row_of[view.passage] if view.passage else -1
    for part, rows in listed.on_leaf(leaf):
        if part.title:
            html.append(
                f'<h2 class="part-title">{e(part.title)} <span>{part.rows.size}</span></h2>'
            )
        for row in rows.tolist():
            html.append(_card(opened, row, searched, current=row == at))
            at = -1 if row == at else at
    if not listed.passages:
        html.append(_nothing(view))
    return f'<div class="reading-list">{"".join(html)}</div>'


def essay(opened: OpenDebate) -> str:
    """Return the library's introduction, verbatim, with its names leading to passages."""
    pieces = "".join(
        f'<a data-in-app="yes" href="{e(passage_address(piece.passage))}">{e(piece.text)}</a>'
        if piece.passage
        else e(piece.text)
        for piece in essay_pieces(opened.debate)
    )
    return (
        '<details class="essay"><summary>The library’s introduction, verbatim</summary>'
        f'<p class="essay-text" dir="auto">{pieces}</p></details>'
    )


def _card(opened: OpenDebate, row: int, search: Search | None, *, current: bool) -> str:
    passage = full(opened, opened.debate.passages[row].id)
    found = None
    if search:
        names = opened.searched_texts.found_in(opened.debate.passages[row], search)
        found = Found(
            places(passage.quote, search),
            places(passage.gloss, search),
            [IN_OTHER_TEXTS[name] for name in names if name in IN_OTHER_TEXTS],
        )
    return reading_card(
        passage,
        found=found,
        current=current,
        places=[
            (passage_address(passage.id), "On the map"),
            (compare_address([passage.id]), "Compare"),
        ],
    )


def _not_listed(passage: str) -> str:
    link = passage_link(passage)
    return f'<p class="hidden-note" role="status">{link} is not among these passages.</p>'


def _nothing(view: View) -> str:
    words = f" with “{e(view.q)}”" if view.q else ""
    return f'<div class="empty"><h2>No passage{words} is among these.</h2></div>'


def _bar(opened: OpenDebate, view: View) -> None:
    schools, roles = opened.school_labels, opened.role_labels
    bar.fill(
        bar.Choice(view.school, view.role, view.q, view.basis, view.arrange, view.author, view.by)
    )

    def changed() -> None:
        choice = bar.chosen(schools, roles)
        choose(school=choice.school, role=choice.role, q=choice.q, by=choice.by, leaf=1, passage="")

    axis = opened.debate.axis
    low, high = axis.low or axis.ticks[0].label, axis.high or axis.ticks[-1].label
    along = f"From {low.lower()} to {high.lower()}"
    orders = tuple(
        (order, label or along)
        for order, label in ORDERS
        if order != "drift" or opened.glosses_read
    )
    order = dict(orders[1:]).get(view.by)
    chosen = [*filter_words(opened, view), *([order] if order else [])]
    bar.filter_fold(chosen, "by words, school or role; order")
    bar.reading_bar(
        schools,
        roles,
        orders,
        schools_help=opened.debate.schools_help,
        glosses=opened.debate.show_glosses,
        on_change=changed,
    )


def _count(opened: OpenDebate, view: View) -> str:
    listed = reading_list(opened, view)
    if view.q and not listed.search.sought:
        return f"<b>{listed.passages} of {len(opened.debate.passages)} passages</b>; {NO_WORD}"
    ranked = ", best first" if listed.search.sought and view.by == "source" else ""
    return f"<b>{listed.passages} of {len(opened.debate.passages)} passages</b>{ranked}"


def _steps(opened: OpenDebate, view: View) -> None:
    for label, key, shortcut, by in (
        ("‹ Previous", "previous", "Left", -1),
        ("Next ›", "next", "Right", 1),
    ):
        passage = step(opened, view, by) or _begun(opened, view)
        st.button(
            label,
            key=key,
            shortcut=shortcut,
            on_click=choose,
            kwargs={"passage": passage},
            disabled=not passage,
        )


def _begun(opened: OpenDebate, view: View) -> str:
    """Return the first passage where none is read yet: there is no end to have reached."""
    return "" if view.passage else step(opened, view, 1)


def step_on(opened: OpenDebate, view: View, passage: str, by: int) -> None:
    """Step from a passage in sight, which need not be the one that the view names."""
    if passage in opened.row_of or not passage:
        to = step(opened, replace(view, passage=passage), by)
        if to:
            choose(passage=to)


def _leaves(opened: OpenDebate, view: View) -> None:
    leaves, leaf = reading_list(opened, view).leaves, leaf_shown(opened, view)
    if leaves == 1:
        return
    with st.container(key="leaves", horizontal=True, vertical_alignment="center"):
        for label, key, to in (("Leaf before", "leaf_before", -1), ("Leaf after", "leaf_after", 1)):
            st.button(
                label,
                key=key,
                on_click=choose,
                kwargs={"leaf": int(np.clip(leaf + to, 1, leaves)), "passage": ""},
                disabled=not 1 <= leaf + to <= leaves,
            )
        st.html(f"<p>Leaf {leaf} of {leaves}</p>")
