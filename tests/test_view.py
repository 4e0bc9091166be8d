"""The view in the URL and back: identity, canonical order, and nothing that can break the page."""

from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.view import (
    DEFAULT,
    KEYS,
    LONGEST_NAMED,
    Known,
    View,
    from_query,
    keys_on,
    to_query,
)
from tests.strategies import quick, seminar_views, shipped, texts, views

KNOWN = Known(
    schools=("warm", "cool"),
    roles=("thesis", "aside"),
    author_of={"p01": "ada", "p02": "ben"},
    authors=("ada", "ben"),
)


PAGES = ("", "read", "compare", "paths", "sources")


def many_pages() -> Known:
    """Give the shipped debate's ids, as if its map had as many pages as a link can name."""
    return replace(shipped().known, row_pages=9999)


def unknown(name: str, value: str) -> str:
    """Give the note on a part of a link that is not known."""
    return f"There is no {name} “{value}” in this debate; that part of the link is ignored."


@quick
@given(views())
def test_view_to_query_to_view_is_the_identity(view):
    """Every view that can be shown is restored exactly on each page, without a note."""
    for page in PAGES:
        assert from_query(to_query(view, page), many_pages(), page, view) == (view, ())


@quick
@given(views(), views())
def test_a_page_changes_only_what_its_links_hold(view, last):
    """What the links of a page do not hold stays as it was before."""
    for page in ("compare", "paths"):
        found, notes = from_query(to_query(view, page), many_pages(), page, last)
        assert notes == ()
        for key in KEYS:
            expected = view if key in keys_on(page) else last
            assert getattr(found, key) == getattr(expected, key), key


def test_other_filters_begin_ones_own_selection_anew():
    """Placements of a selection are not kept for the passages of another one."""
    taken = View(school=("empirical",), path="own", step=3, placed="20", blind="yes", seed=7)
    known = shipped().known
    same, _ = from_query({"school": ["empirical"]}, known, "", taken)
    assert same == taken
    other, _ = from_query({"school": ["attachment"]}, known, "read", taken)
    assert (other.path, other.step, other.placed) == ("", 0, "")
    guided = replace(taken, path="trauma")
    kept, _ = from_query({}, known, "", guided)
    assert (kept.path, kept.step, kept.placed) == ("trauma", 3, "20")
    asked = {"path": ["own"], "step": ["2"], "placed": ["4"]}
    linked, _ = from_query(asked, known, "paths", taken)
    assert (linked.path, linked.step, linked.placed) == ("own", 2, "4")


def test_the_parts_of_each_page():
    """Pages without choices of their own hold the way back to the map."""
    assert keys_on("method") == keys_on("")
    assert keys_on("sources") == keys_on("cite") == (*keys_on(""), "style")
    assert set(KEYS) == {key for page in (*PAGES, "seminar") for key in keys_on(page)}


@quick
@given(seminar_views())
def test_a_seminar_is_restored_from_its_link(view):
    """Plan, slide, stage, room and hands come back exactly, and so does whose window it is."""
    query = parse_qs(urlencode(to_query(view, "seminar"), doseq=True))
    assert from_query(query, shipped().known, "seminar") == (view, ())


@pytest.mark.parametrize(
    ("asked", "view", "notes"),
    [
        ({"plan": ["nowhere.a1-p99-p04"]}, View(plan="a1-p04"), ["activity", "passage"]),
        ({"plan": ["x" * 5000]}, View(), ["too long"]),
        ({"hands": ["1_1-x"]}, View(), ["show of hands"]),
        ({"room": ["<b>"]}, View(), ["room"]),
        ({"show": ["quote"]}, View(), ["quote"]),
        ({"slide": ["-1"], "stage": ["1e3"]}, View(), ["slide", "stage"]),
    ],
)
def test_what_a_seminars_link_asks_in_vain(asked, view, notes):
    """What is not known is named in a note and ignored; the rest of the link holds."""
    found, said = from_query(asked, shipped().known, "seminar")
    assert found == view
    assert len(said) == len(notes)
    for note, words in zip(said, notes, strict=True):
        assert words in note


def test_the_presenters_window_is_no_projector_of_the_map():
    """What one page shows to a room is not asked for by the links of the other."""
    assert to_query(View(show="notes")) == {}
    assert to_query(View(show="quote"), "seminar") == {}
    assert from_query({"show": ["notes"]}, shipped().known)[0].show == ""


