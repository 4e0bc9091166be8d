"""The pages by Streamlit's own test runner: every widget is used and does what it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.open_debate import FOLDER_VARIABLE, shelf
from dashboard.reader.map_page import filtered_by
from dashboard.view import View
from tests.asking import ENTRY
from tests.benchmarks.generated_debate import write_debate
from tests.strategies import shipped


def opened(**query: str | list[str]) -> AppTest:
    """Open the app at a link."""
    app = AppTest.from_file(str(ENTRY), default_timeout=20)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    """Return all HTML that the page shows."""
    parts = [json.loads(part.proto.json or "{}") for part in app.get("bidi_component")]
    own = [part["html"] for part in parts if "html" in part]
    return "\n".join([*(element.proto.body for element in app.get("html")), *own])


def count(app: AppTest) -> str:
    """Return the count that is always in sight."""
    found = re.search(r'class="count"[^>]*><b>(.*?)</b><br> (.*?)</p>', text(app))
    assert found
    return ", ".join(found.groups())


def read(app: AppTest) -> str:
    """Return the id of the passage in the reading pane."""
    found = re.search(r'passage-card.*?data-passage="(.*?)"', text(app), re.DOTALL)
    assert found
    return found.group(1)


def query(app: AppTest) -> dict[str, list[str]]:
    """Return what the URL holds."""
    held = {key: app.query_params[key] for key in app.query_params}
    return {key: [value] if isinstance(value, str) else value for key, value in held.items()}


def plans(app: AppTest) -> list[tuple[bool, str]]:
    """Say of each map on the page whether its plan is sent with it, and where else it is had."""
    parts = [json.loads(part.proto.json or "{}") for part in app.get("bidi_component")]
    return [(bool(part["plan"]), part["address"]) for part in parts if "plan" in part]


def test_a_plan_is_sent_once_and_then_named() -> None:
    """A filter sends no plan again; a map that comes back from another page has it anew."""
    app = opened()
    assert plans(app) == [(True, "")]
    edition = shelf().first.edition
    app.query_params["school"] = "attachment"
    assert plans(app.run()) == [(False, f"/plans/{edition}/author/both/1/light.json")]
    app.query_params["basis"] = "quote"
    assert plans(app.run()) == [(True, "")]
    assert not plans(app.switch_page("app_pages/method.py").run())
    assert [sent for sent, _ in plans(app.switch_page("app_pages/map.py").run())] == [True]


def test_the_page_opens_on_the_whole_debate() -> None:
    """Without a query all passages match, the first is read and the URL stays empty."""
    app = opened()
    assert count(app) == "23 of 23 passages, 11 of 11 authors"
    assert read(app) == "p01"
    assert query(app) == {}


SCHOOLS = {"depth-psychological": (3, 3), "attachment": (7, 4), "empirical": (13, 5)}


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_school_can_be_chosen(school: str) -> None:
    """A school's pill lets only its passages through and stands in the URL."""
    app = opened()
    app.pills(key="school").set_value([school]).run()
    passages, authors = SCHOOLS[school]
    assert count(app) == f"{passages} of 23 passages, {authors} of 11 authors"
    assert query(app) == {"school": [school]}


ROLES = {"thesis": 6, "supporting": 14, "aside": 3}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_can_be_chosen(role: str) -> None:
    """A role's pill lets only its passages through and stands in the URL."""
    app = opened()
    app.pills(key="role").set_value([role]).run()
    assert count(app).startswith(f"{ROLES[role]} of 23 passages")
    assert query(app) == {"role": [role]}


def test_schools_are_written_in_their_own_order() -> None:
    """The order of clicks does not matter: the URL holds the debate's order of schools."""
    app = opened()
    app.pills(key="school").set_value(["empirical", "attachment"]).run()
    assert query(app) == {"school": ["attachment", "empirical"]}


def test_words_can_be_searched() -> None:
    """Words search quote and gloss, whatever their case, and stand in the URL."""
    app = opened()
    app.text_input(key="words").set_value("  CHEMICAL  ").run()
    assert count(app) == "1 of 23 passages, 1 of 11 authors"
    assert read(app) == "p03"
    assert query(app) == {"q": ["CHEMICAL"]}


BASES = {"quote": ["quote"], "gloss": ["gloss"], "both": None}


@pytest.mark.parametrize("basis", BASES)
def test_the_basis_can_be_chosen(basis: str) -> None:
    """The basis stands in the URL, the default does not, and the count stays."""
    app = opened(basis="quote" if basis == "both" else "both")
    app.segmented_control(key="basis").set_value(basis).run()
    assert query(app).get("basis") == BASES[basis]
    assert count(app).startswith("23 of 23")


