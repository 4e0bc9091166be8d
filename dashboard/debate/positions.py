"""From readings to positions: agreed values, drift, spans, the middle passage.

The rule is the codebook's: the agreed value of a text is the median of its readings where at
least three of four gave one; otherwise the text makes no claim, which is not zero. A reading that
has no row for a text has not read it and has no vote; a text that no reading has a row for is not
read, which is not the same as making no claim. Where neither three of four gave a value nor three
of four found no claim, the text lies with those of no claim by that rule, and is said to be not
agreed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MIDDLE_FROM = 3
"""From this many placed passages up, an author's middle passage is marked."""
CONTESTED_FROM = 2
"""Readings this far apart make a passage contested."""

_TEXTS = {
    "quote_position": ("quote", "position"),
    "gloss_position": ("gloss", "position"),
    "medium": ("both", "medium"),
}
READ = {"quote_position": "quote_read", "gloss_position": "gloss_read", "medium": "medium_read"}
"""For each column of agreed values the one that says whether any reading has read the text."""
NOT_AGREED = {
    "quote_position": "quote_not_agreed",
    "gloss_position": "gloss_not_agreed",
    "medium": "medium_not_agreed",
}
"""For each column of agreed values the one that says whether it is open if there is a claim."""


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
    ``quote_position``, ``gloss_position``, ``medium`` (missing where there is no claim),
    ``quote_read``, ``gloss_read``, ``medium_read`` (whether any reading has read it),
    ``quote_not_agreed``, ``gloss_not_agreed``, ``medium_not_agreed`` (whether too many readings
    found a claim for none, and too few for one) and ``contested`` (whether any text's readings
    lie two or more apart). Without ``glosses`` the readings of glosses count for nothing.
    """
    passage, reading = (readings[n].astype("category").cat for n in ("passage", "reading"))
    rows, columns = passage.codes.to_numpy(), reading.codes.to_numpy()
    shape = (max(len(passage.categories), 1), len(reading.categories))
    agreed: dict[str, NDArray[np.float64]] = {}
    read: dict[str, NDArray[np.bool_]] = {}
    open_: dict[str, NDArray[np.bool_]] = {}
    contested = np.zeros(len(passages), dtype=np.bool_)
    places = passage.categories.get_indexer(passages)
    for column, (text, question) in _TEXTS.items():
        asked = (readings["text"] == text) & (readings["question"] == question)
        here = asked.to_numpy() & (glosses or text != "gloss")
        values = np.full(shape, np.nan, dtype=np.float32)
        values[rows[here], columns[here]] = readings["value"].to_numpy()[here]
        gave = np.zeros(shape, dtype=np.bool_)
        gave[rows[here], columns[here]] = True
        votes, claims = gave.sum(axis=1), (~np.isnan(values)).sum(axis=1)
        middles, distances = _middles_and_distances(values, 0.75 * votes)
        split = np.maximum(claims, votes - claims) < 0.75 * votes
        agreed[column] = np.where(places >= 0, middles[places], np.nan)
        read[READ[column]] = (places >= 0) & (votes[places] > 0)
        open_[NOT_AGREED[column]] = (places >= 0) & split[places]
        if question == "position":
            contested |= (places >= 0) & (distances[places] >= CONTESTED_FROM)
    return pd.DataFrame({**agreed, **read, **open_, "contested": contested}, index=passages)


def _middles_and_distances(
    values: NDArray[np.float32], enough: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each row's median, missing where fewer than ``enough`` gave a value, and its range.

    The rows of ``values`` are sorted in place.
    """
    if not values.size:
        return np.full(len(values), np.nan), np.zeros(len(values))
    values.sort(axis=1)  # missing ones last
    given = (~np.isnan(values)).sum(axis=1)
    row, last = np.arange(len(values)), np.maximum(given - 1, 0)
    low, high = values[row, last // 2], values[row, np.minimum(given // 2, last)]
    middles = np.where((given > 0) & (given >= enough), (low + high) / 2, np.nan)
    distances = np.where(given > 0, values[row, last] - values[row, 0], 0.0)
    return middles.astype(float), distances.astype(float)


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
