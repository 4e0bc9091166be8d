"""Routes of a room: a phone's pages, and what the presenter opens, takes along and forgets.

No Streamlit session is behind any of them. A person is a random number in a cookie that is sent
to their room alone; the presenter is who holds the room's secret in another.
"""

from __future__ import annotations

import asyncio
import functools
import io
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

import segno
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from dashboard.debate.problems import on_one_line
from dashboard.rooms.codes import typed_code
from dashboard.rooms.errors import (
    NoSuchQuestion,
    NoSuchRoom,
    NotAllowed,
    RoomError,
    RoomsUnavailable,
    TooManyBallots,
    VoteClosed,
)
from dashboard.rooms.results_csv import results_csv
from dashboard.rooms.rooms import LASTS_SECONDS, NO_ROOM, Rooms, Seen, open_rooms
from dashboard.rooms.tables import KEY_LENGTH
from dashboard.seminar.presenter import presenter_cookie, presenter_of, presenter_secret
from dashboard.server_address import join_address, server_address
from dashboard.web import room_pages
from dashboard.web.asked_lately import SECONDS, AskedLately, network_of
from dashboard.web.asked_query import asked_query
from dashboard.web.room_pages import Draft
from dashboard.web.same_origin import is_same_origin
from dashboard.web.web_page import CompressedFiles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from components.room_sheet import RoomSheet
    from dashboard.open_debate import OpenDebate
    from dashboard.seminar.room_questions import Asked
    from dashboard.view import Query

    Answer = Callable[[Request], Awaitable[Response]]

LARGEST_BODY = 8192
LARGEST_PLACE = 2000
SWEPT_AFTER = 3600
CAST_AT_ONCE = 32
SENT_WITHIN = 20.0
"""So many seconds a form may take to arrive."""
PERSON = "person"
NEW_PEOPLE = 400
"""So many people may join a room from one network in a minute; a class shares one."""
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
)
NOT_FROM_HERE = "This was sent from another site, so it was not counted."
NO_COOKIE = (
    "This browser keeps no cookie, so your answer could not be counted once. Allow cookies for "
    "this page, open it again and send once more."
)
TOO_MANY = "Too many codes that are none came from this network. Please wait a minute."
TOO_LARGE = "That is more than an answer holds."
TOO_SLOW = "It took too long to arrive, so it was not counted. Send it once more."
SENT = "Sent."
TOO_LATE = "Your answer came after this vote was closed, so it was not counted."
NOT_PRESENTER = "Only the window that presents this room may do so."
NOT_OF_A_VISIT = (
    "This debate is open in your own browser only, so phones could not see it. A room can be "
    "opened on any debate that the server itself shows."
)
ENDED = "This room has ended. Everything that was stored of it, your answers too, is deleted."
"""What a browser reads that was in the room, which it tells by the cookie that the room gave it."""
NO_DEBATE = "There is no such debate here, so no room was opened."
DEBATE_GONE = "The debate of this room is no longer shown here."
NOT_OURS = (
    "This page was not given to this browser by the room, so your answer could not be counted "
    "once. Open the page again and send once more."
)
TOO_MANY_CAME = "Very many people joined from this network just now. Please wait a minute."
CANNOT_OPEN = "Many rooms were opened from here just now. Please wait a minute."

log = logging.getLogger(__name__)


def rooms_routes() -> list[BaseRoute]:
    """Return the routes of rooms and the files of their pages."""
    return RoomsRoute().routes()


