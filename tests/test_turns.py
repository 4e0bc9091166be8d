"""Runs of the pages take turns, and one that takes long holds up nobody for long."""

import threading
import time

import pytest

from dashboard import turns
from dashboard.turns import in_turn


def test_runs_follow_one_another() -> None:
    """Of many runs that begin together, never are two within at once."""
    within, most = 0, 0
    begin = threading.Barrier(8)

    def run() -> None:
        nonlocal within, most
        begin.wait()
        with in_turn():
            within += 1
            most = max(most, within)
            time.sleep(0.01)
            within -= 1

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_long_run_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a run takes seconds, another goes on beside it, and leaves it its turn."""
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    begun, over = threading.Event(), threading.Event()

    def take_long() -> None:
        with in_turn():
            begun.set()
            over.wait(30)

    long = threading.Thread(target=take_long)
    long.start()
    assert begun.wait(30)
    with in_turn():
        assert long.is_alive()
    assert turns._Turn.lock.locked()
    over.set()
    long.join()
    assert not turns._Turn.lock.locked()


def test_only_the_first_waits_for_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes after a run has had its time goes on at once, and does not wait anew."""
    now = 100.0
    monkeypatch.setattr(turns.time, "monotonic", lambda: now)
    assert turns._patience_left() == turns.PATIENCE
    with in_turn():
        now += 0.2
        assert turns._patience_left() == pytest.approx(turns.PATIENCE - 0.2)
        now += 5
        assert turns._patience_left() == 0
    assert turns._patience_left() == turns.PATIENCE


def test_a_run_that_fails_ends_its_turn() -> None:
    """Whatever a page raises, also what Streamlit ends a run with, the next has its turn."""
    with pytest.raises(KeyboardInterrupt), in_turn():
        raise KeyboardInterrupt
    assert not turns._Turn.lock.locked()
