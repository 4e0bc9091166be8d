"""The page that cites a view: the data with version and link, the works quoted, each quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast
from urllib.parse import urlencode

import numpy as np

from components.markup import Html, e, passage_link
from components.passage_card import blockquote
from components.sections import Section, sections
from dashboard.debate.citations import whose_words
from dashboard.debate.model import Work
from dashboard.debate.reference_styles import STYLE_LABELS, Formatted, StyleName, cite_view
from dashboard.open_debate import OpenDebate
from dashboard.reader.reference_files import FORMS, MOST_NAMED
from dashboard.reading import brief, copied
from dashboard.seen import Seen
from dashboard.view import View, to_query

TITLE = "Cite this view"
WORKS_AT_MOST = 60
PASSAGES_AT_MOST = 40
FORM_LABELS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
THIS_VIEW = "this view"
MATCHING = "all that match"


def cite(seen: Seen, base: str, today: date) -> str:
    """Return the page as HTML; ``base`` is the address at which the map stands.

    Where a passage or an author is chosen, it is cited first and by itself, then all that match.
    """
    chosen, matching = chosen_rows(seen), matching_rows(seen)
    styles, name = style_links(seen.view, "cite"), MATCHING if chosen else THIS_VIEW
    whole = _references(seen, matching, base, today, name)
    parts = [
        Section("matching", _what(seen), whole if chosen else styles + whole),
        Section("files", "For a reference manager", _files(seen)),
        Section("quotes", _quotes_title(seen), _quotes(seen, matching)),
    ]
    if chosen:
        cited = _references(seen, chosen, base, today, THIS_VIEW)
        parts.insert(
            0, Section("chosen", _what_is_chosen(seen), styles + cited + _quotes(seen, chosen))
        )
    return sections(TITLE, seen.opened.debate.disclaimers.get("pages", ""), parts)


def cite_copies(seen: Seen, base: str, today: date) -> Mapping[str, str]:
    """Return the texts that the page's buttons copy, by what the buttons name."""
    style = cast(StyleName, seen.view.style)
    chosen, matching = chosen_rows(seen), matching_rows(seen)
    passages = [*_passages(seen, chosen), *_passages(seen, matching)]
    return {
        THIS_VIEW: _cited(seen, chosen or matching, base, today).text,
        **({MATCHING: _cited(seen, matching, base, today).text} if chosen else {}),
        **{passage: copied(seen.opened, passage, style) for passage in passages},
    }


def chosen_rows(seen: Seen) -> Sequence[int]:
    """Return the row of the passage that the view names, else those of its author, else none."""
    view = seen.view
    if view.passage:
        return [seen.opened.row_of[view.passage]]
    return [int(row) for row in seen.opened.rows_by_author[view.author]] if view.author else []


def matching_rows(seen: Seen) -> Sequence[int]:
    """Return the rows that the view's filters let through, whatever is chosen."""
    rows: list[int] = np.flatnonzero(seen.lit).tolist()
    return rows


def link_of(view: View, base: str) -> str:
    """Return the address of the view on the map."""
    query = urlencode(to_query(view), doseq=True)
    return f"{base}?{query}" if query else base


def style_links(view: View, page: str) -> Html:
    """Return links to a page in each style, the one shown marked."""
    current = {view.style: ' aria-current="true"'}
    links = "".join(
        f'<a data-in-app="yes" href="./{page}?{e(_query(view, style, page))}"'
        f"{current.get(style, '')}>{e(label)}</a>"
        for style, label in STYLE_LABELS.items()
    )
    return Html(f'<nav class="styles" aria-label="Style">{links}</nav>')


def export_links(opened: OpenDebate, works: Sequence[str]) -> Html:
    """Return links to files for reference managers, of these works or of all."""
    asked = urlencode({**opened.asked_as, "work": works}, doseq=True)
    query = f"?{e(asked)}" if asked else ""
    return Html(
        ", ".join(
            f'<a href="./references.{form}{query}" download>{FORM_LABELS[form]}</a>'
            for form in FORMS
        )
    )


