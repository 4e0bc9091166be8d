"""How a room is opened, joined and voted in, as HTML: the form, the join slide, the line below."""

from __future__ import annotations

from components.markup import e

OPENS = "Open a room"
LOCAL_ONLY = (
    "This address is known to this computer alone, so no phone finds it. Whoever started the "
    "server can name the address under which others reach it: DASHBOARD_ADDRESS."
)


def open_room_form(place: str, *, plain: bool = False) -> str:
    """Return the button that opens a room; ``place`` is the query that is gone on with."""
    kind = "" if plain else "plain-button"
    return (
        '<form class="open-room" method="post" action="./rooms">'
        f'<input type="hidden" name="place" value="{e(place)}"/>'
        f'<button class="{kind}">{OPENS}</button></form>'
    )


def join_slide(
    code: str, room: str, address: str, *, stored: str, local: bool, qr: str = ""
) -> str:
    """Return the slide that says how a room is joined.

    ``code`` is the room's, ``room`` the same as it is read; ``address`` is where the code is
    typed in, ``stored`` what is kept of an answer. ``local`` warns that no phone finds it.
    ``qr`` is the address of the QR code, by default where the room has it.
    """
    warned = f'<p class="join-local">{LOCAL_ONLY}</p>' if local else ""
    spelt = ", ".join(room.replace(" ", ""))
    return (
        '<article class="room-slide slide-join" data-at="join" aria-label="Join the room">'
        '<header class="slide-head"><h1>Join the room</h1><p></p></header>'
        '<div class="slide-body"><div class="slide-words">'
        f'<p class="join-where">Go to <b>{e(address)}</b> and type</p>'
        f'<p class="join-code" role="img" aria-label="The code: {e(spelt)}">{e(room)}</p>'
        f'<p class="join-stored">{e(stored)}</p>{warned}</div>'
        f'<div class="slide-told"><img class="join-qr" src="{e(qr or f"./r/{code}/qr.svg")}" '
        f'alt="QR code that leads to the room {e(room)}"/></div></div></article>'
    )


def vote_line(room: str, address: str, *, is_open: bool) -> str:
    """Return the line below what is asked: where to vote, or that the vote is closed."""
    if not is_open:
        return '<p class="slide-vote-line">This vote is closed.</p>'
    return (
        f'<p class="slide-vote-line">Vote at <b>{e(address)}</b> with the code <b>{e(room)}</b></p>'
    )


def open_room(told: str, code: str, place: str, goes_on: tuple[str, str] | None = None) -> str:
    """Return what is said of a room that is open where one prepares, quietly.

    ``goes_on`` is the address and the name of a link that goes on with it. It is forgotten from
    here too, and ``place`` is the query of the page that then follows.
    """
    link = f'<a data-in-app="yes" href="{e(goes_on[0])}">{e(goes_on[1])}</a>' if goes_on else ""
    return (
        f'<div class="room-open">{room_notice(told)}'
        f'<p class="plan-links">{link}</p>'
        "<details><summary>Close the room</summary>"
        "<p>The room is deleted with all its ballots. It cannot be brought back.</p>"
        f'<form class="open-room" method="post" action="./rooms/{e(code)}/forget">'
        f'<input type="hidden" name="place" value="{e(place)}"/>'
        '<button class="plain-button">Forget the room</button></form></details></div>'
    )


def room_notice(text: str) -> str:
    """Return what is to be said of a room on the projector, quietly."""
    return f'<p class="room-notice" role="status">{e(text)}</p>'
