"""The results of a room in print: what was asked, how many said what, and who moved where."""

from __future__ import annotations

from collections.abc import Sequence

from components.movement import SIGNS
from components.room_sheet import RoomSheet, SheetMoves, SheetVote
from dashboard.open_debate import OpenDebate
from dashboard.rooms.codes import spaced_code
from dashboard.rooms.rooms import Question, Result, Rooms
from dashboard.seminar.room_marks import room_places
from dashboard.seminar.room_questions import asked

WITHHELD = "Fewer than {least} answered, so where they stand is not told."
ACROSS = "n012345w"
"""The answers from left to right, as they lie on the axis or are the bins."""
NOT_REVEALED = "Where people stand was not shown in the room."


def room_sheet_of(opened: OpenDebate, rooms: Rooms, code: str) -> RoomSheet:
    """Return the sheet of a room; counts only where the room may show them.

    What nobody answered is left out.
    """
    room, results = rooms.room(code), rooms.results(code)
    questions = [one.question for one in results]
    return RoomSheet(
        opened.debate.title,
        f"Room {spaced_code(room.code)}",
        room.made.date().isoformat(),
        [
            _vote(opened, one, _moved(opened, rooms, code, questions, one.question))
            for one in results
            if one.distribution.n
        ],
    )


def _vote(opened: OpenDebate, result: Result, moved: SheetMoves | None) -> SheetVote:
    question, found = result.question, result.distribution
    said = asked(opened, question)
    names = {sign: name for sign, name, _ in said.options}
    why = WITHHELD.format(least=found.least) if found.is_revealed else NOT_REVEALED
    return SheetVote(
        said.title,
        f"{question.item}. {said.label}" if said.text else said.label,
        said.text,
        question.text != "gloss",
        question.round,
        found.n,
        [(names[one], found.counts[one]) for one in sorted(names, key=ACROSS.index)]
        if found.counts
        else [],
        "" if found.counts else why,
        moved,
        said.stops_here,
    )


def _moved(
    opened: OpenDebate, rooms: Rooms, code: str, asked_all: Sequence[Question], one: Question
) -> SheetMoves | None:
    """Return who moved since the round before, where both are shown and are about a passage.

    Who moved in where they stand themselves is nobody's business.
    """
    if one.text not in ("quote", "gloss"):
        return None
    before = (one.item, one.text, one.round - 1)
    first = next((q for q in asked_all if (q.item, q.text, q.round) == before), None)
    if first is None:
        return None
    movement = rooms.movement(code, first.number, one.number)
    if movement.moves is None or not movement.twice:
        return None
    names = room_places(opened).names
    moves = movement.among_twice
    ends = sorted((pair for pair in moves if pair[0] != pair[1]), key=lambda pair: _order(*pair))
    return SheetMoves(
        movement.twice, [(names[start], names[end], moves[start, end]) for start, end in ends]
    )


def _order(start: str, end: str) -> tuple[int, int]:
    return SIGNS.index(start), SIGNS.index(end)
