"""A PostgreSQL of our own for a test run: made, started and stopped on a socket in a folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

NO_SERVER = (
    "These tests need PostgreSQL 15 or newer. Install it (Debian and Ubuntu: apt install "
    "postgresql; macOS: brew install postgresql) or name the folder of initdb in POSTGRESQL_BIN."
)
SECONDS = 60


def programs() -> Path:
    """Return the folder of initdb and pg_ctl; ``RuntimeError`` where there is none."""
    named = os.environ.get("POSTGRESQL_BIN")
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    on_path = shutil.which("initdb")
    folders = [Path(named)] if named else debians[::-1]
    folders += [Path(on_path).resolve().parent] if on_path and not named else []
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError(NO_SERVER)


class Server:
    """A PostgreSQL server in a folder of its own, heard on a socket there and nowhere else."""

    def __init__(self, folder: Path) -> None:
        """Make the server's data in ``folder``; it is not started yet."""
        self._programs = programs()
        self._data, self._sockets = folder / "data", folder
        self._owner = _owner()
        if self._owner:
            shutil.chown(folder, self._owner)
        self._run("initdb", "-D", self._data, "-U", "rooms", "-A", "trust", "-E", "UTF8", "-N")

    @property
    def url(self) -> str:
        """Its address as ``DASHBOARD_DATABASE_URL`` takes it."""
        return f"postgresql://rooms@/postgres?host={quote(str(self._sockets), safe='')}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c listen_addresses= -c unix_socket_directories={self._sockets} -c fsync=off"
        self._run(
            "pg_ctl", "-D", self._data, "-w", "-l", self._data / "log", "-o", options, "start"
        )

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def _run(self, name: str, *arguments: str | Path) -> None:
        # The server refuses to be root's.
        as_owner = {"user": self._owner, "group": self._owner} if self._owner else {}
        command = [str(self._programs / name), *map(str, arguments)]
        said = self._sockets / f"{name}.txt"
        with said.open("wb") as output:
            done = subprocess.run(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=SECONDS,
                check=False,
                cwd=self._sockets,
                **as_owner,
            )
        if done.returncode:
            raise RuntimeError(f"{name} failed:\n{said.read_text(errors='replace')}")


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Give a running server; it is stopped and its folder removed afterwards."""
    # The path of a socket may have a hundred signs, and every folder above it must let its
    # owner through, which those of a test run do not.
    with tempfile.TemporaryDirectory(prefix="rooms-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _owner() -> str | None:
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None
