"""What is exported for reference managers is read back by parsers that are not ours."""

import json
import re
import unicodedata
from dataclasses import replace
from unittest import TestCase

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from bibtexparser.model import Entry
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.debate.csl import citation_key
from dashboard.debate.model import CitedName, Csl, Work
from dashboard.debate.reference_exports import BIBTEX_TYPES, RIS_TYPES, bibtex, csl_json, ris
from tests.csl_schema import csl_data_schema
from tests.strategies import quick, said, shipped

TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{letter}": letter for letter in "%&#_$"},
}
"""How characters that mean something to TeX are written so that they do not."""
UNTITLED = Work(
    id="w", author="a", catalogued="A work", short="Work", authors="A", title="T", certainty={}
)
FOLLOWING = replace(UNTITLED, id="following", title="The work that follows", year=1999)

several_lines = st.one_of(
    said,
    st.text('\n\r\t\u2028\x85 @{}\\"=,%&#_~^$ERTY-andAND', min_size=1, max_size=30).filter(
        str.strip
    ),
    st.sampled_from(
        [
            "a\nER  - \nTY  - BOOK\nTI  - injected",
            "a},\n}\n@book{injected,\n  title = {b}",
            "A and B",
            "Smith, Jr., John",
            "\\",
            "\\}",
            "{",
            "}",
            "@comment{x}",
            '"@string{a = "b"}"',
            "a % b \\% c",
            "  - ",
        ]
    ),
).filter(lambda text: text.split())
work_ids = several_lines.map(
    lambda text: " ".join("".join(c for c in text if unicodedata.category(c)[0] != "C").split())
).filter(bool)
names = st.one_of(
    st.builds(
        CitedName,
        family=several_lines,
        given=st.none() | several_lines,
        particle=st.none() | st.just("van"),
        suffix=st.none() | st.just("Jr."),
    ),
    st.builds(CitedName, literal=several_lines),
)
descriptions = st.builds(
    Csl,
    type=st.sampled_from(list(BIBTEX_TYPES)),
    author=st.lists(names, max_size=3).map(tuple),
    editor=st.lists(names, max_size=2).map(tuple),
    container_title=st.none() | several_lines,
    collection_title=st.none() | several_lines,
    publisher=st.none() | several_lines,
    volume=st.none() | several_lines,
)
works = st.builds(
    replace,
    st.just(UNTITLED),
    id=work_ids,
    title=several_lines,
    authors=several_lines,
    year=st.none() | st.integers(1000, 2200),
    attribution=st.none() | several_lines,
    doi=st.none() | several_lines,
    csl=st.none() | descriptions,
)


def one_line(text: str) -> str:
    """Give a text as it stands on one line of a file."""
    return " ".join(text.split())


def plain(tex: str) -> str:
    """Undo the writing of characters that mean something to TeX; bare braces only group."""
    escaped = r"\\text[a-z]+\{\}|\\[%&#_$]|[{}]"
    return re.sub(escaped, lambda found: TEX.get(found.group(), ""), tex)


def read_bibtex(text: str, *layers) -> list[Entry]:
    """Read BibTeX with bibtexparser, which must have nothing to object to."""
    with TestCase().assertNoLogs():
        library = bibtexparser.parse_string(text, append_middleware=list(layers))
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries)
    return library.entries


def values(entry: Entry) -> dict[str, str]:
    """Give the fields of an entry as plain text."""
    return {field.key: plain(field.value) for field in entry.fields}


def entry_of(work_id: str) -> dict[str, str]:
    """Export one work of the shipped debate as BibTeX and read it back."""
    (entry,) = read_bibtex(bibtex([shipped().works[work_id]]))
    return {"type": entry.entry_type, "key": entry.key, **values(entry)}


def record_of(work_id: str) -> dict:
    """Export one work of the shipped debate as RIS and read it back."""
    (record,) = rispy.loads(ris([shipped().works[work_id]]))
    return record


def test_all_works_of_the_debate_are_read_back():
    """Each format holds all twelve works, or those chosen, in the order given, with one key."""
    debate = shipped().debate
    for chosen in (debate.works, debate.works[3:5], debate.works[:1], ()):
        keys = [work.id for work in chosen]
        assert [entry.key for entry in read_bibtex(bibtex(chosen))] == keys
        assert [record["id"] for record in rispy.loads(ris(chosen))] == keys
        assert [item["id"] for item in json.loads(csl_json(chosen))] == keys
        assert all("unknown_tag" not in record for record in rispy.loads(ris(chosen)))


def test_bibtex_of_an_article():
    """An article has its journal, volume, number, pages and DOI."""
    title = "Evidence-Based Therapy Relationships: Research Conclusions and Clinical Practices"
    assert entry_of("norcross2011") == {
        "type": "article",
        "key": "norcross2011",
        "author": "Norcross, John C. and Wampold, Bruce E.",
        "title": title,
        "journal": "Psychotherapy",
        "volume": "48",
        "number": "1",
        "pages": "98--102",
        "year": "2011",
        "doi": "10.1037/a0022161",
        "note": "Not certain: DOI likely, which text unsure.",
    }


