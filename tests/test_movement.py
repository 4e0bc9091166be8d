"""Who moved where between two votes: the arrows account for every ballot of both."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.movement import SIGNS, Flow, change, moved, rows_of
from dashboard.debate.placements import NO_CLAIM, STEP_SIGNS, WRONG
from tests.strategies import quick

SIGN = st.sampled_from(SIGNS)
PEOPLE = st.lists(st.tuples(st.none() | SIGN, st.none() | SIGN).filter(any), max_size=60)


def votes_of(people):
    """Give both votes and the movement of people, each with a first and a second ballot."""
    first = Counter(one for one, _ in people if one)
    second = Counter(other for _, other in people if other)
    return first, second, Counter(both for both in people if all(both))


def test_the_places_are_those_of_a_placement():
    """A ballot has the signs of a reader's own placement, in the order of the page."""
    assert SIGNS == NO_CLAIM + STEP_SIGNS + WRONG


@quick
@given(PEOPLE)
def test_arrows_sum_to_the_difference(people):
    """For every place, second less first is arrivals less departures, plus came, less left."""
    first, second, movement = votes_of(people)
    told = moved(first, second, movement)
    for sign in SIGNS:
        arrivals = sum(flow.count for flow in told.flows if flow.end == sign)
        departures = sum(flow.count for flow in told.flows if flow.start == sign)
        assert first[sign] == told.stayed[sign] + departures + told.left[sign]
        assert second[sign] == told.stayed[sign] + arrivals + told.came[sign]
        assert change(first, second)[sign] == (
            arrivals - departures + told.came[sign] - told.left[sign]
        )


@quick
@given(PEOPLE)
def test_nobody_is_counted_twice_or_left_out(people):
    """Who moved, stayed, left and came are all the people, each once, and no arrow is empty."""
    told = moved(*votes_of(people))
    assert told.movers == sum(one != other for one, other in people if one and other)
    assert told.twice == sum(bool(one and other) for one, other in people)
    assert sum(told.left.values()) == sum(not other for _, other in people)
    assert sum(told.came.values()) == sum(not one for one, _ in people)
    assert all(flow.count > 0 and flow.start != flow.end for flow in told.flows)
    assert len({(flow.start, flow.end) for flow in told.flows}) == len(told.flows)


def test_the_largest_arrow_comes_first():
    """Arrows come by size, then by where they start and end on the page."""
    movement = {("4", "0"): 1, ("n", "w"): 1, ("1", "2"): 5, ("2", "2"): 9, ("0", "1"): 0}
    told = moved({"4": 1, "n": 1, "1": 5, "2": 9}, {"0": 1, "w": 1, "2": 14}, movement)
    assert told.flows == (Flow("1", "2", 5), Flow("n", "w", 1), Flow("4", "0", 1))


@pytest.mark.parametrize(
    ("first", "second", "movement"),
    [
        ({"0": 1}, {"1": 2}, {("0", "1"): 2}),
        ({"0": 2}, {"1": 1}, {("0", "1"): 2}),
        ({"0": -1}, {}, {}),
        ({"0": 1}, {"1": 1}, {("0", "1"): -1}),
        ({"5": 1}, {}, {}),
        ({"01": 1}, {}, {}),
        ({}, {}, {("-", "0"): 0}),
    ],
)
def test_what_does_not_fit_is_refused(first, second, movement):
    """A movement that does not fit its votes, a negative number, an unknown place: an error."""
    with pytest.raises(ValueError, match=r"fit|fewer|no place"):
        moved(first, second, movement)


@quick
@given(PEOPLE)
def test_no_arrow_lies_on_another(people):
    """In one row the arrows meet at most at an end; the first row that is free is taken."""
    flows = moved(*votes_of(people)).flows
    rows = rows_of(flows)
    spans = [sorted((SIGNS.index(flow.start), SIGNS.index(flow.end))) for flow in flows]
    for i, (low, high) in enumerate(spans):
        earlier = [(rows[j], spans[j]) for j in range(i)]
        crossed = {row for row, (a, b) in earlier if a < high and low < b}
        assert rows[i] == next(row for row in range(len(flows)) if row not in crossed)
