"""Ids that can be taken for another one are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.debate.loading import DebateError, load_debate
from dashboard.debate.lookalikes import as_seen, mixed_words
from tests.a_debate import replace, with_table


def problems(folder: Path) -> list[str]:
    """Give the problems of a folder, each as one line."""
    with pytest.raises(DebateError) as caught:
        load_debate(folder)
    return [str(problem) for problem in caught.value.problems]


AUTHOR = "- {{id: {}, name: A, label: A, sort_name: A, home_school: cool, home_tradition: x}}\n"


def with_author(folder: Path, name: str) -> list[str]:
    """Give the problems that an author with this id brings, who stands on line 19."""
    with (folder / "authors.yaml").open("a", encoding="utf-8") as stream:
        stream.write(AUTHOR.format(name))
    return problems(folder)


def test_an_id_in_two_scripts_is_refused_with_the_one_it_looks_like(tiny_debate: Path) -> None:
    """A Cyrillic letter in a Latin id is named, and so is the id beside which it stands."""
    assert with_author(tiny_debate, "bеn") == [
        'authors.yaml:19: author bеn: the id "bеn" (it has е, U+0435) looks like "ben", on line 7;'
        " choose another",
        'authors.yaml:19: author bеn: the id "bеn" mixes letters of two scripts, Latin (b, U+0062)'
        " and Cyrillic (е, U+0435); keep to one",
    ]


@pytest.mark.parametrize("name", ["Ada", "ａｄａ", "аԁа", "ada\ufe0f"])
def test_an_id_that_looks_like_another_is_refused(tiny_debate: Path, name: str) -> None:
    """Capitals, full width, another script as a whole, and signs that are not drawn."""
    (found,) = with_author(tiny_debate, name)
    assert 'looks like "ada", on line 1; choose another' in found


KINDS = {
    "school": ("debate.yaml", "id: cool", "id: WARM", 'schools 2: the id "WARM" looks like "warm"'),
    "path": ("paths.yaml", "id: there", "id: thеre", "mixes letters of two scripts"),
    "work": (
        "works.yaml",
        "id: cedar-2010",
        "id: Birch-2001",
        'looks like "birch-2001", on line 9',
    ),
    "passage": ("passages.yaml", "id: p04", "id: P01", 'looks like "p01", on line 1'),
    "activity": ("activities.yaml", "id: vote", "id: vоte", "mixes letters of two scripts"),
}


@pytest.mark.parametrize(("file", "old", "new", "said"), KINDS.values(), ids=KINDS.keys())
def test_ids_of_each_kind_are_told_apart(
    tiny_debate: Path, file: str, old: str, new: str, said: str
) -> None:
    """Whatever has an id, two of a kind are never to be taken for each other."""
    replace(tiny_debate, file, old, new)
    assert any(one.startswith(f"{file}:") and said in one for one in problems(tiny_debate))


def test_passages_of_a_table_are_told_apart(tiny_debate: Path) -> None:
    """The same holds for passages.csv, with the line of the other."""
    with_table(tiny_debate)
    replace(tiny_debate, "passages.csv", "p04,", "P02,")
    (tiny_debate / "paths.yaml").unlink()
    (found,) = problems(tiny_debate)
    assert found == (
        'passages.csv:6: passage P02: the id "P02" looks like "p02", on line 3; choose another'
    )


def test_readings_are_told_apart(tiny_debate: Path) -> None:
    """Two readers are not to be taken for one, nor one for two."""
    with (tiny_debate / "codings.csv").open("a", encoding="utf-8") as stream:
        stream.write("p04,А,gloss,position,\np03,А,both,medium,1\n")
    found = problems(tiny_debate)
    words = 'the id "А" (it has А, U+0410) looks like "A", on line 2; choose another'
    assert f"codings.csv:25: {words}" in found
    assert sum("looks like" in one for one in found) == 1


@pytest.mark.parametrize(
    "name",
    [
        "müller",
        "Łukasiewicz-1920",
        "хомский",
        "כהן-2002",
        "ابن-سينا",
        "渡辺さん",
        "東京Tower",
        "김-1999",
    ],
)
def test_one_script_is_enough_for_any_language(name: str) -> None:
    """Ids in one script, with digits and signs, and those of East Asia with Latin are sound."""
    assert mixed_words(name) == ""


def test_an_accent_may_be_stored_in_two_ways() -> None:
    """To the eye both are one."""
    assert as_seen("café") == as_seen("cafe\u0301")
    assert as_seen("p01") != as_seen("p10")
