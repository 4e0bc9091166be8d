"""Access: axe on every view in both themes, narrow and zoomed pages, motion, print, the table."""

from __future__ import annotations

import itertools
import re
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

ALLOWED: dict[tuple[str, str], str] = {
    ("region", 'aria-label="Author" role="listbox"'): (
        "Streamlit puts the open list of a selectbox at the end of the document, outside main."
    ),
    ("presentation-role-conflict", "stFileUploaderDropzone"): (
        "Streamlit names the place to drop a file at, which is presentational."
    ),
}
"""Violations that are Streamlit's own: the rule and a part of the node's HTML, and the reason."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = {
    "the page": ("", ".passage-card"),
    "an empty choice": ("school=empirical&role=thesis&q=zzzz", ".empty"),
    "notes on a link": ("passage=p99&school=freud", ".st-key-link_notes"),
    "by medium": ("arrange=medium", ".caveat"),
    "by year": ("arrange=year&basis=gloss", ".passage-card"),
    "an author": ("author=flores", ".also"),
    "a hidden passage": ("school=attachment&passage=p03", ".hidden-note"),
    "the projected map": ("show=map", ".slide-count"),
    "a slide": ("show=quote&passage=p08", ".slide"),
    "a slide, revealed": (
        "show=quote&passage=p08&reveal=author",
        ".slide-whose:has-text('Strupp')",
    ),
}


def violations(reader: Reader, theme: str = "light") -> list[str]:
    """Return what axe finds on a page, with the nodes it finds it on.

    The dark theme differs in colours alone, so there only contrast is looked at.
    """
    rules = RULES if theme == "light" else {"type": "rule", "values": ["color-contrast"]}
    found = Axe().run(reader.page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for each in found.response["violations"]
        for node in each["nodes"]
        if not any(rule == each["id"] and part in node["html"] for rule, part in ALLOWED)
    ]


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader_at: ReaderFrom, shipped: str, theme: str, width: int) -> None:
    """No view violates WCAG 2.2 AA or axe's best practices, in either theme, wide or narrow."""
    window = {"width": width, "height": 844}
    reader = reader_at(shipped, color_scheme=theme, viewport=window).open()
    assert violations(reader, theme) == []
    reader.unfold()
    found: dict[str, Any] = {}
    for name, (query, there) in VIEWS.items():
        reader.turn_to(query)
        expect(reader.page.locator(there).first).to_be_visible()
        if "notes" not in name:
            expect(reader.page.locator(".st-key-link_notes")).to_have_count(0)
        if "year" in name:
            expect(reader.radio("Arrange", "By year")).to_be_checked()
        reader.at_rest()
        if broken := violations(reader, theme):
            found[name] = broken
    assert found == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(reader_at: ReaderFrom, shipped: str, theme: str) -> None:
    """The table, the sorting, the list of keys and the list of authors pass axe when open."""
    reader = reader_at(shipped, color_scheme=theme).open()
    found: dict[str, Any] = {}
    reader.page.get_by_text("Table of the same values").click()
    reader.page.get_by_text("How the passages were sorted into schools").click()
    expect(reader.page.locator("table.values").first).to_be_visible()
    expect(reader.page.locator("table.values").last).to_be_visible()
    reader.at_rest()
    found["panels"] = violations(reader, theme)
    reader.page.keyboard.press("?")
    expect(reader.page.locator("dialog")).to_be_visible()
    found["keys"] = violations(reader, theme)
    reader.page.keyboard.press("Escape")
    reader.author().click()
    expect(reader.page.get_by_role("option", name="Jung")).to_be_visible()
    reader.at_rest()
    found["authors"] = violations(reader, theme)
    assert {name: each for name, each in found.items() if each} == {}


def test_the_table_holds_the_values_of_the_map(reader: Reader) -> None:
    """The table names each matching passage with author, source, school, role and both values."""
    reader.open("school=empirical")
    reader.page.get_by_text("Table of the same values").click()
    rows = reader.page.get_by_role("table").filter(has_text="Author’s words").locator("tbody tr")
    rows = rows.filter(visible=True)
    expect(rows).to_have_count(len(source.matching(("empirical",))))
    texts = rows.evaluate_all(
        "rows => rows.map(r => [...r.querySelectorAll('th, td')].map(c => c.innerText.trim()))"
    )
    found = {cells[0]: cells[1:] for cells in texts}
    assert set(found) == source.matching(("empirical",))
    for passage, cells in found.items():
        held = source.PASSAGES[passage]
        assert cells[0] == source.AUTHORS[source.AUTHOR_OF[passage]]["label"]
        assert source.SCHOOLS[held["school"]] in cells
        assert source.ROLES[held["role"]] in cells
        for text, cell in (("quote", cells[-2]), ("gloss", cells[-1])):
            assert cell.startswith(source.said(source.position(passage, text))), passage


