"""Several debates: turned between by control and by link; one's own, which no other sees."""

from __future__ import annotations

import contextlib
import http.client
import io
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.conftest import ReaderFrom
from tests.browser.reader import PATIENCE, Reader

pytestmark = pytest.mark.browser

NATURE = Path(__file__).resolve().parents[2] / "data" / "state-of-nature"
FIRST, SECOND, OWN = "Vehicle or Cure?", "War or Peace?", "A debate of my own"


def packed(**changed: str) -> bytes:
    """Pack the second debate under another title, some of its words changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(NATURE.iterdir()):
            content = file.read_text(encoding="utf-8").replace(SECOND, OWN)
            for old, new in changed.items():
                content = content.replace(f"role: {old}", f"role: {new}")
            archive.writestr(f"nature/{file.name}", content)
    return held.getvalue()


def choose_zip(reader: Reader, content: bytes) -> Locator:
    """Choose a zip on the page that opens debates; give what is said of it."""
    field = reader.page.locator(".stFileUploader input").first
    field.wait_for(state="attached")
    field.set_input_files({"name": "mine.zip", "mimeType": "application/zip", "buffer": content})
    return reader.page.locator(".check-result")


def name(reader: Reader) -> Locator:
    """Return the name of the debate above the page."""
    return reader.page.locator("[data-debate]")


def expect_debate(reader: Reader, title: str, count: str) -> None:
    """Wait until the map of a debate is shown."""
    expect(name(reader)).to_contain_text(title)
    expect(reader.page.locator(".count")).to_contain_text(count)


STREAMLITS = 'data-testid="stFileUploaderDropzone"'
"""Streamlit's own field for files has a role that axe thinks odd (presentation-role-conflict)."""


def violations(reader: Reader) -> list[str]:
    """Return what axe finds on the page, but for what is Streamlit's own."""
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in Axe().run(reader.page).response["violations"]
        for node in found["nodes"]
        if (found["id"], STREAMLITS in node["html"]) != ("presentation-role-conflict", True)
    ]


def test_another_debate_is_turned_to_and_back(reader: Reader) -> None:
    """By the list, with the keyboard alone; Back and Forward lead between the debates."""
    reader.open("school=empirical&author=yalom")
    name(reader).focus()
    reader.page.keyboard.press("Enter")
    debates = reader.page.get_by_role("navigation", name="Debates")
    expect(debates.get_by_role("link")).to_have_text([FIRST, SECOND, "Open a debate of your own"])
    assert violations(reader) == []
    reader.page.keyboard.press("Escape")
    expect(debates).to_have_count(0)
    expect(name(reader)).to_be_focused()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    expect_debate(reader, SECOND, "8 of 8 passages")
    expect(reader.page).to_have_title(SECOND)
    reader.expect_query(debate="state-of-nature")
    expect(reader.page.locator("h1")).to_have_text(
        "In this passage, is the state of nature a state of war?"
    )
    reader.back()
    expect_debate(reader, FIRST, "13 of 23 passages")
    reader.expect_query(school="empirical", author="yalom")
    reader.forward()
    expect_debate(reader, SECOND, "8 of 8 passages")


def test_a_link_leads_to_its_debate_and_its_pages_stay_in_it(reader: Reader) -> None:
    """A link opens its debate; filters, pages, cards and pairs keep it, also in another tab."""
    reader.open("debate=state-of-nature&passage=n04")
    reader.expect_read("n04")
    expect(name(reader)).to_contain_text(SECOND)
    reader.option("School", "Society").click()
    reader.expect_query(debate="state-of-nature", passage="n04", school="society")
    expect(reader.page.locator(".count")).to_contain_text("4 of 8 passages")
    compare = reader.page.locator(".card-places a").first
    with reader.page.context.expect_page() as tab:
        compare.click(button="middle")
    expect(tab.value).to_have_url(f"{reader.address}/compare?of=n04&debate=state-of-nature")
    # Left alone until it is there: what it still asks for would be broken off.
    tab.value.locator(".compare-column").first.wait_for()
    tab.value.close()
    compare.click()
    expect(name(reader)).to_contain_text(SECOND)
    reader.expect_query(debate="state-of-nature", of="n04")
    reader.page.get_by_role("link", name="Sources", exact=True).click()
    files = reader.page.locator("a[download]").first
    expect(files).to_have_attribute("href", "./references.bib?debate=state-of-nature")
    bibtex = reader.page.request.get(f"{reader.address}/references.bib?debate=state-of-nature")
    assert "Leviathan" in bibtex.text()
    assert "Yalom" not in bibtex.text()


