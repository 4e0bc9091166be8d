"""What may be sent to the server: few files at a time, none large, and not many kept."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit import runtime

from dashboard.debate.text_source import MEGABYTE
from dashboard.debate.zip_source import PACKED_MEGABYTES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE = 2
"""So many files are received at the same time; the others wait."""
SECONDS = 60
"""A file that takes longer to arrive is given up."""
KEPT_OF_ONE = 4 * PACKED_MEGABYTES * MEGABYTE
KEPT_OF_ALL = 12 * PACKED_MEGABYTES * MEGABYTE
"""So many bytes are kept of what was sent and not yet opened, of one session and of all."""
_PATH = re.compile(r"/_stcore/upload_file/(?P<session>[\w-]{1,64})/(?P<file>[\w-]{1,64})")
_FRAME = 64 * 1024
"""What a browser writes around a file that it sends."""


class UploadsBounded:
    """Middleware before Streamlit's own door for files, which asks only how large each one is.

    Streamlit checks that the session exists and that its own page is asking (XSRF).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too much, hand on everything else."""
        sent = scope["type"] == "http" and scope["method"] == "PUT"
        if not sent or not scope["path"].startswith("/_stcore/upload_file"):
            await self._app(scope, receive, send)
            return
        fault = _fault(scope)
        if fault:
            await PlainTextResponse(fault[1], fault[0])(scope, receive, send)
            return
        try:
            async with asyncio.timeout(SECONDS), self._turn:
                await self._app(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse("The file took too long to arrive.", 408)(scope, receive, send)


def _fault(scope: Scope) -> tuple[int, str] | None:
    path = _PATH.fullmatch(scope["path"])
    if not path:
        return 404, "There is nothing at this address."
    said = Headers(scope=scope).get("content-length", "")
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        return 411, "The length of the file must be said."
    length = int(said)
    if length > PACKED_MEGABYTES * MEGABYTE + _FRAME:
        return 413, f"A file may have {PACKED_MEGABYTES} MB."
    of_one, of_all = _kept(path["session"])
    if of_one + length > KEPT_OF_ONE or of_all + length > KEPT_OF_ALL:
        return 503, "Too many files were sent that are not yet opened; try again in a while."
    return None


def _kept(session: str) -> tuple[int, int]:
    """Return how many bytes Streamlit keeps of what one session sent, and of what all sent."""
    if not runtime.exists():
        return 0, 0
    kept = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    sizes = {
        name: sum(len(file.data) for file in list(files.values()))
        for name, files in list(kept.items())
    }
    return sizes.get(session, 0), sum(sizes.values())
