"""What a room voted, as HTML: every ballot in its place, nothing too early, nothing that runs."""

import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.movement import SIGNS, moved
from components.position_map import Step
from components.room_results import (
    BARS_FROM,
    Asked,
    Bins,
    Places,
    Vote,
    before_and_after,
    left,
    one_vote,
    place_of,
    quote_against_gloss,
    sorted_vote,
    two_votes,
    vote_said,
)
from components.room_words import room_words
from dashboard.debate.positions import Span
from dashboard.seminar.room_marks import RoomMarks
from tests.strategies import HOSTILE, parsed, quick, shipped, texts
from tests.test_movement import PEOPLE, votes_of

STEPS = [Step(tick.value, tick.label, tick.help) for tick in shipped().debate.axis.ticks]
PLACES = Places(STEPS, "No claim", "The question is wrong")
COUNTS = st.dictionaries(st.sampled_from(SIGNS), st.integers(0, 60))
ROOM = {"n": 2, "0": 3, "1": 8, "2": 4, "3": 5, "w": 1}


PASSAGE = RoomMarks(
    {"A": -1.0, "B": -1.0, "C": 0.0, "D": None},
    {"A": 1.0, "B": 2.0},
    -1.0,
    1.0,
    True,
    True,
    "mostly vehicle",
    "mostly cure",
    2,
    Span(-2.0, 0.5),
    "Someone, 3 other passages: from vehicle to both",
)
ALL = Asked(readings=True, words=True, gloss=True, school=True, span=True)


def piles(html):
    """Give for each vote drawn what stands over each place: the number and the signs for it."""
    found = []
    for vote in html.split('class="room-piles')[1:]:
        pile = {}
        for part in vote.split('class="room-pile"')[1:]:
            sign = re.search(r'data-place="(.)"', part)[1]
            number = re.search(r'class="room-count(?: none)?">(\d+)<', part)[1]
            drawn = part.split('class="room-row')[0]
            pile[sign] = (int(number), drawn.count("ballot-dot"), drawn.count("room-bar"))
        found.append(pile)
    return found


@quick
@given(COUNTS)
def test_every_ballot_is_drawn_in_its_place(counts):
    """Below 40 one dot a ballot, above bars; the number stands on each place, 0 as well."""
    html = one_vote(Vote("Vote", counts, least=1), PLACES, table="open")
    total = sum(counts.values())
    if not total:
        assert piles(html) == []
        return
    few = total < BARS_FROM
    assert piles(html) == [
        {
            sign: (n, n if few else 0, 0 if few else int(n > 0))
            for sign in SIGNS
            for n in [counts.get(sign, 0)]
        }
    ]
    rows = [element.text for element in parsed(html).all("td")]
    assert rows == [str(counts.get(sign, 0)) for sign in SIGNS]


def test_the_axis_is_the_map_s_with_two_lanes_apart():
    """Five even steps; no claim lies left of them, the wrong question right, both further off."""
    steps = [place_of(sign) for sign in "01234"]
    assert steps == [22.0, 36.0, 50.0, 64.0, 78.0]
    assert [left(value) for value in (-2, -1, 0, 1, 2)] == steps
    assert left(None) == place_of("n") == 6.0
    assert steps[0] - place_of("n") == place_of("w") - steps[-1] == 16.0
    heads = [x for x in parsed(one_vote(Vote("V", ROOM), PLACES)).all("span") if x.text]
    labels = [tick.label for tick in shipped().debate.axis.ticks]
    assert [x.text for x in heads][:7] == ["No claim", *labels, "The question is wrong"]


@pytest.mark.parametrize("number", [0, 1, 4])
def test_below_the_least_number_only_the_number_is_told(number):
    """With fewer than five ballots nothing but their number and the reason is in the HTML."""
    html = one_vote(Vote("Vote", {"3": number}), PLACES, table="open")
    words = {0: "0 ballots", 1: "1 ballot", 4: "4 ballots"}[number]
    reason = "They are shown from 5 up: among fewer, one could guess who voted how."
    assert parsed(html).text == f"Vote{words} received. {reason}"
    assert html == one_vote(Vote("Vote", None, number), PLACES)
    assert vote_said(Vote("Vote", {"3": number}), PLACES) == f"Vote: {words} received."


def test_the_presenter_may_lower_the_least_number():
    """With a lower one three ballots are three dots, not a blank; five need no lowering."""
    three = one_vote(Vote("Vote", {"0": 1, "2": 2}, least=3), PLACES)
    assert three.count("ballot-dot") == 3
    assert piles(one_vote(Vote("Vote", {"2": 5}), PLACES))[0]["2"] == (5, 5, 0)


