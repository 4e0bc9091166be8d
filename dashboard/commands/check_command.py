"""The command `check`: counts what a sound debate holds, or names its every problem."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.notice import Notice
from dashboard.commands.spoken import as_json, described, is_said

if TYPE_CHECKING:
    from dashboard.commands.spoken import Parsers
    from dashboard.debate.model import Debate
    from dashboard.debate.problems import Problem

EXAMPLES = (
    "python -m dashboard check my-debate",
    "python -m dashboard check my-debate --json",
    "python -m dashboard check all-my-debates",
)
EXITS = ("0  sound; one line counts what is in it", "1  one line for each problem: file:line: ...")


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Name every problem of a debate's files at once, or count what they hold. Only reads.\n"
        "In a folder of debates each is checked, and its name stands before what is said of it.\n"
        "Where it takes more than a second, a terminal shows on stderr how far it has come."
    )
    parser = parsers.add_parser(
        "check",
        help="name every problem of a debate's files",
        **described(what, EXAMPLES, EXITS),
    )
    parser.add_argument(
        "path", type=Path, help="a debate's folder, or a folder of them", metavar="PATH"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(asked: argparse.Namespace) -> int:
    """Print one line of counts and return 0, or one line for each problem and return 1.

    Also 1 where they cannot be printed.
    """
    from dashboard.debate.titles import debate_folders, is_debate_folder  # noqa: PLC0415

    folder: Path = asked.path
    names = () if is_debate_folder(folder) else debate_folders(folder)
    if not names:
        return _said(_checked(folder), as_json_text=asked.json)
    found = {name: _checked(folder / name) for name in names}
    sound = not any(isinstance(one, tuple) for one in found.values())
    if asked.json:
        debates = {name: _told(one) for name, one in found.items()}
        written = is_said(as_json({"sound": sound, "debates": debates}))
    else:
        written = is_said("".join(_lines(one, name) for name, one in found.items()))
    return 0 if sound and written else 1


def _said(found: Debate | tuple[Problem, ...], *, as_json_text: bool) -> int:
    written = is_said(as_json(_told(found)) if as_json_text else _lines(found))
    return 0 if written and not isinstance(found, tuple) else 1


def _checked(folder: Path) -> Debate | tuple[Problem, ...]:
    """Give a debate that is sound, else its problems."""
    from dashboard.debate.problems import DebateError  # noqa: PLC0415
    from dashboard.debate.side_by_side import load_side_by_side  # noqa: PLC0415

    notice = Notice(sys.stderr)
    try:
        return load_side_by_side(folder, progress=notice.progress)
    except DebateError as error:
        return error.problems
    finally:
        notice.clear()


def _lines(found: Debate | tuple[Problem, ...], name: str = "") -> str:
    """Give the line of counts or a line for each problem, after the name of one of several."""
    from dashboard.debate.loading import count_line  # noqa: PLC0415
    from dashboard.debate.problems import on_one_line  # noqa: PLC0415

    before = f"{on_one_line(name)}/" if name else ""
    if isinstance(found, tuple):
        return "".join(f"{before}{each}\n" for each in found)
    return f"{count_line(found, name)}\n"


def _told(found: Debate | tuple[Problem, ...]) -> dict[str, object]:
    if isinstance(found, tuple):
        return {"sound": False, "problems": [asdict(problem) for problem in found]}
    return _counts(found)


def _counts(debate: Debate) -> dict[str, object]:
    return {
        "sound": True,
        "title": debate.title,
        "version": debate.version,
        "passages": len(debate.passages),
        "works": len(debate.works),
        "authors": len(debate.authors),
        "readings": int(debate.readings["reading"].nunique()),
        "rows": len(debate.readings),
    }
