"""The command `serve`: shows a debate in the browser until it is interrupted."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dashboard.commands.spoken import PRODUCT, are_said, debate_obstacle, described, is_said
from dashboard.debate.problems import on_one_line, shortened

if TYPE_CHECKING:
    from types import FrameType

    from dashboard.commands.spoken import Parsers

DEBATE_VARIABLE = "DASHBOARD_DEBATE"
HOSTS_VARIABLE = "DASHBOARD_HOSTS"
ON_THIS_MACHINE = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}
EXAMPLES = (
    "python -m dashboard",
    "python -m dashboard serve --debate my-debate --port 8600",
    "python -m dashboard serve --no-browser --host 0.0.0.0",
)
EXITS = ("0  ended with Ctrl-C or SIGTERM", "1  could not begin; one sentence says why")


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    parser = parsers.add_parser(
        "serve",
        help="show a debate in the browser (the default)",
        **described("Show a debate in the browser until Ctrl-C.", EXAMPLES, EXITS),
    )
    parser.add_argument("--port", type=_port, default=8501, help="8501 by default", metavar="N")
    parser.add_argument(
        "--host", type=_host, default="localhost", help="localhost by default", metavar="H"
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        help="answer under this name too; may be given several times",
        metavar="NAME",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--debate",
        type=Path,
        help="a debate's folder, or a folder of such folders; by default the shipped ones",
        metavar="PATH",
    )
    parser.add_argument(
        "--watch", action="store_true", help="read edits as they are made, and list problems here"
    )


def run(asked: argparse.Namespace) -> int:
    """Serve as asked; give 0 when stopped, 1 where serving cannot begin."""
    if asked.allow_host:
        listed = [os.environ.get(HOSTS_VARIABLE, ""), *asked.allow_host]
        os.environ[HOSTS_VARIABLE] = ",".join(listed)
    return serve(
        asked.debate,
        asked.host,
        asked.port,
        open_browser=not asked.no_browser,
        watching=asked.watch,
    )


def serve(
    folder: Path | None, host: str, port: int, *, open_browser: bool, watching: bool = False
) -> int:
    """Serve the debate in `folder`, or the debates in its folders, until interrupted.

    Without a folder it is what the variable DASHBOARD_DEBATE names, or the shipped debates.
    `watching` reads edits as they are made, and says on stdout what came of each.
    Ctrl-C and SIGTERM end the process with code 0. Where serving cannot begin, this says why in
    one sentence on stderr and returns 1.
    """
    leaving = _Leaving()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, leaving)
    if folder:
        os.environ[DEBATE_VARIABLE] = os.path.abspath(folder)  # noqa: PTH100
    obstacle = _folder_obstacle(folder) or _port_obstacle(host, port)
    if not obstacle:
        obstacle = _serve_until_stopped(
            host, port, leaving, open_browser=open_browser, watching=watching
        )
    print(on_one_line(obstacle), file=sys.stderr)
    return 1


def _serve_until_stopped(
    host: str, port: int, leaving: _Leaving, *, open_browser: bool, watching: bool
) -> str:
    """Serve; return only where the debate does not pass, with the sentence that says so."""
    from dashboard.debate.problems import DebateError  # noqa: PLC0415
    from dashboard.web.server import serve as serve_app  # noqa: PLC0415

    def announce() -> None:
        _list_refused()
        _announce(address(host, port), open_browser=open_browser)
        if watching:
            _watch()

    try:
        serve_app(host, port, leaving.begin, announce)
    except DebateError as error:
        return _debate_obstacle(len(error.problems))


def _list_refused() -> None:
    """Name the problems of debates that cannot be opened, beside those that can."""
    from dashboard.open_debate import shelf  # noqa: PLC0415

    for name, problems in shelf().refused.items():
        are_said([f"{name} cannot be opened:", *(f"  {name}/{each}" for each in problems)])


def _watch() -> None:
    from dashboard.open_debate import shelf  # noqa: PLC0415
    from dashboard.watching import watch  # noqa: PLC0415

    watch(shelf(), is_said)


def address(host: str, port: int) -> str:
    """Return the address at which a browser on this machine finds the server."""
    name = ON_THIS_MACHINE.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


class _Leaving:
    """What SIGINT and SIGTERM do: both end the process with code 0."""

    def __init__(self) -> None:
        self._serving = False

    def begin(self) -> None:
        """Say that the server has begun: from now on it leaves in order."""
        self._serving = True

    def __call__(self, _signal: int, _frame: FrameType | None) -> NoReturn:
        """Leave."""
        if not self._serving:
            # An exception might meet the server half made, which complains when it is taken down.
            os._exit(0)
        # Not KeyboardInterrupt: Python may exit with 130 even where that has been caught.
        sys.exit(0)


def _port_obstacle(host: str, port: int) -> str | None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if os.name != "nt":
                # As the server itself does, or a port just left would seem to be in use.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} is in use; choose another with --port."
        return f"Cannot serve at {shortened(host)}, port {port}: {error.strerror}."
    except (TypeError, UnicodeError):
        # So the standard library says that a name cannot be encoded.
        return f"Cannot serve at {shortened(host)}: that is no name of a machine."
    return None


def _folder_obstacle(folder: Path | None) -> str | None:
    # Of pathlib's questions some raise where a name is too long or a link leads to itself.
    if folder and not os.path.isdir(folder):  # noqa: PTH112
        return f"There is no debate in {os.path.abspath(folder)}: no such folder."  # noqa: PTH100
    return None


def _debate_obstacle(count: int) -> str:
    from dashboard.open_debate import shelf  # noqa: PLC0415

    return debate_obstacle(shelf().first_folder, count)


def _announce(url: str, *, open_browser: bool) -> None:
    is_said(f"{PRODUCT} is at {url} (press Ctrl-C to stop)\n")
    if open_browser and _has_display():
        threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()


def _has_display() -> bool:
    """Say whether a browser can open in a window and not in the terminal."""
    windowed = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}
    return sys.platform != "linux" or not windowed.isdisjoint(os.environ)


def _port(text: str) -> int:
    digits = text.lstrip("0")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 5 and int(digits) <= 65535:
        return int(digits)
    raise argparse.ArgumentTypeError(f"{shortened(text)} is not a port, a number from 1 to 65535")


def _host(text: str) -> str:
    # An empty name would stand for every address of this machine.
    if text:
        return text
    raise argparse.ArgumentTypeError("the name is empty")
