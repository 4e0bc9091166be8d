"""The view: everything a reader has chosen, and its one place in the URL.

This is the only module that reads or writes the query. A choice goes one way: a part of the
page reports it, ``choose`` turns it into a new view and writes the URL, the next run reads it.
One choice is one entry in the browser's history, so Back and Forward undo and redo it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Literal, TypedDict, Unpack, cast

import streamlit as st

from dashboard.debate.filters import Filters
from dashboard.debate.marks import ARRANGES, BASES, Arrange, Basis

Show = Literal["", "map", "quote"]
SHOWS: tuple[Show, ...] = ("map", "quote")
LONGEST_SEARCH = 200
LONGEST_NAMED = 60
NOTES_AT_MOST = 10
MOST_ROW_PAGES = 9999

Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class View:
    """What the reader sees: filters, the choice, the basis, the arrangement, the projector."""

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

    @property
    def filters(self) -> Filters:
        """The part of the view that lets passages through or not."""
        return Filters(self.school, self.role, self.q)


DEFAULT = View()
KEYS = tuple(field.name for field in fields(View))


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a view of one debate may hold, each collection in the debate's order."""

    schools: Sequence[str]
    roles: Sequence[str]
    author_of: Mapping[str, str]
    authors: Collection[str]
    bases: Sequence[str] = BASES
    arranges: Sequence[str] = ARRANGES
    row_pages: int = MOST_ROW_PAGES


def to_query(view: View) -> Query:
    """Return the view as a query: canonical order, whatever is at its default left out."""
    query: Query = {}
    for key in KEYS:
        value = getattr(view, key)
        if value != getattr(DEFAULT, key):
            query[key] = list(value) if isinstance(value, tuple) else [str(value)]
    return query


def from_query(query: Mapping[str, Sequence[str]], known: Known) -> tuple[View, tuple[str, ...]]:
    """Return the view that a query asks for, and a note on each part that is not known.

    What is unknown is named in a note and ignored; nothing in a query can raise.
    """
    notes: list[str] = []
    notes.extend(_misspelt(key, near) for key in query if (near := _near(key)))
    view = View(
        school=_several("school", query, known.schools, notes),
        role=_several("role", query, known.roles, notes),
        q=_search(query, notes),
        author=_one("author", query, known.authors, notes),
        passage=_one("passage", query, known.author_of, notes),
        basis=cast(Basis, _one("basis", query, known.bases, notes) or "both"),
        arrange=cast(Arrange, _one("arrange", query, known.arranges, notes) or "author"),
        rows=_page("rows", query, known.row_pages, notes),
        show=cast(Show, _one("show", query, SHOWS, notes)),
        reveal=_one("reveal", query, ("author",), notes),
    )
    if view.passage and view.author and known.author_of[view.passage] != view.author:
        notes.append(
            f"Passage “{_named(view.passage)}” is not by author “{_named(view.author)}”; "
            "the passage is shown."
        )
        view = replace(view, author="")
    more = len(notes) - NOTES_AT_MOST
    ends = (f"And {more} more parts of the link are ignored.",) if more > 0 else ()
    return view, (*notes[:NOTES_AT_MOST], *ends)


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
    q = " ".join((query.get("q") or [""])[-1].split())
    if len(q) > LONGEST_SEARCH:
        notes.append(f"The search is longer than {LONGEST_SEARCH} characters and is ignored.")
        return ""
    return q


def _page(key: str, query: Mapping[str, Sequence[str]], pages: int, notes: list[str]) -> int:
    asked = (query.get(key) or [""])[-1]
    if asked.isascii() and asked.isdigit() and len(asked) <= 4 and 1 <= int(asked) <= pages:
        return int(asked)
    if asked:
        notes.append(_unknown(key, asked))
    return 1


def _unknown(key: str, value: str) -> str:
    name = _IN_WORDS.get(key, key)
    return f"There is no {name} “{_named(value)}” in this debate; that part of the link is ignored."


def _near(key: str) -> str:
    """Return the key that one may have meant; other software adds keys of its own to links."""
    return "" if key in KEYS else next(iter(get_close_matches(key, KEYS, 1, 0.7)), "")


def _misspelt(key: str, near: str) -> str:
    return f"Links have no part called “{_named(key)}” (“{near}”?); it is ignored."


_IN_WORDS = {
    "arrange": "arrangement",
    "rows": "page of rows",
    "show": "projector view",
    "reveal": "thing to reveal called",
}


def _named(value: str) -> str:
    return value if len(value) <= LONGEST_NAMED else value[: LONGEST_NAMED - 1] + "…"


# What follows talks to Streamlit; everything above is plain.

_VIEW, _QUERY, _NOTES = "_view", "_query", "_notes"


def _query_now() -> Query:
    return {key: values for key in st.query_params if (values := st.query_params.get_all(key))}


def current(known: Known) -> View:
    """Return the view of this run: the URL's when it changed from outside, else the last one."""
    query = _query_now()
    if _VIEW not in st.session_state or query != st.session_state[_QUERY]:
        view, notes = from_query(query, known)
        st.session_state.update({_VIEW: view, _QUERY: query, _NOTES: notes})
    return cast(View, st.session_state[_VIEW])


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


def choose(**changes: Unpack[Changes]) -> None:
    """Change the view and write the URL; to be called from callbacks, before the next run.

    ``changes`` are fields of ``View``. A choice that changes nothing writes nothing, so that it
    leaves no entry in the history.
    """
    view = replace(st.session_state.get(_VIEW, DEFAULT), **changes)
    query = to_query(view)
    st.session_state[_VIEW] = view
    if query != st.session_state.get(_QUERY):
        st.session_state[_QUERY] = query
        st.query_params.from_dict(query)


def view_query(known: Known) -> Query:
    """Return the query of the view of this run, to lead back to it from another page."""
    return to_query(current(known))


def notes() -> tuple[str, ...]:
    """Return the notes on what the URL asked for in vain, until they are dismissed."""
    return cast(tuple[str, ...], st.session_state.get(_NOTES, ()))


def dismiss_notes() -> None:
    """Put the notes away."""
    st.session_state[_NOTES] = ()
