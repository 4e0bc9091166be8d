"""A reader's own bookmarks and notes, which stay in the browser and leave with an export."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent


def own_notes(debate: str, version: str, *, current: str, address: str) -> None:
    """Show the reader's bookmarks, and keep what is marked and written on the page's cards.

    ``debate`` and ``version`` name what is read: notes are kept for each debate apart.
    ``current`` is the passage to bring into sight, empty for none; ``address`` is where a
    passage is read, with ``passage=`` at its end.
    """
    _component()(
        key="own_notes",
        data={"debate": debate, "version": version, "current": current, "address": address},
    )


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "own_notes",
        css=(_HERE / "own_notes.css").read_text(encoding="utf-8"),
        js=(_HERE / "own_notes.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
