"""The room of a presentation: who presents it, what it is asked, and what leads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal
from urllib.parse import urlencode, urlsplit

import streamlit as st

from components.ballots_received import ballots_received
from components.markup import e
from components.own_html import own_html
from components.room_join import join_slide, open_room_form, room_notice
from components.room_words import words_to_hide
from dashboard.debate.slides import Slide
from dashboard.open_debate import OpenDebate
from dashboard.rooms.ballots import LEAST, values_of
from dashboard.rooms.codes import spaced_code, typed_code
from dashboard.rooms.errors import NoSuchRoom, RoomError, RoomsUnavailable
from dashboard.rooms.rooms import Room, Rooms, open_rooms
from dashboard.seminar.plan_handout import plan_handout_address
from dashboard.seminar.presenter import presenter_of, presenter_secret, rooms_held
from dashboard.seminar.room_votes import (
    Key,
    RoomVotes,
    asked_at,
    asks_before,
    has_words,
    key_of,
    keys_of,
    question_of,
    revealed_at,
    turn_to,
    votes_at,
)
from dashboard.seminar.seminar_slides import RoomWords, Shown, round_name
from dashboard.server_address import server_address
from dashboard.view import JOIN_SHOWN, View, choose, to_query

LOOKS_AGAIN = 2.0
"""So many seconds lie between two looks for rooms that could not be reached."""
WORDS_EVERY = 4.0
LONGEST_PLACE = 1900
"""A longer query is sent without the hands that it holds."""
STORED = (
    "Stored are each answer, the words that are added and the time, under a random number that "
    "only the phone knows: no name, no account, no network address. All of it is deleted after 24 "
    "hours."
)
FORGOTTEN = "The room is forgotten: its votes and words are deleted."
ROOMS_LOOKED_FOR = 8
OF_ANOTHER_PLAN = (
    "The phones still show a question of another plan. Step to the next place, or ask the room "
    "here, and they go on with this one."
)
_PLACE = "_room_place"
_FORGOTTEN = "_room_forgotten"

State = Literal["none", "presented", "stranger", "gone", "other", "away"]
TOLD: Mapping[str, str] = {
    "stranger": "This browser does not present a room {room}. If there is one still, open the "
    "presenter’s link here to go on with it.",
    "gone": "There is no room {room} any more. Rooms end after a day, or when their presenter "
    "forgets them.",
    "other": "The room {room} was opened on another debate, so nothing is asked here.",
    "away": "The rooms cannot be reached just now. Nothing is lost; this page goes on by itself.",
}


@dataclass(frozen=True, slots=True)
class InRoom:
    """How it stands with the room of a view; ``room`` and ``votes`` only where it is presented.

    It ``is_elsewhere`` while it is asked what this plan does not ask.
    """

    state: State
    code: str = ""
    room: Room | None = None
    votes: RoomVotes | None = None
    keys: Mapping[tuple[int, int], Key] | None = None
    is_elsewhere: bool = False

    @property
    def told(self) -> str:
        """What is to be said where the room cannot be led from here."""
        return TOLD.get(self.state, "").format(room=spaced_code(self.code))

    @property
    def mark(self) -> str:
        """What changes when the other window has to look again."""
        return sha256(self.votes.mark.encode()).hexdigest()[:12] if self.votes else ""


NO_ROOM = InRoom("none")


def in_room(opened: OpenDebate, view: View, shown: Shown) -> InRoom:
    """Return the room of a view at a place, after asking it what the place asks."""
    code = typed_code(view.room)
    if not view.room:
        return NO_ROOM
    if not code:
        return InRoom("gone", view.room)
    try:
        return _presented(opened, view, shown, code)
    except RoomsUnavailable:
        return InRoom("away", code)
    except NoSuchRoom:
        return InRoom("gone", code)
    except RoomError:
        # Too many questions: what was asked can still be shown.
        return InRoom("none", code)


def _presented(opened: OpenDebate, view: View, shown: Shown, code: str) -> InRoom:
    rooms = open_rooms()
    if not presenter_of(st.context.cookies, code):
        # Only who has presented it here learns that it is gone; else rooms could be guessed.
        presented = st.session_state.get(_PLACE, ("",))[0] == code
        return InRoom("gone" if presented else "stranger", code)
    room = rooms.room(code)
    if room.debate != opened.name:
        return InRoom("other", code)
    keys = keys_of(shown.slides)
    if view.show != JOIN_SHOWN:
        _turn(room, keys, shown, view.plan)
    votes = votes_at(rooms, code, keys, shown.slide, shown.stage)
    is_elsewhere = _asks_elsewhere(rooms, rooms.room(code), keys)
    return InRoom("presented", code, room, votes, keys, is_elsewhere)


def _turn(room: Room, keys: Mapping[tuple[int, int], Key], shown: Shown, plan: str) -> None:
    """Ask what a place asks, once for each time that this window comes to it.

    A window that was just opened at a place has not come to it by a step of the presenter.
    """
    place = (room.code, plan, shown.number, shown.stage)
    before = st.session_state.get(_PLACE)
    if before == place:
        return
    turn_to(open_rooms(), room, keys, shown.slide, shown.stage, stepped=before is not None)
    st.session_state[_PLACE] = place


def next_votes(found: InRoom, following: Shown) -> RoomVotes | None:
    """Return the votes at the place that comes next, nothing of which is revealed by looking."""
    if found.state != "presented" or found.keys is None:
        return None
    try:
        return votes_at(open_rooms(), found.code, found.keys, following.slide, following.stage)
    except RoomError:
        return None


def own_room(opened: OpenDebate, view: View) -> str:
    """Return the code of a view's room where this browser presents it, empty where it does not.

    While the rooms cannot be reached, who holds a secret of the room is taken to present it.
    """
    code = typed_code(view.room)
    if not code or not presenter_secret(st.context.cookies, code):
        return ""
    try:
        is_presented = presenter_of(st.context.cookies, code)
        return code if is_presented and open_rooms().room(code).debate == opened.name else ""
    except NoSuchRoom:
        return ""
    except RoomsUnavailable:
        return code


def room_beside(opened: OpenDebate) -> Room | None:
    """Return a room on this debate that this browser presents, whatever the link; none if none.

    A cookie is kept for as long as a room lasts; one of a room that was forgotten says nothing.
    """
    for code in rooms_held(st.context.cookies)[:ROOMS_LOOKED_FOR]:
        try:
            if presenter_of(st.context.cookies, code):
                room = open_rooms().room(code)
                if room.debate == opened.name:
                    return room
        except RoomError:
            continue
    return None


def slide_asked(code: str, slides: Sequence[Slide]) -> int:
    """Return the slide that asks what a room is asked now; the first where none of them does."""
    try:
        now = _key_now(open_rooms(), open_rooms().room(code))
    except RoomError:
        return 1
    keys = keys_of(slides)
    asks = (n for n, one in enumerate(slides, 1) if keys.get((one.vote, asked_at(one, 0))) == now)
    return next(asks, 1)


def _key_now(rooms: Rooms, room: Room) -> Key | None:
    """Return the question that a room is asked."""
    return key_of(rooms.question(room.code, room.asking)) if room.asking else None


def _asks_elsewhere(rooms: Rooms, room: Room, keys: Mapping[tuple[int, int], Key]) -> bool:
    """Say whether the phones can still answer what this plan does not ask."""
    if not room.asking:
        return False
    one = rooms.question(room.code, room.asking)
    return one.is_open and key_of(one) not in keys.values()


# Addresses.


def own_address() -> str:
    """Return the address at which others find this server, with a slash at its end."""
    asked = urlsplit(st.context.url or "")
    return server_address(asked.scheme, asked.netloc)


def join_words() -> str:
    """Return where a code is typed in, as it is read aloud."""
    return f"{own_address().partition('://')[2] or '/'}join"


def is_local(address: str) -> bool:
    """Say whether an address leads to the computer alone on which it is opened."""
    host = urlsplit(address).hostname or ""
    return host in ("", "localhost", "::1") or host.startswith("127.")


def room_place(opened: OpenDebate, view: View) -> str:
    """Return the query at which one goes on with a new room; empty where none can be opened."""
    if opened.for_visit:
        return ""
    query = to_query(replace(view, room=""), "seminar")
    place = urlencode(query, doseq=True)
    if len(place) > LONGEST_PLACE:
        place = urlencode({k: v for k, v in query.items() if k != "hands"}, doseq=True)
    return place


def room_form(opened: OpenDebate, view: View, *, plain: bool = False) -> str:
    """Return the button that opens a room and goes on at a view; nothing where there can be none.

    Phones could not see a debate that is open for one visit only.
    """
    place = room_place(opened, view)
    return open_room_form(place, plain=plain) if place else ""


# What is drawn.


def join_html(found: InRoom) -> str:
    """Return the slide that says how the room is joined."""
    address = own_address()
    return join_slide(
        found.code,
        spaced_code(found.code),
        join_words(),
        stored=STORED,
        local=is_local(address),
    )


def received(found: InRoom, *, key: str) -> None:
    """Show the number of ballots received while a place asks something."""
    votes = found.votes
    if votes is None or votes.asked is None or votes.results:
        return
    with st.container(key=key):
        ballots_received(
            f"./r/{found.code}/received?question={votes.asked.number}", least=found_least(found)
        )


def found_least(found: InRoom) -> int:
    """Return from how many ballots on a room's votes are shown."""
    asked = found.votes.asked if found.votes else None
    own = asked is not None and asked.item == "self"
    return LEAST if own or found.room is None else found.room.least


