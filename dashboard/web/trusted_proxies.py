"""Whose word is taken for where a request comes from and whether it came by https.

A web server in front says both in the headers X-Forwarded-For and X-Forwarded-Proto. Anybody can
send these headers; uvicorn reads them of the addresses in the variable FORWARDED_ALLOW_IPS alone.
"""

from __future__ import annotations

import os

PROXIES_VARIABLE = "FORWARDED_ALLOW_IPS"
"""uvicorn's own variable: addresses or networks, separated by commas."""
THIS_MACHINE = "127.0.0.1,::1,::ffff:127.0.0.1"
"""The last is how an IPv4 address comes to a server that listens at `::`."""


def trust_this_machine() -> None:
    """Have servers of this process trust a web server on this machine, unless others are named."""
    os.environ.setdefault(PROXIES_VARIABLE, THIS_MACHINE)
