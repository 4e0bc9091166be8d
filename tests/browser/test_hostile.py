"""Hostile: texts that could break a page are shown character for character and run nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from dashboard.debate.directions import isolated, without_isolates
from tests.a_debate import replace, write_debate
from tests.browser.conftest import ReaderFrom
from tests.browser.hostile_debate import (
    AUTHORS,
    GLOSSES,
    LINES,
    LONG_NAME,
    MARKS,
    QUOTES,
    ROLES,
    SCHOOLS,
    author_of,
)
from tests.browser.reader import READY, Reader
from tests.browser.serving import served

pytestmark = pytest.mark.browser

FIRST = next(iter(QUOTES))


def _spaced(text: str) -> str:
    """Return a text as it looks: white space joined, signs without any look left out."""
    return " ".join(re.sub("[\u2060\u2068\u2069]", "", text).split())


@pytest.fixture
def guest(reader_at: ReaderFrom, hostile: str) -> Reader:
    """Give a reader of the hostile debate, the page not yet opened."""
    return reader_at(hostile, permissions=["clipboard-read", "clipboard-write"])


def test_the_hostile_debate_passes_the_check(hostile_folder: Path) -> None:
    """The debate is valid: `check` ends with 0 and one line of counts."""
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "check", str(hostile_folder)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=None,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "12 passages, 4 works, 4 authors" in done.stdout
    assert done.stdout.count("\n") == 1


def test_quotes_glosses_and_all_else_are_shown_as_they_are(guest: Reader) -> None:
    """In the pane each quote, gloss, note, rule and name is there character for character."""
    guest.open()
    for passage, quote in QUOTES.items():
        guest.turn_to(urlencode({"passage": passage}))
        guest.expect_read(passage)
        assert guest.text(guest.quote()) == quote
        assert guest.text(guest.page.locator("[data-gloss]").first) == GLOSSES[passage]
        card = guest.page.locator(".passage-card")
        for name, text in (("Voices", f"Voice {MARKS}"), ("Constructs", MARKS)):
            assert guest.text(card.locator(f"dt:text-is('{name}') + dd")) == text
        assert guest.text(card.locator("dt:text-is('What the gloss adds') + dd")) == LINES
        assert guest.text(card.locator(".reason")) == MARKS
        assert guest.text(card.locator("dt:text-is('As catalogued') + dd")) == f"Catalogued {MARKS}"
        assert AUTHORS[author_of(passage)] in guest.text(card.locator(".card-whose"))
        # Of what the debate says nothing becomes an image, a script, a link or a formula.
        assert guest.page.locator("main :is(img, script, .katex, iframe)").count() == 0
        own = ".open-passage, .places a, .card-places a, .take-away a, .foot a"
        links = guest.page.locator(f"main a:not({own})").evaluate_all(
            "all => all.map(n => n.getAttribute('href'))"
        )
        assert links == []


def test_the_lines_of_a_quote_are_kept_in_sight(guest: Reader) -> None:
    """A quote with line breaks is shown on as many lines."""
    passage = next(i for i, quote in QUOTES.items() if quote == LINES)
    guest.open(urlencode({"passage": passage}))
    guest.expect_read(passage)
    assert guest.quote().evaluate("node => node.innerText") == LINES


def test_title_question_schools_and_roles_are_shown_as_they_are(guest: Reader) -> None:
    """Masthead, question, options, help, legend and the sorting show the debate's own words."""
    guest.open()
    page = guest.page
    assert guest.text(page.locator(".brand")) == f"Title {MARKS}"
    assert guest.text(page.locator(".question h1")) == (
        "# What $x$ *does* <script>alert(1)</script> it do?"
    )
    assert guest.text(page.locator(".question p")) == f"# Subline {MARKS}"
    for group, labels in (("School", SCHOOLS), ("Role", ROLES)):
        options = page.get_by_role("toolbar", name=group).get_by_role("button")
        expect(options).to_have_count(len(labels))
        assert [_spaced(t) for t in options.all_inner_texts()] == [
            _spaced(label) for label in labels.values()
        ]
    legend = guest.text(page.locator(".legend"))
    assert all(label in legend for label in SCHOOLS.values())
    page.get_by_role("button", name="Help for School").hover()
    tooltip = page.get_by_role("tooltip")
    expect(tooltip).to_be_visible()
    assert _spaced(tooltip.inner_text()) == _spaced(f"# Help {MARKS}")


