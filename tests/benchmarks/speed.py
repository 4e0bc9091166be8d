"""Measure the app in real Chromium beside an empty Streamlit app, a plain one, and Dash.

Run on demand, never in CI:

    python tests/benchmarks/speed.py --rounds 5
    python tests/benchmarks/speed.py --only dash plain --parts clicks load
    python tests/benchmarks/speed.py --large --json figures.json

What is measured, in every app with the same script inside the page (in_page.js):

- school: from the release of the mouse on a school until count, map and list are right;
- mark: from the release of the mouse on a mark until its quote is there;
- load: from the start of a navigation with an empty cache until all marks and the first quote
  are there, and the bytes that came over the wire, websocket frames included;
- reading: from Enter in the search until its words are lit, on 23 and on 100,000 passages; from
  the release of the mouse on a path's "Next" until the next quote is there, and on an opposed
  pair until its first quote is;
- large: the school click on 10,000 and 100,000 generated passages of 500 authors with 60 works
  each, the server's memory, and the browser's with one page after another in one tab;
- start: from the start of the process until it answers that it is healthy.

Rounds are interleaved (each app in each round, in changing order); medians and ranges are given.
Read the ratios: milliseconds depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import csv
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import compared_debate
import psutil
from generated_debate import write_debate
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

HERE = Path(__file__).parent
IN_PAGE = (HERE / "in_page.js").read_text(encoding="utf-8")
PATIENCE = 60_000
WORKS = 60
SETTLES = 5_000
READ_IN_TURN = ("Map", "Read", "Compare", "Sources", "Method", "Map")
VIEWPORT = {"width": 1440, "height": 1000}
SIZES = (10_000, 100_000)
SEARCHED = ("therapist", "alliance", "patient", "relationship", "evidence", "outcome")
"""Words that stand in the shipped debate and in the generated ones."""
MARKS_CLICKED = ("p15", "p03", "p12", "p18", "p02", "p23")


class Ours:
    """The product: how it is started and where its parts are."""

    name = "ours"
    health = "/_stcore/health"
    chart = ".st-key-position_map"
    quote = "blockquote[data-passage]"
    # The passages that match, as the table under the map lists them.
    listed = ".st-key-map_side table.values tbody th"
    listed_at_most = 100
    has_map = True

    def __init__(self, debate: Path | None = None) -> None:
        self.debate = debate

    def command(self, port: int) -> list[str]:
        """Return the command that serves it on a port."""
        command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
        return command if self.debate is None else [*command, "--debate", str(self.debate)]

    def school(self, page: Page, label: str) -> Locator:
        """Return the control of one school."""
        groups = page.get_by_role("toolbar", name="School").or_(
            page.get_by_role("group", name="School")
        )
        return groups.first.get_by_role("button", name=label, exact=True)


class Plain(Ours):
    """A plain Streamlit page with Streamlit's own chart, default settings."""

    name = "plain"
    listed = "#matching li"
    script = "plain_app.py"

    def command(self, port: int) -> list[str]:
        """Return the command that serves it on a port."""
        options = {
            "--server.port": str(port),
            "--server.address": "127.0.0.1",
            "--server.headless": "true",
            "--browser.gatherUsageStats": "false",
        }
        script = str(HERE / self.script)
        return [sys.executable, "-m", "streamlit", "run", script, *sum(options.items(), ())]


class Empty(Plain):
    """An empty Streamlit app: pills and a line of text."""

    name = "empty"
    script = "empty_app.py"
    listed = ""
    has_map = False


class Dash(Ours):
    """The same map and list in Plotly Dash."""

    name = "dash"
    health = "/"
    chart = "#map"
    quote = "#pane blockquote[data-passage]"
    listed = "#matching li"

    def command(self, port: int) -> list[str]:
        """Return the command that serves it on a port."""
        return [sys.executable, str(HERE / "dash_app.py"), str(port)]

    def school(self, page: Page, label: str) -> Locator:
        """Return the control of one school."""
        return page.locator("#school label").filter(has_text=label)


APPS: dict[str, Callable[[], Ours]] = {
    "ours": Ours,
    "dash": Dash,
    "plain": Plain,
    "empty": Empty,
}


