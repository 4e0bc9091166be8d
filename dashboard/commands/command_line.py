"""The command line: which commands there are, and how each is found and run.

Each command is a module with ``add_to(parsers)``, which says what may be asked of it, and
``run(asked)``, which does it and gives the exit code. What takes time to import is imported
where it is used, so that `--help` and a mistyped option answer at once and Ctrl-C is heeded from
the first moment.
"""

from __future__ import annotations

import argparse
import io
import sys
from difflib import get_close_matches
from importlib.metadata import version
from typing import TYPE_CHECKING, NoReturn

from dashboard.commands import (
    check_command,
    export_command,
    handout_command,
    import_command,
    merge_command,
    new_command,
    schema_command,
    serve_command,
)
from dashboard.commands.spoken import PRODUCT, RefusedError, is_said, refuse
from dashboard.debate.problems import on_one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "serve": serve_command,
    "check": check_command,
    "new": new_command,
    "import": import_command,
    "schema": schema_command,
    "merge": merge_command,
    "handout": handout_command,
    "export": export_command,
}
"""Every command by its name, in the order in which the help names them; add a new one here."""
DEFAULT = "serve"
STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (by default the process's) and return its exit code.

    0: done. 1: refused, or what was asked about has problems; the answer or one sentence on
    stderr says why. 2: mistyped. 130: stopped with Ctrl-C (`serve` then gives 0).
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows few characters is shown the others as \u2026 and the like.
        sys.stdout.reconfigure(errors="backslashreplace")
    asked = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if asked and asked[0] not in COMMANDS and not asked[0].startswith("-"):
        parser.error(_unknown_command(asked[0]))
    chosen = parser.parse_args(_with_default_command(asked))
    try:
        return int(COMMANDS[chosen.command].run(chosen))
    except RefusedError as error:
        return refuse(error)
    except KeyboardInterrupt:
        refuse(RefusedError("Stopped."))
        return STOPPED


def _unknown_command(name: str) -> str:
    nearest = get_close_matches(name, COMMANDS, 1)
    hint = f', did you mean "{nearest[0]}"?' if nearest else ""
    return f"there is no command {quoted(name)}{hint}"


def _with_default_command(asked: list[str]) -> list[str]:
    known = {*COMMANDS, "-h", "--help", "--version"}
    return asked if asked and asked[0] in known else [DEFAULT, *asked]


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, without the usage around it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{on_one_line(message)}; see: python -m dashboard --help\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        super().exit(status if is_said("") else 1, message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m dashboard",
        description=f"{PRODUCT} Compare positions in a scholarly debate, passage by passage.",
        epilog="For examples and exit codes of a command: python -m dashboard COMMAND --help",
    )
    release = f"{PRODUCT} {version('vehicle-or-cure')}"
    parser.add_argument("--version", action="version", version=release)
    parsers = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS.values():
        command.add_to(parsers)
    return parser
