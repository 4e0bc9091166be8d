"""How passages and works of the shipped debate are cited, word for word."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dashboard.debate.citations import doubts, quote_with_citation, reference, whose_words
from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate, Passage, Work

FOLDER = Path(__file__).parents[1] / "data" / "therapeutic-bond"
SOURCE = "As excerpted in a concordance page on the therapeutic bond; page number not given."


@cache
def debate() -> Debate:
    """Load the shipped debate once."""
    return load_debate(FOLDER)


def work_of(work_id: str) -> Work:
    """Find a work by its id."""
    return next(work for work in debate().works if work.id == work_id)


def cited(passage_id: str) -> tuple[Passage, Work]:
    """Find a passage and the work it is taken from."""
    passage = next(passage for passage in debate().passages if passage.id == passage_id)
    return passage, work_of(passage.work)


def copied_lines(passage_id: str) -> list[str]:
    """Give the clipboard's text for a passage, line by line."""
    return quote_with_citation(*cited(passage_id), debate().library.name).split("\n")


@pytest.mark.parametrize(
    ("passage_id", "words"),
    [
        ("p03", "Jung 1946/1954, reporting Freud"),
        ("p06", "Holmes 2014 (on Bowlby), reporting Zetzel 1956, Greenson 1967"),
        ("p07", "Flores 2004, quoting Lambert, Barley"),
        ("p08", "Flores 2004, quoting Strupp 1999"),
        ("p09", "Flores 1997, reporting Strupp"),
        ("p16", "Courtois & Ford (eds.) 2009; probably Fosha et al."),
        ("p18", "Yalom & Leszcz 2005, on Fiedler, Truax, Carkhuff, Strupp"),
        ("p20", "Levine 2010"),
        ("p22", "Flores 1997, reporting Bergin"),
    ],
)
def test_whose_words(passage_id, words):
    """Each passage says whose words it holds, with the voices it names."""
    assert whose_words(*cited(passage_id)) == words


@pytest.mark.parametrize(
    ("work_id", "text"),
    [
        (
            "jung1954",
            "C. G. Jung; trans. R. F. C. Hull; eds. Herbert Read, Michael Fordham, Gerhard Adler "
            "(1954). The Practice of Psychotherapy: Essays on the Psychology of the Transference "
            "and Other Subjects (Collected Works vol. 16, Bollingen Series XX, 1st ed.). New York: "
            "Pantheon Books for the Bollingen Foundation; London: Routledge & Kegan Paul.",
        ),
        (
            "holmes2014",
            "Jeremy Holmes (2014). John Bowlby and Attachment Theory (2nd ed., Makers of Modern "
            "Psychotherapy series). London and New York: Routledge.",
        ),
        (
            "wampold2015",
            "Bruce E. Wampold (2015). How important are the common factors in psychotherapy? An "
            "update. World Psychiatry, 14(3), 270-277. https://doi.org/10.1002/wps.20238",
        ),
        (
            "courtois2009",
            "Christine A. Courtois and Julian D. Ford (Eds.) (2009). Treating Complex Traumatic "
            "Stress Disorders: An Evidence-Based Guide (hardcover); retitled Treating Complex "
            "Traumatic Stress Disorders (Adults): Scientific Foundations and Therapeutic Models "
            "(paperback). New York: Guilford Press.",
        ),
    ],
)
def test_reference(work_id, text):
    """A reference holds the corrected fields in one fixed order."""
    assert reference(work_of(work_id)) == text


def test_missing_year_is_never_invented():
    """A work without a year is n.d., even where the year of its idea is known."""
    work = replace(work_of("levine2010"), year=None)
    assert work.idea_year == 2010
    assert reference(work) == (
        "Peter A. Levine; foreword Gabor Maté (n.d.). In an Unspoken Voice: How the Body Releases "
        "Trauma and Restores Goodness (1st ed.). Berkeley, CA: North Atlantic Books."
    )


def test_a_part_that_ends_its_sentence_gets_no_second_stop():
    """Titles and publishers that close themselves are not closed again."""
    work = replace(
        work_of("levine2010"), title="Who Heals?", edition=None, publisher="London: Bond & Co."
    )
    assert reference(work) == (
        "Peter A. Levine; foreword Gabor Maté (2010). Who Heals? London: Bond & Co."
    )


@pytest.mark.parametrize(
    ("work_id", "parts"),
    [
        ("wampold2015", ()),
        ("jung1954", ("essay likely", "paragraph unsure")),
        ("flores2004", ("place likely", "ISBN likely")),
        ("schore1994", ("original ISBN likely",)),
        ("norcross2011", ("DOI likely", "which text unsure")),
        ("brazier1995", ("publisher likely", "year likely", "ISBN unsure")),
    ],
)
def test_doubts(work_id, parts):
    """Only what is not certain is named, in words."""
    assert doubts(work_of(work_id)) == parts


def test_every_copied_text_holds_its_quote_byte_for_byte():
    """Between the outer marks stands the quote, unchanged, and the source line ends the text."""
    for passage in debate().passages:
        copied = quote_with_citation(*cited(passage.id), debate().library.name)
        assert copied.startswith(f"“{passage.quote}”\n— ")
        assert copied.endswith(f"\n{SOURCE}")


def test_quoted_words_are_cited_as_second_hand():
    """The words of p08 are Strupp's, as cited in Flores."""
    assert copied_lines("p08") == [
        f"“{cited('p08')[0].quote}”",
        "— Strupp (1999), as cited in Flores 2004",
        "Philip J. Flores (2004). Addiction as an Attachment Disorder (1st ed.). Lanham, MD: "
        "Jason Aronson (Rowman & Littlefield).",
        "Not certain: place likely.",
        SOURCE,
    ]


def test_a_reported_view_stays_behind_the_words_of_its_reporter():
    """In p09 Flores puts Strupp's view in words of his own."""
    assert copied_lines("p09")[1] == "— Flores 1997, reporting Strupp"


def test_the_passage_on_bowlby_is_credited_to_holmes():
    """The words of p06 are credited to Holmes, and the catalogue's error is named."""
    assert copied_lines("p06")[1:] == [
        "— Holmes 2014 (on Bowlby), reporting Zetzel 1956, Greenson 1967",
        reference(work_of("holmes2014")),
        "Not certain: year likely.",
        "Listed in the library under Bowlby; the author is Jeremy Holmes.",
        SOURCE,
    ]


def test_the_edited_volume_names_its_probable_chapter_authors():
    """The words of p16 are not credited to the editors without a warning."""
    assert copied_lines("p16")[1:] == [
        "— Courtois & Ford (eds.) 2009; probably Fosha et al.",
        reference(work_of("courtois2009")),
        "Not certain: chapter likely.",
        "From an edited volume; the chapter authors are probably Fosha, Paivio, Gleiser and Ford.",
        SOURCE,
    ]


@pytest.mark.parametrize(
    ("passage_id", "credit"),
    [
        ("p03", "— Jung 1946/1954, reporting Freud"),
        ("p18", "— Yalom & Leszcz 2005, on Fiedler, Truax, Carkhuff, Strupp"),
        ("p20", "— Levine 2010"),
    ],
)
def test_other_credits(passage_id, credit):
    """Reported and discussed voices never take the place of the author."""
    assert copied_lines(passage_id)[1] == credit


def test_a_library_with_a_name_of_its_own_keeps_it():
    """Only a leading article is written small within the sentence."""
    copied = quote_with_citation(*cited("p20"), "Anthology of Bonds")
    assert copied.endswith("As excerpted in Anthology of Bonds; page number not given.")