def test_a_show_of_hands_is_called_one():
    """Five hands are shown as ballots are, and called hands; of four only the number is told."""
    html = one_vote(Vote("Vote", {"0": 5}, by_hand=True), PLACES)
    assert piles(html)[0]["0"] == (5, 5, 0)
    assert "5 hands" in parsed(html).text
    assert "ballots" not in parsed(html).text
    few = one_vote(Vote("Vote", {"0": 4}, by_hand=True), PLACES)
    assert "4 hands counted. They are shown from 5 up" in parsed(few).text
    assert "ballot-dot" not in few


def test_a_passage_in_bins():
    """Each bin has its own place and its votes; few are not shown, and an empty bin is a zero."""
    bins = Bins(["Necessary", "Sufficient", "Contributory", "<b>", "E", "F"])
    html = sorted_vote(Vote("The room", {"0": 2, "2": 3, "5": 1}), bins)
    (pile,) = piles(html)
    assert {sign: number for sign, (number, *_) in pile.items()} == (
        {"0": 2, "1": 0, "2": 3, "3": 0, "4": 0, "5": 1}
    )
    assert "The room: 6 ballots. Necessary 2, Sufficient 0, Contributory 3" in html
    assert len(set(re.findall(r'room-place bin" style="left:([^%]+)%', html))) == 6
    assert "<b>" not in re.sub(r"<b class|<b>The room|<b>6 ballots", "", html)
    assert "room-pile" not in sorted_vote(Vote("The room", {"0": 4}), bins)


@quick
@given(COUNTS, COUNTS)
def test_nothing_is_told_before_the_reveal(counts, second):
    """Before the reveal the HTML is the same whatever was voted, and with whatever movement."""
    for number in {sum(counts.values()), 7}:
        same = [
            one_vote(replace(vote, revealed=False), PLACES, table="open")
            for vote in (
                Vote("V", None, number),
                Vote("V", {"1": number}),
                Vote("V", {"w": number}),
            )
        ]
        assert len(set(same)) == 1
    hidden = Vote("V", second, revealed=False)
    open_ = Vote("U", counts, least=1)
    html = two_votes(open_, hidden, {("0", "1"): 10**6}, PLACES, table="open")
    assert len(piles(html)) == int(sum(counts.values()) > 0)
    assert "room-moved" not in html
    assert "Change" not in html


@quick
@given(PEOPLE)
def test_the_arrows_are_those_of_the_movement(people):
    """With room for all, each arrow says from where to where how many moved; none is left out."""
    first, second, movement = votes_of(people)
    if not first or not second:
        return
    html = two_votes(
        Vote("I", first, least=1), Vote("II", second, least=1), movement, PLACES, arrows_at_most=99
    )
    told = moved(first, second, movement)
    found = re.findall(r'data-from="(.)" data-to="(.)".*?<b>(\d+)</b>', html)
    assert [(a, b, int(n)) for a, b, n in found] == [(f.start, f.end, f.count) for f in told.flows]
    assert f"{told.movers} of {told.twice} who voted twice" in parsed(html).text
    assert "without an arrow" not in html


def test_arrows_without_room_are_told_in_words():
    """Where not every arrow is drawn, how many go without one is said; the table has all."""
    ends = [(a, b) for a in SIGNS for b in SIGNS if a != b]
    movement = dict.fromkeys(ends, 2)
    counts = dict.fromkeys(SIGNS, 12)
    html = two_votes(
        Vote("I", counts), Vote("II", counts), movement, PLACES, arrows_at_most=3, table="open"
    )
    drawn = html.count("data-from=")
    assert 0 < drawn < 42
    assert f"84 of 84 who voted twice; {2 * (42 - drawn)} of them without an arrow" in html
    assert (
        len(
            parsed(
                html.split("Who moved where", 1)[1].split("<tbody>")[1].split("</tbody>")[0]
            ).all("tr")
        )
        == 42
    )


def test_who_came_and_left_is_told_apart():
    """Those who voted only once have rows of their own, and the change sums everything."""
    first, second = {"0": 4, "1": 2}, {"1": 5, "4": 2}
    html = two_votes(Vote("I", first), Vote("II", second), {("0", "1"): 3, ("1", "1"): 2}, PLACES)
    rows = {
        name: re.findall(r'left:(\d+)%">([^<]+)</b>', row)
        for name, row in re.findall(r"room-name\"><b>(\w+)</b>(.*?)</div></div>", html)
    }
    assert rows["Left"] == [("22", "−1")]
    assert rows["Came"] == [("78", "+2")]
    assert rows["Stayed"] == [("36", "2")]
    assert [number for _, number in rows["Change"]] == ["0", "−4", "+3", "0", "0", "+2", "0"]


