"""The list that is read: what is in it, in which order, on which leaf, and what comes next."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given

from dashboard.debate.filters import matching
from dashboard.debate.order import ORDERS
from dashboard.reader.reading_list import ON_A_LEAF, is_listed, leaf_shown, reading_list, step
from dashboard.view import View
from tests.strategies import quick, shipped, views


def _ids(rows) -> list[str]:
    return [shipped().debate.passages[int(row)].id for row in rows]


def test_the_whole_debate_in_the_order_of_the_source():
    """Without a choice all passages are there once, as the source has them, on one leaf."""
    listed = reading_list(shipped(), View())
    assert _ids(listed.steps) == _ids(listed.rows) == [f"p{n:02}" for n in range(1, 24)]
    assert (listed.passages, listed.leaves) == (23, 1)


def test_a_search_comes_best_first_and_finds_names():
    """What is looked for is ranked in the source's order, and grouped in any other."""
    found = _ids(reading_list(shipped(), View(q="Strupp")).steps)
    assert set(found) >= {"p08", "p09", "p18"}
    assert found[0] in {"p08", "p09", "p18"}
    by_author = reading_list(shipped(), View(q="Strupp", by="author"))
    assert set(_ids(by_author.steps)) == set(found)
    assert [part.title for part in by_author.parts] == ["Philip J. Flores", "Irvin D. Yalom"]


def test_filters_and_search_together():
    """Schools and roles let through what they let through on the map."""
    view = View(school=("attachment",), role=("supporting",), by="work")
    lit = matching(shipped().table, view.filters)
    assert sorted(_ids(reading_list(shipped(), view).steps)) == sorted(_ids(np.flatnonzero(lit)))
    nothing = reading_list(shipped(), View(q="zzz", by="drift"))
    assert (nothing.passages, nothing.parts, nothing.leaves) == (0, (), 1)


@pytest.mark.parametrize("by", ORDERS)
def test_leaves_hold_everything_once(by):
    """The leaves together are the list, in order, each part under its title."""
    listed = reading_list(shipped(), View(by=by))
    held = [list(rows) for leaf in range(1, listed.leaves + 1) for _, rows in listed.on_leaf(leaf)]
    assert list(chain.from_iterable(held)) == listed.rows.tolist()
    for leaf in range(1, listed.leaves + 1):
        on_it = sum(len(rows) for _, rows in listed.on_leaf(leaf))
        assert 0 < on_it <= ON_A_LEAF


@quick
@given(views())
def test_stepping_reaches_every_passage_once(view):
    """From the first passage, steps on lead through all that is found; steps back undo them."""
    start = View(view.school, view.role, by=view.by)
    expected = _ids(reading_list(shipped(), start).steps)
    walked, at = [], step(shipped(), start, 1)
    while at:
        walked.append(at)
        here = View(view.school, view.role, by=view.by, passage=at)
        if len(walked) > 1:
            assert step(shipped(), here, -1) == walked[-2]
        at = step(shipped(), here, 1)
    assert walked == expected


def test_the_leaf_of_a_passage():
    """A passage is shown on the leaf where it stands first; a leaf past the end is the last."""
    listed = reading_list(shipped(), View(by="construct"))
    assert listed.leaves > 1
    for passage in ("p01", "p23"):
        leaf = leaf_shown(shipped(), View(by="construct", passage=passage))
        on_it = chain.from_iterable(_ids(rows) for _, rows in listed.on_leaf(leaf))
        assert passage in set(on_it)
    assert leaf_shown(shipped(), View(by="construct", leaf=99)) == listed.leaves


def test_a_passage_that_is_not_among_those_found():
    """It is said not to be listed, and steps begin at the first."""
    view = View(school=("empirical",), passage="p02")
    assert not is_listed(shipped(), view)
    assert step(shipped(), view, 1) == "p01"
    assert is_listed(shipped(), View(passage="p02"))
