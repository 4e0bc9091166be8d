"""The names beside the map: as long as they are, none is cut at its left."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.a_debate import replace, write_debate
from tests.browser.reader import READY, Reader
from tests.browser.serving import served

pytestmark = pytest.mark.browser

LONG = "von Schopenhauer-W."
LEFTS = """() => {
  const map = document.querySelector(".js-plotly-plot").getBoundingClientRect().left
  return [...document.querySelectorAll(".annotation-text-g text")].map(
    (text) => text.getBoundingClientRect().left - map)
}"""


def test_a_long_name_is_not_cut(browser: Browser, tmp_path: Path) -> None:
    """A name wider than the usual margin begins within the map, at each width of a desk."""
    folder = write_debate(tmp_path / "debate")
    replace(folder, "authors.yaml", "label: Aster", f"label: {LONG}")
    with served(tmp_path, folder) as address:
        for width in (1280, 1440):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.goto(address)
            page.get_by_text(LONG).first.wait_for()
            page.locator(READY).wait_for()
            Reader(page, address).at_rest()
            assert min(page.evaluate(LEFTS)) >= 0
            page.close()
