"""A quiet row of what can be taken away: files of the server, and the map as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from components.markup import e

KEY = "take_away"
PICTURE = "vehicle-or-cure-map.png"
_HERE = Path(__file__).parent


class Offer(NamedTuple):
    """What can be taken away: its name and its address.

    It is a file, unless the browser makes a PNG of it (``png``) or it is a ``page`` of the app.
    """

    name: str
    address: str
    png: bool = False
    page: bool = False


def take_away(offers: Sequence[Offer], *, key: str = KEY) -> None:
    """Show the row; a picture is made in the browser from the SVG at its address."""
    _component()(key=key, data={"html": take_away_row(offers)})


def take_away_row(offers: Sequence[Offer]) -> str:
    """Return the row as HTML."""
    items = "".join(f"<li>{_offer(offer)}</li>" for offer in offers)
    return (
        '<nav class="take-away" aria-label="Take away"><span class="take-away-name">Take away'
        f'</span><ul>{items}</ul><span class="take-away-said" role="status"></span></nav>'
    )


def _offer(offer: Offer) -> str:
    if offer.png:
        return (
            f'<button type="button" data-png="{e(offer.address)}" data-file="{PICTURE}">'
            f"{e(offer.name)}</button>"
        )
    kind = 'data-in-app="yes"' if offer.page else "download"
    return f'<a href="{e(offer.address)}" {kind}>{e(offer.name)}</a>'


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "take_away", js=(_HERE / "take_away.js").read_text(encoding="utf-8"), isolate_styles=False
    )
