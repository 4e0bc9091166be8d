"""The pages of sources and of method: what they say follows from the data, and is escaped."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from components.markup import passage_link
from components.sections import Section, definitions, paragraphs, prose, sections
from dashboard.debate.reference_styles import formatted_reference
from dashboard.open_debate import FOLDER_VARIABLE, OpenDebate
from dashboard.reader.masthead import PLACES, places
from dashboard.reader.method_page import method, texts_shown
from dashboard.reader.sources_page import sources, work_entries
from dashboard.view import View
from tests.asking import ENTRY
from tests.strategies import HOSTILE, parsed, quick, shipped, texts
from tests.test_pages import text

FINDINGS = "b30e905a65eae30d22929b2e089b4770627786c704c2bc8d78b24527072dcf94"
DOMAIN = Path(__file__).resolve().parents[2] / "shared" / "content" / "domain.md"


def visible(html: str) -> str:
    """Return the text of a page on one line."""
    return " ".join(parsed(html).text.split())


def test_every_work_with_every_flag():
    """Each work stands with both forms of its citation, all flags, notes and its passages."""
    page = parsed(sources(shipped(), View()))
    works = page.all("article")
    entries = work_entries(shipped(), "apa")
    assert [work.attributes["aria-label"] for work in works] == [entry.short for entry in entries]
    by_short = {work.short: work for work in shipped().debate.works}
    for shown, entry in zip(works, entries, strict=True):
        work = by_short[entry.short]
        assert formatted_reference(work, "apa").text in shown.text
        assert work.catalogued in shown.text
        assert shown.text.count("certain") >= list(work.certainty.values()).count("certain")
        for part, certainty in entry.flags:
            assert f"{part} {certainty}" in shown.text
        for note in (work.notes, work.attribution, work.isbn, work.other_ids):
            assert note is None or note in shown.text
        for passage in entry.passages:
            assert passage in shown.text
    assert sum(len(entry.passages) for entry in entries) == 23
    assert sum(len(entry.flags) for entry in entries) == sum(
        len(work.certainty) for work in shipped().debate.works
    )


def test_sources_hold_what_the_debate_says_of_them():
    """Discrepancies, missing voices, findings and words are all there, character for character."""
    debate, said = shipped().debate, parsed(sources(shipped(), View())).text
    for each in debate.discrepancies:
        assert each.on_the_page in said
        assert each.better in said
    for each in debate.missing_voices:
        assert each.name in said
        assert each.text in said
    for each in debate.findings:
        assert each.finding in said
        assert each.figures in said
        assert each.caution in said
    for each in debate.glossary:
        assert each.meaning in said


def test_findings_are_those_of_the_source():
    """Each finding is the content's, its unchecked parts marked in words, held by a checksum."""
    held = [(f.finding, f.figures, f.caution) for f in shipped().debate.findings]
    text = "\n".join("\t".join(finding) for finding in held)
    assert sha256(text.encode()).hexdigest() == FINDINGS
    if DOMAIN.is_file():
        table = DOMAIN.read_text(encoding="utf-8").split("### 1.4")[1].split("### 1.5")[0]
        lines = [line for line in table.splitlines() if line.startswith("|")][2:]
        rows = [line.strip("|").replace("[K]", "[not verified]").split("|") for line in lines]
        assert [tuple(cell.strip() for cell in row[:3]) for row in rows] == held


def test_who_speaks_is_linked_to_its_passage():
    """Each voice has a row with a link to the passage through which it is heard."""
    page = sources(shipped(), View())
    for name, passage in (
        ("Strupp", "p09"),
        ("Zetzel", "p06"),
        ("Carkhuff", "p18"),
        ("Freud", "p03"),
    ):
        assert re.search(f'<td>{name}</td>.*?href="./\\?passage={passage}"', page)


def test_method_is_computed_from_the_readings():
    """Alpha with its interval, disagreements, no-claims and drifts are those of the data."""
    said = visible(method(shipped()))
    assert "Author’s words0.940.78 to 1.0017" in said
    assert "Library’s gloss0.970.92 to 1.0022" in said
    assert "What is the bond made of?0.990.95 to 1.0023" in said
    assert "p20Library’s gloss–−1–01" in said
    assert "Author’s words6p05, p06, p11, p17, p20, p22" in said
    assert "p18both, or opencure+2" in said
    assert shipped().debate.coders in said
    assert shipped().debate.disclaimers["agreement"] in said
    assert "Necessity alone" in said
    assert "Nothing has been changed yet in version 1.0.0." in said


