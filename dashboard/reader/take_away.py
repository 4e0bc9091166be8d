"""What can be taken away from a view, and where it is to be had."""

from __future__ import annotations

from urllib.parse import urlencode

from components.palette import Theme
from components.take_away import Offer
from dashboard.debate.data_zip import data_zip
from dashboard.open_debate import OpenDebate
from dashboard.remembered import remembered
from dashboard.view import Query, View, to_query
from dashboard.visits import VISITS


@remembered(1)
def data_of(opened: OpenDebate) -> bytes:
    """Return the debate's data as a zip."""
    return data_zip(opened.debate, opened.table)


def handout_address(view: View, page: str = "") -> str:
    """Return where the handout of a view is to be had; ``page`` is the place it is read at."""
    return _file("/take/handout.html", view, to_query(view, page))


def offers(view: View, theme: Theme) -> list[Offer]:
    """Return what can be taken away from the map."""
    shown = to_query(view)
    look: Query = {"theme": [theme]} if theme == "dark" else {}
    with_fonts: Query = {**look, "fonts": ["yes"]}
    return [
        Offer("Cite this view", _address("./cite", to_query(view, "cite")), page=True),
        Offer("Handout", handout_address(view)),
        Offer("Map as SVG", _file("/take/map.svg", view, {**shown, **look})),
        Offer("Map as PNG", _file("/take/map.svg", view, {**shown, **with_fonts}), png=True),
        Offer("Data", _file("/take/data.zip", view, {})),
    ]


def _file(path: str, view: View, query: Query) -> str:
    """Return the address of a file made of the debate that a view is of.

    What opens a page that is open for a visit does not open a file of it, and the other way round.
    """
    held = VISITS.held(view.debate)
    return _address(path, {**query, "debate": [], **held.asked_as} if held else query)


def _address(path: str, query: Query) -> str:
    return f"{path}?{urlencode(query, doseq=True)}" if query else path
