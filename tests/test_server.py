"""The server: its options, its first page, its files, its headers, its one sentence on errors."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import http.client
import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
import streamlit as st
import uvicorn
from playwright.sync_api import expect, sync_playwright
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit import config
from streamlit.web.bootstrap import load_config_options
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.server import ServerState

from components.page_style import page_sheet, page_style, sheet_is_in_first_page
from dashboard.web import server, web_page
from dashboard.web.allowed_hosts import HOSTS_VARIABLE, AllowedHosts, hosts_named
from dashboard.web.configuration import configuration, flattened, look_up_once
from dashboard.web.refusal import NO_HANDSHAKE, SERVERS_LOG, is_no_refusal, refuse
from dashboard.web.server import Opening, ReadersWait
from dashboard.web.trusted_proxies import PROXIES_VARIABLE
from dashboard.web.web_page import (
    ASSETS,
    STREAMLIT_FILES,
    CompressedFiles,
    GzipIfAccepted,
    dressed_page,
    first_page,
    is_versioned,
    part_files,
    security_headers,
)
from tests.apart import apart
from tests.browser.serving import free_port, served

INSTALLED = (STREAMLIT_FILES / "index.html").read_text(encoding="utf-8")
SCRIPT = next((STREAMLIT_FILES / "static" / "js").glob("index.*.js"))
STREAMLITS_FONT = next((STREAMLIT_FILES / "static" / "media").glob("*.woff2"))
FONT = ASSETS / "fonts" / "source-sans-3-latin-wght-normal.woff2"
HEADERS = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
}


def test_tables_are_flattened() -> None:
    """Nested tables become dotted names; lists, even of tables, stay whole."""
    tables = {"theme": {"font": "a", "dark": {"font": "b"}, "fontFaces": [{"url": "c"}]}}
    assert flattened(tables) == {
        "theme.font": "a",
        "theme.dark.font": "b",
        "theme.fontFaces": [{"url": "c"}],
    }


@pytest.fixture
def options() -> Iterator[dict[str, object]]:
    """Give the options as the server passes them, read by Streamlit; then those of before."""
    passed = configuration("localhost", 8599)
    load_config_options(passed)
    yield passed
    load_config_options({})


def test_streamlit_knows_every_option(options: dict[str, object]) -> None:
    """Every option we pass is one of this Streamlit's, and it takes our value."""
    assert options.keys() <= config._config_options_template.keys()
    assert {name: config.get_option(name) for name in options} == options


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("runner.postScriptGC", False),
        ("runner.magicEnabled", False),
        ("client.toolbarMode", "minimal"),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("browser.gatherUsageStats", False),
        ("server.headless", True),
        ("server.fileWatcherType", "none"),
        ("server.maxUploadSize", 5),
        ("server.enableStaticServing", False),
        ("server.address", "localhost"),
        ("server.port", 8599),
    ],
)
@pytest.mark.usefixtures("options")
def test_streamlit_reads_our_option(name: str, value: object) -> None:
    """An option that matters has our value as Streamlit itself reads it."""
    assert config.get_option(name) == value


def test_first_page_is_ours() -> None:
    """The first page has our title, colours, preloads and sentence, and not Streamlit's."""
    page = first_page(INSTALLED, ['<link rel="preload" href="/ours">'])
    assert '<html lang="en">' in page
    assert re.findall("<title>.*</title>", page) == ["<title>Vehicle or Cure?</title>"]
    assert '<meta name="color-scheme" content="light dark" />' in page
    assert "html { background: #fbf8f1 }" in page
    assert "{ html { background: #161511 } }" in page
    assert '<link rel="preload" href="/ours">\n</head>' in page
    assert re.findall("<noscript>.*</noscript>", page, re.DOTALL) == [
        "<noscript><p>This page needs JavaScript to show the map and the passages.</p></noscript>"
    ]
    assert "SourceSans" not in page
    assert '<div id="root"></div>' in page


