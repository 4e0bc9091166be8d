"""The masthead of every page: the debate's name, the other pages, the page's own buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st

from components.debate_list import Choice, debate_list
from components.markup import e
from components.notices import problem_list
from components.own_html import own_html
from components.page_actions import page_actions
from components.page_style import page_style
from dashboard.open_debate import OpenDebate, shelf
from dashboard.view import Query, current, last_query
from dashboard.visits import VISITS

PLACES = (
    ("", "Map"),
    ("read", "Read"),
    ("compare", "Compare"),
    ("paths", "Paths"),
    ("seminar", "Seminar"),
    ("sources", "Sources"),
    ("method", "Method"),
)
"""The pages that a reader goes to, by their place in the URL, in the order they are named."""
OPEN_PAGE = "open"
"""The place at which a reader opens a debate of one's own."""
FOR_VISIT = (
    "Opened from your own files, for this visit only: its links work nowhere else, and it is "
    "forgotten when you leave or load the page anew."
)
NOTHING: Mapping[str, str] = MappingProxyType({})
KEYS = (("Tab", "from link to link"), ("?", "this list"))


def masthead(opened: OpenDebate, here: str, own: Callable[[], None] | None = None) -> None:
    """Draw the masthead of the page at ``here``; ``own`` draws the page's own buttons into it."""
    name = dict(PLACES).get(here, here.capitalize()) if here else ""
    st.set_page_config(
        page_title=f"{name} · {opened.debate.title}" if name else opened.debate.title
    )
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        st.html(debate_list(opened.debate.title, opened.id, debates(), OPEN_PAGE))
        st.html(places(here, {place: last_query(place) for place, _ in PLACES}))
        st.html('<button type="button" class="plain-button" data-show-keys="yes">Keys</button>')
        if own:
            own()
    if opened.for_visit:
        st.html(f'<p class="for-visit">{FOR_VISIT}</p>')


def debates() -> list[Choice]:
    """Return the debates that this reader can turn to: the server's, then those of this visit."""
    shown = [Choice(one.id, one.title) for one in shelf().listed()]
    own = [Choice(id, title, own=True) for id, title in VISITS.all_held()]
    if own and not shown:
        first = shelf().first
        shown = [Choice(first.id, first.debate.title)]
    return [*shown, *own]


def places(here: str, queries: Mapping[str, Query]) -> str:
    """Return links to the pages as HTML; ``queries`` holds for each page what leads back to it."""
    links = "".join(
        _place(f"{place}{_query(queries[place])}", label, is_here=place == here)
        for place, label in PLACES
    )
    return f'<nav class="places" aria-label="Pages">{links}</nav>'


def _query(query: Query) -> str:
    return f"?{urlencode(query, doseq=True)}" if query else ""


def _place(address: str, label: str, *, is_here: bool) -> str:
    current = ' aria-current="page"' if is_here else ""
    return f'<a data-in-app="yes" href="./{e(address)}"{current}>{label}</a>'


def text_page(
    opened: OpenDebate, here: str, body: str, copies: Mapping[str, str] = NOTHING
) -> None:
    """Draw the page at ``here``, which is read and not filtered.

    ``body`` is our own HTML, ``copies`` what its buttons copy.
    """
    current(opened.known, here)
    page_style()
    masthead(opened, here)
    problem_list(opened.problems)
    own_html(body, key=here)
    page_actions(copies, KEYS)
