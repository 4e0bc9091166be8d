"""The readings of a debate: codings.csv as a checked table."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from dashboard.debate.checks import Known, unclear_words
from dashboard.debate.csv_source import clean_table, open_table, rows, separator_words, width_words
from dashboard.debate.lookalikes import Lookalikes
from dashboard.debate.model import Id
from dashboard.debate.problems import quoted
from dashboard.debate.text_source import Progress, Report, unheard

COLUMNS = ["passage", "reading", "text", "question", "value"]
TEXTS = ["quote", "gloss", "both"]
QUESTIONS = ["position", "medium"]
TEXTS_OF = {"position": ("quote", "gloss"), "medium": ("both",)}
"""A position is read in the quote and in the gloss apart, the medium in both together."""

_ROUND = 20_000
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_VALUES = {"": float("nan"), **{str(value): float(value) for value in range(-2, 3)}}
_PLACES = {("quote", "position"): 0, ("gloss", "position"): 1, ("both", "medium"): 2}
_ID: TypeAdapter[str] = TypeAdapter(Id)


def read_codings(
    path: Path,
    known: Known,
    report: Report,
    *,
    with_lines: bool = False,
    progress: Progress = unheard,
) -> pd.DataFrame:
    """Read the readings; every problem goes to ``report``.

    Gives a frame with one row for each text that a reading placed: passage, reading, text and
    question as categories, those of passage in the order of the debate, and value as a number,
    missing for no claim.
    ``with_lines`` adds the line of the file on which each row begins. ``progress`` hears, now and
    then, how many lines have been read.
    """
    codings = _Codings(known, report, progress)
    if not clean_table(path, report):
        return codings.frame()
    with open_table(path) as lines:
        header = lines.readline().rstrip("\r\n")
        if header != ",".join(COLUMNS):
            wanted = f"the first line must be {','.join(COLUMNS)}"
            report(1, separator_words(header, COLUMNS) or wanted)
            return codings.frame()
        codings.take(lines)
    codings.report_repeated()
    codings.report_glossless()
    return codings.frame().assign(line=codings.lines()) if with_lines else codings.frame()


def no_codings(known: Known) -> pd.DataFrame:
    """Give the frame of a debate without readings."""
    return _Codings(known, lambda _line, _text: None, unheard).frame()


class _Codings:
    """The readings as they are read, in arrays of small numbers and not as objects.

    A row is a passage and an answer: who read which text for which question, with what value.
    There are few different answers, so each is checked once, however many rows give it.
    """

    def __init__(self, known: Known, report: Report, progress: Progress) -> None:
        self._report = report
        self._progress = progress
        self._known = known
        self._passages = {name: code for code, name in enumerate(known.passages or ())}
        self._readings: dict[str, int] = {}
        self._met, self._first_line = Lookalikes(), dict[str, int]()
        self._answers: dict[tuple[str, ...], int] = {}
        self._answers_as_written: dict[str, int] = {}
        self._answer_reading, self._answer_place = array("i"), array("b")
        self._answer_value = array("f")
        self._passage, self._answer, self._line = array("i"), array("i"), array("i")

    def take(self, lines: Iterator[str]) -> None:
        """Take all lines after the first, and report what is wrong with each.

        A line without a quotation mark is its cells with commas between; from the first line
        with one, rows may span lines, and the slower reader of tables takes over.
        """
        passages, answers = self._passages, self._answers_as_written
        # A large debate has millions of rows, so each look-up that is spared is felt.
        take_passage, take_answer, take_line = (
            column.append for column in (self._passage, self._answer, self._line)
        )
        for line, text in enumerate(lines, 2):
            if '"' in text:
                for begun, row in rows(chain((text,), lines), self._report, line):
                    self._take_row(begun, row)
                return
            if line % _ROUND == 0:
                self._progress("lines of codings.csv read", line)
            name, _, written = text.partition(",")
            passage, answer = passages.get(name), answers.get(written)
            if passage is None or answer is None:
                self._take_new(line, text.rstrip("\r\n"), written)
                continue
            take_passage(passage)
            take_answer(answer)
            take_line(line)

    def _take_new(self, line: int, text: str, written: str) -> None:
        answer = self._take_row(line, text.split(",") if text else [])
        if answer is not None:
            self._answers_as_written[written] = answer

    def _take_row(self, line: int, row: list[str]) -> int | None:
        """Take one row and give the number of its answer, or report what is wrong with it."""
        if len(row) != len(COLUMNS):
            self._report(line, width_words(row, len(COLUMNS)))
            return None
        passage = self._passage_number(line, row[0])
        answer = self._answer_number(line, tuple(row[1:]))
        if passage is not None and answer is not None:
            self._passage.append(passage)
            self._answer.append(answer)
            self._line.append(line)
        return answer

    def frame(self) -> pd.DataFrame:
        """Give the readings as a table."""
        places, answer = list(_PLACES), np.asarray(self._answer)
        place = np.array(self._answer_place, dtype="int8")[answer]
        text = np.array([TEXTS.index(text) for text, _ in places], dtype="int8")
        question = np.array([QUESTIONS.index(question) for _, question in places], dtype="int8")
        reading = np.array(self._answer_reading, dtype="int32")[answer]
        return pd.DataFrame(
            {
                "passage": _categories(np.asarray(self._passage), list(self._passages)),
                "reading": _categories(reading, list(self._readings)),
                "text": _categories(text[place], TEXTS),
                "question": _categories(question[place], QUESTIONS),
                "value": np.array(self._answer_value, dtype="float32")[answer],
            }
        )

    def lines(self) -> np.ndarray[Any, Any]:
        """Give the line on which each row of the table begins."""
        return np.asarray(self._line)

    def report_repeated(self) -> None:
        """Report each row that answers again what an earlier one has answered."""
        answer = np.asarray(self._answer)
        asked = np.array(self._answer_reading, dtype="int64") * len(_PLACES) + self._answer_place
        key = np.array(self._passage, dtype="int64") * (len(self._readings) * len(_PLACES) + 1)
        key += asked[answer]
        repeated = np.flatnonzero(pd.Series(key).duplicated())
        if not len(repeated):
            return
        first = pd.Series(self._line).groupby(key).transform("first")
        for at in repeated:
            words = f"this repeats line {first[at]}: the same passage, reading, text and question"
            self._report(self._line[at], words)

    def report_glossless(self) -> None:
        """Report each reading of a gloss that its passage does not have."""
        if self._known.passages is None:
            return
        has_gloss = np.array([*self._known.passages.values()], dtype=bool)
        place = np.array(self._answer_place, dtype="int8")[np.asarray(self._answer)]
        faulty = (place == _PLACES["gloss", "position"]) & ~has_gloss[np.asarray(self._passage)]
        names = list(self._passages) if faulty.any() else []
        for at in np.flatnonzero(faulty):
            name = names[self._passage[at]]
            self._report(self._line[at], f"passage {name} has no gloss that could be read")

    def _passage_number(self, line: int, passage: str) -> int | None:
        number = self._passages.get(passage)
        if number is not None:
            return number
        if self._known.passages is None:
            return self._passages.setdefault(passage, len(self._passages))
        hint = self._known.hints(passage, self._passages)
        self._report(line, f"unknown passage {quoted(passage)}{hint}")
        return None

    def _answer_number(self, line: int, answer: tuple[str, ...]) -> int | None:
        known = self._answers.get(answer)
        if known is not None:
            return known
        reading, text, question, value = answer
        faults = [*_place_faults(text, question), *_reading_faults(reading), *_value_faults(value)]
        if reading not in self._first_line:
            self._first_line[reading] = line
            faults += unclear_words(
                reading, self._met, self._first_line, lambda first: f"on line {first}"
            )
        for fault in faults:
            self._report(line, fault)
        if faults:
            return None
        self._answer_reading.append(self._readings.setdefault(reading, len(self._readings)))
        self._answer_place.append(_PLACES[text, question])
        self._answer_value.append(_VALUES[value])
        return self._answers.setdefault(answer, len(self._answers))


def _place_faults(text: str, question: str) -> Iterator[str]:
    if text not in TEXTS:
        yield f"unknown text {quoted(text)}; it is quote, gloss or both"
    if question not in QUESTIONS:
        yield f"unknown question {quoted(question)}; it is position or medium"
    elif text in TEXTS and text not in TEXTS_OF[question]:
        yield f"question {question} goes with text {' or '.join(TEXTS_OF[question])}, not {text}"


def _reading_faults(reading: str) -> Iterator[str]:
    if not reading:
        yield "the reading is empty"
        return
    try:
        _ID.validate_python(reading)
    except ValidationError:
        words = "visible text on one line, at most 120 characters, without blanks at its ends"
        yield f"reading {quoted(reading)} is not {words}"


def _value_faults(value: str) -> Iterator[str]:
    if value in _VALUES:
        return
    if _WHOLE.fullmatch(value) and abs(int(value)) > 2:
        yield f"value {value} is outside -2..2"
    else:
        yield f"value {quoted(value)} is not -2, -1, 0, 1, 2 or empty"


def _categories(codes: np.ndarray[Any, Any], names: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, pd.Index(names, dtype="str"))