def test_the_style_comes_with_the_first_page(at: str) -> None:
    """The first page links the page's style, which a browser then keeps for good."""
    page = fetch(at, "/read")[2].decode()
    links = re.findall(r'<body>\s*<link rel="stylesheet" href="([^"]+)">', page)
    assert len(links) == 1
    status, headers, body = fetch(at, links[0], Accept_Encoding="gzip")
    assert (status, headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(body).decode() == page_sheet()
    for other in ("/page.css", "/page.css?v=another"):
        _, headers, body = fetch(at, other)
        assert (headers["cache-control"], body.decode()) == ("no-cache", page_sheet())


def test_no_run_sends_the_style_that_the_first_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first page links the style a run sends what it adds alone, and else all of it."""
    sent: list[str] = []
    monkeypatch.setattr(st, "html", lambda body: sent.append(body._repr_html_()))
    page_style()
    page_style(projected=True)
    everything, projected = sent
    assert everything == f"<style>{page_sheet()}</style>"
    sheet_is_in_first_page()
    try:
        page_style()
        page_style(projected=True)
    finally:
        sheet_is_in_first_page(is_there=False)
    assert [f"<style>{page_sheet()}{sent[2].removeprefix('<style>')}"] == [projected]
    assert len(sent) == 3


def test_a_section_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit has the same options of a section as before, from one look at all of them."""
    asked: list[str] = []
    theme = config.get_options_for_section("theme")

    def look_up(section: str) -> dict[str, object]:
        asked.append(section)
        return theme

    monkeypatch.setattr(config, "get_options_for_section", look_up)
    look_up_once()
    assert [config.get_options_for_section("theme") for _ in range(6)] == [theme] * 6
    assert asked == ["theme"]


def test_streamlit_begins_in_our_colours() -> None:
    """The page hands Streamlit both themes' colours, those of its options, before it starts."""
    page = first_page(INSTALLED, [])
    found = re.findall(r"window\.__streamlit = (.*)", page)
    assert len(found) == 1
    themes = json.loads(found[0])
    passed = configuration("localhost", 8599)
    for theme in ("light", "dark"):
        ours = themes[f"{theme.upper()}_THEME"]
        assert ours["backgroundColor"] == {"light": "#fbf8f1", "dark": "#161511"}[theme]
        assert {f"theme.{theme}.{name}": colour for name, colour in ours.items()} == {
            name: value for name, value in passed.items() if name.startswith(f"theme.{theme}.")
        }


@pytest.mark.parametrize(
    "landmark", ["<title>", "</noscript>", "</head>", "prerenderReady", "SourceSans"]
)
def test_an_unknown_first_page_is_left_alone(
    landmark: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a landmark is missing the page is served as it came, and the log says so."""
    unknown = INSTALLED.replace(landmark, "<other>")
    assert first_page(unknown, []) == unknown
    assert caplog.messages == ["Streamlit's first page has changed; it is served as it is."]


def test_preloads_name_files_that_exist() -> None:
    """Every file that the first page asks for is there."""
    asked = re.findall(r'(?:href|src)="\.?(/(?:static|assets)/[^"?]+)', dressed_page(with_map=True))
    folders = {"static": STREAMLIT_FILES / "static", "assets": ASSETS}
    files = [folders[path.split("/")[1]] / path.split("/", 2)[2] for path in asked]
    assert len(files) > 60
    assert [file for file in files if not file.is_file()] == []
    assert len(set(files)) == len(files)


def test_every_page_keeps_its_place() -> None:
    """The script that leads back to where a page was scrolled to is on each, by its version."""
    script = re.compile(r'<script defer src="/assets/kept_place\.js\?v=[0-9a-f]{12}"></script>')
    assert len(script.findall(dressed_page())) == 1
    assert len(script.findall(dressed_page(with_map=True))) == 1


def test_the_maps_script_is_asked_for_where_there_is_a_map() -> None:
    """The map's page asks for the drawing library ahead; the other pages do not."""
    assert 'as="script" href="/assets/plotly-basic-' in dressed_page(with_map=True)
    assert "plotly" not in dressed_page()


def test_a_part_comes_with_what_it_imports() -> None:
    """A part's files are its own and those it imports, without those of the first page."""
    names = [re.sub(r"\.[^.]+\.js$", "", Path(file).name) for file in part_files(["Html"])]
    assert names[0] == "Html"
    assert "purify.es" in names
    assert "react-dom" not in names


def test_an_unknown_part_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that this Streamlit does not know, or any without its list, gives no file."""
    assert part_files(["NoSuchPart"]) == []
    monkeypatch.setattr(web_page, "STREAMLIT_FILES", tmp_path)
    assert part_files(["Html"]) == []


@pytest.mark.parametrize(
    ("path", "query", "versioned"),
    [
        ("/assets/plotly-basic-4.1.1.min.js", "", True),
        ("/static/js/index.DormvYxC.js", "", True),
        ("/static/js/DataFrame.-f9-1zS0.js", "", True),
        ("/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2", "", True),
        ("/assets/fonts/source-sans-3-latin-wght-normal.woff2", "v=3.052", True),
        ("/assets/fonts/source-sans-3-latin-wght-normal.woff2", "", False),
        ("/assets/map.settings.json", "", False),
        ("/assets/map-2.js", "", False),
    ],
)
def test_only_a_version_makes_an_address_last(path: str, query: str, versioned: bool) -> None:
    """An address is kept for ever only where it carries a version or a hash."""
    assert is_versioned({"path": path, "query_string": query.encode()}) is versioned


def test_a_file_is_compressed_once_until_it_changes(tmp_path: Path) -> None:
    """The same bytes are kept for a file until it is written anew."""
    file = tmp_path / "a.js"
    file.write_text("one")
    files = CompressedFiles(tmp_path)
    first = files.compress(file)
    assert gzip.decompress(first) == b"one"
    assert files.compress(file) is first
    file.write_text("three")
    assert gzip.decompress(files.compress(file)) == b"three"


def test_the_policy_allows_inline_scripts_by_hash_only() -> None:
    """Each inline script of the page is allowed by its hash, and no other."""
    digest = base64.b64encode(hashlib.sha256(b"one()").digest()).decode()
    policy = security_headers("<script>one()</script>")["Content-Security-Policy"]
    assert f"script-src 'self' blob: 'unsafe-eval' 'sha256-{digest}';" in policy
    scripts = re.findall("script-src [^;]*", policy)
    assert "'unsafe-inline'" not in scripts[0]


def test_a_failing_route_answers_in_one_sentence() -> None:
    """An error in a route gives 500, one sentence and every header."""
    answer = apart(lambda: asyncio.run(web_page.server_error(None, RuntimeError("secret"))))
    assert answer.status_code == 500
    assert answer.body == b"Something went wrong on the server; reload to go on."
    assert set(answer.headers) >= HEADERS


def test_readers_wait_until_the_debate_is_open() -> None:
    """A session's connection waits for the debate, while files and health do not."""

    async def scenario() -> list[str]:
        reached: list[str] = []

        async def app(scope, _receive, _send) -> None:
            reached.append(scope["type"])

        opening = Opening(lambda: None, lambda: None)
        gate = ReadersWait(app, opening)
        session = asyncio.create_task(gate({"type": "websocket"}, None, None))
        await gate({"type": "http"}, None, None)
        await asyncio.sleep(0)
        before = list(reached)
        opening.done.set()
        await session
        return [*before, "open", *reached[len(before) :]]

    assert apart(lambda: asyncio.run(scenario())) == ["http", "open", "websocket"]


@pytest.fixture
def uvicorns_protocols() -> Iterator[None]:
    """Give uvicorn its own protocols back."""
    with patch.dict(HTTP_PROTOCOLS), patch.dict(os.environ):
        yield


@pytest.mark.usefixtures("uvicorns_protocols")
def test_answers_leave_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's connections do not wait before they send, on a socket such as Streamlit's."""
    delayed: list[bool] = []

    class OneConnection:
        def run(self, config: object) -> NoReturn:
            assert config
            delayed.append(apart(lambda: asyncio.run(is_delayed())))
            sys.exit(0)

    monkeypatch.setattr(server, "keep_together", lambda: None)
    monkeypatch.setattr(server, "build_app", lambda _opening, _bound: OneConnection())
    with pytest.raises(SystemExit):
        server.serve("localhost", 8599, lambda: None, lambda: None)
    assert delayed == [False]


@pytest.mark.usefixtures("uvicorns_protocols")
@pytest.mark.parametrize(
    ("named", "trusted"),
    [(None, ["127.0.0.1", "::1", "::ffff:127.0.0.1"]), ("10.0.0.5", ["10.0.0.5"])],
)
def test_the_server_begins_with_whom_it_believes(
    named: str | None, trusted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it begins, uvicorn is told of this machine, or of who is named in its place."""
    believed: list[str | list[str]] = []

    class OneServer:
        def run(self, config: object) -> NoReturn:
            assert config
            believed.append(
                uvicorn.Config(PlainTextResponse(), log_config=None).forwarded_allow_ips
            )
            sys.exit(0)

    os.environ.pop(PROXIES_VARIABLE, None)
    if named:
        os.environ[PROXIES_VARIABLE] = named
    monkeypatch.setattr(server, "keep_together", lambda: None)
    monkeypatch.setattr(server, "build_app", lambda _opening, _bound: OneServer())
    with pytest.raises(SystemExit):
        server.serve("localhost", 8599, lambda: None, lambda: None)
    assert believed == [",".join(trusted)]


async def is_delayed() -> bool:
    """Take one connection as uvicorn would and say whether it waits before it sends."""
    made = uvicorn.Config(PlainTextResponse(), log_config=None)
    made.load()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            transport, _ = await asyncio.get_running_loop().connect_accepted_socket(
                lambda: made.http_protocol_class(
                    config=made, server_state=ServerState(), app_state={}
                ),
                accepted,
            )
            option = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            transport.abort()
            await asyncio.sleep(0)
    return not option


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address at which the shipped debate is served."""
    with served(tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


def fetch(
    at: str, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (names in lower case) and body, exactly as they were sent."""
    connection = http.client.HTTPConnection(urlsplit(at).netloc, timeout=30)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/", "HEAD", 200),
        ("/read", "GET", 200),
        ("/read/", "GET", 301),
        ("/favicon.png", "GET", 200),
        (f"/static/js/{SCRIPT.name}", "GET", 200),
        (f"/static/media/{STREAMLITS_FONT.name}", "GET", 200),
        (f"/static/js/{SCRIPT.name}", "POST", 405),
        ("/assets/none.js", "GET", 404),
        ("/assets/..%2f..%2fapp.py", "GET", 400),
        ("/assets/fonts/", "GET", 404),
        ("/", "POST", 405),
        ("/_stcore/health", "GET", 200),
        ("/_stcore/host-config", "GET", 200),
        ("/media/none.png", "GET", 404),
        ("/media/", "GET", 404),
        ("/component/none/index.html", "GET", 404),
        ("/_stcore/bidi-components/none/none.js", "GET", 404),
    ],
)
def test_every_answer_carries_the_headers(at: str, path: str, method: str, status: int) -> None:
    """Pages, files, errors and Streamlit's own answers all carry the security headers."""
    got, headers, _ = fetch(at, path, method)
    assert got == status
    assert headers.keys() >= HEADERS
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/no/such/page",
        "/sources/x",
        "/nowhere",
        "/Read",
        "/" + "n" * 5000,
        "/assets",
        "/sources/x/",
        "/sources/_stcore/health",
        "/index.html",
        "/robots.txt",
        "/static/js/none.js",
        "/static/none",
        "/_stcore/none",
        "/_stcore/stream",
        "/auth/none",
    ],
)
def test_where_nothing_is_a_reader_is_led_home(at: str, path: str, method: str) -> None:
    """An address without a page or file gives 404, one sentence, a way home and every header."""
    status, headers, body = fetch(at, path, method)
    assert status == 404
    assert headers.keys() >= HEADERS
    assert headers["content-type"] == "text/html; charset=utf-8"
    if method == "GET":
        assert b'There is nothing at this address. <a href="/">Go to the map.</a>' in body
        assert b"<script" not in body


