"""A slide of a seminar as HTML: quotes in large type, what is asked, and the room's axis.

A slide holds what its stage reveals and nothing else: what comes later is not in its HTML. All
sizes are in ``--u``, a hundredth of the slide's width, so that it looks the same at every size.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from components.markup import e, shape
from components.passage_card import Passage, Quoted, blockquote, stop_marker
from components.slide import length_of

BOARD_ROWS = 10
"""How many passages stand below one another on a board; more stand in two columns."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that hands can be raised for: its name and its meaning in a line."""

    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a passage stands: of its words and its gloss, in steps from -2, or none.

    ``school`` is the index of its school, ``None`` while that is hidden. ``read`` says whether
    the words have been read, ``glossed`` whether the gloss has been and is shown; what has not
    been read stands nowhere.
    """

    name: str
    quote: float | None
    gloss: float | None
    read: bool
    glossed: bool
    school: int | None
    said: str


@dataclass(frozen=True, slots=True)
class AnswerAxis:
    """The axis of a slide: its answers, where passages stand, who read them so.

    Where passages stand on it, no claim comes first, as on the map, and then the five steps.
    """

    answers: Sequence[Answer]
    placed: Sequence[Placed] = ()
    readings: Sequence[tuple[str, Mapping[str, float | None]]] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """How a passage was sorted: its first words, and how often each bin was chosen.

    ``bin`` is the one that most chose, none where several were chosen as often. ``whose`` is
    empty until the author is revealed. Without ``counts``, ``untold`` says why.
    """

    name: str
    words: str
    whose: str
    counts: Sequence[int]
    bin: int | None
    untold: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every slide: the activity, which of how many, ``at`` which slide and stage.

    ``below`` is HTML that lies beneath the slide's text where there is no ``axis``.
    """

    kind: str
    title: str
    place: str
    at: str = ""
    axis: AnswerAxis | None = None
    desk: bool = False
    below: str = ""
    classes: Sequence[str] = field(default=())


def room_slide(frame: Frame, body: str) -> str:
    """Return a slide; ``body`` is its HTML. With a ``desk`` room is left for what is typed."""
    axis = answer_axis(frame.axis) if frame.axis else frame.below
    desk = '<div class="desk-room"></div>' if frame.desk else ""
    classes = " ".join(["room-slide", f"slide-{frame.kind}", *frame.classes])
    return (
        f'<article class="{classes}" data-at="{e(frame.at)}" aria-label="Slide {e(frame.place)}">'
        f'<header class="slide-head"><h1>{e(frame.title)}</h1><p>{e(frame.place)}</p></header>'
        f'<div class="slide-body">{body}</div>{axis}{desk}</article>'
    )


def two_columns(left: str, right: str) -> str:
    """Return the words at the left and what is asked or told of them at the right."""
    return f'<div class="slide-words">{left}</div><div class="slide-told">{right}</div>'


def quoted(passage: Quoted, *, lit: bool, neutral: bool, beside: str = "") -> str:
    """Return a quote; ``lit`` underlines the decisive words, ``neutral`` hides its school.

    It is set no larger than the text ``beside`` it.
    """
    return (
        f'<div class="{fit_of(max(passage.quote, beside, key=len))}">'
        f"{blockquote(passage, neutral=neutral, unlit=not lit)}{stop_marker(passage)}</div>"
    )


def glossed(passage: Passage, *, large: bool = False) -> str:
    """Return the gloss under its label; ``large`` in the place of the quote."""
    kind = f"slide-gloss {fit_of(passage.gloss)} large" if large else "slide-gloss"
    return (
        f'<section class="{kind}"><h2 class="slide-label">{e(passage.gloss_label)}</h2>'
        f'<p data-gloss="{e(passage.id)}" class="gloss-text" dir="auto">{e(passage.gloss)}</p>'
        "</section>"
    )


def whose(passage: Quoted, *, school: bool, author: bool) -> str:
    """Return the line that tells school and author, as far as they are revealed."""
    told = []
    if school:
        told.append(f"{shape(passage.school_index)} {e(passage.school_label)}")
    if author:
        told.append(f"<b>{e(passage.whose_words)}</b>")
    return f'<p class="slide-whose">{" · ".join(told)}</p>' if told else ""


def ballot(question: str, answers: Sequence[Answer]) -> str:
    """Return what a room is asked, with every answer's meaning."""
    rows = "".join(f"<dt>{e(a.label)}</dt><dd>{e(a.help)}</dd>" for a in answers if a.help)
    return f'<h2 class="slide-asked">{e(question)}</h2><dl class="slide-answers">{rows}</dl>'


