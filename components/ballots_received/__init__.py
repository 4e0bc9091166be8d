"""How many ballots were received, and how old that number is: the one thing that moves by itself.

The browser asks an address on this server again and again; no run of the page is needed for it.
What it says of the last update is always true: where no answer comes, it says so.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

KEY = "ballots_received"
EVERY = 1.5
"""So many seconds lie between an answer and the next question."""
_HERE = Path(__file__).parent


def ballots_received(address: str, *, least: int = 0, every: float = EVERY, key: str = KEY) -> None:
    """Show the number of ballots received and when it was last heard.

    ``address`` answers with JSON as ``{"received": 12, "at": "2026-11-25T10:00:00.123Z"}``, where
    ``at`` is when the number was read: an answer with the same ``at`` as the one before is no news.
    With a ``least`` number, how many are still wanting before they can be shown is told as well.
    """
    _component()(key=key, data={"address": address, "least": least, "every": every})


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "ballots_received",
        js=(_HERE / "ballots_received.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