@quick
@given(views())
def test_the_identity_holds_through_a_real_url(view):
    """Percent-encoding and decoding lose nothing of a view."""
    for page in PAGES:
        url = urlencode(to_query(view, page), doseq=True)
        assert from_query(parse_qs(url), many_pages(), page, view) == (view, ())


@quick
@given(views())
def test_queries_are_canonical(view):
    """Keys stand in one order, defaults are left out, ids keep the debate's order."""
    query = to_query(view)
    held = keys_on("")
    assert list(query) == [key for key in held if key in query]
    assert set(query) == {key for key in held if getattr(view, key) != getattr(DEFAULT, key)}
    order = shipped().known.schools
    assert query.get("school", []) == [school for school in order if school in view.school]


def test_the_default_view_has_an_empty_query():
    """A fresh page has nothing in its URL, and an empty URL gives the fresh page."""
    assert to_query(View()) == {}
    assert from_query({}, KNOWN) == (View(), ())


def test_a_full_query():
    """Every field has its key, in this order."""
    view = View(("cool",), ("thesis",), "a b", "ada", "p01", "gloss", "year", 3, "quote", "author")
    query = to_query(view)
    assert list(query.items()) == [
        ("school", ["cool"]),
        ("role", ["thesis"]),
        ("q", ["a b"]),
        ("author", ["ada"]),
        ("passage", ["p01"]),
        ("basis", ["gloss"]),
        ("arrange", ["year"]),
        ("rows", ["3"]),
        ("show", ["quote"]),
        ("reveal", ["author"]),
    ]
    assert from_query(query, KNOWN) == (view, ())


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ({"school": ["cool", "warm", "cool"]}, View(school=("warm", "cool"))),
        ({"q": ["  two \t words \n"]}, View(q="two words")),
        ({"q": ["first", "last"]}, View(q="last")),
        ({"passage": ["p01", "p02"]}, View(passage="p02")),
        ({"basis": ["both"], "arrange": ["author"], "rows": ["1"]}, View()),
        ({"school": [""], "q": [""], "passage": [""], "basis": [""], "show": [""]}, View()),
        ({"q": [], "rows": [], "school": [], "author": []}, View()),
        ({"utm_source": ["x"], "embed": ["true"]}, View()),
        ({"rows": ["0003"]}, View(rows=3)),
    ],
)
def test_queries_in_other_forms(query, view):
    """Order, repetition, blanks, emptiness and foreign keys change nothing and need no note."""
    assert from_query(query, KNOWN) == (view, ())


@pytest.mark.parametrize(
    ("query", "view", "notes"),
    [
        ({"school": ["hot"]}, View(), [unknown("school", "hot")]),
        ({"school": ["hot", "cool", "hot"]}, View(school=("cool",)), [unknown("school", "hot")]),
        ({"role": ["Thesis"]}, View(), [unknown("role", "Thesis")]),
        ({"author": ["dora"]}, View(), [unknown("author", "dora")]),
        ({"passage": ["p99"]}, View(), [unknown("passage", "p99")]),
        ({"passage": ["p01", "p99"]}, View(passage="p01"), [unknown("passage", "p99")]),
        ({"basis": ["words"]}, View(), [unknown("basis", "words")]),
        ({"arrange": ["school"]}, View(), [unknown("arrangement", "school")]),
        ({"show": ["film"]}, View(), [unknown("projector view", "film")]),
        ({"reveal": ["all"]}, View(), [unknown("thing to reveal called", "all")]),
        ({"rows": ["0"]}, View(), [unknown("page of rows", "0")]),
        ({"rows": ["-1"]}, View(), [unknown("page of rows", "-1")]),
        ({"rows": ["²"]}, View(), [unknown("page of rows", "²")]),
        ({"rows": ["1e3"]}, View(), [unknown("page of rows", "1e3")]),
        ({"rows": ["99999"]}, View(), [unknown("page of rows", "99999")]),
        (
            {"passage": ["p99"], "school": ["hot"]},
            View(),
            [unknown("school", "hot"), unknown("passage", "p99")],
        ),
        ({"passage": ["<script>"]}, View(), [unknown("passage", "<script>")]),
        (
            {"q": ["x" * 201]},
            View(),
            ["The search is longer than 200 characters and is ignored."],
        ),
        (
            {"schol": ["cool"], "school": ["cool"], "arrange": ["size"]},
            View(("cool",)),
            [
                "Links have no part called “schol” (“school”?); it is ignored.",
                "There is no arrangement “size” in this debate; that part of the link is ignored.",
            ],
        ),
        ({"q": ["x" * 200]}, View(q="x" * 200), []),
    ],
)
def test_what_is_unknown_is_named_and_ignored(query, view, notes):
    """Each unknown part is named once, in its own words; the rest of the link holds."""
    assert from_query(query, KNOWN) == (view, tuple(notes))


