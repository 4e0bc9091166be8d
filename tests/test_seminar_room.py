"""A room in the seminar: what each place asks it, what it shows, and who may lead it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from components.room_sheet import room_sheet_file
from dashboard.debate.slides import places_of, slides_of
from dashboard.reading import brief
from dashboard.rooms.ballots import SELF
from dashboard.rooms.codes import spaced_code
from dashboard.rooms.errors import RoomsUnavailable
from dashboard.rooms.rooms import Rooms
from dashboard.rooms.storage import Storage
from dashboard.seminar import seminar_room
from dashboard.seminar.presenter import rooms_held
from dashboard.seminar.room_questions import asked
from dashboard.seminar.room_sheet import room_sheet_of
from dashboard.seminar.room_votes import Key, asked_at, keys_of, revealed_at, turn_to, votes_at
from dashboard.seminar.seminar_slides import Shown, slide_html
from dashboard.view import View
from dashboard.web.room_pages import ballot_page
from tests.asking import page_at
from tests.strategies import parsed, plan_steps, quick
from tests.test_pages import query, text
from tests.test_seminar import DEBATE, OPENED, laid


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """Give empty rooms, which the page uses, in a browser that presents all of them."""
    storage = Storage(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    one = Rooms(storage)
    monkeypatch.setattr(seminar_room, "open_rooms", lambda: one)
    monkeypatch.setattr(seminar_room, "presenter_of", lambda _cookies, _code: True)
    yield one
    storage.close()


@pytest.fixture
def room(rooms):
    """Give a new room on the shipped debate."""
    return rooms.open_room(OPENED.name).room


def step_to(rooms, room, slides, number, stage, *, stepped=True):
    """Step to a place, as the presenter does."""
    keys = keys_of(slides)
    now = rooms.room(room.code)
    turn_to(rooms, now, keys, slides[number - 1], stage, stepped=stepped)
    return votes_at(rooms, room.code, keys, slides[number - 1], stage)


def drawn(slides, number, stage, votes) -> str:
    """Give the text and the HTML of a slide with a room's votes."""
    shown = Shown(OPENED, slides, number, stage, {}, room=votes, join="host/join")
    return html.unescape(slide_html(shown))


def cast(rooms, room, number, values) -> None:
    """Let a person for each value vote."""
    for person, value in enumerate(values):
        rooms.cast(room.code, f"person {person}", number, value)


def test_each_vote_is_a_question_of_its_own():
    """The same quote asked about again is a further round; a gloss is another text."""
    assert keys_of(laid("a1-p04.a2-p04.a3-p04.a12.a9-p04.a12.a12")) == {
        (1, 1): Key("p04", "quote", 1),
        (2, 1): Key("p04", "quote", 2),
        (2, 2): Key("p04", "quote", 3),
        (5, 1): Key("p04", "quote", 4),
        (5, 2): Key("p04", "gloss", 1),
        (7, 1): Key("p04", "sort 4 a9", 1),
        (6, 1): Key(SELF, "self", 1),
        (6, 2): Key(SELF, "self", 2),
    }


@quick
@given(plan_steps())
def test_nothing_is_shown_while_it_is_asked(steps):
    """Of any plan, no place asks a round and shows it; what is shown was asked before or there."""
    slides = slides_of(DEBATE, steps)
    keys = keys_of(slides)
    assert len(set(keys.values())) == len(keys)
    asked = set()
    for number, stage in places_of(slides):
        slide = slides[number - 1]
        now = keys.get((slide.vote, asked_at(slide, stage)))
        shown = {keys.get((slide.vote, one)) for one in revealed_at(slide, stage)} - {None}
        assert now not in shown
        assert shown <= asked
        asked |= {now} - {None}


