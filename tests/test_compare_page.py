"""The page of comparisons: its HTML follows from the debate, its widgets and links agree."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.compare_columns import (
    IDS_AT_MOST,
    ROWS_AT_MOST,
    compare_columns,
    comparison_table,
    pair_list,
    split_columns,
)
from components.markup import compare_address
from components.shared_axis import LABEL, rows_of, shared_axis
from dashboard.app_pages.gallery_samples import USUAL
from dashboard.debate.comparison import Saying, sides_of
from dashboard.debate.model import Pair
from dashboard.debate.positions import Span
from dashboard.debate.table import passage_table
from dashboard.open_debate import FOLDER_VARIABLE, OpenDebate, open_folder
from dashboard.reader.compare_page import comparison, opposed_pairs
from dashboard.reader.compare_view import (
    MARKS_AT_MOST,
    PAIRS_AT_MOST,
    PASSAGES_AT_MOST,
    Column,
    Lane,
    ListedPair,
    Mark,
    Way,
    columns,
    lane,
    listed_pairs,
    names,
    split_lanes,
)
from dashboard.reader.map_view import steps_of
from tests.asking import page_at
from tests.benchmarks.generated_debate import write_debate
from tests.strategies import HOSTILE, parsed, positions, quick, shipped, texts
from tests.test_pages import query, text

IDS = [*shipped().authors, *shipped().row_of]
STEPS = steps_of(shipped())


def side(of: str):
    """Give the side of the shipped debate with this id."""
    (found,) = sides_of(shipped().debate, shipped().table, [of])
    return found


def without_glosses() -> OpenDebate:
    """Give the shipped debate with its glosses not shown."""
    debate = replace(shipped().debate, show_glosses=False)
    return OpenDebate(debate, passage_table(debate))


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> OpenDebate:
    """Give a generated debate in which one author has hundreds of passages."""
    folder = tmp_path_factory.mktemp("large") / "debate"
    write_debate(folder, passages=400, authors=3)
    return open_folder(folder)


# ---- the shared axis


def test_the_lane_of_an_author():
    """Flores has nine marks from vehicle to cure, the span and the middle of the map's row."""
    flores = lane(shipped(), side("flores"))
    assert [(m.passage, m.position, m.drifts_to, m.filled) for m in flores.marks] == [
        ("p09", -1, -2, True),
        ("p04", 0, 1, True),
        ("p08", 0, 1, True),
        ("p14", 0, None, True),
        ("p19", 0, None, True),
        ("p07", 0.5, 1, True),
        ("p13", 1, None, True),
        ("p22", 1, None, False),
        ("p12", 2, None, True),
    ]
    assert flores.span == Span(-1, 2)
    assert flores.middle == 0
    assert flores.said == "9 passages, from mostly vehicle to cure; middle: both, or open"


def test_the_lane_of_a_passage():
    """A passage has one mark and no span; without any claim it stands in the lane, hollow."""
    levine = lane(shipped(), side("p20"))
    assert [(m.passage, m.position, m.filled) for m in levine.marks] == [("p20", None, False)]
    assert levine.span is None
    assert lane(shipped(), side("levine")).said == "1 passage, no claim"


def test_the_lanes_of_a_split_passage():
    """The words of p04 stand at both, or open; its gloss, hollow, at mostly cure."""
    words, gloss = split_lanes(shipped(), "p04")
    assert [(m.position, m.filled) for m in (*words.marks, *gloss.marks)] == [(0, True), (1, False)]


def test_marks_of_many_passages_are_merged(large):
    """Of many passages one mark stands for all that coincide; together they are all of them."""
    for author in large.authors:
        (one,) = sides_of(large.debate, large.table, [author])
        drawn = lane(large, one)
        assert len(one.rows) > MARKS_AT_MOST
        assert sum(int(m.label.removeprefix("×")) for m in drawn.marks) == len(one.rows)
        kinds = Counter((m.school_index, m.position, m.filled) for m in drawn.marks)
        assert set(kinds.values()) == {1}
        assert {m.passage for m in drawn.marks} == {""}


