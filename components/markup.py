"""Small pieces of HTML. Every text goes through ``e``: it is escaped, never trusted."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from components.palette import SYMBOLS


class Html(str):
    """HTML made by our own parts, in which every text is escaped already."""

    __slots__ = ()


def e(text: str) -> str:
    """Return ``text`` escaped for HTML content and for quoted attributes."""
    return text if isinstance(text, Html) else html.escape(text, quote=True)


def passage_address(passage: str) -> str:
    """Return the address, not yet escaped, at which a passage is read beside the map."""
    return f"./?{urlencode({'passage': passage})}"


def author_address(author: str) -> str:
    """Return the address, not yet escaped, at which an author's passages are read."""
    return f"./?{urlencode({'author': author})}"


def reading_address(passage: str) -> str:
    """Return the address at which a passage is read among the others, not escaped."""
    return f"./read?{urlencode({'passage': passage})}"


def compare_address(of: Iterable[str]) -> str:
    """Return the address, not yet escaped, that sets authors and passages side by side.

    ``of`` are their ids, four at most; without any it is where the opposed pairs are listed.
    """
    query = urlencode([("of", each) for each in of])
    return f"./compare?{query}" if query else "./compare"


def passage_link(passage: str) -> Html:
    """Return a link from another page that reads a passage beside the map."""
    address = html.escape(passage_address(passage))
    name = html.escape(passage)
    return Html(f'<a class="open-passage" data-in-app="yes" href="{address}">{name}</a>')


def passage_links(passages: Iterable[str]) -> Html:
    """Return links to several passages, one after another."""
    return Html(", ".join(map(passage_link, passages)))


def school_class(school: int, *, neutral: bool = False) -> str:
    """Return the class that gives a school's colour, or none where it must not be told."""
    return "school-none" if neutral else f"school-{school % len(SYMBOLS)}"


def shape(school: int, label: str = "", *, filled: bool = True, neutral: bool = False) -> str:
    """Return the small shape of a school, named ``label`` for a screen reader."""
    name = "circle" if neutral else SYMBOLS[school % len(SYMBOLS)]
    kind = "" if filled else " hollow"
    said = f' role="img" aria-label="{e(label)}"' if label else ' aria-hidden="true"'
    return f'<span class="shape {name} {school_class(school, neutral=neutral)}{kind}"{said}></span>'


def lit(quote: str, decisive: Iterable[str]) -> str:
    """Return ``quote`` as HTML, the first place of each decisive phrase in a ``mark``.

    Taken without tags, the result is the quote character for character.
    """
    return marked(quote, _places(quote, decisive))


def marked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return ``text`` as HTML with what stands at each of its ``places`` in a ``mark``.

    A place is (start, stop); they come from left to right and do not overlap. Taken without
    tags, the result is the text character for character.
    """
    pieces, end = [], 0
    for start, stop in places:
        pieces.append(f"{e(text[end:start])}<mark>{e(text[start:stop])}</mark>")
        end = stop
    return "".join([*pieces, e(text[end:])])


def _places(quote: str, phrases: Iterable[str]) -> Sequence[tuple[int, int]]:
    """Return where the phrases stand, from left to right, overlapping ones joined.

    Spaces at the ends of a phrase are left out: they would be underlined.
    """
    found = sorted(
        (start + len(phrase) - len(phrase.lstrip()), start + len(phrase.rstrip()))
        for phrase in phrases
        if phrase.strip() and (start := quote.find(phrase)) >= 0
    )
    joined: list[tuple[int, int]] = []
    for start, stop in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
