"""The routes of a room: what a phone gets, what only the presenter gets, and what is refused."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

from components.palette import DARK, LIGHT
from dashboard import open_debate as opening
from dashboard.rooms.ballots import VALUES, sorting
from dashboard.rooms.errors import RoomsUnavailable
from dashboard.rooms.rooms import Rooms
from dashboard.rooms.storage import Storage
from dashboard.seminar import presenter
from dashboard.seminar.presenter import presenter_cookie, presenter_of
from dashboard.seminar.room_votes import keys_of
from dashboard.seminar.seminar_slides import round_name
from dashboard.server_address import server_address
from dashboard.web import room_pages, rooms_route
from dashboard.web.asked_lately import ALLOWED, SECONDS, AskedLately
from dashboard.web.room_pages import FILES
from dashboard.web.rooms_route import rooms_routes, seminar_address
from dashboard.web.trusted_proxies import PROXIES_VARIABLE, trust_this_machine
from tests.apart import apart
from tests.strategies import HOSTILE, parsed, quick, shipped
from tests.test_seminar import laid

HOST = "room.example.org"
VOID = {"meta", "link", "input", "hr", "br"}


@dataclass
class Answer:
    """What a route answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Give one header, empty where it is missing."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def cookies(self) -> dict[str, str]:
        """Every cookie that is set, whole."""
        found = [value for key, value in self.headers if key == "set-cookie"]
        return {value.partition("=")[0]: value for value in found}