@pytest.mark.parametrize("arrange", ["medium", "year"])
def test_the_arrangement_can_be_chosen(arrange: str) -> None:
    """The arrangement stands in the URL and says what its rows mean."""
    app = opened()
    app.segmented_control(key="arrange").set_value(arrange).run()
    assert query(app) == {"arrange": [arrange]}
    assert 'class="caveat"' in text(app)


def test_an_author_can_be_chosen() -> None:
    """Choosing an author shows all that author's passages and steps through them alone."""
    app = opened(passage="p03")
    app.selectbox(key="author").set_value("flores").run()
    assert query(app) == {"author": ["flores"]}
    shown = re.findall(r'<blockquote data-passage="(.*?)"', text(app))
    assert sorted(shown) == ["p04", "p07", "p08", "p09", "p12", "p13", "p14", "p19", "p22"]
    app.button(key="next").click().run()
    assert query(app) == {"author": ["flores"], "passage": ["p07"]}


def test_previous_and_next_step_through_what_matches() -> None:
    """The buttons step through the matching passages and stop at the ends."""
    app = opened(school="attachment")
    assert app.button(key="previous").disabled
    app.button(key="next").click().run()
    assert read(app) == "p04"
    app.button(key="previous").click().run()
    assert read(app) == "p02"
    last = opened(school="attachment", passage="p20")
    assert last.button(key="next").disabled


def test_an_empty_combination_can_be_undone_one_filter_at_a_time() -> None:
    """What emptied the selection is named, and its button brings passages back."""
    app = opened(school="depth-psychological", role="thesis", q="alliance")
    assert "No passage matches." in text(app)
    app.button(key="undo_q").click().run()
    assert count(app) == "1 of 23 passages, 1 of 11 authors"
    assert query(app) == {"school": ["depth-psychological"], "role": ["thesis"]}


def test_filters_that_leave_nothing_one_by_one_can_be_undone_together() -> None:
    """The filter that matches nothing by itself is named; two are undone by one button."""
    app = opened(school="attachment", role="aside", q="zzz")
    assert "“Words: zzz” matches no passage at all." in text(app)
    app.button(key="undo_role_q").click().run()
    assert query(app) == {"school": ["attachment"]}
    assert count(app).startswith("7 of 23")


UNDOINGS = {
    "school": {"school": "depth-psychological", "role": "thesis", "q": "sine"},
    "role": {"school": "empirical", "role": "thesis", "q": "cohesiveness"},
}


@pytest.mark.parametrize("name", UNDOINGS)
def test_each_filter_can_be_undone(name: str) -> None:
    """The undo button of a school or a role undoes that one and nothing else."""
    app = opened(**UNDOINGS[name])
    assert count(app).startswith("0 of 23")
    app.button(key=f"undo_{name}").click().run()
    assert count(app).startswith("1 of 23")
    assert set(query(app)) == set(UNDOINGS[name]) - {name}


def test_all_filters_can_be_cleared() -> None:
    """One button clears everything that lets passages through or not."""
    app = opened(school="depth-psychological", role="thesis", q="alliance")
    app.button(key="clear_filters").click().run()
    assert count(app) == "23 of 23 passages, 11 of 11 authors"
    assert query(app) == {}


def test_unknown_parts_of_a_link_are_named_and_can_be_dismissed() -> None:
    """A link's unknown parts are named in a note that goes away when dismissed."""
    app = opened(school=["nowhere", "attachment"], passage="p99")
    assert "There is no school “nowhere” in this debate" in text(app)
    assert "There is no passage “p99” in this debate" in text(app)
    assert count(app).startswith("7 of 23")
    app.button(key="dismiss_notes").click().run()
    assert "There is no" not in text(app)


def test_a_hidden_passage_is_still_read() -> None:
    """A link to a passage that the filters hide shows it and says that it is faint."""
    app = opened(school="attachment", passage="p03")
    assert read(app) == "p03"
    assert "The filters hide this passage" in text(app)


def steps(app: AppTest) -> dict[str, object]:
    """Return what the projector's page steps through."""
    parts = [json.loads(part.proto.json or "{}") for part in app.get("bidi_component")]
    (found,) = [part for part in parts if "begins" in part]
    return dict(found)