def _what(seen: Seen) -> str:
    """Return what the filters let through, in words."""
    if not chosen_rows(seen):
        return seen.count
    rest = "All that match the filters" if seen.view.filters.active() else "All passages"
    return f"{rest}: {seen.count}"


def _what_is_chosen(seen: Seen) -> str:
    """Return what is chosen, in words."""
    if seen.view.passage:
        return f"Only the passage chosen, {seen.view.passage}"
    rows = chosen_rows(seen)
    noun = "passage" if len(rows) == 1 else "passages"
    return f"Only the author chosen: {len(rows)} {noun} by {seen.opened.authors[seen.author].name}"


def _quotes_title(seen: Seen) -> str:
    if not chosen_rows(seen):
        return "The quotes, each with its citation"
    which = "that match the filters" if seen.view.filters.active() else "of all passages"
    return f"The quotes {which}, each with its citation"


def _cited(seen: Seen, rows: Sequence[int], base: str, today: date) -> Formatted:
    works = _works(seen, rows)[:WORKS_AT_MOST]
    style = cast(StyleName, seen.view.style)
    chosen = list(rows) == list(chosen_rows(seen))
    view = seen.view if chosen else replace(seen.view, passage="", author="")
    return cite_view(seen.opened.debate, works, link_of(view, base), today, style)


def _references(seen: Seen, rows: Sequence[int], base: str, today: date, copy: str) -> str:
    more = len(_works(seen, rows)) - WORKS_AT_MOST
    rest = f"<p>and {more} more works, which the files below hold.</p>" if more > 0 else ""
    return (
        f'{_copy(copy)}<div class="references">{_cited(seen, rows, base, today).html}{rest}</div>'
    )


def _query(view: View, style: str, page: str) -> str:
    return urlencode({**to_query(replace(view, style=style), page), "style": style}, doseq=True)


def _works(seen: Seen, rows: Sequence[int]) -> Sequence[Work]:
    """Return the works that hold the passages in these rows, in the debate's order."""
    codes = seen.opened.table["work"].cat.codes.to_numpy()[list(rows)]
    return [seen.opened.debate.works[code] for code in sorted(set(codes.tolist()))]


def _passages(seen: Seen, rows: Sequence[int]) -> Sequence[str]:
    passages = seen.opened.debate.passages
    return [passages[row].id for row in rows[:PASSAGES_AT_MOST]]


def _files(seen: Seen) -> str:
    chosen = "The passage chosen" if seen.view.passage else "The author chosen"
    wanted = (
        (chosen, chosen_rows(seen)),
        ("The works quoted" if not chosen_rows(seen) else _what(seen), matching_rows(seen)),
    )
    lines = [
        f"<p>{e(name)}: {export_links(seen.opened, works)}</p>"
        for name, rows in wanted
        if 0 < len(works := [work.id for work in _works(seen, rows)]) <= MOST_NAMED
    ]
    return f"{''.join(lines)}<p>All works: {export_links(seen.opened, ())}</p>"


def _quotes(seen: Seen, rows: Sequence[int]) -> str:
    opened = seen.opened
    items = "".join(
        f"<li>{passage_link(passage)} {e(_whose(opened, passage))} {_copy(passage, 'Copy quote')}"
        f"{blockquote(brief(opened, passage))}</li>"
        for passage in _passages(seen, rows)
    )
    more = len(rows) - PASSAGES_AT_MOST
    rest = f"<p>and {more} more passages</p>" if more > 0 else ""
    return f'<ul class="quotes-cited">{items}</ul>{rest}'


def _whose(opened: OpenDebate, passage_id: str) -> str:
    passage = opened.passage(passage_id)
    return whose_words(passage, opened.works[passage.work])


def _copy(what: str, label: str = "Copy") -> str:
    return f'<button type="button" class="text-button" data-copy="{e(what)}">{label}</button>'
