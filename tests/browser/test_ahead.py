"""Ahead of the session: steps of a path and comparisons are answered by plain requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import source
from tests.browser.reader import Held, Reader
from tests.browser.test_paths import SCALE, expect_quote, go

pytestmark = pytest.mark.browser

PATH = ("p20", "p02", "p16", "p12", "p21")


def silent(reader: Reader, query: str, there: str) -> tuple[Page, Held]:
    """Open a path at a link, and let the session hear nothing from then on."""
    held = Held(reader.page)
    page = go(reader, query, there)
    held.closed = True
    return page, held


def test_a_path_is_walked_without_the_session(reader: Reader) -> None:
    """Placing, reading on, Back and Forward show the right step while the session hears nothing."""
    page, _ = silent(reader, "path=trauma&step=1", SCALE)
    placed = ""
    for key, sign, passage in zip("1n3w5", "0n2w4", PATH, strict=True):
        expect_quote(reader, passage)
        assert page.locator("[data-gloss]").count() == 0
        page.keyboard.press(key)
        placed += sign
        expect(page.locator(f"[data-gloss={passage}]")).to_be_visible()
        reader.expect_query(path="trauma", step=str(len(placed)), placed=placed)
        assert reader.text(page.locator("blockquote")) == source.PASSAGES[passage]["quote"]
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Where it led")).to_be_visible()
    reader.back()
    expect_quote(reader, "p21")
    expect(page.locator("[data-gloss=p21]")).to_be_visible()
    reader.back()
    expect(page.locator(SCALE)).to_have_count(7)
    expect(page.locator("[data-gloss]")).to_have_count(0)
    reader.forward()
    expect(page.locator("[data-gloss=p21]")).to_be_visible()


def test_a_comparison_is_there_without_the_session(reader: Reader) -> None:
    """A pair's link shows both sides, and Back the pairs alone, while the session hears nothing."""
    held = Held(reader.page)
    reader.page.goto(f"{reader.address}/compare")
    pairs = reader.page.locator(".pairs a")
    expect(pairs).to_have_count(16)
    reader.page.locator("dialog.key-list").wait_for(state="attached")
    reader.at_rest()
    held.closed = True
    pairs.nth(2).click()
    expect(reader.page.locator(".column-name > span:last-child")).to_have_text(["p02", "p12"])
    reader.back()
    expect(reader.page.locator(".compare-column")).to_have_count(0)


def test_where_nothing_answers_ahead_the_session_does(reader: Reader) -> None:
    """Without the plain requests a path goes on as well, by the session alone."""

    def fail(route: Route) -> None:
        route.fulfill(body="")

    page = go(reader, "path=trauma&step=1", SCALE)
    page.route("**/ahead/**", fail)
    page.keyboard.press("2")
    expect(page.locator("[data-gloss=p20]")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect_quote(reader, "p02")
    reader.back()
    expect_quote(reader, "p20")


def test_the_session_s_late_answers_show_no_earlier_step(reader: Reader) -> None:
    """Quick steps there and back never show a step that was already left."""
    page = go(reader, "path=trauma&step=1&placed=01234", ".path-verdict")
    page.evaluate(
        """() => {
          window.seen = ['p20']
          const look = () => {
            const id = document.querySelector('.path-quote blockquote')?.dataset.passage
            if (id && id !== window.seen.at(-1)) window.seen.push(id)
          }
          new MutationObserver(look).observe(document.body, {subtree: true, childList: true})
        }"""
    )
    for at, passage in enumerate(PATH[1:4], 2):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".path-place")).to_contain_text(f"{at} of 5")
        expect_quote(reader, passage)
    page.keyboard.press("ArrowLeft")
    expect_quote(reader, "p16")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.seen") == ["p20", "p02", "p16", "p12", "p16"]


def test_reading_on_keeps_the_place_of_the_keyboard(reader: Reader) -> None:
    """Every step puts the focus where one reads on: verdict, quote, end, list of paths."""
    page = go(reader, "path=trauma&step=4&placed=000", SCALE)
    page.locator(SCALE).nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".path-verdict")).to_be_focused()
    page.locator(".onward").focus()
    page.keyboard.press("Enter")
    expect_quote(reader, "p21")
    expect(page.locator("#path-words")).to_be_focused()
    page.keyboard.press("w")
    expect(page.locator(".path-verdict")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Where it led")).to_be_focused()
    expect(page.locator(".placement-name .struck")).to_have_count(1)
    expect(page.locator(".legend")).to_contain_text("you: the question is wrong")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Place it before you see")).to_be_focused()
    page.get_by_role("link", name="When trauma is in the room").click()
    expect(page.get_by_role("heading", name="When trauma is in the room")).to_be_focused()


def test_a_comparison_is_read_from_its_beginning(reader: Reader) -> None:
    """Who follows a pair's link, by key or click, goes on at the point of difference."""
    reader.page.goto(f"{reader.address}/compare")
    pairs = reader.page.locator(".pairs a")
    expect(pairs).to_have_count(16)
    reader.page.locator("dialog.key-list").wait_for(state="attached")
    reader.at_rest()
    pairs.nth(1).focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("heading", name="The point of difference")).to_be_focused()
    pairs.nth(2).click()
    expect(reader.page.locator(".column-name > span:last-child")).to_have_text(["p02", "p12"])
    expect(reader.page.get_by_role("heading", name="The point of difference")).to_be_focused()
