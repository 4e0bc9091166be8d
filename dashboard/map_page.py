"""The parts of the map page, in the order in which they are read."""

from __future__ import annotations

import streamlit as st

from components import filter_bar as bar
from components.empty_state import empty_state
from components.markup import e, shape
from components.notices import link_notes, problem_list
from components.page_actions import page_actions
from components.palette import Theme
from components.passage_card import passage_card, short_card
from components.position_map import position_map
from components.slide import slide
from components.value_table import value_table
from dashboard.debate.filters import FilterName
from dashboard.map_view import (
    TABLE_AT_MOST,
    TABLE_COLUMNS,
    DrawnMap,
    drawn_map,
    no_claim_of,
    page_of_author,
    steps_of,
    table_rows,
)
from dashboard.open_debate import OpenDebate
from dashboard.reading import FullReading, brief, full
from dashboard.seen import Seen, school_lines
from dashboard.view import View, choose, dismiss_notes, notes

BASES = (("both", "Both"), ("quote", "Author's words"), ("gloss", "Library's gloss"))
ARRANGES = (("author", "By author"), ("medium", "What the bond is made of"), ("year", "By year"))
PAGE_KEYS = (
    ("/", "search the words"),
    ("← →", "previous and next passage"),
    ("Tab, then arrows", "move among the marks of the map; Enter reads one"),
    ("P", "show it to a room"),
    ("?", "this list"),
)
PROJECTOR_KEYS = (
    ("← →, PageUp PageDown", "previous and next passage"),
    ("A", "reveal or hide the author"),
    ("M", "between the map and the quote"),
    ("Esc", "back to the page"),
    ("?", "this list"),
)


def page(seen: Seen) -> None:
    """Draw the page."""
    _masthead(seen)
    problem_list(seen.opened.problems)
    link_notes(notes(), on_dismiss=dismiss_notes)
    _question(seen)
    _filters(seen)
    reading = full(seen.opened, seen.passage) if seen.passage else None
    with st.container(key="map_and_reading"):
        left, right = st.columns([0.655, 0.345], gap="large")
        with left, st.container(key="map_side"):
            _map(seen)
        with right, st.container(key="reading_side"):
            _reading(seen, reading)
    _foot(seen)
    page_actions(
        {"quote": reading.copied} if reading else {},
        PAGE_KEYS,
        search=bar.WORDS,
        on_open=_read,
    )


def _masthead(seen: Seen) -> None:
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="brand">{e(seen.opened.debate.title)}</p>')
        st.html('<button type="button" class="plain-button" data-show-keys="yes">Keys</button>')
        st.button("Show to a room", key="present", shortcut="p", on_click=_present, args=(seen,))


def _question(seen: Seen) -> None:
    debate = seen.opened.debate
    st.html(
        f'<header class="question"><h1>{e(debate.axis.title)}</h1>'
        f"<p>{e(debate.subline)}</p></header>"
    )


def _filters(seen: Seen) -> None:
    debate = seen.opened.debate
    view = seen.view
    bar.fill(bar.Choice(view.school, view.role, view.q, view.basis, view.arrange, view.author))
    schools, roles = _schools(seen.opened), _roles(seen.opened)

    def changed() -> None:
        choice = bar.chosen(schools, roles)
        author_changed = choice.author != view.author
        choose(
            school=choice.school,
            role=choice.role,
            q=choice.q,
            basis=choice.basis,
            arrange=choice.arrange,
            author=choice.author,
            passage="" if author_changed else view.passage,
            rows=page_of_author(seen.opened, choice.author)
            if author_changed and choice.author
            else view.rows,
        )

    bar.filter_bar(
        schools,
        roles,
        BASES if debate.show_glosses else BASES[:0],
        tuple(a for a in ARRANGES if a[0] != "medium" or debate.medium is not None),
        tuple((a.id, a.name) for a in debate.authors),
        schools_help=debate.schools_help,
        on_change=changed,
    )


def _map(seen: Seen) -> None:
    drawn = _drawn(seen)
    passages, authors = seen.count.split(", ")
    st.html(f'<p class="count" role="status"><b>{e(passages)}</b><br> {e(authors)}</p>')
    _map_chart(seen, drawn)
    if drawn.rows.pages > 1:
        _row_pages(drawn)
    if seen.view.arrange == "medium" and seen.opened.debate.medium is not None:
        caveat = seen.opened.debate.medium.caveat
        st.html(f'<p class="caveat">Caveat: {e(caveat)}</p>' if caveat else "")
    st.html(
        f'<p class="seen" role="status">{e(seen.summary)}</p>'
        f'<p class="legend">{_legend(seen.opened)}</p>'
    )
    with st.expander("Table of the same values"):
        rows = table_rows(seen)
        first = f"The first {TABLE_AT_MOST} of the" if len(rows) == TABLE_AT_MOST else "The"
        caption = f"{first} matching passages, in the debate’s order"
        st.html(value_table(caption, TABLE_COLUMNS, rows))
    with st.expander("How the passages were sorted into schools"):
        st.html(_school_help(seen.opened))


