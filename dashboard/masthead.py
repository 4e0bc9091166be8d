"""The masthead of every page: the debate's name, the other pages, the page's own buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st

from components.markup import e
from components.notices import problem_list
from components.own_html import own_html
from components.page_actions import page_actions
from components.page_style import page_style
from dashboard.open_debate import OpenDebate
from dashboard.view import Query, current, last_query

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
NOTHING: Mapping[str, str] = MappingProxyType({})
KEYS = (("Tab", "from link to link"), ("?", "this list"))


def masthead(opened: OpenDebate, here: str, own: Callable[[], None] | None = None) -> None:
    """Draw the masthead of the page at ``here``; ``own`` draws the page's own buttons into it."""
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="brand">{e(opened.debate.title)}</p>')
        st.html(places(here, {place: last_query(place) for place, _ in PLACES}))
        st.html('<button type="button" class="plain-button" data-show-keys="yes">Keys</button>')
        if own:
            own()


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
