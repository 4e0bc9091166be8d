"""The handout: verbatim, whole, alone, bounded, and nothing in it that runs."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from components.blank_axis import blank_axis
from components.embedded_fonts import font_faces
from components.handout import Handout, Rule, handout_file, handout_sheet
from dashboard.debate.reference_styles import formatted_reference
from dashboard.debate.table import passage_table
from dashboard.open_debate import OpenDebate, open_folder
from dashboard.reader import handout as module
from dashboard.reader.handout import PrintedPassage, asked_view, chosen_by, handout, within_bounds
from dashboard.seen import seen
from dashboard.view import View, from_query
from dashboard.view_words import view_words
from tests.benchmarks.generated_debate import write_debate
from tests.strategies import HOSTILE, Parsed, parsed, quick, shipped, texts, views

ADDRESS = "http://localhost:8501/"
VOID = re.compile(r"<meta [^>]*>")


def made(opened: OpenDebate | None = None, **query: str | list[str]) -> str:
    """Give the handout that an address with this query asks for."""
    opened = opened or shipped()
    asked = {key: [value] if isinstance(value, str) else value for key, value in query.items()}
    return handout(opened, asked_view(asked, opened), ADDRESS)


def read(html: str) -> Parsed:
    """Parse a handout; its head has elements that are never closed."""
    return parsed(VOID.sub("", html.removeprefix("<!DOCTYPE html>\n")))


def ids(page: Parsed) -> list[str]:
    """Give the passages of a handout, in their order."""
    return [quote.attributes["data-passage"] or "" for quote in page.all("blockquote")]


def without_glosses() -> OpenDebate:
    """Give the shipped debate with glosses off."""
    debate = replace(shipped().debate, show_glosses=False)
    return OpenDebate(debate, passage_table(debate))


def test_every_quote_in_full_with_its_citation():
    """All 23 quotes and glosses stand byte for byte, each with the corrected reference."""
    page = read(made())
    assert ids(page) == [f"p{n:02d}" for n in range(1, 24)]
    glosses = {
        e.attributes["data-gloss"]: e.text for e in page.elements if "data-gloss" in e.attributes
    }
    for quote, article in zip(page.all("blockquote"), page.all("article"), strict=True):
        passage = shipped().passage(quote.attributes["data-passage"])
        assert quote.text == passage.quote
        assert glosses[passage.id] == passage.gloss
        assert formatted_reference(shipped().works[passage.work], "apa").text in article.text
        assert shipped().debate.library.gloss_label in article.text


def test_what_else_it_holds():
    """Title, question, codebook in brief, disclaimers, version, link and the blank axis."""
    said = " ".join(read(made(school="attachment", basis="quote")).text.split())
    debate = shipped().debate
    assert (
        "7 of 23 passages, 4 of 11 authors: School Attachment. Read from the author’s words."
        in said
    )
    for tick in debate.axis.ticks:
        assert tick.help in said
        assert tick.rule in said
    assert debate.axis.no_claim.rule in said
    for text in (debate.title, debate.question, debate.coders, debate.disclaimers["map"], "1.0.0"):
        assert text in said
    assert f"{ADDRESS}?school=attachment&basis=quote" in said
    assert "Attachment runs from mostly vehicle" in said


def test_the_blank_axis_has_a_row_for_each_passage():
    """Each chosen passage has seven rings: no claim, five steps, and that the question is wrong."""
    page = read(made(author="yalom"))
    rows = [row.text for row in page.all("tr")]
    assert [row for row in rows if row in ("p01", "p18", "p23")] == ["p01", "p18", "p23"]
    assert len([i for i in page.all("i") if i.attributes.get("class") == "ring"]) == 3 * 7
    head = parsed(blank_axis(["p01"], ["a", "b", "c", "d", "e"], "none"))
    assert [th.text for th in head.all("th")] == [
        *("Passage", "none", "a", "b", "c", "d", "e"),
        *("The question is wrong", "The words that decide it", "p01"),
    ]


def test_a_path():
    """A path's handout has its steps in order, bridges, closing question and what is missing."""
    path = shipped().debate.paths[1]
    page = read(made(path=path.id))
    assert ids(page) == [step.passage for step in path.steps]
    for text in (path.title, path.question, path.closing, path.leaves_out):
        assert text in page.text
    places = [page.text.index(step.bridge) for step in path.steps if step.bridge]
    assert places == sorted(places)
    assert f"{ADDRESS}paths?path={path.id}" in page.text


def test_a_comparison():
    """A comparison's handout has its authors' passages and its passages, each once."""
    page = read(made(of=["yalom", "p03", "p18", "nobody"]))
    assert ids(page) == ["p01", "p18", "p23", "p03"]
    assert page.one("h1").text == "Irvin D. Yalom, p03 and p18"
    assert f"{ADDRESS}compare?of=yalom&of=p03&of=p18" in page.text


@pytest.mark.parametrize(
    "query",
    [
        {"school": "<b>"},
        {"path": "nowhere"},
        {"of": ["nobody"]},
        {"passage": "p99", "rows": "9999", "arrange": "x"},
        {"q": ""},
    ],
)
def test_what_is_unknown_is_ignored(query):
    """A link that asks in vain gives the whole debate, as on the page."""
    assert made(**query) == made()


def test_nothing_matches():
    """Where nothing matches the handout says so, and there is no axis to fill in."""
    page = read(made(q="zzz"))
    assert ids(page) == []
    assert "0 of 23 passages" in page.text
    assert "Your own reading" not in page.text