@pytest.mark.parametrize(("path", "with_map"), [("/", True), ("/read", False), ("/seminar", False)])
def test_pages_begin_with_our_first_page(at: str, path: str, with_map: bool) -> None:
    """Every page's address gives the dressed page, compressed or not, and 304 the next time."""
    _, headers, body = fetch(at, path, Accept_Encoding="gzip")
    assert gzip.decompress(body).decode() == dressed_page(with_map=with_map)
    assert headers["cache-control"] == "no-cache"
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert fetch(at, path)[2].decode() == dressed_page(with_map=with_map)
    status, again, empty = fetch(at, path, If_None_Match=headers["etag"])
    assert (status, empty) == (304, b"")
    assert again["etag"] == headers["etag"]


def test_the_places_of_pages_are_those_of_the_app() -> None:
    """Every page that app.py names is served, and no other place."""
    named = re.findall(r'url_path="([^"]+)"', server.SCRIPT.read_text(encoding="utf-8"))
    assert sorted(web_page.PAGES) == sorted(named)


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"a", {0}', '"a",W/{0} , "b"', "*"])
@pytest.mark.parametrize("path", ["/", "/read", "/page.css", "/assets/kept_place.js"])
def test_every_form_of_asking_for_news_is_understood(at: str, path: str, form: str) -> None:
    """A tag alone, weak, in a list, or any: what the browser holds is not sent again."""
    etag = fetch(at, path)[1]["etag"].removeprefix("W/")
    assert fetch(at, path, If_None_Match=form.format(etag))[0] == 304
    assert fetch(at, path, If_None_Match=f'"x{etag[1:]}')[0] == 200


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/", "/page.css", "/assets/kept_place.js", "/references.bib"])
def test_on_what_an_answer_depends_is_said_once(at: str, path: str, accepted: str) -> None:
    """Vary names what was asked for once, whoever compressed the answer."""
    connection = http.client.HTTPConnection(urlsplit(at).netloc, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": accepted})
    lines = connection.getresponse().headers.get_all("vary")
    connection.close()
    assert lines == ["Accept-Encoding"]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        (f"/static/js/{SCRIPT.name}", SCRIPT),
        ("/assets/plotly-basic-4.1.1.min.js", ASSETS / "plotly-basic-4.1.1.min.js"),
    ],
)
def test_scripts_are_sent_compressed(at: str, path: str, file: Path) -> None:
    """A script comes whole, at under two fifths of its size, to be kept for ever."""
    status, headers, body = fetch(at, path, Accept_Encoding="gzip, deflate, br")
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(body) == file.read_bytes()
    assert len(body) < 0.4 * file.stat().st_size
    assert fetch(at, path, If_None_Match=headers["etag"])[0] == 304


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br, GZIP ; Q=0.000", "xgzip"])
def test_a_script_is_sent_plain_to_who_asks_so(at: str, accepted: str) -> None:
    """Without gzip in the request, or with gzip refused, a script comes as it is on the disk."""
    _, headers, body = fetch(at, f"/static/js/{SCRIPT.name}", Accept_Encoding=accepted)
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"
    assert body == SCRIPT.read_bytes()


