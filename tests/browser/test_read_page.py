"""Reading, marking, citing in the browser: search, steps, notes, access, hostile debates."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader
from tests.browser.test_access import violations
from tests.browser.test_text_pages import there

pytestmark = pytest.mark.browser

CARD = ".reading-card"


def read(reader: Reader, query: str = "") -> None:
    """Open the page for reading."""
    reader.page.goto(f"{reader.address}/read{'?' + query if query else ''}")
    there(reader.page, "Read")
    reader.page.locator(".own-notes").wait_for()
    # Streamlit loads what draws a button late, and it is the button that hears the arrow keys.
    reader.page.get_by_role("button", name="Next").wait_for()


def test_every_text_is_verbatim(reader: Reader) -> None:
    """All quotes and glosses of the source stand there, character for character, also searched."""
    for query in ("", "q=therapeutic"):
        read(reader, query)
        shown = reader.page.locator(CARD).evaluate_all(
            """all => all.map(card => {
                 const quote = card.querySelector('[data-passage]')
                 const gloss = card.querySelector('[data-gloss]')
                 return [quote.dataset.passage, quote.textContent,
                   gloss.dataset.gloss, gloss.textContent]
               })"""
        )
        assert shown
        for passage, quote, same, gloss in shown:
            assert same == passage
            assert quote == source.PASSAGES[passage]["quote"]
            assert gloss == source.PASSAGES[passage]["gloss"]


def test_a_search_lights_what_it_finds(reader: Reader) -> None:
    """A search finds word forms without accents and case, says how many, and is in the link."""
    read(reader)
    reader.page.keyboard.press("/")
    expect(reader.words()).to_be_focused()
    reader.words().fill("RELATÍONS outcome")
    reader.words().press("Enter")
    reader.expect_query(q="RELATÍONS outcome")
    expect(reader.page.locator(".count-line")).to_have_text("3 of 23 passages, best first")
    expect(reader.page.locator(CARD)).to_have_count(3)
    lit = {mark.lower() for mark in reader.page.locator(f"{CARD} mark").all_inner_texts()}
    assert {"relate", "relational", "outcome"} <= lit
    reader.back()
    expect(reader.page.locator(CARD)).to_have_count(23)


def test_steps_lead_from_passage_to_passage(reader: Reader) -> None:
    """Arrow keys and buttons step; the passage comes into sight and is in the link."""
    read(reader, "school=attachment")
    wanted = sorted(source.matching(("attachment",)))
    for passage in wanted:
        reader.page.keyboard.press("ArrowRight")
        current = reader.page.locator(f"{CARD}[aria-current]")
        expect(current).to_have_attribute("data-entry", passage)
        expect(current.locator("blockquote")).to_be_in_viewport()
    reader.expect_query(school="attachment", passage=wanted[-1])
    reader.page.reload()
    there(reader.page, "Read")
    expect(reader.page.locator(f"{CARD}[aria-current] blockquote")).to_be_in_viewport()
    reader.page.get_by_role("button", name="Previous").click()
    reader.expect_query(school="attachment", passage=wanted[-2])


def scroll_to(reader: Reader, top: int) -> None:
    """Scroll the page, again where it was not yet that long or grew meanwhile."""

    def is_there() -> bool:
        reader.page.evaluate(
            "top => document.querySelector('[data-testid=stMain]')?.scrollTo({top})", top
        )
        return place_in_page(reader) == top

    reader.until(is_there, lambda: f"{place_in_page(reader)} is not {top}")
    # What a page keeps of its place it keeps with the next frame.
    reader.page.wait_for_timeout(400)


def place_in_page(reader: Reader) -> int:
    """Return how far the page is scrolled."""
    main = "document.querySelector('[data-testid=stMain]')?.scrollTop ?? -1"
    return round(reader.page.evaluate(main))


def test_back_forward_and_reload_lead_to_where_one_read(reader: Reader) -> None:
    """Each entry of the history has its own place in the page, also after a reload."""
    read(reader, "passage=p02")
    expect(reader.page.locator(f"{CARD}[aria-current]")).to_be_in_viewport()
    reader.until(lambda: place_in_page(reader) > 0, lambda: "the passage was not brought in sight")
    reader.page.wait_for_timeout(1000)
    scroll_to(reader, 3000)
    # A click of the mouse would scroll up to the link first, and that would be the place kept.
    reader.page.get_by_role("link", name="Sources", exact=True).evaluate("node => node.click()")
    there(reader.page, "Sources")
    reader.until(lambda: place_in_page(reader) == 0, lambda: f"{place_in_page(reader)} is not 0")
    scroll_to(reader, 2000)
    reader.back()
    there(reader.page, "Read")
    reader.until(lambda: place_in_page(reader) == 3000, lambda: f"{place_in_page(reader)}")
    reader.forward()
    there(reader.page, "Sources")
    reader.until(lambda: place_in_page(reader) == 2000, lambda: f"{place_in_page(reader)}")
    reader.page.reload()
    there(reader.page, "Sources")
    reader.until(lambda: place_in_page(reader) == 2000, lambda: f"{place_in_page(reader)}")
    reader.page.wait_for_timeout(1000)
    assert place_in_page(reader) == 2000


def test_steps_go_on_from_the_passage_in_sight(reader: Reader) -> None:
    """Who has scrolled away from the passage last stepped to steps on from what they see."""
    read(reader)
    in_sight = reader.page.locator(f"{CARD}[data-entry=p10]")
    current = reader.page.locator(f"{CARD}[aria-current]")
    in_sight.evaluate("node => node.scrollIntoView()")
    reader.page.wait_for_timeout(300)
    reader.page.get_by_role("button", name="Previous").click()
    expect(current).to_have_attribute("data-entry", "p09")
    expect(current).to_be_in_viewport()
    reader.page.wait_for_timeout(1600)
    reader.page.locator(f"{CARD}[data-entry=p03]").evaluate("node => node.scrollIntoView()")
    reader.page.wait_for_timeout(300)
    reader.page.keyboard.press("ArrowRight")
    expect(current).to_have_attribute("data-entry", "p04")
    reader.expect_query(passage="p04")
    reader.page.keyboard.press("ArrowRight")
    expect(current).to_have_attribute("data-entry", "p05")


def test_no_space_is_underlined_at_the_end_of_a_line(reader_at: ReaderFrom, shipped: str) -> None:
    """Where decisive words run on to another line, the space between them takes no room."""
    reader = reader_at(shipped, viewport={"width": 390, "height": 844})
    read(reader)
    reader.until(
        lambda: reader.page.locator(".quote mark").count() > 20,
        lambda: f"{reader.page.locator('.quote mark').count()} marks",
    )
    spaces = reader.page.evaluate(
        """() => [...document.querySelectorAll('.quote mark')].flatMap(mark => {
          const text = mark.firstChild, range = document.createRange()
          const lineOf = i => { range.setStart(text, i); range.setEnd(text, i + 1)
            return range.getBoundingClientRect() }
          return [...text.data].flatMap((sign, i) => sign === ' ' && i + 1 < text.data.length
            && lineOf(i + 1).top > lineOf(i).top + 2 ? [lineOf(i).width] : [])
        })"""
    )
    assert len(spaces) > 3
    assert set(spaces) == {0}


def test_on_a_phone_the_steps_stay_on_one_line(reader_at: ReaderFrom, shipped: str) -> None:
    """Beside the longest count both buttons stand on one line, above what is read."""
    reader = reader_at(shipped, viewport={"width": 390, "height": 844})
    read(reader, "q=relations")
    expect(reader.page.locator(".count-line")).to_contain_text("best first")
    places = [
        reader.page.get_by_role("button", name=name).bounding_box() for name in ("Previous", "Next")
    ]
    assert places[0]
    assert places[1]
    assert places[0]["y"] == places[1]["y"]
    assert not reader.scrolls_sideways()


def test_bookmarks_and_notes_stay_in_this_browser(reader: Reader, tmp_path: Path) -> None:
    """What is marked and written outlives a reload, is never sent, can be exported and deleted."""
    sent: list[str] = []
    reader.page.on("websocket", lambda ws: ws.on("framesent", lambda f: sent.append(str(f))))
    read(reader)
    card = reader.page.locator(f"{CARD}[data-entry=p08]")
    card.get_by_role("button", name="Bookmark").click()
    expect(card.get_by_role("button", name="Bookmarked")).to_have_attribute("aria-pressed", "true")
    card.get_by_text("Your note").click()
    card.locator("textarea").fill("My secret <b>thought</b> about $x$")
    expect(reader.page.locator(".own-notes a")).to_have_text(["p08"])
    reader.page.reload()
    there(reader.page, "Read")
    expect(card.locator("textarea")).to_have_value("My secret <b>thought</b> about $x$")
    expect(card.get_by_role("button", name="Bookmarked")).to_be_visible()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Export").click()
    download.value.save_as(tmp_path / "notes.txt")
    told = (tmp_path / "notes.txt").read_text(encoding="utf-8")
    assert source.PASSAGES["p08"]["quote"] in told
    assert "Note: My secret <b>thought</b> about $x$" in told
    assert "p08  Flores 2004, quoting Strupp 1999  [bookmarked]" in told
    assert not any("secret" in frame for frame in sent)
    reader.page.locator(".own-notes a").click()
    expect(reader.page.locator(f"{CARD}[aria-current]")).to_have_attribute("data-entry", "p08")
    reader.page.get_by_role("button", name="Delete all").click()
    reader.page.get_by_role("button", name="Delete all, really").click()
    expect(card.get_by_role("button", name="Bookmark", exact=True)).to_be_visible()
    expect(card.locator("textarea")).to_have_value("")


def test_no_note_is_lost_however_many_there_are(reader: Reader, tmp_path: Path) -> None:
    """Of 3,000 notes all stay when one is added; where there is no room the page says so."""
    read(reader)
    card = reader.page.locator(f"{CARD}[data-entry=p08]")
    reader.page.evaluate(
        """() => {
          const name = "own-notes Vehicle or Cure?"
          const many = Array.from({length: 3000}, (_, i) => [`x${i}`, {note: `no ${i}`}])
          localStorage.setItem(name, JSON.stringify(Object.fromEntries(many)))
        }"""
    )
    kept = """() => Object.entries(localStorage).filter(([k]) => k.startsWith("own-notes"))
      .map(([, held]) => Object.keys(JSON.parse(held)).length)"""
    reader.page.reload()
    there(reader.page, "Read")
    expect(reader.page.locator(".own-notes p")).to_contain_text("and 2800 more")
    card.get_by_role("button", name="Bookmark").click()
    reader.until(lambda: reader.page.evaluate(kept) == [3001], lambda: "not all are kept")
    reader.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    card.get_by_text("Your note").click()
    card.locator("textarea").fill("One more")
    expect(reader.page.get_by_role("alert")).to_contain_text("export them before you leave")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Export").click()
    download.value.save_as(tmp_path / "notes.txt")
    told = (tmp_path / "notes.txt").read_text(encoding="utf-8")
    assert "Note: One more" in told
    assert told.count("Note: no ") == 3000


def test_references_are_taken_away(reader: Reader) -> None:
    """The style is in the link; files for reference managers hold the works asked for."""
    reader.page.goto(f"{reader.address}/sources")
    there(reader.page, "Sources")
    reader.page.get_by_role("navigation", name="Style").get_by_text("MLA 9").click()
    reader.expect_query(style="mla")
    work = reader.page.get_by_role("article", name="Flores 2004")
    expect(work.locator(".reference")).to_have_text(
        "Flores, Philip J. Addiction as an Attachment Disorder. Jason Aronson, 2004."
    )
    for label, told in (("BibTeX", "@book"), ("RIS", "TY  - BOOK"), ("CSL-JSON", '"type": "book"')):
        with reader.page.expect_download() as download:
            work.get_by_role("link", name=label).click()
        held = Path(download.value.path()).read_text(encoding="utf-8")
        assert told in held
        assert held.count("ddiction as an") == 1
    assert reader.page.request.get(f"{reader.address}/references.bib?work=none").status == 404
    every = reader.page.request.get(f"{reader.address}/references.ris")
    assert every.text().count("TY  - ") == len(source.WORKS)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader_at: ReaderFrom, shipped: str, theme: str, width: int) -> None:
    """Neither page violates WCAG 2.2 AA or axe's best practices; none scrolls sideways."""
    window = {"width": width, "height": 844}
    reader = reader_at(shipped, color_scheme=theme, viewport=window)
    read(reader, "q=relations&by=author&passage=p07")
    assert violations(reader, theme) == []
    assert not reader.scrolls_sideways()
    reader.page.goto(f"{shipped}/cite?author=flores")
    there(reader.page, "Cite this view")
    assert violations(reader, theme) == []
    assert not reader.scrolls_sideways()


def test_a_hostile_debate_is_shown_and_nothing_else(
    reader_at: ReaderFrom, hostile: str, hostile_folder: Path
) -> None:
    """Hostile quotes, names and ids are text, verbatim, in every order; nothing is widened."""
    reader = reader_at(hostile)
    held = {p["id"]: p for p in source.read(hostile_folder / "passages.yaml")}
    for query in ("", "by=construct", "by=work", "q=a"):
        read(reader, query)
        assert reader.page.locator(".reading-list script, .reading-list img").count() == 0
        assert not reader.scrolls_sideways()
        shown = reader.page.locator("blockquote[data-passage]").evaluate_all(
            "all => all.map(n => [n.dataset.passage, n.textContent])"
        )
        assert shown
        for passage, quote in shown:
            assert quote == held[passage]["quote"]
    reader.page.goto(f"{hostile}/cite")
    there(reader.page, "Cite this view")
    assert reader.page.locator(".sections script, .sections img").count() == 0
    assert not reader.scrolls_sideways()
