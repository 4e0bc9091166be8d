"""What is fuzzed: bytes taken for a page, a debate's files, what is sent, readings, a plan.

Each function returns where all is well and raises where it is not: a sound input must hold
what it says, and an unsound one must be refused with lines, never with another exception.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from dashboard.debate.checks import Known
from dashboard.debate.codings import read_codings
from dashboard.debate.debate_files import write_files
from dashboard.debate.imported import imported
from dashboard.debate.loading import NAMES as SENT_NAMES
from dashboard.debate.loading import load_debate
from dashboard.debate.merging import agreements, differing, merged, write_codings
from dashboard.debate.model import Debate
from dashboard.debate.page_reader import read_page
from dashboard.debate.plan import activities_of, from_link, read_plan, to_link, write_plan
from dashboard.debate.problems import DebateError, Problem
from dashboard.debate.text_source import BOM_WORDS, CONTROL_CHARACTER, MEGABYTE, text_faults
from dashboard.debate.zip_source import (
    MOST_VALUES,
    UNPACKED_MEGABYTES,
    folder_of_files,
    folder_of_zip,
)
from tests.a_debate import FILES, PASSAGES_TABLE
from tests.pages import PAGE, SOURCE_PAGE

BETWEEN = b"\n===="
"""What parts the files of a folder in one input; the first byte after it says which comes."""

NAMES = sorted([*FILES, "passages.csv"])

MOST_MERGED = 4
"""So many files of readings are merged in one input."""

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


def try_zip(data: bytes) -> None:
    """Open bytes as a zip that somebody sends."""
    _try_sent(lambda: folder_of_zip(data))


def try_packed(data: bytes) -> None:
    """Open a zip with the names and contents that the bytes give, packed as a zip is.

    What is mutated in a zip itself rarely has a sum that is right; what is packed here always has.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, mode, content in _sent(data):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 28
            archive.writestr(info, content)
    _try_sent(lambda: folder_of_zip(packed.getvalue()))


def try_files(data: bytes) -> None:
    """Open files that somebody sends one by one, their names and contents as the bytes give."""
    _try_sent(lambda: folder_of_files([(name, content) for name, _, content in _sent(data)]))