def test_changes_are_announced(reader: Reader) -> None:
    """Count and summary are live regions that stay the same element when their text changes."""
    reader.open()
    for part in (".count", ".seen"):
        expect(reader.page.locator(part)).to_have_attribute("role", "status")
    label = reader.page.locator(".position-map").get_attribute("aria-label") or ""
    assert label.startswith("Position map. 23 of 23 passages, 11 of 11 authors.")
    reader.option("School", "Attachment").click()
    reader.expect_count(7, len({source.AUTHOR_OF[i] for i in source.matching(("attachment",))}))
    reader.until(
        lambda: (
            "7 of 23" in (reader.page.locator(".position-map").get_attribute("aria-label") or "")
        ),
        lambda: "the map is still called what it was",
    )
    said = "Depth-psychological. Words: cure; gloss: cure. Faint: the filters hide it."
    expect(reader.mark("p03")).to_have_attribute("aria-label", re.compile(re.escape(said) + "$"))


def test_nothing_moves_for_who_asked_for_less_motion(reader_at: ReaderFrom, shipped: str) -> None:
    """With reduced motion no element is animated, not even after a choice."""
    reader = reader_at(shipped, reduced_motion="reduce").open()
    reader.option("School", "Attachment").click()
    running = "document.getAnimations().filter(a => a.playState === 'running').length"
    for _ in range(10):
        assert reader.page.evaluate(running) == 0
        reader.page.wait_for_timeout(30)
    reader.expect_lit(source.matching(("attachment",)))


