"""The view: everything a reader has chosen, and its one place in the URL.

This is the only module that reads or writes the query. A choice goes one way: a part of the
page reports it, ``choose`` turns it into a new view and writes the URL, the next run reads it.
One choice is one entry in the browser's history, so Back and Forward undo and redo it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any, Literal, TypedDict, Unpack, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.debate.checks import OWN_PATH
from dashboard.debate.directions import without_turning
from dashboard.debate.filters import Filters
from dashboard.debate.hands import read_hands
from dashboard.debate.marks import ARRANGES, BASES, Arrange, Basis
from dashboard.debate.order import ORDERS
from dashboard.debate.placements import NO_CLAIM, NONE, STEP_SIGNS, WRONG
from dashboard.debate.plan import LONGEST_LINK, from_link, to_link
from dashboard.debate.problems import on_one_line
from dashboard.debate.reference_styles import STYLE_LABELS

Show = Literal["", "map", "quote", "notes", "join"]
SHOWS: tuple[Show, ...] = ("map", "quote")
"""What a view shows to a room."""
NOTES_SHOWN: Show = "notes"
"""What the presenter's own window shows of a seminar."""
JOIN_SHOWN: Show = "join"
"""How a room is joined, in place of a slide."""
STYLES = tuple(STYLE_LABELS)
OWN = OWN_PATH
LONGEST_PLACED = 400
MOST_COMPARED = 4
LONGEST_SEARCH = 200
LONGEST_NAMED = 60
NOTES_AT_MOST = 10
LARGEST_NUMBER = 9999
LONGEST_ROOM = 12

Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class View:
    """What the reader sees.

    Filters, the choice, the basis; on the map the arrangement, the page of rows and the projector;
    where one reads the order and the leaf of the list; what is compared (ids of authors and
    passages); on a path its id, the step (0 before the first), the placements made so far, one
    sign a step (see ``PLACINGS``), whether the author is hidden and the seed of the order; in a
    seminar the plan (the id of a ready one, or its steps), the slide (0 while it is prepared), its
    stage, the room's code and the hands that were counted; the style in which works are
    cited; the debate, empty for the first.
    """

    school: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    q: str = ""
    author: str = ""
    passage: str = ""
    basis: Basis = "both"
    arrange: Arrange = "author"
    rows: int = 1
    show: Show = ""
    reveal: str = ""
    by: str = "source"
    leaf: int = 1
    of: tuple[str, ...] = ()
    path: str = ""
    step: int = 0
    placed: str = ""
    blind: str = ""
    seed: int = 0
    style: str = "apa"
    debate: str = ""
    plan: str = ""
    slide: int = 0
    stage: int = 0
    room: str = ""
    hands: str = ""

    @property
    def filters(self) -> Filters:
        """The part of the view that lets passages through or not."""
        return Filters(self.school, self.role, self.q)


DEFAULT = View()
KEYS = tuple(field.name for field in fields(View))
PLACINGS = STEP_SIGNS + NO_CLAIM + WRONG + NONE
"""How a placement is written in a link: the five steps, no claim, the question is wrong, none."""

VISIT = "visit-"
"""How links to a debate begin that is open for one visit only."""
_FILTERS = ("school", "role", "q")
_ON_MAP = ("debate", *_FILTERS, "author", "passage", "basis", "arrange", "rows", "show", "reveal")
_ON_PAGE: Mapping[str, tuple[str, ...]] = {
    "read": ("debate", *_FILTERS, "passage", "by", "leaf"),
    "compare": ("debate", "of"),
    "sources": (*_ON_MAP, "style"),
    "cite": (*_ON_MAP, "style"),
    "paths": ("debate", *_FILTERS, "path", "step", "placed", "blind", "seed"),
    "seminar": ("debate", "plan", "slide", "stage", "show", "room", "hands"),
}
_SHOWN_ON: Mapping[str, tuple[Show, ...]] = {"seminar": (NOTES_SHOWN, JOIN_SHOWN)}


