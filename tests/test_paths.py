"""Paths: one passage at a time, placed before it is read, by Streamlit's own test runner."""

import re
import shutil
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.path_list import path_list
from components.path_step import bridge, path_head, path_place, unplaced_quote
from components.placement_map import placement_legend, placement_map
from dashboard.debate.filters import Filters
from dashboard.open_debate import FOLDER_VARIABLE
from dashboard.reader.map_view import no_claim_of, steps_of
from dashboard.reader.path_end import codings, path_end
from dashboard.reader.path_rows import address, path_row
from dashboard.reader.path_taken import comparisons, own_passages, path_taken
from dashboard.reader.paths_page import BACK_UNDOES, own_count, path_entry, quote_html, reading_html
from dashboard.reading import brief
from dashboard.view import OWN, PLACINGS, View, from_query, to_query
from tests.asking import page_at
from tests.strategies import HOSTILE, SHIPPED, parsed, quick, shipped, texts
from tests.test_pages import query, text

FREUD = "freud_to_contextual"
BY_ID = {path.id: path for path in shipped().debate.paths}


def opened(**asked: str | list[str]) -> AppTest:
    """Open the page of paths at a link."""
    return page_at("paths", **asked)


def taken(**changes):
    """Give the path that a view of the shipped debate takes."""
    found = path_taken(shipped(), View(**changes))
    assert found is not None
    return found


def turning(app: AppTest, name: str) -> str | None:
    """Return where the button of a class or a key turns to, nothing while it is disabled."""
    (found,) = [
        button
        for button in parsed(text(app).replace("<br>", "")).all("button")
        if name in (button.attributes["class"], button.attributes.get("data-key"))
    ]
    turns = found.attributes.get("data-turn")
    assert (turns is None) == ("disabled" in found.attributes)
    return turns


def press(app: AppTest, name: str) -> None:
    """Press a button: turn to its view, as the browser does."""
    turns = turning(app, name)
    assert turns is not None
    assert turns.startswith("./paths")
    app.query_params.clear()
    for key, values in parse_qs(urlsplit(turns).query).items():
        app.query_params[key] = values
    app.run()
    assert not app.exception


def scale(app: AppTest) -> list[str]:
    """Return the placements that are offered, each by its key."""
    found = parsed(text(app).replace("<br>", "")).all("button")
    return [
        button.attributes["data-key"] or ""
        for button in found
        if (button.attributes["class"] or "").startswith("placing")
    ]


def quoted(app: AppTest) -> str:
    """Return the id of the passage whose quote is shown."""
    (found,) = parsed(text(app).replace("<br>", "")).all("blockquote")
    return found.attributes["data-passage"] or ""


def test_all_paths_are_listed():
    """The seven paths stand there with question, length, what they leave out, and their link."""
    page = parsed(path_list([path_entry(path, View()) for path in shipped().debate.paths]))
    links = page.all("a")
    assert [link.text for link in links] == [path.title for path in BY_ID.values()]
    assert [link.attributes["href"] for link in links] == [f"./paths?path={i}" for i in BY_ID]
    for path, item in zip(BY_ID.values(), page.all("li"), strict=True):
        assert path.question in item.text
        assert path.leaves_out in item.text
        assert f"{len(path.steps)} passages" in item.text
    assert len(links) == 7
    app = opened()
    assert all(path.title.replace("'", "&#x27;") in text(app) for path in BY_ID.values())


