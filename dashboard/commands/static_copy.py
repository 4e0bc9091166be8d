"""A read-only copy of a debate as files that any web host can serve, with no server behind them.

Pages lie side by side and lead to each other by relative addresses, so that the copy works below
any address, and from a disk too. What is large is parted: 200 passages a page, and one file of
the search's texts for each of these pages.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote_plus

from components.legend import legend
from components.markup import Html, e, school_class
from components.passage_card import still_card
from components.sections import paragraphs
from components.static_page import (
    FONTS,
    Frame,
    search_script,
    static_map,
    static_page,
    static_search,
    static_style,
)
from components.value_table import value_table
from dashboard.debate.data_zip import data_zip
from dashboard.debate.model import Passage
from dashboard.debate.reference_exports import bibtex, csl_json, ris
from dashboard.open_debate import OpenDebate
from dashboard.reader.handout import NOTES
from dashboard.reader.map_picture import linked_map, page_words, seen_picture
from dashboard.reader.map_view import (
    TABLE_AT_MOST,
    drawn_map,
    legend_of,
    no_claim_of,
    steps_of,
    table_columns,
    table_row,
)
from dashboard.reader.method_page import method
from dashboard.reader.read_page import essay
from dashboard.reader.sources_page import sources_of, work_entries
from dashboard.reading import brief, full
from dashboard.seen import seen
from dashboard.view import View

PASSAGES_A_PAGE = 200
WORKS_AT_MOST = 1000
"""So many works are listed; the files for reference managers hold all."""
WIDTHS = (960, 430)
PLACES = (
    ("index.html", "Map"),
    ("passages.html", "Passages"),
    ("search.html", "Search"),
    ("sources.html", "Sources"),
    ("method.html", "Method"),
)
PRODUCT = "Vehicle or Cure?"
_SIMPLE = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
_TO_A_PASSAGE = re.compile(r'href="\./\?passage=([^"]*)"')


def static_copy(opened: OpenDebate) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file of the copy: its path inside the copy, and what it holds.

    One is made after another, so that a large debate's copy is never held as a whole.
    """
    return _Copy(opened).files()


def page_name(stem: str, number: int) -> str:
    """Return the name of a page of several: ``passages.html``, ``passages-2.html``."""
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


