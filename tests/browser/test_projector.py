"""Projector: the map or one quote, large, without chrome, the author hidden until revealed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader, at_rest, lasting

pytestmark = pytest.mark.browser

FULL_HD = {"width": 1920, "height": 1080}
WINDOWS = [{"width": 1280, "height": 720}, FULL_HD]
LEAST_SIZE = 24
CHROME = ".st-key-filters, .st-key-masthead, .st-key-reading_side, .foot, [data-testid=stHeader]"

_TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement
    if (!node.data.trim() || parent.closest('style, script, noscript, title')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width < 2 || box.height < 2 || box.right < 0 || box.bottom < 0) continue
    if (!parent.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue
    found.push({ text: node.data.trim().slice(0, 40),
      size: parseFloat(getComputedStyle(parent).fontSize),
      label: [...document.querySelectorAll('text')].indexOf(parent.closest('text')),
      left: box.left, right: box.right, top: box.top, bottom: box.bottom })
  }
  return found
}"""

_CUT = """() => [...document.querySelectorAll('svg.main-svg text')].filter(text => {
  const own = text.getBoundingClientRect()
  const whole = text.closest('svg').getBoundingClientRect()
  return own.bottom > whole.bottom + 1 || own.top < whole.top - 1 || own.right > whole.right + 1
}).map(text => `${text.textContent} is cut off`)"""

_PARTS = """() => {
  const parts = [...document.querySelectorAll(
    '.slide > *, .slide-question, .position-map, .slide-foot, .st-key-projector_buttons')]
  return parts.map(n => {
    const b = n.getBoundingClientRect()
    return { name: n.className, left: b.left, right: b.right, top: b.top, bottom: b.bottom }
  }).filter(p => p.right - p.left > 1 && p.bottom - p.top > 1)
}"""


def _overlap(one: dict[str, Any], other: dict[str, Any], by: float = 1.5) -> bool:
    return (
        min(one["right"], other["right"]) - max(one["left"], other["left"]) > by
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > by
    )


def _faults(reader: Reader) -> list[str]:
    """Return what scrolls, sticks out of the window or lies upon another part of the slide."""
    page = reader.page
    width, height = page.viewport_size["width"], page.viewport_size["height"]  # type: ignore[index]
    tall, main = page.evaluate(
        """() => { const main = document.querySelector('[data-testid=stMain]')
          return [document.documentElement.scrollHeight, main.scrollHeight - main.clientHeight] }"""
    )
    faults = [f"the page is {tall} high"] if tall > height else []
    faults += [f"the main part scrolls by {main}"] if main > 0 else []
    faults += ["it scrolls sideways"] if reader.scrolls_sideways() else []
    parts = page.evaluate(_PARTS)
    texts = page.evaluate(_TEXTS)
    faults += [
        f"{each.get('name', each.get('text'))} is outside"
        for each in [*parts, *texts]
        if each["left"] < -1
        or each["top"] < -1
        or each["right"] > width + 1
        or each["bottom"] > height + 1
    ]
    for i, one in enumerate(parts):
        faults += [
            f"{one['name']} lies on {other['name']}"
            for other in parts[i + 1 :]
            if _overlap(one, other)
        ]
    faults += page.evaluate(_CUT)
    clipped = page.locator(".slide blockquote").evaluate_all(
        "nodes => nodes.some(n => n.scrollHeight > n.clientHeight + 1)"
    )
    return faults + (["the quote is clipped"] if clipped else [])


def _small(reader: Reader) -> list[tuple[str, float]]:
    """Return every visible text that is set smaller than a room can read."""
    return [
        (text["text"], text["size"])
        for text in reader.page.evaluate(_TEXTS)
        if text["size"] < LEAST_SIZE
    ]


def _covered_labels(reader: Reader) -> list[str]:
    labels = [t for t in reader.page.evaluate(_TEXTS) if t["text"].strip()]
    return [
        f"{one['text']} lies on {other['text']}"
        for i, one in enumerate(labels)
        for other in labels[i + 1 :]
        if one["label"] != other["label"] and _overlap(one, other, by=3)
    ]


def _lasting_faults(reader: Reader, window: dict[str, int], *, labels: bool = False) -> list[Any]:
    """Return what stays amiss in a window; in a large one with its texts and its ``labels``."""

    def found() -> list[Any]:
        faults: list[Any] = _faults(reader)
        if window is FULL_HD:
            faults += _small(reader)
            faults += _covered_labels(reader) if labels else []
        return faults

    return lasting(reader.page, found)


def _expect_slide(reader: Reader, passage: str) -> None:
    expect(reader.page.locator(".slide blockquote")).to_have_attribute("data-passage", passage)


def _expect_keys(reader: Reader) -> None:
    """Wait until the keys of the projector do something: each presses one of its buttons."""
    buttons = reader.page.locator(".st-key-projector_buttons")
    for name in ("Next", "Back to the page"):
        expect(buttons.get_by_role("button", name=name)).to_be_visible()
    at_rest(reader.page)