async def sweep_hourly() -> None:
    """Remove rooms that have ended, now and every hour, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(lambda: open_rooms().sweep())
        except RoomsUnavailable as error:
            log.warning("Rooms that have ended could not be removed: %s", error.__cause__ or error)
        await asyncio.sleep(SWEPT_AFTER)


class _Told(Exception):  # noqa: N818
    """An answer that is a page or a sentence."""

    def __init__(self, status: int, title: str, text: str) -> None:
        super().__init__(text)
        self.status, self.title, self.text = status, title, text


class _Shown(NamedTuple):
    """What one person may see, with the words of what is asked."""

    seen: Seen
    asked: Asked | None


class RoomsRoute:
    """The routes of rooms, with the memory of who typed wrong codes."""

    def __init__(self) -> None:
        self._wrong = AskedLately()
        self._looking: dict[tuple[str, str], asyncio.Future[bool]] = {}
        self._opened = AskedLately()
        self._joined = AskedLately(allowed=NEW_PEOPLE)
        self._warned = AskedLately(allowed=1)
        # Ballots that wait for the same commit must not keep others from looking.
        self._casting = ThreadPoolExecutor(CAST_AT_ONCE, "ballots")

    def routes(self) -> list[BaseRoute]:
        """Return them, the files of their pages first."""
        get, post = ["GET"], ["POST"]
        return [
            Mount(room_pages.FILES_AT, CompressedFiles(room_pages.FILES)),
            Route("/join", self._safely(self._join), methods=get),
            Route("/r/{code}", self._safely(self._show), methods=get),
            Route("/r/{code}", self._safely(self._take), methods=post),
            Route("/r/{code}/now", self._safely(self._now), methods=get),
            Route("/r/{code}/received", self._safely(self._received), methods=get),
            Route("/r/{code}/qr.svg", self._safely(self._qr), methods=get),
            Route("/rooms", self._safely(self._open), methods=post),
            Route("/rooms/{code}/forget", self._safely(self._forget), methods=post),
            Route("/rooms/{code}/results.csv", self._safely(self._results), methods=get),
            Route("/rooms/{code}/results.html", self._safely(self._sheet), methods=get),
            Route("/rooms/{code}/handout.html", self._safely(self._handout), methods=get),
            Route("/present/{secret}", self._safely(self._present), methods=get),
        ]

    # ---- for everyone

    async def _join(self, request: Request) -> Response:
        typed = request.query_params.get("code", "")
        if not typed:
            return _html(room_pages.join_page())
        try:
            code = await self._code(request, typed)
        except _Told as told:
            return _html(room_pages.join_page(told.text, typed), told.status)
        return _led(f"/r/{code}")

    async def _show(self, request: Request) -> Response:
        asked_for = request.path_params["code"]
        code = await self._code(request, asked_for)
        if code != asked_for:
            return _led(f"/r/{code}")
        token = await self._person(request, code)
        new = "" if token else await self._new_person(request, code)
        shown = await asyncio.to_thread(_shown, code, token)
        answer = _html(room_pages.ballot_page(shown.seen, shown.asked))
        if new:
            _set_cookie(request, answer, PERSON, new, f"/r/{code}")
        return answer

    async def _person(self, request: Request, code: str) -> str:
        """Return the token that a browser was given in a room, empty where it holds none."""
        token = _token(request)
        if not token:
            return ""
        is_one = await asyncio.to_thread(lambda: open_rooms().is_person(code, token))
        return token if is_one else ""

    async def _new_person(self, request: Request, code: str) -> str:
        # Each room by itself: who joins one again and again keeps nobody from another.
        if not self._joined.asks(f"{network_of(_client(request))} {code}"):
            raise _Told(429, "Please wait", TOO_MANY_CAME)
        return await asyncio.to_thread(lambda: open_rooms().new_person(code))

    async def _now(self, request: Request) -> Response:
        code = await self._code(request, request.path_params["code"])
        seen = await asyncio.to_thread(lambda: open_rooms().seen(code, _token(request)))
        one = seen.question
        now = {
            "question": one.number if one else 0,
            "round": one.round if one else 0,
            "open": bool(one and one.is_open),
            "mine": seen.ballot is not None,
            "state": room_pages.state(seen),
        }
        return JSONResponse(now, headers=_headers())

    async def _take(self, request: Request) -> Response:
        _check_origin(request)
        fields = await _fields(request)
        draft = Draft(*(fields.get(name, "") for name in ("number", "value", "words")))
        try:
            return await self._cast(request, draft)
        except RoomsUnavailable as error:
            self._warn(error)
            code = typed_code(request.path_params["code"])
            page = room_pages.unavailable_page(code, str(error), draft)
            return _said(request, 503, str(error), page)

    async def _cast(self, request: Request, draft: Draft) -> Response:
        code = await self._code(request, request.path_params["code"])
        token = await self._person(request, code)
        if not token:
            told = NOT_OURS if _token(request) else NO_COOKIE
            raise _Told(400, "Not counted", told)
        number = int(draft.number) if _NUMBER.fullmatch(draft.number) else 0
        cast = functools.partial(open_rooms().cast, code, token, number)
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._casting, cast, draft.value, draft.words)
            status, told = 200, SENT
        except NotAllowed as error:
            status, told = 400, str(error)
        except TooManyBallots as error:
            status, told = 409, str(error)
        except (VoteClosed, NoSuchQuestion):
            status, told = 409, TOO_LATE
        if _wants_json(request):
            return _said(request, status, told)
        if status == 200:
            return _led(f"/r/{code}")
        shown = await asyncio.to_thread(_shown, code, token)
        kept = draft if status == 400 else None
        return _html(room_pages.ballot_page(shown.seen, shown.asked, told, kept), status)

    async def _qr(self, request: Request) -> Response:
        code = await self._code(request, request.path_params["code"])
        address = server_address(request.url.scheme, request.headers.get("host", ""))
        return Response(
            qr_svg(join_address(address, code)),
            media_type="image/svg+xml",
            headers=_headers() | {"Content-Security-Policy": "default-src 'none'"},
        )

    # ---- for the presenter

    async def _open(self, request: Request) -> Response:
        _check_origin(request)
        place = (await _fields(request, LARGEST_PLACE)).get("place", "")
        client = _client(request)
        if not self._opened.may_ask(client):
            raise _Told(429, "Please wait", CANNOT_OPEN)
        self._opened.was_asked(client)
        debate = await asyncio.to_thread(_debate_at, place)
        opened = await asyncio.to_thread(lambda: open_rooms().open_room(debate))
        self._wrong.was_found(client, opened.room.code)
        answer = _led(seminar_address(opened.room.code, place))
        _set_cookie(request, answer, presenter_cookie(opened.room.code), opened.secret, "/")
        return answer

    async def _present(self, request: Request) -> Response:
        # Nobody guesses 256 bits, so nobody who has them waits for those who guess codes.
        secret = request.path_params["secret"]
        room = await asyncio.to_thread(lambda: open_rooms().room_of_secret(secret))
        self._wrong.was_found(_client(request), room.code)
        # The secret stays behind: one lands at the place that the link holds, or where one chooses.
        place = request.url.query or urlencode({"debate": room.debate})
        answer = _led(seminar_address(room.code, place))
        _set_cookie(request, answer, presenter_cookie(room.code), secret, "/")
        return answer

    async def _received(self, request: Request) -> Response:
        code = await self._presented(request)
        number = request.query_params.get("question", "")

        def count() -> int:
            rooms = open_rooms()
            asked = int(number) if _NUMBER.fullmatch(number) else rooms.room(code).asking
            return rooms.received(code, asked) if asked else 0

        received = await asyncio.to_thread(count)
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        return JSONResponse({"received": received, "at": at}, headers=_headers())

    async def _results(self, request: Request) -> Response:
        code = await self._presented(request)
        file = await asyncio.to_thread(_results_of, code)
        name = f'attachment; filename="room-{code}.csv"'
        headers = _headers() | {"Content-Disposition": name}
        return Response(file, media_type="text/csv; charset=utf-8", headers=headers)

    async def _sheet(self, request: Request) -> Response:
        code = await self._presented(request)
        return _file(f"room-{code}.html", await asyncio.to_thread(_sheet_of, code))

    async def _handout(self, request: Request) -> Response:
        code = await self._presented(request)
        query = asked_query(request)
        made = await asyncio.to_thread(_handout_of, code, query)
        return _file(f"room-{code}-handout.html", made)

    async def _forget(self, request: Request) -> Response:
        _check_origin(request)
        code = await self._presented(request)
        place = (await _fields(request, LARGEST_PLACE)).get("place", "")
        await asyncio.to_thread(lambda: open_rooms().forget(code))
        answer = _led(seminar_address("", place))
        answer.delete_cookie(presenter_cookie(code), httponly=True, samesite="lax")
        return answer

    async def _presented(self, request: Request) -> str:
        """Return the code of a room that the request comes from the presenter of."""
        code = await self._code(request, request.path_params["code"])
        if not await asyncio.to_thread(presenter_of, request.cookies, code):
            raise _Told(403, "Not here", NOT_PRESENTER)
        return code

    # ---- for all of them

    async def _code(self, request: Request, typed: str) -> str:
        """Return the code of a room that was there, as it was typed; remember those that were not.

        A room that this address has found is not looked for again.
        """
        code, client = typed_code(typed), _client(request)
        if code and self._wrong.has_found(client, code):
            return code
        is_presenters: bool = await asyncio.to_thread(_presents, request.cookies, code)
        if is_presenters:
            self._wrong.was_found(client, code)
            return code
        if not await self._finds(client, code):
            raise _Told(404, "No such room", NO_ROOM)
        return code

    async def _finds(self, client: str, code: str) -> bool:
        """Look for a room, and say whether it is there.

        A class that opens the same page at the same moment asks once.
        """
        looked = client, code
        if looked not in self._looking:
            if not self._wrong.asks(client):
                raise _Told(429, "Please wait", TOO_MANY)
            self._looking[looked] = asyncio.ensure_future(self._look(client, code))
        return await asyncio.shield(self._looking[looked])

    async def _look(self, client: str, code: str) -> bool:
        try:
            if code:
                await asyncio.to_thread(lambda: open_rooms().room(code))
        except NoSuchRoom:
            return False
        except RoomsUnavailable:
            self._wrong.take_back(client)
            raise
        finally:
            del self._looking[client, code]
        if code:
            self._wrong.take_back(client)
            self._wrong.was_found(client, code)
        return bool(code)

    def _warn(self, error: RoomsUnavailable) -> None:
        # Two hundred phones ask every few seconds; the first of them says it for all.
        if not self._warned.may_ask(""):
            return
        self._warned.was_asked("")
        log.warning("The rooms cannot be reached: %s", on_one_line(str(error.__cause__ or error)))

    def _safely(self, answer: Answer) -> Answer:
        """Return a route's answer that says in a page what it cannot do."""

        async def safe(request: Request) -> Response:
            try:
                return await answer(request)
            except _Told as told:
                status, title, text = told.status, told.title, told.text
            except RoomsUnavailable as error:
                self._warn(error)
                status, title, text = 503, "Not just now", str(error)
            except RoomError as error:
                status, title, text = 404, "No such room", str(error)
            if text == NO_ROOM and request.url.path.startswith("/r/") and _token(request):
                title, text = "The room has ended", ENDED
            code = typed_code(request.path_params.get("code", ""))
            if status == 503 and request.url.path.startswith("/r/") and code:
                return _said(request, status, text, room_pages.unavailable_page(code, text))
            is_presenters = request.url.path.startswith(("/rooms", "/present/"))
            leads = ("/seminar", "Go to the seminar") if is_presenters else ("/join", "Join a room")
            return _said(request, status, text, room_pages.told_page(title, text, *leads))

        return safe


