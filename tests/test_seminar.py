"""The seminar: what its slides reveal and when, and its page by Streamlit's own test runner."""

import html
import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.plan_handout import plan_handout
from dashboard.debate.hands import read_hands
from dashboard.debate.model import Plan, PlanStep
from dashboard.debate.plan import from_link, read_plan, to_link, write_plan
from dashboard.debate.slides import (
    gloss_names_author,
    nearest_place,
    places_of,
    point_of,
    slides_of,
)
from dashboard.open_debate import FOLDER_VARIABLE, open_folder
from dashboard.reading import brief, full
from dashboard.rooms.ballots import VALUES
from dashboard.rooms.rooms import Rooms
from dashboard.rooms.storage import Storage
from dashboard.seminar.plan_handout import (
    handout_of,
    plan_handout_address,
    plan_handout_asked,
)
from dashboard.seminar.presenting import NAMES_AUTHOR, notes_html
from dashboard.seminar.room_marks import room_marks
from dashboard.seminar.room_votes import keys_of, votes_at
from dashboard.seminar.seminar_desk import sound_rows
from dashboard.seminar.seminar_plan import moved, plan_of, planned_steps, with_step, without_step
from dashboard.seminar.seminar_slides import Shown, slide_html, winner
from dashboard.view import View
from tests.a_debate import without_glosses
from tests.asking import page_at
from tests.browser.hostile_debate import (
    ACTIVITIES,
    BINS,
    KINDS,
    PLAN,
    QUOTES,
    write_hostile_debate,
)
from tests.strategies import parsed, plan_steps, quick, shipped
from tests.test_pages import query, text

OPENED = shipped()
DEBATE = OPENED.debate
EVERY = "a1.a2.a3.a4.a5.a6-p10.a7.a8.a9.a10.a11.a12.i1.i2.a12"
PLANS = {**{plan.id: plan.id for plan in DEBATE.plans}, "every activity": EVERY}
ROOM = {(1, 1): (1, 2, 3, 1, 0, 1, 0), (2, 1): (0, 0, 5, 2, 1, 0, 1)}


