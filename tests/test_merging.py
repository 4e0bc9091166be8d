"""Merging: whoever is merged, every row is kept under a name of its own, and it loads again."""

from __future__ import annotations

import io
import math
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.codings import COLUMNS
from dashboard.debate.loading import load_debate
from dashboard.debate.merging import LONGEST_NAME, agreements, merged, write_codings
from tests.a_debate import replace, write_debate
from tests.strategies import quick

NAMES = st.sampled_from(["me", "me 2", "A", "=1+1", "'=1+1", "@b", "a, b", 'a "b"', "x" * 120])
VALUES = st.sampled_from(["-2", "-1", "0", "1", "2", ""])
PERSON = st.dictionaries(
    st.tuples(st.sampled_from(["p01", "p02", "p03", "p04"]), NAMES), VALUES, min_size=1
)


def written(rows: dict[tuple[str, str], str]) -> str:
    """Give a ``codings.csv`` in which readings place quotes."""
    lines = [
        ",".join([passage, quoted(name), "quote", "position", value])
        for (passage, name), value in rows.items()
    ]
    return "\n".join([",".join(COLUMNS), *lines, ""])


def quoted(name: str) -> str:
    """Give a cell of a table."""
    return '"' + name.replace('"', '""') + '"'


def test_files_saved_by_a_spreadsheet_are_merged(tmp_path: Path) -> None:
    """A byte order mark and the line ends of Windows change no reading."""
    debate = load_debate(write_debate(tmp_path / "d"))
    plain, saved = tmp_path / "plain.csv", tmp_path / "saved.csv"
    text = written({("p01", "me"): "-2", ("p02", "me"): ""})
    plain.write_text(text, encoding="utf-8")
    saved.write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert merged([saved], debate).readings.equals(merged([plain], debate).readings)


@quick
@given(st.lists(PERSON, min_size=1, max_size=4))
def test_no_row_is_lost_and_all_loads_again(people: list[dict[tuple[str, str], str]]) -> None:
    """Each person's rows stand in the result once, under names that no two of them share."""
    with TemporaryDirectory() as place:
        folder = write_debate(Path(place) / "d")
        files = []
        for number, rows in enumerate(people):
            files.append(Path(place) / f"{number}.csv")
            files[-1].write_text(written(rows), encoding="utf-8")
        found = merged(files, load_debate(folder))
        stream = io.StringIO()
        write_codings(found.readings, stream)
        (folder / "codings.csv").write_text(stream.getvalue(), encoding="utf-8")
        loaded = load_debate(folder).readings
    assert len(loaded) == sum(map(len, people))
    names = [one.name for one in found.contributions]
    assert len(names) == len(set(names))
    assert all(0 < len(name) <= LONGEST_NAME and name[0] not in "=+-@" for name in names)
    named = {(one.file, one.was): one.name for one in found.contributions}
    values = dict(
        zip(zip(loaded["passage"], loaded["reading"], strict=True), loaded["value"], strict=True)
    )
    for file, rows in zip(files, people, strict=True):
        for (passage, was), value in rows.items():
            got = values[passage, named[str(file), was]]
            assert math.isnan(got) if value == "" else got == float(value)


@quick
@given(PERSON)
def test_one_file_given_twice_counts_once_by_name(rows: dict[tuple[str, str], str]) -> None:
    """Where one name is one person, what is repeated is kept once and is no conflict."""
    with TemporaryDirectory() as place:
        folder = write_debate(Path(place) / "d")
        file = Path(place) / "one.csv"
        file.write_text(written(rows), encoding="utf-8")
        debate = load_debate(folder)
        once = merged([file], debate, same_names=True).readings
        twice = merged([file, file], debate, same_names=True).readings
    assert twice.equals(once)
    assert len(once) == len(rows)


def test_a_passage_that_is_a_formula_cannot_be_written(tmp_path: Path) -> None:
    """An id that a spreadsheet would compute is refused: with an apostrophe it would not load."""
    folder = write_debate(tmp_path / "d")
    for file in ("paths.yaml", "activities.yaml", "changes.yaml", "codings.csv"):
        (folder / file).unlink()
    replace(folder, "passages.yaml", "id: p01", 'id: "=p01"')
    file = tmp_path / "one.csv"
    file.write_text(f"{','.join(COLUMNS)}\n=p01,A,quote,position,1\n", encoding="utf-8")
    found = merged([file], load_debate(folder))
    with pytest.raises(ValueError, match='the passage id "=p01" for a formula'):
        write_codings(found.readings, io.StringIO())


def test_agreement_of_each_pair(tmp_path: Path) -> None:
    """Three people give three pairs, each with the passages that both gave a value."""
    folder = write_debate(tmp_path / "d")
    files = []
    for name, values in (("a", "-2 0 2 1"), ("b", "-2 0 2 1"), ("c", "2 0 -2 ")):
        files.append(tmp_path / f"{name}.csv")
        given_ = dict(zip(["p01", "p02", "p03", "p04"], values.split(" "), strict=True))
        files[-1].write_text(written({(p, name): v for p, v in given_.items()}), encoding="utf-8")
    (found,) = agreements(merged(files, load_debate(folder)).readings)
    assert [(p.first, p.second, p.passages) for p in found.pairs] == [
        ("a", "b", 4),
        ("a", "c", 3),
        ("b", "c", 3),
    ]
    assert found.pairs[0].alpha == 1.0
    assert found.pairs[1].alpha is not None
    assert found.pairs[1].alpha < 0
    assert found.together is not None
    assert found.together.passages == 4
