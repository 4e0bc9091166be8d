"""Routes that answer a step ahead of the session: the HTML of a comparison or of a path's step.

A round trip to a session costs several times what the HTML itself takes. The browser fetches it
here, shows it, and then lets the session follow, which has the last word.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.web.asked_query import asked_query

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate
    from dashboard.view import View


def ahead_routes() -> list[Route]:
    """Return the routes, one for each page that can be answered ahead.

    They take the query of the page's own links. The answer is plain text, so that no browser
    takes it for a page; it is empty where the session alone can answer.
    """
    return [_route("compare", _comparison), _route("paths", _path)]


def _route(page: str, made: Callable[[OpenDebate, View], str]) -> Route:
    async def answer(request: Request) -> Response:
        query = asked_query(request)
        html = await asyncio.to_thread(_answer, page, query, made)
        return PlainTextResponse(html, headers={"Cache-Control": "no-store"})

    return Route(f"/ahead/{page}", answer)


# What follows is done in threads. It is imported there, so that the server answers before the
# pages are loaded.


def _answer(page: str, query: dict[str, list[str]], made: Callable[[OpenDebate, View], str]) -> str:
    from dashboard.open_debate import debate_of_file  # noqa: PLC0415
    from dashboard.view import from_query  # noqa: PLC0415

    opened = debate_of_file(query)
    if opened is None:
        return ""
    view, notes = from_query(query, opened.known, page)
    return "" if notes else made(opened, view)


def _comparison(opened: OpenDebate, view: View) -> str:
    from dashboard.reader.compare_page import comparison_of  # noqa: PLC0415

    return comparison_of(opened, view)


def _path(opened: OpenDebate, view: View) -> str:
    from dashboard.reader.path_taken import path_taken  # noqa: PLC0415
    from dashboard.reader.paths_page import path_html  # noqa: PLC0415

    taken = path_taken(opened, view)
    return path_html(taken) if taken else ""