@pytest.fixture
def some_rooms(tmp_path):
    """Give empty rooms."""
    storage = Storage(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    yield Rooms(storage)
    storage.close()


def laid(plan: str, opened=OPENED):
    """Give the slides of a plan."""
    found = plan_of(opened, View(plan=plan))
    assert found is not None
    return slides_of(opened.debate, found.steps)


def at(plan: str, number: int, stage: int, hands=None, opened=OPENED) -> str:
    """Give the HTML of a slide at a stage."""
    return slide_html(Shown(opened, laid(plan, opened), number, stage, hands or {}))


def opened(**asked: str) -> AppTest:
    """Open the seminar at a link."""
    return page_at("seminar", **asked)


# Slides.


def test_a_vote_without_hands_says_how_to_count_them():
    """Where nobody's hand is counted the slide says what to do, and shows no empty result."""
    for plan in ("a12", "a1-p04", "a9"):
        shown = at(plan, 1, 1)
        assert "No hands are counted yet" in shown
        assert "room-axis" not in shown
    assert "No hands are counted yet" not in at("a12", 1, 1, {(1, 1): (1, 1, 1, 1, 1, 0, 0)})


def test_the_twenty_minutes_as_slides():
    """Four slides: oneself, one quote, one pair, oneself again; each reveals its own things."""
    assert [(s.kind, s.passages, s.stages, s.vote, s.round) for s in laid("twenty")] == [
        ("vote", (), ("room",), 1, 1),
        ("vote", ("p04",), ("room", "school", "readings", "gloss", "author", "note"), 2, 1),
        ("pair", ("p12", "p16"), ("point", "readings", "author"), 0, 1),
        ("vote", (), ("room",), 1, 2),
    ]


def test_a_second_vote_is_a_round_of_its_own():
    """One votes, talks, and votes again: two rounds of one vote, shown together at the end."""
    first, talk, second = laid("a2")
    assert (first.stages, first.vote, first.round) == ((), 1, 1)
    assert talk.vote == 0
    assert (second.vote, second.round, second.rounds) == (1, 2, (1, 2))


@quick
@given(plan_steps(), st.integers(0, 9999), st.integers(0, 9999))
def test_every_link_leads_to_a_place(steps, slide, stage):
    """Whatever a link asks for, the nearest place is one of the presentation's, and is drawn."""
    slides = slides_of(DEBATE, steps)
    places = places_of(slides)
    assert len(set(places)) == len(places)
    assert list(places) == sorted(places)
    number, at_stage = nearest_place(slides, slide, stage)
    assert (number, at_stage) in places
    shown = slide_html(Shown(OPENED, slides, number, at_stage, {}))
    assert shown.startswith('<article class="room-slide')


def secrets_of(passage: str) -> dict[str, str]:
    """Give what must not be in a slide before its stage, by the stage that reveals it."""
    reading = full(OPENED, passage)
    return {
        "school": reading.school_label,
        "readings": reading.rationale,
        "gloss": reading.gloss,
        "author": reading.whose_words,
        "note": max((said for name, said in reading.notes if name != "Marks"), key=len),
        "positions": "axis-mark",
        "lit": "<mark>",
    }


FIRST_AT = {"positions": "readings", "lit": "readings"}


def span_of(passage: str):
    """Give where the other passages of the same author reach."""
    return room_marks(OPENED, passage).span


@pytest.mark.parametrize("passage", [passage.id for passage in DEBATE.passages])
def test_nothing_of_a_later_stage_is_in_a_slide(passage):
    """Before its stage no school, reading, gloss, author or note is in the HTML of a placement."""
    plan = f"a1-{passage}"
    (slide,) = laid(plan)
    for stage in range(len(slide.stages) + 1):
        shown = html.unescape(at(plan, 1, stage, {(1, 1): (1, 1, 1, 1, 1, 0, 0)}))
        revealed = slide.stages[:stage]
        for what, secret in secrets_of(passage).items():
            needed = FIRST_AT.get(what, what)
            if needed in revealed:
                continue
            if what == "school" and secret in brief(OPENED, passage).quote:
                continue
            assert secret not in shown, (stage, what)
        assert ('class="room-piles' in shown) == ("room" in revealed)
        assert ("school-none" in shown) == ("school" not in revealed)
        assert ('class="room-span' in shown) == ("author" in revealed and bool(span_of(passage)))


def test_the_quote_and_the_gloss_take_turns():
    """First the quote alone, then the gloss alone, then both with the arrow between them."""
    stages = [at("a3-p18", 1, stage) for stage in range(3)]
    assert ["<blockquote" in shown for shown in stages] == [True, False, True]
    assert ["data-gloss" in shown for shown in stages] == [False, True, True]
    assert ["room-readings" in shown for shown in stages] == [False, False, True]
    assert "axis-arrow" in stages[2]


def test_the_point_of_difference_waits():
    """On what two passages differ is not in the slide before it is asked for."""
    point = point_of(DEBATE, "p16", "p12")
    assert point.startswith("Does something besides the bond")
    assert [point in html.unescape(at("a4", 1, stage)) for stage in range(4)] == [
        *(False, True, True, True)
    ]
    assert "Flores" not in at("a4", 1, 2)
    assert "Flores" in at("a4", 1, 3)


def test_the_voices_wait_until_they_are_guessed():
    """Who speaks is in the slide only once it is revealed, from the page back to the source."""
    assert "slide-speakers" not in at("a8", 1, 0)
    speakers = parsed(at("a8", 1, 1)).all("ol")[0].text
    assert speakers.index("concordance") < speakers.index("Flores") < speakers.index("Strupp")


def test_a_gloss_that_names_its_author_is_told_to_the_presenter():
    """Before the gloss is shown its window warns where the author would be given away by it."""
    named = {p.id for p in DEBATE.passages if NAMES_AUTHOR in notes_at(f"a1-{p.id}", 0)}
    assert named == {passage.id for passage in DEBATE.passages} - {"p06"}
    assert NAMES_AUTHOR in notes_at("a1-p04", 3)
    assert NAMES_AUTHOR not in notes_at("a1-p04", 4)
    assert NAMES_AUTHOR in notes_at("a3-p04", 0)
    assert NAMES_AUTHOR not in at("a1-p04", 1, 0)
    assert NAMES_AUTHOR not in notes_at("a12", 0)


def notes_at(plan: str, stage: int) -> str:
    """Give what the presenter reads beside the first slide of a plan at a stage."""
    steps = planned_steps(OPENED, plan_of(OPENED, View(plan=plan)))
    return notes_html(Shown(OPENED, laid(plan), 1, stage, {}), steps[0])


@pytest.mark.parametrize(
    ("gloss", "names"),
    [
        ("MÜLLER-LÜDENSCHEIDT holds", True),
        ("As Muller-Ludenscheidt has it", True),
        ("Eva Müller-Lüdenscheidt", True),
        ("Müller-Lüdenscheidtian", False),
        ("Müller holds", False),
        ("", False),
    ],
)
def test_a_name_is_found_as_a_word(gloss, names):
    """A name counts in any case and accent, whole, and never within another word."""
    author = replace(DEBATE.authors[0], name="Eva Müller-Lüdenscheidt", label="Müller-Lüdenscheidt")
    author = replace(author, sort_name="Müller-Lüdenscheidt, Eva")
    assert gloss_names_author(replace(DEBATE.passages[0], gloss=gloss or None), author) == names


def test_sides_are_swapped():
    """Both sides have the packs of the plan; at the third stage they change places."""
    packs = [re.findall(r'data-passage="(p\d+)"', at("a5", 2, stage)) for stage in range(4)]
    cure, means = ["p12", "p03", "p13", "p16"], ["p15", "p09", "p20", "p16"]
    assert packs == [cure + means, cure + means, means + cure, []]
    assert "Write one joint sentence" not in at("a5", 2, 2)


def test_a_motion_says_what_its_passages_are():
    """Beside each id stand the first words of its quote, and nothing tells whose they are."""
    shown = at("a5", 1, 0)
    rows = [" ".join(one.text.split()) for one in parsed(shown).all("li")]
    assert [row[:3] for row in rows] == ["p12", "p03", "p13", "p16", "p15", "p09", "p20", "p16"]
    for row in rows:
        quote = " ".join(OPENED.passage(row[:3]).quote.split())
        assert quote.startswith(row[3:].strip().removesuffix("…").strip())
        assert len(row) > 40
        assert brief(OPENED, row[:3]).whose_words not in html.unescape(shown)


def board(html):
    """Give what a board of bins says of each passage, and the bin set apart, by its order."""
    found = {}
    for row in html.split("<tbody>")[1].split("<tr>")[1:]:
        name = re.search(r"<b>(p\d+)</b>", row)[1]
        cells = re.findall(r'<td(?: class="(\w+)")?(?: colspan="4")?>(?:<b>)?([^<]+)', row)
        most = [at for at, (kind, _) in enumerate(cells) if kind == "most"]
        said = parsed(f"<p>{re.sub('<td.*', '', row)}</p>").text
        found[name] = ([text for _, text in cells], most, said)
    return found


def test_bins_hold_what_most_hands_put_there():
    """A sorting ends with each passage's first words and tally; undecided is not without a vote.

    The passages come bin after bin. The author is told at the last stage and not before.
    """
    slides = laid("a9-p09-p10-p01-p11")
    hands = {(1, 1): (3, 3, 0, 0), (3, 1): (6, 0, 1, 0), (4, 1): (3, 1, 0, 0)}
    html = slide_html(Shown(OPENED, slides, 5, 0, hands))
    found = board(html)
    assert list(found) == ["p01", "p09", "p10", "p11"]
    assert [cells for cells, *_ in found.values()] == [
        ["6", "0", "1", "0"],
        ["3", "3", "0", "0"],
        ["not voted on"],
        ["4 hands, not shown"],
    ]
    assert [most for _, most, _ in found.values()] == [[0], [], [], []]
    assert ["undecided" in said for *_, said in found.values()] == [False, True, False, False]
    quote = OPENED.passage("p01").quote
    said = found["p01"][2].removeprefix("p01 ").removesuffix("\u00a0…")
    assert quote.startswith(said)
    assert len(said) > 40
    authors = [OPENED.authors[OPENED.works[OPENED.passage(p).work].author] for p in found]
    assert not any(one.label in html for one in authors)
    last = slide_html(Shown(OPENED, slides, 5, 1, hands))
    assert all(one.label in last for one in authors)
    assert [winner(c) for c in ((), (1, 1), (2, 3), (4, 1, 0))] == [None, None, 1, 0]


def test_a_board_of_many_passages_has_two_columns():
    """Up to ten stand below one another; more stand half beside half, in the order of the bins."""
    for many, columns in ((10, [10]), (11, [6, 5]), (20, [10, 10])):
        names = [f"p{n:02}" for n in range(1, many + 1)]
        slides = laid("-".join(["a9", *names]))
        hands = {(many, 1): (6, 0, 0, 0)}
        html = slide_html(Shown(OPENED, slides, many + 1, 0, hands))
        boards = html.split("<tbody>")[1:]
        rows = [re.findall(r"<b>(p\d+)</b>", one) for one in boards]
        assert [len(one) for one in rows] == columns
        assert [name for one in rows for name in one] == [names[-1], *names[:-1]]
        assert html.count("Necessary</th>") == len(columns)


@pytest.mark.parametrize(
    ("plan", "rounds"),
    [("a1-p04", [1]), ("a2-p18", [1, 2]), ("a3-p18", [1, 2]), ("a12.a1-p12.a12", [1, 2])],
)
def test_hands_give_the_same_views_as_a_room(plan, rounds, some_rooms):
    """At every place hands of the link are drawn exactly as hands that were typed into a room."""
    slides = laid(plan)
    keys = keys_of(slides)
    room = some_rooms.open_room(OPENED.name).room
    counted = (1, 2, 3, 1, 0, 1, 0), (0, 0, 5, 2, 1, 0, 1)
    hands = {(slides[-1].vote, round_): counted[round_ - 1] for round_ in rounds}
    for (vote, round_), counts in hands.items():
        number = some_rooms.ask(room.code, *keys[vote, round_]).number
        some_rooms.type_hands(room.code, number, dict(zip(VALUES, counts, strict=True)))
        some_rooms.reveal(room.code, number)
    last = len(slides)
    for stage in range(1, len(slides[-1].stages) + 1):
        votes = votes_at(some_rooms, room.code, keys, slides[-1], stage)
        in_room = Shown(OPENED, slides, last, stage, {}, room=votes)
        if votes.results:
            assert slide_html(in_room) == at(plan, last, stage, hands)
            assert "room-piles" in slide_html(in_room)


def test_who_moved_among_hands_is_not_known():
    """Two shows of hands stand one above the other with the difference, and no arrow of people."""
    shown = at("a2-p04", 3, 1, {(1, 1): (5, 0, 0, 0, 0, 0, 0), (1, 2): (0, 5, 0, 0, 0, 0, 0)})
    assert "First vote: 5 hands." in shown
    assert "Hands were counted, so who moved where is not known." in shown
    assert 'class="room-number" style="left:22%">−5' in shown
    assert "room-flow" not in shown


def test_few_hands_are_only_numbered():
    """Of four hands the slide says four and nothing of how they were raised; of five all."""
    few = at("twenty", 1, 1, {(1, 1): (0, 0, 3, 1, 0, 0, 0)})
    assert "4 hands counted." in few
    assert "room-pile" not in few
    assert few == at("twenty", 1, 1, {(1, 1): (0, 0, 3, 1, 0, 0, 0, 9)})
    assert "4 hands counted." in at("a9", 1, 1, {(1, 1): (3, 1, 0, 0, 2, 9)})
    five = at("twenty", 1, 1, {(1, 1): (0, 0, 3, 1, 1, 0, 0)})
    assert "Before: 5 hands. No claim 0, Vehicle 0, Mostly vehicle 0, Both, or open 3" in five


def test_without_glosses_no_slide_shows_one(tmp_path):
    """A debate whose glosses are off has none on any slide or in the presenter's window."""
    quiet = open_folder(without_glosses(tmp_path / "debate"))
    slides = laid(EVERY, quiet)
    steps = planned_steps(quiet, plan_of(quiet, View(plan=EVERY)))
    for number, stage in places_of(slides):
        shown = Shown(quiet, slides, number, stage, {})
        drawn = slide_html(shown) + notes_html(shown, steps[shown.slide.step])
        assert "data-gloss" not in drawn
        said = drawn.lower().replace("quote against gloss", "").replace("slide-quote-gloss", "")
        assert "gloss" not in said


def test_everything_on_a_slide_is_text(tmp_path):
    """Whatever a debate's texts hold, slides and notes show it character for character."""
    strange = open_folder(write_hostile_debate(tmp_path / "debate"))
    plan = plan_of(strange, View(plan=PLAN))
    slides = slides_of(strange.debate, plan.steps)
    assert {slide.activity.kind for slide in slides} == set(KINDS)
    link = to_link(plan.steps)
    steps, unknown = from_link(link, strange.known.activities, strange.known.author_of)
    assert [step.activity for step in steps] == list(ACTIVITIES.values())
    assert not unknown
    planned = planned_steps(strange, plan)
    shown_quotes = set()
    for number, stage in places_of(slides):
        shown = Shown(strange, slides, number, stage, {})
        page = parsed(slide_html(shown) + notes_html(shown, planned[shown.slide.step]))
        assert not page.all("script") + page.all("img") + page.all("iframe")
        for quote in page.all("blockquote"):
            passage = strange.passage(quote.attributes["data-passage"] or "")
            assert quote.text == passage.quote
            shown_quotes.add(passage.id)
        if shown.slide.kind == "sort" and not stage:
            assert [one.text for one in page.all("span") if one.text in BINS] == list(BINS)
    assert shown_quotes == set(list(QUOTES)[:4])


def test_a_handout_is_of_its_own_debate():
    """The address of a plan's handout names the debate, so that no other's plan is printed."""
    other = replace(OPENED, id="other")
    assert plan_handout_address(other, "a1-p12") == "/take/plan.html?plan=a1-p12&debate=other"
    assert plan_handout_address(OPENED, "a1-p12") == "/take/plan.html?plan=a1-p12"


def test_the_handout_has_the_title_of_ones_own_plan():
    """It comes in the address, bounded; a ready plan keeps its own, and without one it is ours."""
    address = plan_handout_address(OPENED, "a1-p12", title="<i>T</i>" + "x" * 200)
    query = parse_qs(address.partition("?")[2])
    assert query["title"] == ["<i>T</i>" + "x" * 112]
    assert "<h1>&lt;i&gt;T&lt;/i&gt;xxx" in plan_handout_asked(OPENED, query)
    for plan, title in (("twenty", "Twenty minutes"), ("a1-p12", "My seminar")):
        asked = "another" if plan == "twenty" else "\u0000"
        held = plan_handout_asked(OPENED, {"plan": [plan], "title": [asked]})
        assert f"<h1>{title}</h1>" in held
    assert "title" not in plan_handout_address(OPENED, "a1-p12", title="My seminar")


def test_a_handout_has_no_names_before_its_answers():
    """Sheets hold the quotes with their ids and a blank axis; who wrote them is on the last one."""
    plan = plan_of(OPENED, View(plan="a1-p04-p12.a5.a12"))
    sheets = plan_handout(handout_of(OPENED, plan)).split('<section class="plan-sheet')[1:]
    assert [re.findall("<h2>(.*?)</h2>", sheet) for sheet in sheets] == [
        ["Blind placement"],
        ["Given side, swap, joint statement: Cure"],
        ["Given side, swap, joint statement: Means"],
        ["Answer sheet"],
    ]
    *given, answers = sheets
    assert [re.findall(r'data-passage="(p\d+)"', sheet) for sheet in given] == [
        ["p04", "p12"],
        ["p12", "p03", "p13", "p16"],
        ["p15", "p09", "p20", "p16"],
    ]
    assert ["blank-axis" in sheet for sheet in given] == [True, False, False]
    names = {brief(OPENED, passage).whose_words for passage in OPENED.known.author_of}
    assert not [name for name in names if name in html.unescape("".join(given))]
    assert "Flores 2004" in answers
    assert "Nothing in this plan needs a sheet." in plan_handout(handout_of(OPENED, None))


def test_a_sheet_to_sort_has_a_box_for_each_bin():
    """Beside each quote of a sorting stands a box for every bin; a sheet to place has none."""
    plan = plan_of(OPENED, View(plan="a1-p04.a9-p01-p09"))
    placing, sorting, _ = plan_handout(handout_of(OPENED, plan)).split('class="plan-sheet')[1:]
    boxes = re.findall('<span class="box"></span>([^<]+)', sorting)
    assert boxes == ["Necessary", "Sufficient", "Contributory", "Predictor"] * 2
    assert 'class="box"' not in placing


# One's own plan.


def test_steps_are_moved_and_removed():
    """A step moves by one place, stays at the ends, and the last one to go takes the plan along."""
    plan = Plan("T", (PlanStep("a1"), PlanStep("a2"), PlanStep("a3")))
    assert [s.activity for s in moved(plan, 0, 1).steps] == ["a2", "a1", "a3"]
    assert moved(plan, 0, -1) == plan
    assert [s.activity for s in without_step(plan, 1).steps] == ["a1", "a3"]
    assert without_step(Plan("T", plan.steps[:1]), 0) is None
    full = Plan("T", (PlanStep("a1"),) * 40)
    assert len(with_step(full, "a2").steps) == 40


def test_a_plan_is_made_step_by_step():
    """Activities are added, filled, moved and removed; the link holds all but the notes."""
    app = opened()
    assert "It has no steps yet" in text(app)
    assert "Twenty minutes" in text(app)
    for activity in ("a12", "a1", "a6", "a4"):
        app.selectbox(key="plan_activity").set_value(activity)
        app.button(key="plan_add").click().run()
    assert query(app) == {"plan": ["a12.a1.a6.a4"]}
    app.multiselect(key="plan_passages_1").set_value(["p09", "p12"]).run()
    app.number_input(key="plan_minutes_1").set_value(7).run()
    app.text_area(key="plan_notes_1").set_value("Ask for the words.").run()
    app.button(key="plan_up_1").click().run()
    assert query(app) == {"plan": ["a1_7-p09-p12.a12.a6.a4"]}
    assert app.text_area(key="plan_notes_0").value == "Ask for the words."
    app.button(key="plan_down_0").click().run()
    app.selectbox(key="plan_pair_3").set_value(1).run()
    assert query(app) == {"plan": ["a12.a1_7-p09-p12.a6.a4-p09-p13"]}
    app.button(key="plan_draw_2").click().run()
    (link,) = query(app)["plan"]
    assert re.fullmatch(r"a12\.a1_7-p09-p12\.a6-p\d\d\.a4-p09-p13", link)
    app.text_input(key="plan_title").set_value("Monday <b>").run()
    saved = app.get("download_button")[0]
    assert saved.proto.label == "Save as a file"
    for _ in range(4):
        app.button(key="plan_remove_0").click().run()
    assert query(app) == {}
    assert not app.exception


def test_hands_stay_with_the_steps_they_were_counted_on():
    """A note changes nothing that was counted; another step begins anew."""
    app = opened(plan="a1-p04", hands="1_1-1-2-3")
    assert "./seminar?plan=a1-p04&amp;slide=1&amp;hands=1_1-1-2-3" in text(app)
    app.text_area(key="plan_notes_0").set_value("Slowly.").run()
    assert query(app) == {"plan": ["a1-p04"], "hands": ["1_1-1-2-3"]}
    app.button(key="plan_add").click().run()
    assert set(query(app)) == {"plan"}


def test_a_debate_without_activities_has_those_of_any_debate(tmp_path, monkeypatch):
    """Where a debate names no activities, ready plans and activities are there all the same."""
    folder = write_hostile_debate(tmp_path / "debate")
    (folder / "activities.yaml").unlink()
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = opened()
    assert "A short seminar" in text(app)
    app.button(key="plan_add").click().run()
    assert query(app) == {"plan": ["place"]}


def test_a_debate_with_activities_and_no_plans_says_so(tmp_path, monkeypatch):
    """Where a debate has activities of its own and no plans, the page says that."""
    folder = write_hostile_debate(tmp_path / "debate")
    (folder / "activities.yaml").write_text("activities: [{id: a, title: A, how: So.}]\n")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    assert "This debate has no ready plans." in text(opened())


def test_a_file_is_opened_and_its_problems_are_listed():
    """A sound file replaces the plan, with notes; a broken one names its lines, no more."""
    app = opened(plan="a12")
    app.file_uploader(key="plan_file").upload("plan.yaml", b"title: x\nsteps:\n  - activity: a0\n")
    app.run()
    assert "plan.yaml:3: steps 1: unknown activity" in html.unescape(text(app))
    assert query(app) == {"plan": ["a12"]}
    plan = Plan("Monday", (PlanStep("a1", ("p04",), 5, "Slowly.\nVery."),))
    app = opened(plan="a12")
    app.file_uploader(key="plan_file").upload("plan.yaml", write_plan(plan).encode()).run()
    assert query(app) == {"plan": ["a1_5-p04"]}
    assert app.text_area(key="plan_notes_0").value == "Slowly.\nVery."
    assert app.text_input(key="plan_title").value == "Monday"
    assert read_plan(write_plan(plan).encode(), DEBATE)[0] == plan


# Presenting.


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_place_of_a_plan_can_be_opened(plan):
    """Each slide at its first and last stage is drawn, in both windows, without a fault."""
    slides = laid(plan)
    app = opened(plan=plan, slide="1")
    for number, slide in enumerate(slides, 1):
        app.query_params["slide"] = str(number)
        app.query_params["stage"] = str(len(slide.stages))
        app.run()
        assert not app.exception
        assert f"{number} of {len(slides)}" in text(app)
    app.query_params["show"] = "notes"
    app.run()
    assert "presenter-clock" in text(app)


def test_hands_are_typed_in_and_stand_in_the_link():
    """A count is typed in on its slide, holds in the link, and is shown once it is revealed."""
    app = opened(plan="twenty", slide="2")
    for i, count in enumerate((1, 2, 3, 4, 0, 1, 0)):
        app.number_input(key=f"hands_2_1_{i}").set_value(count)
    app.button(key="FormSubmitter:hands_2_1_form-Count them").click().run()
    assert query(app)["hands"] == ["2_1-1-2-3-4-0-1-0"]
    assert 'class="room-pile"' not in text(app)
    app.query_params["stage"] = "1"
    app.run()
    assert "The room: 11 hands. No claim 1, Vehicle 1, Mostly vehicle 2" in text(app)
    assert read_hands(query(app)["hands"][0]) == {(2, 1): (1, 2, 3, 4, 0, 1, 0)}


def test_notes_are_in_the_presenters_window_alone():
    """The projector's page holds no note, no question, no word of how it goes."""
    app = opened(plan="a1-p04")
    app.text_area(key="plan_notes_0").set_value("A word to myself").run()
    secret = (
        "A word to myself",
        "Debrief:",
        "Which one carries the sentence",
        "If everybody agrees",
    )
    app.query_params["slide"] = "1"
    for stage in range(7):
        app.query_params["stage"] = str(stage)
        app.run()
        held = html.unescape(text(app))
        assert not [one for one in secret if one in held]
        assert 'class="presenter-clock"' not in held
    app.query_params["show"] = "notes"
    app.run()
    assert [one for one in secret if one in html.unescape(text(app))] == list(secret)


def test_a_reason_is_headed_only_where_there_is_one(monkeypatch):
    """A slide with the readings names no number, and has no heading over a missing reason."""
    (slide,) = laid("a1-p18")
    stage = slide.stages.index("readings") + 1
    shown = Shown(OPENED, [slide], 1, stage, {})
    assert "Why the words are at “both, or open”" in slide_html(shown)
    unreasoned = replace(full(OPENED, "p18"), rationale="")
    monkeypatch.setattr("dashboard.seminar.seminar_slides.full", lambda *_: unreasoned)
    assert "Why the words" not in slide_html(shown)


def test_what_a_room_writes_is_collected():
    """Sentences are added to the slide they were written on, and only for this visit."""
    app = opened(plan="a5", slide="2", stage="3")
    prompt = app.text_area(key="lines_2").placeholder
    assert prompt == "One joint sentence naming a condition: for whom, when"
    for line in ("One <b>sentence</b>", "Another"):
        app.text_area(key="lines_2").set_value(line).run()
        app.button(key="lines_2_add").click().run()
    page = parsed(text(app).replace("<br>", ""))
    collected = next(
        n for n in page.all("ul") if "slide-collected" in (n.attributes["class"] or "")
    )
    assert "One <b>sentence</b>" in collected.text
    assert "Another" in collected.text
    assert set(query(app)) == {"plan", "slide", "stage"}


def test_a_strongest_form_is_accepted_or_repaired():
    """Under a passage each form is kept with what its partner said."""
    app = opened(plan="a6-p10", slide="1")
    for mark in ("accepted", "repaired"):
        app.text_area(key="lines_1").set_value(f"Form {mark}").run()
        app.button(key=f"lines_1_{mark}").click().run()
    assert "Form accepted (accepted)" in text(app)
    assert "Form repaired (repaired)" in text(app)


def test_a_second_axis_is_drawn():
    """Ends and places are typed in and drawn; the first axis comes in when it is revealed."""
    app = opened(plan="a10", slide="1")
    app.text_input(key="axis_1_1").set_value("Fast <i>").run()
    app.text_input(key="axis_1_0").set_value("Slow").run()
    app.number_input(key="axis_1_2").set_value(2).run()
    held = text(app)
    assert "Fast &lt;i&gt;" in held
    assert 'aria-label="p03 +2"' in held
    assert held.count('class="upright-mark"') == 1


def test_vignettes_have_guides_and_a_misleading_passage():
    """What would guide and mislead in each scene stands in the table at the end."""
    app = opened(plan="a11", slide="1")
    app.text_area(key="vignette_1_text").set_value("Someone was sent here.").run()
    app.multiselect(key="vignette_1_guides").set_value(["p01", "p09"]).run()
    app.multiselect(key="vignette_1_misleads").set_value(["p12"]).run()
    assert "Someone was sent here." in text(app)
    lines = [" ".join(one.text.split()) for one in parsed(text(app)).all("li")]
    assert [line[:20] for line in lines if re.match(r"p\d\d ", line)] == [
        f"{one} {OPENED.passage(one).quote[:16]}" for one in ("p01", "p09", "p12")
    ]
    app.query_params["slide"] = "4"
    app.run()
    row = next(r for r in parsed(text(app)).all("tr") if "mandated" in r.text)
    assert "p01, p09" in row.text
    assert "p12" in row.text


def kept(app):
    """Give what the browser is told to keep of what was typed."""
    parts = [json.loads(part.proto.json or "{}") for part in app.get("bidi_component")]
    (found,) = [part["typed"] for part in parts if "typed" in part]
    return found


def test_the_browser_keeps_what_was_typed():
    """Sentences, places and guides are told to the browser, by slide and what they are."""
    app = opened(plan="a10.a6-p10", slide="2")
    app.text_area(key="lines_2").set_value("Its strongest <i>form</i>").run()
    app.button(key="lines_2_accepted").click().run()
    assert kept(app) == [[2, "lines", ["Its strongest <i>form</i> (accepted)"]]]


KEPT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)
NAMED = st.sampled_from(["lines", "low", "at p03", "guides", "misleads", "text"]) | st.text()


