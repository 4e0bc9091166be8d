"""What a command says and writes: answers on stdout, refusals in one sentence on stderr."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict

from dashboard.debate.problems import on_one_line

if TYPE_CHECKING:
    from typing import TypeAlias

    from dashboard.open_debate import OpenDebate

    Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

PRODUCT = "Vehicle or Cure?"
USUAL_EXITS = ("2  mistyped", "130  stopped with Ctrl-C")


class RefusedError(Exception):
    """A command cannot do what was asked; its text is one sentence for the one who asked."""


class Described(TypedDict):
    """What a command's own help says."""

    description: str
    epilog: str
    formatter_class: type[argparse.HelpFormatter]


def described(what: str, examples: Sequence[str], exits: Sequence[str]) -> Described:
    """Give what a command's help says: what it does, examples, and its exit codes."""
    parts = (("examples", examples), ("exit codes", [*exits, *USUAL_EXITS]))
    epilog = "\n\n".join("\n".join([f"{name}:", *(f"  {x}" for x in of)]) for name, of in parts)
    return Described(
        description=what,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def is_said(text: str) -> bool:
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


def are_said(lines: Sequence[str]) -> bool:
    """Write lines to stdout as `is_said` does, without signs that a terminal would obey."""
    return is_said("".join(f"{on_one_line(line)}\n" for line in lines))


def as_json(value: object) -> str:
    """Give a value as JSON with a line end, in signs that every terminal and encoding holds."""
    return json.dumps(value, indent=2) + "\n"


def reason(error: OSError) -> str:
    """Give in small letters why the system refused something."""
    return (error.strerror or "no reason given").lower()


def opened_at(folder: Path | None) -> OpenDebate:
    """Open a debate's folder, by default the shipped one.

    Raises `RefusedError` where it does not pass the check.
    """
    from dashboard.debate.problems import DebateError  # noqa: PLC0415
    from dashboard.open_debate import SHIPPED, open_folder  # noqa: PLC0415

    folder = SHIPPED if folder is None else folder
    # Of pathlib's questions some raise where a name is too long or a link leads to itself.
    if not os.path.isdir(folder):  # noqa: PTH112
        where = os.path.abspath(folder)  # noqa: PTH100
        raise RefusedError(f"There is no debate in {where}: no such folder.")
    try:
        return open_folder(folder)
    except DebateError as error:
        raise RefusedError(debate_obstacle(folder, len(error.problems))) from error


def debate_obstacle(folder: Path, count: int) -> str:
    """Say that a debate has so many problems, and where to see them."""
    problems, them = ("problem", "it") if count == 1 else ("problems", "them")
    check_it = f"python -m dashboard check {shlex.quote(str(folder))}"
    return f"The debate in {folder} has {count} {problems}; to see {them}, run: {check_it}"


def add_debate_option(parser: argparse.ArgumentParser) -> None:
    """Let a command be told of which debate; by default it is the shipped one."""
    parser.add_argument(
        "--debate",
        type=Path,
        help="a debate's folder; by default the shipped one",
        metavar="PATH",
    )


def file_to_write(path: Path, suffix: str) -> Path:
    """Give a path that may be written; raises `RefusedError` where its name ends otherwise.

    So a mistyped name never replaces a file of another kind.
    """
    if path.suffix.lower() != suffix:
        raise RefusedError(f"The name of what is written must end in {suffix}, not as in {path}.")
    return path


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of ``path`` once all of it is written, else leaves it.

    Raises `RefusedError` where the system does not let it be written.
    """
    draft = None
    try:
        if os.path.isdir(path):  # noqa: PTH112
            raise RefusedError(f"{path} is a folder; name a file.")
        file, draft = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".")  # noqa: PTH120
        with os.fdopen(file, "wb") as stream:
            yield stream
        _with_usual_permissions(draft)
        os.replace(draft, path)  # noqa: PTH105
        draft = None
    except OSError as error:
        raise RefusedError(f"{path} cannot be written: {reason(error)}.") from error
    finally:
        if draft:
            with suppress(OSError):
                os.unlink(draft)  # noqa: PTH108


def write(path: Path, text: str | bytes) -> None:
    """Write a file as a whole or not at all; raises `RefusedError` as `written` does."""
    with written(path) as stream:
        stream.write(text.encode(errors="replace") if isinstance(text, str) else text)


def folder_made(folder: Path) -> None:
    """Make a folder, and those above it, where it is not there; `RefusedError` where it cannot."""
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except FileExistsError as error:
        raise RefusedError(f"{folder} is a file; name a folder.") from error
    except OSError as error:
        raise RefusedError(f"{folder} cannot be made: {reason(error)}.") from error


def _with_usual_permissions(draft: str) -> None:
    """Give a draft the permissions of any new file: a temporary one is its owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    with suppress(OSError):
        os.chmod(draft, 0o666 & ~mask)  # noqa: PTH101


def refuse(error: RefusedError) -> int:
    """Say on stderr in one line why a command stops, and give its exit code."""
    print(on_one_line(str(error)), file=sys.stderr)
    return 1