@pytest.mark.parametrize(
    ("accepted", "passed_on"),
    [("gzip", "gzip"), ("br;q=1, gzip;q=0.1", "br;q=1, gzip;q=0.1"), ("gzip;q=0, br", None)],
)
def test_a_refused_gzip_is_hidden_from_streamlit(accepted: str, passed_on: str | None) -> None:
    """Streamlit, which looks for the word alone, hears of gzip only where it is accepted."""
    heard: list[str | None] = []

    async def app(scope, _receive, _send) -> None:
        heard.append(Headers(scope=scope).get("accept-encoding"))

    scope = {"type": "http", "headers": [(b"accept-encoding", accepted.encode())]}
    apart(lambda: asyncio.run(GzipIfAccepted(app)(scope, None, None)))
    assert heard == [passed_on]


def test_a_font_is_sent_as_it_is(at: str) -> None:
    """A font is not compressed again; without a version it is asked for again by its ETag."""
    path = f"/assets/fonts/{FONT.name}"
    _, headers, body = fetch(at, path, Accept_Encoding="gzip")
    assert "content-encoding" not in headers
    assert headers["content-type"] == "font/woff2"
    assert headers["cache-control"] == "no-cache"
    assert body == FONT.read_bytes()
    assert fetch(at, path, If_None_Match=headers["etag"])[0] == 304
    lasting = fetch(at, f"{path}?v=3")[1]
    assert lasting["cache-control"] == "public, max-age=31536000, immutable"