def keys_on(page: str) -> tuple[str, ...]:
    """Return the parts of a view that the links of a page hold, in their order.

    A page is named by its place in the URL, the map's is empty. Pages that have no choices of
    their own hold what the map does, so that the way back to it is not lost.
    """
    return _ON_PAGE.get(page, _ON_MAP)


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a view of one debate may hold, each collection in the debate's order.

    ``debate`` is what links to this debate hold, empty for the first, which ``debate_name`` names
    as well.
    """

    schools: Sequence[str]
    roles: Sequence[str]
    author_of: Mapping[str, str]
    authors: Collection[str]
    bases: Sequence[str] = BASES
    arranges: Sequence[str] = ARRANGES
    row_pages: int = LARGEST_NUMBER
    paths: Collection[str] = ()
    debate: str = ""
    debate_name: str = ""
    plans: Collection[str] = ()
    activities: Collection[str] = ()


def to_query(view: View, page: str = "") -> Query:
    """Return the view as the query of a page: canonical order, what is at its default left out."""
    query: Query = {}
    for key in keys_on(page):
        value = getattr(view, key)
        if key == "show" and value not in _shows_on(page):
            continue
        if value != getattr(DEFAULT, key):
            query[key] = list(value) if isinstance(value, tuple) else [str(value)]
    return query


def _shows_on(page: str) -> tuple[Show, ...]:
    return _SHOWN_ON.get(page, SHOWS)


def from_query(
    query: Mapping[str, Sequence[str]], known: Known, page: str = "", last: View = DEFAULT
) -> tuple[View, tuple[str, ...]]:
    """Return the view that a page's query asks for, and a note on each part that is not known.

    What the page's links do not hold stays as in ``last``. What is unknown is named in a note and
    ignored; nothing in a query can raise.
    """
    notes: list[str] = []
    notes.extend(_misspelt(key, near) for key in query if (near := _near(key)))
    if last.debate != known.debate:
        last = View(debate=known.debate)
    read = {key: _READERS[key](query, known, notes) for key in keys_on(page)}
    if read.get("show") and read["show"] not in _shows_on(page):
        notes.append(_unknown("show", read["show"]))
        read["show"] = ""
    view = replace(last, **read)
    if page != "paths":
        view = _own_begun_anew(view, last)
    if view.passage and view.author and known.author_of[view.passage] != view.author:
        if "author" in read:
            notes.append(
                f"Passage “{_named(view.passage)}” is not by author “{_named(view.author)}”; "
                "the passage is shown."
            )
        view = replace(view, author="")
    more = len(notes) - NOTES_AT_MOST
    ends = (f"And {more} more parts of the link are ignored.",) if more > 0 else ()
    return view, (*notes[:NOTES_AT_MOST], *ends)


def _own_begun_anew(view: View, last: View) -> View:
    """Return the view without a selection's placements where its filters let others through."""
    if view.path != OWN or view.filters == last.filters:
        return view
    return replace(view, path="", step=0, placed="")


def _several(
    key: str, query: Mapping[str, Sequence[str]], known: Sequence[str], notes: list[str]
) -> tuple[str, ...]:
    asked = [value for value in query.get(key, ()) if value]
    notes.extend(_unknown(key, value) for value in dict.fromkeys(asked) if value not in known)
    return tuple(value for value in known if value in asked)


def _one(
    key: str, query: Mapping[str, Sequence[str]], known: Collection[str], notes: list[str]
) -> str:
    asked = [value for value in query.get(key, ()) if value]
    notes.extend(_unknown(key, value) for value in dict.fromkeys(asked) if value not in known)
    return next((value for value in reversed(asked) if value in known), "")