def _drawn(seen: Seen) -> DrawnMap:
    view = seen.view
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    return drawn_map(seen.opened, view.arrange, view.basis, view.rows, theme)


def _map_chart(seen: Seen, drawn: DrawnMap, *, projected: bool = False) -> None:
    position_map(
        drawn.drawing,
        label=f"Position map. {seen.count}. {seen.summary}",
        lit=None if seen.lit.all() else drawn.marks.lit(seen.lit),
        chosen=drawn.marks.standing_for(seen.opened.row_of[seen.passage]) if seen.passage else "",
        row=seen.view.author,
        on_passage=_read,
        on_row=_pick_author,
        projected=projected,
    )


def _row_pages(drawn: DrawnMap) -> None:
    page, pages = drawn.rows.page, drawn.rows.pages
    with st.container(key="row_pages", horizontal=True, vertical_alignment="center"):
        st.button("Authors before", key="rows_before", on_click=_rows, args=(page - 1,), disabled=page == 1)
        st.html(f"<p>Rows {page} of {pages}</p>")
        st.button("Authors after", key="rows_after", on_click=_rows, args=(page + 1,), disabled=page == pages)


def _legend(opened: OpenDebate) -> str:
    schools = " ".join(
        f'<span class="legend-item">{shape(i)} {e(school.label)}</span>'
        for i, school in enumerate(opened.debate.schools)
    )
    hollow = (
        f'<span class="legend-item">{shape(0, filled=False, neutral=True)} only the gloss '
        "makes the claim</span>"
        if opened.debate.show_glosses
        else ""
    )
    return (
        f"{schools} {hollow} "
        '<span class="legend-item"><i class="legend-span"></i> span of an author</span> '
        '<span class="legend-item"><i class="legend-middle"></i> middle passage, from three up</span>'
    )


def _school_help(opened: OpenDebate) -> str:
    rows = [
        (
            line.school,
            line.second or "none",
            f"{line.confidence} of 3" if line.confidence else "",
            line.passages,
        )
        for line in school_lines(opened)
    ]
    grounds = "".join(
        f"<dt>{shape(i)} {e(school.label)}</dt><dd>{e(school.ground)}</dd>"
        for i, school in enumerate(opened.debate.schools)
    )
    table = value_table(
        "Schools, second schools and how sure", ("School", "Second school", "Confidence", "Passages"), rows
    )
    return f"<p>{e(opened.debate.schools_help)}</p><dl class='grounds'>{grounds}</dl>{table}"


def _reading(seen: Seen, reading: FullReading | None) -> None:
    if not seen.lit.any():
        _empty(seen)
    if reading is None:
        return
    _stepping(seen)
    hidden = (
        '<p class="hidden-note" role="status">The filters hide this passage; on the map it is faint.</p>'
        if seen.hidden
        else ""
    )
    author = seen.opened.authors[seen.author]
    chosen = f'<p class="author-note">{e(author.name)}. {e(author.home_tradition)}.</p>' if seen.view.author else ""
    st.html(hidden + chosen + passage_card(reading, steps_of(seen.opened), no_claim_of(seen.opened)) + _also(seen))


def _stepping(seen: Seen) -> None:
    at, of = seen.place
    with st.container(key="stepping", horizontal=True, vertical_alignment="center"):
        st.button("‹", key="previous", shortcut="Left", on_click=_step, args=(seen, -1), disabled=not seen.step(-1), help="Previous passage")
        st.html(f'<p class="step-place">{at or "–"} of {of}</p>')
        st.button("›", key="next", shortcut="Right", on_click=_step, args=(seen, 1), disabled=not seen.step(1), help="Next passage")
        st.html('<button type="button" class="plain-button" data-copy="quote">Copy quote with citation</button>')


def _also(seen: Seen) -> str:
    also, more = seen.also
    if not also:
        return ""
    author = seen.opened.authors[seen.author]
    cards = "".join(short_card(brief(seen.opened, passage)) for passage in also)
    rest = f'<p class="axis-said">and {more} more by this author: choose the author and step on</p>' if more else ""
    return f'<section class="also"><h2 class="label">Also by {e(author.label)}</h2>{cards}{rest}</section>'


