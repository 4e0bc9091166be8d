"""The page that cites a view: the data with version and link, the works quoted, each quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast
from urllib.parse import urlencode

from components.markup import Html, e, passage_link
from components.passage_card import blockquote
from components.sections import Section, sections
from dashboard.debate.citations import whose_words
from dashboard.debate.model import Work
from dashboard.debate.reference_styles import STYLE_LABELS, StyleName, cite_view
from dashboard.open_debate import OpenDebate
from dashboard.reading import brief, copied
from dashboard.references_route import FORMS, MOST_NAMED
from dashboard.seen import Seen
from dashboard.view import View, to_query

TITLE = "Cite this view"
LEAD = "The library gives no page numbers, and no excerpt was checked against the printed source."
WORKS_AT_MOST = 60
PASSAGES_AT_MOST = 40
FORM_LABELS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
THIS_VIEW = "this view"


def cite(seen: Seen, base: str, today: date) -> str:
    """Return the page as HTML; ``base`` is the address at which the map stands."""
    style = cast(StyleName, seen.view.style)
    cited = cite_view(seen.opened.debate, quoted(seen), link_of(seen.view, base), today, style)
    more = len(_works(seen)) - WORKS_AT_MOST
    rest = f"<p>and {more} more works, which the files below hold.</p>" if more > 0 else ""
    return sections(
        TITLE,
        LEAD,
        [
            Section(
                "view",
                _what(seen),
                f"{style_links(seen.view, 'cite')}{_copy(THIS_VIEW)}"
                f'<div class="references">{cited.html}{rest}</div>',
            ),
            Section("files", "For a reference manager", _files(seen)),
            Section("quotes", "The quotes, each with its citation", _quotes(seen)),
        ],
    )


def cite_copies(seen: Seen, base: str, today: date) -> Mapping[str, str]:
    """Return the texts that the page's buttons copy, by what the buttons name."""
    style = cast(StyleName, seen.view.style)
    cited = cite_view(seen.opened.debate, quoted(seen), link_of(seen.view, base), today, style)
    quotes = {passage: copied(seen.opened, passage, style) for passage in _passages(seen)}
    return {THIS_VIEW: cited.text, **quotes}


def link_of(view: View, base: str) -> str:
    """Return the address of the view on the map."""
    query = urlencode(to_query(view), doseq=True)
    return f"{base}?{query}" if query else base


def quoted(seen: Seen) -> Sequence[Work]:
    """Return the works that the view quotes, in the debate's order, so many as are listed."""
    return _works(seen)[:WORKS_AT_MOST]


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
    """Return what the view quotes, in words."""
    if not seen.view.author:
        return seen.count
    noun = "passage" if seen.sequence.size == 1 else "passages"
    return f"{seen.sequence.size} {noun} by {seen.opened.authors[seen.view.author].name}"


def _query(view: View, style: str, page: str) -> str:
    return urlencode({**to_query(replace(view, style=style), page), "style": style}, doseq=True)


def _works(seen: Seen) -> Sequence[Work]:
    codes = seen.opened.table["work"].cat.codes.to_numpy()[seen.sequence]
    return [seen.opened.debate.works[code] for code in sorted(set(codes.tolist()))]


def _passages(seen: Seen) -> Sequence[str]:
    passages = seen.opened.debate.passages
    return [passages[int(row)].id for row in seen.sequence[:PASSAGES_AT_MOST]]


def _files(seen: Seen) -> str:
    works = [work.id for work in _works(seen)]
    chosen = (
        f"<p>The works quoted: {export_links(seen.opened, works)}</p>"
        if len(works) <= MOST_NAMED
        else ""
    )
    return f"{chosen}<p>All works: {export_links(seen.opened, ())}</p>"


def _quotes(seen: Seen) -> str:
    opened = seen.opened
    items = "".join(
        f"<li>{passage_link(passage)} {e(_whose(opened, passage))} {_copy(passage, 'Copy quote')}"
        f"{blockquote(brief(opened, passage))}</li>"
        for passage in _passages(seen)
    )
    more = len(seen.sequence) - PASSAGES_AT_MOST
    rest = f"<p>and {more} more passages</p>" if more > 0 else ""
    return f'<ul class="quotes-cited">{items}</ul>{rest}'


def _whose(opened: OpenDebate, passage_id: str) -> str:
    passage = opened.passage(passage_id)
    return whose_words(passage, opened.works[passage.work])


def _copy(what: str, label: str = "Copy") -> str:
    return f'<button type="button" class="text-button" data-copy="{e(what)}">{label}</button>'
