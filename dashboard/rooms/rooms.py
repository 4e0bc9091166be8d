"""Rooms: opened by a presenter, asked one question at a time, voted in by random tokens.

Every call is one short transaction. A question is named by its room's code and its number there,
so that what belongs to one room cannot reach another. Whether someone is the room's presenter is
asked with ``is_presenter``, whether a token is one of the room's with ``is_person``. A
participant's are ``new_person``, ``seen`` and ``cast``; all other calls are for the presenter
alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError

from dashboard.rooms import tables
from dashboard.rooms.ballots import (
    BIN_VALUES,
    LEAST,
    NO_ANSWER,
    SELF,
    VALUES,
    Counts,
    Distribution,
    Movement,
    checked_hands,
    checked_value,
    cleaned_words,
    counted,
    distribution,
    moves,
    values_of,
)
from dashboard.rooms.codes import (
    hashed,
    is_same,
    is_token,
    new_code,
    new_secret,
    new_token,
    typed_code,
)
from dashboard.rooms.errors import (
    NoSuchQuestion,
    NoSuchRoom,
    NotAllowed,
    RoomError,
    TooManyBallots,
    VoteClosed,
)
from dashboard.rooms.storage import Storage, storage_url
from dashboard.rooms.together import Together

LASTS_SECONDS = 24 * 60 * 60
MOST_ROUNDS = 9
MOST_QUESTIONS = 200
"""A room is asked so many questions at most."""
MOST_BALLOTS = 2_000
"""A question takes so many ballots at most."""

NO_ROOM = "There is no room of this code. Rooms end after a day; ask for the code once more."
NO_QUESTION = "This question has not been asked in this room."
CLOSED = "This vote is closed."
FULL = (
    f"This question has {MOST_BALLOTS:,} answers, and takes no more. Yours was not counted; "
    "please tell the person who presents."
)


@dataclass(frozen=True, slots=True)
class Room:
    """A room: its code, the debate it is about, when it was made and ends, the least shown.

    ``asking`` is the number of the question that is being asked, 0 before the first.
    """

    code: str
    debate: str
    made: datetime
    ends: datetime
    least: int
    asking: int


@dataclass(frozen=True, slots=True)
class OpenedRoom:
    """A new room with the secret that makes its presenter; the secret is told only here."""

    room: Room
    secret: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a room is asked: to place a text of an item, in a round.

    ``item`` is a passage's id or another key (``SELF``), ``text`` "quote", "gloss", what
    ``sorting`` gives, or another.
    """

    number: int
    item: str
    text: str
    round: int
    is_open: bool
    is_revealed: bool


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person said to one question, and when."""

    value: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person may see: the room, the question that is asked now, their own ballot."""

    room: Room
    question: Question | None
    ballot: Ballot | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words that decided it for someone; ``value`` only where the counts are shown too."""

    id: int
    text: str
    value: str | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A question with how it was answered."""

    question: Question
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class _Cast:
    code: str
    number: int
    person: str
    value: str
    words: str


