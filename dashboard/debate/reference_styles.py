"""References and citations in APA, Chicago and MLA, set by a CSL processor from a work's data."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Literal, TypeAlias

from dashboard.debate.csl import CslItem, citation_key, described, headline_title, sentence_title
from dashboard.debate.directions import isolated, without_isolates
from dashboard.debate.model import Debate, Work

StyleName: TypeAlias = Literal["apa", "chicago", "mla"]

STYLE_LABELS: dict[StyleName, str] = {
    "apa": "APA 7",
    "chicago": "Chicago author-date",
    "mla": "MLA 9",
}
"""The styles by id, with their names for a reader."""

_FILES: dict[StyleName, str] = {
    "apa": "apa",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
}
# No style sets a title in capitals of its own: the language of no title is known for certain.
_UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A reference or citation as it is set."""

    text: str
    """As plain text."""

    html: str
    """As escaped HTML; italics are ``i`` elements."""


def formatted_reference(work: Work, style: StyleName) -> Formatted:
    """Return the reference of a work in a style; a year that is not known is "n.d."."""
    return _entry(style, json.dumps(_item(work, style)))


def citation_in_text(work: Work, style: StyleName, prefix: str = "", suffix: str = "") -> Formatted:
    """Return the citation of a work in running text, as "(Flores, 2004)".

    ``prefix`` and ``suffix`` stand inside the parentheses, with their own spaces and commas.
    """
    item = _item(work, style)
    for role in {"author", "editor"} & item.keys():
        item[role] = [_named_in_text(name) for name in item[role]]
    return _cited(style, json.dumps(item), prefix, suffix)


def formatted_bibliography(works: Sequence[Work], style: StyleName) -> tuple[Formatted, ...]:
    """Return the references of works in the order of the style, each work once."""
    by_key = {citation_key(work): work for work in works}
    items = [_item(work, style) for work in by_key.values()]
    in_order = _processor().in_order(_FILES[style], items)
    return tuple(formatted_reference(by_key[key], style) for key in in_order)


def cite_view(
    debate: Debate, works: Sequence[Work], link: str, accessed: date, style: StyleName
) -> Formatted:
    """Return the citation of a view of a debate: the data with version and link, the works quoted.

    ``works`` are those whose passages the view shows; ``link`` is its address. Each reference
    is a line of the text and a paragraph of the HTML.
    """
    own = _entry(style, json.dumps(_data_item(debate, link, accessed)))
    quoted = formatted_bibliography(works, style)
    lines = ["", "Works quoted", *(each.text for each in quoted)] if quoted else []
    paragraphs = [own.html, *(["Works quoted"] if quoted else [])]
    # Each in its own direction: a reference in Hebrew runs from right to left, with its stops.
    paragraphs += [f"<bdi>{each.html}</bdi>" for each in quoted]
    return Formatted(
        "\n".join([own.text, *lines]), "".join(f"<p>{each}</p>" for each in paragraphs)
    )


@lru_cache(maxsize=2048)
def _entry(style: StyleName, item: str) -> Formatted:
    return _formatted(_processor().entry(_FILES[style], json.loads(item)))


@lru_cache(maxsize=2048)
def _cited(style: StyleName, item: str, prefix: str, suffix: str) -> Formatted:
    return _formatted(_processor().cited(_FILES[style], json.loads(item), prefix, suffix))


def _item(work: Work, style: StyleName) -> CslItem:
    title = sentence_title(work) if style == "apa" else headline_title(work)
    item = described(work) | {"title": title, "language": _UNDETERMINED}
    if style == "mla":
        # MLA alone leaves a missing year out without a word.
        item.setdefault("issued", {"literal": "n.d."})
    return item


def _named_in_text(name: dict[str, str]) -> dict[str, str]:
    """Return a name so that it turns nothing beside it; a text has the family name alone."""
    whole = {part: isolated(name[part]) for part in ("family", "literal") if part in name}
    return name | whole


def _data_item(debate: Debate, link: str, accessed: date) -> CslItem:
    return {
        "id": "data",
        "type": "webpage",
        # In the title, since APA prints no version of a page.
        "title": f"{without_isolates(debate.title)} (data version {debate.version})",
        "URL": link,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "language": _UNDETERMINED,
    }


def _formatted(marked: str) -> Formatted:
    processor = _processor()
    escaped = html.escape(marked)
    return Formatted(
        processor.without_marks(marked),
        escaped.replace(processor.ITALIC, "<i>").replace(processor.UPRIGHT, "</i>"),
    )


def _processor() -> ModuleType:
    from dashboard.debate import citation_processor  # noqa: PLC0415 - it takes a while

    return citation_processor