def seminar_address(code: str, place: str = "") -> str:
    """Return the address of the seminar page with a room, none for an empty code.

    ``place`` is the query of the seminar page that the presenter came from; it is kept but for a
    room that it named.
    """
    query = [(name, value) for name, value in _place_of(place) if name != "room"]
    query += [("room", code)] if code else []
    return f"/seminar?{urlencode(query)}" if query else "/seminar"


def qr_svg(address: str) -> bytes:
    """Return the QR code of an address as SVG, dark on white in any theme."""
    held = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(held, kind="svg", border=4, light="#fff", dark="#000", omitsize=True, xmldecl=False)
    return held.getvalue()


def _presents(cookies: Mapping[str, str], code: str) -> bool:
    """Say whether a browser holds the secret of the room of a code.

    It is looked for by the secret, so that the answer tells nothing of a code to one who has none.
    """
    secret = presenter_secret(cookies, code)
    try:
        return bool(_TOKEN.fullmatch(secret)) and open_rooms().room_of_secret(secret).code == code
    except NoSuchRoom:
        return False


def _shown(code: str, token: str) -> _Shown:
    from dashboard.seminar.room_questions import asked  # noqa: PLC0415

    seen = open_rooms().seen(code, token)
    if seen.question is None:
        return _Shown(seen, None)
    return _Shown(seen, asked(_debate_of(seen.room.debate), seen.question))