class Rooms:
    """All rooms of one storage, for any number of threads.

    Any call raises ``RoomsUnavailable`` where the storage cannot be reached, and ``NoSuchRoom`` or
    ``NoSuchQuestion`` where it names one that is not there or has ended.
    """

    def __init__(self, storage: Storage, clock: Callable[[], float] = time.time) -> None:
        """Take the storage and what tells the seconds since 1970."""
        self._storage = storage
        self._clock = clock
        upsert = postgresql_insert if storage.is_postgresql else sqlite_insert
        self._upsert: Callable[[Any], Any] = upsert
        self._casting = Together(self._cast_all)

    # ---- rooms

    def open_room(self, debate: str) -> OpenedRoom:
        """Open a room about a debate, named with its edition. Rooms that have ended are removed."""
        self.sweep()
        now, secret = self._now(), new_secret()
        row = {"debate": debate[: tables.KEY_LENGTH], "made": now, "ends": now + LASTS_SECONDS}
        row |= {"secret_hash": hashed(secret), "least": LEAST, "asking": 0}
        while True:
            code = new_code()
            try:
                with self._storage.writing() as connection:
                    connection.execute(insert(tables.room).values(row | {"code": code}))
                    return OpenedRoom(_room(self._room(connection, code)), secret)
            except IntegrityError:
                continue

    def room(self, code: str) -> Room:
        """Return the room of a code."""
        with self._storage.reading() as connection:
            return _room(self._room(connection, code))

    def room_of_secret(self, secret: str) -> Room:
        """Return the room that a secret opens to its presenter."""
        with self._storage.reading() as connection:
            here = tables.room.c.secret_hash == hashed(secret)
            row = connection.execute(select(tables.room).where(here, self._lasts())).first()
            if row is None or not is_same(secret, row.secret_hash):
                raise NoSuchRoom(NO_ROOM)
            return _room(row)

    def is_presenter(self, code: str, secret: str) -> bool:
        """Say whether a secret makes the presenter of the room of a code."""
        with self._storage.reading() as connection:
            return is_same(secret, self._room(connection, code).secret_hash)

    def new_person(self, code: str) -> str:
        """Return a new token for a person in the room of a code; nothing is stored."""
        with self._storage.reading() as connection:
            return new_token(self._room(connection, code).secret_hash)

    def is_person(self, code: str, token: str) -> bool:
        """Say whether a token was given out for the room of a code."""
        with self._storage.reading() as connection:
            return is_token(token, self._room(connection, code).secret_hash)

    def lower_least(self, code: str, least: int) -> Room:
        """Show distributions from ``least`` ballots on, 1 to ``LEAST``; it is never raised again.

        Else what was shown of a few could be withheld, voted on further and shown once more, and
        the difference would be somebody's ballot.
        """
        if not 1 <= least <= LEAST:
            raise NotAllowed(f"The least number of ballots shown is 1 to {LEAST}.")
        with self._storage.writing() as connection:
            row = self._room(connection, code)
            self._change(connection, tables.room, row.id, least=min(least, row.least))
            return _room(self._room(connection, code))

    def forget(self, code: str) -> None:
        """Delete a room with all that belongs to it, and take it off the disk."""
        with self._storage.writing() as connection:
            row = self._room(connection, code)
            connection.execute(delete(tables.room).where(tables.room.c.id == row.id))
        self._storage.erase()

    def sweep(self) -> int:
        """Delete the rooms that have ended, and return how many there were."""
        if not self._storage.exists:
            return 0
        with self._storage.writing() as connection:
            ended = delete(tables.room).where(tables.room.c.ends <= self._now())
            count = connection.execute(ended).rowcount
        if count or not self._storage.is_erased:
            self._storage.erase()
        return count

    # ---- questions

    def ask(self, code: str, item: str, text: str, round: int = 1) -> Question:
        """Ask for a text of an item to be placed, and close what was asked before.

        What was asked already is taken up again with its ballots; once how it was answered has
        been shown it stays closed. A reveal that showed nothing, by too few, is taken back.
        """
        _check_question(item, text, round)
        with self._storage.writing() as connection:
            row = self._room(connection, code, for_update=True)
            asked = self._questions(connection, row.id)
            same = (q for q in asked if (q.item, q.text, q.round) == (item, text, round))
            one = next(same, None)
            if one is None and len(asked) >= MOST_QUESTIONS:
                raise NotAllowed(f"A room is asked {MOST_QUESTIONS} questions at most.")
            self._close_all(connection, row.id)
            if one is None:
                number = len(asked) + 1
                values = {"room": row.id, "number": number, "item": item, "text": text}
                values |= {"round": round, "is_open": True, "is_revealed": False}
                connection.execute(insert(tables.question).values(values))
            else:
                number = one.number
                was_shown = _distribution(connection, row, one).is_shown
                again = {"is_open": not was_shown, "is_revealed": was_shown}
                self._change(connection, tables.question, one.id, **again)
            self._change(connection, tables.room, row.id, asking=number)
            return _question(self._question(connection, row.id, number))

    def close(self, code: str, number: int) -> Question:
        """Take no more ballots for a question."""
        return self._set(code, number, is_open=False)

    def reveal(self, code: str, number: int) -> Question:
        """Let the distribution of a question be shown; it takes no more ballots."""
        return self._set(code, number, is_open=False, is_revealed=True)

    def question(self, code: str, number: int) -> Question:
        """Return a question of a room by its number."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            return _question(self._question(connection, row.id, number))

    def questions(self, code: str) -> tuple[Question, ...]:
        """Return what a room has been asked, in order."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            return tuple(map(_question, self._questions(connection, row.id)))

    # ---- ballots

    def seen(self, code: str, token: str) -> Seen:
        """Return what the person of a token may see."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            if not row.asking:
                return Seen(_room(row), None, None)
            question = self._question(connection, row.id, row.asking)
            mine = connection.execute(_ballot_of(question.id, token)).first()
            return Seen(_room(row), _question(question), _ballot(mine) if mine else None)

    def cast(self, code: str, token: str, number: int, value: str, words: str = "") -> Ballot:
        """Take a person's ballot in place of an earlier one; it is stored when this returns.

        ``VoteClosed`` where the question takes none, ``TooManyBallots`` where it takes no new one,
        ``NotAllowed`` where it is no ballot.
        """
        given = checked_value(value, {*VALUES, *BIN_VALUES}), cleaned_words(words)
        if typed_code(code) != code:
            raise NoSuchRoom(NO_ROOM)
        if not 0 < number <= MOST_QUESTIONS:
            raise NoSuchQuestion(NO_QUESTION)
        return self._casting.ask(_Cast(code, number, hashed(token), *given))

    def received(self, code: str, number: int) -> int:
        """Return how many ballots from phones a question has."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            question = self._question(connection, row.id, number)
            return sum(_ballots(connection, question).values())

    def type_hands(self, code: str, number: int, counts: Counts) -> Distribution:
        """Keep a show of hands, by value, in place of what was typed before."""
        with self._storage.writing() as connection:
            row = self._room(connection, code)
            question = self._question(connection, row.id, number, for_update=True)
            kept = checked_hands(counts, values_of(question.text))
            here = tables.hands.c.question == question.id
            connection.execute(delete(tables.hands).where(here))
            for value, count in kept.items():
                one = {"question": question.id, "value": value, "count": count}
                connection.execute(insert(tables.hands).values(one))
            return _distribution(connection, row, question)

    # ---- results

    def hands(self, code: str, number: int) -> dict[str, int]:
        """Return the show of hands as it was typed in, every value."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            return _hands(connection, self._question(connection, row.id, number))

    def distribution(self, code: str, number: int) -> Distribution:
        """Return how a question was answered, as far as it may be shown."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            return _distribution(connection, row, self._question(connection, row.id, number))

    def movement(self, code: str, first: int, second: int) -> Movement:
        """Return how ballots moved from one question to another, as far as it may be shown."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            both = [self._question(connection, row.id, number) for number in (first, second)]
            if any(_distribution(connection, row, one).counts is None for one in both):
                return Movement(None)
            return Movement(moves(*(_by_person(connection, one.id) for one in both)))

    def results(self, code: str) -> tuple[Result, ...]:
        """Return all questions of a room with how each was answered, as far as it may be shown."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            return tuple(
                Result(_question(one), _distribution(connection, row, one))
                for one in self._questions(connection, row.id)
            )

    def words(self, code: str, number: int) -> tuple[Words, ...]:
        """Return the words that people wrote to a question, hidden ones too."""
        with self._storage.reading() as connection:
            row = self._room(connection, code)
            question = self._question(connection, row.id, number)
            is_shown = _distribution(connection, row, question).counts is not None
            c = tables.ballot.c
            written = select(tables.ballot).where(c.question == question.id, c.words != "")
            return tuple(
                Words(one.id, one.words, one.value if is_shown else None, one.is_hidden)
                for one in connection.execute(written.order_by(c.id))
            )

    def hide(self, code: str, number: int, words: int, *, is_hidden: bool = True) -> None:
        """Hide the words of an id, or show them again; what replaces them stays hidden too."""
        with self._storage.writing() as connection:
            row = self._room(connection, code)
            question = self._question(connection, row.id, number)
            c = tables.ballot.c
            here = update(tables.ballot).where(c.id == words, c.question == question.id)
            connection.execute(here.values(is_hidden=is_hidden))

    # ---- parts of a transaction

    def _cast_all(self, casts: Sequence[_Cast]) -> list[Ballot | Exception]:
        with self._storage.writing() as connection:
            return [self._cast(connection, one) for one in casts]

    def _cast(self, connection: Connection, cast: _Cast) -> Ballot | Exception:
        question = connection.execute(self._asked(cast.code, cast.number)).first()
        if question is None:
            return self._not_asked(connection, cast.code)
        if not question.is_open:
            return VoteClosed(CLOSED)
        if cast.value not in values_of(question.text):
            return NotAllowed(NO_ANSWER)
        if _is_full(connection, question.id, cast.person):
            return TooManyBallots(FULL)
        given = {"value": cast.value, "words": cast.words, "at": self._now()}
        new = {"question": question.id, "token_hash": cast.person, "is_hidden": False}
        ballot = self._upsert(tables.ballot).values(new | given)
        key = [tables.ballot.c.question, tables.ballot.c.token_hash]
        connection.execute(ballot.on_conflict_do_update(index_elements=key, set_=given))
        return Ballot(cast.value, cast.words, _moment(self._now()))

    def _asked(self, code: str, number: int) -> Select[Any]:
        """Return what finds a question, and keeps it from being closed before the ballot is in."""
        c = tables.question.c
        here = tables.question.join(tables.room, c.room == tables.room.c.id)
        found = select(c.id, c.is_open, c.text).select_from(here)
        found = found.where(tables.room.c.code == code, self._lasts(), c.number == number)
        return found.with_for_update(read=True, of=tables.question)

    def _not_asked(self, connection: Connection, code: str) -> RoomError:
        try:
            self._room(connection, code)
        except NoSuchRoom as error:
            return error
        return NoSuchQuestion(NO_QUESTION)

    def _now(self) -> int:
        return int(self._clock())

    def _lasts(self) -> ColumnElement[bool]:
        return tables.room.c.ends > self._now()

    def _room(self, connection: Connection, code: str, *, for_update: bool = False) -> Row[Any]:
        found = select(tables.room).where(tables.room.c.code == code, self._lasts())
        row = connection.execute(found.with_for_update() if for_update else found).first()
        if row is None:
            raise NoSuchRoom(NO_ROOM)
        return row

    def _question(
        self,
        connection: Connection,
        room: int,
        number: int,
        *,
        for_update: bool = False,
    ) -> Row[Any]:
        c = tables.question.c
        found = select(tables.question).where(c.room == room, c.number == number)
        row = connection.execute(found.with_for_update() if for_update else found).first()
        if row is None:
            raise NoSuchQuestion(NO_QUESTION)
        return row

    def _questions(self, connection: Connection, room: int) -> Sequence[Row[Any]]:
        c = tables.question.c
        found = select(tables.question).where(c.room == room).order_by(c.number)
        return connection.execute(found).all()

    def _close_all(self, connection: Connection, room: int) -> None:
        c = tables.question.c
        open_ones = update(tables.question).where(c.room == room, c.is_open)
        connection.execute(open_ones.values(is_open=False))

    def _set(self, code: str, number: int, **values: bool) -> Question:
        with self._storage.writing() as connection:
            row = self._room(connection, code)
            one = self._question(connection, row.id, number, for_update=True)
            self._change(connection, tables.question, one.id, **values)
            return _question(self._question(connection, row.id, number))

    @staticmethod
    def _change(connection: Connection, table: Table, row: int, **values: int) -> None:
        connection.execute(update(table).where(table.c.id == row).values(**values))


