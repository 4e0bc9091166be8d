"""A passage laid over a room's votes has the values of the map, and of its author's others."""

from dataclasses import replace

import pytest

from components.room_results import Asked, Vote, one_vote
from dashboard.debate.positions import Span
from dashboard.reading import full
from dashboard.seminar.room_marks import room_marks, room_places
from tests.strategies import shipped

EVERY = [f"p{n:02d}" for n in range(1, 24)]


@pytest.mark.parametrize("passage", EVERY)
def test_the_values_are_those_of_the_card(passage):
    """Readings, agreed values, their words and the school are what the passage's card has."""
    marks, reading = room_marks(shipped(), passage), full(shipped(), passage)
    for name in ("quote_position", "gloss_position", "quote_words", "gloss_words", "school_index"):
        assert getattr(marks, name) == getattr(reading, name)
    assert [marks.quote_readings, marks.gloss_readings] == [given for _, given in reading.readings]
    assert list(marks.quote_readings) == ["A", "B", "C", "D"]


def test_a_known_passage():
    """p18 is at mostly vehicle by its words and two steps on by its gloss."""
    marks = room_marks(shipped(), "p18")
    assert marks.quote_position is not None
    assert marks.gloss_position is not None
    assert marks.gloss_position - marks.quote_position == 2
    assert marks.school_index == 2


def test_the_span_is_that_of_the_other_passages():
    """The span leaves the passage itself out, and covers all others of its author."""
    opened = shipped()
    for passage in EVERY:
        author = opened.works[opened.passage(passage).work].author
        rows = [row for row in opened.rows_by_author[author] if row != opened.row_of[passage]]
        table = opened.table.iloc[rows]
        both = (
            table["quote_position"]
            .where(table["quote_position"].notna(), table["gloss_position"])
            .dropna()
        )
        marks = room_marks(opened, passage)
        assert marks.span == (Span(both.min(), both.max()) if len(both) else None)
        assert bool(marks.span_words) == bool(rows)


def test_the_span_is_told_in_words():
    """The words name the author, how many others there are, and where they reach."""
    assert room_marks(shipped(), "p12").span_words == (
        "Flores, 8 other passages: from mostly vehicle to mostly cure"
    )
    assert room_marks(shipped(), "p03").span_words == ""


def test_without_glosses_there_is_nothing_of_them():
    """Where a debate shows no glosses, no value, reading or word of one is given."""
    opened = shipped()
    bare = replace(opened, debate=replace(opened.debate, show_glosses=False))
    marks = room_marks(bare, "p18")
    assert (marks.gloss_position, marks.gloss_words, marks.gloss_readings) == (None, "", {})


def test_the_places_are_named_by_the_axis():
    """The five steps and the lane have the axis's names, and the seventh place its own."""
    opened = shipped()
    names = room_places(opened).names
    assert list(names) == list("n01234w")
    assert names["n"] == opened.debate.axis.no_claim.label
    assert [names[sign] for sign in "01234"] == [tick.label for tick in opened.debate.axis.ticks]
    assert names["w"] == "The question is wrong"


def test_an_unknown_passage_is_an_error():
    """There is no such passage: an error, not a blank."""
    with pytest.raises(KeyError):
        room_marks(shipped(), "p99")


def test_marks_go_straight_into_the_drawing():
    """A debate's own places and marks are drawn as they come."""
    asked = Asked(readings=True, words=True, gloss=True, school=True, span=True)
    html = one_vote(
        Vote("V", {"2": 9}), room_places(shipped()), room_marks(shipped(), "p12"), asked
    )
    assert "gloss: " in html
    assert "Flores, 8 other passages" in html
