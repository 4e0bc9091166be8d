"""Several debates in one folder: listed by title, opened when asked for, let go when too many."""

from __future__ import annotations

import gc
import shutil
import weakref
from pathlib import Path

import pytest

from dashboard import open_debate
from dashboard.debate.problems import DebateError
from dashboard.debate.titles import debate_folders, title_of
from dashboard.open_debate import (
    DATA,
    FOLDER_VARIABLE,
    OPEN_AT_MOST,
    DebateOnDisk,
    Listed,
    Shelf,
    debate_of_edition,
    debate_of_file,
    open_folder,
)
from dashboard.remembered import remembered
from dashboard.view import VISIT_OVER, View, from_query, to_query
from dashboard.watching import edits
from tests.a_debate import replace, write_debate
from tests.test_pages import opened, text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of six debates, a to f, each titled by its name."""
    for name in "abcdef":
        write_debate(tmp_path / "many" / name)
        replace(tmp_path / "many" / name, "debate.yaml", "A tiny debate", f"Debate {name}")
    return tmp_path / "many"


def test_the_shipped_debates() -> None:
    """The therapeutic bond is first and needs no name in a link; the state of nature has one."""
    shelf = open_debate.shelf()
    assert list(shelf.listed()) == [
        Listed("", "Vehicle or Cure?"),
        Listed("state-of-nature", "War or Peace?"),
    ]
    assert shelf.first.id == ""
    nature = shelf.open("state-of-nature")
    assert nature is not None
    assert (len(nature.debate.passages), len(nature.debate.authors)) == (8, 5)
    assert shelf.open("therapeutic-bond") is shelf.first


def test_every_quote_of_the_second_debate_is_in_the_public_domain() -> None:
    """Its works are older than 1930, translations included, and its coders are named plainly."""
    debate = open_folder(DATA / "state-of-nature").debate
    assert all(work.year and work.year < 1930 for work in debate.works)
    assert "language model" in debate.coders
    assert "language model" in debate.codebook
    assert "language model" in debate.disclaimers["first_visit"]


def test_a_folder_with_one_debate_lists_nothing(tiny_debate: Path) -> None:
    """Where there is one debate there is nothing to choose, and no other can be asked for."""
    shelf = Shelf(tiny_debate)
    assert list(shelf.listed()) == []
    assert shelf.open("..") is None
    assert shelf.open(tiny_debate.name) is shelf.first


def test_only_what_is_asked_for_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing reads no debate; asking for one reads that one alone, once."""
    read: list[str] = []

    def load(path: Path) -> object:
        read.append(path.name)
        return loaded(path)

    loaded = open_debate.load_debate
    monkeypatch.setattr(open_debate, "load_side_by_side", load)
    shelf = Shelf(folder)
    assert [one.title for one in shelf.listed()] == [f"Debate {name}" for name in "abcdef"]
    assert read == []
    assert shelf.open("d") is shelf.open("d")
    assert read == ["d"]


def test_no_more_than_four_are_kept(folder: Path) -> None:
    """The debate that was not read for the longest time goes; the first always stays."""
    shelf = Shelf(folder)
    first = shelf.first
    for name in "bcdbef":
        assert shelf.open(name) is not None
    kept = [one.folder.name for one in shelf.in_memory()]
    assert kept == ["a", "b", "e", "f"]
    assert len(kept) == OPEN_AT_MOST
    assert shelf.first is first


@pytest.mark.parametrize("name", ["../many/b", "b/", "/", "..", "B", "b\x00", "\ud800", "x" * 9999])
def test_a_name_is_looked_up_and_never_a_way(folder: Path, name: str) -> None:
    """What a link names is compared with the folders' names; nothing of it reaches the system."""
    assert Shelf(folder).open(name) is None


