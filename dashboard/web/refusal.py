"""How a request, or whoever would open a session, is refused: 403, a sentence, no line of log."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

if TYPE_CHECKING:
    from logging import LogRecord

    from starlette.types import Receive, Scope, Send

SERVERS_LOG = "uvicorn.error"
NO_HANDSHAKE = "ASGI callable returned without completing handshake."
"""What the server logs of every session that is refused with a sentence."""
_refused = ContextVar("refused", default=False)


async def refuse(reason: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 403 with a sentence to a request or to who would open a session."""
    _refused.set(True)
    if scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
        await PlainTextResponse(reason, 403)(scope, receive, send)
    else:
        await WebSocketClose()(scope, receive, send)


def is_no_refusal(record: LogRecord) -> bool:
    """Say whether a line of the server's log is other than that of a session we refused.

    Any page of any site can cause that line, as often as it likes. It comes from the task in
    which the session was refused; of an error that line is kept.
    """
    return not (_refused.get() and record.getMessage() == NO_HANDSHAKE)
