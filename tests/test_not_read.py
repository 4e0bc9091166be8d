"""Not read is not "no claim": what nobody has read stands nowhere, and every part says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.position_map import placed_marks
from components.room_results import Asked, Vote, one_vote
from components.room_slide import Answer, AnswerAxis, Placed, answer_axis
from components.small_axis import small_axis
from dashboard.debate.comparison import sayings, sides_of
from dashboard.debate.disagreements import disagreements, not_read, without_claim
from dashboard.debate.marks import ARRANGES, map_marks, map_rows, with_spans
from dashboard.debate.merging import merged, write_codings
from dashboard.debate.order import parts
from dashboard.debate.positions import agreed_values
from dashboard.debate.table import passage_table
from dashboard.open_debate import OpenDebate
from dashboard.reader.answers import answers
from dashboard.reader.compare_page import comparison
from dashboard.reader.handout import handout
from dashboard.reader.map_view import drawn_map, no_claim_of, steps_of, table_columns, table_rows
from dashboard.reader.method_page import method
from dashboard.reader.path_end import path_end
from dashboard.reader.path_taken import path_taken
from dashboard.reading import full
from dashboard.seen import seen
from dashboard.seminar.room_marks import room_marks, room_places
from dashboard.view import OWN, View
from tests.a_debate import SHIPPED
from tests.strategies import shipped

UNREAD = {"p05", "p18", "p20"}
"""Passages of which nobody has read anything."""
NO_GLOSS_READ = {"p03", "p07"}
"""Passages of which only the quote has been read."""


def read_as(keep: Callable[[pd.DataFrame], pd.Series]) -> OpenDebate:
    """Open the shipped debate with those of its readings that ``keep`` lets through."""
    debate = shipped().debate
    debate = replace(debate, readings=debate.readings[keep(debate.readings)])
    return OpenDebate(debate, passage_table(debate))


def _partly(readings: pd.DataFrame) -> pd.Series:
    unread_gloss = (readings["text"] == "gloss") & readings["passage"].isin(NO_GLOSS_READ)
    return ~readings["passage"].isin(UNREAD) & ~unread_gloss


@pytest.fixture(scope="module")
def nothing() -> OpenDebate:
    """Give the shipped debate as it would be after an import: nobody has read anything."""
    return read_as(lambda readings: readings["passage"] == "")


@pytest.fixture(scope="module")
def quotes() -> OpenDebate:
    """Give the shipped debate with its quotes read and no gloss."""
    return read_as(lambda readings: readings["text"] == "quote")


@pytest.fixture(scope="module")
def partly() -> OpenDebate:
    """Give the shipped debate with some passages and some glosses not read."""
    return read_as(_partly)


# ---- the model


def test_readers_of_quotes_leave_the_glosses_where_they_are(tmp_path: Path) -> None:
    """Merging two people's placements of quotes changes no gloss and no medium."""
    given = shipped().debate.readings
    names = ["passage", "reading", "text", "question"]
    own = given[(given["text"] == "quote") & (given["reading"] == "A")]
    files = [SHIPPED / "codings.csv"]
    for name in ("anna", "ben"):
        files.append(tmp_path / f"{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as stream:
            write_codings(own.astype(dict.fromkeys(names, str)).assign(reading=name), stream)
    readings = merged(files, shipped().debate).readings
    table = shipped().table
    found = agreed_values(readings, table["passage"])
    for column, placed in (("gloss_position", 21), ("medium", 23)):
        assert found[column].notna().sum() == placed
        assert found[column].tolist() == pytest.approx(table[column].tolist(), nan_ok=True)
    of_glosses = [each for each in disagreements(readings) if each.text == "gloss"]
    assert of_glosses == [each for each in disagreements(given) if each.text == "gloss"]


def test_an_absent_row_is_no_vote_and_an_empty_value_is_one() -> None:
    """Two of two readings agree; with two more that found no claim, they do not."""

    def agreed(*more: tuple[str, float]) -> pd.DataFrame:
        rows = [("A", 1.0), ("B", 1.0), *more]
        frame = pd.DataFrame(rows, columns=["reading", "value"])
        frame = frame.assign(passage="a", text="gloss", question="position")
        return agreed_values(frame, pd.Index(["a", "b"]))

    left_out, silent = agreed(), agreed(("C", np.nan), ("D", np.nan))
    assert left_out["gloss_position"].tolist() == pytest.approx([1.0, np.nan], nan_ok=True)
    assert silent["gloss_position"].isna().all()
    for found in (left_out, silent):
        assert found["gloss_read"].tolist() == [True, False]
        assert found["quote_read"].tolist() == [False, False]


def test_what_is_silent_and_what_is_not_read(partly: OpenDebate) -> None:
    """The table tells the passages that make no claim from those that nobody has read."""
    assert without_claim(partly.table, "quote_position") == ("p06", "p11", "p17", "p22")
    assert without_claim(partly.table, "gloss_position") == ("p21",)
    assert set(not_read(partly.table, "quote_position")) == UNREAD
    assert set(not_read(partly.table, "gloss_position")) == UNREAD | NO_GLOSS_READ


def test_the_shipped_debate_is_read_whole() -> None:
    """In the shipped debate every quote, gloss and medium has been read."""
    columns = ("quote_position", "gloss_position", "medium")
    assert [not_read(shipped().table, column) for column in columns] == [(), (), ()]


# ---- the map


@pytest.mark.parametrize("arrange", ARRANGES)
def test_what_is_not_read_has_no_mark(partly: OpenDebate, arrange: str) -> None:
    """A passage has a mark in the bases that have read it, and in no other."""
    missing = {"both": UNREAD, "quote": UNREAD, "gloss": UNREAD | NO_GLOSS_READ}
    everything = np.ones(23, dtype=bool)
    for basis, gone in missing.items():
        drawn = drawn_map(partly, arrange, basis, 1, "light")
        rows = with_spans(drawn.rows.rows, partly.table, basis)
        shown = set(placed_marks(drawn.marks.frame, rows, basis).marks["passage"])
        assert shown == set(partly.table["passage"]) - gone
        assert set(drawn.marks.lit(everything)) == shown
        assert {drawn.marks.standing_for(partly.row_of[one]) for one in gone} == {""}


def test_nothing_read_leaves_the_lane_empty(nothing: OpenDebate) -> None:
    """Before anything is read the map has its rows and no mark, and says how many are unread."""
    for arrange in ARRANGES:
        rows = map_rows(nothing.debate, nothing.table, arrange).rows
        assert map_marks(nothing.debate, nothing.table, arrange, "both", rows).frame.empty
    rows = drawn_map(nothing, "author", "both", 1, "light").rows.rows
    assert sum(row.count or 0 for row in rows) == 23
    assert seen(nothing, View()).summary == "23 passages have not been read yet."


def test_marks_that_read_alike_keep_their_places(partly: OpenDebate) -> None:
    """A gloss that is not read moves no other mark, whichever text is shown."""
    places = {}
    for basis in ("both", "quote"):
        drawn = drawn_map(partly, "author", basis, 1, "light")
        rows = with_spans(drawn.rows.rows, partly.table, basis)
        marks = placed_marks(drawn.marks.frame, rows, basis).marks.set_index("passage")
        places[basis] = marks[marks["filled"] & marks["drifts_to"].isna()][["x", "y"]]
    same = places["both"].index.intersection(places["quote"].index)
    assert len(same) > 10
    assert places["both"].loc[same].equals(places["quote"].loc[same])


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("both", "3 passages have not been read yet"),
        ("quote", "3 quotes have not been read yet"),
        ("gloss", "5 glosses have not been read yet"),
    ],
)
def test_the_map_says_what_is_not_read(partly: OpenDebate, basis: str, said: str) -> None:
    """The sentence under the map counts what is not read, and no longer calls it silent."""
    summary = seen(partly, View(basis=basis)).summary
    assert said in summary
    assert "Levine" not in summary
    assert said in seen(partly, View(basis=basis)).unread
    assert seen(partly, View(q="physiologically")).summary == "1 passage has not been read yet."


