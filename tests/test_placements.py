"""A reader's placements: as a link holds them, against the readings, and as codings.csv."""

import csv
import io
import shutil

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.debate.agreement import alpha
from dashboard.debate.loading import load_debate
from dashboard.debate.placements import (
    NO_CLAIM,
    NONE,
    STEP_SIGNS,
    WRONG,
    agreeing,
    answers,
    codings_csv,
    compare,
    furthest_first,
    reader_name,
    shuffled,
    sign_at,
    value_of,
    with_sign,
)
from dashboard.reader.path_taken import comparisons
from dashboard.view import PLACINGS
from tests.strategies import SHIPPED, few, quick, readings_given, shipped, texts

signs = st.sampled_from(PLACINGS)
placings = st.text(PLACINGS, max_size=12)
PASSAGES = tuple(passage.id for passage in shipped().debate.passages)


def test_the_signs_are_those_of_a_link():
    """Every sign that a link may hold has its meaning, and there are no others."""
    assert STEP_SIGNS + NO_CLAIM + WRONG + NONE == PLACINGS == "01234nw-"
    assert [value_of(sign) for sign in PLACINGS] == [-2, -1, 0, 1, 2, None, None, None]
    assert [answers(sign) for sign in PLACINGS] == [True] * 6 + [False] * 2
    assert value_of("") is None
    assert not answers("")


@quick
@given(placings, st.integers(1, 20), signs)
def test_a_placement_changes_its_own_step_alone(placed, step, sign):
    """Placing one step leaves the others, and steps passed over count as not placed."""
    after = with_sign(placed, step, sign)
    assert sign_at(after, step) == sign
    assert len(after) == max(len(placed), step)
    for other in range(1, len(after) + 1):
        if other != step:
            assert sign_at(after, other) == (sign_at(placed, other) or NONE)


def test_no_step_has_no_placement():
    """Before the first step and after the last placement there is none."""
    assert [sign_at("20", step) for step in (0, 1, 2, 3)] == ["", "2", "0", ""]


def test_an_order_is_the_same_for_ever():
    """A seed stands for one order, whatever runs it; 0 is the order as it is."""
    assert shuffled(PASSAGES, 0) == PASSAGES
    assert shuffled(PASSAGES, 7)[:6] == ("p02", "p01", "p18", "p06", "p03", "p08")
    assert shuffled(PASSAGES, 8)[:3] == ("p05", "p13", "p15")


@quick
@given(st.lists(texts, unique=True), st.integers(0, 9999))
def test_a_shuffled_order_loses_nothing(passages, seed):
    """All passages are there, and their order does not depend on the one they came in."""
    assert sorted(shuffled(passages, seed)) == sorted(passages)
    if seed:
        assert shuffled(passages, seed) == shuffled(passages[::-1], seed)


@pytest.mark.parametrize(
    ("sign", "given_values", "agreed", "apart", "same"),
    [
        ("0", (2, 2, 2, 2), 2, 4, False),
        ("4", (1, 1, 0, 0), 0.5, 1.5, False),
        ("1", (-1, -1, -1, None), -1, 0, True),
        ("1", (-1, -1, None, None), None, None, False),
        ("n", (None, None, None, None), None, None, True),
        ("n", (0, 0, 0, 0), 0, None, False),
        ("w", (0, 0, 0, 0), 0, None, False),
        ("-", (0, 0, 0, 0), 0, None, False),
    ],
)
def test_a_gap(sign, given_values, agreed, apart, same):
    """The gap is counted in steps from the median; no claim is not zero."""
    (one,) = compare(["p"], sign, {"p": dict(zip("ABCD", given_values, strict=True))})
    assert (one.agreed, one.apart, one.same) == (agreed, apart, same)


def test_without_readings_there_is_nothing_to_compare():
    """A passage that nobody read is neither near nor far."""
    (one,) = compare(["p"], "n", {"p": {}})
    assert (one.is_compared, one.same, one.apart) == (False, False, None)


def test_the_agreed_values_are_those_of_the_map():
    """What a placement is held against is what the map shows, for every shipped passage."""
    on_the_map = shipped().positions["quote_position"]
    for one in comparisons(shipped(), PASSAGES, "2" * 23):
        value = on_the_map[shipped().row_of[one.passage]]
        assert one.agreed == (None if pd.isna(value) else value)


def test_largest_gaps_come_first():
    """Steps apart, then claim or none, then the same, then what cannot be compared."""
    placed = "20341n2w-13"
    path = next(path for path in shipped().debate.paths if path.id == "freud_to_contextual")
    passages = tuple(step.passage for step in path.steps)
    found = furthest_first(comparisons(shipped(), passages, placed))
    assert [(one.passage, one.apart) for one in found] == [
        ("p03", 2),
        ("p18", 1),
        ("p15", 1),
        ("p07", 0.5),
        ("p06", None),
        ("p22", None),
        ("p02", None),
        ("p11", None),
        ("p09", 0),
        ("p10", None),
        ("p05", None),
    ]