def _empty(seen: Seen) -> None:
    asked = _asked(seen)
    empty_state(
        [(undo.name, asked[undo.name], undo.passages) for undo in seen.emptied],
        on_undo=lambda name: choose(**{name: "" if name == "q" else ()}),
        on_clear=lambda: choose(school=(), role=(), q=""),
    )


def _asked(seen: Seen) -> dict[FilterName, str]:
    """Return what each filter asks for, in words."""
    schools, roles = dict(_schools(seen.opened)), dict(_roles(seen.opened))
    view = seen.view
    return {
        "school": "School: " + ", ".join(schools[i] for i in view.school),
        "role": "Role: " + ", ".join(roles[i] for i in view.role),
        "q": f"Words: {view.q}",
    }


def _foot(seen: Seen) -> None:
    sayings = seen.opened.debate.disclaimers
    lines = [sayings[key] for key in ("map", "first_visit", "clinical") if key in sayings]
    text = "".join(f"<p>{e(line)}</p>" for line in [*lines, seen.opened.debate.coders])
    st.html(f'<footer class="foot">{text}<p>Data version {e(seen.opened.debate.version)}.</p></footer>')


# ---- the projector


def projector(seen: Seen) -> None:
    """Draw the projector view: the map or one quote at a time, and nothing else."""
    reading = full(seen.opened, seen.passage) if seen.passage else None
    if seen.view.show == "map" or reading is None:
        st.html(f'<h1 class="slide-question">{e(seen.opened.debate.axis.title)}</h1>')
        _map_chart(seen, _drawn(seen), projected=True)
        st.html(f'<p class="slide-count" role="status"><b>{e(seen.count)}.</b></p>')
    else:
        st.html(
            slide(
                reading,
                steps_of(seen.opened),
                no_claim_of(seen.opened),
                place=seen.place,
                revealed=seen.view.reveal == "author",
            )
        )
    _projector_buttons(seen)
    page_actions({}, PROJECTOR_KEYS, search=bar.WORDS, on_open=_read)


def _projector_buttons(seen: Seen) -> None:
    quoted = seen.view.show == "quote"
    before, after = _slide_step(seen, -1), _slide_step(seen, 1)
    with st.container(key="projector_buttons", horizontal=True):
        st.button("Previous", key="slide_previous", shortcut="Left", on_click=choose, kwargs=before, disabled=not before)
        st.button("Next", key="slide_next", shortcut="Right", on_click=choose, kwargs=after, disabled=not after)
        st.button(
            "Hide author" if seen.view.reveal else "Reveal author",
            key="reveal",
            shortcut="a",
            on_click=choose,
            kwargs={"reveal": "" if seen.view.reveal else "author"},
            disabled=not quoted,
        )
        st.button(
            "Map" if quoted else "Quote",
            key="map_or_quote",
            shortcut="m",
            on_click=choose,
            kwargs={"show": "map" if quoted else "quote", "reveal": ""},
        )
        st.button("Back to the page", key="leave", shortcut="Escape", on_click=choose, kwargs={"show": "", "reveal": ""})
    with st.container(key="clicker"):
        st.button("Previous slide", key="clicker_previous", shortcut="PageUp", on_click=choose, kwargs=before, disabled=not before)
        st.button("Next slide", key="clicker_next", shortcut="PageDown", on_click=choose, kwargs=after, disabled=not after)


def _slide_step(seen: Seen, by: int) -> dict[str, str]:
    """Return what a step changes: from the map into the quotes, then from quote to quote."""
    if seen.view.show == "map":
        return {"show": "quote", "reveal": "", "passage": seen.passage} if by > 0 and seen.passage else {}
    passage = seen.step(by)
    if passage:
        return {"passage": passage, "reveal": ""}
    return {"show": "map", "reveal": ""} if by < 0 else {}


# ---- what a reader's choice changes


def _read(passage: str) -> None:
    choose(passage=passage, author="")


def _pick_author(author: str) -> None:
    choose(author=author, passage="")


def _rows(page: int) -> None:
    choose(rows=page)


def _step(seen: Seen, by: int) -> None:
    passage = seen.step(by)
    if passage:
        choose(passage=passage)


def _present(seen: Seen) -> None:
    chosen: View = seen.view
    choose(show="quote" if chosen.passage else "map", reveal="")


def _schools(opened: OpenDebate) -> tuple[tuple[str, str], ...]:
    return tuple((school.id, school.label) for school in opened.debate.schools)


def _roles(opened: OpenDebate) -> tuple[tuple[str, str], ...]:
    return tuple((role.id, role.label) for role in opened.debate.roles)
