"""What is asked by many threads at once: done in few goes, each with its own outcome."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.rooms.errors import RoomsUnavailable, VoteClosed
from dashboard.rooms.together import Together


def test_those_who_wait_share_the_next_go():
    """While one is done the others gather; each gets its own outcome, errors too."""
    goes, busy, free = [], threading.Event(), threading.Event()

    def do(asked):
        goes.append(list(asked))
        if len(goes) == 1:
            busy.set()
            free.wait(10)
        return [VoteClosed("odd") if number % 2 else number * 10 for number in asked]

    together = Together(do)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(together.ask, 0)
        busy.wait(10)
        others = [pool.submit(together.ask, number) for number in range(1, 8)]
        while len(together._waiting) < 7:
            threading.Event().wait(0.001)
        free.set()
        assert first.result() == 0
        for number, one in enumerate(others, 1):
            if number % 2:
                with pytest.raises(VoteClosed):
                    one.result()
            else:
                assert one.result() == number * 10
    assert goes[0] == [0]
    assert sorted(goes[1]) == [1, 2, 3, 4, 5, 6, 7]
    assert len(goes) == 2


def test_a_failure_is_everyones_and_not_the_next_ones():
    """What fails as a whole is told to all who waited for it; the next go is a new one."""
    failing = [True]

    def do(asked):
        if failing.pop():
            raise RoomsUnavailable("away")
        failing.append(False)
        return list(asked)

    together = Together(do)
    with pytest.raises(RoomsUnavailable, match="away"):
        together.ask("a")
    failing.append(False)
    assert together.ask("b") == "b"