def a_mark(position, drifts_to=None, **changes) -> Mark:
    """Give a mark at a position."""
    return replace(Mark("p", "p", "p", position, drifts_to, 0, filled=True), **changes)


marks = st.builds(a_mark, positions, positions)


@quick
@given(st.lists(marks, max_size=12))
def test_marks_of_one_row_do_not_cover_each_other(drawn):
    """Marks in one row of a lane stand a name apart, and no arrow runs through another mark."""
    rows = rows_of(drawn)
    assert len(rows) == len(drawn)
    assert set(rows) == set(range(max([*rows, -1]) + 1))
    for row in set(rows):
        together = [m for m, of in zip(drawn, rows, strict=True) if of == row]
        places = sorted(-2.8 if m.position is None else m.position for m in together)
        assert all(b - a >= min(LABEL, 0.75) for a, b in pairwise(places))
        for mark in together:
            if mark.position is not None and mark.drifts_to is not None:
                low, high = sorted((mark.position, mark.drifts_to))
                others = [m.position for m in together if m is not mark]
                assert not any(at is not None and low <= at <= high for at in others)


def test_marks_of_the_axis_lead_to_their_passages():
    """Each mark is a link to its passage on the map and says where words and gloss stand."""
    html = shared_axis([lane(shipped(), side("jung"))], STEPS, "No claim")
    (link,) = parsed(html).all("a")
    assert link.attributes["href"] == "./?passage=p03"
    said = link.attributes["aria-label"] or ""
    assert said.startswith("p03, Jung 1946/1954, reporting Freud, Depth-psychological.")
    assert said.endswith("Words: cure; gloss: cure.")


@quick
@given(texts, texts, texts)
def test_the_axis_is_verbatim(name, said, label):
    """Names, words and ids of any text are shown as they are."""
    lanes = [Lane(name, said, 0, (a_mark(1, 2, passage=label, label=label),), Span(0, 1), 1)]
    page = parsed(shared_axis(lanes, STEPS, label))
    assert page.one("b").text == name
    assert page.one("a").text == label
    assert said in page.one("li").text
    assert page.text.count(label) >= 2


# ---- columns, table, pairs


def a_column(said: str, **changes) -> Column:
    """Give a column in which every text is the same."""
    reading = replace(
        USUAL, quote=said, gloss=said, whose_words=said, decisive=(), gloss_label=said
    )
    way = Way(said, compare_address([said]))
    column = Column(said, said, 0, said, (reading,), ((said, said),), way, way, way, (way, way))
    return replace(column, **changes)


@quick
@given(texts)
def test_columns_are_verbatim(said):
    """Quotes, glosses, names, facts and links of any text are shown as they are."""
    page = parsed(compare_columns([a_column(said)]))
    assert page.one("blockquote").text == said
    assert [p.text for p in page.all("p") if "data-gloss" in p.attributes] == [said]
    assert page.one("h2").text.strip() == said.strip()
    assert page.one("dd").text == said
    for link in [each for each in page.all("a") if "open-passage" not in str(each.attributes)]:
        assert link.text == said
        assert parse_qs(urlsplit(link.attributes["href"] or "").query)["of"] == [said]
    split = parsed(split_columns(a_column(said).passages[0], [Way(said, "./compare")]))
    assert split.one("blockquote").text == said
    assert [p.text for p in split.all("p") if "data-gloss" in p.attributes] == [said]


def test_further_passages_wait_behind_a_line():
    """An author's first three passages are open at once; the others open together."""
    flores = columns(shipped(), [side("flores")])[0]
    page = parsed(compare_columns([flores]))
    (further,) = [d for d in page.all("details") if d.attributes["class"] == "further"]
    assert further.text.startswith("6 more of Flores")
    quotes = [quote.attributes["data-passage"] for quote in page.all("blockquote")]
    assert quotes == ["p04", "p07", "p08", "p09", "p12", "p13", "p14", "p19", "p22"]
    assert further.text.count("The author’s words") == 6


