"""What the map shows, in words: exact sentences and counts."""

import pytest

from dashboard.debate.summary import count_words, position_words
from dashboard.open_debate import open_folder
from dashboard.seen import seen
from dashboard.view import View
from tests.a_debate import replace as replace_in_file
from tests.strategies import shipped

ARROWS = " Arrows run from the author’s words to the library’s gloss."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-2, "vehicle"),
        (-1.0, "mostly vehicle"),
        (0, "both, or open"),
        (-0.0, "both, or open"),
        (1, "mostly cure"),
        (2.0, "cure"),
        (0.5, "between both, or open and mostly cure"),
        (-1.5, "between vehicle and mostly vehicle"),
        (None, "no claim"),
        (float("nan"), "no claim"),
    ],
)
def test_position_words(value, words):
    """A position is said in the axis's own words; a half lies between two; none is no claim."""
    assert position_words(value, shipped().debate.axis) == words


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (
            View(),
            "Depth-psychological runs from mostly vehicle (Brazier) to cure (Jung); "
            "Attachment runs from mostly vehicle (Schore) to cure (Flores, p12); "
            "Empirical runs from vehicle (Wampold, p15) to mostly cure (Wampold, p11); "
            "Levine makes no claim." + ARROWS,
        ),
        (
            View(school=("attachment",)),
            "Attachment runs from mostly vehicle (Schore) to cure (Flores, p12); "
            "Levine makes no claim." + ARROWS,
        ),
        (
            View(school=("attachment",), basis="quote"),
            "Attachment runs from mostly vehicle (Schore) to cure (Flores, p12); "
            "Holmes and Levine make no claim.",
        ),
        (
            View(basis="quote"),
            "Depth-psychological runs from mostly vehicle (Brazier) to cure (Jung); "
            "Attachment runs from mostly vehicle (Schore) to cure (Flores, p12); "
            "Empirical runs from vehicle (Wampold) to mostly cure (Flores, p13); "
            "6 passages make no claim.",
        ),
        (
            View(basis="gloss"),
            "Depth-psychological runs from mostly cure (Sedgwick) to cure (Jung); "
            "Attachment runs from mostly vehicle (Schore) to cure (Flores, p12); "
            "Empirical runs from vehicle (Flores, p09) to cure (Yalom, p18); "
            "Brazier makes no claim; 1 passage is not agreed to make a claim (Levine).",
        ),
        (
            View(school=("depth-psychological",), role=("aside",), basis="quote"),
            "Depth-psychological stands at mostly vehicle (Brazier).",
        ),
        (
            View(school=("empirical",), role=("supporting",), basis="quote"),
            "Empirical runs from vehicle (Wampold) to mostly cure (Flores, p13); "
            "1 passage makes no claim (Wampold, p11).",
        ),
        (
            View(role=("supporting",), basis="quote"),
            "Attachment runs from both, or open (Flores, p14) to cure (Flores, p12); "
            "Empirical runs from vehicle (Wampold) to mostly cure (Flores, p13); "
            "3 passages make no claim (Wampold, p11; Sedgwick; Levine).",
        ),
        (View(q="physiologically", basis="quote"), "Levine makes no claim."),
        (View(q="meta-analytic", basis="quote"), "Wampold makes no claim."),
    ],
)
def test_the_sentence_under_the_map(view, sentence):
    """What each school covers and which passages make no claim, whatever is filtered and read.

    An author is named alone only where no other passage of the author is in sight.
    """
    assert seen(shipped(), view).summary == sentence


def test_nothing_matches_says_nothing():
    """Without a matching passage there is nothing to say, of arrows neither."""
    for basis in ("both", "quote", "gloss"):
        assert seen(shipped(), View(q="zzz", basis=basis)).summary == ""


@pytest.mark.parametrize(
    ("view", "count"),
    [
        (View(), "23 of 23 passages, 11 of 11 authors"),
        (View(school=("attachment",)), "7 of 23 passages, 4 of 11 authors"),
        (View(school=("empirical",)), "13 of 23 passages, 5 of 11 authors"),
        (View(role=("thesis",)), "6 of 23 passages, 6 of 11 authors"),
        (View(q="zzz"), "0 of 23 passages, 0 of 11 authors"),
        (View(author="levine"), "23 of 23 passages, 11 of 11 authors"),
    ],
)
def test_counts(view, count):
    """How many passages and authors match, always of how many."""
    assert seen(shipped(), view).count == count


def test_authors_without_passages_are_counted_among_all(tiny_debate):
    """An author without a passage is one of the authors, and never one that matches."""
    replace_in_file(tiny_debate, "works.yaml", "author: cleo", "author: ben")
    opened = open_folder(tiny_debate)
    lit = seen(opened, View()).lit
    assert count_words(opened.table, lit, 3) == "4 of 4 passages, 2 of 3 authors"
