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
)
EXITS = ("0  sound; one line counts what is in it", "1  one line for each problem: file:line: ...")


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Name every problem of a debate's files at once, or count what they hold. Only reads.\n"
        "Where it takes more than a second, a terminal shows on stderr how far it has come."
    )
    parser = parsers.add_parser(
        "check",
        help="name every problem of a debate's files",
        **described(what, EXAMPLES, EXITS),
    )
    parser.add_argument("path", type=Path, help="a debate's folder", metavar="PATH")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(asked: argparse.Namespace) -> int:
    """Print one line of counts and return 0, or one line for each problem and return 1.

    Also 1 where they cannot be printed.
    """
    from dashboard.debate.loading import count_line, load_debate  # noqa: PLC0415
    from dashboard.debate.problems import DebateError  # noqa: PLC0415

    notice = Notice(sys.stderr)
    try:
        debate = load_debate(asked.path, progress=notice.progress)
    except DebateError as error:
        notice.clear()
        found = error.problems
        is_said(_found_json(found) if asked.json else "".join(f"{each}\n" for each in found))
        return 1
    finally:
        notice.clear()
    said = as_json(_counts(debate)) if asked.json else f"{count_line(debate)}\n"
    return 0 if is_said(said) else 1


def _found_json(problems: tuple[Problem, ...]) -> str:
    return as_json({"sound": False, "problems": [asdict(problem) for problem in problems]})


def _counts(debate: Debate) -> dict[str, object]:
    readings = debate.readings[["passage", "reading"]].drop_duplicates()
    return {
        "sound": True,
        "title": debate.title,
        "version": debate.version,
        "passages": len(debate.passages),
        "works": len(debate.works),
        "authors": len(debate.authors),
        "readings": len(readings),
        "rows": len(debate.readings),
    }