def test_the_medium_that_is_not_read_has_a_row_of_its_own() -> None:
    """A passage whose medium was read without a value is in another row than one not read."""
    readings = shipped().debate.readings
    silent = (readings["passage"] == "p01") & (readings["question"] == "medium")
    without = (readings["passage"] == "p02") & (readings["question"] == "medium")
    debate = replace(
        shipped().debate,
        readings=readings.assign(value=readings["value"].where(~silent))[~without],
    )
    table = passage_table(debate)
    rows = map_rows(debate, table, "medium").rows
    assert [row.label for row in rows[-2:]] == ["no claim", "not read"]
    frame = map_marks(debate, table, "medium", "both", rows).frame.set_index("passage")
    assert frame["row"][["p01", "p02"]].tolist() == [rows[-2].key, rows[-1].key]


# ---- where no gloss has been read


OF_A_GLOSS = re.compile(
    r"gloss: |Gloss: |<b>gloss:|gloss stands|Library’s gloss|placed by the gloss"
)


def test_what_would_be_said_of_glosses_is_found() -> None:
    """Where glosses have been read each part below speaks of them, so that the test can fail."""
    on = shipped()
    for said in (
        drawn_map(on, "author", "both", 1, "light").drawing.plan,
        answers(on).decode(),
        handout(on, View(), "/"),
        method(on),
        comparison(on, ("p18", "p04")),
    ):
        assert OF_A_GLOSS.search(said)


