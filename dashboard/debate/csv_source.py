"""Tables of a debate folder as rows that keep their line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from dashboard.debate.text_source import (
    BOM_WORDS,
    CONTROL_CHARACTER,
    MEGABYTE,
    Report,
    file_fault,
    is_clean,
    unreadable,
)

CSV_MEGABYTES = 512
LONGEST_CELL = MEGABYTE
# Excel separates by semicolons wherever the comma is the sign of decimals.
_IN_EXCEL = (
    " (in Excel: as CSV UTF-8, with the list separator of the system set to a comma; "
    "or replace each ; in a text editor)"
)


def clean_table(path: Path, report: Report) -> bool:
    """Say whether a table can be read at all; ``report`` hears why not, with the line.

    A byte order mark is no fault here: spreadsheets write one, and it changes no cell.
    """

    def hear(line: int, text: str) -> None:
        if text != BOM_WORDS:
            report(line, text)

    fault = file_fault(path, CSV_MEGABYTES)
    if fault:
        report(1, fault)
        return False
    try:
        with path.open("rb") as stream:
            return is_clean(stream, CONTROL_CHARACTER, hear)
    except OSError as error:
        report(1, unreadable(error))
        return False


def open_table(path: Path) -> TextIO:
    """Open a table that was found clean, with its line ends as they are."""
    return path.open(encoding="utf-8-sig", newline="")


def separator_words(header: str, columns: Collection[str]) -> str:
    """Say by what else than commas a first line separates known columns, else nothing."""
    for sign, name, how in ((";", "semicolons", _IN_EXCEL), ("\t", "tabs", "")):
        cells = [one.strip('"') for one in header.split(sign)]
        if len(cells) > 1 and cells[0] in columns and cells[1] in columns:
            wanted = "save the table with commas between them"
            return f"the columns are separated by {name}; {wanted}{how}"
    return ""


def rows(lines: Iterable[str], report: Report, first: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, and its cells.

    ``first`` is the number of the first of the lines. A row that breaks the quoting of the
    table ends the reading; ``report`` hears of it.
    """
    # The bound on a cell is one for the whole process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    reader = csv.reader(lines, strict=True)
    line = first
    try:
        for row in reader:
            yield line, row
            line = first + reader.line_num
    except csv.Error as error:
        report(line, _quoting_words(error))


def _quoting_words(error: csv.Error) -> str:
    if "limit" in str(error):
        return "a cell is longer than 1 MB; is a closing quotation mark missing?"
    if "unexpected end" in str(error):
        return "a quotation mark is opened and not closed"
    return 'a quotation mark stands inside a cell in quotes; write it twice: ""'


def width_words(row: list[str], wanted: int) -> str:
    """Say that a row has too many or too few cells."""
    if not row:
        return "this line is empty; take it out"
    return f"{len(row)} cells in a table of {wanted} columns"
