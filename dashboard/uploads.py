"""What may be sent to the server: few files at a time, none large, and not many kept."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit import runtime

from dashboard.debate.text_source import MEGABYTE
from dashboard.debate.zip_source import PACKED_MEGABYTES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

AT_ONCE = 4
"""So many files are received at the same time, each of another session; the others wait."""
WAITING_OF_ONE = 32
WAITING_OF_ALL = 128
"""So many files may wait or arrive at the same time, of one session and of all."""
WAITS = 120
"""So many seconds a file waits for its turn."""
SECONDS = 60
"""A file that takes longer to arrive, once its turn has come, is given up."""
STILL = 5
"""So is one of which nothing came for so many seconds."""
KEPT_OF_ONE = 4 * PACKED_MEGABYTES * MEGABYTE
KEPT_OF_ALL = 12 * PACKED_MEGABYTES * MEGABYTE
"""So many bytes are kept of what is announced or was sent and not yet opened, of one session and
of all."""
_PATH = re.compile(r"/_stcore/upload_file/(?P<session>[\w-]{1,64})/(?P<file>[\w-]{1,64})")
_FRAME = 64 * 1024
"""What a browser writes around a file that it sends."""
_TOO_MANY = "Too many files were sent that are not yet opened; try again in a while."
_TOO_LONG = "The file took too long to arrive."


class _Refused(Exception):  # noqa: N818
    """A file that is not received: the status and the sentence that say so."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class _File(NamedTuple):
    """A file that is announced: whose it is, and how many bytes it will have."""

    session: str
    length: int


class UploadsBounded:
    """Middleware before Streamlit's own door for files, which asks only how large each one is.

    Streamlit checks that its own page is asking (XSRF).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._turns: dict[str, asyncio.Lock] = {}
        self._announced: Counter[str] = Counter()
        self._here: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too much, hand on everything else."""
        sent = scope["type"] == "http" and scope["method"] == "PUT"
        if not sent or not scope["path"].startswith("/_stcore/upload_file"):
            await self._app(scope, receive, send)
            return
        try:
            file = _announced(scope)
            with self._room_for(file):
                await self._received(file, scope, receive, send)
        except _Refused as refused:
            await PlainTextResponse(refused.text, refused.status)(scope, receive, send)

    @contextmanager
    def _room_for(self, file: _File) -> Iterator[None]:
        """Hold room for a file from its announcement on, before anything of it is read."""
        session, length = file
        if self._here[session] >= WAITING_OF_ONE or self._here.total() >= WAITING_OF_ALL:
            raise _Refused(503, "Too many files are being sent; try again in a while.")
        of_one, of_all = _kept(session)
        of_one += self._announced[session]
        of_all += self._announced.total()
        if of_one + length > KEPT_OF_ONE or of_all + length > KEPT_OF_ALL:
            raise _Refused(503, _TOO_MANY)
        self._here[session] += 1
        self._announced[session] += length
        try:
            yield
        finally:
            self._here[session] -= 1
            self._announced[session] -= length
            if not self._here[session]:
                del self._here[session], self._announced[session]
                self._turns.pop(session, None)

    async def _received(self, file: _File, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._turn_of(file.session):
            try:
                async with asyncio.timeout(STILL) as limit:
                    await self._app(scope, _watched(receive, limit), send)
            except TimeoutError:
                raise _Refused(408, _TOO_LONG) from None

    @asynccontextmanager
    async def _turn_of(self, session: str) -> AsyncIterator[None]:
        """Wait until no other file of a session is received, and few of others."""
        own = self._turns.setdefault(session, asyncio.Lock())
        try:
            async with asyncio.timeout(WAITS):
                await own.acquire()
                try:
                    await self._turn.acquire()
                except BaseException:
                    own.release()
                    raise
        except TimeoutError:
            raise _Refused(503, _TOO_MANY) from None
        try:
            yield
        finally:
            self._turn.release()
            own.release()


def _watched(receive: Receive, limit: asyncio.Timeout) -> Receive:
    """Give what receives a file, and moves the limit on with all that comes, to the last at most.

    Its time begins here.
    """
    now = asyncio.get_running_loop().time
    last = now() + SECONDS

    async def watched() -> Message:
        message = await receive()
        if not message.get("more_body"):
            limit.reschedule(last)
        elif message.get("body"):
            limit.reschedule(min(last, now() + STILL))
        return message

    return watched


def _announced(scope: Scope) -> _File:
    """Return what a request announces; raise where that cannot be received."""
    path = _PATH.fullmatch(scope["path"])
    if not path:
        raise _Refused(404, "There is nothing at this address.")
    if not _is_active(path["session"]):
        raise _Refused(400, "The page that sends this is no longer connected; load it anew.")
    said = Headers(scope=scope).get("content-length", "")
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        raise _Refused(411, "The length of the file must be said.")
    length = int(said)
    if length > PACKED_MEGABYTES * MEGABYTE + _FRAME:
        raise _Refused(413, f"A file may have {PACKED_MEGABYTES} MB.")
    return _File(path["session"], length)


def _is_active(session: str) -> bool:
    """Say whether a reader is connected in a session; without a server everyone is."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


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