def test_an_unknown_debate_says_so(reader: Reader) -> None:
    """The first debate is shown, with a note; a file of no debate is not found."""
    reader.open("debate=nowhere")
    expect_debate(reader, FIRST, "23 of 23 passages")
    expect(reader.page.locator(".st-key-link_notes")).to_contain_text("no debate “nowhere”")
    for path in ("take/data.zip?debate=nowhere", "references.ris?edition=0", "answers/0.json"):
        assert reader.page.request.get(f"{reader.address}/{path}").status == 404


def test_ones_own_debate_opens_and_no_other_sees_it(reader_at: ReaderFrom, shipped: str) -> None:
    """A zip is checked, opens, is read and taken away; its link shows nobody else any of it."""
    reader = reader_at(shipped)
    reader.page.goto(f"{shipped}/open")
    reader.page.locator("dialog.key-list").wait_for(state="attached")
    said = choose_zip(reader, packed(thesis="thesys"))
    expect(said).to_contain_text("“mine.zip” was not opened")
    expect(said.locator("li")).to_contain_text(["passages.yaml:5"] + [""] * 3)
    reader.at_rest()
    assert violations(reader) == []
    said = choose_zip(reader, packed())
    expect(said).to_contain_text(f"“{OWN}” is open")
    reader.at_rest()
    assert violations(reader) == []
    said.get_by_role("link").click()
    expect_debate(reader, OWN, "8 of 8 passages")
    expect(reader.page.locator(".for-visit")).to_contain_text("for this visit only")
    link = reader.href()
    data = reader.page.get_by_role("link", name="Data", exact=True).get_attribute("href") or ""
    assert reader.query()["debate"][0] not in data
    assert reader.page.request.get(f"{shipped}{data}").status == 200

    other = reader_at(shipped)
    other.page.goto(link)
    other.ready()
    expect_debate(other, FIRST, "23 of 23 passages")
    expect(other.page.locator(".st-key-link_notes")).to_contain_text("for one visit only")
    expect(other.page.locator("body")).not_to_contain_text(OWN)
    guessed = f"/take/data.zip?{urlsplit(link).query}"
    assert other.page.request.get(f"{shipped}{guessed}").status == 404
    last = "0" if data[-1] != "0" else "1"
    assert other.page.request.get(f"{shipped}{data[:-1]}{last}").status == 404

    reader.page.get_by_role("link", name="Read", exact=True).click()
    expect(reader.page.locator('[data-passage="n01"]').first).to_be_visible()
    reader.at_rest()
    name(reader).click()
    reader.page.get_by_role("navigation", name="Debates").get_by_role("link", name=FIRST).click()
    expect_debate(reader, FIRST, "23 of 23 passages")
    reader.back()
    expect(name(reader)).to_contain_text(OWN)


def test_nothing_is_sent_by_strangers(reader: Reader) -> None:
    """Without the page's token, without a session, or too large: nothing is taken in."""
    sent: list[str] = []
    reader.page.on("request", lambda r: sent.append(r.url) if "upload_file" in r.url else None)
    reader.page.goto(f"{reader.address}/open")
    expect(choose_zip(reader, packed())).to_contain_text("is open")
    path = urlsplit(sent[0]).path
    cookies = {one["name"]: one["value"] for one in reader.page.context.cookies()}
    token = cookies["_streamlit_xsrf"]
    allowed = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}
    nobody = "/_stcore/upload_file/11111111-1111-4111-8111-111111111111/a"
    assert put(reader.address, path, b"x", {}) == 403
    assert put(reader.address, nobody, b"x", allowed) == 400
    assert put(reader.address, path, b"x" * (6 * 1024 * 1024), allowed) == 413


def put(address: str, path: str, body: bytes, headers: dict[str, str]) -> int:
    """Send a file as a program would; return the status of the answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        # What is refused may be answered before all of it was sent.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.request("PUT", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
