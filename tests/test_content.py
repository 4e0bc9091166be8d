"""The shipped debate: verbatim where it must be, complete, and with nothing pointing nowhere."""

from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "data" / "therapeutic-bond"
SOURCE_PAGE = ROOT.parent / "shared" / "content" / "source-page.txt"
CHECKSUMS = Path(__file__).with_name("verbatim.sha256")
ROLES = ("thesis", "supporting", "aside")


@cache
def debate() -> Debate:
    """Load the shipped debate once."""
    return load_debate(FOLDER)


def digest(data: bytes) -> str:
    """Give the SHA-256 checksum in hexadecimal."""
    return sha256(data).hexdigest()


def recorded_checksums() -> dict[str, str]:
    """Read the checksum file: one text a line, its name after its checksum."""
    lines = CHECKSUMS.read_text(encoding="ascii").splitlines()
    return {name: checksum for checksum, name in (line.split("  ") for line in lines)}


def texts_of_debate() -> dict[str, bytes]:
    """Name every text that must be verbatim, as the debate holds it."""
    catalogued = {work.id: work.catalogued for work in debate().works}
    texts = {"essay": debate().library.essay}
    for passage in debate().passages:
        texts[f"{passage.id}.quote"] = passage.quote
        texts[f"{passage.id}.gloss"] = passage.gloss or ""
        texts[f"{passage.id}.catalogued"] = catalogued[passage.work]
    return {name: text.encode() for name, text in texts.items()}


def texts_of_source_page(page: bytes) -> dict[str, bytes]:
    """Name every text of the source page: the essay, two lines of counts, then three a passage."""
    essay, _, _, *lines = page.split(b"\n")
    texts = {"essay": essay}
    for start in range(0, len(lines), 3):
        passage = f"p{start // 3 + 1:02d}"
        quote, gloss, citation = lines[start : start + 3]
        role = next(role for role in ROLES if citation.endswith(role.encode()))
        texts[f"{passage}.quote"] = quote
        texts[f"{passage}.gloss"] = gloss
        texts[f"{passage}.catalogued"] = citation.removesuffix(role.encode()).rstrip(b" ")
    return texts


def test_texts_are_those_of_the_source_page():
    """Quotes, glosses, catalogued citations and essay equal the source page byte for byte."""
    if SOURCE_PAGE.is_file():
        assert texts_of_debate() == texts_of_source_page(SOURCE_PAGE.read_bytes())
    else:
        checksums = {name: digest(text) for name, text in texts_of_debate().items()}
        assert checksums.items() <= recorded_checksums().items()


def test_texts_are_those_recorded():
    """Every verbatim text and copied file has the recorded checksum, and none is left over."""
    texts = texts_of_debate()
    for name in ("codings.csv", "codebook.md"):
        texts[name] = (FOLDER / name).read_bytes()
    assert {name: digest(text) for name, text in texts.items()} == recorded_checksums()


def test_counts():
    """The debate holds as many of each thing as the source page and its annotations do."""
    counted = debate()
    assert {
        "passages": len(counted.passages),
        "works": len(counted.works),
        "authors": len(counted.authors),
        "paths": len(counted.paths),
        "activities": len(counted.activities),
        "pairs": len(counted.pairs),
        "glossary": len(counted.glossary),
        "discrepancies": len(counted.discrepancies),
        "missing voices": len(counted.missing_voices),
        "findings": len(counted.findings),
        "changes": len(counted.changes),
        "questions": sum(len(questions) for questions in counted.questions.values()),
    } == {
        "passages": 23,
        "works": 12,
        "authors": 11,
        "paths": 7,
        "activities": 12,
        "pairs": 16,
        "glossary": 19,
        "discrepancies": 16,
        "missing voices": 11,
        "findings": 12,
        "changes": 0,
        "questions": 50,
    }


def test_roles_schools_and_home_schools():
    """Passages by role and by school, and authors by home school, are counted as published."""
    passages, authors = debate().passages, debate().authors
    assert Counter(p.role for p in passages) == {"thesis": 6, "supporting": 14, "aside": 3}
    assert Counter(p.school for p in passages) == {
        "empirical": 13,
        "attachment": 7,
        "depth-psychological": 3,
    }
    assert Counter(a.home_school for a in authors) == {
        "empirical": 4,
        "attachment": 4,
        "depth-psychological": 3,
    }


def test_readings():
    """Four readings of each of 23 passages, three values each, make 276 rows."""
    readings = debate().readings
    assert len(readings) == 276
    assert len(readings[["passage", "reading"]].drop_duplicates()) == 92
    assert sorted(readings["reading"].unique()) == ["A", "B", "C", "D"]


