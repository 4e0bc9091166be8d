"""A phone in a room: with and without scripts, offline, by keyboard, in both themes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.rooms.ballots import sorting
from dashboard.rooms.rooms import open_rooms
from tests.apart import apart

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def code() -> str:
    """Give the code of a new room on the server."""
    return apart(lambda: open_rooms().open_room("therapeutic-bond")).room.code


@pytest.fixture
def phone(browser: Browser):
    """Give a function that gives a page on a phone, with options of the browser."""
    contexts = []

    def take(**options) -> Page:
        contexts.append(browser.new_context(**PHONE, **options))
        contexts[-1].set_default_timeout(15_000)
        return contexts[-1].new_page()

    yield take
    for context in contexts:
        context.close()


def ask(code: str, item: str, number: int = 1, text: str = "quote") -> None:
    """Ask the room, as its presenter does."""
    apart(lambda: open_rooms().ask(code, item, text, number))


def received(code: str, number: int) -> int:
    """Give the number of ballots that the server has stored."""
    return apart(lambda: open_rooms().received(code, number))


def expect_accessible(page: Page) -> None:
    """Let axe find nothing in both themes, which differ in colours alone, and all fit a thumb."""
    for theme, of in (("light", None), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page, options=of)
        assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """[...document.querySelectorAll("button, a, summary, fieldset label, input[name=words]")]
        .map(node => [node.outerHTML.slice(0, 60), node.getBoundingClientRect().height])
        .filter(([, height]) => height && height < 44)"""
    )
    assert small == []


def test_a_phone_follows_the_room(phone, shipped, code):
    """From the code to the second round without touching the page but to vote; axe agrees."""
    page = phone(color_scheme="light")
    page.goto(f"{shipped}/join")
    expect_accessible(page)
    page.get_by_label("The code on the screen").fill(code.lower())
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="Nothing is being asked")).to_be_visible()
    expect_accessible(page)
    ask(code, "p12")
    expect(page.get_by_role("radio", name="Mostly cure")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("In this passage, what does the bond do?")
    expect_accessible(page)
    page.get_by_text("The bond does most of the work").click()
    page.get_by_label("Which words decided it?").fill("<b>regulatory</b> power")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#sent")).to_contain_text("Sent: Mostly cure")
    expect(page.locator("#sent q")).to_have_text("<b>regulatory</b> power")
    expect(page.locator("#sent")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Sent.")
    page.get_by_text("Change my answer").click()
    expect(page.get_by_role("radio", name="Mostly cure")).to_be_checked()
    expect_accessible(page)
    ask(code, "p12", 2)
    expect(page.get_by_text("Second vote")).to_be_visible()
    expect(page.get_by_role("radio", name="Mostly cure")).not_to_be_checked()
    apart(lambda: open_rooms().reveal(code, 2))
    expect(page.locator("p.closed")).to_have_text("This vote is closed.")
    expect_accessible(page)
    assert received(code, 1) == 1


def test_bins_on_a_phone(phone, shipped, code):
    """A passage is put into a bin, and back into another; axe agrees in both themes."""
    page = phone(color_scheme="light")
    page.goto(f"{shipped}/r/{code}")
    ask(code, "p12", text=sorting("a9", 4))
    expect(page.get_by_role("heading", name="Where does this passage belong?")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(4)
    expect_accessible(page)
    page.get_by_role("radio", name="Sufficient").check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#sent")).to_have_text("Sent: Sufficient")
    page.get_by_text("Change my answer").click()
    page.get_by_role("radio", name="Contributory").check()
    page.get_by_role("button", name="Send the change").click()
    expect(page.locator("#sent")).to_have_text("Sent: Contributory")
    expect_accessible(page)
    assert received(code, 1) == 1


def test_a_choice_is_kept_until_it_is_sent(phone, shipped, code):
    """While the server does not answer a choice is kept, over a reload too, and sent in the end."""
    ask(code, "p04")
    page = phone()
    page.goto(f"{shipped}/r/{code}")
    failed = []

    def fail(route):
        if route.request.method == "POST":
            failed.append(route.request.post_data)
            route.abort()
        else:
            route.continue_()

    page.route(f"**/r/{code}", fail)
    page.get_by_role("radio", name="No claim").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Not sent yet. Your choice is kept")
    page.reload()
    expect(page.get_by_role("radio", name="No claim")).to_be_checked()
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    assert received(code, 1) == 0
    assert len(failed) >= 2
    page.get_by_role("radio", name="The question is wrong").check()
    expect(page.get_by_role("status")).to_contain_text("You have changed your answer.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    page.unroute(f"**/r/{code}")
    expect(page.locator("#sent")).to_contain_text("Sent: The question is wrong")
    page.reload()
    expect(page.locator("#sent")).to_contain_text("Sent: The question is wrong")
    assert received(code, 1) == 1


def test_by_keyboard_alone(phone, shipped, code):
    """Tab, arrows, a line of words and Enter send a ballot."""
    ask(code, "p04")
    page = phone()
    page.goto(f"{shipped}/r/{code}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Vehicle", exact=False).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Mostly vehicle")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("words")
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("Sent: Mostly vehicle")
    expect(page.locator("#sent")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Mostly vehicle")).to_be_visible()


def test_without_scripts(phone, shipped, code):
    """All of it works as plain pages: join, wait, look again, vote, change, and the close."""
    page = phone(java_script_enabled=False)
    page.goto(f"{shipped}/join?code={code}")
    expect(page.get_by_text("Nothing is being asked just now.")).to_be_visible()
    ask(code, "p04")
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("radio", name="Both, or open").check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#sent")).to_contain_text("Sent: Both, or open")
    page.get_by_text("Change my answer").click()
    page.get_by_role("radio", name="The question is wrong").check()
    page.get_by_role("button", name="Send the change").click()
    expect(page.locator("#sent")).to_contain_text("Sent: The question is wrong")
    assert received(code, 1) == 1
    apart(lambda: open_rooms().close(code, 1))
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("This vote is closed.")).to_be_visible()
    apart(lambda: open_rooms().forget(code))
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("This room has ended.")).to_be_visible()