def test_stepping_asks_closes_and_reveals(rooms, room):
    """A vote opens with its slide, closes with the next thing, and is shown from its stage on."""
    slides = laid("a2-p04")
    first = step_to(rooms, room, slides, 1, 0)
    assert first.asked.is_open
    cast(rooms, room, 1, "001234n")
    assert "received" not in drawn(slides, 1, 0, first)
    step_to(rooms, room, slides, 2, 0)
    assert not rooms.question(room.code, 1).is_open
    again = step_to(rooms, room, slides, 1, 0, stepped=False)
    assert not again.asked.is_open
    assert "This vote is closed." in drawn(slides, 1, 0, again)
    assert step_to(rooms, room, slides, 1, 0).asked.is_open
    step_to(rooms, room, slides, 3, 0)
    cast(rooms, room, 2, "111234n")
    votes = step_to(rooms, room, slides, 3, 1)
    shown = drawn(slides, 3, 1, votes)
    assert "First vote: 7 ballots. No claim 1, Vehicle 2, Mostly vehicle 1" in shown
    assert "Second vote: 7 ballots. No claim 1, Vehicle 0, Mostly vehicle 3" in shown
    assert "2 of 7 who voted twice moved: 2 from Vehicle to Mostly vehicle." in shown
    back = step_to(rooms, room, slides, 3, 0)
    assert not back.asked.is_open
    assert rooms.question(room.code, 2).is_revealed


def test_a_vote_that_was_revealed_too_early_goes_on(rooms, room):
    """With too few ballots a step back opens the vote again; once it was shown it stays closed."""
    slides = laid("twenty")
    step_to(rooms, room, slides, 1, 0)
    cast(rooms, room, 1, "012")
    assert "3 ballots received." in drawn(slides, 1, 1, step_to(rooms, room, slides, 1, 1))
    assert not rooms.question(room.code, 1).is_open
    assert step_to(rooms, room, slides, 1, 0).asked.is_open
    cast(rooms, room, 1, "01234")
    shown = step_to(rooms, room, slides, 1, 1)
    assert "5 ballots" in drawn(slides, 1, 1, shown)
    back = step_to(rooms, room, slides, 1, 0)
    assert not back.asked.is_open
    assert back.is_final


def test_the_presenter_opens_again_what_was_revealed_too_early(rooms, room):
    """Below the least the window leads back to the vote; a vote that was shown has no such way."""
    app = opened(plan="a1-p04", slide="1", room=room.code, show="notes")
    app.query_params["stage"] = "1"
    app.run()
    back = '<button type="button" class="plain-button" data-place="1.0">Open the vote again'
    assert back in text(app)
    other = opened(plan="a1-p04", slide="1", room=room.code, show="notes")
    assert other.button(key="room_vote").label == "Open the vote again"
    other.button(key="room_vote").click().run()
    cast(rooms, room, 1, "01234")
    rooms.reveal(room.code, 1)
    app.run()
    assert back not in text(app)
    last = opened(plan="a1-p04", slide="1", room=room.code, show="notes")
    assert "room_vote" not in [button.key for button in last.button]


def test_hands_among_the_ballots_move_nowhere(rooms, room):
    """Hands are counted with the ballots, and then who moved where is not told."""
    slides = laid("a2-p04")
    step_to(rooms, room, slides, 1, 0)
    cast(rooms, room, 1, "00123")
    rooms.type_hands(room.code, 1, {"0": 3})
    step_to(rooms, room, slides, 3, 0)
    cast(rooms, room, 2, "11123")
    shown = drawn(slides, 3, 1, step_to(rooms, room, slides, 3, 1))
    assert "First vote: 5 ballots, 3 hands. No claim 0, Vehicle 5" in shown
    assert "who moved where is not known" in shown.lower()


@pytest.mark.parametrize("ballots", ["0", "0123"])
def test_hands_are_shown_where_the_ballots_are_too_few(rooms, room, ballots):
    """Seven hands stand in a row of their own; the few ballots beside them stay a number."""
    slides = laid("a9-p01-p09-p10-p11")
    step_to(rooms, room, slides, 1, 0)
    cast(rooms, room, 1, ballots)
    rooms.type_hands(room.code, 1, {"0": 3, "1": 4})
    held = drawn(slides, 1, 1, step_to(rooms, room, slides, 1, 1))
    assert "The room, show of hands: 7 hands. Necessary 3, Sufficient 4, Contributory 0" in held
    number = "1 ballot" if len(ballots) == 1 else "4 ballots"
    assert f"{number} not among them: shown from 5 up." in held
    last = parsed(drawn(slides, 5, 0, step_to(rooms, room, slides, 5, 0)))
    assert " ".join(last.all("tr")[1].text.split()).endswith("3400")


