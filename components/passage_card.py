"""The passage card: the quote, whose words they are, the gloss, and why they stand where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote_plus

from components.markup import (
    compare_address,
    e,
    lit,
    reading_address,
    school_class,
    shape,
)
from components.small_axis import Step, Texts, readings_table, small_axis

STOPS_HERE = '<p class="stops-here">(the excerpt stops here)</p>'
"""The marker of an excerpt that breaks off, as HTML."""


class Quoted(Protocol):
    """What every card shows of a passage."""

    @property
    def id(self) -> str:
        """The passage's id."""

    @property
    def quote(self) -> str:
        """The author's words."""

    @property
    def decisive(self) -> Sequence[str]:
        """The words that decided the position."""

    @property
    def whose_words(self) -> str:
        """Whose words the quote holds: "Flores 2004, quoting Strupp 1999"."""

    @property
    def school_label(self) -> str:
        """The name of its school."""

    @property
    def school_index(self) -> int:
        """The index of its school."""

    @property
    def stops_here(self) -> bool:
        """Whether the excerpt breaks off in the source."""

    @property
    def quote_words(self) -> str:
        """The quote's position in words."""

    @property
    def gloss_words(self) -> str:
        """The gloss's position in words; empty where nothing is said of it."""


class Passage(Quoted, Texts, Protocol):
    """What the full card shows besides."""

    @property
    def gloss(self) -> str:
        """The library's summary; empty where there is none or it is not shown."""

    @property
    def gloss_label(self) -> str:
        """The label over the gloss."""

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """School, role, constructs, mechanisms: each a name and what is said."""

    @property
    def why_title(self) -> str:
        """The heading over the coder's reason: "Why the words are at “cure”"."""

    @property
    def rationale(self) -> str:
        """The coder's reason."""

    @property
    def rules(self) -> Sequence[tuple[str, str]]:
        """The codebook's rule for each value that the passage was given."""

    @property
    def notes(self) -> Sequence[tuple[str, str]]:
        """The reading note, part by part."""

    @property
    def source(self) -> Sequence[tuple[str, str]]:
        """The citation as corrected, as catalogued, and its doubts."""

    @property
    def contested(self) -> bool:
        """Whether readings lie two or more steps apart."""


def blockquote(passage: Quoted, *, neutral: bool = False, unlit: bool = False) -> str:
    """Return the quote; its text content is the quote character for character.

    ``neutral`` leaves out the school's colour; ``unlit`` lights no decisive words.
    """
    return (
        f'<blockquote data-passage="{e(passage.id)}" '
        f'class="{quote_class(passage, neutral=neutral)}" dir="auto">'
        f"{lit(passage.quote, () if unlit else passage.decisive)}</blockquote>"
    )


def quote_class(passage: Quoted, *, neutral: bool = False) -> str:
    """Return the classes of a quote: its school's, and ``plain`` where lines may end as they fall.

    Where spaces must be kept, the underline of decisive words runs on below those at a line's end.
    """
    plain = "" if _spaced(passage.quote) else " plain"
    return f"quote {school_class(passage.school_index, neutral=neutral)}{plain}"


def _spaced(quote: str) -> bool:
    """Whether the quote's own spaces and line ends must be kept: more than single spaces."""
    return " ".join(quote.split()) != quote


def passage_card(passage: Passage, steps: Sequence[Step], no_claim: str) -> str:
    """Return the full card of a passage as HTML."""
    return (
        f'<article class="passage-card" aria-labelledby="passage-title">'
        f"{_title(passage)}"
        '<div class="label-row"><h3 class="label">The author’s words</h3>'
        f'<button type="button" class="text-button" data-copy="{e(passage.id)}">'
        "Copy quote with citation</button></div>"
        f"{blockquote(passage)}{stop_marker(passage)}"
        f"{small_axis(passage, steps, no_claim)}"
        f"{_gloss(passage)}{_why(passage, steps, no_claim)}"
        f"{_facts('About this passage', passage.facts)}"
        f"{_facts('Reading note', passage.notes)}"
        f"{_facts('Source', passage.source)}"
        f"{_elsewhere(passage)}</article>"
    )


