"""The command `new`: makes a debate's folder from a template, to be written over."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.schema_command import write_schemas
from dashboard.commands.spoken import (
    RefusedError,
    are_said,
    as_json,
    described,
    folder_made,
    is_said,
    reason,
    write,
)

if TYPE_CHECKING:
    from dashboard.commands.spoken import Parsers

TEMPLATE = Path(__file__).parent / "new_debate"
EXAMPLES = (
    "python -m dashboard new my-debate",
    "python -m dashboard check my-debate",
    "python -m dashboard --debate my-debate",
)
EXITS = ("0  made", "1  not made: the folder is not empty, or cannot be written")


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Make a debate of two invented authors, with a comment on every field, to be written\n"
        "over. It passes the check as it is. A folder that holds anything is left as it is."
    )
    parser = parsers.add_parser(
        "new", help="make a debate's folder to start from", **described(what, EXAMPLES, EXITS)
    )
    parser.add_argument("folder", type=Path, help="an empty or a new folder", metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="answer in JSON: the files made")


def run(asked: argparse.Namespace) -> int:
    """Make the folder and say what to do next; give 0."""
    folder: Path = asked.folder
    was_there = _is_empty_folder(folder)
    folder_made(folder)
    try:
        made = _fill(folder)
    except BaseException:
        # Half a debate would be in the way of the next try.
        _clear(folder, itself=not was_there)
        raise
    if asked.json:
        return 0 if is_said(as_json({"folder": str(folder), "files": made})) else 1
    name = shlex.quote(str(folder))
    lines = [
        f"A debate to write over lies in {folder}: {', '.join(made)}.",
        f"Check it:  python -m dashboard check {name}",
        f"See it:    python -m dashboard --debate {name}",
    ]
    return 0 if are_said(lines) else 1


def _is_empty_folder(folder: Path) -> bool:
    """Say whether an empty folder is there already; raises where something else is."""
    try:
        with os.scandir(folder) as found:
            if next(found, None) is None:
                return True
    except FileNotFoundError:
        return False
    except NotADirectoryError as error:
        raise RefusedError(f"{folder} is a file; name a new or an empty folder.") from error
    except OSError as error:
        raise RefusedError(f"{folder} cannot be read: {reason(error)}.") from error
    raise RefusedError(f"{folder} is not empty; name a new or an empty folder.")


def _fill(folder: Path) -> list[str]:
    from dashboard.debate.schema import (  # noqa: PLC0415
        SCHEMA_FILES,
        SCHEMAS,
        editor_line,
    )

    folder_made(folder / SCHEMAS)
    made = []
    for path in sorted(TEMPLATE.iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.name in SCHEMA_FILES:
            text = f"{editor_line(path.name, f'{SCHEMAS}/')}\n{text}"
        write(folder / path.name, text)
        made.append(path.name)
    write_schemas(folder / SCHEMAS)
    return made


def _clear(folder: Path, *, itself: bool) -> None:
    """Take away what was made, in a folder in which there was nothing before."""
    from dashboard.debate.schema import SCHEMAS  # noqa: PLC0415

    with suppress(OSError):
        shutil.rmtree(folder / SCHEMAS, ignore_errors=True)
        for path in TEMPLATE.iterdir():
            (folder / path.name).unlink(missing_ok=True)
        if itself:
            folder.rmdir()