@dataclass
class Figures:
    """Everything measured: (what, app) to samples, and single facts."""

    samples: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, Any] = field(default_factory=dict)

    def add(self, what: str, app: str, value: float) -> None:
        """Keep one sample."""
        self.samples[what, app].append(value)

    def middle(self, what: str, app: str) -> float | None:
        """Return the median of what was measured, or None."""
        values = self.samples.get((what, app))
        return median(values) if values else None


Keep = Callable[[str, str, float], None]


@dataclass(frozen=True)
class Visit:
    """A new reader's visit to a running app, and what the samples are filed under."""

    browser: Browser
    app: Ours
    address: str
    name: str


@contextlib.contextmanager
def served(app: Ours, folder: Path) -> Iterator[tuple[str, int, float]]:
    """Serve an app on a free port; give its address, process id and seconds to healthy."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    # An empty home and working directory: no settings of this machine reach any app.
    clean = {key: text for key, text in os.environ.items() if not key.startswith("STREAMLIT_")}
    log_path = folder / f"{app.name}-{port}.log"
    with log_path.open("wb") as log:
        begin = time.perf_counter()
        process = subprocess.Popen(
            app.command(port),
            cwd=folder,
            env={**clean, "HOME": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            while not healthy(address + app.health):
                if process.poll() is not None or time.perf_counter() - begin > 300:
                    raise RuntimeError(f"{app.name} did not start:\n{log_path.read_text()}")
                time.sleep(0.005)
            yield address, process.pid, time.perf_counter() - begin
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def healthy(url: str) -> bool:
    """Return whether the address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def parts_of(app: Ours) -> dict[str, str]:
    """Return the selectors that the script in the page needs."""
    return {"chart": app.chart, "quote": app.quote, "listed": app.listed}


@contextlib.contextmanager
def fresh_page(visit: Visit, want: dict[str, Any]) -> Iterator[Page]:
    """Open the app in a new context with an empty cache and start the clock of its loading."""
    context = visit.browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    wanted = json.dumps({**want, "patience": PATIENCE})
    page.add_init_script(f"{IN_PAGE}\nspeed.load({json.dumps(parts_of(visit.app))}, {wanted});")
    page.bytes_received = received = []  # type: ignore[attr-defined]
    network = context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: received.append(frame_size(event)))
    network.send("Network.enable")
    try:
        page.goto(visit.address, wait_until="commit")
        yield page
    finally:
        context.close()


def frame_size(event: dict[str, Any]) -> int:
    """Return the bytes of one websocket frame; binary ones are reported in base64."""
    frame = event["response"]
    data: str = frame["payloadData"]
    return len(data.encode() if frame["opcode"] == 1 else base64.b64decode(data))


def result(page: Page, name: str) -> float:
    """Wait until the page is right; return the milliseconds since the click or navigation.

    Raises AssertionError, with the app's name and what is missing, where it never gets right.
    """
    try:
        return float(page.evaluate("speed.result"))
    except PlaywrightError as error:
        raise AssertionError(f"{name} at {page.evaluate('location.href')}: {error}") from error


def settle(page: Page) -> None:
    """Wait until nothing is asked of the network and nothing more arrives."""
    before = -1
    while before != len(page.bytes_received):  # type: ignore[attr-defined]
        before = len(page.bytes_received)  # type: ignore[attr-defined]
        page.wait_for_timeout(500)


def timed(page: Page, app: Ours, want: dict[str, Any], point: Callable[[], Any]) -> float:
    """Bring the mouse to a place, click there, and return the time until the page is right.

    Raises AssertionError where the page does not stay right once it has settled.
    """
    point()
    page.wait_for_timeout(250)
    wanted = {**want, "patience": PATIENCE}
    page.evaluate("([app, want]) => speed.arm(app, want)", [parts_of(app), wanted])
    page.mouse.down()
    page.mouse.up()
    time_taken = result(page, app.name)
    page.wait_for_timeout(350)
    still = page.evaluate("([app, want]) => speed.wrong(app, want)", [parts_of(app), wanted])
    assert not still, f"{app.name} was right and then was not: {still}"
    return time_taken


