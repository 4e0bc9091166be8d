"""The parts of a path: where one is, the quote by itself, what it was read as, the end."""

from __future__ import annotations

from collections.abc import Sequence

from components.markup import e, passage_link, shape
from components.passage_card import Passage, Quoted, blockquote, evidence, stop_marker
from components.placement_map import PlacedPassage, placement_axis
from components.small_axis import Step


def path_head(kind: str, title: str, question: str, *, first: bool = False) -> str:
    """Return the heading of a path as HTML; ``first`` where who arrives begins to read there."""
    read_on = ' tabindex="-1" data-read-on' if first else ""
    return (
        f'<header class="question path-head"><p class="path-kind">{e(kind)}</p>'
        f"<h1{read_on}>{e(title)}</h1><p>{e(question)}</p></header>"
    )


def path_place(step: int, of: int) -> str:
    """Return which of how many passages one is at, as HTML."""
    ends = "The end" if step else "The beginning"
    said = f"{step} of {of}" if 1 <= step <= of else ends
    done = 100 * min(step, of) / of
    return (
        f'<div class="path-place"><p role="status">{said}</p>'
        f'<div class="path-way" aria-hidden="true"><i style="width:{done:.1f}%"></i></div></div>'
    )


def path_stepping(back: str, place: str, on: str, leave: str) -> str:
    """Return what leads from step to step as HTML: three buttons and the place between them."""
    return f'<div class="path-stepping">{back}{place}{on}{leave}</div>'


def path_columns(words: str, answer: str) -> str:
    """Return a step as HTML: the words, and beside them the scale or the reading."""
    return (
        '<div class="path-columns"><div class="path-words">'
        f'<div>{words}</div></div><div class="path-answer">{answer}</div></div>'
    )


def unplaced_answer(asked: str, so_far: str, scale: str, skip: str) -> str:
    """Return what stands beside a quote that is not placed yet, as HTML.

    ``asked`` is the question, ``so_far`` where the passage was placed before, which a reader who
    places blind can change; ``scale`` and ``skip`` are the HTML of the scale and of the button
    that goes on without it.
    """
    said = f'<p class="path-count" role="status">So far: {e(so_far)}.</p>' if so_far else ""
    return f'<h2 class="path-asked">{e(asked)}</h2>{said}{scale}{skip}'


def unplaced_quote(passage: Quoted, *, blind: bool) -> str:
    """Return a quote before it is placed, as HTML, with nothing that would give its place away.

    ``blind`` leaves out whose words they are.
    """
    whose = "" if blind else f'<p class="card-source">{e(passage.whose_words)}</p>'
    return (
        '<article class="path-quote" aria-labelledby="path-words">'
        f'<h2 class="label" id="path-words" tabindex="-1" data-read-on>The author’s words</h2>'
        f"{blockquote(passage, neutral=True, unlit=True)}{stop_marker(passage)}{whose}</article>"
    )


def placed_quote(passage: Quoted) -> str:
    """Return a quote whose readings are shown, as HTML: decisive words lit, school and id told."""
    source = (
        f'<p class="card-source">{shape(passage.school_index, passage.school_label)} '
        f"{passage_link(passage.id)} {e(passage.whose_words)} · {e(passage.school_label)}</p>"
    )
    return (
        '<article class="path-quote" aria-labelledby="path-words">'
        f'<h2 class="label" id="path-words">The author’s words</h2>'
        f"{blockquote(passage)}{stop_marker(passage)}{source}</article>"
    )


def path_reading(
    passage: Passage,
    row: PlacedPassage,
    steps: Sequence[Step],
    no_claim: str,
    *,
    verdict: tuple[str, str],
    onward: str,
    undo: str = "",
) -> str:
    """Return where a passage stands and why, after it was placed, as HTML.

    ``verdict`` says where the reader put it and where the words stand; ``onward`` is the HTML
    that leads to the next step; ``undo`` says how a placement made by mistake is undone.
    """
    own, ours = verdict
    slip = f'<p class="path-undo">{e(undo)}</p>' if undo else ""
    return (
        '<article class="path-reading" aria-labelledby="path-verdict">'
        '<div role="status">'
        '<h2 class="path-verdict" id="path-verdict" tabindex="-1" data-read-on>'
        f"{e(own)} <b>{e(ours)}</b></h2></div>{slip}"
        f"{placement_axis(row, steps, no_claim)}"
        f"{evidence(passage, steps, no_claim)}{onward}</article>"
    )


def bridge(sentence: str, address: str, label: str) -> str:
    """Return the sentence to the next step, if there is one, and the link that goes there."""
    said = f'<p class="bridge">{e(sentence)}</p>' if sentence else ""
    link = f'<a class="onward" data-in-app="yes" href="{e(address)}">{e(label)}</a>'
    return f'<div class="path-onward">{said}{link}</div>'


def end_section(place: str, title: str, body: str, *, first: bool = False) -> str:
    """Return one section of a path's end as HTML; ``place`` names it within the page.

    Who arrives at the end is put at the ``first``.
    """
    read_on = ' tabindex="-1" data-read-on' if first else ""
    return (
        f'<section id="{place}" aria-labelledby="{place}-title">'
        f'<h2 id="{place}-title"{read_on}>{e(title)}</h2>{body}</section>'
    )
