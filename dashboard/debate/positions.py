"""From readings to positions: agreed values, drift, spans, the middle passage.

The rule is the codebook's: the agreed value of a text is the median of its readings where at
least three of four gave one; otherwise the text makes no claim, which is not zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

MIDDLE_FROM = 3
"""From this many placed passages up, an author's middle passage is marked."""
CONTESTED_FROM = 2
"""Readings this far apart make a passage contested."""

_TEXTS = {
    "quote_position": ("quote", "position"),
    "gloss_position": ("gloss", "position"),
    "medium": ("both", "medium"),
}


class Span(NamedTuple):
    """The lowest and highest position among passages."""

    low: float
    high: float


def agreed_value(values: Iterable[float | None]) -> float | None:
    """Return the agreed value of one text.

    ``values`` holds one entry a reading, -2 to 2, ``None`` or NaN where a reading found no
    claim. Returns their median where at least three quarters gave one (three of four), else
    ``None``. The median of an even number of values may lie halfway between two steps.
    """
    everything = list(values)
    given = sorted(v for v in everything if v is not None and not math.isnan(v))
    if not given or len(given) < 0.75 * len(everything):
        return None
    half = len(given) // 2
    return float(given[half]) if len(given) % 2 else (given[half - 1] + given[half]) / 2


def agreed_values(
    readings: pd.DataFrame, passages: pd.Index[str], *, glosses: bool = True
) -> pd.DataFrame:
    """Return the agreed values of many passages at once.

    ``readings`` has the columns passage, reading, text, question and value (-2 to 2, missing
    for no claim). Returns one row for each of ``passages``, in that order, with the columns
    ``quote_position``, ``gloss_position``, ``medium`` (missing where there is no claim) and
    ``contested`` (whether any text's readings lie two or more apart). Without ``glosses`` the
    readings of glosses count for nothing.
    """
    readings = readings.assign(
        passage=readings["passage"].astype("category"),
        reading=readings["reading"].astype("category"),
    )
    coders = _coders(readings)
    columns: dict[str, pd.Series] = {}
    apart = pd.Series(0.0, index=passages)
    for column, (text, question) in _TEXTS.items():
        if text == "gloss" and not glosses:
            columns[column] = pd.Series(np.nan, index=passages)
            continue
        rows = readings[(readings["text"] == text) & (readings["question"] == question)]
        values = rows["value"].astype(float).groupby(rows["passage"], observed=True)
        enough = values.count() >= 0.75 * coders.reindex(values.count().index)
        columns[column] = values.median().where(enough).reindex(passages)
        if question == "position":
            distance = (values.max() - values.min()).reindex(passages).fillna(0.0)
            apart = apart.where(apart >= distance, distance)
    return pd.DataFrame({**columns, "contested": apart >= CONTESTED_FROM}, index=passages)


def _coders(readings: pd.DataFrame) -> pd.Series:
    """Return how many readings each passage had; a text left out is one without a claim."""
    passage, reading = readings["passage"].cat, readings["reading"].cat
    gave = np.zeros((len(passage.categories), len(reading.categories)), dtype=np.bool_)
    gave[passage.codes.to_numpy(), reading.codes.to_numpy()] = True
    return pd.Series(gave.sum(axis=1), index=passage.categories)


def drift(quote: float | None, gloss: float | None) -> float | None:
    """Return how many steps the gloss lies to the right of the quote.

    Negative to the left; ``None`` where one of them makes no claim.
    """
    if quote is None or gloss is None or math.isnan(quote) or math.isnan(gloss):
        return None
    return gloss - quote


def span(positions: Iterable[float | None]) -> Span | None:
    """Return the lowest and highest of ``positions``, or ``None`` without any claim."""
    claims = [p for p in positions if p is not None and not math.isnan(p)]
    return Span(min(claims), max(claims)) if claims else None


def middle(positions: Iterable[float | None]) -> float | None:
    """Return the middle passage's position from three placed passages up, else ``None``.

    With an even number it is the lower of the two middle ones: a passage, never a mean.
    """
    claims = sorted(p for p in positions if p is not None and not math.isnan(p))
    return claims[(len(claims) - 1) // 2] if len(claims) >= MIDDLE_FROM else None
