"""The command `import`: a page of quotes becomes a debate folder, whole or not at all."""

from __future__ import annotations

import argparse
import errno
import io
import shlex
import signal
import stat
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from dashboard.commands.notice import Notice
from dashboard.commands.schema_command import write_schemas
from dashboard.commands.spoken import as_json, is_said
from dashboard.debate.problems import on_one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from dashboard.debate.imported import Remark
    from dashboard.debate.problems import Problem

PAGE_MEGABYTES = 256
STANDARD_INPUT = "-"
_IN_MEMORY = 16 * 1024 * 1024
_SHOWN = 40
_HEADS = {"same": "Taken for one, to be checked by you:", "unsure": "Uncertain:"}
_STOPPED = 130

_EPILOG = """\
The page has this form, copied as plain text (UTF-8):

  the introduction, one or more lines
  In the library
  23 passages
  a quote
  a gloss on it
  Yalom, Irvin D., The Gift of Therapy, 2002thesis

and so on, three lines a passage; the last word of the third is its role. Blank lines do not
matter. Quotes and glosses are kept character for character. A page that is not of this form is
named with file and line, and nothing is written.

examples:
  python -m dashboard import page.txt --out my-debate
  python -m dashboard import - --out my-debate --title "Free will" < page.txt
  python -m dashboard import page.txt --out my-debate --json

exit codes: 0 the folder was made; 1 there are problems, and nothing was written; 2 the command
was mistyped; 130 it was stopped with Ctrl-C, and nothing was written
"""


def add_to(parsers: argparse._SubParsersAction[Any]) -> None:
    """Add `import` to the commands."""
    parser = parsers.add_parser(
        "import",
        help="make a debate folder from a page of quotes",
        description="Make a debate folder from a page of quotes.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("page", help="the page as a text file, or - for standard input")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="the folder to make; new or empty"
    )
    parser.add_argument("--title", type=_visible, metavar="TEXT", help="what the debate is called")
    parser.add_argument(
        "--roles",
        type=_roles,
        metavar="A,B,C",
        help="the words a citation may end in (thesis,supporting,aside)",
    )
    parser.add_argument(
        "--apart", action="store_true", help="take no two spellings for one person or work"
    )
    parser.add_argument(
        "--any-count",
        action="store_true",
        help="go on where the page declares another number of passages than it has",
    )
    parser.add_argument("--json", action="store_true", help="say all of it as one JSON object")


def run(asked: argparse.Namespace) -> int:
    """Import the page that was asked for, say what came of it and give the exit code."""
    with _stoppable():
        try:
            return _run(asked)
        except KeyboardInterrupt:
            print("Stopped; nothing was written.", file=sys.stderr)
            return _STOPPED


@contextmanager
def _stoppable() -> Iterator[None]:
    """Treat being told to end like Ctrl-C, so that nothing is left behind."""
    before: dict[int, Any] = {}
    asked_already: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked_already.append(number)
        # Asked again while it tidies up, it goes on tidying.
        if len(asked_already) == 1:
            raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Only the main thread of a process may do this.
        with suppress(ValueError):
            if number is not None:
                before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items() if not asked_already else ():
            signal.signal(number, handler)