@quick
@given(texts, texts)
def test_the_table_is_verbatim(value, name):
    """What is said, by whom and in which passages stands in the table as it is."""
    page = parsed(comparison_table(name, [name], [(name, [Saying("voice", value, ((name,),))])]))
    (row,) = [th for th in page.all("th") if th.attributes.get("scope") == "row"]
    assert row.text == f"voice {value}"
    assert page.one("a").text == name
    assert page.one("caption").text == name


def test_a_part_of_the_table_without_anything_says_so():
    """Where nothing is shared, the table says that nothing is."""
    page = parsed(comparison_table("A", ["a", "b"], [("Both", [])]))
    assert [td.text for td in page.all("td")] == ["Nothing."]


def test_a_table_is_bounded():
    """Many rows and many passages are counted, not listed."""
    ids = tuple(f"p{i}" for i in range(100))
    rows = [Saying("voice", str(i), (ids,)) for i in range(ROWS_AT_MOST + 5)]
    page = parsed(comparison_table("A", ["a"], [("Only a", rows)]))
    assert len(page.all("a")) == IDS_AT_MOST * ROWS_AT_MOST
    assert page.all("td")[0].text.endswith(f"and {100 - IDS_AT_MOST} more")
    assert page.all("td")[-1].text == "and 5 more"


def test_the_opposed_pairs():
    """The sixteen pairs are links with their points; the split one shows words against gloss."""
    pairs = listed_pairs(shipped())
    assert len(pairs) == 16
    page = parsed(pair_list(pairs, STEPS, "No claim", here=pairs[0].address))
    links = page.all("a")
    for link, pair in zip(links, shipped().debate.pairs, strict=True):
        of = [pair.a] if pair.a == pair.b else [pair.a, pair.b]
        assert link.attributes["href"] == compare_address(of)
        assert pair.point in link.text
    assert [link.attributes.get("aria-current") for link in links] == ["true", *[None] * 15]
    assert "p12 Flores" in links[0].text
    assert "p16 Courtois" in links[0].text
    assert "p04 Flores" in links[-1].text
    assert "its gloss" in links[-1].text


def test_many_pairs_are_counted():
    """A debate with very many pairs lists the first and says how many more there are."""
    pairs = tuple(Pair("p01", "p02", f"Point {i}.") for i in range(PAIRS_AT_MOST + 7))
    debate = OpenDebate(replace(shipped().debate, pairs=pairs), shipped().table)
    page = opposed_pairs(debate, "")
    assert f"Point {PAIRS_AT_MOST - 1}." in page
    assert f"Point {PAIRS_AT_MOST}." not in page
    assert "and 7 more" in page
    without = OpenDebate(replace(shipped().debate, pairs=()), shipped().table)
    assert opposed_pairs(without, "") == ""


@quick
@given(texts)
def test_a_pair_is_verbatim(said):
    """A point of difference and the names of its ends are shown as they are."""
    pair = ListedPair(compare_address([said]), said, (a_mark(1, label=said), a_mark(2)))
    (link,) = parsed(pair_list([pair], STEPS, said)).all("a")
    assert link.text.count(said) >= 2
    assert parse_qs(urlsplit(link.attributes["href"] or "").query)["of"] == [said]


# ---- the page


@quick
@given(
    st.lists(st.sampled_from(IDS), max_size=4, unique=True).flatmap(
        lambda of: st.tuples(st.just(tuple(of)), st.permutations(of).map(tuple))
    )
)
def test_the_page_is_the_same_in_any_order(of):
    """(A, B) and (B, A) are one page, to the letter; it is whole HTML."""
    one, other = of
    assert comparison(shipped(), one) == comparison(shipped(), other)
    parsed(comparison(shipped(), one))


