"""Readings divided on whether there is a claim are not said to have found none."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.debate.comparison import sayings, sides_of
from dashboard.debate.positions import agreed_values
from dashboard.debate.table import passage_table
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import table_row
from dashboard.reader.method_page import method
from dashboard.reading import full
from dashboard.seen import seen
from dashboard.view import View
from tests.strategies import shipped

NONE = np.nan


def of_two(first: float, second: float) -> OpenDebate:
    """Give the shipped debate as two people read the quote of p03, and nothing else."""
    readings = pd.DataFrame({"reading": ["ann", "ben"], "value": [first, second]})
    readings = readings.assign(passage="p03", text="quote", question="position")
    debate = replace(shipped().debate, readings=readings)
    return OpenDebate(debate, passage_table(debate))


@pytest.mark.parametrize(
    ("values", "position", "open_"),
    [
        ([2, NONE], NONE, True),
        ([NONE, NONE], NONE, False),
        ([2, 1], 1.5, False),
        ([1], 1, False),
        ([1, 1, NONE], NONE, True),
        ([1, 1, NONE, NONE], NONE, True),
        ([1, NONE, NONE, NONE], NONE, False),
        ([1, 1, 1, NONE], 1, False),
    ],
)
def test_what_is_agreed(values: list[float], position: float, open_: bool) -> None:
    """That there is no claim is agreed by three of four, as that there is one; else it is open."""
    names = [f"R{number}" for number in range(len(values))]
    frame = pd.DataFrame({"reading": names, "value": values})
    frame = frame.assign(passage="a", text="quote", question="position")
    found = agreed_values(frame, pd.Index(["a", "b"], dtype=str))
    assert found["quote_position"].iloc[0] == pytest.approx(position, nan_ok=True)
    assert found["quote_not_agreed"].tolist() == [open_, False]
    assert not found[["gloss_not_agreed", "medium_not_agreed"]].any(axis=None)


def test_every_part_says_not_agreed() -> None:
    """Card, table, comparison and Method say so; where both found none they say no claim."""
    divided, silent = of_two(2, NONE), of_two(NONE, NONE)
    assert full(divided, "p03").quote_words == "no claim (not agreed)"
    assert full(divided, "p03").why_title == "It is not agreed whether the words make a claim"
    assert full(divided, "p03").quote_position is None
    assert "no claim (not agreed)" in table_row(divided, 2)
    sides = sides_of(divided.debate, divided.table, ("p03",))
    said = [each.value for each in sayings(divided.debate, divided.table, sides)]
    assert "no claim (not agreed)" in said
    assert 'id="not-agreed"' in method(divided)
    assert 'id="no-claim"' not in method(divided)
    open_ = "1 passage is not agreed to make a claim (Jung)"
    assert open_ in seen(divided, View()).summary
    assert "no claim" not in seen(divided, View()).summary
    assert full(silent, "p03").quote_words == "no claim"
    assert "Jung makes no claim" in seen(silent, View()).summary
    assert full(silent, "p03").why_title == "Why the words make no claim"
    assert 'id="not-agreed"' not in method(silent)
    assert 'id="no-claim"' in method(silent)
