"""Compare in the browser: in three actions, by link, by keyboard, on a phone, hostile, large."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, expect

from tests.benchmarks.generated_debate import write_debate
from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.hostile_debate import AUTHORS, GLOSSES, QUOTES, author_of
from tests.browser.reader import READY, Reader
from tests.browser.serving import served
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

VIEWS = {
    "the pairs": "",
    "a pair": "of=p16&of=p12",
    "two authors": "of=flores&of=schore",
    "four sides": "of=flores&of=jung&of=p20&of=p15",
    "a split passage": "of=p04",
}


def compare(reader: Reader, query: str = "") -> Reader:
    """Open a comparison by its link and wait until it stands there."""
    reader.page.goto(f"{reader.address}/compare{'?' + query if query else ''}")
    expect(reader.page.get_by_role("heading", name="Compare", level=1)).to_be_visible()
    reader.page.locator(".compare").wait_for(state="attached")
    reader.page.locator("dialog.key-list").wait_for(state="attached")
    return reader.at_rest()


def names(reader: Reader) -> Locator:
    """Give the names of the sides."""
    return reader.page.locator(".column-name > span:last-child")


def chooser(reader: Reader) -> Locator:
    """Give the field in which sides are chosen."""
    return reader.page.locator(".st-key-compared input")


def tags(reader: Reader) -> Locator:
    """Give the sides that the chooser holds."""
    return reader.page.locator(".st-key-compared .react-aria-ComboBox [data-tag]")


def test_any_pair_within_three_actions(reader: Reader) -> None:
    """Open the chooser, choose one, choose another: both stand side by side, and in the link."""
    compare(reader)
    chooser(reader).click()
    reader.page.get_by_role("option", name="Philip J. Flores").click()
    reader.page.get_by_role("option", name="C. G. Jung").click()
    expect(names(reader)).to_have_text(["Jung", "Flores"])
    reader.expect_query(of=["jung", "flores"])


def test_the_list_does_not_stay_over_the_comparison(reader: Reader) -> None:
    """With the second choice, by mouse or by key, the list closes and the focus stays."""
    compare(reader)
    options = reader.page.get_by_role("option")
    chooser(reader).click()
    options.get_by_text("Philip J. Flores").click()
    expect(tags(reader)).to_have_count(1)
    expect(options.first).to_be_visible()
    options.get_by_text("C. G. Jung").click()
    expect(options).to_have_count(0)
    expect(chooser(reader)).to_be_focused()
    chooser(reader).press_sequentially("Yalom")
    expect(options.first).to_be_visible()
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    expect(tags(reader)).to_have_count(3)
    expect(options).to_have_count(0)


def test_an_opposed_pair_in_one_action(reader: Reader) -> None:
    """A pair's link sets both passages side by side with their point; Back leads to the pairs."""
    compare(reader)
    pairs = reader.page.locator(".pairs a")
    expect(pairs).to_have_count(16)
    reader.page.evaluate("window.sameLoad = true")
    pairs.first.click()
    expect(names(reader)).to_have_text(["p12", "p16"])
    expect(reader.page.locator(".point")).to_contain_text("Does something besides the bond")
    expect(tags(reader)).to_have_count(2)
    for passage in ("p12", "p16"):
        quote = reader.page.locator(f'blockquote[data-passage="{passage}"]')
        assert reader.text(quote) == source.PASSAGES[passage]["quote"]
        gloss = reader.page.locator(f'[data-gloss="{passage}"]')
        assert reader.text(gloss) == source.PASSAGES[passage]["gloss"]
    reader.back()
    expect(names(reader)).to_have_count(0)
    expect(tags(reader)).to_have_count(0)
    reader.forward()
    expect(names(reader)).to_have_text(["p12", "p16"])
    expect(tags(reader)).to_have_count(2)
    assert reader.page.evaluate("window.sameLoad")


def test_a_link_restores_the_page(reader: Reader) -> None:
    """(A, B) and (B, A) open the same page, to the letter, and a reload keeps it."""
    compare(reader, "of=flores&of=p03&of=p16")
    expect(names(reader)).to_have_text(["Flores", "p03", "p16"])
    expect(reader.page.locator(".not-yet")).to_have_count(0)
    first = reader.page.locator(".compare").inner_html()
    compare(reader, "of=p16&of=flores&of=p03")
    expect(names(reader)).to_have_text(["Flores", "p03", "p16"])
    expect(reader.page.locator(".not-yet")).to_have_count(0)
    assert reader.page.locator(".compare").inner_html() == first
    reader.page.reload()
    expect(names(reader)).to_have_text(["Flores", "p03", "p16"])


def test_sides_are_removed_and_swapped(reader: Reader) -> None:
    """A side is swapped for another, or removed, by its own links; Back undoes each."""
    compare(reader, "of=p12&of=p16")
    reader.page.locator("summary[aria-label='Swap p16']").click()
    reader.page.get_by_role("link", name="p20 · ").locator("visible=true").click()
    expect(names(reader)).to_have_text(["p12", "p20"])
    reader.page.locator(".compare-column", has_text="p12").get_by_text("Remove").click()
    reader.expect_query(of=["p20"])
    expect(names(reader)).to_have_text(["p20: the author’s words", "p20: the gloss"])
    reader.back()
    expect(names(reader)).to_have_text(["p12", "p20"])
    reader.back()
    expect(names(reader)).to_have_text(["p12", "p16"])


