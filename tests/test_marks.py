"""The map's facts and marks: rows, positions, what is lit, for every basis and arrangement."""

from dataclasses import replace
from functools import cache
from itertools import chain, combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from components.position_map.placing import LANE, place
from dashboard.debate.filters import Filters, matching
from dashboard.debate.marks import (
    ARRANGES,
    BASES,
    MARKS_AT_MOST,
    MapMarks,
    map_marks,
    map_rows,
    shown_positions,
    with_spans,
)
from dashboard.debate.table import passage_table
from dashboard.open_debate import OpenDebate, open_folder
from dashboard.reader.map_view import drawn_map, page_of_author
from dashboard.seen import seen
from dashboard.view import View
from tests.strategies import few, filters, quick, shipped, tables

EVERYWHERE = tuple(product(ARRANGES, BASES))


def marks_of(arrange: str, basis: str, table: pd.DataFrame | None = None) -> MapMarks:
    """Give the marks of the first page of the map."""
    debate, table = shipped().debate, shipped().table if table is None else table
    return map_marks(debate, table, arrange, basis, map_rows(debate, table, arrange).rows)


def mark(passage: str, basis: str = "both") -> dict:
    """Give the mark of one passage."""
    frame = marks_of("author", basis).frame.set_index("passage")
    return frame.loc[passage].to_dict()


@pytest.mark.parametrize("basis", BASES)
def test_levine_makes_no_claim_in_any_basis(basis):
    """Levine's only passage, p20, lies on the no-claim lane."""
    frame = marks_of("author", basis).frame
    levine = frame[frame["row"] == "levine"]
    assert levine["passage"].tolist() == ["p20"]
    assert np.isnan(levine["shown"].iloc[0])


def test_flores_runs_from_mostly_vehicle_to_cure():
    """Flores' nine passages cover -1 to +2."""
    frame = marks_of("author", "both").frame
    flores = frame[frame["row"] == "flores"]
    assert (len(flores), flores["shown"].min(), flores["shown"].max()) == (9, -1.0, 2.0)


@pytest.mark.parametrize(
    ("passage", "row", "position"), [("p15", "wampold", -2.0), ("p03", "jung", 2.0)]
)
@pytest.mark.parametrize("basis", BASES)
def test_the_poles_in_every_basis(passage, row, position, basis):
    """Wampold's p15 is at Vehicle and Jung's p03 at Cure, in words and gloss alike."""
    assert (mark(passage, basis)["row"], mark(passage, basis)["shown"]) == (row, position)


def test_the_widest_drift_is_drawn():
    """The mark of p18 is at 0 with an arrow to +2."""
    assert (mark("p18")["shown"], mark("p18")["drifts_to"]) == (0.0, 2.0)


def test_six_arrows():
    """Exactly six marks carry an arrow from quote to gloss, and only where both are read."""
    frame = marks_of("author", "both").frame
    drifting = frame[frame["drifts_to"].notna()]
    assert {
        row["passage"]: (row["shown"], row["drifts_to"]) for row in drifting.to_dict("records")
    } == {
        "p04": (0.0, 1.0),
        "p07": (0.5, 1.0),
        "p08": (0.0, 1.0),
        "p09": (-1.0, -2.0),
        "p18": (0.0, 2.0),
        "p23": (0.0, 1.0),
    }


@pytest.mark.parametrize(
    ("basis", "on_lane"),
    [
        ("both", ["p20"]),
        ("quote", ["p05", "p06", "p11", "p17", "p20", "p22"]),
        ("gloss", ["p20", "p21"]),
    ],
)
def test_the_no_claim_lane(basis, on_lane):
    """Which passages make no claim, in each basis."""
    frame = marks_of("author", basis).frame
    assert frame["passage"][frame["shown"].isna()].tolist() == on_lane


@pytest.mark.parametrize(
    ("basis", "hollow"),
    [
        ("both", ["p05", "p06", "p11", "p17", "p20", "p22"]),
        ("quote", ["p05", "p06", "p11", "p17", "p20", "p22"]),
        ("gloss", [f"p{n:02d}" for n in range(1, 24)]),
    ],
)
def test_hollow_marks(basis, hollow):
    """Marks are filled where the author's words make the claim shown, else hollow."""
    frame = marks_of("author", basis).frame
    assert frame["passage"][~frame["filled"].astype(bool)].tolist() == hollow


