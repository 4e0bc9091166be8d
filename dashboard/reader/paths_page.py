"""The page of paths: the list and one's own selection, a passage at a time, and the end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components import filter_bar as bar
from components.markup import e
from components.notices import link_notes, problem_list
from components.own_html import answered_ahead, own_html
from components.page_actions import page_actions
from components.page_style import page_style
from components.path_list import path_facts, path_list
from components.path_step import (
    bridge,
    path_columns,
    path_head,
    path_place,
    path_reading,
    path_stepping,
    placed_quote,
    unplaced_answer,
    unplaced_quote,
)
from components.placement_scale import Option, placement_scale
from components.take_away import Offer, take_away
from components.turn_button import turn_button
from dashboard.debate.model import Path
from dashboard.debate.placements import NONE
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import no_claim_of, steps_of
from dashboard.reader.masthead import masthead
from dashboard.reader.path_end import codings, path_end
from dashboard.reader.path_rows import address, path_row, placings, sign_words
from dashboard.reader.path_taken import PathTaken, comparisons, own_passages
from dashboard.reader.take_away import handout_address
from dashboard.reading import brief, full
from dashboard.view import (
    LARGEST_NUMBER,
    LONGEST_PLACED,
    OWN,
    Changes,
    View,
    choose,
    dismiss_notes,
    notes,
)

LISTED_AT_MOST = 100
"""So many guided paths are listed."""
SHORTCUTS = ("1", "2", "3", "4", "5", "n", "w")
KEYS = (
    ("1 to 5", "place the passage, from the first step to the last"),
    ("N, W", "no claim; the question is wrong"),
    ("S", "go on without placing it"),
    ("← →", "previous and next passage"),
    ("Esc", "all paths"),
    ("?", "this list"),
)
BEGINNING = (
    "You read one passage at a time, the quote first. Put it where you think it belongs; only "
    "then do you see where we put it, and why. Your browser’s Back undoes a placement. The address "
    "holds all of it: leave and come back whenever you like."
)

BACK_UNDOES = "Placed by mistake? Your browser’s Back undoes it."


def page(opened: OpenDebate, view: View, taken: PathTaken | None) -> None:
    """Draw the page: the path that is taken, or the list of paths."""
    page_style()
    masthead(opened, "paths")
    problem_list(opened.problems)
    link_notes(notes(), on_dismiss=dismiss_notes)
    if taken is None:
        _paths(opened, view)
    else:
        _path(taken)
    page_actions({}, KEYS, search=bar.WORDS)


# The list of paths, and the reader's own selection.


@dataclass(frozen=True, slots=True)
class PathEntry:
    """A guided path as the list shows it."""

    title: str
    question: str
    length: str
    order: str
    leaves_out: str
    address: str


def path_entry(path: Path, view: View) -> PathEntry:
    """Return what the list shows of a path."""
    return PathEntry(
        path.title,
        path.question,
        _passages(len(path.steps)),
        path.order or "",
        path.leaves_out,
        address(view, path=path.id, step=0, placed="", blind="", seed=0),
    )


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"


def _paths(opened: OpenDebate, view: View) -> None:
    guided = opened.debate.paths
    own_html(
        path_head("Paths", "Place it before you see where we do", BEGINNING, first=True),
        key="path_heading",
    )
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        entries = [path_entry(path, view) for path in guided[:LISTED_AT_MOST]]
        more = len(guided) - len(entries)
        rest = f"<p>And {more} more.</p>" if more > 0 else ""
        listed = path_list(entries) if entries else "<p>This debate has no guided paths.</p>"
        own_html(
            f'<section class="guided"><h2 class="label">Guided paths</h2>{listed}{rest}</section>',
            key="path_list",
        )
    with right, st.container(key="path_own"):
        _own_selection(opened, view)


def _own_selection(opened: OpenDebate, view: View) -> None:
    debate = opened.debate
    schools, roles = opened.school_labels, opened.role_labels
    st.html(
        '<h2 class="label">Your own selection</h2>'
        "<p>Any passages, in any order. At the end you see all your placements against the "
        "readings, and can take them with you.</p>"
    )
    bar.fill(bar.Choice(view.school, view.role, view.q, view.basis, view.arrange, view.author))

    def changed() -> None:
        choice = bar.chosen(schools, roles)
        choose(school=choice.school, role=choice.role, q=choice.q)

    bar.filter_bar(schools, roles, (), (), (), schools_help=debate.schools_help, on_change=changed)
    _switch(
        "Blind: no author, year, school or role, and nothing of ours before the end",
        "path_blind",
        bool(view.blind),
        lambda on: choose(blind="yes" if on else ""),
    )
    _switch(
        "Shuffled",
        "path_shuffled",
        bool(view.seed),
        lambda on: choose(seed=1 + secrets.randbelow(LARGEST_NUMBER) if on else 0),
    )
    passages, matching = own_passages(opened, view.filters, view.seed)
    st.html(f'<p class="path-count" role="status">{own_count(len(passages), matching, view)}</p>')
    st.button(
        "Begin",
        key="path_begin",
        on_click=choose,
        kwargs={"path": OWN, "step": 1, "placed": ""},
        disabled=not passages,
    )


def own_count(taken: int, matching: int, view: View) -> str:
    """Return how many passages are taken of those that match, as HTML."""
    if matching <= LONGEST_PLACED:
        return f"<b>{_passages(taken)}</b>" if taken else "No passage matches."
    which = "drawn by lot" if view.seed else "the first"
    return f"<b>{_passages(taken)}</b>, {which} of {matching} that match"


def _switch(label: str, key: str, on: bool, report: Callable[[bool], None]) -> None:
    if st.session_state.get(key) != on:
        st.session_state[key] = on
    st.checkbox(label, key=key, on_change=lambda: report(st.session_state[key]))


# A path.


def _path(taken: PathTaken) -> None:
    own_html(path_html(taken), key="path")
    if taken.at_end:
        _take(taken)


def path_html(taken: PathTaken) -> str:
    """Return a path at its step as HTML that can be answered ahead of the session."""
    kind, title, question = heading(taken)
    if taken.passage:
        body = _passage(taken)
    elif taken.at_end:
        body = path_end(taken)
    else:
        body = _beginning(taken)
    return answered_ahead(
        f"{path_head(kind, title, question, first=not taken.step)}{_stepping(taken)}{body}",
        "paths",
        address(taken.view),
        arrived=str(taken.step),
    )


def heading(taken: PathTaken) -> tuple[str, str, str]:
    """Return what kind of path it is, its title and its question."""
    if taken.guided is not None:
        return "Guided path", taken.guided.title, taken.guided.question
    title = "Your own selection, blind" if taken.blind else "Your own selection"
    return "Place it yourself", title, taken.opened.debate.question


def _stepping(taken: PathTaken) -> str:
    back, on = (_address(taken, taken.move(by)) for by in (-1, 1))
    leave = address(taken.view, path="", step=0, placed="")
    return path_stepping(
        turn_button("‹ Previous", back, name="path-previous", key="ArrowLeft", soon=True),
        path_place(taken.step, len(taken.passages)),
        turn_button("Next ›", on, name="path-next", key="ArrowRight", soon=True),
        turn_button("All paths", leave, name="path-leave", key="Escape"),
    )


def _address(taken: PathTaken, changes: Changes) -> str:
    """Return the link to what ``changes`` lead to, empty where there are none."""
    return address(taken.view, **changes) if changes else ""


def _beginning(taken: PathTaken) -> str:
    assert taken.guided is not None
    facts = path_facts(path_entry(taken.guided, taken.view))
    begin = turn_button("Begin", address(taken.view, step=1), name="path-begin")
    return f'<section class="path-text path-list">{facts}<p>{e(BEGINNING)}</p>{begin}</section>'


def _passage(taken: PathTaken) -> str:
    answer = reading_html(taken) if taken.shown else scale_html(taken)
    return path_columns(quote_html(taken), answer)


def quote_html(taken: PathTaken) -> str:
    """Return the quote of a step; before it is placed nothing in it tells where it belongs."""
    reading = brief(taken.opened, taken.passage)
    if taken.shown:
        return placed_quote(reading)
    return unplaced_quote(reading, blind=taken.blind)


def scale_html(taken: PathTaken) -> str:
    """Return the scale on which the passage of a step is placed, as HTML."""
    asked = taken.opened.debate.axis.title
    options = placing_options(taken)
    names = {sign: name for sign, name, _ in placings(taken.opened)}
    so_far = sign_words(taken.opened, taken.sign) if taken.sign else ""
    return unplaced_answer(
        asked,
        so_far,
        placement_scale(
            options,
            asked=asked,
            apart=len(options) - 2,
            chosen=names.get(taken.sign, ""),
        ),
        turn_button(
            "Leave it out" if taken.blind else "Show without placing",
            _address(taken, taken.place(NONE)),
            name="path-skip",
            key="s",
        ),
    )


def placing_options(taken: PathTaken) -> tuple[Option, ...]:
    """Return what the passage of a step can be placed at, and the view that each leads to."""
    named = placings(taken.opened)
    keys = (*SHORTCUTS[: len(named) - 2], *SHORTCUTS[-2:])
    return tuple(
        Option(name, meaning, _address(taken, taken.place(sign)), key)
        for (sign, name, meaning), key in zip(named, keys, strict=True)
    )


def reading_html(taken: PathTaken) -> str:
    """Return where the passage of a step stands and why, and what leads on."""
    opened = taken.opened
    reading = full(opened, taken.passage)
    one = comparisons(opened, taken.passages, taken.view.placed)[taken.step - 1]
    last = taken.step == len(taken.passages)
    onward = bridge(
        taken.bridge,
        address(taken.view, step=taken.step + 1),
        "To the end of the path ›" if last else "Next passage ›",
    )
    return path_reading(
        reading,
        path_row(taken, one),
        steps_of(opened),
        no_claim_of(opened),
        verdict=(
            f"You: {sign_words(opened, taken.sign)}.",
            f"The words: {reading.quote_words}.",
        ),
        onward=onward,
        undo=BACK_UNDOES if _is_last_placed(taken) else "",
    )


def _is_last_placed(taken: PathTaken) -> bool:
    """Say whether the step's placement is the last that was made, so that Back leads before it."""
    is_last = taken.step == len(taken.view.placed)
    return is_last and taken.sign != NONE and not taken.blind


def _take(taken: PathTaken) -> None:
    with st.container(key="path_take", horizontal=True):
        st.download_button(
            "Download codings.csv",
            lambda: codings(taken),
            "codings.csv",
            "text/csv",
            key="path_codings",
            on_click="ignore",
            disabled=not codings(taken),
        )
        st.button(
            "Begin again", key="path_again", on_click=choose, kwargs={"step": 1, "placed": ""}
        )
    take_away([Offer("Handout", handout_address(taken.view, "paths"))])
