"""Share: the URL holds the whole view; Back and Forward undo and redo; no link breaks the page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser


def test_each_choice_is_one_entry_and_back_and_forward_undo_and_redo(reader: Reader) -> None:
    """School, basis, arrangement, words, author and mark each make one entry of the history."""
    reader.open()
    start = reader.history()
    view: dict[str, str] = {}
    views = [dict(view)]

    def chose(**now: str) -> None:
        view.update(now)
        reader.expect_query(**view)
        reader.page.wait_for_timeout(250)
        views.append(dict(view))
        assert reader.history() == start + len(views) - 1, now

    reader.option("School", "Attachment").click()
    chose(school="attachment")
    reader.radio("Read from", "Library's gloss").click()
    chose(basis="gloss")
    reader.radio("Arrange", "By year").click()
    chose(arrange="year")
    reader.search("patient")
    chose(q="patient")
    reader.at_rest()
    reader.author().click()
    reader.page.get_by_role("option", name=source.AUTHORS["flores"]["name"]).click()
    chose(author="flores")
    reader.click_mark("p12")
    view.pop("author")
    chose(passage="p12")
    for wanted in reversed(views[:-1]):
        reader.back()
        reader.expect_query(**wanted)
        _expect_widgets(reader, wanted)
    for wanted in views[1:]:
        reader.forward()
        reader.expect_query(**wanted)
        _expect_widgets(reader, wanted)
    reader.expect_read("p12")
    assert reader.history() == start + len(views) - 1


def _expect_widgets(reader: Reader, view: dict[str, str]) -> None:
    """Wait until every widget and the map show a view."""
    pressed = str("school" in view).lower()
    expect(reader.option("School", "Attachment")).to_have_attribute("aria-pressed", pressed)
    basis = "Library's gloss" if "basis" in view else "Both"
    expect(reader.radio("Read from", basis)).to_be_checked()
    expect(reader.radio("Arrange", "By year" if "arrange" in view else "By author")).to_be_checked()
    expect(reader.words()).to_have_value(view.get("q", ""))
    author = view.get("author")
    expect(reader.author()).to_have_value(source.AUTHORS[author]["name"] if author else "")
    school = ("attachment",) if "school" in view else ()
    reader.expect_lit(source.matching(school, (), view.get("q", "")))
    if "passage" in view:
        reader.expect_read(view["passage"])


def test_a_link_restores_the_view_exactly(reader: Reader) -> None:
    """A link with every part of the view shows that view, and the URL stays as it was."""
    query = (
        "school=attachment&school=empirical&role=supporting&q=alliance"
        "&passage=p13&basis=quote&arrange=medium"
    )
    reader.open(query)
    reader.expect_read("p13")
    for school in ("Attachment", "Empirical"):
        expect(reader.option("School", school)).to_have_attribute("aria-pressed", "true")
    expect(reader.option("Role", "Supporting")).to_have_attribute("aria-pressed", "true")
    expect(reader.words()).to_have_value("alliance")
    expect(reader.radio("Read from", "Author's words")).to_be_checked()
    expect(reader.radio("Arrange", "What is the bond made of?")).to_be_checked()
    reader.expect_lit(source.matching(("attachment", "empirical"), ("supporting",), "alliance"))
    assert reader.href().endswith(query)
    reader.page.reload()
    reader.ready()
    reader.expect_read("p13")
    assert reader.href().endswith(query)


def test_a_link_shows_a_passage_that_the_filters_hide(reader: Reader) -> None:
    """A hidden passage is read all the same, said to be hidden, and faint on the map."""
    reader.open("school=attachment&passage=p03")
    reader.expect_read("p03")
    expect(reader.page.locator(".hidden-note")).to_contain_text("The filters hide this passage")
    assert "p03" not in reader.lit()
    expect(reader.mark("p03")).to_have_attribute("aria-selected", "true")


def test_unknown_ids_are_named_in_a_note_that_can_be_put_away(reader: Reader) -> None:
    """Each unknown id and value is named; the rest of the link holds; the note goes on request."""
    reader.open("school=attachment&school=freud&author=nobody&passage=p99&basis=tea&role=x")
    notice = reader.page.locator(".st-key-link_notes")
    for named in ("freud", "nobody", "p99", "tea", "x"):
        expect(notice).to_contain_text(f"“{named}”")
    expect(reader.option("School", "Attachment")).to_have_attribute("aria-pressed", "true")
    reader.expect_lit(source.matching(("attachment",)))
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_have_count(0)
    reader.expect_lit(source.matching(("attachment",)))


SCRIPT = "<script>alert(1)</script>"
HOSTILE_LINKS = {
    "scripts": urlencode(
        {"school": SCRIPT, "role": SCRIPT, "q": SCRIPT, "author": SCRIPT, "passage": SCRIPT}
    ),
    "images": urlencode({"passage": "<img src=x onerror=alert(1)>", "basis": "<b>"}),
    "markdown": urlencode({"school": "$x$ *a* :red[x] ![i](http://example.com/x.png)", "q": "*"}),
    "a long passage": urlencode({"passage": "p" * 5000}),
    "long words": urlencode({"q": "w" * 5000}),
    "nothing, encoded": "passage=%00&q=%00&school=%00%01",
    "broken encoding": "passage=%ff%fe&q=%c3%28&school=%",
    "other scripts": f"q={quote('תורת הקשר 🜍 é́́́')}&author={quote('יונג')}",
    "repeated keys": "passage=p01&passage=p02&passage=zz&basis=quote&basis=gloss&q=a&q=b",
    "a negative page": "rows=-1",
    "a page past the end": "rows=99999",
    "a page far past the end": "rows=9999",
    "not a page": "rows=1e3&show=<b>&reveal=me",
    "empty values": "school=&role=&q=&author=&passage=&basis=&arrange=&rows=&show=",
    "embedded": "embed=true&embed_options=dark_theme&passage=p12",
    "foreign keys": "utm_source=x&__proto__=y&constructor=z&passage=p12",
    "path signs": "passage=../../etc/passwd&author=C:%5C&q=%25%7Bx%7D",
    "author and passage apart": "author=jung&passage=p12",
}


def test_no_link_breaks_the_page_or_runs_anything(reader: Reader) -> None:
    """Whatever a link holds, all marks and a quote are there, no error, and nothing runs."""
    reader.open()
    for name, query in HOSTILE_LINKS.items():
        reader.open(query)
        assert len(reader.marks()) == 23, name
        body = reader.page.locator("body")
        expect(reader.count(), name).to_contain_text("of 23 passages")
        expect(body, name).not_to_contain_text("Something went wrong")
        expect(reader.page.locator("[data-testid=stException]"), name).to_have_count(0)
        assert reader.page.locator("main img, main script").count() == 0, name
        assert not reader.scrolls_sideways(), name


def test_after_a_hostile_link_the_page_still_works(reader: Reader) -> None:
    """After a link full of unknown values a choice writes a clean URL."""
    reader.open(HOSTILE_LINKS["scripts"])
    reader.words().fill("")
    reader.words().press("Enter")
    reader.option("School", "Attachment").click()
    reader.expect_query(school="attachment")
    reader.expect_lit(source.matching(("attachment",)))


def test_a_link_is_the_same_for_another_reader(reader_at: ReaderFrom, shipped: str) -> None:
    """The address that one reader reaches shows another the same marks, counts and quote."""
    first = reader_at(shipped).open()
    first.option("School", "Empirical").click()
    first.expect_query(school="empirical")
    first.click_mark("p18")
    first.expect_query(school="empirical", passage="p18")
    second = reader_at(shipped)
    second.page.goto(first.href())
    second.ready()
    second.expect_read("p18")
    second.expect_lit(first.lit())
    assert second.places() == first.places()
