"""The product as a process of its own, as a reader would start it."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 90
STOP_SECONDS = 20


def free_port() -> int:
    """Return a port on this machine's loopback that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def served(elsewhere: Path, debate: Path | None = None) -> Iterator[str]:
    """Serve a debate (by default the shipped one) from another folder; give the address.

    The process is ended by its own id. ``RuntimeError`` with what it printed where it does not
    become healthy.
    """
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
    command += ["--debate", str(debate)] if debate else []
    said = elsewhere / f"server-{port}.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=elsewhere,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        try:
            _wait_until_healthy(process, port, said)
            yield f"http://localhost:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("localhost", port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.client.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{said.read_text(errors='replace')}")
