"""Sources and Method in the browser: the way there and back, access, hostile debates, print."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import READY, Reader
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

PAGES = {"sources": "Sources", "method": "Method"}


def there(page: Page, heading: str) -> None:
    """Wait until a page that is read stands there."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    page.locator("dialog.key-list").wait_for(state="attached")
    Reader(page, "").at_rest()


def test_the_way_there_and_back(reader: Reader) -> None:
    """Pages are reached without loading anew; Back and Forward undo and redo each step."""
    reader.open("school=empirical&passage=p18")
    reader.page.evaluate("window.sameLoad = true")
    for place, heading in PAGES.items():
        reader.page.get_by_role("link", name=heading, exact=True).click()
        there(reader.page, heading)
        wanted = f"{reader.address}/{place}?school=empirical&passage=p18"
        reader.until(
            lambda wanted=wanted: reader.href() == wanted,  # type: ignore[misc]
            lambda wanted=wanted: f"{reader.href()} is not {wanted}",  # type: ignore[misc]
        )
        expect(reader.page).to_have_title(f"{heading} · Vehicle or Cure?")
        here = reader.page.locator("nav.places [aria-current=page]")
        expect(here).to_have_text(heading)
    reader.page.locator("#drift a", has_text="p09").click()
    reader.page.locator(READY).wait_for()
    reader.expect_read("p09")
    reader.expect_query(passage="p09")
    reader.back()
    there(reader.page, "Method")
    reader.back()
    there(reader.page, "Sources")
    reader.back()
    reader.page.locator(READY).wait_for()
    reader.expect_read("p18")
    reader.expect_query(school="empirical", passage="p18")
    reader.forward()
    there(reader.page, "Sources")
    reader.page.get_by_role("link", name="Map", exact=True).click()
    reader.expect_query(school="empirical", passage="p18")
    reader.expect_count(13, 5)
    assert reader.page.evaluate("window.sameLoad")
    expect(reader.page).to_have_title("Vehicle or Cure?")


def test_the_way_back_survives_a_reload(reader: Reader) -> None:
    """After a reload of another page, Map still leads to the view that one came from."""
    reader.open("school=empirical&passage=p18&arrange=year")
    reader.page.get_by_role("link", name="Method", exact=True).click()
    there(reader.page, "Method")
    reader.page.reload()
    there(reader.page, "Method")
    reader.page.get_by_role("link", name="Map", exact=True).click()
    reader.page.locator(READY).wait_for()
    reader.expect_query(school="empirical", passage="p18", arrange="year")
    reader.expect_read("p18")
    reader.expect_count(13, 5)


@pytest.mark.parametrize(("place", "heading"), PAGES.items())
def test_a_link_opens_the_page(reader: Reader, place: str, heading: str) -> None:
    """Each page opens by its link; its contents lead to its sections; passages link to the map."""
    reader.page.goto(f"{reader.address}/{place}")
    there(reader.page, heading)
    assert not reader.scrolls_sideways()
    for link in reader.page.locator(".contents a").all():
        link.click()
        section = reader.page.locator((link.get_attribute("href") or "").replace("#", "section#"))
        expect(section.locator("h2")).to_be_in_viewport()
    reader.page.locator("a.open-passage", has_text="p18").first.click()
    reader.page.locator(READY).wait_for()
    reader.expect_read("p18")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader_at: ReaderFrom, shipped: str, theme: str, width: int) -> None:
    """Neither page violates WCAG 2.2 AA or axe's best practices; none scrolls sideways."""
    window = {"width": width, "height": 844}
    reader = reader_at(shipped, color_scheme=theme, viewport=window)
    for place, heading in PAGES.items():
        reader.page.goto(f"{shipped}/{place}")
        there(reader.page, heading)
        assert violations(reader, theme) == []
        assert not reader.scrolls_sideways()


@pytest.mark.parametrize(("place", "heading"), PAGES.items())
def test_a_hostile_debate_is_shown_and_nothing_else(
    reader_at: ReaderFrom, hostile: str, hostile_folder: Path, place: str, heading: str
) -> None:
    """Hostile titles, names, ids and codebooks are text; the page keeps its width."""
    reader = reader_at(hostile)
    reader.page.goto(f"{hostile}/{place}")
    there(reader.page, heading)
    assert reader.page.locator(".sections script, .sections img, .sections iframe").count() == 0
    assert not reader.scrolls_sideways()
    said = reader.text(reader.page.locator(".sections"))
    if place == "sources":
        for work in source.read(hostile_folder / "works.yaml"):
            assert work["catalogued"] in said
            assert work["title"] in said
