"""The read-only copy: every link leads somewhere, every text is verbatim, nothing is loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from components.static_page import POLICY
from dashboard.commands.command_line import main
from dashboard.commands.export_command import MARKER
from dashboard.commands.static_copy import PASSAGES_A_PAGE, static_copy
from dashboard.open_debate import open_folder
from tests.a_debate import SHIPPED, without_glosses, write_debate
from tests.browser.hostile_debate import GLOSSES, QUOTES, write_hostile_debate

Files = dict[str, str | bytes]
LOADS = ("src", "srcset", "data", "poster", "action", "formaction", "background")


class Seen(HTMLParser):
    """A page as a browser takes it apart: its links, its places, its texts by passage."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: list[str] = []
        self.loaded: list[str] = []
        self.texts: dict[tuple[str, str], str] = {}
        self.handlers: list[str] = []
        self._in: list[tuple[str, str]] = []
        self._tag = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what a tag leads to, loads, names or begins."""
        for name, value in attributes:
            if name == "href" and tag == "a":
                self.links.append((value or "").removeprefix("./"))
            elif name == "href" or name in LOADS:
                self.loaded.append(value or "")
            elif name == "id":
                self.places.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(name)
            elif name in ("data-passage", "data-gloss"):
                self._in, self._tag = [(name, value or "")], tag
                self.texts[self._in[0]] = ""

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a text."""
        if tag == self._tag:
            self._in = []

    def handle_data(self, data: str) -> None:
        """Take a piece of a text."""
        for key in self._in:
            self.texts[key] += data


def copy_of(folder: Path) -> Files:
    """Give all files of a debate's copy."""
    return dict(static_copy(open_folder(folder)))


def pages(files: Files) -> Iterator[tuple[str, Seen]]:
    """Yield each page of a copy, taken apart."""
    for name, content in files.items():
        if name.endswith(".html"):
            assert isinstance(content, str)
            yield name, Seen(content)