def _search(query: Mapping[str, Sequence[str]], notes: list[str]) -> str:
    q = " ".join(without_turning((query.get("q") or [""])[-1]).split())
    if len(q) > LONGEST_SEARCH:
        notes.append(f"The search is longer than {LONGEST_SEARCH} characters and is ignored.")
        return ""
    return q


def _number(
    key: str, query: Mapping[str, Sequence[str]], least: int, most: int, notes: list[str]
) -> int:
    asked = (query.get(key) or [""])[-1]
    if asked.isascii() and asked.isdigit() and len(asked) <= 4 and least <= int(asked) <= most:
        return int(asked)
    if asked:
        notes.append(_unknown(key, asked))
    return least


def _debate(query: Mapping[str, Sequence[str]], known: Known, notes: list[str]) -> str:
    asked = asked_debate(query)
    if asked and asked not in (known.debate, known.debate_name):
        notes.append(VISIT_OVER if asked.startswith(VISIT) else _no_debate(asked))
    return known.debate


def asked_debate(query: Mapping[str, Sequence[str]]) -> str:
    """Return the debate that a query names, empty where it names none."""
    return next((value for value in reversed(query.get("debate", ())) if value), "")


def _compared(
    query: Mapping[str, Sequence[str]], known: Known, notes: list[str]
) -> tuple[str, ...]:
    asked = [value for value in dict.fromkeys(query.get("of", ())) if value]
    found = [value for value in asked if value in known.authors or value in known.author_of]
    notes.extend(_unknown("of", value) for value in asked if value not in found)
    if len(found) > MOST_COMPARED:
        notes.append(f"No more than {MOST_COMPARED} can be compared; the first are shown.")
    return tuple(found[:MOST_COMPARED])


def _placed(query: Mapping[str, Sequence[str]], notes: list[str]) -> str:
    asked = (query.get("placed") or [""])[-1]
    if len(asked) <= LONGEST_PLACED and set(asked) <= set(PLACINGS):
        return asked
    notes.append("The placements in the link cannot be read and are ignored.")
    return ""


def _plan(query: Mapping[str, Sequence[str]], known: Known, notes: list[str]) -> str:
    asked = (query.get("plan") or [""])[-1]
    if asked in known.plans or not asked:
        return asked
    if len(asked) > LONGEST_LINK:
        notes.append("The plan in the link is too long and is ignored.")
        return ""
    steps, unknown = from_link(asked, known.activities, known.author_of)
    notes.extend(_unknown(kind, name) for kind, name in unknown)
    return to_link(steps)


def _room(query: Mapping[str, Sequence[str]], notes: list[str]) -> str:
    asked = (query.get("room") or [""])[-1]
    if asked and not (asked.isascii() and asked.isalnum() and len(asked) <= LONGEST_ROOM):
        notes.append("The room in the link is no code of a room and is ignored.")
        return ""
    return asked


def _hands(query: Mapping[str, Sequence[str]], notes: list[str]) -> str:
    asked = (query.get("hands") or [""])[-1]
    if read_hands(asked) is None:
        notes.append("The show of hands in the link cannot be read and is ignored.")
        return ""
    return asked