def test_a_broken_debate_is_not_opened_and_not_read_again_and_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A debate that does not pass is refused, once read; mended, it opens."""
    replace(folder / "b", "passages.yaml", "work: aster-1990", "work: nowhere")
    shelf = Shelf(folder)
    assert shelf.open("b") is None
    with monkeypatch.context() as patched:
        patched.setattr(open_debate, "load_side_by_side", lambda _: pytest.fail("read again"))
        assert shelf.open("b") is None
    replace(folder / "b", "passages.yaml", "work: nowhere", "work: aster-1990")
    assert shelf.open("b") is not None


def test_a_broken_first_debate_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first that is sound is shown; those before it are listed as what they are."""
    for name in ("a", "b", "c"):
        write_debate(tmp_path / name)
    for name in ("a", "b"):
        (tmp_path / name / "works.yaml").write_text("[\n")
    shelf = Shelf(tmp_path)
    assert shelf.first.debate.title == "A tiny debate"
    assert shelf.first_folder == tmp_path / "c"
    assert shelf.open("a") is None
    assert [one.file for one in shelf.refused["a"]] == ["works.yaml"]
    assert list(shelf.refused) == ["a", "b"]
    assert [(one.id, one.title) for one in shelf.listed()] == [
        ("", "A tiny debate"),
        ("a", "A tiny debate (cannot be opened: 1 problem)"),
        ("b", "A tiny debate (cannot be opened: 1 problem)"),
    ]
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert "(cannot be opened: 1 problem)" in text(opened())


def test_where_no_debate_is_sound_the_first_is_named(tmp_path: Path) -> None:
    """With none to show, the problems are those of the first."""
    for name in ("a", "b"):
        write_debate(tmp_path / name)
        (tmp_path / name / "works.yaml").write_text("[\n")
    shelf = Shelf(tmp_path)
    with pytest.raises(DebateError):
        _ = shelf.first
    assert shelf.first_folder == tmp_path / "a"


def test_what_is_made_of_a_debate_goes_with_it(tiny_debate: Path) -> None:
    """Results are remembered for one debate alone, and nothing holds it once it is let go."""
    calls: list[int] = []

    @remembered(2)
    def double(opened: open_debate.OpenDebate, number: int) -> int:
        calls.append(number)
        return 2 * number + len(opened.debate.passages)

    one, other = open_folder(tiny_debate), open_folder(tiny_debate)
    assert [double(one, n) for n in (1, 1, 2, 3, 1)] == [6, 6, 8, 10, 6]
    assert calls == [1, 2, 3, 1]
    assert double(other, 1) == 6
    assert calls == [1, 2, 3, 1, 1]
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_files_are_made_of_the_debate_their_address_names() -> None:
    """A file's address names a debate by its id or its edition; an unknown one gives none."""
    first = debate_of_file({})
    nature = debate_of_file({"debate": ["state-of-nature"]})
    assert first is not None
    assert nature is not None
    assert (first.debate.title, nature.debate.title) == ("Vehicle or Cure?", "War or Peace?")
    assert nature.asked_as == {"debate": ["state-of-nature"]}
    assert debate_of_file({"debate": ["nowhere"]}) is None
    assert debate_of_file({"edition": [nature.edition]}) is None
    assert debate_of_edition(nature.edition) is nature
    assert debate_of_edition(first.edition) is first
    assert debate_of_edition("") is None


def test_a_view_of_another_debate_begins_anew() -> None:
    """A link keeps its debate; what was chosen in another debate is not carried over."""
    nature = open_debate.shelf().open("state-of-nature")
    assert nature is not None
    last = View(school=("empirical",), author="jung", style="mla")
    view, notes = from_query({"debate": ["state-of-nature"]}, nature.known, "", last)
    assert (view, notes) == (View(debate="state-of-nature"), ())
    for page in ("", "read", "compare", "paths", "sources", "cite", "method", "open"):
        assert to_query(view, page) == {"debate": ["state-of-nature"]}
    first = open_debate.shelf().first
    assert from_query({}, first.known, "", view) == (View(), ())
    assert from_query({"debate": ["therapeutic-bond"]}, first.known) == (View(), ())