def test_a_path_is_taken_to_its_end():
    """Each passage is placed, read and passed; the link holds the step and every placement."""
    path = BY_ID["trauma"]
    app = opened(path="trauma")
    assert "<blockquote" not in text(app)
    press(app, "path-begin")
    for step, each in enumerate(path.steps, 1):
        assert query(app)["step"] == [str(step)]
        assert quoted(app) == each.passage
        assert turning(app, "path-next") is None
        assert scale(app) == list("12345nw")
        assert "data-gloss" not in text(app)
        press(app, str(step))
        assert query(app)["placed"] == ["01234"[:step]]
        assert query(app)["step"] == [str(step)]
        assert scale(app) == []
        assert f'data-gloss="{each.passage}"' in text(app)
        assert each.bridge is None or each.bridge in text(app)
        press(app, "path-next")
    assert path.closing in text(app)
    assert path.leaves_out in text(app)
    assert turning(app, "path-next") is None


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("4", "You: mostly cure."),
        ("n", "You: no claim."),
        ("w", "You: the question is wrong."),
        ("s", "You: not placed."),
    ],
)
def test_a_passage_can_be_placed_anywhere_or_not_at_all(key, said):
    """Whatever is chosen stands beside where the words are, and in the link."""
    app = opened(path=FREUD, step="3", placed="20")
    assert quoted(app) == "p18"
    press(app, key)
    assert said in text(app)
    assert "The words: both, or open (open)." in text(app)
    sign = {"4": "3", "s": "-"}.get(key, key)
    assert query(app) == {"path": [FREUD], "step": ["3"], "placed": [f"20{sign}"]}


def test_stepping_back_keeps_what_was_placed():
    """Going back shows the reading again and no scale: the first placement counts."""
    app = opened(path=FREUD, step="3", placed="20")
    press(app, "path-previous")
    assert quoted(app) == "p06"
    assert scale(app) == []
    assert "You: vehicle." in text(app)
    assert query(app) == {"path": [FREUD], "step": ["2"], "placed": ["20"]}
    press(app, "path-next")
    assert len(scale(app)) == 7


def test_a_link_to_a_later_step_shows_its_quote_alone():
    """A step that the link leaps to is not yet placed; what it passed over is not placed either."""
    app = opened(path=FREUD, step="3")
    assert quoted(app) == "p18"
    assert "data-gloss" not in text(app)
    press(app, "3")
    assert query(app)["placed"] == ["--2"]


def test_the_end_can_be_left_and_begun_again():
    """All paths are one button away; beginning again forgets the placements."""
    app = opened(path="trauma", step="9999", placed="01234")
    assert "Where it led" in text(app)
    (download,) = app.get("download_button")
    assert download.proto.label == "Download codings.csv"
    app.button(key="path_again").click().run()
    assert query(app) == {"path": ["trauma"], "step": ["1"]}
    press(app, "path-leave")
    assert query(app) == {}
    assert "Guided paths" in text(app)


def test_an_unknown_path_says_so():
    """A link to a path that there is none of leads to the list, with a note."""
    app = opened(path="nowhere", step="3")
    assert "There is no path “nowhere” in this debate" in text(app)
    assert "Guided paths" in text(app)


def test_ones_own_selection_is_chosen_by_filters():
    """School, role and words choose the passages; the count follows; nothing else is lit or not."""
    app = opened()
    assert "<b>23 passages</b>" in text(app)
    app.pills(key="school").set_value(["attachment"]).run()
    assert "<b>7 passages</b>" in text(app)
    app.pills(key="role").set_value(["supporting"]).run()
    app.text_input(key="words").set_value("bond").run()
    assert query(app) == {"school": ["attachment"], "role": ["supporting"], "q": ["bond"]}
    matching = own_passages(shipped(), Filters(("attachment",), ("supporting",), "bond"), 0)[1]
    assert f"<b>{matching} passages</b>" in text(app)
    app.text_input(key="words").set_value("zzz").run()
    assert "No passage matches." in text(app)
    assert app.button(key="path_begin").disabled


def test_ones_own_selection_is_taken_like_a_path():
    """Without blindness each passage is read after it is placed, in the debate's order."""
    app = opened(school="depth-psychological")
    app.button(key="path_begin").click().run()
    asked = {"school": ["depth-psychological"], "path": [OWN], "step": ["1"]}
    assert query(app) == asked
    assert quoted(app) == "p03"
    press(app, "5")
    assert "You: cure." in text(app)
    assert query(app) == {**asked, "placed": ["4"]}


