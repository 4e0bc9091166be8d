"""A debate folder that is edited while it is read: the last good debate is never lost."""

import os
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from dashboard import open_debate
from dashboard.debate.problems import DebateError
from dashboard.open_debate import DebateOnDisk, open_folder
from tests.a_debate import replace


def put_in_place(file, text, encoding):
    """Write a new file and put it in another's place, as careful editors do."""
    new = file.with_name(".new")
    new.write_text(text, encoding)
    new.replace(file)


def test_a_debate_is_loaded_once(tiny_debate):
    """As long as nothing changes the same open debate is given."""
    on_disk = DebateOnDisk(tiny_debate)
    assert on_disk.current() is on_disk.current()
    assert on_disk.current().problems == ()


def test_a_sound_edit_is_seen(tiny_debate):
    """An edit that passes the check is what the next look shows."""
    on_disk = DebateOnDisk(tiny_debate)
    assert on_disk.current().debate.title == "A tiny debate"
    replace(tiny_debate, "debate.yaml", "A tiny debate", "An edited debate")
    assert on_disk.current().debate.title == "An edited debate"


def test_a_broken_edit_keeps_the_last_good_debate(tiny_debate):
    """A broken edit leaves the debate as it was, with the problem by file and line."""
    on_disk = DebateOnDisk(tiny_debate)
    good = on_disk.current()
    replace(tiny_debate, "passages.yaml", "work: aster-1990", "work: nowhere")
    broken = on_disk.current()
    assert broken.debate is good.debate
    assert broken.table is good.table
    (problem,) = broken.problems
    assert (problem.file, problem.line) == ("passages.yaml", 2)
    assert "nowhere" in problem.text
    assert on_disk.current() is broken


def test_a_mended_edit_is_seen(tiny_debate):
    """Once mended, the debate is the edited one and no problem is left."""
    on_disk = DebateOnDisk(tiny_debate)
    on_disk.current()
    replace(tiny_debate, "passages.yaml", "work: aster-1990", "work: nowhere")
    assert on_disk.current().problems
    replace(tiny_debate, "passages.yaml", "work: nowhere", "work: birch-2001")
    mended = on_disk.current()
    assert mended.problems == ()
    assert mended.debate.passages[0].work == "birch-2001"


def test_one_break_after_another(tiny_debate):
    """A second broken edit lists its own problems beside the same good debate."""
    on_disk = DebateOnDisk(tiny_debate)
    good = on_disk.current()
    (tiny_debate / "works.yaml").write_text("", encoding="utf-8")
    first = on_disk.current()
    (tiny_debate / "authors.yaml").write_bytes(b"\xff\xfe")
    second = on_disk.current()
    assert first.debate is second.debate is good.debate
    assert {problem.file for problem in first.problems} != {p.file for p in second.problems}


def test_the_folder_vanishes_and_comes_back(debate_folder, tmp_path):
    """The shipped debate stays open while its folder is away, and is read anew when back."""
    folder = tmp_path / "debate"
    shutil.copytree(debate_folder, folder)
    on_disk = DebateOnDisk(folder)
    good = on_disk.current()
    shutil.rmtree(folder)
    away = on_disk.current()
    assert away.debate is good.debate
    assert len(away.problems) == 1
    assert len(away.debate.passages) == 23
    shutil.copytree(debate_folder, folder)
    back = on_disk.current()
    assert back.problems == ()
    assert back.debate is not good.debate


def test_readers_are_not_told_where_the_folder_lies(tiny_debate):
    """Of a folder that is gone, the problem names the folder alone and not the way to it."""
    on_disk = DebateOnDisk(tiny_debate)
    on_disk.current()
    shutil.rmtree(tiny_debate)
    (problem,) = on_disk.current().problems
    assert str(problem) == "tiny:1: there is no such folder"


def test_a_file_in_the_folders_place_is_told_apart(tiny_debate):
    """A file where the folder was gets its own sentence, also after the folder was gone."""
    on_disk = DebateOnDisk(tiny_debate)
    on_disk.current()
    shutil.rmtree(tiny_debate)
    on_disk.current()
    tiny_debate.write_text("", encoding="utf-8")
    (problem,) = on_disk.current().problems
    assert str(problem) == "tiny:1: this is a file; a debate is a folder"


