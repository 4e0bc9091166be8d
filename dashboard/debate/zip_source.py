"""A debate from files that somebody sends: a zip, or a folder's files one by one.

Nothing that is sent is trusted. Names and sizes are judged before a byte is unpacked; then only
the files that a debate may have are written, under their own known names, into a folder that is
taken away again. Whatever is wrong is said by file, as when a folder is checked.
"""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from dashboard.debate.loading import NAMES, misnamed, rename_words
from dashboard.debate.problems import DebateError, Findings, quoted
from dashboard.debate.text_source import MEGABYTE

PACKED_MEGABYTES = 5
UNPACKED_MEGABYTES = 20
MOST_VALUES = 150_000
"""So many values the YAML files may hold together, which takes about a second to read and check:
as many as 3,000 passages have. What is larger gives its passages as passages.csv, which has no
such bound."""
MOST_ENTRIES = 1_000
HIGHEST_RATIO = 200
"""Text packs to a tenth of its size, rarely to a fiftieth; what packs tighter is there to burst."""
HEAD = "debate.yaml"
NAMELESS = "files"
"""What the whole of what was sent is called in a list of problems."""

_BLOCK = 64 * 1024
_SMALL = MEGABYTE // 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_ARCHIVES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
_OF_A_DEBATE = {".yaml", ".yml", ".csv"}
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    IndexError,
)
"""What Python's zipfile raises, by its sources, where a zip is not what it says it is."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file that was sent: its name as sent, how long it is, and how it is read."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]

    @property
    def last(self) -> str:
        """The name without the folders it lies in."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def lies_in(self) -> str:
        """The folders it lies in."""
        return self.name.rpartition("/")[0]


@contextmanager
def folder_of_zip(content: bytes) -> Iterator[Path]:
    """Give a folder with the debate that a zip holds, as long as it is needed.

    The debate may lie at the top of the zip or in one of its folders. ``DebateError`` with every
    problem of the zip itself; what is wrong with the debate's files is for ``load_debate`` to say.
    """
    findings = Findings()
    if len(content) > PACKED_MEGABYTES * MEGABYTE:
        findings.add(NAMELESS, 1, f"the zip is larger than {PACKED_MEGABYTES} MB")
        raise DebateError(findings.listed())
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _UNREADABLE:
        findings.add(NAMELESS, 1, "this is not a zip that can be read")
        raise DebateError(findings.listed()) from None
    with archive, _written(_in_zip(archive, findings), findings) as folder:
        yield folder


@contextmanager
def folder_of_files(files: Iterable[tuple[str, bytes]]) -> Iterator[Path]:
    """Give a folder with the debate that some files are, each with its name and content.

    A name may hold the folder it lies in. ``DebateError`` as for a zip.
    """
    findings = Findings()
    entries = []
    for name, content in files:
        if _may_be_named(name, findings):
            entries.append(_Entry(name, len(content), partial(BytesIO, content)))
    with _written(entries, findings) as folder:
        yield folder


def _in_zip(archive: zipfile.ZipFile, findings: Findings) -> Sequence[_Entry]:
    listed = archive.infolist()
    if len(listed) > MOST_ENTRIES:
        findings.add(NAMELESS, 1, f"the zip holds {len(listed):,} files; a debate has twelve")
        return ()
    entries = []
    for info in listed:
        if _may_be_opened(info, findings) and not info.is_dir():
            entries.append(_Entry(info.filename, info.file_size, partial(archive.open, info)))
    return entries


def _may_be_opened(info: zipfile.ZipInfo, findings: Findings) -> bool:
    # What zipfile calls the name ends at a NUL; the name as it was sent does not.
    name = info.orig_filename
    if not _may_be_named(name, findings):
        return False
    mode = info.external_attr >> 16
    if info.flag_bits & _ENCRYPTED:
        fault = "this is encrypted; send it without a password"
    elif stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        fault = "this is a link or a device; put the file itself here"
    elif Path(name).suffix.lower() in _ARCHIVES:
        fault = "an archive in the archive is not opened; put its files here"
    elif info.compress_type not in _METHODS:
        fault = "this is packed in a way that is not read; pack it as an ordinary zip"
    elif info.file_size > _SMALL and info.file_size > HIGHEST_RATIO * info.compress_size:
        fault = f"this unfolds to more than {HIGHEST_RATIO} times its size, as no text does"
    else:
        return True
    findings.add(name, 1, fault)
    return False


