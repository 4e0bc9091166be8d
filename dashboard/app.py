"""The entry point that Streamlit runs: the pages and how they are reached."""

from __future__ import annotations

import streamlit as st

from dashboard.still_there import begin_run
from dashboard.turns import in_turn
from dashboard.whole_callbacks import run_callbacks_to_their_end

run_callbacks_to_their_end()
begin_run()
st.set_page_config(layout="wide", initial_sidebar_state="collapsed")

pages = [
    st.Page("app_pages/map.py", title="Vehicle or Cure?", default=True),
    st.Page("app_pages/read.py", title="Read · Vehicle or Cure?", url_path="read"),
    st.Page("app_pages/compare.py", title="Compare · Vehicle or Cure?", url_path="compare"),
    st.Page("app_pages/paths.py", title="Paths · Vehicle or Cure?", url_path="paths"),
    st.Page("app_pages/seminar.py", title="Seminar · Vehicle or Cure?", url_path="seminar"),
    st.Page("app_pages/sources.py", title="Sources · Vehicle or Cure?", url_path="sources"),
    st.Page("app_pages/cite.py", title="Cite · Vehicle or Cure?", url_path="cite"),
    st.Page("app_pages/method.py", title="Method · Vehicle or Cure?", url_path="method"),
    st.Page(
        "app_pages/open.py",
        title="Open · Vehicle or Cure?",
        url_path="open",
        visibility="hidden",
    ),
    st.Page(
        "app_pages/gallery.py",
        title="Gallery · Vehicle or Cure?",
        url_path="gallery",
        visibility="hidden",
    ),
]
with in_turn():
    st.navigation(pages, position="hidden").run()
