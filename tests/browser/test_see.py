"""See: every mark stands where the readings put it, in every basis and arrangement."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

LEFT_OF_THE_AXIS = -2.5
BASES = {"both": "Both", "quote": "Author's words", "gloss": "Library's gloss"}


def _expect_drawn(reader: Reader, basis: str) -> None:
    marks = reader.marks()
    assert sorted(marks) == sorted(source.PASSAGES)
    for passage, mark in marks.items():
        value = source.shown(passage, basis)
        if value is None:
            assert mark["x"] < LEFT_OF_THE_AXIS, passage
        else:
            assert mark["x"] == value, passage
        claimed = basis != "gloss" and source.position(passage, "quote") is not None
        assert mark["filled"] == claimed, passage


def test_each_passage_is_one_mark_where_its_readings_agree(reader: Reader) -> None:
    """Each passage has one mark at its agreed position, filled where the quote makes the claim."""
    reader.open()
    reader.expect_count(23, 11)
    _expect_drawn(reader, "both")
    marks = reader.marks()
    assert marks["p15"]["x"] == -2
    assert marks["p03"]["x"] == 2
    assert {i for i, a in source.AUTHOR_OF.items() if a == "levine"} == {"p20"}
    assert marks["p20"]["x"] < LEFT_OF_THE_AXIS
    flores = [i for i, a in source.AUTHOR_OF.items() if a == "flores"]
    values = [m["x"] for i, m in marks.items() if i in flores and m["x"] > LEFT_OF_THE_AXIS]
    assert len(flores) == 9
    assert (min(values), max(values)) == (-1, 2)


def test_an_arrow_runs_from_the_quote_to_a_gloss_that_differs(reader: Reader) -> None:
    """Six passages drift; p18 runs from 0 to +2; no other passage has an arrow."""
    reader.open()
    drifts = reader.drifts()
    wanted = {
        i: (source.position(i, "quote"), source.position(i, "gloss"))
        for i in source.PASSAGES
        if None not in (source.position(i, "quote"), source.position(i, "gloss"))
        and source.position(i, "quote") != source.position(i, "gloss")
    }
    assert len(wanted) == 6
    assert {i: (d["from"], round(d["to"], 1)) for i, d in drifts.items()} == wanted
    assert wanted["p18"] == (0, 2)


def test_each_basis_shows_its_own_positions_and_moves_no_other_mark(reader: Reader) -> None:
    """In each basis marks stand at its values; a mark with the same value keeps its pixel."""
    reader.open()
    places = {"both": reader.places()}
    for basis in ("quote", "gloss"):
        reader.radio("Read from", BASES[basis]).click()
        reader.expect_query(basis=basis)
        reader.until(lambda: reader.drifts() == {}, lambda: "arrows are drawn for one text")
        values = {i: source.shown(i, basis) for i in source.PASSAGES}
        reader.until(
            lambda values=values: all(  # type: ignore[misc]
                m["x"] == values[i] for i, m in reader.marks().items() if values[i] is not None
            ),
            lambda: "the marks did not move to their values",
        )
        _expect_drawn(reader, basis)
        places[basis] = reader.places()
    for one, other in (("both", "quote"), ("both", "gloss"), ("quote", "gloss")):
        steady = [i for i in source.PASSAGES if source.shown(i, one) == source.shown(i, other)]
        assert len(steady) >= 10
        assert {i: places[one][i] for i in steady} == {i: places[other][i] for i in steady}


def test_rows_are_authors_in_the_band_of_their_home_school(reader: Reader) -> None:
    """By author, the marks of one author lie in one row, and rows lie in bands by home school."""
    reader.open()
    rows = reader.page.locator(".position-map-row")
    expect(rows).to_have_count(11)
    keys = rows.evaluate_all("nodes => nodes.map(n => n.dataset.id)")
    bands = [source.AUTHORS[key]["home_school"] for key in keys]
    assert bands == sorted(bands, key=list(source.SCHOOLS).index)
    of_row: dict[str, list[float]] = {}
    for passage, mark in reader.marks().items():
        of_row.setdefault(source.AUTHOR_OF[passage], []).append(mark["top"])
    for above, below in pairwise(keys):
        assert max(of_row[above]) < min(of_row[below]), (above, below)
    labels = reader.page.locator(".js-plotly-plot .annotation-text").all_text_contents()
    text = " ".join(labels)
    for author in source.AUTHORS.values():
        assert author["label"] in text
    for label in ("Vehicle", "mostly vehicle", "both, or open", "mostly cure", "Cure", "no claim"):
        assert label in labels


def test_schools_differ_by_shape_and_by_colour(reader: Reader) -> None:
    """Passages of one school share shape and colour; no two schools share either."""
    reader.open()
    looks: dict[str, set[tuple[str, str]]] = {}
    for passage, mark in reader.marks().items():
        school = source.PASSAGES[passage]["school"]
        looks.setdefault(school, set()).add((mark["symbol"], mark["colour"]))
    assert all(len(each) == 1 for each in looks.values())
    pairs = [next(iter(each)) for each in looks.values()]
    assert len({symbol for symbol, _ in pairs}) == 3
    assert len({colour for _, colour in pairs}) == 3


def test_the_middle_passage_is_ticked_from_three_up(reader: Reader) -> None:
    """Exactly the authors with three placed passages or more have a tick, at the middle one."""
    reader.open()
    ticks = reader.page.evaluate(
        """() => document.querySelector('.js-plotly-plot').data
             .filter(t => t.meta?.part === 'middle').map(t => [t.meta.passages, t.x[0]])"""
    )
    placed: dict[str, list[float]] = {}
    for passage, author in source.AUTHOR_OF.items():
        value = source.shown(passage, "both")
        if value is not None:
            placed.setdefault(author, []).append(value)
    wanted = {
        author: sorted(values)[(len(values) - 1) // 2]
        for author, values in placed.items()
        if len(values) >= 3
    }
    found = {source.AUTHOR_OF[passages[0]]: value for passages, value in ticks}
    assert found == wanted


def test_arrangements_move_marks_across_the_axis_only(reader: Reader) -> None:
    """By medium and by year each mark keeps its position; rows follow the medium or the year."""
    reader.open()
    before = {i: m["x"] for i, m in reader.marks().items()}
    for name, arrange in (("What is the bond made of?", "medium"), ("By year", "year")):
        figure = reader.page.locator(".position-map").get_attribute("data-ready")
        reader.radio("Arrange", name).click()
        reader.expect_query(arrange=arrange)
        expect(reader.page.locator(".position-map")).not_to_have_attribute(
            "data-ready", figure or ""
        )
        marks = reader.marks()
        assert {i: m["x"] for i, m in marks.items()} == before
        level = {i: _level(i, arrange) for i in marks}
        for one in marks:
            for other in marks:
                if level[one] < level[other]:
                    # Felt stands above agreed; earlier years above later ones.
                    higher, lower = (other, one) if arrange == "medium" else (one, other)
                    assert marks[higher]["top"] < marks[lower]["top"], (one, other)
        if arrange == "medium":
            caveat = reader.page.locator(".caveat")
            expect(caveat).to_contain_text(f"Caveat: {source.DEBATE['medium']['caveat']}")


def _level(passage: str, arrange: str) -> float:
    if arrange == "medium":
        return source.AGREED[passage, "both", "medium"] or 0.0
    return float(source.WORKS[source.PASSAGES[passage]["work"]]["idea_year"])


def test_hovering_tells_id_author_year_first_words_and_both_values(reader: Reader) -> None:
    """The pointer on a mark shows id, author and year, the quote's first words, both values."""
    reader.open()
    for passage in ("p18", "p11", "p03"):
        reader.point_at(passage)
        layer = reader.page.locator(".js-plotly-plot .hoverlayer")
        work = source.WORKS[source.PASSAGES[passage]["work"]]
        quote, gloss = (source.said(source.position(passage, t)) for t in ("quote", "gloss"))
        told = (
            passage,
            work["short"],
            source.PASSAGES[passage]["quote"][:30],
            f"Words: {quote}; gloss: {gloss}",
        )
        reader.until(
            lambda layer=layer, told=told: all(each in reader.text(layer) for each in told),  # type: ignore[misc]
            lambda layer=layer, told=told: f"{told} is not told in {reader.text(layer)}",  # type: ignore[misc]
        )


def test_a_live_text_says_what_is_seen(reader: Reader) -> None:
    """The text under the map names each school's run and who makes no claim."""
    reader.open()
    seen = reader.page.locator(".seen")
    expect(seen).to_have_attribute("role", "status")
    expect(seen).to_contain_text("Levine")
    reader.option("School", "Attachment").click()
    expect(seen).to_contain_text("Attachment runs from mostly vehicle")
    expect(seen).to_contain_text("to cure (Flores, p12)")
    expect(seen).not_to_contain_text("Jung")
