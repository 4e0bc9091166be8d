"""The empty state: nothing matches; which filter emptied it, and a button to undo that one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.filter_bar import plain
from components.markup import e

Undoing = tuple[Sequence[str], int]
"""The fields of filters to be undone together, and how many passages there are without them."""


def empty_state(
    asked: Mapping[str, str],
    undoings: Sequence[Undoing],
    empty_alone: Sequence[str],
    *,
    on_undo: Callable[[Sequence[str]], None],
    on_clear: Callable[[], None],
) -> None:
    """Say why nothing matches, and offer to undo what emptied the selection.

    ``asked`` says in words what each filter asks for, by its field; ``empty_alone`` names those
    that match nothing by themselves. ``on_undo`` is called with the fields to undo.
    """
    with st.container(key="empty_state"):
        st.html(
            '<div class="empty" role="status"><h2>No passage matches.</h2>'
            f"<p>{reason(asked, undoings, empty_alone)}</p></div>"
        )
        for fields, passages in undoings:
            noun = "passage" if passages == 1 else "passages"
            names = " and ".join(f"“{asked[field]}”" for field in fields)
            st.button(
                plain(f"Undo {names} ({passages} {noun})"),
                key=f"undo_{'_'.join(fields)}",
                on_click=on_undo,
                args=(fields,),
            )
        st.button("Clear all filters", key="clear_filters", on_click=on_clear, type="tertiary")


def reason(
    asked: Mapping[str, str], undoings: Sequence[Undoing], empty_alone: Sequence[str]
) -> str:
    """Return as HTML why nothing matches, in a sentence; the parts are those of the state."""
    if empty_alone:
        verb = "matches" if len(empty_alone) == 1 else "each match"
        return f"{_named(asked, empty_alone)} {verb} no passage at all."
    single = [fields[0] for fields, _ in undoings if len(fields) == 1]
    if not single:
        return "No single filter is to blame; several together leave nothing."
    verb = "empties" if len(single) == 1 else "together empty"
    return f"{_named(asked, single)} {verb} this selection."


def _named(asked: Mapping[str, str], fields: Sequence[str]) -> str:
    return " and ".join(f"“{e(asked[field])}”" for field in fields)