def told(found: InRoom) -> None:
    """Say where a room cannot be led from here; look again by itself where it cannot be reached.

    Where it was forgotten by this window, that is said until another is opened.
    """
    if found.state == "presented":
        st.session_state.pop(_FORGOTTEN, None)
    said = FORGOTTEN if st.session_state.get(_FORGOTTEN) else found.told
    if not said:
        return
    own_html(room_notice(said), key="room_told")
    if found.state == "away":
        _look_again(found.code)


@st.fragment(run_every=LOOKS_AGAIN)
def _look_again(code: str) -> None:
    try:
        open_rooms().room(code)
    except RoomsUnavailable:
        return
    except NoSuchRoom:
        pass
    st.rerun(scope="app")


def type_hands(found: InRoom, shown: Shown, round_: int, counts: Sequence[int]) -> None:
    """Keep a show of hands in the room. Raises ``RoomError``."""
    key = (found.keys or {}).get((shown.slide.vote, round_))
    if key is None:
        return
    rooms = open_rooms()
    question = question_of(rooms, found.code, key) or rooms.ask(found.code, *key)
    rooms.type_hands(
        found.code, question.number, dict(zip(values_of(key.text), counts, strict=True))
    )
    if round_ in revealed_at(shown.slide, shown.stage):
        rooms.reveal(found.code, question.number)


