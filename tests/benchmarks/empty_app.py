"""An empty Streamlit app: one pills widget and one line of text that echoes it."""

import streamlit as st

chosen = st.pills(
    "School", ["Depth-psychological", "Attachment", "Empirical"], selection_mode="multi"
)
st.text(f"Chosen: {', '.join(chosen) or 'nothing'}")