@pytest.mark.parametrize(
    "failure", [OSError(5, "a secret", "/a/path"), ValueError(), MemoryError()]
)
def test_any_failure_keeps_the_last_good_debate(tiny_debate, monkeypatch, caplog, failure):
    """Whatever goes wrong while reading an edit, the last good debate stays; the log says what."""
    on_disk = DebateOnDisk(tiny_debate)
    good = on_disk.current()
    replace(tiny_debate, "debate.yaml", "A tiny debate", "An edited debate")
    with monkeypatch.context() as patched:
        patched.setattr(open_debate, "load_side_by_side", Mock(side_effect=failure))
        kept = on_disk.current()
        assert on_disk.current() is kept
    assert kept.debate is good.debate
    (problem,) = kept.problems
    assert str(problem) == ("tiny:1: the folder could not be read; the log of the server says why")
    (record,) = caplog.records
    assert record.exc_info[1] is failure
    replace(tiny_debate, "debate.yaml", "An edited debate", "A mended debate")
    assert on_disk.current().debate.title == "A mended debate"


@pytest.mark.parametrize("put", [Path.write_text, put_in_place])
def test_an_edit_that_keeps_size_and_time_is_seen(tiny_debate, put):
    """An edit is seen though the file has its former size and time, written over or replaced."""
    on_disk = DebateOnDisk(tiny_debate)
    assert on_disk.current().debate.title == "A tiny debate"
    file = tiny_debate / "debate.yaml"
    before = file.stat()
    put(file, file.read_text(encoding="utf-8").replace("A tiny", "A tidy"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert on_disk.current().debate.title == "A tidy debate"


def test_an_editors_lock_does_not_hide_edits(tiny_debate):
    """A dangling link, as editors leave beside a file in work, does not keep edits from sight."""
    on_disk = DebateOnDisk(tiny_debate)
    on_disk.current()
    (tiny_debate / ".#passages.yaml").symlink_to("nobody@nowhere.1:2")
    on_disk.current()
    replace(tiny_debate, "debate.yaml", "A tiny debate", "An edited debate")
    assert on_disk.current().debate.title == "An edited debate"


def test_a_debate_that_never_passed_is_an_error(tiny_debate):
    """A debate that is broken from the start cannot be opened, until it is mended."""
    replace(tiny_debate, "passages.yaml", "work: aster-1990", "work: nowhere")
    on_disk = DebateOnDisk(tiny_debate)
    with pytest.raises(DebateError):
        on_disk.current()
    replace(tiny_debate, "passages.yaml", "work: nowhere", "work: aster-1990")
    assert on_disk.current().problems == ()


def test_a_missing_folder_is_an_error(tmp_path):
    """A folder that is not there is refused in one problem."""
    with pytest.raises(DebateError) as error:
        DebateOnDisk(tmp_path / "nowhere").current()
    assert len(error.value.problems) == 1


def test_what_is_known_of_a_debate(tiny_debate):
    """The ids a link may hold, each in the debate's order."""
    known = open_folder(tiny_debate).known
    assert tuple(known.schools) == ("warm", "cool")
    assert tuple(known.roles) == ("thesis", "aside")
    assert tuple(known.authors) == ("ada", "ben", "cleo")
    assert known.author_of == {"p01": "ada", "p02": "ben", "p03": "cleo", "p04": "ben"}


def test_readings_by_passage(tiny_debate):
    """Each passage finds its own readings, and one that nobody read finds none."""
    opened = open_folder(tiny_debate)
    assert opened.readings_by_passage("p01") == (
        ("A", "quote", "position", 2.0),
        ("A", "gloss", "position", 2.0),
        ("A", "both", "medium", 1.0),
        ("B", "quote", "position", 2.0),
        ("B", "gloss", "position", 1.0),
        ("B", "both", "medium", 1.0),
        ("C", "quote", "position", 2.0),
        ("D", "quote", "position", 1.0),
    )
    assert [reading.value for reading in opened.readings_by_passage("p04")] == [None] * 4 + [0.0]
    (tiny_debate / "codings.csv").unlink()
    assert open_folder(tiny_debate).readings_by_passage("p01") == ()
