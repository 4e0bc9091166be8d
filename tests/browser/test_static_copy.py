"""The read-only copy in Chromium: below any address and from a disk, found, lit, by keyboard."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.commands.command_line import main
from tests.a_debate import SHIPPED
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Reader
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

PAGES = ("index", "passages", "search", "sources", "method")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain web host."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, hostile_folder: Path) -> Path:
    """Give a folder with the copies of the shipped and the hostile debate below it."""
    www = tmp_path_factory.mktemp("www")
    for name, folder in (("shipped", SHIPPED), ("hostile", hostile_folder)):
        out = www / "any" / "address" / name
        assert main(["export", "--debate", str(folder), "--out", str(out)]) == 0
    return www


@pytest.fixture(scope="module")
def host(copies: Path) -> Iterator[str]:
    """Give the address of a plain web host that serves the copies."""
    handler = functools.partial(Quiet, directory=str(copies))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def opened(reader: Reader, debate: str, page: str) -> Reader:
    """Let a reader open a page of a copy."""
    reader.page.goto(f"{reader.address}/any/address/{debate}/{page}")
    return reader


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader_at: ReaderFrom, host: str, theme: str, width: int) -> None:
    """No page violates WCAG 2.2 AA or axe's best practices, or is wider than the window."""
    reader = reader_at(host, color_scheme=theme, viewport={"width": width, "height": 800})
    for debate in ("shipped", "hostile"):
        for name in PAGES:
            opened(reader, debate, f"{name}.html")
            assert violations(reader, theme) == [], (debate, name)
            assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_a_mark_to_its_passage_by_keyboard(reader_at: ReaderFrom, host: str) -> None:
    """Tab reaches the marks; Enter leads to the passage, with quote, reason and rule in sight."""
    page = opened(reader_at(host), "shipped", "index.html").page
    mark = page.locator(".map-room.wide a[href$='#passage-p18']")
    mark.focus()
    page.keyboard.press("Enter")
    card = page.locator("#passage-p18")
    expect(card.locator("blockquote")).to_be_in_viewport()
    expect(card.locator("mark").first).to_be_visible()
    expect(card.locator(".rule").first).to_be_visible()
    assert page.url.endswith("/passages.html#passage-p18")


def test_words_are_found_and_lit(reader_at: ReaderFrom, host: str) -> None:
    """A search folds case and accents, lights what it finds, is in the link, and leads on."""
    page = opened(reader_at(host), "shipped", "search.html").page
    page.keyboard.press("/")
    page.keyboard.type("SÍNE quá")
    expect(page.locator("#found")).to_have_text("1 passage found")
    lit = page.locator("blockquote[data-passage=p01] mark")
    assert lit.all_text_contents() == ["sine", "qua"]
    page.reload()
    expect(page.locator("#found")).to_have_text("1 passage found")
    page.get_by_label("Look for").fill('"of the bond"')
    expect(page.locator("#found")).not_to_have_text("1 passage found")
    page.get_by_label("Look for").fill("nosuchword")
    expect(page.locator("#found")).to_have_text("No passage holds all of these words")
    page.get_by_label("Look for").fill("sine")
    page.get_by_role("link", name="p01").click()
    expect(page.locator("#passage-p01 blockquote")).to_be_in_viewport()


def test_hostile_texts_are_found_and_shown(reader_at: ReaderFrom, host: str) -> None:
    """What could break a page is found like any word, and its quote is shown to the character."""
    page = opened(reader_at(host), "hostile", "search.html").page
    page.get_by_label("Look for").fill("onmouseover alert")
    expect(page.locator("#hits blockquote")).not_to_have_count(0)
    shown = page.locator("#hits blockquote[data-passage='javascript:alert(1)']")
    assert shown.text_content() == '" onmouseover="alert(1)" x="'


def test_opens_from_a_disk(reader_at: ReaderFrom, copies: Path) -> None:
    """Opened as a file, it has its fonts, its links and its search."""
    reader = reader_at("file://")
    page = reader.page
    page.goto((copies / "any" / "address" / "shipped" / "index.html").as_uri())
    page.locator(".map-room.wide a[href$='#passage-p12']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#passage-p12 blockquote")).to_be_in_viewport()
    assert "Source Serif 4" in page.evaluate(
        "document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded')"
        ".map(f => f.family.replaceAll('\"', '')))"
    )
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Look for").fill("chemical")
    expect(page.locator("#found")).to_have_text("1 passage found")