def test_shuffled_and_blind_stand_in_the_link():
    """Both boxes write the link; unticking takes them out of it."""
    app = opened()
    app.checkbox(key="path_shuffled").check().run()
    seed = int(query(app)["seed"][0])
    assert 1 <= seed <= 9999
    app.checkbox(key="path_blind").check().run()
    assert query(app)["blind"] == ["yes"]
    app.button(key="path_begin").click().run()
    assert quoted(app) == own_passages(shipped(), Filters(), seed)[0][0]
    press(app, "path-leave")
    app.checkbox(key="path_shuffled").uncheck().run()
    app.checkbox(key="path_blind").uncheck().run()
    assert query(app) == {}


def test_blind_leads_on_and_tells_nothing_before_the_end():
    """Each placement leads to the next passage; no author, school or reading is told on the way."""
    app = opened(school="depth-psychological", blind="yes", path=OWN, step="1")
    for step, name in enumerate(("Jung", "Sedgwick", "Brazier"), 1):
        assert name not in text(app)
        assert "The words:" not in text(app)
        press(app, "3")
        if step == 1:
            press(app, "path-previous")
            assert "So far: both, or open." in text(app)
            press(app, "4")
        if step < 3:
            assert "Jung" not in text(app)
    assert query(app)["placed"] == ["322"]
    assert query(app)["step"] == ["4"]
    assert "Jung" in text(app)
    press(app, "path-previous")
    assert "You: both, or open." in text(app)
    assert scale(app) == []


def test_leaving_one_out_when_blind_leads_on_too():
    """A passage left out is passed without being shown."""
    app = opened(blind="yes", path=OWN, step="2", placed="1")
    press(app, "path-skip")
    assert query(app)["placed"] == ["1-"]
    assert query(app)["step"] == ["3"]


def test_filters_of_the_map_begin_a_selection_anew():
    """Whoever filters the map meanwhile finds the list again, not placements of other passages."""
    app = opened(school="empirical", path=OWN, step="2", placed="2")
    app.switch_page("app_pages/map.py")
    app.query_params["school"] = "empirical"
    app.run()
    taken_up = './paths?school=empirical&amp;path=own&amp;step=2&amp;placed=2"'
    assert taken_up in text(app)
    app.pills(key="school").set_value(["attachment"]).run()
    assert './paths?school=attachment"' in text(app)


PASSAGES = tuple(shipped().known.author_of)


@pytest.mark.parametrize("passage", PASSAGES)
@pytest.mark.parametrize("blind", ["", "yes"])
def test_nothing_is_given_away_before_a_placement(passage, blind):
    """The quote stands there character for character, and nothing that is ours stands with it."""
    view = View(path=OWN, blind=blind, step=1 + PASSAGES.index(passage))
    found = path_taken(shipped(), view)
    assert found is not None
    html = quote_html(found)
    page = parsed(html)
    shown = shipped().passage(passage)
    assert page.one("blockquote").text == shown.quote
    assert page.all("mark") == []
    assert not re.search(r"school-\d|shape|gloss", html)
    whose = brief(shipped(), passage).whose_words
    assert (whose in page.text) == (not blind)
    for told in (shown.gloss, shown.rationale, *(s.label for s in shipped().debate.schools)):
        assert not told or told not in page.text


@pytest.mark.parametrize("path", BY_ID)
def test_readings_follow_the_placement(path):
    """Gloss, readings, reason, reading note and bridge stand there once a passage is placed."""
    for step, each in enumerate(BY_ID[path].steps, 1):
        found = taken(path=path, step=step, placed="2" * step)
        said = parsed(reading_html(found)).text
        shown = shipped().passage(each.passage)
        for told in (shown.gloss, shown.rationale, shown.note.voice, each.bridge):
            assert not told or told in said
        assert parsed(quote_html(found)).one("blockquote").text == shown.quote


@pytest.mark.parametrize(
    ("step", "placed", "blind", "told"),
    [
        (2, "13", "", True),
        (1, "13", "", False),
        (2, "1-", "", False),
        (23, "0" * 23, "yes", False),
    ],
)
def test_how_to_undo_a_placement_stands_where_it_can_be(step, placed, blind, told):
    """Under the placement made last it is said that Back undoes it, and nowhere else."""
    found = taken(path=OWN, step=step, placed=placed, blind=blind)
    assert (BACK_UNDOES in parsed(reading_html(found)).text) == told


