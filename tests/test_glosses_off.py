"""With glosses off the whole product works on quotes alone: nothing of a gloss is anywhere."""

import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from dashboard.debate.data_zip import data_zip
from dashboard.debate.marks import ARRANGES
from dashboard.debate.positions import agreed_values
from dashboard.open_debate import FOLDER_VARIABLE, OpenDebate, open_folder
from dashboard.reader.answers import answers
from dashboard.reader.handout import asked_view, handout
from dashboard.reader.map_picture import seen_picture
from dashboard.reader.map_view import drawn_map, table_columns, table_rows
from dashboard.reader.method_page import method
from dashboard.reader.sources_page import sources
from dashboard.reading import full
from dashboard.seen import seen
from dashboard.view import View
from tests.a_debate import without_glosses
from tests.strategies import shipped
from tests.test_pages import opened as app_at
from tests.test_pages import text

WORDS_IN_A_ROW = 4
ELSEWHERE = " ".join(f"{p.quote} {p.note.voice}" for p in shipped().debate.passages)
OF_A_GLOSS = re.compile(r"data-gloss|gloss:|Gloss:|Library’s gloss|the gloss|glosses")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the shipped debate in which glosses are off."""
    return without_glosses(tmp_path_factory.mktemp("off") / "debate")


@pytest.fixture(scope="module")
def off(folder: Path) -> OpenDebate:
    """Give that debate, opened."""
    return open_folder(folder)


def runs(gloss: str) -> list[str]:
    """Give every four words in a row of a gloss that stand in no quote and name no voices."""
    words = gloss.split()
    found = (" ".join(words[i : i + WORDS_IN_A_ROW]) for i in range(len(words)))
    return [run for run in found if run.count(" ") == WORDS_IN_A_ROW - 1 and run not in ELSEWHERE]


RUNS = {p.id: runs(p.gloss or "") for p in shipped().debate.passages}


def leaks(said: str) -> list[str]:
    """Give what is said of a gloss in a text: its words, or that it is one."""
    line = " ".join(said.split())
    words = [f"{i}: {run}" for i, found in RUNS.items() for run in found if run in line]
    return [*words, *OF_A_GLOSS.findall(line)]


def test_what_leaks_is_found() -> None:
    """Where glosses are on, each part tested below holds some; so the test can fail."""
    on = shipped()
    assert len(leaks(answers(on).decode())) > 20
    assert leaks(handout(on, View(), "/"))
    assert leaks(method(on))
    assert leaks(seen_picture(seen(on, View()), "light"))
    assert leaks(drawn_map(on, "author", "both", 1, "light").drawing.plan)


PAGES = {
    "map": {},
    "a passage": {"passage": "p18"},
    "an author": {"author": "flores"},
    "read from the words": {"basis": "quote"},
    "by medium": {"arrange": "medium"},
    "a slide": {"show": "quote", "passage": "p18", "reveal": "author"},
    "the projected map": {"show": "map"},
    "words": {"q": "constitutively"},
}


@pytest.mark.parametrize("page", PAGES)
def test_the_map_and_its_projector(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No view of the map's page says a word of a gloss, in HTML, in the map or in a widget."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = app_at(**PAGES[page])
    sent = "\n".join(part.proto.json for part in app.get("bidi_component"))
    assert leaks(text(app) + sent) == []
    assert "There is no" not in text(app)
    widgets = [w.key for w in app.main if getattr(w, "key", None)]
    assert "basis" not in widgets
    assert all("gloss" not in (field.placeholder or "") for field in app.text_input)
    if page == "words":
        assert "0 of 23 passages" in text(app)


@pytest.mark.parametrize("page", ["sources", "method", "read", "cite"])
def test_the_pages_that_are_read(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources, Method, Read and Cite hold no gloss and no position of one.

    The codebook is the debate's own text; it tells how glosses would be read.
    """
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = app_at()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    said = re.sub(r'<section id="codebook".*?</section>', "", text(app), flags=re.S)
    assert leaks(said) == []


OTHER_VIEWS = [
    ("compare", {"of": ["flores", "jung"]}),
    ("compare", {"of": ["p18", "p04"]}),
    ("compare", {"of": ["p04"]}),
    ("paths", {"path": "whose_bond", "step": "2", "placed": "22"}),
    ("paths", {"path": "whose_bond", "step": "99", "placed": "2034n1w-"}),
    ("paths", {"path": "own", "step": "99", "placed": "2" * 23}),
]


