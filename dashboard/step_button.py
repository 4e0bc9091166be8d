"""A button that steps: by a click and by one key, to what a step changes in the view."""

from __future__ import annotations

import streamlit as st

from dashboard.view import Changes, choose


def step_button(label: str, key: str, shortcut: str, changes: Changes) -> None:
    """Draw the button; without ``changes`` there is nowhere to step and it is disabled."""
    st.button(
        label,
        key=key,
        shortcut=shortcut,
        on_click=choose,
        kwargs=dict(changes),
        disabled=not changes,
    )
