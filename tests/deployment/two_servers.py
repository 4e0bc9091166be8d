"""Try what the README says of two servers behind nginx, word for word, on this machine.

Run it as `python tests/deployment/two_servers.py`; it needs nginx, htpasswd, openssl, PostgreSQL
and Chromium. It takes the files out of the README, puts free ports and a folder of its own into
them, and starts nginx, two processes of the app and a PostgreSQL. Then one room is held through
nginx, one process is killed with SIGKILL, and started again; at last nginx asks for a password.
Each line that it prints was seen; the first that was not ends it with code 1.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, WebSocket, expect, sync_playwright  # noqa: E402

from dashboard.rooms.rooms import Rooms  # noqa: E402
from dashboard.rooms.storage import Storage  # noqa: E402
from dashboard.web.asked_lately import ALLOWED  # noqa: E402
from tests.a_postgresql import running  # noqa: E402
from tests.browser.serving import free_port  # noqa: E402

NAME = "bond.example.org"
SITE = f"https://{NAME}"
PASSWORD = "between-readers"
PHONES = 12
MAP = ".position-map[data-ready]"
PATIENCE = 60_000
BY_COOKIE = "        auth_request /signed-in;\n"
SIGNED_IN = """    location = /signed-in {
        internal;
        if ($cookie_signed_in != "yes") { return 401; }
        return 204;
    }
"""
"""In place of an identity proxy: who has its cookie is let in."""
AROUND = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.txt;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    {temporary}
    include {folder}/bond.conf;
}}
"""


def seen(holds: bool, what: str) -> None:
    """Print what was seen; `SystemExit` where it was not."""
    if not holds:
        sys.exit(f"NOT SEEN: {what}")
    print(f"seen: {what}", flush=True)


def block(language: str, with_words: str) -> str:
    """Return the README's block of a language that holds these words."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (found,) = [one for one in blocks if with_words in one]
    return found


class Nginx:
    """nginx with the README's file, at ports of its own."""

    def __init__(self, folder: Path, replicas: dict[str, int]) -> None:
        self._folder = folder
        self.port = free_port()
        self._changed = {
            "127.0.0.1:8501": f"127.0.0.1:{replicas['a']}",
            "127.0.0.1:8502": f"127.0.0.1:{replicas['b']}",
            ":8501$": f":{replicas['a']}$",
            ":8502$": f":{replicas['b']}$",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{free_port()}",
            "/etc/ssl/bond": str(folder),
            "/etc/nginx/bond": f"{folder}/bond",
        }
        named = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{one}_temp_path {folder}/{one};" for one in named)
        self._whole = folder / "nginx.conf"
        self._whole.write_text(AROUND.format(folder=folder, temporary=temporary))
        for command in (
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout privkey.pem "
            f"-out fullchain.pem -subj /CN={NAME}",
            f"htpasswd -b -c bond.htpasswd reader {PASSWORD}",
        ):
            subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)

    def write(self, *, with_login: bool = False, by: str = "") -> None:
        """Write the file, as the README has it or with its lines for a login.

        ``by`` stands in place of the lines that ask for a password.
        """
        text = block("nginx", "upstream either")
        if with_login:
            plain = "    location / {\n        proxy_pass http://$pool;\n    }\n"
            assert plain in text
            asking = re.compile(r"        auth_basic .*\n        auth_basic_user_file .*\n")
            login = block("nginx", "auth_basic")
            text = text.replace(plain, asking.sub(by, login) if by else login)
            text = text.replace("    location / {", SIGNED_IN + "    location / {") if by else text
        for written, ours in self._changed.items():
            text = text.replace(written, ours)
        (self._folder / "bond.conf").write_text(text)
        subprocess.run(["nginx", "-t", "-c", self._whole], check=True, capture_output=True)

    @contextlib.contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run it, and end it by its id."""
        process = subprocess.Popen(["nginx", "-c", self._whole], stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            yield process
        finally:
            process.terminate()
            process.wait()


class Replica:
    """One process of the app, started by the README's command."""

    def __init__(self, folder: Path, port: int, environment: dict[str, str]) -> None:
        self._folder, self.port, self._environment = folder, port, environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until readers may come."""
        (command,) = re.findall(r"python (-m dashboard .*--port) 8501", block("sh", "createuser"))
        said = self._folder / f"replica-{self.port}.txt"
        with said.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, *command.split(), str(self.port)],
                cwd=self._folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | self._environment | {"PYTHONPATH": str(ROOT)},
            )
        for _ in range(900):
            if "press Ctrl-C" in said.read_text(errors="replace"):
                return
            time.sleep(0.1)
        sys.exit(said.read_text(errors="replace"))

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process by its id."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None


def connected(port: int) -> http.client.HTTPSConnection:
    """Return a connection to nginx, whose certificate nobody has signed."""
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=unchecked)


class Phone:
    """A phone that goes through nginx and keeps its cookies."""

    def __init__(self, port: int, **jar: str) -> None:
        self._port, self.jar = port, dict(jar)
        self.set: dict[str, str] = {}

    def ask(self, path: str, form: str = "", **headers: str) -> tuple[int, str]:
        """Return status and body of one request on a connection of its own."""
        connection = connected(self._port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        given = {"Host": NAME, "Cookie": cookies, "Accept": "application/json", **headers}
        if form:
            given |= {"Origin": SITE, "Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request("POST" if form else "GET", path, form or None, given)
            answer = connection.getresponse()
            body = answer.read().decode("utf-8", "replace")
            self.set = {}
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition("=")
                self.set[name] = value
                self.jar[name] = value.partition(";")[0]
        return answer.status, body

    @property
    def replica(self) -> str:
        """Which process answered last."""
        return self.jar["replica"]

    def vote(self, code: str, number: int, value: str) -> int:
        """Send a ballot; give the status of the answer."""
        return self.ask(f"/r/{code}", urlencode({"number": number, "value": value}))[0]


def reader(browser: Browser, replica: str, path: str) -> Page:
    """Give a reader's page who is led to a process, once its map is there."""
    context = browser.new_context(ignore_https_errors=True)
    context.add_cookies([{"name": "replica", "value": replica, "url": SITE}])
    page = context.new_page()
    page.goto(f"{SITE}{path}")
    page.locator(MAP).wait_for(timeout=PATIENCE)
    return page