def _may_be_named(name: str, findings: Findings) -> bool:
    parts = name.split("/")
    if not name:
        findings.add(NAMELESS, 1, "one of the files has no name")
        return False
    if not name.isprintable():
        fault = "the name holds signs that cannot be seen"
    elif name.startswith("/") or "\\" in name or ":" in parts[0]:
        fault = "the name leads out of the zip or is written for another system; use plain names"
    elif ".." in parts:
        fault = "the name leads out of its folder"
    elif len(name) > 500:
        fault = "the name is too long"
    else:
        return True
    findings.add(name, 1, fault)
    return False


@contextmanager
def _written(entries: Sequence[_Entry], findings: Findings) -> Iterator[Path]:
    chosen = _of_the_debate(entries, findings)
    if findings:
        raise DebateError(findings.listed())
    with tempfile.TemporaryDirectory(prefix="debate-") as made:
        folder = Path(made)
        _write(chosen, folder, findings)
        if findings:
            raise DebateError(findings.listed())
        try:
            yield folder
        except DebateError as error:
            # A fault of the folder as a whole is said of what was sent, not of where it lies.
            problems = (
                replace(one, file=NAMELESS) if one.file == str(folder) else one
                for one in error.problems
            )
            raise DebateError(tuple(problems)) from None


def _of_the_debate(entries: Sequence[_Entry], findings: Findings) -> Sequence[_Entry]:
    """Return the files of the one debate among the entries; nothing is read yet."""
    # Systems add files and folders of their own, beginning with a dot or two underscores.
    seen = [entry for entry in entries if not _is_a_systems(entry.name)]
    heads = [entry for entry in seen if entry.last == HEAD]
    places = {entry.lies_in for entry in heads}
    if not places and findings:
        return ()  # What was refused may have been it.
    if not places:
        for entry in (one for one in seen if misnamed([one.last]).get(one.last) == HEAD):
            findings.add(entry.last, 1, rename_words(HEAD))
    if not places and findings:
        return ()
    if not places:
        findings.add(NAMELESS, 1, "there is no debate.yaml among the files")
        return ()
    if len(places) > 1:
        findings.add(NAMELESS, 1, "there is more than one debate.yaml; send one debate at a time")
        return ()
    (place,) = places
    chosen: dict[str, _Entry] = {}
    for entry in (one for one in seen if one.lies_in == place):
        if entry.last in chosen:
            findings.add(entry.last, 1, "this file is there twice")
        elif entry.last in NAMES:
            chosen[entry.last] = entry
        elif Path(entry.last).suffix.lower() in _OF_A_DEBATE:
            findings.add(entry.last, 1, f"unknown file{_looks_like(entry.last)}")
    for name, meant in misnamed([one.last for one in seen if one.lies_in == place]).items():
        findings.add(name, 1, rename_words(meant))
    size = sum(entry.size for entry in chosen.values())
    if size > UNPACKED_MEGABYTES * MEGABYTE:
        findings.add(NAMELESS, 1, f"the files are larger than {UNPACKED_MEGABYTES} MB together")
    return tuple(chosen.values())


def _is_a_systems(name: str) -> bool:
    return any(part.startswith((".", "__")) for part in name.split("/"))


def _looks_like(name: str) -> str:
    if not name.isascii():
        return "; its name holds signs that only look like Latin letters"
    meant = next((known for known in NAMES if known == name.lower().replace(".yml", ".yaml")), "")
    return f"; write {quoted(meant)}" if meant else ""


def _write(chosen: Sequence[_Entry], folder: Path, findings: Findings) -> None:
    left = UNPACKED_MEGABYTES * MEGABYTE
    for entry in chosen:
        try:
            with entry.open() as stream, (folder / entry.last).open("xb") as file:
                while block := stream.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        findings.add(NAMELESS, 1, "the files are larger than they say")
                        return
                    file.write(block)
        except _UNREADABLE:
            findings.add(entry.last, 1, "this cannot be unpacked; the zip is damaged")