@quick
@given(
    st.sampled_from([*BY_ID, OWN]),
    st.integers(0, 9999),
    st.text(PLACINGS, max_size=400),
    st.sampled_from(["", "yes"]),
    st.sampled_from(["0", "n", "-"]),
)
def test_no_view_of_a_path_can_break(path, step, placed, blind, sign):
    """Whatever a link asks for, there is a step; a placement is made once, and never after."""
    found = path_taken(shipped(), View(path=path, step=step, placed=placed, blind=blind))
    if found is None:
        assert (path, step) == (OWN, 0)
        return
    assert 0 <= found.step <= len(found.passages) + 1
    assert bool(found.passage) == (1 <= found.step <= len(found.passages))
    after = found.place(sign)
    assert bool(after) == (bool(found.passage) and not found.shown)
    if after:
        held = replace(found.view, **after)
        assert from_query(to_query(held, "paths"), shipped().known, "paths", held) == (held, ())
    for by in (-1, 1):
        there = found.move(by).get("step", found.step)
        assert 0 <= there <= len(found.passages) + 1
    if found.passage and not found.sign:
        assert found.move(1) == {}


def test_a_selection_is_no_longer_than_a_link():
    """Of a large selection the first are taken, or those drawn by lot, and the page says so."""
    assert own_count(0, 0, View()) == "No passage matches."
    assert own_count(1, 1, View()) == "<b>1 passage</b>"
    assert own_count(400, 400, View()) == "<b>400 passages</b>"
    assert own_count(400, 5000, View()) == "<b>400 passages</b>, the first of 5000 that match"
    assert "drawn by lot" in own_count(400, 5000, View(seed=3))


def test_the_end_joins_the_marks_in_order():
    """The line runs through the words' positions in the order of the path, dotted at the lane."""
    found = taken(path=FREUD, step=12, placed="20341n2w-13")
    rows = [path_row(found, one) for one in comparisons(shipped(), found.passages, "20341n2w-13")]
    page = parsed(placement_map(rows, steps_of(shipped()), no_claim_of(shipped()), joined=True))
    lines = page.all("line")
    assert len(lines) == len(rows) - 1
    for at, line in enumerate(lines):
        lane = None in (rows[at].quote_position, rows[at + 1].quote_position)
        assert (line.attributes.get("class") == "aside") == lane
        assert (line.attributes["y1"], line.attributes["y2"]) == (f"{at}.5", f"{at + 1}.5")
    assert [link.attributes["href"] for link in page.all("a")] == [
        f"./paths?path={FREUD}&step={step}&placed=20341n2w-13" for step in range(1, 12)
    ]
    rings = [e for e in page.elements if e.attributes.get("class") == "placement-ring"]
    assert len(rings) == 9
    struck = [e for e in page.elements if e.attributes.get("class") == "placement-ring struck"]
    assert len(struck) == 1
    assert "you: the question is wrong" in path_end(found)
    said = [e.attributes.get("aria-label") or "" for e in page.elements]
    assert (
        "p18, Yalom & Leszcz 2005, on Fiedler, Truax, Carkhuff, Strupp. Words: both, or open "
        in ("".join(label for label in said if label.startswith("p18")))
    )


def test_the_end_says_what_the_number_does_not():
    """The end holds gaps, agreement with what it does not say, and what the export leaves out."""
    found = taken(path=FREUD, step=12, placed="20341n2w-13")
    said = " ".join(parsed(path_end(found)).text.split())
    assert "You with all readings0.87" in said
    assert "The number does not say who is right." in said
    assert "With 7 passages compared, chance has a large part in every figure." in said
    assert shipped().debate.disclaimers["agreement"] in said
    assert "1 where you hold the question to be wrong, 1 that you did not place." in said
    assert "p03both, or open+2+2+2+2cure2" in said
    assert codings(found).count("\n") == 10
    key = said[said.index("p03both") : said.index("How far you and the readings agree")]
    assert "Columns A, B, C, D: where each reading puts the author’s words, from −2 " in key
    assert shipped().debate.coders in key
    assert "Agreed: the median of the readings, where at least three quarters of them" in key
    few = " ".join(parsed(path_end(taken(path=FREUD, step=12, placed="2034"))).text.split())
    assert "none, fewer than 5 passages" in few