PAGE = '''
import streamlit as st

part = st.components.v2.component(
    "part",
    html="<button>Part</button>",
    css="""
button { color: var(--st-text-color); }
""",
    js="""
export default function ({ parentElement, setTriggerValue }) {
  parentElement.querySelector("button").onclick = () => setTriggerValue("clicked", "p01")
}
""",
)
st.html("<p style='color: inherit'>Some <em>words</em></p><style>p { margin: 0 }</style>")
st.pills("School", ["Attachment", "Empirical"])
st.text(f"about {st.text_input('Words')}")
st.selectbox("Author", ["Jung", "Flores"])
with st.popover("More"):
    st.text("in the popover")
with st.expander("Method"):
    st.text("in the expander")
st.text(f"clicked {part(key='part', on_clicked_change=lambda: None).clicked}")
if st.button("Break"):
    raise RuntimeError("a secret of the server")
'''
SERVE = """
import sys
from pathlib import Path
from dashboard.web import server
server.SCRIPT = Path(sys.argv[1])
server.serve("localhost", int(sys.argv[2]), lambda: None, lambda: print("open", flush=True))
"""


ALONE = """
import sys
from streamlit import net_util
for name in ("get_internal_ip", "get_external_ip"):
    setattr(net_util, name, lambda: print("looked up", file=sys.stderr, flush=True))
"""


