"""A page of the read-only copy: a whole HTML file that needs no server, only its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.markup import e
from components.page_style import page_sheet

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "assets" / "fonts"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""What a page may load: the files that lie beside it, and no others."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same on every page: the debate's name, the pages, a line at the foot.

    ``places`` are addresses and names. ``language`` is that of the quotes.
    """

    brand: str
    places: Sequence[tuple[str, str]]
    foot: str


def static_page(frame: Frame, here: str, title: str, body: str, *, scripts: Sequence[str]) -> str:
    """Return a page as a whole HTML file; ``here`` is the address of the place it belongs to.

    ``body`` is HTML of ours; ``scripts`` are addresses of files beside the page.
    """
    links = "".join(
        f'<a href="{e(address)}"{_is(address == here)}>{e(name)}</a>'
        for address, name in frame.places
    )
    run = "".join(f'<script defer src="{e(each)}"></script>' for each in scripts)
    whole = f"{title} – {frame.brand}" if title else frame.brand
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="referrer" content="no-referrer">'
        f'<title>{e(whole)}</title><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="assets/style.css">{run}</head><body class="stApp">'
        '<a class="skip" href="#content">To the content</a>'
        f'<header class="static-head"><p class="brand">{e(frame.brand)}</p>'
        f'<nav class="places" aria-label="Pages">{links}</nav></header>'
        f'<main id="content" class="static-main" tabindex="-1">{body}</main>'
        f'<footer class="static-foot"><p>{e(frame.foot)}</p></footer></body></html>\n'
    )


def _is(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def static_map(wide: str, narrow: str) -> str:
    """Return the map in two widths, of which a page shows the one it has room for."""
    return f'<div class="map-room wide">{wide}</div><div class="map-room narrow">{narrow}</div>'


def static_search(pages: int, passages: int) -> str:
    """Return the place in which passages are looked for; the script fills it."""
    return (
        '<header class="question"><h1>Search</h1><p>Words in quotes, glosses and names. All of '
        "them must be found; words in quotation marks must stand one after another.</p></header>"
        f'<div role="search" class="static-search" data-pages="{pages}" '
        f'data-passages="{passages}"><label for="words">Look for</label>'
        '<input id="words" type="search" autocomplete="off" spellcheck="false" maxlength="200">'
        '</div><p class="count-line" role="status" id="found"></p>'
        '<div id="hits"></div><button type="button" class="plain-button" id="more" hidden>'
        "Show more</button>"
        "<noscript><p>The search needs JavaScript. The passages can be read without it.</p>"
        "</noscript>"
    )


@cache
def static_style() -> str:
    """Return the style of the pages, which lies with the fonts in one folder."""
    own = (_HERE / "static_page.css").read_text(encoding="utf-8")
    return page_sheet().replace("/assets/fonts/", "fonts/") + own


@cache
def search_script() -> str:
    """Return the script of the search."""
    return (_HERE / "static_search.js").read_text(encoding="utf-8")
