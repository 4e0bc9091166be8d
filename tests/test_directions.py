"""Names and quotes that run from right to left, and signs that would turn the text around."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.citations import quote_with_citation, whose_words
from dashboard.debate.data_zip import data_zip
from dashboard.debate.directions import isolated, names_isolated, without_isolates
from dashboard.debate.loading import DebateError, count_line, load_debate
from dashboard.debate.model import Debate
from dashboard.debate.plan import cleaned, read_plan
from dashboard.debate.reference_exports import bibtex, csl_json, ris
from dashboard.debate.table import first_words
from dashboard.debate.titles import title_of
from dashboard.open_debate import open_folder
from dashboard.reading import copied
from dashboard.view import Known, from_query
from tests.a_debate import replace

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
OPEN, CLOSED = "\u2068", "\u2069"


def problems(folder: Path) -> list[str]:
    """Give the problems of a folder, each as one line."""
    with pytest.raises(DebateError) as caught:
        load_debate(folder)
    return [str(problem) for problem in caught.value.problems]


def words(sign: str) -> str:
    """Give what is said of a sign that turns text around."""
    return f"a sign that turns the text around it stands here (U+{ord(sign):04X}); take it out"


@pytest.mark.parametrize("sign", OVERRIDES)
def test_a_title_that_turns_text_around_is_refused(tiny_debate: Path, sign: str) -> None:
    """Each of the signs is named, with file and line."""
    replace(tiny_debate, "debate.yaml", "A tiny debate", json.dumps(f"{sign}A tiny debate"))
    assert problems(tiny_debate) == [f"debate.yaml:1: title: {words(sign)}"]


SHORT = {
    "author": ("authors.yaml", "name: Ada Aster", r'name: "\u202eAda"', "2: author ada: name"),
    "label": ("authors.yaml", "label: Aster", r'label: "Ast\u202eer"', "3: author ada: label"),
    "school": ("debate.yaml", "label: Warm", r'label: "\u202eWarm"', "28: schools 1, label"),
    "citation": (
        "works.yaml",
        "catalogued: Aster (1990). Warmth.",
        r'catalogued: "\u202eAster"',
        "3: work aster-1990: catalogued",
    ),
    "voice": (
        "passages.yaml",
        "name: Crane",
        r'name: "\u202eCrane"',
        "23: passage p02: voices 1, name",
    ),
    "activity": (
        "activities.yaml",
        "title: Vote twice",
        r'title: "\u202eVote"',
        "2: activities 1, title",
    ),
    "path": (
        "paths.yaml",
        "title: There and back",
        r'title: "\u202eThere"',
        "2: path there: title",
    ),
    "key": (
        "works.yaml",
        "certainty: {title: certain}",
        r'certainty: {"\u202etitle": certain}',
        r'7: work aster-1990: the key "\u202etitle"',
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "at"), SHORT.values(), ids=SHORT.keys())
def test_short_texts_turn_nothing_around(
    tiny_debate: Path, file: str, old: str, new: str, at: str
) -> None:
    """Names, labels, titles, citations and keys are refused with their line."""
    replace(tiny_debate, file, old, new)
    assert problems(tiny_debate) == [f"{file}:{at}: {words(chr(0x202E))}"]


def test_an_id_turns_nothing_around(tiny_debate: Path) -> None:
    """An id is visible text, which none of the signs is."""
    replace(tiny_debate, "paths.yaml", "id: there", r'id: "th\u202eere"')
    assert len(problems(tiny_debate)) == 1


def test_words_of_others_are_kept_byte_for_byte(tiny_debate: Path) -> None:
    """A quote and a gloss may hold any of the signs, closed or not."""
    replace(tiny_debate, "passages.yaml", "Both matter.", f"'{OVERRIDES} Both.'")
    replace(tiny_debate, "passages.yaml", "Bond and method move", "'\u202eBond and method move")
    replace(tiny_debate, "passages.yaml", "together.", "together.'")
    passage = open_folder(tiny_debate).passage("p03")
    assert passage.quote == "\u202eBond and method move together."
    assert passage.gloss == f"{OVERRIDES} Both."


def test_a_copied_quote_turns_nothing_after_it(tiny_debate: Path) -> None:
    """What turns text around does so to the end of its line; the citation stands on others."""
    replace(tiny_debate, "passages.yaml", "Both matter.", "x")
    replace(tiny_debate, "passages.yaml", "Bond and method", "\u202eBond and method")
    lines = copied(open_folder(tiny_debate), "p03").split("\n")
    assert lines[0] == "“\u202eBond and method move together.”"
    assert not set(OVERRIDES) & set("".join(lines[1:]))


def test_the_first_words_of_a_quote_turn_nothing_after_them() -> None:
    """Where a mark is pointed at, they stand among the app's own lines."""
    assert first_words("\u202eBond \u2067and method") == "Bond and method"


