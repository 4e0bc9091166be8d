"""The data as a zip: what lies in it, what does not, and nothing a spreadsheet would run."""

import csv
import io
import math
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.citations import reference
from dashboard.debate.data_zip import FORMULA_STARTS, cell, data_zip
from dashboard.debate.model import Debate
from dashboard.debate.table import passage_table
from dashboard.open_debate import open_folder
from tests.strategies import SHIPPED, quick, shipped, texts

FILES = ["README.txt", "version.txt", "codebook.md", "passages.csv", "works.csv", "codings.csv"]


def held(debate: Debate) -> dict[str, str]:
    """Give the text of each file in the zip of a debate."""
    data = data_zip(debate, passage_table(debate))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    """Give the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text)))


def test_what_lies_in_it():
    """The files that the README names, and no others, the codebook as it is."""
    files = held(shipped().debate)
    assert list(files) == FILES
    assert files["codebook.md"] == shipped().debate.codebook
    assert files["version.txt"] == "Vehicle or Cure?\n1.0.0\n"
    for name in FILES[1:]:
        assert f"\n{name} " in files["README.txt"]
    said = " ".join(files["README.txt"].split())
    assert "The quotes and the library's glosses are left out. The quotes belong to" in said
    assert shipped().debate.coders in said


def test_passages():
    """Each passage has its ids, agreed positions, constructs and mechanisms; none is 0 for none."""
    found = {row["id"]: row for row in rows(held(shipped().debate)["passages.csv"])}
    assert list(found) == [f"p{n:02d}" for n in range(1, 24)]
    assert found["p18"] == {
        "id": "p18",
        "work": "yalom2005",
        "author": "yalom",
        "role": "supporting",
        "school": "empirical",
        "second_school": found["p18"]["second_school"],
        "school_confidence": found["p18"]["school_confidence"],
        "quote_position": "0",
        "gloss_position": "2",
        "medium": found["p18"]["medium"],
        "contested": found["p18"]["contested"],
        "constructs": "; ".join(shipped().passage("p18").constructs),
        "mechanisms": "; ".join(shipped().passage("p18").mechanisms),
    }
    assert (found["p05"]["quote_position"], found["p05"]["gloss_position"]) == ("", "0")
    assert found["p07"]["quote_position"] == "0.5"
    assert found["p15"]["quote_position"] == "-2"


def test_works():
    """Each work has the reference as corrected, as catalogued, and how certain each part is."""
    found = rows(held(shipped().debate)["works.csv"])
    assert [row["id"] for row in found] == [work.id for work in shipped().debate.works]
    for row, work in zip(found, shipped().debate.works, strict=True):
        assert row["corrected"] == reference(work)
        assert row["catalogued"] == work.catalogued
        assert len(row["certainty"].split("; ")) == len(work.certainty)
    (jung,) = [row for row in found if row["id"] == "jung1954"]
    assert jung["not_certain"] == "essay likely; paragraph unsure"


def test_codings():
    """Every reading is a row, as in the debate's own file."""
    own = (SHIPPED / "codings.csv").read_text(encoding="utf-8")
    given_ = [tuple(row.values()) for row in rows(held(shipped().debate)["codings.csv"])]
    assert sorted(given_) == sorted(tuple(row.values()) for row in rows(own))


def test_no_quote_and_no_gloss():
    """No five words in a row of a quote or a gloss lie in any table."""
    files = held(shipped().debate)
    said = " ".join(" ".join(files[name] for name in FILES[3:]).split())
    for passage in shipped().debate.passages:
        for text in (passage.quote, passage.gloss or ""):
            words = text.split()
            runs = (" ".join(words[i : i + 5]) for i in range(len(words) - 4))
            assert not [run for run in runs if run in said], passage.id


def test_the_same_data_gives_the_same_bytes():
    """Opened again, the debate gives the same zip to the byte; another version another one."""
    again = open_folder(SHIPPED)
    zipped = data_zip(shipped().debate, shipped().table)
    assert data_zip(again.debate, again.table) == zipped
    other = replace(shipped().debate, version="1.0.1")
    assert data_zip(other, shipped().table) != zipped


def test_glosses_off():
    """Where glosses are off, neither their positions nor what was read of them is given."""
    files = held(replace(shipped().debate, show_glosses=False))
    assert "gloss_position" not in files["passages.csv"]
    assert "gloss_position" not in files["README.txt"]
    assert {row["text"] for row in rows(files["codings.csv"])} == {"quote", "both"}
    assert len(rows(files["passages.csv"])) == 23


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-2", "'-2"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("p01", "p01"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (math.nan, ""),
        (-2.0, "-2"),
        (0.5, "0.5"),
        (3, "3"),
        (2004, "2004"),
    ],
)
def test_cells(value, written):
    """Texts that begin like a formula are taken for text; numbers stay plain, none is empty."""
    assert cell(value) == written


@quick
@given(texts | st.text(alphabet="=+-@\t\r\n\"',;x1", max_size=8))
def test_no_text_is_a_formula(text):
    """Whatever a text holds, its cell begins like no formula, and the text is in it whole."""
    assert not cell(text).startswith(FORMULA_STARTS)
    assert cell(text).removeprefix("'") == text.removeprefix("'")


@quick
@given(texts)
def test_any_text_is_one_cell(text):
    """Quotation marks, commas and line ends in an id or a name open no cell and no row."""
    debate = shipped().debate
    work = replace(debate.works[0], catalogued=text)
    found = rows(held(replace(debate, works=(work, *debate.works[1:])))["works.csv"])
    assert len(found) == len(debate.works)
    assert found[0]["catalogued"] == cell(text)