NARROW = {
    "a phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "twice as large": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "four times as large": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


def _scrolled_to(locator: Locator) -> bool:
    return bool(
        locator.evaluate(
            """node => { node.scrollIntoView()
              const { top, bottom } = node.getBoundingClientRect()
              return bottom > 0 && top < innerHeight }"""
        )
    )


@pytest.mark.parametrize("options", NARROW.values(), ids=NARROW)
def test_narrow_and_enlarged_pages_work_without_scrolling_sideways(
    reader_at: ReaderFrom, shipped: str, options: dict[str, Any]
) -> None:
    """On a phone, at 200 % and 400 %, nothing scrolls sideways; filters, marks and steps work."""
    reader = reader_at(shipped, **options)
    for query in ("author=flores", "passage=p99&q=zzz&arrange=medium"):
        reader.open(query)
        assert not reader.scrolls_sideways(), query
    reader.turn_to("")
    reader.expect_lit(set(source.PASSAGES))
    reader.unfold()
    reader.option("School", "Attachment").click()
    reader.expect_query(school="attachment")
    reader.expect_lit(source.matching(("attachment",)))
    reader.click_mark("p12")
    reader.expect_read("p12")
    expect(reader.quote()).to_be_in_viewport()
    reader.until(lambda: _scrolled_to(reader.quote()), lambda: "the quote is out of reach")
    reader.page.locator(".st-key-next button").click()
    following = sorted(i for i in source.matching(("attachment",)) if i > "p12")[0]
    reader.expect_read(following)
    reader.at_rest()
    assert not reader.scrolls_sideways()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_gallery_keeps_its_width(reader_at: ReaderFrom, shipped: str, width: int) -> None:
    """No part scrolls the page sideways, whatever it holds; a wide table scrolls by itself."""
    reader = reader_at(shipped, viewport={"width": width, "height": 844})
    reader.page.goto(f"{shipped}/gallery")
    reader.page.locator(".compare-columns").first.wait_for()
    reader.page.locator("dialog.key-list").wait_for(state="attached")
    reader.at_rest()
    assert not reader.scrolls_sideways()


def test_on_a_phone_the_filters_are_folded(reader_at: ReaderFrom, shipped: str) -> None:
    """The map stands in the first window; the fold says what is chosen, opens by key and stays."""
    reader = reader_at(shipped, **NARROW["a phone"]).open("school=attachment&role=thesis")
    fold = reader.page.locator("details.filter-fold summary")
    expect(fold).to_have_text("Filter Attachment · Thesis")
    expect(reader.option("School", "Empirical")).to_be_hidden()
    expect(reader.count()).to_be_in_viewport()
    top = reader.page.locator(".position-map").bounding_box()
    assert top
    assert top["y"] < 844 / 2
    fold.focus()
    reader.page.keyboard.press("Enter")
    reader.option("School", "Empirical").click()
    expect(fold).to_have_text("Filter Attachment, Empirical · Thesis")
    for group in ("School", "Role"):
        expect(reader.page.get_by_role("toolbar", name=group)).to_be_visible()
    expect(reader.radio("Read from", "Both")).to_be_checked()
    fold.click()
    expect(reader.page.get_by_role("toolbar", name="School")).to_be_hidden()
    reader.page.keyboard.press("/")
    expect(reader.words()).to_be_focused()


def test_targets_for_a_finger_are_large_enough(reader_at: ReaderFrom, shipped: str) -> None:
    """On a phone each button that is shown is at least 24 by 24 pixels, as WCAG 2.2 asks."""
    reader = reader_at(shipped, **NARROW["a phone"]).open("passage=p08")
    reader.unfold()
    expect(reader.option("School", "Attachment")).to_be_visible()
    reader.at_rest()
    small = reader.page.evaluate(
        """() => [...document.querySelectorAll('button, input, [role=radio]')].map(n => {
             const b = n.getBoundingClientRect()
             return [n.getAttribute('aria-label') ?? n.textContent.trim(), b.width, b.height]
           }).filter(([name, w, h]) => w > 1 && h > 1 && (w < 23.9 || h < 23.9))"""
    )
    assert [each for each in small if not each[0].startswith("Help")] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_print_holds_the_chosen_quote_in_full(
    reader_at: ReaderFrom, shipped: str, theme: str
) -> None:
    """On paper: question, map, quote and gloss in full, dark on white, nothing to click."""
    reader = reader_at(shipped, color_scheme=theme).open("passage=p08")
    reader.page.emulate_media(media="print", color_scheme=theme)
    reader.at_rest()
    for part in (".question h1", ".position-map-chart", "[data-gloss=p08]"):
        expect(reader.page.locator(part)).to_be_visible()
    quote = reader.quote()
    expect(quote).to_be_visible()
    expect(reader.page.locator(".st-key-filters")).to_be_hidden()
    expect(reader.page.get_by_role("button", name="Copy quote")).to_be_hidden()
    clipped = quote.evaluate(
        """node => {
          const box = node.getBoundingClientRect(), faults = []
          for (let up = node.parentElement; up; up = up.parentElement) {
            const over = getComputedStyle(up).overflowY, b = up.getBoundingClientRect()
            if (over !== 'visible' && up !== document.documentElement && up !== document.body
                && (b.bottom < box.bottom - 1 || b.top > box.top + 1)) faults.push(up.className)
          }
          if (node.scrollHeight > node.clientHeight + 1) faults.push('quote')
          return faults
        }"""
    )
    assert clipped == []
    red, green, blue = _colour(quote.evaluate("node => getComputedStyle(node).color"))
    assert red + green + blue < 3 * 110, "light words on white paper"


def test_nothing_is_printed_over_anything(reader: Reader) -> None:
    """In Chromium's PDF each line has its own place, and the foot comes last, after the source.

    The first page holds the map, whose labels stand where their marks do.
    """
    reader.open("author=flores")
    expect(reader.page.locator(".also")).to_be_visible()
    pages = PdfReader(BytesIO(reader.page.pdf(format="A4"))).pages
    lines: list[str] = []
    for number, page in enumerate(pages):
        places: dict[int, set[str]] = {}

        def note(text: str, cm: list[float], tm: list[float], *_: object, at: Any = places) -> None:
            if text.strip():
                at.setdefault(round(cm[3] * tm[5] + cm[5]), set()).add(text.strip())

        words = page.extract_text(visitor_text=note)
        lines += words.splitlines()
        tops = sorted(places)
        near = [(places[a], places[b]) for a, b in itertools.pairwise(tops) if 0 < b - a < 4]
        assert number == 0 or near == [], number
    said = " ".join(" ".join(lines).split())
    assert said.index("Also by Flores".upper()) < said.index("Data version")
    for passage, author in source.AUTHOR_OF.items():
        if author == "flores":
            assert " ".join(source.PASSAGES[passage]["quote"].split()) in said, passage
    assert "Previous" not in said


def test_the_count_stays_in_sight(reader: Reader) -> None:
    """However far one reads on, the count and the map stay in the window."""
    reader.open("author=flores")
    reader.page.locator(".also").scroll_into_view_if_needed()
    reader.page.mouse.move(1100, 500)
    reader.page.mouse.wheel(0, 900)
    reader.until(
        lambda: reader.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollTop > 500"
        ),
        lambda: "the page did not scroll",
    )
    expect(reader.count()).to_be_in_viewport(ratio=1)
    expect(reader.page.locator(".position-map")).to_be_in_viewport(ratio=0.5)


def test_what_is_typed_is_not_covered(reader: Reader) -> None:
    """The field for words keeps its width and shows all that is typed."""
    reader.open()
    width = reader.words().evaluate("node => node.clientWidth")
    reader.words().press_sequentially("alliance and")
    assert reader.words().evaluate("node => node.clientWidth") == width
    expect(reader.page.get_by_text("Press Enter")).to_be_hidden()


def _colour(css: str) -> tuple[float, float, float]:
    parts = css[css.index("(") + 1 : css.index(")")].replace(",", " ").split()[:3]
    red, green, blue = (float(part) for part in parts)
    return red, green, blue