def _run(asked: argparse.Namespace) -> int:
    from dashboard.commands.new_folder import PlaceError  # noqa: PLC0415
    from dashboard.debate.problems import DebateError  # noqa: PLC0415

    notice = Notice(sys.stderr)
    try:
        made = _make(asked, notice)
    except DebateError as error:
        notice.clear()
        _say_problems(asked, error.problems)
        return 1
    except PlaceError as error:
        notice.clear()
        print(on_one_line(f"{error}."), file=sys.stderr)
        return 1
    finally:
        notice.clear()
    return 0 if is_said(_report_json(asked, made) if asked.json else _report(asked, made)) else 1


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of it."""

    counted: str
    counts: dict[str, int]
    declared_line: int
    remarks: tuple[Remark, ...]


def _make(asked: argparse.Namespace, notice: Notice) -> _Made:
    from dashboard.commands.new_folder import new_folder  # noqa: PLC0415
    from dashboard.debate.loading import count_line, load_debate  # noqa: PLC0415
    from dashboard.debate.problems import DebateError, Problem  # noqa: PLC0415

    with new_folder(asked.out) as folder:
        # The texts are let go before the check reads them again: a page may be large.
        counts, declared_line, remarks = _fill(folder, asked, notice)
        try:
            debate = load_debate(folder, progress=notice.progress)
        except DebateError as error:
            words = f"no sound debate can be made of this page; {error.problems[0]}"
            raise DebateError((Problem(on_one_line(asked.page), 1, words),)) from error
    return _Made(count_line(debate, str(asked.out)), counts, declared_line, remarks)


def _fill(
    folder: Path, asked: argparse.Namespace, notice: Notice
) -> tuple[dict[str, int], int, tuple[Remark, ...]]:
    from dashboard.commands.new_folder import PlaceError  # noqa: PLC0415
    from dashboard.debate.debate_files import UNTITLED, write_files  # noqa: PLC0415
    from dashboard.debate.imported import imported  # noqa: PLC0415
    from dashboard.debate.page_reader import ROLES, read_page  # noqa: PLC0415
    from dashboard.debate.schema import SCHEMAS  # noqa: PLC0415

    roles = asked.roles or ROLES
    with _lines(asked.page) as (name, lines):
        page = read_page(lines, name, roles, any_count=asked.any_count, progress=notice.progress)
    found = imported(page, name, propose=not asked.apart, progress=notice.progress)
    notice.progress("passages being written", len(page.passages))
    try:
        write_files(folder, found, roles, asked.title or UNTITLED)
        write_schemas(folder / SCHEMAS)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise PlaceError(f"{asked.out} cannot be written: {reason}") from error
    counts = {
        "declared": page.declared,
        "passages": len(found.passages),
        "works": len(found.works),
        "authors": len(found.authors),
    }
    return counts, page.declared_line, found.remarks


@contextmanager
def _lines(page: str) -> Iterator[tuple[str, Iterator[str]]]:
    """Give the name and the lines of a page; raises `DebateError` where it is no clean text."""
    from dashboard.debate.problems import DebateError, Findings, Problem  # noqa: PLC0415
    from dashboard.debate.text_source import (  # noqa: PLC0415
        BOM_WORDS,
        CONTROL_CHARACTER,
        text_faults,
        unreadable,
    )

    name = "standard input" if page == STANDARD_INPUT else page
    if not _is_file(page):
        words = "this is not a file that can be read; to read from a pipe, give -"
        raise DebateError((Problem(on_one_line(name), 1, words),))
    findings = Findings()
    # A copy, since what is read from a pipe can be read only once, and a file may change.
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        try:
            if _copy(page, copy):
                findings.add(
                    name, 1, f"this is larger than {PAGE_MEGABYTES} MB, so it was not read"
                )
            else:
                for line, text in text_faults(copy, CONTROL_CHARACTER):
                    if text != BOM_WORDS:
                        findings.add(name, line, text)
        except OSError as error:
            findings.add(name, 1, unreadable(error))
        if findings:
            raise DebateError(findings.listed())
        copy.seek(0)
        with io.TextIOWrapper(copy, encoding="utf-8-sig", newline="\n") as lines:
            yield name, lines


def _is_file(page: str) -> bool:
    """Say whether a page can be opened without waiting for somebody to write into it.

    What is not there, or is a folder, says so by itself when it is opened.
    """
    if page == STANDARD_INPUT:
        return True
    try:
        kind = stat.S_IFMT(Path(page).stat().st_mode)
    except OSError:
        return True
    return kind in {stat.S_IFREG, stat.S_IFDIR}


def _copy(page: str, copy: IO[bytes]) -> bool:
    """Copy a page and say whether it is too large; its beginning is then what is read next."""
    with _opened(page) as source:
        left = PAGE_MEGABYTES * 1024 * 1024 + 1
        while left and (block := source.read(min(left, 1024 * 1024))):
            copy.write(block)
            left -= len(block)
    copy.seek(0)
    return not left


@contextmanager
def _opened(page: str) -> Iterator[BinaryIO]:
    if page != STANDARD_INPUT:
        with Path(page).open("rb") as source:
            yield source
    elif sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed")
    else:
        if sys.stdin.isatty():
            print("Paste the page here; end it with Ctrl-D on a line of its own.", file=sys.stderr)
        yield sys.stdin.buffer


def _say_problems(asked: argparse.Namespace, problems: tuple[Problem, ...]) -> None:
    if asked.json:
        listed = [asdict(problem) for problem in problems]
        is_said(as_json({"made": False, "folder": str(asked.out), "problems": listed}))
        return
    is_said("".join(f"{problem}\n" for problem in problems))
    if any(problem.text.startswith("the page says ") for problem in problems):
        print("If the declared number is wrong, add --any-count.", file=sys.stderr)


def _report(asked: argparse.Namespace, made: _Made) -> str:
    from dashboard.debate.debate_files import TO_DO  # noqa: PLC0415

    lines = [made.counted, *_count_difference(made)]
    for kind, head in _HEADS.items():
        remarks = [remark for remark in made.remarks if remark.kind == kind]
        lines += [head] if remarks else []
        lines += [on_one_line(f"  line {one.line}: {one.text}") for one in remarks[:_SHOWN]]
        if len(remarks) > _SHOWN:
            lines.append(f"  and {len(remarks) - _SHOWN:,} more; see {TO_DO} in the folder")
    name = shlex.quote(str(asked.out))
    lines += [
        f"Axis, schools and readings are left open for you; {TO_DO} in the folder lists all.",
        on_one_line(f"Check it:  python -m dashboard check {name}"),
        on_one_line(f"See it:    python -m dashboard --debate {name}"),
    ]
    return "\n".join(lines) + "\n"


def _count_difference(made: _Made) -> list[str]:
    declared, found = made.counts["declared"], made.counts["passages"]
    if declared == found:
        return []
    said = f"The page declares {declared:,} passages (line {made.declared_line})"
    return [f"{said}, but it has {found:,}."]


def _report_json(asked: argparse.Namespace, made: _Made) -> str:
    said = {
        kind: [{"line": one.line, "text": one.text} for one in made.remarks if one.kind == kind]
        for kind in _HEADS
    }
    counts: dict[str, object] = {"made": True, "folder": str(asked.out), **made.counts}
    return as_json(counts | {"taken_as_one": said["same"], "uncertain": said["unsure"]})


def _visible(text: str) -> str:
    from dashboard.debate.page_reader import is_seen  # noqa: PLC0415

    if is_seen(text) and text.isprintable():
        return text
    raise argparse.ArgumentTypeError("a title is visible text on one line")


def _roles(text: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.split(","))
    sound = all(word.isprintable() and 0 < len(word) <= 40 for word in words)
    if sound and len(set(words)) == len(words) <= 20:
        return words
    raise argparse.ArgumentTypeError(f"{shortened(text)} is not a list such as thesis,supporting")
