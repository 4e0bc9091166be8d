"""The debate as one table: its columns, exact values, and how words are folded."""

import unicodedata
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.debate.table import FIRST_WORDS, first_words, folded, passage_table
from dashboard.open_debate import open_folder
from tests.strategies import quick, shipped


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Maté", "mate"),
        ("MATE\u0301", "mate"),
        ("Straße", "strasse"),
        ("ÉCOLE", "ecole"),
        ("ﬁnd", "find"),
        ("therapy—indeed", "therapy-indeed"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_folded(text, plain):
    """Accents, case and ligatures do not count."""
    assert folded(text) == plain


@quick
@given(st.text(max_size=40))
def test_folding_forgets_accents_case_and_form(text):
    """A text folds as its decomposed, composed and lower-cased forms do."""
    assert folded(unicodedata.normalize("NFD", text)) == folded(text)
    assert folded(unicodedata.normalize("NFC", text)) == folded(text)
    assert folded(folded(text)) == folded(text)


def test_shipped_table():
    """Twenty-three rows in the order of the debate, with authors, schools, roles and years."""
    table = shipped().table
    assert table["passage"].tolist() == [f"p{n:02d}" for n in range(1, 24)]
    assert table["author"].value_counts().to_dict() == {
        "flores": 9,
        "yalom": 3,
        "wampold": 3,
        "jung": 1,
        "sedgwick": 1,
        "brazier": 1,
        "schore": 1,
        "holmes": 1,
        "levine": 1,
        "norcross": 1,
        "courtois": 1,
    }
    assert table["school"].value_counts().to_dict() == {
        "empirical": 13,
        "attachment": 7,
        "depth-psychological": 3,
    }
    assert table["role"].value_counts().to_dict() == {"supporting": 14, "thesis": 6, "aside": 3}
    assert table.set_index("passage")["year"][["p03", "p06", "p20"]].tolist() == [1946, 2014, 2010]
    assert table["source"].iloc[0] == "Yalom & Leszcz 2005"


def test_categories_follow_the_debate():
    """Codes of schools, roles and authors are their places in the debate."""
    table, debate = shipped().table, shipped().debate
    for column, entries in (
        ("school", debate.schools),
        ("second_school", debate.schools),
        ("role", debate.roles),
        ("author", debate.authors),
        ("work", debate.works),
    ):
        assert table[column].cat.categories.tolist() == [entry.id for entry in entries]


def test_what_is_not_given_is_missing(tiny_debate):
    """No second school, no confidence, no year of the idea: missing, never a stand-in."""
    table = open_folder(tiny_debate).table.set_index("passage")
    assert table["second_school"].isna().tolist() == [True, False, True, True]
    assert table["confidence"].isna().tolist() == [False, False, True, True]
    assert table["year"].isna().tolist() == [True, True, False, True]
    assert table["year"]["p03"] == 2009
    assert table["quote_position"].tolist()[:3] == [2.0, -2.0, 0.0]
    assert pd.isna(table["quote_position"]["p04"])
    assert pd.isna(table["gloss_position"]["p04"])


def test_texts_stand_in_the_table_verbatim():
    """Quotes and glosses are the debate's own, character for character."""
    table, passages = shipped().table, shipped().debate.passages
    assert table["quote"].tolist() == [passage.quote for passage in passages]
    assert table["gloss"].tolist() == [passage.gloss for passage in passages]


def test_glosses_that_are_not_shown_are_not_in_the_table():
    """With glosses switched off, there is nothing of them to search."""
    table = passage_table(replace(shipped().debate, show_glosses=False))
    assert table["gloss"].tolist() == [""] * 23


@pytest.mark.parametrize(
    ("quote", "opening"),
    [
        ("A short one.", "A short one."),
        ("Two\n  lines.", "Two lines."),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + " …"),
        ("word " * 30, "word word word word word word word word word word word word …"),
    ],
)
def test_first_words(quote, opening):
    """The first words stand on one line and break between words."""
    assert first_words(quote) == opening


@quick
@example("a" + " " * 200 + "b")
@given(st.text("ab \n", min_size=1, max_size=300))
def test_first_words_say_when_they_are_not_all(quote):
    """Whatever is left out of a quote is announced by an ellipsis."""
    line, opening = " ".join(quote.split()), first_words(quote)
    assert opening == line or opening.endswith("…")
    assert len(opening) <= FIRST_WORDS + 2
