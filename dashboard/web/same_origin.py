"""Who may open a session: pages of this server, and programs that are no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from dashboard.web.refusal import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = "This page belongs to another site, so it may not open a session here."
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_same_origin(origin: str, host: str) -> bool:
    """Say whether the headers Origin and Host name the same host and port."""
    try:
        page, server = urlsplit(origin), urlsplit(f"//{host}")
        default = _DEFAULT_PORTS[page.scheme]
        same_port = (page.port or default) == (server.port or default)
    except (KeyError, ValueError):
        return False
    return same_port and bool(page.hostname) and page.hostname == server.hostname


class SameOriginOnly:
    """Middleware that refuses a session to pages of other sites, with 403.

    A connection without Origin is let through: every browser sends one, so it is no page's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a foreign page's connection, hand on everything else."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if all(is_same_origin(origin, headers.get("host", "")) for origin in origins):
            await self._app(_without_origin(scope), receive, send)
        else:
            await refuse(REFUSAL, scope, receive, send)


def _without_origin(scope: Scope) -> Scope:
    # Of an origin that it does not know, Streamlit asks a server on the internet whether it is
    # this machine's own. What is decided here it need not ask.
    kept = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": kept}
