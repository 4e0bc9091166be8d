"""Callbacks are run to their end, so that of two quick choices none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests
from streamlit.runtime.state import SafeSessionState

_running = threading.local()
P = ParamSpec("P")
R = TypeVar("R")


@cache
def run_callbacks_to_their_end() -> None:
    """Let no message of a browser break off the callbacks of the one before; called once.

    Streamlit looks for a further message at every access to the session's state and before
    everything it sends, in callbacks as well as in a page's run. There it gives up what it was
    at and turns to the newer message. A page is drawn anew by that, but a callback is not called
    again: the choice that it was to note would be lost. Here the newer message waits until the
    callbacks are done.
    """
    looks = ScriptRequests.on_scriptrunner_yield
    calls = SafeSessionState.on_script_will_rerun

    def looks_later(self: ScriptRequests) -> ScriptRequest | None:
        return None if getattr(_running, "callbacks", False) else looks(self)

    ScriptRequests.on_scriptrunner_yield = looks_later  # type: ignore[method-assign]
    SafeSessionState.on_script_will_rerun = _marked(calls)  # type: ignore[method-assign]


def _marked(calls: Callable[P, R]) -> Callable[P, R]:
    """Return what calls the callbacks, marking in its thread that it is at it."""

    @wraps(calls)
    def marked(*args: P.args, **kwargs: P.kwargs) -> R:
        _running.callbacks = True
        try:
            return calls(*args, **kwargs)
        finally:
            _running.callbacks = False

    return marked
