"""The projector view: the map or one quote at a time, in large type, with no chrome."""

from __future__ import annotations

import streamlit as st

from components import filter_bar as bar
from components.markup import e
from components.own_html import own_html
from components.page_actions import page_actions
from components.slide import slide
from components.slide_steps import slide_steps
from dashboard.reader.choices import read
from dashboard.reader.map_page import drawn_for, empty_reason, map_legend, show_map
from dashboard.reader.map_view import map_caption, no_claim_of, steps_of
from dashboard.reading import full
from dashboard.seen import Seen
from dashboard.view import choose

STEPPED_AROUND = 100
"""So many passages on each side can be stepped to before the session has answered."""
KEYS = (
    ("← →, PageUp PageDown", "previous and next passage"),
    ("A", "reveal or hide the author"),
    ("M", "between the map and the quote"),
    ("Esc", "back to the page"),
    ("?", "this list"),
)


def projector(seen: Seen) -> None:
    """Draw the projector view: the map or one quote at a time, and nothing else."""
    reading = full(seen.opened, seen.passage) if seen.passage else None
    if seen.view.show == "map" or reading is None:
        _map(seen)
    else:
        html = slide(
            reading,
            steps_of(seen.opened),
            no_claim_of(seen.opened),
            place=seen.place,
            revealed=seen.view.reveal == "author",
        )
        own_html(html, key="slide")
    _projector_buttons(seen)
    page_actions({}, KEYS, search=bar.WORDS, on_open=read)


def _map(seen: Seen) -> None:
    caption = map_caption(seen.opened, seen.view.arrange)
    # The map takes the room that the caption leaves, and is drawn before the caption is there.
    captioned = " captioned" if caption else ""
    st.html(f'<h1 class="slide-question{captioned}">{e(seen.opened.debate.axis.title)}</h1>')
    show_map(seen, drawn_for(seen), projected=True)
    nothing = f" {empty_reason(seen)}" if not seen.lit.any() else ""
    unread = f" {e(seen.unread)}" if seen.unread else ""
    below = f'<p class="slide-caption">{e(caption)}</p>' if caption else ""
    st.html(
        f'<div class="slide-foot"><p class="slide-count" role="status"><b>{e(seen.count)}.</b>'
        f'{nothing}{unread}</p><p class="legend">{map_legend(seen)}</p>{below}</div>'
    )


def _projector_buttons(seen: Seen) -> None:
    quoted = seen.view.show == "quote" and bool(seen.passage)
    with st.container(key="projector_buttons", horizontal=True):
        ids, begins = seen.around(STEPPED_AROUND)
        slide_steps(ids, seen.passage, begins=begins)
        st.button(
            "Hide author" if seen.view.reveal else "Reveal author",
            key="reveal",
            shortcut="a",
            on_click=choose,
            kwargs={"reveal": "" if seen.view.reveal else "author"},
            disabled=not quoted,
        )
        st.button(
            "Map" if quoted else "Quote",
            key="map_or_quote",
            shortcut="m",
            on_click=choose,
            kwargs={"show": "map" if quoted else "quote", "reveal": ""},
            disabled=not seen.passage,
        )
        st.button(
            "Back to the page",
            key="leave",
            shortcut="Escape",
            on_click=choose,
            kwargs={"show": "", "reveal": ""},
        )
