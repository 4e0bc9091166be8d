"""Sides of a comparison: a column each, the table of what they share, and the opposed pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from components.markup import e, passage_links, shape
from components.passage_card import Quoted, blockquote, stop_marker
from components.shared_axis import LANE, left, place_of, step_name
from components.small_axis import Step


class Compared(Quoted, Protocol):
    """A passage as a column shows it."""

    @property
    def gloss(self) -> str:
        """The library's summary; empty where there is none or it is not shown."""

    @property
    def gloss_label(self) -> str:
        """The label over the gloss."""


class Link(Protocol):
    """A way to another comparison."""

    @property
    def label(self) -> str:
        """What it leads to."""

    @property
    def address(self) -> str:
        """Its address."""


class Column(Protocol):
    """One side."""

    @property
    def name(self) -> str:
        """The author's name or the passage's id."""

    @property
    def about(self) -> str:
        """Whose words, or which tradition."""

    @property
    def school_index(self) -> int:
        """The index of its school."""

    @property
    def school_label(self) -> str:
        """The name of its school."""

    @property
    def passages(self) -> Sequence[Compared]:
        """Its passages, or the first of them."""

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What else is told of it, as name and text."""

    @property
    def rest(self) -> Link | None:
        """The way to the passages that are not shown, if there are any."""

    @property
    def there(self) -> Link:
        """The way to it on the map."""

    @property
    def without(self) -> Link:
        """The way to the comparison without this side."""

    @property
    def swaps(self) -> Sequence[Link]:
        """The ways to the comparisons with another in this side's place."""


class Shared(Protocol):
    """One thing that is said, and the passages it rests on."""

    @property
    def kind(self) -> str:
        """What kind of thing it is."""

    @property
    def value(self) -> str:
        """What is said."""

    @property
    def passages(self) -> Sequence[Sequence[str]]:
        """For each side the ids of the passages it rests on."""


class PairMark(Protocol):
    """One end of an opposed pair."""

    @property
    def label(self) -> str:
        """The passage's id and its author."""

    @property
    def school_index(self) -> int:
        """The index of its school."""

    @property
    def position(self) -> float | None:
        """Where it lies, -2 to 2, or none on the no-claim lane."""

    @property
    def read(self) -> bool:
        """Whether it has been read; if not, it lies nowhere."""

    @property
    def filled(self) -> bool:
        """Whether the author's words make the claim."""


class ListedPair(Protocol):
    """An opposed pair as it is listed."""

    @property
    def address(self) -> str:
        """The address of its comparison."""

    @property
    def point(self) -> str:
        """On what the two differ."""

    @property
    def ends(self) -> Sequence[PairMark]:
        """Its two ends."""


OPEN_AT_MOST = 3
"""So many passages of a side are open at once; the others wait behind a line."""
IDS_AT_MOST = 8
"""So many passages are named in one cell of the table."""
ROWS_AT_MOST = 60
"""So many rows of one part of the table are listed."""
NOT_SAID = "–"


def compare_columns(columns: Sequence[Column]) -> str:
    """Return the sides in columns, as HTML."""
    return (
        f'<div class="compare-columns sides-{len(columns)}">{"".join(map(_column, columns))}</div>'
    )


def _column(column: Column) -> str:
    shown = [_passage(passage, column) for passage in column.passages]
    first, others = shown[:OPEN_AT_MOST], shown[OPEN_AT_MOST:]
    more = ""
    if others:
        more = (
            f'<details class="further"><summary>{len(others)} more of {e(column.name)}</summary>'
            f"{''.join(others)}</details>"
        )
    rest = f'<p class="axis-said">{_link(column.rest)}</p>' if column.rest else ""
    return (
        f'<article class="compare-column" aria-label="{e(column.name)}">'
        f'<header><h2 class="column-name">{shape(column.school_index, column.school_label)} '
        f'<span>{e(column.name)}</span></h2><p class="column-about">{e(column.about)}</p>'
        f"{_changes(column)}</header>"
        f'<div class="column-body">{"".join(first)}{more}{rest}{_facts(column.facts)}</div>'
        "</article>"
    )


def split_columns(passage: Compared, ways: Sequence[Link]) -> str:
    """Return one passage with its quote and its gloss in a column each, as HTML.

    ``ways`` lead to the passage on the map and to the comparison without it.
    """
    words = (
        f'<article class="compare-column" aria-label="The author’s words">'
        f'<header><h2 class="column-name">{shape(passage.school_index, passage.school_label)} '
        f"<span>{e(passage.id)}: the author’s words</span></h2>"
        f'<p class="column-about">{e(passage.whose_words)}</p>'
        f'<div class="column-changes">{"".join(map(_link, ways))}</div></header>'
        f'<div class="column-body">{blockquote(passage)}{stop_marker(passage)}</div></article>'
    )
    gloss = (
        f'<article class="compare-column" aria-label="{e(passage.gloss_label)}"><header>'
        f'<h2 class="column-name">{shape(passage.school_index, filled=False)} '
        f"<span>{e(passage.id)}: the gloss</span></h2>"
        f'<p class="column-about">{e(passage.gloss_label)}</p></header><div class="column-body">'
        f'<p data-gloss="{e(passage.id)}" class="gloss-text" dir="auto">{e(passage.gloss)}</p>'
        "</div></article>"
    )
    return f'<div class="compare-columns sides-2">{words}{gloss}</div>'


