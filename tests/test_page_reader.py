"""A page of quotes is read character for character, or refused with the line of every fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.page_reader import LONGEST_CITATION, Cited, parse, part_role, trimmed
from dashboard.debate.problems import DebateError
from tests.pages import PAGE, SOURCE_PAGE, pages, spoiled
from tests.strategies import quick


def problems(text: str, *, any_count: bool = False) -> list[str]:
    """Give line and words of each problem of a page."""
    with pytest.raises(DebateError) as raised:
        parse(text, any_count=any_count)
    return [f"{problem.line}: {problem.text}" for problem in raised.value.problems]


def test_the_source_page_declares_what_it_has() -> None:
    """The source page has 23 passages as declared on line 3, the first on lines 4 to 6."""
    page = parse(SOURCE_PAGE.read_text(encoding="utf-8"))
    assert (page.declared, page.declared_line, len(page.passages)) == (23, 3, 23)
    assert (page.passages[0].line, page.passages[0].citation_line) == (4, 6)
    assert [passage.doubt for passage in page.passages] == [None] * 23


@quick
@given(pages())
def test_a_page_is_read_back_character_for_character(
    drawn: tuple[str, list[str], list[tuple[str, str, str, str]]],
) -> None:
    """Introduction, quotes, glosses, citations and roles are those the page was written from."""
    text, introduction, passages = drawn
    page = parse(text)
    assert page.introduction == "\n".join(introduction)
    assert [(p.quote, p.gloss, p.citation, p.role) for p in page.passages] == passages


@quick
@given(pages(), st.data())
def test_line_ends_blank_lines_and_a_mark_change_nothing(
    drawn: tuple[str, list[str], list[tuple[str, str, str, str]]], data: st.DataObject
) -> None:
    """CRLF, a byte order mark and blank lines, of unseen signs too, leave every text as it is."""
    text, _, passages = drawn
    page = parse(data.draw(spoiled(text)))
    assert [(p.quote, p.gloss, p.citation, p.role) for p in page.passages] == passages


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=80).map(lambda text: f"a\n{text}\nb"))
def test_what_is_no_page_gets_a_line(text: str) -> None:
    """Any other text is refused, and every problem has a line that the text has."""
    for problem in problems(text):
        line = int(problem.partition(":")[0])
        assert 1 <= line <= text.count("\n") + 1


def test_blanks_of_a_quote_stay() -> None:
    """Blanks at the ends of a quote, non-breaking ones too, are the quote's own."""
    text = PAGE.replace("Trust carries method.", "\u00a0 Trust carries method.\t\u00a0")
    assert parse(text).passages[0].quote == "\u00a0 Trust carries method.\t\u00a0"


def test_an_introduction_may_have_paragraphs_and_name_the_heading() -> None:
    """Lines before the heading belong together, blank ones between them too, even its words."""
    text = PAGE.replace("bond.\n", "bond.\n\nIn the library\nwe read.\n", 1)
    assert parse(text).introduction == "Two voices on one bond.\n\nIn the library\nwe read."


ROLES_PARTED = {
    "A, B, C, 2008thesis": Cited("A, B, C, 2008", "thesis", None),
    "A, B, C, 2008\u00a0supporting \u200b": Cited("A, B, C, 2008", "supporting", None),
    "A, B, C (Adults) aside": Cited("A, B, C (Adults)", "aside", None),
    "A, B, A Thesisthesis": Cited(
        "A, B, A Thesis",
        "thesis",
        'the role is glued to a word: "Thesisthesis" may be one word',
    ),
    "A, B, The Null Hypothesis": Cited(
        "A, B, The Null Hypo", "thesis", 'the role is glued to a word: "Hypothesis" may be one word'
    ),
    "A, B, On the thesis aside": Cited(
        "A, B, On the thesis",
        "aside",
        'the role "aside" follows no year; it may be the last word of the title',
    ),
    "A, B, A Thesis, 2008": None,
    "A, B, A Thesis": None,
}


@pytest.mark.parametrize("line", ROLES_PARTED)
def test_only_the_last_word_is_the_role(line: str) -> None:
    """A role is taken once, glued or not, and doubted where it follows no year or bracket."""
    assert part_role(line) == ROLES_PARTED[line]


