"""The reading card: a passage in a list that is read, with what was looked for lit in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from components.markup import e, lit, marked, reading_address, shape
from components.passage_card import Quoted, quote_class, stop_marker


class Listed(Quoted, Protocol):
    """What the card shows besides the quote."""

    @property
    def gloss(self) -> str:
        """The library's summary; empty where there is none or it is not shown."""

    @property
    def gloss_label(self) -> str:
        """The label over the gloss."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where what was looked for stands: places in quote and gloss, and other texts by name."""

    quote: Sequence[tuple[int, int]] = ()
    gloss: Sequence[tuple[int, int]] = ()
    elsewhere: Sequence[str] = ()


def reading_card(
    passage: Listed, *, found: Found | None, current: bool, places: Sequence[tuple[str, str]]
) -> str:
    """Return the card as HTML.

    ``found`` lights what was looked for, and without it the decisive words are underlined.
    ``current`` marks the passage one is at. ``places`` are addresses and names of where else the
    passage can be seen.
    """
    here = ' aria-current="true"' if current else ""
    links = "".join(
        f'<li><a data-in-app="yes" href="{e(href)}">{e(name)}</a></li>' for href, name in places
    )
    return (
        f'<article class="reading-card" data-entry="{e(passage.id)}"{here} tabindex="-1" '
        f'aria-label="{e(passage.id)}, {e(passage.whose_words)}">'
        f'<div class="margin"><p class="margin-title">'
        f"{shape(passage.school_index, passage.school_label)} "
        f'<a class="open-passage" data-in-app="yes" href="{e(reading_address(passage.id))}">'
        f"{e(passage.id)}</a></p>"
        f'<p class="margin-whose">{e(passage.whose_words)}</p>'
        f"{_elsewhere(found)}"
        '<ul class="margin-places"><li><button type="button" class="text-button" '
        f'data-bookmark="{e(passage.id)}" aria-pressed="false">Bookmark</button></li>{links}</ul>'
        "</div>"
        f'<div class="reading-texts">{_quote(passage, found)}{stop_marker(passage)}'
        f'<p class="axis-said">{_positions(passage)}</p>{_gloss(passage, found)}'
        f'<details class="own-note"><summary>Your note</summary><textarea rows="3" '
        f'maxlength="4000" data-note="{e(passage.id)}" aria-label="Your note on {e(passage.id)}">'
        "</textarea></details></div></article>"
    )


def _quote(passage: Listed, found: Found | None) -> str:
    text = (
        lit(passage.quote, passage.decisive)
        if found is None
        else marked(passage.quote, found.quote)
    )
    kind = "" if found is None else " searched"
    return (
        f'<blockquote data-passage="{e(passage.id)}" dir="auto" '
        f'class="{quote_class(passage)}{kind}">{text}</blockquote>'
    )


def _gloss(passage: Listed, found: Found | None) -> str:
    if not passage.gloss:
        return ""
    text = marked(passage.gloss, found.gloss if found else ())
    return (
        f'<h3 class="label">{e(passage.gloss_label)}</h3>'
        f'<p data-gloss="{e(passage.id)}" class="gloss-text searched" dir="auto">{text}</p>'
    )


def _positions(passage: Listed) -> str:
    words = f"<b>words:</b> {e(passage.quote_words)}"
    return f"{words} · <b>gloss:</b> {e(passage.gloss_words)}" if passage.gloss_words else words


def _elsewhere(found: Found | None) -> str:
    if found is None or not found.elsewhere:
        return ""
    return f'<p class="margin-found">found in {e(", ".join(found.elsewhere))}</p>'
