"""The query of a request as the routes read it."""

from starlette.requests import Request

from dashboard.web.asked_query import MOST_PARTS, asked_query


def asked(query: str) -> dict[str, list[str]]:
    """Give what a request with this query asks for."""
    return asked_query(Request({"type": "http", "query_string": query.encode(), "headers": []}))


def test_every_value_of_each_key():
    """Repeated keys keep all their values, in order, with their signs as they were meant."""
    query = "school=empirical&school=attachment&q=a%26b+c&q=%C3%A9"
    assert asked(query) == {"school": ["empirical", "attachment"], "q": ["a&b c", "é"]}


def test_a_query_of_very_many_parts_asks_for_nothing():
    """As many parts as there may be are read; of one more, none is."""
    parts = [f"k{number}=1" for number in range(MOST_PARTS)]
    assert len(asked("&".join(parts))) == MOST_PARTS
    assert asked("&".join([*parts, "more=1"])) == {}
