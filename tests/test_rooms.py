"""Rooms, on SQLite and on PostgreSQL: what is kept, what is told to whom, what is gone for good."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect

from dashboard.rooms import tables
from dashboard.rooms.ballots import BIN_VALUES, LEAST, SELF, VALUES, sorting, values_of
from dashboard.rooms.errors import (
    NoSuchQuestion,
    NoSuchRoom,
    NotAllowed,
    RoomsUnavailable,
    TooManyBallots,
    VoteClosed,
)
from dashboard.rooms.results_csv import results_csv
from dashboard.rooms.rooms import LASTS_SECONDS, Rooms, _Cast, open_rooms
from dashboard.rooms.storage import Storage, storage_url
from tests.a_postgresql import Server, running

ROOT = Path(__file__).resolve().parents[1]


class Clock:
    """A clock that stands until it is set on."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture(scope="module")
def server():
    """Give a real PostgreSQL; without one these tests fail, never skip."""
    with running() as one:
        yield one


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request, tmp_path):
    """Give an empty storage of each kind."""
    if request.param == "sqlite":
        one = Storage(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    else:
        one = Storage(request.getfixturevalue("server").url)
        with one.writing() as connection:
            connection.execute(tables.room.delete())
    yield one
    one.close()


@pytest.fixture
def clock():
    """Give a clock that stands."""
    return Clock()


@pytest.fixture
def rooms(storage, clock):
    """Give rooms in an empty storage."""
    return Rooms(storage, clock)


@pytest.fixture
def code(rooms):
    """Give the code of a new room."""
    return rooms.open_room("bond 1").room.code


def vote(rooms, code, number, values):
    """Let one person for each sign in ``values`` vote; people are numbered."""
    for person, value in enumerate(values):
        if value != "-":
            rooms.cast(code, f"person {person}", number, value)


def test_a_room_lasts_a_day(rooms, clock):
    """A new room is found by its code and secret for 24 hours, and then by neither."""
    opened = rooms.open_room("bond 1")
    assert opened.room.least == LEAST == 5
    assert (opened.room.ends - opened.room.made).total_seconds() == LASTS_SECONDS == 86_400
    assert rooms.room(opened.room.code) == opened.room
    assert rooms.room_of_secret(opened.secret) == opened.room
    assert rooms.is_presenter(opened.room.code, opened.secret)
    clock.now += LASTS_SECONDS - 1
    assert rooms.room(opened.room.code) == opened.room
    clock.now += 1
    for ask in (
        lambda: rooms.room(opened.room.code),
        lambda: rooms.room_of_secret(opened.secret),
        lambda: rooms.is_presenter(opened.room.code, opened.secret),
        lambda: rooms.ask(opened.room.code, "p01", "quote"),
    ):
        with pytest.raises(NoSuchRoom):
            ask()


def test_the_secret_of_another_room_is_none(rooms):
    """A secret makes the presenter of its own room only."""
    one, other = rooms.open_room("a"), rooms.open_room("b")
    assert not rooms.is_presenter(one.room.code, other.secret)
    assert not rooms.is_presenter(one.room.code, "")
    with pytest.raises(NoSuchRoom):
        rooms.room_of_secret("é\ud800")


def test_a_question_takes_so_many_ballots(rooms, code, monkeypatch):
    """No new ballot beyond the most; those that are there can be changed, other questions answered.

    Ballots that share a commit are counted one after another.
    """
    monkeypatch.setattr("dashboard.rooms.rooms.MOST_BALLOTS", 3)
    for item in ("p01", "p02"):
        rooms.ask(code, item, "quote")
    vote(rooms, code, 2, "012")
    with pytest.raises(TooManyBallots, match=r"takes no more\. Yours was not counted"):
        rooms.cast(code, "late", 2, "1")
    assert rooms.cast(code, "person 0", 2, "4").value == "4"
    assert rooms.received(code, 2) == 3
    rooms.ask(code, "p01", "quote")
    casts = [_Cast(code, 1, name, "1", "") for name in "abcd"]
    outcomes = [type(one).__name__ for one in rooms._cast_all(casts)]
    assert outcomes == ["Ballot"] * 3 + ["TooManyBallots"]


def test_tokens_are_of_one_room(rooms):
    """A token is known again in the room it was made for, in no other, and not when changed."""
    one, other = (rooms.open_room("a").room.code for _ in "ab")
    tokens = {rooms.new_person(one) for _ in range(50)}
    assert len(tokens) == 50
    for token in tokens:
        assert rooms.is_person(one, token)
        assert not rooms.is_person(other, token)
        assert not rooms.is_person(one, token[:-1] + chr(ord(token[-1]) ^ 1))
    token = tokens.pop()
    for made_up in ("", "x" * 43, "é\ud800", token[:22], token + "A"):
        assert not rooms.is_person(one, made_up)


def test_nothing_else_is_stored(storage, rooms):
    """The columns are those the join page names; secrets and tokens are kept hashed."""
    opened = rooms.open_room("bond 1")
    rooms.ask(opened.room.code, "p01", "quote")
    rooms.cast(opened.room.code, "a-token", 1, "3", "regulating power")
    with storage.reading() as connection:
        found = inspect(connection)
        columns = {
            table: [column["name"] for column in found.get_columns(table)]
            for table in ("room", "question", "ballot", "hands")
        }
        kept = str(connection.execute(tables.room.select()).all())
        kept += str(connection.execute(tables.ballot.select()).all())
    assert columns == {
        "room": ["id", "code", "secret_hash", "debate", "made", "ends", "least", "asking"],
        "question": ["id", "room", "number", "item", "text", "round", "is_open", "is_revealed"],
        "ballot": ["id", "question", "token_hash", "value", "words", "is_hidden", "at"],
        "hands": ["question", "value", "count"],
    }
    assert "regulating power" in kept
    assert opened.secret not in kept
    assert "a-token" not in kept


def test_asking_closes_what_was_asked(rooms, code):
    """One question is open at a time; what was asked is taken up again with its ballots."""
    assert rooms.seen(code, "t").question is None
    first = rooms.ask(code, "p04", "quote")
    assert (first.number, first.round, first.is_open, first.is_revealed) == (1, 1, True, False)
    rooms.cast(code, "t", 1, "2")
    second = rooms.ask(code, "p04", "quote", 2)
    assert [q.is_open for q in rooms.questions(code)] == [False, True]
    with pytest.raises(VoteClosed):
        rooms.cast(code, "t", 1, "3")
    assert rooms.seen(code, "t").question == second
    assert rooms.seen(code, "t").ballot is None
    again = rooms.ask(code, "p04", "quote", 1)
    assert again == first
    assert rooms.seen(code, "t").ballot.value == "2"
    assert rooms.room(code).asking == 1


def test_what_was_shown_stays_closed(rooms, code):
    """A reveal that showed nothing, by too few, is taken back; one that showed counts is not."""
    rooms.ask(code, "p04", "quote")
    for ballots, is_open in (("", True), ("2234", True), ("22344", False)):
        vote(rooms, code, 1, ballots)
        rooms.reveal(code, 1)
        assert not rooms.question(code, 1).is_open
        after = rooms.ask(code, "p04", "quote", 1)
        assert (after.is_open, after.is_revealed) == (is_open, not is_open)


def test_what_was_shown_of_few_is_not_withheld_again(rooms, code):
    """Once lowered the least is not raised, so that no vote of few is shown and opened again."""
    rooms.ask(code, "p04", "quote")
    vote(rooms, code, 1, "2234")
    rooms.reveal(code, 1)
    rooms.lower_least(code, 4)
    assert rooms.lower_least(code, 5).least == 4
    assert not rooms.ask(code, "p04", "quote", 1).is_open


def test_one_ballot_a_person_and_question(rooms, code, clock):
    """Changing replaces, sending twice changes nothing, and each question has its own ballot."""
    rooms.ask(code, "p04", "quote")
    rooms.cast(code, "t", 1, "2", "because")
    clock.now += 5
    ballot = rooms.cast(code, "t", 1, "4", "cure")
    assert (ballot.value, ballot.words, ballot.at.timestamp()) == ("4", "cure", clock.now)
    assert rooms.cast(code, "t", 1, "4", "cure") == ballot
    assert rooms.received(code, 1) == 1
    rooms.cast(code, "u", 1, "n")
    assert rooms.received(code, 1) == 2
    assert rooms.seen(code, "t").ballot == ballot
    assert rooms.seen(code, "u").ballot.value == "n"
    assert rooms.seen(code, "v").ballot is None


def test_what_is_no_ballot(rooms, code):
    """A value or a question that does not exist is refused by name; nothing is stored."""
    rooms.ask(code, "p04", "quote")
    for value in ("", "5", "-", "nn", "01", "N", "\x00"):
        with pytest.raises(NotAllowed):
            rooms.cast(code, "t", 1, value)
    for number in (0, 2, -1):
        with pytest.raises(NoSuchQuestion):
            rooms.cast(code, "t", number, "1")
    with pytest.raises(NoSuchRoom):
        rooms.cast("XXXXXX", "t", 1, "1")
    with pytest.raises(NotAllowed, match="200"):
        rooms.cast(code, "t", 1, "1", "x" * 201)
    rooms.close(code, 1)
    with pytest.raises(VoteClosed):
        rooms.cast(code, "t", 1, "1")
    assert rooms.received(code, 1) == 0


def test_a_question_of_another_room(rooms, code):
    """A room's calls reach none of another room's questions or words."""
    other = rooms.open_room("b").room.code
    rooms.ask(code, "p04", "quote")
    rooms.ask(other, "p05", "gloss")
    rooms.cast(other, "t", 1, "1", "theirs")
    (words,) = rooms.words(other, 1)
    rooms.hide(code, 1, words.id)
    rooms.close(code, 1)
    assert rooms.question(other, 1).is_open
    assert rooms.words(other, 1) == (words,)
    assert rooms.received(code, 1) == 0


def test_counts_wait_for_the_reveal_and_for_five(rooms, code):
    """Before the reveal, and below five ballots, only the number received is told."""
    rooms.ask(code, "p04", "quote")
    vote(rooms, code, 1, "2234")
    found = rooms.distribution(code, 1)
    assert (found.received, found.counts, found.is_revealed) == (4, None, False)
    rooms.reveal(code, 1)
    assert rooms.distribution(code, 1).counts is None
    assert rooms.lower_least(code, 4).least == 4
    found = rooms.distribution(code, 1)
    assert found.counts == {"0": 0, "1": 0, "2": 2, "3": 1, "4": 1, "n": 0, "w": 0}
    assert (found.received, found.n, found.least) == (4, 4, 4)
    for least in (0, 6, -1):
        with pytest.raises(NotAllowed):
            rooms.lower_least(code, least)


def test_where_people_stand_needs_five(rooms, code):
    """Of where people stand themselves nothing is shown below five, whatever the presenter set."""
    rooms.lower_least(code, 1)
    rooms.ask(code, SELF, "self")
    vote(rooms, code, 1, "2234")
    rooms.reveal(code, 1)
    found = rooms.distribution(code, 1)
    assert (found.counts, found.least) == (None, 5)


def test_a_show_of_hands(rooms, code):
    """Typed counts are shown like ballots and with them, from five on, and can be typed anew."""
    rooms.ask(code, "p04", "quote")
    assert rooms.type_hands(code, 1, {"0": 9, "4": 1}).counts is None
    rooms.type_hands(code, 1, {"0": 3, "1": 0, "n": 1})
    rooms.reveal(code, 1)
    found = rooms.distribution(code, 1)
    assert (found.counts, found.n) == (None, 4)
    rooms.type_hands(code, 1, {"0": 4, "1": 0, "n": 1})
    assert rooms.hands(code, 1) == dict.fromkeys(VALUES, 0) | {"0": 4, "n": 1}
    found = rooms.distribution(code, 1)
    assert (found.counts, found.n) == (dict.fromkeys(VALUES, 0) | {"0": 4, "n": 1}, 5)
    rooms.ask(code, "p05", "quote")
    vote(rooms, code, 2, "00001")
    rooms.reveal(code, 2)
    assert rooms.type_hands(code, 2, {"0": 3}).counts["0"] == 7
    for wrong in ({"0": -1}, {"0": 1000}, {"5": 1}, {"0": True}, {"0": 1.0}):
        with pytest.raises(NotAllowed):
            rooms.type_hands(code, 1, wrong)
    assert rooms.distribution(code, 1).n == 5


def test_a_passage_is_sorted_into_bins(rooms, code):
    """A ballot and a hand name a bin that there is; no claim, and one bin more, are refused."""
    rooms.ask(code, "p04", sorting("a9", 4))
    vote(rooms, code, 1, "01233")
    for value in ("4", "5", "n", "w", "x"):
        with pytest.raises(NotAllowed):
            rooms.cast(code, "someone", 1, value)
        with pytest.raises(NotAllowed):
            rooms.type_hands(code, 1, {value: 1})
    assert rooms.type_hands(code, 1, {"3": 2}).counts is None
    rooms.reveal(code, 1)
    assert rooms.distribution(code, 1).counts == {"0": 1, "1": 1, "2": 1, "3": 4}
    rows = results_csv(rooms.room(code), rooms.results(code)).splitlines()
    assert [row.split(",")[:8] for row in rows[1:]] == [
        ["1", "p04", "sort 4 a9", "1", f"bin {at}", count, "", "7"]
        for at, count in enumerate("1114", 1)
    ]
    names = {"0": "Necessary", "1": "=1+1"}
    rows = results_csv(rooms.room(code), rooms.results(code), lambda _: names).splitlines()
    assert [row.split(",")[4] for row in rows[1:]] == ["Necessary", "'=1+1", "bin 3", "bin 4"]
    rooms.ask(code, "p05", "quote")
    with pytest.raises(NotAllowed):
        rooms.cast(code, "someone", 2, "5")


@given(st.text(max_size=200), st.integers(1, 6))
def test_a_sorting_fits_and_is_known(activity, bins):
    """Whatever an activity is called, the question's text fits and tells how many bins it has."""
    text = sorting(activity or "a", bins)
    assert len(text) <= tables.KEY_LENGTH
    assert values_of(text) == BIN_VALUES[:bins]
    assert values_of("quote") == values_of("self") == VALUES


def test_few_ballots_among_hands_stay_hidden(rooms, code):
    """A show of hands, seen by all, does not give away the few who voted by phone."""
    rooms.ask(code, "p04", "quote")
    rooms.cast(code, "t", 1, "4")
    rooms.type_hands(code, 1, {"0": 20})
    rooms.reveal(code, 1)
    found = rooms.distribution(code, 1)
    assert found.counts is None
    assert found.raised == dict.fromkeys(VALUES, 0) | {"0": 20}


def test_movement_sums_to_the_difference(rooms, code):
    """Who moved where, with those who came and left, is the difference of both rounds."""
    rooms.ask(code, "p18", "quote")
    vote(rooms, code, 1, "0112n4-")
    rooms.ask(code, "p18", "quote", 2)
    vote(rooms, code, 2, "0222-w3")
    assert rooms.movement(code, 1, 2).moves is None
    rooms.reveal(code, 1)
    assert rooms.movement(code, 1, 2).moves is None
    rooms.reveal(code, 2)
    found = rooms.movement(code, 1, 2)
    assert found.moves == {
        ("0", "0"): 1,
        ("1", "2"): 2,
        ("2", "2"): 1,
        ("n", ""): 1,
        ("4", "w"): 1,
        ("", "3"): 1,
    }
    assert found.twice == 5
    assert found.among_twice == {("0", "0"): 1, ("1", "2"): 2, ("2", "2"): 1, ("4", "w"): 1}
    first, second = (rooms.distribution(code, number).counts for number in (1, 2))
    for value in VALUES:
        came = sum(n for (_, to), n in found.moves.items() if to == value)
        left = sum(n for (start, _), n in found.moves.items() if start == value)
        assert came - left == second[value] - first[value]


def test_words(rooms, code):
    """Words come without their value until the counts are shown; hidden ones stay hidden."""
    rooms.ask(code, "p04", "quote")
    rooms.cast(code, "a", 1, "4", "  regulating\n\u202epower\u202c \x00<b>'s\x07 ")
    rooms.cast(code, "b", 1, "1", "")
    (one,) = rooms.words(code, 1)
    assert (one.text, one.value, one.is_hidden) == ("regulating power <b>'s", None, False)
    rooms.hide(code, 1, one.id)
    assert rooms.words(code, 1)[0].is_hidden
    rooms.cast(code, "a", 1, "4", "written anew")
    assert [(w.text, w.is_hidden) for w in rooms.words(code, 1)] == [("written anew", True)]
    rooms.hide(code, 1, one.id, is_hidden=False)
    rooms.lower_least(code, 1)
    rooms.reveal(code, 1)
    assert [(w.value, w.is_hidden) for w in rooms.words(code, 1)] == [("4", False)]
    assert len(rooms.words(code, 1)[0].text.encode()) == 12


def test_words_of_any_script_are_kept(rooms, code):
    """Joiners that scripts and emoji need stay; 200 characters are taken whole."""
    rooms.ask(code, "p04", "quote")
    for words in ("می‌خواهم", "👩‍🔬 שלום", "𝔟" * 200):
        assert rooms.cast(code, "t", 1, "1", words).words == words


def test_results_as_csv(rooms, code):
    """The file has one row a value; what is held back has its number only; no cell computes."""
    rooms.ask(code, "p04", "quote")
    vote(rooms, code, 1, "22344")
    rooms.reveal(code, 1)
    rooms.ask(code, "=1+1", "@SUM")
    vote(rooms, code, 2, "000")
    rooms.reveal(code, 2)
    assert results_csv(rooms.room(code), rooms.results(code)).splitlines() == [
        "question,item,text,round,value,count,hands,n,date",
        "1,p04,quote,1,-2,0,,5,2027-01-15",
        "1,p04,quote,1,-1,0,,5,2027-01-15",
        "1,p04,quote,1,0,2,,5,2027-01-15",
        "1,p04,quote,1,1,1,,5,2027-01-15",
        "1,p04,quote,1,2,2,,5,2027-01-15",
        "1,p04,quote,1,no claim,0,,5,2027-01-15",
        "1,p04,quote,1,the question is wrong,0,,5,2027-01-15",
        "2,'=1+1,'@SUM,1,,,,3,2027-01-15",
    ]


def test_counted_hands_are_in_the_csv(rooms, code):
    """Hands stand for each answer in the file, beside ballots that are too few to be told too."""
    rooms.ask(code, "p04", "quote")
    rooms.cast(code, "t", 1, "4")
    rooms.type_hands(code, 1, {"0": 2, "4": 4})
    rooms.ask(code, "p05", "quote")
    rooms.type_hands(code, 2, {"1": 6})
    rooms.ask(code, "p06", "quote")
    vote(rooms, code, 3, "00444")
    rooms.type_hands(code, 3, {"0": 5})
    rooms.ask(code, "p07", "quote")
    rooms.type_hands(code, 4, {"0": 4})
    rooms.ask(code, "p08", "quote")
    rooms.type_hands(code, 5, {"0": 9})
    for number in range(1, 5):
        rooms.reveal(code, number)
    rows = csv.DictReader(results_csv(rooms.room(code), rooms.results(code)).splitlines())
    told = [(r["question"], r["value"], r["count"], r["hands"], r["n"]) for r in rows]
    assert [row for row in told if row[2:4] not in (("", "0"), ("0", "0"))] == [
        ("1", "-2", "", "2", "7"),
        ("1", "2", "", "4", "7"),
        ("2", "-1", "6", "6", "6"),
        ("3", "-2", "7", "5", "10"),
        ("3", "2", "3", "0", "10"),
        ("4", "", "", "", "4"),
        ("5", "", "", "", "9"),
    ]


def test_what_is_no_question(rooms, code):
    """Keys are printable and short, rounds few, and a room does not grow without end."""
    for item, text, number in (
        ("", "quote", 1),
        ("p01", "", 1),
        ("p\n1", "quote", 1),
        ("p" * 121, "quote", 1),
        ("p01", "quote", 0),
        ("p01", "quote", 10),
    ):
        with pytest.raises(NotAllowed):
            rooms.ask(code, item, text, number)
    assert rooms.questions(code) == ()


def test_forgotten_at_once(rooms, storage, code):
    """A room that is forgotten leaves no row; the others stay."""
    other = rooms.open_room("b").room.code
    for one in (code, other):
        rooms.ask(one, "p04", "quote")
        rooms.cast(one, "t", 1, "1", "x")
        rooms.type_hands(one, 1, {"1": 3})
    rooms.forget(code)
    with pytest.raises(NoSuchRoom):
        rooms.room(code)
    with pytest.raises(NoSuchRoom):
        rooms.forget(code)
    with storage.reading() as connection:
        left = [len(connection.execute(t.select()).all()) for t in tables.tables.sorted_tables]
    assert left == [1, 1, 1, 1]
    assert rooms.received(other, 1) == 1


def test_rooms_that_ended_are_swept(rooms, storage, clock):
    """Ended rooms go with all that is theirs when another is opened, or when it is asked for."""
    old = rooms.open_room("a").room.code
    rooms.ask(old, "p04", "quote")
    rooms.cast(old, "t", 1, "1")
    assert rooms.sweep() == 0
    clock.now += LASTS_SECONDS
    new = rooms.open_room("b").room.code
    with storage.reading() as connection:
        assert [r.code for r in connection.execute(tables.room.select())] == [new]
        assert connection.execute(tables.ballot.select()).all() == []
    assert rooms.sweep() == 0
    clock.now += LASTS_SECONDS
    assert rooms.sweep() == 1


def test_many_at_once(rooms, code):
    """Forty people who vote at once, each twice, are forty ballots with their last values."""
    rooms.ask(code, "p04", "quote")

    def person(number):
        rooms.cast(code, f"{number}", 1, "0")
        rooms.cast(code, f"{number}", 1, VALUES[number % 7])

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(person, range(40)))
    rooms.reveal(code, 1)
    wanted = Counter(VALUES[number % 7] for number in range(40))
    assert rooms.distribution(code, 1).counts == wanted


