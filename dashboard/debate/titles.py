"""Which folders hold debates, and what each debate is called, without reading the rest of it."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from dashboard.debate.directions import isolated
from dashboard.debate.problems import on_one_line
from dashboard.debate.yaml_source import compose, yaml_text

HEAD = "debate.yaml"
LISTED_AT_MOST = 500
LONGEST_TITLE = 120
_LINE = re.compile(rb"^title:[ \t]+(\S[^\r\n]*)", re.MULTILINE)
_LOOKED_THROUGH = 64 * 1024


def is_debate_folder(folder: Path) -> bool:
    """Say whether a folder holds a debate, sound or not."""
    return os.path.isfile(folder / HEAD)  # noqa: PTH113 - pathlib's raises for some names


def debate_folders(folder: Path) -> tuple[str, ...]:
    """Return the names of the folders in ``folder`` that hold debates, in their order.

    At most `LISTED_AT_MOST`. Names that begin with a dot or cannot be printed are left out.
    """
    try:
        with os.scandir(folder) as found:
            names = sorted(
                entry.name
                for entry in found
                if not entry.name.startswith(".") and entry.name.isprintable()
            )
    except OSError:
        return ()
    debates = (name for name in names if is_debate_folder(folder / name))
    return tuple(name for name, _ in zip(debates, range(LISTED_AT_MOST), strict=False))


def title_of(folder: Path) -> str:
    """Return the title of the debate in a folder, or the folder's name where it has none."""
    try:
        state = (folder / HEAD).stat()
    except OSError:
        return folder.name
    return _title(folder, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2 * LISTED_AT_MOST)
def _title(folder: Path, _changed: int, _size: int) -> str:
    title = _on_its_line(folder / HEAD) or _in_whole(folder / HEAD) or folder.name
    title = on_one_line(" ".join(title.split()))
    return isolated(title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…")


def _on_its_line(file: Path) -> str:
    """Return the title where it stands on one line near the beginning, as it nearly always does."""
    try:
        with file.open("rb") as stream:
            found = _LINE.search(stream.read(_LOOKED_THROUGH))
        text = found.group(0).decode("utf-8") if found else ""
    except (OSError, UnicodeDecodeError):
        return ""
    return _title_in(text)


def _in_whole(file: Path) -> str:
    return _title_in(yaml_text(file, lambda *_: None) or "")


def _title_in(text: str) -> str:
    heard: list[int] = []
    node = compose(text, lambda line, _: heard.append(line)) if text else None
    plain = node.plain() if node and not heard else None
    title = plain.get("title") if isinstance(plain, dict) else None
    return title if isinstance(title, str) else ""
