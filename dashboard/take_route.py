"""Routes for what is taken away: the data, the handout of a view, and its map as a picture."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate
    from dashboard.view import Query

MADE_AT_ONCE = 2
"""So many files are made at the same time; who asks for another one waits."""
NAME = "vehicle-or-cure"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
_HOST = re.compile(r"([\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(:\d{1,5})?", re.ASCII)


def take_routes() -> list[Route]:
    """Return the routes; what a query asks for in vain is ignored, as on the page."""
    turn = asyncio.Semaphore(MADE_AT_ONCE)

    def route(path: str, make: Callable[[Query, str], str | bytes], kind: str, name: str) -> Route:
        async def answer(request: Request) -> Response:
            query = {key: request.query_params.getlist(key) for key in request.query_params}
            async with turn:
                made = await asyncio.to_thread(make, query, _address(request))
            return Response(made, media_type=kind, headers=_headers(name))

        return Route(path, answer)

    return [
        route("/take/data.zip", _data, "application/zip", f"{NAME}-data.zip"),
        route("/take/handout.html", _handout, "text/html", f"{NAME}-handout.html"),
        route("/take/plan.html", _plan, "text/html", f"{NAME}-seminar.html"),
        route("/take/map.svg", _map, "image/svg+xml", f"{NAME}-map.svg"),
    ]


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-cache",
    }


def _address(request: Request) -> str:
    """Return where the debate is served, as the browser asked for it, or a plain slash."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}/" if _HOST.fullmatch(host) else "/"


# What follows is done in threads of its own. It is imported there, so that the server answers
# before the pages are loaded.


def _data(_query: Query, _address: str) -> bytes:
    from dashboard.take_away import data_of  # noqa: PLC0415

    return data_of(_opened())


def _handout(query: Query, address: str) -> str:
    from dashboard.handout import asked_view, handout  # noqa: PLC0415

    opened = _opened()
    return handout(opened, asked_view(query, opened), address)


def _plan(query: Query, _address: str) -> str:
    from dashboard.plan_handout import plan_handout_asked  # noqa: PLC0415

    return plan_handout_asked(_opened(), query)


def _map(query: Query, _address: str) -> str:
    from dashboard.map_picture import seen_picture  # noqa: PLC0415
    from dashboard.seen import seen  # noqa: PLC0415
    from dashboard.view import from_query  # noqa: PLC0415

    opened = _opened()
    view, _ = from_query(query, opened.known)
    dark = query.get("theme", [""])[-1] == "dark"
    return seen_picture(
        seen(opened, view), "dark" if dark else "light", with_fonts=bool(query.get("fonts"))
    )


def _opened() -> OpenDebate:
    from dashboard.open_debate import open_debate  # noqa: PLC0415

    return open_debate()
