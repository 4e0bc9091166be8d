"""Where readings differ, where there is no claim, and where glosses drift."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.agreement import RESAMPLED_AT_MOST, agreement, alpha
from dashboard.debate.disagreements import disagreements, drifts, not_agreed, without_claim
from dashboard.debate.voices import speeches
from tests.strategies import quick, shipped

VALUES = st.sampled_from([None, -2.0, -1.0, 0.0, 1.0, 2.0])


def readings_of(texts: dict[tuple[str, str, str], list[float | None]]) -> pd.DataFrame:
    """Lay values out as rows: one list a text, one place in it a reading."""
    rows = [
        (passage, f"R{number}", text, question, value)
        for (passage, text, question), values in texts.items()
        for number, value in enumerate(values)
    ]
    frame = pd.DataFrame(rows, columns=["passage", "reading", "text", "question", "value"])
    return frame.astype({"value": float})


def test_every_disagreement_of_the_shipped_readings():
    """Eight texts are read differently; five by a step, three on whether there is a claim."""
    found = disagreements(shipped().debate.readings)
    assert [(each.passage, each.text, each.question, each.apart) for each in found] == [
        ("p07", "quote", "position", 1.0),
        ("p20", "gloss", "position", 1.0),
        ("p21", "quote", "position", 1.0),
        ("p21", "both", "medium", 1.0),
        ("p23", "gloss", "position", 1.0),
        ("p11", "quote", "position", 0.0),
        ("p17", "gloss", "position", 0.0),
        ("p20", "quote", "position", 0.0),
    ]
    assert found[1].values == {"A": None, "B": -1.0, "C": None, "D": 0.0}


@quick
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=6))
def test_a_text_is_listed_when_not_all_say_the_same(lists):
    """Exactly the texts whose values are not all equal are listed, furthest apart first."""
    texts = {(f"p{n}", "quote", "position"): values for n, values in enumerate(lists)}
    found = disagreements(readings_of(texts))
    assert {each.passage: tuple(each.values.values()) for each in found} == {
        key[0]: tuple(values) for key, values in texts.items() if len(set(values)) > 1
    }
    apart = [each.apart for each in found]
    assert apart == sorted(apart, reverse=True)


def test_drifts_of_the_shipped_glosses():
    """Six glosses drift, the one of p18 by two steps; the furthest comes first."""
    found = [(each.passage, each.quote, each.gloss, each.by) for each in drifts(shipped().table)]
    assert found == [
        ("p18", 0.0, 2.0, 2.0),
        ("p04", 0.0, 1.0, 1.0),
        ("p08", 0.0, 1.0, 1.0),
        ("p09", -1.0, -2.0, -1.0),
        ("p23", 0.0, 1.0, 1.0),
        ("p07", 0.5, 1.0, 0.5),
    ]


def test_texts_without_a_claim():
    """Six quotes and a gloss make no claim, on one gloss two readings stand against two."""
    table = shipped().table
    assert without_claim(table, "quote_position") == ("p05", "p06", "p11", "p17", "p20", "p22")
    assert without_claim(table, "gloss_position") == ("p21",)
    assert not_agreed(table, "gloss_position") == ("p20",)
    assert without_claim(table, "medium") == ()


def test_who_speaks_through_whom():
    """Every voice of every passage leads to its passage, in the order of the authors' names."""
    heard = [
        (each.author.id, each.voice.name, each.voice.year, each.passage.id)
        for each in speeches(shipped().debate)
    ]
    assert heard == [
        ("flores", "Lambert", 2001, "p07"),
        ("flores", "Barley", 2001, "p07"),
        ("flores", "Strupp", 1999, "p08"),
        ("flores", "Strupp", None, "p09"),
        ("flores", "Bergin", None, "p22"),
        ("holmes", "Zetzel", 1956, "p06"),
        ("holmes", "Greenson", 1967, "p06"),
        ("jung", "Freud", None, "p03"),
        ("wampold", "Gelso", None, "p05"),
        ("yalom", "Fiedler", None, "p18"),
        ("yalom", "Truax", None, "p18"),
        ("yalom", "Carkhuff", None, "p18"),
        ("yalom", "Strupp", None, "p18"),
    ]


@pytest.mark.parametrize(
    ("text", "question", "passages"),
    [("quote", "position", 17), ("gloss", "position", 22), ("both", "medium", 23)],
)
def test_the_interval_holds_alpha(text, question, passages):
    """The interval lies about alpha, is the same each time, and says how many passages count."""
    readings = shipped().debate.readings
    found = agreement(readings, text, question)
    assert found.alpha == alpha(readings, text, question)
    assert found.low < found.alpha <= found.high <= 1
    assert found.passages == passages
    assert agreement(readings, text, question) == found


def test_perfect_agreement_has_no_width():
    """Readings that always agree agree in every draw of passages."""
    texts = {(f"p{n}", "quote", "position"): [float(n % 3)] * 3 for n in range(30)}
    found = agreement(readings_of(texts), "quote", "position")
    assert (found.alpha, found.low, found.high) == (1.0, 1.0, 1.0)


def test_no_interval_where_it_says_nothing():
    """One passage cannot be drawn anew; very many need not be."""
    one = {("p0", "quote", "position"): [0.0, 1.0, 0.0]}
    found = agreement(readings_of(one), "quote", "position")
    assert (found.low, found.high, found.passages) == (None, None, 1)
    many = RESAMPLED_AT_MOST + 1
    texts = {(f"p{n}", "quote", "position"): [float(n % 3), float(n % 2)] for n in range(many)}
    assert agreement(readings_of(texts), "quote", "position").low is None
