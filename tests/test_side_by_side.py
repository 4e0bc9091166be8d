"""A large debate is read by two processes; what comes of it is what one process gives."""

import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from dashboard.debate import loading, side_by_side
from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate
from dashboard.debate.problems import DebateError
from dashboard.debate.side_by_side import load_side_by_side
from tests.a_debate import replace, with_table


@pytest.fixture(autouse=True)
def _any_size_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "LARGE", {"works.yaml": 0})


def _assert_same(found: Debate, expected: Debate) -> None:
    pd.testing.assert_frame_equal(found.readings, expected.readings)
    for one in fields(Debate):
        if one.name != "readings":
            assert getattr(found, one.name) == getattr(expected, one.name), one.name


@pytest.mark.parametrize("as_table", [False, True])
def test_a_second_process_reads_the_works(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch, *, as_table: bool
) -> None:
    """The debate is the same, though its works were not read in this process."""
    if as_table:
        with_table(tiny_debate)
    expected = load_debate(tiny_debate)
    monkeypatch.setattr(loading._Folder, "works", None)
    _assert_same(load_side_by_side(tiny_debate), expected)


def test_the_shipped_debate_is_the_same(debate_folder: Path) -> None:
    """All that a work can hold comes through, signs of other scripts too."""
    _assert_same(load_side_by_side(debate_folder), load_debate(debate_folder))


WRONG = {
    "a work": [("works.yaml", "author: ada", "author: nobody")],
    "the works as YAML": [("works.yaml", "- id: aster-1990", "- [id: aster-1990")],
    "a passage": [("passages.yaml", "second_school: warm", "second_school: hot")],
    "a passage of an unknown work": [("passages.yaml", "work: cedar-2010", "work: birch-2010")],
    "works and passages": [
        ("works.yaml", "author: ada", "author: nobody"),
        ("passages.yaml", "work: cedar-2010", "work: birch-2010"),
    ],
}


@pytest.mark.parametrize("edits", WRONG.values(), ids=WRONG.keys())
def test_every_problem_is_named_as_ever(
    tiny_debate: Path, edits: list[tuple[str, str, str]]
) -> None:
    """Where anything is wrong, the problems are those that one process names."""
    for file, old, new in edits:
        replace(tiny_debate, file, old, new)
    said = []
    for load in (load_debate, load_side_by_side):
        with pytest.raises(DebateError) as error:
            load(tiny_debate)
        said.append(error.value.problems)
    assert said[0]
    assert said[1] == said[0]


def test_a_folder_without_works_is_refused_as_ever(tiny_debate: Path) -> None:
    """A file that is missing is named, and a folder that is missing too."""
    (tiny_debate / "works.yaml").unlink()
    with pytest.raises(DebateError, match=r"works\.yaml"):
        load_side_by_side(tiny_debate)
    with pytest.raises(DebateError, match="there is no such folder"):
        load_side_by_side(tiny_debate / "nowhere")


def test_without_room_for_a_second_process_the_first_reads_all(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no process can be started, or it fails, the debate is opened all the same."""
    expected = load_debate(tiny_debate)
    monkeypatch.setattr(side_by_side.sys, "executable", str(tiny_debate / "no-such-program"))
    _assert_same(load_side_by_side(tiny_debate), expected)
    monkeypatch.setattr(side_by_side.sys, "executable", "/bin/false")
    _assert_same(load_side_by_side(tiny_debate), expected)


def test_works_of_authors_that_came_meanwhile_are_read_again(tiny_debate: Path) -> None:
    """An edit of the authors between the two readings gives no mix of old and new."""
    works = load_debate(tiny_debate).works
    assert loading.load_sound(tiny_debate, lambda: works) is not None
    replace(tiny_debate, "authors.yaml", "- id: cleo", "- id: clea")
    assert loading.load_sound(tiny_debate, lambda: works) is None


def test_the_second_process_ends_with_the_first(tiny_debate: Path) -> None:
    """Once the first is gone, which closes its input, the second reads no further."""
    works = (tiny_debate / "works.yaml").read_text(encoding="utf-8")
    many = (works.replace("- id: ", f"- id: n{number}-") for number in range(20_000))
    (tiny_debate / "works.yaml").write_text("".join(many), encoding="utf-8")
    command = [sys.executable, "-m", side_by_side.__name__, str(tiny_debate)]
    home = str(Path(side_by_side.__file__).parents[2])
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": home},
    ) as second:
        told, _ = second.communicate(timeout=60)
    assert (second.returncode, told) == (1, b"")