def test_bibtex_of_an_edited_volume():
    """An edited volume has editors and no author, and says who probably wrote the chapter."""
    assert entry_of("courtois2009") == {
        "type": "book",
        "key": "courtois2009",
        "editor": "Courtois, Christine A. and Ford, Julian D.",
        "title": "Treating Complex Traumatic Stress Disorders: An Evidence-Based Guide",
        "publisher": "Guilford Press",
        "address": "New York",
        "year": "2009",
        "isbn": "978-1-60623-039-8",
        "note": "From an edited volume; the chapter authors are probably Fosha, Paivio, Gleiser "
        "and Ford. Not certain: chapter likely.",
    }


def test_ris_of_a_translated_volume():
    """Editors and translator have tags of their own, and the volume its collection."""
    assert record_of("jung1954") == {
        "type_of_reference": "BOOK",
        "id": "jung1954",
        "authors": ["Jung, C. G."],
        "tertiary_authors": ["Read, Herbert", "Fordham, Michael", "Adler, Gerhard"],
        "subsidiary_authors": ["Hull, R. F. C."],
        "title": "The Practice of Psychotherapy: Essays on the Psychology of the Transference and "
        "Other Subjects",
        "secondary_title": "Collected Works",
        "tertiary_title": "Bollingen Series XX",
        "volume": "16",
        "publisher": "Pantheon Books for the Bollingen Foundation",
        "place_published": "New York",
        "year": "1954",
        "language": "en",
        "notes": ["Not certain: essay likely, paragraph unsure."],
    }


def test_ris_of_an_article():
    """An article has its journal, volume, issue, first and last page and DOI."""
    assert record_of("wampold2015") == {
        "type_of_reference": "JOUR",
        "id": "wampold2015",
        "authors": ["Wampold, Bruce E."],
        "title": "How Important Are the Common Factors in Psychotherapy? An Update",
        "secondary_title": "World Psychiatry",
        "volume": "14",
        "number": "3",
        "start_page": "270",
        "end_page": "277",
        "year": "2015",
        "doi": "10.1002/wps.20238",
        "language": "en",
    }


def test_ris_has_one_value_a_line():
    """A record begins with TY, ends with ER, and each line between holds a tag and its value."""
    for record in ris(shipped().debate.works).strip().split("\n\n"):
        first, *lines, last = record.split("\n")
        assert first.startswith("TY  - ")
        assert last.rstrip() == "ER  -"
        assert [line for line in lines if not re.fullmatch(r"[A-Z][A-Z0-9]  - \S.*", line)] == []


def test_csl_json_of_a_work():
    """A work has its variables, its title with capitals as in a sentence, and its doubts."""
    assert json.loads(csl_json([shipped().works["holmes2014"]])) == [
        {
            "id": "holmes2014",
            "type": "book",
            "title": "John Bowlby and attachment theory",
            "author": [{"family": "Holmes", "given": "Jeremy"}],
            "collection-title": "Makers of Modern Psychotherapy",
            "edition": "2",
            "publisher": "Routledge",
            "publisher-place": "London and New York",
            "ISBN": "978-0-415-62903-4",
            "language": "en",
            "issued": {"date-parts": [[2014]]},
            "note": "Listed in the library under Bowlby; the author is Jeremy Holmes. "
            "Not certain: year likely, ISBN likely.",
        }
    ]


def test_csl_json_keeps_to_the_schema_of_csl():
    """All works, one, or none hold known variables only, each of its kind."""
    for chosen in (shipped().debate.works, shipped().debate.works[:1], ()):
        jsonschema.validate(json.loads(csl_json(chosen)), csl_data_schema())


