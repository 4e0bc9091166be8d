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

from components.markup import e

_HERE = Path(__file__).parent


def own_html(html: str, *, key: str) -> None:
    """Show ``html``, in which every text is escaped, in a place of its own called ``key``.

    Where its first element has a ``data-arrived`` and that changes, the page goes to its top. What
    ``answered_ahead`` wraps can be shown before the session has answered. Where the focus was in
    what is replaced, it goes to the element with ``data-read-on``.
    What is open of ``details`` with a ``data-stays`` is still open when they come again.
    """
    _component()(key=key, data={"html": html})


def answered_ahead(html: str, page: str, view: str, *, arrived: str = "") -> str:
    """Return ``html`` wrapped so that the browser can replace it ahead of the session.

    ``page`` is the place in the URL of the page that it stands on; the same HTML is found at
    ``ahead/<page>`` with the query of a link. ``view`` tells one view from another.
    """
    at = f' data-arrived="{e(arrived)}"' if arrived else ""
    return f'<div data-view="{e(view)}" data-ahead="{e(page)}"{at}>{html}</div>'


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "own_html", js=(_HERE / "own_html.js").read_text(encoding="utf-8"), isolate_styles=False
    )
