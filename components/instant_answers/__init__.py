"""Instant answers: what the browser already knows is shown before the server has answered.

A click on a mark or a school needs nothing but passages that the page can hold. This part
fetches the cards once, when the page has come to rest, and on a click shows card, count and lit
marks at once. The server's answer follows and has the last word: the same HTML, made by the same
functions. Where there are no cards, or a choice is not understood, the server alone answers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

KEY = "instant_answers"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Facts:
    """What the browser needs to answer by itself.

    ``cards`` is the address of the cards as JSON, by passage id. ``passages`` holds id, school,
    role and author of each passage in order; ``schools`` and ``roles`` the ids of the pills in
    their order; ``words`` the passages that the words searched for let through (``None``: all).
    ``read_first`` says whether the first match is read, as it is while nothing was chosen.
    ``before`` and ``after`` are the passages that previous and next lead to, ``hidden`` the
    notice over a passage that the filters hide.
    """

    cards: str
    passages: Sequence[tuple[str, str, str, str]]
    schools: Sequence[str]
    roles: Sequence[str]
    words: Collection[str] | None
    authors: int
    read_first: bool
    before: str
    after: str
    hidden: str


def instant_answers(facts: Facts) -> None:
    """Answer clicks on marks, schools, roles, links and steps at once; shows nothing itself."""
    data = asdict(facts)
    data["words"] = None if facts.words is None else list(facts.words)
    _component()(key=KEY, data=data)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "instant_answers",
        css=".st-key-instant_answers {\n  display: none;\n}\n",
        js=(_HERE / "instant_answers.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
