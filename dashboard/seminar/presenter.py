"""Who presents a room: the browser that holds its secret in a cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.rooms.codes import typed_code
from dashboard.rooms.errors import NoSuchRoom
from dashboard.rooms.rooms import open_rooms

if TYPE_CHECKING:
    from collections.abc import Mapping


def presenter_cookie(code: str) -> str:
    """Return the name of the cookie that holds the secret of a room."""
    return f"room-{code}"


def presenter_secret(cookies: Mapping[str, str], code: str) -> str:
    """Return the secret that a browser holds of a room, empty where it holds none."""
    return cookies.get(presenter_cookie(code), "") if typed_code(code) == code else ""


def rooms_held(cookies: Mapping[str, str]) -> list[str]:
    """Return the codes of the rooms of which a browser holds a secret, some maybe gone."""
    names = (name.removeprefix("room-") for name in cookies if name.startswith("room-"))
    return [code for code in names if code and typed_code(code) == code]


def presenter_of(cookies: Mapping[str, str], code: str) -> bool:
    """Say whether a browser with these cookies presents the room of a code.

    No for a room that is not there; ``RoomsUnavailable`` where it cannot be known just now.
    """
    secret = presenter_secret(cookies, code)
    try:
        return bool(secret) and open_rooms().is_presenter(code, secret)
    except NoSuchRoom:
        return False
