"""The command line: `serve` shows a debate in the browser, `check` names its problems.

What takes time to import is imported where it is used, so that `--help` and a mistyped option
answer at once and Ctrl-C is heeded from the first moment.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import shlex
import signal
import socket
import sys
import threading
import webbrowser
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dashboard.debate.problems import on_one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

PRODUCT = "Vehicle or Cure?"
DEBATE_VARIABLE = "DASHBOARD_DEBATE"
ON_THIS_MACHINE = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (by default the process's) and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows few characters is shown the others as \u2026 and the like.
        sys.stdout.reconfigure(errors="backslashreplace")
    asked = list(sys.argv[1:] if arguments is None else arguments)
    chosen = _parser().parse_args(_with_default_command(asked))
    if chosen.command == "check":
        return check(chosen.path)
    return serve(
        chosen.debate,
        chosen.host,
        chosen.port,
        open_browser=not chosen.no_browser,
        watching=chosen.watch,
    )


def check(folder: Path) -> int:
    """Print one line of counts and return 0, or one line for each problem and return 1.

    Also 1 where they cannot be printed.
    """
    from dashboard.debate.loading import count_line, load_debate  # noqa: PLC0415
    from dashboard.debate.problems import DebateError  # noqa: PLC0415

    try:
        debate = load_debate(folder)
    except DebateError as error:
        _is_said("".join(f"{problem}\n" for problem in error.problems))
        return 1
    return 0 if _is_said(f"{count_line(debate)}\n") else 1


def _is_said(text: str) -> bool:
    """Write to stdout all that waits and the text; give False where that fails, and say why.

    A reader who has left, such as `head`, has read enough: that is no failure.
    """
    try:
        print(text, end="", flush=True)
    except OSError as error:
        # What is left must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"What was to be said could not be written: {error.strerror}.", file=sys.stderr)
            return False
    return True


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
    from dashboard.server import serve as serve_app  # noqa: PLC0415

    def announce() -> None:
        _announce(address(host, port), open_browser=open_browser)
        if watching:
            _watch()

    try:
        serve_app(host, port, leaving.begin, announce)
    except DebateError as error:
        return _debate_obstacle(len(error.problems))


def _watch() -> None:
    from dashboard.open_debate import shelf  # noqa: PLC0415
    from dashboard.watching import watch  # noqa: PLC0415

    watch(shelf(), _is_said)


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

    folder = str(shelf().first_folder)
    problems, them = ("problem", "it") if count == 1 else ("problems", "them")
    check_it = f"python -m dashboard check {shlex.quote(folder)}"
    return f"The debate in {folder} has {count} {problems}; to see {them}, run: {check_it}"


def _announce(url: str, *, open_browser: bool) -> None:
    _is_said(f"{PRODUCT} is at {url} (press Ctrl-C to stop)\n")
    if open_browser and _has_display():
        threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()


def _has_display() -> bool:
    """Say whether a browser can open in a window and not in the terminal."""
    windowed = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}
    return sys.platform != "linux" or not windowed.isdisjoint(os.environ)


def _with_default_command(asked: list[str]) -> list[str]:
    known = {"serve", "check", "-h", "--help", "--version"}
    return asked if asked and asked[0] in known else ["serve", *asked]


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, without the usage around it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{on_one_line(message)}; see: python -m dashboard --help\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        super().exit(status if _is_said("") else 1, message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m dashboard",
        description=f"{PRODUCT} Compare positions in a scholarly debate, passage by passage.",
    )
    release = f"{PRODUCT} {version('vehicle-or-cure')}"
    parser.add_argument("--version", action="version", version=release)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="show a debate in the browser (the default)")
    serving.add_argument("--port", type=_port, default=8501, help="8501 by default", metavar="N")
    serving.add_argument(
        "--host", type=_host, default="localhost", help="localhost by default", metavar="H"
    )
    serving.add_argument("--no-browser", action="store_true", help="do not open a browser")
    serving.add_argument(
        "--debate",
        type=Path,
        help="a debate's folder, or a folder of such folders; by default the shipped ones",
        metavar="PATH",
    )
    serving.add_argument(
        "--watch", action="store_true", help="read edits as they are made, and list problems here"
    )
    checking = commands.add_parser("check", help="name every problem of a debate's files")
    checking.add_argument("path", type=Path, help="a debate's folder", metavar="PATH")
    return parser


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