def test_no_ballot_comes_after_the_close(rooms, code):
    """What is counted once a question is closed stays so, whoever was sending."""
    rooms.ask(code, "p04", "quote")
    stop, confirmed = threading.Event(), []

    def send(person):
        number = 0
        while not stop.is_set():
            try:
                rooms.cast(code, f"{person} {number}", 1, "1")
            except VoteClosed:
                return
            confirmed.append(person)
            number += 1

    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(send, person) for person in range(4)]
        while len(confirmed) < 20:
            stop.wait(0.005)
        rooms.close(code, 1)
        closed_at = rooms.received(code, 1)
        stop.wait(0.05)
        stop.set()
        for one in sent:
            one.result()
    assert rooms.received(code, 1) == closed_at == len(confirmed)


# ---- SQLite alone


def on_sqlite(folder: Path) -> Rooms:
    """Give rooms in a file in a folder."""
    return Rooms(Storage(f"sqlite:///{folder / 'rooms.sqlite3'}"))


def test_the_file_is_made_at_first_use(tmp_path, monkeypatch):
    """Nothing is made before a room is; then it is in the folder that the environment names."""
    monkeypatch.delenv("DASHBOARD_DATABASE_URL", raising=False)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "a" / "data"))
    rooms = open_rooms()
    assert rooms.sweep() == 0
    assert list(tmp_path.iterdir()) == []
    code = rooms.open_room("bond").room.code
    assert (tmp_path / "a" / "data" / "rooms.sqlite3").exists()
    assert open_rooms() is rooms
    assert open_rooms().room(code).debate == "bond"
    monkeypatch.delenv("DASHBOARD_DATA")
    assert "vehicle-or-cure" in storage_url()
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", "postgres://x/y")
    assert storage_url() == "postgres://x/y"


