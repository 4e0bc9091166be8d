"""Read: from a mark to the quote, whose words it holds, and why it stands where it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Held, Reader

pytestmark = pytest.mark.browser


def test_a_click_on_any_mark_reads_its_quote(reader: Reader) -> None:
    """A real click at a mark's pixel puts that passage's quote first, for every mark."""
    reader.open()
    for passage, held in source.PASSAGES.items():
        reader.click_mark(passage)
        reader.expect_read(passage)
        assert reader.text(reader.quote()) == held["quote"]
        expect(reader.mark(passage)).to_have_attribute("aria-selected", "true")
    reader.expect_query(passage="p23")


def test_every_passage_is_shown_character_for_character(reader: Reader) -> None:
    """Quote and gloss equal the data file; decisive words are marked; nothing is missing."""
    reader.open("passage=p23")
    for passage, held in source.PASSAGES.items():
        reader.turn_to(f"passage={passage}")
        reader.expect_read(passage)
        work = source.WORKS[held["work"]]
        quote = reader.quote()
        assert reader.text(quote) == held["quote"]
        assert reader.text(reader.page.locator(f"[data-gloss={passage}]")) == held["gloss"]
        marked = quote.locator("mark").all_text_contents()
        assert all(any(words in each for each in marked) for words in held["decisive"]), passage
        assert all(each in held["quote"] for each in marked)
        card = reader.text(reader.page.locator(".passage-card"))
        assert held["rationale"] in card
        assert work["catalogued"] in card
        assert work["title"].split(":")[0].casefold() in card.casefold()
        assert source.SCHOOLS[held["school"]] in card
        assert source.ROLES[held["role"]] in card
        for construct in held.get("constructs", []):
            assert construct in card
        for note in held["note"].values():
            assert note in card


def test_the_chain_of_evidence_of_p08_is_whole(reader: Reader) -> None:
    """p08 shows whose words, label of the gloss, readings, reason, rule, note and citations."""
    reader.open("passage=p08")
    card = reader.page.locator(".passage-card")
    expect(card.locator(".card-whose")).to_have_text("Flores 2004, quoting Strupp 1999")
    expect(card.get_by_text(source.DEBATE["library"]["gloss_label"])).to_be_visible()
    expect(card.locator(".reason")).to_have_text(source.PASSAGES["p08"]["rationale"])
    quote = source.position("p08", "quote")
    rules = {tick["value"]: tick["rule"] for tick in source.DEBATE["axis"]["ticks"]}
    expect(card.locator(".rule").first).to_contain_text(rules[quote])
    expect(card.locator(".small-axis")).to_be_visible()
    readings = card.locator("table.readings")
    for text in ("Words", "Gloss"):
        cells = readings.locator(f"tbody tr:has(th:text-is('{text}')) td").all_inner_texts()
        assert sorted("".join(cells).split()) == ["A", "B", "C", "D"]
    for name in ("Corrected", "As catalogued", "Role", "School", "Mechanisms", "Constructs"):
        expect(card.locator(f"dt:text-is('{name}')")).to_be_visible()
    expect(card.locator("h3:text-is('Reading note')")).to_be_visible()


def test_the_catalogue_is_corrected_in_sight(reader: Reader) -> None:
    """A passage listed under Bowlby says that its author is Jeremy Holmes."""
    holmes = next(i for i, author in source.AUTHOR_OF.items() if author == "holmes")
    reader.open(f"passage={holmes}")
    work = source.WORKS[source.PASSAGES[holmes]["work"]]
    card = reader.page.locator(".passage-card")
    expect(card.locator("dt:text-is('Attribution') + dd")).to_have_text(work["attribution"])
    expect(card.locator("dt:text-is('As catalogued') + dd")).to_have_text(work["catalogued"])


def test_next_and_previous_step_by_button_and_arrow_key(reader: Reader) -> None:
    """Buttons and arrow keys step through the passages in the debate's order, to both ends."""
    reader.open().answers_held()
    reader.expect_read("p01")
    expect(reader.page.locator(".st-key-previous button")).to_be_disabled()
    reader.page.locator(".st-key-next button").click()
    reader.expect_read("p02")
    reader.page.keyboard.press("ArrowRight")
    reader.expect_read("p03")
    reader.page.keyboard.press("ArrowLeft")
    reader.expect_read("p02")
    reader.page.locator(".st-key-previous button").click()
    reader.expect_read("p01")
    expect(reader.page.locator(".step-place")).to_have_text("1 of 23")
    reader.open("passage=p23")
    expect(reader.page.locator(".st-key-next button")).to_be_disabled()


