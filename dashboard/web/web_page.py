"""What a browser is sent before Streamlit starts: the first page, its headers and its files.

Streamlit's own first page is white, titled "Streamlit", and followed by some hundred script
files sent uncompressed. Here it is dressed for this product, each file is compressed once and
kept, and every answer carries the headers that keep foreign code out.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import logging
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from components.page_style import page_sheet
from dashboard.web.allowed_hosts import HOSTS_VARIABLE, AllowedHosts, hosts_named
from dashboard.web.configuration import colours
from dashboard.web.same_origin import SameOriginOnly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRODUCT = "Vehicle or Cure?"
DESCRIPTION = "Compare theoretical positions in a scholarly debate, passage by passage."
WITHOUT_SCRIPTS = "This page needs JavaScript to show the map and the passages."

ASSETS = Path(__file__).parents[2] / "components" / "assets"
STREAMLIT_FILES = Path(streamlit.__file__).parent / "static"

FONTS = ("fonts/source-sans-3-latin-wght-*.woff2", "fonts/source-serif-4-latin-opsz-normal.woff2")
MAP_SCRIPT = "plotly-basic-*.js"
PLACE_SCRIPT = ASSETS / "kept_place.js"
PAGES = ("read", "compare", "paths", "seminar", "sources", "cite", "method", "open", "gallery")
"""The places of the pages beside the map, as app.py has them; elsewhere there is nothing."""
PARTS = ("Html", "BidiComponent", "ButtonGroup", "TextInput", "Selectbox", "Button")
"""The parts of Streamlit that every page of ours shows, by the names of their script files."""

_COMPRESSIBLE = {".js", ".css", ".svg", ".json", ".txt"}
_VERSION = re.compile(r"-\d+(\.\d+)+\.|\.(?=[\w-]*[A-Z\d])[\w-]{8}\.\w+$")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_REFUSED = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")
_FOR_EVER = "public, max-age=31536000, immutable"

log = logging.getLogger(__name__)


def first_page(installed: str, preloads: Iterable[str]) -> str:
    """Return Streamlit's first page with our title, background, preloads and noscript sentence.

    `installed` is the page as it came with Streamlit, `preloads` are link and script elements.
    Where it has not the form we know, it is returned as it is: a plain first page beats a broken
    one.
    """
    page = installed
    for landmark, ours in _landmarks(preloads):
        before, *after = re.split(landmark, page, flags=re.DOTALL)
        if len(after) != 1:
            log.warning("Streamlit's first page has changed; it is served as it is.")
            return installed
        page = before + ours + after[0]
    return page


def _landmarks(preloads: Iterable[str]) -> list[tuple[str, str]]:
    """Return patterns of what stands once in Streamlit's page, each with what we put there."""
    return [
        (r'<link\s+rel="preload"[^>]*SourceSans[^>]*>\s*', ""),
        (r"<title>[^<]*</title>", _head()),
        (r"window\.prerenderReady = false", _first_script()),
        (r"</head>", "\n".join([*preloads, "</head>"])),
        (
            r"<noscript>.*?</noscript>",
            f"{sheet_link()}\n<noscript><p>{WITHOUT_SCRIPTS}</p></noscript>",
        ),
    ]


@cache
def sheet_link() -> str:
    """Return the link element of the page's style.

    It stands in the body: Streamlit writes its own styles at the end of the head, and ours are to
    have the last word.
    """
    return f'<link rel="stylesheet" href="/page.css?v={_sheet_version()}">'


def _sheet_version() -> str:
    return hashlib.sha256(page_sheet().encode()).hexdigest()[:12]


