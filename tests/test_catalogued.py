"""Citations are read into names, title, edition and year as far as they go, and doubted beyond."""

import pytest
from hypothesis import given

from dashboard.debate.catalogued import (
    Citation,
    natural_name,
    read_citation,
    short_name,
    sort_name,
)
from tests.pages import citations
from tests.strategies import quick

TITLE = "What Works"

READ = {
    "edition": (
        "Yalom, Irvin D., Group Psychotherapy, Fifth Edition, 2008",
        ("Irvin D. Yalom", "Group Psychotherapy", "5th", 2008),
    ),
    "edition after the year": (
        "Smith, J., What Works, 2008, 22nd ed.",
        ("J. Smith", TITLE, "22nd", 2008),
    ),
    "edition in brackets": (
        "Smith, J., What Works (3rd ed.), 2011",
        ("J. Smith", TITLE, "3rd", 2011),
    ),
    "edition without a number": (
        "Smith, J., What Works, Revised and Enlarged Edition, 1999",
        ("J. Smith", TITLE, "Revised and Enlarged Edition", 1999),
    ),
    "particle before": (
        "van der Kolk, Bessel A., What Works, 2014",
        ("Bessel A. van der Kolk", TITLE, None, 2014),
    ),
    "particle after": (
        "Kolk, Bessel A. van der, What Works, 2014",
        ("Bessel A. van der Kolk", TITLE, None, 2014),
    ),
    "particle within an apostrophe": (
        "d'Alembert, Jean le Rond, Discours, 1751",
        ("Jean le Rond d'Alembert", "Discours", None, 1751),
    ),
    "suffix": (
        "King, Martin Luther, Jr., Strength to Love, 1963",
        ("Martin Luther King Jr.", "Strength to Love", None, 1963),
    ),
    "suffix first": (
        "King, Jr., Martin Luther, Strength to Love, 1963",
        ("Martin Luther King Jr.", "Strength to Love", None, 1963),
    ),
    "group": (
        "World Health Organization, Mental Health, Human Rights and Legislation, 2005",
        ("World Health Organization", "Mental Health, Human Rights and Legislation", None, 2005),
    ),
    "and": (
        "Norcross, John C., and Wampold, Bruce E., What Works, 2011",
        ("John C. Norcross + Bruce E. Wampold", TITLE, None, 2011),
    ),
    "ampersand and natural order": (
        "Norcross, John C. & Bruce E. Wampold, What Works, 2011",
        ("John C. Norcross + Bruce E. Wampold", TITLE, None, 2011),
    ),
    "semicolon": (
        "Norcross, J. C.; Wampold, B. E., What Works, 2011",
        ("J. C. Norcross + B. E. Wampold", TITLE, None, 2011),
    ),
    "three by commas": (
        "Norcross, J. C., Wampold, B. E., & Lambert, M., What Works, 2011",
        ("J. C. Norcross + B. E. Wampold + M. Lambert", TITLE, None, 2011),
    ),
    "three by commas with given names": (
        "Duncan, Barry L., Miller, Scott D., & Hubble, Mark A., Heart, Soul, and Change, 2010",
        (
            "Barry L. Duncan + Scott D. Miller + Mark A. Hubble",
            "Heart, Soul, and Change",
            None,
            2010,
        ),
    ),
    "and within": (
        "Klein, Melanie and Riviere, Joan, Love, Hate and Reparation, 1937",
        ("Melanie Klein + Joan Riviere", "Love, Hate and Reparation", None, 1937),
    ),
    "natural order": (
        "Bruce E. Wampold and Zac E. Imel, The Great Debate, 2015",
        ("Bruce E. Wampold + Zac E. Imel", "The Great Debate", None, 2015),
    ),
    "commas in the title": (
        "Jung, Carl Gustav, Memories, Dreams, Reflections, 1962",
        ("Carl Gustav Jung", "Memories, Dreams, Reflections", None, 1962),
    ),
    "a year as the title": ("Orwell, George, 1984, 1949", ("George Orwell", "1984", None, 1949)),
    "a year in the title": (
        "Gay, Peter, Vienna 1900 and After, 1999",
        ("Peter Gay", "Vienna 1900 and After", None, 1999),
    ),
    "no-break spaces": (
        "Smith,\u00a0J., What\u00a0Works,\u00a02008",
        ("J. Smith", TITLE, None, 2008),
    ),
    "no capitals": ("王, 阳明, 传习录, 1518", ("阳明 王", "传习录", None, 1518)),
}
"""Citations that are read without a doubt."""