def test_without_movements_only_the_difference_is_told():
    """With hands nobody knows who moved: no arrow, the difference at each place, and it is said."""
    hands = Vote("II", {"1": 5}, by_hand=True)
    html = two_votes(Vote("I", {"0": 5}), hands, None, PLACES)
    assert len(piles(html)) == 2
    assert "room-flow" not in html
    assert "Change hands were counted, so who moved where is not known−5+5" in (
        parsed(re.sub(r'<b class="room-number none".*?</b>', "", html)).text
    )
    assert "Hands were counted, so who moved where is not known." in html
    unknown = two_votes(Vote("I", {"0": 5}), Vote("II", {"0": 5}), None, PLACES)
    assert "Change who moved where is not known0000000" in parsed(unknown).text


def test_a_movement_that_does_not_fit_is_an_error():
    """More people moved than voted: an error, not a picture."""
    with pytest.raises(ValueError, match="fit"):
        two_votes(Vote("I", {"0": 5}), Vote("II", {"1": 5}), {("0", "1"): 6}, PLACES)


@pytest.mark.parametrize(("before", "after"), [(4, 9), (9, 4), (4, 4)])
def test_before_and_after_are_shown_only_together(before, after):
    """Where one of them has fewer than five, neither is shown."""
    votes = Vote("Before", {"2": before}), Vote("After", {"3": after})
    html = before_and_after(*votes, PLACES, table="open")
    assert piles(html) == []
    assert f"{before} ballots received" in html
    assert f"{after} ballots received" in html
    assert "<table" not in html


def test_before_and_after_tell_nobody_s_way():
    """With five each both are shown, with no change, no arrow and no table of movements."""
    html = before_and_after(Vote("B", {"2": 5}), Vote("A", {"3": 5}), PLACES, table="open")
    assert [pile["2"][0] for pile in piles(html)] == [5, 0]
    assert "Change" not in html
    assert "Moved" not in html