def test_rows_by_author():
    """Authors in bands by home school, from vehicle to cure, those without a claim first."""
    page = map_rows(shipped().debate, shipped().table, "author")
    assert (page.page, page.pages) == (1, 1)
    assert [(row.key, row.label, row.count, row.band) for row in page.rows] == [
        ("brazier", "Brazier", 1, 0),
        ("sedgwick", "Sedgwick", 1, 0),
        ("jung", "Jung", 1, 0),
        ("levine", "Levine", 1, 1),
        ("schore", "Schore", 1, 1),
        ("holmes", "Holmes", 1, 1),
        ("flores", "Flores", 9, 1),
        ("wampold", "Wampold", 3, 2),
        ("courtois", "Courtois", 1, 2),
        ("norcross", "Norcross", 1, 2),
        ("yalom", "Yalom", 3, 2),
    ]


def test_rows_by_medium():
    """The second axis from its highest step down, half steps without a name."""
    rows = map_rows(shipped().debate, shipped().table, "medium").rows
    assert [(row.key, row.label) for row in rows] == [
        ("2", "Unconscious or bodily"),
        ("1.5", ""),
        ("1", "Felt"),
        ("0.5", ""),
        ("0", "Mixed or unstated"),
        ("-0.5", ""),
        ("-1", "Attitudes"),
        ("-1.5", ""),
        ("-2", "Negotiated"),
    ]
    assert {(row.count, row.band) for row in rows} == {(None, None)}


def test_rows_by_year():
    """Each year of an idea once, in order."""
    rows = map_rows(shipped().debate, shipped().table, "year").rows
    years = [1946, 1994, 1995, 1997, 2001, 2004, 2005, 2009, 2010, 2011, 2014, 2015]
    assert [row.key for row in rows] == [str(year) for year in years]


def test_a_missing_year_has_its_own_row(tiny_debate):
    """Works without a year of the idea lie in a last row that says so."""
    opened = open_folder(tiny_debate)
    rows = map_rows(opened.debate, opened.table, "year").rows
    assert [(row.key, row.label) for row in rows] == [("2009", "2009"), ("", "no year")]
    frame = map_marks(opened.debate, opened.table, "year", "both", rows).frame
    assert frame["row"].tolist() == ["", "", "2009", ""]


def test_without_a_second_axis_the_medium_falls_back_to_authors(tiny_debate):
    """A debate without a second axis is arranged by author instead."""
    text = (tiny_debate / "debate.yaml").read_text(encoding="utf-8")
    start, end = text.index("medium:"), text.index("schools:")
    (tiny_debate / "debate.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    codings = (tiny_debate / "codings.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(row for row in codings if ",medium," not in row)
    (tiny_debate / "codings.csv").write_text(kept, encoding="utf-8", newline="")
    opened = open_folder(tiny_debate)
    rows = map_rows(opened.debate, opened.table, "medium").rows
    assert [row.key for row in rows] == ["ada", "ben", "cleo"]
    drawn = drawn_map(opened, "medium", "both", 1, "light")
    assert drawn.marks.frame["passage"].tolist() == ["p01", "p02", "p03", "p04"]


@pytest.mark.parametrize(("arrange", "basis"), EVERYWHERE)
def test_every_passage_has_one_mark(arrange, basis):
    """Each arrangement and basis draws all 23 passages, each once."""
    marks = marks_of(arrange, basis)
    assert marks.frame["passage"].tolist() == shipped().table["passage"].tolist()
    assert marks.frame["count"].tolist() == [1] * 23
    assert [marks.standing_for(row) for row in range(23)] == marks.frame["passage"].tolist()


def _subsets(ids):
    return list(chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1)))


@cache
def _found(asked: Filters) -> np.ndarray:
    return matching(shipped().table, asked)


@pytest.mark.parametrize(("arrange", "basis"), EVERYWHERE)
def test_marks_and_lane_are_the_matching_passages(arrange, basis):
    """For every combination of filters: lit marks plus the lane's are the matching passages."""
    known, table = shipped().known, shipped().table
    marks = marks_of(arrange, basis)
    shown = marks.frame.set_index("passage")["shown"]
    for school, role in product(_subsets(known.schools), _subsets(known.roles)):
        for q in ("", "alliance outcome", "zzz"):
            found = _found(Filters(school, role, q))
            lit = marks.lit(found)
            on_axis = [passage for passage in lit if not np.isnan(shown[passage])]
            on_lane = [passage for passage in lit if np.isnan(shown[passage])]
            assert len(lit) == len(set(lit))
            assert sorted(on_axis + on_lane) == table["passage"][found].tolist()