def test_few_hands_beside_few_ballots(rooms, room):
    """Of too few hands and too few ballots each number is told, and no answer."""
    slides = laid("a1-p04")
    step_to(rooms, room, slides, 1, 0)
    cast(rooms, room, 1, "01")
    rooms.type_hands(room.code, 1, {"0": 3})
    held = drawn(slides, 1, 1, step_to(rooms, room, slides, 1, 1))
    assert "The room, show of hands: 3 hands counted. 2 ballots not among them" in held
    assert "Vehicle 3" not in held


def test_hands_beside_few_ballots_before_and_after(rooms, room):
    """Hands are shown before and after alike, and nobody's way where a round had ballots."""
    slides = laid("a12.a1-p04.a12")
    step_to(rooms, room, slides, 1, 0)
    cast(rooms, room, 1, "0")
    rooms.type_hands(room.code, 1, {"0": 6})
    step_to(rooms, room, slides, 3, 0)
    cast(rooms, room, 2, "44444")
    held = drawn(slides, 3, 1, step_to(rooms, room, slides, 3, 1))
    assert "Before, show of hands: 6 hands. No claim 0, Vehicle 6" in held
    assert "After: 5 ballots" in held


def test_too_few_are_not_shown(rooms, room):
    """Four ballots are a number; lowered they are shown, but never where people stand."""
    slides = laid("a1-p04.a12")
    for number, place in ((1, 1), (2, 2)):
        step_to(rooms, room, slides, place, 0)
        cast(rooms, room, number, "0123")
        held = drawn(slides, place, 1, step_to(rooms, room, slides, place, 1))
        assert "4 ballots received." in held
        assert "Mostly vehicle 1" not in held
    rooms.lower_least(room.code, 3)
    keys = keys_of(slides)
    votes = [votes_at(rooms, room.code, keys, slides[at], 1) for at in (0, 1)]
    assert "Mostly vehicle 1" in drawn(slides, 1, 1, votes[0])
    assert "Mostly vehicle 1" not in drawn(slides, 2, 1, votes[1])


def test_the_quote_against_the_gloss(rooms, room):
    """The gloss is asked when it is shown, and both votes are shown together."""
    slides = laid("a3-p04")
    assert step_to(rooms, room, slides, 1, 0).asked.text == "quote"
    cast(rooms, room, 1, "00000")
    assert step_to(rooms, room, slides, 1, 1).asked.text == "gloss"
    assert not rooms.question(room.code, 1).is_open
    cast(rooms, room, 2, "44444")
    shown = drawn(slides, 1, 2, step_to(rooms, room, slides, 1, 2))
    assert "The quote: 5 ballots. No claim 0, Vehicle 5" in shown
    assert re.search(r"The gloss: 5 ballots\. [^.]*Cure 5", shown)


def test_before_and_after(rooms, room):
    """Where people stand is shown before and after, and nobody's way from one to the other."""
    slides = laid("a12.a1-p04.a12")
    step_to(rooms, room, slides, 1, 0)
    cast(rooms, room, 1, "00000")
    step_to(rooms, room, slides, 3, 0)
    cast(rooms, room, 2, "44444")
    shown = drawn(slides, 3, 1, step_to(rooms, room, slides, 3, 1))
    assert "Before: 5 ballots. No claim 0, Vehicle 5" in shown
    assert "After: 5 ballots" in shown
    assert "moved" not in shown


