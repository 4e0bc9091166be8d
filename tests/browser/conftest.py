"""The running product, a real Chromium, and a watch on everything a page does unseen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.hostile_debate import write_hostile_debate
from tests.browser.reader import Reader, Watch
from tests.browser.serving import served

NO_BROWSER = (
    "These tests need Chromium. Install it (Debian and Ubuntu: apt install chromium; "
    "macOS: brew install --cask chromium) or name one in the variable CHROMIUM."
)
WINDOW = {"width": 1280, "height": 800}


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail(NO_BROWSER, pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one Chromium for all tests of a process; without one they fail, never skip."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        expect.set_options(timeout=15_000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address at which the shipped debate is served."""
    with served(tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a debate in which everything is hostile."""
    return write_hostile_debate(tmp_path_factory.mktemp("hostile") / "debate")


@pytest.fixture(scope="session")
def hostile(hostile_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address at which the hostile debate is served."""
    with served(tmp_path_factory.mktemp("elsewhere"), hostile_folder) as address:
        yield address


ReaderFrom = Callable[..., Reader]


@pytest.fixture
def reader_at(browser: Browser) -> Iterator[ReaderFrom]:
    """Give a function that seats a new reader at an address, with options of the browser.

    When the test is done, no page may have asked another host for anything, reported an error,
    broken the security policy or opened a dialog.
    """
    seats: list[tuple[Any, Watch, str]] = []

    def seat(address: str, **options: Any) -> Reader:
        context = browser.new_context(
            **{"viewport": WINDOW, "reduced_motion": "no-preference", **options}
        )
        context.set_default_timeout(40_000)
        watch = Watch()
        watch.begin(context)
        seats.append((context, watch, address))
        return Reader(context.new_page(), address)

    yield seat
    for context, _, _ in seats:
        context.close()
    for _, watch, address in seats:
        assert watch.hosts() <= {address, address.replace("http:", "ws:")}
        assert watch.errors == []
        assert watch.dialogs == []


@pytest.fixture
def reader(reader_at: ReaderFrom, shipped: str) -> Reader:
    """Give a reader of the shipped debate, the page not yet opened."""
    return reader_at(shipped)