def test_other_readings_give_another_method():
    """Without readings there is no agreement; with glosses off none is spoken of."""
    debate = shipped().debate
    silent = OpenDebate(replace(debate, readings=debate.readings.iloc[:0]), shipped().table)
    assert "How far the readings agree" not in method(silent)
    off = OpenDebate(replace(debate, show_glosses=False), shipped().table)
    assert [name for _, _, name in texts_shown(off)] == [
        "Author’s words",
        "What is the bond made of?",
    ]


@quick
@given(texts, texts, texts)
def test_sections_are_verbatim(title, lead, said):
    """Headings, contents and paragraphs hold any text as it is."""
    html = sections(
        title, lead, [Section("one", title, paragraphs([said]) + definitions([(lead, said)]))]
    )
    page = parsed(html)
    assert page.one("h1").text == title
    assert page.one("h2").text == title
    assert page.all("p")[0].text == lead
    assert page.all("p")[1].text == said
    assert [term.text for term in page.all("dt")] == ([lead] if said else [])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_codebook_runs_nothing(hostile):
    """Whatever a codebook holds, its HTML has no script, no picture and no handler."""
    page = parsed(prose(f"# {hostile}\n\n{hostile}\n\n- {hostile}\n\n![x](http://h.invalid/x.png)"))
    allowed = {"div", "h3", "p", "ul", "li", "em", "strong", "code", "a", "blockquote", "ol", "h4"}
    assert {element.tag for element in page.elements} <= allowed | {"h5", "pre", "br", "hr"}
    for element in page.elements:
        assert set(element.attributes) <= {"class", "href", "start", "title", "target", "rel"}
        assert not (element.attributes.get("href") or "").startswith(("javascript:", "data:"))


@pytest.mark.parametrize(
    ("written", "elsewhere"),
    [
        ("[a](https://example.org/x)", True),
        ("[a](HTTP://example.org)", True),
        ("[a](//example.org)", True),
        ("<https://example.org>", True),
        ("- *[a][1]*\n\n[1]: http://example.org", True),
        ("[a](#sources)", False),
        ("[a](./sources)", False),
        ("[a](mailto:a@example.org)", False),
    ],
)
def test_a_codebooks_links_leave_the_app_open(written, elsewhere):
    """A link to another site opens in a new tab that knows nothing of the app; others do not."""
    (link,) = parsed(prose(written)).all("a")
    assert link.attributes.get("target") == ("_blank" if elsewhere else None)
    assert link.attributes.get("rel") == ("noopener noreferrer" if elsewhere else None)


@quick
@given(texts)
def test_a_link_to_a_passage_holds_its_id(passage):
    """The link shows the id as it is and asks for exactly it."""
    (link,) = parsed(passage_link(passage)).all("a")
    assert link.text == passage
    assert (link.attributes["href"] or "").startswith("./?passage=")


def test_the_way_to_the_pages():
    """The page one is on is marked; each way keeps the view one had there."""
    queries = {place: {} for place, _ in PLACES}
    queries[""] = {"school": ["empirical"], "q": ["a b&c"]}
    links = parsed(places("method", queries)).all("a")
    assert [(link.text, link.attributes["href"]) for link in links] == [
        ("Map", "./?school=empirical&q=a+b%26c"),
        *((label, f"./{place}") for place, label in PLACES[1:]),
    ]
    assert [link.text for link in links if "aria-current" in link.attributes] == ["Method"]


@pytest.mark.parametrize(("page", "heading"), [("sources", "Sources"), ("method", "Method")])
def test_the_pages_open(page, heading):
    """Each page is drawn without an error and says what it is."""
    app = AppTest.from_file(str(ENTRY), default_timeout=20).run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert f"<h1>{heading}</h1>" in text(app)


@pytest.mark.parametrize("page", ["sources", "method"])
def test_the_pages_of_another_debate(tiny_debate, monkeypatch, page):
    """The pages work for any debate, with what that one has."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tiny_debate))
    app = AppTest.from_file(str(ENTRY), default_timeout=20).run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    expected = {
        "sources": "They would say what helped.",
        "method": "The second clause was read anew.",
    }
    assert expected[page] in text(app)
