"""The essay: byte for byte, with the names in it that lead to passages."""

import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.essay import Piece, essay_pieces
from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate
from tests.a_debate import replace as replace_in_file
from tests.strategies import quick, shipped, texts

NAMES = st.sampled_from(
    [*(author.label for author in shipped().debate.authors), "Bowlby", "C. G. Jung", "'s", "-", " "]
)


def _with_essay(debate: Debate, essay: str) -> Debate:
    return replace(debate, library=replace(debate.library, essay=essay))


def _links(essay: str, debate: Debate | None = None) -> list[tuple[str, str, str]]:
    pieces = essay_pieces(_with_essay(debate or shipped().debate, essay))
    return [(piece.text, piece.author, piece.passage) for piece in pieces if piece.author]


def test_the_shipped_essay():
    """Every author named in the shipped essay is a link, Bowlby to the book listed under him."""
    debate = shipped().debate
    pieces = essay_pieces(debate)
    assert "".join(piece.text for piece in pieces) == debate.library.essay
    assert [(p.text, p.author, p.passage) for p in pieces if p.author] == [
        ("Yalom", "yalom", "p01"),
        ("Wampold", "wampold", "p05"),
        ("Jung", "jung", "p03"),
        ("Schore", "schore", "p02"),
        ("Flores", "flores", "p04"),
        ("Bowlby", "holmes", "p06"),
        ("Sedgwick", "sedgwick", "p17"),
        ("Jung", "jung", "p03"),
        ("Norcross", "norcross", "p10"),
        ("Wampold", "wampold", "p05"),
    ]


@pytest.mark.parametrize(
    ("essay", "names"),
    [
        ("Jung's, Jung’s and (Jung).", ["Jung", "Jung", "Jung"]),
        ("Jungian, Jungs, aJung, Jung_, Jung2", []),
        ("post-Jung, Jung-Stilling, Jung‑Stilling", []),
        ("Jung—Schore–Levine", ["Jung", "Schore", "Levine"]),
        ("JUNG and jung", []),
        ("C. G. Jung met Irvin D. Yalom", ["C. G. Jung", "Irvin D. Yalom"]),
        ("Holmes and Bowlby", ["Holmes", "Bowlby"]),
        ("Leszcz, Ford and Fosha", []),
        ("In Zen Therapy, as in Zen", ["Zen Therapy"]),
        (
            "Zen Therapy: Transcending the Sorrows of the Human Mind",
            ["Zen Therapy: Transcending the Sorrows of the Human Mind"],
        ),
        ("Jung\u0301 and J\u0308ung", []),
        ("Jung", ["Jung"]),
        ("No one", []),
    ],
)
def test_names_are_whole_words(essay, names):
    """Names count where they stand as whole words, the longest first, and nowhere else."""
    assert [text for text, _, _ in _links(essay)] == names


def test_a_work_leads_to_its_own_passage():
    """The title of a work leads to the work's first passage, not to the author's."""
    assert _links("Group Psychotherapy with Addicted Populations") == [
        ("Group Psychotherapy with Addicted Populations", "flores", "p09")
    ]


def test_a_name_with_accents(tiny_debate):
    """A name is found however its accents are composed, and stays as it is written."""
    replace_in_file(tiny_debate, "authors.yaml", "label: Birch", "label: Bírch")
    debate = load_debate(tiny_debate)
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Bírch")
        assert _links(f"So {name}’s view", debate) == [(name, "ben", "p02")]


def test_a_name_that_two_share(tiny_debate):
    """A name of two authors is no link; their full names are."""
    replace_in_file(tiny_debate, "authors.yaml", "label: Birch", "label: Aster")
    replace_in_file(tiny_debate, "authors.yaml", "Birch, Ben", "Aster, Ben")
    debate = load_debate(tiny_debate)
    assert _links("Aster, Ada Aster, Ben Birch", debate) == [
        ("Ada Aster", "ada", "p01"),
        ("Ben Birch", "ben", "p02"),
    ]


def test_a_name_that_a_work_is_listed_under(tiny_debate):
    """The name in the catalogue counts only where the debate says that it misleads."""
    replace_in_file(
        tiny_debate, "works.yaml", "catalogued: Birch (2001). Method.", "catalogued: Crane, Method"
    )
    assert _links("Crane", load_debate(tiny_debate)) == []
    replace_in_file(
        tiny_debate, "works.yaml", "title: Method", "title: Method\n  attribution: Not by Crane."
    )
    assert _links("Crane", load_debate(tiny_debate)) == [("Crane", "ben", "p02")]


def test_an_author_without_passages(tiny_debate):
    """A name that leads nowhere is plain text."""
    debate = load_debate(tiny_debate)
    assert _links("Aster, Cedar", replace(debate, passages=debate.passages[:1])) == [
        ("Aster", "ada", "p01")
    ]


@quick
@given(st.lists(st.one_of(texts, NAMES, st.text(max_size=5)), min_size=1, max_size=12))
def test_pieces_are_the_essay(parts):
    """Whatever the essay holds, its pieces together are the essay, and no piece is empty."""
    essay = "".join(parts) or "An essay."
    pieces = essay_pieces(_with_essay(shipped().debate, essay))
    assert "".join(piece.text for piece in pieces) == essay
    assert Piece("") not in pieces
    assert all(bool(piece.author) == bool(piece.passage) for piece in pieces)
    assert not any(not a.author and not b.author for a, b in pairwise(pieces))