def test_a_room_sorts_into_bins(rooms, room):
    """The bins are what a ballot offers; the votes are shown in them, and the last slide follows.

    What was not shown, or by too few, or for two bins alike, is left open there.
    """
    slides = laid("a9-p01-p09-p10-p11")
    for number, values in enumerate(("00012", "00112", "2222", "33333"), 1):
        votes = step_to(rooms, room, slides, number, 0)
        assert votes.asked.is_open
        assert "Sufficient" in drawn(slides, number, 0, votes)
        assert "This vote" not in drawn(slides, number, 0, votes)
        cast(rooms, room, number, values)
        if number < 4:
            shown = drawn(slides, number, 1, step_to(rooms, room, slides, number, 1))
    assert "4 ballots received." in shown
    first = votes_at(rooms, room.code, keys_of(slides), slides[0], 1)
    assert "The room: 5 ballots. Necessary 3, Sufficient 1, Contributory 1, Predictor 0" in (
        drawn(slides, 1, 1, first)
    )
    last = parsed(drawn(slides, 5, 0, step_to(rooms, room, slides, 5, 0)))
    told = [" ".join(one.text.split()) for one in last.all("tr")][1:]
    assert [one[:3] for one in told] == ["p01", "p09", "p10", "p11"]
    assert told[0].endswith("3110")
    assert told[1].endswith("undecided2210")
    assert told[2].endswith("4 ballots, not shown")
    assert told[3].endswith("5 ballots, not shown")
    step_to(rooms, room, slides, 4, 1)
    last = parsed(drawn(slides, 5, 0, step_to(rooms, room, slides, 5, 0)))
    told = [" ".join(one.text.split()) for one in last.all("tr")][1:]
    assert [one[:3] for one in told] == ["p01", "p11", "p09", "p10"]
    assert told[1].endswith("0005")


def test_words_are_shown_with_the_votes(rooms, room):
    """What people wrote is text, shown only once revealed, and not when it was hidden."""
    slides = laid("a1-p04")
    step_to(rooms, room, slides, 1, 0)
    for person, words in enumerate(("<b>xyzzy</b>", "plugh", "", "", "")):
        rooms.cast(room.code, f"person {person}", 1, "0", words)
    before = votes_at(rooms, room.code, keys_of(slides), slides[0], 0)
    assert "xyzzy" not in drawn(slides, 1, 0, before)
    rooms.hide(room.code, 1, rooms.words(room.code, 1)[1].id)
    votes = step_to(rooms, room, slides, 1, 1)
    shown = slide_html(Shown(OPENED, slides, 1, 1, {}, room=votes))
    assert "&lt;b&gt;xyzzy&lt;/b&gt;" in shown
    assert "plugh" not in shown


def test_the_words_of_both_votes_are_shown(rooms, room):
    """After the second vote the slide has the words of each under its name, all to be hidden."""
    slides = laid("a2-p04")
    for number, vote in ((1, 1), (3, 2)):
        step_to(rooms, room, slides, number, 0)
        for person in range(5):
            words = f"word {person} of {vote}" if person < 2 else ""
            rooms.cast(room.code, f"person {person}", vote, "0", words)
    step_to(rooms, room, slides, 3, 1)
    rooms.hide(room.code, 1, rooms.words(room.code, 1)[1].id)
    shown = parsed(drawn(slides, 3, 2, step_to(rooms, room, slides, 3, 2)))
    (told,) = [one.text for one in shown.all("section") if "First vote" in one.text]
    assert told.endswith("First voteword 0 of 1Second voteword 0 of 2word 1 of 2")
    app = opened(plan="a2-p04", slide="3", stage="2", room=room.code, show="notes")
    parts = [str(one.proto) for one in app.get("bidi_component")]
    assert any("word 1 of 1" in one for one in parts)
    assert "words, first vote" in text(app)
    assert "words, second vote" in text(app)


def test_the_words_of_a_first_vote_of_few_stay_unseen(rooms, room):
    """Four ballots in the first vote keep its words back, however many vote the second time."""
    slides = laid("a2-p04")
    for number, vote, people in ((1, 1, 4), (3, 2, 5)):
        step_to(rooms, room, slides, number, 0)
        for person in range(people):
            rooms.cast(room.code, f"person {person}", vote, "0", f"xyzzy {vote}")
    held = drawn(slides, 3, 2, step_to(rooms, room, slides, 3, 2))
    assert "xyzzy 2" in held
    assert "xyzzy 1" not in held


@pytest.mark.parametrize("hands", [{}, {"0": 9}])
def test_words_of_too_few_wait_with_the_votes(rooms, room, hands):
    """What four people wrote is shown no sooner than their votes, however many hands there are."""
    slides = laid("a1-p04")
    step_to(rooms, room, slides, 1, 0)
    for person in range(4):
        rooms.cast(room.code, f"person {person}", 1, "0", "xyzzy")
    rooms.type_hands(room.code, 1, hands)
    assert "xyzzy" not in drawn(slides, 1, 1, step_to(rooms, room, slides, 1, 1))
    rooms.lower_least(room.code, 4)
    assert "xyzzy" in drawn(slides, 1, 1, step_to(rooms, room, slides, 1, 1))


