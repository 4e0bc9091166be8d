"""What is taken away, in Chromium: saved from the page, opened without a network, printed."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.a_debate import without_glosses
from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.hostile_debate import GLOSSES, QUOTES
from tests.browser.reader import Reader
from tests.browser.serving import served
from tests.browser.test_access import RULES, violations

pytestmark = pytest.mark.browser

ROW = ["Cite this view", "Handout", "Map as SVG", "Map as PNG", "Data"]
PAPERS = ("A4", "Letter")
INKS = """async bytes => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const all = context.getImageData(0, 0, image.width, image.height).data
  const inks = new Set()
  for (let i = 0; i < all.length; i += 4) inks.add(all[i] << 16 | all[i + 1] << 8 | all[i + 2])
  return [...inks].map(ink => '#' + ink.toString(16).padStart(6, '0'))
}"""
"""Give every colour in a picture."""
SHAPES = """() => [...document.querySelectorAll('figure svg g:has(> title)')].map(mark => {
  const shape = mark.querySelector('circle, polygon')
  const [first, second] = (shape.getAttribute('points') ?? '').split(' ')
  const upright = second && first.split(',')[1] === second.split(',')[1]
  const kind = shape.tagName === 'circle' ? 'circle' : upright ? 'square' : 'diamond'
  return [mark.querySelector('text').textContent, kind, shape.getAttribute('stroke')]
})"""
"""Give for each mark of a handout's map the id beside it, its shape and its colour."""
ADDRESS_OF_HANDOUT = "document.querySelector('.take-away a[download]')?.getAttribute('href')"


