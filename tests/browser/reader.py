"""A reader at the page: what they do and what they see, in the words of the debate."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import (
    BrowserContext,
    Locator,
    Page,
    Request,
    WebSocketRoute,
    expect,
)

Fault = TypeVar("Fault")

READY = ".position-map[data-ready]"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
"""The page while the server has nothing more to say."""
LOOKS = 3
"""In so many frames in a row a page must have no fault."""
STAYS = 60
"""A fault that is the same in so many frames in a row will not go away."""
QUOTE = ".passage-card blockquote[data-passage]"
PATIENCE = 30
"""How many seconds a slow machine is given for what a reader waits for."""

_MARKS = """() => {
  const plot = document.querySelector('.js-plotly-plot')
  if (!plot) return {}
  const map = document.querySelector('.position-map').getBoundingClientRect()
  const buttons = [...document.querySelectorAll('.position-map-mark')]
  const nodes = new Map(buttons.map(n => [n.dataset.id, n]))
  const marks = {}
  plot.data.forEach((trace, school) => (trace.customdata ?? []).forEach(([id], i) => {
    const box = nodes.get(id).getBoundingClientRect()
    marks[id] = {
      x: trace.x[i], y: trace.y[i], opacity: trace.marker.opacity[i],
      filled: trace.marker.color[i] === trace.marker.line.color,
      symbol: trace.marker.symbol, colour: trace.marker.line.color,
      hover: trace.hovertext[i],
      left: box.x + box.width / 2 - map.x, top: box.y + box.height / 2 - map.y,
    }
  }))
  return marks
}"""

_AT_REST = """async ([quiet, seconds]) => {
  const began = performance.now()
  let since = began, frames = 0, why = '', before = ''
  const again = said => { since = performance.now(); frames = 0; why = said }
  const watch = new MutationObserver(() => again('its elements change'))
  watch.observe(document, {subtree: true, childList: true, characterData: true, attributes: true})
  const busy = () => {
    const state = document.querySelector('.stApp')?.dataset.testScriptState ?? 'notRunning'
    if (state !== 'notRunning') return 'the server has not answered in full'
    if (document.fonts.status !== 'loaded') return 'fonts are loaded'
    const moves = document.getAnimations().some(each => each.playState === 'running'
      && each.effect?.getComputedTiming().endTime !== Infinity)
    if (moves) return 'something moves'
    const main = document.querySelector('[data-testid=stMain]'), root = document.documentElement
    const layout = [main, root].map(n => n && [n.scrollTop, n.scrollHeight, n.scrollWidth]).join()
    if (layout === before) return ''
    before = layout
    return 'it scrolls or grows'
  }
  while (performance.now() - began < seconds * 1000) {
    await new Promise(requestAnimationFrame)
    const said = busy()
    if (said) again(said)
    else if (++frames >= 6 && performance.now() - since >= quiet) break
  }
  watch.disconnect()
  return frames >= 6 && performance.now() - since >= quiet ? '' : why
}"""
"""Wait until a page rests: several frames in which nothing changes; else say what did."""

_PIXEL = """async ([id, frames]) => {
  const find = () => [...document.querySelectorAll('.position-map-mark')]
    .find(n => n.dataset.id === id)
  let before = '', same = 0
  while (frames--) {
    let box = find()?.getBoundingClientRect()
    if (box && (box.top < 0 || box.bottom > innerHeight)) {
      find().scrollIntoView({block: 'center', behavior: 'instant'})
      box = find().getBoundingClientRect()
    }
    const place = box ? [box.x + box.width / 2, box.y + box.height / 2] : null
    same = place && String(place) === before ? same + 1 : 0
    before = String(place)
    if (same >= 3) return place
    await new Promise(requestAnimationFrame)
  }
  return null
}"""
"""Give where a mark stands once it stood there in several frames, scrolled into sight."""

_ANSWERS_HELD = """async () => {
  const held = performance.getEntriesByType('resource')
    .some(each => /\\/answers\\/[^?]*json/.test(each.name) && each.responseEnd > 0)
  // They are read in as many idle moments as there are groups; ours come after those.
  for (let i = 0; held && i < 60; i++) await new Promise(done => requestIdleCallback(done))
  return held
}"""

_DRIFTS = """() => Object.fromEntries(document.querySelector('.js-plotly-plot').data
  .filter(t => t.meta?.part === 'drift')
  .map(t => [t.meta.passage, {from: t.x[0], to: t.x[1], opacity: t.opacity}]))"""


_PAINTED = "() => new Promise(then => requestAnimationFrame(() => setTimeout(then)))"


def lasting(
    page: Page, faults: Callable[[], list[Fault]], *, looks: int = LOOKS, seconds: float = 15
) -> list[Fault]:
    """Return the faults that stay on a page; none once so many looks in a row have found none.

    Each look follows a frame that was painted: between the change of a window, or of a slide, and
    the next frame the page is as nobody sees it. Frames come slowly on a slow machine.
    """
    until = time.monotonic() + seconds
    last: list[Fault] = []
    found: list[Fault] = []
    same = 0
    while same < (STAYS if last else looks) and time.monotonic() < until:
        page.evaluate(_PAINTED)
        now = faults()
        same = same + 1 if now == last else 1
        last, found = now, now or found
    return [] if not last and same >= looks else found


def at_rest(page: Page) -> None:
    """Wait until the server has said all that it has to say of the view."""
    page.locator(AT_REST).wait_for()


def keys_heard(page: Page) -> None:
    """Wait until a page of the seminar hears its keys: its own, and those of every page."""
    page.locator(".blanked").wait_for(state="attached")
    page.locator("dialog.key-list").wait_for(state="attached")


@dataclass
class Watch:
    """Everything a page did that a reader would not see: requests, errors, dialogs."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def begin(self, context: BrowserContext) -> None:
        """Record what every page of a context does from now on."""
        context.on("request", self._requested)
        context.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        context.on("weberror", lambda e: self.errors.append(str(e.error)))
        context.on("dialog", self._asked)
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )

    def hosts(self) -> set[str]:
        """Return the origins asked for anything over a network."""
        parts = (urlsplit(url) for url in self.requests)
        return {f"{p.scheme}://{p.netloc}" for p in parts if p.scheme not in ("data", "blob")}

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)

    def _asked(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


class Held:
    """The page's session with the server: what either says can be kept from the other."""

    def __init__(self, page: Page) -> None:
        self.closed = False
        self.late = False
        self.slow = False
        self._page = page
        self._kept: list[str | bytes] = []
        self._untold: list[str | bytes] = []
        page.route_web_socket("**/_stcore/stream", self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        self._server = socket.connect_to_server()
        socket.on_message(self._told)
        self._server.on_message(self._answered)

    def _told(self, said: str | bytes) -> None:
        if self.slow:
            self._untold.append(said)
        elif not self.closed:
            self._server.send(said)

    def _answered(self, said: str | bytes) -> None:
        if self.late:
            self._kept.append(said)
        else:
            self._socket.send(said)

    def tell(self) -> None:
        """Tell the server all at once what was kept from it while ``slow``, and keep no more."""
        for said in self._untold:
            self._server.send(said)
        self._untold = []
        self.slow = False

    def let_through(self) -> None:
        """Give the page what was kept from it, one message after another, and keep no more."""
        while self._kept:
            self._socket.send(self._kept.pop(0))
            self._page.wait_for_timeout(5)
        self.late = False


class Reader:
    """One reader in one browser page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    # ---- going places

    def open(self, query: str = "", *, path: str = "/") -> Reader:
        """Open a view by its link and wait until its map, or its slide, is drawn."""
        self.page.goto(f"{self.address}{path}{'?' + query if query else ''}")
        return self.ready()

    def turn_to(self, query: str) -> None:
        """Ask for another view as Back and Forward do, without loading the page again."""
        self.page.evaluate(
            """query => {
              history.pushState({}, '', query ? '?' + query : location.pathname)
              dispatchEvent(new PopStateEvent('popstate', {state: {}}))
            }""",
            query,
        )

    def ready(self) -> Reader:
        """Wait until the view is drawn."""
        self.page.locator(f"{READY}, .slide").first.wait_for()
        # Keys are heard from when their list is there; the field for words comes late too.
        self.page.locator("dialog.key-list").wait_for(state="attached")
        self.page.locator(".st-key-words input, .st-key-leave").first.wait_for(state="attached")
        return self.at_rest()

    def at_rest(self) -> Reader:
        """Wait until the page rests: the server has answered, and nothing changes or moves."""
        why = self.page.evaluate(_AT_REST, [250, PATIENCE])
        assert why == "", f"the page does not come to rest: {why}"
        return self

    def answers_held(self) -> Reader:
        """Wait until the browser steps by itself: it hears the arrow keys and holds the cards."""
        self.until(lambda: bool(self.page.evaluate(_ANSWERS_HELD)), lambda: "no answers are held")
        return self

    def href(self) -> str:
        """Return the address in the browser's bar; Playwright's own lags one entry behind."""
        return str(self.page.evaluate("location.href"))

    def query(self) -> dict[str, list[str]]:
        """Return the view as the URL holds it."""
        return parse_qs(urlsplit(self.href()).query)

    def expect_query(self, **wanted: str | list[str]) -> None:
        """Wait until the URL holds exactly this view."""
        view = {k: v if isinstance(v, list) else [v] for k, v in wanted.items()}
        self.until(lambda: self.query() == view, lambda: f"{self.query()} is not {view}")

    def until(
        self, true: Callable[[], bool], said: Callable[[], str], seconds: float = PATIENCE
    ) -> None:
        """Wait until something is true of the page."""
        for _ in range(int(seconds / 0.04)):
            if true():
                return
            self.page.wait_for_timeout(40)
        raise AssertionError(said())

    def back(self) -> None:
        """Go back one entry of the history."""
        self.page.evaluate("history.back()")

    def forward(self) -> None:
        """Go forward one entry of the history."""
        self.page.evaluate("history.forward()")

    def history(self) -> int:
        """Return how many entries the history has."""
        return int(self.page.evaluate("history.length"))

    # ---- the filters

    def unfold(self) -> None:
        """Open what the filters are folded into, on a narrow page."""
        fold = self.page.locator("details.filter-fold")
        fold.wait_for(state="attached")
        if fold.is_visible() and fold.get_attribute("open") is None:
            fold.locator("summary").click()

    def option(self, group: str, name: str) -> Locator:
        """Return one option of the filters School and Role."""
        return self.page.get_by_role("toolbar", name=group).get_by_role(
            "button", name=name, exact=True
        )

    def radio(self, group: str, name: str) -> Locator:
        """Return one option of Read from and Arrange."""
        return self.page.get_by_role("radiogroup", name=group).get_by_role(
            "radio", name=name, exact=True
        )

    def words(self) -> Locator:
        """Return the field for words."""
        return self.page.get_by_role("textbox", name="Words")

    def author(self) -> Locator:
        """Return the field for an author."""
        return self.page.get_by_role("combobox", name="Author")

    def search(self, words: str) -> None:
        """Type words and enter them."""
        self.words().fill(words)
        self.words().press("Enter")

    def count(self) -> Locator:
        """Return the count that is always in sight."""
        return self.page.locator(".count")

    def expect_count(self, passages: int, authors: int, of: tuple[int, int] = (23, 11)) -> None:
        """Wait until the count says so."""
        expect(self.count()).to_have_text(
            f"{passages} of {of[0]} passages {authors} of {of[1]} authors"
        )

    # ---- the map

    def marks(self) -> dict[str, dict[str, Any]]:
        """Return each mark by passage: its place, opacity and looks, as Plotly has them."""
        found: dict[str, dict[str, Any]] = self.page.evaluate(_MARKS)
        return found

    def drifts(self) -> dict[str, dict[str, float]]:
        """Return each arrow from quote to gloss by passage."""
        found: dict[str, dict[str, float]] = self.page.evaluate(_DRIFTS)
        return found

    def places(self) -> dict[str, tuple[float, float]]:
        """Return the pixel on the map at which each mark stands."""
        return {i: (m["left"], m["top"]) for i, m in self.marks().items()}

    def lit(self) -> set[str]:
        """Return the passages whose marks are not faint."""
        return {i for i, m in self.marks().items() if m["opacity"] == 1}

    def expect_lit(self, wanted: set[str]) -> None:
        """Wait until exactly these marks are lit."""
        self.until(lambda: self.lit() == wanted, lambda: f"{self.lit()} is not {wanted}")

    def mark(self, passage: str) -> Locator:
        """Return the button over a mark."""
        # Each sign is escaped, since an id may hold anything.
        escaped = "".join(f"\\{ord(sign):x} " for sign in passage)
        return self.page.locator(f'.position-map-mark[data-id="{escaped}"]')

    def pixel(self, passage: str) -> tuple[float, float]:
        """Return where in the window a mark stands once it stands still, scrolled into sight."""
        place: list[float] | None = self.page.evaluate(_PIXEL, [passage, PATIENCE * 60])
        assert place, f"the mark of {passage} does not stand still"
        return place[0], place[1]

    def point_at(self, passage: str) -> None:
        """Move the pointer onto a mark."""
        x, y = self.pixel(passage)
        self.page.mouse.move(x - 40, y - 40)
        self.page.mouse.move(x - 1, y)
        self.page.mouse.move(x, y)

    def click_mark(self, passage: str) -> None:
        """Click a mark with the mouse, at its pixel."""
        x, y = self.pixel(passage)
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)

    # ---- the reading pane

    def quote(self) -> Locator:
        """Return the quote that is read: the first of the pane."""
        return self.page.locator(QUOTE).first

    def expect_read(self, passage: str) -> None:
        """Wait until this passage is the one read."""
        expect(self.quote()).to_have_attribute("data-passage", passage)

    def text(self, locator: Locator) -> str:
        """Return the text content of an element, character for character."""
        return str(locator.evaluate("node => node.textContent"))

    def scrolls_sideways(self) -> bool:
        """Say whether the page is wider than its window."""
        return bool(
            self.page.evaluate(
                """() => [document.documentElement, document.body,
                  document.querySelector('[data-testid=stMain]')]
                  .some(n => n && n.scrollWidth > n.clientWidth + 1)"""
            )
        )
