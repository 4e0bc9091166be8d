"""The server: Streamlit's own ASGI application with our warm-up, pages and error sentence."""

from __future__ import annotations

import asyncio
import gc
import threading
import tomllib
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import web_page

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

SCRIPT = Path(__file__).with_name("app.py")
CONFIGURATION_FILE = Path(__file__).parent.parent / ".streamlit" / "config.toml"
SOMETHING_WENT_WRONG = (
    "Something went wrong on this page. The debate itself is unharmed; reload to go on."
)


def serve(host: str, port: int) -> None:
    """Serve the app at `host` and `port` until stopped.

    The caller has made sure that the port is free and the debate is sound, and has said what
    happens on Ctrl-C. Raises `SystemExit` when the server cannot start.
    """
    build_app().run(config=configuration(host, port))


def build_app() -> st.App:
    """Return the application, not yet started."""
    return st.App(
        SCRIPT,
        lifespan=_warm_up_first,
        routes=web_page.routes(),
        middleware=web_page.middleware(),
        on_script_error=show_script_error,
    )


def configuration(host: str, port: int) -> dict[str, object]:
    """Return Streamlit's options by dotted name, as `App.run` takes them.

    The file in `.streamlit` decides, and the command line for host and port. Streamlit does not
    read its environment variables when started this way, so neither do we.
    """
    options = tomllib.loads(CONFIGURATION_FILE.read_text(encoding="utf-8"))
    return {**flattened(options), "server.address": host, "server.port": port}


def flattened(tables: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Return nested tables as one, its names joined by dots; lists stay whole."""
    flat: dict[str, object] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def show_script_error(_error: Exception) -> bool:
    """Show one calm sentence in place of the error, which Streamlit has already logged."""
    st.error(SOMETHING_WENT_WRONG)
    return True


@asynccontextmanager
async def _warm_up_first(_app: st.App) -> AsyncGenerator[None]:
    await asyncio.to_thread(_warm_up)
    threading.Thread(target=web_page.compress_ahead, daemon=True).start()
    yield


def _warm_up() -> None:
    # Imported here, where Streamlit's runtime and with it the real caches exist.
    from dashboard.open_debate import warm_up  # noqa: PLC0415

    warm_up()
    gc.collect()
    gc.freeze()