def filters(page: Page, school: str, count: str) -> None:
    """Press a school and wait for the map, and for the server's own answer: the new address."""
    before = page.url
    page.get_by_role("button", name=school, exact=True).first.click()
    expect(page.get_by_text(re.compile(count)).first).to_be_visible(timeout=PATIENCE)
    expect(page).not_to_have_url(before, timeout=PATIENCE)


def replica_of(page: Page) -> str:
    """Return the process that a reader is led to, by nginx's cookie."""
    return next(c["value"] for c in page.context.cookies() if c["name"] == "replica")


def room_through_nginx(browser: Browser, port: int, rooms: Rooms) -> tuple[str, list[Phone]]:
    """Open a room, let phones vote on both processes, see one result."""
    context = browser.new_context(ignore_https_errors=True)
    desk = context.new_page()
    desk.goto(SITE)
    desk.locator(MAP).wait_for(timeout=PATIENCE)
    seen(True, "a page opens through nginx, with its session (wss)")
    opened = desk.evaluate("fetch('/rooms', {method: 'POST', body: 'place='}).then(r => r.url)")
    code = opened.rpartition("room=")[2]
    secrets = [c for c in context.cookies() if c["name"] == f"room-{code}"]
    seen(bool(secrets) and bool(secrets[0].get("secure")), "the presenter's cookie is Secure")
    rooms.ask(code, "p12", "quote")
    phones = [Phone(port) for _ in range(PHONES)]
    for phone in phones:
        assert phone.ask(f"/r/{code}")[0] == 200
        assert phone.set["person"].endswith("; Secure"), phone.set
    answered = Counter(phone.replica for phone in phones)
    seen(len(answered) == 2, f"phones were answered by {dict(sorted(answered.items()))}")
    confirmed = [phone.vote(code, 1, "2") for phone in phones]
    seen(confirmed == [200] * PHONES, f"{PHONES} ballots are confirmed")
    wanderer = phones[0]
    wanderer.jar["replica"] = "b" if wanderer.replica == "a" else "a"
    again = wanderer.ask(f"/r/{code}/now")[1]
    seen('"mine":true' in again, "a phone led to the other process has its ballot there")
    assert wanderer.vote(code, 1, "1") == 200
    received = desk.evaluate(f"fetch('/r/{code}/received').then(r => r.json())")["received"]
    seen(received == PHONES, f"one result: the presenter is told of {received} ballots")
    address = desk.evaluate(f"fetch('/r/{code}/qr.svg').then(r => r.status)")
    seen(address == 200, "the QR code is there")
    context.close()
    return code, phones


