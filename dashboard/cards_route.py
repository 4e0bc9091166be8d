"""The route that hands the browser all cards of a small debate at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

KEPT = "private, max-age=86400, immutable"


def cards_route() -> Route:
    """Return the route of the cards; 404 for an edition that is no longer open."""
    return Route("/cards/{edition}.json", _cards)


def _cards(request: Request) -> Response:
    # Imported here, so that the server answers before the pages are loaded.
    from dashboard.open_debate import open_debate  # noqa: PLC0415
    from dashboard.reading_pane import cards, cards_address  # noqa: PLC0415

    opened = open_debate()
    if not cards_address(opened) or request.path_params["edition"] != opened.edition:
        return PlainTextResponse("There is no such edition.", status_code=404)
    return Response(cards(opened), media_type="application/json", headers={"Cache-Control": KEPT})