def still_card(
    passage: Passage,
    steps: Sequence[Step],
    no_claim: str,
    *,
    place: str,
    ways: Sequence[tuple[str, str]],
) -> str:
    """Return the full card for a page on which nothing happens: no buttons, nothing to choose.

    ``place`` is the name of its place in the page, ``ways`` the addresses and names of where one
    goes on from it.
    """
    links = "".join(f'<a href="{e(address)}">{e(name)}</a> ' for address, name in ways)
    return (
        f'<article class="passage-card still-card" id="{e(place)}" tabindex="-1" '
        f'aria-labelledby="{e(place)}-title">{_title(passage, f"{place}-title")}'
        '<h3 class="label">The author’s words</h3>'
        f"{blockquote(passage)}{stop_marker(passage)}"
        f"{small_axis(passage, steps, no_claim)}"
        f"{_gloss(passage)}{_why(passage, steps, no_claim)}"
        f"{_facts('About this passage', passage.facts)}"
        f"{_facts('Reading note', passage.notes)}"
        f"{_facts('Source', passage.source)}"
        f'<p class="card-places">{links}</p></article>'
    )


def evidence(passage: Passage, steps: Sequence[Step], no_claim: str) -> str:
    """Return what a placement rests on, as HTML: gloss, reason, rules, readings, reading note."""
    return (
        f"{_gloss(passage)}{_why(passage, steps, no_claim)}{_facts('Reading note', passage.notes)}"
    )


def short_card(passage: Quoted) -> str:
    """Return a passage in brief, with a link that opens it in full."""
    words = f"words: {passage.quote_words}"
    words += f" · gloss: {passage.gloss_words}" if passage.gloss_words else ""
    return (
        '<article class="short-card">'
        f'<p class="card-source">{shape(passage.school_index, passage.school_label)} '
        f'<a class="open-passage" href="?passage={_in_link(passage.id)}" '
        f'data-open-passage="{e(passage.id)}">{e(passage.id)}</a> '
        f"{e(passage.whose_words)}</p>"
        f"{blockquote(passage)}{stop_marker(passage)}"
        f'<p class="axis-said">{e(words)}</p></article>'
    )


def _title(passage: Quoted, place: str = "passage-title") -> str:
    return (
        f'<h2 id="{e(place)}" class="card-title">'
        f"{shape(passage.school_index, passage.school_label)} "
        f'<span class="card-id">{e(passage.id)}</span> '
        f'<span class="card-whose">{e(passage.whose_words)}</span></h2>'
    )


def stop_marker(passage: Quoted) -> str:
    """Return the marker of an excerpt that breaks off, empty where it does not."""
    return STOPS_HERE if passage.stops_here else ""


def _gloss(passage: Passage) -> str:
    if not passage.gloss:
        return ""
    return (
        f'<section class="gloss"><h3 class="label">{e(passage.gloss_label)}</h3>'
        f'<p data-gloss="{e(passage.id)}" class="gloss-text" dir="auto">{e(passage.gloss)}</p>'
        "</section>"
    )


def _why(passage: Passage, steps: Sequence[Step], no_claim: str) -> str:
    rationale = f'<p class="reason">{e(passage.rationale)}</p>' if passage.rationale else ""
    contested = (
        '<p class="contested">Contested: the readings lie two or more steps apart.</p>'
        if passage.contested
        else ""
    )
    rules = "".join(
        f'<p class="rule"><b>{e(name)}</b> {e(text)}</p>' for name, text in passage.rules
    )
    readings = readings_table(passage, steps, no_claim) if passage.readings else ""
    if not (rationale or contested or rules or readings):
        return ""
    return (
        f'<section class="why"><h3 class="label">{e(passage.why_title)}</h3>'
        f"{rationale}{contested}{rules}{readings}</section>"
    )


def _facts(title: str, facts: Sequence[tuple[str, str]]) -> str:
    if not facts:
        return ""
    rows = "".join(f"<dt>{e(name)}</dt><dd>{e(text)}</dd>" for name, text in facts)
    return f'<section class="facts"><h3 class="label">{e(title)}</h3><dl>{rows}</dl></section>'


def _elsewhere(passage: Quoted) -> str:
    """Return links to where else the passage can be seen."""
    return (
        '<p class="card-places">'
        f'<a data-in-app="yes" href="{e(compare_address([passage.id]))}">Compare</a> '
        f'<a data-in-app="yes" href="{e(reading_address(passage.id))}">Read in order</a></p>'
    )


def _in_link(passage_id: str) -> str:
    return e(quote_plus(passage_id))
