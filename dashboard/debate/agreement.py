"""How far the readings agree: Krippendorff's alpha, computed anew from the readings."""

from __future__ import annotations

import krippendorff
import pandas as pd


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
    return float(
        krippendorff.alpha(reliability_data=comparable.to_numpy(), level_of_measurement="ordinal")
    )
