"""What the page still holds from the run before, so that it is not sent again."""

from __future__ import annotations

import streamlit as st

_NOW, _BEFORE = "plan_sent", "plan_sent_before"


def begin_run() -> None:
    """Begin a run: what the last one put on the page is there, and what an earlier one did is not.

    Called once, before anything else of a run.
    """
    st.session_state[_BEFORE] = st.session_state.pop(_NOW, "")


def plan_is_there(figure_id: str) -> bool:
    """Say whether the map on the page has the plan of this figure; from now on it has."""
    st.session_state[_NOW] = figure_id
    return bool(st.session_state.get(_BEFORE) == figure_id)
