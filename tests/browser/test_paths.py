"""Paths in the browser: placed before it is read, by mouse, keys and link, in any debate."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, WebSocket, expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.hostile_debate import PATHS, QUOTES
from tests.browser.reader import Reader
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

FREUD = "path=freud_to_contextual"
SCALE = ".placement-scale button"


def go(reader: Reader, query: str = "", there: str = ".path-head") -> Page:
    """Open the page at a link and wait until it stands there."""
    reader.page.goto(f"{reader.address}/paths{'?' + query if query else ''}")
    reader.page.locator("dialog.key-list").wait_for(state="attached")
    reader.page.locator(there).first.wait_for()
    return reader.at_rest().page


def expect_quote(reader: Reader, passage: str) -> None:
    """Wait until this passage's quote is the only one on the page."""
    quotes = reader.page.locator("blockquote")
    expect(quotes).to_have_attribute("data-passage", passage)


def test_the_browser_is_sent_nothing_before_a_placement(reader: Reader) -> None:
    """Of gloss, readings, reason and note nothing reaches the browser before; then all of it."""
    frames: list[str] = []

    def heard(payload: str | bytes) -> None:
        frames.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload)

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", heard)

    answers: list[Response] = []

    def answered(response: Response) -> None:
        answers.append(response)

    reader.page.on("websocket", opened)
    reader.page.on("response", answered)
    go(reader, f"{FREUD}&step=3&placed=20", SCALE)
    reader.page.wait_for_timeout(800)
    passage = source.PASSAGES["p18"]
    told = [
        passage["gloss"][:30],
        passage["rationale"][:20],
        passage["note"]["drift"][-20:],
        "The words: ",
        "<mark",
        "data-gloss",
    ]
    texts = [a.text() for a in answers if "json" in (a.headers.get("content-type") or "")]
    sent = "\n".join([*frames, *texts])
    assert passage["quote"][:30] in sent
    assert [text for text in told if text in sent] == []
    assert reader.page.locator("blockquote mark").count() == 0
    assert "school-none" in (reader.page.locator("blockquote").get_attribute("class") or "")
    reader.page.locator(SCALE).nth(3).click()
    expect(reader.page.locator("[data-gloss=p18]")).to_have_text(passage["gloss"])
    assert reader.text(reader.page.locator("blockquote")) == passage["quote"]
    expect(reader.page.locator("blockquote mark")).to_have_count(1)
    # The page is answered by a plain request first; the session tells the same soon after.
    reader.until(
        lambda: all(text in "\n".join(frames) for text in told),
        lambda: f"{[text for text in told if text not in ''.join(frames)]} was not sent",
    )


def test_a_path_by_keys_alone(reader: Reader) -> None:
    """Keys place, pass, go back, leave one out and lead to the end and to the list of paths."""
    page = go(reader)
    page.get_by_role("link", name="When trauma is in the room").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".path-text .path-facts")).to_contain_text("5 passages")
    page.keyboard.press("ArrowRight")
    placed = ""
    for key, passage in zip("15nws", ("p20", "p02", "p16", "p12", "p21"), strict=True):
        expect_quote(reader, passage)
        expect(page.locator(SCALE)).to_have_count(7)
        page.keyboard.press(key)
        expect(page.locator(".path-verdict")).to_be_visible()
        placed += {"1": "0", "5": "4", "s": "-"}.get(key, key)
        expect(page.locator(f"[data-gloss={passage}]")).to_be_visible()
        reader.expect_query(path="trauma", step=str(len(placed)), placed=placed)
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Where it led")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect_quote(reader, "p21")
    expect(page.locator(".path-verdict")).to_contain_text("You: not placed.")
    page.keyboard.press("?")
    expect(page.locator("dialog.key-list")).to_contain_text("no claim; the question is wrong")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.key-list")).to_be_hidden()
    expect_quote(reader, "p21")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Guided paths")).to_be_visible()
    reader.expect_query()


def test_the_scale_is_reached_by_tab(reader: Reader) -> None:
    """The options can be reached and picked without their own keys."""
    page = go(reader, f"{FREUD}&step=1", SCALE)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{SCALE}')"):
            break
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reader.expect_query(path="freud_to_contextual", step="1", placed="1")


def test_back_and_forward_undo_each_step(reader: Reader) -> None:
    """Each placement and each step is one entry: Back takes the reading away, Forward brings it."""
    page = go(reader, f"{FREUD}&step=1", SCALE)
    before = reader.history()
    page.locator(SCALE).nth(2).click()
    expect(page.locator(".path-verdict")).to_be_visible()
    page.get_by_role("link", name="Next passage ›").click()
    expect_quote(reader, "p06")
    reader.at_rest()
    assert reader.history() == before + 2
    reader.back()
    expect_quote(reader, "p03")
    expect(page.locator("[data-gloss=p03]")).to_be_visible()
    reader.back()
    expect(page.locator(SCALE)).to_have_count(7)
    expect(page.locator("[data-gloss]")).to_have_count(0)
    reader.forward()
    expect(page.locator("[data-gloss=p03]")).to_be_visible()
    reader.forward()
    expect_quote(reader, "p06")
    expect(page.locator(SCALE)).to_have_count(7)