class _Copy:
    """The copy of one debate."""

    def __init__(self, opened: OpenDebate) -> None:
        self.opened = opened
        debate = opened.debate
        self.pages = max(1, -(-len(debate.passages) // PASSAGES_A_PAGE))
        self.frame = Frame(
            debate.title,
            PLACES,
            f"Passages: {debate.library.name}. Data version {debate.version}. A read-only copy, "
            f"made with {PRODUCT}",
        )

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield all files."""
        opened = self.opened
        yield from self._maps()
        for number in range(1, self.pages + 1):
            yield page_name("passages", number), self._passages(number)
            yield f"assets/passages-{number}.js", self._searched(number)
        search = static_search(self.pages, len(opened.debate.passages))
        yield "search.html", self._page("search.html", "Search", search, ["assets/search.js"])
        works = [
            replace(work, exports=Html("")) for work in work_entries(opened, "apa", WORKS_AT_MOST)
        ]
        yield "sources.html", self._page("sources.html", "Sources", sources_of(opened, works))
        yield "method.html", self._page("method.html", "Method", method(opened))
        yield "assets/style.css", static_style()
        yield "assets/search.js", search_script()
        for font in sorted(FONTS.iterdir()):
            yield f"assets/fonts/{font.name}", font.read_bytes()
        yield from self._taken()

    def _taken(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield what a reader may take away."""
        opened, works = self.opened, self.opened.debate.works
        for theme in ("light", "dark"):
            yield f"map-{theme}.svg", seen_picture(seen(opened, View()), theme)
        yield "data.zip", data_zip(opened.debate, opened.table)
        for form, made in (("bib", bibtex), ("ris", ris), ("json", csl_json)):
            yield f"references.{form}", made(works)

    def place(self, passage: str) -> str:
        """Return the name of a passage's place in its page; ids that no link holds get a number."""
        name = passage if _SIMPLE.fullmatch(passage) else f"-{self.opened.row_of[passage] + 1}"
        return f"passage-{name}"

    def address(self, passage: str) -> str:
        """Return where a passage is read."""
        page = self.opened.row_of[passage] // PASSAGES_A_PAGE + 1
        return f"{page_name('passages', page)}#{self.place(passage)}"

    def link(self, passage: str) -> Html:
        """Return a link to where a passage is read."""
        return Html(f'<a class="open-passage" href="{e(self.address(passage))}">{e(passage)}</a>')

    def _page(self, here: str, title: str, body: str, scripts: Sequence[str] = ()) -> str:
        return static_page(self.frame, here, title, self._relinked(body), scripts=scripts)

    def _relinked(self, body: str) -> str:
        """Return a page of the app with its links to passages led to their places in the copy.

        Texts cannot hold such a link: their quotation marks are escaped.
        """
        body = body.replace(' data-in-app="yes"', "")
        return _TO_A_PASSAGE.sub(
            lambda found: f'href="{e(self.address(unquote_plus(html.unescape(found[1]))))}"', body
        )

    # ---- the map

    def _maps(self) -> Iterator[tuple[str, str]]:
        pages = self.opened.known.row_pages
        for number in range(1, pages + 1):
            title = "" if number == 1 else f"Map, page {number}"
            body = self._map(View(rows=number), number, pages)
            name = "index.html" if number == 1 else page_name("map", number)
            yield name, self._page("index.html", title, body)

    def _map(self, view: View, number: int, pages: int) -> str:
        opened, debate = self.opened, self.opened.debate
        basis = view.basis if opened.glosses_read else "quote"
        view = replace(view, basis=basis)
        wide, narrow = linked_map(opened, view, self.address, WIDTHS)
        on = drawn_map(opened, view.arrange, view.basis, view.rows, "light")
        members = on.marks.members.tolist()
        rows = [self._row(row) for row in members[:TABLE_AT_MOST]]
        of = f"The first {TABLE_AT_MOST} passages" if len(members) > len(rows) else "The passages"
        words = page_words(opened, view, on)
        told = paragraphs(
            [*(debate.disclaimers[n] for n in NOTES if n in debate.disclaimers), debate.coders]
        )
        return (
            f'<header class="question"><h1>{e(debate.axis.title)}</h1>'
            f"<p>{e(debate.subline)}</p></header>"
            f"{static_map(wide, narrow)}"
            f'<p class="legend">{legend(legend_of(opened, view))}</p>'
            f'<p class="seen">{e(seen(opened, View(basis=basis)).summary)}'
            f"{f' {e(words)}' if words else ''}</p>"
            f"{self._map_pages(number, pages)}"
            f'<details class="table"><summary>The same as a table</summary>'
            f"{value_table(f'{of} of this map', table_columns(opened), rows)}</details>"
            '<p class="take-along">Take away: <a href="map-light.svg">Map as SVG</a>'
            '<a href="map-dark.svg">Map as SVG, dark</a>'
            '<a href="data.zip" download>Data</a></p>'
            f'<div class="foot">{told}</div>'
        )

    def _row(self, row: int) -> tuple[str, ...]:
        passage, *told = table_row(self.opened, row)
        return self.link(passage), *told

    @staticmethod
    def _map_pages(number: int, pages: int) -> str:
        """Return links to the other pages of rows."""
        if pages == 1:
            return ""
        return _numbered("Pages of the map", number, pages, partial(page_name, "map"), "index.html")

    # ---- the passages

    def _passages(self, number: int) -> str:
        opened, debate = self.opened, self.opened.debate
        first = (number - 1) * PASSAGES_A_PAGE
        here = debate.passages[first : first + PASSAGES_A_PAGE]
        cards = "".join(self._card(first + at, passage) for at, passage in enumerate(here))
        links = "".join(
            f'<li><a href="#{e(self.place(one.id))}"><b>{e(one.id)}</b> '
            f"{e(opened.authors[opened.works[one.work].author].label)}</a></li>"
            for one in here
        )
        pages = _numbered("Pages of passages", number, self.pages, partial(page_name, "passages"))
        count = f"{first + 1} to {first + len(here)} of {len(debate.passages)}"
        lead = f"Passages {count}." if self.pages > 1 else f"{len(debate.passages)} passages."
        body = (
            f'<div class="sections"><header class="question"><h1>Passages</h1><p>{lead} In the '
            f"order of the source.</p>{pages if self.pages > 1 else ''}</header>"
            f'<nav class="contents long" aria-label="On this page"><ul>{links}</ul></nav>'
            f'<div class="sections-body">{essay(opened) if number == 1 else ""}{cards}'
            f"{pages if self.pages > 1 else ''}</div></div>"
        )
        title = "Passages" if number == 1 else f"Passages, page {number}"
        return self._page("passages.html", title, body)

    def _card(self, row: int, passage: Passage) -> str:
        passages = self.opened.debate.passages
        ways = []
        if row:
            ways.append((self.address(passages[row - 1].id), "Previous"))
        if row + 1 < len(passages):
            ways.append((self.address(passages[row + 1].id), "Next"))
        map_page = "index.html"
        ways.append((map_page, "To the map"))
        return still_card(
            full(self.opened, passage.id),
            steps_of(self.opened),
            no_claim_of(self.opened),
            place=self.place(passage.id),
            ways=ways,
        )

    def _searched(self, number: int) -> str:
        """Return a page's texts for the search, as a script, since a disk gives no page JSON."""
        first = (number - 1) * PASSAGES_A_PAGE
        rows = [
            self._texts(one) for one in self.opened.debate.passages[first : first + PASSAGES_A_PAGE]
        ]
        told = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return f"passagesOfPage({number},{told})\n"

    def _texts(self, passage: Passage) -> list[str]:
        opened, debate = self.opened, self.opened.debate
        start = brief(opened, passage.id)
        work = opened.works[passage.work]
        author = opened.authors[work.author].name
        return [
            passage.id,
            self.address(passage.id),
            f"{start.whose_words.removesuffix('.')}. {author}, {work.title}",
            passage.quote,
            (passage.gloss or "") if debate.show_glosses else "",
            debate.library.gloss_label,
            school_class(start.school_index),
        ]


def _numbered(name: str, at: int, pages: int, address: partial[str], first: str = "") -> str:
    """Return links to the pages near one of many, and to the first and the last."""
    shown = sorted({1, pages, *range(max(1, at - 3), min(pages, at + 3) + 1)})
    links = []
    for before, number in zip([0, *shown], shown, strict=False):
        gap = "… " if number > before + 1 else ""
        href = first if first and number == 1 else address(number)
        here = ' aria-current="page"' if number == at else ""
        links.append(f'{gap}<a href="{href}"{here}>{number}</a>')
    return f'<nav class="map-pages" aria-label="{name}">Pages: {"".join(links)}</nav>'
