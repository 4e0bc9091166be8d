"""What can go wrong with a room, each as an error of its own name."""

from __future__ import annotations


class RoomError(Exception):
    """Any refusal of a room; its text is a sentence for the person who asked."""


class NoSuchRoom(RoomError):  # noqa: N818
    """There is no room of this code or secret, or it has ended."""


class NoSuchQuestion(RoomError):  # noqa: N818
    """The room has not asked this question."""


class VoteClosed(RoomError):  # noqa: N818
    """The question takes no ballots: it is closed, or another one is being asked."""


class TooManyBallots(RoomError):  # noqa: N818
    """The question has as many ballots as it takes; those who have one may still change it."""


class NotAllowed(RoomError):  # noqa: N818
    """What was sent is no ballot, no key or no count that a room can hold."""


class RoomsUnavailable(RoomError):  # noqa: N818
    """The database does not answer just now; what was asked may be asked again."""