def searched(page: Page, app: Ours, word: str) -> float:
    """Search for a word; return the time from Enter until its first passage is there, lit."""
    field = page.get_by_role("textbox", name="Words")
    field.fill(word)
    page.wait_for_timeout(250)
    want = {"lit": word[:6], "patience": PATIENCE}
    page.evaluate("([app, want]) => speed.arm(app, want, 'keydown')", [parts_of(app), want])
    field.press("Enter")
    return result(page, app.name)


def stepped(page: Page, app: Ours, target: Locator, passage: str, quote: str) -> float:
    """Click what leads to a passage; return the time until its quote is there."""
    want = {"quote": passage, "quotes": {passage: quote}}
    return timed(page, app, want, target.hover)


def schools_wanted(debate: compared_debate.ComparedDebate, chosen: list[str]) -> dict[str, Any]:
    """Return what must be seen with these schools chosen."""
    shown = [mark.id for mark in debate.shown(chosen)]
    return {
        "count": [len(shown), len(debate.marks)],
        "bright": shown,
        "marks": len(debate.marks),
        "listed": shown,
        "text": f"Chosen: {', '.join(debate.schools[school] for school in chosen) or 'nothing'}",
    }


def for_app(app: Ours, want: dict[str, Any]) -> dict[str, Any]:
    """Keep of what is wanted only what this app shows: the empty app has but its line."""
    kept = {"text"} if not app.has_map else set(want) - {"text"}
    return {key: want[key] for key in want if key in kept}


def measure_visit(
    visit: Visit, debate: compared_debate.ComparedDebate, parts: list[str], keep: Keep
) -> None:
    """One visit by a new reader: load the page, click schools, click marks."""
    app = visit.app
    quotes = {mark.id: mark.quote for mark in debate.marks}
    nothing = schools_wanted(debate, [])
    first = for_app(app, {**nothing, "any_quote": True, "quotes": quotes})
    with fresh_page(visit, first) as page:
        keep("load ms", visit.name, result(page, visit.name))
        settle(page)
        keep("load MB", visit.name, sum(page.bytes_received) / 1e6)  # type: ignore[attr-defined]
        if "clicks" not in parts:
            return
        for school, label in debate.schools.items():
            for chosen in ([school], []):
                want = for_app(app, schools_wanted(debate, chosen))
                control = app.school(page, label)
                keep("school click ms", visit.name, timed(page, app, want, control.hover))
        if not app.has_map:
            return
        for passage in MARKS_CLICKED:
            want = {"quote": passage, "quotes": quotes}
            keep("mark click ms", visit.name, timed(page, app, want, to_mark(page, app, passage)))


def to_mark(page: Page, app: Ours, passage: str) -> Callable[[], None]:
    """Return what brings the mouse to the pixel of a mark."""

    def point() -> None:
        x, y = page.evaluate("([app, id]) => speed.place(app, id)", [parts_of(app), passage])
        page.mouse.move(x - 4, y)
        page.mouse.move(x, y)

    return point


def measure_apps(browser: Browser, given: argparse.Namespace, folder: Path, to: Figures) -> None:
    """Interleave visits to all apps; the first visit to each is a warm-up and not kept."""
    debate = compared_debate.read_debate(compared_debate.debate_folder())
    with contextlib.ExitStack() as running:
        apps = [APPS[name]() for name in given.only]
        places = [(app, running.enter_context(served(app, folder))[0]) for app in apps]
        for number in range(given.rounds + 1):
            turn = number % len(places)
            for app, address in places[turn:] + places[:turn]:
                keep = to.add if number else _forget
                visit = Visit(browser, app, address, app.name)
                measure_visit(visit, debate, given.parts, keep)


def _forget(what: str, app: str, value: float) -> None:
    """Keep nothing of a warm-up."""


def measure_starts(given: argparse.Namespace, folder: Path, to: Figures) -> None:
    """Start ours and the empty app in turn until each is healthy."""
    names = [name for name in ("empty", "ours") if name in given.only]
    for number in range(max(5, given.rounds) + 1):
        for name in names:
            app = APPS[name]()
            with served(app, folder) as (_, _, seconds):
                if number:
                    to.add("start ms", name, seconds * 1000)


