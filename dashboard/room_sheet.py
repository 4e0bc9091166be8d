"""The results of a room as a sheet that is printed: what was asked, and how many said what."""

from __future__ import annotations

from components.room_sheet import RoomSheet, SheetVote, room_sheet_file
from dashboard.open_debate import OpenDebate
from dashboard.room_marks import room_places
from dashboard.room_questions import asked
from dashboard.rooms.codes import spaced_code
from dashboard.rooms.rooms import Result, Room

WITHHELD = "Fewer than {least} answered, so where they stand is not told."
NOT_REVEALED = "Where people stand was not shown in the room."


def room_sheet_of(opened: OpenDebate, room: Room, results: tuple[Result, ...]) -> str:
    """Return the sheet of a room as an HTML file; counts only where the room may show them."""
    return room_sheet_file(
        RoomSheet(
            opened.debate.title,
            f"Room {spaced_code(room.code)}",
            room.made.date().isoformat(),
            [_vote(opened, one) for one in results],
        )
    )


def _vote(opened: OpenDebate, result: Result) -> SheetVote:
    question, found = result.question, result.distribution
    said = asked(opened, question)
    places = room_places(opened).names
    why = WITHHELD.format(least=found.least) if found.is_revealed else NOT_REVEALED
    return SheetVote(
        said.title,
        f"{question.item}. {said.label}" if said.text else said.label,
        said.text,
        question.text == "quote",
        question.round,
        found.n,
        [(name, found.counts[sign]) for sign, name in places.items()] if found.counts else [],
        "" if found.counts else why,
    )