@pytest.mark.parametrize(
    "change",
    [
        {"type": "leaflet"},
        {"colour": "red"},
        {"author": [{"given": "Ada"}]},
        {"author": [{"literal": "A", "family": "B"}]},
        {"issued": {"date-parts": [["1990"]]}},
        {"edition": 5},
        {"title": ""},
    ],
)
def test_the_schema_of_csl_refuses_what_is_wrong(change):
    """A wrong type, variable, name, date or kind of value does not pass the schema."""
    item = {"id": "a", "type": "book", "title": "T"}
    jsonschema.validate([item], csl_data_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([item | change], csl_data_schema())


@quick
@given(work=works)
def test_any_work_comes_back_from_csl_json(work):
    """Whatever a work holds, CSL-JSON keeps to the schema and gives it back as it was."""
    items = json.loads(csl_json([work, FOLLOWING]))
    jsonschema.validate(items, csl_data_schema())
    assert [item["title"] for item in items] == [work.title, FOLLOWING.title]
    assert items[0].get("DOI") == work.doi


def test_a_missing_year_is_said_and_not_replaced():
    """A work without a year has none in any format, even where the year of its idea is known."""
    work = replace(shipped().works["levine2010"], year=None)
    assert work.idea_year == 2010
    (entry,) = read_bibtex(bibtex([work]))
    (record,) = rispy.loads(ris([work]))
    (item,) = json.loads(csl_json([work]))
    assert "year" not in values(entry)
    assert "year" not in record
    assert "issued" not in item
    notes = [values(entry)["note"], record["notes"][0], item["note"]]
    assert notes == ["Year not given."] * 3


def test_another_decoder_reads_the_same_bibtex():
    """A decoder of LaTeX gives back umlauts, ampersands and percent signs."""
    work = replace(UNTITLED, title="Über Maß & Zahl: 5 % von #1, $2, a_b", authors="Maté & Søn")
    (entry,) = read_bibtex(bibtex([work]), LatexDecodingMiddleware())
    assert entry["title"].strip("{}") == work.title
    assert entry["author"].strip("{}") == work.authors


@quick
@given(work=works)
@example(work=replace(UNTITLED, title="\\", authors="{"))
def test_any_work_comes_back_from_bibtex(work):
    """Whatever a work holds, BibTeX gives it back as one entry, and the next is whole."""
    entry, following = read_bibtex(bibtex([work, FOLLOWING]))
    assert (following.key, values(following)["title"]) == ("following", FOLLOWING.title)
    read = values(entry)
    csl = work.csl or Csl(type="book")
    expected = {
        "title": one_line(work.title),
        "publisher": csl.publisher and one_line(csl.publisher),
        "series": csl.collection_title and one_line(csl.collection_title),
        "volume": csl.volume and one_line(csl.volume),
        "doi": work.doi and one_line(work.doi),
        "year": work.year and str(work.year),
    }
    assert {name: read.get(name) for name in expected} == expected
    assert entry.entry_type == BIBTEX_TYPES[csl.type]
    known = {*expected, "author", "editor", "note", "journal", "maintitle", "booktitle"}
    assert set(read) <= known


@quick
@given(work=works)
def test_any_names_come_back_from_bibtex(work):
    """As many names come back as there are, each with its parts or as it stands."""
    (entry,) = read_bibtex(bibtex([work]), SeparateCoAuthors(), SplitNameParts())
    csl = work.csl or Csl(type="book")
    authors = csl.author or (() if csl.editor else (CitedName(literal=work.authors),))
    for role, given_names in (("author", authors), ("editor", csl.editor)):
        read = entry[role] if given_names else []
        assert len(read) == len(given_names)
        for name, read_name in zip(given_names, read, strict=True):
            family = " ".join(part for part in (name.particle, name.family or name.literal) if part)
            assert [
                plain(" ".join([*read_name.von, *read_name.last])),
                plain(" ".join(read_name.first)),
                plain(" ".join(read_name.jr)),
            ] == [one_line(part or "") for part in (family, name.given, name.suffix)]


@quick
@given(work=works)
def test_any_work_comes_back_from_ris(work):
    """Whatever a work holds, RIS gives it back as one record, and the next is whole."""
    record, following = rispy.loads(ris([work, FOLLOWING]))
    assert (following["id"], following["title"]) == ("following", FOLLOWING.title)
    csl = work.csl or Csl(type="book")
    titles = [one_line(t) for t in (csl.container_title, csl.collection_title) if t]
    expected = {
        "type_of_reference": RIS_TYPES[csl.type],
        "id": citation_key(work),
        "title": one_line(work.title),
        "secondary_title": titles[0] if titles else None,
        "tertiary_title": titles[1] if len(titles) > 1 else None,
        "publisher": csl.publisher and one_line(csl.publisher),
        "volume": csl.volume and one_line(csl.volume),
        "doi": work.doi and one_line(work.doi),
        "year": work.year and str(work.year),
    }
    assert {name: record.get(name) for name in expected} == expected
    assert "unknown_tag" not in record
    authors = csl.author or (() if csl.editor else (CitedName(literal=work.authors),))
    assert len(record.get("authors", [])) == len(authors)


@quick
@given(ids=st.lists(work_ids, unique=True, max_size=6))
@example(ids=["A", "a", "Ä", "ä", "ae", "a b", "a-b", "-", "--", "x,y", "x y"])
def test_keys_are_ascii_and_differ(ids):
    """Different works have different keys, of letters, digits and few signs, in any capitals."""
    keys = [citation_key(replace(UNTITLED, id=work_id)) for work_id in ids]
    assert len({key.lower() for key in keys}) == len(ids)
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9][a-z0-9_:.-]*", key)] == []


@pytest.mark.parametrize("work_id", ["yalom2005", "flores-2004", "a:b_c.d"])
def test_a_plain_id_is_its_own_key(work_id):
    """An id that is fit to be a key stays as it is."""
    assert citation_key(replace(UNTITLED, id=work_id)) == work_id
