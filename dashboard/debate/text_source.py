"""Files as text: what may be opened at all, and whether its bytes are clean UTF-8."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

MEGABYTE = 1024 * 1024
Report = Callable[[int, str], None]
Progress = Callable[[str, int], None]
"""Hears what is being done and how many of them have been dealt with."""


def unheard(_doing: str, _done: int) -> None:
    """Hear of progress where nobody wants to know."""


_BLOCK = MEGABYTE
_BOM = "\ufeff"
BOM_WORDS = "the file begins with a byte order mark; save it as UTF-8 without one"
_ARCHIVE = b"PK\x03\x04"
_ARCHIVE_WORDS = "this is a Word file or another archive; save it as plain text (UTF-8)"
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
CONTROL_CHARACTER = re.compile(rf"[{_CONTROL}]|\r(?!\n)")
# YAML counts U+2028 and U+2029 as line ends, which editors do not: lines would no longer agree.
# The others cannot stand in a YAML file at all (YAML 1.1, 5.1, c-printable).
NOT_IN_YAML = re.compile(rf"[{_CONTROL}\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_NEVER_UNWANTED = bytes({*b"\t\n", *range(0x20, 0x100)} - {0x7F})
# How the UTF-8 of U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF begins.
_PERHAPS_UNWANTED = (b"\xc2", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef\xbb", b"\xef\xbf")
_NOT_A_FILE = {
    stat.S_IFLNK: "this is a link to another place; put the file itself here",
    stat.S_IFDIR: "this is a folder; a file belongs here",
}


def file_fault(path: Path, megabytes: int) -> str | None:
    """Say why a file may not be opened, or give None.

    Looks at the entry in the folder alone, never at the content: an oversize file is refused
    before a byte of it is read, and a link is not followed.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return "the file is missing"
    except OSError as error:
        return unreadable(error)
    if not stat.S_ISREG(status.st_mode):
        return _NOT_A_FILE.get(stat.S_IFMT(status.st_mode), "this is not a file that can be read")
    if status.st_size > megabytes * MEGABYTE:
        return f"the file is larger than {megabytes} MB, so it was not read"
    return None


def unreadable(error: OSError, what: str = "file") -> str:
    """Say in words that the system would not let a file or folder be read."""
    reason = (error.strerror or "no reason given").lower()
    return f"the {what} cannot be read: {reason}"


def read_text(path: Path, megabytes: int, unwanted: re.Pattern[str], report: Report) -> str | None:
    """Read a whole file; ``report`` hears of its faults, and with most of them it is None."""
    fault = file_fault(path, megabytes)
    if fault:
        report(1, fault)
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        report(1, unreadable(error))
        return None
    return content.decode("utf-8-sig") if is_clean(BytesIO(content), unwanted, report) else None


def is_clean(stream: BinaryIO, unwanted: re.Pattern[str], report: Report) -> bool:
    """Say whether what follows can be read on; after a byte order mark alone it can."""
    clean = True
    for line, text in text_faults(stream, unwanted):
        report(line, text)
        clean = clean and text == BOM_WORDS
    return clean


def text_faults(stream: IO[bytes], unwanted: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of everything that is not clean UTF-8 text.

    ``stream`` stands at its beginning and can be wound back to it. Of an archive, as Word files
    are, only that is said. Reads in blocks, so that a large file is never held as a whole. Stops
    at the first byte that is not UTF-8, because nothing after it can be trusted.
    """
    if stream.read(len(_ARCHIVE)) == _ARCHIVE:
        yield 1, _ARCHIVE_WORDS
        return
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, held_back, first = 1, "", True
    before = b""
    for block in iter(partial(stream.read, _BLOCK), b""):
        try:
            text = held_back + decoder.decode(block)
        except UnicodeDecodeError as error:
            yield _not_utf8(line, held_back, error)
            return
        if first and text.startswith(_BOM):
            yield 1, BOM_WORDS
            text = text[1:]
        first = first and not text
        # A carriage return at the end of a block may belong to the line feed of the next.
        held_back = "\r" if text.endswith("\r") else ""
        text = text[: len(text) - len(held_back)]
        if not _is_plain(before + block):
            yield from _unwanted(line, text, unwanted)
        before = (before + block[-3:])[-3:]
        line += text.count("\n")
    if held_back:
        yield line, _character("\r")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        yield _not_utf8(line, "", error)


def _not_utf8(line: int, held_back: str, error: UnicodeDecodeError) -> tuple[int, str]:
    good = error.object[: error.start]
    line += held_back.count("\n") + good.count(b"\n")
    return line, f"this is not UTF-8 text (byte {error.object[error.start]:02X}); save it as UTF-8"


def _is_plain(content: bytes) -> bool:
    """Say whether bytes are certain to hold nothing unwanted.

    Nearly all do, and this is thirty times quicker than the search that finds out where. The
    bytes begin with the last few of the block before, so that no character is cut in two.
    """
    returns = content.translate(None, _NEVER_UNWANTED)
    if returns.strip(b"\r") or len(returns) != content.count(b"\r\n"):
        return False
    return not any(beginning in content for beginning in _PERHAPS_UNWANTED)


def _unwanted(line: int, text: str, unwanted: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    counted = 0
    for match in unwanted.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield line, _character(match.group())


def _character(character: str) -> str:
    return f"a character that cannot be seen stands here (U+{ord(character):04X}); take it out"
