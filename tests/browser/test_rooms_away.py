"""A PostgreSQL that is stopped in the middle of a vote: everyone is told, and goes on by itself."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from components.ballots_received import EVERY
from tests.a_postgresql import Server, running
from tests.browser.reader import keys_heard, lasting
from tests.browser.serving import served
from tests.browser.test_seminar import expect_at

pytestmark = pytest.mark.browser

AWAY_SECONDS = 10
TOLD = "The rooms cannot be reached just now. Nothing is lost; this page goes on by itself."
OLD = re.compile(r"No answer for (\d+) s; the number may be old")


@pytest.fixture
def database() -> Iterator[Server]:
    """Give a PostgreSQL of our own that can be stopped and started."""
    with running() as server:
        yield server


@pytest.fixture
def address(
    database: Server, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give the address of a server that keeps its rooms there."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", database.url)
    with served(tmp_path_factory.mktemp("elsewhere")) as found:
        yield found


@pytest.fixture
def pages(browser: Browser, address: str) -> Iterator[tuple[Page, Page, Page]]:
    """Give the projector, the presenter's window and a phone in a room that is asked."""
    desk, hand = browser.new_context(), browser.new_context(viewport={"width": 390, "height": 844})
    room, notes, phone = desk.new_page(), desk.new_page(), hand.new_page()
    room.goto(f"{address}/seminar?plan=a1-p04.a1-p12&slide=1")
    room.get_by_role("button", name="Open a room").click()
    room.locator(".join-code").wait_for()
    keys_heard(room)
    room.keyboard.press("j")
    expect(update(room)).to_contain_text("Last update")
    here = str(room.evaluate("location.href"))
    notes.goto(f"{here}&show=notes")
    expect(update(notes)).to_contain_text("Last update")
    code = re.sub(r".*room=(\w+).*", r"\1", here)
    phone.goto(f"{address}/r/{code}")
    yield room, notes, phone
    desk.close()
    hand.close()


def update(page: Page):
    """Give the line that tells how old the number of ballots is."""
    return page.locator(".last-update").first


def untrue(page: Page, before: float, stopped: float) -> list[str]:
    """Give the age that a page tells if it is not that of an answer before the database stopped."""
    asked = time.monotonic()
    told = update(page).inner_text()
    oldest, newest = time.monotonic() - before + EVERY + 2, asked - stopped - 2
    age = OLD.search(told)
    return [] if age and newest <= int(age[1]) <= oldest else [f"{told}: {newest}–{oldest}"]


def test_a_database_that_is_away_for_ten_seconds(
    database: Server, pages: tuple[Page, Page, Page]
) -> None:
    """Projector, presenter and phone say so while it lasts, and nothing has to be done after it.

    What is sent meanwhile is kept and counted, slides are stepped through meanwhile, and the age
    of the number is true all the time.
    """
    room, notes, phone = pages
    for page in (room, notes):
        expect(update(page)).to_have_text(re.compile("Last update [01] s ago"))
    before = time.monotonic()
    database.stop()
    stopped = time.monotonic()
    phone.get_by_role("radio", name="Cure", exact=False).last.check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("status")).to_contain_text("Your choice is kept; trying again in")
    for page in (room, notes):
        expect(update(page)).to_have_text(OLD)
        assert lasting(page, lambda page=page: untrue(page, before, stopped), looks=1) == []
    for key, place in (("End", (2, 6)), ("Home", (1, 0))):
        notes.keyboard.press(key)
        for page in (room, notes):
            expect_at(page, *place)
            expect(page.get_by_text(TOLD)).to_be_visible()
    time.sleep(max(0.0, stopped + AWAY_SECONDS - time.monotonic()))
    database.start()
    for page in (room, notes):
        expect(page.get_by_text(TOLD)).to_be_hidden()
    expect(phone.locator("#sent")).to_contain_text("Sent: Cure")
    for page in (room, notes):
        expect(update(page)).to_have_text(re.compile(r"Last update [0-3] s ago"))
        expect(page.locator(".received").first).to_have_text("1 ballot received, shown from 5 up")