def test_what_comes_next_names_no_number(rooms, room):
    """A vote that goes on has no number in the preview, where it would grow old; shown ones do."""
    app = opened(plan="a1-p04", slide="1", room=room.code, show="notes")
    held = text(app)
    assert "The votes will stand here." in held
    assert "ballots received" not in held
    cast(rooms, room, 1, "01234")
    app.query_params["stage"] = "1"
    app.run()
    assert "The votes will stand here." not in text(app)


STOPS = "(the excerpt stops here)"


def test_a_cut_excerpt_says_so_wherever_it_is_read(rooms, room):
    """On the slide, the phone and the sheet; a gloss and a whole quote have no such marker."""
    cut = {p.id for p in DEBATE.passages if brief(OPENED, p.id).stops_here}
    assert {"p01", "p18", "p20"} <= cut
    asked_about = [("p01", "quote"), ("p18", "sort 4 a9"), ("p18", "gloss"), ("p04", "quote")]
    for item, what in asked_about:
        one = rooms.ask(room.code, item, what)
        seen = rooms.seen(room.code, "t")
        page = ballot_page(seen, asked(OPENED, one))
        assert (STOPS in page) == (item in cut and what != "gloss"), (item, what)
        rooms.cast(room.code, "t", one.number, "1")
    assert room_sheet_file(room_sheet_of(OPENED, rooms, room.code)).count(STOPS) == 2
    sides = drawn(laid("a5"), 2, 0, None)
    held = [one for side in laid("a5")[1].activity.sides for one in side.passages]
    assert sides.count(STOPS) == len([one for one in held if one in cut])


def test_where_one_stands_no_passage_is_spoken_of(rooms, room):
    """The slide says of no claim what the phone says: one takes no position oneself."""
    slides = laid("a12")
    votes = step_to(rooms, room, slides, 1, 0)
    page = ballot_page(rooms.seen(room.code, "t"), asked(OPENED, votes.asked))
    for held in (drawn(slides, 1, 0, votes), html.unescape(page)):
        assert "I do not take a position." in held
        assert "This passage" not in held


@pytest.mark.parametrize(("plan", "seen"), [("a12", False), ("a1-p04", True)])
def test_reasons_for_where_one_stands_are_shown_to_nobody(rooms, room, plan, seen):
    """The wall and the presenter's list have the words on a passage, never those on oneself."""
    slides = laid(plan)
    app = opened(plan=plan, slide="1", room=room.code, show="notes")
    for person in range(5):
        rooms.cast(room.code, f"person {person}", 1, "0", "xyzzy")
    listed = []
    for stage in ("", "1"):
        app.query_params["stage"] = stage
        app.run()
        listed.append("xyzzy" in " ".join(str(part.proto) for part in app.get("bidi_component")))
    votes = votes_at(rooms, room.code, keys_of(slides), slides[0], 1)
    assert ("xyzzy" in drawn(slides, 1, 1, votes)) == ("xyzzy" in text(app)) == seen
    assert listed == [seen, seen]


# The page.


def opened(**asked: str) -> AppTest:
    """Open the seminar at a link."""
    return page_at("seminar", **asked)


def data_of(app: AppTest, name: str) -> dict:
    """Give what a part of the page was given."""
    found = [json.loads(part.proto.json or "{}") for part in app.get("bidi_component")]
    return next(one for one in found if name in one)


def test_the_projector_asks_and_shows_a_number_alone(rooms, room):
    """The page of a vote asks the room once, and holds where the number is to be had, no count."""
    app = opened(plan="a1-p04", slide="1", room=room.code)
    (question,) = rooms.questions(room.code)
    assert (question.item, question.text, question.is_open) == ("p04", "quote", True)
    assert data_of(app, "address")["address"] == f"./r/{room.code}/received?question=1"
    assert spaced_code(room.code) in text(app)
    rooms.close(room.code, 1)
    app.run()
    assert not rooms.question(room.code, 1).is_open