def _check_question(item: str, text: str, round: int) -> None:
    longest = max(len(item), len(text))
    if not (item and text and longest <= tables.KEY_LENGTH and (item + text).isprintable()):
        raise NotAllowed("A question is asked about an item and a text by their keys.")
    if not 1 <= round <= MOST_ROUNDS:
        raise NotAllowed(f"A round is 1 to {MOST_ROUNDS}.")


def _distribution(connection: Connection, room: Row[Any], question: Row[Any]) -> Distribution:
    return distribution(
        _ballots(connection, question),
        _hands(connection, question),
        LEAST if question.item == SELF else room.least,
        is_revealed=question.is_revealed,
    )


def _ballots(connection: Connection, question: Row[Any]) -> dict[str, int]:
    c = tables.ballot.c
    by_value = select(c.value, func.count()).where(c.question == question.id).group_by(c.value)
    found = connection.execute(by_value)
    return counted(((value, count) for value, count in found), values_of(question.text))


def _hands(connection: Connection, question: Row[Any]) -> dict[str, int]:
    c = tables.hands.c
    typed = connection.execute(select(c.value, c.count).where(c.question == question.id))
    return counted(((value, count) for value, count in typed), values_of(question.text))


def _by_person(connection: Connection, question: int) -> dict[str, str]:
    c = tables.ballot.c
    found = connection.execute(select(c.token_hash, c.value).where(c.question == question))
    return {person: value for person, value in found}  # noqa: C416