@pytest.fixture(scope="module")
def shipped() -> Files:
    """Give the copy of the shipped debate."""
    return copy_of(SHIPPED)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Give the copy of a debate in which everything is hostile."""
    return copy_of(write_hostile_debate(tmp_path_factory.mktemp("hostile") / "debate"))


@pytest.mark.parametrize("debate", ["shipped", "hostile"])
def test_every_link_leads_to_a_place(debate: str, request: pytest.FixtureRequest) -> None:
    """Each relative link names a file of the copy, and a place in it where it names one."""
    files: Files = request.getfixturevalue(debate)
    places = {name: page.places for name, page in pages(files)}
    for name, page in pages(files):
        assert len(page.places) == len(set(page.places))
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "mailto")
                continue
            assert not parts.query
            assert not parts.path.startswith("/")
            to = parts.path or name
            assert to in files, link
            if parts.fragment:
                assert unquote(parts.fragment) in places[to], link


@pytest.mark.parametrize("debate", ["shipped", "hostile"])
def test_pages_load_their_neighbours_alone(debate: str, request: pytest.FixtureRequest) -> None:
    """Each page loads nothing but files of the copy, runs nothing inline and has the policy."""
    files: Files = request.getfixturevalue(debate)
    for name, page in pages(files):
        assert {link for link in page.loaded if link != "data:,"} <= set(files)
        assert page.handlers == []
        content = str(files[name])
        assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in content
        assert "<script>" not in content
        assert "<style>" not in content
    style = str(files["assets/style.css"])
    assert {f"assets/{each}" for each in re.findall(r"url\(([^)]*)\)", style)} <= set(files)


def test_quotes_and_glosses_are_verbatim(shipped: Files, hostile: Files) -> None:
    """Quotes and glosses are in the copy character for character, hostile ones too."""
    texts = Seen(str(hostile["passages.html"])).texts
    assert {name: texts["data-passage", name] for name in QUOTES} == QUOTES
    assert {name: texts["data-gloss", name] for name in GLOSSES} == GLOSSES
    texts = Seen(str(shipped["passages.html"])).texts
    for passage in open_folder(SHIPPED).debate.passages:
        assert texts["data-passage", passage.id] == passage.quote
        assert texts["data-gloss", passage.id] == passage.gloss


def test_the_search_holds_every_text(hostile: Files) -> None:
    """What the search reads are the texts themselves, each with where its passage is read."""
    script = str(hostile["assets/passages-1.js"])
    assert script.startswith("passagesOfPage(1,[[")
    rows = json.loads(script.removeprefix("passagesOfPage(1,").removesuffix(")\n"))
    assert {row[0]: row[3] for row in rows} == QUOTES
    places = Seen(str(hostile["passages.html"])).places
    assert all(row[1].removeprefix("passages.html#") in places for row in rows)


def test_each_mark_of_the_map_is_a_link(shipped: Files) -> None:
    """Both widths of the map lead from each of the 23 marks to its passage."""
    links = Seen(str(shipped["index.html"])).links
    for number in range(1, 24):
        # Twice in the map, and once in the table.
        assert links.count(f"passages.html#passage-p{number:02}") == 3
    assert str(shipped["index.html"]).count('role="group"') == 2


def test_a_copy_is_the_same_every_time(shipped: Files) -> None:
    """The same debate gives the same bytes."""
    assert copy_of(SHIPPED) == shipped


def test_without_glosses_there_is_no_word_of_them(tmp_path: Path) -> None:
    """A debate that shows no glosses has none in its copy."""
    folder = without_glosses(tmp_path / "d")
    glosses = [p.gloss for p in open_folder(folder).debate.passages if p.gloss]
    assert glosses
    for content in copy_of(folder).values():
        text = content if isinstance(content, str) else ""
        assert not any(gloss in text for gloss in glosses)


def test_a_large_debate_has_pages(tmp_path: Path) -> None:
    """Above 200 passages there are several pages, each with its own part of the search."""
    folder = write_debate(tmp_path / "d")
    (folder / "paths.yaml").unlink()
    (folder / "codings.csv").unlink()
    (folder / "passages.yaml").unlink()
    for file in ("activities.yaml", "changes.yaml"):
        (folder / file).unlink()
    rows = [
        f"x{number},aster-1990,thesis,Quote {number}.,warm"
        for number in range(2 * PASSAGES_A_PAGE + 1)
    ]
    (folder / "passages.csv").write_text("\n".join(["id,work,role,quote,school", *rows, ""]))
    files = copy_of(folder)
    assert [name for name in files if name.startswith("passages")] == [
        "passages.html",
        "passages-2.html",
        "passages-3.html",
    ]
    assert "passages-2.html#passage-x200" in Seen(str(files["passages.html"])).links
    assert Seen(str(files["passages-3.html"])).texts == {("data-passage", "x400"): "Quote 400."}
    assert str(files["assets/passages-3.js"]).count("Quote ") == 1
    links = [link for _, page in pages(files) for link in page.links]
    assert {urlsplit(link).path for link in links} <= {*files, ""}


# ---- where it is written


def test_an_older_copy_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A later export replaces its own files, takes away those no longer made, leaves others."""
    small, out = write_debate(tmp_path / "d"), tmp_path / "out"
    assert main(["export", "--out", str(out), "--debate", str(small)]) == 0
    (out / "CNAME").write_text("mine")
    (out / "old.html").write_text("ours")
    marker = out / MARKER
    marker.write_text(marker.read_text() + "old.html\n../d/debate.yaml\n/etc/hosts\n")
    assert main(["export", "--out", str(out), "--debate", str(small), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2])["files"] == 22
    assert (out / "CNAME").read_text() == "mine"
    assert not (out / "old.html").exists()
    assert (small / "debate.yaml").exists()
    assert "old.html" not in marker.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "out"]


def test_what_is_not_a_copy_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of something else, a file of another's, and a link to elsewhere are refused."""
    small, out, other = write_debate(tmp_path / "d"), tmp_path / "out", tmp_path / "other"
    asked = ["export", "--out", str(out), "--debate", str(small)]
    out.mkdir()
    (out / "index.html").write_text("mine")
    assert main(asked) == 1
    (out / MARKER).write_text("")
    assert main(asked) == 1
    assert (out / "index.html").read_text() == "mine"
    (out / "index.html").unlink()
    other.mkdir()
    (out / "assets").symlink_to(other)
    assert main(asked) == 1
    assert list(other.iterdir()) == []
    assert capsys.readouterr().err == (
        f"{out} holds something that is no copy made by this command; name another folder.\n"
        f"{out / 'index.html'} was not made by this command and would be replaced; take it out.\n"
        f"{out / 'assets'} is a link to another place; take it out.\n"
    )


def test_a_full_disk_leaves_the_older_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fills, one sentence says so, and the older copy stays whole."""
    small, out = write_debate(tmp_path / "d"), tmp_path / "out"
    asked = ["export", "--out", str(out), "--debate", str(small)]
    assert main(asked) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    capsys.readouterr()
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "method.html":
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(asked) == 1
    assert capsys.readouterr() == ("", f"{out} cannot be written: no space left on device.\n")
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "out"]
