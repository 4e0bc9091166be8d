"""The results of a room in print: each question with its answers counted, and who moved where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.handout import file_to_print
from components.markup import e
from components.passage_card import STOPS_HERE
from components.value_table import value_table


@dataclass(frozen=True, slots=True)
class SheetMoves:
    """Who moved where since the round before: from, to and how many, of ``twice`` people."""

    twice: int
    moves: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class SheetVote:
    """One question: what was asked, of which text, in which round, and how many answered.

    ``of_author`` sets a quote apart from a gloss. ``counts`` has the answers from left to right,
    each drawn as its share of all; none where ``withheld`` says why.
    ``moved`` is there where a round before it is shown too.
    ``stops_here`` marks an excerpt that breaks off.
    """

    question: str
    label: str
    text: str
    of_author: bool
    round: int
    number: int
    counts: Sequence[tuple[str, int]]
    withheld: str
    moved: SheetMoves | None = None
    stops_here: bool = False


@dataclass(frozen=True, slots=True)
class RoomSheet:
    """All that the sheet says."""

    above: str
    title: str
    date: str
    votes: Sequence[SheetVote]


def room_sheet_file(sheet: RoomSheet) -> str:
    """Return the sheet as a whole HTML file, its fonts in it."""
    body = (
        f'<main class="handout room-sheet"><header><p class="above">{e(sheet.above)}</p>'
        f"<h1>{e(sheet.title)}</h1><p>{e(sheet.date)}</p></header>{_votes(sheet, 'h2')}</main>"
    )
    return file_to_print(f"{sheet.title} – {sheet.above}", body)


def room_sheet(sheet: RoomSheet) -> str:
    """Return the sheet as a page of a handout, as HTML."""
    return (
        f'<section class="plan-sheet room-sheet"><h2>{e(sheet.title)}</h2><p>{e(sheet.date)}</p>'
        f"{_votes(sheet, 'h3')}</section>"
    )


def _votes(sheet: RoomSheet, heading: str) -> str:
    votes = "".join(_vote(vote, heading) for vote in sheet.votes)
    return votes or "<p>Nothing was asked in this room.</p>"


def _vote(vote: SheetVote, heading: str) -> str:
    kind = "blockquote" if vote.of_author else "p"
    look = "quote" if vote.of_author else "gloss-text"
    quote = f'<{kind} class="{look}" dir="auto">{e(vote.text)}</{kind}>' if vote.text else ""
    quote += STOPS_HERE if vote.stops_here else ""
    people = "1 answer" if vote.number == 1 else f"{vote.number} answers"
    return (
        f'<section class="asked"><{heading}>{e(vote.question)}</{heading}>'
        f'<p class="label">{e(vote.label)}</p>{quote}'
        f"<p><b>Round {vote.round}, {people}.</b> {e(vote.withheld)}</p>{_table(vote)}"
        f"{_moved(vote.moved)}</section>"
    )


def _table(vote: SheetVote) -> str:
    if not vote.counts:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{e(name)}</th><td>{count}</td><td><span class="of-all">'
        f'<span class="bar" style="width:{100 * count / vote.number:.1f}%"></span></span></td></tr>'
        for name, count in vote.counts
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _moved(moved: SheetMoves | None) -> str:
    if moved is None:
        return ""
    number = sum(count for *_, count in moved.moves)
    said = f"<p>{number} of {moved.twice} who voted twice moved.</p>"
    if not number:
        return said
    rows = [(start, end, str(count)) for start, end, count in moved.moves]
    return said + value_table("Who moved where", ("From", "To", "People"), rows, scrolls=False)