def _is_full(connection: Connection, question: int, person: str) -> bool:
    """Say whether a question takes no ballot of someone who has none yet."""
    c = tables.ballot.c
    own = func.count().filter(c.token_hash == person)
    counts = select(func.count(), own).where(c.question == question)
    every, mine = connection.execute(counts).one()
    return bool(every >= MOST_BALLOTS and not mine)


def _ballot_of(question: int, token: str) -> Select[Any]:
    c = tables.ballot.c
    return select(tables.ballot).where(c.question == question, c.token_hash == hashed(token))


def _room(row: Row[Any]) -> Room:
    made, ends = _moment(row.made), _moment(row.ends)
    return Room(row.code, row.debate, made, ends, row.least, row.asking)


def _question(row: Row[Any]) -> Question:
    return Question(row.number, row.item, row.text, row.round, row.is_open, row.is_revealed)


def _ballot(row: Row[Any]) -> Ballot:
    return Ballot(row.value, row.words, _moment(row.at))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


_OPEN: dict[str, Rooms] = {}
_OPENING = threading.Lock()


def open_rooms() -> Rooms:
    """Return the rooms of this server, stored where its environment says."""
    url = storage_url()
    with _OPENING:
        if url not in _OPEN:
            _OPEN[url] = Rooms(Storage(url))
        return _OPEN[url]