def _changes(column: Column) -> str:
    swaps = ""
    if column.swaps:
        items = "".join(f"<li>{_link(swap)}</li>" for swap in column.swaps)
        swaps = (
            f'<details class="swap"><summary aria-label="Swap {e(column.name)}">Swap</summary>'
            f"<ul>{items}</ul></details>"
        )
    ways = _link(column.there) + _link(column.without)
    return f'<div class="column-changes">{ways}{swaps}</div>'


def _link(link: Link) -> str:
    return f'<a data-in-app="yes" href="{e(link.address)}">{e(link.label)}</a>'


def _passage(passage: Compared, column: Column) -> str:
    alone = passage.id == column.name
    source = "" if alone else f'<p class="card-source">{_source(passage)}</p>'
    gloss = ""
    if passage.gloss:
        gloss = (
            f'<p class="label">{e(passage.gloss_label)}</p>'
            f'<p data-gloss="{e(passage.id)}" class="gloss-text" dir="auto">{e(passage.gloss)}</p>'
        )
    return (
        f'<section class="compared">{source}<p class="label">The author’s words</p>'
        f"{blockquote(passage)}{stop_marker(passage)}{gloss}{_positions(passage)}</section>"
    )


def _source(passage: Quoted) -> str:
    return (
        f"{shape(passage.school_index, passage.school_label)} {passage_links([passage.id])} "
        f"{e(passage.whose_words)}"
    )


def _positions(passage: Quoted) -> str:
    said = f"<b>words:</b> {e(passage.quote_words)}"
    if passage.gloss_words:
        said += f" · <b>gloss:</b> {e(passage.gloss_words)}"
    return f'<p class="axis-said">{said}</p>'


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{e(name)}</dt><dd>{e(text)}</dd>" for name, text in facts)
    return f'<div class="facts"><dl>{rows}</dl></div>' if rows else ""


def comparison_table(
    caption: str, names: Sequence[str], parts: Sequence[tuple[str, Sequence[Shared]]]
) -> str:
    """Return what is shared and what is not as a table, as HTML.

    ``names`` are those of the sides; each of ``parts`` is a heading and what stands below it.
    Parts without anything are said to be empty.
    """
    head = "".join(f'<th scope="col">{e(name)}</th>' for name in names)
    body = "".join(_part(title, said, len(names)) for title, said in parts)
    return (
        f'<div class="table-room" tabindex="0" role="region" aria-label="{e(caption)}">'
        f'<table class="values compared-values"><caption>{e(caption)}</caption>'
        f'<thead><tr><th scope="col">What is said</th>{head}</tr></thead>{body}</table></div>'
    )


def _part(title: str, said: Sequence[Shared], sides: int) -> str:
    rows = "".join(map(_row, said[:ROWS_AT_MOST]))
    more = len(said) - ROWS_AT_MOST
    foot = "Nothing." if not said else f"and {more} more" if more > 0 else ""
    if foot:
        rows += f'<tr><td class="nothing" colspan="{sides + 1}">{foot}</td></tr>'
    return (
        f'<tbody><tr><th scope="rowgroup" class="part" colspan="{sides + 1}">{e(title)}</th></tr>'
        f"{rows}</tbody>"
    )


def _row(said: Shared) -> str:
    cells = "".join(f"<td>{_rests_on(passages)}</td>" for passages in said.passages)
    return (
        f'<tr><th scope="row"><div class="said-what"><span class="kind">{e(said.kind)}</span> '
        f"<span>{e(said.value)}</span></div></th>{cells}</tr>"
    )


def _rests_on(passages: Sequence[str]) -> str:
    if not passages:
        return NOT_SAID
    more = len(passages) - IDS_AT_MOST
    return passage_links(passages[:IDS_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def pair_list(
    pairs: Sequence[ListedPair], steps: Sequence[Step], no_claim: str, *, here: str = ""
) -> str:
    """Return the opposed pairs as a list of links, as HTML.

    ``steps`` are those of the axis, the lowest first; ``here`` is the address of the comparison
    that is shown, so that its pair is marked.
    """
    items = "".join(_pair(pair, steps, is_here=pair.address == here) for pair in pairs)
    poles = "".join(step_name(step.label, left(step.value)) for step in (steps[0], steps[-1]))
    names = step_name(no_claim, LANE) + poles
    return (
        f'<div class="pairs-head" aria-hidden="true"><span class="pair-axis">{names}</span></div>'
        f'<ol class="pairs">{items}</ol>'
    )


def _pair(pair: ListedPair, steps: Sequence[Step], *, is_here: bool) -> str:
    current = ' aria-current="true"' if is_here else ""
    ends = "".join(
        f'<span class="pair-end">{shape(end.school_index, filled=end.filled)} {e(end.label)}</span>'
        for end in pair.ends
    )
    return (
        f'<li><a data-in-app="yes" data-soon href="{e(pair.address)}"{current}>'
        f'<span class="pair-point">{e(pair.point)}</span> '
        f'<span class="pair-ends">{ends}</span> {_pair_axis(pair, steps)}</a></li>'
    )


def _pair_axis(pair: ListedPair, steps: Sequence[Step]) -> str:
    """Return where the ends stand, the second one below the first, so that both are seen."""
    ticks = "".join(f'<i class="step-line" style="left:{left(s.value):.2f}%"></i>' for s in steps)
    rows = len(pair.ends)
    marks = "".join(
        f'<span class="axis-mark" style="left:{place_of(end.position):.2f}%;'
        f'top:{(row + 0.5) / rows * 100:.0f}%">{shape(end.school_index, filled=end.filled)}</span>'
        for row, end in enumerate(pair.ends)
        if end.read
    )
    return (
        f'<span class="pair-axis" aria-hidden="true"><i class="axis-lane"></i>{ticks}{marks}</span>'
    )
