"""Cards and slides as HTML: verbatim texts, nothing that runs, and an author well hidden."""

from dataclasses import fields, replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from components.passage_card import blockquote, passage_card, short_card
from components.position_map import Step
from components.slide import slide
from components.small_axis import readings_table, small_axis
from dashboard.reading import FullReading, brief, full
from tests.strategies import HOSTILE, parsed, quick, shipped, texts

EVERY = [f"p{n:02d}" for n in range(1, 24)]
STEPS = [Step(tick.value, tick.label, tick.help) for tick in shipped().debate.axis.ticks]
NO_CLAIM = "No claim"
HEADINGS = {"h2", "h3", "p", "span", "b", "i", "a", "button", "mark"}
GROUPS = {"article", "section", "blockquote", "div", "dl", "dt", "dd"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = HEADINGS | GROUPS | TABLES


def hostile(text: str, passage: str = "p08") -> FullReading:
    """Give a reading whose every text is ``text``."""
    reading = full(shipped(), passage)
    same = {
        each.name: text
        for each in fields(FullReading)
        if isinstance(getattr(reading, each.name), str)
    }
    pairs = ((text, text), (text, text))
    return replace(
        reading,
        **same,
        decisive=(text[:3], text[-2:]),
        facts=pairs,
        notes=pairs,
        source=pairs,
        rules=pairs,
        readings=((text, {text: 0.0, "B": None}),),
    )


def card(reading: FullReading) -> str:
    """Give the full card of a reading."""
    return passage_card(reading, STEPS, NO_CLAIM)


def on_slide(reading: FullReading, *, revealed: bool) -> str:
    """Give the slide of a reading, the second of nine."""
    return slide(reading, STEPS, NO_CLAIM, place=(2, 9), revealed=revealed)


@pytest.mark.parametrize("passage", EVERY)
def test_quotes_and_glosses_are_verbatim(passage):
    """The text of blockquote and gloss is the debate's, character for character, on each part."""
    given_, reading = shipped().passage(passage), full(shipped(), passage)
    for html in (card(reading), short_card(reading), on_slide(reading, revealed=False)):
        quote = parsed(html).one("blockquote")
        assert quote.text == given_.quote
        assert quote.attributes["data-passage"] == passage
    glosses = [g for g in parsed(card(reading)).elements if "data-gloss" in g.attributes]
    assert [(g.attributes["data-gloss"], g.text) for g in glosses] == [(passage, given_.gloss)]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "part",
    [
        card,
        short_card,
        lambda reading: on_slide(reading, revealed=False),
        lambda reading: on_slide(reading, revealed=True),
    ],
    ids=["card", "short card", "slide", "revealed slide"],
)
def test_hostile_texts_are_shown_and_nothing_else(part, text):
    """Hostile texts stand on every part as text: no element, attribute or script of theirs."""
    found = parsed(part(hostile(text)))
    assert found.one("blockquote").text == text
    assert {element.tag for element in found.elements} <= TAGS
    for element in found.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name == "src"]
        href = element.attributes.get("href")
        assert href is None or href.startswith(("?passage=", "./compare?of=", "./read?passage="))


@quick
@given(texts)
def test_any_quote_is_verbatim(text):
    """For any quote the text of its blockquote is the quote."""
    assert parsed(blockquote(hostile(text))).one("blockquote").text == text


@quick
@given(texts)
def test_any_gloss_is_verbatim(text):
    """For any gloss and any label the card shows both as they are."""
    found = parsed(card(hostile(text)))
    (gloss,) = [g for g in found.elements if "data-gloss" in g.attributes]
    assert gloss.text == text
    assert found.all("h3")[1].text == text


def test_the_full_card_in_order():
    """Quote, axis, gloss, reason with its rules and readings, facts, note, source."""
    found = parsed(card(full(shipped(), "p08")))
    assert [heading.text for heading in found.all("h3")] == [
        "The author’s words",
        "Library's summary, not the author's words.",
        "Why the words are at “both, or open”",
        "About this passage",
        "Reading note",
        "Source",
    ]
    assert found.one("h2").text.strip() == "p08 Flores 2004, quoting Strupp 1999"
    assert found.one("mark").text == "a central contributor"


def test_a_card_without_a_gloss_says_nothing_of_one():
    """Where there is no gloss there is neither label nor text for it."""
    reading = replace(full(shipped(), "p08"), gloss="", gloss_words="", notes=())
    html = card(reading)
    assert "data-gloss" not in html
    assert "Gloss:" not in html
    assert reading.gloss_label not in html
    assert "Reading note" not in html


@pytest.mark.parametrize(("passage", "stops"), [("p01", True), ("p02", False), ("p20", True)])
def test_where_the_excerpt_stops(passage, stops):
    """An excerpt that breaks off says so, outside the quote."""
    for html in (card(full(shipped(), passage)), short_card(brief(shipped(), passage))):
        assert ("(the excerpt stops here)" in html) is stops
        assert "stops here" not in parsed(html).one("blockquote").text


def test_contested_passages_say_so():
    """A contested passage carries the word in plain text, others do not."""
    reading = full(shipped(), "p08")
    assert "Contested" not in card(reading)
    assert "Contested: the readings lie two or more steps apart." in card(
        replace(reading, contested=True)
    )


def test_a_short_card_in_words():
    """A short card names school, passage, voices and both positions."""
    found = parsed(short_card(brief(shipped(), "p18")))
    assert found.all("span")[0].attributes["aria-label"] == "Empirical"
    assert found.all("p")[0].text.strip() == (
        "p18 Yalom & Leszcz 2005, on Fiedler, Truax, Carkhuff, Strupp"
    )
    assert found.all("p")[-1].text == "words: both, or open (open) · gloss: cure"