@quick
@given(st.lists(st.tuples(signs, st.lists(readings_given, max_size=4)), max_size=12))
def test_nothing_is_lost_in_the_order_of_gaps(drawn):
    """Every passage stays, and no gap is larger than the one before it."""
    readings = {
        f"p{i}": dict(zip("ABCD", values, strict=False)) for i, (_, values) in enumerate(drawn)
    }
    one_each = compare(list(readings), "".join(sign for sign, _ in drawn), readings)
    found = furthest_first(one_each)
    assert sorted(one.step for one in found) == [one.step for one in one_each]
    gaps = [one.apart for one in found if one.apart]
    assert gaps == sorted(gaps, reverse=True)
    assert all(one.apart for one in found[: len(gaps)])


def test_the_rows_of_codings():
    """Steps are values, no claim is empty; wrong questions and what was not placed are no rows."""
    found = compare(["a", "b", "c", "d", "a"], "0nw-4", {name: {"A": 0.0} for name in "abcd"})
    assert codings_csv(found, "me") == (
        "passage,reading,text,question,value\na,me,quote,position,-2\nb,me,quote,position,\n"
    )


@few
@given(st.lists(st.sampled_from(PASSAGES), unique=True), st.text(PLACINGS, max_size=23))
def test_codings_can_be_loaded_with_the_debate(tmp_path_factory, passages, placed):
    """What is exported passes the debate's own check and comes back as it was placed."""
    folder = tmp_path_factory.mktemp("merged") / "debate"
    shutil.copytree(SHIPPED, folder)
    own = codings_csv(comparisons(shipped(), tuple(passages), placed), "me")
    with (folder / "codings.csv").open("a", encoding="utf-8") as file:
        file.write("".join(own.splitlines(keepends=True)[1:]))
    readings = load_debate(folder).readings
    mine = readings[readings["reading"] == "me"]
    loaded = {
        str(row.passage): None if pd.isna(row.value) else row.value
        for row in mine.itertuples(index=False)
    }
    placed_at = {p: sign_at(placed, step) for step, p in enumerate(passages, 1)}
    assert loaded == {p: value_of(sign) for p, sign in placed_at.items() if answers(sign)}
    assert set(mine["text"]) <= {"quote"}


@quick
@given(st.lists(texts, min_size=1, unique=True))
def test_ids_stand_in_codings_as_they_are(passages):
    """Whatever an id holds, a reader of CSV finds it character for character."""
    found = compare(passages, "2" * len(passages), {name: {} for name in passages})
    rows = list(csv.reader(io.StringIO(codings_csv(found, "me"), newline="")))
    assert [row[0] for row in rows[1:]] == passages


def test_the_readers_name_is_free():
    """The reader's reading is called "me", or gets a number where someone has that name."""
    readings = shipped().debate.readings
    assert reader_name(readings) == "me"
    assert reader_name(readings.iloc[:0]) == "me"
    taken = pd.DataFrame({"reading": ["A", "me", "me 2"]})
    assert reader_name(taken) == "me 3"


def test_agreement_with_each_reading():
    """Who places as one reading does agrees with it fully, and with all more than they do alone."""
    readings = shipped().debate.readings
    own = readings[
        (readings["reading"] == "B")
        & (readings["text"] == "quote")
        & (readings["question"] == "position")
    ].set_index("passage")["value"]
    placed = "".join("n" if pd.isna(own[p]) else STEP_SIGNS[int(own[p]) + 2] for p in PASSAGES)
    found = agreeing(readings, comparisons(shipped(), PASSAGES, placed))
    assert found.each["B"] == pytest.approx(1)
    assert list(found.each) == ["A", "B", "C", "D"]
    assert found.without == pytest.approx(alpha(readings, "quote", "position"))
    assert found.together is not None
    assert found.together.alpha > found.without
    assert found.together.passages == 19


def test_agreement_is_undefined_without_values():
    """Where nothing can be compared there is no number, and no warning either."""
    for placed in ("", "-", "w", "n"):
        found = agreeing(shipped().debate.readings, comparisons(shipped(), PASSAGES[:1], placed))
        assert found.together is None
        assert all(value is None for value in found.each.values())


@few
@given(st.text(PLACINGS, min_size=23, max_size=23))
def test_agreement_is_on_the_passages_placed(placed):
    """Only passages that the reader placed count, and only where both have a value."""
    found = agreeing(shipped().debate.readings, comparisons(shipped(), PASSAGES, placed))
    assume(found.together is not None)
    assert found.together is not None
    assert found.together.passages <= sum(map(answers, placed))
