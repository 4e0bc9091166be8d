"""Opening a debate of one's own: checked, for this session alone, and gone with it."""

from __future__ import annotations

import asyncio
import gc
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from dashboard import open_debate, uploads, visits
from dashboard.debate import zip_source
from dashboard.debate.loading import load_debate
from dashboard.debate.zip_source import PACKED_MEGABYTES
from dashboard.open_debate import debate_of_edition, debate_of_file, open_folder
from dashboard.uploads import UploadsBounded
from dashboard.visits import VISITS, Lease, Visits
from tests.a_debate import FILES
from tests.apart import apart
from tests.test_pages import opened, text

BROKEN = FILES | {"passages.yaml": FILES["passages.yaml"].replace("aster-1990", "<b>nowhere")}


@pytest.fixture(autouse=True)
def none_open() -> Iterator[None]:
    """Leave no debate open behind a test."""
    yield
    VISITS._open.clear()


def packed(files: Mapping[str, str] = FILES) -> bytes:
    """Pack a debate."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"tiny/{name}", content)
    return held.getvalue()


def at_open(**query: str) -> AppTest:
    """Come to the page that opens debates."""
    app = opened(**query)
    app.switch_page("app_pages/open.py").run()
    assert not app.exception
    return app


def send(app: AppTest, content: bytes, name: str = "tiny.zip") -> AppTest:
    """Choose a zip."""
    app.file_uploader[0].set_value((name, content, "application/zip")).run()
    assert not app.exception
    return app


def own_id(app: AppTest) -> str:
    """Return the id under which the session's latest debate is open."""
    held = app.session_state["_opened_for_this_visit"]
    return list(held)[-1]


def at_map(app: AppTest, debate: str) -> str:
    """Go to the map of a debate; return all that the page shows."""
    app.query_params["debate"] = debate
    app.switch_page("app_pages/map.py").run()
    assert not app.exception
    return text(app)


def test_a_zip_is_opened_for_this_session() -> None:
    """The debate opens under an id of its own, with counts, and shows its own map."""
    app = send(at_open(), packed())
    assert "“A tiny debate” is open" in text(app)
    assert "4 passages, 3 works, 3 authors" in text(app)
    id = own_id(app)
    assert id.startswith("visit-")
    assert len(id) == len("visit-") + 12
    assert f"./?debate={id}" in text(app)
    shown = at_map(app, id)
    assert "<b>4 of 4 passages</b>" in shown
    assert "for this visit only" in shown
    assert "A tiny debate" in shown


def test_what_was_opened_is_the_debate_that_the_list_names() -> None:
    """The list shows it as what is read, and leads back to it; once closed, to the first."""
    app = send(at_open(), packed())
    id = own_id(app)
    here = f'href="./?debate={id}" aria-current="true">A tiny debate'
    assert app.query_params["debate"] == id
    assert here in text(app)
    assert f'data-debate="{id}"><span>A tiny debate</span>' in text(app)
    del app.query_params["debate"]
    app.switch_page("app_pages/map.py").run()
    assert here not in text(app)
    assert here.replace(' aria-current="true"', "") in text(app)
    app.query_params["debate"] = id
    app.switch_page("app_pages/open.py").run()
    app.button(key=f"close_{id}").click().run()
    assert not app.exception
    assert "debate" not in app.query_params
    assert "A tiny debate" not in text(app)
    assert "for one visit only" not in text(app)


def test_another_session_never_sees_it() -> None:
    """With the same link another session is told plainly, and sees the running debate."""
    app = send(at_open(), packed())
    other = opened(debate=own_id(app))
    assert "for one visit only" in text(other)
    assert "<b>23 of 23 passages</b>" in text(other)
    assert "tiny" not in text(other)
    assert "<b>23 of 23 passages</b>" in text(opened())


def test_the_running_debate_is_left_as_it_was() -> None:
    """Opening one's own changes nothing for the first, which can be turned to as before."""
    app = send(at_open(), packed())
    at_map(app, own_id(app))
    del app.query_params["debate"]
    app.switch_page("app_pages/map.py").run()
    assert "<b>23 of 23 passages</b>" in text(app)