def _debate_at(place: str) -> str:
    """Return the name of the debate that the query of a page is about, by which it is found."""
    from dashboard.open_debate import debate_of_file  # noqa: PLC0415
    from dashboard.view import VISIT  # noqa: PLC0415

    asked_for = dict(_place_of(place)).get("debate", "")
    if asked_for.startswith(VISIT):
        raise _Told(400, "No room", NOT_OF_A_VISIT)
    opened = debate_of_file({"debate": [asked_for]})
    if opened is None or len(opened.name) > KEY_LENGTH:
        raise _Told(404, "No room", NO_DEBATE)
    return opened.name


def _place_of(place: str) -> list[tuple[str, str]]:
    """Return the parts of the query of the seminar page; none where it is none."""
    try:
        return parse_qsl(place[:LARGEST_PLACE].removeprefix("?"), max_num_fields=200)
    except ValueError:
        return []


def _results_of(code: str) -> str:
    from dashboard.open_debate import debate_of_file  # noqa: PLC0415
    from dashboard.seminar.room_questions import bin_names  # noqa: PLC0415

    rooms: Rooms = open_rooms()
    room = rooms.room(code)
    opened = debate_of_file({"debate": [room.debate]})
    return results_csv(
        room, rooms.results(code), lambda text: bin_names(opened, text) if opened else {}
    )