def test_quotes_and_glosses_are_byte_for_byte():
    """Each side's quotes and glosses are those of the data."""
    page = parsed(comparison(shipped(), ("flores", "p16")))
    for element in page.elements:
        for key, name in (("data-passage", "quote"), ("data-gloss", "gloss")):
            if key in element.attributes:
                passage = shipped().passage(element.attributes[key] or "")
                assert element.text == getattr(passage, name)
    assert len(page.all("blockquote")) == 10


def test_a_passage_alone_is_set_against_its_gloss():
    """One passage is its words against its gloss, with how far the gloss moved."""
    page = parsed(comparison(shipped(), ("p04",)))
    assert "One sentence, two halves" in page.text
    assert "The gloss stands 1 step nearer to “Cure” than the words." in page.text
    assert shipped().passage("p04").note.drift in page.text
    assert [h.text.strip() for h in page.all("h2")][2:4] == [
        "p04: the author’s words",
        "p04: the gloss",
    ]
    assert "nearer to “Vehicle”" in comparison(shipped(), ("p09",))
    assert "stand at the same place" in comparison(shipped(), ("p12",))
    assert "Words: no claim. Gloss: mostly cure." in comparison(shipped(), ("p22",))


def test_an_author_alone_needs_another():
    """One author is shown, and that another is needed is said; nothing is compared."""
    page = comparison(shipped(), ("jung",))
    assert "One more author or passage is needed to compare." in page
    assert "What they share" not in page


def test_the_headings_of_the_table():
    """Two share as both, more as all; some, not all, is told where there are more than two."""
    headings = {
        ("p01", "p02"): ["Both", "Only p01", "Only p02"],
        ("jung", "p01", "p02"): [
            "All three",
            "Some, not all",
            "Only Jung",
            "Only p01",
            "Only p02",
        ],
    }
    for of, wanted in headings.items():
        groups = [
            th.text
            for th in parsed(comparison(shipped(), of)).all("th")
            if th.attributes.get("scope") == "rowgroup"
        ]
        assert groups == wanted
    assert "All four" in comparison(shipped(), ("p01", "p02", "p03", "p04"))


def test_a_passage_beside_its_author_is_noted():
    """That Flores says all that p12 says is told where the two stand side by side."""
    said = "p12 is one of the passages of Flores: what the one says, the other says too."
    assert said in comparison(shipped(), ("p12", "flores"))
    assert said not in comparison(shipped(), ("p12", "jung"))


def test_sides_can_be_removed_and_swapped():
    """Each side has a link that removes it, and links to all that could stand in its place."""
    first, second = columns(shipped(), sides_of(shipped().debate, shipped().table, ["p12", "jung"]))
    assert (first.name, first.without.address) == ("Jung", "./compare?of=p12")
    assert second.without.address == "./compare?of=jung"
    assert len(second.swaps) == len(IDS) - 2
    assert (
        Way(
            "p16 · " + shipped().works[shipped().passage("p16").work].short,
            "./compare?of=jung&of=p16",
        )
        in second.swaps
    )
    assert (first.there.address, second.there.address) == ("./?author=jung", "./?passage=p12")


@pytest.mark.parametrize("of", [(), ("p04",), ("p04", "p12"), ("flores", "jung", "p18", "p20")])
def test_nothing_of_a_gloss_where_glosses_are_not_shown(of):
    """With glosses off no gloss, no position of one and no word of any is on the page."""
    page = parsed(comparison(without_glosses(), of))
    assert "gloss" not in page.text.lower()
    assert not any("data-gloss" in element.attributes for element in page.elements)
    assert not any("gloss" in (e.attributes.get("aria-label") or "") for e in page.elements)
    for passage in shipped().debate.passages:
        assert (passage.gloss or "") not in page.text
        assert passage.note.drift is None or passage.note.drift not in page.text


