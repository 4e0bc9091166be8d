"""A seminar on a hostile debate: slides, the presenter's window and phones show texts as texts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from dashboard.debate.model import PlanStep
from dashboard.debate.plan import to_link
from tests.browser.conftest import ReaderFrom
from tests.browser.hostile_debate import ACTIVITIES, BINS, LINES, MARKS, PLAN, QUOTES, RIGHT_TO_LEFT
from tests.browser.reader import Reader, at_rest, keys_heard, lasting

pytestmark = pytest.mark.browser

WINDOW = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
FOREIGN = "main :is(img, script, iframe, .katex), .room-slide :is(a, script, iframe)"


def presented(reader: Reader, **query: str) -> Page:
    """Open a place of the hostile plan and wait for its slide."""
    reader.page.goto(f"{reader.address}/seminar?{urlencode({'plan': PLAN, **query})}")
    keys_heard(reader.page)
    reader.page.locator(".room-slide").first.wait_for()
    return reader.page


LAID = """() => {
  const foot = document.querySelector('.st-key-slide_foot').getBoundingClientRect()
  const body = document.querySelector('.slide-body').getBoundingClientRect()
  const below = [...document.querySelectorAll('.room-stage :is(.answer-axis, .room-results)')]
  return body.height > 100 && body.bottom <= foot.top &&
    below.every(node => node.getBoundingClientRect().bottom <= foot.top)
}"""
"""Whether what lies beneath a slide leaves room for its text, and lies on no button."""


def faults(reader: Reader) -> list[str]:
    """Return in what way a slide leaves its window, or its parts their places."""
    page = reader.page
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    found = {
        "scrolls sideways": reader.scrolls_sideways(),
        f"is {height} high": height > WINDOW["height"],
        "has no room for its text, or lies on its buttons": not page.evaluate(LAID),
    }
    return [what for what, is_so in found.items() if is_so]


def slides(reader: Reader, **query: str) -> Iterator[Page]:
    """Turn to each slide of the hostile plan with all of it revealed, and to each as it begins.

    Never from one stage of a slide to another, which could be taken for it while it is on its way.
    """
    page = presented(reader, slide="1", stage="99", **query)
    count = int(page.locator(".slide-head p").first.inner_text().split(" of ")[1])
    for stage, at in (("99", "^="), ("0", "=")):
        for slide in range(1, count + 1):
            reader.turn_to(urlencode({"plan": PLAN, "slide": str(slide), "stage": stage, **query}))
            there = f"{slide}.0" if stage == "0" else f"{slide}."
            page.locator(f'.room-slide[data-at{at}"{there}"]').first.wait_for()
            at_rest(page)
            yield page


def expect_texts(page: Page) -> None:
    """Let every quote in the page be its passage's, and nothing of a text be more than text."""
    quotes = page.locator("blockquote[data-passage]").evaluate_all(
        "all => all.map(node => [node.dataset.passage, node.textContent])"
    )
    assert [text for _, text in quotes] == [QUOTES[passage] for passage, _ in quotes]
    assert page.locator(FOREIGN).count() == 0


def test_where_a_hostile_seminar_is_prepared(reader_at: ReaderFrom, hostile: str) -> None:
    """Plan, activities and passages are named as they are, and nothing sticks out on a phone."""
    for size in (WINDOW, PHONE):
        reader = reader_at(hostile, viewport=size)
        page = reader.page
        page.goto(f"{hostile}/seminar?{urlencode({'plan': PLAN})}")
        expect(page.locator(".st-key-plan_step_12")).to_be_visible()
        at_rest(page)
        assert reader.text(page.locator(".plan-list h3").first) == f"Plan {MARKS}"
        titles = [reader.text(one) for one in page.locator(".plan-step-title").all()]
        for at, kind in enumerate(ACTIVITIES):
            assert f"{kind} {MARKS}" in titles[at]
        assert page.locator(FOREIGN).count() == 0
        assert not reader.scrolls_sideways()


def test_hostile_slides(reader_at: ReaderFrom, hostile: str) -> None:
    """Each slide of every kind of activity shows its texts, and stays in its window."""
    reader = reader_at(hostile, viewport=WINDOW)
    kinds = set()
    for page in slides(reader):
        expect_texts(page)
        head = reader.text(page.locator(".slide-head h1").first)
        assert MARKS in head
        kinds |= {kind for kind in ACTIVITIES if head.startswith(kind)}
        assert lasting(page, lambda: faults(reader)) == [], reader.href()
    assert kinds == set(ACTIVITIES)


def test_a_hostile_presenters_window(reader_at: ReaderFrom, hostile: str) -> None:
    """Notes, questions and what to care for stand beside the slides as they are."""
    reader = reader_at(hostile, viewport=WINDOW)
    for page in slides(reader, show="notes"):
        expect_texts(page)
        notes = reader.text(page.locator(".presenter-notes"))
        assert LINES in notes or " ".join(LINES.split()) in " ".join(notes.split())
        assert MARKS in notes
        assert RIGHT_TO_LEFT in notes
        sideways = lasting(page, lambda: [True] if reader.scrolls_sideways() else [])
        assert sideways == [], reader.href()


def test_hostile_texts_on_a_phone(reader_at: ReaderFrom, hostile: str) -> None:
    """A phone shows question, quote, answers and bins as they are, and sends the words as such."""
    room = reader_at(hostile, viewport=WINDOW)
    first = next(iter(QUOTES))
    steps = [PlanStep(ACTIVITIES[kind], (first,)) for kind in ("place", "sort")]
    plan = to_link(steps)
    presented(room, plan=plan, slide="1", show="notes").get_by_role(
        "button", name="Open a room"
    ).click()
    room.page.locator(".st-key-room_panel").wait_for()
    (code,) = room.query()["room"]
    phone = reader_at(hostile, viewport=PHONE)
    page = phone.page
    page.goto(f"{hostile}/join?code={code}")
    assert phone.text(page.locator("blockquote")) == QUOTES[first]
    names = page.locator("fieldset b")
    expect(names.first).to_have_text("Vehicle <b> $x$")
    page.get_by_role("radio").nth(5).check()
    page.get_by_label("Which words decided it?").fill(MARKS[:150])
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#sent q")).to_have_text(" ".join(MARKS[:150].split()))
    expect(page.locator("#sent b")).to_have_text("No claim <i>")
    words = room.page.locator("[class*='st-key-room_words_to_hide']")
    expect(words).to_contain_text("<script>alert(1)</script>")
    room.turn_to(urlencode({"plan": plan, "slide": "2", "show": "notes", "room": code}))
    expect(names).to_have_text([" ".join(one.split()) for one in BINS])
    assert page.locator("main :is(img, script, a[href^=javascript])").count() == 0
    room.turn_to(urlencode({"plan": plan, "slide": "1", "show": "join", "room": code}))
    expect(room.page.locator(".join-code")).to_be_visible()
    assert room.page.locator(".room-slide img:not(.join-qr)").count() == 0
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
