"""Where readings differ, where texts make no claim, and where glosses drift."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.debate.agreement import values_of
from dashboard.debate.positions import NOT_AGREED, READ, drift


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One text of one passage on which the readings differ.

    ``values`` holds what each reading of it gave (``None`` for no claim), ``apart`` how many
    steps the lowest and the highest lie apart (0 where they differ only in whether there is a
    claim).
    """

    passage: str
    text: str
    question: str
    values: Mapping[str, float | None]
    apart: float


def disagreements(readings: pd.DataFrame) -> tuple[Disagreement, ...]:
    """Return every text on which not all who read it gave the same, furthest apart first.

    ``readings`` has the columns passage, reading, text, question and value. A reading without a
    row for a text has not read it.
    """
    asked = readings[["text", "question"]].drop_duplicates().astype(str)
    found = [
        each
        for text, question in asked.itertuples(index=False)
        for each in _differing(readings, text, question)
    ]
    passages = readings["passage"].astype("category").cat.categories
    order = {passage: place for place, passage in enumerate(passages)}
    return tuple(sorted(found, key=lambda each: (-each.apart, order[each.passage])))


def _differing(readings: pd.DataFrame, text: str, question: str) -> Iterator[Disagreement]:
    values = values_of(readings, text, question)
    has_read = values_of(readings.assign(value=1.0), text, question).notna()
    low, high, given = values.min(axis=1), values.max(axis=1), values.count(axis=1)
    differ = (low < high) | ((given > 0) & (given < has_read.sum(axis=1)))
    names = [str(name) for name in values.columns]
    apart = (high - low)[differ].tolist()
    gave, who = values[differ].to_numpy().tolist(), has_read[differ].to_numpy().tolist()
    for passage, row, voted, steps in zip(values.index[differ], gave, who, apart, strict=True):
        told = {n: _given(v) for n, v, read in zip(names, row, voted, strict=True) if read}
        yield Disagreement(str(passage), text, question, told, steps)


def _given(value: float) -> float | None:
    return None if math.isnan(value) else value


@dataclass(frozen=True, slots=True)
class Drift:
    """A passage whose gloss makes another claim than its quote, and by how many steps."""

    passage: str
    quote: float
    gloss: float
    by: float


def drifts(table: pd.DataFrame) -> tuple[Drift, ...]:
    """Return the passages of the table whose gloss drifts from the quote, furthest first."""
    found = []
    for passage, quote, gloss in zip(
        table["passage"], table["quote_position"], table["gloss_position"], strict=True
    ):
        by = drift(float(quote), float(gloss))
        if by:
            found.append(Drift(str(passage), float(quote), float(gloss), by))
    return tuple(sorted(found, key=lambda each: -abs(each.by)))


def without_claim(table: pd.DataFrame, column: str) -> tuple[str, ...]:
    """Return the passages of the table of which it is agreed that ``column`` makes no claim."""
    silent = table[column].isna() & table[READ[column]] & ~table[NOT_AGREED[column]]
    return tuple(str(passage) for passage in table["passage"][silent])


def not_agreed(table: pd.DataFrame, column: str) -> tuple[str, ...]:
    """Return the passages whose readings are divided on whether ``column`` makes a claim."""
    return tuple(str(passage) for passage in table["passage"][table[NOT_AGREED[column]]])


def not_read(table: pd.DataFrame, column: str) -> tuple[str, ...]:
    """Return the passages of the table whose text for ``column`` no reading has read.

    A passage without a gloss has none that could be read.
    """
    unread = ~table[READ[column]]
    if column == "gloss_position":
        unread &= table["gloss"] != ""
    return tuple(str(passage) for passage in table["passage"][unread])
