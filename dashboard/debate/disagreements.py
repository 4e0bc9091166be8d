"""Where readings differ, where texts make no claim, and where glosses drift."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.debate.agreement import values_of
from dashboard.debate.positions import drift


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One text of one passage on which the readings differ.

    ``values`` holds what each reading gave (``None`` for no claim), ``apart`` how many steps the
    lowest and the highest lie apart (0 where they differ only in whether there is a claim).
    """

    passage: str
    text: str
    question: str
    values: Mapping[str, float | None]
    apart: float


def disagreements(readings: pd.DataFrame) -> tuple[Disagreement, ...]:
    """Return every text on which not all readings gave the same, furthest apart first.

    ``readings`` has the columns passage, reading, text, question and value. A reading that gives
    nothing for a text which others read found no claim.
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
    low, high, given = values.min(axis=1), values.max(axis=1), values.count(axis=1)
    differ = (low < high) | ((given > 0) & (given < values.shape[1]))
    names = [str(name) for name in values.columns]
    apart = (high - low)[differ].tolist()
    rows = zip(values.index[differ], values[differ].to_numpy().tolist(), apart, strict=True)
    for passage, gave, steps in rows:
        told = dict(zip(names, map(_given, gave), strict=True))
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
    """Return the passages of the table without an agreed value in ``column``."""
    return tuple(str(passage) for passage in table["passage"][table[column].isna()])
