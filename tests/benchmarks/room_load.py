"""Two hundred phones in one room: how soon a ballot is confirmed, and that none is lost.

Run it as `python tests/benchmarks/room_load.py`. It starts a server of its own, lets so many
participants join and vote on three items in two rounds, each phone as the page's script does:
style and script once, a look every 2.5 seconds, a ballot that is sent again until it is confirmed.
`--fault kill` ends the server with SIGKILL in the middle of a vote and starts it again;
`--fault database` stops PostgreSQL for ten seconds. The exit code is 1 where a confirmed ballot is
missing or there twice.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402

from dashboard.rooms import tables  # noqa: E402
from dashboard.rooms.ballots import VALUES  # noqa: E402
from dashboard.rooms.codes import hashed  # noqa: E402
from dashboard.rooms.rooms import Rooms  # noqa: E402
from dashboard.rooms.storage import Storage  # noqa: E402
from tests.a_postgresql import Server, running  # noqa: E402
from tests.browser.serving import free_port  # noqa: E402

ITEMS = ("p04", "p12", "p18")
ROUNDS = (1, 2)
LOOKS_AFTER = 2.5
PROJECTOR_LOOKS_AFTER = 1.0
SENDS_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0)
FAULT_AT = 3
"""The question, counting from 1, in whose vote the fault comes."""
DATABASE_AWAY = 10.0
OPEN = "press Ctrl-C to stop"


class Away(Exception):  # noqa: N818
    """The server did not answer."""


class Connection:
    """One HTTP connection that is kept, and opened again where it has gone."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.cookie = ""

    async def ask(self, path: str, body: str = "", accept: str = "*/*") -> tuple[int, str, bytes]:
        """Return status, headers and body; ``Away`` where there is no answer in eight seconds."""
        was_kept = self._streams is not None
        try:
            return await asyncio.wait_for(self._ask(path, body, accept), 8)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            if was_kept and isinstance(error, (ConnectionError, EOFError)):
                # The server closes what is not used for five seconds; a browser sends again then.
                return await self.ask(path, body, accept)
            raise Away from error

    def close(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _ask(self, path: str, body: str, accept: str) -> tuple[int, str, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        host = f"localhost:{self._port}"
        lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", f"Host: {host}"]
        lines += [f"Accept: {accept}", f"Cookie: {self.cookie}"]
        lines += [f"Content-Length: {len(body)}", f"Origin: http://{host}"] if body else []
        writer.write("\r\n".join([*lines, "", body]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        status = int(head.split(" ", 2)[1])
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        return status, head, await reader.readexactly(int(length[1]) if length else 0)


@dataclass
class Log:
    """What was confirmed, and how long it took."""

    confirmed: dict[tuple[int, str], str] = field(default_factory=dict)
    submitted: dict[int, list[float]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    again: Counter[int] = field(default_factory=Counter)
    received: list[tuple[float, int, int]] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)


class Phone:
    """One participant: joins, looks, votes once a question and now and then changes it."""

    def __init__(self, port: int, code: str, log: Log, think: float, seed: int) -> None:
        self._connection = Connection(port)
        self._place, self._log, self._think = f"/r/{code}", log, think
        self._random = random.Random(seed)
        self.token = ""

    async def live(self, until: asyncio.Event) -> None:
        """Take part until the seminar is over."""
        while not self.token and not until.is_set():
            with contextlib.suppress(Away):
                await self._join()
        voted = 0
        while not until.is_set():
            await asyncio.sleep(LOOKS_AFTER * self._random.uniform(0.85, 1.15))
            with contextlib.suppress(Away):
                began = time.monotonic()
                status, _, body = await self._connection.ask(f"{self._place}/now")
                self._log.looks.append(time.monotonic() - began)
                found = re.search(rb'"state":"(\d+)-open', body) if status == 200 else None
                if found and int(found[1]) != voted:
                    voted = int(found[1])
                    await asyncio.sleep(self._random.uniform(0, self._think))
                    await self._vote(voted)
        self._connection.close()

    async def _join(self) -> None:
        status, head, page = await self._connection.ask(self._place)
        if status != 200:
            await asyncio.sleep(1)
            return
        cookie = re.search(r"set-cookie: person=([\w-]+)", head, re.IGNORECASE)
        assert cookie
        for file in re.findall(rb'"(/room-files/[^"]+)"', page):
            await self._connection.ask(file.decode())
        self._connection.cookie = f"person={cookie[1]}"
        self.token = cookie[1]

    async def _vote(self, number: int) -> None:
        value = self._random.choice(VALUES)
        form = urlencode({"number": number, "value": value, "words": "which words"})
        began, tries = time.monotonic(), 0
        while True:
            status = 0
            with contextlib.suppress(Away):
                status, _, _ = await self._connection.ask(self._place, form, "application/json")
            if status == 200:
                self._log.waits.append(time.monotonic() - began)
                self._log.submitted.setdefault(number, []).append(began)
                self._log.confirmed[number, self.token] = value
                return
            if 400 <= status < 500 and status != 429:
                return
            self._log.again[status] += 1
            await asyncio.sleep(SENDS_AGAIN_AFTER[min(tries, len(SENDS_AGAIN_AFTER) - 1)])
            tries += 1


class Served:
    """The product as a process that can be killed and started again at the same port."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self._folder, self._environment = folder, environment
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> float:
        """Start it, and return after how many seconds it said that the debate is open."""
        command = [sys.executable, "-m", "dashboard", "serve", "--no-browser"]
        began = time.monotonic()
        with (self._folder / "server.txt").open("ab") as output:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                cwd=self._folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | self._environment | {"PYTHONPATH": str(ROOT)},
            )
        said = self._folder / "server.txt"
        before = said.read_text(errors="replace").count(OPEN)
        while time.monotonic() - began < 90:
            if said.read_text(errors="replace").count(OPEN) > before:
                return time.monotonic() - began
            await asyncio.sleep(0.1)
        raise RuntimeError((self._folder / "server.txt").read_text())

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process by its id."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait()

    @property
    def id(self) -> int:
        """The id of the process."""
        assert self._process
        return self._process.pid

    def memory(self) -> float:
        """Return what the process holds in memory, in MB."""
        assert self._process
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0


async def seminar(asked: argparse.Namespace, served: Served, rooms: Rooms, server: Server | None):
    """Hold the seminar; return the room's code and the log."""
    log, over = Log(), asyncio.Event()
    desk = Connection(served.port)
    status, head, _ = await desk.ask("/rooms", "place=")
    found = re.search(r"set-cookie: (room-(\w+)=[\w-]+)", head, re.IGNORECASE)
    assert status == 303
    assert found
    desk.cookie, code = found[1], found[2]
    phones = [
        Phone(served.port, code, log, asked.think, seed) for seed in range(asked.participants)
    ]
    lives = [asyncio.create_task(phone.live(over)) for phone in phones]
    lives.append(asyncio.create_task(_projector(desk, code, log, over)))
    began = time.monotonic()
    while not all(phone.token for phone in phones):
        await asyncio.sleep(0.05)
    print(f"{len(phones)} joined in {time.monotonic() - began:.1f} s")
    order = [(item, number) for item in ITEMS for number in ROUNDS]
    for number, (item, again) in enumerate(order, 1):
        await asyncio.to_thread(rooms.ask, code, item, "quote", again)
        fault = None
        if number == FAULT_AT and asked.fault:
            fault = asyncio.create_task(_fault(asked.fault, served, server, asked.think))
        await _until_all_voted(log, number, len(phones), asked.question)
        if fault:
            await fault
            await _until_all_voted(log, number, len(phones), 60)
        await asyncio.to_thread(rooms.close, code, number)
    print(f"{len(order)} votes in {time.monotonic() - began:.1f} s from the first to join")
    over.set()
    await asyncio.gather(*lives)
    return code, log


async def _until_all_voted(log: Log, number: int, people: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and len(log.submitted.get(number, [])) < people:
        await asyncio.sleep(0.1)
    # So that the projector's last look is counted too.
    await asyncio.sleep(PROJECTOR_LOOKS_AFTER * 1.5)


async def _fault(kind: str, served: Served, server: Server | None, think: float) -> None:
    await asyncio.sleep(LOOKS_AFTER / 2 + think / 2)
    if kind == "kill":
        served.end(signal.SIGKILL)
        print(f"killed with SIGKILL; open again after {await served.start():.1f} s")
        return
    assert server
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(DATABASE_AWAY)
    await asyncio.to_thread(server.start)
    print(f"PostgreSQL was stopped for {DATABASE_AWAY:.0f} s")


async def _projector(desk: Connection, code: str, log: Log, over: asyncio.Event) -> None:
    while not over.is_set():
        with contextlib.suppress(Away):
            now = await desk.ask(f"/r/{code}/received")
            found = re.search(rb'"received":(\d+)', now[2])
            if found:
                number = max(log.submitted, default=0)
                log.received.append((time.monotonic(), number, int(found[1])))
        await asyncio.sleep(PROJECTOR_LOOKS_AFTER)


def projector_waits(log: Log) -> list[float]:
    """Return, for each ballot in the order of sending, after how long the projector counted it."""
    waits = []
    for number, began in log.submitted.items():
        for place, at in enumerate(sorted(began), 1):
            seen = (t for t, n, count in log.received if n == number and count >= place and t > at)
            waits += [t - at for t in [next(seen, None)] if t is not None]
    return waits


def lost(rooms_storage: Storage, code: str, log: Log) -> list[str]:
    """Return what is wrong with the ballots that were confirmed; nothing, where all is well."""
    q, b, r = tables.question.c, tables.ballot.c, tables.room.c
    with rooms_storage.reading() as connection:
        found = select(q.number, b.token_hash, b.value).select_from(
            tables.ballot.join(tables.question, b.question == q.id).join(
                tables.room, q.room == r.id
            )
        )
        rows = connection.execute(found.where(r.code == code)).all()
    held: dict[tuple[int, str], list[str]] = {}
    for number, person, value in rows:
        held.setdefault((number, person), []).append(value)
    return [
        f"question {number}: {held.get((number, hashed(token)))} is not once {value}"
        for (number, token), value in log.confirmed.items()
        if held.get((number, hashed(token))) != [value]
    ]


def told(name: str, waits: list[float]) -> None:
    """Print the middle, the 95th of a hundred and the longest, in ms."""
    if len(waits) > 1:
        cuts = statistics.quantiles(waits, n=100, method="inclusive")
        longest = max(waits) * 1000
        print(
            f"{name}: n {len(waits)}, p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, "
            f"longest {longest:.0f} ms"
        )


async def held(asked: argparse.Namespace, folder: Path, server: Server | None) -> int:
    """Start the server, hold the seminar, forget the room, say what was found."""
    url = server.url if server else f"sqlite:///{folder / 'rooms.sqlite3'}"
    served = Served(folder, {"DASHBOARD_DATABASE_URL": url})
    storage = Storage(url)
    try:
        await served.start()
        await asyncio.sleep(2)
        before = served.memory()
        code, log = await seminar(asked, served, Rooms(storage), server)
        during = served.memory()
        problems = lost(storage, code, log)
        Rooms(storage).forget(code)
        await asyncio.sleep(2)
        print(f"memory: {before:.0f} MB, {during:.0f} MB, {served.memory():.0f} MB afterwards")
    finally:
        served.end()
        storage.close()
        said = (folder / "server.txt").read_text(errors="replace").splitlines()
        print("\n".join(f"server: {line}" for line, _ in Counter(said).most_common(5)))
    wanted = asked.participants * len(ITEMS) * len(ROUNDS)
    told("submit to confirmation", log.waits)
    told("submit to the projector", projector_waits(log))
    told("a look", log.looks)
    why = ", ".join(f"{n} after {status or 'no answer'}" for status, n in log.again.items())
    print(f"{len(log.confirmed)} of {wanted} ballots confirmed; sent again: {why or 'none'}")
    print("\n".join(problems[:10]) or "every confirmed ballot is there once")
    return 1 if problems else 0


def main() -> int:
    """Take the arguments and hold the seminar."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--participants", type=int, default=200)
    parser.add_argument("--think", type=float, default=6.0, help="seconds to think, at most")
    parser.add_argument("--question", type=float, default=20.0, help="seconds for one, at most")
    parser.add_argument("--fault", choices=["kill", "database"])
    parser.add_argument("--postgresql", action="store_true", help="store in a PostgreSQL")
    asked = parser.parse_args()
    with contextlib.ExitStack() as held_open:
        folder = Path(held_open.enter_context(tempfile.TemporaryDirectory()))
        on_server = asked.postgresql or asked.fault == "database"
        server = held_open.enter_context(running()) if on_server else None
        return asyncio.run(held(asked, folder, server))


if __name__ == "__main__":
    sys.exit(main())
