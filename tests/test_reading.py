"""A passage as it is read: whose words, positions, rules, notes and sources, in exact texts."""

from dataclasses import replace

import pytest

from dashboard.debate.model import Voice
from dashboard.debate.positions import agreed_value
from dashboard.debate.voices import voices_heard
from dashboard.open_debate import OpenDebate
from dashboard.reading import brief, copied, full
from tests.strategies import shipped

EVERY = [f"p{n:02d}" for n in range(1, 24)]


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("p03", "Jung 1946/1954, reporting Freud"),
        ("p06", "Holmes 2014 (on Bowlby), reporting Zetzel 1956, Greenson 1967"),
        ("p07", "Flores 2004, quoting Lambert and Barley 2001"),
        ("p08", "Flores 2004, quoting Strupp 1999"),
        ("p12", "Flores 2004"),
        ("p16", "Courtois & Ford (eds.) 2009; probably Fosha et al."),
        ("p18", "Yalom & Leszcz 2005, on Fiedler, Truax, Carkhuff, Strupp"),
    ],
)
def test_whose_words(passage, words):
    """Quoted and reported voices are named with whom they stand in."""
    assert full(shipped(), passage).whose_words == words


def test_excerpts_that_break_off():
    """Exactly p01, p18 and p20 stop in mid-sentence."""
    assert [p for p in EVERY if brief(shipped(), p).stops_here] == ["p01", "p18", "p20"]


@pytest.mark.parametrize(
    ("passage", "quote", "gloss"),
    [
        ("p01", "both, or open (open)", "both, or open (open)"),
        ("p04", "both, or open (co-agent)", "mostly cure"),
        ("p05", "no claim", "both, or open (open)"),
        ("p07", "between both, or open and mostly cure", "mostly cure"),
        ("p15", "vehicle", "vehicle"),
        ("p16", "both, or open (co-agent)", "both, or open (co-agent)"),
        ("p20", "no claim", "no claim (not agreed)"),
        ("p21", "mostly vehicle", "no claim"),
    ],
)
def test_positions_in_words(passage, quote, gloss):
    """Positions are said in words; a zero says of which kind it is."""
    reading = full(shipped(), passage)
    assert (reading.quote_words, reading.gloss_words) == (quote, gloss)


def test_every_zero_has_a_kind():
    """No shipped passage is shown at 0 without saying whether it is co-agent or open."""
    for passage in EVERY:
        reading = full(shipped(), passage)
        for words in (reading.quote_words, reading.gloss_words):
            assert words != "both, or open", passage


def _rule(value: int) -> str:
    return next(tick.rule for tick in shipped().debate.axis.ticks if tick.value == value)


@pytest.mark.parametrize(
    ("passage", "rules"),
    [
        ("p03", [("Codebook, +2:", 2)]),
        ("p04", [("Codebook, 0:", 0), ("Codebook, +1:", 1)]),
        ("p07", [("Codebook, 0:", 0), ("Codebook, +1:", 1)]),
        ("p09", [("Codebook, −1:", -1), ("Codebook, −2:", -2)]),
        ("p15", [("Codebook, −2:", -2)]),
        ("p18", [("Codebook, 0:", 0), ("Codebook, +2:", 2)]),
    ],
)
def test_rules_of_the_codebook(passage, rules):
    """Each step that quote or gloss touches has its rule, once; a half touches two."""
    assert full(shipped(), passage).rules == tuple((name, _rule(v)) for name, v in rules)


def test_the_rule_for_no_claim():
    """Making no claim has its own rule."""
    rule = ("Codebook, no claim:", "The text defines, ranks other things, or traces history.")
    assert full(shipped(), "p20").rules == (rule,)
    assert full(shipped(), "p05").rules == (rule, ("Codebook, 0:", _rule(0)))
    assert full(shipped(), "p21").rules == (("Codebook, −1:", _rule(-1)), rule)


@pytest.mark.parametrize(
    ("passage", "title"),
    [
        ("p03", "Why the words are at “cure”"),
        ("p07", "Why the words are between both, or open and mostly cure"),
        ("p09", "Why the words are at “mostly vehicle”"),
        ("p18", "Why the words are at “both, or open”"),
        ("p20", "Why the words make no claim"),
    ],
)
def test_the_heading_over_the_reason(passage, title):
    """The coder's reason is headed by the position it explains."""
    assert full(shipped(), passage).why_title == title


@pytest.mark.parametrize("passage", EVERY)
def test_four_readings_agree_on_what_is_shown(passage):
    """The four readings A to D of quote and gloss stand beside the value they agree on."""
    reading = full(shipped(), passage)
    (words, quotes), (gloss, glosses) = reading.readings
    assert (words, gloss) == ("Words", "Gloss")
    assert list(quotes) == list(glosses) == ["A", "B", "C", "D"]
    assert reading.quote_position == agreed_value(quotes.values())
    assert reading.gloss_position == agreed_value(glosses.values())


