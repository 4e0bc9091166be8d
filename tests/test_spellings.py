"""Two spellings are taken as one where nothing in them disagrees, and stay apart elsewhere."""

from collections.abc import Iterator

import pytest

from dashboard.debate import imported as importer
from dashboard.debate.imported import imported
from dashboard.debate.page_reader import parse
from dashboard.debate.problems import DebateError

ONE_PERSON = (
    ("Flores, Philip J.", "Flores, Philip J"),
    ("Jung, Carl Gustav", "Jung, C. G."),
    ("Müller, Anna", "MULLER, Anna"),
    ("van der Kolk, Bessel", "Van der Kolk, B."),
    ("von Franz, Marie-Louise", "von Franz, Marie Louise"),
    ("World Health Organization", "World health organization"),
)
ONE_ORDER = (
    ("van der Kolk, Bessel A.", "Kolk, Bessel A. van der"),
    ("Irvin D. Yalom", "Yalom, Irvin D."),
)
TWO_PEOPLE = (
    ("Smith, John", "Smith, Jane"),
    ("King, Martin Luther, Jr.", "King, Martin Luther"),
    ("Klein, Melanie", "Kline, Melanie"),
)


def page(*citations: str) -> str:
    """Give a page with one passage a citation."""
    body = "".join(f"A quote.\nA gloss.\n{citation}thesis\n" for citation in citations)
    return f"Essay.\nIn the library\n{len(citations)} passages\n{body}"


def told(*citations: str, propose: bool = True) -> tuple[int, int, list[str]]:
    """Give how many authors and works a page has, and what is said of them, by kind and line."""
    found = imported(parse(page(*citations)), propose=propose)
    said = [f"{remark.kind} {remark.line}: {remark.text}" for remark in found.remarks]
    return len(found.authors), len(found.works), said


def about(names: tuple[str, str]) -> Iterator[str]:
    """Give a citation of another work for each of two names."""
    yield f"{names[0]}, The First Book, 1990"
    yield f"{names[1]}, The Second Book, 2000"


@pytest.mark.parametrize("names", ONE_PERSON)
def test_one_person_in_two_spellings_is_proposed_and_said(names: tuple[str, str]) -> None:
    """Initials, accents, case, hyphens and order do not make another person; it is said."""
    authors, works, said = told(*about(names))
    assert (authors, works) == (1, 2)
    assert [text[:8] for text in said] == ["same 9: "]


@pytest.mark.parametrize("names", ONE_ORDER)
def test_the_order_of_a_name_makes_no_other_spelling(names: tuple[str, str]) -> None:
    """A name that is read into the same parts is the same, and nothing is to be said."""
    assert told(*about(names)) == (1, 2, [])


@pytest.mark.parametrize("names", TWO_PEOPLE)
def test_two_people_stay_apart(names: tuple[str, str]) -> None:
    """Other given names, a suffix or another family name make another person."""
    assert told(*about(names))[0] == 2


def test_a_name_that_is_nearly_another_is_doubted() -> None:
    """A family name with one letter changed stays apart, and it is said."""
    _, _, said = told(*about(("Bowlby, John", "Bowlbey, John")))
    assert said == [
        'unsure 9: "Bowlbey, John" and "Bowlby, John" (line 6) may be one person; they stay apart'
    ]


def test_initials_that_fit_two_people_stay_apart() -> None:
    """J. Smith may be John or Jane, so three stay apart and both doubts are said."""
    authors, _, said = told(
        "Smith, John, One, 1990", "Smith, J., The Two, 1991", "Smith, Jane, Three, 1992"
    )
    assert authors == 3
    assert said == [
        'unsure 9: "Smith, J." and "Smith, John" (line 6) may be one person; they stay apart',
        'unsure 12: "Smith, Jane" and "Smith, J." (line 9) may be one person; they stay apart',
    ]


def test_one_work_in_two_spellings_keeps_both_citations() -> None:
    """A title cut short and one without its edition are one work; each citation is kept."""
    citations = (
        "Flores, Philip J, Group Psychotherapy with Addicts An, 1997",
        "Flores, Philip J., Group Psychotherapy with Addicts: An Integration, Second Edition, 1997",
        "Flores, Philip J., Group psychotherapy with addicts: an integration, 1997",
    )
    found = imported(parse(page(*citations)))
    (work,) = found.works
    assert work.catalogued == citations[1]
    assert f'Also catalogued as "{citations[0]}" (line 6).' in (work.notes or "")
    assert f'Also catalogued as "{citations[2]}" (line 12).' in (work.notes or "")
    assert {passage.work for passage in found.passages} == {work.id}
    assert [r.line for r in found.remarks if r.text.endswith("one work")] == [9, 12]


def test_editions_and_years_are_other_works() -> None:
    """Another edition or year is another work; without a year it is doubted."""
    title = "Yalom, Irvin D., The Theory and Practice"
    _, works, said = told(
        f"{title}, Fourth Edition, 1995", f"{title}, Fifth Edition, 2005", f"{title}, 2020", title
    )
    assert works == 4
    assert {text[:10] for text in said} == {"unsure 15:"}
    assert sum("may be one work; they stay apart" in text for text in said) == 3


def test_a_cut_title_that_fits_two_works_stays_apart() -> None:
    """Where a beginning fits two titles, nothing is taken as one."""
    begin = "Adler, Alfred, The Practice and Theory of"
    _, works, _ = told(f"{begin}, 1924", f"{begin} Minds, 1924", f"{begin} Psychology, 1924")
    assert works == 3


def test_nothing_is_taken_as_one_where_that_is_asked() -> None:
    """Apart, only what is spelled alike is the same, and no spelling is remarked on."""
    one = ("Flores, Philip J., Addiction, 2004", "Flores, Philip J, Addiction, 2004")
    assert told(*one, propose=False) == (2, 2, [])
    assert told(*one)[:2] == (1, 1)


def test_ids_are_readable_and_each_is_given_once() -> None:
    """Ids are family names and years; those that are taken have more of the name, or a number."""
    found = imported(
        parse(
            page(
                "Smith, John, The Theory of One, 1990",
                "Smith, Jane, The Theory of Two, 1990",
                "Smith, Jane, Another Theory, 1990",
                "P01, Ann, Odd, 1991",
                "王, 阳明, 传习录, 1518",
            )
        )
    )
    assert [author.id for author in found.authors] == [
        "smith",
        "smith-jane",
        "author-p01",
        "author",
    ]
    assert [author.label for author in found.authors][:2] == ["Smith, John", "Smith, Jane"]
    assert [work.id for work in found.works] == [
        "smith1990",
        "smith-jane1990",
        "smith-jane1990-2",
        "author-p011991",
        "author1518",
    ]


def test_very_many_spellings_are_not_compared_each_with_each() -> None:
    """Of a hundred and twenty given names under one family name only equal ones are the same."""
    citations = [
        f"Smith, Name{'abcdefghij'[i % 10]} Number{'x' * i}, One, 1990" for i in range(120)
    ]
    assert told(*citations)[:2] == (120, 120)


def test_more_works_than_a_debate_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first citation beyond is named with its line."""
    assert importer.MOST_WORKS == 34_000
    monkeypatch.setattr(importer, "MOST_WORKS", 2)
    named = [f"Smith, J., {title}, 1990" for title in ("One", "Two", "One", "Three", "Four")]
    with pytest.raises(DebateError) as raised:
        imported(parse(page(*named)))
    assert str(raised.value) == (
        "page:15: this citation is of one work more than the 2 that a debate can hold"
    )
