"""The buttons and keys that step through the quotes shown to a room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent


def slide_steps(ids: Sequence[str], here: str, *, begins: bool) -> None:
    """Draw "Previous" and "Next", and listen for the arrows and the keys of a clicker.

    ``ids`` are the passages around ``here``, the one that is shown, in their order; ``begins``
    says that the first of them is the first of all, before which there is the map.
    """
    _component()(key="slide_steps", data={"ids": list(ids), "here": here, "begins": begins})


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "slide_steps",
        js=(_HERE / "slide_steps.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