def sound(what, value):
    """Say whether a value is one that can be typed there."""
    if what in ("lines", "guides", "misleads"):
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    if what.startswith("at "):
        return value is None or (type(value) is int and -2 <= value <= 2)
    return isinstance(value, str)


@quick
@given(st.lists(st.tuples(st.integers(-1, 5), NAMED, KEPT).map(list) | KEPT, max_size=5) | KEPT)
def test_what_a_browser_kept_is_taken_back_in_its_form(rows):
    """Whatever a browser sends for what was typed, only what can be typed is taken back."""
    found = sound_rows(rows)
    assert all(sound(what, value) for (_, what), value in found.items())


def test_what_was_typed_is_taken_back_whole():
    """What can be typed comes back as it was."""
    rows = [[1, "lines", ["One", "Two"]], [1, "at p03", -2], [2, "text", "A scene."]]
    rows += [[2, "guides", ["p01", "p09"]], [2, "misleads", ["p12"]], [1, "low", "Slow"]]
    assert sound_rows(rows) == {(number, what): value for number, what, value in rows}


def test_a_link_without_slides_is_prepared():
    """A slide asked for without a plan leads to where one is prepared, and says what is unknown."""
    app = opened(plan="nothing", slide="3")
    assert "There is no activity “nothing”" in text(app)
    assert "Ready plans" in text(app)
    assert to_link(plan_of(OPENED, View(plan="a1_0-p04")).steps) == "a1-p04"