def test_the_projector_reveals_and_leaves() -> None:
    """The projector's buttons do what they say, and a step hides the author again."""
    app = opened(author="flores", passage="p08")
    app.button(key="present").click().run()
    assert query(app)["show"] == ["quote"]
    assert "Flores" not in text(app)
    app.button(key="reveal").click().run()
    assert "Flores 2004, quoting Strupp 1999" in text(app)
    of_flores = [p for p, author in shipped().known.author_of.items() if author == "flores"]
    assert steps(app) == {"ids": of_flores, "here": "p08", "begins": True}
    app.query_params.clear()
    app.query_params.update({"author": "flores", "passage": "p09", "show": "quote"})
    app.run()
    assert "Flores" not in text(app)
    app.button(key="map_or_quote").click().run()
    assert query(app)["show"] == ["map"]
    app.button(key="leave").click().run()
    assert "show" not in query(app)


def test_a_choice_counts_from_where_the_address_leads() -> None:
    """A choice made before the session heard of a step changes what was stepped to."""
    app = opened(show="quote", passage="p01")
    app.query_params["passage"] = "p02"
    app.button(key="reveal").click().run()
    assert query(app) == {"show": ["quote"], "passage": ["p02"], "reveal": ["author"]}
    assert 'data-passage="p02"' in text(app)


def test_a_choice_is_kept_where_the_address_has_not_yet_heard_of_it() -> None:
    """Of two choices in quick succession the second does not undo the first."""
    app = opened()
    app.pills(key="school").set_value(["attachment"]).run()
    assert query(app) == {"school": ["attachment"]}
    app.query_params.clear()
    app.pills(key="role").set_value(["thesis"]).run()
    assert query(app) == {"school": ["attachment"], "role": ["thesis"]}


def test_many_choices_are_kept_whichever_of_them_the_address_has_heard_of() -> None:
    """While choices are made quickly, the address may still be that of any earlier one."""
    app = opened(passage="p10")
    for heard in ("p10", "p10", "p11"):
        app.query_params["passage"] = heard
        app.button(key="next").click().run()
    assert query(app) == {"passage": ["p13"]}
    app.query_params["passage"] = "p12"
    app.button(key="present").click().run()
    assert query(app) == {"passage": ["p13"], "show": ["quote"]}


def test_a_choice_that_changes_nothing_leads_nowhere() -> None:
    """Told with an earlier address it does not lead back there; Back still does."""
    app = opened()
    app.text_input(key="words").set_value("bond").run()
    app.button(key="next").click().run()
    second = read(app)
    assert query(app) == {"passage": [second], "q": ["bond"]}
    del app.query_params["passage"]
    app.text_input(key="words").set_value("bond ").run()
    assert read(app) == second
    app.run()
    assert read(app) != second


def test_the_projector_goes_from_the_map_into_the_quotes() -> None:
    """Without a chosen passage the projector opens on the map, before the first of all quotes."""
    app = opened()
    app.button(key="present").click().run()
    assert query(app) == {"show": ["map"]}
    found = steps(app)
    assert found["ids"] == list(shipped().row_of)
    assert (found["here"], found["begins"]) == ("p01", True)


def test_the_map_component_gets_the_figure_and_what_is_lit() -> None:
    """The map's component is given the figure, the lit marks and the mark that is read."""
    app = opened(school="depth-psychological", passage="p03")
    (found,) = [c for c in app.get("bidi_component") if "figure_id" in c.proto.json]
    assert '"chosen":"p03"' in found.proto.json.replace(": ", ":")


def test_a_large_debate_turns_pages_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With many authors the map's rows come in pages, and the page stands in the URL."""
    write_debate(tmp_path / "large", passages=120, authors=60)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "large"))
    app = opened()
    assert app.button(key="rows_before").disabled
    app.button(key="rows_after").click().run()
    assert query(app) == {"rows": ["2"]}
    app.button(key="rows_before").click().run()
    assert query(app) == {}


def test_the_fold_says_what_is_chosen_but_the_usual() -> None:
    """Schools, roles, words, basis, arrangement and author are named; defaults are not."""
    view = View(("attachment",), ("thesis", "aside"), "bond", "flores", basis="quote")
    assert filtered_by(shipped(), View()) == []
    assert filtered_by(shipped(), replace(view, arrange="year")) == [
        "Attachment",
        "Thesis, Aside",
        "“bond”",
        "Author's words",
        "By year",
        "Philip J. Flores",
    ]


def test_the_gallery_shows_every_part() -> None:
    """The gallery draws without an error and holds each part's states."""
    app = opened()
    app.switch_page("app_pages/gallery.py").run()
    assert not app.exception
    shown = text(app)
    for part in (
        "passage-card",
        "short-card",
        "small-axis",
        "slide",
        "values",
        "empty",
        "problems",
        "sections",
        "works",
        "prose",
        "shared-axis",
        "compare-columns",
        "compared-values",
        "pair-axis",
        "room-axis",
        "room-words",
    ):
        assert part in shown
