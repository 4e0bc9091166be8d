"""Small pieces of HTML: every text is escaped, and none of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.markup import e, lit, marked, school_class, shape
from tests.strategies import HOSTILE, parsed, quick, shipped, texts


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a & b", "a &amp; b"),
        ("<i>", "&lt;i&gt;"),
        ("\"'", "&quot;&#x27;"),
        ("&amp;", "&amp;amp;"),
        ("", ""),
    ],
)
def test_e(text, html):
    """Text is escaped for content and for attributes, once."""
    assert e(text) == html


@quick
@given(texts)
def test_escaped_text_is_text(text):
    """Any text reads the same, as content and in an attribute, and makes no element."""
    found = parsed(f'<p title="{e(text)}">{e(text)}</p>')
    assert [element.tag for element in found.elements] == ["p"]
    assert found.one("p").text == text
    assert found.one("p").attributes == {"title": text}


@quick
@given(texts, st.lists(texts, max_size=4))
def test_lit_without_tags_is_the_quote(quote, phrases):
    """Whatever is lit, the text is the quote, and marks are the only elements."""
    found = parsed(lit(quote, phrases))
    assert found.text == quote
    assert {element.tag for element in found.elements} <= {"mark"}


@quick
@given(texts, st.data())
def test_lit_words_stand_in_the_quote(quote, data):
    """Phrases cut from the quote are lit, each at its first place, in order."""
    cuts = st.tuples(st.integers(0, len(quote)), st.integers(0, len(quote)))
    phrases = [quote[min(cut) : max(cut)] for cut in data.draw(st.lists(cuts, max_size=4))]
    covered = set()
    for phrase in phrases:
        if seen := phrase.strip():
            start = quote.index(phrase) + phrase.index(seen)
            covered |= set(range(start, start + len(seen)))
    found = parsed(lit(quote, phrases))
    marked = "".join(element.text for element in found.all("mark"))
    assert marked == "".join(quote[place] for place in sorted(covered))
    assert found.text == quote


@pytest.mark.parametrize(
    ("quote", "decisive", "html"),
    [
        ("one two three", ["two"], "one <mark>two</mark> three"),
        ("one two two", ["two"], "one <mark>two</mark> two"),
        ("one two three", ["two three", "one"], "<mark>one</mark> <mark>two three</mark>"),
        ("one two three", ["one two", "two three"], "<mark>one two three</mark>"),
        ("onetwo", ["one", "two"], "<mark>onetwo</mark>"),
        ("one", ["two", ""], "one"),
        ("one", ["one"], "<mark>one</mark>"),
        ("a < b & c", ["< b &"], "a <mark>&lt; b &amp;</mark> c"),
        ("", ["x"], ""),
    ],
)
def test_lit(quote, decisive, html):
    """Decisive words are lit once, overlapping ones together, absent ones not at all."""
    assert lit(quote, decisive) == html


@quick
@given(texts, st.data())
def test_marked_places_are_what_stands_there(text, data):
    """Each place is one mark over just what stands there, and the text stays the text."""
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    places = list(zip(ends[::2], ends[1::2], strict=False))
    found = parsed(marked(text, places))
    assert found.text == text
    assert [element.text for element in found.all("mark")] == [text[a:b] for a, b in places]


def test_shipped_decisive_words_are_all_lit():
    """Every decisive phrase of the 23 passages is found in its quote and lit."""
    for passage in shipped().debate.passages:
        found = parsed(lit(passage.quote, passage.decisive))
        assert found.text == passage.quote
        marked = [element.text for element in found.all("mark")]
        assert sorted(marked) == sorted(passage.decisive)


def test_shape():
    """A shape is a school's colour and symbol, with a name or hidden from screen readers."""
    assert shape(1) == '<span class="shape diamond school-1" aria-hidden="true"></span>'
    assert shape(2, "Empirical", filled=False) == (
        '<span class="shape square school-2 hollow" role="img" aria-label="Empirical"></span>'
    )
    assert shape(1, neutral=True) == shape(2, neutral=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_name_of_a_shape_is_escaped(text):
    """No label leaves its attribute."""
    found = parsed(shape(0, text))
    assert found.one("span").attributes["aria-label"] == text


def test_schools_beyond_the_last_colour_begin_again():
    """A seventh school looks like the first; none is without a class."""
    assert [school_class(n) for n in (0, 5, 6, 13)] == [
        "school-0",
        "school-5",
        "school-0",
        "school-1",
    ]
    assert school_class(3, neutral=True) == "school-none"


def test_spaces_at_the_ends_are_not_lit():
    """A mark begins and ends with a word, so that no space is underlined; nothing is lost."""
    assert lit("one two three", [" two ", "  "]) == "one <mark>two</mark> three"