def test_passages_and_schools_stand_in_order():
    """Passage ids follow the source page; schools and roles follow the page's own order."""
    assert [p.id for p in debate().passages] == [f"p{n:02d}" for n in range(1, 24)]
    assert [(s.id, s.label) for s in debate().schools] == [
        ("depth-psychological", "Depth-psychological"),
        ("attachment", "Attachment"),
        ("empirical", "Empirical"),
    ]
    assert [(r.id, r.label) for r in debate().roles] == [
        ("thesis", "Thesis"),
        ("supporting", "Supporting"),
        ("aside", "Aside"),
    ]


def test_each_author_has_the_passages_of_their_works():
    """Rows of the map hold the passages they should, with one row for both forms of Flores."""
    author = {work.id: work.author for work in debate().works}
    assert Counter(author[p.work] for p in debate().passages) == {
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


def test_rules_are_the_codebooks_words():
    """The rule of every step, of no claim, and the caveat are found in the codebook."""
    axis, medium = debate().axis, debate().medium
    assert axis.no_claim is not None
    assert medium is not None
    rules = [tick.rule for tick in (*axis.ticks, *medium.ticks)]
    rules += [axis.no_claim.rule, medium.caveat]
    assert [rule for rule in rules if rule not in debate().codebook] == []


def test_rules_belong_to_their_values():
    """Each step's rule stands in the codebook's row for the same value."""
    rows = [line.strip("| ").split(" | ") for line in debate().codebook.splitlines()]
    positions = {row[0]: row[2] for row in rows if len(row) == 3}
    media = {row[0]: row[1] for row in rows if len(row) == 2}
    for ticks, meanings in ((debate().axis.ticks, positions), (debate().medium.ticks, media)):
        for tick in ticks:
            assert tick.rule == meanings[f"{tick.value:+d}" if tick.value else "0"]


def test_constructs_and_mechanisms_are_the_codebooks():
    """Every construct and every mechanism offered is named in the codebook."""
    names = [*debate().constructs, *(mechanism.id for mechanism in debate().mechanisms)]
    assert [name for name in names if name not in debate().codebook] == []
    assert len(names) == 15


def test_terms_are_in_the_essay():
    """Each other name of the bond is one the essay uses."""
    assert [term for term in debate().terms if term not in debate().library.essay] == []


def test_decisive_words_are_in_their_quotes():
    """Every passage has decisive words, and they are the quote's own."""
    assert [p.id for p in debate().passages if not p.decisive] == []
    strays = [
        (p.id, words) for p in debate().passages for words in p.decisive if words not in p.quote
    ]
    assert strays == []


def test_voices_are_named_in_their_passages():
    """Each voice is named in quote, gloss or note, and the passage says how it is brought in."""
    for passage in debate().passages:
        said = f"{passage.quote} {passage.gloss} {passage.note.voice}"
        assert [voice.name for voice in passage.voices if voice.name not in said] == []
        assert bool(passage.voices) == (passage.voicing is not None)
    assert {p.id: p.voicing for p in debate().passages if p.voicing} == {
        "p03": "reporting",
        "p05": "quoting",
        "p06": "reporting",
        "p07": "quoting",
        "p08": "quoting",
        "p09": "reporting",
        "p18": "on",
        "p22": "reporting",
    }


def test_every_passage_pointed_to_exists():
    """Steps of paths, pairs and questions name passages of this debate."""
    passages = {p.id for p in debate().passages}
    steps = {step.passage for path in debate().paths for step in path.steps}
    pairs = {passage for pair in debate().pairs for passage in (pair.a, pair.b)}
    assert steps <= passages
    assert pairs <= passages
    assert set(debate().questions) == {*passages, "general"}


@pytest.mark.parametrize("number", [1, 2])
def test_every_file_says_what_it_holds(number):
    """Each YAML file opens with two lines of comment."""
    files = sorted(FOLDER.glob("*.yaml"))
    assert len(files) == 7
    lines = [file.read_text(encoding="utf-8").split("\n")[number - 1] for file in files]
    assert [line for line in lines if not line.startswith("# ")] == []


def test_holmes_is_not_taken_for_bowlby():
    """The author of p06 is Jeremy Holmes, and the catalogue's error is kept and named."""
    work = next(work for work in debate().works if work.id == "holmes2014")
    author = next(author for author in debate().authors if author.id == work.author)
    assert author.name == "Jeremy Holmes"
    assert author.note == "Listed in the library under Bowlby; the author is Jeremy Holmes."
    assert work.attribution == author.note
    assert work.catalogued.startswith("Bowlby, John")
