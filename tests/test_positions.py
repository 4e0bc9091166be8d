"""From readings to positions: the codebook's rule, in exact values and for any readings."""

import math
from statistics import median, median_low

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.positions import agreed_value, agreed_values, drift, middle, span
from tests.strategies import positions, quick, readings_given, shipped

NAN = float("nan")


@pytest.mark.parametrize(
    ("readings", "agreed"),
    [
        ([0, 0, 0, 0], 0.0),
        ([2, 2, 2, 2], 2.0),
        ([-2, -1, -1, -1], -1.0),
        ([0, 1, 1, 0], 0.5),
        ([-2, -2, -1, -1], -1.5),
        ([-2, 2, -1, 1], 0.0),
        ([1, 2, 2, None], 2.0),
        ([None, -1, 0, 0], 0.0),
        ([NAN, 1, 1, 1], 1.0),
        ([1, 1, None, None], None),
        ([2, None, None, None], None),
        ([None, None, None, None], None),
        ([NAN, NAN, 1, 1], None),
        ([1, 1, None], None),
        ([1, None], None),
        ([1], 1.0),
        ([None], None),
        ([], None),
        ([1, 1, 1, 2, 2, 2, None, None], 1.5),
        ([1, 1, 1, 2, 2, None, None, None], None),
    ],
)
def test_agreed_value(readings, agreed):
    """The median where three of four readings gave a value, else no claim."""
    assert agreed_value(readings) == agreed


@quick
@given(st.lists(readings_given, min_size=4, max_size=4))
def test_agreed_value_of_four_is_the_median_of_three_or_four(readings):
    """Of any four readings, three or four values give their median, fewer give none."""
    values = [value for value in readings if value is not None]
    assert agreed_value(readings) == (median(values) if len(values) >= 3 else None)


