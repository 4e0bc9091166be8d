"""Orders: in which parts the passages are read, told by hand and for any positions."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.order import ORDERS, parts
from dashboard.debate.table import passage_table
from dashboard.open_debate import open_folder
from tests.strategies import quick, shipped, tables


def _told(order, table=None, debate=None) -> list[tuple[str, str, str]]:
    """Give each part's key, title and the numbers of its passages."""
    table = shipped().table if table is None else table
    return [
        (part.key, part.title, " ".join(id[1:] for id in table["passage"].iloc[part.rows]))
        for part in parts(debate or shipped().debate, table, order)
    ]


def test_source():
    """In the source's order all passages are one part without a title."""
    ((key, title, passages),) = _told("source")
    assert (key, title) == ("", "")
    assert passages.split() == [f"{n:02}" for n in range(1, 24)]


def test_by_author():
    """Authors come by their sorted names, each with all passages in the source's order."""
    assert _told("author") == [
        ("brazier", "David Brazier", "21"),
        ("courtois", "Christine A. Courtois", "16"),
        ("flores", "Philip J. Flores", "04 07 08 09 12 13 14 19 22"),
        ("holmes", "Jeremy Holmes", "06"),
        ("jung", "C. G. Jung", "03"),
        ("levine", "Peter A. Levine", "20"),
        ("norcross", "John C. Norcross", "10"),
        ("schore", "Allan N. Schore", "02"),
        ("sedgwick", "David Sedgwick", "17"),
        ("wampold", "Bruce E. Wampold", "05 11 15"),
        ("yalom", "Irvin D. Yalom", "01 18 23"),
    ]


def test_by_work():
    """Works come by author, the older one first."""
    told = _told("work")
    assert len(told) == 12
    assert [(key, passages) for key, _, passages in told[1:4]] == [
        ("courtois2009", "16"),
        ("flores1997", "09 13 22"),
        ("flores2004", "04 07 08 12 14 19"),
    ]
    assert told[3][1] == "Addiction as an Attachment Disorder (Flores 2004)"


def test_by_school_and_role():
    """Schools and roles come as the debate lists them."""
    assert _told("school") == [
        ("depth-psychological", "Depth-psychological", "03 17 21"),
        ("attachment", "Attachment", "02 04 06 12 14 19 20"),
        ("empirical", "Empirical", "01 05 07 08 09 10 11 13 15 16 18 22 23"),
    ]
    assert _told("role") == [
        ("thesis", "Thesis", "01 02 03 04 05 06"),
        ("supporting", "Supporting", "07 08 09 10 11 12 13 14 15 16 17 18 19 20"),
        ("aside", "Aside", "21 22 23"),
    ]


def test_by_construct():
    """A passage stands under each construct it names; one that names none comes last."""
    told = _told("construct")
    assert [key for key, _, _ in told] == [*shipped().debate.constructs, ""]
    assert told[1] == ("therapeutic bond", "therapeutic bond", "02 03 09 10 17 18 20 21 23")
    assert told[4] == ("real relationship", "real relationship", "05 06")
    assert told[-1] == ("", "No construct named", "22")


def test_by_mechanism():
    """A passage stands under each mechanism it names; those that name none come last."""
    told = _told("mechanism")
    assert told[0] == ("safety-for-exploration", "Safety for exploration", "02 21")
    assert ("context-for-technique", "Context for technique", "04 09") in told
    assert told[-1] == ("", "No mechanism named", "06 20")


def test_by_position():
    """Passages come from vehicle to cure by the author's words; no claim stands apart, last."""
    assert _told("position") == [
        ("-2", "Vehicle", "15"),
        ("-1", "Mostly vehicle", "02 09 21"),
        ("0", "Both, or open", "01 04 08 10 14 16 18 19 23"),
        ("0.5", "Between both, or open and mostly cure", "07"),
        ("1", "Mostly cure", "13"),
        ("2", "Cure", "03 12"),
        ("no-claim", "No claim", "05 06 11 17 20 22"),
    ]


def test_by_drift():
    """The furthest drift comes first; where a text makes no claim there is none to sort by."""
    assert _told("drift") == [
        ("2", "Drift by 2 steps", "18"),
        ("1", "Drift by 1 step", "04 08 09 23"),
        ("0.5", "Drift by half a step", "07"),
        ("0", "No drift", "01 02 03 10 12 13 14 15 16 19"),
        ("only-gloss", "Only the gloss makes a claim", "05 06 11 17 22"),
        ("only-quote", "Only the author's words make a claim", "21"),
        ("neither", "Neither makes a claim", "20"),
    ]


def test_without_glosses(tiny_debate):
    """A passage without a gloss has no drift, and says so."""
    opened = open_folder(tiny_debate)
    told = _told("drift", opened.table, opened.debate)
    assert told[-1] == ("no-gloss", "No gloss to compare with", "04")
    off = replace(shipped().debate, show_glosses=False)
    ((key, _, passages),) = _told("drift", passage_table(off), off)
    assert (key, len(passages.split())) == ("no-gloss", 23)


def test_a_gloss_that_is_not_there_drifts_nowhere():
    """Positions alone make no drift where there is no gloss to read."""
    told = _told("drift", shipped().table.assign(gloss=""))
    assert [key for key, _, _ in told] == ["no-gloss"]


def test_a_construct_named_twice(tiny_debate):
    """A passage that names a construct twice stands under it once."""
    opened = open_folder(tiny_debate)
    twice = replace(opened.debate.passages[0], constructs=("bond", "bond"))
    debate = replace(opened.debate, passages=(twice, *opened.debate.passages[1:]))
    assert _told("construct", opened.table, debate)[0] == ("bond", "bond", "01")


def test_constructs_that_the_debate_does_not_list(tiny_debate):
    """Where a debate lists no constructs those that its passages name are the parts."""
    opened = open_folder(tiny_debate)
    debate = replace(opened.debate, constructs=())
    assert [(key, rows) for key, _, rows in _told("construct", opened.table, debate)] == [
        ("bond", "01"),
        ("alliance", "02"),
        ("", "03 04"),
    ]


@pytest.mark.parametrize("order", ORDERS)
def test_an_empty_debate_has_no_parts(order):
    """Where there is no passage there is no part."""
    debate = replace(shipped().debate, passages=())
    assert parts(debate, shipped().table.iloc[:0], order) == ()


@quick
@given(tables(), st.sampled_from(ORDERS))
def test_no_passage_is_lost(table, order):
    """Every passage stands in a part, once and in order; keys differ and no part is empty."""
    found = parts(shipped().debate, table, order)
    together = np.concatenate([part.rows for part in found])
    assert set(together.tolist()) == set(range(len(table)))
    if order not in ("construct", "mechanism"):
        assert len(together) == len(table)
    assert len({part.key for part in found}) == len(found)
    for part in found:
        assert part.rows.size
        assert (np.diff(part.rows) > 0).all()


@quick
@given(tables())
def test_positions_and_drifts_are_sorted(table):
    """Positions rise and drifts fall from part to part, whatever they are."""
    for order, value, sign in (
        ("position", table["quote_position"], 1),
        ("drift", (table["gloss_position"] - table["quote_position"]).abs(), -1),
    ):
        told = [value.iloc[part.rows] for part in parts(shipped().debate, table, order)]
        placed = [float(each.iloc[0]) for each in told if each.notna().all()]
        assert placed == sorted(placed, key=lambda each: sign * each)
        assert all(each.nunique(dropna=False) == 1 for each in told)
        assert [each.notna().all() for each in told] == sorted(
            (each.notna().all() for each in told), reverse=True
        )
