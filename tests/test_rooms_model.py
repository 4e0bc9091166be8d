"""Rooms against a plain model: any order of asking, voting, closing and revealing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dashboard.rooms import tables
from dashboard.rooms.ballots import VALUES
from dashboard.rooms.errors import NoSuchQuestion, VoteClosed
from dashboard.rooms.rooms import Rooms
from dashboard.rooms.storage import Storage
from tests.a_postgresql import running

people = st.sampled_from(["a", "b", "c", "d", "e", "f"])
numbers = st.integers(1, 4)


class Voting(RuleBasedStateMachine):
    """One room, and beside it what it should hold, in dictionaries."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "rooms.sqlite3"
        self.storage = Storage(self.url or f"sqlite:///{file}")
        self.rooms = Rooms(self.storage)
        self.code = self.rooms.open_room("bond").room.code
        self.asked: list[tuple[str, int]] = []
        self.open = 0
        self.revealed: set[int] = set()
        self.ballots: dict[int, dict[str, str]] = {}
        self.hands: dict[int, dict[str, int]] = {}
        self.least = 5

    def teardown(self) -> None:
        """Close what was opened."""
        self.storage.close()
        self.folder.cleanup()

    @rule(item=st.sampled_from(["p01", "p02"]), number=st.integers(1, 2))
    def ask(self, item, number):
        """Ask something new, or something that was asked."""
        found = self.rooms.ask(self.code, item, "quote", number)
        if (item, number) not in self.asked:
            self.asked.append((item, number))
        at = self.asked.index((item, number)) + 1
        if not self.was_shown(at):
            self.revealed.discard(at)
        self.open = 0 if at in self.revealed else at
        assert (found.number, found.is_open) == (at, bool(self.open))

    def was_shown(self, number):
        """Say whether anybody's answer to a question has been shown."""
        mine, hands = len(self.ballots.get(number, {})), sum(self.hands.get(number, {}).values())
        return number in self.revealed and (mine or hands) >= self.least

    @rule(person=people, number=numbers, value=st.sampled_from(VALUES))
    def cast(self, person, number, value):
        """Vote, in vain where that question is not open."""
        if number > len(self.asked):
            with pytest.raises(NoSuchQuestion):
                self.rooms.cast(self.code, person, number, value)
        elif number != self.open:
            with pytest.raises(VoteClosed):
                self.rooms.cast(self.code, person, number, value)
        else:
            assert self.rooms.cast(self.code, person, number, value).value == value
            self.ballots.setdefault(number, {})[person] = value

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), reveal=st.booleans())
    def close(self, data, reveal):
        """Close a question, or reveal it."""
        number = data.draw(st.integers(1, len(self.asked)))
        if reveal:
            self.rooms.reveal(self.code, number)
            self.revealed.add(number)
        else:
            self.rooms.close(self.code, number)
        self.open = 0 if self.open == number else self.open

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), hands=st.dictionaries(st.sampled_from(VALUES), st.integers(0, 9)))
    def type_hands(self, data, hands):
        """Type a show of hands in place of the last."""
        number = data.draw(st.integers(1, len(self.asked)))
        self.rooms.type_hands(self.code, number, hands)
        self.hands[number] = hands

    @rule(least=st.integers(1, 5))
    def lower_least(self, least):
        """Show results from fewer ballots on."""
        self.rooms.lower_least(self.code, least)
        self.least = min(least, self.least)

    @invariant()
    def shows_what_it_may(self):
        """Each question shows its counts when it may, and only the number received when not."""
        for result in self.rooms.results(self.code):
            number, found = result.question.number, result.distribution
            assert result.question.is_open == (number == self.open)
            mine, hands = self.ballots.get(number, {}), self.hands.get(number, {})
            assert found.received == len(mine)
            assert found.hands == sum(hands.values())
            enough = number in self.revealed and found.hands >= self.least
            assert found.raised == ({v: hands.get(v, 0) for v in VALUES} if enough else None)
            few = 0 < (len(mine) or found.hands) < self.least
            if number not in self.revealed or few:
                assert found.counts is None
            else:
                assert found.counts == {
                    value: list(mine.values()).count(value) + hands.get(value, 0)
                    for value in VALUES
                }

    @invariant()
    def everyone_sees_their_own(self):
        """Each person sees their own last ballot to what is being asked, and nobody else's."""
        for person in ("a", "f", "stranger"):
            seen = self.rooms.seen(self.code, person)
            number = seen.question.number if seen.question else 0
            mine = self.ballots.get(number, {}).get(person)
            assert (seen.ballot.value if seen.ballot else None) == mine


class VotingOnPostgresql(Voting):
    """The same in a PostgreSQL."""


def quickly(examples: int) -> settings:
    """Return settings for so many examples, the same ones in every run."""
    return settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
    )


TestOnSqlite = Voting.TestCase
TestOnSqlite.settings = quickly(20)


def test_on_postgresql():
    """The same holds in a PostgreSQL."""
    from hypothesis.stateful import run_state_machine_as_test

    with running() as server:
        VotingOnPostgresql.url = server.url
        run_state_machine_as_test(VotingOnPostgresql, settings=quickly(8))
        storage = Storage(server.url)
        with storage.reading() as connection:
            assert connection.execute(tables.room.select()).all()
        storage.close()