def test_forgotten_bytes_are_gone(tmp_path):
    """No byte of a forgotten room is left in SQLite's file or its log."""
    rooms = on_sqlite(tmp_path)
    code = rooms.open_room("a debate to forget").room.code
    rooms.ask(code, "item-to-forget", "quote")
    for person in range(60):
        rooms.cast(code, f"{person}", 1, "1", f"words to forget {person} " * 6)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"words to forget 59" in held
    rooms.forget(code)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"to forget" not in held
    assert b"item-to" not in held
    assert code.encode() not in held


def test_what_someone_reads_is_erased_the_next_time(tmp_path, monkeypatch):
    """A reader in the way keeps a forgotten room on the disk no longer than to the next sweep."""
    monkeypatch.setattr("dashboard.rooms.storage.WAIT_SECONDS", 0.05)
    storage = Storage(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    rooms = Rooms(storage)
    code = rooms.open_room("bond").room.code
    rooms.ask(code, "p04", "quote")
    rooms.cast(code, "t", 1, "1", "words to forget")

    def held():
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    with storage.reading() as connection:
        connection.execute(tables.ballot.select()).all()
        rooms.forget(code)
        assert not storage.is_erased
        assert b"words to forget" in held()
    assert rooms.sweep() == 0
    assert storage.is_erased
    assert b"words to forget" not in held()
    storage.close()


def test_sqlite_is_set_for_many_and_for_power_cuts(tmp_path):
    """The settings that the promises rest on are those of every connection."""
    storage = Storage(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    with storage.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1} | {
            "secure_delete": 1
        }
    storage.close()


KILLED = """
import sys
from dashboard.rooms.rooms import open_rooms
rooms = open_rooms()
code = rooms.open_room("bond").room.code
rooms.ask(code, "p04", "quote")
print(code, flush=True)
for number in range(100_000):
    rooms.cast(code, f"t{number}", 1, "2")
    print(number, flush=True)
"""


def test_confirmed_ballots_outlive_sigkill(tmp_path):
    """Every ballot that was confirmed before the process was killed is there once."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DASHBOARD_DATA": str(tmp_path)},
    )
    code, last = process.stdout.readline().strip(), -1
    for line in process.stdout:
        last = int(line)
        if last == 40:
            process.send_signal(signal.SIGKILL)
            break
    rest = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    confirmed = int(rest[-1]) + 1 if rest else last + 1
    rooms = on_sqlite(tmp_path)
    assert confirmed >= 41
    assert rooms.received(code, 1) in (confirmed, confirmed + 1)
    assert all(rooms.seen(code, f"t{n}").ballot for n in range(confirmed))


def test_a_folder_that_cannot_be_made(tmp_path):
    """A storage that cannot be opened is one error with a sentence, each time it is asked."""
    (tmp_path / "file").write_text("x")
    rooms = Rooms(Storage(f"sqlite:///{tmp_path / 'file' / 'rooms.sqlite3'}"))
    for _ in range(2):
        with pytest.raises(RoomsUnavailable, match="Nothing is lost"):
            rooms.open_room("bond")


@pytest.mark.parametrize("url", ["", "rooms", "mysql://me:secret@host/db", "sqlite://", "://"])
def test_addresses_of_no_database(url):
    """An address of another kind is refused in a sentence that repeats no password."""
    with pytest.raises(RoomsUnavailable) as found:
        Storage(url)
    assert "DASHBOARD_DATABASE_URL" in str(found.value)
    assert "secret" not in str(found.value)


# ---- PostgreSQL alone


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_schemes_of_postgresql(server: Server, scheme):
    """All the usual ways of writing its address lead to the server."""
    storage = Storage(server.url.replace("postgresql", scheme, 1))
    with storage.reading() as connection:
        version = connection.exec_driver_sql("SHOW server_version_num").scalar()
        assert int(version) >= 150_000
    storage.close()


def test_two_servers_one_room(server: Server):
    """Two replicas that begin at the same time make the tables once and share every room."""
    storages = [Storage(server.url) for _ in range(2)]
    with storages[0].writing() as connection:
        tables.tables.drop_all(connection)
    replicas = [Rooms(storage) for storage in (Storage(server.url), Storage(server.url))]
    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(lambda rooms: rooms.open_room("bond"), replicas))
    code = opened[0].room.code
    replicas[1].ask(code, "p04", "quote")
    replicas[0].cast(code, "a", 1, "1")
    replicas[1].cast(code, "b", 1, "2")
    assert replicas[0].received(code, 1) == replicas[1].received(code, 1) == 2
    for one in (*storages, *(rooms._storage for rooms in replicas)):
        one.close()


def test_the_server_may_go_and_come_back(server: Server):
    """While PostgreSQL is stopped there is one named error, soon; afterwards all goes on."""
    storage = Storage(server.url)
    rooms = Rooms(storage)
    code = rooms.open_room("bond").room.code
    rooms.ask(code, "p04", "quote")
    rooms.cast(code, "a", 1, "1")
    server.stop()
    try:
        for _ in range(2):
            with pytest.raises(RoomsUnavailable):
                rooms.cast(code, "b", 1, "2")
            with pytest.raises(RoomsUnavailable):
                rooms.seen(code, "a")
    finally:
        server.start()
    rooms.cast(code, "b", 1, "2")
    assert rooms.received(code, 1) == 2
    assert rooms.seen(code, "a").ballot.value == "1"
    storage.close()
