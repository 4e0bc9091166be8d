"""Filters: what matches, counted again in plain Python, and which filter emptied a selection."""

import unicodedata
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given

from dashboard.debate.filters import Filters, Undo, emptied_by, empty_alone, matching
from dashboard.debate.model import Debate, Passage
from dashboard.debate.summary import count_words
from dashboard.debate.table import passage_table
from dashboard.open_debate import open_folder
from tests.a_debate import replace as replace_in_file
from tests.strategies import filters, quick, shipped

SCHOOLS = ("depth-psychological", "attachment", "empirical")
ROLES = ("thesis", "supporting", "aside")
WORDS = ("", "bond", "ALLIANCE outcome", "Strupp", "zzz")


def _subsets(ids):
    return list(chain.from_iterable(combinations(ids, size) for size in range(len(ids) + 1)))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")


def _matches(passage: Passage, asked: Filters) -> bool:
    said = _plain(passage.quote) + "\n" + _plain(passage.gloss or "")
    return (
        (not asked.school or passage.school in asked.school)
        and (not asked.role or passage.role in asked.role)
        and all(word in said for word in _plain(asked.q).split())
    )


def _counted(debate: Debate, asked: Filters) -> tuple[list[bool], str]:
    """Count by hand, over the passages themselves."""
    lit = [_matches(passage, asked) for passage in debate.passages]
    author_of = {work.id: work.author for work in debate.works}
    authors = {author_of[p.work] for p, match in zip(debate.passages, lit, strict=True) if match}
    return lit, f"{sum(lit)} of 23 passages, {len(authors)} of 11 authors"


def test_every_combination_counts_right():
    """All 320 combinations of schools, roles and words match and count as by hand."""
    table, debate = shipped().table, shipped().debate
    for school in _subsets(SCHOOLS):
        for role in _subsets(ROLES):
            for q in WORDS:
                asked = Filters(school, role, q)
                lit, count = _counted(debate, asked)
                found = matching(table, asked)
                assert found.tolist() == lit, asked
                assert count_words(table, found, len(debate.authors)) == count, asked


@quick
@given(filters())
def test_any_words_match_as_by_hand(asked):
    """Several words all have to stand in quote or gloss, for any filters."""
    lit, _ = _counted(shipped().debate, asked)
    assert matching(shipped().table, asked).tolist() == lit


@quick
@given(filters())
def test_filters_only_take_away(asked):
    """Undoing a filter never hides a passage, and matching changes nothing in the table."""
    table = shipped().table
    before = table.copy(deep=True)
    found = matching(table, asked)
    for name in asked.active():
        assert (matching(table, asked.without(name)) | ~found).all()
    assert before.equals(table)


def _ids(asked: Filters) -> list[str]:
    return shipped().table["passage"][matching(shipped().table, asked)].tolist()


def test_exact_matches():
    """Words in quote or gloss, any case, in any order, as parts of words."""
    assert _ids(Filters(q="sine qua non")) == ["p01"]
    assert _ids(Filters(q="STRUPP")) == ["p08", "p09", "p18"]
    assert _ids(Filters(q="physiologically")) == ["p20"]
    assert _ids(Filters(q="alchemical chemical combination")) == ["p03"]
    assert _ids(Filters(role=("aside",))) == ["p21", "p22", "p23"]
    assert _ids(Filters(school=("depth-psychological",))) == ["p03", "p17", "p21"]
    assert _ids(Filters(school=("depth-psychological",), role=("aside", "thesis"))) == [
        "p03",
        "p21",
    ]
    assert _ids(Filters(q="a.b*c[")) == []


def test_accents_do_not_count(tiny_debate):
    """A search with or without accents, composed or not, finds a quote with or without them."""
    replace_in_file(tiny_debate, "passages.yaml", "Bond and method move", "Bönd and méthode move")
    table = open_folder(tiny_debate).table
    for q in ("bond methode", "BÖND", "bo\u0308nd", "MÉTHODE", "methode\u0301"):
        assert matching(table, Filters(q=q))[2], q