def _open_projected(reader: Reader, query: str) -> None:
    reader.open(query)
    _expect_keys(reader)


def test_one_key_or_button_projects_any_view(reader: Reader) -> None:
    """`p` shows the map, or the quote that was chosen; the button does the same; Esc leads back."""
    reader.open("school=attachment")
    to_a_room = reader.page.get_by_role("button", name="Show to a room")
    expect(to_a_room).to_be_visible()
    reader.page.keyboard.press("p")
    reader.expect_query(school="attachment", show="map")
    expect(reader.page.locator(".slide-question")).to_have_text(source.DEBATE["axis"]["title"])
    reader.ready()
    reader.expect_lit(source.matching(("attachment",)))
    expect(reader.page.locator(".slide-count")).to_contain_text("7 of 23 passages")
    expect(reader.page.locator(CHROME).locator("visible=true")).to_have_count(0)
    _expect_keys(reader)
    reader.page.keyboard.press("Escape")
    reader.expect_query(school="attachment")
    expect(to_a_room).to_be_visible()
    at_rest(reader.page)
    reader.ready()
    reader.click_mark("p12")
    reader.expect_query(school="attachment", passage="p12")
    to_a_room.click()
    reader.expect_query(school="attachment", passage="p12", show="quote")
    _expect_slide(reader, "p12")
    expect(reader.page.locator(CHROME).locator("visible=true")).to_have_count(0)
    _expect_keys(reader)
    reader.page.keyboard.press("Escape")
    reader.expect_query(school="attachment", passage="p12")
    reader.expect_read("p12")


def test_keys_and_a_clicker_step_through_the_chosen_passages(reader: Reader) -> None:
    """Arrows and PageUp and PageDown step through the passages that match, from the map on."""
    _open_projected(reader, "school=depth-psychological&show=map")
    wanted = sorted(source.matching(("depth-psychological",)))
    reader.page.keyboard.press("PageDown")
    for passage in wanted:
        _expect_slide(reader, passage)
        assert (
            reader.text(reader.page.locator(".slide blockquote"))
            == (source.PASSAGES[passage]["quote"])
        )
        if passage != wanted[-1]:
            reader.page.keyboard.press("ArrowRight")
    expect(reader.page.locator(".slide-place")).to_have_text(f"{len(wanted)} of {len(wanted)}")
    reader.page.keyboard.press("PageUp")
    _expect_slide(reader, wanted[-2])
    reader.page.keyboard.press("PageDown")
    _expect_slide(reader, wanted[-1])
    reader.page.keyboard.press("ArrowLeft")
    _expect_slide(reader, wanted[-2])
    reader.page.keyboard.press("m")
    reader.ready()
    expect(reader.page.locator(".slide-question")).to_be_visible()


def test_no_press_is_lost_however_fast(reader: Reader) -> None:
    """Presses count from where the last one led; what follows at once is of the last one, too."""
    _open_projected(reader, "show=quote&passage=p01&reveal=author")
    for presses, key, passage in ((9, "PageDown", "p10"), (7, "ArrowLeft", "p03")):
        for _ in range(presses):
            reader.page.keyboard.press(key)
        _expect_slide(reader, passage)
        reader.expect_query(show="quote", passage=passage)
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("a")
    reader.expect_query(show="quote", passage="p04", reveal="author")
    _expect_slide(reader, "p04")
    expect(reader.page.locator(".slide")).to_have_count(1)
    for _ in range(6):
        reader.page.keyboard.press("PageUp")
    expect(reader.page.locator(".slide-question")).to_be_visible()
    expect(reader.page.get_by_role("button", name="Previous")).to_be_disabled()
    reader.page.keyboard.press("PageDown")
    _expect_slide(reader, "p01")


def test_the_author_is_nowhere_in_the_page_until_revealed(reader: Reader) -> None:
    """Before `a` the page's HTML does not hold the author, the work or the school of any slide."""
    _open_projected(reader, "show=quote&passage=p01")
    for passage, held in source.PASSAGES.items():
        _expect_slide(reader, passage)
        work = source.WORKS[held["work"]]
        author = source.AUTHORS[source.AUTHOR_OF[passage]]
        html = reader.page.evaluate(
            """() => { const copy = document.documentElement.cloneNode(true)
              copy.querySelectorAll('blockquote, style').forEach(n => n.remove())
              return copy.outerHTML }"""
        )
        for hidden in (author["label"], author["name"], work["title"], work["short"]):
            assert hidden not in html, passage
        assert source.SCHOOLS[held["school"]] not in html, passage
        reader.page.keyboard.press("ArrowRight")
    _expect_slide(reader, "p23")


