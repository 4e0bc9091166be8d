"""A reader's own bookmarks and notes, which stay in the browser and leave with an export."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent


KEY = "own_notes"


def own_notes(
    debate: str,
    version: str,
    *,
    current: str,
    address: str,
    on_step: Callable[[str, int], None] | None = None,
) -> None:
    """Show the reader's bookmarks, and keep what is marked and written on the page's cards.

    ``debate`` and ``version`` name what is read: notes are kept for each debate apart.
    ``current`` is the passage to bring into sight, empty for none; ``address`` is where a
    passage is read, with ``passage=`` at its end. ``on_step`` is called with a passage's id
    and 1 or -1 when a reader who has scrolled to that passage steps on from it; the id is empty
    above the first.
    """

    def stepped() -> None:
        value = st.session_state[KEY].get("step")
        if isinstance(value, dict) and on_step:
            on_step(str(value.get("from", "")), -1 if value.get("by") == -1 else 1)

    _component()(
        key=KEY,
        data={"debate": debate, "version": version, "current": current, "address": address},
        on_step_change=stepped,
    )


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "own_notes",
        css=(_HERE / "own_notes.css").read_text(encoding="utf-8"),
        js=(_HERE / "own_notes.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
