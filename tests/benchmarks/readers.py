"""Many readers who filter the map: how long each waits, what goes wrong, and the memory of one.

Run on demand, never in CI, on a machine that does nothing else:

    python tests/benchmarks/readers.py --readers 200
    python tests/benchmarks/readers.py --readers 400 --seconds 120
    python tests/benchmarks/readers.py --readers 20 --at ws://localhost:8501 --process PID

Without `--at` it starts a server of its own. Each reader is a session on a WebSocket that speaks
Streamlit's own messages: the first page is run, and then, after some 5 seconds each time, a
school or a role is chosen as a browser says it, with the states of these widgets, the query of
the address bar and the messages it has kept. A filter lasts from the sending of a choice until
the server has said that its run is finished, and counts only if every message before was right:
the choice stands in the new query, the same choice has the same count for everyone, and no error
is shown. Answers that a real browser has before (from the groups it fetched once) are not used.

The readers are driven by one process, which takes some of the machine too: its share is printed
with the server's, and the load of the machine before and after. The exit code is 1 where anything
went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from room_load import Served, told
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

FILTERS = ("school", "role")
STREAM = "/_stcore/stream"
PATIENCE = 60.0
SETTLES = 3.0
_COUNT = re.compile(r'class="count"[^>]*>(.*?)</p>')


class Wrong(Exception):  # noqa: N818
    """An answer that was not what a reader asked for."""


@dataclass
class Log:
    """What all readers saw."""

    first: list[float] = field(default_factory=list)
    filters: list[float] = field(default_factory=list)
    received: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    counts: dict[tuple[tuple[str, ...], ...], str] = field(default_factory=dict)
    measuring: bool = False


@dataclass
class Widget:
    """A row of buttons: its id in the session, its options, and which are pressed."""

    id: str
    options: list[str]
    pressed: tuple[str, ...] = ()


class Reader:
    """One session: opens the map, and then filters, thinks, and filters again."""

    def __init__(self, address: str, log: Log, think: float, seed: int) -> None:
        self._address, self._log, self._think = address, log, think
        self._random = random.Random(seed)
        self._widgets: dict[str, Widget] = {}
        self._query = ""
        self._count = ""
        self._kept: dict[str, None] = {}
        self.is_open = asyncio.Event()

    async def live(self, over: asyncio.Event) -> None:
        """Read until it is over; whatever goes wrong ends the visit and is counted."""
        try:
            async with connect(
                self._address + STREAM,
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=None,
                open_timeout=PATIENCE,
            ) as socket:
                self._log.first.append(await self._run(socket))
                self.is_open.set()
                while not await self._is_over(over):
                    await self._filter(socket)
        except (Wrong, OSError, TimeoutError, WebSocketException) as error:
            self._log.wrong[f"{type(error).__name__}: {str(error)[:100]}"] += 1
        finally:
            self.is_open.set()

    async def _is_over(self, over: asyncio.Event) -> bool:
        thinking = self._think * self._random.uniform(0.5, 1.5)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), thinking)
        return over.is_set()

    async def _filter(self, socket: ClientConnection) -> None:
        name = self._random.choice(FILTERS)
        widget = self._widgets[name]
        others = [option for option in widget.options if (option,) != widget.pressed]
        # Now and then a filter is taken back, by a second press.
        taken_back = widget.pressed and self._random.random() < 0.3
        widget.pressed = () if taken_back else (self._random.choice(others),)
        measured = self._log.measuring
        lasted = await self._run(socket)
        if bool(widget.pressed) != (name in parse_qs(self._query)):
            raise Wrong(f"the choice is not in the address: {name}")
        chosen = tuple(self._widgets[one].pressed for one in FILTERS)
        if self._log.counts.setdefault(chosen, self._count) != self._count:
            raise Wrong("one choice has two counts")
        if measured:
            self._log.filters.append(lasted)

    async def _run(self, socket: ClientConnection) -> float:
        """Ask for a run and take all it sends; return how long it lasted."""
        self._count = ""
        began = time.monotonic()
        await socket.send(self._asked())
        async with asyncio.timeout(PATIENCE):
            while not self._took(await socket.recv()):
                pass
        if not self._count:
            raise Wrong("no count was sent")
        return time.monotonic() - began

    def _asked(self) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.cached_message_hashes.extend(self._kept)
        for widget in self._widgets.values():
            held = state.widget_states.widgets.add()
            held.id = widget.id
            held.string_array_value.data.extend(widget.pressed)
        return message.SerializeToString()

    def _took(self, data: str | bytes) -> bool:
        """Take one message; say whether the run is finished with it."""
        assert isinstance(data, bytes)
        self._log.received += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = None
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._took_element(message)
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "session_event" and message.session_event.HasField(
            "script_compilation_exception"
        ):
            raise Wrong("the page did not compile")
        # A run that is followed by another by itself is not the answer yet.
        return (
            kind == "script_finished" and message.script_finished == message.FINISHED_SUCCESSFULLY
        )

    def _took_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("exception", "alert"):
            raise Wrong("an error is shown")
        if kind == "html" and (count := _COUNT.search(element.html.body)):
            self._count = count[1]
        if kind == "button_group":
            group = element.button_group
            name = group.id.rpartition("-")[2]
            if name in FILTERS and name not in self._widgets:
                self._widgets[name] = Widget(group.id, [option.content for option in group.options])


@dataclass
class Process:
    """What the system says of a process: memory in MB, seconds of processor."""

    id: int

    def memory(self) -> float:
        """Return what it holds in memory, in MB."""
        status = Path(f"/proc/{self.id}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def seconds(self) -> float:
        """Return the processor's seconds that it has used."""
        after_name = Path(f"/proc/{self.id}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


async def measured(asked: argparse.Namespace, address: str, process: Process | None) -> Log:
    """Let the readers come, filter and go; print what it took; return what they saw."""
    log, over = Log(), asyncio.Event()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    # The first visit loads what all others share.
    await visit(address, log, asked)
    log.first.clear()
    empty = process.memory() if process else 0.0
    readers = [Reader(address, log, asked.think, seed) for seed in range(asked.readers)]
    lives = []
    for reader in readers:
        lives.append(asyncio.create_task(reader.live(over)))
        await asyncio.sleep(asked.arrive / asked.readers)
    await asyncio.gather(*(reader.is_open.wait() for reader in readers))
    print(f"{len(log.first)} readers have come")
    log.received, log.measuring = 0, True
    own = Process(os.getpid())
    began, used, own_used = time.monotonic(), process.seconds() if process else 0.0, own.seconds()
    await asyncio.sleep(asked.seconds)
    log.measuring = False
    lasted, count = time.monotonic() - began, max(1, len(log.filters))
    print(
        f"{len(log.filters)} filters in {lasted:.0f} s, {log.received / count / 1024:.0f} kB each"
    )
    if process:
        spent = process.seconds() - used
        print(
            f"processor: {spent / count * 1000:.0f} ms a filter, server {spent / lasted:.0%}, "
            f"readers {(own.seconds() - own_used) / lasted:.0%} of one"
        )
        full = process.memory()
        print(
            f"memory: {empty:.0f} MB without readers, {full:.0f} MB with all, "
            f"{(full - empty) / asked.readers:.2f} MB a reader"
        )
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    over.set()
    await asyncio.gather(*lives)
    return log


async def visit(address: str, log: Log, asked: argparse.Namespace) -> None:
    """Let one reader come, and go."""
    reader, over = Reader(address, log, asked.think, -1), asyncio.Event()
    over.set()
    await reader.live(over)
    await asyncio.sleep(SETTLES)


async def tried(asked: argparse.Namespace) -> int:
    """Measure at the server that is named, or at one of our own."""
    if asked.at:
        process = Process(asked.process) if asked.process else None
        log = await measured(asked, asked.at.rstrip("/"), process)
    else:
        with tempfile.TemporaryDirectory() as folder:
            served = Served(Path(folder), {"DASHBOARD_DATA": folder})
            try:
                await served.start()
                log = await measured(asked, f"ws://localhost:{served.port}", Process(served.id))
            finally:
                served.end()
    told("first page", log.first)
    told("a filter", log.filters)
    for what, times in log.wrong.most_common(10):
        print(f"wrong {times} times: {what}")
    print(f"{sum(log.wrong.values())} of {asked.readers} readers met something wrong")
    return 1 if log.wrong else 0


def main() -> int:
    """Take the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--readers", type=int, default=200, help="how many; 200 and 400 are asked")
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two filters")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long is measured")
    parser.add_argument("--arrive", type=float, default=30.0, help="seconds in which they come")
    parser.add_argument("--at", help="a running server, such as ws://localhost:8501")
    parser.add_argument("--process", type=int, help="the id of that server, for its memory")
    return asyncio.run(tried(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
