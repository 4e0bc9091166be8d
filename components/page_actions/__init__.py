"""What a page does by key or click beyond Streamlit's widgets: copy, open, search, list keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

KEY = "page_actions"
_HERE = Path(__file__).parent


def page_actions(
    copies: Mapping[str, str],
    keys: Sequence[tuple[str, str]],
    *,
    search: str = "",
    on_open: Callable[[str], None] | None = None,
) -> None:
    """Listen for the page's own keys and clicks; shows nothing by itself.

    ``copies`` holds the text for each button with ``data-copy``; ``keys`` what the list of keys
    (``?``) says; ``search`` the key of the text input that ``/`` goes to. ``on_open`` is called
    with a passage's id when a link with ``data-open-passage`` is followed. A link with
    ``data-in-app`` leads to another page without loading the app anew, and so does a button with
    ``data-turn``; one with ``data-key`` is pressed by that key.
    """

    def opened() -> None:
        value = st.session_state[KEY].get("passage")
        if isinstance(value, str) and on_open:
            on_open(value)

    _component()(
        key=KEY,
        data={"copies": dict(copies), "keys": [list(pair) for pair in keys], "search": search},
        on_passage_change=opened,
    )


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "page_actions",
        css=(_HERE / "page_actions.css").read_text(encoding="utf-8"),
        js=(_HERE / "page_actions.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