@pytest.fixture(scope="module")
def alone_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve with Streamlit's look-ups of addresses put out; give the address and the log."""
    folder = tmp_path_factory.mktemp("alone")
    script = folder / "page.py"
    script.write_text("")
    named = f"import os; os.environ[{HOSTS_VARIABLE!r}] = 'bond.example.org'\n"
    with serving(named + ALONE + SERVE, script) as (address, log):
        yield address, log


UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": base64.b64encode(b"sixteen bytes in").decode(),
}


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://localhost:8501"),
        ("192.168.1.5:8501", "http://192.168.1.5:8501"),
        ("[fe80::1]:8501", "http://[fe80::1]:8501"),
        ("bond.example.org", "https://bond.example.org"),
        ("Bond.Example.org.:443", "https://bond.example.org."),
        ("localhost:8501", None),
    ],
)
def test_our_own_pages_open_a_session(
    alone_at: tuple[str, Path], host: str, origin: str | None
) -> None:
    """A page under whatever address the server was reached opens a session, without a look-up."""
    address, log = alone_at
    named = {"Host": host} | ({"Origin": origin} if origin else {})
    assert handshake(address, **named)[0] == 101
    assert "looked up" not in log.read_text()


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://example.org"),
        ("localhost:8501", "http://localhost:8502"),
        ("localhost:8501", "http://localhost:8501.example.org"),
        ("bond.example.org", "https://bond.example.org:444"),
        ("localhost:8501", "null"),
        ("localhost:8501", ""),
        ("localhost:8501", "http://[nonsense"),
        ("localhost:8501", "http://localhost:99999"),
        ("rebound.example", "http://rebound.example"),
        ("localhost.rebound.example:8501", "http://localhost.rebound.example:8501"),
        ("bond.example.org@rebound.example", "http://rebound.example"),
        ("", "http://"),
    ],
)
def test_pages_of_other_sites_open_no_session(
    alone_at: tuple[str, Path], host: str, origin: str
) -> None:
    """A foreign Origin gets 403 with every header, and Streamlit looks no address up."""
    address, log = alone_at
    status, headers = handshake(address, Host=host, Origin=origin, X_Forwarded_Host="example.org")
    assert status == 403
    assert headers.keys() >= HEADERS
    assert "looked up" not in log.read_text()
    assert log.read_text() == ""


@pytest.mark.parametrize("path", ["/", "/read", "/assets/kept_place.js", "/references.bib"])
def test_no_page_is_sent_under_a_foreign_name(alone_at: tuple[str, Path], path: str) -> None:
    """A name pointed at this machine gets 403 and one sentence; health answers all the same."""
    at = urlsplit(alone_at[0]).netloc
    for host, status in (("rebound.example", 403), ("127.0.0.1", 200), ("[::1]:9", 200)):
        connection = http.client.HTTPConnection(at, timeout=30)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == status, host
        assert (b"does not answer under that name" in body) == (status == 403)
        assert {k.lower() for k, _ in answer.getheaders()} >= HEADERS
    connection = http.client.HTTPConnection(at, timeout=30)
    connection.request("GET", "/_stcore/health", headers={"Host": "rebound.example"})
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize(
    ("bound", "names", "allowed", "refused"),
    [
        ("localhost", "", ["localhost:1", "a.localhost", "10.0.0.1", "[::1]:8501"], ["a.org"]),
        ("127.0.0.2", "", ["localhost", "127.0.0.1"], ["localhost.org", "10.0.0.1.org", "[x"]),
        ("::1", " A.org ,b.org.", ["a.org", "b.org:80", "localhost"], ["c.a.org", "aorg", ","]),
        ("0.0.0.0", "", ["a.org", "localhost", "10.0.0.1"], ["[x"]),
        ("0.0.0.0", "a.org", ["a.org", "localhost", "10.0.0.1"], ["b.org"]),
        ("seminar.example", "", ["a.org"], []),
        ("seminar.example", "a.org", ["seminar.example"], ["b.org"]),
    ],
)
def test_names_are_allowed_by_where_the_server_listens(
    bound: str, names: str, allowed: list[str], refused: list[str]
) -> None:
    """Out of others' reach only own names and numbers are allowed; in reach all, unless named."""
    hosts = AllowedHosts(web_page_app, bound, hosts_named(names))
    assert [host for host in allowed if not hosts.allows(host)] == []
    assert [host for host in refused if hosts.allows(host)] == []


