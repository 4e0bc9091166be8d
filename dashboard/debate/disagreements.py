"""Where readings differ, where texts make no claim, and where glosses drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

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
    if readings.empty:
        return ()
    asked = ["passage", "text", "question"]
    wide = readings.astype(dict.fromkeys([*asked, "reading"], str)).pivot(
        index=asked, columns="reading", values="value"
    )
    low, high, given = wide.min(axis=1), wide.max(axis=1), wide.count(axis=1)
    wide = wide[(low < high) | ((given > 0) & (given < wide.shape[1]))]
    found = [
        Disagreement(
            passage,
            text,
            question,
            dict(zip(wide.columns, map(_given, values), strict=True)),
            apart,
        )
        for (passage, text, question), values, apart in zip(
            wide.index.tolist(), wide.to_numpy(), (high - low)[wide.index].tolist(), strict=True
        )
    ]
    passages = readings["passage"].astype(str).unique()
    order = {passage: place for place, passage in enumerate(passages)}
    return tuple(sorted(found, key=lambda each: (-each.apart, order[each.passage])))


def _given(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


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
