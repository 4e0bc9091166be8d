"""What can be taken away from a view, and where it is to be had."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from components.palette import Theme
from components.take_away import Offer
from dashboard.debate.data_zip import data_zip
from dashboard.open_debate import OpenDebate
from dashboard.view import View, to_query


@lru_cache(maxsize=1)
def data_of(opened: OpenDebate) -> bytes:
    """Return the debate's data as a zip."""
    return data_zip(opened.debate, opened.table)


def handout_address(view: View, page: str = "") -> str:
    """Return where the handout of a view is to be had; ``page`` is the place it is read at."""
    return _address("/take/handout.html", view, page)


def offers(view: View, theme: Theme) -> list[Offer]:
    """Return what can be taken away from the map."""
    look: dict[str, list[str]] = {"theme": [theme]} if theme == "dark" else {}
    picture = _address("/take/map.svg", view, "", look)
    return [
        Offer("Cite this view", _address("./cite", view, "cite"), page=True),
        Offer("Handout", handout_address(view)),
        Offer("Map as SVG", picture),
        Offer(
            "Map as PNG", _address("/take/map.svg", view, "", {**look, "fonts": ["yes"]}), png=True
        ),
        Offer("Data", "/take/data.zip"),
    ]


def _address(path: str, view: View, page: str, more: dict[str, list[str]] | None = None) -> str:
    query = urlencode({**to_query(view, page), **(more or {})}, doseq=True)
    return f"{path}?{query}" if query else path
