"""Keyboard: the whole page without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

_FOCUSED = """async () => {
  const node = document.activeElement
  const around = [0, 1, 2, 3].map(n => up(node, n)).filter(Boolean)
  function up(from, steps) { while (from && steps--) from = from.parentElement; return from }
  const look = () => around.map(n => {
    const s = getComputedStyle(n)
    return [s.outlineStyle, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join()
  }).join()
  // A style that a script sets follows the focus by some frames.
  const turned = async from => {
    for (let waits = 0; look() === from && waits < 40; waits++) {
      await new Promise(done => setTimeout(done, 25))
    }
    return look() !== from
  }
  const focused = look()
  const box = node.getBoundingClientRect()
  node.blur()
  let ring = await turned(focused)
  const blurred = look()
  node.focus()
  ring ||= await turned(blurred)
  return {
    kind: node.className && typeof node.className === 'string' ? node.className : node.tagName,
    name: node.getAttribute('aria-label') ?? node.textContent.trim().slice(0, 60),
    key: node.closest('[class*="st-key-"]')?.className.match(/st-key-(\\w+)/)?.[1] ?? '',
    shown: box.width > 0 && box.height > 0,
    ring,
  }
}"""
TABS = 70


def _tabbed(reader: Reader) -> list[dict[str, object]]:
    """Return what Tab reaches, in order, until it comes round."""
    stops: list[dict[str, object]] = []
    for _ in range(TABS):
        reader.page.keyboard.press("Tab")
        stop = reader.page.evaluate(_FOCUSED)
        if stop["kind"] == "BODY" and stops:
            break
        stops.append(stop)
    return stops


def _tab_to(reader: Reader, kind: str) -> None:
    for _ in range(TABS):
        reader.page.keyboard.press("Tab")
        if kind in reader.page.evaluate("document.activeElement.className"):
            return
    raise AssertionError(f"Tab does not reach {kind}")


def test_tab_reaches_everything_and_shows_where_it_is(reader_at: ReaderFrom, shipped: str) -> None:
    """Tab reaches each filter, rows, marks and the pane; each looks different when focused."""
    reader = reader_at(shipped, reduced_motion="reduce").open()
    stops = _tabbed(reader)
    keys = [stop["key"] for stop in stops]
    for key in ("school", "role", "basis", "arrange", "words", "author", "next", "present"):
        assert key in keys, key
    kinds = " ".join(str(stop["kind"]) for stop in stops)
    assert "position-map-row" in kinds
    assert "position-map-mark" in kinds
    names = [str(stop["name"]) for stop in stops]
    assert any("Copy quote" in name for name in names)
    unseen = [stop["name"] for stop in stops if not stop["ring"]]
    assert unseen == []
    assert all(stop["name"] or stop["key"] for stop in stops)
    assert keys.index("school") < keys.index("position_map") < keys.index("next")


def test_arrows_move_among_marks_and_enter_reads(reader: Reader) -> None:
    """From the marks' one tab stop, arrows reach every mark; Enter reads and keeps the focus."""
    reader.open()
    _tab_to(reader, "position-map-mark")
    focused = "document.activeElement.dataset.id"
    reached = {reader.page.evaluate(focused)}
    reader.page.keyboard.press("Home")
    for _ in range(40):
        reached.add(reader.page.evaluate(focused))
        before = reader.page.evaluate(focused)
        reader.page.keyboard.press("ArrowDown")
        if reader.page.evaluate(focused) == before:
            break
    for key in ("ArrowUp", "ArrowLeft", "ArrowRight"):
        before = reader.page.evaluate(focused)
        reader.page.keyboard.press(key)
        after = reader.page.evaluate(focused)
        assert after in source.PASSAGES
        if before != after:
            one, other = reader.marks()[before], reader.marks()[after]
            way = {
                "ArrowUp": one["top"] - other["top"],
                "ArrowLeft": one["left"] - other["left"],
                "ArrowRight": other["left"] - one["left"],
            }[key]
            assert way > 0, key
    assert len(reached) > 8
    expect(reader.quote()).to_have_attribute("data-passage", "p01")
    wanted = reader.page.evaluate(focused)
    reader.page.keyboard.press("Enter")
    reader.expect_read(wanted)
    reader.expect_query(passage=wanted)
    assert reader.page.evaluate(focused) == wanted
    reader.page.keyboard.press("Home")
    first = reader.page.evaluate(focused)
    reader.page.keyboard.press("End")
    assert reader.page.evaluate(focused) != first
    reader.page.keyboard.press("Space")
    reader.expect_read(reader.page.evaluate(focused))


def test_a_row_is_chosen_by_key(reader: Reader) -> None:
    """Arrows move among the rows' names; Enter picks the author."""
    reader.open()
    _tab_to(reader, "position-map-row")
    first = reader.page.evaluate("document.activeElement.dataset.id")
    reader.page.keyboard.press("ArrowDown")
    second = reader.page.evaluate("document.activeElement.dataset.id")
    assert second != first
    reader.page.keyboard.press("Enter")
    reader.expect_query(author=second)
    expect(reader.author()).to_have_value(source.AUTHORS[second]["name"])


def test_a_school_is_chosen_by_key(reader: Reader) -> None:
    """Space on a school's option filters; the focus stays where it was."""
    reader.open()
    option = reader.option("School", "Depth-psychological")
    option.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("Space")
    reader.expect_query(school="attachment")
    reader.expect_lit(source.matching(("attachment",)))
    expect(reader.option("School", "Attachment")).to_be_focused()


def test_a_slash_goes_to_the_words(reader: Reader) -> None:
    """`/` puts the cursor into the search; typing there triggers none of the page's keys."""
    reader.open("passage=p05")
    reader.page.keyboard.press("/")
    expect(reader.words()).to_be_focused()
    reader.page.keyboard.type("p a ? / m")
    expect(reader.words()).to_have_value("p a ? / m")
    reader.page.keyboard.press("ArrowLeft")
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("End")
    expect(reader.page.locator("dialog")).to_be_hidden()
    reader.page.wait_for_timeout(500)
    assert reader.query() == {"passage": ["p05"]}
    reader.expect_read("p05")


def test_a_question_mark_shows_the_keys_and_escape_closes_them(reader: Reader) -> None:
    """`?` opens the list of keys, Esc closes it; so does the button, for who has no keyboard."""
    reader.open()
    dialog = reader.page.locator("dialog.key-list")
    expect(dialog).to_be_hidden()
    reader.page.keyboard.press("?")
    expect(dialog).to_be_visible()
    for said in ("search the words", "previous and next passage", "show it to a room"):
        expect(dialog).to_contain_text(said)
    for key in ("/", "← →", "P", "?"):
        expect(dialog.locator("kbd").get_by_text(key, exact=True)).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    reader.page.get_by_role("button", name="Keys", exact=True).click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    assert reader.query() == {}
