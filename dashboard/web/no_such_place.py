"""What a browser is sent for an address at which there is nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route

from dashboard.web.configuration import colours
from dashboard.web.web_page import PRODUCT, STREAMLIT_FILES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

_PAGE_AND_SLASH = re.compile(r"/[^/.]+/")


class NoSuchPlace(Route):
    """The last of our routes: a clear 404 for what Streamlit would answer with its first page.

    It does so for every path that is neither one of its routes nor one of its files.
    """

    def __init__(self) -> None:
        super().__init__("/{path:path}", _answer)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match a request that no other route, ours or Streamlit's, and no file answers."""
        path = scope.get("path", "")
        # From a page's name with a slash behind it Streamlit leads on to the page.
        if path in _files() or _PAGE_AND_SLASH.fullmatch(path) or self._is_anothers(scope):
            return Match.NONE, {}
        return super().matches(scope)

    def _is_anothers(self, scope: Scope) -> bool:
        others = (one for one in scope["app"].routes if isinstance(one, Route) and one is not self)
        return any(other.matches(scope)[0] is Match.FULL for other in others)


@cache
def _files() -> frozenset[str]:
    files = (path.relative_to(STREAMLIT_FILES) for path in STREAMLIT_FILES.rglob("*.*"))
    return frozenset(f"/{file.as_posix()}" for file in files) - {"/index.html"}


def _answer(_request: Request) -> Response:
    return HTMLResponse(page(), 404, headers={"Cache-Control": "no-cache"})


def page() -> str:
    """Return the page that says in a sentence that there is nothing, and leads home."""
    light, dark = (
        f"background: {named['backgroundColor']}; color: {named['textColor']}"
        for named in map(colours, ("light", "dark"))
    )
    return f"""<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Nothing here – {PRODUCT}</title>
    <style>
      body {{ max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.5 serif;
        {light} }}
      a {{ color: inherit }}
      @media (prefers-color-scheme: dark) {{ body {{ {dark} }} }}
    </style>
  </head>
  <body>
    <main>
      <h1>{PRODUCT}</h1>
      <p>There is nothing at this address. <a href="/">Go to the map.</a></p>
    </main>
  </body>
</html>
"""
