"""Connections on which every answer leaves at once, and for which no server stays.

Streamlit opens its socket without naming the protocol, so asyncio does not know it for TCP and
leaves Nagle's algorithm on: the second part of an answer waits, some 40 ms, until the browser
has confirmed the first.

A server that is stopped would wait without end for a reader who takes no more of an answer, as
one does whose laptop is closed.
"""

from __future__ import annotations

import asyncio
import socket

from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.auto import AutoHTTPProtocol

STAYS_FOR = 3
"""So many seconds a server that is stopped goes on with the answers it has begun."""


class AtOnce(AutoHTTPProtocol):  # type: ignore[valid-type, misc]
    """A connection that does not wait before it sends; a session's stays so when it begins."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take a new connection."""
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def shutdown(self) -> None:
        """Take no more requests, and cut the answer that is not taken soon."""
        super().shutdown()
        asyncio.get_running_loop().call_later(STAYS_FOR, self.transport.abort)


def answer_at_once() -> None:
    """Have every server of this process that is yet to start make its connections so."""
    HTTP_PROTOCOLS["auto"] = f"{__name__}:{AtOnce.__name__}"
