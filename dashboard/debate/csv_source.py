"""Tables of a debate folder: the readings, and passages where there are very many."""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from dashboard.debate.checks import Known
from dashboard.debate.model import Id, Passage
from dashboard.debate.problems import quoted
from dashboard.debate.text_source import (
    CONTROL_CHARACTER,
    MEGABYTE,
    Report,
    file_fault,
    text_faults,
    unreadable,
)
from dashboard.debate.wording import Hints
from dashboard.debate.yaml_source import Mapping, Node, Plain, Scalar, Sequence

CSV_MEGABYTES = 512
LONGEST_CELL = MEGABYTE

CODING_COLUMNS = ["passage", "reading", "text", "question", "value"]
TEXTS = ["quote", "gloss", "both"]
QUESTIONS = ["position", "medium"]
TEXTS_OF = {"position": ("quote", "gloss"), "medium": ("both",)}
"""A position is read in the quote and in the gloss apart, the medium in both together."""

PASSAGE_COLUMNS = [one.name for one in fields(Passage) if one.name != "note"]
NEEDED_COLUMNS = [
    one.name for one in fields(Passage) if one.default is MISSING and one.default_factory is MISSING
]

_LIST_SIGN = " | "
_VOICE = re.compile(r"(.+) ([0-9]{4})", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_VALUES = {"": float("nan"), **{str(value): float(value) for value in range(-2, 3)}}
_PLACES = {("quote", "position"): 0, ("gloss", "position"): 1, ("both", "medium"): 2}
_GLOSS = 1
_ID: TypeAdapter[str] = TypeAdapter(Id)


def clean_table(path: Path, report: Report) -> bool:
    """Say whether a table can be read at all; ``report`` hears why not, with the line."""
    fault = file_fault(path, CSV_MEGABYTES)
    if fault:
        report(1, fault)
        return False
    clean = True
    try:
        with path.open("rb") as stream:
            for line, text in text_faults(stream, CONTROL_CHARACTER):
                report(line, text)
                clean = clean and "byte order mark" in text
    except OSError as error:
        report(1, unreadable(error))
        return False
    return clean


def rows(path: Path, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, and its cells, the header first.

    A row that breaks the quoting of the table ends the reading; ``report`` hears of it.
    """
    # The bound on a cell is one for the whole process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            report(line, _quoting_words(error))


def _quoting_words(error: csv.Error) -> str:
    if "limit" in str(error):
        return "a cell is longer than 1 MB; is a closing quotation mark missing?"
    if "unexpected end" in str(error):
        return "a quotation mark is opened and not closed"
    return 'a quotation mark stands inside a cell in quotes; write it twice: ""'


def read_codings(path: Path, known: Known, report: Report) -> pd.DataFrame:
    """Read the readings; every problem goes to ``report``.

    Gives a frame with one row a reading: passage, reading, text and question as categories,
    those of passage in the order of the debate, and value as a number, missing for no claim.
    """
    codings = _Codings(known, report)
    if not clean_table(path, report):
        return codings.frame()
    table = rows(path, report)
    line, header = next(table, (1, []))
    if header != CODING_COLUMNS:
        report(line, f"the first line must be {','.join(CODING_COLUMNS)}")
        return codings.frame()
    for line, row in table:
        codings.take(line, row)
    codings.report_repeated()
    return codings.frame()


def no_codings(known: Known) -> pd.DataFrame:
    """Give the frame of a debate without readings."""
    return _Codings(known, lambda _line, _text: None).frame()


class _Codings:
    """The readings as they are read, in arrays of small numbers and not as objects."""

    def __init__(self, known: Known, report: Report) -> None:
        self._report = report
        self._known = known
        self._passages = {name: code for code, name in enumerate(known.passages or ())}
        self._readings: dict[str, int] = {}
        self._passage, self._reading = array("i"), array("i")
        self._place, self._value = array("b"), array("f")
        self._line = array("i")

    def take(self, line: int, row: list[str]) -> None:
        """Take one row, or report what is wrong with it."""
        if len(row) != len(CODING_COLUMNS):
            self._report(line, width_words(row, len(CODING_COLUMNS)))
            return
        passage, reading, text, question, value = row
        place = _PLACES.get((text, question))
        number = _VALUES.get(value)
        if passage not in self._passages or place is None or number is None:
            self._report_row(line, row)
            return
        if place == _GLOSS and not self._has_gloss(passage):
            self._report(line, f"passage {passage} has no gloss that could be read")
            return
        self._passage.append(self._passages[passage])
        self._reading.append(self._reading_code(line, reading))
        self._place.append(place)
        self._value.append(number)
        self._line.append(line)

    def frame(self) -> pd.DataFrame:
        """Give the readings as a table."""
        places = list(_PLACES)
        text = np.array([TEXTS.index(text) for text, _ in places], dtype="int8")
        question = np.array([QUESTIONS.index(question) for _, question in places], dtype="int8")
        place = np.asarray(self._place)
        return pd.DataFrame(
            {
                "passage": _categories(np.asarray(self._passage), list(self._passages)),
                "reading": _categories(np.asarray(self._reading), list(self._readings)),
                "text": _categories(text[place], TEXTS),
                "question": _categories(question[place], QUESTIONS),
                "value": np.array(self._value, dtype="float32"),
            }
        )

    def report_repeated(self) -> None:
        """Report each row that answers again what an earlier one has answered."""
        key = np.array(self._passage, dtype="int64")
        key = (key * (len(self._readings) + 1) + self._reading) * len(_PLACES) + self._place
        repeated = np.flatnonzero(pd.Series(key).duplicated())
        if not len(repeated):
            return
        first = pd.Series(self._line).groupby(key).transform("first")
        for at in repeated:
            words = f"this repeats line {first[at]}: the same passage, reading, text and question"
            self._report(self._line[at], words)

    def _report_row(self, line: int, row: list[str]) -> None:
        passage, _reading, text, question, value = row
        if passage not in self._passages:
            if self._known.passages is None:
                self._passages[passage] = len(self._passages)
            else:
                hint = self._known.hints(passage, self._passages)
                self._report(line, f"unknown passage {quoted(passage)}{hint}")
        self._report_place(line, text, question)
        if value not in _VALUES:
            self._report(line, _value_words(value))

    def _report_place(self, line: int, text: str, question: str) -> None:
        if text not in TEXTS:
            self._report(line, f"unknown text {quoted(text)}; it is quote, gloss or both")
        if question not in QUESTIONS:
            self._report(line, f"unknown question {quoted(question)}; it is position or medium")
        elif text in TEXTS and text not in TEXTS_OF[question]:
            wanted = " or ".join(TEXTS_OF[question])
            self._report(line, f"a {question} is read in {wanted}, not in {text}")

    def _has_gloss(self, passage: str) -> bool:
        return self._known.passages is None or self._known.passages[passage]

    def _reading_code(self, line: int, reading: str) -> int:
        code = self._readings.get(reading)
        if code is None:
            code = self._readings[reading] = len(self._readings)
            if not _is_id(reading):
                words = "visible text on one line, without blanks at its ends"
                self._report(line, f"reading {quoted(reading)} is not {words}")
        return code


def width_words(row: list[str], wanted: int) -> str:
    """Say that a row has too many or too few cells."""
    if not row:
        return "this line is empty; take it out"
    return f"{len(row)} cells in a table of {wanted} columns"


def _is_id(text: str) -> bool:
    try:
        _ID.validate_python(text)
    except ValidationError:
        return False
    return True


def _value_words(value: str) -> str:
    if _WHOLE.fullmatch(value) and abs(int(value)) > 2:
        return f"value {value} is outside -2..2"
    return f"value {quoted(value)} is not -2, -1, 0, 1, 2 or empty"


def _categories(codes: np.ndarray[Any, Any], names: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, pd.Index(names, dtype="str"))


class PassageTable:
    """Passages given as a table: one row a passage, columns named after its fields.

    Lists are separated by `` | ``; a voice is a name, or a name and a year. An empty cell of
    a column that may be left out says that there is nothing.
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
        table = rows(self._path, self._hear)
        line, header = next(table, (1, []))
        if not self._sound_header(line, header):
            return
        for line, row in table:
            if len(row) == len(header):
                yield line, _record(header, row)
            else:
                self._hear(line, width_words(row, len(header)))

    def _hear(self, line: int, text: str) -> None:
        self.whole = False
        self._report(line, text)

    def _sound_header(self, line: int, header: list[str]) -> bool:
        faults = [
            f"unknown column {quoted(name)}{self._hints(name, PASSAGE_COLUMNS)}"
            for name in header
            if name not in PASSAGE_COLUMNS
        ]
        faults += [
            f'the column "{name}" is missing' for name in NEEDED_COLUMNS if name not in header
        ]
        faults += [
            f'the column "{name}" is given twice'
            for name in PASSAGE_COLUMNS
            if header.count(name) > 1
        ]
        for fault in faults if header else ["the file is empty"]:
            self._hear(line, fault)
        return not faults


def _record(header: list[str], row: list[str]) -> dict[str, Plain]:
    record: dict[str, Plain] = {}
    for name, cell in zip(header, row, strict=True):
        if cell or name in NEEDED_COLUMNS:
            read = _CELLS.get(name)
            record[name] = read(cell) if read else cell
    return record


def _texts(cell: str) -> Plain:
    return [*cell.split(_LIST_SIGN)]


def _voices(cell: str) -> Plain:
    return [_voice(text) for text in cell.split(_LIST_SIGN)]


def _voice(text: str) -> Plain:
    dated = _VOICE.fullmatch(text)
    if dated:
        return {"name": dated[1], "year": int(dated[2])}
    return {"name": text}


def _whole(cell: str) -> Plain:
    return int(cell) if _WHOLE.fullmatch(cell) else cell


_CELLS: dict[str, Callable[[str], Plain]] = {
    "confidence": _whole,
    "constructs": _texts,
    "mechanisms": _texts,
    "voices": _voices,
    "decisive": _texts,
}


def node_of(value: Plain, line: int) -> Node:
    """Give a row as the tree that YAML would have given, all on one line."""
    if isinstance(value, list):
        return Sequence(line, [node_of(item, line) for item in value])
    if isinstance(value, dict):
        items = {key: node_of(item, line) for key, item in value.items()}
        return Mapping(line, items, dict.fromkeys(items, line))
    return Scalar(line, str(value), "whole" if isinstance(value, int) else "text")
