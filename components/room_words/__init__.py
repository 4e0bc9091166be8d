"""The words that decided a room's votes: as quotes of the room, and for the presenter to hide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from components.markup import e

KEY = "room_words"
SHOWN_AT_MOST = 10
LONGEST = 200
OPENING, CLOSING = '"“„«', '"”“»'
HEADING = "Which words decided it?"
_HERE = Path(__file__).parent


class Words(Protocol):
    """What someone of the room wrote."""

    @property
    def id(self) -> str:
        """By what it is named when it is hidden."""

    @property
    def text(self) -> str:
        """What was written."""

    @property
    def hidden(self) -> bool:
        """Whether the presenter has hidden it."""


def room_words(words: Sequence[Words], *, at_most: int = SHOWN_AT_MOST) -> str:
    """Return the room's words as HTML, without those that are hidden; nothing without any."""
    return _under_heading(_listed(words, at_most))


def words_by_vote(votes: Mapping[str, Sequence[Words]], *, at_most: int = SHOWN_AT_MOST) -> str:
    """Return the words of several votes as HTML, each under its vote, so many of each at most."""
    parts = {name: _listed(words, at_most) for name, words in votes.items()}
    return _under_heading("".join(f"<h3>{e(name)}</h3>{p}" for name, p in parts.items() if p))


def _listed(words: Sequence[Words], at_most: int) -> str:
    seen = [_unquoted(" ".join(each.text.split())) for each in words if not each.hidden]
    seen = [text for text in seen if text]
    if not seen:
        return ""
    items = "".join(f'<li dir="auto">{e(_short(text))}</li>' for text in seen[:at_most])
    more = f"<p>and {len(seen) - at_most} more</p>" if len(seen) > at_most else ""
    return f"<ul>{items}</ul>{more}"


def _under_heading(listed: str) -> str:
    if not listed:
        return ""
    return (
        f'<section class="room-words" aria-label="{HEADING}"><h2 class="label">{HEADING}</h2>'
        f"{listed}</section>"
    )


def words_to_hide(
    words: Sequence[Words], *, on_hide: Callable[[str, bool], None], key: str = KEY
) -> None:
    """Show all words with a button beside each, for the presenter alone.

    ``on_hide`` is called with an id and whether it is to be hidden, before the next run.
    """

    def pressed() -> None:
        value = st.session_state[key].get("hide")
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            on_hide(value["id"], bool(value.get("hidden")))

    rows = [
        {"id": each.id, "text": _short(each.text), "hidden": each.hidden}
        for each in words
        if each.text.strip()
    ]
    _component()(key=key, data={"words": rows}, on_hide_change=pressed)


def _unquoted(text: str) -> str:
    """Return a text without quotation marks of its own around it, since it is given ours."""
    around = len(text) > 1 and text[0] in OPENING and text[-1] in CLOSING
    whole = around and not any(sign in text[1:-1] for sign in OPENING + CLOSING)
    return text[1:-1].strip() if whole else text


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "room_words",
        js=(_HERE / "room_words.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