def test_a_reading_that_found_no_claim_is_shown():
    """Readings that differ on whether there is a claim are shown as given."""
    (_, quotes), (_, glosses) = full(shipped(), "p20").readings
    assert quotes == {"A": None, "B": -1.0, "C": None, "D": None}
    assert glosses == {"A": None, "B": -1.0, "C": None, "D": 0.0}


def test_facts():
    """Role, schools, confidence, tradition, constructs, mechanisms and voices."""
    assert full(shipped(), "p06").facts == (
        ("Role", "Thesis"),
        ("School", "Attachment"),
        ("Second school", "Depth-psychological"),
        ("Confidence", "1 of 3, low"),
        ("Home tradition", "attachment-informed psychoanalysis"),
        (
            "Constructs",
            "therapeutic alliance, working alliance, real relationship, attachment relationship",
        ),
        ("Mechanisms", "none named"),
        ("Voices", "Zetzel 1956, Greenson 1967"),
    )
    assert ("Second school", "none") in full(shipped(), "p12").facts


def test_a_voice_is_told_with_its_part_and_source():
    """In which part a voice is heard and where it wrote stand beside its name, once for a pair."""
    told = {name: dict(full(shipped(), name).facts)["Voices"] for name in ("p03", "p07")}
    assert told == {
        "p03": "Freud, in the last sentence",
        "p07": "Lambert 2001, Barley 2001, in the first sentence (Psychotherapy, 38(4), 357-361)",
    }
    voices = (Voice("A", 1999), Voice("B", None, "Mind, 1"), Voice("C", None, "Mind, 1"))
    passage = replace(shipped().passage("p06"), voices=(*voices, Voice("D", 2001, None, "the end")))
    assert voices_heard(passage) == "A 1999; B, C (Mind, 1); D 2001, in the end"
    assert voices_heard(replace(passage, voices=())) == ""


def test_the_source_with_its_doubts():
    """Corrected, as catalogued, attribution, doubts, identifiers, notes, and no page number."""
    source = dict(full(shipped(), "p06").source)
    assert list(source) == [
        "Corrected",
        "As catalogued",
        "Attribution",
        "Not certain",
        "Identifiers",
        "Notes",
        "Page",
    ]
    assert source["Corrected"].startswith("Holmes, J. (2014). John Bowlby and attachment theory")
    assert source["As catalogued"] == (
        "Bowlby, John, John Bowlby and Attachment Theory (Makers of Modern, 2014"
    )
    listed = "Listed in the library under Bowlby; the author is Jeremy Holmes."
    assert source["Attribution"] == listed
    assert source["Not certain"] == "year likely; ISBN likely"
    assert source["Page"] == (
        "The library gives no page numbers, and no excerpt was checked against the printed source."
    )
    assert "Not certain" not in dict(full(shipped(), "p11").source)
    assert dict(full(shipped(), "p03").source)["Not certain"] == "essay likely; paragraph unsure"


def test_the_reading_note():
    """The note's parts are named; parts that are not there are left out."""
    assert full(shipped(), "p08").notes == (
        ("Whose words", "Flores quoting Strupp 1999"),
        (
            "What the gloss adds",
            "'a central contributor' becomes 'the single most important'; 'trainable yet partly "
            "innate' is not in the quote",
        ),
        ("From outside", "Compare p09, same source author, other function."),
    )


@pytest.mark.parametrize("passage", EVERY)
def test_texts_are_verbatim(passage):
    """Quote, gloss and reason reach the card character for character."""
    given, reading = shipped().passage(passage), full(shipped(), passage)
    assert (reading.quote, reading.gloss, reading.rationale) == (
        given.quote,
        given.gloss,
        given.rationale,
    )
    assert reading.gloss_label == "Library's summary, not the author's words."
    assert copied(shipped(), passage).startswith(f"“{given.quote}”\n— ")


def test_glosses_that_are_not_shown_leave_no_trace():
    """With glosses switched off, text, position, rule and readings of the gloss are gone."""
    debate = replace(shipped().debate, show_glosses=False)
    reading = full(OpenDebate(debate, shipped().table), "p18")
    assert (reading.gloss, reading.gloss_words, reading.gloss_position) == ("", "", None)
    assert [name for name, _ in reading.readings] == ["Words"]
    assert [name for name, _ in reading.rules] == ["Codebook, 0:"]


def test_an_unknown_passage_is_an_error():
    """There is no reading of a passage that is not there."""
    with pytest.raises(KeyError):
        full(shipped(), "p99")


def test_marks_in_notes_are_explained():
    """A note with a mark such as [V] ends with what the marks mean; one without does not."""
    marks = shipped().debate.disclaimers["marks"]
    assert full(shipped(), "p07").notes[-1] == ("Marks", marks)
    assert "Marks" not in dict(full(shipped(), "p16").notes)