def test_a_folder_is_opened() -> None:
    """The files of a folder, one by one, open the same."""
    app = at_open()
    files = [(f"tiny/{name}", content.encode(), "text/plain") for name, content in FILES.items()]
    app.file_uploader[1].set_value(files).run()
    assert not app.exception
    assert "“A tiny debate” is open" in text(app)


def test_a_broken_debate_is_not_opened_and_every_problem_is_shown() -> None:
    """Problems stand at file and line, their words escaped; nothing is open."""
    app = send(at_open(), packed(BROKEN), name="<i>mine</i>.zip")
    shown = text(app)
    assert "“&lt;i&gt;mine&lt;/i&gt;.zip” was not opened" in shown
    assert "<code>passages.yaml:2</code>" in shown
    assert "&lt;b&gt;nowhere" in shown
    assert "<b>nowhere" not in shown
    assert "_opened_for_this_visit" not in app.session_state or not own_ids(app)


def own_ids(app: AppTest) -> list[str]:
    """Return the ids that are open in a session."""
    return list(app.session_state["_opened_for_this_visit"])


def test_a_debate_of_very_many_values_is_refused(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent files hold so many values together, and no more; a folder of the server may hold more.

    So what is sent takes about a second of the server's time at most before it is refused.
    """
    assert zip_source.MOST_VALUES == 150_000
    many = {"passages.yaml": "".join(f"- a{number}\n" for number in range(160_000))}
    shown = text(send(at_open(), packed(FILES | many)))
    line = re.search(r"<code>passages.yaml:(\d+)</code>", shown)
    assert line
    assert 149_000 < int(line[1]) < 150_000
    told = "more than {} values in the YAML files together; give the passages as passages.csv"
    assert told.format("150,000") in shown
    monkeypatch.setattr(open_debate, "MOST_VALUES", 150)
    assert told.format("150") in text(send(at_open(), packed()))
    assert len(load_debate(tiny_debate).passages) == 4


def test_a_debate_of_nothing_but_faults_is_not_read_to_its_end() -> None:
    """After some thousand problems in one file of what was sent, the rest is left."""
    many = {"works.yaml": "".join(f"- {{a{number}: b}}\n" for number in range(40_000))}
    shown = text(send(at_open(), packed(FILES | many)))
    told = re.search(r"and ([\d,]+) more, and the rest of the folder was not read", shown)
    assert told
    assert int(told[1].replace(",", "")) < 20_000


def test_what_is_no_debate_is_told_in_a_sentence() -> None:
    """Bytes that are no zip, and a zip with a way out of it, are refused in plain words."""
    assert "this is not a zip that can be read" in text(send(at_open(), b"no"))
    held = io.BytesIO(packed())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("../../evil.yaml", "x")
    assert "the name leads out of its folder" in text(send(at_open(), held.getvalue()))


def test_it_can_be_closed() -> None:
    """After closing, the debate is gone for its own session too, and its files with it."""
    app = send(at_open(), packed())
    id = own_id(app)
    edition = app.session_state["_opened_for_this_visit"][id].edition
    assert debate_of_file({"edition": [edition]}) is not None
    app.button(key=f"close_{id}").click().run()
    assert debate_of_file({"edition": [edition]}) is None
    assert "” is open" not in text(app)
    assert "for one visit only" in at_map(app, id)


def test_files_are_had_by_the_edition_alone() -> None:
    """The id, which stands in the address bar, opens no file; the edition does, and is long."""
    app = send(at_open(), packed())
    id = own_id(app)
    edition = app.session_state["_opened_for_this_visit"][id].edition
    assert len(edition) == 32
    assert debate_of_file({"debate": [id]}) is None
    found = debate_of_file({"edition": [edition]})
    assert found is not None
    assert found.debate.title == "A tiny debate"
    assert debate_of_edition(edition) is found
    shown = at_map(app, id)
    assert f"/take/data.zip?edition={edition}" in shown
    assert f"/take/handout.html?debate={id}" not in shown


def test_only_so_many_are_open(tiny_debate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest is let go, of one session and of all."""
    held = Visits(most=2)
    leases: dict[str, Lease] = {}
    monkeypatch.setattr(Visits, "_leases", staticmethod(lambda: leases))
    debates = [open_folder(tiny_debate, f"visit-{n}", for_visit=True) for n in range(3)]
    for one in debates:
        held.hold(one)
    assert [held.of_edition(one.edition) is one for one in debates] == [False, True, True]
    assert [id for id, _ in held.all_held()] == ["visit-1", "visit-2"]
    held = Visits()
    leases.clear()
    for number in range(visits.PER_VISIT + 1):
        held.hold(open_folder(tiny_debate, f"visit-{number}", for_visit=True))
    assert [id for id, _ in held.all_held()] == ["visit-1", "visit-2", "visit-3"]


def test_who_opens_many_pushes_out_their_own(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where too many are open, one of the visit that holds most goes, the longest unread of it."""
    held = Visits(most=4)
    kept: list[dict[str, Lease]] = []

    def hold(session: str) -> str:
        kept.append({})
        leases = kept[-1]
        context = SimpleNamespace(session_id=session)
        monkeypatch.setattr(Visits, "_leases", staticmethod(lambda: leases))
        monkeypatch.setattr(visits, "get_script_run_ctx", lambda **_: context)
        held._looking = True
        one = open_folder(tiny_debate, f"visit-{len(kept)}", for_visit=True)
        held.hold(one)
        return one.edition

    def open_of(*editions: str) -> list[bool]:
        return [edition in held._open for edition in editions]

    first, a, b, c = hold("reader"), hold("greedy"), hold("greedy"), hold("greedy")
    assert held.of_edition(a)
    d = hold("greedy")
    assert open_of(first, a, b, c, d) == [True, True, False, True, True]
    assert kept[2]["visit-3"].ended == visits.OTHERS_CAME
    e = hold("third")
    assert open_of(first, a, c, d, e) == [True, True, False, True, True]
    f = hold("fourth")
    assert open_of(first, a, d, e, f) == [True, False, True, True, True]
    assert held.of_edition(first)
    g = hold("fifth")
    assert open_of(first, d, e, f, g) == [True, False, True, True, True]


def test_the_true_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is pushed out by others, or by a fourth of their own, or was away, is told just that."""
    app = send(at_open(), packed())
    id = own_id(app)
    edition = app.session_state["_opened_for_this_visit"][id].edition
    at_map(app, id)
    held = VISITS._open[edition]
    monkeypatch.setattr(VISITS, "_most", 1)
    send(at_open(), packed())
    app.run()
    shown = text(app)
    assert "others opened theirs, and this server holds only 8 at a time" in shown
    assert "another visit" not in shown
    assert "<b>23 of 23 passages</b>" in shown
    monkeypatch.setattr(VISITS, "_most", 8)
    app.session_state["_opened_for_this_visit"][id].ended = ""
    VISITS._open[edition] = held
    held.connected -= visits.AWAY_AT_MOST + 1
    at_map(app, id)
    VISITS.let_go_of_who_left()
    assert "had been without a connection for some minutes" in at_map(app, id)
    app = send(at_open(), packed())
    id = own_id(app)
    for _ in range(visits.PER_VISIT):
        app.switch_page("app_pages/open.py").run()
        send(app, packed())
    assert "a visit holds only 3 at a time" in at_map(app, id)
    assert "for one visit only" in text(opened(debate=id))


def test_it_goes_with_its_session(tiny_debate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When what the session held is gone, so is the debate."""
    held = Visits()
    leases: dict[str, Lease] = {}
    monkeypatch.setattr(Visits, "_leases", staticmethod(lambda: leases))
    one = open_folder(tiny_debate, "visit-x", for_visit=True)
    held.hold(one)
    leases.clear()
    gc.collect()
    assert held.of_edition(one.edition) is None


def test_it_goes_when_its_reader_has_left(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the reader is connected it stays; long after that it is let go."""
    connected, now = [True], [0.0]
    monkeypatch.setattr(visits, "_is_connected", lambda _: connected[0])
    monkeypatch.setattr(visits.time, "monotonic", lambda: now[0])
    held = Visits()
    monkeypatch.setattr(Visits, "_leases", staticmethod(dict))
    one = open_folder(tiny_debate, "visit-x", for_visit=True)
    monkeypatch.setattr(visits.weakref, "finalize", lambda *_: Lease("", ""))
    held.hold(one)
    for at, there, kept in ((0, True, True), (9000, True, True), (9100, False, True)):
        now[0], connected[0] = at, there
        held.let_go_of_who_left()
        assert (held.of_edition(one.edition) is one) is kept
    now[0] = 9000 + visits.AWAY_AT_MOST + 1
    held.let_go_of_who_left()
    assert held.of_edition(one.edition) is None


PATH = "/_stcore/upload_file/0a1b-session/0c2d-file"
LIMIT = PACKED_MEGABYTES * 1024 * 1024


def answer(path: str, headers: Mapping[str, str], method: str = "PUT") -> int:
    """Send a file through the middleware; return the status, 204 where it was handed on."""
    sent: list[Mapping[str, object]] = []

    async def app(_scope: object, _receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})  # type: ignore[operator]

    async def receive() -> Mapping[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    apart(lambda: asyncio.run(UploadsBounded(app)(scope, receive, send)))  # type: ignore[arg-type]
    status = sent[0]["status"]
    assert isinstance(status, int)
    return status


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (PATH, {"content-length": "10"}, 204),
        (PATH, {"content-length": str(LIMIT)}, 204),
        (PATH, {"content-length": str(2 * LIMIT)}, 413),
        (PATH, {"content-length": "9" * 4000}, 411),
        (PATH, {"content-length": "-1"}, 411),
        (PATH, {"content-length": "٣"}, 411),
        (PATH, {"transfer-encoding": "chunked"}, 411),
        ("/_stcore/upload_file/../x/y", {"content-length": "10"}, 404),
        ("/_stcore/upload_file/x", {"content-length": "10"}, 404),
        ("/_stcore/upload_file/x/" + "y" * 65, {"content-length": "10"}, 404),
    ],
)
def test_what_may_be_sent(path: str, headers: dict[str, str], status: int) -> None:
    """A file says how long it is, is small, and is sent to a plain address; else it is refused."""
    assert answer(path, headers) == status


def test_not_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one session, or all together, have sent much that is not opened, more is refused."""
    length = {"content-length": str(LIMIT)}
    monkeypatch.setattr(uploads, "_kept", lambda _: (3 * LIMIT, 11 * LIMIT))
    assert answer(PATH, length) == 204
    monkeypatch.setattr(uploads, "_kept", lambda _: (3 * LIMIT + 1, 3 * LIMIT + 1))
    assert answer(PATH, length) == 503
    monkeypatch.setattr(uploads, "_kept", lambda _: (0, 11 * LIMIT + 1))
    assert answer(PATH, length) == 503
    assert answer(PATH, {}, method="GET") == 204


class Door:
    """Streamlit's door for files: reads what is sent, and remembers how many came at once."""

    def __init__(self) -> None:
        self.bounded = UploadsBounded(self._take)
        self.inside: dict[str, int] = {}
        self.most = self.most_of_one = 0
        self.read = 0

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope["path"].split("/")[3]
        self.inside[session] = self.inside.get(session, 0) + 1
        self.most = max(self.most, sum(self.inside.values()))
        self.most_of_one = max(self.most_of_one, *self.inside.values())
        try:
            more = True
            while more:
                message = await receive()
                self.read += len(message["body"])
                more = message["more_body"]
        finally:
            self.inside[session] -= 1
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(
        self, session: str, pauses: Sequence[float] = (0,), length: int = LIMIT
    ) -> tuple[int, float]:
        """Send a file a byte after each pause; return the status, and after how many seconds."""
        left = list(pauses)
        statuses: list[int] = []

        async def receive() -> Message:
            await asyncio.sleep(left.pop(0))
            return {"type": "http.request", "body": b"x", "more_body": bool(left)}

        async def send(message: Message) -> None:
            if "status" in message:
                statuses.append(message["status"])

        path = f"/_stcore/upload_file/{session}/file"
        headers = [(b"content-length", str(length).encode())]
        scope = {"type": "http", "method": "PUT", "path": path, "headers": headers}
        now = asyncio.get_running_loop().time
        began = now()
        await self.bounded(scope, receive, send)
        (status,) = statuses
        return status, now() - began


def test_files_sent_at_once_are_counted_before_they_arrive() -> None:
    """Of sixty files sent at once only those are read that there is room for; then there is room.

    Room is held for what is announced: four files of one session, twelve of all.
    """

    async def sixty() -> tuple[list[int], list[int], list[int]]:
        door = Door()
        sent = (door.send(f"s{number % 20}", (0.05,)) for number in range(60))
        spread = [status for status, _ in await asyncio.gather(*sent)]
        own = [status for status, _ in await asyncio.gather(*(door.send("s") for _ in range(60)))]
        after = [status for status, _ in await asyncio.gather(*(door.send("s") for _ in range(4)))]
        assert door.read == 12 + 4 + 4
        return spread, own, after

    spread, own, after = apart(lambda: asyncio.run(sixty()))
    assert sorted(spread) == [204] * 12 + [503] * 48
    assert sorted(own) == [204] * 4 + [503] * 56
    assert after == [204] * 4


def test_few_files_wait() -> None:
    """Tiny files too wait in bounded number, of one session and of all; then nothing is left."""

    async def many() -> tuple[int, int, Door]:
        door = Door()
        own = await asyncio.gather(*(door.send("s", (0.01,), 9) for _ in range(50)))
        sent = (door.send(f"s{number % 30}", (0.01,), 9) for number in range(200))
        every = await asyncio.gather(*sent)
        return sum(s == 204 for s, _ in own), sum(s == 204 for s, _ in every), door

    own, every, door = apart(lambda: asyncio.run(many()))
    assert (own, every) == (uploads.WAITING_OF_ONE, uploads.WAITING_OF_ALL)
    assert (door.most, door.most_of_one) == (uploads.AT_ONCE, 1)
    held = door.bounded
    assert (dict(held._here), dict(held._announced), held._turns) == ({}, {}, {})


def test_idle_files_block_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session has one slot, and a file of which nothing comes is given up soon.

    One that comes slowly but steadily has its whole time, counted from its turn on; no longer.
    """
    monkeypatch.setattr(uploads, "STILL", 0.2)
    monkeypatch.setattr(uploads, "SECONDS", 0.6)

    async def idle() -> None:
        door = Door()
        hold = [asyncio.create_task(door.send("idle", (9,))) for _ in range(4)]
        await asyncio.sleep(0)
        status, seconds = await door.send("other")
        assert (status, seconds < 0.1) == (204, True)
        took = [await one for one in hold]
        assert [status for status, _ in took] == [408] * 4
        # The others waited for their turn in vain, which is not counted as theirs.
        assert [round(seconds, 1) for _, seconds in took] == pytest.approx(
            [0.2, 0.4, 0.6, 0.8], 0.3
        )
        status, seconds = await door.send("slow", (0.1,) * 4)
        assert (status, seconds > 0.35) == (204, True)
        status, seconds = await door.send("slow", (0.1,) * 20)
        assert (status, 0.5 < seconds < 0.9) == (408, True)

    apart(lambda: asyncio.run(idle()))


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose turn does not come is refused, and the turn is nobody's then."""
    monkeypatch.setattr(uploads, "WAITS", 0.1)

    async def waiting() -> None:
        door = Door()
        first = asyncio.create_task(door.send("s", (0.3,)))
        await asyncio.sleep(0)
        assert (await door.send("s"))[0] == 503
        assert (await first)[0] == 204
        assert (await door.send("s"))[0] == 204

    apart(lambda: asyncio.run(waiting()))


def test_files_of_nobody_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that is not there holds neither room nor a turn."""
    monkeypatch.setattr(uploads, "_is_active", lambda session: session == "there")

    async def nobody() -> list[int]:
        door = Door()
        return [(await door.send(session))[0] for session in ("there", "elsewhere")]

    assert apart(lambda: asyncio.run(nobody())) == [204, 400]
