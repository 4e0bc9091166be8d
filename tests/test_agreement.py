"""How far readings agree, against the shipped codings and Krippendorff's own examples."""

from math import comb
from pathlib import Path

import pandas as pd
import pytest

from dashboard.debate.agreement import RESAMPLED_AT_LEAST, agreement, alpha

CODINGS = Path(__file__).parents[1] / "data" / "therapeutic-bond" / "codings.csv"


def readings_of(*values_by_reading: list[float | None]) -> pd.DataFrame:
    """Lay one list of values a reading out as rows, one passage a place in the list."""
    rows = [
        {
            "passage": f"p{place:02d}",
            "reading": f"R{number}",
            "text": "quote",
            "question": "position",
            "value": value,
        }
        for number, values in enumerate(values_by_reading)
        for place, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("text", "question", "published"),
    [("quote", "position", 0.94), ("gloss", "position", 0.97), ("both", "medium", 0.99)],
)
def test_shipped_readings_agree_as_the_codebook_says(text, question, published):
    """Alpha of the shipped readings, to two digits, is the one the codebook names."""
    assert round(alpha(pd.read_csv(CODINGS), text, question), 2) == published


def test_categories_and_missing_integers_are_read_alike():
    """Readings held as categories and nullable integers give the same alpha."""
    plain = pd.read_csv(CODINGS)
    typed = plain.astype(
        {"passage": "category", "reading": "category", "text": "category", "question": "category"}
    ).assign(value=plain["value"].astype("Int64"))
    assert alpha(typed, "quote", "position") == alpha(plain, "quote", "position")


def test_krippendorff_four_observers_twelve_units():
    """The reliability data of Krippendorff (2011), section C, give ordinal alpha .815."""
    none = None
    readings = readings_of(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
        [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
    )
    assert round(alpha(readings, "quote", "position"), 3) == 0.815


def test_small_example_by_hand():
    """Pairs 0-0, 1-1, 1-2 give 1 - 5 * (1 * 4) / (6 * 6.25 + 3 * 4 + 2 * 20.25) = 7/9."""
    readings = readings_of([0, 1, 1], [0, 1, 2])
    assert alpha(readings, "quote", "position") == pytest.approx(7 / 9, abs=1e-12)


def test_only_order_counts():
    """Stretching the scale without changing its order leaves ordinal alpha as it is."""
    near = readings_of([0, 1, 1], [0, 1, 2])
    far = readings_of([-2, 0, 0], [-2, 0, 2])
    assert alpha(near, "quote", "position") == alpha(far, "quote", "position")


def test_perfect_agreement_is_one():
    """Readings that never differ, over values that do, agree at exactly 1."""
    assert alpha(readings_of([-2, 0, 1, None], [-2, 0, 1, 2]), "quote", "position") == 1.0


def test_a_passage_read_once_does_not_count():
    """A value with nothing to compare it with leaves alpha unchanged."""
    with_single = readings_of([0, 1, 1, 2], [0, 1, 2, None])
    assert alpha(with_single, "quote", "position") == pytest.approx(7 / 9, abs=1e-12)


@pytest.mark.parametrize("values", [[[0, 1, 2]], [[0, None], [None, 1]]])
def test_fewer_than_two_readings_is_an_error(values):
    """With no passage read twice, alpha is refused in a sentence."""
    with pytest.raises(ValueError, match=r"^Agreement on position from quote needs at least two"):
        alpha(readings_of(*values), "quote", "position")


def test_an_unasked_question_is_an_error():
    """A question that no reading answers is refused with its name."""
    with pytest.raises(ValueError, match=r"^Agreement on medium from quote needs at least two"):
        alpha(readings_of([0, 1], [0, 1]), "quote", "medium")


def test_no_variation_is_an_error():
    """With one and the same value everywhere, alpha is refused in a sentence."""
    with pytest.raises(ValueError, match="because all readings give the same value"):
        alpha(readings_of([1, 1, 2], [1, 1, None]), "quote", "position")


@pytest.mark.parametrize(
    ("passages", "interval"),
    [
        (2, "none, fewer than 5 passages"),
        (4, "none, fewer than 5 passages"),
        (2001, "none, more than 2000 passages"),
    ],
)
def test_no_interval_for_few_or_very_many_passages(passages, interval):
    """With so few passages, or so many, alpha stands alone and it is said why."""
    one = [value % 4 - 2 for value in range(passages)]
    found = agreement(readings_of(one, [*one[:-1], 1]), "quote", "position")
    assert (found.low, found.high, found.passages) == (None, None, passages)
    assert found.interval == interval


def test_five_passages_have_an_interval():
    """From five passages on there is an interval, with alpha in it, written with true signs."""
    found = agreement(readings_of([-2, -1, 0, 1, 2], [2, -1, 0, 1, 2]), "quote", "position")
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.alpha <= found.high
    assert found.interval == f"{found.low:.2f} to {found.high:.2f}".replace("-", "−")
    assert "-" not in found.interval


def test_the_bound_is_where_one_draw_is_no_longer_a_tail():
    """Four passages can be drawn in fewer ways than forty, of which each is 2.5 %; five in more."""
    ways = {n: comb(2 * n - 1, n) for n in (RESAMPLED_AT_LEAST - 1, RESAMPLED_AT_LEAST)}
    assert ways == {4: 35, 5: 126}