@few
@given(filters())
def test_lit_marks_for_any_filters(asked):
    """The same for any filters at all, in every arrangement and basis."""
    found = matching(shipped().table, asked)
    expected = shipped().table["passage"][found].tolist()
    for arrange, basis in EVERYWHERE:
        assert drawn_map(shipped(), arrange, basis, 1, "light").marks.lit(found) == expected


@pytest.mark.parametrize(("arrange", "basis"), EVERYWHERE)
def test_filters_move_nothing(arrange, basis):
    """A map drawn afresh after filtering is the same map, to the last character."""
    before = drawn_map.__wrapped__(shipped(), arrange, basis, 1, "light").drawing
    for asked in (View(school=("attachment",)), View(q="zzz"), View(role=("aside",), q="bond")):
        assert seen(shipped(), asked).lit.sum() < 23
    after = drawn_map.__wrapped__(shipped(), arrange, basis, 1, "light").drawing
    assert after == before


def _places(table: pd.DataFrame, arrange: str, basis: str) -> pd.DataFrame:
    debate = shipped().debate
    rows = map_rows(debate, table, arrange).rows
    marks = map_marks(debate, table, arrange, basis, rows)
    return place(marks.frame, rows, basis).marks.set_index("passage")[["x", "y"]]


def _moved(table: pd.DataFrame, arrange: str) -> list[tuple[str, str, str]]:
    """Name marks that read the same in two bases and yet lie elsewhere."""
    places = {basis: _places(table, arrange, basis) for basis in BASES}
    return [
        (passage, one, other)
        for one, other in combinations(BASES, 2)
        for passage in places[one].index
        if places[one]["x"][passage] == places[other]["x"][passage]
        and places[one]["y"][passage] != places[other]["y"][passage]
    ]


@pytest.mark.parametrize("arrange", ARRANGES)
def test_marks_that_do_not_move_stay_to_the_pixel(arrange):
    """A shipped passage that reads the same in two bases has the same place in both."""
    assert _moved(shipped().table, arrange) == []


@few
@given(tables())
def test_marks_stay_to_the_pixel_for_any_positions(table):
    """So do marks with any positions at all."""
    assert [moved for arrange in ARRANGES for moved in _moved(table, arrange)] == []


@few
@given(tables())
def test_no_mark_is_moved_along_the_axis(table):
    """Each mark lies at its position, or on the lane where it makes no claim."""
    for arrange, basis in zip(ARRANGES, BASES, strict=True):
        x = _places(table, arrange, basis)["x"].to_numpy()
        expected = shown_positions(table, basis)["position"].fillna(LANE).to_numpy()
        assert (x == expected).all()


@cache
def _large() -> OpenDebate:
    """Repeat the passages of the shipped debate ten times, under other ids."""
    debate, table = shipped().debate, shipped().table
    passages = tuple(
        replace(passage, id=f"{passage.id}-{n}") for n in range(10) for passage in debate.passages
    )
    copies = pd.concat([table] * 10, ignore_index=True)
    copies["passage"] = [passage.id for passage in passages]
    return OpenDebate(replace(debate, passages=passages), copies)


@cache
def _large_marks(arrange: str, basis: str) -> MapMarks:
    opened = _large()
    rows = map_rows(opened.debate, opened.table, arrange).rows
    return map_marks(opened.debate, opened.table, arrange, basis, rows)


@pytest.mark.parametrize(("arrange", "basis"), EVERYWHERE)
def test_many_marks_are_merged(arrange, basis):
    """Where there are many, coinciding passages share a mark and none is lost."""
    table, marks = _large().table, _large_marks(arrange, basis)
    assert len(table) > MARKS_AT_MOST >= len(marks.frame)
    assert marks.frame["count"].sum() == len(table)
    assert marks.frame["passage"].is_unique
    coinciding = ["row", "school", "shown", "filled"]
    assert not marks.frame[coinciding].duplicated().any()
    own = shown_positions(table, basis)["position"].to_numpy()
    of_mark = marks.frame["shown"].to_numpy()[marks.mark_of]
    assert np.array_equal(own[marks.members], of_mark, equal_nan=True)


@quick
@given(filters())
def test_merged_marks_are_lit_for_any_match(asked):
    """A shared mark is lit exactly where one of its passages matches."""
    found = matching(_large().table, asked)
    marks = _large_marks("author", "both")
    expected = {marks.standing_for(int(row)) for row in np.flatnonzero(found)}
    assert set(marks.lit(found)) == expected
    assert len(marks.lit(found)) == len(expected)