@pytest.mark.parametrize(("page", "query"), OTHER_VIEWS)
def test_comparisons_and_paths(
    page: str, query: dict[str, str | list[str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No comparison, step or end of a path says a word of a gloss or where one stands."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = app_at()
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    said = text(app)
    assert "blockquote" in said or "path-end" in said
    assert leaks(said) == []


def test_whole_texts_are_not_even_in_the_codebook_section(off: OpenDebate) -> None:
    """No four words of a gloss, and no label over one, stand anywhere on Sources and Method."""
    for page in (sources(off, View()), method(off)):
        line = " ".join(page.split())
        assert not [run for found in RUNS.values() for run in found if run in line]
        assert "Library&#x27;s summary" not in line
        assert "Where the gloss drifts" not in line


def test_what_the_browser_holds(off: OpenDebate) -> None:
    """The answers and every plan of the map, whatever basis it is asked for, hold no gloss."""
    assert leaks(answers(off).decode()) == []
    for arrange in ARRANGES:
        for basis in ("both", "quote", "gloss"):
            on = drawn_map(off, arrange, basis, 1, "light")
            assert leaks(on.drawing.plan) == []
            assert on.marks.frame["gloss"].isna().all()
            assert on.marks.frame["drifts_to"].isna().all()


def test_both_is_the_words_alone(off: OpenDebate) -> None:
    """Read from both, every mark stands where the author's words are, else in the lane."""
    both = drawn_map(off, "author", "both", 1, "light").marks.frame
    words = drawn_map(shipped(), "author", "quote", 1, "light").marks.frame
    places = [f.set_index("passage")["shown"].to_dict() for f in (both, words)]
    assert {p: None if np.isnan(x) else x for p, x in places[0].items()} == {
        p: None if np.isnan(x) else x for p, x in places[1].items()
    }


def test_what_is_taken_away(off: OpenDebate) -> None:
    """Handout, picture and data hold no gloss, no position of one and no reading of one."""
    for query in ({}, {"path": [shipped().known.paths[0]]}, {"of": ["flores"]}):
        made = handout(off, asked_view(query, off), "/")
        assert leaks(re.sub(r"<style>.*?</style>", "", made, flags=re.S)) == []
    assert leaks(seen_picture(seen(off, View()), "light")) == []
    with zipfile.ZipFile(io.BytesIO(data_zip(off.debate, off.table))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    for name in ("passages.csv", "codings.csv", "works.csv"):
        assert "gloss" not in files[name]


def test_the_table_has_no_column_of_glosses(off: OpenDebate) -> None:
    """The table of the map's values ends with the author's words."""
    assert table_columns(off)[-1] == "Author’s words"
    assert {len(row) for row in table_rows(seen(off, View()))} == {len(table_columns(off))}
    assert table_columns(shipped())[-1] == "Library’s gloss"


def test_what_a_coder_says_of_a_gloss_is_left_out(off: OpenDebate) -> None:
    """Of a reason and a note, the sentences and clauses on the gloss go; the others stay whole."""
    reading = full(off, "p03")
    assert reading.rationale == (
        'Bond is likened to a chemical "combination" in which "both are altered": the change is '
        "the relational event itself."
    )
    assert full(off, "p04").rationale.endswith("Cure is asserted on a vehicle's ground.")
    assert "What the gloss adds" not in dict(reading.notes)
    for passage in off.debate.passages:
        card = full(off, passage.id)
        said = json.dumps([card.rationale, card.notes, card.rules, card.facts, card.source])
        assert "gloss" not in said.lower(), passage.id
        assert card.rationale, passage.id


def test_readings_of_glosses_count_for_nothing() -> None:
    """Neither a position nor whether a passage is contested comes from a gloss."""
    readings = shipped().debate.readings
    ids = shipped().table["passage"]
    alone = agreed_values(readings[readings["text"] != "gloss"], ids)
    off = agreed_values(readings, ids, glosses=False)
    assert off["gloss_position"].isna().all()
    assert off["contested"].tolist() == alone["contested"].tolist()
    assert off["quote_position"].equals(shipped().table.set_index("passage")["quote_position"])


def test_a_link_to_the_words_needs_no_note(off: OpenDebate) -> None:
    """The words are what is read: a link may say so."""
    assert off.known.bases == ("quote",)