def test_steps_stay_among_the_passages_that_match(reader: Reader) -> None:
    """With a filter, next and previous lead only to passages that it lets through."""
    reader.open("school=depth-psychological").answers_held()
    wanted = sorted(source.matching(school=("depth-psychological",)))
    for passage in wanted:
        reader.expect_read(passage)
        reader.page.keyboard.press("ArrowRight")
    reader.expect_read(wanted[-1])


def test_steps_after_a_filter_need_no_answer(reader: Reader) -> None:
    """Next, pressed before the server has answered a filter, leads to what the filter lets through.

    A passage picked before the filter stays; with the answers come the same passage and address.
    """
    held = Held(reader.page)
    reader.open().answers_held()
    wanted = sorted(source.matching(school=("attachment",)))
    held.late = True
    reader.click_mark(wanted[1])
    reader.expect_read(wanted[1])
    reader.option("School", source.SCHOOLS["attachment"]).click()
    reader.expect_read(wanted[1])
    for passage in wanted[2:4]:
        reader.page.locator(".st-key-next button").click()
        reader.expect_read(passage)
    held.let_through()
    reader.expect_query(school="attachment", passage=wanted[3])
    reader.expect_read(wanted[3])


def test_a_choice_that_was_not_heard_is_told_again(reader: Reader) -> None:
    """A mark clicked while the server hears nothing is still read once it hears again."""
    held = Held(reader.page)
    reader.open("passage=p02").answers_held()
    held.closed = True
    reader.click_mark("p10")
    reader.expect_read("p10")
    held.closed = False
    reader.option("School", source.SCHOOLS["attachment"]).click()
    reader.expect_query(school="attachment", passage="p10")
    reader.expect_read("p10")
    reader.page.locator(".st-key-next button").click()
    reader.expect_query(school="attachment", passage="p12")


def test_what_was_just_clicked_is_shown_to_the_room(reader: Reader) -> None:
    """The key that shows a passage to a room, pressed right after a mark, shows that passage."""
    held = Held(reader.page)
    reader.open().answers_held()
    held.slow = True
    reader.click_mark("p10")
    reader.page.keyboard.press("p")
    reader.page.wait_for_timeout(300)
    held.tell()
    reader.expect_query(passage="p10", show="quote")


def test_an_author_is_picked_by_the_row_and_by_name(reader: Reader) -> None:
    """A click on a row's label, or a choice by name, shows all nine passages of Flores."""
    flores = {i for i, author in source.AUTHOR_OF.items() if author == "flores"}
    quotes = reader.page.locator(".st-key-reading_side blockquote[data-passage]")

    def expect_all_of_flores() -> None:
        expect(reader.author()).to_have_value(source.AUTHORS["flores"]["name"])
        reader.until(
            lambda: set(quotes.evaluate_all("all => all.map(n => n.dataset.passage)")) == flores,
            lambda: "not all of Flores is shown",
        )
        shown = quotes.evaluate_all("all => all.map(n => [n.dataset.passage, n.textContent])")
        assert dict(shown) == {i: source.PASSAGES[i]["quote"] for i in flores}

    reader.open()
    row = reader.page.locator(".position-map-row[data-id=flores]")
    box = row.bounding_box()
    assert box is not None
    reader.page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    reader.expect_query(author="flores")
    expect(row).to_have_attribute("aria-pressed", "true")
    expect_all_of_flores()
    reader.open()
    reader.author().click()
    reader.page.get_by_role("option", name=source.AUTHORS["flores"]["name"]).click()
    reader.expect_query(author="flores")
    expect_all_of_flores()


