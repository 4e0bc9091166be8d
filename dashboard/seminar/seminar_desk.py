"""What is typed on a slide: sentences, endings, vignettes, a second axis. Kept for the visit alone.

Nothing of it is in the link or stored on the server. The browser keeps it in its tab, so that a
reload brings it back; the presenter may save it as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

import streamlit as st

from components.filter_bar import plain
from dashboard.debate.model import Debate
from dashboard.debate.plan import cleaned
from dashboard.seminar.seminar_slides import Shown

_TYPED = "_seminar_typed"
LONGEST = 600
NO_CASES = "No real case material is to be typed in."
LINES_AT_MOST = 30
LONGEST_NAME = 100
ROWS_AT_MOST = 400
WORDS = ("Accepted", "Repaired")

Typed = Mapping[tuple[int, str], object]


def typed(plan: str) -> Typed:
    """Return what was typed on the slides of a plan in this visit, by slide and what it is."""
    held = st.session_state.get(_TYPED)
    if isinstance(held, tuple) and held[0] == plan:
        return cast(Typed, held[1])
    return {}


def typed_rows(plan: str) -> list[tuple[int, str, object]]:
    """Return what was typed as rows of slide, what it is and value, for the browser to keep."""
    return [(number, what, value) for (number, what), value in typed(plan).items()]


def take_typed(plan: str, rows: object) -> None:
    """Take back what a browser kept of this plan; the fields are filled from it anew."""
    st.session_state[_TYPED] = (plan, sound_rows(rows))
    for key in [str(key) for key in st.session_state]:
        if key.startswith(("axis_", "vignette_")) and not key.endswith("_save"):
            del st.session_state[key]


def sound_rows(rows: object) -> Typed:
    """Return what was typed as a browser kept it; what has not the form of it is left out."""
    return {
        (row[0], row[1]): _sound(row[1], row[2])
        for row in (rows[:ROWS_AT_MOST] if isinstance(rows, list) else ())
        if isinstance(row, list) and len(row) == 3 and _is_place(row[0], row[1])
    }


def _is_place(number: object, what: object) -> bool:
    is_number = isinstance(number, int) and not isinstance(number, bool)
    return is_number and isinstance(what, str) and len(what) <= LONGEST_NAME


def _sound(what: str, value: object) -> object:
    """Return a value as it can be typed there: some texts, a height or none, a text."""
    if what in _LISTS:
        texts = value[: _LISTS[what]] if isinstance(value, list) else []
        kept = (cleaned(one[: LONGEST + LONGEST_NAME]) for one in texts if isinstance(one, str))
        return [one for one in kept if one]
    if what.startswith("at "):
        is_height = isinstance(value, int) and not isinstance(value, bool) and -2 <= value <= 2
        return value if is_height else None
    return (cleaned(value[:LONGEST]) or "") if isinstance(value, str) else ""


_LISTS = {"lines": LINES_AT_MOST, "guides": 2, "misleads": 1}
"""How many texts there can be of each kind."""


def desk(shown: Shown, plan: str) -> None:
    """Draw what can be typed on a slide; nothing where nothing can."""
    draw = _DESKS.get(shown.slide.kind)
    if draw is None or not _is_open(shown):
        return
    with st.container(key="slide_desk"):
        draw(shown, plan)


def _is_open(shown: Shown) -> bool:
    slide = shown.slide
    if slide.kind == "sides":
        stages = slide.activity.stages
        return bool(stages) and bool(stages[shown.stage].write)
    if slide.kind == "endings":
        return shown.stage == 0
    return True


def _keep(plan: str, changes: Mapping[tuple[int, str], object]) -> None:
    st.session_state[_TYPED] = (plan, {**typed(plan), **changes})


def _lines(shown: Shown, plan: str) -> None:
    number, key = shown.number, f"lines_{shown.number}"
    held = list(cast(list[str], typed(plan).get((number, "lines"), [])))

    def add(mark: str = "") -> None:
        text = cleaned(str(st.session_state.get(key, ""))[:LONGEST])
        if text and len(held) < LINES_AT_MOST:
            line = f"{text.strip()} ({mark.lower()})" if mark else text.strip()
            _keep(plan, {(number, "lines"): [*held, line]})
        st.session_state[key] = ""

    st.text_area(
        _label(shown),
        key=key,
        height=68,
        max_chars=LONGEST,
        label_visibility="collapsed",
        placeholder=_prompt(shown),
    )
    with st.container(key="desk_buttons", horizontal=True):
        if shown.slide.kind == "write":
            for mark in WORDS:
                st.button(mark, key=f"{key}_{mark.lower()}", on_click=add, args=(mark,))
        else:
            st.button("Add", key=f"{key}_add", on_click=add)
        st.download_button(
            "Save what was written",
            lambda: "\n".join(held) + "\n",
            "written.txt",
            "text/plain",
            key=f"{key}_save",
            on_click="ignore",
            disabled=not held,
        )
        if vignette_care(shown.opened.debate):
            st.html(f'<p class="plan-link">{NO_CASES}</p>')


def _label(shown: Shown) -> str:
    labels = {"sides": "A sentence", "write": "Its strongest form", "endings": "An ending"}
    return labels.get(shown.slide.kind, "A line")


def _prompt(shown: Shown) -> str:
    """Return what stands in the empty box; unlike a label it is shown as it is, not as Markdown."""
    stages = shown.slide.activity.stages if shown.slide.kind == "sides" else ()
    return (stages[shown.stage].write if stages else None) or _label(shown)


def vignette_care(debate: Debate) -> str:
    """Return the sentence that stands beside the box for a vignette."""
    return debate.disclaimers.get("vignettes", "")


def _second_axis(shown: Shown, plan: str) -> None:
    number = shown.number
    passages = shown.slide.passages[:8]
    names = ["low", "high", *(f"at {one}" for one in passages)]
    keys = {name: f"axis_{number}_{i}" for i, name in enumerate(names)}
    for name, key in keys.items():
        if key not in st.session_state:
            st.session_state[key] = typed(plan).get((number, name), "" if name in _ENDS else None)

    def changed() -> None:
        values = {name: st.session_state[key] for name, key in keys.items()}
        ends = {(number, end): str(values[end] or "")[:60] for end in _ENDS}
        heights = {(number, name): values[name] for name in names[2:]}
        _keep(plan, {**ends, **heights})

    with st.container(key="desk_axis", horizontal=True):
        st.text_input("Upper end", key=keys["high"], max_chars=60, on_change=changed)
        st.text_input("Lower end", key=keys["low"], max_chars=60, on_change=changed)
        rows = "".join(f"{one},{_height(plan, number, one)}\n" for one in passages)
        table = f"passage,{_end(plan, number, 'low')} to {_end(plan, number, 'high')}\n{rows}"
        st.download_button(
            "Save as a table",
            # Made when it is asked for: a file made in each run is gone with the next one.
            lambda: table,
            "second-axis.csv",
            "text/csv",
            key=f"axis_{number}_save",
            on_click="ignore",
        )
    with st.container(key="desk_places", horizontal=True):
        for one in passages:
            st.number_input(plain(one), -2, 2, step=1, key=keys[f"at {one}"], on_change=changed)


_ENDS = ("low", "high")


def _height(plan: str, number: int, passage: str) -> str:
    value = typed(plan).get((number, f"at {passage}"))
    return "" if value is None else str(value)


def _end(plan: str, number: int, end: str) -> str:
    text = str(typed(plan).get((number, end), "")) or end
    return "".join(c for c in text if c.isalnum() or c == " ")


def _vignette(shown: Shown, plan: str) -> None:
    number = shown.number
    passages = [p.id for p in shown.opened.debate.passages[:400]]
    keys = {what: f"vignette_{number}_{what}" for what in ("text", "guides", "misleads")}
    for what, key in keys.items():
        if key not in st.session_state:
            held = typed(plan).get((number, what), "")
            named = held if isinstance(held, list) else []
            known = [one for one in named if one in passages]
            st.session_state[key] = str(held) if what == "text" else known

    def changed() -> None:
        values = {what: st.session_state[key] for what, key in keys.items()}
        text = cleaned(str(values["text"])[:LONGEST]) or ""
        _keep(
            plan,
            {
                (number, "text"): text,
                (number, "guides"): list(values["guides"])[:2],
                (number, "misleads"): list(values["misleads"])[:1],
            },
        )

    left, middle, right = st.columns([0.5, 0.25, 0.25])
    left.text_area(
        f"Vignette. {vignette_care(shown.opened.debate)}",
        key=keys["text"],
        height=68,
        max_chars=LONGEST,
        on_change=changed,
    )
    middle.multiselect("Guides", passages, key=keys["guides"], max_selections=2, on_change=changed)
    right.multiselect(
        "Misleads", passages, key=keys["misleads"], max_selections=1, on_change=changed
    )


_DESKS: Mapping[str, Callable[[Shown, str], None]] = {
    "sides": _lines,
    "write": _lines,
    "endings": _lines,
    "axis": _second_axis,
    "vignette": _vignette,
}
"""What can be typed on each kind of slide."""