ASKED = {
    "readings": ("A B", "Readings"),
    "words": ("words: mostly vehicle",),
    "gloss": ("gloss: mostly cure", "hollow"),
    "span": ("Someone", "room-span"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_asked_for_is_not_there(asked):
    """Each stage brings its own and nothing of the others; the school only when asked for."""
    html = one_vote(Vote("V", ROOM), PLACES, PASSAGE, Asked(**{asked: True}))
    for stage, signs in ASKED.items():
        assert all((sign in html) == (stage == asked) for sign in signs), stage
    assert "school-2" not in html
    assert "square" not in html
    bare = one_vote(Vote("V", ROOM), PLACES, PASSAGE)
    assert bare == one_vote(Vote("V", ROOM), PLACES)


def test_the_signs_are_those_of_the_map():
    """The words are the school's filled shape, the gloss its hollow one, an arrow leads there."""
    html = one_vote(Vote("V", ROOM), PLACES, PASSAGE, ALL)
    assert 'left:36%"><span class="shape square school-2" ' in html
    assert 'left:64%"><span class="shape square school-2 hollow"' in html
    assert 'axis-arrow right school-2" style="left:36%;width:calc(28% - 0.5rem)"' in html
    assert 'room-span school-2" style="left:20.5%;width:38%"' in html
    assert 'room-readings" style="left:6%">D<' in html


def test_signs_that_coincide_are_one():
    """Words and gloss at one value are one sign, filled where the words make the claim."""
    same = replace(PASSAGE, gloss_position=-1.0, gloss_words="mostly vehicle")
    html = one_vote(Vote("V", ROOM), PLACES, same, ALL)
    assert html.count('class="axis-mark"') == 1
    assert "hollow" not in html
    silent = replace(PASSAGE, quote_position=None, quote_words="no claim")
    html = one_vote(Vote("V", ROOM), PLACES, silent, ALL)
    assert "axis-arrow" not in html
    assert 'left:6%"><span class="shape square school-2 hollow"' in html


def test_without_glosses_nothing_of_them_is_drawn():
    """Where a debate shows no glosses, asking for one brings nothing."""
    bare = replace(PASSAGE, gloss_position=None, gloss_words="")
    html = one_vote(Vote("V", ROOM), PLACES, bare, ALL)
    assert "gloss" not in html
    assert one_vote(Vote("V", ROOM), PLACES, bare, Asked(gloss=True)) == one_vote(
        Vote("V", ROOM), PLACES
    )


def test_quote_against_gloss_has_both_on_each():
    """Two votes, under each words and gloss, and the readings of what was voted on."""
    html = quote_against_gloss(Vote("Q", ROOM), Vote("G", {"3": 6}), PLACES, PASSAGE)
    assert len(piles(html)) == 2
    assert html.count("axis-arrow") == 2
    assert re.findall(r'room-readings" style="left:(\d+)%">([A-D ]+)<', html) == [
        ("6", "D"), ("36", "A B"), ("50", "C"), ("64", "A"), ("78", "B"),
    ]  # fmt: skip
    one = quote_against_gloss(Vote("Q", ROOM), Vote("G", {"3": 4}), PLACES, PASSAGE)
    assert one.count("axis-arrow") == 1
    none = quote_against_gloss(Vote("Q"), Vote("G"), PLACES, PASSAGE)
    assert none.count("axis-arrow") == 1
    assert [x for _, x in re.findall(r'room-readings" style="left:(\d+)%">([A-D ]+)<', none)] == [
        *("D", "A B", "C", "A", "B")
    ]


def test_readings_that_are_letters_are_said_to_be_so():
    """A room is told what A to D are; readings that go by names need no word."""
    html = one_vote(Vote("V", ROOM), PLACES, PASSAGE, Asked(readings=True))
    assert "A to D, of the words" in html
    named = replace(PASSAGE, quote_readings={"me": 1.0, "Ann": None})
    html = one_vote(Vote("V", ROOM), PLACES, named, Asked(readings=True))
    assert ">of the words<" in html


def test_both_votes_have_one_scale():
    """Two votes are drawn alike, and the highest pile of both gives the height of one ballot."""
    html = two_votes(Vote("I", {"0": 39}), Vote("II", {"1": 40}), None, PLACES)
    assert html.count("room-bars") == 2
    assert re.findall(r"--tallest:(\d+)", html) == ["40", "40"]


def test_a_vote_is_told_in_words_and_tables():
    """The drawing is one picture with everything in its name; a table unseen takes no key."""
    html = two_votes(Vote("I", ROOM), Vote("II", ROOM), {}, PLACES, PASSAGE, ALL, table="unseen")
    label = re.search(r'role="img" aria-label="([^"]+)"', html)[1]
    assert "I: 23 ballots. No claim 2, Vehicle 3, Mostly vehicle 8" in label
    assert "0 of 0 who voted twice moved." in label
    assert "Readings of the words: A −1, B −1, C 0, D no claim." in label
    assert "The gloss: mostly cure." in label
    assert "tabindex" not in html
    assert html.count("<table") == 2


@quick
@given(texts)
def test_names_are_shown_as_they_are(text):
    """Whatever names of places, votes, readings and passages hold, no element comes of it."""
    steps = [Step(value, text, text) for value in range(-2, 3)]
    given_ = {"quote_words": text, "gloss_words": text, "span_words": text}
    passage = replace(PASSAGE, quote_readings={text: 0.0}, **given_)
    places = Places(steps, text, text)
    html = two_votes(Vote(text, ROOM), Vote(text, ROOM), {}, places, passage, ALL)
    plain = two_votes(Vote("x", ROOM), Vote("x", ROOM), {}, PLACES, PASSAGE, ALL)
    tags = set(re.findall(r"<(/?\w+)", plain))
    assert set(re.findall(r"<(/?\w+)", html)) <= tags
    parsed(html)


@dataclass(frozen=True)
class Wrote:
    """What someone of a room wrote."""

    text: str
    id: str = "1"
    hidden: bool = False


def test_words_of_the_room_are_quoted():
    """Hidden and empty words are left out, long ones cut, more than fit are counted."""
    wrote = [
        Wrote("“because”"),
        Wrote("x", hidden=True),
        Wrote(" \n "),
        Wrote("a\nb"),
        Wrote("w" * 300),
    ]
    items = [x.text for x in parsed(room_words(wrote)).all("li")]
    assert items == ["because", "a b", "w" * 199 + "…"]
    assert "and 3 more" in room_words([Wrote("w")] * 13)
    assert room_words([Wrote("x", hidden=True)]) == ""
    assert [x.text for x in parsed(room_words([Wrote('"a" and "b"')])).all("li")] == ['"a" and "b"']


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_the_room_run_nothing(text):
    """A hostile text is a text."""
    html = room_words([Wrote(text)])
    assert [x.text for x in parsed(html).all("li")] == [" ".join(text.split())]
    assert set(re.findall(r"<(\w+)", html)) == {"section", "h2", "ul", "li"}