def save(reader: Reader, name: str, folder: Path) -> Path:
    """Take away one of the row's files, and give where it was saved."""
    part = reader.page.locator(".take-away").get_by_text(name, exact=True)
    with reader.page.expect_download() as download:
        part.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def alone(browser: Browser) -> Iterator[Any]:
    """Give a function that opens a file with the network off; nothing may be asked for."""
    contexts, asked, said = [], [], []

    def opened(path: Path, **options: Any) -> Page:
        context = browser.new_context(
            offline=True, viewport={"width": 1000, "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: asked.append(r.url))
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        page.on("dialog", lambda d: said.append(d.message))
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
    assert said == []


def printed(page: Page, paper: str) -> tuple[int, str]:
    """Give how many pages a handout has on paper, and all that is on them without spaces."""
    pages = PdfReader(BytesIO(page.pdf(format=paper))).pages
    return len(pages), "".join("".join(each.extract_text().split()) for each in pages)


def close(text: str) -> str:
    """Give a text without its spaces."""
    return "".join(text.split())


def handout(reader: Reader, query: str, folder: Path) -> Path:
    """Save the handout of a link, as the page would."""
    answer = reader.page.request.get(f"{reader.address}/take/handout.html?{query}")
    assert answer.ok
    path = folder / "handout.html"
    path.write_bytes(answer.body())
    return path


def test_the_row_follows_the_view(reader: Reader) -> None:
    """The row's links hold what is chosen, also after Back and Forward."""
    reader.open()

    def follows(address: str) -> None:
        reader.until(
            lambda: reader.page.evaluate(ADDRESS_OF_HANDOUT) == address,
            lambda: str(reader.page.evaluate(ADDRESS_OF_HANDOUT)),
        )

    expect(reader.page.locator(".take-away li")).to_have_text(ROW)
    follows("/take/handout.html")
    reader.option("School", "Attachment").click()
    follows("/take/handout.html?school=attachment")
    reader.back()
    follows("/take/handout.html")
    reader.forward()
    follows("/take/handout.html?school=attachment")


def test_each_file_is_saved_by_keyboard(reader: Reader, tmp_path: Path) -> None:
    """Tab reaches each offer and Enter saves it, under a name that says what it is."""
    reader.open("school=attachment")
    reader.page.locator(".take-away a[download]").first.focus()
    names = []
    for step in range(4):
        if step:
            reader.page.keyboard.press("Tab")
        with reader.page.expect_download() as download:
            reader.page.keyboard.press("Enter")
        download.value.save_as(tmp_path / download.value.suggested_filename)
        names.append(download.value.suggested_filename)
    assert names == [
        "vehicle-or-cure-handout.html",
        "vehicle-or-cure-map.svg",
        "vehicle-or-cure-map.png",
        "vehicle-or-cure-data.zip",
    ]
    assert "7 of 23 passages" in (tmp_path / names[0]).read_text(encoding="utf-8")
    assert (tmp_path / names[3]).read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_is_the_map_as_seen(
    reader_at: ReaderFrom, shipped: str, theme: str, tmp_path: Path
) -> None:
    """The PNG is drawn from the SVG in the reader's theme, twice as fine, set in our type."""
    reader = reader_at(shipped, color_scheme=theme).open("school=attachment&passage=p08")
    svg = save(reader, "Map as SVG", tmp_path).read_text(encoding="utf-8")
    paper = {"light": "#fbf8f1", "dark": "#161511"}[theme]
    assert f'fill="{paper}"' in svg
    png = save(reader, "Map as PNG", tmp_path).read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert size
    assert (width, height) == (2 * int(size.group(1)), 2 * int(size.group(2)))
    expect(reader.page.locator(".take-away-said")).to_have_text("Saved.")
    inks = set(reader.page.evaluate(INKS, list(png)))
    assert {paper, {"light": "#0c736b", "dark": "#45c4b8"}[theme]} <= inks
    assert len(inks) > 50


def test_a_picture_that_cannot_be_made_is_said(reader: Reader) -> None:
    """Where the map does not come, a sentence says so and names the way round."""
    reader.open()
    reader.page.route("**/take/map.svg*", lambda route: route.fulfill(body="no picture"))
    reader.page.get_by_role("button", name="Map as PNG").click()
    said = reader.page.locator(".take-away-said")
    expect(said).to_have_text("The picture could not be made; take the SVG instead.")
    reader.page.unroute("**/take/map.svg*")
    with reader.page.expect_download():
        reader.page.get_by_role("button", name="Map as PNG").click()
    expect(said).to_have_text("Saved.")


CHOICES = {
    "all": "",
    "one school": "school=attachment&basis=quote",
    "a path": "path=necessary_sufficient",
    "a comparison": "of=flores&of=p03",
    "by year": "arrange=year&author=yalom",
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("choice", CHOICES)
def test_every_chosen_quote_is_printed_in_full(
    reader: Reader, alone: Any, choice: str, paper: str, tmp_path: Path
) -> None:
    """On A4 and Letter each chosen quote and gloss stands in the text, whole and in order."""
    page = alone(handout(reader, CHOICES[choice], tmp_path))
    chosen = page.locator("blockquote").evaluate_all("all => all.map(n => n.dataset.passage)")
    assert chosen
    pages, said = printed(page, paper)
    places = [said.index(close(source.PASSAGES[each]["quote"])) for each in chosen]
    assert places == sorted(places)
    for each in chosen:
        assert close(source.PASSAGES[each]["gloss"]) in said
    assert close("Your own reading") in said
    assert close("What this is not") in said
    assert pages < 3 + len(chosen) / 2


@pytest.mark.parametrize("paper", PAPERS)
def test_no_line_is_cut(reader: Reader, alone: Any, paper: str, tmp_path: Path) -> None:
    """Each passage stands on one page, unbroken, and nothing lies in the margins but the number."""
    page = alone(handout(reader, "", tmp_path))
    on_pages: list[str] = []
    for each in PdfReader(BytesIO(page.pdf(format=paper))).pages:
        heights: list[float] = []

        def note(
            text: str, cm: list[float], tm: list[float], *_: object, at: Any = heights
        ) -> None:
            if text.strip() and not re.fullmatch(r"[\d /]+", text.strip()):
                at.append(cm[3] * tm[5] + cm[5])

        on_pages.append(close(each.extract_text(visitor_text=note)).casefold())
        assert min(heights) > 45
        assert max(heights) < float(each.mediabox.height) - 45
    for passage, held in source.PASSAGES.items():
        # The style sets a title as it does; here only that it stands with its quote.
        title = source.WORKS[held["work"]]["title"].split(":")[0]
        whole = [close(text).casefold() for text in (held["quote"], held["gloss"], title)]
        assert any(all(part in said for part in whole) for said in on_pages), passage


def test_it_is_legible_in_grey(reader: Reader, alone: Any, tmp_path: Path) -> None:
    """Without its colours the map tells schools by shape, and every text has contrast enough."""
    page = alone(handout(reader, "", tmp_path))
    kinds = page.evaluate(SHAPES)
    of_school = {"depth-psychological": "circle", "attachment": "diamond", "empirical": "square"}
    assert {i: kind for i, kind, _ in kinds} == {
        i: of_school[p["school"]] for i, p in source.PASSAGES.items()
    }
    for _, _, colour in kinds:
        assert _luminance(colour) < 0.2


def _luminance(colour: str) -> float:
    """Give how bright a colour is once printed in grey, 1 for paper."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_nothing_in_a_handout(
    reader: Reader, alone: Any, width: int, tmp_path: Path
) -> None:
    """A handout read on a screen passes axe, and a phone does not scroll sideways."""
    page = alone(handout(reader, "school=attachment", tmp_path), bypass_csp=True)
    page.set_viewport_size({"width": width, "height": 844})
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [
        f"{each['id']}: {node['html'][:120]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_row(reader_at: ReaderFrom, shipped: str, theme: str) -> None:
    """The row passes axe on a phone in both themes, and nothing scrolls sideways."""
    window = {"width": 390, "height": 844}
    reader = reader_at(shipped, color_scheme=theme, viewport=window).open()
    reader.page.locator(".take-away").scroll_into_view_if_needed()
    reader.at_rest()
    assert [each for each in violations(reader, theme) if "take-away" in each] == []
    assert not reader.scrolls_sideways()


def test_a_hostile_debate(reader_at: ReaderFrom, hostile: str, alone: Any, tmp_path: Path) -> None:
    """A handout of hostile texts runs nothing, fetches nothing, and holds each byte for byte."""
    reader = reader_at(hostile).open()
    path = save(reader, "Handout", tmp_path)
    assert path.stat().st_size < 6_000_000
    svg = save(reader, "Map as SVG", tmp_path)
    save(reader, "Map as PNG", tmp_path)
    page = alone(path)
    held = page.locator("blockquote").evaluate_all(
        "all => all.map(n => [n.dataset.passage, n.textContent])"
    )
    assert dict(held) == {i: q.replace("\r\n", "\n") for i, q in QUOTES.items()}
    glosses = page.locator("[data-gloss]").evaluate_all(
        "all => all.map(n => [n.dataset.gloss, n.textContent])"
    )
    assert dict(glosses) == GLOSSES
    assert page.locator("script, img, iframe, link, object").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert printed(page, "A4")[0] < 60
    drawn = alone(svg)
    assert drawn.evaluate("document.querySelectorAll('script, image, foreignObject').length") == 0


def test_a_hostile_link(reader: Reader, alone: Any, tmp_path: Path) -> None:
    """What a link holds is text in the handout too, and nothing else."""
    query = "q=%3C/style%3E%3Cscript%3Ealert(1)%3C/script%3E%22%0d%0a&school=%3Cb%3E&path=%00"
    page = alone(handout(reader, query, tmp_path))
    expect(page.locator(".shows")).to_contain_text("</style><script>alert(1)</script>")
    assert page.locator("script").count() == 0


@pytest.fixture(scope="module")
def off(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address at which the shipped debate is served with its glosses off."""
    folder = without_glosses(tmp_path_factory.mktemp("off") / "debate")
    with served(tmp_path_factory.mktemp("elsewhere"), folder) as address:
        yield address


def test_glosses_off(reader_at: ReaderFrom, off: str, alone: Any, tmp_path: Path) -> None:
    """With glosses off a reader meets no gloss: not on the map, not beside it, not on paper."""
    reader = reader_at(off).open("passage=p18")
    body = reader.page.locator("[data-testid=stMain]")
    assert "gloss" not in re.sub(r"glossary", "", reader.text(body).lower())
    assert reader.page.locator("[data-gloss]").count() == 0
    assert reader.drifts() == {}
    expect(reader.page.get_by_role("radiogroup", name="Read from")).to_have_count(0)
    reader.page.get_by_text("Table of the same values").click()
    expect(reader.page.get_by_role("columnheader", name="Library’s gloss")).to_have_count(0)
    marks = {i: m["x"] for i, m in reader.marks().items()}
    for passage, x in marks.items():
        words = source.position(passage, "quote")
        assert (x == words) if words is not None else (x < -2.5)
    reader.option("School", "Attachment").click()
    reader.expect_count(7, 4)
    page = alone(save(reader, "Handout", tmp_path))
    assert "gloss" not in page.locator("main").inner_text().lower()
    said = printed(page, "A4")[1]
    for passage in source.matching(("attachment",)):
        assert close(source.PASSAGES[passage]["quote"]) in said
        assert close(source.PASSAGES[passage]["gloss"]) not in said
