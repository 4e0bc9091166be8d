"""A seminar with phones in Chromium: opened, joined, voted in twice, shown, kept and forgotten."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader, keys_heard, lasting
from tests.browser.test_access import lasting_violations
from tests.browser.test_seminar import (
    SIZES,
    SMALLEST,
    begins_below,
    expect_at,
    presenters_window,
    slide_faults,
)

pytestmark = pytest.mark.browser

PHONES = 6


class Phone:
    """A phone in the room, with all that it was sent."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844})
        self.page = self.context.new_page()
        self.sent: list[str] = []
        self.page.on("response", lambda one: self.sent.append(one.text()) if _is_text(one) else 0)
        self.page.on("websocket", lambda one: self.sent.append(f"socket {one.url}"))
        self.page.goto(address)

    def vote(self, value: str, words: str = "") -> None:
        """Send a ballot, as soon as there is one to send."""
        form = self.page.locator("form.ballot")
        form.wait_for()
        form.locator(f"input[value='{value}'][type=radio]").check()
        form.locator("input[name=words]").fill(words)
        form.get_by_role("button").click()
        expect(self.page.locator("#sent")).to_be_visible()


def _is_text(response: object) -> bool:
    kind = getattr(response, "headers", {}).get("content-type", "")
    return getattr(response, "status", 0) == 200 and ("html" in kind or "json" in kind)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[[str], Phone]]:
    """Give a function that opens an address on a phone of its own."""
    held: list[Phone] = []

    def take(address: str) -> Phone:
        held.append(Phone(browser, address))
        return held[-1]

    yield take
    for one in held:
        one.context.close()


def expect_fits(page: Page) -> None:
    """Let nothing scroll, overlap or be cut at either size of a projector."""
    for width, height in SIZES:
        assert slide_faults(page, width, height, SMALLEST[width]) == [], (page.url, width)


def forward(page: Page, slide: int, stage: int) -> None:
    """Press the key that leads to this place."""
    page.keyboard.press("ArrowRight")
    expect_at(page, slide, stage)


def joined(reader: Reader) -> str:
    """Open a room from where one prepares, look at how it is joined, and give its code."""
    page = reader.page
    page.goto(f"{reader.address}/seminar?plan=a2-p04.a3-p12")
    page.get_by_role("button", name="Open a room").last.click()
    expect(page.locator(".join-code")).to_be_visible()
    keys_heard(page)
    loaded = "document.querySelector('.join-qr').naturalWidth > 0"
    reader.until(lambda: bool(page.evaluate(loaded)), lambda: "the QR code is not there")
    expect_fits(page)
    assert lasting_violations(reader) == []
    return re.sub(r"\s", "", page.locator(".join-code").inner_text())


def beside(page: Page) -> Page:
    """Open the presenter's window beside the projector's page."""
    notes = presenters_window(page)
    notes.locator(".st-key-room_panel").wait_for()
    return notes


def voted_twice(room: Page, notes: Page, phones: Sequence[Phone]) -> None:
    """Vote, close, talk and vote again, up to the reveal."""
    forward(room, 1, 0)
    for one, value in zip(phones, "001234", strict=True):
        one.vote(value, "<i>words</i>")
    expect(room.locator(".st-key-slide_received .received")).to_have_text("6 ballots received")
    assert "<i>words" not in room.content()
    expect_fits(room)
    notes.get_by_role("button", name="Close the vote").click()
    expect(room.locator(".slide-vote-line")).to_have_text("This vote is closed.")
    expect(phones[0].page.locator("p.closed")).to_be_visible()
    forward(room, 2, 0)
    forward(room, 3, 0)
    for one, value in zip(phones, "111234", strict=True):
        one.vote(value)


def forgotten(room: Page, notes: Page) -> None:
    """Take the results along and forget the room in both windows."""
    notes.get_by_role("button", name="More of the room").click()
    with notes.expect_download() as saves:
        notes.get_by_role("link", name="Results as a table").click()
    rows = list(csv.DictReader(saves.value.path().read_text().splitlines()))
    assert [row["count"] for row in rows[:7]] == ["2", "1", "1", "1", "1", "0", "0"]
    assert {row["n"] for row in rows[:14]} == {"6"}
    notes.get_by_text("Delete the room with all its ballots").click()
    notes.get_by_role("button", name="Forget the room").click()
    expect(notes.get_by_role("button", name="Open a room")).to_be_visible()
    expect(room.get_by_role("button", name="Open a room")).to_be_visible()
    expect(room).not_to_have_url(re.compile("room="))