def measure_large(browser: Browser, given: argparse.Namespace, folder: Path, to: Figures) -> None:
    """Click schools in ours on the shipped debate and on generated ones, in turn."""
    places: list[tuple[str, Ours, list[dict[str, str]]]] = []
    shipped = compared_debate.read_debate(compared_debate.debate_folder())
    rows = [{"id": mark.id, "school": mark.school} for mark in shipped.marks]
    places.append((f"{len(rows)}", Ours(), rows))
    for size in given.sizes:
        where = folder / f"generated-{size}"
        write_debate(where, size, works=WORKS)
        with (where / "passages.csv").open(encoding="utf-8", newline="") as file:
            rows = [{"id": row["id"], "school": row["school"]} for row in csv.DictReader(file)]
        places.append((f"{size}", Ours(where), rows))
    with contextlib.ExitStack() as running:
        visits = []
        for size, app, rows in places:
            address, process, seconds = running.enter_context(served(app, folder))
            to.facts[f"start s, {size} passages"] = round(seconds, 2)
            visits.append((size, app, rows, address, process))
        for number in range(given.rounds + 1):
            for size, app, rows, address, _ in visits:
                keep = to.add if number else _forget
                visit = Visit(browser, app, address, f"ours, {size}")
                measure_large_visit(visit, shipped.schools, rows, keep)
        for size, _, _, address, process in visits:
            to.facts[f"memory MB, {size} passages"] = memory(process)
            to.facts[f"browser MB, {size} passages"] = browser_memory(browser, address)


def measure_large_visit(
    visit: Visit, schools: dict[str, str], rows: list[dict[str, str]], keep: Keep
) -> None:
    """Load a debate of any size and click its schools; the marks drawn must be right."""
    app = visit.app
    school_of = {row["id"]: row["school"] for row in rows}
    everything = {"count": [len(rows), len(rows)], "any_quote": True, "any_mark": True}
    with fresh_page(visit, everything) as page:
        keep("load ms", visit.name, result(page, visit.name))
        settle(page)
        keep("load MB", visit.name, sum(page.bytes_received) / 1e6)  # type: ignore[attr-defined]
        drawn = [mark for mark, _ in page.evaluate("(app) => speed.drawn(app)", parts_of(app))]
        for school, label in schools.items():
            for chosen in (school, None):
                shown = [row["id"] for row in rows if chosen in (None, row["school"])]
                want = {
                    "count": [len(shown), len(rows)],
                    "listed": shown[: app.listed_at_most],
                    "bright": [mark for mark in drawn if chosen in (None, school_of[mark])],
                    "marks": len(set(drawn)),
                }
                control = app.school(page, label)
                keep("school click ms", visit.name, timed(page, app, want, control.hover))


def measure_reading(browser: Browser, given: argparse.Namespace, folder: Path, to: Figures) -> None:
    """Search on the shipped debate and, where asked, on a large one."""
    places = [("23", Ours())]
    if given.large:
        where = folder / f"read-{max(given.sizes)}"
        write_debate(where, max(given.sizes), works=WORKS)
        places.append((f"{max(given.sizes)}", Ours(where)))
    with contextlib.ExitStack() as running:
        visits = [(size, app, *running.enter_context(served(app, folder))) for size, app in places]
        for number in range(given.rounds + 1):
            keep = to.add if number else _forget
            measure_steps(browser, visits[0][2], keep)
            for size, app, address, _, _ in visits:
                visit = Visit(browser, app, f"{address}/read", f"ours, {size}")
                with fresh_page(visit, {"any_quote": True}) as page:
                    result(page, visit.name)
                    settle(page)
                    for word in SEARCHED:
                        keep("search ms", visit.name, searched(page, app, word))
        for size, _, _, process, _ in visits:
            to.facts[f"memory MB after searching, {size} passages"] = memory(process)