def test_names_are_shown_as_they_are_in_the_list_and_the_field(guest: Reader) -> None:
    """The list of authors offers each name as it is; the chosen one fills the field."""
    guest.open()
    guest.author().click()
    options = guest.page.get_by_role("option").filter(visible=True)
    expect(guest.page.get_by_role("listbox").last).to_be_visible()
    wanted = {_spaced(name) for name in AUTHORS.values()}

    def offered() -> set[str]:
        return set(map(_spaced, options.evaluate_all("all => all.map(n => n.textContent)")))

    guest.until(lambda: wanted <= offered(), lambda: f"{offered()} are not {wanted}")
    guest.page.keyboard.press("Escape")
    for author, name in AUTHORS.items():
        guest.turn_to(urlencode({"author": author}))
        expect(guest.author()).to_have_value(isolated(name))
        expect(guest.page.locator(".author-note")).to_contain_text(name)


def test_a_mark_tells_its_passage_as_it_is(guest: Reader) -> None:
    """Hover and accessible name hold id, source and first words, shown as they are."""
    guest.open()
    assert set(guest.marks()) == set(QUOTES)
    for passage, quote in QUOTES.items():
        guest.point_at(passage)
        layer = guest.page.locator(".js-plotly-plot .hoverlayer")
        start = _spaced(quote[:18]).rsplit(" ", 1)[0]
        guest.until(
            lambda passage=passage, start=start, layer=layer: (  # type: ignore[misc]
                passage in guest.text(layer) and start in _spaced(guest.text(layer))
            ),
            lambda passage=passage, layer=layer: f"{passage}: {guest.text(layer)}",  # type: ignore[misc]
        )
        name = without_isolates(guest.mark(passage).get_attribute("aria-label") or "")
        assert name.startswith(f"{passage}, {AUTHORS[author_of(passage)]} 19")
    assert guest.page.locator(".js-plotly-plot a").count() == 0


def test_a_long_name_is_shortened_on_the_map_and_whole_in_the_pane(guest: Reader) -> None:
    """A name of 300 characters keeps its row short; the pane and the row's name hold all of it."""
    guest.open(urlencode({"author": "long %00"}))
    label = guest.page.locator(".js-plotly-plot .annotation-text", has_text="Maximil").first
    assert len(guest.text(label)) < 40
    assert LONG_NAME in guest.text(guest.page.locator(".card-whose"))
    assert LONG_NAME in guest.text(guest.page.locator(".author-note"))
    row = guest.page.locator(".position-map-row", has=guest.page.locator("xpath=self::*"))
    names = row.evaluate_all("all => all.map(n => n.getAttribute('aria-label'))")
    assert any(LONG_NAME in name for name in names)
    labels = guest.page.locator(".js-plotly-plot .annotation-text").all_text_contents()
    for author, name in AUTHORS.items():
        assert any(name[:8] in text for text in labels), author


def test_marks_rows_and_filters_work_by_their_hostile_ids(guest: Reader) -> None:
    """Clicks on marks, rows and options lead to links with those ids; Back and Forward follow."""
    guest.open()
    visited: list[dict[str, str]] = [{}]
    for passage in list(QUOTES)[:6]:
        guest.click_mark(passage)
        guest.expect_read(passage)
        guest.expect_query(passage=passage)
        visited.append({"passage": passage})
    for school, label in SCHOOLS.items():
        guest.page.get_by_role("toolbar", name="School").get_by_role("button").nth(
            list(SCHOOLS).index(school)
        ).click()
        last = visited[-1]
        schools = [s for s in SCHOOLS if s == school or s in last.get("school", [])]
        visited.append({**last, "school": schools})  # type: ignore[dict-item]
        guest.expect_query(**visited[-1])
        assert label
    for view in reversed(visited[:-1]):
        guest.back()
        guest.expect_query(**view)
        guest.expect_read(view.get("passage", FIRST))
    for view in visited[1:]:
        guest.forward()
        guest.expect_query(**view)
        guest.expect_read(view["passage"])
    for author in AUTHORS:
        guest.turn_to(urlencode({"author": author}))
        expect(guest.page.locator(".author-note")).to_contain_text(AUTHORS[author])