def test_the_end_of_a_blind_selection_is_ordered_by_gaps():
    """One's own selection has no course to join: its rows come furthest apart first."""
    found = taken(path=OWN, step=24, placed="0" * 23, blind="yes")
    page = parsed(path_end(found))
    assert page.all("line") == []
    assert page.all("a")[0].text.endswith("p03")
    assert "the later ones are not independent" not in page.text
    assert "the later ones are not independent" in parsed(path_end(taken(path=OWN, step=24))).text


@quick
@given(texts, texts)
def test_paths_are_verbatim(one, other):
    """Titles, questions, bridges and names are text, whatever they hold."""
    assert parsed(path_head(one, other, one)).one("h1").text == other
    assert parsed(bridge(one, "./paths", other)).one("p").text == one
    path = replace(BY_ID["trauma"], title=one, question=other, leaves_out=one)
    page = parsed(path_list([path_entry(path, View())]))
    assert page.one("a").text == one
    assert page.all("p")[0].text == other
    row = replace(
        path_row(
            taken(path="trauma", step=1, placed="2"), comparisons(shipped(), ("p20",), "2")[0]
        ),
        name=one,
        passage=other,
        said=one,
    )
    drawn = parsed(placement_map([row], steps_of(shipped()), other, joined=True))
    assert drawn.one("small").text == other


@pytest.mark.parametrize("quote", HOSTILE)
def test_a_hostile_quote_is_text_before_it_is_placed(quote):
    """A quote holds what it holds, and makes no element of its own."""
    reading = replace(brief(shipped(), "p01"), quote=quote, decisive=(quote[1:4],))
    page = parsed(unplaced_quote(reading, blind=True))
    assert page.one("blockquote").text == quote
    assert {element.tag for element in page.elements} <= {"article", "h2", "blockquote", "p"}


def test_where_one_is():
    """The place is said in numbers, and the ends by name."""
    said = [parsed(path_place(step, 3)).one("p").text for step in range(5)]
    assert said == ["The beginning", "1 of 3", "2 of 3", "3 of 3", "The end"]


def test_a_link_leaves_out_what_is_at_its_default():
    """Links of the page hold the filters, and nothing that is at its default."""
    assert address(View()) == "./paths"
    assert address(View(school=("empirical",)), path=OWN, step=1) == (
        "./paths?school=empirical&path=own&step=1"
    )


def test_without_glosses_nothing_of_them_is_shown(tmp_path, monkeypatch):
    """Where a debate shows no glosses, none is on any step nor at the end of a path."""
    folder = tmp_path / "debate"
    shutil.copytree(SHIPPED, folder)
    with (folder / "debate.yaml").open("a", encoding="utf-8") as file:
        file.write("\nshow_glosses: false\n")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = opened(path=FREUD, step="3", placed="203")
    gloss = shipped().passage("p18").gloss or ""
    for _ in range(2):
        assert gloss not in text(app)
        assert "data-gloss" not in text(app)
        assert "What the gloss adds" not in text(app)
        assert "to the library’s gloss" not in text(app)
        assert "Gloss:" not in text(app)
        app = opened(path=FREUD, step="12", placed="203")
    assert 'class="axis-arrow' not in text(app)
    assert "gloss" not in placement_legend(joined=True, glosses=False)


def test_the_paths_of_another_debate(tiny_debate, monkeypatch):
    """The page works for any debate, with or without paths of its own."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tiny_debate))
    app = opened(path=OWN, step="1")
    press(app, "1")
    assert "You: vehicle." in text(app)
    (tiny_debate / "paths.yaml").unlink(missing_ok=True)
    assert "Your own selection" in text(opened())
