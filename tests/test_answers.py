"""What the browser holds: groups that tell any choice of schools and roles, and the map's plans."""

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.value_table import value_row
from dashboard import open_debate as opening
from dashboard.debate.filters import Filters, matching
from dashboard.debate.groups import EACH_AT_MOST, group_of, groups
from dashboard.debate.summary import count_words
from dashboard.open_debate import OpenDebate, open_folder
from dashboard.reader.answers import STEPPED_AROUND, answers, facts
from dashboard.reader.map_view import LONGEST_SENT, TABLE_AT_MOST, drawn_map, plan_asked, table_rows
from dashboard.reader.reading_pane import passage_pane
from dashboard.seen import seen
from dashboard.view import View
from dashboard.web.answers_route import answers_routes
from tests.asking import answer
from tests.benchmarks.generated_debate import write_debate
from tests.strategies import filters, quick, shipped

SCHOOLS = ((), ("attachment",), ("attachment", "empirical"))
ROLES = ((), ("aside",), ("thesis", "supporting"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> OpenDebate:
    """Give a generated debate with several pages of rows."""
    folder = tmp_path_factory.mktemp("large") / "debate"
    write_debate(folder, passages=900, authors=40)
    return open_folder(folder)


@pytest.fixture(params=["shipped", "large"])
def opened(request: pytest.FixtureRequest) -> OpenDebate:
    """Give a debate that is held whole, and one that is not."""
    return shipped() if request.param == "shipped" else request.getfixturevalue("large")


def test_each_passage_is_in_one_group(opened):
    """Groups part the passages; all of one group have its school and its role."""
    found = groups(opened.table)
    assert sorted(np.concatenate([group.rows for group in found])) == list(range(len(opened.table)))
    for number, group in enumerate(found):
        part = opened.table.iloc[group.rows]
        assert set(part["school"]) == {group.school}
        assert set(part["role"]) == {group.role}
        assert set(group_of(opened.table)[group.rows]) == {number}
        assert (np.diff(group.rows) > 0).all()


def test_how_many_groups(large):
    """Few passages are groups of their own; many share one where school and role agree."""
    assert [group.rows.tolist() for group in groups(shipped().table)] == [[n] for n in range(23)]
    assert len(large.table) > EACH_AT_MOST
    assert len(groups(large.table)) == 9
    assert groups(large.table.iloc[:0]) == ()


@pytest.mark.parametrize(("school", "role"), list(product(SCHOOLS, ROLES)))
def test_the_answers_tell_any_choice(opened, school, role):
    """Count, authors, first passage, rows and lit marks follow from the groups alone."""
    held = json.loads(answers(opened))
    numbers = [
        number
        for number, group in enumerate(held["groups"])
        if (not school or group["school"] in school) and (not role or group["role"] in role)
    ]
    found = [held["groups"][number] for number in numbers]
    view = seen(opened, View(school=school, role=role))
    on = drawn_map(opened, "author", "both", 1, "light")
    told = facts(view, on)
    authors = {author for group in found for author in group["authors"]}
    assert count_words(opened.table, view.lit, len(opened.debate.authors)).startswith(
        f"{sum(group['count'] for group in found)} of {len(opened.table)} passages, "
        f"{len(authors)} of "
    )
    rows = sorted(row for group in found for row in map(tuple, group["rows"]))
    assert [html for _, html in rows[:TABLE_AT_MOST]] == [value_row(r) for r in table_rows(view)]
    if found:
        assert min(found, key=lambda group: group["rows"][0])["first"] == view.passage
        assert held["cards"][view.passage] == passage_pane(opened, view.passage)
        chosen = on.marks.standing_for(opened.row_of[view.passage])
        assert told.marks.get(view.passage, view.passage) == chosen
    of_marks = json.loads(on.drawing.plan)["groups"]
    lit = {mark for mark, own in of_marks.items() if set(own) & set(numbers)}
    assert lit == set(on.marks.lit(view.lit))
    assert list(told.found) == numbers


@quick
@given(filters())
def test_words_leave_groups_of_a_small_debate(asked):
    """In a small debate the words searched for name the groups that they let through."""
    view = seen(shipped(), View(school=asked.school, q=asked.q))
    told = facts(view, drawn_map(shipped(), "author", "both", 1, "light"))
    if not view.view.q:
        assert told.words is None
    else:
        expected = np.flatnonzero(matching(shipped().table, Filters(q=asked.q))).tolist()
        assert list(told.words) == expected


def test_words_in_a_large_debate_are_for_the_server(large):
    """With words to look for in many texts the browser holds no answers; without, it does."""
    on = drawn_map(large, "author", "both", 1, "light")
    assert facts(seen(large, View(q="bond")), on).answers == ""
    assert facts(seen(large, View()), on).answers == f"/answers/{large.edition}.json"


def test_steps_around_the_passage_are_known(large):
    """The browser knows where steps lead on both sides of the passage read, in any debate."""
    on = drawn_map(large, "author", "both", 1, "light")
    ids = [passage.id for passage in large.debate.passages]
    assert len(ids) > 2 * STEPPED_AROUND + 1
    middle = len(ids) // 2
    told = facts(seen(large, View(passage=ids[middle])), on)
    assert list(told.sequence) == ids[middle - STEPPED_AROUND : middle + STEPPED_AROUND + 1]
    first = facts(seen(large, View()), on)
    assert list(first.sequence) == ids[: STEPPED_AROUND + 1]
    on_shipped = drawn_map(shipped(), "author", "both", 1, "light")
    hidden = facts(seen(shipped(), View(passage="p01", school=("empirical",))), on_shipped)
    of_school = [p.id for p in shipped().debate.passages if p.school == "empirical"]
    assert list(hidden.sequence) == of_school
    assert not hidden.by_author
    own = facts(seen(shipped(), View(author="flores", school=("empirical",))), on_shipped)
    assert own.by_author
    assert list(own.sequence) == [i for i, a in shipped().known.author_of.items() if a == "flores"]


def test_what_is_held_of_a_large_debate_is_small(large):
    """Only the first passage of each group has its card in the browser."""
    held = json.loads(answers(large))
    assert sorted(held["cards"]) == sorted(group["first"] for group in held["groups"])
    assert all(len(group["rows"]) <= TABLE_AT_MOST for group in held["groups"])


def test_large_plans_are_fetched_once(large):
    """A large map is asked for by its address; a small one comes with the page."""
    drawing = drawn_map(large, "author", "quote", 2, "dark").drawing
    assert len(drawing.plan) > LONGEST_SENT
    assert drawing.address == f"/plans/{large.edition}/author/quote/2/dark.json"
    assert drawn_map(shipped(), "author", "both", 1, "light").drawing.address == ""


@pytest.fixture
def get(monkeypatch: pytest.MonkeyPatch):
    """Give a function that asks the routes for a path while the shipped debate is open."""
    monkeypatch.setattr(
        opening,
        "debate_of_edition",
        lambda edition: shipped() if edition == shipped().edition else None,
    )
    return lambda path: answer(answers_routes(), path)


def test_the_routes_hand_out_what_is_held(get):
    """The answers and the plans lie where the page says, and may be kept."""
    edition = shipped().edition
    status, headers, body = get(f"/answers/{edition}.json")
    assert (status, body) == (200, answers(shipped()))
    assert headers["cache-control"] == "private, max-age=86400, immutable"
    plan = drawn_map(shipped(), "medium", "gloss", 1, "dark").drawing.plan
    assert get(f"/plans/{edition}/medium/gloss/1/dark.json")[2].decode() == plan


@pytest.mark.parametrize(
    "path",
    [
        "/answers/other.json",
        "/plans/other/author/both/1/light.json",
        "/plans/{edition}/size/both/1/light.json",
        "/plans/{edition}/author/none/1/light.json",
        "/plans/{edition}/author/both/1/red.json",
        "/plans/{edition}/author/both/-1/light.json",
        "/plans/{edition}/author/both/99999999999999999999/light.json",
        "/plans/{edition}/author/both/2/light.json",
        "/plans/{edition}/author/both/" + "9" * 5000 + "/light.json",
    ],
)
def test_what_does_not_exist_is_not_found(get, path):
    """Another edition, an unknown name or a page of rows past the last answers 404."""
    assert get(path.format(edition=shipped().edition))[0] == 404


@quick
@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_any_address_of_a_plan_is_understood_or_not(arrange, basis, page, theme):
    """Nothing in an address raises."""
    assert plan_asked(shipped(), arrange, basis, page, theme) is None
