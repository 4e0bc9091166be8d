"""Under which names the server answers, so that no other site's name can be pointed at it.

A page of another site may have its own name resolve to this machine (DNS rebinding): browser and
server then take it for a page of ours. An address written in numbers cannot be rebound.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from dashboard.web.refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Receive, Scope, Send

HOSTS_VARIABLE = "DASHBOARD_HOSTS"
"""The variable that holds further names, separated by commas."""
REFUSAL = (
    "This server does not answer under that name. Whoever runs it can allow the name with the "
    "option --allow-host."
)
HEALTH = "/_stcore/health"
"""Says nothing but that the server is there, so it is answered under every name."""
LOOPBACK = "localhost"


def hosts_named(listed: str) -> frozenset[str]:
    """Return the names in a list that is separated by commas, as they are compared."""
    return frozenset(name for part in listed.split(",") if (name := _compared(part.strip())))


def is_loopback(address: str) -> bool:
    """Say whether an address to listen at is this machine's own, out of reach for others."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return _is_this_machine(_compared(address))


class AllowedHosts:
    """Middleware that answers 403 under a name that is not allowed.

    Allowed are the names given, those of this machine's loopback, and every address in numbers;
    every name where the server is bound to an address that others reach and none is given. A
    request without Host is let through: every browser sends one, so it is no page's.
    """

    def __init__(self, app: ASGIApp, bound: str, names: Iterable[str]) -> None:
        self._app = app
        given = frozenset(names)
        self._names = given | {_compared(bound)}
        self._any = not given and not is_loopback(bound)

    def allows(self, host: str) -> bool:
        """Say whether the header Host holds an allowed name, with whatever port."""
        try:
            name = _compared(urlsplit(f"//{host}").hostname or "")
        except ValueError:
            return False
        return self._any or _is_this_machine(name) or name in self._names or _is_in_numbers(name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what comes under a name that is not allowed, hand on everything else."""
        is_asked = scope["type"] in ("http", "websocket") and scope["path"] != HEALTH
        hosts = Headers(scope=scope).getlist("host") if is_asked else []
        if all(map(self.allows, filter(None, hosts))):
            await self._app(scope, receive, send)
        else:
            await refuse(REFUSAL, scope, receive, send)


def _compared(name: str) -> str:
    # A name with a full stop at its end is the same name.
    return name.lower().removesuffix(".")


def _is_this_machine(name: str) -> bool:
    return name == LOOPBACK or name.endswith(f".{LOOPBACK}")


def _is_in_numbers(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
