"""The seminar in Chromium: keys, two windows, what fits on a slide, what is not in its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader, at_rest, keys_heard, lasting
from tests.browser.test_access import lasting_violations

pytestmark = pytest.mark.browser

HANDS = "1_1-2-4-3-5-2-1-1.1_2-1-2-3-4-5-6-0"
SIZES = ((1280, 720), (1920, 1080))
SMALLEST = {1280: 16, 1920: 24}
EVERY_PASSAGE = "a1" + "".join(f"-p{n:02}" for n in range(1, 24))

FAULTS = """smallest => {
  const slide = document.querySelector('.room-stage .room-slide')
  const buttons = document.querySelector('.st-key-slide_foot .slide-buttons')
  if (!slide || !buttons) return [`no ${slide ? 'buttons' : 'slide'} in the page`]
  const frame = slide.getBoundingClientRect()
  const foot = document.querySelector('.st-key-slide_foot').getBoundingClientRect()
  const desk = document.querySelector('.st-key-slide_desk')?.getBoundingClientRect()
  const found = []
  for (const n of [document.documentElement, document.querySelector('[data-testid=stMain]')])
    if (n.scrollHeight > innerHeight + 1 || n.scrollWidth > innerWidth + 1) found.push('scrolls')
  const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT)
  const blocks = new Map()
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (!text.data.trim() || text.parentElement.closest('.room-unseen')) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const box = range.getBoundingClientRect()
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize)
    const said = text.data.slice(0, 30)
    if (size < smallest - 0.05) found.push(`${size}px: ${said}`)
    if (box.left < frame.left || box.right > frame.right + 1 || box.top < frame.top)
      found.push(`outside: ${said}`)
    if (box.bottom > foot.top + 1) found.push(`under the foot: ${said}`)
    if (desk && box.bottom > desk.top + 1) found.push(`under the desk: ${said}`)
    for (let n = text.parentElement; n !== slide; n = n.parentElement) {
      const hides = getComputedStyle(n).overflow !== 'visible' && n.clientHeight
      if (hides && box.bottom > n.getBoundingClientRect().bottom + 2) found.push(`cut: ${said}`)
    }
    const block = text.parentElement.closest('blockquote, p, h1, h2, dl, li, td, th, .answer-row')
    if (block) blocks.set(block, block.getBoundingClientRect())
  }
  const all = [...blocks]
  all.forEach(([one, a], i) => all.slice(i + 1).forEach(([other, b]) => {
    if (one.contains(other) || other.contains(one)) return
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    if (wide > 1 && high > 3)
      found.push(`overlap: ${one.textContent.slice(0, 20)} / ${other.textContent.slice(0, 20)}`)
  }))
  return found
}"""


def presented(reader: Reader, query: str) -> Reader:
    """Open a slide by its link and wait until keys are heard."""
    reader.page.goto(f"{reader.address}/seminar?{query}")
    keys_heard(reader.page)
    reader.page.locator(".room-slide").first.wait_for()
    return reader


def presenters_window(room: Page) -> Page:
    """Open the presenter's window beside the projector's page and wait until keys are heard."""
    with room.context.expect_page() as opens:
        room.get_by_role("link", name="Presenter’s window").click()
    notes = opens.value
    notes.locator(".presenter-notes").wait_for()
    keys_heard(notes)
    return notes


def expect_at(page: Page, slide: int, stage: int = 0) -> None:
    """Wait until the window shows this place."""
    expect(page.locator(".room-slide").first).to_have_attribute("data-at", f"{slide}.{stage}")


def slide_faults(page: Page, width: int, height: int, smallest: float) -> list[str]:
    """Return what is amiss with the slide in a window of this size, once it is laid out there."""
    page.set_viewport_size({"width": width, "height": height})
    return lasting(page, lambda: list(page.evaluate(FAULTS, smallest)))


def last_stages(reader: Reader, plan: str) -> Iterator[str]:
    """Turn to each slide of a plan, from the first, with all of it revealed; give where it is."""
    slides = int(reader.page.locator(".slide-head p").first.inner_text().split(" of ")[1])
    for slide in range(1, slides + 1):
        reader.turn_to(f"plan={plan}&slide={slide}&stage=99&hands={HANDS}")
        there = reader.page.locator(f'.room-slide[data-at^="{slide}."]')
        there.first.wait_for()
        at_rest(reader.page)
        yield str(there.first.get_attribute("data-at"))


def test_a_board_of_twenty_passages_is_read_by_a_room(reader_at: ReaderFrom, shipped: str) -> None:
    """Ten beside ten, with their authors: nothing is cut or below 20 px at 1080p, tallies largest.

    Only the names of the bins are smaller than 24 px there, and none is broken.
    """
    passages = "".join(f"-p{n:02}" for n in range(1, 21))
    hands = ".".join(f"{n}_1-{'6-1-0-2' if n % 2 else '3-3-11-1'}" for n in range(1, 18))
    reader = reader_at(shipped, viewport={"width": 1920, "height": 1080})
    page = presented(reader, f"plan=a9{passages}&slide=21&stage=1&hands={hands}").page
    for width, height in ((1920, 1080), (1280, 800)):
        assert slide_faults(page, width, height, 20 * width / 1920) == []
        sizes = page.evaluate(
            """['thead th', 'tbody th *', '.untold', 'td b'].map(part =>
              [...document.querySelectorAll(`.room-stage .slide-board ${part}`)]
                .map(n => parseFloat(getComputedStyle(n).fontSize)))"""
        )
        bins, said, untold, tallies = sizes
        assert min(said + untold) >= 24 * width / 1920 - 0.05
        assert min(tallies) > max(said + untold + bins)
        lines = page.locator(".slide-board thead th").evaluate_all(
            "all => all.map(n => { const r = document.createRange(); r.selectNodeContents(n);"
            "return r.getClientRects().length })"
        )
        assert lines == [1] * 8
    expect(page.locator(".slide-board").first.locator("tbody tr")).to_have_count(10)


@pytest.mark.parametrize("plan", ["twenty", "ninety", "a9", "a11", EVERY_PASSAGE])
def test_every_slide_fits(reader_at: ReaderFrom, shipped: str, plan: str) -> None:
    """Fully revealed, no slide scrolls, overlaps or is cut, and no text is below 24 px at 1080p."""
    width, height = SIZES[0]
    reader = reader_at(shipped, viewport={"width": width, "height": height})
    presented(reader, f"plan={plan}&slide=1&stage=99&hands={HANDS}")
    faults: dict[tuple[str, int], list[str]] = {}
    for place in last_stages(reader, plan):
        for width, height in SIZES:
            if found := slide_faults(reader.page, width, height, SMALLEST[width]):
                faults[place, width] = found
    assert faults == {}


def test_a_presentation_by_keys(reader: Reader) -> None:
    """Arrows, a clicker's keys, Space, Home and End step; each step is one entry of the history."""
    page = presented(reader, "plan=twenty&slide=2").page
    expect_at(page, 2)
    before = reader.history()
    for key, place in (
        ("ArrowRight", (2, 1)),
        ("PageDown", (2, 2)),
        (" ", (2, 3)),
        ("PageUp", (2, 2)),
        ("ArrowLeft", (2, 1)),
        ("End", (4, 1)),
        ("Home", (1, 0)),
    ):
        page.keyboard.press(key)
        expect_at(page, *place)
    assert reader.history() == before + 7
    page.keyboard.press("Home")
    reader.back()
    expect_at(page, 4, 1)
    reader.back()
    expect_at(page, 2, 1)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect_at(page, 3)
    expect(page.locator(".room-stage")).to_have_count(1)
    page.reload()
    expect_at(page, 3)
    keys_heard(page)
    page.keyboard.press("b")
    expect(page.locator(".blanked")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".blanked")).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect_at(page, 3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Prepare it")).to_be_visible()
    reader.expect_query(plan="twenty")


def test_a_button_below_a_slide_keeps_the_keyboard(reader: Reader) -> None:
    """Next, pressed by Enter or Space, goes on with each press; after a click Space reveals on."""
    page = presented(reader, "plan=twenty&slide=2").page
    following, before = (page.locator(f'.slide-buttons [data-step="{by}"]') for by in (1, -1))
    following.focus()
    for stage, key in enumerate(("Enter", "Enter", "Space"), 1):
        page.keyboard.press(key)
        expect_at(page, 2, stage)
        at_rest(page)
        expect(following).to_be_focused()
    before.click()
    expect_at(page, 2, 2)
    at_rest(page)
    page.keyboard.press("Space")
    expect_at(page, 2, 3)


def test_nothing_of_what_comes_is_in_the_page(reader: Reader) -> None:
    """Stage by stage, the page's HTML holds what is revealed and nothing of what is not."""
    page = presented(reader, "plan=a1-p12&slide=1").page
    secrets = {
        "Attachment": "school",
        "<mark>": "readings",
        'data-gloss="p12"': "gloss",
        "Flores 2004": "author",
        "Reading note": "note",
    }
    stages = ("", "room", "school", "readings", "gloss", "author", "note")
    for stage in range(len(stages)):
        expect_at(page, 1, stage)
        held = page.locator("body").inner_html()
        for secret, needed in secrets.items():
            assert (secret in held) == (stages.index(needed) <= stage), (stage, secret)
        page.keyboard.press("ArrowRight")


def test_two_windows_follow_each_other(reader: Reader) -> None:
    """A step, a count and a blank in either window reach the other; notes stay in their own."""
    room = presented(reader, "plan=twenty&slide=2").page
    notes = presenters_window(room)
    expect(notes.locator("[data-clock=planned]")).to_have_text(re.compile(r"5:\d\d left of 6 min"))
    expect(notes.locator(".presenter-notes")).to_contain_text("Debrief: Would you have placed it")
    assert "Debrief" not in room.locator("body").inner_html()
    notes.keyboard.press("ArrowRight")
    expect_at(notes, 2, 1)
    expect_at(room, 2, 1)
    room.keyboard.press("ArrowRight")
    expect_at(room, 2, 2)
    expect_at(notes, 2, 2)
    expect(notes.locator(".presenter-next .room-slide")).to_have_attribute("data-at", "2.3")
    notes.keyboard.press("b")
    expect(room.locator(".blanked")).to_be_visible()
    expect(notes.locator("[data-clock=blank]")).to_contain_text("blank")
    notes.keyboard.press("b")
    expect(room.locator(".blanked")).to_be_hidden()
    notes.get_by_role("button", name="Show of hands").click()
    notes.get_by_role("spinbutton", name="Vehicle", exact=True).fill("7")
    notes.get_by_role("button", name="Count them").click()
    expect(room.locator(".room-axis")).to_have_attribute("aria-label", re.compile("7 hands"))
    assert "Debrief" not in room.locator("body").inner_html()
    notes.get_by_role("button", name="Pause").click()
    stood = notes.locator(".clock-time").inner_text()
    notes.wait_for_timeout(1300)
    assert notes.locator(".clock-time").inner_text() == stood


def test_the_presenter_learns_what_the_projector_shows_instead(reader: Reader) -> None:
    """Turned to another plan, the projector's is named in the presenter's window, which may follow.

    At 1280x800 the notes begin in the upper third there.
    """
    room = presented(reader, "plan=twenty&slide=2").page
    notes = presenters_window(room)
    notes.set_viewport_size({"width": 1280, "height": 800})
    said = notes.locator(".projector-shows [role=status]")
    expect(said.locator("span")).to_have_text("")
    assert lasting(notes, lambda: begins_below(notes, ".presenter-notes", 800 / 3)) == []
    room.goto(f"{reader.address}/seminar?plan=ninety&slide=3")
    expect(said).to_contain_text("The projector now shows another plan: “Ninety minutes”.")
    expect_at(notes, 2, 0)
    notes.reload()
    expect(said).to_contain_text("another plan: “Ninety minutes”.")
    room.goto(f"{reader.address}/seminar?plan=ninety&slide=2")
    expect_at(room, 2, 0)
    keys_heard(room)
    room.keyboard.press("PageDown")
    expect_at(room, 2, 1)
    expect(said.get_by_role("link")).to_have_attribute("href", re.compile("slide=2&stage=1"))
    said.get_by_role("link").click()
    expect_at(notes, 2, 1)
    expect(said.locator("span")).to_have_text("")
    room.goto(f"{reader.address}/seminar?plan=a1-p04&slide=1")
    expect(said).to_contain_text("another plan of your own.")
    room.goto(f"{reader.address}/seminar?plan=ninety&slide=4")
    expect(said.locator("span")).to_have_text("")


def begins_below(page: Page, part: str, height: float) -> list[str]:
    """Return the part of a page if it begins no higher than this."""
    box = page.locator(part).bounding_box()
    return [] if box and box["y"] < height else [f"{part} begins at {box and box['y']}"]


@pytest.mark.parametrize("width", [1280, 1920, 2560])
def test_the_presenters_slides_keep_to_their_column(reader: Reader, width: int) -> None:
    """In the presenter's window neither slide reaches into what stands beside it."""
    reader.page.set_viewport_size({"width": width, "height": 1000})
    notes = presented(reader, "plan=twenty&slide=2&show=notes").page
    hands = notes.get_by_role("button", name="Show of hands")
    hands.wait_for()
    slides = notes.locator(".room-slide")
    expect(slides).to_have_count(2)
    beside = ((slides.first, notes.locator(".presenter-notes")), (slides.last, hands))

    def reaching() -> list[str]:
        boxes = [(slide.bounding_box(), other.bounding_box()) for slide, other in beside]
        return [
            f"{left} reaches into {right}"
            for left, right in boxes
            if not (left and right and left["x"] + left["width"] < right["x"])
        ]

    assert lasting(notes, reaching) == []


_PARTS_TAKEN_AWAY = """parts => {
  window.takenAway = new Set()
  const look = () => parts.filter(part => !document.querySelector(part)).forEach(part =>
    takenAway.add(part))
  look()
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
}"""


def test_what_is_below_a_slide_stays_while_it_is_typed_on(reader: Reader) -> None:
    """Stepping to a slide with fields and away, its buttons are never gone, not for a moment."""
    page = presented(reader, "plan=a12-p01.a6-p10.a12-p01&slide=1").page
    field = page.get_by_role("textbox", name="Its strongest form")
    at_rest(page)
    parts = [".st-key-slide_foot", ".blanked", ".slide-buttons [data-step]"]
    page.evaluate(_PARTS_TAKEN_AWAY, parts)
    for slide in (2, 3, 2, 1):
        reader.turn_to(f"plan=a12-p01.a6-p10.a12-p01&slide={slide}")
        expect_at(page, slide)
        expect(field).to_have_count(1 if slide == 2 else 0)
        at_rest(page)
    assert page.evaluate("[...takenAway]") == []


def test_a_slide_is_fitted_anew_with_a_font_that_came_late(reader: Reader) -> None:
    """Italics are fetched with the first slide that has them; then its type is measured again."""
    fonts: list[Route] = []

    def hold(font: Route) -> None:
        fonts.append(font)

    reader.page.route("**/*italic*", hold)
    page = presented(reader, "plan=a5&slide=1").page
    loaded = "document.fonts.status === 'loaded'"
    reader.until(lambda: bool(page.evaluate(loaded)), lambda: "fonts are still on their way")
    assert fonts == []
    reader.turn_to("plan=a5&slide=2")
    expect(page.locator(".stops-here").first).to_be_visible()
    reader.until(lambda: bool(fonts), lambda: "no italics were asked for")
    at_rest(page)
    body = page.locator(".slide-body")
    fitted = body.get_attribute("style")
    body.evaluate("node => node.style.setProperty('--fit', 3)")
    for font in fonts:
        font.continue_()
    expect(body).to_have_attribute("style", str(fitted))


def test_sides_are_swapped_with_one_button(reader: Reader) -> None:
    """One click gives each side the other's passages, and one more gives them back."""
    page = presented(reader, "plan=a5&slide=2").page
    sides = page.locator(".slide-side")
    expect(sides).to_have_text(["Cure", "Means"])
    page.get_by_role("button", name="Swap sides").click()
    expect(sides).to_have_text(["Means", "Cure"])
    expect_at(page, 2, 2)
    page.get_by_role("button", name="Swap sides").click()
    expect(sides).to_have_text(["Cure", "Means"])


def slide_has_the_keys(reader: Reader) -> None:
    """Wait until a form is gone and the focus rests on no button that it was opened with."""
    page = reader.page
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    focused = "document.activeElement.closest('button')?.textContent ?? ''"
    # The focus first comes back to the button; it is gone from there for good after some frames.
    assert lasting(page, lambda: list(filter(None, [page.evaluate(focused)])), looks=10) == []


def test_after_a_show_of_hands_the_keys_step_on(reader: Reader) -> None:
    """Left by Escape or by counting, the form is closed, and Space reveals the next thing."""
    page = presented(reader, "plan=a1-p04.a1-p12&slide=1").page
    form = page.get_by_test_id("stPopoverBody")
    page.get_by_role("button", name="Show of hands").click()
    expect(form.get_by_role("spinbutton").first).to_have_accessible_name("No claim")
    form.get_by_role("spinbutton").nth(1).fill("6")
    form.get_by_role("button", name="Count them").click()
    expect(form).to_be_hidden()
    reader.expect_query(plan="a1-p04.a1-p12", slide="1", hands="1_1-6-0-0-0-0-0-0")
    slide_has_the_keys(reader)
    page.keyboard.press("Space")
    expect_at(page, 1, 1)
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect_at(page, 1, 0)
    page.get_by_role("button", name="Show of hands").click()
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    slide_has_the_keys(reader)
    page.keyboard.press("Space")
    expect_at(page, 1, 1)


def test_escape_stays_in_the_presenters_window(reader: Reader) -> None:
    """There it closes what is open and nothing else, as its list of keys says."""
    page = presented(reader, "plan=a1-p04.a1-p12&slide=1&show=notes").page
    form = page.get_by_test_id("stPopoverBody")
    page.get_by_role("button", name="Show of hands").click()
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    slide_has_the_keys(reader)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect_at(page, 1, 1)
    expect(page.locator(".presenter-notes")).to_be_visible()
    reader.expect_query(plan="a1-p04.a1-p12", slide="1", stage="1", show="notes")
    page.keyboard.press("?")
    keys = page.locator("dialog.key-list")
    expect(keys).to_contain_text("close what is open")
    expect(keys).not_to_contain_text("back to the plan")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect_at(page, 1, 1)


def test_where_an_excerpt_stops_is_said_in_its_column(reader: Reader) -> None:
    """Beneath a side's quote, as wide as it and not in the narrow column of its name."""
    page = presented(reader, "plan=a5&slide=2").page
    quote = page.locator(".side-quote:has(.stops-here)").first
    note, words = quote.locator(".stops-here"), quote.locator("blockquote")
    expect(note).to_have_text("(the excerpt stops here)")
    lines = "n => { const r = document.createRange(); r.selectNodeContents(n);"

    def misplaced() -> list[str]:
        under, over = note.bounding_box(), words.bounding_box()
        if not under or not over:
            return ["not in the page"]
        is_beneath = under["y"] >= over["y"] + over["height"] - 1
        in_one_line = note.evaluate(lines + "return r.getClientRects().length }") == 1
        is_so = abs(under["x"] - over["x"]) < 1 and is_beneath and in_one_line
        return [] if is_so else [f"{under} is not beneath {over}, or in several lines"]

    assert lasting(page, misplaced) == []


def test_answers_are_as_large_as_there_is_room(reader_at: ReaderFrom, shipped: str) -> None:
    """Beside a short quote the answers stand larger than the least that a room can read."""
    reader = reader_at(shipped, viewport={"width": 1920, "height": 1080})
    answers = presented(reader, "plan=a1-p04&slide=1").page.locator(".slide-answers")
    expect(answers).to_have_css("font-size", re.compile(r"^30\.[67]"))


def test_a_step_that_is_moved_keeps_the_focus(reader: Reader) -> None:
    """Pressed twice, Up moves the same step twice."""
    page = reader.page
    page.goto(f"{reader.address}/seminar?plan=a1-p04.a4.a12")
    keys_heard(page)
    page.locator(".st-key-plan_up_2 button:visible").first.focus()
    page.keyboard.press("Enter")
    reader.expect_query(plan="a1-p04.a12.a4")
    expect(page.locator(".st-key-plan_up_1 button:focus")).to_be_visible()
    page.keyboard.press("Enter")
    reader.expect_query(plan="a12.a1-p04.a4")
    expect(page.locator(".st-key-plan_down_0 button:focus")).to_be_visible()


def test_own_notes_are_found_beside_the_slides(reader: Reader) -> None:
    """Notes written where one prepares are in the presenter's window, and there after a reload."""
    page = reader.page
    page.goto(f"{reader.address}/seminar?plan=a1-p04.a12")
    notes = page.get_by_role("textbox", name="Notes, for your own window alone")
    notes.nth(1).fill("Give them <b>time</b>.")
    notes.nth(1).blur()
    reader.until(
        lambda: "Give them" in str(page.evaluate("Object.values(localStorage).join()")),
        lambda: "nothing is kept",
    )
    page.reload()
    expect(notes.nth(1)).to_have_value("Give them <b>time</b>.")
    presented(reader, "plan=a1-p04.a12&slide=2&show=notes")
    expect(page.locator(".presenter-own")).to_have_text("Give them <b>time</b>.")
    presented(reader, "plan=a1-p04.a12&slide=2")
    assert "Give them" not in page.locator("body").inner_html()


def test_the_title_of_ones_own_plan_outlives_a_reload(reader: Reader) -> None:
    """It is kept with the notes in the browser, and the handout has it."""
    page = reader.page
    page.goto(f"{reader.address}/seminar?plan=a1-p04.a12")
    title = page.get_by_role("textbox", name="Title", exact=True)
    title.fill("Tuesday <b>group</b>")
    title.blur()
    handout = page.locator(".st-key-plan_total").get_by_role("link", name="Handout")
    expect(handout).to_have_attribute("href", re.compile("title=Tuesday"))
    reader.until(
        lambda: "Tuesday" in str(page.evaluate("Object.values(localStorage).join()")),
        lambda: "nothing is kept",
    )
    page.reload()
    expect(title).to_have_value("Tuesday <b>group</b>")
    expect(handout).to_have_attribute("href", re.compile("title=Tuesday"))
    with page.expect_download() as saves:
        handout.click()
    assert "<h1>Tuesday &lt;b&gt;group&lt;/b&gt;</h1>" in saves.value.path().read_text()


def test_what_was_typed_outlives_a_reload(reader: Reader) -> None:
    """A sentence typed on a slide is there after a reload and in the presenter's window."""
    page = presented(reader, "plan=a6-p10&slide=1").page
    page.get_by_role("textbox", name="Its strongest form").fill("It is <b>earned</b>.")
    page.get_by_role("button", name="Repaired").click()
    expect(page.locator(".slide-collected")).to_have_text("It is <b>earned</b>. (repaired)")
    notes = presenters_window(page)
    shown = notes.locator(".room-slide").first.locator(".slide-collected")
    expect(shown).to_have_text("It is <b>earned</b>. (repaired)")
    notes.close()
    page.reload()
    expect(page.locator(".slide-collected")).to_have_text("It is <b>earned</b>. (repaired)")
    page.get_by_role("textbox", name="Its strongest form").fill("Second")
    page.get_by_role("button", name="Accepted").click()
    expect(page.locator(".slide-collected li")).to_have_count(2)


def test_a_plan_is_saved_and_opened(reader: Reader) -> None:
    """A saved plan opens again; a broken one is refused with its lines and changes nothing."""
    page = reader.page
    page.goto(f"{reader.address}/seminar?plan=a1_5-p04.a12")
    with page.expect_download() as saves:
        page.get_by_role("button", name="Save as a file").click()
    saved = saves.value.path().read_bytes()
    assert saves.value.suggested_filename == "plan.yaml"
    page.goto(f"{reader.address}/seminar")
    chooser = page.locator(".st-key-plan_file input[type=file]")
    broken = saved.replace(b"a12", b"a99")
    chooser.set_input_files({"name": "x.yaml", "mimeType": "text/yaml", "buffer": broken})
    problem = page.get_by_role("alert").filter(has_text="plan.yaml:7: steps 2: unknown activity")
    expect(problem).to_be_visible()
    reader.expect_query()
    chooser.set_input_files({"name": "y.yaml", "mimeType": "text/yaml", "buffer": saved})
    expect(page.locator(".st-key-plan_step_1")).to_be_visible()
    reader.expect_query(plan="a1_5-p04.a12")
    expect(problem).to_be_hidden()
    page.get_by_role("link", name="Present", exact=True).last.click()
    expect_at(page, 1)


VIEWS = {
    "plan=a1-p04.a4.a12": ".st-key-plan_step_2",
    "plan=twenty&slide=2&stage=6&hands=2_1-1-2-4-3-5-2-1": ".room-axis",
    "plan=a5&slide=2&stage=3": ".st-key-slide_desk textarea",
    "plan=a2&slide=3&stage=6&show=notes": ".presenter-notes",
    "plan=a2&slide=3&stage=1&hands=1_1-1-2-4-3-5-2-1.1_2-0-3-4-3-5-2-1": ".room-axis",
    "plan=a9&slide=1&stage=1&hands=1_1-1-2-4-3": ".room-axis",
}


@pytest.mark.parametrize(
    ("theme", "width"), [(t, w) for t in ("light", "dark") for w in (1280, 390)]
)
def test_axe_finds_nothing(reader_at: ReaderFrom, shipped: str, theme: str, width: int) -> None:
    """Where one prepares, the slides and the presenter's window pass axe, in both themes."""
    reader = reader_at(shipped, color_scheme=theme, viewport={"width": width, "height": 844})
    found: dict[str, list[str]] = {}
    for query, there in VIEWS.items():
        reader.page.goto(f"{reader.address}/seminar?{query}")
        expect(reader.page.locator(there).first).to_be_visible()
        if broken := lasting_violations(reader, theme):
            found[query] = broken
        if "slide" not in query:
            assert not reader.scrolls_sideways()
    assert found == {}
