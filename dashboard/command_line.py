"""The command line: `serve` shows a debate in the browser, `check` names its problems."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.debate.loading import count_line, load_debate
from dashboard.debate.problems import DebateError

if TYPE_CHECKING:
    from collections.abc import Sequence

PRODUCT = "Vehicle or Cure?"
DEBATE_VARIABLE = "DASHBOARD_DEBATE"
SHIPPED_DEBATE = Path(__file__).parent.parent / "data" / "therapeutic-bond"
START_SECONDS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (by default the process's) and return its exit code."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    chosen = _parser().parse_args(_with_default_command(asked))
    if chosen.command == "check":
        return check(chosen.path)
    return serve(chosen.debate, chosen.host, chosen.port, open_browser=not chosen.no_browser)


def check(folder: Path) -> int:
    """Print one line of counts and return 0, or one line for each problem and return 1."""
    try:
        debate = load_debate(folder)
    except DebateError as error:
        print(*error.problems, sep="\n")
        return 1
    print(count_line(debate))
    return 0


def serve(folder: Path, host: str, port: int, *, open_browser: bool) -> int:
    """Serve the debate in `folder` until interrupted; return 0, or 1 if it cannot start."""
    obstacle = _obstacle(folder, host, port)
    if obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    os.environ[DEBATE_VARIABLE] = str(folder.resolve())
    threading.Thread(target=_announce, args=(host, port, open_browser), daemon=True).start()
    from dashboard.server import serve as serve_app  # noqa: PLC0415

    serve_app(host, port)
    return 0


def address(host: str, port: int) -> str:
    """Return the address a browser on this machine opens."""
    local = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}
    return f"http://{local.get(host, host)}:{port}"


def _obstacle(folder: Path, host: str, port: int) -> str | None:
    """Return the sentence that says why serving cannot begin, or None."""
    return _port_obstacle(host, port) or _debate_obstacle(folder)


def _port_obstacle(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            return f"Cannot use {host}:{port}: {error.strerror}. Choose another with --port."
    return None


def _debate_obstacle(folder: Path) -> str | None:
    try:
        load_debate(folder)
    except DebateError as error:
        count = len(error.problems)
        found = "1 problem" if count == 1 else f"{count} problems"
        return (
            f"The debate in {folder} has {found}; "
            f"to see them, run: python -m dashboard check {folder}"
        )
    return None


def _announce(host: str, port: int, open_browser: bool) -> None:
    url = address(host, port)
    if not _healthy(url):
        return
    print(f"{PRODUCT} is at {url} (press Ctrl-C to stop)", flush=True)
    if open_browser:
        webbrowser.open(url)


def _healthy(url: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def _with_default_command(asked: list[str]) -> list[str]:
    known = {"serve", "check", "-h", "--help", "--version"}
    return asked if asked and asked[0] in known else ["serve", *asked]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description=f"{PRODUCT} Compare positions in a scholarly debate, passage by passage.",
    )
    parser.add_argument("--version", action="version", version=version("vehicle-or-cure"))
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="show a debate in the browser (the default)")
    serving.add_argument("--port", type=_port, default=8501, help="1 to 65535, 8501 by default")
    serving.add_argument("--host", default="localhost", help="localhost by default")
    serving.add_argument("--no-browser", action="store_true", help="do not open a browser")
    serving.add_argument(
        "--debate", type=Path, default=SHIPPED_DEBATE, help="a debate's folder", metavar="PATH"
    )
    checking = commands.add_parser("check", help="name every problem of a debate's files")
    checking.add_argument("path", type=Path, metavar="PATH", help="a debate's folder")
    return parser


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a port; choose a number from 1 to 65535")