DOUBTED = {
    "no year": (
        "Courtois, Christine A, Stress (Adults)",
        ("Christine A Courtois", "Stress (Adults)", None, None),
        {"authors": "likely", "title": "likely"},
        ("no year is given",),
    ),
    "undated": (
        "Bowlby, John et al., Maternal Care, n.d.",
        ("John Bowlby", "Maternal Care", None, None),
        {"authors": "unsure", "title": "likely"},
        ("no year is given", "further authors are not named (et al.)"),
    ),
    "a bracket left open": (
        "Bowlby, John, Attachment (Makers of Modern, 2014",
        ("John Bowlby", "Attachment (Makers of Modern", None, 2014),
        {"authors": "likely", "title": "unsure", "year": "likely"},
        ("the title seems to be cut short: a bracket is not closed",),
    ),
    "an article at the end": (
        "Flores, Philip J, Group Psychotherapy An, 1997",
        ("Philip J Flores", "Group Psychotherapy An", None, 1997),
        {"authors": "likely", "title": "unsure", "year": "likely"},
        ('the title seems to be cut short: it ends in "An"',),
    ),
    "title or year": (
        "Orwell, G., 1984",
        ("G. Orwell", "1984", None, None),
        {"authors": "likely", "title": "likely"},
        ('"1984" may be the title and not the year',),
    ),
    "a year without a comma": (
        "Schorske, Carl E., Vienna 1900",
        ("Carl E. Schorske", "Vienna 1900", None, None),
        {"authors": "likely", "title": "unsure"},
        ('the title ends in "1900", which may be the year',),
    ),
    "two years": (
        "Freud, Sigmund, The Unconscious, 1915/1957",
        ("Sigmund Freud", "The Unconscious", None, 1957),
        {"authors": "likely", "title": "likely", "year": "unsure"},
        ('the year is given as "1915/1957"',),
    ),
    "one name": (
        "UNESCO, The Report, 1953",
        ("UNESCO", "The Report", None, 1953),
        {"authors": "unsure", "title": "likely", "year": "likely"},
        ('"UNESCO" stands as it is; it may be a person or a group',),
    ),
    "name or title": (
        "Plato, Republic, 1992",
        ("Plato", "Republic", None, 1992),
        {"authors": "unsure", "title": "unsure", "year": "likely"},
        (
            '"Plato, Republic" may be a name and no title',
            '"Plato" stands as it is; it may be a person or a group',
        ),
    ),
    "a family name alone after and": (
        "Norcross, John and Wampold, The Debate, 2011",
        ("John Norcross + Wampold", "The Debate", None, 2011),
        {"authors": "unsure", "title": "likely", "year": "likely"},
        ('"Wampold" may be an author or belong to the title',),
    ),
    "given names without initials by commas": (
        "Duncan, Barry, Miller, Scott, & Hubble, Mark, The Heart, 2010",
        ("Barry Duncan", "Miller, Scott, & Hubble, Mark, The Heart", None, 2010),
        {"authors": "likely", "title": "unsure", "year": "likely"},
        ("the title may begin with further authors",),
    ),
    "no author": (
        "Beowulf",
        ("", "Beowulf", None, None),
        {"authors": "unsure", "title": "likely"},
        ("no author could be told from the title", "no year is given"),
    ),
}


def told(read: Citation) -> tuple[str, str, str | None, int | None]:
    """Give names, title, edition and year of a citation."""
    return " + ".join(map(natural_name, read.names)), read.title, read.edition, read.year


@pytest.mark.parametrize("form", READ)
def test_a_citation_of_the_form_is_read(form: str) -> None:
    """Names, title, edition and year are told apart, each likely, and nothing is doubted."""
    verbatim, parts = READ[form]
    read = read_citation(verbatim)
    assert told(read) == parts
    assert read.verbatim == verbatim
    assert (set(read.certainty.values()), read.doubts) == ({"likely"}, ())


@pytest.mark.parametrize("form", DOUBTED)
def test_what_may_be_read_otherwise_is_doubted(form: str) -> None:
    """Where a citation allows another reading, the part is unsure and the reason is said."""
    verbatim, parts, certainty, doubts = DOUBTED[form]
    read = read_citation(verbatim)
    assert told(read) == parts
    assert read.certainty == certainty
    assert read.doubts == doubts


@pytest.mark.parametrize(
    ("verbatim", "names"),
    [
        ("Ford, Julian D. (Ed.), Trauma, 2009", 1),
        ("Ford, Julian D. and Courtois, Christine A. (Eds.), Trauma, 2009", 2),
        ("Ford, Julian D., ed., Trauma, 2009", 1),
    ],
)
def test_editors_are_told_from_authors(verbatim: str, names: int) -> None:
    """What marks an editor is taken from the name."""
    read = read_citation(verbatim)
    assert (len(read.names), read.are_editors, read.title) == (names, True, "Trauma")


def test_a_name_in_three_forms() -> None:
    """A name is spoken, sorted and shortened with its particle and suffix in their places."""
    (name,) = read_citation("van Dyke, Henry, Jr., The Story, 1896").names
    assert natural_name(name) == "Henry van Dyke Jr."
    assert sort_name(name) == "van Dyke, Henry, Jr."
    assert short_name(name) == "van Dyke"


@quick
@given(citations)
def test_any_citation_is_kept_and_titled(verbatim: str) -> None:
    """Any citation is kept verbatim, has a title, and nothing in it is called certain."""
    read = read_citation(verbatim)
    assert read.verbatim == verbatim
    assert read.title
    assert set(read.certainty.values()) <= {"likely", "unsure"}


@pytest.mark.parametrize("sign", ["(", ",", "and ", "A, ", "1984, ", "ed. ", " & ", "(((,", "a."])
def test_long_citations_are_read_at_once(sign: str) -> None:
    """Two thousand characters of what parts a citation are read without getting lost."""
    verbatim = (sign * 2_000)[:2_000]
    assert read_citation(verbatim).verbatim == verbatim
