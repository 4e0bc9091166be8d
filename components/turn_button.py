"""A button that turns to another view of the page, by a click or by a key of its own."""

from __future__ import annotations

from components.markup import e


def turn_button(label: str, address: str, *, name: str, key: str = "", soon: bool = False) -> str:
    """Return the button as HTML.

    ``address`` is the view that it turns to; without one the button is disabled. ``name`` is its
    class, ``key`` the key that presses it, as browsers call it ("ArrowLeft", "n").
    ``soon`` lets the browser fetch that view before the button is pressed; a placement must not.
    """
    pressed = f' data-key="{e(key)}" aria-keyshortcuts="{e(key)}"' if key else ""
    turns = f' data-turn="{e(address)}"' if address else " disabled"
    turns += " data-soon" if soon else ""
    return f'<button type="button" class="{e(name)}"{pressed}{turns}>{e(label)}</button>'