APPEAR_WHOLE = """.stMainBlockContainer {
        width: 100%; max-width: 112rem !important; box-sizing: border-box;
        visibility: hidden; animation: appear 0s linear 30s forwards !important }
      :where([data-test-script-state="notRunning"]:not(:has([data-testid="stSkeleton"])))
      .stMainBlockContainer {
        animation: appear-at-last 0s linear 5s forwards !important }
      .stMainBlockContainer:has(.position-map[data-ready]):has(.st-key-school button),
      .stMainBlockContainer:has(.gallery, .sections, .reading-list, .stAlert, .stException),
      .stMainBlockContainer:has(.open-page):has(.stFileUploader input),
      .stMainBlockContainer:has(.compare):has(.stMultiSelect input),
      .stMainBlockContainer:has(.path-list):has(.st-key-path_own button),
      .stMainBlockContainer:has(.room-stage, .presenter-clock),
      .stMainBlockContainer:has(.plan-links):has(.st-key-plan_own .st-key-plan_add button),
      .stMainBlockContainer:has(.path-columns, .path-begin, .path-end) {
        visibility: visible; animation: none !important }
      @keyframes appear { to { visibility: visible } }
      @keyframes appear-at-last { to { visibility: visible } }"""
"""The page is shown once it is whole, so that nothing jumps, however slow a browser builds it.

Where none of its signs comes it is shown five seconds after all has arrived that was sent, and
after half a minute in any case. What is projected is shown by the projector's own style, without
which it would stand elsewhere.
"""


def _head() -> str:
    light, dark = (colours(theme)["backgroundColor"] for theme in ("light", "dark"))
    return f"""<title>{PRODUCT}</title>
    <meta name="description" content="{DESCRIPTION}" />
    <meta name="color-scheme" content="light dark" />
    <style>
      html {{ background: {light} }}
      @media (prefers-color-scheme: dark) {{ html {{ background: {dark} }} }}
      {APPEAR_WHOLE}
    </style>"""


WHERE_THE_SERVER_IS = """window.__streamlit.BACKEND_BASE_URL = new URL(".", location.href).href
      window.__streamlit.HOST_CONFIG = {
        allowedOrigins: [location.origin], useExternalAuthToken: false,
        enableCustomParentMessages: false
      }"""
"""Pages lie side by side, so the server is where they are; Streamlit would try each folder, and
ask for settings before it connects. No other site may send messages to the page."""


def _first_script() -> str:
    # Streamlit would paint its own colours until the server has told it ours.
    ours = {"LIGHT_THEME": colours("light"), "DARK_THEME": colours("dark")}
    themes = json.dumps(ours).replace("<", r"\u003c")
    return f"""window.prerenderReady = false
      window.__streamlit = {themes}
      {WHERE_THE_SERVER_IS}"""


def font_preloads() -> list[str]:
    """Return link elements for the fonts that every page is set in, those that are there."""
    return [
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{_asset_url(path)}">'
        for pattern in FONTS
        for path in sorted(ASSETS.glob(pattern))
    ]


def map_preloads() -> list[str]:
    """Return the link element for the map's script, if it is there."""
    scripts = sorted(ASSETS.glob(MAP_SCRIPT))
    return [f'<link rel="preload" as="script" href="{_asset_url(path)}">' for path in scripts]


def place_script() -> str:
    """Return the script element of what brings a reader back to where a page was scrolled to.

    It stands in the first page and not in a part of it: the page's parts come and go, while the
    browser's history goes on.
    """
    version = hashlib.sha256(PLACE_SCRIPT.read_bytes()).hexdigest()[:12]
    return f'<script defer src="{_asset_url(PLACE_SCRIPT)}?v={version}"></script>'


def page_preloads(parts: Sequence[str] = PARTS) -> list[str]:
    """Return link elements for the script files of Streamlit's `parts` and what they import.

    Names that this Streamlit does not know are left out.
    """
    return [f'<link rel="modulepreload" crossorigin href="./{f}">' for f in part_files(parts)]


