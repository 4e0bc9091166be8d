"""Notices above the page: what a link asked for in vain, and the problems of a broken edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components.markup import e

PROBLEMS_AT_MOST = 30


def link_notes(notes: Sequence[str], *, on_dismiss: Callable[[], None]) -> None:
    """Show the notes on a link, with a button that puts them away; nothing without notes."""
    # The container is there without notes too: what stands below keeps its place, and its state.
    with st.container(key="link_notes", horizontal=True, vertical_alignment="center"):
        if not notes:
            return
        items = "".join(f"<li>{e(note)}</li>" for note in notes)
        st.html(f'<div class="notice" role="status"><ul>{items}</ul></div>')
        st.button("Dismiss", key="dismiss_notes", on_click=on_dismiss)


def problem_list(problems: Sequence[object]) -> None:
    """Show the problems of an edit that did not pass the check; nothing without problems."""
    place = st.container(key="problem_list")
    if not problems:
        return
    items = "".join(f"<li>{e(str(problem))}</li>" for problem in problems[:PROBLEMS_AT_MOST])
    more = len(problems) - PROBLEMS_AT_MOST
    items += f"<li>and {more} more</li>" if more > 0 else ""
    with place:
        st.html(
            '<div class="notice problems" role="alert"><p>The debate was edited and no longer '
            "passes the check. You are reading the last good version.</p>"
            f"<ul>{items}</ul></div>"
        )