def test_a_tab_that_is_opened_again_only_looks(rooms, room):
    """At an old slide it asks and reveals nothing by itself; a step or a button asks."""
    first = opened(plan="a1-p04.a1-p12.a1-p09", slide="1", room=room.code)
    first.query_params["slide"] = "2"
    first.run()
    assert [one.item for one in rooms.questions(room.code)] == ["p04", "p12"]
    for slide, stage in (("1", ""), ("1", "1"), ("3", "")):
        opened(plan="a1-p04.a1-p12.a1-p09", slide=slide, stage=stage, room=room.code)
        assert rooms.room(room.code).asking == 2
        assert rooms.question(room.code, 2).is_open
        assert not rooms.question(room.code, 1).is_revealed
        assert len(rooms.questions(room.code)) == 2
    again = opened(plan="a1-p04.a1-p12.a1-p09", slide="3", room=room.code, show="notes")
    assert again.button(key="room_vote").label == "Ask the room"
    again.button(key="room_vote").click().run()
    assert rooms.question(room.code, 3).item == "p09"
    assert rooms.room(room.code).asking == 3
    again.query_params["slide"] = "1"
    again.run()
    assert rooms.room(room.code).asking == 1
    assert rooms.question(room.code, 1).is_open


def test_the_join_slide(rooms, room):
    """It has the code, the QR and what is stored; while it is shown nothing is asked."""
    app = opened(plan="a1-p04", slide="1", room=room.code, show="join")
    held = text(app)
    assert f">{spaced_code(room.code)}</p>" in held
    assert f"./r/{room.code}/qr.svg" in held
    assert "All of it is deleted after 24 hours." in held
    assert rooms.questions(room.code) == ()


def test_the_presenter_leads_the_room(rooms, room):
    """Close and open, count hands, lower the least and forget, the last two only with a yes."""
    app = opened(plan="a1-p04", slide="1", room=room.code, show="notes")
    app.button(key="room_vote").click().run()
    assert not rooms.question(room.code, 1).is_open
    app.button(key="room_vote").click().run()
    assert rooms.question(room.code, 1).is_open
    app.number_input(key="hands_1_1_4").set_value(6)
    app.button(key="FormSubmitter:hands_1_1_form-Count them").click().run()
    assert rooms.hands(room.code, 1)["4"] == 6
    assert "hands" not in query(app)
    assert f"./rooms/{room.code}/handout.html?plan=a1-p04" in text(app)
    assert app.button(key="room_least_set").disabled
    app.checkbox(key="room_least_sure").check().run()
    app.number_input(key="room_least").set_value(2).run()
    app.button(key="room_least_set").click().run()
    assert rooms.room(room.code).least == 2
    assert app.button(key="room_forget").disabled
    app.checkbox(key="room_forget_sure").check().run()
    app.button(key="room_forget").click().run()
    assert "room" not in query(app)
    assert not app.exception
    assert "The room is forgotten: its votes and words are deleted." in text(app)
    with pytest.raises(Exception, match="There is no room of this code"):
        rooms.room(room.code)


def test_who_does_not_present_is_told_so(rooms, room, monkeypatch):
    """Without its cookie a browser asks nothing, shows no vote and says why."""
    monkeypatch.setattr(seminar_room, "presenter_of", lambda _cookies, _code: False)
    for show in ("", "notes", "join"):
        app = opened(plan="a1-p04", slide="1", room=room.code, show=show)
        assert "This browser does not present a room" in text(app)
        assert rooms.questions(room.code) == ()
        assert "room_forget" not in [button.key for button in app.button]


@pytest.mark.parametrize("code", ["nocode", "347"])
def test_what_is_no_code_is_said(rooms, code):  # noqa: ARG001
    """The slide is there, with a sentence and a way to open another room."""
    app = opened(plan="a1-p04", slide="1", room=code)
    assert "There is no room" in text(app)
    assert 'action="./rooms"' in text(app)