@pytest.mark.parametrize(
    ("page", "query", "view", "notes"),
    [
        ("read", {"by": ["size"]}, View(), [unknown("order", "size")]),
        ("read", {"leaf": ["0"]}, View(), [unknown("page of passages", "0")]),
        (
            "compare",
            {"of": ["ben", "p01", "p99", "ben"]},
            View(of=("ben", "p01")),
            [unknown("author or passage", "p99")],
        ),
        ("paths", {"path": ["up"], "step": ["2"]}, View(step=2), [unknown("path", "up")]),
        ("paths", {"path": ["own"], "placed": ["4n-w"]}, View(path="own", placed="4n-w"), []),
        (
            "paths",
            {"placed": ["5"]},
            View(),
            ["The placements in the link cannot be read and are ignored."],
        ),
        (
            "paths",
            {"placed": ["0" * 401]},
            View(),
            ["The placements in the link cannot be read and are ignored."],
        ),
    ],
)
def test_the_parts_of_other_pages(page, query, view, notes):
    """What a page's own part of a link asks for in vain is named too."""
    assert from_query(query, KNOWN, page) == (view, tuple(notes))


def test_no_more_than_four_are_compared():
    """A fifth author or passage is left out, and the page says so."""
    known = replace(KNOWN, authors=("a", "b", "c", "d", "e"))
    view, notes = from_query({"of": list("abcde")}, known, "compare")
    assert view.of == ("a", "b", "c", "d")
    assert notes == ("No more than 4 can be compared; the first are shown.",)


@pytest.mark.parametrize("length", [1, LONGEST_NAMED, LONGEST_NAMED + 1, 5000])
def test_long_values_are_shortened_in_notes(length):
    """A note names at most sixty characters of what it did not know."""
    value = "x" * length
    named = value if length <= 60 else "x" * 59 + "…"
    assert from_query({"passage": [value]}, KNOWN)[1] == (unknown("passage", named),)


def test_a_passage_of_another_author():
    """Where passage and author disagree the passage is shown and the author let go."""
    view, notes = from_query({"author": ["ada"], "passage": ["p02"]}, KNOWN)
    assert view == View(passage="p02")
    assert notes == ("Passage “p02” is not by author “ada”; the passage is shown.",)


def test_a_passage_of_its_author():
    """Where passage and author agree both are kept."""
    view = View(author="ada", passage="p01")
    assert from_query({"author": ["ada"], "passage": ["p01"]}, KNOWN) == (view, ())


any_text = st.one_of(
    texts,
    st.text(st.characters(), max_size=80),
    st.sampled_from(["p01", "p02", "ada", "warm", "gloss", "year", "2", "map", "author"]),
)


@quick
@given(st.dictionaries(st.one_of(st.sampled_from(KEYS), any_text), st.lists(any_text, max_size=4)))
def test_nothing_in_a_query_can_raise(query):
    """Any keys with any values give a view that can be shown and written as a clean query."""
    view, notes = from_query(query, KNOWN)
    assert from_query(to_query(view), KNOWN) == (view, ())
    assert all(len(note) < 300 for note in notes)


def test_the_filters_of_a_view():
    """Schools, roles and words are the filters; nothing else is."""
    view = View(("cool",), ("aside",), "bond", author="ada", basis="quote")
    assert (view.filters.school, view.filters.role, view.filters.q) == (
        ("cool",),
        ("aside",),
        "bond",
    )
    assert View(author="ada", passage="p01", basis="gloss", show="map").filters.active() == ()