@pytest.mark.parametrize("which", ["nothing", "quotes"])
def test_glosses_that_nobody_has_read_are_not_placed(
    which: str, request: pytest.FixtureRequest
) -> None:
    """Without a reading of any gloss no part says where one stands; their texts are there."""
    opened: OpenDebate = request.getfixturevalue(which)
    assert opened.known.bases == ("quote",)
    assert table_columns(opened)[-1] == "Author’s words"
    assert {len(row) for row in table_rows(seen(opened, View()))} == {len(table_columns(opened))}
    taken = path_taken(opened, View(path="whose_bond", step=99, placed="2034n1w-"))
    assert taken
    pages = {
        "plan": drawn_map(opened, "author", "both", 1, "light").drawing.plan,
        "answers": answers(opened).decode(),
        "handout": handout(opened, View(), "/"),
        "method": re.sub(r'<section id="codebook".*?</section>', "", method(opened), flags=re.S),
        "compare": comparison(opened, ("p18", "p04")),
        "split": comparison(opened, ("p04",)),
        "path": path_end(taken),
    }
    assert {
        name: found for name, said in pages.items() if (found := OF_A_GLOSS.findall(said))
    } == {}
    assert full(opened, "p18").gloss == full(shipped(), "p18").gloss
    assert full(opened, "p18").gloss_words == ""


# ---- the other parts


def test_a_card_without_a_reading_has_no_rule_and_no_mark(partly: OpenDebate) -> None:
    """The card of an unread passage says "not read", shows no rule, and its axis has no mark."""
    reading = full(partly, "p20")
    assert (reading.quote_words, reading.gloss_words) == ("not read", "not read")
    assert (reading.rules, reading.readings) == ((), ())
    assert reading.why_title == "The words have not been read yet"
    steps, lane = steps_of(partly), no_claim_of(partly)
    assert "axis-mark" not in small_axis(reading, steps, lane)
    assert "axis-mark" in small_axis(full(shipped(), "p20"), steps, lane)
    half = full(partly, "p03")
    assert half.gloss_words == "not read"
    assert [name for name, _ in half.rules] == ["Codebook, +2:"]


def test_orders_have_a_part_for_what_is_not_read(partly: OpenDebate, quotes: OpenDebate) -> None:
    """By position and by drift the unread passages are in a part of their own; none is lost."""
    by_position = {part.title: part for part in parts(partly.debate, partly.table, "position")}
    unread = by_position["Not read"].rows.tolist()
    assert {partly.debate.passages[row].id for row in unread} == UNREAD
    by_drift = {part.title: part for part in parts(partly.debate, partly.table, "drift")}
    unread = by_drift["Not both have been read"].rows.tolist()
    assert {partly.debate.passages[row].id for row in unread} == UNREAD | NO_GLOSS_READ
    assert sum(part.rows.size for part in by_drift.values()) == 23
    titles = [part.title for part in parts(quotes.debate, quotes.table, "drift")]
    assert titles == ["Not both have been read"]


def test_nobody_shares_what_is_not_read(partly: OpenDebate) -> None:
    """Two unread passages share no position, of words or gloss."""
    sides = sides_of(partly.debate, partly.table, ("p18", "p20"))
    kinds = {saying.kind for saying in sayings(partly.debate, partly.table, sides)}
    assert kinds.isdisjoint({"position", "gloss"})
    before = sayings(shipped().debate, shipped().table, sides)
    assert {"position", "gloss"} <= {saying.kind for saying in before}


