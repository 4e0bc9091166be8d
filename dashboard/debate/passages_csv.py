"""Passages given as a table, where there are very many: passages.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from dashboard.debate.csv_source import clean_table, open_table, rows, separator_words, width_words
from dashboard.debate.model import Passage, Voice
from dashboard.debate.problems import quoted
from dashboard.debate.text_source import Report
from dashboard.debate.wording import Hints
from dashboard.debate.yaml_source import Mapping, Node, Plain, Scalar, Sequence

COLUMNS = [one.name for one in fields(Passage) if one.name != "note"]
NEEDED_COLUMNS = [
    one.name for one in fields(Passage) if one.default is MISSING and one.default_factory is MISSING
]

_LIST_SIGN = " | "
_VOICE = re.compile(r"(.+) (?:([0-9]{3,4})|([0-9]{1,4}) BC)", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_LISTS = {"constructs", "mechanisms", "decisive"}


class PassageTable:
    """Passages given as a table: one row a passage, columns named after its fields.

    Lists are separated by `` | ``; a voice is a name, or a name and a year, as
    "Plato 375 BC". An empty cell of a column that may be left out says that there is nothing.
    """

    def __init__(self, path: Path, hints: Hints, report: Report) -> None:
        self._path = path
        self._hints = hints
        self._report = report
        self.whole = True
        """Whether every row could be read; known for certain once all records were taken."""

    def records(self) -> Iterator[tuple[int, dict[str, Plain]]]:
        """Yield line and fields of each passage; ``report`` hears of rows that are none."""
        if not clean_table(self._path, self._hear):
            return
        with open_table(self._path) as lines:
            table = rows(lines, self._hear)
            line, header = next(table, (1, []))
            if self._sound_header(line, header):
                yield from self._records_of(header, table)

    def _records_of(
        self, header: list[str], table: Iterator[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, dict[str, Plain]]]:
        columns = [(name, name in NEEDED_COLUMNS, _reader(name)) for name in header]
        for line, row in table:
            if len(row) != len(header):
                self._hear(line, width_words(row, len(header)))
                continue
            record: dict[str, Plain] = {
                name: read(cell) if read else cell
                for (name, needed, read), cell in zip(columns, row, strict=True)
                if cell or needed
            }
            yield line, record

    def _hear(self, line: int, text: str) -> None:
        self.whole = False
        self._report(line, text)

    def _sound_header(self, line: int, header: list[str]) -> bool:
        separated = separator_words(",".join(header), COLUMNS)
        if separated:
            self._hear(line, separated)
            return False
        faults = [
            f"unknown column {quoted(name)}{self._hints(name, COLUMNS)}"
            for name in header
            if name not in COLUMNS
        ]
        faults += [
            f'the column "{name}" is missing' for name in NEEDED_COLUMNS if name not in header
        ]
        faults += [
            f'the column "{name}" is given twice' for name in COLUMNS if header.count(name) > 1
        ]
        for fault in faults if header else ["the file is empty"]:
            self._hear(line, fault)
        return not faults


def passage_of(record: dict[str, Plain]) -> Passage:
    """Give a row as a passage; raises pydantic's `ValidationError` where it does not fit."""
    built: dict[str, Any] = record.copy()
    for name in _LISTS & record.keys():
        built[name] = tuple(built[name])
    if "voices" in record:
        built["voices"] = tuple(Voice(**voice) for voice in built["voices"])
    return Passage(**built)


class _Cells(dict[str, Plain]):
    """What the cells of one column say; a cell that recurs is read once and kept once."""

    def __init__(self, read: Callable[[str], Plain]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> Plain:
        """Read a cell not met before."""
        value = self[cell] = self._read(cell)
        return value


def _texts(cell: str) -> Plain:
    return [*cell.split(_LIST_SIGN)]


def _voices(cell: str) -> Plain:
    return [_voice(text) for text in cell.split(_LIST_SIGN)]


def _voice(text: str) -> Plain:
    dated = _VOICE.fullmatch(text)
    if dated:
        return {"name": dated[1], "year": int(dated[2]) if dated[2] else -int(dated[3])}
    return {"name": text}


def _whole(cell: str) -> Plain:
    return int(cell) if _WHOLE.fullmatch(cell) else cell


def _reader(name: str) -> Callable[[str], Plain] | None:
    """Give what reads the cells of a column; None where a cell is the value itself.

    The cells of most columns recur, so each is read once and kept once; those of a few differ
    in nearly every row, and there is nothing to gain from remembering them.
    """
    if name in {"id", "quote", "gloss", "rationale"}:
        return None
    if name == "decisive":
        return _texts
    return _Cells(_READERS.get(name, str)).__getitem__


_READERS: dict[str, Callable[[str], Plain]] = {
    "confidence": _whole,
    "constructs": _texts,
    "mechanisms": _texts,
    "voices": _voices,
}


def node_of(value: Plain, line: int) -> Node:
    """Give a row as the tree that YAML would have given, all on one line."""
    if isinstance(value, list):
        return Sequence(line, [node_of(item, line) for item in value])
    if isinstance(value, dict):
        items = {key: node_of(item, line) for key, item in value.items()}
        return Mapping(line, items, dict.fromkeys(items, line))
    return Scalar(line, str(value), "whole" if isinstance(value, int) else "text")
