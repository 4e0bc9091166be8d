"""The command `export`: a read-only copy of a debate as files that any web host can serve."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.spoken import (
    RefusedError,
    add_debate_option,
    are_said,
    as_json,
    described,
    folder_made,
    is_said,
    opened_at,
    reason,
)

if TYPE_CHECKING:
    from dashboard.commands.spoken import Parsers

MARKER = "made-by-export.txt"
"""The list of the files of a copy, by which a later export knows what it may replace."""
SAYS = (
    "The files below were made by the command export of Vehicle or Cure? and are replaced by the "
    "next one. Anything else in this folder is left as it is."
)
EXAMPLES = (
    "python -m dashboard export --out site",
    "python -m dashboard export --debate my-debate --out site --json",
    "python -m http.server --directory site 8000      (to look at it)",
)
EXITS = ("0  written", "1  not written: one sentence says why; an older copy stays whole")
_NAME = re.compile(r"(assets/(fonts/)?)?\w[\w.-]*", re.ASCII)
_LONGEST_MARKER = 1_000_000


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Write a read-only copy as static files: the map with each mark a link, the passages with\n"
        "all that they rest on, a search, sources, method. It needs no server of its own, loads\n"
        "nothing from elsewhere, works below any address and opens from a disk. The folder must\n"
        "be new or empty or hold an older copy, of which only its own files are replaced. Above\n"
        "200 passages there are several pages of 200."
    )
    parser = parsers.add_parser(
        "export",
        help="write a read-only copy as static files",
        **described(what, EXAMPLES, EXITS),
    )
    add_debate_option(parser)
    parser.add_argument("--out", type=Path, required=True, help="a folder", metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(asked: argparse.Namespace) -> int:
    """Write the copy and say how large it is; give 0."""
    from dashboard.commands.static_copy import static_copy  # noqa: PLC0415

    out: Path = asked.out
    older = _older(out)
    opened = opened_at(asked.debate)
    with _draft_beside(out) as draft:
        names, size = [], 0
        for name, content in static_copy(opened):
            data = content.encode() if isinstance(content, str) else content
            _put(draft / name, data)
            names.append(name)
            size += len(data)
        _replace(out, older, draft, names)
    if asked.json:
        told = {"folder": str(out), "start": str(out / "index.html"), "files": len(names)}
        return 0 if is_said(as_json({**told, "bytes": size})) else 1
    line = f"{out}: {len(names)} files, {size / 1e6:.1f} MB. Open {out / 'index.html'}."
    return 0 if are_said([line]) else 1


def _older(out: Path) -> list[str]:
    """Return the files of an older copy; raises where something else lies there."""
    try:
        with os.scandir(out) as found:
            inside = {entry.name for entry in found}
    except FileNotFoundError:
        return []
    except NotADirectoryError as error:
        raise RefusedError(f"{out} is a file; name a folder.") from error
    except OSError as error:
        raise RefusedError(f"{out} cannot be read: {reason(error)}.") from error
    if not inside:
        return []
    if MARKER not in inside:
        raise RefusedError(
            f"{out} holds something that is no copy made by this command; name another folder."
        )
    _refuse_links(out)
    try:
        with (out / MARKER).open(encoding="utf-8") as stream:
            listed = stream.read(_LONGEST_MARKER).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(f"{out / MARKER} cannot be read; name another folder.") from error
    return [name for name in listed if _NAME.fullmatch(name) and name != MARKER]


def _refuse_links(out: Path) -> None:
    """Refuse a copy whose folders lead elsewhere: what lies there is not ours to replace."""
    for folder in ("assets", "assets/fonts"):
        if os.path.islink(out / folder):  # noqa: PTH114
            raise RefusedError(f"{out / folder} is a link to another place; take it out.")


@contextmanager
def _draft_beside(out: Path) -> Iterator[Path]:
    """Give a folder beside ``out`` to write into; it is gone at the end."""
    above = Path(os.path.abspath(out)).parent  # noqa: PTH100
    folder_made(above)
    draft = None
    try:
        draft = Path(tempfile.mkdtemp(dir=above, prefix=".export-"))
        yield draft
    except OSError as error:
        raise RefusedError(f"{out} cannot be written: {reason(error)}.") from error
    finally:
        if draft:
            shutil.rmtree(draft, ignore_errors=True)


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _replace(out: Path, older: list[str], draft: Path, names: list[str]) -> None:
    """Put the files of the draft in the place of those of an older copy."""
    foreign = [name for name in names if name not in older and os.path.lexists(out / name)]
    if foreign:
        raise RefusedError(
            f"{out / foreign[0]} was not made by this command and would be replaced; take it out."
        )
    folder_made(out)
    # Listed before they are there, so that what an interrupted export leaves can be replaced too.
    _put(out / MARKER, "\n".join([SAYS, "", *sorted({*names, *older}), ""]).encode())
    for name in names:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft / name, out / name)  # noqa: PTH105
    for name in set(older) - set(names):
        (out / name).unlink(missing_ok=True)
    _put(out / MARKER, "\n".join([SAYS, "", *sorted(names), ""]).encode())
