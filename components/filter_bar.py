"""The filter bar: school, role, words; and what is read, how it is arranged, whose passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.markup import e
from components.own_html import own_html

SCHOOL, ROLE, WORDS = "school", "role", "words"
BASIS, ARRANGE, AUTHOR, ORDER = "basis", "arrange", "author", "order"

SIGNS = frozenset("\\`*_{}[]()#+-.!|<>~$:^=&@/'\"")
PAIRED = frozenset("<->~=")

Options = Sequence[tuple[str, str]]
"""Ids with their labels, in order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the filter bar holds: ids, and the words searched for."""

    school: tuple[str, ...]
    role: tuple[str, ...]
    q: str
    basis: str
    arrange: str
    author: str
    by: str = "source"


def plain(label: str) -> str:
    """Return ``label`` so that Streamlit's Markdown shows it character for character.

    Besides Markdown's own signs, Streamlit turns pairs such as ``--`` and ``->`` into dashes and
    arrows, whatever is escaped; the second of such a pair is put into an element of its own.
    """
    shown, before = [], ""
    for sign in label:
        escaped = f"\\{sign}" if sign in SIGNS else sign
        pair = before in PAIRED and sign in PAIRED
        shown.append(f":small[{escaped}]" if pair else escaped)
        before = sign
    return "".join(shown)


def fill(choice: Choice) -> None:
    """Set the widgets to ``choice``; to be called before they are drawn or from a callback."""
    values: Mapping[str, Any] = {
        SCHOOL: list(choice.school),
        ROLE: list(choice.role),
        WORDS: choice.q,
        BASIS: choice.basis,
        ARRANGE: choice.arrange,
        AUTHOR: choice.author or None,
        ORDER: choice.by,
    }
    for key, value in values.items():
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def chosen(schools: Options, roles: Options) -> Choice:
    """Return what the widgets hold, ids in the order of the options."""
    held = st.session_state
    return Choice(
        school=tuple(i for i, _ in schools if i in (held.get(SCHOOL) or ())),
        role=tuple(i for i, _ in roles if i in (held.get(ROLE) or ())),
        q=" ".join((held.get(WORDS) or "").split()),
        basis=held.get(BASIS) or "both",
        arrange=held.get(ARRANGE) or "author",
        author=held.get(AUTHOR) or "",
        by=held.get(ORDER) or "source",
    )


def filter_bar(
    schools: Options,
    roles: Options,
    bases: Options,
    arranges: Options,
    authors: Options,
    *,
    schools_help: str,
    glosses: bool = True,
    on_change: Callable[[], None],
) -> None:
    """Draw the filters; ``on_change`` is called when any of them changes, before the next run.

    What has no options to choose between is left out. ``glosses`` says whether words are looked
    for in glosses too. The widgets' values are set by ``fill`` and read by ``chosen``.
    """
    with st.container(key="filters", horizontal=True, gap="medium"):
        _pills("School", SCHOOL, schools, on_change, schools_help)
        _pills("Role", ROLE, roles, on_change)
        for label, key, options in (("Read from", BASIS, bases), ("Arrange", ARRANGE, arranges)):
            if len(options) > 1:
                st.segmented_control(
                    label,
                    [i for i, _ in options],
                    format_func=_labelled(options),
                    key=key,
                    on_change=on_change,
                    required=True,
                    width="content",
                )
        _words("in quote or gloss" if glosses else "in the quotes", on_change)
        if authors:
            st.selectbox(
                "Author",
                [i for i, _ in authors],
                index=None,
                format_func=_plainly(authors),
                key=AUTHOR,
                on_change=on_change,
                placeholder="any author",
                width=230,
            )


def filter_fold(chosen: Sequence[str], hint: str) -> None:
    """Draw what the filters that follow are folded into on a narrow page, where they fill it.

    It is closed until the reader opens it, and says what is ``chosen``, or in a ``hint`` what can
    be. On a wide page it is not there. To be drawn right before the filters.
    """
    said = " · ".join(chosen) or hint
    own_html(
        '<details class="filter-fold" data-stays="filters"><summary>Filter '
        f"<span>{e(said)}</span></summary></details>",
        key="filter_fold",
    )


def reading_bar(
    schools: Options,
    roles: Options,
    orders: Options,
    *,
    schools_help: str,
    glosses: bool = True,
    on_change: Callable[[], None],
) -> None:
    """Draw the filters of a page where one reads: words, order, school, role.

    As with ``filter_bar``, values are set by ``fill`` and read by ``chosen``.
    """
    with st.container(key="filters", horizontal=True, gap="medium"):
        texts = "quotes, glosses" if glosses else "quotes"
        _words(f"in {texts}, names, titles", on_change, width=330)
        st.selectbox(
            "Order",
            [i for i, _ in orders],
            format_func=_plainly(orders),
            key=ORDER,
            on_change=on_change,
            width=270,
        )
        _pills("School", SCHOOL, schools, on_change, schools_help)
        _pills("Role", ROLE, roles, on_change)


def _pills(
    label: str, key: str, options: Options, on_change: Callable[[], None], said: str = ""
) -> None:
    st.pills(
        label,
        [i for i, _ in options],
        selection_mode="multi",
        format_func=_labelled(options),
        key=key,
        on_change=on_change,
        help=plain(said) if said else None,
        width="content",
    )


def _words(placeholder: str, on_change: Callable[[], None], width: int = 190) -> None:
    st.text_input(
        "Words",
        key=WORDS,
        on_change=on_change,
        max_chars=200,
        placeholder=placeholder,
        width=width,
    )


def _labelled(options: Options) -> Callable[[Any], str]:
    labels = {i: plain(label) for i, label in options}
    return lambda i: labels.get(i, "")


def _plainly(options: Options) -> Callable[[Any], str]:
    labels = dict(options)
    return lambda i: labels.get(i, "")