def measure_steps(browser: Browser, address: str, keep: Keep) -> None:
    """Walk a path of the shipped debate to its last passage, and open each opposed pair."""
    debate = compared_debate.read_debate(compared_debate.debate_folder())
    quotes = {mark.id: mark.quote for mark in debate.marks}
    app = Ours()
    path, steps = compared_debate.read_path()
    seen = Visit(browser, app, f"{address}/paths?path={path}&step=1", "ours, 23")
    with fresh_page(seen, {"any_quote": True}) as page:
        result(page, seen.name)
        settle(page)
        for passage in steps[1:]:
            page.get_by_role("button", name="No claim").click()
            onward = page.locator("button.path-next:not(:disabled)")
            onward.wait_for()
            keep("path step ms", seen.name, stepped(page, app, onward, passage, quotes[passage]))
    app.quote = ".compare-column blockquote[data-passage]"
    seen = Visit(browser, app, f"{address}/compare", "ours, 23")
    with fresh_page(seen, {"text": "Opposed pairs"}) as page:
        result(page, seen.name)
        settle(page)
        for number, first in enumerate(compared_debate.read_pairs()):
            pair = page.locator(".pairs a").nth(number)
            keep("compare step ms", seen.name, stepped(page, app, pair, first, quotes[first]))
            page.evaluate("history.back()")
            page.locator(app.quote).first.wait_for(state="detached")
            # After Back the page holds the place where one was until nothing moves any more.
            page.wait_for_timeout(1200)


def browser_memory(browser: Browser, address: str) -> dict[str, dict[str, float]]:
    """Open an empty page, then ours in turn, in one tab; return what the browser holds, in MB.

    ``heap`` is that of the page's scripts, ``tab`` the proportional memory of the processes that
    draw pages, ``browser`` that of all its processes.
    """
    context = browser.new_context(viewport=VIEWPORT)
    try:
        page = context.new_page()
        asked = context.new_cdp_session(page)
        asked.send("Performance.enable")
        page.goto("about:blank")
        page.wait_for_timeout(SETTLES)
        found = {"0 empty page": processes_of(browser)}
        page.goto(address)
        for number, name in enumerate(READ_IN_TURN, 1):
            place = page.get_by_role("navigation", name="Pages").get_by_role("link", name=name)
            place.click()
            page.locator(".places [aria-current=page]", has_text=name).wait_for()
            page.wait_for_timeout(SETTLES)
            metrics = asked.send("Performance.getMetrics")["metrics"]
            heap = next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")
            found[f"{number} {name}"] = {"heap": round(heap / 1e6, 1), **processes_of(browser)}
        return found
    finally:
        context.close()


def processes_of(browser: Browser) -> dict[str, float]:
    """Return the proportional memory in MB of the processes that draw pages, and of all."""
    sizes: dict[str, float] = defaultdict(float)
    listed = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    for one in listed:
        size = psutil.Process(one["id"]).memory_full_info().pss / 1e6
        sizes["browser"] += size
        if one["type"] == "renderer":
            sizes["tab"] += size
    return {name: round(size, 1) for name, size in sizes.items()}


def memory(process: int) -> dict[str, float]:
    """Return the memory of a server and its children in MB: resident, proportional, peak."""
    top = psutil.Process(process)
    figures = {"rss": 0.0, "pss": 0.0, "peak": 0.0}
    for member in [top, *top.children(recursive=True)]:
        figures["rss"] += member.memory_info().rss
        figures["pss"] += getattr(member.memory_full_info(), "pss", 0)
        status = Path(f"/proc/{member.pid}/status")
        if status.exists():
            peak = next(line for line in status.read_text().splitlines() if "VmHWM" in line)
            figures["peak"] += int(peak.split()[1]) * 1024
    return {name: round(size / 1e6, 1) for name, size in figures.items()}