_Reader = Callable[[Mapping[str, Sequence[str]], Known, list[str]], Any]
_READERS: Mapping[str, _Reader] = {
    "debate": _debate,
    "school": lambda query, known, notes: _several("school", query, known.schools, notes),
    "role": lambda query, known, notes: _several("role", query, known.roles, notes),
    "q": lambda query, _, notes: _search(query, notes),
    "author": lambda query, known, notes: _one("author", query, known.authors, notes),
    "passage": lambda query, known, notes: _one("passage", query, known.author_of, notes),
    "basis": lambda query, known, notes: _one("basis", query, known.bases, notes) or "both",
    "arrange": lambda query, known, notes: (
        _one("arrange", query, known.arranges, notes) or "author"
    ),
    "rows": lambda query, known, notes: _number("rows", query, 1, known.row_pages, notes),
    "show": lambda query, _, notes: _one("show", query, (*SHOWS, NOTES_SHOWN, JOIN_SHOWN), notes),
    "reveal": lambda query, _, notes: _one("reveal", query, ("author",), notes),
    "by": lambda query, _, notes: _one("by", query, ORDERS, notes) or "source",
    "leaf": lambda query, _, notes: _number("leaf", query, 1, LARGEST_NUMBER, notes),
    "of": _compared,
    "path": lambda query, known, notes: _one("path", query, (*known.paths, OWN), notes),
    "step": lambda query, _, notes: _number("step", query, 0, LARGEST_NUMBER, notes),
    "placed": lambda query, _, notes: _placed(query, notes),
    "blind": lambda query, _, notes: _one("blind", query, ("yes",), notes),
    "style": lambda query, _, notes: _one("style", query, STYLES, notes) or "apa",
    "seed": lambda query, _, notes: _number("seed", query, 0, LARGEST_NUMBER, notes),
    "plan": _plan,
    "slide": lambda query, _, notes: _number("slide", query, 0, LARGEST_NUMBER, notes),
    "stage": lambda query, _, notes: _number("stage", query, 0, LARGEST_NUMBER, notes),
    "room": lambda query, _, notes: _room(query, notes),
    "hands": lambda query, _, notes: _hands(query, notes),
}
"""How each part of a view is read from a query."""


def _unknown(key: str, value: str) -> str:
    name = _IN_WORDS.get(key, key)
    return f"There is no {name} “{_named(value)}” in this debate; that part of the link is ignored."


VISIT_OVER = (
    "This link leads to a debate that was opened from somebody's own files, for one visit only. "
    "It does not work in another visit, nor once the debate was closed or the page loaded anew."
)


def _no_debate(asked: str) -> str:
    return (
        f"There is no debate “{_named(asked)}” here that can be opened; the first one is shown, "
        "and what the link holds beside it is read as of that one."
    )


def _near(key: str) -> str:
    """Return the key that one may have meant; other software adds keys of its own to links."""
    return "" if key in KEYS else next(iter(get_close_matches(key, KEYS, 1, 0.7)), "")


def _misspelt(key: str, near: str) -> str:
    return f"Links have no part called “{_named(key)}” (“{near}”?); it is ignored."


_IN_WORDS = {
    "arrange": "arrangement",
    "rows": "page of rows",
    "leaf": "page of passages",
    "by": "order",
    "of": "author or passage",
    "show": "projector view",
    "stage": "stage of a slide",
    "reveal": "thing to reveal called",
}


def _named(value: str) -> str:
    named = value if len(value) <= LONGEST_NAMED else value[: LONGEST_NAMED - 1] + "…"
    return on_one_line(named)


# What follows talks to Streamlit; everything above is plain.

_VIEW, _QUERY, _NOTES, _PAGE = "_view", "_query", "_notes", "_page"
_KNOWN, _SENT, _TOLD = "_known", "_sent", "_told"
_SENT_AT_MOST = 50
_ENDED = "_visits_ended"


def _query_now() -> Query:
    return {key: values for key in st.query_params if (values := st.query_params.get_all(key))}


def in_session() -> bool:
    """Say whether a reader's page asks, and not a route or a plain Python session."""
    return get_script_run_ctx(suppress_warning=True) is not None


def debate_asked() -> str:
    """Return the debate that the link of this page names, empty where it names none."""
    return asked_debate(_query_now()) if in_session() else ""


def visit_ended(id: str, why: str) -> None:
    """Say to this session, in a sentence, why a debate is no longer open that it had opened."""
    if in_session():
        st.session_state.setdefault(_ENDED, {})[id] = why


def _as_it_was(notes: Sequence[str], asked: str) -> tuple[str, ...]:
    why = st.session_state.get(_ENDED, {}).get(asked, VISIT_OVER)
    return tuple(why if note == VISIT_OVER else note for note in notes)