def one_ends(browser: Browser, first: Replica, code: str, phones: list[Phone], rooms: Rooms):
    """Kill one process and see who goes on, then start it again."""
    hers, his = reader(browser, "a", "/"), reader(browser, "b", "/")
    filters(hers, "Attachment", "7 of 23")
    kept = hers.url
    sessions: list[WebSocket] = []

    def came(one: WebSocket) -> None:
        sessions.append(one)

    hers.on("websocket", came)
    first.end(signal.SIGKILL)
    filters(his, "Attachment", "7 of 23")
    seen(replica_of(his) == "b", "a reader of the other process goes on")
    rooms.ask(code, "p12", "quote", 2)
    confirmed = [phone.vote(code, 2, "4") for phone in phones]
    seen(
        confirmed == [200] * PHONES,
        f"every phone's next ballot is confirmed ({Counter(confirmed)})",
    )
    seen({p.replica for p in phones} == {"b"}, "by the process that is left")
    goes_on_by_itself(hers, sessions)
    hers.reload()
    hers.locator(MAP).wait_for(timeout=PATIENCE)
    expect(hers.get_by_text(re.compile("7 of 23")).first).to_be_visible(timeout=PATIENCE)
    seen(
        hers.url == kept and replica_of(hers) == "b",
        "a reader of the one that ended reloads, and has the same view from the other",
    )
    filters(hers, "Empirical", "20 of 23")
    seen(True, "and filters there")
    first.start()
    time.sleep(11)
    answered = Counter()
    for _ in range(PHONES):
        phone = Phone(phones[0]._port)
        assert phone.ask(f"/r/{code}")[0] == 200
        answered[phone.replica] += 1
    seen(len(answered) == 2, f"started again, it answers: {dict(sorted(answered.items()))}")


def goes_on_by_itself(page: Page, sessions: list[WebSocket]) -> None:
    """Print when a reader's page opens a session with the other process, and whether it goes on."""
    began = time.monotonic()
    while not sessions and time.monotonic() - began < 30:
        page.wait_for_timeout(250)
    lasted = time.monotonic() - began
    print(f"      its page opened {len(sessions)} new sessions within {lasted:.0f} s")
    page.wait_for_timeout(2000)
    before, choices = page.url, 0
    while page.url == before and choices < 3:
        choices += 1
        with contextlib.suppress(AssertionError):
            page.get_by_role("button", name="Empirical", exact=True).first.click()
            expect(page).not_to_have_url(before, timeout=5000)
    answered = "none was answered" if page.url == before else f"number {choices} was answered"
    print(f"      of its choices without a reload {answered}")
    page.goto(before)


def a_file_is_sent(browser: Browser, folder: Path) -> None:
    """Open a file of some megabytes for a visit, through nginx."""
    (folder / "large.zip").write_bytes(os.urandom(4_500_000))
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{SITE}/open")
    with page.expect_response(
        lambda r: "upload_file" in r.url and r.request.method == "PUT", timeout=PATIENCE
    ) as sent:
        page.locator("input[type=file]").first.set_input_files(folder / "large.zip")
    seen(sent.value.status in (200, 204), f"a file of 4.5 MB arrives ({sent.value.status})")
    context.close()


