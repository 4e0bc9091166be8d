"""HTML made by our own parts, shown as it is made.

Streamlit's element for HTML runs a sanitizer, which takes an id such as ``</style>`` in an
attribute for an attack and drops it. Ours needs no sanitizer: every text in it went through
``components.markup.e``, and the page's policy lets no inline script run.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent


def own_html(html: str, *, key: str) -> None:
    """Show ``html``, in which every text is escaped, in a place of its own called ``key``.

    Where its first element has a ``data-arrived`` and that changes, the page goes to its top.
    What is open of ``details`` with a ``data-stays`` is still open when they come again.
    """
    _component()(key=key, data={"html": html})


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "own_html", js=(_HERE / "own_html.js").read_text(encoding="utf-8"), isolate_styles=False
    )
