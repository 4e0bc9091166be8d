"""Routes for what the browser holds: the answers of an edition, and the plans of large maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from dashboard.open_debate import OpenDebate

KEPT = "private, max-age=86400, immutable"


def answers_routes() -> list[Route]:
    """Return the routes; each answers 404 for an edition that is no longer open."""
    return [
        Route("/answers/{edition}.json", _answers),
        Route("/plans/{edition}/{arrange}/{basis}/{page}/{theme}.json", _plan),
    ]


def _answers(request: Request) -> Response:
    # Imported here, so that the server answers before the pages are loaded.
    from dashboard.reader.answers import answers  # noqa: PLC0415

    opened = _opened(request)
    return _json(answers(opened)) if opened else _none()


def _plan(request: Request) -> Response:
    from dashboard.reader.map_view import plan_asked  # noqa: PLC0415

    opened = _opened(request)
    parts = {name: part for name, part in request.path_params.items() if name != "edition"}
    drawn = plan_asked(opened, **parts) if opened else None
    return _json(drawn.drawing.plan.encode()) if drawn else _none()


def _opened(request: Request) -> OpenDebate | None:
    from dashboard.open_debate import debate_of_edition  # noqa: PLC0415

    return debate_of_edition(request.path_params["edition"])


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json", headers={"Cache-Control": KEPT})


def _none() -> Response:
    return PlainTextResponse("There is no such edition.", status_code=404)