def test_the_table_holds_hostile_values_as_they_are(guest: Reader) -> None:
    """The table's cells are the debate's words."""
    guest.open()
    guest.page.get_by_text("Table of the same values").click()
    table = guest.page.locator("table.values").first
    expect(table.locator("tbody tr")).to_have_count(len(QUOTES))
    expect(table).to_be_visible()
    rows = table.locator("tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.querySelectorAll('th, td')].map(c => c.textContent))"
    )
    rows = [[without_isolates(cell) for cell in row] for row in rows]
    assert [row[0] for row in rows] == list(QUOTES)
    for row in rows:
        assert row[1] == AUTHORS[author_of(row[0])]
        assert row[3] in SCHOOLS.values()
        assert row[6] in ROLES.values()
    assert not guest.scrolls_sideways()


def test_an_empty_choice_and_a_note_name_hostile_words_as_they_are(guest: Reader) -> None:
    """The empty state, its buttons and the notes show what was asked, letter by letter."""
    words = "$x$ *a* <b> -> :smile: `zz` [l](javascript:alert(1))"
    school = next(iter(SCHOOLS))
    guest.open(urlencode({"q": words, "school": school, "passage": MARKS[:50]}))
    empty = guest.page.locator(".st-key-empty_state")
    expect(empty.locator(".empty p")).to_contain_text(f"“Words: {words}”")
    button = empty.locator(".st-key-undo_q button")
    guest.until(
        lambda: _spaced(button.inner_text()).startswith(f"Undo “Words: {words}” (4 passages)"),
        button.inner_text,
    )
    notice = guest.page.locator(".st-key-link_notes .notice")
    assert f"“{MARKS[:50].strip()}”" in guest.text(notice).replace(" ”", "”")
    button.click()
    guest.expect_query(school=school)


def test_words_are_found_in_hostile_texts(guest: Reader) -> None:
    """A search for signs, for right-to-left words and without accents finds what holds them."""
    guest.open()
    for words in ("$x$", "<extra></extra>", "הטיפולית", "%{customdata}", "bonds*zz"):
        guest.search(words)
        guest.expect_query(q=words)
        wanted = {
            i
            for i, quote in QUOTES.items()
            if words.casefold() in f"{quote}\n{GLOSSES[i]}".casefold()
        }
        guest.expect_lit(wanted)
        expect(guest.words()).to_have_value(words)


def test_the_projector_shows_hostile_texts_as_they_are(guest: Reader) -> None:
    """Slides hold the quotes as they are and stay in their window, also 20,000 characters long."""
    guest.open(urlencode({"show": "quote", "passage": FIRST}))
    slide = guest.page.locator(".slide blockquote")
    guest.page.locator("[aria-keyshortcuts='ArrowRight PageDown']").wait_for(state="attached")
    for passage, quote in QUOTES.items():
        expect(slide).to_have_attribute("data-passage", passage)
        assert guest.text(slide) == quote
        guest.at_rest()
        assert not guest.scrolls_sideways()
        height = guest.page.evaluate("document.documentElement.scrollHeight")
        assert height <= 800
        if passage != list(QUOTES)[-1]:
            guest.page.keyboard.press("PageDown")
    guest.page.keyboard.press("a")
    last = AUTHORS[author_of(list(QUOTES)[-1])]
    expect(guest.page.locator(".slide-whose")).to_contain_text(last)
    guest.page.keyboard.press("m")
    guest.page.locator(READY).wait_for()
    guest.at_rest()
    assert not guest.scrolls_sideways()