@pytest.mark.parametrize("show", ["", "notes", "join"])
def test_no_room_is_found_by_asking_for_its_slides(rooms, room, show, monkeypatch):  # noqa: ARG001
    """Who presents no room is told the same of one that is there and of one that is not."""
    monkeypatch.setattr(seminar_room, "presenter_of", lambda _cookies, _code: False)
    told = []
    for code in (room.code, "XXXXXX"):
        app = opened(plan="a1-p04", slide="1", room=code, show=show)
        told.append(text(app).replace(code, "").replace(f"{code[:3]} {code[3:]}", ""))
    assert told[0] == told[1]
    assert "This browser does not present a room" in told[0]
    assert 'action="./rooms"' in told[0]


def test_who_presented_a_room_learns_that_it_is_gone(rooms, room, monkeypatch):
    """Where a room ends while it is presented, its presenter is told so."""
    app = opened(plan="a1-p04", slide="1", room=room.code, show="notes")
    assert not app.exception
    rooms.forget(room.code)
    monkeypatch.setattr(seminar_room, "presenter_of", lambda _cookies, _code: False)
    app.run()
    assert "There is no room" in text(app)


def test_a_room_of_another_debate_is_not_asked(rooms):
    """A room that was opened on another debate is said to be one."""
    other = rooms.open_room("another").room
    app = opened(plan="a1-p04", slide="1", room=other.code)
    assert "was opened on another debate" in text(app)
    assert rooms.questions(other.code) == ()


def test_while_rooms_are_away_the_slides_go_on(rooms, room, monkeypatch):
    """Without the database the slide is there with a notice; afterwards all is as it was."""

    def away():
        raise RoomsUnavailable("The rooms cannot be reached just now.")

    with monkeypatch.context() as patch:
        patch.setattr(seminar_room, "open_rooms", away)
        for plan, slide in (("a1-p04", "1"), ("a2-p04", "3"), ("a9-p04", "1")):
            app = opened(plan=plan, slide=slide, stage="1", room=room.code)
            assert "The rooms cannot be reached just now." in text(app)
            assert "room-slide" in text(app)
            assert "0 hands" not in text(app)
        app = opened(plan="a1-p04", slide="1", room=room.code)
    app.run()
    assert not app.exception
    assert "cannot be reached" not in text(app)
    assert rooms.question(room.code, 1).is_open
    assert query(app)["room"] == [room.code]


def test_rooms_open_from_where_one_prepares(rooms):  # noqa: ARG001
    """Each plan opens a room in one click, and the first thing shown is how to join it."""
    held = text(opened())
    assert 'value="plan=twenty&amp;slide=1&amp;show=join"' in held


def test_the_handout_of_a_room_from_where_one_prepares(rooms, room, monkeypatch):  # noqa: ARG001
    """Its presenter's plan leads to the handout with the results, anybody else's without them."""
    place = f"/rooms/{room.code}/handout.html?plan=a1-p04"
    for secret in ("", "secret"):
        monkeypatch.setattr(seminar_room, "presenter_secret", lambda *_, held=secret: held)
        assert (place in text(opened(plan="a1-p04", room=room.code))) == bool(secret)


def test_a_room_is_gone_on_with_from_where_one_prepares(rooms, room, monkeypatch):
    """Its presenter is told of it, and every plan goes on with it; nobody else learns of it."""
    told = f"You present room {spaced_code(room.code)}: choose the plan to go on with."
    links = [f"plan={plan}&amp;slide=1&amp;room={room.code}" for plan in ("twenty", "ninety")]
    monkeypatch.setattr(seminar_room, "presenter_secret", lambda *_: "")
    held = text(opened(room=room.code))
    assert [one for one in (told, *links) if one in held] == []
    monkeypatch.setattr(seminar_room, "presenter_secret", lambda *_: "secret")
    held = text(opened(room=room.code))
    assert all(one in held for one in (told, *links))
    assert 'action="./rooms"' not in held
    rooms.forget(room.code)
    held = text(opened(room=room.code))
    assert told not in held
    assert 'action="./rooms"' in held


