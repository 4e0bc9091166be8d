"""Instant answers: what the browser already knows is shown before the server has answered.

A click on a mark or a school needs little that the page cannot hold. This part fetches the
debate's groups of passages once, when the page has come to rest, and on a click shows card,
count, rows and lit marks at once. The server's answer follows and has the last word: the same
HTML, made by the same functions. What is not held here the server alone answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

KEY = "instant_answers"
_HEARD = "_choices_heard"
_MOST_HEARD = 2**53
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Facts:
    """What the browser needs to answer by itself.

    ``answers`` is the address of the debate's groups of passages as JSON, empty where the server
    alone can answer. A group has ``school``, ``role``, ``count`` of passages, ``authors``,
    ``first`` (a passage), ``rows`` of the table (number and HTML); beside them lie ``cards`` by
    passage. ``words`` holds the numbers of the groups that the words searched for let through
    (``None``: all), ``found`` those that all filters let through; ``marks`` names the mark of
    a first passage where it has another id.

    ``schools`` and ``roles`` are the ids of the pills in their order, ``passages`` and
    ``authors`` how many there are. ``read_first`` says whether the first match is read, as it is
    while nothing was chosen. ``reading`` is the passage read, ``sequence`` what previous and next
    step through, as much of it as stands around the passage, ``before`` and ``after`` where they
    lead from a passage outside it; ``by_author`` says that these are an author's passages, which
    filters leave as they are. ``hidden`` is the notice over a passage that the filters hide.
    ``table`` is the key of the table that shows the first ``table_at_most`` matching passages.
    """

    answers: str
    words: Sequence[int] | None
    found: Sequence[int]
    marks: Mapping[str, str]
    schools: Sequence[str]
    roles: Sequence[str]
    passages: int
    authors: int
    read_first: bool
    by_author: bool
    reading: str
    sequence: Sequence[str]
    before: str
    after: str
    hidden: str
    table: str
    table_at_most: int


def instant_answers(facts: Facts, *, on_pick: Callable[[str, bool], None]) -> None:
    """Answer clicks on marks, schools, roles, links and steps at once; shows nothing itself.

    While this part is on a page, every choice of a passage comes from here, so that of several
    quick ones the last counts. ``on_pick`` is called with the passage, and with whether the
    author chosen stays chosen, as he does after a step.
    """

    def picked() -> None:
        value = st.session_state[KEY].get("pick")
        if not isinstance(value, Mapping):
            return
        passage, number = value.get("passage"), value.get("number")
        if type(number) is int and 0 <= number <= _MOST_HEARD:
            st.session_state[_HEARD] = number
        if isinstance(passage, str):
            on_pick(passage, bool(value.get("stay")))

    # The browser numbers what it tells, to know an answer to it from one to an earlier choice.
    heard = st.session_state.get(_HEARD, 0)
    _component()(key=KEY, data=asdict(facts) | {"heard": heard}, on_pick_change=picked)


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "instant_answers",
        css=".st-key-instant_answers {\n  display: none;\n}\n",
        js=(_HERE / "instant_answers.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