def table(figures: Figures) -> str:
    """Return the figures as a Markdown table, with ratios to Dash and to the empty app."""
    lines = [
        "| what | app | median | range | n | to dash | to plain | to empty |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for what, app in sorted(figures.samples):
        values = figures.samples[what, app]
        middle = median(values)
        digits = 2 if "MB" in what else 0
        ratios = [
            f"{middle / base:.2f}" if (base := figures.middle(what, other)) else ""
            for other in ("dash", "plain", "empty")
        ]
        lines.append(
            f"| {what} | {app} | {middle:.{digits}f} "
            f"| {min(values):.{digits}f} to {max(values):.{digits}f} | {len(values)} "
            f"| {' | '.join(ratios)} |"
        )
    return "\n".join(lines)


def verdicts(figures: Figures, sizes: list[int]) -> str:
    """Return each aim with its figure, where both sides of it were measured."""
    lines = []

    def ratio(aim: str, what: str, ours: str, other: str, most: float) -> None:
        mine, theirs = figures.middle(what, ours), figures.middle(what, other)
        if mine is not None and theirs:
            found = mine / theirs
            lines.append(
                f"- {aim}: {found:.2f} (at most {most:g}): {'met' if found <= most else 'MISSED'}"
            )

    ratio("school click to Dash", "school click ms", "ours", "dash", 1)
    ratio("mark click to Dash", "mark click ms", "ours", "dash", 1)
    ratio("load to Dash", "load ms", "ours", "dash", 1)
    ratio("bytes to the plain Streamlit page", "load MB", "ours", "plain", 1)
    ratio("start to the empty app", "start ms", "ours", "empty", 1.5)
    click = figures.middle("school click ms", "ours")
    for step in ("path step", "compare step"):
        if click and (taken := figures.middle(f"{step} ms", "ours, 23")):
            met = "met" if taken <= click else "MISSED"
            lines.append(f"- {step} to a school click: {taken / click:.2f} (at most 1): {met}")
    for size in sizes:
        ratio(f"search in {size} passages to 23", "search ms", f"ours, {size}", "ours, 23", 1.5)
        ratio(
            f"school click at {size} passages to 23",
            "school click ms",
            f"ours, {size}",
            "ours, 23",
            1.5,
        )
        if found := figures.facts.get(f"memory MB, {size} passages"):
            met = "met" if found["peak"] < 400 else "MISSED"
            lines.append(
                f"- memory at {size} passages, peak MB: {found['peak']} (below 400): {met}"
            )
        if pages := figures.facts.get(f"browser MB, {size} passages"):
            most = max(page["browser"] for page in pages.values())
            met = "met" if most < 500 else "MISSED"
            lines.append(f"- the browser at {size} passages, most MB: {most} (below 500): {met}")
    return "\n".join(lines)


def surroundings(browser: Browser) -> dict[str, object]:
    """Return what the figures depend on."""
    packages = ("streamlit", "plotly", "dash", "flask", "pandas", "playwright")
    return {
        "python": platform.python_version(),
        "chromium": browser.version,
        "cores": os.cpu_count(),
        "load at the end": [round(load, 1) for load in os.getloadavg()],
        **{package: version(package) for package in packages},
    }


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="visits to each app (5)")
    parser.add_argument("--only", nargs="+", choices=APPS, default=list(APPS), help="apps")
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=("clicks", "load", "start", "reading"),
        default=["clicks", "load", "start", "reading"],
        help="what to measure",
    )
    parser.add_argument("--large", action="store_true", help="measure large debates too")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="how large")
    parser.add_argument("--json", type=Path, help="write all samples here")
    return parser.parse_args()


def main() -> None:
    """Measure, print a Markdown table, and write JSON where asked."""
    given = arguments()
    figures = Figures()
    # Whoever stops the run stops the servers and the browser with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        contextlib.closing(playwright.chromium.launch(executable_path=chromium)) as browser,
    ):
        try:
            if "start" in given.parts:
                measure_starts(given, Path(folder), figures)
            if {"clicks", "load"} & set(given.parts):
                measure_apps(browser, given, Path(folder), figures)
            if "reading" in given.parts:
                measure_reading(browser, given, Path(folder), figures)
            if given.large:
                measure_large(browser, given, Path(folder), figures)
        finally:
            # A run that fails half-way still shows what it has measured.
            figures.facts["surroundings"] = surroundings(browser)
            report(figures, given)


def report(figures: Figures, given: argparse.Namespace) -> None:
    """Print the table, the aims and the facts, and write JSON where asked."""
    print(table(figures))
    print()
    print(verdicts(figures, given.sizes))
    print()
    for name, fact in figures.facts.items():
        print(f"- {name}: {json.dumps(fact)}")
    if given.json:
        samples = {f"{what} | {app}": values for (what, app), values in figures.samples.items()}
        content = {"facts": figures.facts, "samples": samples}
        given.json.write_text(json.dumps(content, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
