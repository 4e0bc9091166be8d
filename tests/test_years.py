"""Years before Christ and of antiquity: read, ordered, cited and imported as what they are."""

import pytest

from dashboard.debate.catalogued import read_citation
from dashboard.debate.citations import reference, whose_words
from dashboard.debate.loading import load_debate
from dashboard.debate.marks import map_rows
from dashboard.debate.model import Voice
from dashboard.debate.page_reader import part_role
from dashboard.debate.passages_csv import PassageTable
from dashboard.debate.problems import DebateError
from dashboard.debate.reference_exports import bibtex, csl_json, ris
from dashboard.debate.reference_styles import citation_in_text, formatted_reference
from dashboard.debate.voices import voices_heard
from dashboard.debate.years import year_words
from dashboard.open_debate import open_folder
from tests.a_debate import PASSAGES_TABLE, replace, with_table

CITED = {
    "BC": ("Plato, A., Republic, 375 BC", "Republic", -375, "likely"),
    "BCE with stops": ("Plato, A., Republic, c. 375 B.C.E.", "Republic", -375, "unsure"),
    "a span BC": ("Plato, A., Laws, 360–347 BC", "Laws", -347, "unsure"),
    "about": ("Augustine, A., Confessions, ca. 395", "Confessions", 395, "unsure"),
    "three digits alone": ("Augustine, A., Confessions, 395", "Confessions", 395, "unsure"),
    "AD before": ("Augustine, A., Confessions, AD 397", "Confessions", 397, "likely"),
    "AD behind": ("Seneca, L., Letters, 62 AD", "Letters", 62, "likely"),
    "first printing before": ("Hobbes, T., Leviathan, 1651 [1839]", "Leviathan", 1839, "unsure"),
    "first printing behind": ("Hobbes, T., Leviathan, 1839 [1651]", "Leviathan", 1839, "unsure"),
    "without a comma": ("Hobbes, T., Leviathan 1651 [1839]", "Leviathan", 1839, "unsure"),
    "in square brackets": ("Hobbes, T., Leviathan, [1651]", "Leviathan", 1651, "unsure"),
    "two digits are no year": ("Hobbes, T., Studies, 12", "Studies, 12", None, None),
}


@pytest.mark.parametrize(("text", "title", "year", "certain"), CITED.values(), ids=CITED)
def test_old_years_are_imported(text, title, year, certain):
    """A year is taken in each of these forms; what allows another reading is unsure."""
    found = read_citation(text)
    assert (found.title, found.year, found.certainty.get("year")) == (title, year, certain)
    assert certain != "unsure" or any("year" in doubt for doubt in found.doubts)


@pytest.mark.parametrize("title", ["Leviathan (orig. 1651)", "Leviathan, repr. 375 BC"])
def test_what_may_be_a_year_is_never_title_silently(title):
    """Where the year cannot be told from the title, the title is unsure and says why."""
    found = read_citation(f"Hobbes, T., {title}")
    assert found.certainty["title"] == "unsure"
    assert any("may be the year" in doubt for doubt in found.doubts)


def test_a_role_glued_to_an_era():
    """A role that follows "BC" follows a year."""
    cited = part_role("Plato, A., Republic, 375 BCthesis")
    assert cited is not None
    assert (cited.citation, cited.doubt) == ("Plato, A., Republic, 375 BC", None)


def ancient(folder):
    """Give the works of the tiny debate, the last one of 350 BC."""
    replace(folder, "works.yaml", "idea_year: 2009", "idea_year: -350\n  year: -350")
    return load_debate(folder)


def test_a_work_of_antiquity_is_cited(tiny_debate):
    """Every form of a reference says BC; CSL-JSON has the year as a negative number."""
    work = next(one for one in ancient(tiny_debate).works if one.year == -350)
    assert "(350 BC)" in reference(work)
    assert "350 B.C.E." in formatted_reference(work, "apa").text
    assert "350 BC" in citation_in_text(work, "chicago").text
    assert '"issued": {\n      "date-parts": [\n        [\n          -350' in csl_json([work])
    assert "year = {350 BC}" in bibtex([work])
    assert "PY  - 350 BC" in ris([work])


def test_the_map_orders_years_by_number(tiny_debate):
    """By year, what is BC comes first and is not taken for a year that is missing."""
    replace(tiny_debate, "works.yaml", "idea_year: 2009", "idea_year: -1")
    opened = open_folder(tiny_debate)
    rows = map_rows(opened.debate, opened.table, "year").rows
    assert [(row.key, row.label) for row in rows] == [("-1", "1 BC"), ("", "no year")]


@pytest.mark.parametrize(("file", "old"), [("works.yaml", "year: 2009"), ("passages.yaml", "1957")])
def test_there_is_no_year_nought(tiny_debate, file, old):
    """A year 0 is refused, with what to write instead."""
    replace(tiny_debate, file, old, old.replace("2009", "0").replace("1957", "0"))
    with pytest.raises(DebateError, match="there is no year 0; a year BC is negative"):
        load_debate(tiny_debate)


def test_a_voice_of_antiquity(tiny_debate):
    """A voice BC is named with its year wherever it is heard, from either kind of file."""
    replace(tiny_debate, "passages.yaml", "year: 1957", "year: -375")
    debate = load_debate(tiny_debate)
    passage = next(one for one in debate.passages if one.voices)
    work = next(one for one in debate.works if one.id == passage.work)
    assert "375 BC" in voices_heard(passage)
    assert "375 BC" in whose_words(passage, work)
    table = with_table(tiny_debate) / "passages.csv"
    table.write_text(PASSAGES_TABLE.replace("Crane 1957", "Crane 375 BC"), encoding="utf-8")
    records = PassageTable(table, lambda *_: "", lambda *_: None).records()
    voices = [record["voices"] for _, record in records if "voices" in record]
    assert {"name": "Crane", "year": -375} in voices[0]


def test_years_in_words():
    """A year of our era is its number."""
    assert [year_words(year) for year in (-350, -1, 1, 395, 1957)] == [
        "350 BC",
        "1 BC",
        "1",
        "395",
        "1957",
    ]
    assert Voice("Plato", -375).year == -375