@quick
@given(views())
def test_a_handout_holds_what_its_view_shows(view):
    """The quotes are those that the page steps through, and the link leads back to them."""
    view = replace(view, path="", of=(), rows=1)
    page = read(handout(shipped(), view, ADDRESS))
    assert ids(page) == [
        shipped().debate.passages[row].id for row in seen(shipped(), view).sequence
    ]
    assert view_words(seen(shipped(), view)) in page.text
    link = page.all("dd")[-1].text
    query = parse_qs(urlsplit(link).query)
    assert from_query(query, shipped().known)[0].filters == view.filters


def test_it_stands_alone():
    """Nothing in it is fetched: fonts are in it, a policy forbids the rest, and it is small."""
    html = made()
    assert len(html.encode()) < 500_000
    assert set(re.findall(r"url\((.{5})", html)) == {"data:"}
    page = read(html)
    assert "default-src 'none'; style-src 'unsafe-inline'; font-src data:" in html
    assert not page.all("script") + page.all("img") + page.all("link") + page.all("iframe")
    assert not [e for e in page.elements if {"src", "href", "onclick"} & set(e.attributes)]


def test_only_the_fonts_that_are_needed():
    """Letters beyond the Latin ones bring their font; without them it stays out."""
    assert font_faces("plain").count("@font-face") == 3
    assert font_faces("plain", italic=False).count("@font-face") == 2
    assert font_faces("Łódź").count("@font-face") == 5
    assert "/assets/" not in font_faces("Łódź")


def sheet(text: str) -> Handout:
    """Give a handout in which every text is ``text``."""
    start = PrintedPassage(
        *(text, text, (text[:3],), text, text, 0, True, text, text),
        gloss=text,
        gloss_label=text,
        citation=(text, text),
        bridge=text,
    )
    return Handout(
        *(text, text, text, text, "<svg></svg>", [text], [start], 3, [(text, text)], text),
        rules=[Rule(text, text, text, text)] * 6,
        notes=[text],
        facts=[(text, text)],
    )


@quick
@given(texts)
def test_any_text_is_text(text):
    """Whatever the debate or the link holds, the handout has our elements alone, and all of it."""
    page = parsed(handout_sheet(sheet(text)))
    own = {"main", "header", "p", "h1", "h2", "h3", "b", "i", "span", "figure", "figcaption", "svg"}
    own |= {"section", "article", "blockquote", "mark", "div", "table", "thead", "tbody", "tr"}
    own |= {"th", "td", "dl", "dt", "dd"}
    assert {element.tag for element in page.elements} <= own
    assert {name for e in page.elements for name in e.attributes} <= {
        *("class", "data-passage", "data-gloss", "dir", "scope"),
    }
    assert page.one("blockquote").text == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_stays_in_its_place(text):
    """A title closes neither the head nor the style."""
    page = read(handout_file(sheet(text)))
    assert page.one("title").text == f"{text} – {text}"
    assert len(page.all("style")) == 1


def test_bounds(monkeypatch):
    """A handout stops at so many passages and bytes, and says how many it leaves out."""
    monkeypatch.setattr(module, "PASSAGES_AT_MOST", 5)
    page = read(made())
    assert ids(page) == ["p01", "p02", "p03", "p04", "p05"]
    assert "18 more passages found no room here." in page.text
    monkeypatch.setattr(module, "BYTES_AT_MOST", 700)
    assert within_bounds(shipped(), range(23)) == [0]


def test_the_heaviest_texts_stay_below_six_megabytes():
    """Texts made of signs that take most room in a file are counted as they are written."""
    debate = shipped().debate
    heavy = tuple(replace(p, quote='"' * 200_000, gloss="🜍" * 100_000) for p in debate.passages)
    opened = OpenDebate(replace(debate, passages=heavy), shipped().table)
    html = made(opened)
    assert 1_500_000 < len(html.encode()) < 6_000_000
    assert ids(read(html)) == ["p01"]
    assert "22 more passages found no room here." in html


def test_a_large_debate(tmp_path):
    """A handout of a large debate is as short as any, its map one page of rows."""
    write_debate(tmp_path / "large", passages=900, authors=40)
    opened = open_folder(tmp_path / "large")
    html = made(opened)
    assert len(html.encode()) < 1_500_000
    assert len(ids(read(html))) == 200
    assert "700 more passages found no room here." in html
    author = opened.debate.authors[-1]
    page = read(made(opened, of=[author.id]))
    assert author.label in page.one("svg").text
    assert "Rows: page " in page.text


def test_glosses_off():
    """With glosses off neither gloss, nor label, nor a position of one is printed."""
    html = made(without_glosses())
    assert not re.search(r"\bgloss(es)?\b", read(html).one("main").text)
    assert "data-gloss=" not in html
    assert "Library's summary" not in html
    for passage in shipped().debate.passages:
        assert passage.gloss not in read(html).text


def test_one_choice_for_each_kind():
    """A path comes before a comparison, a comparison before filters; own paths are filters'."""
    path = shipped().known.paths[0]
    assert chosen_by(shipped(), View(path=path, of=("jung",))).page == "paths"
    assert chosen_by(shipped(), View(of=("jung",))).page == "compare"
    assert chosen_by(shipped(), View(path="own", q="bond")).page == "paths"
    assert chosen_by(shipped(), View(q="bond")).page == ""
