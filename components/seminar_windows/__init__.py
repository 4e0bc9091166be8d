"""The windows of a seminar: keys that step, windows that follow each other, timer, own notes.

Stepping is done in the browser, by the address alone: one step is one entry in the history, and
a second window of the same browser is told by the browser itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

KEY = "seminar_windows"
Role = Literal["prepare", "projector", "notes"]
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the windows must know of a presentation.

    ``places`` hold every slide with its stages in order; ``hands`` those that are counted;
    ``activities`` and ``minutes`` have, for each slide, the place of its activity in the plan and
    how long that may take. ``room`` is the room's code; when ``mark`` changes, the other window
    looks again. ``name`` is what a ready plan is called, empty for one's own.
    """

    plan: str
    places: Sequence[tuple[int, int]]
    hands: str
    activities: Sequence[int]
    minutes: Sequence[int]
    room: str = ""
    mark: str = ""
    name: str = ""


def seminar_windows(
    role: Role,
    presentation: Presentation,
    *,
    debate: str,
    title: str = "",
    notes: Sequence[str] = (),
    on_kept: Callable[[str, list[str]], None] | None = None,
    typed: Sequence[tuple[int, str, object]] = (),
    on_typed: Callable[[object], None] | None = None,
) -> None:
    """Listen for the keys of a presentation, and follow its other window.

    Where a plan is prepared the ``title`` it was given and its ``notes``, one a step, are kept in
    the browser for the presenter's window; ``on_kept`` is called with those of an earlier visit,
    as the browser sent them. A link with ``data-titled`` is given the title that was kept.
    What was ``typed`` on slides (slide, what it is, value) stays in the browser's tab and is told
    to the other window; after a reload, and there, ``on_typed`` is called with it, as the browser
    sent it.
    """

    def kept() -> None:
        value = st.session_state[KEY].get("kept")
        held = value.get("notes") if isinstance(value, dict) else None
        if on_kept and isinstance(held, list):
            title = value.get("title")
            texts = [one if isinstance(one, str) else "" for one in held]
            on_kept(title if isinstance(title, str) else "", texts)

    def typed_before() -> None:
        if on_typed:
            on_typed(st.session_state[KEY].get("typed"))

    _component()(
        key=KEY,
        data={
            "role": role,
            "debate": debate,
            "plan": presentation.plan,
            "places": [list(place) for place in presentation.places],
            "hands": presentation.hands,
            "activities": list(presentation.activities),
            "minutes": list(presentation.minutes),
            "room": presentation.room,
            "mark": presentation.mark,
            "name": presentation.name,
            "title": title,
            "notes": list(notes),
            "typed": [list(one) for one in typed],
        },
        on_kept_change=kept,
        on_typed_change=typed_before,
        on_looks_again_change=lambda: None,
    )


def presenter_clock() -> str:
    """Return the place of timer and clock as HTML; the component fills it."""
    return (
        '<section class="presenter-clock" aria-label="Timer">'
        '<p class="clock-time" role="timer" data-clock="elapsed">0:00</p>'
        '<p data-clock="planned"></p><p data-clock="stage"></p><p data-clock="now"></p>'
        '<p><button type="button" class="plain-button" data-clock-pause="yes">Pause</button> '
        '<button type="button" class="plain-button" data-clock-again="yes">From 0</button></p>'
        '<p class="clock-blank" role="status" data-clock="blank"></p></section>'
    )


def projector_shows() -> str:
    """Return the head of the projector's slide, and where it is said if the projector shows other.

    The component fills it.
    """
    return (
        '<div class="presenter projector-shows"><h2>On the projector</h2>'
        '<p role="status"><span data-clock="shows"></span> '
        '<a data-follow="yes" href="./seminar" hidden>Go on with it here</a></p></div>'
    )


def own_note(step: int) -> str:
    """Return the place of the presenter's own notes on a step, kept in this browser, as HTML."""
    return f'<div class="presenter-own" data-own-step="{step}"></div>'


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "seminar_windows",
        css=(_HERE / "seminar_windows.css").read_text(encoding="utf-8"),
        js=(_HERE / "seminar_windows.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