def scripts_stay_compressed(port: int) -> None:
    """See that what the app compressed arrives so."""
    phone = Phone(port)
    body = phone.ask("/", **{"Accept-Encoding": "identity"})[1]
    script = re.search(r'src="\.(/static/js/index[^"]+)"', body)
    assert script
    connection = connected(port)
    connection.request("GET", script[1], headers={"Host": NAME, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    held = len(answer.read())
    connection.close()
    coding = answer.headers["Content-Encoding"]
    seen(coding == "gzip", f"scripts arrive compressed ({script[1]}: {held} bytes)")


def nobody_makes_up_an_address(port: int) -> None:
    """See that a guest who sends X-Forwarded-For has to wait like any other."""
    guesser = Phone(port, replica="a")
    found = []
    for number in range(ALLOWED + 1):
        made_up = {"X-Forwarded-For": f"203.0.113.{number}"}
        found.append(guesser.ask("/r/XXXXXX", **made_up)[0])
    seen(found == [404] * ALLOWED + [429], "made-up addresses do not help to guess codes")
    seen(Phone(port).ask("/join", Host="elsewhere.example")[0] == 403, "another name gets 403")


def behind_a_login(browser: Browser, port: int, code: str, rooms: Rooms) -> None:
    """See what a password keeps and what it leaves open."""
    for path in ("/", "/seminar", "/_stcore/stream", "/rooms", "/r/../seminar", "/r/..%2fseminar"):
        seen(Phone(port).ask(path)[0] == 401, f"without the password {path} gets 401")
    seen(Phone(port).ask("/rooms", "place=")[0] == 401, "nor opens anybody a room")
    seen(Phone(port).ask("/seminar/../r/x")[0] in (400, 404), "no way round leads to the rest")
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    refused: list[str] = []
    page.on("response", lambda r: refused.append(r.url) if r.status in (401, 403) else None)
    page.goto(f"{SITE}/join?code={code}")
    rooms.ask(code, "p04", "quote")
    page.reload()
    page.locator("input[name=value]").first.check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent:").first).to_be_visible(timeout=PATIENCE)
    refused = [one for one in refused if not one.endswith("favicon.ico")]
    seen(page.url == f"{SITE}/r/{code}" and not refused, "a phone joins and votes without it")
    context.close()
    context = browser.new_context(
        ignore_https_errors=True, http_credentials={"username": "reader", "password": PASSWORD}
    )
    page = context.new_page()
    page.goto(SITE)
    page.locator(MAP).wait_for(timeout=PATIENCE)
    filters(page, "Attachment", "7 of 23")
    seen(True, "with the password a reader reads and filters (Chromium)")
    context.close()


def behind_an_identity_proxy(browser: Browser, port: int, code: str) -> None:
    """See that a login by a cookie lets a session through, and keeps the rest out."""
    seen(Phone(port).ask("/")[0] == 401, "without the identity proxy's cookie / gets 401")
    seen(Phone(port).ask(f"/r/{code}")[0] == 200, "and a phone its ballot")
    context = browser.new_context(ignore_https_errors=True)
    context.add_cookies([{"name": "signed_in", "value": "yes", "url": SITE}])
    page = context.new_page()
    page.goto(SITE)
    page.locator(MAP).wait_for(timeout=PATIENCE)
    filters(page, "Attachment", "7 of 23")
    seen(True, "with it a reader reads and filters")
    context.close()


def tried(folder: Path) -> None:
    """Start everything, and try it."""
    ports = {"a": free_port(), "b": free_port()}
    nginx = Nginx(folder, ports)
    nginx.write()
    named = dict(line.split("=", 1) for line in block("sh", "DASHBOARD_DATABASE_URL=").split())
    with running() as database:
        environment = named | {"DASHBOARD_DATABASE_URL": database.url}
        storage = Storage(database.url)
        rooms = Rooms(storage)
        replicas = {name: Replica(folder, port, environment) for name, port in ports.items()}
        with contextlib.ExitStack() as stack:
            stack.callback(storage.close)
            for one in replicas.values():
                stack.callback(one.end)
                one.start()
            process = stack.enter_context(nginx.running())
            browser = stack.enter_context(chromium(nginx.port))
            code, phones = room_through_nginx(browser, nginx.port, rooms)
            scripts_stay_compressed(nginx.port)
            a_file_is_sent(browser, folder)
            one_ends(browser, replicas["a"], code, phones, rooms)
            nginx.write(with_login=True)
            process.send_signal(signal.SIGHUP)
            time.sleep(2)
            behind_a_login(browser, nginx.port, code, rooms)
            nginx.write(with_login=True, by=BY_COOKIE)
            process.send_signal(signal.SIGHUP)
            time.sleep(2)
            behind_an_identity_proxy(browser, nginx.port, code)
            nobody_makes_up_an_address(nginx.port)


@contextlib.contextmanager
def chromium(port: int) -> Iterator[Browser]:
    """Give a browser that finds the README's name at nginx's port."""
    names = (os.environ.get("CHROMIUM"), "chromium", "google-chrome")
    path = next(filter(None, (shutil.which(name) for name in names if name)))
    rule = f"--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", rule])
        yield browser
        browser.close()


def main() -> int:
    """Try it in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="two-servers-") as folder:
        Path(folder).chmod(0o755)
        tried(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