def test_the_author_is_revealed_by_a_key_and_hidden_again_by_the_next_slide(
    reader: Reader,
) -> None:
    """`a` reveals, `a` hides; the URL holds it over a reload; the next slide starts hidden."""
    _open_projected(reader, "show=quote&passage=p08")
    whose = reader.page.locator(".slide-whose")
    expect(whose).not_to_contain_text("Flores")
    reader.page.keyboard.press("a")
    expect(whose).to_contain_text("Flores 2004, quoting Strupp 1999")
    reader.expect_query(show="quote", passage="p08", reveal="author")
    reader.page.reload()
    reader.ready()
    expect(whose).to_contain_text("Flores 2004, quoting Strupp 1999")
    _expect_keys(reader)
    reader.page.keyboard.press("a")
    expect(whose).not_to_contain_text("Flores")
    expect(reader.page.get_by_role("button", name="Reveal author")).to_be_visible()
    reader.page.keyboard.press("a")
    expect(whose).to_contain_text("Flores")
    reader.page.keyboard.press("ArrowRight")
    _expect_slide(reader, "p09")
    expect(whose).not_to_contain_text("Flores")
    reader.page.reload()
    reader.ready()
    _expect_slide(reader, "p09")


@pytest.mark.parametrize("window", WINDOWS, ids=["1280", "1920"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_slide_fits_its_window(
    reader_at: ReaderFrom, shipped: str, window: dict[str, int], theme: str
) -> None:
    """No slide scrolls, sticks out or covers itself, hidden or revealed; at 1920 all is large."""
    reader = reader_at(shipped, viewport=window, color_scheme=theme)
    reader.open("show=quote&passage=p01")
    faults: dict[str, Any] = {}
    for passage in source.PASSAGES if theme == "light" else ("p01", "p19"):
        for reveal in ("", "&reveal=author"):
            reader.turn_to(f"show=quote&passage={passage}{reveal}")
            _expect_slide(reader, passage)
            expect(
                reader.page.get_by_role("button", name="Hide author" if reveal else "Reveal author")
            ).to_be_visible()
            at_rest(reader.page)
            if found := _lasting_faults(reader, window):
                faults[passage + reveal] = found
    assert faults == {}


@pytest.mark.parametrize("window", WINDOWS, ids=["1280", "1920"])
def test_the_projected_map_fits_its_window(
    reader_at: ReaderFrom, shipped: str, window: dict[str, int]
) -> None:
    """In each arrangement the map fits; at 1920 its labels are large and none covers another."""
    reader = reader_at(shipped, viewport=window)
    faults: dict[str, Any] = {}
    for arrange in ("author", "medium", "year"):
        reader.open(f"show=map&arrange={arrange}")
        expect(reader.page.locator(".slide-count")).to_be_visible()
        at_rest(reader.page)
        if found := _lasting_faults(reader, window, labels=True):
            faults[arrange] = found
    assert faults == {}


@pytest.mark.parametrize(
    ("arrange", "told"),
    [
        ("author", "from the words to the gloss"),
        ("medium", "Caveat: it bundles explicit/implicit"),
        ("year", "in order and not to scale"),
    ],
)
def test_the_projected_map_explains_itself(reader: Reader, arrange: str, told: str) -> None:
    """A room sees what shapes mean, and the caveat of an arrangement that has one."""
    reader.open(f"show=map&arrange={arrange}")
    foot = reader.page.locator(".slide-foot")
    for told_always in (*source.SCHOOLS.values(), "only the gloss places it", told):
        expect(foot.get_by_text(told_always)).to_be_visible()


def test_escape_closes_the_list_of_keys_and_nothing_else(reader: Reader) -> None:
    """With the list open no other key acts; Escape closes it and the room still sees the slide."""
    _open_projected(reader, "show=quote&passage=p08")
    dialog = reader.page.locator("dialog.key-list")
    reader.page.keyboard.press("?")
    expect(dialog).to_be_visible()
    for key in ("ArrowRight", "a", "m", "Escape"):
        reader.page.keyboard.press(key)
    expect(dialog).to_be_hidden()
    reader.page.wait_for_timeout(600)
    reader.expect_query(show="quote", passage="p08")
    reader.page.keyboard.press("?")
    expect(dialog).to_be_visible()
    reader.page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    reader.page.keyboard.press("Escape")
    reader.expect_query(passage="p08")


def test_a_choice_without_passages_says_so_to_the_room(reader: Reader) -> None:
    """Where nothing matches, the slide names the filters to blame and offers only the way back."""
    reader.open("show=quote&school=attachment&role=aside")
    expect(reader.page.locator(".slide-count")).to_have_text(
        "0 of 23 passages, 0 of 11 authors. “Role: Aside” and “School: Attachment” together "
        "empty this selection."
    )
    buttons = reader.page.locator(".st-key-projector_buttons button:not(:disabled)")
    expect(buttons).to_have_text([re.compile("Back to the page")])