def test_a_room_left_open_is_spoken_of_where_one_prepares(rooms, room, monkeypatch):
    """Without it in the link, its presenter reads how to go on with it or close it; nobody else."""
    told = f"Your room {spaced_code(room.code)} is still open."
    monkeypatch.setattr(seminar_room, "rooms_held", lambda _cookies: ["XXXXXX", room.code])
    held = text(opened(plan="a2-p04"))
    assert told in held
    assert f'href="./seminar?plan=a2-p04&amp;room={room.code}"' in held
    assert f'action="./rooms/{room.code}/forget"' in held
    assert "plan=twenty&amp;slide=1" in held
    monkeypatch.setattr(seminar_room, "presenter_of", lambda _cookies, _code: False)
    assert told not in text(opened(plan="a2-p04"))
    monkeypatch.setattr(seminar_room, "presenter_of", lambda _cookies, _code: True)
    rooms.forget(room.code)
    other = rooms.open_room("another").room.code
    monkeypatch.setattr(seminar_room, "rooms_held", lambda _cookies: [room.code, other])
    assert "is still open" not in text(opened(plan="a2-p04"))


def test_a_browser_holds_the_rooms_of_its_cookies():
    """The rooms of a browser are those of which it holds a secret, under names that are codes."""
    held = {"room-DY73WH": "s", "person": "t", "room-nocode": "u", "room-": "v"}
    assert rooms_held(held) == ["DY73WH"]


def test_one_goes_on_where_the_room_is_asked(rooms, room, monkeypatch):
    """From where one prepares a link leads to the slide whose question the phones show."""
    monkeypatch.setattr(seminar_room, "presenter_secret", lambda *_: "secret")
    slides = laid("a12.a2-p04")
    for number in (1, 2, 4):
        step_to(rooms, room, slides, number, 0)
        held = text(opened(plan="a12.a2-p04", room=room.code))
        there = f"plan=a12.a2-p04&amp;slide={number}&amp;room={room.code}"
        assert f'href="./seminar?{there}">Go on with “My seminar”' in held
        assert f'action="./rooms/{room.code}/forget"' in held


def test_another_plan_asks_the_room_and_says_so_until_it_does(rooms, room):
    """Turned to in the same window, another plan's first question is asked at once.

    A window that was just opened only looks; the presenter's says that the phones show another's.
    """
    app = opened(plan="a1-p04", slide="1", room=room.code)
    assert rooms.question(room.code, 1).item == "p04"
    fresh = opened(plan="a1-p12", slide="1", room=room.code, show="notes")
    assert "The phones still show a question of another plan." in text(fresh)
    assert len(rooms.questions(room.code)) == 1
    app.query_params["plan"] = "a1-p12"
    app.run()
    assert rooms.question(room.code, 2).item == "p12"
    assert not rooms.question(room.code, 1).is_open
    fresh.run()
    assert "another plan" not in text(fresh)
    rooms.close(room.code, 2)
    other = opened(plan="a5", slide="1", room=room.code, show="notes")
    assert "another plan" not in text(other)


def test_the_presenters_link_leads_to_the_slide(rooms, room, monkeypatch):  # noqa: ARG001
    """What is copied holds the plan and the place, and no address but it holds the secret."""
    monkeypatch.setattr(seminar_room, "presenter_secret", lambda *_: "xyzzy")
    app = opened(plan="a1-p04", slide="1", stage="1", room=room.code, show="notes")
    link = data_of(app, "copies")["copies"]["presenter"]
    assert link.endswith("present/xyzzy?plan=a1-p04&slide=1&stage=1")
    assert "xyzzy" not in text(app)


def test_no_room_on_a_debate_of_a_visit():
    """A debate that only one browser holds has no room, since no phone could see it."""
    visit = replace(OPENED, for_visit=True)
    assert seminar_room.room_place(visit, View(plan="a1-p04")) == ""
    assert seminar_room.room_form(visit, View(plan="a1-p04")) == ""
    assert seminar_room.room_place(OPENED, View(plan="a1-p04", hands="1_1-5")) == (
        "plan=a1-p04&hands=1_1-5"
    )
    long = seminar_room.room_place(OPENED, View(plan="a1-p04", hands="1_1-5." * 400))
    assert long == "plan=a1-p04"


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:8501/", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]:80/", True),
        ("/", True),
        ("http://192.168.1.4:8501/", False),
        ("https://seminar.example.org/", False),
    ],
)
def test_local_addresses(address, local):
    """An address that no phone can reach is known as one."""
    assert seminar_room.is_local(address) is local
