"""What a handout holds: of the current view, of a path, or of a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import numpy as np

from components.handout import Handout, Rule, handout_file
from components.markup import e
from components.palette import LIGHT
from dashboard.debate.citations import doubts
from dashboard.debate.model import NoClaim, Path, Tick, Work
from dashboard.debate.reference_styles import formatted_reference
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_picture import page_words, picture_of
from dashboard.reader.map_view import drawn_map, page_of_author
from dashboard.reading import BriefReading, brief
from dashboard.seen import seen
from dashboard.view import OWN, Query, View, from_query, to_query
from dashboard.view_words import view_words

PASSAGES_AT_MOST = 200
BYTES_AT_MOST = 3_000_000
"""So many passages, and bytes of their texts, fill a handout; it says how many are left out."""
WIDTH = 720
PAPER = replace(LIGHT, paper="#ffffff", muted="#5c584f", lane="#f1efe9", rule="#d3cfc4")
NOTES = ("map", "first_visit", "evidence", "clinical")
NO_RULE = "The text does not answer the question; that is not 0."


@dataclass(frozen=True, slots=True)
class PrintedPassage(BriefReading):
    """A passage as a handout holds it."""

    gloss: str
    gloss_label: str
    citation: tuple[str, ...]
    bridge: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a handout is of: its heading, the rows of the passage table, and what joins them."""

    page: str
    title: str
    lead: str
    shows: str
    rows: Sequence[int]
    seen: Sequence[str] = ()
    bridges: Mapping[int, str] = field(default_factory=dict)
    closing: Sequence[tuple[str, str]] = ()


def asked_view(query: Query, opened: OpenDebate) -> View:
    """Return the view that a handout's address asks for; what is unknown is ignored."""
    view = View()
    for page in ("", "paths", "compare"):
        view, _ = from_query(query, opened.known, page, view)
    return view


def handout(opened: OpenDebate, view: View, address: str) -> str:
    """Return the handout of a view as an HTML file.

    It is of the path or the comparison that ``view`` names, else of what its filters show.
    ``address`` is where the debate is served, ending in a slash; where it is empty, no link is
    printed.
    """
    debate = opened.debate
    chosen = chosen_by(opened, view)
    kept = within_bounds(opened, chosen.rows)
    if chosen.page and kept and opened.known.row_pages > 1:
        author = opened.known.author_of[debate.passages[kept[0]].id]
        view = replace(view, arrange="author", rows=page_of_author(opened, author))
    lit = np.zeros(len(debate.passages), dtype=np.bool_)
    lit[list(chosen.rows)] = True
    on = drawn_map(opened, view.arrange, view.basis, view.rows, "light")
    return handout_file(
        Handout(
            above=debate.title,
            title=chosen.title,
            lead=chosen.lead,
            shows=chosen.shows,
            picture=picture_of(opened, view, lit, PAPER, WIDTH),
            seen=[text for text in (*chosen.seen, page_words(opened, view, on)) if text],
            passages=[
                _printed(opened, row, chosen.bridges.get(at, "")) for at, row in enumerate(kept)
            ],
            left_out=len(chosen.rows) - len(kept),
            closing=chosen.closing,
            question=debate.axis.title,
            rules=rules_of(opened),
            notes=[
                *(debate.disclaimers[n] for n in NOTES if n in debate.disclaimers),
                debate.coders,
            ],
            facts=[
                ("Passages from", debate.library.name),
                ("Data version", debate.version),
                *([("This view", address + _link(view, chosen.page))] if address else []),
            ],
        )
    )


def chosen_by(opened: OpenDebate, view: View) -> Chosen:
    """Return what a view chooses: its path, its comparison, or what its filters show."""
    path = next((path for path in opened.debate.paths if path.id == view.path), None)
    if path:
        return _of_path(opened, path)
    if view.of:
        return _of_comparison(opened, view)
    shown = seen(opened, view)
    debate = opened.debate
    return Chosen(
        "paths" if view.path == OWN else "",
        debate.axis.title,
        debate.question,
        view_words(shown),
        shown.sequence.tolist(),
        (shown.summary,),
    )


def _of_path(opened: OpenDebate, path: Path) -> Chosen:
    rows = [opened.row_of[step.passage] for step in path.steps]
    order = f" Ordered {path.order}." if path.order else ""
    return Chosen(
        "paths",
        path.title,
        path.question,
        f"A path through {_passages(len(rows))}.{order}",
        rows,
        bridges={at: step.bridge for at, step in enumerate(path.steps) if step.bridge},
        closing=(("At the end:", path.closing), ("Left out:", path.leaves_out)),
    )


def _of_comparison(opened: OpenDebate, view: View) -> Chosen:
    rows: dict[int, None] = {}
    for each in view.of:
        found = opened.rows_by_author[each] if each in opened.authors else [opened.row_of[each]]
        rows.update(dict.fromkeys(int(row) for row in found))
    names = [opened.authors[each].name if each in opened.authors else each for each in view.of]
    return Chosen(
        "compare",
        " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names),
        opened.debate.axis.title,
        f"A comparison of {_passages(len(rows))}.",
        list(rows),
    )


def within_bounds(opened: OpenDebate, rows: Iterable[int]) -> list[int]:
    """Return the first of ``rows`` that together fill no more than a handout may hold."""
    kept: list[int] = []
    size = 0
    for row in rows:
        passage = opened.debate.passages[row]
        size += len(e(passage.quote + (passage.gloss or "")).encode())
        if len(kept) == PASSAGES_AT_MOST or size > BYTES_AT_MOST:
            break
        kept.append(row)
    return kept


def _printed(opened: OpenDebate, row: int, bridge: str) -> PrintedPassage:
    passage = opened.debate.passages[row]
    start = brief(opened, passage.id)
    return PrintedPassage(
        **{name: getattr(start, name) for name in BriefReading.__slots__},
        gloss=(passage.gloss or "") if opened.debate.show_glosses else "",
        gloss_label=opened.debate.library.gloss_label,
        citation=_citation(opened.works[passage.work]),
        bridge=bridge,
    )


def _citation(work: Work) -> tuple[str, ...]:
    open_points = ", ".join(doubts(work))
    unsure = f"Not certain: {open_points}." if open_points else ""
    said = formatted_reference(work, "apa").text
    return tuple(text for text in (said, unsure, work.attribution) if text)


def rules_of(opened: OpenDebate) -> list[Rule]:
    """Return the steps of the axis with their rules, no claim last."""
    axis = opened.debate.axis
    rules = [
        Rule(f"{tick.value:+d}".replace("-", "−") if tick.value else "0", *_told(tick))
        for tick in axis.ticks
    ]
    no_claim = axis.no_claim
    return [*rules, Rule("–", *(_told(no_claim) if no_claim else ("No claim", NO_RULE, "")))]


def _told(step: Tick | NoClaim) -> tuple[str, str, str]:
    return step.label, step.help, step.rule


def _link(view: View, page: str) -> str:
    query = urlencode(to_query(view, page), doseq=True)
    return f"{page}?{query}" if query else page


def _passages(count: int) -> str:
    return "one passage" if count == 1 else f"{count} passages"
