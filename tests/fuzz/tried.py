"""What is fuzzed: bytes taken for a page, and bytes taken for the files of a debate folder.

Each function returns where all is well and raises where it is not: a sound input must hold
what it says, and an unsound one must be refused with lines, never with another exception.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from dashboard.debate.debate_files import write_files
from dashboard.debate.imported import imported
from dashboard.debate.loading import load_debate
from dashboard.debate.page_reader import read_page
from dashboard.debate.problems import DebateError, Problem
from dashboard.debate.text_source import BOM_WORDS, CONTROL_CHARACTER, text_faults
from tests.a_debate import FILES, PASSAGES_TABLE
from tests.pages import PAGE, SOURCE_PAGE

BETWEEN = b"\n===="
"""What parts the files of a folder in one input; the first byte after it says which comes."""

NAMES = sorted([*FILES, "passages.csv"])

SHELVES = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())


def try_page(data: bytes) -> None:
    """Import bytes as a page; what is imported must be written, pass the check and be the same."""
    faults = [text for _, text in text_faults(io.BytesIO(data), CONTROL_CHARACTER)]
    if set(faults) - {BOM_WORDS}:
        return
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="\n")
    try:
        page = read_page(lines, any_count=b"any" in data)
    except DebateError as error:
        _hold(error.problems, data.count(b"\n") + 1)
        return
    found = imported(page, propose=b"apart" not in data)
    with tempfile.TemporaryDirectory(dir=SHELVES) as folder:
        write_files(Path(folder), found)
        debate = load_debate(Path(folder))
    catalogued = {work.id: f"{work.catalogued}\n{work.notes}" for work in debate.works}
    for passage, written in zip(debate.passages, page.passages, strict=True):
        read = (passage.quote, passage.gloss, passage.role)
        assert read == (written.quote, written.gloss, written.role), passage.id
        assert written.citation in catalogued[passage.work], passage.id
    assert debate.library.essay == page.introduction


def try_folder(data: bytes) -> None:
    """Load the folder of a small debate, some of its files replaced by parts of the bytes."""
    files = {name: text.encode() for name, text in FILES.items()}
    for part in data.split(BETWEEN)[1:]:
        name = NAMES[(part[0] if part else 0) % len(NAMES)]
        files[name] = part[1:]
        if name == "passages.csv":
            files.pop("passages.yaml", None)
    with tempfile.TemporaryDirectory(dir=SHELVES) as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            load_debate(Path(folder))
        except DebateError as error:
            _hold(error.problems, max(content.count(b"\n") for content in files.values()) + 1)


def _hold(problems: tuple[Problem, ...], most: int) -> None:
    """Every problem is one printable line and has a line that the input has."""
    assert problems
    for problem in problems:
        assert str(problem).isprintable(), problem
        assert 1 <= problem.line <= most, problem


TRIED: dict[str, Callable[[bytes], None]] = {"page": try_page, "folder": try_folder}


def seeds(name: str) -> list[bytes]:
    """Give inputs to begin with."""
    if name == "page":
        page = SOURCE_PAGE.read_bytes()
        return [
            page,
            page.replace(b"\n", b"\r\n"),
            b"\n".join(page.split(b"\n")[:9]),
            PAGE.encode(),
        ]
    whole = {**FILES, "passages.csv": PASSAGES_TABLE}
    return [as_input(file, text.encode()) for file, text in whole.items()] + [b""]


def as_input(file: str, content: bytes) -> bytes:
    """Give the input that puts one file with this content into the folder."""
    return BETWEEN + bytes([NAMES.index(file)]) + content