REFUSED = {
    "nothing": ("", ["1: the page is empty"]),
    "blanks": (" \n\u00a0\n\u200b", ["1: the page is empty"]),
    "prose": (
        "One.\nTwo.\n",
        ['3: this page has no line "In the library", with the number of passages beneath it'],
    ),
    "no count": (
        PAGE.replace("2 passages\n", ""),
        ['3: after "In the library" belongs the number of passages, such as "23 passages"'],
    ),
    "no heading": (
        PAGE.replace("In the library\n", ""),
        ['3: before "2 passages" belongs a line "In the library"'],
    ),
    "no introduction": (
        PAGE.removeprefix("Two voices on one bond.\n"),
        ['1: the introduction is missing; it belongs before "In the library"'],
    ),
    "no passage": (
        PAGE[: PAGE.index("Trust")],
        ["4: no passage follows; a passage is a quote, a gloss, a citation"],
    ),
    "too many declared": (
        PAGE.replace("2 passages", "1,002 passages"),
        ["4: the page says 1,002 passages, but it has 2"],
    ),
    "no gloss": (
        PAGE.replace("Birch says that trust carries method.\n", ""),
        [
            "7: passage 1 has a quote (line 6) but no gloss, or no quote: "
            "this line is its citation already"
        ],
    ),
    "no role": (
        PAGE.replace("2001thesis", "2001"),
        [
            "8: here belongs the citation of passage 1, which ends in thesis, supporting or aside "
            "(in small letters; --roles names others), "
            'after its quote and gloss on lines 6 and 7; found: "Birch, Ben, On Method, 2001"'
        ],
    ),
    "a role with a capital": (
        PAGE.replace("2001thesis", "2001Thesis"),
        [
            "8: here belongs the citation of passage 1, which ends in thesis, supporting or aside "
            "(in small letters; --roles names others), "
            'after its quote and gloss on lines 6 and 7; found: "Birch, Ben, On Method, 2001Thesis"'
        ],
    ),
    "a quote on two lines": (
        PAGE.replace("Trust carries", "Trust\ncarries"),
        [
            "8: here belongs the citation of passage 1, which ends in thesis, supporting or aside "
            "(in small letters; --roles names others), "
            "after its quote and gloss on lines 6 and 7; "
            'found: "Birch says that trust carries method."'
        ],
    ),
    "cut short": (
        PAGE[: PAGE.index("Aster, Ada")],
        ["9: passage 2 begins here, but the page ends without its citation"],
    ),
    "cut shorter": (
        PAGE[: PAGE.index("Aster holds")],
        ["9: passage 2 begins here, but the page ends without its gloss and its citation"],
    ),
    "more than declared": (
        f"{PAGE}Back to the top\n",
        ['12: after the 2 passages that the page declares stands more: "Back to the top"'],
    ),
    "a role alone": (
        PAGE.replace("Birch, Ben, On Method, 2001", ""),
        ['8: the citation before "thesis" is missing'],
    ),
    "an endless citation": (
        PAGE.replace("On Method", "x" * LONGEST_CITATION),
        ["8: this citation is longer than 2,000 characters"],
    ),
    "a control character": (
        PAGE.replace("itself", "it\x07self"),
        ["9: a character that cannot be seen stands here (U+0007); take it out"],
    ),
    "a return within a line": (
        PAGE.replace("itself", "it\rself"),
        ["9: a character that cannot be seen stands here (U+000D); take it out"],
    ),
    "no line ends": (
        PAGE.replace("Trust", "x" * 1_048_600),
        ["6: this line is longer than 1 MB; are its line ends missing?"],
    ),
    "a book": (
        "x" * 600_000 + "\n" + "y" * 600_000 + "\n" + PAGE,
        ['2: 1 MB was read up to here without a line "In the library"'],
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_each_fault_has_its_line_and_words(fault: str) -> None:
    """A page that is not of the form is refused in words that say what belongs where."""
    text, expected = REFUSED[fault]
    assert problems(text) == expected


def test_every_fault_is_named_at_once() -> None:
    """After one fault the reading goes on at the next passage."""
    broken = PAGE.replace("2001thesis", "2001").replace("2 passages", "3 passages")
    more = "One.\nTwo.\nCedar, Cleo, Both, 2010thesis\nFour.\nDove, Dora, Five, 2011aside\n"
    assert [problem[:3] for problem in problems(broken + more)] == ["8: ", "15:"]


def test_another_count_may_be_let_through() -> None:
    """Where it is asked for, a page may declare another number than it has."""
    page = parse(PAGE.replace("2 passages", "3 passages"), any_count=True)
    assert (page.declared, len(page.passages)) == (3, 2)


def test_roles_may_be_other_words() -> None:
    """Of two roles that fit the longer one is taken."""
    text = PAGE.replace("thesis", "antithesis").replace("aside", "thesis")
    page = parse(text, roles=("thesis", "antithesis"))
    assert [passage.role for passage in page.passages] == ["antithesis", "thesis"]
    assert [passage.citation for passage in page.passages] == [
        "Birch, Ben, On Method, 2001",
        "Aster, Ada, Warmth, 1990",
    ]


def test_trimming_takes_blanks_and_unseen_signs_in_any_order() -> None:
    """No-break spaces, zero-width signs and byte order marks go from the ends, not from within."""
    assert trimmed(" \u200b\u00a0 a\u00a0b \ufeff\u200b ") == "a\u00a0b"
