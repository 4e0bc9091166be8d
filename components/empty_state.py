"""The empty state: nothing matches; which filter emptied it, and a button to undo that one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components.filter_bar import plain
from components.markup import e

Undoing = tuple[str, str, int]
"""A filter's field, what it asks for in words, and how many passages there are without it."""


def empty_state(
    undoings: Sequence[Undoing], *, on_undo: Callable[[str], None], on_clear: Callable[[], None]
) -> None:
    """Say why nothing matches; ``on_undo`` is called with the field of the filter to undo."""
    names = " and ".join(f"“{e(asked)}”" for _, asked, _ in undoings)
    if undoings:
        verb = "empties" if len(undoings) == 1 else "together empty"
        reason = f"{names} {verb} this selection."
    else:
        reason = "No single filter is to blame; several together leave nothing."
    with st.container(key="empty_state"):
        st.html(
            f'<div class="empty" role="status"><h2>No passage matches.</h2><p>{reason}</p></div>'
        )
        for field, asked, passages in undoings:
            noun = "passage" if passages == 1 else "passages"
            st.button(
                plain(f"Undo “{asked}” ({passages} {noun})"),
                key=f"undo_{field}",
                on_click=on_undo,
                args=(field,),
            )
        st.button("Clear all filters", key="clear_filters", on_click=on_clear, type="tertiary")