# The presenter's own window.


def panel(found: InRoom, shown: Shown, plan: str) -> None:
    """Draw what leads a room: the vote, the words, the link, the file, the end."""
    votes = found.votes
    if found.state != "presented" or votes is None:
        return
    with st.container(key="room_panel"):
        own_html(_panel_head(found, shown), key="room_panel_head")
        if found.is_elsewhere:
            own_html(room_notice(OF_ANOTHER_PLAN), key="room_elsewhere")
        received(found, key="presenter_received")
        _vote_button(found, shown)
        _words(found, shown)
        with st.popover("More of the room"):
            _least(found)
            _link(found, shown.opened, plan)
            _forget(found)


def _panel_head(found: InRoom, shown: Shown) -> str:
    following = shown.slide.stages[shown.stage : shown.stage + 1]
    reveals = following and following[0] in ("room", "both") and shown.slide.vote
    reveal = (
        '<button type="button" class="plain-button" data-step="1">Reveal the votes</button>'
        if reveals
        else ""
    )
    return (
        f'<div class="presenter room-panel"><h2>Room {e(spaced_code(found.code))}</h2>'
        '<div class="slide-buttons">'
        '<button type="button" class="plain-button" data-join="yes">Show how to join</button>'
        f"{reveal}{_too_early(found, shown)}</div></div>"
    )


def _too_early(found: InRoom, shown: Shown) -> str:
    """Return the button that goes back to a vote of which too few ballots are in to be shown.

    Coming there opens it again.
    """
    before = asks_before(shown.slide, shown.stage)
    results = found.votes.results if found.votes else {}
    if before is None or not results:
        return ""
    last = results.get(asked_at(shown.slide, before))
    if last is None or last.is_shown:
        return ""
    return (
        f'<button type="button" class="plain-button" data-place="{shown.number}.{before}">'
        "Open the vote again</button>"
    )