def part_files(parts: Sequence[str]) -> list[str]:
    """Return the script files of Streamlit's `parts` with all they import, each once.

    Files that the first page asks for by itself are left out.
    """
    try:
        manifest = json.loads((STREAMLIT_FILES / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    asked = _with_imports(manifest, [k for k, v in manifest.items() if v.get("isEntry")])
    keys = [k for part in parts for k, v in manifest.items() if v.get("name") == part]
    return [manifest[key]["file"] for key in _with_imports(manifest, keys) if key not in asked]


def _with_imports(manifest: dict[str, dict[str, list[str]]], keys: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = None
            waiting += manifest[key].get("imports", [])
    return list(found)


def _asset_url(path: Path) -> str:
    return f"/assets/{path.relative_to(ASSETS).as_posix()}"


class KeptText:
    """A route's answer: a text that stays the same, compressed once, confirmed by its ETag."""

    def __init__(self, text: str, media_type: str = "text/html", version: str = "") -> None:
        """Take the text; who asks for it by its ``version``, as ``v=``, may keep it for good."""
        self._plain = text.encode()
        self._media_type = media_type
        self._version = version
        self._small = gzip.compress(self._plain, mtime=0)
        self._etag = f'W/"{hashlib.sha256(self._plain).hexdigest()[:20]}"'

    async def answer(self, request: Request) -> Response:
        """Answer with the text, or with 304 where the browser holds it already."""
        lasts = self._version and request.query_params.get("v") == self._version
        kept = _FOR_EVER if lasts else "no-cache"
        headers = {"Cache-Control": kept, "ETag": self._etag, "Vary": "Accept-Encoding"}
        if _is_held(self._etag, request.headers.getlist("if-none-match")):
            return Response(status_code=304, headers=headers)
        if not accepts_gzip(request.headers):
            return Response(self._plain, media_type=self._media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(self._small, media_type=self._media_type, headers=headers)


def _is_held(etag: str, asked: Iterable[str]) -> bool:
    """Say whether a browser holds what has this ETag, from the lines of its If-None-Match.

    Each is a list of tags, weak or not, or ``*`` for whatever there is.
    """
    held = {tag.strip().removeprefix("W/") for line in asked for tag in line.split(",")}
    return not held.isdisjoint({"*", etag.removeprefix("W/")})


class CompressedFiles(StaticFiles):
    """A folder of files whose scripts and styles are compressed once and kept in memory."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._small: dict[tuple[Path, int, int], bytes] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, compressed where it helps and the browser takes it."""
        plain = await super().get_response(path, scope)
        plain.headers["Cache-Control"] = _FOR_EVER if is_versioned(scope) else "no-cache"
        if Path(path).suffix not in _COMPRESSIBLE:
            return plain
        plain.headers["Vary"] = "Accept-Encoding"
        if not isinstance(plain, FileResponse) or not accepts_gzip(Headers(scope=scope)):
            return plain
        return await self._compressed(plain)

    async def _compressed(self, plain: FileResponse) -> Response:
        path = Path(plain.path)
        body = self._small.get(_state(path, plain.stat_result))
        if body is None:
            body = await asyncio.to_thread(self.compress, path)
        headers = MutableHeaders(raw=plain.raw_headers)
        del headers["content-length"]
        del headers["accept-ranges"]
        headers["ETag"] = f"W/{plain.headers['etag']}"
        headers["Content-Encoding"] = "gzip"
        return Response(body, headers=dict(headers))

    def compress(self, path: Path) -> bytes:
        """Return a file's compressed bytes, compressed anew only where the file has changed."""
        state = _state(path, path.stat())
        if state not in self._small:
            self._small[state] = gzip.compress(path.read_bytes(), mtime=0)
        return self._small[state]


def _state(path: Path, known: os.stat_result | None) -> tuple[Path, int, int]:
    return (path, known.st_mtime_ns, known.st_size) if known else (path, 0, 0)


def is_versioned(scope: Scope) -> bool:
    """Say whether an address carries a version or a hash, so that its answer never changes.

    It stands in the name (`plot-4.1.1.min.js`, `index.DormvYxC.js`) or in a query `v=...`.
    """
    asked = parse_qs(scope["query_string"])
    return b"v" in asked or bool(_VERSION.search(scope["path"]))


def accepts_gzip(headers: Headers) -> bool:
    """Say whether the request's headers allow a gzip answer; `gzip;q=0` refuses it."""
    for coding in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() == "gzip":
            return not _REFUSED.fullmatch(weight)
    return False


class GzipIfAccepted:
    """Middleware that hides a refused gzip, since Streamlit's own looks for the word alone.

    Streamlit's also says once more on what an answer depends; here it is said once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand everything on; without Accept-Encoding where that does not allow gzip."""
        if scope["type"] == "http" and not accepts_gzip(Headers(scope=scope)):
            kept = [(name, v) for name, v in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}

        async def send_once(message: Message) -> None:
            if message["type"] == "http.response.start":
                _say_once(MutableHeaders(scope=message), "vary")
            await send(message)

        await self._app(scope, receive, send_once)


def _say_once(headers: MutableHeaders, name: str) -> None:
    """Put the values of a header that is a list into one line, each once."""
    said = [value.strip() for line in headers.getlist(name) for value in line.split(",")]
    if said:
        headers[name] = ", ".join(dict.fromkeys(said))


class StreamlitFilesCompressed:
    """Middleware that answers for Streamlit's scripts and styles from compressed copies.

    Streamlit leaves them uncompressed since its middleware would do the work anew each time.
    """

    def __init__(self, app: ASGIApp, files: CompressedFiles) -> None:
        self._app = app
        self._mount = Mount("/static", files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a script or style under `/static/`, hand on everything else."""
        path = scope.get("path", "")
        if scope["type"] == "http" and re.fullmatch(r"/static/(js|css)/[^/]+\.(js|css)", path):
            try:
                await self._mount.handle({**scope, **self._mount.matches(scope)[1]}, receive, send)
            except HTTPException:
                await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def security_headers(page: str) -> dict[str, str]:
    """Return the headers of every answer; `page` is the first page, for its inline scripts.

    Scripts may come from this server, from inline scripts known by their hash, and from blob
    addresses: that is how Streamlit starts the script of a component. Streamlit's protobuf
    library compiles WebAssembly. Scripts that are let in may evaluate text: Streamlit's charts do,
    and so does a browser that is driven by tests. Styles may be inline, since Streamlit makes its
    own.
    """
    hashes = map(_hash_source, _INLINE_SCRIPT.findall(page))
    scripts = " ".join(["'self'", "blob:", "'unsafe-eval'", *hashes])
    policy = {
        "default-src": "'self'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {of}" for name, of in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _hash_source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


async def server_error(_request: Request, _error: Exception) -> Response:
    """Answer in one sentence where a route of ours fails; Streamlit logs the error itself."""
    text = "Something went wrong on the server; reload to go on."
    return PlainTextResponse(text, 500, headers=security_headers(dressed_page()))


class SecurityHeaders:
    """Middleware that adds headers to every answer; a stricter one of a route's own stays."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


_STREAMLITS = CompressedFiles(STREAMLIT_FILES / "static")
_OURS = CompressedFiles(ASSETS)


def dressed_page(*, with_map: bool = False) -> str:
    """Return the first page as it is served, `with_map` as the map's page needs it."""
    installed = (STREAMLIT_FILES / "index.html").read_text(encoding="utf-8")
    preloads = [*font_preloads(), *page_preloads(), *(map_preloads() if with_map else [])]
    return first_page(installed, [place_script(), *preloads])


def routes() -> list[BaseRoute]:
    """Return the routes of the first page, under every page's name, its style and our assets."""
    other = KeptText(dressed_page())
    return [
        Mount("/assets", _OURS),
        Route("/page.css", KeptText(page_sheet(), "text/css", _sheet_version()).answer),
        Route("/", KeptText(dressed_page(with_map=True)).answer),
        *(Route(f"/{name}", other.answer) for name in PAGES),
    ]


def middleware(bound: str) -> list[Middleware]:
    """Return what wraps every answer: headers, no foreign names and sessions, files compressed.

    ``bound`` is the address that the server listens at; further names under which it answers
    are those of the variable DASHBOARD_HOSTS.
    """
    names = hosts_named(os.environ.get(HOSTS_VARIABLE, ""))
    return [
        Middleware(SecurityHeaders, headers=security_headers(dressed_page())),
        Middleware(AllowedHosts, bound=bound, names=names),
        Middleware(SameOriginOnly),
        Middleware(GzipIfAccepted),
        Middleware(StreamlitFilesCompressed, files=_STREAMLITS),
    ]


def compress_ahead() -> None:
    """Compress the scripts and styles that the first page names, before a browser asks."""
    named = re.findall(r'"\.?/(static|assets)/([^"]+\.(?:js|css))"', dressed_page(with_map=True))
    for mount, name in named:
        if mount == "static":
            _STREAMLITS.compress(STREAMLIT_FILES / "static" / name)
        else:
            _OURS.compress(ASSETS / name)