def current(known: Known, page: str = "") -> View:
    """Return the view of this run: the URL's when it changed from outside, else the last one."""
    query = _query_now()
    state = st.session_state
    changed = _VIEW not in state or state[_VIEW].debate != known.debate
    # A choice has caught up with the URL it was told with, which may be one of before others.
    elsewhere = query not in (state.get(_QUERY), state.pop(_TOLD, None))
    if changed or elsewhere or page != state[_PAGE]:
        view, notes = from_query(query, known, page, state.get(_VIEW, DEFAULT))
        notes = _as_it_was(notes, asked_debate(query))
        state.update({_VIEW: view, _QUERY: query, _NOTES: notes, _PAGE: page, _SENT: [query]})
    state[_KNOWN] = known
    return cast(View, state[_VIEW])


class Changes(TypedDict, total=False):
    """Some fields of a view, to be changed together."""

    school: tuple[str, ...]
    role: tuple[str, ...]
    q: str
    author: str
    passage: str
    basis: Basis
    arrange: Arrange
    rows: int
    show: Show
    reveal: str
    by: str
    leaf: int
    of: tuple[str, ...]
    path: str
    step: int
    placed: str
    blind: str
    seed: int
    style: str
    plan: str
    slide: int
    stage: int
    room: str
    hands: str


def choose(**changes: Unpack[Changes]) -> None:
    """Change the view and write the URL; to be called from callbacks, before the next run.

    ``changes`` are fields of ``View``. A choice that changes nothing writes nothing, so that it
    leaves no entry in the history.
    """
    _catch_up()
    last = st.session_state.get(_VIEW, DEFAULT)
    view = replace(last, **changes)
    if "path" not in changes:
        view = _own_begun_anew(view, last)
    page = st.session_state.get(_PAGE, "")
    if _KNOWN in st.session_state:
        # A browser can send what no list offered.
        view, _ = from_query(to_query(view, page), st.session_state[_KNOWN], page, view)
    query = to_query(view, page)
    st.session_state[_VIEW] = view
    st.session_state[_TOLD] = _query_now()
    if query != st.session_state.get(_QUERY):
        st.session_state[_QUERY] = query
        st.session_state.setdefault(_SENT, []).append(query)
        st.query_params.from_dict(query)


def turn_to(debate: str) -> None:
    """Go on in another debate on this page, whose view begins anew; empty is the first debate."""
    page = st.session_state.get(_PAGE, "")
    st.query_params.from_dict(to_query(View(debate=debate), page))


def _catch_up() -> None:
    """Take the URL's view where the browser went on to another before the choice was made.

    While choices are made quickly, it may tell any URL that was written for an earlier one: it
    has not yet heard of the later ones.
    """
    state, query = st.session_state, _query_now()
    sent: list[Query] = state.get(_SENT, [])
    if query in sent:
        state[_SENT] = sent[sent.index(query) :][-_SENT_AT_MOST:]
    elif _KNOWN in state:
        current(state[_KNOWN], state[_PAGE])


def told(key: str) -> str:
    """Return a part of the address as the browser had it, to be called before ``choose``."""
    return (_query_now().get(key) or [""])[-1]


def caught_up(known: Known) -> View:
    """Return the view as all choices made so far leave it; to be called from callbacks."""
    if _VIEW not in st.session_state:
        return current(known, st.session_state.get(_PAGE, ""))
    _catch_up()
    return cast(View, st.session_state[_VIEW])


def last_query(page: str) -> Query:
    """Return the query that leads to a page, or back to it as the reader left it."""
    return to_query(st.session_state.get(_VIEW, DEFAULT), page)


def notes() -> tuple[str, ...]:
    """Return the notes on what the URL asked for in vain, until they are dismissed."""
    return cast(tuple[str, ...], st.session_state.get(_NOTES, ()))


def dismiss_notes() -> None:
    """Put the notes away."""
    st.session_state[_NOTES] = ()
