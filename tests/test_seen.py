"""What a view shows: the passage read, the sequence that is stepped through, the neighbours."""

import numpy as np
import pytest
from hypothesis import given

from dashboard.reader.reading_pane import also_by
from dashboard.seen import SchoolLine, school_lines, seen
from dashboard.view import View
from tests.strategies import quick, shipped, views

FLORES = ("p04", "p07", "p08", "p09", "p12", "p13", "p14", "p19", "p22")


def look(**chosen):
    """Give what the shipped debate shows for some choices."""
    return seen(shipped(), View(**chosen))


def walk(start: str, by: int, **chosen) -> list[str]:
    """Step until the end and give every passage on the way."""
    way, at = [], start
    while at := look(passage=at, **chosen).step(by):
        way.append(at)
    return way


def test_a_fresh_page_reads_the_first_passage():
    """Without any choice p01 is read, the first of 23."""
    fresh = look()
    assert (fresh.passage, fresh.place, fresh.hidden, fresh.emptied) == ("p01", (1, 23), False, ())


def test_stepping_through_all():
    """Steps lead through all passages in the debate's order, both ways, and end."""
    everything = [f"p{n:02d}" for n in range(1, 24)]
    assert walk("p01", 1) == everything[1:]
    assert walk("p23", -1) == everything[-2::-1]


def test_stepping_through_matches():
    """Steps lead through matching passages only."""
    assert walk("p02", 1, school=("attachment",)) == ["p04", "p06", "p12", "p14", "p19", "p20"]
    assert walk("p20", -1, school=("attachment",)) == ["p19", "p14", "p12", "p06", "p04", "p02"]


@pytest.mark.parametrize(
    ("passage", "before", "after"),
    [("p05", "p04", "p06"), ("p01", "", "p02"), ("p23", "p20", ""), ("p13", "p12", "p14")],
)
def test_stepping_from_a_hidden_passage(passage, before, after):
    """From a passage that the filters hide, steps lead to its neighbours among the matching."""
    view = look(school=("attachment",), passage=passage)
    assert view.hidden
    assert view.place == (0, 7)
    assert (view.step(-1), view.step(1)) == (before, after)


def test_an_author_is_a_sequence():
    """With an author chosen, that author's passages are read and stepped through."""
    flores = look(author="flores")
    assert (flores.passage, flores.place) == ("p04", (1, 9))
    assert ("p04", *walk("p04", 1, author="flores")) == FLORES
    assert also_by(shipped(), "p04") == (FLORES[1:], 0)


def test_an_author_that_the_filters_hide():
    """An author is shown whatever the filters say; the passage is then marked as hidden."""
    levine = look(author="levine", school=("empirical",))
    assert (levine.passage, levine.hidden, levine.place) == ("p20", True, (1, 1))


def test_also_by_the_author_of_the_passage_read():
    """The author's further passages stand beside the one read, also without choosing him."""
    assert also_by(shipped(), "p15") == (("p05", "p11"), 0)
    assert look(passage="p15").author == "wampold"
    assert also_by(shipped(), "p20") == ((), 0)


def test_nothing_matches():
    """With nothing to read there is no passage, no step, no neighbour, and a filter to blame."""
    nothing = look(q="zzz")
    assert (nothing.passage, nothing.place, nothing.hidden) == ("", (0, 0), False)
    assert (nothing.step(1), nothing.step(-1)) == ("", "")
    assert nothing.author == ""
    assert [(undo.names, undo.passages) for undo in nothing.emptied] == [(("q",), 23)]


def test_nothing_matches_but_a_passage_is_chosen():
    """A linked passage is read even where nothing matches."""
    linked = look(q="zzz", passage="p08")
    assert (linked.passage, linked.hidden, linked.place) == ("p08", True, (0, 0))
    assert (linked.step(1), linked.step(-1)) == ("", "")


@quick
@given(views())
def test_any_view_can_be_shown(view):
    """Place, steps and neighbours fit together for any view."""
    shown = seen(shipped(), view)
    place, of = shown.place
    ids = [shipped().debate.passages[int(row)].id for row in shown.sequence]
    assert of == len(ids)
    if place:
        assert ids[place - 1] == shown.passage
        assert shown.step(1) == (ids[place] if place < of else "")
        assert shown.step(-1) == (ids[place - 2] if place > 1 else "")
    if shown.passage and not view.author:
        assert shown.hidden == (place == 0)
    assert shown.count.startswith(f"{np.count_nonzero(shown.lit)} of 23 passages, ")
    if shown.passage:
        further, more = also_by(shipped(), shown.passage)
        assert shown.passage not in further
        assert more == 0


def test_matches_cannot_be_changed():
    """What is shared between readers cannot be written to."""
    with pytest.raises(ValueError, match="read-only"):
        look().lit[0] = False


def test_school_lines():
    """The filter's help names every passage once, with second school and confidence."""
    lines = school_lines(shipped())
    named = [passage for line in lines for passage in line.passages.split(", ")]
    assert sorted(named) == [f"p{n:02d}" for n in range(1, 24)]
    assert SchoolLine("Attachment", "", 3, "p12") in lines
    assert SchoolLine("Attachment", "", 1, "p20") in lines
    assert SchoolLine("Attachment", "Empirical", 2, "p04, p14, p19") in lines
    order = [line.school for line in lines]
    schools = ["Depth-psychological", "Attachment", "Empirical"]
    assert order == sorted(order, key=schools.index)


@quick
@given(views())
def test_what_lies_around_is_what_steps_lead_to(view):
    """However far one looks, the passages around are those that steps lead to, both ways."""
    shown = seen(shipped(), view)
    for far in (1, 3, 100):
        ids, begins = shown.around(far)
        if not shown.passage:
            assert (ids, begins) == ([], True)
            continue
        at = ids.index(shown.passage)
        before, after = ids[:at], ids[at + 1 :]
        assert max(len(before), len(after)) <= far
        assert (before[-1:] or [""]) == [shown.step(-1)]
        assert (after[:1] or [""]) == [shown.step(1)]
        place = shown.place[0]
        if place:
            assert (len(before), begins) == (min(place - 1, far), place - 1 <= far)