def test_a_copy_holds_the_quote_byte_for_byte(guest: Reader) -> None:
    """What is copied begins with the quote, whatever it holds, in quotation marks at most."""
    guest.open()
    for passage, quote in QUOTES.items():
        guest.turn_to(urlencode({"passage": passage}))
        guest.expect_read(passage)
        guest.page.get_by_role("button", name="Copy quote with citation").click()
        guest.until(
            lambda quote=quote: (  # type: ignore[misc]
                quote in guest.page.evaluate("navigator.clipboard.readText()")
            ),
            lambda passage=passage: f"the quote of {passage} is not copied",  # type: ignore[misc]
        )
        copied = guest.page.evaluate("navigator.clipboard.readText()")
        assert AUTHORS[author_of(passage)] in copied


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_texts_do_not_break_the_layout(
    reader_at: ReaderFrom, hostile: str, width: int
) -> None:
    """At both widths no passage makes the page scroll sideways or stick out of its pane."""
    guest = reader_at(hostile, viewport={"width": width, "height": 844}).open()
    for passage in QUOTES:
        guest.turn_to(urlencode({"passage": passage}))
        guest.expect_read(passage)
        guest.at_rest()
        assert not guest.scrolls_sideways(), passage
        inside = guest.page.locator(".passage-card").evaluate(
            """card => { const edge = card.getBoundingClientRect().right + 1
              return [...card.querySelectorAll('*')].filter(n =>
                n.getBoundingClientRect().right > edge).map(n => n.className) }"""
        )
        assert inside == [], passage
    position_map = guest.page.locator(".position-map")
    for arrange in ("medium", "year"):
        drawn = position_map.get_attribute("data-ready") or ""
        guest.turn_to(urlencode({"arrange": arrange}))
        expect(position_map).not_to_have_attribute("data-ready", drawn)
        guest.at_rest()
        assert not guest.scrolls_sideways(), arrange


@pytest.fixture
def from_right_to_left(tmp_path: Path) -> Iterator[str]:
    """Serve a debate with Hebrew and Arabic names, and a quote that turns text around."""
    folder = write_debate(tmp_path / "tiny")
    for file, old, new in (
        ("debate.yaml", "label: Warm", "label: חם"),
        ("authors.yaml", "label: Birch", "label: ابن سينا"),
        ("works.yaml", "short: Birch, 2001", "short: כהן"),
        ("passages.yaml", "name: Crane", "name: ابن رشد"),
        ("passages.yaml", "quote: Without trust", r'quote: "\u202eWithout trust'),
        ("passages.yaml", "no method works.\n  school", 'no method works."\n  school'),
    ):
        replace(folder, file, old, new)
    with served(tmp_path, folder) as address:
        yield address


def test_names_from_right_to_left_turn_nothing_beside_them(
    from_right_to_left: str, reader_at: ReaderFrom
) -> None:
    """Year, comma and brackets beside a name are where an English sentence has them."""
    guest = reader_at(from_right_to_left)
    guest.open("?passage=p02")
    whose = guest.page.locator(".card-whose").first
    expect(whose).to_contain_text("reporting")
    assert _from_left_to_right(guest, ".card-whose", ["כהן", ",", "reporting", "ابن رشد", "1957"])
    assert _from_left_to_right(guest, ".seen", ["חם", "stands", "(", "Aster", ")"])


def test_a_quote_that_turns_text_around_turns_itself_alone(
    from_right_to_left: str, reader_at: ReaderFrom
) -> None:
    """Its own letters run backwards, as its author's file has them; all else is untouched."""
    guest = reader_at(from_right_to_left)
    guest.open("?passage=p02")
    expect(guest.page.locator("blockquote").first).to_contain_text("Without trust")
    assert not _from_left_to_right(guest, "blockquote", ["Without", "trust"])
    assert _from_left_to_right(guest, ".axis-said", ["words:", "gloss:"])


def _from_left_to_right(guest: Reader, where: str, words: list[str]) -> bool:
    """Say whether words of one line of an element are drawn from left to right in this order."""
    lefts = guest.page.evaluate(
        """([where, words]) => {
          const held = document.querySelector(where);
          const texts = [];
          const walker = document.createTreeWalker(held, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) texts.push(walker.currentNode);
          let from = 0;
          const whole = texts.map(text => text.data).join("");
          return words.map(word => {
            const at = whole.indexOf(word, from);
            from = at + word.length;
            let before = 0;
            for (const text of texts) {
              if (at < before + text.length) {
                const range = document.createRange();
                range.setStart(text, at - before);
                range.setEnd(text, Math.min(text.length, at - before + word.length));
                return range.getBoundingClientRect().left;
              }
              before += text.length;
            }
          });
        }""",
        [where, words],
    )
    return all(one < other for one, other in pairwise(lefts))
