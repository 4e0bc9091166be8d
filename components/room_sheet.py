"""The results of a room as a file that prints: each question with its answers counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.handout import file_to_print
from components.markup import e


@dataclass(frozen=True, slots=True)
class SheetVote:
    """One question: what was asked, of which text, in which round, and how many answered.

    ``of_author`` sets a quote apart from a gloss. ``counts`` has the answers from left to right,
    none where ``withheld`` says why.
    """

    question: str
    label: str
    text: str
    of_author: bool
    round: int
    number: int
    counts: Sequence[tuple[str, int]]
    withheld: str


@dataclass(frozen=True, slots=True)
class RoomSheet:
    """All that the sheet says."""

    above: str
    title: str
    date: str
    votes: Sequence[SheetVote]


def room_sheet_file(sheet: RoomSheet) -> str:
    """Return the sheet as a whole HTML file, its fonts in it."""
    votes = "".join(map(_vote, sheet.votes)) or "<p>Nothing was asked in this room.</p>"
    body = (
        f'<main class="handout room-sheet"><header><p class="above">{e(sheet.above)}</p>'
        f"<h1>{e(sheet.title)}</h1><p>{e(sheet.date)}</p></header>{votes}</main>"
    )
    return file_to_print(f"{sheet.title} – {sheet.above}", body)


def _vote(vote: SheetVote) -> str:
    kind = "blockquote" if vote.of_author else "p"
    look = "quote" if vote.of_author else "gloss-text"
    quote = f'<{kind} class="{look}" dir="auto">{e(vote.text)}</{kind}>' if vote.text else ""
    people = "1 answer" if vote.number == 1 else f"{vote.number} answers"
    return (
        f"<section><h2>{e(vote.question)}</h2><p>{e(vote.label)}</p>{quote}"
        f"<p><b>Round {vote.round}, {people}.</b> {e(vote.withheld)}</p>{_table(vote)}</section>"
    )


def _table(vote: SheetVote) -> str:
    if not vote.counts:
        return ""
    most = max(count for _, count in vote.counts) or 1
    rows = "".join(
        f'<tr><th scope="row">{e(name)}</th><td>{count}</td>'
        f'<td><span class="bar" style="width:{100 * count / most:.1f}%"></span></td></tr>'
        for name, count in vote.counts
    )
    return f"<table><tbody>{rows}</tbody></table>"
