"""The query of a request, as the routes that take a view read it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_PARTS = 1000
"""So many parts a query may have; Streamlit's own door lets no more through either."""


def asked_query(request: Request) -> dict[str, list[str]]:
    """Return every value of each key of a request's query; empty where it has too many parts."""
    try:
        return parse_qs(request.scope["query_string"].decode("latin-1"), max_num_fields=MOST_PARTS)
    except ValueError:
        return {}