def told(title: str, parts: Iterable[tuple[str, str]]) -> str:
    """Return what is told of a passage under a title: paragraphs, some with a name."""
    rows = "".join(
        f"<p>{f'<b>{e(name)}:</b> ' if name else ''}{e(text)}</p>" for name, text in parts if text
    )
    return f'<h2 class="slide-label">{e(title)}</h2><div class="slide-text">{rows}</div>'


def asked(question: str, below: str = "") -> str:
    """Return a question in large type, with HTML below it."""
    return f'<h2 class="slide-asked">{e(question)}</h2>{below}'


def text_body(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as the whole of a slide."""
    size = "long" if sum(map(len, paragraphs)) > 450 else "brief"
    return (
        f'<div class="slide-prose {size}">'
        + "".join(f"<p>{e(p)}</p>" for p in paragraphs)
        + ("</div>")
    )


def panes(left: str, right: str) -> str:
    """Return two things of equal weight side by side."""
    return f'<div class="slide-pane">{left}</div><div class="slide-pane">{right}</div>'


def point(text: str) -> str:
    """Return on what two passages differ."""
    return f'<p class="slide-point">{e(text)}</p>'


def side(label: str, passages: Sequence[Quoted]) -> str:
    """Return one side of a motion with its passages, unattributed."""
    quotes = "".join(
        f'<div class="side-quote"><b>{e(p.id)}</b>{blockquote(p, neutral=True, unlit=True)}'
        f"{stop_marker(p)}</div>"
        for p in passages
    )
    return f'<h2 class="slide-side">{e(label)}</h2>{quotes}'


def motion(text: str, sides: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """Return a motion over its sides, each with its passages by name and first words."""
    columns = "".join(
        f'<div class="slide-pane"><h2 class="slide-side">{e(label)}</h2>'
        f'<ul class="first-words">{"".join(_first_words(*one) for one in passages)}</ul></div>'
        for label, passages in sides
    )
    return f'<p class="slide-motto">{e(text)}</p>{columns}'


def _first_words(name: str, words: str) -> str:
    return f'<li><b>{e(name)}</b> <span dir="auto">{e(words)}</span></li>'


def scene(title: str, text: str) -> str:
    """Return a vignette: what it is about in large type, and below it what was typed."""
    typed = f'<p class="scene-text" dir="auto">{e(text)}</p>' if text else ""
    return f'<p class="slide-motto">{e(title)}</p>{typed}'


def chosen(label: str, passages: Sequence[tuple[str, str]], of: int) -> str:
    """Return passages that were chosen, by name and first words, with a line for each to come."""
    lines = "".join(_first_words(*one) for one in passages)
    lines += '<li class="to-come" aria-hidden="true"></li>' * (of - len(passages))
    return f'<h3 class="slide-side">{e(label)}</h3><ul class="first-words chosen">{lines}</ul>'


def stage_list(stages: Sequence[str], at: int) -> str:
    """Return the stages up to the one that is on; later ones are not named yet."""
    items = "".join(
        f"<li{' aria-current=step' if i == at else ''}>{e(stage)}</li>"
        for i, stage in enumerate(stages[: at + 1])
    )
    return f'<ol class="slide-stages">{items}</ol>'


def strip(speakers: Sequence[str]) -> str:
    """Return who speaks, from the page back to the source."""
    items = "".join(f"<li>{e(one)}</li>" for one in speakers)
    return f'<ol class="slide-speakers">{items}</ol>'


def collected(texts: Sequence[str], empty: str) -> str:
    """Return what was typed so far."""
    if not texts:
        return f'<p class="slide-quiet">{e(empty)}</p>'
    return '<ul class="slide-collected">' + "".join(f"<li>{e(t)}</li>" for t in texts) + "</ul>"


def sorted_board(bins: Sequence[str], passages: Sequence[Sorted]) -> str:
    """Return the passages below one another, bin after bin, with how often each bin was chosen.

    The bin that most chose is set apart; last come the undecided, and those without a vote.
    More passages than ``BOARD_ROWS`` are set in two columns, so that a room can read them.
    """
    order = sorted(
        passages, key=lambda one: len(bins) + (not one.counts) if one.bin is None else one.bin
    )
    if len(order) <= BOARD_ROWS:
        return _board(bins, order)
    half = math.ceil(len(order) / 2)
    return (
        f'<div class="slide-boards">{_board(bins, order[:half])}{_board(bins, order[half:])}</div>'
    )


def _board(bins: Sequence[str], passages: Sequence[Sorted]) -> str:
    head = "".join(f'<th scope="col">{e(name)}</th>' for name in bins)
    rows = "".join(_sorted_row(bins, one) for one in passages)
    return (
        f'<table class="slide-board" style="--bins:{len(bins)}"><thead><tr><td></td>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _sorted_row(bins: Sequence[str], one: Sorted) -> str:
    whose = f" <small>{e(one.whose)}</small>" if one.whose else ""
    if not one.counts:
        cells = f'<td class="untold" colspan="{len(bins)}">{e(one.untold)}</td>'
    else:
        cells = "".join(_sorted_cell(n, most=at == one.bin) for at, n in enumerate(one.counts))
    undecided = " <i>undecided</i>" if one.counts and one.bin is None else ""
    return (
        f'<tr><th scope="row"><b>{e(one.name)}</b> <span dir="auto">{e(one.words)}</span>'
        f"{whose}{undecided}</th>{cells}</tr>"
    )


def _sorted_cell(count: int, *, most: bool) -> str:
    kind = ' class="most"' if most else "" if count else ' class="none"'
    return f"<td{kind}><b>{count}</b></td>"


def matrix(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first column names its rows."""
    head = "".join(f'<th scope="col">{e(c)}</th>' for c in columns)
    body = "".join(
        f'<tr><th scope="row">{e(row[0])}</th>{"".join(f"<td>{e(c)}</td>" for c in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<table class="slide-matrix"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def upright(ends: tuple[str, str], points: Sequence[tuple[str, float | None, float | None]]) -> str:
    """Return a vertical axis with its ends and points: name, height -2 to 2, place -2 to 2.

    A point without a place stands in the order it comes in; one without a height is left out.
    """
    marks = "".join(
        f'<span class="upright-mark" style="left:{_across(i, len(points), place):.1f}%;'
        f'bottom:{8 + (height + 2) * 21:.1f}%">{shape(0, neutral=True)} {e(name)}</span>'
        for i, (name, height, place) in enumerate(points)
        if height is not None
    )
    said = ", ".join(f"{name} {height:+g}" for name, height, _ in points if height is not None)
    return (
        f'<div class="upright"><p>{e(ends[1] or "One end")}</p>'
        f'<div class="upright-room" role="img" aria-label="{e(said or "Nothing placed yet")}">'
        f"<i></i>{marks}</div><p>{e(ends[0] or 'The other end')}</p></div>"
    )


def _across(index: int, of: int, place: float | None) -> float:
    return (index + 0.5) / of * 100 if place is None else 8 + (place + 2) * 20


def answer_axis(axis: AnswerAxis) -> str:
    """Return the axis with its answers below what lies over them."""
    many = len(axis.placed) > 1
    rows = [_placed_row(one, len(axis.answers), named=many) for one in axis.placed]
    rows += [_readings_row(name, values, len(axis.answers)) for name, values in axis.readings]
    names = "".join(f"<span>{e(answer.label)}</span>" for answer in axis.answers)
    return (
        f'<div class="answer-axis" style="--answers:{len(axis.answers)}">{"".join(rows)}'
        f'<div class="answer-row answer-names"><span></span>{names}</div></div>'
    )


def _placed_row(one: Placed, answers: int, *, named: bool) -> str:
    start, end = _left(one.quote, answers), _left(one.gloss, answers)
    neutral = one.school is None
    index = one.school or 0
    arrow = ""
    if one.glossed and one.quote is not None and one.gloss is not None:
        if not math.isclose(start, end):
            way = "right" if end > start else "left"
            arrow = (
                f'<i class="axis-arrow {way} school-{"none" if neutral else index}" '
                f'style="left:{min(start, end):.2f}%;width:{abs(end - start):.2f}%"></i>'
            )
    elif one.glossed and (not one.read or (one.quote is None) != (one.gloss is None)):
        arrow = (
            f'<span class="axis-mark" style="left:{end:.2f}%">'
            f"{shape(index, filled=False, neutral=neutral)}</span>"
        )
    mark = ""
    if one.read:
        mark = shape(index, filled=True, neutral=neutral)
        mark = f'<span class="axis-mark" style="left:{start:.2f}%">{mark}</span>'
    name = one.name if named else ""
    return (
        f'<div class="answer-row placed-row"><span class="row-name">{e(name)}</span>'
        f'<span class="placed-room" role="img" aria-label="{e(one.said)}">{arrow}'
        f"{mark}</span></div>"
    )


def _left(value: float | None, answers: int) -> float:
    """Return where a value lies above its answer, in percent; no claim is the first answer."""
    place = 0.0 if value is None else value + 3
    return (place + 0.5) / answers * 100


def _readings_row(name: str, values: Mapping[str, float | None], answers: int) -> str:
    cells = ""
    for at in range(answers):
        wanted = float(at - 3) if at else None
        who = [reading for reading, value in values.items() if at < 6 and value == wanted]
        cells += f"<span>{e(' '.join(who))}</span>"
    return (
        f'<div class="answer-row readings-row"><span class="row-name">{e(name)}</span>{cells}</div>'
    )


def fit_of(text: str) -> str:
    """Return the class that sets a text as large as its length allows."""
    return f"fit-{length_of(text)}"
