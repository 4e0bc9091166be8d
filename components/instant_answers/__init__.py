"""Instant answers: what the browser already knows is shown before the server has answered.

A click on a mark or a school needs nothing but passages that the page can hold. This part
fetches the cards once, when the page has come to rest, and on a click shows card, count and lit
marks at once. The server's answer follows and has the last word: the same HTML, made by the same
functions. Where there are no cards, or a choice is not understood, the server alone answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
    ``reading`` is the passage read, ``sequence`` what previous and next step through, ``before``
    and ``after`` where they lead from a passage outside it, ``hidden`` the notice over a passage
    that the filters hide.
    """

    cards: str
    passages: Sequence[tuple[str, str, str, str]]
    schools: Sequence[str]
    roles: Sequence[str]
    words: Collection[str] | None
    authors: int
    read_first: bool
    reading: str
    sequence: Sequence[str]
    before: str
    after: str
    hidden: str


def instant_answers(facts: Facts, *, on_step: Callable[[str], None]) -> None:
    """Answer clicks on marks, schools, roles, links and steps at once; shows nothing itself.

    The arrow keys step here, so that quick presses are all heard; ``on_step`` is called with the
    passage that they led to.
    """

    def stepped() -> None:
        value = st.session_state[KEY].get("step")
        if isinstance(value, str):
            on_step(value)

    data = asdict(facts)
    data["words"] = None if facts.words is None else list(facts.words)
    _component()(key=KEY, data=data, on_step_change=stepped)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "instant_answers",
        css=".st-key-instant_answers {\n  display: none;\n}\n",
        js=(_HERE / "instant_answers.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