def test_compare_draws_no_mark_of_what_is_not_read(partly: OpenDebate) -> None:
    """A lane without a reading says "not read" and has no mark; an author's says how many."""
    page = comparison(partly, ("p18", "flores"))
    assert "Strupp: not read" in page
    marks = re.findall(r'<span class="mark-name">(\w+)</span>', page)
    assert "p18" not in marks
    assert "p14" in marks


def test_method_lists_what_is_not_read(partly: OpenDebate, nothing: OpenDebate) -> None:
    """Method has a list of what is not read beside that of what makes no claim."""
    page = method(partly)
    assert 'id="not-read"' in page
    silent = page[page.index('id="no-claim"') : page.index('id="not-read"')]
    assert "p20" not in silent
    assert 'id="not-read"' not in method(shipped())
    assert 'id="no-claim"' not in method(nothing)
    assert "<td>23</td>" in method(nothing)


def test_the_end_of_a_path_passes_by_what_is_not_read(partly: OpenDebate) -> None:
    """An unread passage has the reader's ring and no mark of ours; the line goes past its row."""
    taken = path_taken(partly, View(path="whose_bond", step=99, placed="2034n1w0"))
    assert taken
    page = path_end(taken)
    rows = re.findall(r"<li><a class=\"placement-name\".*?</li>", page, flags=re.S)
    (unread,) = (row for row in rows if "<small>p18</small>" in row)
    assert unread.count("axis-mark") == 1
    assert "placement-ring" in unread
    assert "Words: not read." in unread
    whole = path_taken(shipped(), View(path="whose_bond", step=99, placed="2034n1w0"))
    assert whole
    assert path_end(whole).count("<line") == page.count("<line") + 1


@pytest.mark.parametrize("path", ["whose_bond", OWN])
def test_the_end_of_a_path_compares_with_no_reading_that_is_not_there(
    nothing: OpenDebate, path: str
) -> None:
    """Where nothing has been read the end shows the placements, and speaks of no readings."""
    view = View(path=path, step=99, placed="2034n1w0")
    of_readings = ("urthest apart", "undefined", "lpha", "Agreed", "Steps apart")
    of_readings += ("the author’s words", "themselves", "not independent", "order of the path")
    taken, compared = path_taken(nothing, view), path_taken(shipped(), view)
    assert taken
    assert compared
    page, before = path_end(taken), path_end(compared)
    assert [said for said in of_readings if said in page] == []
    assert {"urthest apart", "lpha", "Agreed", "themselves"} <= {
        said for said in of_readings if said in before
    }
    assert "No reading of these passages is held" in page
    assert page.count('class="open-passage"') == len(taken.passages)
    assert "placement-ring" in page


def test_a_room_sees_no_mark_of_what_is_not_read(partly: OpenDebate) -> None:
    """Over a room's votes an unread passage is said to be not read, in words and gloss."""
    marks = room_marks(partly, "p20")
    assert (marks.quote_read, marks.gloss_read) == (False, False)
    assert (marks.quote_words, marks.gloss_words) == ("not read", "not read")
    assert room_marks(shipped(), "p20").quote_words == "no claim"


@pytest.mark.parametrize(
    ("read", "glossed", "quote", "gloss", "drawn"),
    [
        (False, False, None, None, 0),
        (False, True, None, 1.0, 1),
        (False, True, None, None, 1),
        (True, False, None, None, 1),
        (True, True, None, 1.0, 2),
    ],
)
def test_a_slide_draws_what_has_been_read(
    read: bool, glossed: bool, quote: float | None, gloss: float | None, drawn: int
) -> None:
    """On a slide's axis each text that has been read has its sign, and no other has one."""
    answers_ = [Answer(str(number)) for number in range(7)]
    one = Placed("p01", quote, gloss, read, glossed, None, "p01.")
    assert answer_axis(AnswerAxis(answers_, [one])).count("axis-mark") == drawn


def test_over_a_vote_what_is_not_read_has_no_sign(partly: OpenDebate) -> None:
    """The row of the passage over a room's votes is empty of signs, and says "not read"."""
    vote = Vote("The room", {"0": 3, "1": 4})
    asked = Asked(readings=True, words=True, gloss=True, school=True, span=True)
    places = room_places(partly)
    unread = one_vote(vote, places, room_marks(partly, "p20"), asked, table="unseen")
    silent = one_vote(vote, places, room_marks(shipped(), "p20"), asked, table="unseen")
    assert "words: not read; gloss: not read" in unread
    assert ("axis-mark" in unread, "axis-mark" in silent) == (False, True)
