"""Routes for reference managers: works as BibTeX, RIS or CSL-JSON, one, the chosen or all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.reader.reference_files import FORMS, MOST_NAMED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def references_routes() -> list[Route]:
    """Return the routes ``/references.bib``, ``.ris`` and ``.json``.

    ``work=`` names a work and may be repeated; without it all are given. 404 where no work that
    is named exists, or the debate that is named is none that is open.
    """
    return [Route(f"/references.{form}", _answer) for form in FORMS]


async def _answer(request: Request) -> Response:
    form = request.url.path.rsplit(".", 1)[1]
    named = request.query_params.getlist("work")[:MOST_NAMED]
    asked = {key: request.query_params.getlist(key) for key in ("debate", "edition")}
    file = await asyncio.to_thread(_file, form, named, asked)
    if not file:
        return PlainTextResponse("There is no such work.", status_code=404)
    headers = {
        "Content-Disposition": f'attachment; filename="references.{form}"',
        "Cache-Control": "no-cache",
    }
    return Response(file, media_type=f"{FORMS[form]}; charset=utf-8", headers=headers)


def _file(form: str, named: Sequence[str], asked: Mapping[str, Sequence[str]]) -> str:
    # Imported here, so that the server answers before the pages are loaded.
    from dashboard.debate.reference_exports import bibtex, csl_json, ris  # noqa: PLC0415
    from dashboard.open_debate import debate_of_file  # noqa: PLC0415

    opened = debate_of_file(asked)
    works = opened.debate.works if opened else ()
    works = tuple(work for work in works if not named or work.id in named)
    made = {"bib": bibtex, "ris": ris, "json": csl_json}
    return made[form](works) if works else ""
