"""How often one address may ask in vain, so that no room is found by guessing."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

ALLOWED = 20
SECONDS = 60.0
MOST_ADDRESSES = 10_000
MOST_FOUND = 20_000
_NETWORK_BITS = 64
"""An IPv6 customer has a whole network of addresses."""


class AskedLately:
    """A memory of what addresses asked for in vain, and of the rooms that they found.

    A room that an address has found stays open to it: one guest who types nonsense does not shut
    out a class that shares one address.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, allowed: int = ALLOWED
    ) -> None:
        """Take what tells the seconds, and how often an address may ask in a minute."""
        self._clock = clock
        self._allowed = allowed
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._found: OrderedDict[tuple[str, str], None] = OrderedDict()

    def may_ask(self, address: str) -> bool:
        """Say whether an address may ask just now."""
        with self._lock:
            return len(self._lately(network_of(address))) < self._allowed

    def asks(self, address: str) -> bool:
        """Count that an address asks, where it may; say whether it does.

        What is counted before it is answered cannot be had by asking many times at once.
        """
        if not self.may_ask(address):
            return False
        self.was_asked(address)
        return True

    def take_back(self, address: str) -> None:
        """Count one less: what the address asked for was there, or could not be known."""
        with self._lock:
            lately = self._asked.get(network_of(address))
            if lately:
                lately.pop()

    def has_found(self, address: str, code: str) -> bool:
        """Say whether an address has found the room of a code."""
        with self._lock:
            return (network_of(address), code) in self._found

    def was_asked(self, address: str) -> None:
        """Remember that an address asked for what is not there."""
        network = network_of(address)
        with self._lock:
            self._forget_old()
            lately = self._lately(network)
            lately.append(self._clock())
            self._asked[network] = lately
            self._asked.move_to_end(network)
            if len(self._asked) > MOST_ADDRESSES:
                self._asked.popitem(last=False)

    def was_found(self, address: str, code: str) -> None:
        """Remember that an address found the room of a code."""
        with self._lock:
            self._found[network_of(address), code] = None
            if len(self._found) > MOST_FOUND:
                self._found.popitem(last=False)

    def _forget_old(self) -> None:
        # Who asked last stands last, so what can be forgotten stands first.
        while self._asked:
            first = next(iter(self._asked))
            if self._lately(first):
                return
            del self._asked[first]

    def _lately(self, network: str) -> deque[float]:
        lately = self._asked.get(network) or deque(maxlen=self._allowed)
        while lately and lately[0] <= self._clock() - SECONDS:
            lately.popleft()
        return lately


def network_of(address: str) -> str:
    """Return the network that an address stands for; what is no address stands for itself."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped:
        # So every IPv4 address comes to a server that listens at `::`.
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _NETWORK_BITS), strict=False))
