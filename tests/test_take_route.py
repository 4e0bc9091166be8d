"""The routes for what is taken away: what they give, to whom they give nothing, and how safely."""

import asyncio
import io
import zipfile
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import open_debate as opening
from dashboard.reader.handout import asked_view, handout
from dashboard.reader.map_picture import seen_picture
from dashboard.reader.take_away import data_of, handout_address, offers
from dashboard.seen import seen
from dashboard.view import View, from_query
from dashboard.web.take_route import take_routes
from tests.apart import apart
from tests.asking import answer
from tests.strategies import quick, shipped, views


def asked(path: str, query: str = "", host: str = "localhost:8501"):
    """Give status, headers and body of what the routes answer."""
    return answer(take_routes(), path, query, host=host)


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "debate_of_file", lambda _query: shipped())


FILES = {
    "/take/data.zip": ("application/zip", "vehicle-or-cure-data.zip"),
    "/take/handout.html": ("text/html; charset=utf-8", "vehicle-or-cure-handout.html"),
    "/take/plan.html": ("text/html; charset=utf-8", "vehicle-or-cure-seminar.html"),
    "/take/map.svg": ("image/svg+xml", "vehicle-or-cure-map.svg"),
}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("query", ["", "school=attachment&q=%22%0d%0aX:%20y%3Cscript%3E"])
def test_each_is_a_file_to_save(path, query):
    """Each answer is saved under a plain name of ours and may run or fetch nothing."""
    status, headers, _ = asked(path, query)
    kind, name = FILES[path]
    assert status == 200
    assert headers["content-type"] == kind
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "script" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-cache"


def test_what_they_hold():
    """The routes give what is made from the view that the query names."""
    query = {"school": ["attachment"], "passage": ["p08"]}
    text = urlencode(query, doseq=True)
    made = handout(shipped(), asked_view(query, shipped()), "http://localhost:8501/")
    assert asked("/take/handout.html", text)[2].decode() == made
    shown = seen(shipped(), from_query(query, shipped().known)[0])
    assert asked("/take/map.svg", text)[2].decode() == seen_picture(shown, "light")
    assert asked("/take/map.svg", f"{text}&theme=dark")[2].decode() == seen_picture(shown, "dark")
    held = asked("/take/map.svg", f"{text}&theme=red&fonts=yes")[2].decode()
    assert held == seen_picture(shown, "light", with_fonts=True)
    zipped = asked("/take/data.zip")[2]
    assert zipped == data_of(shipped())
    assert "README.txt" in zipfile.ZipFile(io.BytesIO(zipped)).namelist()


@pytest.mark.parametrize(
    ("host", "link"),
    [
        ("debate.example.org", "http://debate.example.org/"),
        ("[::1]:8501", "http://[::1]:8501/"),
        ('x"><script>', "/"),
        ("a/b", "/"),
        ("", "/"),
    ],
)
def test_the_link_of_the_view(host, link):
    """The handout's link is that of the host asked for; a host that is none leaves it out."""
    body = asked("/take/handout.html", "", host)[2].decode()
    assert f"<dd>{link}</dd>" in body
    assert "<script" not in body


@quick
@given(
    st.dictionaries(
        st.sampled_from(["path", "of", "school", "rows", "theme", "fonts", "arrange", "x"]),
        st.lists(st.text(max_size=20), max_size=3),
    )
)
def test_nothing_in_a_query_can_raise(query):
    """Any query gives a picture and a handout."""
    text = urlencode(query, doseq=True, errors="replace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "debate_of_file", lambda _query: shipped())
        assert asked("/take/map.svg", text)[0] == 200
        assert asked("/take/handout.html", text)[0] == 200


@quick
@given(views())
def test_the_row_leads_to_the_view(view):
    """The addresses of the row give back the view that they were made for."""
    found = {offer.name: offer.address for offer in offers(view, "dark")}
    assert list(found) == ["Cite this view", "Handout", "Map as SVG", "Map as PNG", "Data"]
    assert found["Handout"] == handout_address(view)
    assert found["Map as SVG"].endswith("theme=dark")
    assert found["Map as PNG"].endswith("theme=dark&fonts=yes")
    assert found["Data"] == "/take/data.zip"


def test_addresses():
    """What is at its default is left out; a path and a comparison have their own addresses."""
    assert handout_address(View()) == "/take/handout.html"
    assert offers(View(), "light")[0].address == "./cite"
    assert offers(View(), "light")[2].address == "/take/map.svg"
    assert handout_address(View(of=("jung", "p01")), "compare") == (
        "/take/handout.html?of=jung&of=p01"
    )
    assert handout_address(View(path="x"), "paths") == "/take/handout.html?path=x"


def test_no_more_than_two_are_made_at_once(monkeypatch):
    """Who asks while two files are being made waits, and is answered."""
    running, most = [0], [0]

    def slowly(*_):
        running[0] += 1
        most[0] = max(most[0], running[0])
        import time

        time.sleep(0.02)
        running[0] -= 1
        return b"x"

    monkeypatch.setattr("dashboard.reader.take_away.data_zip", slowly)
    monkeypatch.setattr("dashboard.reader.take_away.data_of", slowly)
    (route,) = [r for r in take_routes() if r.path == "/take/data.zip"]

    async def many():
        async def one():
            sent = []

            async def send(message):
                sent.append(message)

            scope = {"type": "http", "method": "GET", "path": route.path, "query_string": b""}
            await route.app({**scope, "headers": []}, None, send)
            return sent[0]["status"]

        return await asyncio.gather(*(one() for _ in range(6)))

    assert apart(lambda: asyncio.run(many())) == [200] * 6
    assert most[0] == 2
