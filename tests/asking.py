"""What routes answer and pages show, asked for without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from streamlit.testing.v1 import AppTest

from tests.apart import apart

ENTRY = Path(__file__).resolve().parents[1] / "dashboard" / "app.py"


def answer(
    routes: Sequence[BaseRoute],
    path: str,
    query: str = "",
    *,
    method: str = "GET",
    host: str = "localhost:8501",
) -> tuple[int, dict[str, str], bytes]:
    """Give status, headers and body of what routes answer."""
    app = Starlette(routes=routes)

    async def ask():
        said = []

        async def receive():
            return {"type": "http.request"}

        async def send(message):
            said.append(message)

        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
        scope |= {"headers": [(b"host", host.encode())], "scheme": "http"}
        await app(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
        return said[0]["status"], headers, said[1]["body"]

    return apart(lambda: asyncio.run(ask()))


def page_at(page: str, **asked: str | list[str]) -> AppTest:
    """Open a page of the app, named by its script, at a link."""
    app = AppTest.from_file(str(ENTRY), default_timeout=20).run()
    app.switch_page(f"app_pages/{page}.py")
    for key, value in asked.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app
