"""The table view: the map's values in rows, character for character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.value_table import value_table
from dashboard.debate.summary import position_words
from dashboard.reader.map_view import TABLE_COLUMNS, table_rows
from dashboard.seen import seen
from dashboard.view import View
from tests.strategies import HOSTILE, parsed, quick, shipped, texts


@quick
@given(texts, st.lists(st.tuples(texts, texts, texts), max_size=4))
def test_any_cells_are_verbatim(caption, rows):
    """Caption, headings and cells hold any text as it is, in order."""
    columns = HOSTILE[:3]
    found = parsed(value_table(caption, columns, rows))
    assert found.one("caption").text == caption
    heads = [cell for cell in found.all("th") if cell.attributes["scope"] == "col"]
    assert [cell.text for cell in heads] == list(columns)
    firsts = [cell.text for cell in found.all("th") if cell.attributes["scope"] == "row"]
    assert firsts == [row[0] for row in rows]
    assert [cell.text for cell in found.all("td")] == [cell for row in rows for cell in row[1:]]


def test_the_table_can_be_scrolled_by_keyboard():
    """The table's room can be focused and has a name."""
    room = parsed(value_table("All", ["A"], [["a"]])).one("div")
    assert room.attributes["tabindex"] == "0"
    assert room.attributes["role"] == "region"
    assert room.attributes["aria-label"]


def test_rows_hold_the_values_of_the_map():
    """Every passage has its row with both positions in the axis's words."""
    rows = table_rows(seen(shipped(), View()))
    axis, table = shipped().debate.axis, shipped().table
    assert len(rows) == 23
    assert {len(row) for row in rows} == {len(TABLE_COLUMNS)}
    for row, values in zip(rows, table.to_dict("records"), strict=True):
        assert (row[0], row[7], row[8]) == (
            values["passage"],
            position_words(values["quote_position"], axis),
            position_words(values["gloss_position"], axis, not_agreed=values["gloss_not_agreed"]),
        )


@pytest.mark.parametrize(
    ("passage", "row"),
    [
        (
            "p18",
            (
                "p18",
                "Yalom",
                "Yalom & Leszcz 2005",
                "Empirical",
                "Depth-psychological",
                "2 of 3",
                "Supporting",
                "both, or open",
                "cure",
            ),
        ),
        (
            "p20",
            (
                "p20",
                "Levine",
                "Levine 2010",
                "Attachment",
                "none",
                "1 of 3, low",
                "Supporting",
                "no claim",
                "no claim (not agreed)",
            ),
        ),
    ],
)
def test_exact_rows(passage, row):
    """Author, source, schools, confidence, role and both values of a passage."""
    rows = {each[0]: each for each in table_rows(seen(shipped(), View()))}
    assert rows[passage] == row


def test_only_matching_passages_have_rows():
    """The table shows what the filters let through, in the debate's order."""
    view = seen(shipped(), View(school=("attachment",)))
    assert [row[0] for row in table_rows(view)] == ["p02", "p04", "p06", "p12", "p14", "p19", "p20"]


@quick
@given(texts)
def test_a_table_can_be_found_by_its_key(key):
    """The key stands on the table as it is, whatever it holds, and is left out where empty."""
    table = parsed(value_table("t", ("Passage",), [("p01",)], key=key)).one("table")
    assert table.attributes.get("data-table", "") == key