@pytest.mark.parametrize("name", ["דוד כהן", "ابن سينا", "فروغ فرخزاد", "Cohen (כהן)"])
def test_a_name_from_right_to_left_is_isolated(name: str) -> None:
    """It stands between the signs that Unicode has for this, and comes out again as it was."""
    assert isolated(name) == f"{OPEN}{name}{CLOSED}"
    assert without_isolates(f"{isolated(name)} 2002") == f"{name} 2002"


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_only_what_has_a_letter_from_right_to_left_is_isolated(name: str) -> None:
    """Any other name is the very same."""
    turned = any(unicodedata.bidirectional(one) in {"R", "AL", "AN"} for one in name)
    assert (isolated(name) != name) is turned


@pytest.fixture
def hebrew(tiny_debate: Path) -> Path:
    """Give the folder of a debate with Hebrew and Arabic names."""
    for file, old, new in (
        ("debate.yaml", "A tiny debate", "ויכוח קטן"),
        ("debate.yaml", "label: Warm", "label: חם"),
        ("authors.yaml", "name: Ada Aster\n  label: Aster", "name: עדה כהן\n  label: כהן"),
        ("works.yaml", "short: Aster, 1990", "short: כהן, 1990"),
        ("works.yaml", "authors: Aster, A.", "authors: כהן, ע."),
        ("works.yaml", "title: Warmth", "title: חום"),
        ("passages.yaml", "name: Crane", "name: ابن سينا"),
    ):
        replace(tiny_debate, file, old, new)
    return tiny_debate


def test_names_are_isolated_in_an_open_debate(hebrew: Path) -> None:
    """The app's own words and numbers beside a name keep their order."""
    opened = open_folder(hebrew)
    debate = opened.debate
    assert debate.title == f"{OPEN}ויכוח קטן{CLOSED}"
    assert debate.schools[0].label == f"{OPEN}חם{CLOSED}"
    assert debate.authors[0].label == f"{OPEN}כהן{CLOSED}"
    second = opened.passage("p02")
    assert whose_words(second, opened.works[second.work]) == (
        f"Birch, 2001, reporting {OPEN}ابن سينا{CLOSED} 1957"
    )
    assert f"Cite as: ({OPEN}כהן, ע.{CLOSED}, 1990" in copied(opened, "p01")


def test_what_is_counted_or_taken_away_has_no_isolates(hebrew: Path) -> None:
    """Other programs get the names as the files have them."""
    opened = open_folder(hebrew)
    assert count_line(opened.debate).startswith("ויכוח קטן: 4 passages")
    with zipfile.ZipFile(BytesIO(data_zip(opened.debate, opened.table))) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    texts += [export(opened.debate.works) for export in (bibtex, ris, csl_json)]
    assert "כהן" in "".join(texts)
    assert not {OPEN, CLOSED} & set("".join(texts))


def test_names_from_left_to_right_are_left_alone(tiny_debate: Path) -> None:
    """A debate without such letters is the very same debate."""
    debate: Debate = load_debate(tiny_debate)
    assert names_isolated(debate) is debate


def test_a_list_of_debates_isolates_each_title(hebrew: Path) -> None:
    """Where a title stands beside words of the app, it turns nothing."""
    assert title_of(hebrew) == f"{OPEN}ויכוח קטן{CLOSED}"


def test_a_plan_turns_nothing_around(tiny_debate: Path) -> None:
    """Its title and its notes are refused in a file, and cleaned where they are typed."""
    content = "title: '\u202ex'\nsteps:\n- {activity: vote, notes: 'a\u2067b'}\n".encode()
    plan, found = read_plan(content, load_debate(tiny_debate))
    assert plan is None
    assert [str(one) for one in found] == [
        f"plan.yaml:1: title: {words(chr(0x202E))}",
        f"plan.yaml:3: steps 1, notes: {words(chr(0x2067))}",
    ]
    assert cleaned("a\u202eb") == "ab"


def test_a_link_turns_nothing_around() -> None:
    """Words to search for lose such signs, and what is unknown is named with them to be seen."""
    known = Known(schools=(), roles=(), author_of={}, authors=())
    view, notes = from_query({"q": ["\u202ebond"], "author": ["\u202enobody"]}, known)
    assert view.q == "bond"
    assert any(r"“\u202enobody”" in note for note in notes)
    assert not any("\u202e" in note for note in notes)


def test_a_quote_beside_a_name_is_cited_in_order(hebrew: Path) -> None:
    """Quote and citation are the model's words, with nothing put into the quote."""
    opened = open_folder(hebrew)
    passage = opened.passage("p01")
    text = quote_with_citation(passage, opened.works[passage.work], "a page")
    assert text.startswith(f"“{passage.quote}”\n— {OPEN}כהן, 1990{CLOSED}\n")