@dataclass
class Browser:
    """One browser with its cookies, on one network."""

    app: Starlette
    network: str = "192.0.2.1"
    scheme: str = "http"
    jar: dict[str, str] = field(default_factory=dict)

    def ask(self, path, query="", method="GET", body=b"", headers=None) -> Answer:
        """Send a request and keep the cookies of its answer."""
        answer = apart(lambda: asyncio.run(self._ask(path, query, method, body, headers or {})))
        for name, value in answer.cookies.items():
            self.jar[name] = value.split(";")[0].partition("=")[2].strip('"')
        return answer

    def send(self, path, headers=None, **fields) -> Answer:
        """Send a form as a browser does."""
        sent = {"origin": f"{self.scheme}://{HOST}", "sec-fetch-site": "same-origin"}
        body = urlencode(fields).encode()
        return self.ask(path, method="POST", body=body, headers=sent | (headers or {}))

    async def _ask(self, path, query, method, body, headers) -> Answer:
        said = []
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        headers = {"host": HOST, **({"cookie": cookies} if cookies else {}), **headers}

        requests = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive():
            return requests.pop() if requests else await asyncio.Event().wait()

        async def send(message):
            said.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "scheme": self.scheme,
            "client": (self.network, 5000),
            "server": (HOST, 80),
        }
        await self.app(scope, receive, send)
        found = [(name.decode(), value.decode()) for name, value in said[0]["headers"]]
        body = b"".join(message.get("body", b"") for message in said[1:])
        return Answer(said[0]["status"], found, body)


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """Give empty rooms, which the routes use."""
    storage = Storage(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    one = Rooms(storage)
    for module in (rooms_route, presenter):
        monkeypatch.setattr(module, "open_rooms", lambda: one)
    monkeypatch.setattr(opening, "open_debate", shipped)
    yield one
    storage.close()


@pytest.fixture
def app(rooms):  # noqa: ARG001
    """Give the routes as an application, with an empty memory of wrong codes."""
    return Starlette(routes=rooms_routes())


@pytest.fixture
def phone(app):
    """Give a phone."""
    return Browser(app)


@pytest.fixture
def code(rooms):
    """Give the code of a new room."""
    return rooms.open_room("therapeutic-bond").room.code


def page(answer: Answer):
    """Read a page as a browser would; every element that has an end must have one."""
    html = answer.text.replace("<!DOCTYPE html>", "")
    return parsed(re.sub(rf"<({'|'.join(VOID)})\b([^>]*)>", r"<\1\2></\1>", html))


def shown(answer: Answer) -> str:
    """Give the text of a page as it is read."""
    return " ".join(page(answer).one("main").text.split())


def test_joining(phone, code):
    """The code leads to the room however it is typed; a wrong one says so and can be mended."""
    assert page(phone.ask("/join")).one("form").attributes["action"] == "/join"
    for typed in (code, code.lower(), f"{code[:3]}+{code[3:].lower()}", f"{code[:3]}-{code[3:]}"):
        answer = phone.ask("/join", f"code={typed}")
        assert (answer.status, answer.header("location")) == (303, f"/r/{code}")
    answer = phone.ask("/join", "code=%22%3E%3Cb%3E")
    assert answer.status == 404
    assert "There is no room of this code." in shown(answer)
    given = page(answer).one("input").attributes
    assert given["value"] == '"><b>'
    assert given["aria-describedby"] == "told"
    assert phone.ask(f"/r/{code.lower()}").header("location") == f"/r/{code}"


def test_a_person_is_a_random_cookie(phone, code):
    """The first visit gives a cookie for this room alone, which later visits keep."""
    first = phone.ask(f"/r/{code}")
    cookie = first.cookies["person"]
    assert re.fullmatch(
        rf"person=[\w-]{{43}}; HttpOnly; Max-Age=86400; Path=/r/{code}; SameSite=lax", cookie
    )
    assert phone.ask(f"/r/{code}").cookies == {}
    secure = Browser(phone.app, scheme="https").ask(f"/r/{code}")
    assert secure.cookies["person"].endswith("; Secure")
    assert secure.cookies["person"][:20] != cookie[:20]
    phone.jar["person"] = "x" * 5000
    assert "person" in phone.ask(f"/r/{code}").cookies


def test_from_waiting_to_closed(phone, rooms, code):
    """The page waits, asks, says what was sent, lets it be changed, and says it is closed."""
    assert "Nothing is being asked just now." in shown(phone.ask(f"/r/{code}"))
    rooms.ask(code, "p12", "quote")
    asked = phone.ask(f"/r/{code}")
    held = page(asked)
    passage = shipped().passage("p12")
    assert held.one("blockquote").text == passage.quote
    assert held.one("h1").text == shipped().debate.axis.title
    assert [
        i.attributes["value"] for i in held.all("input") if i.attributes["name"] == "value"
    ] == [*VALUES]
    for tick in shipped().debate.axis.ticks:
        assert f"{tick.label} {tick.help}" in shown(asked)
    for untold in ("Flores", "2004", "Attachment", "p12"):
        assert untold not in asked.text
    sent = phone.send(f"/r/{code}", number="1", value="3", words="the <b>regulatory</b> power")
    assert (sent.status, sent.header("location")) == (303, f"/r/{code}")
    after = phone.ask(f"/r/{code}")
    assert "Sent: Mostly cure" in shown(after)
    assert "You can change it until the vote is closed." in shown(after)
    assert page(after).one("q").text == "the <b>regulatory</b> power"
    chosen = [i.attributes for i in page(after).all("input") if "checked" in i.attributes]
    assert [one["value"] for one in chosen] == ["3"]
    phone.send(f"/r/{code}", number="1", value="n", words="")
    assert rooms.received(code, 1) == 1
    rooms.close(code, 1)
    closed = phone.ask(f"/r/{code}")
    assert "This vote is closed. Sent: No claim" in shown(closed)
    assert page(closed).all("form") == []


def test_what_is_refused_says_why(phone, rooms, code):
    """A ballot that cannot be taken answers with its reason, and keeps what was chosen."""
    phone.ask(f"/r/{code}")
    assert phone.send(f"/r/{code}", number="1", value="3").status == 409
    rooms.ask(code, "p12", "quote")
    nothing = phone.send(f"/r/{code}", number="1", words="because")
    assert nothing.status == 400
    assert "Please choose one of the answers." in shown(nothing)
    words = [i.attributes for i in page(nothing).all("input") if i.attributes["name"] == "words"]
    assert words[0]["value"] == "because"
    long = phone.send(f"/r/{code}", number="1", value="4", words="x" * 201)
    assert (long.status, "Please keep it to 200" in shown(long)) == (400, True)
    assert [
        i.attributes["value"] for i in page(long).all("input") if "checked" in i.attributes
    ] == ["4"]
    large = phone.send(f"/r/{code}", number="1", value="4", words="x" * 9000)
    assert large.status == 413
    rooms.close(code, 1)
    late = phone.send(f"/r/{code}", number="1", value="4")
    assert (late.status, "after this vote was closed" in shown(late)) == (409, True)
    for number in ("", "0", "-1", "1e9", "²", "9" * 40):
        assert phone.send(f"/r/{code}", number=number, value="4").status == 409
    assert rooms.received(code, 1) == 0


def test_a_script_gets_sentences(phone, rooms, code):
    """To a script the same form answers in one sentence, with the same status."""
    phone.ask(f"/r/{code}")
    rooms.ask(code, "p12", "quote")
    script = {"accept": "application/json"}
    taken = phone.send(f"/r/{code}", script, number="1", value="w")
    assert (taken.status, json.loads(taken.text)) == (200, {"said": "Sent."})
    wrong = phone.send(f"/r/{code}", script, number="1", value="9")
    assert (wrong.status, list(json.loads(wrong.text))) == (400, ["said"])
    late = phone.send(f"/r/{code}", script, number="2", value="1")
    assert (late.status, json.loads(late.text)["said"][:11]) == (409, "Your answer")


def test_now_holds_no_count(phone, rooms, code):
    """What a phone asks every few seconds says what is asked and whether it voted, nothing else."""
    now = f"/r/{code}/now"
    phone.ask(f"/r/{code}")
    assert json.loads(phone.ask(now).text) == {
        "question": 0,
        "round": 0,
        "open": False,
        "mine": False,
        "state": "0",
    }
    rooms.ask(code, "p12", "quote", 2)
    for person in range(7):
        rooms.cast(code, f"{person}", 1, "2")
    assert json.loads(phone.ask(now).text) == {
        "question": 1,
        "round": 2,
        "open": True,
        "mine": False,
        "state": "1-open-waiting",
    }
    phone.send(f"/r/{code}", number="1", value="2")
    assert json.loads(phone.ask(now).text)["state"] == "1-open-voted"
    rooms.reveal(code, 1)
    assert json.loads(phone.ask(now).text)["state"] == "1-closed-voted"
    assert 'data-state="1-closed-voted"' in phone.ask(f"/r/{code}").text
    assert rooms.received(code, 1) == 8
    assert "8" not in shown(phone.ask(f"/r/{code}"))


def test_nothing_of_the_presenter_reaches_a_phone(phone, app, rooms):
    """Neither secret nor counts, words or rights go to anyone but the presenter."""
    desk = Browser(app, network="192.0.2.7")
    opened = desk.send("/rooms", place="plan=a12.a1-p04&slide=2&room=OLD")
    where = re.fullmatch(
        r"/seminar\?plan=a12.a1-p04&slide=2&room=(\w{6})", opened.header("location")
    )
    code = where[1]
    cookie = opened.cookies[presenter_cookie(code)]
    assert cookie.endswith("; HttpOnly; Max-Age=86400; Path=/; SameSite=lax")
    secret = desk.jar[presenter_cookie(code)]
    assert presenter_of(desk.jar, code)
    rooms.ask(code, "p12", "quote")
    phone.ask(f"/r/{code}")
    phone.send(f"/r/{code}", number="1", value="2", words="my very own words")
    other = Browser(app)
    seen = [other.ask(f"/r/{code}"), other.ask(f"/r/{code}/now"), other.ask(f"/r/{code}/qr.svg")]
    for answer in seen:
        assert answer.status == 200
        assert secret not in answer.text + str(answer.headers)
        assert "my very own words" not in answer.text
    for path, method in (
        (f"/r/{code}/received", "GET"),
        (f"/rooms/{code}/results.csv", "GET"),
        (f"/rooms/{code}/forget", "POST"),
    ):
        for jar in ({}, {presenter_cookie(code): "x"}, {presenter_cookie("XXXXXX"): secret}):
            stranger = Browser(app, jar=dict(jar))
            assert stranger.ask(path, method=method).status == 403
    assert rooms.received(code, 1) == 1


def test_the_presenter(app, rooms):
    """With the cookie, or by the secret link: the number received, the results, forgetting."""
    desk = Browser(app)
    code = desk.send("/rooms").header("location").removeprefix("/seminar?room=")
    assert json.loads(desk.ask(f"/r/{code}/received").text)["received"] == 0
    rooms.ask(code, "p12", "quote")
    rooms.cast(code, "t", 1, "2")
    secret = desk.jar[presenter_cookie(code)]
    laptop = Browser(app)
    link = laptop.ask(f"/present/{secret}")
    own = f"/seminar?debate=therapeutic-bond&room={code}"
    assert (link.status, link.header("location")) == (303, own)
    link = laptop.ask(f"/present/{secret}", "plan=twenty&slide=2")
    assert link.header("location") == f"/seminar?plan=twenty&slide=2&room={code}"
    found = json.loads(laptop.ask(f"/r/{code}/received").text)
    assert found["received"] == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", found["at"])
    assert json.loads(laptop.ask(f"/r/{code}/received", "question=1").text)["received"] == 1
    assert laptop.ask(f"/r/{code}/received", "question=9").status == 404
    results = laptop.ask(f"/rooms/{code}/results.csv")
    assert results.header("content-disposition") == f'attachment; filename="room-{code}.csv"'
    assert results.text.startswith(
        "question,item,text,round,value,count,hands,n,date\n1,p12,quote,1,,,,1,"
    )
    rooms.ask(code, "p12", sorting("a9", 4))
    rooms.lower_least(code, 1)
    rooms.cast(code, "t", 2, "1")
    rooms.reveal(code, 2)
    written = laptop.ask(f"/rooms/{code}/results.csv").text
    assert ",Sufficient,1,,1," in written
    gone = laptop.send(f"/rooms/{code}/forget", place="plan=a12&room=" + code)
    assert (gone.status, gone.header("location")) == (303, "/seminar?plan=a12")
    assert "Max-Age=0" in gone.cookies[presenter_cookie(code)]
    assert desk.ask(f"/r/{code}").status == 404
    assert desk.ask(f"/r/{code}/received").status in (403, 404)
    assert laptop.ask(f"/present/{secret}").status == 404
    assert not presenter_of(desk.jar, code)


def test_the_sheet_of_results(app, rooms):
    """The presenter prints what was asked and how many said what; too few are a number there.

    A bar is its share of all, and what nobody answered is left out.
    """
    desk = Browser(app)
    code = desk.send("/rooms").header("location").removeprefix("/seminar?room=")
    rooms.ask(code, "p12", "quote")
    for person, value in enumerate("4443n"):
        rooms.cast(code, f"{person}", 1, value, "<b>words</b>")
    rooms.reveal(code, 1)
    rooms.ask(code, "self", "self")
    rooms.cast(code, "t", 2, "0")
    rooms.reveal(code, 2)
    rooms.ask(code, "p04", "quote")
    rooms.reveal(code, 3)
    sheet = desk.ask(f"/rooms/{code}/results.html")
    assert sheet.header("content-disposition") == f'attachment; filename="room-{code}.html"'
    assert "Round 1, 5 answers." in sheet.text
    assert '<th scope="row">Cure</th><td>3</td>' in sheet.text
    assert re.findall(r'"bar" style="width:([^"]+)"', sheet.text)[:2] == ["20.0%", "0.0%"]
    assert 'class="bar" style="width:60.0%"' in sheet.text
    assert "p04" not in sheet.text
    assert "Round 1, 1 answer.</b> Fewer than 5 answered" in sheet.text
    assert sheet.text.count("<table>") == 1
    assert "words</b>" not in sheet.text
    assert rooms.room(code).made.date().isoformat() in sheet.text
    assert Browser(app).ask(f"/rooms/{code}/results.html").status == 403


def test_bins_on_a_phone(rooms, code, phone):
    """A phone offers the bins of the activity and takes one of them; nothing else is counted."""
    rooms.ask(code, "p12", sorting("a9", 4))
    answer = phone.ask(f"/r/{code}")
    assert re.findall(r'name="value" value="(.)" required', answer.text) == ["0", "1", "2", "3"]
    held = shown(answer)
    for name in ("Necessary", "Sufficient", "Contributory", "Predictor", "Where does this passage"):
        assert name in held
    assert "No claim" not in held
    assert phone.send(f"/r/{code}", number="1", value="4").status == 400
    assert phone.send(f"/r/{code}", number="1", value="n").status == 400
    assert rooms.received(code, 1) == 0
    phone.send(f"/r/{code}", number="1", value="2")
    assert "Sent: Contributory" in shown(phone.ask(f"/r/{code}"))
    assert rooms.received(code, 1) == 1


def test_the_handout_with_the_results(app, rooms):
    """The plan's handout ends with the room's results and who moved; only its presenter has it."""
    desk = Browser(app)
    code = desk.send("/rooms").header("location").removeprefix("/seminar?room=")
    for number, values in ((1, "00123"), (2, "11123"), (3, "44444")):
        rooms.ask(code, "p12", "quote", number)
        for person, value in enumerate(values):
            rooms.cast(code, f"{person}", number, value)
        if number < 3:
            rooms.reveal(code, number)
    place = f"/rooms/{code}/handout.html"
    made = desk.ask(place, "plan=a1-p12")
    assert made.header("content-disposition") == (
        f'attachment; filename="room-{code}-handout.html"'
    )
    assert "script" not in made.header("content-security-policy")
    assert made.header("cache-control") == "no-store"
    *_, answers, results = made.text.split('<section class="plan-sheet')
    assert "Answer sheet" in answers
    assert "2 of 5 who voted twice moved." in results
    assert '<tr><th scope="row">Vehicle</th><td>Mostly vehicle</td><td>2</td></tr>' in results
    assert "<b>Round 3, 5 answers.</b> Where people stand was not shown in the room." in results
    assert results.count("Who moved where") == 1
    assert "Cure</th><td>5" not in results
    assert desk.ask(place, "plan=%ff&slide=x").status == 200
    for stranger in (Browser(app), app_person(app, code)):
        assert stranger.ask(place, "plan=a1-p12").status == 403


def test_nothing_of_few_moves_on_paper(app, rooms):
    """Where either round is too small, and of where people stand, no move is printed."""
    desk = Browser(app)
    code = desk.send("/rooms").header("location").removeprefix("/seminar?room=")
    asked = [("p12", "quote", 1, "00000"), ("p12", "quote", 2, "1111")]
    asked += [("self", "self", 1, "00000"), ("self", "self", 2, "44444")]
    for number, (item, text, round_, values) in enumerate(asked, 1):
        rooms.ask(code, item, text, round_)
        for person, value in enumerate(values):
            rooms.cast(code, f"{person}", number, value)
        rooms.reveal(code, number)
    sheet = desk.ask(f"/rooms/{code}/results.html").text
    assert "Fewer than 5 answered" in sheet
    assert sheet.count("<table>") == 3
    assert "moved" not in sheet


def app_person(app, code):
    """Give the browser of someone in the room."""
    one = Browser(app)
    one.ask(f"/r/{code}")
    return one


def test_a_room_is_about_one_debate(app, rooms, phone):
    """It asks what its own debate asks; on a debate of a visit there is none."""
    desk = Browser(app)
    other = desk.send("/rooms", place="debate=state-of-nature&slide=1")
    code = re.search(r"room=(\w{6})", other.header("location"))[1]
    assert "debate=state-of-nature" in other.header("location")
    found = opening.debate_of_file({"debate": ["state-of-nature"]})
    passage = found.debate.passages[0]
    rooms.ask(code, passage.id, "quote")
    assert page(phone.ask(f"/r/{code}")).one("blockquote").text == passage.quote
    for place, status in (("debate=visit-abc", 400), ("debate=none-such", 404)):
        answer = desk.send("/rooms", place=place)
        assert answer.status == status
        assert answer.cookies == {}
    gone = rooms.open_room("a-debate-that-went").room.code
    rooms.ask(gone, "p12", "quote")
    assert "no longer shown here" in shown(phone.ask(f"/r/{gone}"))


@pytest.mark.parametrize(
    "foreign",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": f"http://{HOST}", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_send_nothing(phone, rooms, code, foreign):
    """No other site's page can vote, open or forget with a browser's cookies."""
    phone.ask(f"/r/{code}")
    rooms.ask(code, "p12", "quote")
    body = urlencode({"number": 1, "value": 2}).encode()
    for path in (f"/r/{code}", "/rooms", f"/rooms/{code}/forget"):
        answer = phone.ask(path, method="POST", body=body, headers=foreign)
        assert answer.status == 403
    assert rooms.received(code, 1) == 0


def test_no_ballot_without_a_cookie(app, rooms, code):
    """One who keeps no cookie is told so; nothing is counted, and no made-up one is taken."""
    rooms.ask(code, "p12", "quote")
    for jar in ({}, {"person": "me"}, {"person": "x" * 44}):
        answer = Browser(app, jar=jar).send(f"/r/{code}", number="1", value="2")
        assert answer.status == 400
        assert "keeps no cookie" in shown(answer)
    assert rooms.received(code, 1) == 0


def test_voters_cannot_be_made_up(phone, app, rooms, code):
    """Only a number that this room gave out votes; one of another room, or a changed one, does not.

    To a browser that holds such a number the page gives a new one.
    """
    rooms.ask(code, "p12", "quote")
    phone.ask(f"/r/{code}")
    own = phone.jar["person"]
    others = rooms.new_person(rooms.open_room("bond").room.code)
    changed = own[:-1] + ("A" if own[-1] != "A" else "B")
    for token in ("x" * 43, others, changed, "A" + own[1:]):
        made_up = Browser(app, jar={"person": token})
        answer = made_up.send(f"/r/{code}", number="1", value="2")
        assert (answer.status, "was not given to this browser" in shown(answer)) == (400, True)
        assert made_up.ask(f"/r/{code}").cookies["person"]
        assert made_up.send(f"/r/{code}", number="1", value="2").status == 303
    assert rooms.received(code, 1) == 4
    # A second server with the same storage knows the number again.
    replica = Browser(Starlette(routes=rooms_routes()), jar=dict(phone.jar))
    assert replica.send(f"/r/{code}", number="1", value="2").status == 303
    assert replica.ask(f"/r/{code}").cookies == {}
    assert rooms.received(code, 1) == 5


def test_a_class_may_join_at_once(app, rooms, code, monkeypatch):
    """A network is given so many numbers of a room in a minute; another room lets it in."""
    assert rooms_route.NEW_PEOPLE == 400
    monkeypatch.setattr(rooms_route, "NEW_PEOPLE", 3)
    app = Starlette(routes=rooms_routes())
    phones = [Browser(app) for _ in range(4)]
    assert [one.ask(f"/r/{code}").status for one in phones] == [200, 200, 200, 429]
    assert "joined from this network" in shown(phones[3].ask(f"/r/{code}"))
    assert [one.ask(f"/r/{code}").status for one in phones] == [200, 200, 200, 429]
    assert Browser(app, network="192.0.2.2").ask(f"/r/{code}").status == 200
    other = rooms.open_room("therapeutic-bond").room.code
    assert phones[3].ask(f"/r/{other}").status == 200


def test_a_full_question_says_so(phone, rooms, code, monkeypatch):
    """Where a question takes no more ballots, a new one is refused in a sentence."""
    monkeypatch.setattr("dashboard.rooms.rooms.MOST_BALLOTS", 2)
    rooms.ask(code, "p12", "quote")
    for person in "ab":
        rooms.cast(code, person, 1, "2")
    phone.ask(f"/r/{code}")
    answer = phone.send(f"/r/{code}", number="1", value="2")
    assert (answer.status, "has 2,000 answers, and takes no more" in shown(answer)) == (409, True)
    assert rooms.received(code, 1) == 2


def test_codes_cannot_be_guessed(app, code):
    """After twenty wrong codes a network waits; a room that it has found stays open to it."""
    guest, guesser = Browser(app, network="198.51.100.1"), Browser(app, network="198.51.100.9")
    assert guest.ask(f"/r/{code}").status == 200
    assert [guesser.ask(f"/r/{'37' * 3}").status for _ in range(ALLOWED)] == [404] * ALLOWED
    refused = guesser.ask(f"/r/{code}")
    assert (refused.status, refused.header("retry-after")) == (429, "60")
    assert "wait a minute" in shown(refused)
    assert guesser.ask("/join", f"code={code}").status == 429
    neighbour = Browser(app, network="198.51.100.1")
    for _ in range(ALLOWED + 1):
        neighbour.ask("/r/XXXXXX")
    assert neighbour.ask("/r/XXXXXX").status == 429
    assert guest.ask(f"/r/{code}").status == 200


@pytest.fixture
def behind(app, monkeypatch):
    """Give the routes as the server has them: behind what reads a web server's headers."""
    monkeypatch.delenv(PROXIES_VARIABLE, raising=False)

    def behind(named=None):
        if named:
            monkeypatch.setenv(PROXIES_VARIABLE, named)
        trust_this_machine()
        config = uvicorn.Config(app, **_get_uvicorn_config_kwargs())
        config.load()
        return config.loaded_app

    yield behind
    os.environ.pop(PROXIES_VARIABLE, None)


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_web_server_on_this_machine_is_believed(behind, code, proxy):
    """What it says decides whether cookies are Secure and who waits; a guest's own say does not."""
    app = behind()
    https = {"x-forwarded-proto": "https"}
    answer = Browser(app, network=proxy).ask(f"/r/{code}", headers=https)
    assert answer.cookies["person"].endswith("; Secure")
    assert not Browser(app, network=proxy).ask(f"/r/{code}").cookies["person"].endswith("Secure")
    presenter = Browser(app, network=proxy)
    opened = presenter.send("/rooms", https | {"origin": f"https://{HOST}"})
    (secret,) = opened.cookies.values()
    assert secret.endswith("; Secure")
    guesser = Browser(app, network=proxy)
    for number in range(ALLOWED):
        # A web server puts the address it sees at the end of what the guest made up.
        made_up = {"x-forwarded-for": f"203.0.113.{number}, 198.51.100.9"}
        assert guesser.ask("/r/XXXXXX", headers=made_up).status == 404
    other = {"x-forwarded-for": "203.0.113.99, 198.51.100.9"}
    assert guesser.ask("/r/XXXXXX", headers=other).status == 429
    assert guesser.ask("/r/XXXXXX", headers={"x-forwarded-for": "198.51.100.10"}).status == 404


def test_a_stranger_is_not_believed(behind, code):
    """Who comes from elsewhere cannot make up an address for each wrong code, nor https."""
    app = behind()
    guesser = Browser(app, network="198.51.100.9")
    for number in range(ALLOWED):
        made_up = {"x-forwarded-for": f"203.0.113.{number}"}
        assert guesser.ask("/r/XXXXXX", headers=made_up).status == 404
    assert guesser.ask("/r/XXXXXX", headers={"x-forwarded-for": "203.0.113.99"}).status == 429
    answer = Browser(app, network="192.0.2.5").ask(
        f"/r/{code}", headers={"x-forwarded-proto": "https"}
    )
    assert not answer.cookies["person"].endswith("Secure")


def test_a_web_server_elsewhere_is_named(behind, code):
    """An address or network in FORWARDED_ALLOW_IPS is believed in place of this machine's."""
    app = behind("10.1.0.0/16,192.0.2.80")
    https = {"x-forwarded-proto": "https"}
    secure = {
        network: Browser(app, network=network)
        .ask(f"/r/{code}", headers=https)
        .cookies["person"]
        .endswith("Secure")
        for network in ("10.1.2.3", "192.0.2.80", "192.0.2.81", "127.0.0.1")
    }
    assert secure == {
        "10.1.2.3": True,
        "192.0.2.80": True,
        "192.0.2.81": False,
        "127.0.0.1": False,
    }


def test_a_presenter_is_never_shut_out(app):
    """Wrong codes from the presenter's network keep nobody out of a room opened there.

    With the cookie or the secret link it is open from any network.
    """
    desk = Browser(app)
    code = desk.send("/rooms").header("location").removeprefix("/seminar?room=")
    secret = desk.jar[presenter_cookie(code)]
    elsewhere = Browser(app, network="198.51.100.9", jar=dict(desk.jar))
    linked = Browser(app, network="198.51.100.77")
    for one in (desk, elsewhere, linked):
        guesser = Browser(app, network=one.network)
        assert [guesser.ask("/r/XXXXXX").status for _ in range(ALLOWED + 1)] == [404] * 20 + [429]
    assert Browser(app).ask(f"/r/{code}").status == 200
    assert Browser(app, network=elsewhere.network).ask(f"/r/{code}").status == 429
    wrong = {presenter_cookie(code): "x" * 43, presenter_cookie("XXXXXX"): secret}
    assert Browser(app, network=elsewhere.network, jar=wrong).ask(f"/r/{code}").status == 429
    assert linked.ask(f"/present/{'x' * 43}").status == 404
    assert linked.ask(f"/present/{secret}").status == 303
    for one in (desk, elsewhere, linked):
        for path in (f"/r/{code}", f"/r/{code}/qr.svg", f"/rooms/{code}/results.csv"):
            assert one.ask(path).status == 200
    gone = elsewhere.send(f"/rooms/{code}/forget")
    assert (gone.status, gone.header("location")) == (303, "/seminar")


def test_guesses_at_once_are_counted(app, code):
    """Forty wrong codes sent at the same moment are twenty guesses; a class is not one of them."""

    async def at_once(paths, network):
        browsers = [(Browser(app, network=network), path) for path in paths]
        asked = (one._ask(path, "", "GET", b"", {}) for one, path in browsers)
        return [answer.status for answer in await asyncio.gather(*asked)]

    codes = [f"/r/{a}{b}XXXX" for a in "3479CD" for b in "FHJKMNP"][:40]
    statuses = apart(lambda: asyncio.run(at_once(codes, "198.51.100.9")))
    assert sorted(statuses) == [404] * ALLOWED + [429] * (40 - ALLOWED)
    statuses = apart(lambda: asyncio.run(at_once([f"/r/{code}"] * 60, "198.51.100.1")))
    assert statuses == [200] * 60
    after = [Browser(app, network="198.51.100.1").ask("/r/XXXXXX").status for _ in range(21)]
    assert after == [404] * ALLOWED + [429]


def test_the_memory_of_wrong_codes():
    """It forgets after a minute, takes an IPv6 network for one, and does not grow without end."""
    now = [0.0]
    asked = AskedLately(lambda: now[0])
    for number in range(ALLOWED):
        asked.was_asked(f"2001:db8::{number:x}%eth0")
    assert not asked.may_ask("2001:db8::ffff")
    assert asked.may_ask("2001:db8:1::1")
    assert asked.may_ask("nobody")
    for _ in range(ALLOWED):
        asked.was_asked("::ffff:192.0.2.1")
    assert not asked.may_ask("192.0.2.1")
    assert asked.may_ask("::ffff:192.0.2.2")
    now[0] += SECONDS
    assert asked.may_ask("2001:db8::ffff")
    asked.was_asked("192.0.2.9")
    assert list(asked._asked) == ["192.0.2.9"]
    asked.take_back("192.0.2.9")
    assert [asked.asks("192.0.2.9") for _ in range(ALLOWED + 1)] == [True] * ALLOWED + [False]
    asked.was_found("2001:db8::1", "CODE")
    assert asked.has_found("2001:db8::2", "CODE")
    assert not asked.has_found("2001:db8::2", "OTHER")


def test_while_the_rooms_are_away(phone, rooms, code, monkeypatch, caplog):
    """Without the database a phone is told so and keeps its choice; then all goes on.

    The server's log says it once, and not for every phone.
    """
    phone.ask(f"/r/{code}")
    rooms.ask(code, "p12", "quote")

    def away():
        raise RoomsUnavailable("The rooms cannot be reached just now.")

    with monkeypatch.context() as patch:
        for module in (rooms_route, presenter):
            patch.setattr(module, "open_rooms", away)
        sent = phone.send(f"/r/{code}", number="1", value="3", words='"why"')
        assert (sent.status, sent.header("retry-after")) == (503, "2")
        kept = {i.attributes["name"]: i.attributes["value"] for i in page(sent).all("input")}
        assert kept == {"number": "1", "value": "3", "words": '"why"'}
        script = {"accept": "application/json"}
        assert phone.send(f"/r/{code}", script, number="1", value="3").status == 503
        for path in (f"/r/{code}", f"/r/{code}/now"):
            assert phone.ask(path).status == 503
        opened = phone.send("/rooms")
        assert (opened.status, page(opened).one("a").attributes["href"]) == (503, "/seminar")
        joined = phone.ask("/join", "code=3479CD")
        assert (joined.status, page(joined).one("a").attributes["href"]) == (503, "/join")
    assert [r.getMessage() for r in caplog.records if r.name == "dashboard.web.rooms_route"] == [
        "The rooms cannot be reached: The rooms cannot be reached just now."
    ]
    assert phone.send(f"/r/{code}", **kept).status == 303
    assert rooms.received(code, 1) == 1


def test_every_answer_is_safe_and_not_kept(phone, rooms, code):
    """No answer is cached, framed, or lets anything run that is not ours."""
    rooms.ask(code, "p12", "quote")
    for path in ("/join", f"/r/{code}", "/r/XXXXXX", f"/r/{code}/now", f"/r/{code}/received"):
        answer = phone.ask(path)
        assert answer.header("cache-control") == "no-store"
        policy = answer.header("content-security-policy")
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_ended_rooms_are_removed_hourly(monkeypatch):
    """Sweeping begins with the server and goes on, also after the database has been away."""
    swept = []

    class Away:
        def sweep(self):
            swept.append(len(swept))
            if len(swept) == 1:
                raise RoomsUnavailable("away")
            return 0

    monkeypatch.setattr(rooms_route, "open_rooms", Away)
    monkeypatch.setattr(rooms_route, "SWEPT_AFTER", 0)

    async def watch():
        sweeping = asyncio.create_task(rooms_route.sweep_hourly())
        while len(swept) < 3:
            await asyncio.sleep(0.001)
        sweeping.cancel()

    apart(lambda: asyncio.run(watch()))
    assert swept[:3] == [0, 1, 2]


def test_weight(phone, rooms, code):
    """All a phone gets, page, style and script, is less than 30 kB as it is; a look is tiny."""
    rooms.ask(code, max(shipped().debate.passages, key=lambda p: len(p.quote)).id, "quote")
    answer = phone.ask(f"/r/{code}")
    files = re.findall(r'(?:href|src)="(/room-files/[^"]+)"', answer.text)
    assert [file.partition("?")[0] for file in files] == [
        "/room-files/ballot.css",
        "/room-files/ballot.js",
    ]
    bodies = [answer.body]
    for file in files:
        path, _, query = file.partition("?")
        found = phone.ask(path, query)
        assert found.status == 200
        assert found.header("cache-control") == "public, max-age=31536000, immutable"
        bodies.append(found.body)
    assert sum(map(len, bodies)) < 20_000
    assert sum(len(gzip.compress(body)) for body in bodies) < 8_000
    assert len(phone.ask(f"/r/{code}/now").body) < 120


def test_colours_are_the_palettes():
    """The style file has the colours of the page in both themes."""
    style = (FILES / "ballot.css").read_text()
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    for part, palette in ((light, LIGHT), (dark, DARK)):
        for name in ("paper", "ink", "muted", "lane", "rule"):
            assert f"--{name}: {getattr(palette, name)};" in part


def test_hostile_debates_and_words(phone, rooms, code, monkeypatch):
    """Texts that mean something to HTML mean nothing here, in the debate and in a ballot."""
    from dashboard.seminar import room_questions

    phone.ask(f"/r/{code}")
    for text in HOSTILE:
        monkeypatch.setattr(room_questions, "text_of", lambda *_, text=text: text)
        question = rooms.ask(code, "p12", text[:20].encode("ascii", "ignore").decode() or "x")
        held = page(phone.ask(f"/r/{code}"))
        assert held.one("blockquote").text == text
        assert [s.attributes.get("src", "")[:12] for s in held.all("script")] == ["/room-files/"]
        phone.send(f"/r/{code}", number=question.number, value="2", words=text)
        assert len(page(phone.ask(f"/r/{code}")).all("script")) == 1


def test_gloss_and_self(phone, rooms, code):
    """A gloss is labelled as the library's, where people stand has no text, unknown items none."""
    rooms.ask(code, "p12", "gloss")
    held = page(phone.ask(f"/r/{code}"))
    assert held.one("blockquote").text == shipped().passage("p12").gloss
    assert held.one("figcaption").text == shipped().debate.library.gloss_label
    rooms.ask(code, "self", "self")
    answer = phone.ask(f"/r/{code}")
    assert page(answer).one("h1").text == shipped().debate.question
    assert page(answer).all("blockquote") == []
    assert "this passage" not in shown(answer)
    assert "Which words" not in shown(answer)
    rooms.ask(code, "p99", "quote")
    assert page(phone.ask(f"/r/{code}")).all("blockquote") == []


def test_a_round_is_called_what_the_wall_calls_it(phone, rooms, code):
    """A phone names a further vote in the wall's words, and counts no rounds of its own."""
    slides = laid("a12.a2-p04.a12")
    keys = keys_of(slides)
    for number in (2, 4, 5):
        slide = slides[number - 1]
        rooms.ask(code, *keys[slide.vote, slide.round])
        held = page(phone.ask(f"/r/{code}"))
        named = [one.text for one in held.all("p") if "round" in one.attributes.get("class", "")]
        assert named == ([round_name(slide, 2)] if slide.round == 2 else [])
        assert not any("Round" in one.text for one in held.all("p"))


def test_the_code_as_a_picture(phone, code, monkeypatch):
    """The QR code is dark on white and holds the address as asked for, or as it was set."""
    import io

    import segno

    def picture(address):
        held = io.BytesIO()
        segno.make(address, error="m", micro=False).save(
            held, kind="svg", border=4, light="#fff", dark="#000", omitsize=True, xmldecl=False
        )
        return held.getvalue()

    answer = phone.ask(f"/r/{code}/qr.svg")
    assert answer.header("content-type") == "image/svg+xml"
    assert b"#fff" in answer.body
    assert answer.body == picture(f"http://{HOST}/r/{code}")
    monkeypatch.setenv("DASHBOARD_ADDRESS", "https://bond.example.edu")
    assert phone.ask(f"/r/{code}/qr.svg").body == picture(f"https://bond.example.edu/r/{code}")


@pytest.mark.parametrize(
    ("named", "host", "address"),
    [
        ("", "a.example:81", "http://a.example:81/"),
        ("", "a/b", "/"),
        ("https://b.example/", "a", "https://b.example/"),
        ("javascript:alert(1)", "a", "http://a/"),
        ("https://b.example/path", "a", "http://a/"),
    ],
)
def test_the_servers_address(monkeypatch, named, host, address):
    """An address that was set counts if it is one, else the host that was asked for."""
    monkeypatch.setenv("DASHBOARD_ADDRESS", named)
    assert server_address("http", host) == address


@quick
@given(st.text(max_size=60), st.sampled_from(["", "3479CD"]))
def test_the_way_back_stays_on_the_page(place, code):
    """Whatever place a form names, the presenter is led to the seminar page of this server."""
    address = seminar_address(code, place)
    assert re.fullmatch(r"/seminar(\?[\w=&%.+~*-]+)?", address)
    assert parse_qs(urlsplit(address).query).get("room", []) == ([code] if code else [])


def test_stored_says_all_there_is():
    """The sentence on what is stored names every kind of thing that a ballot holds."""
    for word in ("answer", "words", "time", "random number", "no name", "24 hours"):
        assert word in room_pages.STORED


def test_a_phone_that_was_in_the_room_reads_that_it_has_ended(app, rooms, code):
    """It is told that all is deleted; a browser that was never in it, that there is no such room.

    The code is asked for anew by each, as after a while.
    """
    phone, stranger = Browser(app), Browser(app)
    phone.ask(f"/r/{code}")
    rooms.forget(code)
    for one, said in ((phone, "This room has ended."), (stranger, "There is no room of this code")):
        answer = one.ask(f"/r/{code}")
        assert answer.status == 404
        assert said in answer.text