@pytest.mark.parametrize("said", HOSTILE)
def test_a_hostile_debate_is_text(said):
    """Hostile names, constructs and points are text and make no element."""
    debate = shipped().debate
    authors = tuple(replace(author, name=said, label=said) for author in debate.authors)
    passages = tuple(replace(passage, constructs=(said,)) for passage in debate.passages)
    pairs = (Pair("p12", "p16", said),)
    hostile = replace(debate, authors=authors, passages=passages, pairs=pairs, constructs=(said,))
    opened = OpenDebate(hostile, shipped().table)
    page = parsed(comparison(opened, ("flores", "courtois")) + opposed_pairs(opened, ""))
    assert not {"script", "img", "iframe"} & {element.tag for element in page.elements}
    assert not any(key.startswith("on") for e in page.elements for key in e.attributes)
    assert said in page.one("ol").text
    assert page.text.count(said) > 5


def test_a_large_comparison_is_bounded(large):
    """Authors with hundreds of passages list the first; the others are counted and linked."""
    page = comparison(large, tuple(large.authors))
    assert len(parsed(page).all("blockquote")) == PASSAGES_AT_MOST * 3
    counts = [len(large.rows_by_author[author]) for author in large.authors]
    for author, count in zip(large.authors, counts, strict=True):
        assert f'href="./?author={author}">and {count - PASSAGES_AT_MOST} more, on the map' in page
    assert "Swap" not in page
    assert list(names(large, ["p000001"])) == [*large.authors, "p000001"]


# ---- the widgets


def opened(*of: str) -> AppTest:
    """Open the page at a link."""
    return page_at("compare", **({"of": list(of)} if of else {}))


def test_the_page_opens_with_the_pairs():
    """Without a choice the page has its heading, an empty chooser and the opposed pairs."""
    app = opened()
    assert "<h1>Compare</h1>" in text(app)
    assert app.multiselect(key="compared").value == []
    assert len(app.multiselect(key="compared").options) == 34
    assert text(app).count('class="pair-point"') == 16


def test_sides_can_be_chosen():
    """What is chosen stands in the URL in the debate's order, whatever the order of choosing."""
    app = opened()
    app.multiselect(key="compared").set_value(["p16", "p12", "jung"]).run()
    assert query(app) == {"of": ["jung", "p12", "p16"]}
    assert app.multiselect(key="compared").value == ["jung", "p12", "p16"]
    assert text(app).count('class="compare-column"') == 3
    app.multiselect(key="compared").set_value([]).run()
    assert query(app) == {}
    assert text(app).count('class="compare-column"') == 0


def test_a_link_fills_the_chooser():
    """A link's sides stand in the chooser in the debate's order."""
    app = opened("p16", "flores")
    assert app.multiselect(key="compared").value == ["flores", "p16"]


def test_unknown_sides_are_named():
    """What a link asks for in vain is named, and the note goes away when dismissed."""
    app = opened("p16", "freud", "p12")
    assert "There is no author or passage “freud” in this debate" in text(app)
    assert app.multiselect(key="compared").value == ["p12", "p16"]
    app.button(key="dismiss_notes").click().run()
    assert "There is no" not in text(app)


def test_a_large_debate_takes_a_passage_by_its_id(tmp_path, monkeypatch):
    """In a large debate the chooser holds authors; a passage is added by its id."""
    write_debate(tmp_path / "large", passages=200, authors=8)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "large"))
    app = opened("author-002")
    assert len(app.multiselect(key="compared").options) == 8
    app.text_input(key="compared_passage").set_value(" p000007 ").run()
    assert query(app) == {"of": ["author-002", "p000007"]}
    assert app.text_input(key="compared_passage").value == ""
    app.text_input(key="compared_passage").set_value("p<9>").run()
    assert "There is no passage “p&lt;9&gt;”." in text(app)
    assert query(app) == {"of": ["author-002", "p000007"]}
    app.multiselect(key="compared").set_value(["p000007"]).run()
    assert query(app) == {"of": ["p000007"]}
    full = opened("author-001", "author-002", "author-003", "p000001")
    assert full.text_input(key="compared_passage").disabled