@quick
@given(st.lists(readings_given, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_readings_does_not_count(readings, shuffler):
    """Readings in another order agree on the same value."""
    shuffled = readings.copy()
    shuffler.shuffle(shuffled)
    assert agreed_value(shuffled) == agreed_value(readings)


def _readings_of(passage: str, text: str, question: str) -> list[float]:
    frame = shipped().debate.readings
    rows = frame[
        (frame["passage"] == passage) & (frame["text"] == text) & (frame["question"] == question)
    ]
    return [float(value) for value in rows["value"]]


@pytest.mark.parametrize(
    ("column", "text", "question"),
    [
        ("quote_position", "quote", "position"),
        ("gloss_position", "gloss", "position"),
        ("medium", "both", "medium"),
    ],
)
def test_agreed_values_are_the_agreed_value_of_each_passage(column, text, question):
    """All passages at once give what each passage gives alone."""
    for row in shipped().table.to_dict("records"):
        readings = _readings_of(row["passage"], text, question)
        assert len(readings) == 4
        agreed = agreed_value(readings)
        assert math.isnan(row[column]) if agreed is None else row[column] == agreed


def test_shipped_positions():
    """The agreed positions of the 23 quotes and glosses."""
    none = None
    quotes = [0, -1, 2, 0, none, none, 0.5, 0, -1, 0, none, 2, 1, 0, -2, 0, none, 0, 0, none, -1]
    glosses = [0, -1, 2, 1, 0, 0, 1, 1, -2, 0, 1, 2, 1, 0, -2, 0, 1, 2, 0, none, none]
    table = shipped().table
    for column, expected in (
        ("quote_position", [*quotes, none, 0]),
        ("gloss_position", [*glosses, 1, 1]),
    ):
        found = [None if math.isnan(value) else value for value in table[column]]
        assert found == expected


def _frame(values_by_text: dict[tuple[str, str], list[float | None]]) -> pd.DataFrame:
    rows = [
        {"passage": "a", "reading": f"R{n}", "text": text, "question": question, "value": value}
        for (text, question), values in values_by_text.items()
        for n, value in enumerate(values)
    ]
    return pd.DataFrame(rows).astype({"value": "float32"})


@pytest.mark.parametrize(
    ("quotes", "glosses", "contested"),
    [
        ([0, 0, 0, 0], [0, 1, 1, 0], False),
        ([0, 2, 0, 0], [0, 0, 0, 0], True),
        ([0, 0, 0, 0], [-1, 1, 0, 0], True),
        ([0, None, 1, None], [None, None, None, None], False),
        ([None, None, -2, 2], [0, 0, 0, 0], True),
    ],
)
def test_contested_from_two_steps_apart(quotes, glosses, contested):
    """Readings of quote or gloss two steps apart make a passage contested; one step does not."""
    frame = _frame({("quote", "position"): quotes, ("gloss", "position"): glosses})
    values = agreed_values(frame, pd.Index(["a", "b"], dtype=str))
    assert values["contested"].tolist() == [contested, False]


def test_a_passage_without_readings_is_not_read():
    """Passages keep their order; one that nobody read has no value and is not contested."""
    frame = _frame({("quote", "position"): [1, 1, 2, 2], ("both", "medium"): [0, 1, 1, 1]})
    values = agreed_values(frame, pd.Index(["b", "a"], dtype=str))
    assert values.index.tolist() == ["b", "a"]
    assert values["quote_position"].isna().tolist() == [True, False]
    assert values.loc["a", "quote_position"] == 1.5
    assert values.loc["a", "medium"] == 1.0
    assert values["gloss_position"].isna().all()
    read = values[["quote_read", "gloss_read", "medium_read"]]
    assert read.to_numpy().tolist() == [[False] * 3, [True, False, True]]


def test_no_readings_at_all():
    """A debate without any readings has passages without positions."""
    empty = pd.DataFrame(columns=["passage", "reading", "text", "question", "value"])
    values = agreed_values(empty, pd.Index(["a"], dtype=str))
    assert values[["quote_position", "gloss_position", "medium"]].isna().all(axis=None)
    assert values["contested"].tolist() == [False]
    assert not values[["quote_read", "gloss_read", "medium_read"]].any(axis=None)


@pytest.mark.parametrize(
    ("quote", "gloss", "steps"),
    [(0, 2, 2), (0, -1, -1), (1, 1, 0), (0.5, 1, 0.5), (None, 1, None), (1, None, None)],
)
def test_drift(quote, gloss, steps):
    """Drift is signed, and none where a text makes no claim."""
    assert drift(quote, gloss) == steps


def test_drift_of_nan_is_none():
    """A missing value in a table has no drift either."""
    assert drift(NAN, 1.0) is None
    assert drift(1.0, NAN) is None


def test_six_shipped_passages_drift():
    """Exactly six glosses lie elsewhere than their quotes, by these steps."""
    drifts = {
        row["passage"]: drift(row["quote_position"], row["gloss_position"])
        for row in shipped().table.to_dict("records")
    }
    assert {passage: steps for passage, steps in drifts.items() if steps} == {
        "p04": 1.0,
        "p07": 0.5,
        "p08": 1.0,
        "p09": -1.0,
        "p18": 2.0,
        "p23": 1.0,
    }


@pytest.mark.parametrize(
    ("values", "covered"),
    [([0, -1, 2], (-1, 2)), ([1], (1, 1)), ([None, 1, NAN], (1, 1)), ([None], None), ([], None)],
)
def test_span(values, covered):
    """A span runs from the lowest to the highest claim; without any there is none."""
    assert span(values) == covered


@pytest.mark.parametrize(
    ("values", "position"),
    [
        ([], None),
        ([1, 2], None),
        ([1, 2, None], None),
        ([2, 0, 1], 1),
        ([0, 1, 1, 2], 1),
        ([-2, -1, 1, 2], -1),
        ([0, 0.5, NAN, 2], 0.5),
    ],
)
def test_middle(values, position):
    """From three claims up the middle one, the lower of two, never a mean."""
    assert middle(values) == position


@quick
@given(st.lists(positions, max_size=12))
def test_the_middle_is_a_passage(values):
    """The middle is always one of the claims, and the low median of them."""
    claims = [value for value in values if value is not None]
    assert middle(values) == (median_low(claims) if len(claims) >= 3 else None)
