"""Debates opened for one visit: held for its session, and let go with it."""

from __future__ import annotations

import threading
import time
import weakref
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.memory import give_back
from dashboard.view import in_session

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate

OPEN_AT_MOST = 8
"""So many debates are open for visits at once, whoever opened them; the oldest is let go."""
PER_VISIT = 3
"""So many are open in one visit."""
AWAY_AT_MOST = 150.0
"""So many seconds after its reader was last connected a debate is let go; until a little before,
Streamlit keeps a session for a reader whose connection broke."""
LOOKS_EVERY = 30.0
_HELD = "_opened_for_this_visit"


@dataclass(eq=False)
class Lease:
    """What a session holds of a debate opened in it; when it is gone, so is the debate."""

    edition: str
    title: str


@dataclass
class _Held:
    """A debate, the session that opened it, and when that was last connected."""

    opened: OpenDebate
    session: str
    connected: float = field(default_factory=time.monotonic)


class Visits:
    """The debates that are open for visits.

    A session finds those that were opened in it, by the id that its links hold. Where no session
    asks, as for a file, a debate is found by its edition, which nobody can guess.
    """

    def __init__(self, most: int = OPEN_AT_MOST) -> None:
        self._most = most
        self._open: OrderedDict[str, _Held] = OrderedDict()
        self._lock = threading.Lock()
        self._looking = False

    def hold(self, opened: OpenDebate) -> None:
        """Keep a debate open for this session; the oldest is let go where there are too many."""
        lease = Lease(opened.edition, opened.debate.title)
        context = get_script_run_ctx(suppress_warning=True)
        with self._lock:
            self._open[opened.edition] = _Held(opened, context.session_id if context else "")
            while len(self._open) > self._most:
                self._open.popitem(last=False)
            if context and not self._looking:
                self._looking = True
                threading.Thread(target=self._look, daemon=True).start()
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
        held = self._open.get(edition)
        return held.opened if held else None

    def let_go(self, edition: str) -> None:
        """Forget a debate and all that was made of it."""
        with self._lock:
            gone = self._open.pop(edition, None)
        if gone:
            del gone
            give_back()

    def let_go_of_who_left(self) -> None:
        """Forget the debates whose readers have been away for long."""
        now = time.monotonic()
        for edition, held in list(self._open.items()):
            if _is_connected(held.session):
                held.connected = now
            elif now - held.connected > AWAY_AT_MOST:
                self.let_go(edition)

    def _look(self) -> None:
        # What a session holds may be found to be garbage only much later.
        while self._goes_on():
            time.sleep(LOOKS_EVERY)
            self.let_go_of_who_left()

    def _goes_on(self) -> bool:
        with self._lock:
            self._looking = bool(self._open)
            return self._looking

    @staticmethod
    def _leases() -> dict[str, Lease]:
        if not in_session():
            return {}
        leases: dict[str, Lease] = st.session_state.setdefault(_HELD, {})
        return leases


def _is_connected(session: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(session)


VISITS = Visits()
