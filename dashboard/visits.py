"""Debates opened for one visit: held for its session, and let go with it."""

from __future__ import annotations

import itertools
import threading
import time
import weakref
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.memory import give_back
from dashboard.view import in_session, visit_ended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.open_debate import OpenDebate

OPEN_AT_MOST = 8
"""So many debates are open for visits at once, whoever opened them. Where there are more, one is
let go of the visit that holds most, the one that was not read for the longest time."""
PER_VISIT = 3
"""So many are open in one visit."""
AWAY_AT_MOST = 150.0
"""So many seconds after its reader was last connected a debate is let go; until a little before,
Streamlit keeps a session for a reader whose connection broke."""
LOOKS_EVERY = 30.0
_FIRST_WORDS = "The debate that you had opened from your own files is no longer open: "
OTHERS_CAME = (
    f"{_FIRST_WORDS}others opened theirs, and this server holds only {OPEN_AT_MOST} at a time. "
    "Open it once more to go on."
)
YOU_WERE_AWAY = (
    f"{_FIRST_WORDS}this page had been without a connection for some minutes. "
    "Open it once more to go on."
)
YOU_OPENED_MORE = (
    f"{_FIRST_WORDS}you opened others after it, and a visit holds only {PER_VISIT} at a time."
)
_HELD = "_opened_for_this_visit"


@dataclass(eq=False)
class Lease:
    """What a session holds of a debate opened in it; when it is gone, so is the debate."""

    edition: str
    title: str
    ended: str = ""
    """Why the debate is no longer open, in a sentence; empty while it is."""


@dataclass
class _Held:
    """A debate, the session that opened it, when that was last connected and the debate read."""

    opened: OpenDebate
    session: str
    lease: weakref.ref[Lease]
    connected: float = field(default_factory=time.monotonic)
    read: int = 0


class Visits:
    """The debates that are open for visits.

    A session finds those that were opened in it, by the id that its links hold. Where no session
    asks, as for a file, a debate is found by its edition, which nobody can guess.
    """

    def __init__(self, most: int = OPEN_AT_MOST) -> None:
        self._most = most
        self._open: dict[str, _Held] = {}
        self._reads = itertools.count(1)
        self._lock = threading.Lock()
        self._looking = False

    def hold(self, opened: OpenDebate) -> None:
        """Keep a debate open for this session; another is let go where there are too many."""
        lease = Lease(opened.edition, opened.debate.title)
        context = get_script_run_ctx(suppress_warning=True)
        session = context.session_id if context else ""
        held = _Held(opened, session, weakref.ref(lease), read=next(self._reads))
        with self._lock:
            self._open[opened.edition] = held
            while len(self._open) > self._most:
                self._end(_most_dispensable(self._open), OTHERS_CAME)
            if context and not self._looking:
                self._looking = True
                threading.Thread(target=self._look, daemon=True).start()
        weakref.finalize(lease, self.let_go, opened.edition).atexit = False
        leases = self._leases()
        leases[opened.id] = lease
        for oldest in list(leases)[:-PER_VISIT]:
            self.close(oldest)
            visit_ended(oldest, YOU_OPENED_MORE)

    def held(self, id: str) -> OpenDebate | None:
        """Return the debate that this session opened under this id, if it is still open."""
        lease = self._leases().get(id) if id else None
        if lease and lease.ended:
            visit_ended(id, lease.ended)
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
        if not held:
            return None
        held.read = next(self._reads)
        return held.opened

    def let_go(self, edition: str, ended: str = "") -> None:
        """Forget a debate and all that was made of it; ``ended`` says why to whom it was open."""
        with self._lock:
            gone = self._end(edition, ended)
        if gone:
            give_back()

    def _end(self, edition: str, ended: str) -> bool:
        held = self._open.pop(edition, None)
        lease = held.lease() if held else None
        if lease:
            lease.ended = ended
        return held is not None

    def let_go_of_who_left(self) -> None:
        """Forget the debates whose readers have been away for long."""
        now = time.monotonic()
        for edition, held in list(self._open.items()):
            if _is_connected(held.session):
                held.connected = now
            elif now - held.connected > AWAY_AT_MOST:
                self.let_go(edition, YOU_WERE_AWAY)

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


def _most_dispensable(held: Mapping[str, _Held]) -> str:
    """Return the edition that is let go first."""
    of_visit = Counter(one.session for one in held.values())
    return min(held, key=lambda edition: (-of_visit[held[edition].session], held[edition].read))


def _is_connected(session: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(session)


VISITS = Visits()