def test_what_is_said_of_a_mark():
    """A screen reader hears passage, work, school and both values."""
    assert mark("p18")["name"] == (
        "p18, Yalom & Leszcz 2005, Empirical. Words: both, or open; gloss: cure."
    )
    assert mark("p20")["name"] == (
        "p20, Levine 2010, Attachment. Words: no claim; gloss: no claim (not agreed)."
    )


def test_hover_text():
    """The hover text holds id, work, first words and both values, escaped for Plotly."""
    assert mark("p18")["hover"] == (
        "<b>p18</b>  Yalom &amp; Leszcz 2005<br>"
        "effective therapists operate similarly in that they …<br>"
        "Words: both, or open; gloss: cure"
    )


@pytest.mark.parametrize("length", [77, 78, 79, 80, 81, 200])
def test_a_long_source_is_cut_between_characters(length):
    """Cutting a long source never cuts an escaped character in two."""
    source = "x" * (length - 1) + "&" + "y" * 40
    table = shipped().table.assign(source=source)
    hover = marks_of("author", "both", table).frame["hover"].iloc[0]
    head = hover.split("<br>")[0].removeprefix("<b>p01</b>  ")
    assert head == source[:80].replace("&", "&amp;") + "…"


def _crowd(authors: int) -> OpenDebate:
    """Give the shipped debate with its authors and passages repeated under other ids."""
    debate = shipped().debate
    many = tuple(
        replace(debate.authors[n % 11], id=f"a{n:03d}", sort_name=f"A{n:03d}")
        for n in range(authors)
    )
    works = tuple(replace(debate.works[0], id=f"w{n:03d}", author=a.id) for n, a in enumerate(many))
    passages = tuple(
        replace(debate.passages[n % 23], id=f"q{n:03d}", work=w.id) for n, w in enumerate(works)
    )
    silent = pd.DataFrame({"passage": [p.id for p in passages], "reading": "A", "value": np.nan})
    readings = silent.assign(text="quote", question="position")
    large = replace(debate, authors=many, works=works, passages=passages, readings=readings)
    return OpenDebate(large, passage_table(large))


def test_rows_are_paged():
    """Many authors are shown sixteen a page; each has one page, and none is lost."""
    opened = _crowd(40)
    pages = [map_rows(opened.debate, opened.table, "author", page) for page in (1, 2, 3)]
    assert [(page.page, page.pages, len(page.rows)) for page in pages] == [
        (1, 3, 16),
        (2, 3, 16),
        (3, 3, 8),
    ]
    keys = [row.key for page in pages for row in page.rows]
    assert sorted(keys) == [f"a{n:03d}" for n in range(40)]
    assert map_rows(opened.debate, opened.table, "author", 99) == pages[2]
    for number, page in enumerate(pages, 1):
        assert {page_of_author(opened, row.key) for row in page.rows} == {number}


def test_up_to_two_pages_are_shown_as_one():
    """Thirty-two authors still fit on one page."""
    opened = _crowd(32)
    assert map_rows(opened.debate, opened.table, "author").pages == 1


def test_marks_of_a_page():
    """A page of rows holds the marks of its authors and no others."""
    opened = _crowd(40)
    rows = map_rows(opened.debate, opened.table, "author", 2).rows
    marks = map_marks(opened.debate, opened.table, "author", "both", rows)
    assert set(marks.frame["row"]) == {row.key for row in rows}
    elsewhere = np.setdiff1d(np.arange(40), marks.members)
    assert {marks.standing_for(int(row)) for row in elsewhere} == {""}
    assert marks.lit(np.ones(40, dtype=bool)) == marks.frame["passage"].tolist()


def test_rows_know_span_and_middle():
    """An author's row has span and middle of the basis; without a claim it has neither."""
    opened = shipped()
    rows = map_rows(opened.debate, opened.table, "author").rows
    spans = {r.key: (r.span, r.middle) for r in with_spans(rows, opened.table, "both")}
    assert spans["flores"] == ((-1, 2), 0)
    assert spans["wampold"] == ((-2, 1), 0)
    assert spans["yalom"] == ((0, 0), 0)
    assert spans["jung"] == ((2, 2), None)
    assert spans["levine"] == (None, None)
    quoted = {r.key: (r.span, r.middle) for r in with_spans(rows, opened.table, "quote")}
    assert quoted["wampold"] == ((-2, -2), None)


def test_rows_that_are_no_authors_have_no_span():
    """Years and steps of the second axis are rows without a span or a middle."""
    opened = shipped()
    rows = map_rows(opened.debate, opened.table, "year").rows
    assert with_spans(rows, opened.table, "both") == rows