def _sent(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Give name, kind and content of each file: a sign for the kind, a line with the name."""
    for part in data.split(BETWEEN)[1:]:
        name, _, content = part[1:].partition(b"\n")
        yield name.decode(errors="replace"), (part or b"\0")[0] & 0xF, content


def _try_sent(sent: Callable[[], AbstractContextManager[Path]]) -> None:
    """Open what is sent and load it: no files but a debate's own, and none left afterwards."""
    most = 1
    with _alone() as place:
        try:
            with sent() as folder:
                assert [*place.iterdir()] == [folder]
                most = _most_lines(folder)
                load_debate(folder, MOST_VALUES)
        except DebateError as error:
            _hold(error.problems, most)
        assert not [*place.iterdir()]


def try_merge(data: bytes) -> None:
    """Merge files of readings, the parts of the bytes; what comes of it is written and read back.

    Where "same" stands before the first of them, one name is one person in all.
    """
    first, *parts = data.split(BETWEEN)
    debate = a_debate()
    with tempfile.TemporaryDirectory(dir=SHELVES) as folder:
        files = [Path(folder) / f"{n}.csv" for n, _ in enumerate(parts[:MOST_MERGED])]
        if not files:
            return
        for file, content in zip(files, parts, strict=False):
            file.write_bytes(content)
        try:
            found = merged(files, debate, same_names=b"same" in first)
        except DebateError as error:
            _hold(error.problems, max(one.count(b"\n") for one in parts[:MOST_MERGED]) + 1)
            return
        rows = found.readings
        assert sum(one.rows for one in found.contributions) == len(rows)
        assert len({one.name for one in found.contributions}) == rows["reading"].nunique()
        apart = [each.apart for each in differing(rows, debate)]
        assert apart == sorted(apart, reverse=True)
        agreements(rows)
        out = Path(folder) / "merged.csv"
        with out.open("w", encoding="utf-8", newline="") as stream:
            write_codings(rows, stream)
        known = Known(passages={one.id: one.gloss is not None for one in debate.passages})
        again = read_codings(out, known, _is_sound).astype({"passage": str, "reading": str})
        names = ["passage", "reading", "value"]
        assert (
            again[names]
            .reset_index(drop=True)
            .equals(rows[names].astype({"value": again["value"].dtype}))
        )


def _is_sound(line: int, text: str) -> None:
    raise AssertionError(f"what was merged is refused: {line}: {text}")


def try_plan(data: bytes) -> None:
    """Read bytes as the file of a plan; what is read must be written and held by a link."""
    debate = a_debate()
    plan, problems = read_plan(data, debate)
    if plan is None:
        _hold(problems, data.count(b"\n") + 1)
        return
    assert not problems
    assert read_plan(write_plan(plan).encode(), debate) == (plan, ())
    steps = tuple(replace(step, notes=None) for step in plan.steps)
    passages = {passage.id for passage in debate.passages}
    assert from_link(to_link(steps), list(activities_of(debate)), passages) == (steps, ())


@cache
def a_debate() -> Debate:
    """Give the small debate."""
    with tempfile.TemporaryDirectory(dir=SHELVES) as folder:
        for name, text in FILES.items():
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
        return load_debate(Path(folder))


@contextmanager
def _alone() -> Iterator[Path]:
    """Give the folder in which temporary ones are made meanwhile, and nothing else is."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(dir=SHELVES) as place:
        tempfile.tempdir = place
        try:
            yield Path(place)
        finally:
            tempfile.tempdir = before


def _most_lines(folder: Path) -> int:
    """Give how many lines the longest file has; each is a plain one with a name of a debate's."""
    size, most = 0, 1
    for path in folder.iterdir():
        assert path.name in SENT_NAMES
        assert path.is_file()
        assert not path.is_symlink()
        content = path.read_bytes()
        size, most = size + len(content), max(most, content.count(b"\n") + 1)
    assert size <= UNPACKED_MEGABYTES * MEGABYTE
    return most


def _hold(problems: tuple[Problem, ...], most: int) -> None:
    """Every problem is one printable line and has a line that the input has."""
    assert problems
    for problem in problems:
        assert str(problem).isprintable(), problem
        assert 1 <= problem.line <= most, problem


TRIED: dict[str, Callable[[bytes], None]] = {
    "page": try_page,
    "folder": try_folder,
    "zip": try_zip,
    "packed": try_packed,
    "files": try_files,
    "merge": try_merge,
    "plan": try_plan,
}


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
    if name == "zip":
        return [zipped(zipfile.ZIP_STORED), zipped(zipfile.ZIP_DEFLATED)]
    if name in ("packed", "files"):
        return [as_sent(""), as_sent("debate/"), as_sent("a/debät/")]
    if name == "merge":
        codings = FILES["codings.csv"].encode()
        head = codings.partition(b"\n")[0]
        own = head + b"\np01,me,quote,position,1\np02,me,quote,position,\n"
        return [BETWEEN + own + BETWEEN + own, b"same" + BETWEEN + own + BETWEEN + codings]
    if name == "plan":
        return [PLAN.encode(), PLAN.replace("\n", "\r\n").encode()]
    whole = {**FILES, "passages.csv": PASSAGES_TABLE}
    return [as_input(file, text.encode()) for file, text in whole.items()] + [b""]


PLAN = """\
title: "An hour: for one"
steps:
  - activity: vote
    passages: [p01, "p02"]
    minutes: 20
    notes: |
      First alone,
      then aloud.
  - {activity: vote}
"""
"""The file of a plan for the small debate."""


def as_input(file: str, content: bytes) -> bytes:
    """Give the input that puts one file with this content into the folder."""
    return BETWEEN + bytes([NAMES.index(file)]) + content


def zipped(method: int) -> bytes:
    """Give a zip of the small debate, packed by a method of the zip format."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, text in FILES.items():
            # Without a time of now, so that each run begins with the same bytes.
            archive.writestr(zipfile.ZipInfo(f"debate/{name}"), text, method)
    return packed.getvalue()


def as_sent(within: str) -> bytes:
    """Give the input that sends the small debate, lying in some folder."""
    parts = (f"\x08{within}{name}\n{text}".encode() for name, text in FILES.items())
    return b"".join(BETWEEN + part for part in parts)
