"""Steady: no jump, no flash, no chrome of Streamlit's, nothing from another host."""

from __future__ import annotations

import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import Route, expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

_SHIFTS = """
window.shifts = []
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifts.push({
    value: entry.value,
    nodes: entry.sources.map(s => s.node?.className || s.node?.nodeName || ''),
  })
}).observe({ type: 'layout-shift', buffered: true })
"""
PAPER = {"light": "rgb(251, 248, 241)", "dark": "rgb(22, 21, 17)"}


def _shifted(reader: Reader) -> tuple[float, list[object]]:
    shifts = reader.page.evaluate("window.shifts")
    return sum(shift["value"] for shift in shifts), shifts


@pytest.mark.parametrize("query", ["", "passage=p19&school=attachment", "show=quote&passage=p08"])
def test_the_page_does_not_jump_while_it_loads(reader: Reader, query: str) -> None:
    """Layout shifts sum to less than 0.1 in a load, and to less than 0.02 in a school's click."""
    reader.page.add_init_script(_SHIFTS)
    reader.open(query)
    reader.page.wait_for_timeout(1500)
    reader.at_rest()
    total, shifts = _shifted(reader)
    assert total < 0.1, shifts
    if "show" in query:
        return
    reader.page.evaluate("window.shifts = []")
    reader.option("School", "Empirical").click()
    reader.until(lambda: "empirical" in reader.query().get("school", []), lambda: "no filter")
    reader.page.wait_for_timeout(800)
    reader.at_rest()
    total, shifts = _shifted(reader)
    assert total < 0.02, shifts


@pytest.mark.parametrize(
    ("query", "late"),
    [("passage=p19", ("ButtonGroup", "BidiComponent")), ("show=quote&passage=p08", ("Html",))],
)
def test_the_page_does_not_jump_where_it_is_built_slowly(
    reader: Reader, query: str, late: tuple[str, ...]
) -> None:
    """Parts that come many seconds after the rest move nothing: the page waits for them."""
    reader.page.add_init_script(_SHIFTS)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    parts = re.compile(rf"/({'|'.join(late)})\.[^/]*\.js")
    reader.page.route(parts, hold)
    reader.page.goto(f"{reader.address}/?{query}", wait_until="commit")
    reader.page.locator("[data-testid=stSkeleton]").first.wait_for(state="attached")
    reader.page.wait_for_timeout(7000)
    assert len(held) == len(late)
    for route in held:
        route.continue_()
    reader.ready()
    total, shifts = _shifted(reader)
    assert total < 0.1, shifts


def test_a_link_never_flashes_another_state(reader: Reader) -> None:
    """While a filtered link loads, no other count, quote or brightness is shown before its own."""
    reader.page.add_init_script(
        """
        window.seen = { counts: new Set(), quotes: new Set(), lit: new Set() }
        const look = () => {
          const count = document.querySelector('.count')?.textContent
          if (count) window.seen.counts.add(count)
          const quote = document.querySelector('.passage-card blockquote')?.dataset.passage
          if (quote) window.seen.quotes.add(quote)
          const plot = document.querySelector('.js-plotly-plot')
          const marks = (plot?.data ?? []).filter(t => t.customdata)
          if (marks.length && plot._fullLayout) window.seen.lit.add(
            marks.flatMap(t => t.marker.opacity).filter(o => o === 1).length)
          requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
        """
    )
    reader.open("school=attachment&passage=p12")
    reader.page.wait_for_timeout(600)
    seen = reader.page.evaluate(
        "() => Object.fromEntries(Object.entries(window.seen).map(([k, v]) => [k, [...v]]))"
    )
    matching = source.matching(("attachment",))
    authors = source.authors(matching)
    assert seen["counts"] == [f"{len(matching)} of 23 passages {authors} of 11 authors"]
    assert seen["quotes"] == ["p12"]
    assert seen["lit"] == [len(matching)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_paint_has_the_colour_of_the_page(
    reader_at: ReaderFrom, shipped: str, theme: str
) -> None:
    """Before any script runs, title and background are already those of the page."""
    reader = reader_at(shipped, color_scheme=theme)
    reader.page.route(
        "**/static/js/**", lambda r: r.fulfill(body="", content_type="text/javascript")
    )
    reader.page.goto(shipped)
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert reader.page.evaluate(background) == PAPER[theme]
    assert reader.page.title() == source.DEBATE["title"]
    reader.page.unroute("**/static/js/**")
    reader.open()
    app = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert reader.page.evaluate(app) == PAPER[theme]
    expect(reader.page).to_have_title(source.DEBATE["title"])


def test_no_chrome_of_streamlit_is_seen(reader: Reader) -> None:
    """No menu, footer, deploy button, toolbar, sidebar or running man."""
    reader.open()
    for part in (
        "stHeader",
        "stToolbar",
        "stMainMenu",
        "stAppDeployButton",
        "stStatusWidget",
        "stSidebar",
        "stExpandSidebarButton",
        "stDecoration",
        "stBottom",
    ):
        shown = reader.page.locator(f"[data-testid={part}]").locator("visible=true")
        expect(shown).to_have_count(0)
    expect(reader.page.get_by_text("Streamlit")).to_have_count(0)
    expect(reader.page.get_by_text("Deploy")).to_have_count(0)


def test_the_server_forbids_what_the_page_does_not_need(shipped: str) -> None:
    """Each answer carries a policy that lets nothing in from another host."""
    with urlopen(shipped) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy


def test_fonts_are_the_servers_own(reader: Reader) -> None:
    """Quotes are set in Source Serif 4 and the rest in Source Sans 3, both loaded from here."""
    reader.open()
    wanted = {"Source Serif 4", "Source Sans 3"}

    def loaded() -> set[str]:
        return set(
            reader.page.evaluate(
                """() => [...document.fonts].filter(f => f.status === 'loaded')
                     .map(f => f.family.replaceAll('"', ''))"""
            )
        )

    reader.until(lambda: wanted <= loaded(), lambda: f"{loaded()} are not {wanted}")
    family = reader.quote().evaluate("node => getComputedStyle(node).fontFamily")
    assert family.startswith('"Source Serif 4"')


def test_the_map_is_never_taken_away(reader: Reader) -> None:
    """Through every choice, and when a note is put away, the map stays the same element."""
    reader.open("passage=p99&school=attachment")
    reader.page.evaluate("window.map = document.querySelector('.position-map')")
    same = "window.map === document.querySelector('.position-map')"
    notes = reader.page.locator(".st-key-link_notes")
    reader.option("School", "Attachment").click()
    reader.expect_lit(set(source.PASSAGES))
    assert reader.page.evaluate(same), "a choice"
    if notes.count():
        notes.get_by_role("button", name="Dismiss").click()
        expect(notes).to_have_count(0)
        reader.page.wait_for_timeout(300)
        assert reader.page.evaluate(same), "a note put away"
    reader.search("zzzz")
    expect(reader.page.locator(".empty h2")).to_be_visible()
    reader.expect_lit(set())
    assert reader.page.evaluate(same), "an empty choice"
    reader.page.get_by_role("button", name="Clear all filters").click()
    reader.expect_lit(set(source.PASSAGES))
    drawn = reader.page.locator(".position-map").get_attribute("data-ready")
    reader.radio("Arrange", "By year").click()
    reader.expect_query(arrange="year")
    # The address changes first; a mark has its new place once another figure is drawn.
    expect(reader.page.locator(".position-map")).not_to_have_attribute("data-ready", drawn)
    reader.click_mark("p12")
    reader.expect_read("p12")
    assert reader.page.evaluate(same), "an arrangement"
