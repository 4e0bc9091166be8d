"""How passages and works of the shipped debate are cited, word for word."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dashboard.debate.citations import (
    doubts,
    quote_with_citation,
    reference,
    second_hand,
    whose_words,
)
from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate, Passage, Voice, Work

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
        ("p05", "Wampold 2015, quoting Gelso"),
        ("p07", "Flores 2004, quoting Lambert and Barley 2001"),
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
    """The words of p08 are Strupp's, as cited in Flores; the doubt on the place is not printed."""
    assert copied_lines("p08") == [
        f"“{cited('p08')[0].quote}”",
        "— Flores 2004, quoting Strupp 1999",
        "Cite as: (Strupp, 1999, as cited in Flores, 2004, page not given)",
        "Flores, P. J. (2004). Addiction as an attachment disorder. Jason Aronson.",
        SOURCE,
    ]


def test_a_reported_view_stays_behind_the_words_of_its_reporter():
    """In p09 Flores puts Strupp's view in words of his own; the view is cited through Flores."""
    assert copied_lines("p09")[1:3] == [
        "— Flores 1997, reporting Strupp",
        "Cite as: (Strupp, as cited in Flores, 1997, page not given)",
    ]


def test_the_passage_on_bowlby_is_credited_to_holmes():
    """The words of p06 are credited to Holmes, and the catalogue's error is named."""
    assert copied_lines("p06")[1:] == [
        "— Holmes 2014 (on Bowlby), reporting Zetzel 1956, Greenson 1967",
        "Cite as: (Zetzel, 1956, and Greenson, 1967, as cited in Holmes, 2014, page not given)",
        "Holmes, J. (2014). John Bowlby and attachment theory (2nd ed.). Routledge.",
        "Not certain: year likely.",
        "Listed in the library under Bowlby; the author is Jeremy Holmes.",
        SOURCE,
    ]


def test_the_edited_volume_names_its_probable_chapter_authors():
    """The words of p16 are not credited to the editors without a warning."""
    assert copied_lines("p16")[1:] == [
        "— Courtois & Ford (eds.) 2009; probably Fosha et al.",
        "Cite as: (Courtois & Ford, 2009, page not given)",
        "Courtois, C. A., & Ford, J. D. (Eds.). (2009). Treating complex traumatic stress "
        "disorders: An evidence-based guide. Guilford Press.",
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


@pytest.mark.parametrize(
    ("passage_id", "apa", "chicago", "mla"),
    [
        (
            "p03",
            "(Jung, 1954, page not given); "
            "the last sentence: (Freud, as cited in Jung, 1954, page not given)",
            "(Jung 1954, page not given); "
            "the last sentence: (Freud, cited in Jung 1954, page not given)",
            "(Jung, page not given); the last sentence: (Freud, cited in Jung, page not given)",
        ),
        (
            "p05",
            "(Gelso, as cited in Wampold, 2015, page not given)",
            "(Gelso, quoted in Wampold 2015, page not given)",
            "(Gelso, qtd. in Wampold, page not given)",
        ),
        (
            "p06",
            "(Zetzel, 1956, and Greenson, 1967, as cited in Holmes, 2014, page not given)",
            "(Zetzel 1956 and Greenson 1967, cited in Holmes 2014, page not given)",
            "(Zetzel and Greenson, cited in Holmes, page not given)",
        ),
        (
            "p07",
            "(Flores, 2004, page not given); the first sentence: "
            "(Lambert & Barley, 2001, as cited in Flores, 2004, page not given)",
            "(Flores 2004, page not given); the first sentence: "
            "(Lambert and Barley 2001, quoted in Flores 2004, page not given)",
            "(Flores, page not given); the first sentence: "
            "(Lambert and Barley, qtd. in Flores, page not given)",
        ),
        (
            "p09",
            "(Strupp, as cited in Flores, 1997, page not given)",
            "(Strupp, cited in Flores 1997, page not given)",
            "(Strupp, cited in Flores, page not given)",
        ),
        (
            "p18",
            "(Yalom & Leszcz, 2005, page not given)",
            "(Yalom and Leszcz 2005, page not given)",
            "(Yalom and Leszcz, page not given)",
        ),
    ],
)
def test_second_hand_in_each_style(passage_id, apa, chicago, mla):
    """Voices quoted or reported are cited through their work; the missing page is said."""
    found = [second_hand(*cited(passage_id), style) for style in ("apa", "chicago", "mla")]
    assert found == [apa, chicago, mla]


def test_three_voices_are_listed():
    """Three sources are listed with commas, and voices of one source stand together."""
    passage, work = cited("p09")
    voices = (
        Voice("Ames", 1950),
        Voice("Bird", 1960, source="A book"),
        Voice("Cole", 1960, source="A book"),
        Voice("Dale"),
    )
    assert second_hand(replace(passage, voices=voices), work, "apa") == (
        "(Ames, 1950, Bird & Cole, 1960, and Dale, as cited in Flores, 1997, page not given)"
    )


def test_nothing_is_credited_to_bowlby():
    """In no style is Bowlby the author of p06; only title, short form and warning name him."""
    for style in ("apa", "chicago", "mla"):
        copied = quote_with_citation(*cited("p06"), debate().library.name, style)
        left = copied.replace("Holmes 2014 (on Bowlby)", "").replace(
            "Listed in the library under Bowlby; the author is Jeremy Holmes.", ""
        )
        assert left.count("Bowlby") == 1
        assert "John Bowlby and " in left


def test_a_copied_quote_says_that_the_year_is_missing():
    """A work without a year is cited with n.d., never with the year of its idea."""
    passage, work = cited("p20")
    copied = quote_with_citation(passage, replace(work, year=None), "A page")
    assert "(Levine, n.d., page not given)" in copied
    assert "Levine, P. A. (n.d.). In an unspoken voice" in copied
    assert "2010" not in copied.replace("— Levine 2010", "")


def test_a_library_with_a_name_of_its_own_keeps_it():
    """Only a leading article is written small within the sentence."""
    copied = quote_with_citation(*cited("p20"), "Anthology of Bonds")
    assert copied.endswith("As excerpted in Anthology of Bonds; page number not given.")
