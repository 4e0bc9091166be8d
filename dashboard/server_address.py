"""Where this server is found by others: as the browser asked for it, or as the environment says."""

from __future__ import annotations

import os
import re

ADDRESS_VARIABLE = "DASHBOARD_ADDRESS"
_HOST = re.compile(r"([\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(:\d{1,5})?", re.ASCII)
_ADDRESS = re.compile(rf"https?://{_HOST.pattern}/?", re.ASCII)


def is_host(text: str) -> bool:
    """Say whether a text is a host with or without a port, and nothing else."""
    return bool(_HOST.fullmatch(text))


def server_address(scheme: str, host: str) -> str:
    """Return the server's address with a slash at its end.

    It is the one of the variable DASHBOARD_ADDRESS, else that of the headers; a plain slash where
    neither is an address.
    """
    named = os.environ.get(ADDRESS_VARIABLE, "").strip()
    if _ADDRESS.fullmatch(named):
        return f"{named.rstrip('/')}/"
    return f"{scheme}://{host}/" if is_host(host) else "/"


def join_address(address: str, code: str) -> str:
    """Return where people join the room of a code, of a server at ``address``."""
    return f"{address}r/{code}"
