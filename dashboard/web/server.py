"""The server: Streamlit's own ASGI application with our warm-up, pages and error sentence."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

from components.page_style import sheet_is_in_first_page
from dashboard.memory import keep_together
from dashboard.uploads import UploadsBounded
from dashboard.web import web_page
from dashboard.web.ahead_route import ahead_routes
from dashboard.web.answers_route import answers_routes
from dashboard.web.at_once import answer_at_once
from dashboard.web.configuration import configuration, look_up_once
from dashboard.web.no_such_place import NoSuchPlace
from dashboard.web.references_route import references_routes
from dashboard.web.refusal import SERVERS_LOG, is_no_refusal
from dashboard.web.rooms_route import rooms_routes, sweep_hourly
from dashboard.web.take_route import take_routes
from dashboard.web.trusted_proxies import trust_this_machine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from typing import NoReturn

    from starlette.types import ASGIApp, Receive, Scope, Send

SCRIPT = Path(__file__).parents[1] / "app.py"
SOMETHING_WENT_WRONG = (
    "Something went wrong on this page. The debate itself is unharmed; reload to go on."
)


class Opening:
    """The debate while it is being opened: readers wait until it is `done`, or has an `error`.

    `when_begun` is called once the server has begun, `when_open` once the debate is open.
    """

    def __init__(self, when_begun: Callable[[], None], when_open: Callable[[], None]) -> None:
        self.when_begun = when_begun
        self.when_open = when_open
        self.done = asyncio.Event()
        self.error: Exception | None = None


def serve(
    host: str, port: int, when_begun: Callable[[], None], when_open: Callable[[], None]
) -> NoReturn:
    """Serve the app at `host` and `port` until stopped; call `when_open` once readers may come.

    The caller has made sure that the port is free, and that SIGTERM raises `SystemExit` from
    `when_begun` on. Raises `DebateError` where the debate does not pass the check, else
    `SystemExit`.
    """
    keep_together()
    answer_at_once()
    trust_this_machine()
    logging.getLogger(SERVERS_LOG).addFilter(is_no_refusal)
    opening = Opening(when_begun, when_open)
    try:
        build_app(opening, host).run(config=configuration(host, port))
        sys.exit(0)
    except SystemExit:
        if opening.error:
            raise opening.error from None
        raise


def build_app(opening: Opening, bound: str) -> st.App:
    """Return the application, not yet started; ``bound`` is the address it is to listen at."""
    return st.App(
        SCRIPT,
        lifespan=lambda _app: _opened_meanwhile(opening),
        routes=[
            *answers_routes(),
            *ahead_routes(),
            *references_routes(),
            *take_routes(),
            *rooms_routes(),
            *web_page.routes(),
            NoSuchPlace(),
        ],
        middleware=[
            *web_page.middleware(bound),
            Middleware(UploadsBounded),
            Middleware(ReadersWait, opening=opening),
        ],
        on_script_error=show_script_error,
        exception_handlers={Exception: web_page.server_error},
    )


def show_script_error(_error: Exception) -> bool:
    """Show one calm sentence in place of the error, which Streamlit has already logged."""
    st.error(SOMETHING_WENT_WRONG)
    return True


class ReadersWait:
    """Middleware that lets a reader's session begin once the debate is open.

    Health, the first page and its files do not wait: a browser fetches them meanwhile.
    """

    def __init__(self, app: ASGIApp, opening: Opening) -> None:
        self._app = app
        self._opening = opening

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand everything on, a session's connection later than the rest."""
        if scope["type"] == "websocket":
            await self._opening.done.wait()
        await self._app(scope, receive, send)


@asynccontextmanager
async def _opened_meanwhile(opening: Opening) -> AsyncGenerator[None]:
    opening.when_begun()
    look_up_once()
    sheet_is_in_first_page(is_there=web_page.sheet_link() in web_page.dressed_page())
    threading.Thread(target=web_page.compress_ahead, daemon=True).start()
    task = asyncio.create_task(_open(opening))
    sweeping = asyncio.create_task(sweep_hourly())
    yield
    sweeping.cancel()
    # Who stops the server while a large debate opens does not wait for it.
    task.cancel()


async def _open(opening: Opening) -> None:
    try:
        await _in_background(_warm_up)
        opening.when_open()
    except Exception as error:
        opening.error = error
        signal.raise_signal(signal.SIGTERM)
    finally:
        opening.done.set()


async def _in_background(work: Callable[[], None]) -> None:
    """Wait for work in a thread that keeps no process alive, unlike those of a pool."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)
        with suppress(RuntimeError):
            # The loop may be closed by then.
            loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, daemon=True).start()
    await done.wait()
    if raised:
        raise raised[0]


def _warm_up() -> None:
    # What it imports takes longer than all of Streamlit, and needs Streamlit's caches to exist.
    from dashboard.web.warm_up import warm_up  # noqa: PLC0415

    warm_up()