def test_a_word_does_not_run_from_quote_into_gloss(tiny_debate):
    """The end of a quote and the beginning of its gloss are no word."""
    table = open_folder(tiny_debate).table
    assert not matching(table, Filters(q="does.She")).any()
    assert not matching(table, Filters(q="does.she")).any()


def test_spaces_alone_ask_for_nothing():
    """Blanks in the search let all passages through."""
    assert matching(shipped().table, Filters(q="  \t ")).all()


def test_unknown_ids_match_nothing():
    """A school that is not in the debate lets nothing through, and raises nothing."""
    assert not matching(shipped().table, Filters(school=("nowhere",))).any()


def test_an_empty_debate_matches_nothing():
    """A table without rows gives an empty answer."""
    table = shipped().table.iloc[:0]
    assert matching(table, Filters(school=("attachment",), q="bond")).shape == (0,)
    assert emptied_by(table, Filters(q="bond")) == ()


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("school", Filters((), ("aside",), "bond")),
        ("role", Filters(("attachment",), (), "bond")),
        ("q", Filters(("attachment",), ("aside",), "")),
    ],
)
def test_without(name, left):
    """One filter is undone, the others stay."""
    asked = Filters(("attachment",), ("aside",), "bond")
    assert asked.without(name) == left
    assert asked.active() == ("school", "role", "q")
    assert left.active() == tuple(n for n in ("school", "role", "q") if n != name)


@pytest.mark.parametrize(
    ("asked", "undone"),
    [
        (Filters(), ()),
        (Filters(q="bond"), ()),
        (Filters(q="zzz"), (Undo(("q",), 23),)),
        (Filters(("attachment",), (), "zzz"), (Undo(("q",), 7),)),
        (Filters(("attachment",), ("aside",)), (Undo(("role",), 7), Undo(("school",), 3))),
        (
            Filters(("attachment",), ("aside",), "zzz"),
            (Undo(("role", "q"), 7), Undo(("school", "q"), 3)),
        ),
        (
            Filters(("depth-psychological",), ("supporting",), "Strupp"),
            (Undo(("school",), 3), Undo(("q",), 1)),
        ),
        (Filters(("attachment",), ("thesis",), "Strupp"), (Undo(("q",), 3),)),
        (Filters(("depth-psychological",), (), "Strupp"), (Undo(("school",), 3), Undo(("q",), 3))),
    ],
)
def test_emptied_by(asked, undone):
    """Each filter to blame is named with what comes back without it; most passages first."""
    assert emptied_by(shipped().table, asked) == undone


@quick
@given(filters())
def test_emptied_by_is_what_undoing_brings_back(asked):
    """Only an empty selection has filters to blame, and each brings back what it says."""
    table = shipped().table
    blamed = emptied_by(table, asked)
    assert bool(blamed) == (not matching(table, asked).any())
    for undo in blamed:
        assert undo.passages == np.count_nonzero(matching(table, asked.without(*undo.names)))
        assert undo.passages > 0


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (Filters(("attachment",), ("aside",), "zzz"), ("q",)),
        (Filters(("attachment",), ("aside",)), ()),
        (Filters(q="bond"), ()),
        (Filters(("nobody",), (), "zzz"), ("school", "q")),
    ],
)
def test_empty_alone(asked, names):
    """A filter that matches no passage by itself is named, whatever the others ask for."""
    assert empty_alone(shipped().table, asked) == names


def test_search_reads_any_text_literally():
    """Characters that mean something to a pattern mean themselves."""
    table = passage_table(shipped().debate)
    for q in (".", "(", "\\", "$", "[a-z]", "\x00", "😀"):
        lit, _ = _counted(shipped().debate, Filters(q=q))
        assert matching(table, Filters(q=q)).tolist() == lit
