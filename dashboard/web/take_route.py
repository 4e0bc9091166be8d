"""Routes for what is taken away: the data, the handout of a view, and its map as a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.server_address import server_address
from dashboard.web.asked_query import asked_query

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate
    from dashboard.view import Query

    Maker = Callable[[OpenDebate, Query, str], str | bytes]

MADE_AT_ONCE = 2
"""So many files are made at the same time; who asks for another one waits."""
NO_SUCH_DEBATE = "There is no such debate, or it is no longer open."
NAME = "vehicle-or-cure"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"


def take_routes() -> list[Route]:
    """Return the routes; what a query asks for in vain is ignored, as on the page.

    404 where the debate it names is none that is open.
    """
    turn = asyncio.Semaphore(MADE_AT_ONCE)

    def route(path: str, make: Maker, kind: str, name: str) -> Route:
        async def answer(request: Request) -> Response:
            query = asked_query(request)
            async with turn:
                made = await asyncio.to_thread(_made, make, query, _address(request))
            if made is None:
                return PlainTextResponse(NO_SUCH_DEBATE, status_code=404)
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
    return server_address(request.url.scheme, request.headers.get("host", ""))


# What follows is done in threads of its own. It is imported there, so that the server answers
# before the pages are loaded.


def _made(make: Maker, query: Query, address: str) -> str | bytes | None:
    from dashboard.open_debate import debate_of_file  # noqa: PLC0415

    opened = debate_of_file(query)
    return make(opened, query, address) if opened else None


def _data(opened: OpenDebate, _query: Query, _address: str) -> bytes:
    from dashboard.reader.take_away import data_of  # noqa: PLC0415

    return data_of(opened)


def _handout(opened: OpenDebate, query: Query, address: str) -> str:
    from dashboard.reader.handout import asked_view, handout  # noqa: PLC0415

    return handout(opened, asked_view(query, opened), address)


def _plan(opened: OpenDebate, query: Query, _address: str) -> str:
    from dashboard.seminar.plan_handout import plan_handout_asked  # noqa: PLC0415

    return plan_handout_asked(opened, query)


def _map(opened: OpenDebate, query: Query, _address: str) -> str:
    from dashboard.reader.map_picture import seen_picture  # noqa: PLC0415
    from dashboard.seen import seen  # noqa: PLC0415
    from dashboard.view import from_query  # noqa: PLC0415

    view, _ = from_query(query, opened.known)
    dark = query.get("theme", [""])[-1] == "dark"
    return seen_picture(
        seen(opened, view), "dark" if dark else "light", with_fonts=bool(query.get("fonts"))
    )
