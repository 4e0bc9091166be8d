"""Debates opened for one visit: held for its session, and let go with it."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.memory import give_back
from dashboard.view import in_session

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate

OPEN_AT_MOST = 8
"""So many debates are open for visits at once, whoever opened them; the oldest is let go."""
PER_VISIT = 3
"""So many are open in one visit."""
_HELD = "_opened_for_this_visit"


class Lease:
    """What a session holds of a debate opened in it; when it is gone, so is the debate."""

    def __init__(self, edition: str, title: str) -> None:
        self.edition = edition
        self.title = title


class Visits:
    """The debates that are open for visits.

    A session finds those that were opened in it, by the id that its links hold. Where no session
    asks, as for a file, a debate is found by its edition, which nobody can guess.
    """

    def __init__(self, most: int = OPEN_AT_MOST) -> None:
        self._most = most
        self._open: OrderedDict[str, OpenDebate] = OrderedDict()
        self._lock = threading.Lock()

    def hold(self, opened: OpenDebate) -> None:
        """Keep a debate open for this session; the oldest is let go where there are too many."""
        lease = Lease(opened.edition, opened.debate.title)
        with self._lock:
            self._open[opened.edition] = opened
            while len(self._open) > self._most:
                self._open.popitem(last=False)
        weakref.finalize(lease, self.let_go, opened.edition).atexit = False
        leases = self._leases()
        leases[opened.id] = lease
        for oldest in list(leases)[:-PER_VISIT]:
            self.close(oldest)

    def held(self, id: str) -> OpenDebate | None:
        """Return the debate that this session opened under this id, if it is still open."""
        lease = self._leases().get(id) if id else None
        return self.of_edition(lease.edition) if lease else None

    def all_held(self) -> list[tuple[str, str]]:
        """Return id and title of each debate that is open in this session."""
        return [
            (id_, one.title) for id_, one in self._leases().items() if one.edition in self._open
        ]

    def close(self, id: str) -> None:
        """Let a debate go that this session opened."""
        lease = self._leases().pop(id, None)
        if lease:
            self.let_go(lease.edition)

    def of_edition(self, edition: str) -> OpenDebate | None:
        """Return the debate of this edition, if it is still open."""
        return self._open.get(edition)

    def let_go(self, edition: str) -> None:
        """Forget a debate and all that was made of it."""
        with self._lock:
            gone = self._open.pop(edition, None)
        if gone:
            del gone
            give_back()

    @staticmethod
    def _leases() -> dict[str, Lease]:
        if not in_session():
            return {}
        leases: dict[str, Lease] = st.session_state.setdefault(_HELD, {})
        return leases


VISITS = Visits()