def test_what_is_said_rests_on_passages(reader: Reader) -> None:
    """A passage in the table, or on the axis, leads to it on the map; Back returns."""
    compare(reader, "of=schore&of=flores")
    row = reader.page.locator(".compared-values tr", has_text="therapeutic bond")
    row.get_by_role("link", name="p09").click()
    reader.page.locator(READY).wait_for()
    reader.expect_read("p09")
    reader.back()
    expect(names(reader)).to_have_text(["Schore", "Flores"])
    reader.at_rest()
    reader.page.locator("a.lane-mark", has_text="p22").click()
    reader.page.locator(READY).wait_for()
    reader.expect_read("p22")
    reader.at_rest()
    pages = reader.page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="Compare", exact=True).click()
    expect(names(reader)).to_have_text(["Schore", "Flores"])
    reader.expect_query(of=["schore", "flores"])


def test_marks_stand_where_the_map_has_them(reader: Reader) -> None:
    """On the shared axis equal positions stand below each other, vehicle left of cure."""
    compare(reader, "of=p12&of=p03&of=p15&of=p20")

    def middle(passage: str) -> float:
        mark = reader.page.locator("a.lane-mark", has_text=passage).locator(".shape")
        box = mark.bounding_box()
        assert box
        return box["x"] + box["width"] / 2

    assert abs(middle("p12") - middle("p03")) < 1
    assert middle("p20") < middle("p15") < middle("p12")
    lane = reader.page.locator(".shared-axis .axis-lane").first.bounding_box()
    assert lane
    assert lane["x"] < middle("p20") < lane["x"] + lane["width"]


def test_by_keyboard_alone(reader: Reader) -> None:
    """The slash goes to the chooser; names are typed; a side's links are reached and followed."""
    compare(reader)
    keys = reader.page.keyboard
    keys.press("/")
    expect(chooser(reader)).to_be_focused()
    for typed, name in (("allan", "Allan N. Schore"), ("p12", "p12 · Flores 2004")):
        keys.type(typed)
        expect(reader.page.get_by_role("option")).to_have_text([name])
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(tags(reader).filter(has_text=name)).to_have_count(1)
    keys.press("Escape")
    expect(names(reader)).to_have_text(["Schore", "p12"])
    for _ in range(30):
        keys.press("Tab")
        if reader.page.evaluate("document.activeElement.textContent") == "Remove":
            break
    keys.press("Enter")
    expect(names(reader).first).to_have_text("p12: the author’s words")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader_at: ReaderFrom, shipped: str, theme: str, width: int) -> None:
    """No comparison violates WCAG 2.2 AA or axe's best practices; none scrolls sideways."""
    window = {"width": width, "height": 844}
    reader = reader_at(shipped, color_scheme=theme, viewport=window)
    found = {}
    for name, query in VIEWS.items():
        compare(reader, query)
        if swap := reader.page.locator(".swap summary").all():
            swap[0].click()
            reader.at_rest()
        found[name] = violations(reader, theme)
        assert not reader.scrolls_sideways(), name
    assert {name: each for name, each in found.items() if each} == {}


def test_sides_are_a_stack_on_a_phone(reader_at: ReaderFrom, shipped: str) -> None:
    """On a phone each side has the width of the page, one below the other."""
    reader = compare(
        reader_at(shipped, viewport={"width": 390, "height": 844}), "of=p12&of=p16&of=p20"
    )
    boxes = [each.bounding_box() for each in reader.page.locator(".compare-column").all()]
    assert all(box and box["width"] > 330 for box in boxes)
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(set(tops))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_hostile_debate_is_shown_and_nothing_else(
    reader_at: ReaderFrom, hostile: str, width: int
) -> None:
    """Hostile ids, names and texts are compared as text; the page keeps its width."""
    reader = reader_at(hostile, viewport={"width": width, "height": 844})
    passages = list(QUOTES)
    for at in range(0, len(passages), 3):
        some = passages[at : at + 3]
        author = next(each for each in AUTHORS if each not in map(author_of, some))
        compare(reader, urlencode({"of": [author, *some]}, doseq=True))
        expect(names(reader)).to_have_count(4)
        expect(tags(reader)).to_have_count(4)
        reader.at_rest()
        body = reader.page.locator(".compare")
        assert reader.page.locator(".opposed").locator("script, img, iframe").count() == 0
        assert body.locator("script, img, iframe").count() == 0
        assert not reader.scrolls_sideways()
        for passage in some:
            columns = body.locator(".compare-column").filter(
                has=reader.page.locator(".column-name > span", has_text=passage)
            )
            quotes = columns.locator("blockquote").evaluate_all(
                "all => all.map(n => n.textContent)"
            )
            glosses = columns.locator("[data-gloss]").evaluate_all(
                "all => all.map(n => n.textContent)"
            )
            assert QUOTES[passage] in quotes
            assert GLOSSES[passage] in glosses


def test_a_large_debate(reader_at: ReaderFrom, tmp_path: Path) -> None:
    """With many passages authors are chosen from a list, a passage by its id; all is bounded."""
    write_debate(tmp_path / "debate", passages=900, authors=40)
    with served(tmp_path, tmp_path / "debate") as address:
        reader = compare(reader_at(address), "of=author-001")
        reader.page.get_by_label("Passage, by its id").fill("p000007")
        reader.page.keyboard.press("Enter")
        expect(names(reader)).to_have_text(["Writer 001", "p000007"])
        reader.expect_query(of=["author-001", "p000007"])
        reader.at_rest()
        reader.page.get_by_label("Passage, by its id").fill("p99")
        reader.page.keyboard.press("Enter")
        expect(reader.page.get_by_text("There is no passage “p99”.")).to_be_visible()
        reader.at_rest()
        assert reader.page.locator("blockquote").count() <= 13
        assert violations(reader) == []
        assert not reader.scrolls_sideways()
        # Without its server the page would report that it lost it.
        reader.page.close()
