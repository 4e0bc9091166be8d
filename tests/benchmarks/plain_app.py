"""The same map and list as a plain Streamlit page: st.plotly_chart, st.html, default settings."""

import html
from pathlib import Path

import compared_debate
import streamlit as st


@st.cache_data
def debate_at(folder: Path) -> compared_debate.ComparedDebate:
    """Read the debate once."""
    return compared_debate.read_debate(folder)


def choose() -> None:
    """Keep the clicked passage; an empty selection keeps the one before."""
    if points := st.session_state["position_map"].selection.points:
        st.session_state["passage"] = points[0]["customdata"][0]


st.set_page_config(layout="wide")
debate = debate_at(compared_debate.debate_folder())
st.header(debate.title)
left, middle, right = st.columns(3)
schools = left.pills(
    "School", debate.schools, selection_mode="multi", format_func=debate.schools.__getitem__
)
roles = middle.pills(
    "Role", debate.roles, selection_mode="multi", format_func=debate.roles.__getitem__
)
basis = right.segmented_control(
    "Read from",
    ["both", "quote", "gloss"],
    default="both",
    format_func={
        "both": "Both",
        "quote": "Author's words",
        "gloss": "Library's gloss",
    }.__getitem__,
)
words = st.text_input("Words")
shown = debate.shown(schools, roles, words)
chosen = st.session_state.setdefault("passage", debate.marks[0].id)

board, pane = st.columns([2, 1])
with board:
    st.plotly_chart(
        compared_debate.position_map(debate, shown, basis or "both", chosen),
        key="position_map",
        on_select=choose,
        selection_mode="points",
    )
    st.text(debate.count(shown))
mark = next(mark for mark in debate.marks if mark.id == chosen)
pane.html(
    f'<blockquote data-passage="{html.escape(mark.id)}">{html.escape(mark.quote)}</blockquote>'
    f"<p>{html.escape(mark.citation)}, {html.escape(debate.schools[mark.school])}</p>"
    f'<p data-gloss="{html.escape(mark.id)}">{html.escape(mark.gloss)}</p><ul id="matching">'
    + "".join(
        f'<li data-listed="{html.escape(item.id)}">{html.escape(item.id)} '
        f"{html.escape(item.citation)}: {html.escape(item.quote[:60])}</li>"
        for item in shown
    )
    + "</ul>"
)