def test_a_seminar_with_phones(
    reader_at: ReaderFrom, shipped: str, phone: Callable[[str], Phone]
) -> None:
    """Vote, see, vote again and see who moved; nobody's phone is ever sent a count."""
    reader = reader_at(shipped, viewport={"width": 1280, "height": 720})
    room = reader.page
    code = joined(reader)
    phones = [phone(f"{shipped}/r/{code}") for _ in range(PHONES)]
    expect(phones[0].page.get_by_role("heading", name="Nothing is being asked")).to_be_visible()
    notes = beside(room)
    voted_twice(room, notes, phones)
    forward(room, 3, 1)
    results = room.locator(".room-stage .room-axis")
    expect(results).to_have_attribute(
        "aria-label", re.compile("2 of 6 who voted twice moved: 2 from Vehicle to Mostly vehicle")
    )
    expect(results.locator(".room-flow")).to_have_attribute("data-to", "1")
    expect_fits(room)
    expect_at(notes, 3, 1)
    expect(phones[0].page.locator("p.closed")).to_be_visible()
    for one in phones:
        assert len(one.sent) > 1
        assert not re.search(r"ballots|received|counts|\b6\b|socket", _said("\n".join(one.sent)))
    expect_accessible(reader_at, shipped, room)
    forgotten(room, notes)
    phones[0].page.reload()
    expect(phones[0].page.get_by_text("This room has ended.")).to_be_visible()


def test_the_presenter_is_told_that_the_projector_shows_how_to_join(reader: Reader) -> None:
    """From the first load, by key and through Back it is said in the window, as long as it lasts.

    There notes and what leads the room are both in sight at 1280x800.
    """
    room = reader.page
    joined(reader)
    notes = beside(room)
    notes.set_viewport_size({"width": 1280, "height": 800})
    said = notes.locator(".projector-shows [role=status] span")
    expect(said).to_contain_text("The projector now shows how to join the room")
    room.keyboard.press("j")
    expect_at(room, 1)
    expect(said).to_have_text("")
    room.go_back()
    expect(room.locator(".join-code")).to_be_visible()
    expect(said).to_contain_text("how to join the room")
    notes.keyboard.press("j")
    expect_at(room, 1)
    expect(said).to_have_text("")
    for part in (".presenter-notes", ".st-key-room_panel"):
        assert lasting(notes, lambda part=part: begins_below(notes, part, 800 - 120)) == []


def expect_accessible(reader_at: ReaderFrom, shipped: str, room: Page) -> None:
    """Let axe find nothing in what a room voted and in the presenter's window, at any size."""
    held, here = room.context.storage_state(), str(room.evaluate("location.href"))
    for theme in ("light", "dark"):
        for width in (1280, 390):
            size = {"width": width, "height": 844}
            reader = reader_at(shipped, color_scheme=theme, viewport=size, storage_state=held)
            for more, there in (("", ".room-axis"), ("&show=notes", ".st-key-room_panel")):
                reader.page.goto(here + more)
                expect(reader.page.locator(there).first).to_be_visible()
                assert lasting_violations(reader, theme) == [], (theme, width, more)


def _said(html: str) -> str:
    """Give the words of pages without their markup, and without the debate's own."""
    return re.sub(r'<[^>]*>|"question": ?\d+|"round": ?\d+|"state": ?"[^"]*"', " ", html)


def test_who_does_not_present(reader_at: ReaderFrom, shipped: str) -> None:
    """Another browser at the presenter's address is told so; the secret link makes it one."""
    first = reader_at(shipped)
    first.page.goto(f"{shipped}/seminar?plan=twenty&slide=2&show=notes")
    first.page.get_by_role("button", name="Open a room").click()
    first.page.locator(".st-key-room_panel").wait_for()
    here = first.href()
    (cookie,) = (one for one in first.page.context.cookies() if one["name"].startswith("room-"))
    assert cookie["httpOnly"]
    assert cookie["value"] not in first.page.content()
    other = reader_at(shipped)
    other.page.goto(here)
    expect(other.page.get_by_text("This browser does not present a room")).to_be_visible()
    assert cookie["value"] not in other.page.content()
    assert other.page.locator(".st-key-room_panel").count() == 0
    first.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first.page.get_by_role("button", name="More of the room").click()
    first.page.get_by_role("button", name="Copy the presenter’s link").click()
    expect(first.page.get_by_role("button", name="Copied")).to_be_visible()
    link = first.page.evaluate("navigator.clipboard.readText()")
    assert cookie["value"] in link
    other.page.goto(link)
    expect_at(other.page, 2, 0)
    assert cookie["value"] not in other.href()
    other.page.goto(here)
    expect(other.page.locator(".st-key-room_panel")).to_be_visible()