def test_an_unknown_debate_says_so() -> None:
    """A link to no debate, or to one of another's visit, is told of, and the first is shown."""
    known = open_debate.shelf().first.known
    view, notes = from_query({"debate": ["nowhere"], "school": ["empirical"]}, known)
    assert view == View(school=("empirical",))
    assert notes == (
        "There is no debate “nowhere” here that can be opened; the first one is shown, and what "
        "the link holds beside it is read as of that one.",
    )
    assert from_query({"debate": ["visit-0123456789ab"]}, known) == (View(), (VISIT_OVER,))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: Plain\n", "Plain"),
        ('title: "Quoted: yes"   # remark\n', "Quoted: yes"),
        ("# title: no\nquestion: x\ntitle: 'Later'\n", "Later"),
        ("title: >-\n  On two\n  lines\n", "On two lines"),
        ("title: [1, 2]\n", "a"),
        ("title: no\n", "a"),
        ("title: {broken\n", "a"),
        ("", "a"),
        ("title: \u202eodd\n", "\\u202eodd"),
        (f"title: {'x' * 300}\n", "x" * 119 + "…"),
    ],
)
def test_a_title_is_read_alone(tmp_path: Path, head: str, title: str) -> None:
    """The title is found without the rest; where there is none the folder's name stands for it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "debate.yaml").write_text(head, encoding="utf-8", newline="")
    assert title_of(tmp_path / "a") == title


def test_which_folders_are_debates(tmp_path: Path) -> None:
    """Folders without a head, hidden ones and files are no debates."""
    for name in ("b", "a", ".c", "d\u202e"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "debate.yaml").touch()
    (tmp_path / "e").mkdir()
    (tmp_path / "f").touch()
    assert debate_folders(tmp_path) == ("a", "b")
    assert debate_folders(tmp_path / "nowhere") == ()


def test_a_large_debate_is_read_again_while_its_readers_go_on(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where reading takes long, the edit is read beside, and shown once it is read."""
    monkeypatch.setattr(open_debate, "AT_ONCE", -1.0)
    begun: list[object] = []

    class Waiting:
        def __init__(self, target: object, args: tuple[object, ...], **_: bool) -> None:
            self.run = lambda: target(*args)  # type: ignore[operator]

        def start(self) -> None:
            begun.append(self.run)

    monkeypatch.setattr(open_debate.threading, "Thread", Waiting)
    on_disk = DebateOnDisk(tiny_debate)
    before = on_disk.current()
    replace(tiny_debate, "debate.yaml", "A tiny debate", "An edited debate")
    assert on_disk.current() is before
    assert on_disk.current() is before
    (read,) = begun
    read()  # type: ignore[operator]
    assert on_disk.current().debate.title == "An edited debate"


def test_who_watches_is_told_of_each_edit(tmp_path: Path) -> None:
    """A sound edit is told of with its counts, a broken one with its problems; nothing twice."""
    folder = write_debate(tmp_path / "tiny")
    shelf, seen = Shelf(folder), {}
    assert list(edits(shelf, seen)) == []
    replace(folder, "debate.yaml", "A tiny debate", "An edited debate")
    (told,) = edits(shelf, seen)
    assert told.startswith("Read again: An edited debate: 4 passages")
    assert list(edits(shelf, seen)) == []
    replace(folder, "passages.yaml", "work: aster-1990", "work: nowhere")
    (told,) = edits(shelf, seen)
    problem, stays = told.splitlines()
    assert problem.startswith("passages.yaml:2: ")
    assert stays == "The edit does not pass; the last good version stays open."
    shutil.rmtree(folder)
    (told,) = edits(shelf, seen)
    assert "there is no such folder" in told


PAGES = ("map", "read", "compare", "paths", "sources", "cite", "method", "open")


def test_every_page_can_be_turned_to_another_debate() -> None:
    """What was chosen in one debate troubles no page of the other, there and back."""
    app = opened(school="empirical", author="yalom", passage="p01")
    for page in PAGES:
        app.query_params.clear()
        if page == "compare":
            app.query_params["of"] = ["jung", "flores"]
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception
        assert 'data-debate=""' in text(app)
        app.query_params.clear()
        app.query_params["debate"] = "state-of-nature"
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception
        assert 'data-debate="state-of-nature"' in text(app)
        assert "There is no" not in text(app)


def test_the_order_along_the_axis_names_its_poles() -> None:
    """Each debate is read from its own low end to its own high end."""
    for debate, label in (("", "From vehicle to cure"), ("state-of-nature", "From peace to war")):
        app = opened(debate=debate)
        app.switch_page("app_pages/read.py").run()
        assert label in app.selectbox(key="order").options
