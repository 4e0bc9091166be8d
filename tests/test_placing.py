"""Where marks lie: on their position, in their row, never on one another."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings

from components.position_map.placing import BAND, LANE, PAD, ROW, STACK, place
from tests.strategies import ARow, frames, quick

placings = settings(quick, max_examples=12)
BASES = ("both", "quote", "gloss")


def marks(*readings: tuple[str, float | None, float | None]) -> pd.DataFrame:
    """Lay out marks by row, quote and gloss, as the debate reads them."""
    rows = []
    for row, quote, gloss in readings:
        both = gloss if quote is None else quote
        drifts = None not in (quote, gloss) and quote != gloss
        drifts_to = gloss if drifts else None
        rows.append((row, both, quote, gloss, drifts_to))
    frame = pd.DataFrame(rows, columns=["row", "both", "quote", "gloss", "drifts_to"])
    return frame.astype(dict.fromkeys(("both", "quote", "gloss", "drifts_to"), float))


def test_one_mark_lies_in_the_middle_of_its_row():
    """A single mark lies at its position, half a row down."""
    placed = place(marks(("a", 1, 1)), [ARow("a")], "both")
    assert placed.marks[["x", "y"]].to_numpy().tolist() == [[1.0, ROW / 2]]
    assert (placed.height, placed.bands) == (ROW + PAD, ())


def test_coinciding_marks_are_stacked_across_the_row():
    """Three marks at one position lie a stack apart, the first in the middle."""
    placed = place(marks(*[("a", 0, 0)] * 3), [ARow("a")], "both")
    middle = placed.rows[0].middle
    assert placed.rows[0].height == 3 * STACK + PAD
    assert placed.marks["x"].tolist() == [0.0, 0.0, 0.0]
    assert (placed.marks["y"] - middle).tolist() == [0.0, STACK, -STACK]


def test_an_even_stack_is_centred():
    """Two marks at one position lie evenly about the middle of the row."""
    placed = place(marks(*[("a", 0, 0)] * 2), [ARow("a")], "both")
    offsets = placed.marks["y"] - placed.rows[0].middle
    assert offsets.tolist() == [-STACK / 2, STACK / 2]


def test_no_claim_lies_on_the_lane():
    """Marks without a claim lie on the lane, stacked like any others."""
    placed = place(marks(("a", None, None), ("a", None, None)), [ARow("a")], "both")
    assert placed.marks["x"].tolist() == [LANE, LANE]
    assert abs(placed.marks["y"].diff().iloc[1]) == STACK


def test_a_mark_on_the_way_of_an_arrow_makes_room():
    """A mark between quote and gloss of another lies beside its arrow."""
    placed = place(marks(("a", 0, 2), ("a", 1, 1), ("a", -1, -1)), [ARow("a")], "both")
    drifting, between, apart = placed.marks["y"]
    assert between != drifting
    assert apart == drifting


def test_bands_stand_over_their_rows():
    """Each band begins with room for its name; rows follow without a gap."""
    rows = [ARow("a", band=0), ARow("b", band=0), ARow("c", band=1)]
    placed = place(marks(("a", 0, 0), ("b", 0, 0), ("c", 0, 0)), rows, "both")
    assert [band for band, _ in placed.bands] == [0, 1]
    assert placed.marks["y"].tolist() == [
        BAND + ROW / 2,
        BAND + ROW * 1.5,
        2 * BAND + ROW * 2.5,
    ]
    assert placed.height == 2 * BAND + 3 * ROW + PAD


def test_rows_without_marks_keep_their_place():
    """A row that nothing lies in is as high as a row with one mark."""
    placed = place(marks(("b", 0, 0)), [ARow("a"), ARow("b")], "both")
    assert [row.height for row in placed.rows] == [ROW, ROW]


@pytest.mark.parametrize("basis", BASES)
def test_an_empty_map(basis):
    """Without any mark there is a map all the same."""
    frame = marks(("a", 0, 0)).iloc[:0]
    placed = place(frame, [ARow("a")], basis)
    assert placed.marks.empty
    assert placed.height == ROW + PAD


@placings
@given(frames())
def test_marks_lie_at_their_position(drawn):
    """In every basis a mark's x is its position or the lane, whatever else lies in the row."""
    frame, rows = drawn
    for basis in BASES:
        placed = place(frame, rows, basis).marks
        assert placed["x"].tolist() == frame[basis].fillna(LANE).tolist()
        assert placed["passage"].tolist() == frame["passage"].tolist()


@placings
@given(frames())
def test_no_two_marks_overlap(drawn):
    """Marks of one row at one position lie at least a stack apart, in every basis."""
    frame, rows = drawn
    for basis in BASES:
        placed = place(frame, rows, basis).marks
        for one, other in combinations(placed.to_dict("records"), 2):
            if one["row"] == other["row"] and one["x"] == other["x"]:
                assert abs(one["y"] - other["y"]) >= STACK


@placings
@given(frames())
def test_no_mark_lies_on_an_arrow(drawn):
    """With both texts read, no mark of the row lies on another's arrow."""
    frame, rows = drawn
    placed = place(frame, rows, "both").marks.to_dict("records")
    for arrow in (mark for mark in placed if mark["drifts_to"] == mark["drifts_to"]):
        low, high = sorted((arrow["x"], arrow["drifts_to"]))
        for mark in placed:
            if mark is not arrow and mark["row"] == arrow["row"] and low <= mark["x"] <= high:
                assert abs(mark["y"] - arrow["y"]) >= STACK


@placings
@given(frames())
def test_marks_that_read_the_same_have_one_place(drawn):
    """A mark whose position is the same in two bases has the same x and y in both."""
    frame, rows = drawn
    placed = {basis: place(frame, rows, basis).marks for basis in BASES}
    for one, other in combinations(BASES, 2):
        same = placed[one]["x"] == placed[other]["x"]
        assert (placed[one]["y"] == placed[other]["y"])[same].all()


@placings
@given(frames())
def test_marks_lie_in_their_row(drawn):
    """No mark leaves the height of its row, and rows have one height in every basis."""
    frame, rows = drawn
    layouts = [place(frame, rows, basis) for basis in BASES]
    for placed in layouts:
        assert placed.rows == layouts[0].rows
        height = {row.row.key: (row.middle, row.height) for row in placed.rows}
        for mark in placed.marks.to_dict("records"):
            middle, high = height[mark["row"]]
            assert abs(mark["y"] - middle) <= high / 2


@placings
@given(frames())
def test_placing_changes_nothing_that_it_is_given(drawn):
    """The frame of marks is left as it was, and placing twice gives the same places."""
    frame, rows = drawn
    before = frame.copy(deep=True)
    assert place(frame, rows, "both").marks.equals(place(frame, rows, "both").marks)
    assert frame.equals(before)