async def web_page_app(_scope: object, _receive: object, _send: object) -> None:
    """Stand for the app behind a middleware that is asked and not served."""


def test_only_a_refused_session_is_left_out_of_the_log() -> None:
    """The line of a session that we refused is left out, in its own task alone; others are kept."""

    def is_kept(said: str) -> bool:
        return is_no_refusal(logging.LogRecord(SERVERS_LOG, 40, "", 0, "%s", (said,), None))

    async def nothing(*_: object) -> None:
        pass

    async def refused() -> tuple[bool, bool]:
        await refuse("Not here.", {"type": "websocket"}, nothing, nothing)  # type: ignore[arg-type]
        return is_kept(NO_HANDSHAKE), is_kept("Exception in ASGI application")

    async def each_in_its_task() -> None:
        assert await asyncio.create_task(refused()) == (False, True)
        assert is_kept(NO_HANDSHAKE)

    apart(lambda: asyncio.run(each_in_its_task()))


def handshake(at: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Ask for a session; return the status and headers of the answer and leave."""
    connection = http.client.HTTPConnection(urlsplit(at).netloc, timeout=30)
    try:
        connection.putrequest("GET", "/_stcore/stream", skip_host=True)
        for name, value in {**UPGRADE, **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}
    finally:
        connection.close()


@pytest.fixture
def probe_at(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve a page with every kind of part; give its address and what the server logs."""
    script = tmp_path / "probe.py"
    script.write_text(PAGE)
    with serving(SERVE, script) as at:
        yield at


@contextmanager
def serving(program: str, script: Path) -> Iterator[tuple[str, Path]]:
    """Serve a script as a page by a program; give its address and what the server logs."""
    log, port = script.with_name("log.txt"), free_port()
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(script), str(port)],
            cwd=script.parent,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout
            assert process.stdout.readline() == "open\n"
            yield f"http://localhost:{port}", log
        finally:
            process.terminate()
            process.communicate(timeout=30)


@pytest.mark.browser
def test_streamlit_lives_with_the_policy(probe_at: tuple[str, Path]) -> None:
    """Every kind of part works without a violation; an error shows one sentence, the log it all."""
    address, log = probe_at
    said: list[str] = []

    def use() -> str:
        with sync_playwright() as playwright:
            names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
            found = filter(None, map(shutil.which, names))
            chromium = os.environ.get("CHROMIUM") or next(found, None)
            assert chromium, "This test needs Chromium; name one in the variable CHROMIUM."
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(30_000)
            expect.set_options(timeout=30_000)
            page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.add_init_script(
                "addEventListener('securitypolicyviolation',"
                " e => console.error(e.violatedDirective + ' ' + e.blockedURI))"
            )
            page.goto(address)
            expect(page.get_by_text("Some words")).to_be_visible()
            page.get_by_role("radio", name="Attachment").click()
            page.get_by_label("Words").fill("bond")
            page.get_by_label("Words").press("Enter")
            expect(page.get_by_text("about bond")).to_be_visible()
            page.get_by_role("combobox").click()
            page.get_by_role("option", name="Flores").click()
            page.get_by_role("button", name="More").click()
            expect(page.get_by_text("in the popover")).to_be_visible()
            page.keyboard.press("Escape")
            page.get_by_text("Method").click()
            expect(page.get_by_text("in the expander")).to_be_visible()
            page.get_by_role("button", name="Part").click()
            expect(page.get_by_text("clicked p01")).to_be_visible()
            page.get_by_role("button", name="Break").click()
            expect(page.get_by_role("alert")).to_have_text(server.SOMETHING_WENT_WRONG)
            seen = page.locator("body").inner_text()
            browser.close()
        return str(seen)

    seen = apart(use)
    assert said == []
    assert "secret" not in seen
    assert "Traceback" not in seen
    assert "RuntimeError: a secret of the server" in log.read_text()
