"""A room's results in the browser: in place, legible, accessible; the number's age always true."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from components.ballots_received import EVERY
from tests.browser.reader import Reader, lasting
from tests.browser.test_access import RULES

pytestmark = pytest.mark.browser

PARTS = ".room-results, .room-words, .words-to-hide, .ballots-received"
FRESH = re.compile(r"^Last update [0-2] s ago$")
OLD = re.compile(r"^No answer for \d+ s; the number may be old$")
THEMES: dict[Any, Any] = {"light": RULES, "dark": {"type": "rule", "values": ["color-contrast"]}}
ANSWERS = "**/_stcore/health"
"""The address that the gallery's part asks; here it gets the answers of a room."""

_LAID = """() => {
  const box = node => node.getBoundingClientRect(), faults = []
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  for (const axis of document.querySelectorAll('.room-axis')) {
    const room = box(axis)
    for (const row of axis.querySelectorAll('.room-width')) {
      const texts = [...row.querySelectorAll('b, .room-place')]
      for (const text of texts) {
        const own = box(text)
        const out = own.left < room.left - 1 || own.right > room.right + 1
        if (out) faults.push(`${text.textContent} sticks out`)
        const other = texts.find(each => each !== text && over(box(each), own))
        if (other) faults.push(`${other.textContent} lies on ${text.textContent}`)
      }
    }
    for (const pile of axis.querySelectorAll('.room-pile')) {
      const width = box(pile.parentElement), middle = box(pile).left + box(pile).width / 2
      const ballots = [...pile.querySelectorAll('.ballot-dot, .room-bar')].map(box)
      const ends = [Math.min(...ballots.map(b => b.left)), Math.max(...ballots.map(b => b.right))]
      if (ballots.length && Math.abs((ends[0] + ends[1]) / 2 - middle) > 0.6)
        faults.push('the ballots lie beside their place')
      for (const ballot of ballots) {
        if (ballot.left < box(pile).left - 1 || ballot.right > box(pile).right + 1)
          faults.push('a ballot lies over another place')
        if (ballot.height < 2 || ballot.top < width.top) faults.push('a ballot is not seen')
      }
    }
  }
  return [...new Set(faults)]
}"""


class Room:
    """Answers for the part that asks how many ballots were received."""

    def __init__(self, page: Page) -> None:
        self.received: Any = 3
        self.fails = self.stands_still = False
        self.asked = 0
        page.route(ANSWERS, self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.resource_type != "fetch" or "json" not in route.request.headers["accept"]:
            route.continue_()
            return
        self.asked += 1
        at = "then" if self.stands_still else f"{time.time()}"
        body = "no answer" if self.fails else json.dumps({"received": self.received, "at": at})
        route.fulfill(body=body, content_type="application/json")


def gallery(reader: Reader) -> Reader:
    """Open the gallery and wait for its results of a room."""
    reader.page.goto(f"{reader.address}/gallery")
    for part in PARTS.split(", "):
        reader.page.locator(part).last.wait_for(timeout=60_000)
    return reader


def _violations(page: Page, rules: Any) -> list[tuple[str, str]]:
    found = Axe().run(
        page,
        context={"include": PARTS.split(", ")},
        options={"runOnly": rules, "resultTypes": ["violations"]},
    )
    return [
        (each["id"], node["html"][:200])
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def test_the_age_of_the_number_is_always_true(reader: Reader) -> None:
    """The number follows and the seconds count up; failing and standing still are said.

    Who goes to another page of the app leaves no questions behind.
    """
    room = Room(reader.page)
    page = gallery(reader).page
    number, update = page.locator(".received"), page.locator(".last-update")
    expect(number).to_have_text("3 ballots received, shown from 5 up")
    room.received = 17
    expect(number).to_have_text("17 ballots received")
    expect(update).to_have_text(FRESH)
    # A worker that gives the same old answer again and again makes the number no younger.
    update.evaluate(
        "node => { window.told = []; new MutationObserver(() => told.push(node.textContent))"
        ".observe(node, { childList: true, characterData: true, subtree: true }) }"
    )
    room.stands_still = True
    expect(update).to_have_text(OLD)
    told = "\n".join(page.evaluate("window.told"))
    assert re.search("^Last update [345] s ago$", told, re.MULTILINE), told
    expect(page.get_by_role("status").filter(has_text="may be old")).to_have_count(1)
    room.stands_still, room.received = False, 18
    expect(number).to_have_text("18 ballots received")
    expect(update).to_have_text(FRESH)
    expect(page.get_by_role("status").filter(has_text="Answers come again.")).to_have_count(1)
    for wrong in ("many", -1, 1.5):
        room.received = wrong
        expect(update).to_have_text(OLD)
        expect(number).to_have_text("18 ballots received")
        room.received = 18
        expect(update).to_have_text(FRESH)
    room.fails = True
    expect(update).to_have_text(OLD)
    page.evaluate(
        "history.pushState({}, '', '/method'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    expect(page.get_by_role("heading", name="Method", level=1)).to_be_visible()
    expect(number).to_have_count(0)
    # A question that was on its way is let go.
    page.wait_for_timeout(int(EVERY * 1000))
    asked = room.asked
    page.wait_for_timeout(int(2.2 * EVERY * 1000))
    assert room.asked == asked


def test_results_are_in_place_and_within_reach(reader: Reader) -> None:
    """At three widths no number covers another and every ballot stands over its place.

    The parts break no rule of WCAG 2.2 AA in either theme; by key the presenter hides what the
    room wrote, shown as it is, and shows it again.
    """
    page = gallery(reader).page
    for theme, rules in THEMES.items():
        page.emulate_media(color_scheme=theme)
        assert lasting(page, lambda rules=rules: _violations(page, rules), looks=1) == []
    row = page.locator(".words-to-hide li").nth(2)
    expect(row.locator("span")).to_contain_text("<script>alert(1)</script>")
    button = row.get_by_role("button")
    button.focus()
    for now in ("Show again", "Hide"):
        page.keyboard.press("Enter")
        expect(button).to_have_text(now)
        expect(button).to_be_focused()
        expect(button).to_have_accessible_name(re.compile(rf"^{now}: \$x\$ "))
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert lasting(page, lambda: list(page.evaluate(_LAID))) == [], width