def _sheet_of(code: str) -> str:
    from components.room_sheet import room_sheet_file  # noqa: PLC0415

    return room_sheet_file(_results_on_paper(code)[1])


def _handout_of(code: str, query: Query) -> str:
    """Return the handout of the plan of a query with the room's results as its last page."""
    from dashboard.seminar.plan_handout import handout_with_results  # noqa: PLC0415

    opened, results = _results_on_paper(code)
    return handout_with_results(opened, query, results)


def _results_on_paper(code: str) -> tuple[OpenDebate, RoomSheet]:
    from dashboard.seminar.room_sheet import room_sheet_of  # noqa: PLC0415

    rooms = open_rooms()
    opened = _debate_of(rooms.room(code).debate)
    return opened, room_sheet_of(opened, rooms, code)


def _debate_of(name: str) -> OpenDebate:
    """Return the debate that a room is about."""
    # Imported here, so that the server answers before the pages are loaded.
    from dashboard.open_debate import debate_of_file  # noqa: PLC0415

    opened = debate_of_file({"debate": [name]})
    if opened is None:
        raise _Told(404, "Not here", DEBATE_GONE)
    return opened


def _file(name: str, held: str) -> Response:
    """Answer with a file to save and print; it loads and runs nothing."""
    headers = _headers() | {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": FILE_POLICY,
    }
    return HTMLResponse(held, headers=headers)


def _check_origin(request: Request) -> None:
    # A program that is no browser sends neither header; every browser that lets one site post to
    # another sends both.
    host = request.headers.get("host", "")
    origins = request.headers.getlist("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or not all(is_same_origin(o, host) for o in origins):
        raise _Told(403, "Not counted", NOT_FROM_HERE)


async def _fields(request: Request, longest: int = LARGEST_BODY) -> dict[str, str]:
    """Return the fields of a form; the first of each name."""
    body = bytearray()
    try:
        async with asyncio.timeout(SENT_WITHIN):
            async for piece in request.stream():
                body += piece
                if len(body) > longest:
                    raise _Told(413, "Not counted", TOO_LARGE)
    except ClientDisconnect:
        raise _Told(400, "Not counted", TOO_LATE) from None
    except TimeoutError:
        raise _Told(408, "Not counted", TOO_SLOW) from None
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20
        )
    except ValueError:
        raise _Told(413, "Not counted", TOO_LARGE) from None
    return dict(reversed(pairs))


def _token(request: Request) -> str:
    token = request.cookies.get(PERSON, "")
    return token if _TOKEN.fullmatch(token) else ""


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _set_cookie(request: Request, answer: Response, name: str, value: str, path: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=LASTS_SECONDS,
        path=path,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _headers() -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "same-origin",
    }


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers=_headers())


def _led(address: str) -> Response:
    return RedirectResponse(address, 303, headers=_headers())


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _said(request: Request, status: int, text: str, page: str = "") -> Response:
    """Answer a script with a sentence, a browser with a page."""
    answer: Response = _html(page, status)
    if _wants_json(request):
        answer = JSONResponse({"said": text}, status, headers=_headers())
    if status in (429, 503):
        answer.headers["Retry-After"] = "2" if status == 503 else f"{SECONDS:.0f}"
    return answer
