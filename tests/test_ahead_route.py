"""What answers ahead of the session: the same as the page, and never more than it may show."""

import html as markup
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import open_debate as opening
from dashboard.reader.compare_page import comparison_of
from dashboard.reader.path_taken import path_taken
from dashboard.reader.paths_page import path_html
from dashboard.view import OWN, PLACINGS, View, from_query, to_query
from dashboard.web.ahead_route import ahead_routes
from tests.asking import answer
from tests.strategies import parsed, quick, shipped


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "debate_of_file", lambda _query: shipped())


def asked(page: str, query: str = "", method: str = "GET"):
    """Give status, headers and text of what the route of a page answers."""
    status, headers, body = answer(ahead_routes(), f"/ahead/{page}", query, method=method)
    return status, headers, body.decode()


@quick
@given(st.lists(st.sampled_from(["flores", "jung", "p12", "p16", "p04"]), max_size=4, unique=True))
def test_a_comparison_is_the_page_s(of):
    """What is answered ahead is what the page shows for the same link, to the letter."""
    status, headers, body = asked("compare", urlencode([("of", each) for each in of]))
    assert status == 200
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert body == comparison_of(shipped(), View(of=tuple(of)))


@quick
@given(
    st.sampled_from([*(path.id for path in shipped().debate.paths), OWN]),
    st.integers(0, 30),
    st.text(PLACINGS, max_size=30),
    st.sampled_from(["", "yes"]),
)
def test_a_step_is_the_page_s_and_tells_no_more(path, step, placed, blind):
    """A step is answered as the page shows it; without a placement nothing of ours is in it."""
    query = to_query(View(path=path, step=step, placed=placed, blind=blind), "paths")
    view, _ = from_query(query, shipped().known, "paths")
    taken = path_taken(shipped(), view)
    _, _, body = asked("paths", urlencode(query, doseq=True))
    assert body == (path_html(taken) if taken else "")
    if taken and taken.passage and not taken.shown:
        shown = shipped().passage(taken.passage)
        assert parsed(body).one("blockquote").text == shown.quote
        for told in (shown.gloss, shown.rationale):
            assert not told or markup.escape(told) not in body
        assert "data-gloss" not in body
        assert "<mark" not in body


def test_what_the_session_must_say_is_left_to_it():
    """A link that names what there is not gets a note from the session, and nothing ahead."""
    for page, query in (("compare", "of=nobody"), ("paths", "path=nowhere"), ("paths", "")):
        assert asked(page, query)[2] == ""
    assert asked("compare", "of=p12", method="POST")[0] == 405


def test_each_view_can_be_told_from_another():
    """The view that is answered is named in the first tag, where the browser looks for it."""
    _, _, body = asked("compare", "of=p16&of=p12")
    assert body.startswith('<div data-view="./compare?of=p12&amp;of=p16" data-ahead="compare">')
    _, _, body = asked("paths", "path=trauma&step=2&placed=2")
    first = parsed(body).elements[0].attributes
    assert first["data-view"] == "./paths?path=trauma&step=2&placed=2"
    assert first["data-arrived"] == "2"