def test_leaving_and_coming_back_resumes(reader: Reader, reader_at: ReaderFrom) -> None:
    """The way over another page leads back to the step, and so does its link in another browser."""
    page = go(reader, f"{FREUD}&step=3&placed=203", ".path-verdict")
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.get_by_role("heading", name="Method", level=1)).to_be_visible()
    page.get_by_role("link", name="Paths", exact=True).click()
    expect_quote(reader, "p18")
    expect(page.locator(".path-verdict")).to_contain_text("You: mostly cure.")
    other = reader_at(reader.address)
    other.page.goto(reader.href())
    expect_quote(other, "p18")
    expect(other.page.locator(".path-verdict")).to_contain_text("You: mostly cure.")
    assert other.query() == {
        "path": ["freud_to_contextual"],
        "step": ["3"],
        "placed": ["203"],
    }


def test_another_step_is_read_from_its_top(reader_at: ReaderFrom, shipped: str) -> None:
    """Whoever goes on from the foot of a reading sees the next quote, not its foot."""
    reader = reader_at(shipped, viewport={"width": 390, "height": 700})
    page = go(reader, f"{FREUD}&step=2&placed=203", ".path-verdict")
    page.locator(".onward").scroll_into_view_if_needed()
    page.keyboard.press("ArrowRight")
    expect_quote(reader, "p18")
    expect(page.locator(".path-head h1")).to_be_in_viewport()


def test_a_blind_selection_and_its_codings(reader: Reader) -> None:
    """Chosen, blind and shuffled; placed to the end; compared; taken away as codings.csv."""
    page = go(reader, there=".st-key-path_own")
    reader.option("School", "Depth-psychological").click()
    expect(page.locator(".path-count")).to_have_text("3 passages")
    page.get_by_text("Blind: no author").click()
    reader.until(lambda: "blind" in reader.query(), lambda: "not blind")
    page.get_by_text("Shuffled").click()
    reader.until(lambda: "seed" in reader.query(), lambda: "not shuffled")
    page.get_by_role("button", name="Begin", exact=True).click()
    order = []
    for at, key in enumerate("4n2"):
        expect(page.locator(".path-place")).to_contain_text(f"{at + 1} of 3")
        said = reader.text(page.locator("[data-testid=stMain]"))
        assert not re.search("Jung 19|Sedgwick 20|Brazier 19|Depth-psychological|Thesis", said)
        order.append(page.locator("blockquote").get_attribute("data-passage"))
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Where you put them")).to_be_visible()
    assert sorted(filter(None, order)) == ["p03", "p17", "p21"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download codings.csv").click()
    assert download.value.suggested_filename == "codings.csv"
    rows = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert rows == [
        ["passage", "reading", "text", "question", "value"],
        [order[0], "me", "quote", "position", "1"],
        [order[1], "me", "quote", "position", ""],
        [order[2], "me", "quote", "position", "-1"],
    ]


VIEWS = {
    "the list": ("", ".path-list a"),
    "the beginning": (FREUD, ".path-facts"),
    "a quote": (f"{FREUD}&step=3&placed=20", SCALE),
    "a reading": (f"{FREUD}&step=3&placed=203", ".path-verdict"),
    "the end": (f"{FREUD}&step=12&placed=20341n2w-13", ".placement-map"),
    "blind again": ("path=own&blind=yes&step=1&placed=20", SCALE),
}


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader_at: ReaderFrom, shipped: str, theme: str, width: int) -> None:
    """No view of a path violates WCAG 2.2 AA or axe's best practices; none scrolls sideways."""
    window = {"width": width, "height": 844}
    reader = reader_at(shipped, color_scheme=theme, viewport=window)
    found = {}
    for name, (query, there) in VIEWS.items():
        go(reader, query, there)
        assert not reader.scrolls_sideways(), name
        if broken := violations(reader, theme):
            found[name] = broken
    assert found == {}


def test_a_hostile_debate_is_shown_and_nothing_else(reader_at: ReaderFrom, hostile: str) -> None:
    """Hostile titles, ids, bridges and quotes are text on every step; the page keeps its width."""
    reader = reader_at(hostile)
    page = go(reader, there=".path-list a")
    for title in PATHS.values():
        expect(page.locator(".path-list")).to_contain_text(title)
    for narrow in (1280, 390):
        page.set_viewport_size({"width": narrow, "height": 844})
        reader.at_rest()
        assert not reader.scrolls_sideways()
    page.set_viewport_size({"width": 1280, "height": 800})
    reader.at_rest()
    page.locator(".path-list a").first.click()
    page.get_by_role("button", name="Begin", exact=True).click()
    for passage, quote in QUOTES.items():
        expect_quote(reader, passage)
        assert reader.text(page.locator("blockquote")) == quote
        expect(page.locator(SCALE)).to_have_count(7)
        page.keyboard.press("3")
        expect(page.locator(".path-verdict")).to_be_visible()
        assert reader.text(page.locator("blockquote")) == quote
        reader.at_rest()
        assert not reader.scrolls_sideways()
        page.keyboard.press("ArrowRight")
    expect(page.locator(".placement-map")).to_be_visible()
    assert page.locator(".path-end script, .path-end img, .path-end iframe").count() == 0
    for narrow in (1280, 390):
        page.set_viewport_size({"width": narrow, "height": 844})
        reader.at_rest()
        assert not reader.scrolls_sideways()
