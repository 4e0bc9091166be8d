"""How far the readings agree: Krippendorff's alpha, computed anew from the readings."""

from __future__ import annotations

from dataclasses import dataclass

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray


def alpha(readings: pd.DataFrame, text: str, question: str) -> float:
    """Give the ordinal alpha of all readings of one text under one question.

    ``readings`` has the columns passage, reading, text, question and value, one row a
    reading; a missing value is a reading that found no claim, and counts as not given.
    ``text`` is quote, gloss or both; ``question`` is position or medium. 1 is perfect
    agreement, 0 is what chance would give; a negative alpha is worse than chance.

    Raises ValueError where alpha is undefined: no passage has two values to compare, or all
    values that can be compared are the same.

    Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
    """
    return _alpha(_comparable(readings, text, question))


def _comparable(readings: pd.DataFrame, text: str, question: str) -> NDArray[np.float64]:
    """Return the values, a row a reading, a column a passage with at least two of them."""
    asked = readings[(readings["text"] == text) & (readings["question"] == question)]
    given = asked.assign(
        passage=asked["passage"].astype(str),
        reading=asked["reading"].astype(str),
        value=asked["value"].astype("float64"),
    )
    values = given.pivot(index="reading", columns="passage", values="value")
    comparable = values.loc[:, values.count() >= 2]
    if comparable.empty:
        raise ValueError(
            f"Agreement on {question} from {text} needs at least two readings with a value "
            "for the same passage."
        )
    if comparable.stack().nunique() < 2:
        raise ValueError(
            f"Agreement on {question} from {text} is undefined, because all readings give "
            "the same value."
        )
    return comparable.to_numpy(dtype=float)


def _alpha(values: NDArray[np.float64]) -> float:
    return float(krippendorff.alpha(reliability_data=values, level_of_measurement="ordinal"))


RESAMPLES = 1000
WIDE = (2.5, 97.5)
RESAMPLED_AT_MOST = 2000
"""With more passages than this an interval would be narrower than a reading is exact."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the readings of one text agree.

    ``low`` and ``high`` hold 95 % of the alphas of resampled passages (``None`` where there are
    too many passages to resample, or too few to compare). ``passages`` is how many have at least
    two values.
    """

    alpha: float
    low: float | None
    high: float | None
    passages: int


def agreement(readings: pd.DataFrame, text: str, question: str) -> Agreement:
    """Give alpha with a bootstrap interval over passages; the arguments are those of ``alpha``.

    Passages are drawn with replacement, as often as there are passages, 1000 times with a fixed
    seed; draws in which alpha is undefined are left out.

    Raises ValueError where alpha is undefined.

    Source: percentile bootstrap, Efron and Tibshirani, "An Introduction to the Bootstrap" (1993).
    """
    values = _comparable(readings, text, question)
    whole = _alpha(values)
    passages = values.shape[1]
    if not 2 <= passages <= RESAMPLED_AT_MOST:
        return Agreement(whole, None, None, passages)
    dice = np.random.default_rng(0)
    drawn = (values[:, dice.integers(passages, size=passages)] for _ in range(RESAMPLES))
    alphas = [_alpha(each) for each in drawn if np.unique(each[~np.isnan(each)]).size > 1]
    if not alphas:
        return Agreement(whole, None, None, passages)
    low, high = np.percentile(alphas, WIDE)
    return Agreement(whole, float(low), float(high), passages)