def _vote_button(found: InRoom, shown: Shown) -> None:
    slide = shown.slide
    key = (found.keys or {}).get((slide.vote, asked_at(slide, shown.stage)))
    one = found.votes.asked if found.votes else None
    if key is None or (found.votes and found.votes.is_final):
        return

    def change() -> None:
        rooms = open_rooms()
        if one and one.is_open:
            _safely(lambda: rooms.close(found.code, one.number))
        else:
            _safely(lambda: rooms.ask(found.code, *key))

    name = "Ask the room" if one is None else "Open the vote again"
    st.button("Close the vote" if one and one.is_open else name, key="room_vote", on_click=change)


def _safely(act: Callable[[], object]) -> None:
    """Do what a button asks; where the rooms are away or gone, the next run says so."""
    try:
        act()
    except RoomError:
        st.session_state.pop(_PLACE, None)


def _words(found: InRoom, shown: Shown) -> None:
    votes = found.votes
    if votes is None:
        return
    if votes.words_of:
        several = len(votes.words_of) > 1
        for round_, number in votes.words_of.items():
            _hide_words(found.code, number, round_name(shown.slide, round_) if several else "")
    elif votes.asked is not None and has_words(votes.asked):
        _coming_words(found.code, votes.asked.number)


@st.fragment(run_every=WORDS_EVERY)
def _coming_words(code: str, number: int) -> None:
    _hide_words(code, number)


def _hide_words(code: str, number: int, vote: str = "") -> None:
    def hide(id: str, hidden: bool) -> None:
        if id.isdigit():
            _safely(lambda: open_rooms().hide(code, number, int(id), is_hidden=hidden))

    try:
        found = open_rooms().words(code, number)
    except RoomError:
        return
    of_vote = f", {vote[0].lower()}{vote[1:]}" if vote else ""
    with st.container(key=f"room_words_to_hide_{number}"):
        if found:
            st.html(f'<h2 class="presenter-label">The room’s words{e(of_vote)}</h2>')
        words_to_hide(
            [RoomWords(str(w.id), w.text, w.is_hidden) for w in found],
            on_hide=hide,
            key=f"room_words_{number}",
        )


def _least(found: InRoom) -> None:
    least = found.room.least if found.room else LEAST
    st.html(
        f'<p class="plan-link">Votes are shown from <b>{least}</b> ballots on. Where people stand '
        f"themselves it is always {LEAST}.</p>"
    )
    sure = st.checkbox(
        "Show fewer. I know that among so few one can guess who voted how.", key="room_least_sure"
    )
    st.number_input("From so many ballots on", 1, LEAST, value=least, step=1, key="room_least")
    st.button(
        "Show from there on",
        key="room_least_set",
        disabled=not sure,
        on_click=lambda: _safely(
            lambda: open_rooms().lower_least(found.code, int(st.session_state["room_least"]))
        ),
    )


def _link(found: InRoom, opened: OpenDebate, plan: str) -> None:
    handout = plan_handout_address(opened, plan, found.code)
    own_html(
        '<p class="plan-links"><button type="button" class="plain-button" '
        'data-copy="presenter">Copy the presenter’s link</button>'
        f'<a href="./rooms/{e(found.code)}/results.csv" download>Results as a table (CSV)</a>'
        f'<a href="./rooms/{e(found.code)}/results.html" download>Results to print</a>'
        f'<a href=".{e(handout)}" download data-titled="yes">Handout with the results</a></p>'
        '<p class="plan-link">The link makes whoever opens it the presenter of this room. Keep it '
        "to yourself.</p>",
        key="room_link",
    )


def presenter_link(found: InRoom, opened: OpenDebate, view: View) -> str:
    """Return the secret link of a room's presenter, which leads to the slide; empty for others."""
    secret = presenter_secret(st.context.cookies, found.code)
    if found.state != "presented" or not secret:
        return ""
    return f"{own_address()}present/{secret}?{room_place(opened, replace(view, show=''))}"


def _forget(found: InRoom) -> None:
    def forget() -> None:
        try:
            open_rooms().forget(found.code)
        except NoSuchRoom:
            pass
        except RoomError:
            return
        st.session_state.pop(_PLACE, None)
        st.session_state[_FORGOTTEN] = True
        choose(room="")

    sure = st.checkbox(
        "Delete the room with all its ballots. It cannot be brought back.", key="room_forget_sure"
    )
    st.button("Forget the room", key="room_forget", disabled=not sure, on_click=forget)