@pytest.mark.parametrize("passage", ["p08", "a b&c=d", "ä#?/%", "<x>", "a+b", '"', "日本"])
def test_the_link_of_a_short_card(passage):
    """A short card links to its passage by id, whatever the id is made of."""
    link = parsed(short_card(replace(full(shipped(), "p08"), id=passage))).one("a")
    assert parse_qs(urlsplit(link.attributes["href"] or "").query) == {"passage": [passage]}
    assert link.attributes["data-open-passage"] == passage
    assert link.text == passage


@pytest.mark.parametrize("passage", EVERY)
def test_a_slide_hides_its_author(passage):
    """Until revealed nothing of author, work or school is in the slide, wherever one looks."""
    opened = shipped()
    reading, work = full(opened, passage), opened.works[opened.passage(passage).work]
    author = opened.authors[work.author]
    html = on_slide(reading, revealed=False)
    around = html.replace(blockquote(reading, neutral=True), "")
    for told in (author.name, author.label, author.id, work.id, work.short, work.title):
        assert told not in around, told
    assert reading.school_label not in around
    assert f"school-{reading.school_index}" not in html
    assert not {"diamond", "square"} & set(html.replace('"', " ").split())
    assert "Whose words are these?" in html


def test_a_hidden_slide_does_not_depend_on_whose_words_it_holds():
    """Change author, work and school, and the hidden slide is the same to the last character."""
    reading = full(shipped(), "p08")
    other = replace(
        reading,
        whose_words="Somebody 1900",
        school_label="A school",
        school_index=0,
        facts=(),
        notes=(),
        source=(),
    )
    assert on_slide(reading, revealed=False) == on_slide(other, revealed=False)
    assert on_slide(reading, revealed=True) != on_slide(other, revealed=True)


@pytest.mark.parametrize("passage", EVERY)
def test_a_revealed_slide_names_its_author(passage):
    """Once revealed the slide says whose words these are, and shows the school's colour."""
    reading = full(shipped(), passage)
    html = on_slide(reading, revealed=True)
    whose = [p.text for p in parsed(html).all("p") if p.attributes["class"] == "slide-whose"]
    assert whose == [f"{reading.whose_words} · {reading.school_label}"]
    assert f"school-{reading.school_index}" in html


@pytest.mark.parametrize(
    ("place", "said"), [((2, 9), "2 of 9"), ((1, 1), "1 of 1"), ((0, 9), ""), ((0, 0), "")]
)
def test_the_place_of_a_slide(place, said):
    """A slide says which of how many it is, and nothing where it is not among them."""
    html = slide(full(shipped(), "p01"), STEPS, NO_CLAIM, place=place, revealed=False)
    assert parsed(html).all("p")[0].text == said


@pytest.mark.parametrize(
    ("length", "name"),
    [
        (1, "brief"),
        (180, "brief"),
        (181, "short"),
        (250, "short"),
        (251, "middling"),
        (330, "middling"),
        (331, "long"),
        (480, "long"),
        (481, "longer"),
        (700, "longer"),
        (701, "endless"),
        (20000, "endless"),
    ],
)
def test_long_quotes_are_set_smaller(length, name):
    """The longer the quote, the smaller its type, in four sizes."""
    reading = replace(full(shipped(), "p01"), quote="x" * length, decisive=())
    article = parsed(on_slide(reading, revealed=False)).one("article")
    assert article.attributes["class"] == f"slide {name}"


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("p18", "Words: both, or open (open). Gloss: cure."),
        ("p20", "Words: no claim. Gloss: no claim (not agreed)."),
        ("p15", "Words: vehicle. Gloss: vehicle."),
    ],
)
def test_the_small_axis_in_words(passage, said):
    """A screen reader hears both positions."""
    axis = parsed(small_axis(full(shipped(), passage), STEPS, NO_CLAIM)).all("div")[0]
    assert (axis.attributes["role"], axis.attributes["aria-label"]) == ("img", said)


@pytest.mark.parametrize(
    ("passage", "arrow"),
    [
        ("p18", ("right", "left:59.00%;width:37.00%")),
        ("p09", ("left", "left:22.00%;width:18.50%")),
        ("p15", None),
        ("p20", None),
    ],
)
def test_the_arrow_of_the_small_axis(passage, arrow):
    """An arrow runs from words to gloss where they differ, in the direction of the drift."""
    found = parsed(small_axis(full(shipped(), passage), STEPS, NO_CLAIM))
    arrows = [i for i in found.all("i") if "axis-arrow" in (i.attributes["class"] or "")]
    expected = [] if arrow is None else [arrow]
    assert [
        ((i.attributes["class"] or "").split()[1], i.attributes["style"]) for i in arrows
    ] == expected


def test_who_read_what():
    """A table says which reading put which text on which step, no claim first."""
    found = parsed(readings_table(full(shipped(), "p20"), STEPS, NO_CLAIM))
    assert [cell.text for cell in found.all("th")] == [
        "No claim",
        "Vehicle",
        "Mostly vehicle",
        "Both, or open",
        "Mostly cure",
        "Cure",
        "Words",
        "Gloss",
    ]
    cells = [cell.text for cell in found.all("td")][1:]
    assert cells == ["A C D", "", "B", "", "", "", "A C", "", "B", "D", "", ""]


@pytest.mark.parametrize("passage", EVERY)
def test_every_reading_stands_once_in_the_table(passage):
    """No reading is lost between the columns."""
    reading = full(shipped(), passage)
    cells = [cell.text for cell in parsed(readings_table(reading, STEPS, NO_CLAIM)).all("td")]
    assert sorted(" ".join(cells).split()) == sorted("ABCD" * 2)