def test_a_short_card_opens_in_full(reader: Reader) -> None:
    """The id of a further passage by the same author leads to it without a new page."""
    reader.open("passage=p05")
    reader.page.evaluate("window.same = true")
    reader.page.locator("a.open-passage", has_text="p15").click()
    reader.expect_read("p15")
    reader.expect_query(passage="p15")
    assert reader.page.evaluate("window.same") is True


def test_one_click_copies_the_quote_with_its_citation(reader_at: ReaderFrom, shipped: str) -> None:
    """The clipboard holds the quote byte for byte and the citation, second-hand words as such."""
    reader = reader_at(shipped, permissions=["clipboard-read", "clipboard-write"])
    reader.open("passage=p08")
    reader.page.get_by_role("button", name="Copy quote with citation").click()
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    held = source.PASSAGES["p08"]
    assert held["quote"] in copied
    after = copied.split(held["quote"], 1)[1]
    assert "(Strupp, 1999, as cited in Flores, 2004, page not given)" in after
    # APA writes titles with capitals as in a sentence.
    assert source.WORKS[held["work"]]["title"].lower() in after.lower()


_SHOWN = """() => {
  window.shown = []
  new MutationObserver(() => setTimeout(() => {
    const passage = document.querySelector('.pane blockquote[data-passage]')?.dataset.passage
    if (passage && window.shown.at(-1) !== passage) window.shown.push(passage)
  })).observe(document.querySelector('.st-key-reading_side'), { childList: true, subtree: true })
}"""


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ("RRRR", ["p11", "p12", "p13", "p14"]),
        ("RRRLRR", ["p11", "p12", "p13", "p12", "p13", "p14"]),
        ("RRLLRRL", ["p11", "p12", "p11", "p10", "p11", "p12", "p11"]),
    ],
)
def test_quick_steps_never_show_a_passage_that_was_left(
    reader: Reader, steps: str, shown: list[str]
) -> None:
    """However late the answers come, the pane goes from passage to passage as one steps."""
    held = Held(reader.page)
    reader.open("passage=p10").answers_held()
    reader.page.evaluate(_SHOWN)
    held.late = True
    for step in steps:
        reader.page.keyboard.press("ArrowRight" if step == "R" else "ArrowLeft")
        reader.page.wait_for_timeout(100)
        # What is noted of this step is noted before the next one.
        reader.page.evaluate("new Promise(done => setTimeout(done))")
    reader.expect_read(shown[-1])
    held.let_through()
    reader.expect_query(passage=shown[-1])
    reader.page.wait_for_timeout(500)
    reader.expect_query(passage=shown[-1])
    assert reader.page.evaluate("window.shown") == shown


@pytest.mark.parametrize("gap", [20, 60, 100])
def test_choices_in_quick_succession_are_all_heard(reader: Reader, gap: int) -> None:
    """Of two quick clicks the last one holds, quick steps all count, and the URL says the same."""
    reader.open().answers_held()
    for first, second in (("p03", "p12"), ("p18", "p05"), ("p20", "p16"), ("p22", "p23")):
        one, other = reader.pixel(first), reader.pixel(second)
        reader.page.mouse.click(*one)
        reader.page.wait_for_timeout(gap)
        reader.page.mouse.click(*other)
        reader.expect_query(passage=second)
        reader.expect_read(second)
        reader.page.wait_for_timeout(500)
        reader.expect_query(passage=second)
        reader.expect_read(second)
    reader.turn_to("passage=p02")
    reader.expect_read("p02")
    for _ in range(8):
        reader.page.keyboard.press("ArrowRight")
        reader.page.wait_for_timeout(gap)
    reader.expect_query(passage="p10")
    reader.expect_read("p10")
    expect(reader.page.locator(".step-place")).to_have_text("10 of 23")
