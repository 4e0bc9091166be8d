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


def values_of(readings: pd.DataFrame, text: str, question: str) -> pd.DataFrame:
    """Return what each reading gave to one text under one question.

    ``readings`` is as for ``alpha``. One row a passage that was asked about, in the order in
    which they come, one column a reading; missing where there is no claim or no answer.
    """
    asked = ((readings["text"] == text) & (readings["question"] == question)).to_numpy()
    passage, reading = (readings[name].astype("category").cat for name in ("passage", "reading"))
    rows, columns = passage.codes.to_numpy()[asked], reading.codes.to_numpy()[asked]
    values = np.full((len(passage.categories), len(reading.categories)), np.nan)
    values[rows, columns] = readings["value"].to_numpy(dtype=float, na_value=np.nan)[asked]
    table = pd.DataFrame(values, index=passage.categories, columns=reading.categories)
    return table.iloc[pd.unique(rows)]


def _comparable(readings: pd.DataFrame, text: str, question: str) -> NDArray[np.float64]:
    """Return the values, a row a reading, a column a passage with at least two of them."""
    values = values_of(readings, text, question)
    comparable = values[values.count(axis=1) >= 2].to_numpy()
    if not comparable.size:
        raise ValueError(
            f"Agreement on {question} from {text} needs at least two readings with a value "
            "for the same passage."
        )
    if np.unique(comparable[~np.isnan(comparable)]).size < 2:
        raise ValueError(
            f"Agreement on {question} from {text} is undefined, because all readings give "
            "the same value."
        )
    return comparable.T


def _alpha(values: NDArray[np.float64]) -> float:
    return float(krippendorff.alpha(reliability_data=values, level_of_measurement="ordinal"))


RESAMPLES = 1000
WIDE = (2.5, 97.5)
RESAMPLED_AT_MOST = 2000
"""With more passages than this an interval would be narrower than a reading is exact."""
RESAMPLED_AT_LEAST = 5
"""Four passages can be drawn in 35 different ways (n of n with replacement, in any order), so few
that one way alone is more than the 2.5 % that an interval leaves out at each end; five in 126."""


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

    @property
    def interval(self) -> str:
        """The interval in words, or why there is none."""
        if self.low is not None and self.high is not None:
            return f"{self.low:.2f} to {self.high:.2f}".replace("-", "−")
        if self.passages < RESAMPLED_AT_LEAST:
            return f"none, fewer than {RESAMPLED_AT_LEAST} passages"
        if self.passages > RESAMPLED_AT_MOST:
            return f"none, more than {RESAMPLED_AT_MOST} passages"
        return "none"


def agreement(readings: pd.DataFrame, text: str, question: str) -> Agreement:
    """Give alpha with a bootstrap interval over passages; the arguments are those of ``alpha``.

    Passages are drawn with replacement, as often as there are passages, 1000 times with a fixed
    seed; draws in which alpha is undefined are left out. With fewer than five passages there is
    no interval.

    Raises ValueError where alpha is undefined.

    Source: percentile bootstrap, Efron and Tibshirani, "An Introduction to the Bootstrap" (1993).
    """
    values = _comparable(readings, text, question)
    whole = _alpha(values)
    passages = values.shape[1]
    if not RESAMPLED_AT_LEAST <= passages <= RESAMPLED_AT_MOST:
        return Agreement(whole, None, None, passages)
    dice = np.random.default_rng(0)
    drawn = (values[:, dice.integers(passages, size=passages)] for _ in range(RESAMPLES))
    alphas = [_alpha(each) for each in drawn if np.unique(each[~np.isnan(each)]).size > 1]
    if not alphas:
        return Agreement(whole, None, None, passages)
    low, high = np.percentile(alphas, WIDE)
    return Agreement(whole, float(low), float(high), passages)
