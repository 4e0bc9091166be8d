"""Connections on which every answer leaves at once.

Streamlit opens its socket without naming the protocol, so asyncio does not know it for TCP and
leaves Nagle's algorithm on: the second part of an answer waits, some 40 ms, until the browser
has confirmed the first.
"""

from __future__ import annotations

import asyncio
import socket

from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.auto import AutoHTTPProtocol


class AtOnce(AutoHTTPProtocol):  # type: ignore[valid-type, misc]
    """A connection that does not wait before it sends; a session's stays so when it begins."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take a new connection."""
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)


def answer_at_once() -> None:
    """Have every server of this process that is yet to start make its connections so."""
    HTTP_PROTOCOLS["auto"] = f"{__name__}:{AtOnce.__name__}"
